"""Answers to the open question of a questionnaire, by its kind."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.release import Release
from handlers.understanding import answers
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AnswerMisread, ChoiceAnswer, WordsAnswer
from handlers.understanding.intents.rating import AskWhatToChange
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.answers import read_date, read_number
from tests.handlers.understanding.situations import at, context

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("reason", "no, gracias", Act.SKIP),
        ("comment", "nada", Act.SKIP),
        ("comment", "gracias", Act.SKIP),
        ("reason", "nose", Act.SKIP),
        ("reason", "no me acuerdo bien", Act.SKIP),
        ("reason", "que se yo", Act.SKIP),
        ("comment", "no se me ocurre nada", Act.SKIP),
        ("reason", "no sé explicarlo", Act.SKIP),
        ("reason", "no me acuerdo, fue pesada", None),
        ("reason", "se me olvidó un papel", None),
        ("reason", "tengo mis dudas del guardia", None),
        ("comment", "nada que decir de ellos", None),
        ("grade", "no", None),
        ("menu", "no", None),
    ],
)
def test_courtesy_leaves_a_question_that_may_be_left(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert answers.courtesy(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("reason", "1", ChoiceAnswer("espera")),
        ("reason", "espera", ChoiceAnswer("espera")),
        ("reason", "1) dos horas", ChoiceAnswer("espera", "dos horas")),
        ("reason", "Trato: me retaron", ChoiceAnswer("trato", "me retaron")),
        ("reason", "9", AnswerMisread("reason-misread")),
        ("reason", "se demoraron", WordsAnswer("words", "se demoraron")),
        ("comment", " muy amables ", WordsAnswer("best", "muy amables")),
        ("card", "gracias por todo", None),
        ("grade", "6", None),
        ("menu", "espera", None),
    ],
)
def test_a_text_answers_the_open_question_by_its_kind(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert answers.answer(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("situation", "text"),
    [("comment", "pago de patente comercial"), ("reason", "pago de patente comercial")],
)
def test_after_a_while_a_question_is_no_comment(
    release: Release, situation: str, text: str
) -> None:
    chat = at(release, situation)
    assert isinstance(answers.answer(context(chat, text)), AskWhatToChange)
    chat.waits(minutes=31)
    assert answers.answer(context(chat, text)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("16-11-2025", "2025-11-16"),
        ("2025-11-16", "2025-11-16"),
        ("16 de noviembre", "2026-11-16"),
        ("3 de marzo del 2026", "2026-03-03"),
        ("3 march 2026", "2026-03-03"),
        ("1/2", "2026-02-01"),
        ("hoy", "2026-11-16"),
        ("antes de ayer", "2026-11-14"),
        ("yesterday", "2026-11-15"),
        ("31 de febrero", AnswerMisread("date-misread")),
        ("el lunes", AnswerMisread("date-misread")),
        ("② de marzo", "2026-03-02"),
    ],
)
def test_a_date_is_read_as_people_write_it(release: Release, text: str, value: object) -> None:
    question = Question(id="when", kind=QuestionKind.DATE, text={})
    assert read_date(question, text, TODAY, release.lexicon) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30 de diciembre", "2027-12-30"),
        ("31/12", "2027-12-31"),
        ("29 de febrero", AnswerMisread("date-out-of-range")),
        ("2 de enero", "2028-01-02"),
        ("3 de enero", "2027-01-03"),
        ("31-12-2028", AnswerMisread("date-out-of-range")),
    ],
)
def test_a_past_date_without_a_year_is_the_last_one(
    release: Release, text: str, value: object
) -> None:
    question = Question(id="when", kind=QuestionKind.DATE, text={}, not_future=True)
    assert read_date(question, text, date(2028, 1, 2), release.lexicon) == value


def test_the_29th_of_february_is_read_in_the_year_that_has_it(release: Release) -> None:
    past = Question(id="when", kind=QuestionKind.DATE, text={}, not_future=True)
    read = [
        read_date(past, "29 de febrero", today, release.lexicon)
        for today in (date(2028, 2, 29), date(2029, 1, 5))
    ]
    assert read == ["2028-02-29", "2028-02-29"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12,5 metros", "12.5"),
        ("unos 30", "30"),
        ("tres", "3"),
        ("muchos", AnswerMisread("number-misread")),
        ("500", AnswerMisread("number-out-of-range", {"minimum": "1", "maximum": "100"})),
    ],
)
def test_a_quantity_is_read_within_its_bounds(release: Release, text: str, value: object) -> None:
    question = Question(id="many", kind=QuestionKind.NUMBER, text={}, minimum=1, maximum=100)
    assert read_number(question, text, release.lexicon) == value
