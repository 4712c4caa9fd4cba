"""What is asked of a case that its own state answers, also several questions in one message."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.facts.responses import ResponseClosed
from handlers.release import Release
from tests.handlers.chat import Chat

HOLE = "hay un hoyo en balmaceda 1200, que lo arreglen"
BITTEN = "una jauría de perros mordió a mi hija en calle los aromos 200, que se los lleven"
TOLD, NOT_TOLD = "avisé a la persona de turno", "No avisé a nadie aparte"
READERS, UNNAMED, SEEN = "Lo lee la persona", "No pedimos su nombre", "No tengo un registro"


@pytest.mark.parametrize(
    ("case", "said", "answers"),
    [
        (BITTEN, "y usted les va a avisar hoy? y si muerden a otro", [TOLD]),
        (BITTEN, "le pregunté si les va a avisar hoy", [TOLD]),
        (BITTEN, "pero contésteme pues, avisan hoy o no", [TOLD]),
        (BITTEN, "¿ya le avisaron a alguien?", [TOLD]),
        (HOLE, "¿le avisó a alguien?", [NOT_TOLD]),
        (HOLE, "y van a avisarle a alguien hoy?", [NOT_TOLD]),
        (HOLE, "quien ha leido mis mensajes", [SEEN, "Todavía no lo ha leído"]),
        (HOLE, "y puedo ver quien vio mis datos?", [SEEN]),
        (HOLE, "entonces el reclamo a quien le llega?", [READERS]),
        (HOLE, "y eso le llega a la jefa?", [READERS]),
        (HOLE, "¿a quién le llega? ¿va a saber el vecino que fui yo?", [READERS, UNNAMED]),
    ],
)
def test_what_is_asked_of_a_filed_case_is_answered_and_not_added(
    release: Release, case: str, said: str, answers: list[str]
) -> None:
    chat = Chat(release)
    chat.complains(case)
    reply = chat.says(said)
    assert all(answer in reply for answer in answers), reply
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    ("case", "said", "answers"),
    [
        (HOLE, "¿y qué pasa después? ¿va a saber que fui yo?", ["20 días hábiles", UNNAMED]),
        (HOLE, "espere, ¿le avisan a alguien hoy?", ["Todavía no: nada sale"]),
        (
            "there is a hole in balmaceda 1200, please fix it",
            "wait what happens after that? will she know it was me?",
            ["20 working days", "We do not ask for your name"],
        ),
        (
            "there is a hole in balmaceda 1200, please fix it",
            "who does my complaint go to? is anyone told today?",
            ["It is read by the person", "Not yet: nothing is sent"],
        ),
        (
            "gen yon gwo twou nan lari balmaceda 1200, mwen vle yo ranje l",
            "ki sa k ap pase apre sa? èske y ap konnen se mwen?",
            ["jou travay", "Nou pa mande non ou"],
        ),
    ],
)
def test_questions_in_the_review_are_all_answered_and_keep_it_open(
    release: Release, case: str, said: str, answers: list[str]
) -> None:
    order = {"h": "RECLAMO", "t": "COMPLAINT", "g": "PLENT"}[case[0]]
    chat = Chat(release)
    chat.says(order)
    chat.says(case)
    if not chat.offers("file"):
        chat.says({"R": "saltar", "C": "skip", "P": "sote"}[order[0]])
    told = chat.state.filing
    reply = chat.says(said)
    assert all(answer in reply for answer in answers), reply
    assert chat.offers("file")
    assert chat.state.filing is not None
    assert told is not None
    assert chat.state.filing.words == told.words


def test_a_refused_grade_does_not_come_back_behind_a_question_in_the_review(
    release: Release,
) -> None:
    chat = Chat(release)
    chat.says("hi, the lady at the counter at the transit office was really rude to me today")
    chat.says("I don't want to grade, I want to complain")
    assert chat.offers("file")
    assert not chat.state.paused
    assert len(chat.recorded(ResponseClosed)) == 1
    chat.says("will it rain tomorrow or what do you think about it all?")
    if chat.offers("not-comment"):
        chat.says("4")
    assert "with your grade" not in chat.says("I mean the weather")
    if chat.offers("not-comment"):
        chat.says("it was a question")
    assert chat.offers("file")
    chat.says("yes")
    assert len(chat.recorded(CaseOpened)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "también avisaron que mañana cortan la luz",
        "el dueño ya sabe y no hace nada",
        "le avisé a la junta de vecinos y nada",
        "los vecinos vieron todo",
    ],
)
def test_what_tells_more_of_it_is_no_question(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.complains(HOLE)
    reply = chat.says(said)
    assert not any(answer in reply for answer in (TOLD, NOT_TOLD, READERS, UNNAMED, SEEN)), reply
