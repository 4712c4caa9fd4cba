"""Whoever has the ZIP of published figures works out again how each measure came out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace as replace_struct

from bot.reports.quality.effect_words import VERDICTS
from bot.reports.quality.open_figures import PublishedWeek, figures_zip
from bot.reports.quality.said_and_done import said_and_done
from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount
from handlers.measures.after_run import MEASURED_WEEKS, before_week, consequences
from handlers.measures.history import History
from handlers.measures.measures import Measure, with_step
from handlers.measures.steps import JudgedBy, Measured, MeasureStep, Opened, Origin
from handlers.quality.blocks import Block, block_of
from handlers.quality.charts import Rebase
from handlers.quality.effects import Effectiveness, Side
from handlers.quality.figures import AreaDigest
from handlers.quality.parts import share_of
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from tests.bot.published import unpacked
from tests.bot.reports.digests.sample_digest import DIGEST
from tests.handlers.measures.weeks_of_blocks import (
    BASE,
    DECIDED,
    FIRST,
    LOW,
    SIGNAL,
    USUAL,
    ZONE,
    N,
    areas_with,
    done,
    measure,
    monday_after,
    opened,
    run_of,
    up_to,
)

LATER = SIGNAL.shifted(4 + MEASURED_WEEKS)
STEADY = [USUAL] * 57
Blocks = dict[str, list[Block]]
Counts = dict[Series, list[SeriesCount]]
USEFUL = JudgedBy("les-sirvio", 1, Metric.USEFUL, name="Les sirvió")


BY_HAND = replace_struct(
    opened(), origin=Origin.PLAN, since=str(before_week(SIGNAL.shifted(1))), problem="Se espera"
)


def followed(
    blocks: Blocks, *others: Measure, first: Opened | None = None, counts: Counts | None = None
) -> list[Measure]:
    """A measure of obras with the effect that a run measured, and the others."""
    acted = measure(first or opened(), DECIDED, done())
    known, now = [acted, *others], monday_after(LATER)
    until = {of: [c for c in found if c.last <= LATER] for of, found in (counts or {}).items()}
    history = History(up_to(LATER, blocks), until)
    for one in consequences(run_of(LATER, blocks), history, known, opened().term):
        if one.number == acted.number and isinstance(one.event, Measured):
            acted = with_step(acted, MeasureStep(now, 0, one.event), ZONE)
    assert acted.measured is not None
    return [acted, *others]


def opened_zip(
    release: Release,
    blocks: Blocks,
    measures: Iterable[Measure],
    folder: Path,
    counts: Counts | None = None,
) -> Path:
    weeks = [
        PublishedWeek(
            replace_struct(
                DIGEST,
                week=str(week),
                areas=tuple(told_in(week, counts or {})),
                total=None,
                lookups=None,
            ),
            tuple(block for found in blocks.values() for block in found if block.last == week),
        )
        for week in (FIRST.shifted(later) for later in range(57))
    ]
    made = figures_zip(release.content, weeks, [], list[Rebase](), measures, counts)
    return unpacked(made, folder)


def told_in(week: IsoWeek, counts: Counts) -> Iterator[AreaDigest]:
    """What a week's digest says of each area's lookups that helped."""
    for of, found in counts.items():
        shown = [share_of(c.x, c.n) for c in found if c.last == week and c.is_shown]
        yield from (AreaDigest(of.area, of.area, of.area, useful=share) for share in shown)


def told(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-W", "error", "comprobar_medidas.py"],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert done.returncode == (0 if len(lines) == 1 else 1)
    return lines


def series(random: Random, share: float) -> list[int]:
    return [sum(random.random() < share for _ in range(N)) for _ in range(57)]


def published(area: str, satisfied: list[int]) -> list[Block]:
    """As they are published: what is under ten is a bound."""
    weeks = (FIRST.shifted(later) for later in range(len(satisfied)))
    counts = zip(weeks, satisfied, strict=True)
    return [block_of(area, week, week, (N - x, 0, 0, 0, 0, 0, x)) for week, x in counts]


@pytest.mark.parametrize("share", [0.45, 0.6, 0.75, 0.85, 0.92])
def test_every_result_is_worked_out_again(release: Release, share: float, tmp_path: Path) -> None:
    for seed in range(4):
        random = Random(f"{share} {seed}")
        blocks = {area: published(area, series(random, 0.75)) for area in ("aseo", "transito")}
        after = [*BASE, LOW, *[LOW + 5] * 4, *series(random, share)[17:]]
        blocks["obras"] = published("obras", after)
        folder = tmp_path / str(seed)
        measures = followed(blocks, first=BY_HAND if seed % 2 else None)
        assert told(opened_zip(release, blocks, measures, folder)) == [
            "Resultados de medidas: 1. Diferencias: 0."
        ]


def test_a_result_that_was_changed_is_noticed(release: Release, tmp_path: Path) -> None:
    blocks = areas_with(obras=[*BASE, LOW, *[LOW + 5] * 4, *[USUAL] * 40], aseo=STEADY)
    measures = followed(blocks)
    folder = opened_zip(release, blocks, measures, tmp_path)
    assert measures[0].measured is not None
    true = measures[0].measured.effect.verdict
    assert true is Effectiveness.EFFECTIVE
    file = folder / "medidas.csv"
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[1].endswith(",aseo,")
    for other in set(Effectiveness) - {true}:
        said = text.replace(VERDICTS[true].rstrip("."), VERDICTS[other].rstrip("."))
        file.write_text(said, encoding="utf-8")
        first, last = told(folder)
        assert first.endswith("rehecho La medida fue efectiva")
        assert last == "Resultados de medidas: 1. Diferencias: 1."
    numbers = "50,240,75,480,25,18,32,1,0,-6,7"  # of four weeks, of eight, and of aseo's
    assert f",{numbers}," in text
    for place, number in enumerate(numbers.split(",")):
        others = numbers.split(",")
        others[place] = str(int(number) + 1)
        file.write_text(text.replace(numbers, ",".join(others)), encoding="utf-8")
        assert told(folder)[0].endswith("rehecho otras cifras")


def test_the_figure_that_was_known_when_a_person_opened_it_is_left_out(
    release: Release, tmp_path: Path
) -> None:
    """One very low week just before, as when somebody acts on it: without it little has risen."""
    blocks = areas_with(obras=[*BASE, 0, *[USUAL] * 4, *[USUAL + 2] * 40], aseo=STEADY)
    measures = followed(blocks, first=BY_HAND)
    assert measures[0].measured is not None
    assert measures[0].measured.effect.before == Side(14 * USUAL, 14 * N)
    assert measures[0].measured.effect.verdict is Effectiveness.UNPROVEN
    folder = opened_zip(release, blocks, measures, tmp_path)
    assert told(folder) == ["Resultados de medidas: 1. Diferencias: 0."]
    file = folder / "medidas.csv"
    row = file.read_text(encoding="utf-8")
    assert row.rstrip().endswith(f",aseo,{SIGNAL}")
    file.write_text(row.replace(f",aseo,{SIGNAL}", ",aseo,"), encoding="utf-8")
    assert told(folder)[0].endswith("rehecho La medida fue efectiva")


def test_areas_with_a_measure_of_their_own_are_not_compared_as_it_was_then(
    release: Release, tmp_path: Path
) -> None:
    blocks = areas_with(
        obras=[*BASE, LOW, *[LOW + 5] * 4, *[USUAL] * 40], aseo=STEADY, transito=STEADY
    )
    beside = measure(opened("transito"), DECIDED, number="M-2026-002")
    later = [MeasureStep(step.at.replace(year=2028), 7, step.event) for step in beside.steps]
    for other, compared in (
        (beside, "aseo"),
        (replace(beside, steps=tuple(later)), "aseo transito"),
    ):
        known = followed(blocks, *([other] if other is beside else []))
        folder = opened_zip(release, blocks, [known[0], other], tmp_path / compared)
        text = (folder / "medidas.csv").read_text(encoding="utf-8")
        assert text.splitlines()[1].endswith(f",{compared},")
        assert len(told(folder)) == 1


def counted(area: str, said_yes: list[int], hidden: Iterable[int] = ()) -> list[SeriesCount]:
    weeks = [FIRST.shifted(later) for later in range(len(said_yes))]
    of = Series(Metric.USEFUL, Scope.AREA, area)
    return [
        SeriesCount(of, week, week, x, N, is_shown=later not in hidden)
        for later, (week, x) in enumerate(zip(weeks, said_yes, strict=True))
    ]


def by_useful(*figures: list[SeriesCount]) -> Counts:
    return {found[0].series: found for found in figures}


@pytest.mark.parametrize(("share", "less"), [(0.35, True), (0.5, False), (0.65, False)])
def test_so_is_one_that_was_measured_on_another_indicator(
    release: Release, share: float, less: bool, tmp_path: Path
) -> None:
    random = Random(f"{share}")
    acted = [*series(random, 0.5)[:17], *series(random, share)[17:]]
    counts = by_useful(counted("obras", acted), counted("aseo", series(random, 0.5)))
    by = replace_struct(USEFUL, less_is_better=less)
    blocks = areas_with(obras=STEADY, aseo=STEADY)
    known = followed(blocks, first=replace_struct(BY_HAND, judged_by=by), counts=counts)
    assert known[0].measured is not None
    folder = opened_zip(release, blocks, known, tmp_path, counts)
    assert told(folder) == ["Resultados de medidas: 1. Diferencias: 0."]
    file = folder / "otras.csv"
    rows = file.read_text(encoding="utf-8")
    first = rows.splitlines()[1]
    file.write_text(rows.replace(first, f"{first.rpartition(',')[0]},99"), encoding="utf-8")
    assert "no está" in told(folder)[0]
    is_effective = known[0].measured.effect.verdict is Effectiveness.EFFECTIVE
    assert is_effective is (share != 0.5)


@pytest.mark.parametrize(("hidden", "of"), [((20,), "obras"), ((20,), "aseo"), ((), "")])
def test_one_that_rests_on_what_is_hidden_is_published_nowhere(
    release: Release, hidden: tuple[int, ...], of: str, tmp_path: Path
) -> None:
    counts = by_useful(
        *(counted(area, STEADY, hidden if area == of else ()) for area in ("obras", "aseo"))
    )
    blocks = areas_with(obras=STEADY, aseo=STEADY)
    known = followed(blocks, first=replace_struct(BY_HAND, judged_by=USEFUL), counts=counts)
    folder = opened_zip(release, blocks, known, tmp_path, counts)
    assert told(folder) == [f"Resultados de medidas: {0 if hidden else 1}. Diferencias: 0."]
    names = {"obras": "Obras"}
    (public,) = said_and_done(known, History(blocks, counts), names, monday_after(LATER), ZONE)
    assert ("no se publica" in public.done[0]) is bool(hidden)
