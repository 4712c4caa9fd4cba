"""A visit is rated, or a rating put right."""

from __future__ import annotations

from msgspec import Struct

from handlers.facts.responses import Subject


class Rate(Struct, frozen=True):
    """To rate a known area. ``origin`` is on record with the response."""

    subject: Subject
    origin: str
    words: str = ""  # what was told of the visit besides


class RateWithGrade(Struct, frozen=True):
    """A grade that nothing asked for."""

    area: str  # "" where the words, the topic and the cases name none
    grade: int
    words: str
    pending: bool  # it is about something that has not ended
    whole: bool = False  # it is for the municipality, of which only areas are rated


class TellExperience(Struct, frozen=True):
    """A visit is told of, without a grade; ``area`` "" where none is named."""

    area: str
    words: str


class SpeakOfRating(Struct, frozen=True):
    """What is said besides is of this area's rating, and not of the latest."""

    area: str


class ChangeGrade(Struct, frozen=True):
    """Another grade for the rating that counts; ``area`` "": for the latest."""

    area: str


class KeepGrade(Struct, frozen=True):
    """The rating that counts stays as it is."""

    area: str


class TellRating(Struct, frozen=True):
    """The rating on record is told, with its comment; ``area`` "": none is noted yet."""

    area: str


class ConfirmArea(Struct, frozen=True):
    """The visit was at the guessed area; ``words`` tell more of it than that."""

    words: str = ""


class RejectArea(Struct, frozen=True):
    """The visit was not at the guessed area; ``area`` "": it is not said where."""

    area: str = ""


class GivenNotEnded(Struct, frozen=True):
    """The procedure of a rating that was given already has not ended."""

    response: int


class ProposeGrade(Struct, frozen=True):
    """A grade that was not plainly said, or not plainly for that area: to be confirmed."""

    grade: int
    area: str
    words: str = ""
    pending: bool = False


class ProposeGrades(Struct, frozen=True):
    """Grades for several areas in one message: each is confirmed, one after the other.

    Where an area is "", it is asked which.
    """

    grades: tuple[ProposeGrade, ...]


class ProposeCorrection(Struct, frozen=True):
    """Words after a grade that may correct it: to be confirmed; else they are its comment.

    ``grade`` 0: it is to be erased. ``area``: the rating is to be moved there with that grade.
    """

    grade: int
    words: str
    area: str = ""


class AskWhatToChange(Struct, frozen=True):
    """Words about what was said before, that do not tell what is to be changed: it is asked.

    They are of the case that is told, or else of the latest rating. ``words`` "": nothing besides
    that something was not right.
    """

    words: str = ""


class CorrectGrade(Struct, frozen=True):
    """Another grade instead of the one that was given last. ``words`` tell why."""

    grade: int
    words: str = ""


class CorrectArea(Struct, frozen=True):
    """The rating was meant for another area; ``area`` "": it is not said which."""

    area: str


class CorrectReason(Struct, frozen=True):
    """What mattered most for the latest grade was this choice; "": it is asked for anew."""

    choice: str


class NameUnsureArea(Struct, frozen=True):
    """Words that may mean one of these areas; ``grade`` 0: none was given with them.

    ``card``: by which the one area was found, where it is one.
    """

    areas: tuple[str, ...]
    grade: int = 0
    words: str = ""
    card: str = ""


class AskIfGrade(Struct, frozen=True):
    """A number of the list of areas, which may be the grade of the visit that was just told of."""

    grade: int
    area: str  # the option that it would choose


class BeginQuestionnaire(Struct, frozen=True):
    """One of the questionnaires that anyone may answer."""

    questionnaire: str


Correction = (
    SpeakOfRating
    | ChangeGrade
    | KeepGrade
    | TellRating
    | ProposeCorrection
    | AskWhatToChange
    | CorrectGrade
    | CorrectArea
    | CorrectReason
)
NewRating = (
    Rate
    | RateWithGrade
    | TellExperience
    | ConfirmArea
    | RejectArea
    | GivenNotEnded
    | ProposeGrade
    | ProposeGrades
    | NameUnsureArea
    | AskIfGrade
    | BeginQuestionnaire
)
Rating = NewRating | Correction
