"""What an incoming can be understood as: a closed union. Nothing here acts or reads text."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct

from handlers.facts import Subject
from handlers.messages import Announcement, CaseAnswer, CaseNotice, Departed, MediaKind
from handlers.search.ranking import Ranking


class Act(Enum):
    """Intents that carry nothing besides."""

    # The ways through a conversation
    GREET = auto()  # hello, or the chat was opened
    SHOW_MENU = auto()
    SHOW_HELP = auto()
    THANK = auto()  # where nothing is open that thanks could end
    GO_BACK = auto()
    SKIP = auto()  # leave the open question without an answer
    FINISH = auto()  # leave what is open with what was said so far
    CANCEL = auto()
    RESUME = auto()
    NEXT_PAGE = auto()
    # Information
    INVITE_QUESTION = auto()  # a question is coming; its words are not here yet
    LIST_AREAS = auto()
    REJECT_SUGGESTIONS = auto()
    VENT = auto()  # anger without a topic
    # Rating
    START_RATING = auto()  # which area is not said; goes on with a rating in progress
    CHOOSE_AREA = auto()  # the same; a rating in progress is put aside
    NAME_UNKNOWN_AREA = auto()  # the area was asked for, and the words name none
    DECLINE_RATING = auto()
    CONFIRM_AREA = auto()  # yes, the visit was at the guessed area
    # Answers
    CONFIRM_GRADE = auto()  # yes to the check of a grade that contradicts the words
    REJECT_GRADE = auto()
    MISREAD_GRADE = auto()  # meant as a grade, but none from 1 to 7
    OFFER_WORDS = auto()  # yes to "anything to add?"; the words are still to come
    # Cases
    COMPLAIN = auto()  # the words were told before, or are still to be asked for
    # Own data
    EXPLAIN_DATA = auto()
    SHOW_MY_DATA = auto()
    ASK_TO_ERASE = auto()
    ERASE = auto()
    KEEP_DATA = auto()
    # Longer questionnaires
    LIST_SURVEYS = auto()
    # What means nothing here
    EDIT_MESSAGE = auto()  # an edit changes nothing
    OPEN_UNKNOWN_DESK = auto()  # through a code that the content does not hold
    PRESS_STALE_BUTTON = auto()
    USE_UNKNOWN_COMMAND = auto()
    ANSWER_NOTHING = auto()  # yes or no where nothing was asked
    SEND_NO_WORDS = auto()  # only signs or emojis


class ReportDanger(Struct, frozen=True):
    """Words of an emergency; ``sentence`` of the wording tells whom to call."""

    sentence: str


class Speak(Struct, frozen=True):
    """Another language."""

    language: str


class LookUp(Struct, frozen=True):
    """A question, with what the search found for it."""

    query: str
    ranking: Ranking
    was_comment: bool = False  # its words were taken for a comment before: they leave it


class ShowArea(Struct, frozen=True):
    """An area and its services."""

    area: str


class ShowCard(Struct, frozen=True):
    """The card of a service, an area or an institution."""

    card: str


class Rate(Struct, frozen=True):
    """To rate a known area. ``origin`` is on record with the response."""

    subject: Subject
    origin: str


class RateWithGrade(Struct, frozen=True):
    """A grade that nothing asked for."""

    area: str  # "" where the words, the topic and the cases name none
    grade: int
    words: str
    pending: bool  # it is about something that has not ended


class TellExperience(Struct, frozen=True):
    """A visit is told of, without a grade; ``area`` "" where none is named."""

    area: str
    words: str


class ChangeGrade(Struct, frozen=True):
    """Another grade for the rating that counts; ``area`` "": for the latest."""

    area: str


class KeepGrade(Struct, frozen=True):
    """The rating that counts stays as it is."""

    area: str


class RejectArea(Struct, frozen=True):
    """The visit was not at the guessed area; ``area`` "": it is not said where."""

    area: str = ""


class GradeAnswer(Struct, frozen=True):
    """A grade from 1 to 7, with what was said beside it."""

    grade: int
    words: str = ""


class NotEnded(Struct, frozen=True):
    """The procedure has not ended: the response counts apart."""

    alone: bool = True  # nothing else was said; else the answer follows as its own intent


class GivenNotEnded(Struct, frozen=True):
    """The procedure of a rating that was given already has not ended."""

    response: int


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


class FileComplaint(Struct, frozen=True):
    """A complaint in these words; ``area`` "": the general staff takes it."""

    words: str
    area: str


class TellWaiting(Struct, frozen=True):
    """The citizen waits for an answer of the municipality."""

    words: str
    area: str
    service: str  # whose card may help; "" for none


class AskForPerson(Struct, frozen=True):
    """A person is wanted, perhaps with a first message for them."""

    words: str = ""


class ReopenCase(Struct, frozen=True):
    """To add to a case; ``number`` "": to the latest."""

    number: str = ""


class AddToCase(Struct, frozen=True):
    """Words that quote a message about a case of the citizen's own."""

    number: str
    words: str


class AnswerCase(Struct, frozen=True):
    """A staff member's words that quote a case: they go to the citizen."""

    number: str
    words: str


class LinkStaff(Struct, frozen=True):
    """A staff member's one-time code."""

    code: str


class BeginSurvey(Struct, frozen=True):
    """One of the questionnaires that anyone may answer."""

    questionnaire: str


class SendMedia(Struct, frozen=True):
    """Something that cannot be read; what its caption says follows as intents of its own."""

    kind: MediaKind
    captioned: bool


class ChooseBeyondList(Struct, frozen=True):
    """A number that the open list does not have."""

    number: int


class StrayNumber(Struct, frozen=True):
    """A number that answers nothing that is open."""

    number: int


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
)
Rating = (
    Rate | RateWithGrade | TellExperience | ChangeGrade | KeepGrade | RejectArea | GivenNotEnded
)
Information = LookUp | ShowArea | ShowCard | Speak | BeginSurvey
Case = FileComplaint | TellWaiting | AskForPerson | ReopenCase | AddToCase | AnswerCase | LinkStaff
Unclear = SendMedia | ChooseBeyondList | StrayNumber
FromOthers = CaseNotice | CaseAnswer | Announcement | Departed  # understood as they are
Intent = Act | ReportDanger | AddWords | Answer | Rating | Information | Case | Unclear | FromOthers
Intents = tuple[Intent, ...]
