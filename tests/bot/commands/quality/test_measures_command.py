"""`opina measures`: opening, deciding, doing and closing one, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount
from handlers.measures.measures import State
from handlers.measures.steps import Measured, MeasureStep, NoteAdded
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.intervals import newcombe
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Transaction
from storage.measures import steps
from storage.quality import counts
from storage.staff import roles, staff
from tests.bot.commands.conftest import Installation, now
from tests.handlers.measures.weeks_of_blocks import DECIDED, done, opened
from tests.storage.scene import ZONE

EMAIL, ELSEWHERE = "rosa@muni.example", "luis@muni.example"
DUE = str(now().date() + timedelta(days=90))
WEEK = IsoWeek(2026, 47)
PLAN = (
    "measures", "open", "transito", "--origin", "plan", "--problem", "La fila es larga",
    "--cause", "Una sola caja", "--action", "Abrir otra", "--owner", EMAIL, "--due", DUE,
)  # fmt: skip

MET = (*PLAN[:4], "meeting", *PLAN[5:7], "--place", "Sede")
GAP = (*PLAN[:4], "gap", *PLAN[5:7], "--evidence", "Fotos", "--criterion", "Horario")


@pytest.fixture(autouse=True)
def rosa(cli: Installation) -> None:
    def hire(tx: Transaction) -> None:
        head = staff.add(tx, cli.keyring, staff.NewMember("Rosa", EMAIL, ""), now())
        roles.give(tx, head.id, Grant(Role.HEAD, "transito"), now())
        staff.add(tx, cli.keyring, staff.NewMember("Luis", ELSEWHERE, ""), now())

    cli.write(hire)


def one(cli: Installation) -> steps.Measure:
    (found,) = cli.read(lambda tx: steps.all_measures(tx, cli.keyring, ZONE))
    return found


def test_from_a_plan_to_closing(cli: Installation) -> None:
    assert cli.opina("measures", "list").out == "No hay medidas abiertas.\n"
    said = cli.opina(*PLAN).out
    number = one(cli).number
    assert said == f"{number}: abierta.\n"
    assert f"{number}: ya estaba abierta" in cli.opina(*PLAN).out
    assert one(cli).number == number, "a command that is repeated opens no second one"
    listed = cli.opina("measures", "list").out
    assert f"{number} · en curso" in listed
    assert "Tránsito, plan de mejora: La fila es larga" in listed
    for said in ("nota guardada", "ya estaba, con lo mismo; no se escribió otra vez"):
        assert cli.opina("measures", "note", number, "Llegó el mesón").out == f"{number}: {said}.\n"
    assert [step.event for step in one(cli).steps[2:]] == [NoteAdded("Llegó el mesón")]
    early = cli.opina("measures", "close", number, "--tell", "Hay otra caja")
    assert (early.code, early.err.count("\n")) == (2, 1)
    assert cli.opina("measures", "done", number.lower()).code == 0
    found = one(cli)
    effect = Effect(
        Effectiveness.EFFECTIVE, Side(30, 60), Side(50, 60), newcombe(50, 60, 30, 60),
        Side(), Side(), None,
    )  # fmt: skip
    told = MeasureStep(now(), 0, Measured("2027-W02", effect, True))
    assert cli.write(lambda tx: steps.add(tx, cli.keyring, found, told))
    shown = cli.opina("measures", "show", number).out
    assert "La medida fue efectiva. De quienes respondieron" in shown
    assert "Ciérrela como efectiva" in shown
    closed = cli.opina("measures", "close", number, "--tell", "Hay otra caja")
    assert closed.out == f"{number}: cerrada como efectiva. Se avisa a 0 personas.\n"
    assert one(cli).state is State.EFFECTIVE
    assert number not in cli.opina("measures", "list").out
    assert number in cli.opina("measures", "list", "--all").out


def test_a_meetings_agreement_is_decided_declined_and_reopened(cli: Installation) -> None:
    meeting = ("--held-on", "10 de noviembre", "--place", "Sede vecinal", "--attendance", "34")
    begin = ("measures", "open", "transito", "--origin", "meeting", "--problem", "Atender de tarde")
    series = Series(Metric.USEFUL, Scope.AREA, "transito")
    told = SeriesCount(series, WEEK, WEEK, 20, 40, is_shown=True)
    cli.write(lambda tx: counts.add(tx, [told]))
    assert cli.opina(*begin, *meeting, "--indicator", "les-sirvio").code == 0
    assert one(cli).state is State.TO_DECIDE
    number = one(cli).number
    shown = cli.opina("measures", "show", number).out
    assert "Reunión del 10 de noviembre de 2026, Sede vecinal; 34 asistentes." in shown
    assert "Se mide en «Les sirvió lo encontrado» en Tránsito." in shown
    refused = cli.opina("measures", "reopen", number, "--why", "No bastó")
    assert (refused.code, "no corresponde ahora" in refused.err) == (2, True)
    for due in (DUE, str(now().date() + timedelta(days=120))):
        late = ("measures", "decide", number, *PLAN[7:-1], due)
        assert cli.opina(*late).out == f"{number}: decidida.\n", "a decision can be changed"
        assert str(one(cli).decision.due) == due
    why = ("--why", "No hay personal")
    assert cli.opina("measures", "decline", number, *why).code == 2
    named = ("--tell", "Sin Ana Rojas no alcanza el personal")
    asked = cli.opina("measures", "decline", number, *why, *named)
    assert (asked.code, "quién es alguien: «Ana Rojas»" in asked.err) == (2, True)
    tell = ("--tell", "En calle Balmaceda 260 no alcanza el personal", "--names-nobody")
    assert cli.opina("measures", "decline", number, *why, *tell[:2]).code == 2
    assert cli.opina("measures", "decline", number, *why, *tell).code == 0
    assert one(cli).state is State.DECLINED
    assert tell[1] in cli.opina("measures", "show", number).out


def test_one_of_which_too_few_answered_is_closed_as_such(cli: Installation) -> None:
    few = Effect(Effectiveness.TOO_FEW, Side(10, 20), Side(6, 12), None, Side(), Side(), None)

    def act(tx: Transaction) -> str:
        number = steps.open_one(tx, cli.keyring, MeasureStep(now(), 0, opened("transito")), ZONE)
        for event in (DECIDED, done(), Measured("2027-W24", few, True)):
            found = steps.find_measure(tx, cli.keyring, ZONE, number)
            assert found is not None
            assert steps.add(tx, cli.keyring, found, MeasureStep(now(), 0, event))
        return number

    number = cli.write(act)
    closed = cli.opina("measures", "close", number, "--tell", "Hay otra caja")
    assert closed.out == f"{number}: cerrada sin respuestas suficientes. Se avisa a 0 personas.\n"
    assert one(cli).state is State.TOO_FEW


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("measures", "show", "M-2026-099"), "no hay una medida con ese número"),
        ((*PLAN[:-4], "--owner", "otra@muni.example", "--due", DUE), "nadie tiene ese correo"),
        ((*PLAN[:-4], "--owner", ELSEWHERE, "--due", DUE), "jefatura --area transito"),
        ((*PLAN[:2], "aseo", *PLAN[3:]), "no puede decidir medidas de esa área"),
        ((*PLAN[:-1], "2020-01-01"), "esa fecha ya pasó"),
        ((*PLAN[:-1], "2999-01-01"), "esa fecha está a más de dos años"),
        (("measures", "done", "M-2026-099", "a" * 1_001), "tiene 1001 letras; caben 1000"),
        ((*PLAN[:-1], "2027-02-30"), "--due: el 2027-02-30 no está en el calendario"),
        ((*PLAN[:-1], "pronto"), "«pronto» no es una fecha"),
        (PLAN[:7], "--cause: está vacío"),
        ((*PLAN[:4], "signal", *PLAN[5:7]), "no existe ese origen"),
        ((*PLAN[:4], "meeting", *PLAN[5:7]), "--held-on: falta la fecha"),
        ((*MET, "--held-on", "2026-11-10"), "--attendance: falta"),
        ((*MET, "--held-on", "2999-11-10"), "esa fecha aún no llega"),
        ((*MET, "--held-on", "2026-11-10", "--attendance", "100001"), "de 1 a 100000"),
        ((*MET[:-1], "a" * 201, "--held-on", "2026-11-10"), "tiene 201 letras; caben 200"),
        ((*MET, "--held-on", "2026-11-10", "--attendance", "3", *PLAN[7:9]), "--action: está"),
        ((*GAP[:-1], "a" * 301), "--criterion: tiene 301 letras; caben 300"),
        ((*PLAN[:4], "gap", *PLAN[5:7]), "--criterion: está vacío"),
        ((*PLAN, "--indicator", "les-sirvio"), "con cifras hay: todavía ninguno"),
    ],
)
def test_what_lacks_something_is_told_in_one_line(
    cli: Installation, arguments: tuple[str, ...], said: str
) -> None:
    done = cli.opina(*arguments)
    assert (done.code, said in done.err, done.err.count("\n")) == (2, True, 1)
    assert cli.rows("SELECT count(*) FROM measure_steps") == [(0,)]
