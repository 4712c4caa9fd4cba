"""`opina staff duty`, `opina staff absent` and `opina notice`: what they write, and what not."""

from __future__ import annotations

import pytest

from handlers.state import Pinned
from storage.duty import absences, shifts
from storage.staff import pinned_notice, staff
from tests.bot.commands.conftest import Installation, now

ANA, LUIS = "ana@example.cl", "luis@example.cl"


@pytest.fixture
def people(cli: Installation) -> dict[str, int]:
    for name, mail in (("Ana", ANA), ("Luis", LUIS)):
        assert cli.opina("staff", "add", name, "--email", mail, "--area", "todas").code == 0
    return {one.email: one.id for one in cli.write(staff.everyone)}


def test_a_shift_is_written_listed_and_removed(cli: Installation, people: dict[str, int]):
    done = cli.opina("staff", "duty", "add", ANA, "--days", "lun-dom", "--from", "0:00")
    assert (done.code, "Aún no puede" in done.out) == (0, False), done.err
    assert cli.opina("staff", "duty", "add", ANA, "--area", "aseo", "--days", "sab,dom").code == 0
    shown = cli.opina("staff", "duty").out
    assert "Ana · todo el municipio" in shown
    assert "todos los días, de 00:00 a 17:30, desde el " in shown
    assert "sábado y domingo, de 08:30 a 17:30" in shown
    first, second = cli.write(shifts.list_shifts)
    assert (first.staff, second.area) == (people[ANA], "aseo")
    assert cli.opina("staff", "duty", "remove", str(first.id)).code == 0
    assert cli.opina("staff", "duty", "remove", str(first.id)).code == 2
    assert len(cli.write(shifts.list_shifts)) == 1


def test_a_shift_of_somebody_who_may_answer_nobody_says_which_role_is_missing(cli: Installation):
    assert cli.opina("staff", "add", "Eva", "--email", "eva@example.cl", "--admin").code == 0
    done = cli.opina("staff", "duty", "add", "eva@example.cl")
    assert (done.code, done.err) == (0, "")
    assert "opina staff role eva@example.cl meson --area todas" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--days", "hoy"), "lun-vie"),
        (("--days", "lunn"), "lun-vie"),
        (("--days", "martes-juev"), "lun-vie"),
        (("--from", "25:00"), "08:30"),
        (("--first", "pronto"), "20-12-2026"),
        (("--first", "2026-12-02", "--last", "2026-12-01"), "anterior"),
        (("--area", "nada"), "nada"),
    ],
)
@pytest.mark.usefixtures("people")
def test_what_is_no_shift_is_said_in_one_line(
    cli: Installation, options: tuple[str, ...], said: str
):
    done = cli.opina("staff", "duty", "add", ANA, *options)
    assert (done.code, said in done.err) == (2, True), done.err
    assert len(done.err.strip().splitlines()) == 1
    assert cli.write(shifts.list_shifts) == []


def test_an_absence_has_its_substitute_and_no_circle(cli: Installation, people: dict[str, int]):
    days = ("--from", "2020-01-01", "--until", "2199-12-31")
    assert cli.opina("staff", "absent", "add", ANA, *days, "--substitute", LUIS).code == 0
    assert cli.write(lambda tx: absences.substitutes(tx, now())) == {people[ANA]: people[LUIS]}
    assert "Ana: 2020-01-01 a 2199-12-31, reemplaza Luis" in cli.opina("staff", "absent").out
    circle = cli.opina("staff", "absent", "add", LUIS, *days, "--substitute", ANA)
    assert circle.code == 2
    assert "Luis → Ana → Luis" in circle.err
    (one,) = cli.write(lambda tx: absences.not_over(tx, now()))
    assert cli.opina("staff", "absent", "remove", str(one.id)).code == 0
    assert "Nadie está ausente" in cli.opina("staff", "absent").out


def test_who_leaves_leaves_the_roster_too(cli: Installation, people: dict[str, int]):
    cli.opina("staff", "duty", "add", ANA)
    cli.opina(
        *("staff", "absent", "add", LUIS, "--from", "2020-01-01", "--until", "2199-01-01"),
        *("--substitute", ANA),
    )
    assert cli.opina("staff", "remove", ANA).code == 0
    assert cli.write(shifts.list_shifts) == []
    assert people[ANA] not in cli.write(lambda tx: absences.substitutes(tx, now())).values()


def test_a_notice_is_pinned_shown_and_taken_down(cli: Installation):
    assert "No hay ningún aviso" in cli.opina("notice").out
    assert cli.opina("notice", "Hay  alerta de tsunami.").code == 0
    assert cli.write(pinned_notice.current) == Pinned("Hay alerta de tsunami.", stops_ratings=True)
    assert "Hay alerta de tsunami." in cli.opina("notice").out
    assert cli.opina("notice", "Paro", "--keep-ratings").code == 0
    assert cli.write(pinned_notice.current) == Pinned("Paro", stops_ratings=False)
    assert cli.opina("notice", "x" * 301).code == 2
    for empty in ("", "  ", "\u200b"):  # nothing would stand over each answer, or it is a slip
        assert "el aviso está vacío" in cli.opina("notice", empty).err
    assert cli.opina("notice", "x", "--end").code == 2
    assert "quedó quitado" in cli.opina("notice", "--end").out
    assert cli.write(pinned_notice.current) is None
    assert "entero" in cli.opina("audit", "--verify").out
