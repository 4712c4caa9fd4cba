"""What an incoming can be understood as: a closed union. Nothing here acts or reads text."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct

from handlers.facts import CaseKind, Right, Subject
from handlers.messages import (
    Announcement,
    CaseAnswer,
    CaseNews,
    CaseNotice,
    CaseReminder,
    Departed,
    FileRefused,
    MediaFile,
    MediaKind,
    PersonNews,
    PersonSays,
    PersonWaits,
    RightAnswer,
)
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
    LEAVE_PERSON = auto()  # back to the assistant
    STAY_WITH_PERSON = auto()  # asks for one who is waited for, or presses a button of before
    SEND_MEDIA_TO_PERSON = auto()
    LEAVE_FOR_PERSON = auto()  # a case, to be read when somebody is there
    OFFER_PERSON = auto()  # a person is wanted while a question is open
    REFUSE = auto()  # does not want to answer what is open
    IGNORE = auto()  # nothing to say: what belongs to a message that was answered already
    # What was understood, but not plainly said
    ACCEPT_PROPOSAL = auto()
    REJECT_PROPOSAL = auto()
    # Information
    ASK_WHAT_ABOUT = auto()  # a question about something, and nothing was shown
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
    UNDO_RATING = auto()  # take the latest rating back
    ERASE_RATING = auto()  # yes to that
    # Answers
    CONFIRM_GRADE = auto()  # yes to the check of a grade that contradicts the words
    REJECT_GRADE = auto()
    MISREAD_GRADE = auto()  # meant as a grade, but none from 1 to 7
    GIVE_HALF_GRADE = auto()  # a number that is no whole grade from 1 to 7
    OFFER_WORDS = auto()  # yes to "anything to add?"; the words are still to come
    # Cases
    SHOW_CASES = auto()  # how the citizen's own cases stand
    ASK_ABOUT_PROCEDURE = auto()  # how a procedure stands: no file is seen here
    AWAIT_TRIAL = auto()  # whether the card helped is not known yet
    KEEP_CASE = auto()  # a case is not withdrawn after all
    FILE_CASE = auto()  # yes to the summary of a case
    DROP_CASE = auto()  # no to it
    CHOOSE_CASE_AREA = auto()  # the case is for another area
    COMPLAIN = auto()  # the words were told before, or are still to be asked for
    # Own data
    EXPLAIN_DATA = auto()
    LIST_RIGHTS = auto()
    ERASE = auto()
    KEEP_DATA = auto()  # no to what was asked about own data
    UNBLOCK_DATA = auto()
    ASK_FOR_CONSENT = auto()
    CONSENT = auto()
    WITHDRAW_CONSENT = auto()
    # Longer questionnaires
    LIST_SURVEYS = auto()
    # What means nothing here
    EDIT_MESSAGE = auto()  # an edit changes nothing
    OPEN_UNKNOWN_DESK = auto()  # through a code that the content does not hold
    PRESS_STALE_BUTTON = auto()
    USE_UNKNOWN_COMMAND = auto()
    ANSWER_NOTHING = auto()  # yes or no where nothing was asked
    SEND_NO_WORDS = auto()  # only signs or emojis
    MAKE_NO_SENSE = auto()  # words that nothing is made of
    # Style
    WRITE_SHORT = auto()
    WRITE_LONG = auto()
    DENY_DANGER = auto()  # no to "is somebody in danger now?"


class ReportDanger(Struct, frozen=True):
    """Words of an emergency; ``sentence`` of the wording tells whom to call.

    ``doubtful``: it is asked whether somebody is in danger now, with the numbers beside it.
    """

    sentence: str
    kind: str = ""  # the emergency's id
    doubtful: bool = False
    words: str = ""  # that also belong to the comment or case that is open
    for_case: bool = False  # they belong to a case: whoever is on duty is told
    area: str = ""  # that the case is about


class ProposeGrade(Struct, frozen=True):
    """A grade that was not plainly said, or not plainly for that area: to be confirmed."""

    grade: int
    area: str
    words: str = ""
    pending: bool = False


class ProposeCorrection(Struct, frozen=True):
    """Words after a grade that may correct it: to be confirmed; else they are its comment.

    ``grade`` 0: it may be meant to be erased, or to be another that is not said.
    """

    grade: int
    words: str


class CorrectGrade(Struct, frozen=True):
    """Another grade instead of the one that was given last."""

    grade: int


class CorrectArea(Struct, frozen=True):
    """The rating was meant for another area."""

    area: str


class ProposeArea(Struct, frozen=True):
    """The rating may be meant for another area: asked in one tap."""

    area: str


class NameUnsureArea(Struct, frozen=True):
    """Words that may mean one of these areas."""

    areas: tuple[str, ...]


class AskToWithdraw(Struct, frozen=True):
    """A case is to be taken back; it is asked first."""

    number: str


class WithdrawCase(Struct, frozen=True):
    """A case is taken back."""

    number: str


class GiveReceipt(Struct, frozen=True):
    """A document of the case of that number; "" of the latest."""

    number: str


class ShowCase(Struct, frozen=True):
    """How the case of that number stands."""

    number: str


class AskAboutTopic(Struct, frozen=True):
    """A question about what was shown last: its cost, place, hours, papers …"""

    aspect: str
    other: str = ""  # card that the search finds for it: offered besides


class AskAboutArea(Struct, frozen=True):
    """Place, hours or telephone of a named area."""

    area: str
    aspect: str


class AskAboutCard(Struct, frozen=True):
    """Place, hours or telephone of a service that is named and was not shown yet."""

    card: str
    aspect: str


class AskRight(Struct, frozen=True):
    """Something about own data is wanted: it is asked once more before it is done."""

    right: Right


class UseRight(Struct, frozen=True):
    """Yes to that."""

    right: Right


class AskWhatIsMeant(Struct, frozen=True):
    """A request about own data that a person decides: in what words is asked for."""

    right: Right


class FileRequest(Struct, frozen=True):
    """The words of such a request."""

    right: Right
    words: str


class UsefulAnswer(Struct, frozen=True):
    """Whether what was shown was useful: "yes", "no" or "partly"."""

    value: str


class SayCourtesy(Struct, frozen=True):
    """Thanks, a farewell, a question of who is there, or other talk without a request."""

    kind: str


class AskAboutSurvey(Struct, frozen=True):
    """What a grade is for, who reads it, what is kept."""


class OfferLanguage(Struct, frozen=True):
    """Another language was noticed: it is offered once, besides what was asked."""

    language: str


class Speak(Struct, frozen=True):
    """Another language."""

    language: str


class LookUp(Struct, frozen=True):
    """A question, with what the search found for it."""

    query: str
    ranking: Ranking
    was_comment: bool = False  # its words were taken for a comment before: they leave it
    reports: bool = False  # it also tells of something to be mended


class ShowArea(Struct, frozen=True):
    """An area and its services."""

    area: str


class ShowCard(Struct, frozen=True):
    """The card of a service, an area or an institution."""

    card: str


class ShowSteps(Struct, frozen=True):
    """What the card of a service leaves out."""

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


class ReviseWords(Struct, frozen=True):
    """Words that may take the place of the comment's last ones; ``words`` "": those may go.

    It is asked first.
    """

    words: str = ""


class SettleWords(Struct, frozen=True):
    """What to do with them: "replace", "join" or "drop" the last words of the comment, or "keep"
    them as they are.
    """

    how: str


class FileCase(Struct, frozen=True):
    """A complaint, or another case, in these words; ``area`` "": the general staff takes it."""

    words: str
    area: str
    kind: CaseKind = CaseKind.COMPLAINT


class BeginCase(Struct, frozen=True):
    """A suggestion, praise or request: its words are still to be asked for."""

    kind: CaseKind


class SetCaseArea(Struct, frozen=True):
    """Whom the case that is being told is for; ``area`` "": the general staff."""

    area: str


class AskForRecords(Struct, frozen=True):
    """Public information is asked for, which the law has a way of its own for."""


class JudgeAnswer(Struct, frozen=True):
    """Whether the answer to a case is what was asked for: "yes", "partly" or "no"."""

    number: str
    value: str


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


class ListMeasures(Struct, frozen=True):
    """A staff member asks for the corrective measures that wait."""


class ShowMeasure(Struct, frozen=True):
    """One of them."""

    number: str


class TakeMeasure(Struct, frozen=True):
    """A staff member sees to it from now on."""

    number: str


class NoteMeasure(Struct, frozen=True):
    """A staff member's words that quote a measure: what was done for it."""

    number: str
    words: str


class FinishMeasure(Struct, frozen=True):
    """Its action is done."""

    number: str


class ReadPolicy(Struct, frozen=True):
    """The quality policy; ``answered``: question and choice of a staff member, from 0: "12"."""

    answered: str = ""


class TellPerson(Struct, frozen=True):
    """Words for the person who answers in the chat, or is waited for."""

    words: str
    urgent: bool = False


class TakeOver(Struct, frozen=True):
    """A staff member wants to answer in a conversation."""

    handover: int


class AnswerInChat(Struct, frozen=True):
    """A staff member's words that quote a conversation: they go to the citizen."""

    handover: int
    words: str


class EndInChat(Struct, frozen=True):
    """A staff member is done with a conversation."""

    handover: int


class LinkStaff(Struct, frozen=True):
    """A staff member's one-time code."""

    code: str


class BeginSurvey(Struct, frozen=True):
    """One of the questionnaires that anyone may answer."""

    questionnaire: str


class SendMedia(Struct, frozen=True):
    """Something that cannot be read; what its caption says are intents of its own."""

    kind: MediaKind
    captioned: bool
    file: MediaFile | None = None


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
Corrections = (
    ProposeGrade | ProposeCorrection | CorrectGrade | CorrectArea | ProposeArea | NameUnsureArea
)
Rating = (
    Corrections
    | Rate
    | RateWithGrade
    | TellExperience
    | ChangeGrade
    | KeepGrade
    | RejectArea
    | GivenNotEnded
)
Information = (
    AskAboutTopic
    | AskAboutArea
    | AskAboutCard
    | UsefulAnswer
    | AskAboutSurvey
    | LookUp
    | ShowArea
    | ShowCard
    | ShowSteps
    | Speak
    | BeginSurvey
)
Case = (
    AskToWithdraw
    | WithdrawCase
    | GiveReceipt
    | ShowCase
    | BeginCase
    | FileCase
    | SetCaseArea
    | AskForRecords
    | JudgeAnswer
    | TellWaiting
    | AskForPerson
    | ReopenCase
    | AddToCase
    | AnswerCase
    | LinkStaff
    | TellPerson
    | TakeOver
    | AnswerInChat
    | EndInChat
)
Measure = ListMeasures | ShowMeasure | TakeMeasure | NoteMeasure | FinishMeasure
Unclear = SayCourtesy | OfferLanguage | SendMedia | ChooseBeyondList | StrayNumber
OwnData = AskRight | UseRight | AskWhatIsMeant | FileRequest
FromOthers = (  # understood as they are
    CaseNotice
    | CaseReminder
    | CaseAnswer
    | CaseNews
    | FileRefused
    | RightAnswer
    | PersonNews
    | PersonSays
    | PersonWaits
    | Announcement
    | Departed
)
Intent = (
    Act
    | ReportDanger
    | AddWords
    | ReviseWords
    | SettleWords
    | Answer
    | Rating
    | Information
    | Case
    | Measure
    | ReadPolicy
    | OwnData
    | Unclear
    | FromOthers
)
Intents = tuple[Intent, ...]

# With these, words that follow are no longer added to a comment or a case.
ENDS_FOLLOW_UP = frozenset(
    {
        Act.SHOW_MENU,
        Act.LIST_AREAS,
        Act.REJECT_SUGGESTIONS,
        Act.NEXT_PAGE,
        Act.START_RATING,
        Act.DECLINE_RATING,
        Act.EXPLAIN_DATA,
        Act.LIST_RIGHTS,
        Act.ASK_FOR_CONSENT,
        Act.ERASE,
        Act.KEEP_DATA,
        Act.GO_BACK,
        Act.RESUME,
    }
)

_SURVEYS = frozenset({Act.START_RATING, Act.CHOOSE_AREA, Act.LIST_SURVEYS, Act.RESUME})


def is_survey(intent: Intent) -> bool:
    """Whether it leads to a question for a grade."""
    if isinstance(intent, Act):
        return intent in _SURVEYS
    return isinstance(
        intent,
        Rate | RateWithGrade | TellExperience | ChangeGrade | BeginSurvey | ProposeGrade,
    )
