"""What a questionnaire is: its questions, when each is asked, and how answers must agree."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from handlers.content.fields import Day, Id, StrictBool, StrictInt, StrictModel, StrictNumber
from handlers.text.folding import fold


class QuestionKind(StrEnum):
    GRADE = "grade"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    NOTE = "note"


class Choice(StrictModel):
    """One selectable value; ``text`` is keyed by language, each label fits a button."""

    id: Id
    text: dict[str, Annotated[str, StringConstraints(min_length=1, max_length=24)]]


class Condition(StrictModel):
    """Ask only if the earlier answer to ``question`` satisfies every given bound."""

    question: Id
    at_least: StrictNumber | None = None
    at_most: StrictNumber | None = None
    one_of: tuple[str, ...] | None = None
    answered: StrictBool | None = None


class Question(StrictModel):
    """One question; ``text`` is keyed by language, so a questionnaire is whole in one file."""

    id: Id
    kind: QuestionKind
    text: dict[str, str]
    optional: StrictBool = False
    choices: tuple[Choice, ...] = ()
    when: tuple[Condition, ...] = ()  # all must hold
    group: Id | None = None
    minimum: StrictNumber | None = None  # number: value; choices: how many; text: characters
    maximum: StrictNumber | None = None
    earliest: Day | None = None
    latest: Day | None = None
    not_future: StrictBool = False
    # For choices: free text is accepted as an answer too, and stored as words.
    takes_words: StrictBool = False

    @cached_property
    def may_be_left(self) -> bool:
        """Whether it may be left unanswered."""
        return self.optional or self.takes_words

    @cached_property
    def takes_free_words(self) -> bool:
        """Whether free words are an answer to it."""
        return self.kind is QuestionKind.TEXT or self.takes_words

    @cached_property
    def choice_by_name(self) -> dict[str, Choice]:
        """The choices by folded id and by folded label in every language; the first one wins."""
        named: dict[str, Choice] = {}
        for choice in self.choices:
            for name in (*choice.text.values(), choice.id):
                named.setdefault(fold(name), choice)
        return named


class Constraint(StrictModel):
    """A relation between two answers of numbers or dates, checked when the second is given."""

    left: Id
    op: Literal["<=", "<", ">=", ">", "=="]
    right: Id
    text: dict[str, str]  # what to say when it does not hold


class Group(StrictModel):
    id: Id
    title: dict[str, str]


class Questionnaire(StrictModel):
    """A versioned list of questions. A changed definition needs a new version."""

    id: Id
    version: Annotated[StrictInt, Field(ge=1, le=10_000)]
    title: dict[str, str]
    about: Literal["area", "card", "municipality", "staff"]
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...]
    constraints: tuple[Constraint, ...] = ()
