"""Answers to what is asked, and what is said of a comment's words."""

from __future__ import annotations

from msgspec import Struct


class GradeAnswer(Struct, frozen=True):
    """A grade from 1 to 7, with what was said beside it."""

    grade: int
    words: str = ""
    besides: str = ""  # asked or wished for beside it, and no comment: read as a text of its own


class NotEnded(Struct, frozen=True):
    """The procedure has not ended: the response counts apart."""

    alone: bool = True  # nothing else was said; else the answer follows as its own intent


class WordsBeforeGrade(Struct, frozen=True):
    """The visit is told of where its grade is asked for: the words begin the comment."""

    words: str


class ChoiceAnswer(Struct, frozen=True):
    """One of the choices, with words that explain it."""

    choice: str
    words: str = ""


class ChoicesAnswer(Struct, frozen=True):
    """One of several choices, to set or unset, or several at once: the whole answer."""

    choices: tuple[str, ...]


class YesNoAnswer(Struct, frozen=True):
    """Yes or no to the open question."""

    yes: bool


class ValueAnswer(Struct, frozen=True):
    """A number or a date, as it is stored."""

    value: str


class WordsAnswer(Struct, frozen=True):
    """Free text, as the answer to the text question of that id."""

    question: str
    words: str


class AnswerMisread(Struct, frozen=True):
    """An answer that cannot be taken: the sentence to say, with its values."""

    sentence: str
    values: dict[str, str | int] = {}


class AddWords(Struct, frozen=True):
    """Words that follow a comment or a case, and belong to it."""

    words: str
    answered: bool = False  # what is found for them comes next


class ReviseWords(Struct, frozen=True):
    """Words that may take the place of the comment's last ones; ``words`` "": those may go.

    It is asked first. It may be the comment of a rating that is closed.
    """

    words: str = ""
    was: str = ""  # what they take the place of, or what the part is about that goes
    unless_absent: bool = False  # where that is not in the comment, the text is a question
    without_names: bool = False  # the same words, but for the names of persons
    own_name: bool = False  # that of who writes, which no area sees
    grade: int = 0  # another grade of the same message, which is asked about next


class AddToComment(Struct, frozen=True):
    """Words that were forgotten in the comment of a closed rating; "": they are still to come."""

    words: str
    grade: int = 0  # another grade of the same message, which is asked about next


class SettleWords(Struct, frozen=True):
    """What to do with them: "replace", "join" or "drop" the last words of the comment, or "keep"
    them as they are; "asked": words that were added to a case were a question.
    """

    how: str
    besides: str = ""  # what was asked in them, read anew


Answer = (
    GradeAnswer
    | NotEnded
    | WordsBeforeGrade
    | ChoiceAnswer
    | ChoicesAnswer
    | YesNoAnswer
    | ValueAnswer
    | WordsAnswer
    | AnswerMisread
    | AddWords
    | ReviseWords
    | AddToComment
    | SettleWords
)
