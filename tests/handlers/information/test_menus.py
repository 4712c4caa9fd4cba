"""Where a conversation starts, and the ways that lead out of everything."""

from __future__ import annotations

import pytest

from handlers.state import Staff
from tests.handlers.chat import Chat
from tests.handlers.played import play

PERMIT = "onde saco el permiso de circulacion"


def at_areas_to_rate(chat: Chat) -> None:
    chat.says("nota")


def at_grade(chat: Chat) -> None:
    chat.says("nota")
    chat.says("deportes")


def at_reason(chat: Chat) -> None:
    at_grade(chat)
    chat.says("2")


def at_comment(chat: Chat) -> None:
    at_grade(chat)
    chat.says("7")


def at_thanks(chat: Chat) -> None:
    at_comment(chat)
    chat.says("muy limpio")


def at_card(chat: Chat) -> None:
    chat.says(PERMIT)


def at_offer(chat: Chat) -> None:
    at_card(chat)
    chat.says("sí")


def at_suggestions(chat: Chat) -> None:
    chat.says("tesoreria")


def at_areas(chat: Chat) -> None:
    chat.says("areas")


def at_area(chat: Chat) -> None:
    chat.says("areas")
    chat.presses("Ver más")
    chat.presses("Cementerios")


def at_complaint(chat: Chat) -> None:
    chat.says("reclamo")


def at_case(chat: Chat) -> None:
    chat.says("persona")


def at_wait(chat: Chat) -> None:
    chat.says("llevo 2 meses esperando mi patente comercial")


def at_erasure(chat: Chat) -> None:
    chat.says("borrar")


def at_questionnaires(chat: Chat) -> None:
    chat.says("cuestionario")
    chat.says("1")


def at_number(chat: Chat) -> None:
    at_grade(chat)
    chat.waits(hours=1)
    chat.says("6")


EVERYWHERE = [
    at_areas_to_rate,
    at_grade,
    at_reason,
    at_comment,
    at_thanks,
    at_card,
    at_offer,
    at_suggestions,
    at_areas,
    at_area,
    at_complaint,
    at_case,
    at_wait,
    at_erasure,
    at_questionnaires,
    at_number,
]
everywhere = pytest.mark.parametrize("there", EVERYWHERE, ids=lambda place: place.__name__)


def test_hello_is_answered_with_a_welcome_that_says_what_this_is(chat: Chat) -> None:
    text = chat.says("hola")
    assert text.startswith("Hola. Soy el asistente automático de la Municipalidad de La Serena.")
    assert "escriba PERSONA" in text
    assert chat.labels == ["Tengo una pregunta", "Poner una nota", "Dejar un reclamo"]


def test_opening_the_chat_is_welcomed_as_well(chat: Chat) -> None:
    assert chat.opens() == Chat(chat.release).says("hola")


@pytest.mark.parametrize(
    ("said", "then"), [("1", "Escriba su pregunta"), ("2", "¿Qué área"), ("3", "Cuente en un")]
)
def test_the_welcome_is_answered_by_number(chat: Chat, said: str, then: str) -> None:
    chat.says("hola")
    assert chat.says(said).startswith(then)


@everywhere
@pytest.mark.parametrize("said", ["menú", "MENU", "/menu"])
def test_the_menu_is_reached_from_everywhere(known: Chat, there: object, said: str) -> None:
    there(known)
    assert "¿En qué le ayudo?" in known.says(said)


@everywhere
def test_cancelling_leads_to_the_menu_from_everywhere(known: Chat, there: object) -> None:
    there(known)
    text = known.says("cancelar")
    if "¿Retiro su solicitud" in text:  # what is filed is given up only after a yes
        text = known.says("cancelar")
    assert "¿En qué le ayudo?" in text


@everywhere
def test_going_back_leads_somewhere_from_everywhere(known: Chat, there: object) -> None:
    there(known)
    for _ in range(6):
        known.says("volver")
        assert known.labels


@everywhere
def test_hello_is_answered_everywhere(known: Chat, there: object) -> None:
    there(known)
    assert "Hola de nuevo." in known.says("buenas tardes")
    assert known.labels


@everywhere
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("ayuda", "También entiendo"),
        ("persona", "Su número es"),
        ("areas", "áreas municipales"),
        ("datos", "Qué hacemos con lo que usted escribe"),
        ("ver", "¿Muestro aquí todo"),
        ("borrar", "¿Borro sus datos?"),
        ("reclamo", ("qué pasó", "Revise antes", "Me falta saber")),
        ("cuestionario", "cuestionarios disponibles"),
    ],
)
def test_commands_are_obeyed_everywhere(
    known: Chat, there: object, said: str, answer: object
) -> None:
    there(known)
    if (there, said) in {(at_erasure, "borrar"), (at_case, "persona")}:
        return  # there the word answers what is open
    text = known.says(said)
    assert any(part in text for part in ((answer,) if isinstance(answer, str) else answer))


@everywhere
def test_a_lookup_is_answered_wherever_no_words_are_awaited(known: Chat, there: object) -> None:
    there(known)
    if there in (at_reason, at_comment, at_thanks, at_complaint, at_case, at_areas_to_rate):
        return
    assert "Renovación del permiso de circulación" in known.says(PERMIT)


@everywhere
def test_switching_the_language_keeps_what_is_half_filled(known: Chat, there: object) -> None:
    there(known)
    run = known.state.progress or (known.state.paused or (None,))[-1]
    known.says("english")
    assert known.state.language == "en"
    resumed = known.state.progress
    if run is not None:
        assert resumed is not None
        assert resumed.response == run.response


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (("reclamo",), "Tell me in one message what happened"),
        (("reclamo", "hay un hoyo en mi calle"), "I still need"),
        (("reclamo", "hay un hoyo en Brasil 20 desde ayer, que lo arreglen"), "Shall I file it?"),
        (("poner una nota",), "Which office served you?"),
        (("un 2 a los de la basura",), "Shall I note a 2"),
    ],
)
def test_what_is_open_is_asked_anew_in_the_other_language(
    chat: Chat, before: tuple[str, ...], asked: str
) -> None:
    play(chat, *before)
    options = [option.key for option in chat.reply.options]
    assert asked in chat.says("english")
    assert [option.key for option in chat.reply.options] == options


def test_a_half_filled_questionnaire_is_named_in_the_menu(known: Chat) -> None:
    at_grade(known)
    text = known.says("menu")
    assert "Su nota para Deportes quedó pendiente. Para seguir, escriba SEGUIR." in text


def test_what_the_menu_calls_pending_can_be_cancelled_there(known: Chat) -> None:
    at_grade(known)
    known.says("menu")
    assert "No quedó anotada ninguna nota para Deportes" in known.says("cancelar")
    assert "pendiente" not in known.says("menu")


def test_an_erasure_that_is_cancelled_leaves_the_pending_rating_alone(known: Chat) -> None:
    at_grade(known)
    known.says("borrar")
    text = known.says("cancelar")
    assert "no borré nada" in text
    assert "Su nota para Deportes quedó pendiente" in text


def test_thanks_is_answered_kindly_and_the_question_stays_open(known: Chat) -> None:
    at_grade(known)
    text = known.says("gracias")
    assert text.startswith("De nada.")
    assert "¿Qué nota le pone" in text


@pytest.mark.parametrize("said", ["chao", "hasta luego"])
def test_a_farewell_is_not_answered_as_thanks(known: Chat, said: str) -> None:
    assert known.says(said).startswith("Que le vaya bien.")


def test_yes_and_no_to_nothing_are_asked_about(known: Chat) -> None:
    for said in ("sí", "no"):
        text = known.says(said)
        assert text.startswith("Ahora no hay una pregunta de sí o no.")
        assert known.labels == ["Tengo una pregunta", "Poner una nota", "Dejar un reclamo"]


def test_yes_and_no_after_everything_is_said_offer_the_menu(known: Chat) -> None:
    known.says("ver")
    known.says("persona")
    known.says("listo")
    assert known.says("sí").startswith("Ahora no hay una pregunta de sí o no.")
    assert known.labels == ["Menú"]


def test_listo_and_seguir_with_nothing_open_say_so(known: Chat) -> None:
    assert "No hay nada pendiente." in known.says("listo")
    assert "No hay nada pendiente." in known.says("seguir")


def test_an_unknown_command_gets_help(known: Chat) -> None:
    text = known.says("/inventado")
    assert text.startswith("No conozco esa orden. Para ver lo que entiendo, escriba AYUDA.")
    assert "También entiendo" in known.says("AYUDA")


def test_a_number_beyond_the_menu_changes_nothing(known: Chat) -> None:
    text = known.says("7")
    assert "El 7 no está en la lista" in text
    assert known.labels == ["Tengo una pregunta", "Poner una nota", "Dejar un reclamo"]
    assert "¿Qué área" in known.says("2")


def test_an_insult_gets_a_calm_answer_with_ways_on(known: Chat) -> None:
    known.says("inútiles")
    assert known.labels
    assert "Dejar un reclamo" in known.labels


def test_help_names_a_staff_members_way_of_answering(known: Chat) -> None:
    known.staff = Staff(7, "María Soto", "deportes")
    assert known.says("ayuda").startswith("María Soto: para responder un caso")


def test_english_speaks_english_and_espanol_goes_back(chat: Chat) -> None:
    text = chat.says("ENGLISH")
    assert "From now on I will write in English." in text
    assert "I am the automatic assistant" in text
    assert chat.labels == ["I have a question", "Give a grade", "File a complaint"]
    chat.says("grade")
    chat.says("deportes")
    assert "What weighed most?" in chat.says("three")
    chat.presses("Waiting")
    assert chat.record() == {"grade": "3", "reason": "espera"}
    assert "Desde ahora le escribo en castellano." in chat.says("español")


def test_spanish_words_are_understood_in_english_and_the_other_way_round(known: Chat) -> None:
    assert "¿En qué le ayudo?" in known.says("main menu")
    known.says("english")
    assert "How can I help?" in known.says("menú")
    assert "Which office" in known.says("nota")


def test_whoever_writes_from_an_english_telegram_is_told_of_english(chat: Chat) -> None:
    chat.language = "en"
    assert chat.opens().startswith("English: write ENGLISH.")
