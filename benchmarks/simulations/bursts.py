"""What many answers from one network move, with and without the rule that sets bursts apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from statistics import mean

from benchmarks.harness.frame import Result, Section
from benchmarks.simulations.chance import answers, weeks
from handlers.quality.charts import Period, baseline, chart
from handlers.quality.intervals import percent
from handlers.questionnaires.bursts import MOST_OF_A_NETWORK, FromNetwork, set_apart

SHARE, N = 0.75, 60  # of an area in an honest week
YEAR = 52
RUNS = 1_000
QUICK = 20  # times fewer
SEED = 20261128
AREAS = 20
OURS = b"the attackers' network"


@dataclass(frozen=True, slots=True)
class Attack:
    """``given`` grades in each of ``lasting`` weeks, all from one network."""

    name: str
    given: int
    satisfied: bool  # the grades are 6 or 7, else 1 to 5
    lasting: int = 1
    is_burst: bool = True


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


@dataclass(slots=True)
class Moved:
    """In which share of the runs an attack moved the printed percentage, or the signal."""

    headlines: float
    signals: float


def run(quick: bool) -> Section:
    """Headlines and signals moved by each attack; honest answers lost on a shared network."""
    runs = RUNS // QUICK if quick else RUNS
    results = [line for attack in ATTACKS for line in _results(attack, runs)]
    results += [_lost(given, areas, runs) for given, areas in SHARED]
    return Section(name="bursts", title="Bursts from one network", about=ABOUT, results=results)


def moved_by(attack: Attack, runs: int, *, ruled: bool) -> Moved:
    """The same honest years with the attack and without it."""
    random = Random(SEED)
    calendar = weeks(YEAR + attack.lasting)
    headlines = signals = 0
    for _ in range(runs):
        honest = list(answers(random, calendar, SHARE, N))
        attacked = honest[:YEAR] + [_attacked(week, attack, ruled) for week in honest[YEAR:]]
        pairs = zip(honest[YEAR:], attacked[YEAR:], strict=True)
        headlines += any(percent(a.x, a.n) != percent(b.x, b.n) for a, b in pairs)
        signals += _signals(honest) != _signals(attacked)
    return Moved(headlines / runs, signals / runs)


def _attacked(week: Period, attack: Attack, ruled: bool) -> Period:
    numbers = range(attack.given)
    given = [FromNetwork(OURS, "area", number) for number in numbers]
    left = len(numbers) - (len(set_apart([*given, *_homes(week.n)])) if ruled else 0)
    return Period(week.first, week.last, week.x + left * attack.satisfied, week.n + left)


def _homes(n: int) -> Iterator[FromNetwork]:
    """Honest answers, each from a network of its own."""
    return (FromNetwork(b"home %d" % number, "area", -number) for number in range(1, n + 1))


def _signals(periods: Sequence[Period]) -> list[object]:
    points = chart(periods[YEAR:], baseline(periods[:YEAR]))
    return [point.signal and point.signal.direction for point in points]


def lost(given: int, areas: int, runs: int) -> float:
    """The share of honest answers over one shared network that is set apart."""
    random, numbers = Random(SEED), count()
    shares = []
    for _ in range(runs):
        said = [
            FromNetwork(OURS, str(random.randrange(areas)), next(numbers)) for _ in range(given)
        ]
        shares.append(len(set_apart(said)) / given)
    return mean(shares)


def _results(attack: Attack, runs: int) -> Iterator[Result]:
    ours, without = (moved_by(attack, runs, ruled=ruled) for ruled in (True, False))
    goal = "0" if attack.is_burst else ""
    for what, moved, before in (
        ("headline", ours.headlines, without.headlines),
        ("signal", ours.signals, without.signals),
    ):
        yield Result(
            f"{attack.name}: {what} moved",
            "of runs",
            moved,
            before,
            goal,
            moved == 0 if attack.is_burst else None,
            "reference: without the rule",
        )


def _lost(given: int, areas: int, runs: int) -> Result:
    about = "one area" if areas == 1 else f"{areas} areas"
    return Result(
        f"shared network, {given} honest answers a week about {about}: set apart",
        "of answers",
        lost(given, areas, runs),
        0.0,
        note="reference: without the rule",
    )


ABOUT = f"""\
Simulated: {RUNS:,} years of an area (p {SHARE:g}, n {N} a week, baseline of {YEAR} weeks), the same
answers with an attack in the weeks after and without it. Moved is another whole percentage, or
another signal, than without the attack. The rule sets apart all answers about an area that came
from one network in a week if they are more than {MOST_OF_A_NETWORK}. It also costs honest answers
where many people share a network: that is the last lines.
"""
