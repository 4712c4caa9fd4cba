"""`opina control`: a finished week's run is made once, kept, and told in words."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.reports.quality.control_text import NOT_SHOWN, control_text
from handlers.quality.blocks import Block
from handlers.quality.control import control_run
from handlers.quality.weeks import IsoWeek
from storage.quality import control
from tests.bot.commands.conftest import Installation, now
from tests.storage.scene import WEDNESDAY, ZONE, Said, closed, grade, opened, sender

FIRST = IsoWeek(2025, 1)
NAMES = {"transito": "Tránsito", "aseo": "Aseo", "obras": "Obras"}


def ratings(week: int, count: int, satisfied: int) -> list[Said]:
    """Citizens of a week, of whom the first ones are satisfied."""
    at = WEDNESDAY - timedelta(weeks=100 - week)
    numbers = range(1000 * week, 1000 * week + count)
    return [
        Said(
            sender(str(number)),
            [
                opened(number),
                grade(number, 7 if number < 1000 * week + satisfied else 2),
                closed(number),
            ],
            at=at,
        )
        for number in numbers
    ]


def week_of(number: int) -> str:
    return str(IsoWeek.of(WEDNESDAY - timedelta(weeks=100 - number), ZONE))


def test_a_fall_is_told_and_a_run_once_kept_stays(cli: Installation) -> None:
    for week in range(1, 15):
        cli.take(*ratings(week, 60, 45 if week < 14 else 25))
        done = cli.opina("control", "--week", week_of(week))
        assert (done.code, done.err) == (0, "")
        if week == 13:
            assert "0 con señal, 1 sin señal, 0 sin medición nueva, 2 aún sin gráfico" in done.out
    said = " ".join(done.out.split())
    assert "3 áreas: 1 con señal" in said
    assert "- Tránsito bajó más de lo esperable, semana" in said
    assert "41,7 % de 60 respuestas con nota 6 o 7; lo esperable era entre 5" in said
    assert max(map(len, done.out.splitlines())) <= 80
    cli.take(Said(sender("14000"), [grade(14000, 1)], at=WEDNESDAY))
    assert cli.opina("control", "--week", week_of(14)).out == done.out
    (kept,) = cli.rows("SELECT count(*) FROM control_runs")
    assert kept == (14,)
    assert cli.rows("SELECT count(*) FROM published_digests") == [(14,)]


def test_the_last_complete_week_is_controlled_and_quiet_weeks_are_on_record(
    cli: Installation,
) -> None:
    cli.take(*ratings(1, 1, 1))
    before = IsoWeek.of(now(), ZONE).shifted(-1)
    done = cli.opina("control")
    weeks = {before, IsoWeek.of(now(), ZONE).shifted(-1)}  # a week may end meanwhile
    (kept,) = cli.read(lambda tx: [week for week in weeks if control.kept_run(tx, week)])
    assert f"Control de la semana {kept.week} (" in done.out
    assert "3 áreas: 0 con señal, 0 sin señal, 0 sin medición nueva, 3 aún sin gráfico." in done.out


def test_a_week_before_the_installation_is_shown_but_not_published(cli: Installation) -> None:
    shown = cli.opina("digest", "--week", "2025-W10")
    assert (shown.code, "Semana 10" in shown.out) == (0, True)
    done = cli.opina("control", "--week", "2025-W10")
    assert done.code == 2
    assert "2025-W10: terminó antes de que hubiera algo guardado; no se publica" in done.err
    assert cli.rows("SELECT count(*) FROM published_digests") == [(0,)]

    cli.take(*ratings(11, 12, 9))  # brought later, of that week
    assert cli.opina("control", "--week", week_of(11)).code == 0
    assert cli.rows("SELECT count(*) FROM published_digests") == [(1,)]


@pytest.mark.parametrize(
    ("week", "said"), [("2999-W10", "aún no termina"), ("ayer", "no es una semana")]
)
def test_a_week_that_cannot_be_controlled_is_told_in_one_line(
    cli: Installation, week: str, said: str
) -> None:
    done = cli.opina("control", "--week", week)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert cli.rows("SELECT count(*) FROM control_runs") == [(0,)]


def run_text(*satisfied: int) -> str:
    weeks = [FIRST.shifted(later) for later in range(len(satisfied))]
    blocks = [Block("obras", week, week, x, 60) for week, x in zip(weeks, satisfied, strict=True)]
    run = control_run(weeks[-1], {"obras": blocks}, NAMES, WEDNESDAY)
    return " ".join(control_text(run, NAMES.__getitem__, ZoneInfo("America/Santiago")).split())


def test_a_shift_is_told_by_its_average() -> None:
    said = run_text(*[45] * 12, 37, 37, 37)
    assert "- Obras bajó más de lo esperable, semana 15: 6" in said
    assert "en promedio con las semanas anteriores; lo esperable era entre 6" in said


def test_a_signal_beside_hidden_numbers_is_told_without_numbers() -> None:
    said = run_text(*[55] * 12, 30)
    assert f"- Obras bajó más de lo esperable, semana 13: {NOT_SHOWN}." in said
    assert "%" not in said


def test_made_up_data_is_marked_and_only_then() -> None:
    for made_up in (True, False):
        run = replace(control_run(FIRST, {}, NAMES, WEDNESDAY), made_up=made_up)
        text = control_text(run, NAMES.__getitem__, ZoneInfo("America/Santiago"))
        assert text.startswith("DATOS FICTICIOS") is made_up


def test_areas_are_in_alphabetical_order_with_what_they_have() -> None:
    assert "Aún sin gráfico Aseo 0, Obras 2, Tránsito 0." in run_text(45, 45)
