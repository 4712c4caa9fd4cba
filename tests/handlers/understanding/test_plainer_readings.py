"""A message is not taken by a weak sign where a plainer reading of it exists."""

from __future__ import annotations

import pytest

from handlers.messages import CaseAnswer
from handlers.release import Release
from handlers.understanding.intents.answers import GradeAnswer, SettleWords
from handlers.understanding.intents.cases import AddToCase, ReopenCase, ShowCase
from handlers.understanding.intents.rating import AskWhatToChange, KeepGrade, ProposeGrade
from handlers.understanding.intents.unclear import SayCourtesy
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, understood

CASE = "LS-2026-000001"
ANSWER = "La cuadrilla pasa el jueves."


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        # The grade that is asked for, before how it is asked for or who else has a doctor
        ("grade", "un 3, y no veo las letras chicas", GradeAnswer),
        ("grade", "siete para la doctora que me vio los ojos", GradeAnswer),
        # A grade beside the wish to rate, or beside its reason
        ("menu", "evaluar consultorio de las compañías 4", ProposeGrade(4, "salud")),
        ("card", "quiero dejarles un 6 por lo bien que me atendieron", ProposeGrade),
        # What is on record, denied or kept
        ("reason", "esos no, los otros, los de la fila larga", AskWhatToChange),
        ("reason", "en tránsito bien, los pesados fueron los de obras", AskWhatToChange),
        ("reason", "¿un 3 puse? ah ya, está bien así", KeepGrade("transito")),
        # Few words that ask nothing, or who it is
        ("new", "okis", SayCourtesy("thanks")),
        ("card", "¿y usted cómo se llama?", SayCourtesy("who_are_you")),
        # What a filed case says
        ("filing", "¿Puedo cambiar el texto de mi reclamo?", ReopenCase(CASE)),
        ("filed", "¿Puedo cambiar el texto de mi reclamo?", ReopenCase(CASE)),
    ],
)
def test_the_plainer_reading_is_taken(
    release: Release, situation: str, text: str, meant: object
) -> None:
    said = understood(at(release, situation), text)[0]
    assert isinstance(said, meant) if isinstance(meant, type) else said == meant


@pytest.mark.parametrize(("says", "how"), [("sí", "join"), ("no", "drop"), ("1", "join")])
@pytest.mark.parametrize("situation", ["summed up", "filing"])
def test_whether_words_are_of_a_case_is_answered_by_a_bare_word_or_number(
    release: Release, situation: str, says: str, how: str
) -> None:
    chat = at(release, situation)
    chat.says("mmm no sé si el gato" if situation == "summed up" else "usted cree que el gato")
    assert understood(chat, says) == (SettleWords(how),)
    chat.says(says)
    assert ("gato" in str(chat.case_texts(CASE)) or "gato" in chat.reply.text) == (how == "join")


def test_a_question_back_goes_to_whoever_answered(known: Chat) -> None:
    known.complains("hay un hoyo en mi calle")
    known.says("listo")
    known.hear(CaseAnswer(CASE, "operaciones", ANSWER))
    text = "gracias, ¿a qué hora?"
    assert understood(known, text) == (AddToCase(CASE, text),)
    assert ShowCase(CASE) in understood(known, "¿en qué va mi reclamo?")
