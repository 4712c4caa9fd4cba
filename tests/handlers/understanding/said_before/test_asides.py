"""What is said beside a rating or a card, and belongs to neither."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven, AnswerWithdrawn
from handlers.release import Release
from tests.handlers.chat import Chat

ELSEWHERE = "el lugar está malo, yo fui a la biblioteca"


def graded(release: Release) -> Chat:
    chat = Chat(release)
    for text in ("quiero poner nota", "tránsito", "6"):
        chat.says(text)
    return chat


@pytest.mark.parametrize(
    ("answer", "area", "kept"), [("sí", "cultura", []), ("no", "transito", [ELSEWHERE])]
)
def test_a_rating_goes_elsewhere_only_after_a_yes(
    release: Release, answer: str, area: str, kept: list[str]
) -> None:
    chat = graded(release)
    assert "de Tránsito a Cultura" in chat.says(ELSEWHERE)
    assert chat.state.rated[-1].subject.area == "transito"
    chat.says(answer)
    assert chat.state.rated[-1].subject.area == area
    assert [fact.value for fact in chat.recorded(AnswerGiven) if fact.kind == "text"] == kept


def test_what_is_told_of_a_procedure_is_not_added_to_the_comment(release: Release) -> None:
    chat = graded(release)
    chat.says("fueron amables")
    assert "no veo expedientes" in chat.says("¿ya salió mi licencia?")
    chat.says("la pedí el 3 de noviembre")
    words = [fact.value for fact in chat.recorded(AnswerGiven) if fact.kind == "text"]
    assert words == ["fueron amables"]


def test_a_card_that_is_still_to_be_tried_stays_asked_about(release: Release) -> None:
    chat = Chat(release)
    chat.says("permiso de circulación")
    assert "Cuando lo sepa" in chat.says("todavía no sé, voy mañana y le cuento")
    chat.says("sí")
    assert [fact.value for fact in chat.recorded(AnswerGiven)] == ["yes"]


@pytest.mark.parametrize("text", ["no fue en tránsito", "no era ahí", "me equivoqué de oficina"])
def test_an_area_that_is_only_denied_is_asked_for_and_the_grade_waits(
    release: Release, text: str
) -> None:
    chat = graded(release)
    said = chat.says(text)
    assert "Tengo su nota 6" in said
    assert "¿Qué área le atendió?" in said
    chat.says("la biblioteca")
    given = [(fact.subject.area, fact.grade) for fact in chat.recorded(AnswerGiven)]
    assert given[-1] == ("cultura", 6)
    assert [fact.question for fact in chat.recorded(AnswerWithdrawn)]


@pytest.mark.parametrize("text", ["la oficina es mala", "no fue amable", "no me gustó tránsito"])
def test_words_about_an_office_do_not_deny_it(release: Release, text: str) -> None:
    chat = graded(release)
    chat.says(text)
    assert [fact.value for fact in chat.recorded(AnswerGiven) if fact.kind == "text"] == [text]


def test_an_area_that_is_denied_before_its_grade_is_asked_for(release: Release) -> None:
    chat = Chat(release)
    chat.says("quiero poner nota")
    chat.says("tránsito")
    assert "¿Qué área le atendió?" in chat.says("no fue en tránsito")
    chat.says("biblioteca")
    chat.says("7")
    assert [fact.subject.area for fact in chat.recorded(AnswerGiven)] == ["cultura"]


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("le achunto mal, esto es de la ficha del registro social lo mio", "social"),
        ("no espere, me referia a los del aseo", "aseo"),
        ("no, espere, yo hablo de la biblioteca", "cultura"),
        ("no pare, quería evaluar al cesfam", "salud"),
        ("está mal, lo mío fue en patentes", "patentes"),
        ("le apuntó mal, eso es por lo del cementerio", "cementerios"),
    ],
)
def test_the_area_that_was_meant_is_graded_instead(release: Release, said: str, area: str) -> None:
    chat = Chat(release)
    for text in ("quiero poner nota", "tránsito", said, "7"):
        chat.says(text)
    assert [fact.subject.area for fact in chat.recorded(AnswerGiven)] == [area]


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("oye pero antes q se me olvide, al consultorio ponle un 3", "salud"),
        ("a los de la basura ponles un 3", "aseo"),
        ("al caballero ponle un 3", "transito"),
        ("a esos chiquillos del camión de la basura póngales un 3, llegan tarde", "aseo"),
    ],
)
def test_whom_a_grade_is_given_to_wins_over_the_card_that_was_shown(
    release: Release, said: str, area: str
) -> None:
    chat = Chat(release)
    chat.says("cómo saco la licencia de conducir por primera vez")
    chat.says(said)
    proposal = chat.state.proposal
    assert proposal is not None
    assert (proposal.grade, proposal.area) == (3, area)


@pytest.mark.parametrize(
    ("said", "text", "answer"),
    [
        ((), "¿lo van a arreglar?", "Una nota no se contesta"),
        (("2",), "¿y me van a contestar?", "Una nota no se contesta"),
        (("2", "esperé mucho"), "¿cuándo me van a responder?", "Una nota no se contesta"),
        ((), "¿me pueden quitar el subsidio por esto?", "su atención no depende de la nota"),
    ],
)
def test_what_becomes_of_a_grade_is_told_and_no_comment(
    release: Release, said: tuple[str, ...], text: str, answer: str
) -> None:
    chat = Chat(release)
    chat.opens("J87fHE")
    for one in said:
        chat.says(one)
    noted, options = chat.answers(), chat.labels
    assert answer in chat.says(text)
    assert (chat.answers(), chat.labels) == (noted, options)


@pytest.mark.parametrize(
    ("text", "grade", "told"),
    [
        ("6 y de donde sacaron mi numero", "6", "Conozco este chat"),
        ("un 7 y quién lee esto", "7", "Nadie ve su nombre"),
    ],
)
def test_what_is_asked_of_own_data_beside_a_grade_is_answered_and_no_comment(
    release: Release, text: str, grade: str, told: str
) -> None:
    chat = Chat(release)
    chat.says("nota")
    chat.says("tránsito")
    assert told in chat.says(text)
    assert list(chat.answers().values()) == [grade]
