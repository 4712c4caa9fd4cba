"""What people say in free words, at the place where it is said; each kind has its phrases."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from handlers.facts import AnswerGiven, CaseExtended, CaseWithdrawn, LookupMade
from handlers.rehearsing.evaluation import Case, Result, evaluate
from handlers.release import Release
from handlers.understanding.reading.grades import read_grade
from tests.handlers.chat import Chat

CARD = "permiso de circulación"
DATA = Path(__file__).parents[1] / "data"


def rating(release: Release, area: str = "tránsito") -> Chat:
    chat = Chat(release)
    chat.says("quiero poner nota")
    chat.says(area)
    return chat


def at_card(release: Release) -> Chat:
    chat = Chat(release)
    chat.says(CARD)
    assert chat.state.topic == "permiso-circulacion"
    return chat


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sipo, un seis", 6),
        ("buenas, le pondria un 5", 5),
        ("7/7", 7),
        ("de 1 a 7, un tres", 3),
        ("cuatrooo", 4),
        ("❷", 2),
        ("6️⃣", 6),
        ("fui 3 veces y esperé 2 horas, un 2", 2),
        ("no un 6, un 7", 7),
        ("5,0", 5),
        ("cinco y medio", 0),
        ("6,5", 0),
        ("entre 4 y 5", 0),
        ("9", 0),
        ("-3", 0),
        ("ni un 2", 0),
        ("menos 1 les pondría", 0),
        ("de 5 pa arriba", 0),
        ("8 de 10", 0),
        ("un 5 o un 6", 0),
        ("unooo", 1),
        ("puros sietes", 7),
        ("un cinquito", 5),
        ("a two, nobody helped", 2),
        ("sis sou sèt", 6),
        ("6, pero sería un 7 si contestaran", 6),
    ],
)
def test_a_grade_is_read_with_other_words_around_it(
    release: Release, text: str, value: int
) -> None:
    grade = read_grade(text, release.lexicon)
    assert grade is not None
    assert grade.value == value


@pytest.mark.parametrize(
    "text",
    [
        "esperé 3 horas",
        "en la ventanilla 4 me atendieron mal",
        "el 4 de marzo fui",
        "a las 7 de la mañana",
        "una señora muy amable",
        "los dos muy amables",
        "1.200",
        "LS-2026-000001",
        "dejé 3 solicitudes sin respuesta",
        "les pondría un 7 si atendieran",
    ],
)
def test_a_number_that_counts_or_names_something_is_no_grade(release: Release, text: str) -> None:
    assert read_grade(text, release.lexicon) is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [("pésimo", 1), ("más o menos", 4), ("excelente", 7), ("un rojo", 3), ("⭐⭐⭐⭐⭐", 7)],
)
@pytest.mark.parametrize("sure", [True, False])
def test_what_only_suggests_a_grade_is_noted_after_a_yes_alone(
    release: Release, text: str, grade: int, sure: bool
) -> None:
    chat = rating(release)
    assert f"¿Le pongo un {grade} a Tránsito?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)
    chat.says("sí" if sure else "no")
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == ([grade] if sure else [])


@pytest.mark.parametrize("text", ["les pongo un siete", "un 7 para ellos", "se merecen un 7"])
def test_the_card_just_shown_names_the_area_and_a_search_hit_never_does(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    assert "¿Le pongo un 7 a Tránsito?" in chat.says(text)
    assert not [fact for fact in chat.recorded(AnswerGiven) if fact.grade]


@pytest.mark.parametrize(
    "text",
    ["casi un 5", "no les doy más de un 5", "numero 47 y van en el 5", "5, más o menos", "¿5?"],
)
def test_a_number_that_is_not_plainly_the_grade_is_confirmed(release: Release, text: str) -> None:
    chat = rating(release)
    assert "¿Le pongo un 5 a Tránsito?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "perdón, era un 3",
        "me equivoqué, quería poner 3",
        "3, no 7",
        "bájele a 3",
        "un 3 en vez del 7",
        "mi nieto apretó el siete, yo quería el tres",
        "creí que el 7 era lo peor, sería un 3",
        "sorry, change it to a three",
    ],
)
def test_a_grade_is_corrected_and_never_kept_as_a_comment(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("7")
    chat.says(text)
    assert chat.record()["grade"] == "3"
    assert set(chat.record()) == {"grade"}


def test_a_rating_moves_to_the_area_that_was_meant(release: Release) -> None:
    chat = rating(release)
    chat.says("6")
    chat.says("no era tránsito, era salud")
    given = chat.recorded(AnswerGiven)
    assert [(fact.subject.area, fact.grade) for fact in given] == [("transito", 6), ("salud", 6)]
    assert [area.subject.area for area in chat.state.rated] == ["salud"]


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
    ],
)
def test_whether_a_card_helped_is_understood_in_any_words(
    release: Release, text: str, value: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.record()["useful"] == value


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


def test_another_language_is_offered_once_and_remembered(release: Release) -> None:
    chat = Chat(release)
    assert "write ENGLISH" in chat.says("how do I get a driving licence")
    assert "write ENGLISH" not in chat.says("where do I pay the fine for my car")
    chat.says("English please")
    assert chat.state.language == "en"


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("pésima la atención del caballero", 1),
        ("todo muy bien gracias", 6),
        ("excelente todo, muy bien", 7),
        ("perfecto como siempre", 7),
        ("les doy un azul", 5),
        ("the service was terrible", 1),
        ("sies", 6),
        ("un cuartro po", 4),
        ("no es para un 7, pero un 6 sí", 6),
        ("iba a poner un 4 pero mejor un 5", 5),
    ],
)
def test_a_grade_that_words_suggest_is_proposed_and_nothing_noted(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is not None
    assert chat.state.proposal.grade == grade
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "no estuvo bien",
        "excelente la niña pero pésima la espera",
        "bien lenta la cosa",
        "¿está bien si voy mañana?",
        "siempre llueve mucho",
    ],
)
def test_words_that_suggest_no_grade_plainly_propose_none(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert not chat.recorded(AnswerGiven)


def test_the_words_of_a_proposal_that_is_refused_are_kept_for_the_grade(release: Release) -> None:
    chat = rating(release)
    chat.says("pésima la atención del caballero")
    chat.says("no")
    chat.says("4")
    chat.says("listo")
    assert "pésima la atención del caballero" in chat.record()["words"]
    assert [fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade] == [4]


@pytest.mark.parametrize(
    ("file", "share_missed"),
    [
        *(("grades_dev", 0.05), ("words_dev", 0.1), ("words_check", 0.25)),
        *(("revisions_dev", 0.0), ("unseen_dev", 0.1)),
    ],
)
def test_what_people_write_is_understood_and_never_stored_wrongly(
    release: Release, file: str, share_missed: float
) -> None:
    lines = (DATA / f"{file}.jsonl").read_bytes().splitlines()
    outcomes = evaluate([msgspec.json.decode(line, type=Case) for line in lines], release)
    missed = [one.case.say for one in outcomes if one.result is Result.HARMLESS]
    assert [one.case.say for one in outcomes if one.result is Result.STORED] == []
    assert len(missed) <= share_missed * len(outcomes), missed


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
        ("speak english please", "I write in English"),
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


@pytest.mark.parametrize("text", ["perdón, un 4", "me equivoqué, era un 4", "no, era un 4"])
def test_a_corrected_grade_is_no_number_of_the_list_of_reasons(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("2")
    chat.says(text)
    assert list(chat.answers().values()) == ["4"]


@pytest.mark.parametrize("then", [(), ("espera",), ("espera", "listo")])
def test_half_a_grade_in_a_correction_names_no_area_and_is_asked_for_whole(
    release: Release, then: tuple[str, ...]
) -> None:
    chat = rating(release)
    for said in ("2", *then):
        chat.says(said)
    before = chat.answers()
    assert "de 1 a 7" in chat.says("era un 3 y medio")
    assert chat.answers() == before


@pytest.mark.parametrize("words", ["nadie habla creole", "se equivocaron en el cobro"])
def test_words_added_to_a_case_are_kept_also_where_they_resemble_a_wish(
    release: Release, words: str
) -> None:
    chat = Chat(release)
    chat.complains("la luminaria no prende")
    chat.says(words)
    assert any(isinstance(fact, CaseExtended) for fact in chat.last)


@pytest.mark.parametrize("text", ["6, muy amables todos", "1, pésima atención", "7; todo rápido"])
def test_a_grade_that_begins_what_is_told_is_not_lost(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("hola")
    chat.says(text)
    chat.says("tránsito")
    assert text[0] in chat.answers().values()


def test_the_area_that_was_meant_is_an_answer_to_a_proposed_grade(release: Release) -> None:
    chat = Chat(release)
    assert "¿Le pongo" in chat.says("le pongo un 2 al consultorio")
    assert "Anoté un 2 para Tránsito" in chat.says("no, a tránsito")


@pytest.mark.parametrize(
    ("given", "text", "meant"),
    [
        ("6", "cámbieme el 6 por un 3 porfa", "3"),
        ("3", "mi nieto apretó el tres, yo quería el seis", "6"),
        ("7", "no no no 7 no, cinco", "5"),
        ("1", "creí que el 1 era lo mejor, entonces es 7", "7"),
    ],
)
@pytest.mark.parametrize("then", [(), ("listo",)])
def test_of_two_grades_that_are_said_the_other_than_the_noted_one_is_meant(
    release: Release, given: str, text: str, meant: str, then: tuple[str, ...]
) -> None:
    chat = rating(release)
    for said in (given, *then):
        chat.says(said)
    chat.says(text)
    assert meant in chat.answers().values()
    assert given not in chat.answers().values()


@pytest.mark.parametrize("words", ["esperé 2 horas y pasaron 7 personas", "en la caja 2 había 6"])
def test_numbers_in_a_comment_correct_no_grade(release: Release, words: str) -> None:
    chat = rating(release)
    chat.says("2")
    chat.says(words)
    assert "2" in chat.answers().values()
    assert words in chat.answers().values()


@pytest.mark.parametrize(
    "text",
    [
        "puedo ir con efectivo",
        "¿se puede en cuotas?",
        "puede ir mi hija por mí",
        "y si me atraso",
        "can i do it online",
    ],
)
def test_a_question_about_the_card_is_no_yes_and_the_card_stays(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.state.topic == "permiso-circulacion"
    assert not chat.recorded(AnswerGiven)
