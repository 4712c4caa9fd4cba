"""Bursts from one network.

Simulated: 1,000 years of an area (p 0.75, n 60 a week, baseline of 52 weeks), the same answers with
an attack in the weeks after and without it. Moved is another whole percentage, or another signal,
than without the attack. The rule sets apart all answers about an area that came from one network in
a week if they are more than 5. It also costs honest answers where many people share a network: that
is the last lines. The reference is without the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from statistics import mean

from benchmarks.harness.frame import Found, Result
from handlers.quality.charts import Period, baseline, chart
from handlers.quality.intervals import percent
from handlers.questionnaires.bursts import MOST_OF_A_NETWORK, FromNetwork, responses_in_bursts
from tests.simulations.chance import answers, weeks

SHARE, N = 0.75, 60  # of an area in an honest week
YEAR = 52
RUNS, QUICK_RUNS = 1_000, 50
SEED = 20261128
AREAS = 20
OURS = b"the attackers' network"


@dataclass(frozen=True, slots=True)
class Attack:
    """That number of grades in each of ``lasting`` weeks, all from one network."""

    name: str
    given: int
    satisfied: bool  # the grades are 6 or 7, else 1 to 5
    lasting: int = 1
    is_burst: bool = True


@dataclass(slots=True)
class Moved:
    """In which share of the runs an attack moved the printed percentage, or the signal."""

    headlines: float
    signals: float


ATTACKS = (
    Attack("300 grades from fresh browsers", 300, satisfied=False),
    Attack("a clerk rates 50 times a week from the desk's phone", 50, satisfied=True, lasting=4),
    Attack("an angry household of six", 6, satisfied=False),
    Attack(
        f"{MOST_OF_A_NETWORK} a week, as many as the rule lets pass",
        MOST_OF_A_NETWORK,
        satisfied=False,
        lasting=4,
        is_burst=False,
    ),
)
SHARED = ((5, 1), (20, 1), (20, AREAS), (60, AREAS))
"""Honest answers a week over one shared network, and about how many areas."""


def run(quick: bool) -> Found:
    """Headlines and signals moved by each attack; honest answers lost on a shared network."""
    runs = QUICK_RUNS if quick else RUNS
    results = [line for attack in ATTACKS for line in _results(attack, runs)]
    for given, areas in SHARED:
        about = "one area" if areas == 1 else f"{areas} areas"
        name = f"shared network, {given} honest answers a week about {about}: set apart"
        results.append(Result(name, "of answers", lost(given, areas, runs), 0.0))
    return Found(results)


def moved_by(attack: Attack, runs: int, *, ruled: bool) -> Moved:
    """What an attack moves with the published rule, and without any.

    The same honest years with what is kept of the attack's answers, and without them.
    """
    given = [FromNetwork(OURS, "area", number) for number in range(attack.given)]
    homes = [FromNetwork(b"home %d" % number, "area", -number) for number in range(1, N + 1)]
    kept = len(given) - (len(responses_in_bursts([*given, *homes])) if ruled else 0)
    random, calendar = Random(SEED), weeks(YEAR + attack.lasting)
    headlines = signals = 0
    for _ in range(runs):
        honest = list(answers(random, calendar, SHARE, N))
        base, after = baseline(honest[:YEAR]), honest[YEAR:]
        attacked = [
            Period(one.first, one.last, one.x + kept * attack.satisfied, one.n + kept)
            for one in after
        ]
        pairs = zip(after, attacked, strict=True)
        headlines += any(percent(a.x, a.n) != percent(b.x, b.n) for a, b in pairs)
        plain, moved = (
            [p.signal and p.signal.direction for p in chart(one, base)] for one in (after, attacked)
        )
        signals += plain != moved
    return Moved(headlines / runs, signals / runs)


def lost(given: int, areas: int, runs: int) -> float:
    """The share of honest answers over one shared network that is set apart."""
    random, numbers = Random(SEED), count()
    shares = []
    for _ in range(runs):
        said = [
            FromNetwork(OURS, str(random.randrange(areas)), next(numbers)) for _ in range(given)
        ]
        shares.append(len(responses_in_bursts(said)) / given)
    return mean(shares)


def _results(attack: Attack, runs: int) -> Iterator[Result]:
    ours, without = (moved_by(attack, runs, ruled=ruled) for ruled in (True, False))
    for what, moved, before in (
        ("headline", ours.headlines, without.headlines),
        ("signal", ours.signals, without.signals),
    ):
        goal, met = ("0", moved == 0) if attack.is_burst else ("", None)
        yield Result(f"{attack.name}: {what} moved", "of runs", moved, before, goal, met)
