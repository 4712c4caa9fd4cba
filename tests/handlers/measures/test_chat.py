"""Measures in the chat of staff: listing, taking, noting and finishing; nothing for a citizen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from handlers.content.quality import Metric
from handlers.facts.cases import CaseAnswered
from handlers.facts.staff import MeasureDone, MeasureNoted, MeasureOpened, MeasureTaken
from handlers.measures.opening import brief, opened_from
from handlers.measures.steps import GRADES, Deadline, JudgedBy
from handlers.staff_chat.measures import MeasureBrief
from handlers.state import Staff
from handlers.stored_state import from_bytes, holds_words, without_words
from tests.handlers.chat import Chat

ROSA = Staff(7, "Rosa", "transito")
DUE = datetime(2026, 12, 5, 2, 59, tzinfo=UTC)  # the last minute of the 4th in La Serena
UNDECIDED = MeasureBrief("M-2026-001", "transito", "to-decide", "", DUE, ("take", "note"))
DECIDED = MeasureBrief("M-2026-002", "aseo", "decided", "Abrir otra caja", DUE, ("do", "note"))
MOVED = replace(DECIDED, number="M-2026-003", moved_from=date(2026, 11, 20))


@pytest.fixture
def rosa(chat: Chat) -> Chat:
    chat.staff = ROSA
    chat.measures = (UNDECIDED, DECIDED)
    return chat


@pytest.mark.parametrize("words", ["/medidas", "medidas", "Medidas"])
def test_staff_see_what_waits_and_until_when(rosa: Chat, words: str) -> None:
    text = rosa.says(words)
    assert "M-2026-001, Tránsito: por decidir, a más tardar el 4 de diciembre de 2026." in text
    assert "M-2026-002, Aseo y Áreas Verdes: debe estar hecha el 4 de diciembre de 2026." in text
    assert [option.label for option in rosa.reply.options][:2] == ["M-2026-001", "M-2026-002"]
    assert "«Abrir otra caja»" in text
    rosa.measures = tuple(
        replace(UNDECIDED, number=f"M-2026-{n:03}", words="ñ" * 1000) for n in range(12)
    )
    text = rosa.says(words)
    assert len(text) <= 900
    assert (text.count("«ñññññññ"), "Hay más en el panel: 6." in text) == (6, True)
    assert text.count("se anotan en el panel") == 1
    rosa.measures = (DECIDED, MOVED)
    assert rosa.says(words).count("Antes debía estar hecha el 20 de noviembre de 2026.") == 1


def test_one_is_taken_noted_and_finished(rosa: Chat) -> None:
    rosa.says("/medidas")
    rosa.presses("M-2026-001")
    keys = ["measure-take:M-2026-001", "measure-note:M-2026-001", "menu"]
    assert [option.key for option in rosa.reply.options] == keys
    assert "M-2026-001 quedó a su cargo." in rosa.presses("Tomarla")
    assert rosa.last == [MeasureTaken("M-2026-001", 7)]
    rosa.says("/medidas")
    assert "«Abrir otra caja»" in rosa.presses("M-2026-002")
    shown = rosa.reply
    assert shown.private
    text = rosa.says("Llegó el mesón nuevo", quotes=shown)
    assert "Anoté en M-2026-002: «Llegó el mesón nuevo»." in text
    assert rosa.last == [MeasureNoted("M-2026-002", 7, "Llegó el mesón nuevo")]
    rosa.says("/medidas")
    rosa.presses("M-2026-002")
    assert "quedó como hecha" in rosa.presses("Marcar como hecha")
    assert rosa.last == [MeasureDone("M-2026-002", 7)]
    assert rosa.recorded(CaseAnswered) == []


def test_one_that_somebody_has_is_not_taken_and_it_is_said_who_has_it(rosa: Chat) -> None:
    rosa.says("M-2026-001")
    button = rosa.reply
    rosa.measures = (replace(UNDECIDED, can=("note",), owner=8, holder="Ana"),)
    assert "M-2026-001 está a cargo de Ana." in rosa.presses("Tomarla")
    assert rosa.facts == []
    assert "M-2026-001 está a cargo de Ana." in rosa.says("M-2026-001")
    assert [option.key for option in rosa.reply.options] == ["measure-note:M-2026-001", "menu"]
    assert button.text != rosa.reply.text


@pytest.mark.parametrize(
    "words", ["M-2026-002 Llegó el mesón nuevo", "m-2026-002: Llegó el mesón nuevo"]
)
def test_a_note_that_begins_with_the_number_quotes_nothing(rosa: Chat, words: str) -> None:
    assert "Anoté en M-2026-002: «Llegó el mesón nuevo»." in rosa.says(words)
    assert rosa.last == [MeasureNoted("M-2026-002", 7, "Llegó el mesón nuevo")]
    assert "quedó como hecha" in rosa.says("ya está hecha")


def test_a_note_is_asked_for_and_what_comes_next_is_that_note(rosa: Chat) -> None:
    rosa.says("M-2026-002")
    assert "no se borra" in rosa.presses("Anotar algo")
    rosa.says("Llegó el mesón nuevo")
    assert rosa.last == [MeasureNoted("M-2026-002", 7, "Llegó el mesón nuevo")]
    rosa.says("Parece que sí")
    rosa.says("M-2026-002")
    rosa.says("anotar")
    rosa.says("cancelar")
    rosa.says("Llegó otro mesón")
    assert len(rosa.recorded(MeasureNoted)) == 1
    rosa.says("M-2026-002")
    shown = rosa.reply
    assert "debe estar hecha" in rosa.says("hecha", quotes=shown)  # one word is no note
    assert len(rosa.recorded(MeasureNoted)) == 1


@pytest.mark.parametrize(
    "words", ["M-2026-002", "tomar m-2026-002", "M-2026-002 hecha", "¿en qué está M-2026-002?"]
)
def test_a_number_without_a_note_shows_the_measure(rosa: Chat, words: str) -> None:
    assert "«Abrir otra caja»" in rosa.says(words)
    assert rosa.reply.options[1].key == "measure-done:M-2026-002"
    assert rosa.facts == []


SHOWN, ENDED, LISTED = "«Abrir otra caja»", "se cierra en el panel", "Toque una"


@pytest.mark.parametrize(
    ("before", "words", "told"),
    [
        ("", "medida 2", SHOWN),
        ("", "/medida 2", SHOWN),
        ("", "¿cómo va la medida n° 2?", SHOWN),
        ("", "lista la 2", SHOWN),
        ("", "me hago cargo de la 2", SHOWN),
        ("", "cerrar la 2", ENDED),
        ("", "medida 9", "No encuentro la medida 9"),
        ("", "la 2", "No sé a qué responde"),
        ("/medidas", "2", SHOWN),
        ("/medidas", "la 2", SHOWN),
        ("/medidas", "¿quién tiene la 2?", SHOWN),
        ("/medidas", "la 1 y la 2", LISTED),
        ("/medidas", "no hay medida para la 2", ENDED),
        ("M-2026-001", "tomo la 2", SHOWN),
        ("M-2026-001", "la 2: llegó el mesón nuevo", "¿Lo anoto en M-2026-002"),
    ],
)
def test_one_is_named_in_short_and_nothing_changes_until_its_button_is_pressed(
    rosa: Chat, before: str, words: str, told: str
) -> None:
    if before:
        rosa.says(before)
    assert told in rosa.says(words)
    assert rosa.facts == []
    if told == SHOWN:
        assert "quedó como hecha" in rosa.presses("Marcar como hecha")


def test_what_is_asked_of_a_new_measure_may_name_another(rosa: Chat) -> None:
    rosa.measure_areas = ("transito",)
    for words in ("/medidas", "Abrir una medida", "Plan de mejora"):
        rosa.says(words)
    assert "causa" in rosa.says("No se cumplió la medida 2")


def test_a_measure_says_by_which_other_indicator_it_is_judged(rosa: Chat) -> None:
    assert "Se mide en" not in rosa.says("M-2026-002")
    rosa.measures = (replace(DECIDED, judged_by="Nota 6 o 7: Mesón de Aseo"),)
    for words in ("M-2026-002", "/medidas"):
        assert "Se mide en «Nota 6 o 7: Mesón de Aseo»." in rosa.says(words)


def test_a_signal_says_what_it_is_about(rosa: Chat) -> None:
    assert "las notas de Tránsito bajaron más de lo que" in rosa.says("M-2026-001")


@pytest.mark.parametrize("words", ["LS-2026-000001", "M-2026-00001", "M-2026-01"])
def test_other_numbers_are_no_measures(rosa: Chat, words: str) -> None:
    assert "M-2026-00" not in rosa.says(words).replace(words, "")
    assert not any(isinstance(fact, MeasureNoted) for fact in rosa.facts)


def test_what_is_no_longer_possible_is_said(rosa: Chat) -> None:
    rosa.says("/medidas")
    rosa.presses("M-2026-002")
    shown = rosa.reply
    rosa.measures = (replace(DECIDED, state="done", can=("note",), due_at=None),)
    text = rosa.presses("Marcar como hecha")
    assert "Eso no corresponde ahora." in text
    assert "está hecha y se espera su efecto" in text
    rosa.measures = ()
    assert "No encuentro M-2026-002 entre las medidas abiertas" in rosa.says(
        "Ya está", quotes=shown
    )
    assert rosa.facts == []
    assert "No hay medidas abiertas en su área." in rosa.says("/medidas")


OPENED = {
    "Plan de mejora": ("Mucha espera", "Una sola caja", "Abrir otra caja", "04-12-2026"),
    "Acuerdo de reunión": ("Más sillas", "2/10/2026", "Sede vecinal", "1.204"),
    "Autoevaluación": ("No hay horario", "Horario visible", "La puerta no lo tiene"),
}


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
    for words in ("Autoevaluación", *OPENED["Autoevaluación"]):
        rosa.says(words)
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
        for words in (*before, written):
            rosa.says(words)
        form = from_bytes(rosa.stored).measure
        assert form is not None
        assert [words for _, words in form.said[len(before) :]] == ([day] if day else [])
        rosa.says("cancelar")


def test_whoever_lost_the_role_meanwhile_opens_nothing(rosa: Chat) -> None:
    rosa.measure_areas = ("transito",)
    rosa.says("/medidas")
    rosa.presses("Abrir una medida")
    rosa.presses("Autoevaluación")
    for words in OPENED["Autoevaluación"]:
        rosa.says(words)
    rosa.measure_areas = ()
    assert "la jefatura del área" in rosa.presses("Abrirla")
    assert rosa.facts == []


def test_a_citizen_gets_nothing_of_it(chat: Chat) -> None:
    chat.measures = (UNDECIDED,)
    for words in ("/medidas", "medidas", "M-2026-001 ya está lista la caja"):
        assert "M-2026-001" not in chat.says(words)
    assert not any("Measure" in type(fact).__name__ for fact in chat.facts)


def test_a_button_of_before_does_nothing_for_whoever_is_no_longer_staff(rosa: Chat) -> None:
    rosa.says("/medidas")
    rosa.staff = None
    rosa.presses("M-2026-002")
    assert "M-2026-002" not in rosa.reply.text


def test_twenty_measures_fit_in_a_message(rosa: Chat) -> None:
    rosa.measures = tuple(replace(DECIDED, number=f"M-2026-{number:03}") for number in range(1, 21))
    rosa.says("/medidas")
    assert len(rosa.reply.options) == 7
    rosa.measure_areas = ("aseo",)
    rosa.says("/medidas")
    keys = [option.key for option in rosa.reply.options]
    assert (len(keys), keys[-2:]) == (8, ["measure-new", "menu"])


@pytest.mark.parametrize(
    ("shown", "said", "pressed"),
    [
        ("M-2026-002", "Llegó el mesón nuevo y la gente espera menos", "Sí"),
        ("M-2026-002", "se arregló la caja, ahora atienden súper bien", "Sí"),
        ("M-2026-002", "la basura ya se retira los martes", "sí, por favor"),
        ("M-2026-002", "puse un 7 en el letrero de la entrada", "dale"),
        ("/medidas", "en Aseo ya contratamos a dos personas para la ruta", "Sí"),
        ("/medidas", "ya contratamos a dos personas para la ruta", "M-2026-002"),
    ],
)
def test_words_after_a_measure_are_asked_about_and_noted(
    rosa: Chat, shown: str, said: str, pressed: str
) -> None:
    rosa.says(shown)
    text = rosa.says(said)
    assert f"«{said}»" in text
    assert "no se borra" in text
    assert rosa.facts == []
    assert holds_words(rosa.state)
    assert said not in repr(without_words(rosa.state))
    rosa.says(pressed)
    assert rosa.last == [MeasureNoted("M-2026-002", 7, said)]
    assert rosa.state.measure is None
    assert said not in repr(rosa.state)  # which is stored in the clear from here on


def test_words_after_a_measure_that_are_no_note_are_searched(rosa: Chat) -> None:
    rosa.says("M-2026-002")
    assert "«permiso de circulación»" in rosa.says("permiso de circulación")
    assert "circulación" in rosa.says("no")
    assert rosa.state.measure is None
    rosa.says("/medidas")
    assert "circulación" in rosa.says("¿dónde saco el permiso de circulación?")
    rosa.says("/medidas")
    rosa.says("muchas gracias")
    assert not rosa.recorded(MeasureNoted)


@pytest.mark.parametrize("words", ["hecha", "la tomo", "anotar"])
def test_what_is_done_with_one_of_several_measures_asks_with_which(rosa: Chat, words: str) -> None:
    rosa.says("/medidas")
    assert "Toque una para verla" in rosa.says(words)
    assert rosa.facts == []


@pytest.mark.parametrize("words", ["la de aseo", "aseo", "Aseo y Áreas Verdes"])
def test_one_of_several_measures_is_chosen_by_its_area(rosa: Chat, words: str) -> None:
    rosa.says("/medidas")
    assert "«Abrir otra caja»" in rosa.says(words)
    assert rosa.facts == []


@pytest.mark.parametrize(
    "words", ["cerrar la medida", "No hay medida.", "quiero cerrar la medida", "ciérrala", "cerrar"]
)
@pytest.mark.parametrize(
    "before", [("M-2026-002",), ("/medidas", "M-2026-002"), ("M-2026-002", "Anotar algo")]
)
def test_that_a_measure_ends_leads_to_where_that_is_done_and_is_no_note(
    rosa: Chat, before: tuple[str, ...], words: str
) -> None:
    for said in before:
        rosa.says(said)
    text = rosa.says(words)
    assert "Una medida se cierra en el panel" in text
    assert "«Abrir otra caja»" in text
    keys = [option.key for option in rosa.reply.options]
    assert keys == ["measure-note:M-2026-002", "measure-done:M-2026-002", "menu"]
    assert rosa.facts == []
    rosa.says("Llegó otro mesón ayer")
    assert not rosa.recorded(MeasureNoted), "it is asked whether this is a note"


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("M-2026-002 cerrar la medida", True),
        ("M-2026-002: no hay medida", True),
        ("cerrar la medida M-2026-002", True),
        ("M-2026-002 cerramos la calle por las obras", False),
        ("M-2026-002 no hay medidas de seguridad en la caja y se pidieron", False),
    ],
)
def test_with_its_number_too_and_other_words_are_a_note(rosa: Chat, words: str, ends: bool) -> None:
    assert ("Una medida se cierra en el panel" in rosa.says(words)) == ends
    assert bool(rosa.recorded(MeasureNoted)) != ends


def test_of_several_measures_the_list_follows(rosa: Chat) -> None:
    rosa.says("/medidas")
    text = rosa.says("no hay medida")
    assert "Una medida se cierra en el panel" in text
    assert "Toque una para verla" in text
