"""What people say in free words, at the place where it is said; each kind has its phrases."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from handlers.facts.cases import CaseExtended, CaseWithdrawn
from handlers.facts.lookups import LookupMade
from handlers.facts.responses import AnswerGiven
from handlers.rehearsing.evaluation import Example, evaluate
from handlers.rehearsing.expectations import Result
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import at_card, rating

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("text", ["les pongo un siete", "un 7 para ellos", "se merecen un 7"])
def test_the_card_just_shown_names_the_area_and_a_search_hit_never_does(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    assert "¿Le pongo un 7 a Tránsito?" in chat.says(text)
    assert not [fact for fact in chat.recorded(AnswerGiven) if fact.grade]


@pytest.mark.parametrize("text", ["no quiero", "paso", "mejor otro día", "prefiero no responder"])
def test_who_does_not_want_to_answer_is_left_in_peace(release: Release, text: str) -> None:
    chat = rating(release)
    assert "no anoté nada" in chat.says(text)
    assert not chat.recorded(AnswerGiven)
    assert not chat.recorded(LookupMade)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sí me sirvió", "yes"),
        ("sip", "yes"),
        ("me quedó clarito, gracias", "yes"),
        ("no me sirvió de nada", "no"),
        ("no era lo que buscaba", "no"),
        ("más o menos", "partly"),
        ("en parte", "partly"),
        ("no, si estuvo impecable la explicación", "yes"),
        ("ayuda un poquito, pero igual voy a tener que ir a preguntar", "partly"),
        ("siii, muchas gracias, ¿y dónde se pide hora al dentista?", "yes"),
        ("no. ¿dónde saco la licencia de conducir?", "no"),
    ],
)
def test_whether_a_card_helped_is_understood_in_any_words(
    release: Release, text: str, value: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.record()["useful"] == value


def test_of_an_answer_and_a_question_both_are_taken_and_nothing_else_is_asked(
    release: Release,
) -> None:
    chat = at_card(release)
    text = chat.says("sí, muchas gracias. ¿Dónde se pide hora al dentista?")
    assert "dental" in text.lower()
    assert chat.state.topic == "dental"
    assert chat.record()["useful"] == "yes"
    assert chat.state.invited_at is None, "nobody saw the offer to rate"


@pytest.mark.parametrize(
    "text",
    [
        "y cuánto sale",
        "dónde queda",
        "atienden el sábado?",
        "qué papeles llevo",
        "cuánto se demora",
        "y si soy extranjera",
        "no entendí",
        "más corto",
    ],
)
def test_a_question_without_a_thing_of_its_own_is_about_what_was_shown(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    looked_up = len(chat.recorded(LookupMade))
    chat.says(text)
    assert chat.state.topic == "permiso-circulacion"
    assert len(chat.recorded(LookupMade)) == looked_up


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ya no quiero seguir viviendo", "suicidio"),
        ("siento que mi familia estaría mejor sin mí", "suicidio"),
        ("my house is on fire", "incendio"),
        ("mari m ap bat mwen", "violencia"),
        ("se cayó un cable y está colgando en la vereda", "riesgo"),
    ],
)
def test_danger_is_heard_in_three_languages_and_the_numbers_come_first(
    release: Release, text: str, kind: str
) -> None:
    chat = Chat(release)
    assert any(number in chat.says(text) for number in ("131", "132", "133", "4141"))
    assert chat.state.danger == kind
    assert not chat.recorded(LookupMade)


def test_a_hazard_inside_a_rating_is_told_and_its_words_are_kept(release: Release) -> None:
    chat = rating(release)
    chat.says("2")
    text = chat.says("hay un cable pelado colgando frente al jardín infantil")
    assert text.startswith("Emergencia\nAléjese y no toque nada.")
    assert "cable pelado" in chat.record()["words"]


@pytest.mark.parametrize("text", ["retiro el reclamo", "ya lo arreglaron, cierre mi reclamo"])
def test_a_complaint_is_withdrawn_after_a_yes(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.complains("no hay luz en la plaza")
    chat.says("listo")
    assert "¿Retiro su solicitud" in chat.says(text)
    chat.says("sí")
    assert len(chat.recorded(CaseWithdrawn)) == 1
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    "text", ["en qué va mi reclamo", "LS-2026-000001", "ya respondieron lo mío?"]
)
def test_an_own_case_is_told_in_the_chat_it_came_from(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.complains("la luminaria de la plaza está apagada")
    chat.says("listo")
    stands = chat.says(text)
    assert "LS-2026-000001 está en espera: todavía no lo lee una persona." in stands
    assert "Responde: Alumbrado y Calles, desde el 16 de noviembre de 2026." in stands
    assert "Plazo: 15 de diciembre de 2026." in stands
    assert "No encuentro LS-2026-000001 en este chat" in Chat(release).says("LS-2026-000001")


def test_a_second_miss_in_a_row_changes_the_approach(release: Release) -> None:
    chat = Chat(release)
    chat.says("hola")
    first, second = chat.says("wxyz qqqq kkkk"), chat.says("zzzx wwwq kkjj")
    assert first != second
    assert {"areas", "person"} <= {option.key for option in chat.reply.options}


@pytest.mark.parametrize(
    ("file", "share_missed"),
    [
        *(("grades_dev", 0.05), ("words_dev", 0.1), ("words_check", 0.25)),
        *(("revisions_dev", 0.0), ("unseen_dev", 0.1), ("spoken_dev", 0.05)),
        *(("blind_dev", 0.02), ("hard_dev", 0.05), ("people_dev", 0.05)),
        *(("varied_dev", 0.05), ("told_dev", 0.05), ("migrants_dev", 0.06)),
        *(("neighbours_dev", 0.05), ("hands_dev", 0.02), ("corner_dev", 0.15)),
        *(("rough_dev", 0.05), ("midway_dev", 0.07), ("tongues_dev", 0.03)),
        *(("last_turns_dev", 0.03), ("monday_dev", 0.08), ("loaded_dev", 0.06)),
    ],
)
def test_what_people_write_is_understood_and_never_stored_wrongly(
    release: Release, file: str, share_missed: float
) -> None:
    lines = (DATA / f"{file}.jsonl").read_bytes().splitlines()
    outcomes = evaluate([msgspec.json.decode(line, type=Example) for line in lines], release)
    missed = [one.example.say for one in outcomes if one.result is Result.HARMLESS]
    assert [one.example.say for one in outcomes if one.result is Result.STORED] == []
    assert len(missed) <= share_missed * len(outcomes), missed


@pytest.mark.parametrize(
    ("setup", "say", "expect", "result"),
    [
        ((), "quiero evaluar a Tránsito", {"area": True}, Result.RIGHT),
        ((), "quiero calificar a la oficina de partes", {"area": True}, Result.CONFIRMED),
        ((), "quiero evaluar", {"area": True}, Result.HARMLESS),
        (("quiero evaluar a Tránsito", "6"), "borre mi nota", {"asked": True}, Result.RIGHT),
        (("quiero evaluar a Tránsito", "6"), "era un 5", {"asked": True}, Result.STORED),
        ((), "en qué quedó mi reclamo", {"status": True}, Result.RIGHT),
        ((), "permiso de circulación", {"status": True}, Result.HARMLESS),
        ((), "quiero hablar con una persona", {"person": True}, Result.RIGHT),
        ((), "reclamo: no pasa el camión, ayer en brasil 20", {"person": True}, Result.HARMLESS),
    ],
)
def test_an_expectation_is_judged_by_what_came_of_the_message(
    release: Release,
    setup: tuple[str, ...],
    say: str,
    expect: dict[str, object],
    result: Result,
) -> None:
    (outcome,) = evaluate([Example("1", "any", setup, (say,), expect)], release)
    assert outcome.result is result


@pytest.mark.parametrize(
    "text",
    ["ok, la foto la llevo yo o la sacan allá", "ya, puedo ir sin hora", "me falta el precio"],
)
def test_a_question_behind_a_yes_is_no_answer(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert "yes" not in chat.answers().values()
    assert chat.state.topic == "permiso-circulacion"


def test_mocking_a_card_says_that_it_did_not_help(release: Release) -> None:
    chat = at_card(release)
    chat.says("me sirvió tanto como un paraguas roto")
    assert "no" in chat.answers().values()


@pytest.mark.parametrize(
    "text",
    ["a qué hora atienden, salgo de la pega a las 2", "dónde queda, ando en silla de ruedas"],
)
def test_what_is_said_beside_a_question_about_the_card_is_no_name(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.state.topic == "permiso-circulacion"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("kero ponerle nota a la señora de la biblioteca", "Cultura y Biblioteca"),
        ("quiero ebaluar a la biblioteka", "Cultura y Biblioteca"),
        ("vengo a evaluar a los del dom", "Dirección de Obras"),
        ("para evaluar a la dirección de obras, cómo lo hago", "Dirección de Obras"),
        ("buenas tardes, mi intención es evaluar el servicio de aseo", "Aseo"),
        ("i want to rate the tourism office", "Turismo"),
        ("fui a sacar la licencia y quisiera poner una nota", "Tránsito"),
    ],
)
def test_a_wish_to_rate_names_its_area_in_any_words(release: Release, text: str, area: str) -> None:
    assert area in Chat(release).says(text)


@pytest.mark.parametrize(
    "text", ["dónde puedo evaluar la atención que me dieron", "quiero evaluar"]
)
def test_a_wish_to_rate_that_names_no_area_asks_for_it(release: Release, text: str) -> None:
    assert "¿Qué área le atendió?" in Chat(release).says(text)


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("7", "Fue fácil"),
        ("7", "Todo simple"),
        ("7", "Explican en palabras simples"),
        ("7", "me atendieron en creole"),
        ("2", "Nadie habla creole"),
        ("2", "no había persona"),
        ("2", "cuesta mucho"),
        ("2", "se equivocaron en el monto"),
    ],
)
def test_words_that_are_asked_for_are_kept_also_where_they_resemble_a_wish(
    release: Release, grade: str, words: str
) -> None:
    chat = rating(release)
    chat.says(grade)
    chat.says(words)
    assert words in chat.answers().values()


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("más corto", "le escribo corto"),
        ("no veo bien", "le escribo corto"),
        ("speak english please", "I will write in English"),
        ("quiero hablar con una persona", "persona"),
        ("me equivoqué de nota", "de 1 a 7"),
    ],
)
def test_a_plain_wish_is_heard_where_words_are_asked_for(
    release: Release, said: str, reply: str
) -> None:
    chat = rating(release)
    chat.says("2")
    assert reply in chat.says(said)
    assert said not in chat.answers().values()


@pytest.mark.parametrize(
    ("text", "topic", "told"),
    [
        ("teléfono de tránsito", "transito", "aún no confirma su teléfono"),
        ("a qué hora abre aseo", "aseo", "aún no confirma el horario"),
        ("horario de la oficina de la mujer", "mujer", "aún no confirma el horario"),
        (
            "dónde está la oficina del adulto mayor",
            "personas-mayores",
            "aún no confirma la dirección",
        ),
        ("dirección del juzgado", "juzgado", "aún no confirma la dirección"),
        ("dónde queda obras", "obras", "aún no confirma la dirección"),
        ("hola, teléfono de la esterilización", "esterilizacion", "aún no confirma su teléfono"),
    ],
)
def test_one_thing_that_is_asked_of_something_named_is_answered_for_it(
    release: Release, text: str, topic: str, told: str
) -> None:
    chat = Chat(release)
    assert told in chat.says(text)
    assert chat.state.topic == topic
    assert not chat.recorded(LookupMade)


@pytest.mark.parametrize("text", ["dirección de tránsito", "dónde está mi reclamo"])
def test_the_name_of_an_area_and_an_own_case_are_no_question_for_a_place(
    release: Release, text: str
) -> None:
    assert "aún no confirma la dirección" not in Chat(release).says(text)


@pytest.mark.parametrize("words", ["nadie habla creole", "se equivocaron en el cobro"])
def test_words_added_to_a_case_are_kept_also_where_they_resemble_a_wish(
    release: Release, words: str
) -> None:
    chat = Chat(release)
    chat.complains("la luminaria no prende")
    chat.says(words)
    assert any(isinstance(fact, CaseExtended) for fact in chat.last)


@pytest.mark.parametrize(
    "text",
    [
        "puedo ir con efectivo",
        "¿se puede en cuotas?",
        "puede ir mi hija por mí",
        "y si me atraso",
        "can i do it online",
        "más o menos de a cuánto sale por un Suzuki",
        "qué es eso de la revisión técnica, no cacho ni una",
        "quedé colgada, me lo explica con peras y manzanas",
        "sí, ¿pero cuánto cuesta?",
        "si voy mañana, ¿qué llevo?",
        "y si voy mañana, ¿qué tengo que llevar?",
        "si el auto es de mi suegra, lo pago igual",
        "si lo traje de otra comuna, también hay que pagarlo",
    ],
)
def test_a_question_about_the_card_is_no_yes_and_the_card_stays(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.state.topic == "permiso-circulacion"
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("quién ve los colegios", "SLEP"),
        ("quién revisa las luminarias", "alumbrado"),
        ("quién ve los perros vagos", "Perros"),
        ("quién lee los comentarios", "Qué hacemos con lo que usted escribe"),
        ("quién va a leer lo que escribo", "Qué hacemos con lo que usted escribe"),
        ("¿queda asociado a mi rut?", "Qué hacemos con lo que usted escribe"),
        ("quiero poner un carrito de completos", "Permiso para vender en la calle"),
        ("quiero poner un reclamo por los completos del carrito", "Me falta saber"),
    ],
)
def test_whose_a_thing_is_and_what_is_wished_for_are_looked_up(
    release: Release, said: str, answer: str
) -> None:
    told = Chat(release).says(said)
    assert answer in told
    assert "Lamento" not in told


def test_who_may_ask_for_it_is_told_by_what_it_needs(release: Release) -> None:
    told = at_card(release).says("¿quién puede pedirlo?")
    assert "no dice quiénes pueden pedirlo" in told
    assert "Necesita:" in told
