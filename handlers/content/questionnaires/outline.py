"""A questionnaire prepared for asking, once per release: which question follows which."""

from __future__ import annotations

from handlers.content.questionnaires.conditions import applies
from handlers.content.questionnaires.definition import Question, QuestionKind, Questionnaire
from handlers.messages import Option
from handlers.text.folding import fold


class Outline:
    """One version of a questionnaire; the same for every conversation."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.rates_area = questionnaire.about == "area"
        self.about_card = questionnaire.about == "card"
        self.of_staff = questionnaire.about == "staff"
        questions = questionnaire.questions
        self._by_id = {q.id: q for q in questions if q.kind is not QuestionKind.NOTE}
        self._words = {
            question.id: words
            for place, question in enumerate(questions)
            if question.takes_words and (words := _first_text(questions[place + 1 :]))
        }
        follow_up = {words.id for words in self._words.values()}
        self._asked = tuple(q for q in questions if q.id not in follow_up)
        self._place = {question.id: place for place, question in enumerate(questions)}
        self._after = {
            question.id: tuple(q for q in self._asked if self._place[q.id] > place)
            for place, question in enumerate(questions)
        }
        self.conditional = tuple(q for q in questions if q.when)
        self.texts = tuple(q for q in questions if q.kind is QuestionKind.TEXT)
        self._listed: dict[tuple[str, str], tuple[Option, ...]] = {}

    @property
    def first(self) -> Question:
        """The first question that takes an answer."""
        return next(iter(self._by_id.values()))

    def question(self, question_id: str) -> Question:
        """The question with that id; the first one if a later version dropped it."""
        return self._by_id.get(question_id) or self.first

    def words_of(self, question: Question) -> Question | None:
        """The text question whose answer may come together with ``question``'s."""
        return self._words.get(question.id)

    def following(self, answers: dict[str, str], after: str) -> Question | None:
        """The next question to ask after ``after`` ("" for the first), or None at the end."""
        for question in self._after[after] if after else self._asked:
            if not question.when or applies(question, answers):
                return question
        return None

    def preceding(self, answers: dict[str, str], before: str) -> str | None:
        """The id of the question asked before ``before``; None at the first."""
        asked = None
        for question in self._asked:
            if question.id == before:
                return asked
            if question.kind is not QuestionKind.NOTE and applies(question, answers):
                asked = question.id
        return asked

    def listed(self, question: Question, language: str) -> tuple[Option, ...]:
        """The choices as options."""
        key = (question.id, language)
        if key not in self._listed:
            mark = "c" if question.kind is QuestionKind.CHOICE else "t"
            texts = [c.text.get(language) or next(iter(c.text.values())) for c in question.choices]
            self._listed[key] = tuple(
                Option(f"{mark}:{choice.id}", text, (fold(text),))
                for choice, text in zip(question.choices, texts, strict=True)
            )
        return self._listed[key]


def _first_text(questions: tuple[Question, ...]) -> Question | None:
    return next((q for q in questions if q.kind is QuestionKind.TEXT), None)
