"""The published figures as a ZIP: its own script rebuilds them, and notices what was changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.reports.quality.open_figures import (
    PublishedWeek,
    figures_zip,
    head_code,
    heads,
)
from handlers.measures.measures import measure_of
from handlers.measures.steps import Deadline, Decided, Done, Measured, MeasureStep, Opened, Origin
from handlers.quality.blocks import Block
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.series import area_chart
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from tests.bot.published import checked, unpacked
from tests.bot.published_series import SERIES, SET_ANEW, weeks_of_every_kind
from tests.storage.scene import ZONE

SCRIPT_LINES = 200
MADE = datetime(2026, 3, 9, 12, tzinfo=UTC)
NO_EFFECT = Effect(Effectiveness.UNPROVEN, Side(), Side(), None, Side(), Side(), None)


@pytest.fixture(scope="module")
def weeks(release: Release) -> list[PublishedWeek]:
    return weeks_of_every_kind(release)


@pytest.fixture(scope="module")
def packed(release: Release, weeks: list[PublishedWeek]) -> bytes:
    return zip_of(release, weeks)


def zip_of(release: Release, weeks: list[PublishedWeek]) -> bytes:
    blocks = [block for week in weeks for block in week.blocks]
    charts = [
        area_chart(area, [one for one in blocks if one.area == area], [SET_ANEW]) for area in SERIES
    ]
    return figures_zip(release.content, weeks, charts, [SET_ANEW])


MEASURE = measure_of(
    "M-2026-001",
    [
        MeasureStep(
            MADE, 0, Opened("aseo", Origin.SIGNAL, "2026-W10", "2026-W10", Deadline(MADE, "P"))
        ),
        MeasureStep(MADE, 1, Decided("Falta gente", "Dos personas más", 1, MADE.date())),
        MeasureStep(MADE, 1, Done("2026-W14")),
        MeasureStep(MADE, 0, Measured("2026-W22", NO_EFFECT, can_be_shown=False)),
    ],
    ZONE,
)


def test_how_each_measure_came_out_is_in_it_without_the_numbers_that_are_hidden(
    release: Release, weeks: list[PublishedWeek], tmp_path: Path
) -> None:
    folder = unpacked(figures_zip(release.content, weeks, [], [], [MEASURE]), tmp_path)
    said = (folder / "medidas.csv").read_text(encoding="utf-8").splitlines()
    assert said[1:] == [
        "M-2026-001,aseo,2026-W10,2026-W14,2026-W22,No se puede decir que la medida sirviera,"
        ",,,,,,,,,,,,,,cementerios deportes transito turismo,"
    ]


def changed(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_script_rebuilds_all_that_was_published(packed: bytes, tmp_path: Path) -> None:
    folder = unpacked(packed, tmp_path)
    assert checked(folder)[0] == "Todo coincide."
    chart = (folder / "graficos.csv").read_text(encoding="utf-8")
    assert "2026-W42,60,42,57,90,bajó" in chart
    assert {line.rpartition(",")[2] for line in chart.splitlines()[1:]} == {
        "aún sin base",
        "bajó",
        "base",
        "sin señal",
    }
    assert len((folder / "bases.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_the_scripts_are_short_and_the_same_figures_make_the_same_bytes(
    release: Release, weeks: list[PublishedWeek], packed: bytes, tmp_path: Path
) -> None:
    for script in unpacked(packed, tmp_path).glob("*.py"):
        assert len(script.read_text(encoding="utf-8").splitlines()) <= SCRIPT_LINES
    assert zip_of(release, weeks) == packed


def test_a_side_under_ten_is_nowhere(packed: bytes, tmp_path: Path) -> None:
    folder = unpacked(packed, tmp_path)
    rows = [line.split(",") for line in (folder / "bloques.csv").read_text().splitlines()[1:]]
    assert sum(row[4] == "" for row in rows) == len((52, 52, 52, 53, 8))
    for _, _, _, n, satisfied, bound in rows:
        assert bound in ("o más", "o menos") if satisfied == "" else bound == ""
        if satisfied:
            assert min(int(satisfied), int(n) - int(satisfied)) >= 10
    limits = [
        line.split(",")[5] for line in (folder / "graficos.csv").read_text().splitlines()
        if line.startswith("deportes,")
    ]  # fmt: skip
    assert set(limits) == {""}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("bloques.csv", "transito,2026-W42,60,25", "transito,2026-W42,60,44", "cifra transito"),
        ("cifras.csv", "transito,2026-W42,60,42", "transito,2026-W42,60,73", "cifra transito"),
        ("graficos.csv", "2026-W42,60,42,57,90,bajó", "2026-W42,60,42,40,90,sin señal", "gráfico"),
        ("canales.csv", "telegram,30,40", "telegram,30,41", "canal telegram"),
        (
            "partes.csv",
            "transito,neta,60,3,",
            "transito,neta,60,50,",
            "cifra neta",
        ),
        ("partes.csv", "motivo espera,20", "motivo espera,12", "cifra motivo espera"),
        ("partes.csv", "sirvió,30,60", "sirvió,30,99", "cifra sirvió"),
        ("partes.csv", "sin hallar,30,", "sin hallar,12,", "cifra sin hallar"),
        ("partes.csv", "aseo,política leída,30,40", "aseo,política leída,31,39", "cifra política"),
        ("partes.csv", "visitas ahorradas,40,38", "visitas ahorradas,40,39", "cifra visitas"),
        (
            "partes.csv",
            "casos en plazo 2026-08,42,71",
            "casos en plazo 2026-08,42,72",
            "cifra casos",
        ),
        ("lugares.csv", "circulación,40", "circulación,60", "lugar Permiso"),
        ("areas.csv", "todas,0", "todas,50", "cobertura"),
        ("totales.csv", "2026-W42,4,240", "2026-W42,4,250", "total 2026-W42"),
        ("bases.csv", "transito,", "aseo,", "gráfico transito"),
    ],
)
def test_what_is_changed_in_a_file_is_named(
    packed: bytes, tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    folder = unpacked(packed, tmp_path)
    changed(folder, name, old, new)
    assert any(line.startswith(said) for line in checked(folder))


def test_a_week_that_is_changed_or_removed_is_noticed_by_the_code_in_a_mail(
    release: Release, weeks: list[PublishedWeek], packed: bytes, tmp_path: Path
) -> None:
    noted = head_code(heads(weeks[:-1]), weeks[-2].digest.week)
    assert checked(unpacked(packed, tmp_path / "as-it-was"), noted)[0] == "Todo coincide."
    without = zip_of(release, [*weeks[:3], *weeks[4:]])
    assert checked(unpacked(without, tmp_path / "removed"), noted)[0].startswith("código guardado")
    shifted = Block("turismo", IsoWeek(2026, 30), IsoWeek(2026, 30), 53, 61)
    first = PublishedWeek(weeks[0].digest, (*weeks[0].blocks[:-1], shifted))
    lines = checked(unpacked(zip_of(release, [first, *weeks[1:]]), tmp_path / "changed"), noted)
    assert any(line.startswith("código guardado") for line in lines)
