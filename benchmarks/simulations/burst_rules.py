"""Other rules for bursts, by time and with a higher limit a week: what they let pass, and cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean

from benchmarks.simulations.chance import answers, weeks
from handlers.quality.charts import Period, baseline, chart

HOURS = 27.5  # a counter is open in a week
AREAS = 20
SHARE, N, YEAR, LASTING = 0.75, 60, 52, 4
SEED = 20261128


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


RULES = (Rule(5, 5), Rule(3, 10), Rule(5, 20), Rule(5, 60), Rule(5, 100))
"""The first is the published one: more than five in a week."""


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of runs in which a signal is another one, and of honest answers that are lost."""

    rule: Rule
    spread: float  # 300 grades in seconds
    clerk: float  # 50 a week, over the hours that the counter is open
    household: float
    drip: float  # as many as pass, each week
    visitors: tuple[float, ...]  # lost of 20, and of 60, about one area over one network
    telephones: float  # lost of 300 about 20 areas over one address


def compare(runs: int) -> list[Found]:
    """Each rule against the same attacks."""
    return [_found(rule, runs) for rule in RULES]


def _found(rule: Rule, runs: int) -> Found:
    return Found(
        rule,
        spread=_moved(rule, [0.0] * 300, 1, satisfied=False, runs=runs),
        clerk=_moved(rule, _even(50), LASTING, satisfied=True, runs=runs),
        household=_moved(rule, [place / 8 for place in range(6)], 1, satisfied=False, runs=runs),
        drip=_moved(rule, _even(rule.weekly), LASTING, satisfied=False, runs=runs),
        visitors=tuple(_lost(rule, given, runs) for given in (20, 60)),
        telephones=_lost(rule, 300 // AREAS, runs),
    )


def _even(given: int) -> list[float]:
    return [place * HOURS / given for place in range(given)]


def _moved(
    rule: Rule, hours: Sequence[float], lasting: int, *, satisfied: bool, runs: int
) -> float:
    """In which share of years the attack moves a signal."""
    random, calendar, moved = Random(SEED), weeks(YEAR + lasting), 0
    kept = rule.kept(hours)
    for _ in range(runs):
        honest = list(answers(random, calendar, SHARE, N))
        attacked = [
            Period(one.first, one.last, one.x + kept * satisfied, one.n + kept)
            for one in honest[YEAR:]
        ]
        base = baseline(honest[:YEAR])
        moved += _signals(chart(honest[YEAR:], base)) != _signals(chart(attacked, base))
    return moved / runs


def _signals(points: Sequence[object]) -> list[object]:
    found = (getattr(point, "signal", None) for point in points)
    return [signal and signal.direction for signal in found]


def _lost(rule: Rule, given: int, runs: int) -> float:
    """Of visitors who come by chance over one network."""
    random = Random(SEED)
    hours = ([random.uniform(0, HOURS) for _ in range(given)] for _ in range(runs))
    return mean(1 - rule.kept(one) / given for one in hours)


def table(found: Sequence[Found]) -> str:
    """For RESULTS.md."""
    lines = [
        "Other rules: the answers of one network about one area beyond a limit within an hour are "
        "set apart, and all of them if those left exceed a limit a week. For attacks: the share of "
        "runs whose signal changes; for honest answers: the share that is lost.",
        "",
        "| within an hour, in a week | 300 in seconds | clerk, 50 a week | household of six "
        "| as many as pass | 20 visitors | 60 visitors | 300 about 20 areas |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in found:
        shares = (one.spread, one.clerk, one.household, one.drip, *one.visitors, one.telephones)
        rule = f"{one.rule.hourly}, {one.rule.weekly}"
        lines.append(f"| {rule} | {' | '.join(f'{share:.2f}' for share in shares)} |")
    return "\n".join(lines)
