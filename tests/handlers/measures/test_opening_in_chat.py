"""A measure is opened in the chat as in the panel."""

from __future__ import annotations

import pytest

from handlers.content.quality import Metric
from handlers.facts.staff import MeasureOpened
from handlers.measures.opening import brief, opened_from
from handlers.measures.steps import GRADES, Deadline, JudgedBy
from handlers.stored_state import from_bytes
from tests.handlers.chat import Chat
from tests.handlers.played import play

OPENED = {
    "Plan de mejora": ("Mucha espera", "Una sola caja", "Abrir otra caja", "04-12-2026"),
    "Acuerdo de reunión": ("Más sillas", "2/10/2026", "Sede vecinal", "1.204"),
    "Autoevaluación": ("No hay horario", "Horario visible", "La puerta no lo tiene"),
}


def test_what_is_asked_of_a_new_measure_may_name_another(rosa: Chat) -> None:
    rosa.measure_areas = ("transito",)
    play(rosa, "/medidas", "Abrir una medida", "Plan de mejora")
    assert "causa" in rosa.says("No se cumplió la medida 2")


@pytest.mark.parametrize("origin", OPENED)
def test_one_is_opened_as_in_the_panel(rosa: Chat, origin: str) -> None:
    rosa.measures, rosa.measure_areas = (), ("transito", "aseo")
    assert "No hay medidas abiertas" in rosa.says("medidas")
    rosa.presses("Abrir una medida")
    assert "no es un área" in rosa.says("el planeta")
    assert "no es un área" in rosa.says("Obras"), "it is not theirs"
    assert "¿De dónde viene la medida de Tránsito?" in rosa.says("Tránsito")
    rosa.presses(origin)
    for words in OPENED[origin]:
        text = rosa.says(words)
    assert f"«{OPENED[origin][0]}»" in text
    assert "Reunión del 02-10-2026" in text or origin != "Acuerdo de reunión"
    assert rosa.facts == []
    assert "Se mide en «Nota 6 o 7»." in text
    assert "Otro indicador" not in [option.label for option in rosa.reply.options]
    assert "quedó abierta" in rosa.presses("Abrirla")
    (fact,) = rosa.last
    assert isinstance(fact, MeasureOpened)
    assert (fact.staff, fact.form.area) == (7, "transito")
    assert dict(fact.form.said)["problem"] == OPENED[origin][0]
    assert "2026-12-04" in dict(fact.form.said).values() or origin != "Plan de mejora"
    assert "quedó abierta" not in rosa.says("Abrirla")


def test_one_is_judged_by_any_indicator_of_which_there_are_figures(rosa: Chat) -> None:
    other = JudgedBy("motivo-espera", name="Motivo: Espera", measured=Metric.REASON, part="espera")
    rosa.measure_areas, rosa.indicators = ("transito",), (brief(GRADES), brief(other))
    rosa.says("/medidas")
    rosa.presses("Abrir una medida")
    play(rosa, "Autoevaluación", *OPENED["Autoevaluación"])
    assert "1. Nota 6 o 7\n\n2. Motivo: Espera" in rosa.presses("Otro indicador")
    assert "Se mide en «Motivo: Espera»." in rosa.says("2")
    shown = rosa.presses("Otro indicador")
    assert "Se mide en «Motivo: Espera»." in rosa.says("9"), "there is none: the one of before"
    assert shown != rosa.reply.text
    rosa.presses("Abrirla")
    (fact,) = rosa.last
    assert isinstance(fact, MeasureOpened)
    term = Deadline(fact.decide_by, fact.rule)
    opened, _ = opened_from(fact.form, 7, term, rosa.now, rosa.release.content.zone)
    assert opened.judged_by == other


@pytest.mark.parametrize(
    ("origin", "wrong", "told"),
    [
        ("Plan de mejora", ("a" * 1_001,), "Son 1001 letras y caben 1000."),
        ("Plan de mejora", ("x", "y", "z", "01-10-2026"), "Ese día ya pasó."),
        ("Plan de mejora", ("x", "y", "z", "01-10-2062"), "Ese día está a más de dos años."),
        ("Plan de mejora", ("x", "y", "z", "31-02-2027"), "No reconozco ese día."),
        ("Capacitación", ("x", "y", "z", "pronto"), "No reconozco ese día."),
        ("Acuerdo de reunión", ("x", "04-12-2099"), "Ese día aún no llega."),
        ("Acuerdo de reunión", ("x", "2026-10-02", "a" * 201), "caben 200"),
        ("Acuerdo de reunión", ("x", "2026-10-02", "Sede", "muchas"), "con cifras"),
        ("Acuerdo de reunión", ("x", "2026-10-02", "Sede", "0"), "con cifras"),
        ("Autoevaluación", ("x", "a" * 301), "caben 300"),
    ],
)
def test_what_does_not_fit_is_said_and_asked_again(
    rosa: Chat, origin: str, wrong: tuple[str, ...], told: str
) -> None:
    rosa.measure_areas = ("transito",)
    rosa.says("/medidas")
    rosa.presses("Abrir una medida")
    rosa.presses(origin)
    for words in wrong:
        before = rosa.reply.text
        text = rosa.says(words)
    assert told in text
    assert before.splitlines()[-1] in text
    assert "Abrirla" not in [option.label for option in rosa.reply.options]
    rosa.says("cancelar")
    assert rosa.facts == []
    assert from_bytes(rosa.stored).measure is None


@pytest.mark.parametrize(
    ("written", "held_on", "due"),
    [
        ("hoy", "2026-11-16", "2026-11-16"),
        ("Ayer", "2026-11-15", None),
        ("mañana", None, "2026-11-17"),
        ("2 de octubre", "2026-10-02", None),
        ("9/12", None, "2026-12-09"),
        ("9.3.27", None, "2027-03-09"),
        ("29/2", None, None),
    ],
)
def test_a_day_is_written_as_people_say_it(
    rosa: Chat, written: str, held_on: str | None, due: str | None
) -> None:
    rosa.measure_areas = ("transito",)
    for origin, before, day in (
        ("Acuerdo de reunión", ("x",), held_on),
        ("Plan de mejora", ("x", "y", "z"), due),
    ):
        rosa.says("/medidas")
        rosa.presses("Abrir una medida")
        rosa.presses(origin)
        play(rosa, *before, written)
        form = from_bytes(rosa.stored).measure
        assert form is not None
        assert [words for _, words in form.said[len(before) :]] == ([day] if day else [])
        rosa.says("cancelar")


def test_whoever_lost_the_role_meanwhile_opens_nothing(rosa: Chat) -> None:
    rosa.measure_areas = ("transito",)
    rosa.says("/medidas")
    rosa.presses("Abrir una medida")
    rosa.presses("Autoevaluación")
    play(rosa, *OPENED["Autoevaluación"])
    rosa.measure_areas = ()
    assert "la jefatura del área" in rosa.presses("Abrirla")
    assert rosa.facts == []
