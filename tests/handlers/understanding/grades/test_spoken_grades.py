"""Grades that people give, refuse and ask about, in free words."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import played
from tests.handlers.understanding.chats import at_card, rating


@pytest.mark.parametrize(
    "text",
    [
        "un 7... en hacerme perder la mañana, felicitaciones",
        "7 a la paciencia que uno tiene que tener",
        "7 for wasting my time",
    ],
)
def test_a_good_grade_that_mocks_is_checked(release: Release, text: str) -> None:
    chat = rating(release).in_spanish()
    assert "Aún no anoto nada" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        *("6, muy amables todos", "1, pésima atención", "7; todo rápido"),
        *("6 muy amables", "7 todo rápido", "1 pésimo todo"),
    ],
)
def test_a_grade_that_begins_what_is_told_is_not_lost(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("hola")
    chat.says(text)
    chat.says("tránsito")
    assert text[0] in chat.answers().values()


@pytest.mark.parametrize(
    "text", ["2 malos tratos en un día", "3 cuadras de fila", "6 muy demorones", "1 muy amable"]
)
def test_a_number_before_words_that_it_does_not_fit_is_no_grade(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    chat.says("sí")
    chat.says(text)
    assert chat.state.proposal is None
    assert not [fact for fact in chat.recorded(AnswerGiven) if fact.grade]


@pytest.mark.parametrize(
    "text",
    [
        "no le pongo 7 porque nadie es perfecto",
        "un 7 sería mucho",
        "un 7 es poco para lo bien que me atendieron",
        "no les daría un 6",
        "I wouldn't give it a 7",
        "no merecen ser un 5",
        "seis no",
        "seis es mucho",
        "el 7 les queda grande",
        "cinco, jamás un seis",
        "ni ahí con un 7",
        "no son de 7 pero tampoco de 4",
        "nunca tan malo como pa un dos, pero bueno bueno tampoco es",
        "mejor que un 5 eso sí",
        "bajaría del 4",
        "better than a 4",
    ],
)
def test_a_grade_that_is_refused_is_none(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert chat.answers() == {}


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("no, le pongo un 5", "5"),
        ("más bien un cuatro que un cinco", "4"),
        ("peor que nunca, 2", "2"),
        ("cero problemas. 6", "6"),
        ("no le pongo un 7, le pongo un 5", "5"),
        ("un 6 me parece justo", "6"),
        ("7 pero demoran mucho", "7"),
    ],
)
def test_a_grade_beside_a_refusal_or_a_but_is_noted(
    release: Release, text: str, grade: str
) -> None:
    chat = rating(release)
    chat.says(text)
    assert next(iter(chat.answers().values())) == grade


@pytest.mark.parametrize(
    "text",
    [
        "el 1 qué significa",
        "1 es bueno o malo?",
        "cuál es la mejor nota",
        "de cuánto a cuánto va",
        "a qué se refiere con la nota",
        "what does 1 mean",
        "can I give half points?",
        "¿se puede poner medio punto?",
        "kisa chif sa yo vle di?",
    ],
)
def test_what_the_grades_mean_is_explained_and_the_question_stays(
    release: Release, text: str
) -> None:
    chat = rating(release).in_spanish()
    assert "7 la más alta" in chat.says(text)
    chat.says("5")
    assert list(chat.answers().values()) == ["5"]


@pytest.mark.parametrize("text", ["no", "no, gracias"])
def test_no_to_the_grade_leaves_it(release: Release, text: str) -> None:
    chat = rating(release)
    assert "no anoté nada" in chat.says(text)
    assert chat.state.progress is None


@pytest.mark.parametrize(
    "text",
    ["cómo pongo una nota", "dónde se deja una nota", "se puede poner una nota?"],
)
def test_how_a_grade_is_given_begins_a_rating(release: Release, text: str) -> None:
    chat = Chat(release)
    assert "¿Qué área le atendió?" in chat.says(text)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("le pongo la nota maxima pues, la niña del mesón un amor de persona", 7),
        ("les doy la peor nota", 1),
        ("le pongo el máximo", 7),
        ("les doy la mínima", 1),
        ("póngale la más alta, señorita", 7),
        ("I give them the top mark, lovely people at the desk", 7),
        ("mwen ba yo pi gwo nòt la, yo te byen resevwa m", 7),
        ("mwen se ayisyen, yo te pale byen avèk mwen, nòt mwen bay la se sèt", 7),
    ],
)
def test_the_best_and_the_worst_grade_are_noted_where_a_verb_gives_them(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.recorded(AnswerGiven)[0].value == str(grade)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("I want to give a 7 to the library", "cultura"),
        ("give the health clinic a 3", "salud"),
        ("a 2 for the guys who pick up the trash", "aseo"),
        ("yon nòt 5 pou moun ki okipe fatra yo", "aseo"),
        ("mwen vle bay bibliyotèk la yon 6", "cultura"),
    ],
)
def test_a_grade_for_an_area_is_heard_in_english_and_creole(
    release: Release, text: str, area: str
) -> None:
    chat = Chat(release)
    chat.says(text)

    proposal = chat.state.proposal
    given = {one.subject.area for one in chat.state.rated}
    assert area in given or (proposal is not None and proposal.area == area)


@pytest.mark.parametrize("text", ["I gave 2 forms to the clerk", "give the form 2 days"])
def test_giving_something_else_than_a_grade_is_no_grade(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(text)

    assert chat.state.proposal is None
    assert not chat.state.rated


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("le pongo un 3 a tránsito por la espera", "espera"),
        ("un 2 a la biblioteca por el trato", "trato"),
        ("le pongo un 3 a tránsito por favor", None),
        ("un 3 a la biblioteca por otro asunto", None),
        ("un 3 a tránsito, me tuvieron 4 horas esperando", ""),  # told in words
    ],
)
def test_a_reason_that_is_named_with_the_grade_is_not_asked_for(
    release: Release, text: str, reason: str | None
) -> None:
    chat = Chat(release)
    assert ("¿Qué fue lo que más influyó?" in chat.says(text)) is (reason is None)
    assert chat.record().get("reason") == (reason or None)


def test_a_grade_that_is_put_right_is_not_asked_about_anew(release: Release) -> None:
    chat = Chat(release)
    for said in ("calificar", "tránsito", "3", "me tuvieron 4 horas esperando", "listo"):
        chat.says(said)
    assert "Anotamos su nota 2" in chat.says("oiga me equivoqué, era un 2")
    assert chat.record() == {"grade": "2", "words": "me tuvieron 4 horas esperando"}


@pytest.mark.parametrize(
    ("earlier", "said", "offered"),
    [
        ((), "obras: 3", {"rate:obras", "rate:transito"}),
        ((), "un 3 a la biblioteca", {"rate:cultura", "rate:transito"}),
        ((), "a turismo póngale un 3", {"rate:turismo", "rate:transito"}),
        (("turismo", "6", "listo"), "turismo era un 3", {"rate:turismo", "rate:transito"}),
        (
            ("turismo", "6", "listo"),
            "a la de la playa cámbiele el 6 por 3",
            {"accept", "keep:turismo"},
        ),
    ],
)
def test_a_grade_that_is_said_of_another_area_than_is_asked_about_is_noted_for_neither(
    release: Release, earlier: tuple[str, ...], said: str, offered: set[str]
) -> None:
    chat = Chat(release)
    for text in ("quiero poner nota", *earlier) if earlier else ():
        chat.says(text)
    chat.opens("J87fHE")
    noted = chat.answers()
    chat.says(said)
    assert chat.answers() == noted
    assert all(map(chat.offers, offered))


def test_an_earlier_grade_is_changed_beside_the_question_for_another(release: Release) -> None:
    chat = Chat(release)
    for text in ("quiero poner nota", "turismo", "6", "listo"):
        chat.says(text)
    chat.opens("J87fHE")
    chat.says("a la de la playa cámbiele el 6 por 3")
    assert "Turismo" in chat.says("sí")
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == [6, 3]


@pytest.mark.parametrize(
    "text", ["todavia no me atienden", "aun no me llaman", "estoy esperando que me atiendan"]
)
def test_who_was_not_attended_yet_is_not_pressed(release: Release, text: str) -> None:
    chat = played(release, "quiero poner nota", "transito", text)
    assert "De acuerdo" in chat.reply.text
    assert chat.record() == {}


@pytest.mark.parametrize(
    "text",
    [
        "7 al señor de la caja, 2 a la de informaciones",
        "a la niña le pongo un 7, al caballero un 3",
    ],
)
def test_two_grades_for_two_persons_of_one_office_are_none(release: Release, text: str) -> None:
    chat = played(release, "quiero poner nota", "transito", text)
    assert "lleva una sola nota" in chat.reply.text
    assert chat.record() == {}


@pytest.mark.parametrize(
    ("text", "grade"), [("malazo", 1), ("ni frío ni calor", 4), ("bien igual", 5)]
)
def test_more_words_that_suggest_a_grade(release: Release, text: str, grade: int) -> None:
    chat = played(release, "quiero poner nota", "transito", text)
    assert f"¿Le pongo un {grade} " in chat.reply.text


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (
            ("licencia de conducir", "sí", "fui y no me dejaron porque faltaba un papel"),
            "¿Fue en Tránsito?",
        ),
        (("licencia de conducir", "fui ayer y estaba cerrado"), "¿Fue en Tránsito?"),
        (("un 3 a transito", "demoraron", "listo", "fui de nuevo y estuvo mejor"), "ya puso un 3"),
        (("fui y estaba cerrado",), "¿Qué área le atendió?"),
    ],
)
def test_how_it_went_there_is_of_the_office_spoken_of(
    release: Release, lines: tuple[str, ...], asked: str
) -> None:
    assert asked in played(release, *lines).reply.text
