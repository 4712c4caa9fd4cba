"""What many answers from one network move, with and without rules that set bursts apart."""

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
HOURS = 27.5  # a counter is open in a week
OURS = b"the attackers' network"


@dataclass(frozen=True, slots=True)
class Attack:
    """Grades at these hours in each of ``lasting`` weeks, all from one network."""

    name: str
    hours: tuple[float, ...]
    satisfied: bool  # the grades are 6 or 7, else 1 to 5
    lasting: int = 1
    is_burst: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """From one network about one area: more than ``hourly`` within an hour are set apart, and all
    if more than ``weekly`` are left."""

    hourly: int
    weekly: int

    def kept(self, hours: Sequence[float]) -> int:
        """How many count of answers that came at these hours."""
        times = sorted(hours)
        burst = set[int]()
        for first, time in enumerate(times):
            inside = [place for place in range(first, len(times)) if times[place] < time + 1]
            if len(inside) > self.hourly:
                burst.update(inside)
        left = len(times) - len(burst)
        return left if left <= self.weekly else 0


@dataclass(slots=True)
class Moved:
    """In which share of the runs an attack moved the printed percentage, or the signal."""

    headlines: float
    signals: float


def _even(given: int) -> tuple[float, ...]:
    return tuple(place * HOURS / given for place in range(given))


def _drip(given: int) -> Attack:
    name = f"{given} a week, as many as the rule lets pass"
    return Attack(name, _even(given), satisfied=False, lasting=4, is_burst=False)


BURSTS = (
    Attack("300 grades from fresh browsers", (0.0,) * 300, satisfied=False),
    Attack(
        "a clerk rates 50 times a week from the desk's phone",
        _even(50),
        satisfied=True,
        lasting=4,
    ),
    Attack("an angry household of six", tuple(n / 8 for n in range(6)), satisfied=False),
)
ATTACKS = (*BURSTS, _drip(MOST_OF_A_NETWORK))
SHARED = ((5, 1), (20, 1), (20, AREAS), (60, AREAS))
"""Honest answers a week over one shared network, and about how many areas."""

RULES = (Rule(5, 5), Rule(3, 10), Rule(5, 20), Rule(5, 60), Rule(5, 100))
"""The first is the published one: more than five in a week."""


def run(quick: bool) -> Section:
    """Headlines and signals moved by each attack; honest answers lost on a shared network."""
    runs = RUNS // QUICK if quick else RUNS
    results = [line for attack in ATTACKS for line in _results(attack, runs)]
    results += [_lost(given, areas, runs) for given, areas in SHARED]
    return Section(
        name="bursts",
        title="Bursts from one network",
        about=ABOUT,
        results=results,
        more="\n".join([*HEAD, *(_row(rule, runs // 5) for rule in RULES)]),
    )


def moved_by(attack: Attack, runs: int, *, ruled: bool) -> Moved:
    """What an attack moves with the published rule, and without any."""
    given = [FromNetwork(OURS, "area", number) for number, _ in enumerate(attack.hours)]
    homes = [FromNetwork(b"home %d" % number, "area", -number) for number in range(1, N + 1)]
    apart = len(set_apart([*given, *homes])) if ruled else 0
    return _moved(attack, len(given) - apart, runs)


def _moved(attack: Attack, kept: int, runs: int) -> Moved:
    """The same honest years with the ``kept`` of the attack's answers, and without them."""
    random = Random(SEED)
    calendar = weeks(YEAR + attack.lasting)
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


def _row(rule: Rule, runs: int) -> str:
    """What another rule lets pass, and costs visitors who come by chance over one network."""
    attacks = (*BURSTS, _drip(rule.weekly))
    shares = [_moved(attack, rule.kept(attack.hours), runs).signals for attack in attacks]
    for given in (20, 60, 300 // AREAS):
        random = Random(SEED)
        hours = ([random.uniform(0, HOURS) for _ in range(given)] for _ in range(runs))
        shares.append(mean(1 - rule.kept(one) / given for one in hours))
    return f"| {rule.hourly}, {rule.weekly} | {' | '.join(f'{share:.2f}' for share in shares)} |"


HEAD = (
    "Other rules: the answers of one network about one area beyond a limit within an hour are "
    "set apart, and all of them if those left exceed a limit a week. For attacks: the share of "
    "runs whose signal changes; for honest answers: the share that is lost.",
    "",
    "| within an hour, in a week | 300 in seconds | clerk, 50 a week | household of six "
    "| as many as pass | 20 visitors | 60 visitors | 300 about 20 areas |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
)
ABOUT = f"""\
Simulated: {RUNS:,} years of an area (p {SHARE:g}, n {N} a week, baseline of {YEAR} weeks), the same
answers with an attack in the weeks after and without it. Moved is another whole percentage, or
another signal, than without the attack. The rule sets apart all answers about an area that came
from one network in a week if they are more than {MOST_OF_A_NETWORK}. It also costs honest answers
where many people share a network: that is the last lines.
"""
