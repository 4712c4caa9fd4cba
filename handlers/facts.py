"""What a turn records: stored in the same transaction as the conversation's new state."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from handlers.messages import MediaFile, MediaKind
from handlers.staff_chat.measures import MeasureForm


class Subject(Struct, frozen=True):
    """What a response is about: the dimensions of every weekly sum. Empty: none."""

    area: str = ""
    service: str = ""
    desk: str = ""


class Outcome(StrEnum):
    """How a response ended."""

    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Found(StrEnum):
    """What a lookup came to."""

    CARD = "card"
    SUGGESTED = "suggested"
    EXTERNAL = "external"
    NOTHING = "nothing"


class CaseKind(StrEnum):
    """Why a citizen asked for a person."""

    PERSON = "persona"
    COMPLAINT = "reclamo"
    SUGGESTION = "sugerencia"
    PRAISE = "felicitacion"
    REQUEST = "solicitud"
    CALL = "llamada"


class Due(Struct, frozen=True):
    """When a case lapses, and the rule that says so; it counts from the moment of its fact."""

    at: datetime
    rule: str


class Right(StrEnum):
    """What a citizen may ask about their own data (Ley 19.628, articles 4 to 11)."""

    ACCESS = "access"
    RECTIFY = "rectify"
    ERASE = "erase"
    OBJECT = "object"
    BLOCK = "block"
    PORT = "port"


class ResponseOpened(Struct, frozen=True, tag="response-opened"):
    """A questionnaire was begun. ``origin``: menu, desk, lookup, noticed or change."""

    response: int
    questionnaire: str
    version: int
    subject: Subject
    origin: str


class AnswerGiven(Struct, frozen=True, tag="answer-given"):
    """An answer, first or replaced: unique on (response, question).

    ``value`` is the grade as a digit, a choice's id, ids joined by ``+``, ``yes``/``no``, a
    decimal, an ISO date or free text. ``grade`` is 1–7 for grades, else 0. ``pending``: the
    procedure has not ended, so it is counted apart.
    """

    response: int
    questionnaire: str
    question: str
    kind: str
    value: str
    subject: Subject
    grade: int = 0
    pending: bool = False


class AnswerWithdrawn(Struct, frozen=True, tag="answer-withdrawn"):
    """An answer was taken back; its sum is taken back with it."""

    response: int
    question: str


class ResponsePending(Struct, frozen=True, tag="response-pending"):
    """The procedure that a response is about has not ended: all its answers are counted apart.

    An answer that is given later and is not ``pending`` says that it has.
    """

    response: int


class ResponseClosed(Struct, frozen=True, tag="response-closed"):
    """The questionnaire was finished or given up."""

    response: int
    outcome: Outcome
    pending: bool = False


class LookupMade(Struct, frozen=True, tag="lookup-made"):
    """A citizen asked how something works. Stored without the contact; ``query`` is masked."""

    query: str
    found: Found
    card: str = ""  # id of the first card, institution or area; empty when nothing was found
    area: str = ""


class CaseOpened(Struct, frozen=True, tag="case-opened"):
    """A numbered case; the area's staff (or the duty contact) are told at once."""

    number: str
    kind: CaseKind
    area: str  # empty: no area known, the general staff takes it
    text: str
    due: Due | None = None  # None: it needs no answer
    urgent: bool = False  # somebody may be in danger: staff on duty are notified too


class CaseExtended(Struct, frozen=True, tag="case-extended"):
    """The citizen added words to an open case.

    ``due``: if it was answered already, it is open again, and this is its new term.
    """

    number: str
    text: str
    due: Due | None = None
    urgent: bool = False


class CaseReopened(Struct, frozen=True, tag="case-reopened"):
    """The answer is not what the citizen asked for: the case is open again, with a new term."""

    number: str
    due: Due


class AnswerJudged(Struct, frozen=True, tag="answer-judged"):
    """Whether the answer is what the citizen asked for: "yes", "partly" or "no"."""

    number: str
    value: str


class CaseWithdrawn(Struct, frozen=True, tag="case-withdrawn"):
    """The citizen took the case back; its number and words stay for those who read it."""

    number: str


class FileOfStaff(Struct, frozen=True):
    """A file that goes with an answer, written anew and encrypted. ``size``: bytes before that."""

    media_type: str
    encrypted: bytes
    size: int


class CaseMailGiven(Struct, frozen=True, tag="case-mail-given"):
    """Answers to a case go to this address as well, in this language."""

    number: str
    address: str
    language: str


class CaseAnswered(Struct, frozen=True, tag="case-answered"):
    """A staff member answered; the citizen gets it as an incoming of their own."""

    number: str
    staff: int
    text: str
    file: FileOfStaff | None = None


class MeasureOpened(Struct, frozen=True, tag="measure-opened"):
    """A staff member opens a corrective measure, to be decided by a term and its rule."""

    staff: int
    form: MeasureForm
    decide_by: datetime
    rule: str


class MeasureTaken(Struct, frozen=True, tag="measure-taken"):
    """A staff member sees to a corrective measure from now on, if ``owner`` did until then."""

    number: str
    staff: int
    owner: int = 0


class PolicyUnderstood(Struct, frozen=True, tag="policy-understood"):
    """A staff member answered every question about an edition of the policy."""

    staff: int
    area: str
    edition: str


class StaffAnswered(Struct, frozen=True, tag="staff-answered"):
    """A staff member answered a whole questionnaire: counted by area, and kept with no name.

    ``answers``: each question with its value, as ``AnswerGiven`` has it.
    """

    round: str
    staff: int
    area: str
    answers: tuple[tuple[str, str], ...]


class MeasureNoted(Struct, frozen=True, tag="measure-noted"):
    """A staff member noted what was done for a measure."""

    number: str
    staff: int
    text: str


class HandoverOpened(Struct, frozen=True, tag="handover-opened"):
    """A person is to answer in the chat; staff on duty are notified."""

    id: int
    area: str
    text: str
    urgent: bool = False


class HandoverSaid(Struct, frozen=True, tag="handover-said"):
    """What the citizen wrote to the person. ``thanks``: it only thanks, so that no
    answer is due."""

    id: int
    text: str
    urgent: bool = False
    thanks: bool = False
    file: bool = False  # the text only says that a file came, which the panel shows


class HandoverLeft(Struct, frozen=True, tag="handover-left"):
    """The citizen went back to the assistant."""

    id: int


class HandoverFiled(Struct, frozen=True, tag="handover-filed"):
    """Nobody answered in time: it became a case."""

    id: int
    case: str


class HandoverAnswered(Struct, frozen=True, tag="handover-answered"):
    """A member of staff who has taken it over writes to the citizen."""

    id: int
    staff: int
    text: str


class MeasureDone(Struct, frozen=True, tag="measure-done"):
    """A staff member says that a measure's action is done."""

    number: str
    staff: int


class HandoverEnded(Struct, frozen=True, tag="handover-ended"):
    """A member of staff who has taken it over ends it."""

    id: int
    staff: int


class FileSent(Struct, frozen=True, tag="file-sent"):
    """A file came; it is fetched, made harmless and kept. ``number``: its case, "" as yet.

    ``handover``: the conversation with a person that it was sent in; 0: none.
    """

    id: int
    kind: MediaKind
    file: MediaFile
    number: str = ""
    kept_for: timedelta | None = None  # None: as long as the words beside it
    handover: int = 0


class FilesFiled(Struct, frozen=True, tag="files-filed"):
    """Files that were sent before belong to a case from now on."""

    number: str
    ids: tuple[int, ...]


class FilesShown(Struct, frozen=True, tag="files-shown"):
    """Files that were sent before are seen by the person who answers in the chat."""

    handover: int
    ids: tuple[int, ...]


class StaffLinked(Struct, frozen=True, tag="staff-linked"):
    """This contact belongs to the staff member whose one-time code was given."""

    staff: int


class DataErased(Struct, frozen=True, tag="data-erased"):
    """The contact asked for erasure: identity and words go, grades stay without a person."""


class RightUsed(Struct, frozen=True, tag="right-used"):
    """A request about own data. ``done``: it was met at once; else a person decides by ``due``."""

    number: str
    right: Right
    due: datetime
    done: bool
    text: str = ""


class RightLifted(Struct, frozen=True, tag="right-lifted"):
    """A request for blocking, or an objection to invitations, is taken back."""

    right: Right


class ConsentGiven(Struct, frozen=True, tag="consent-given"):
    """Wants to be told what was done. ``version`` is that of the text that was agreed to."""

    version: str


class ConsentWithdrawn(Struct, frozen=True, tag="consent-withdrawn"):
    """Does not want to be told any longer."""


class ContactDeparted(Struct, frozen=True, tag="contact-departed"):
    """The contact cannot be reached until it writes again."""


Fact = (
    ResponseOpened
    | AnswerGiven
    | AnswerWithdrawn
    | ResponsePending
    | ResponseClosed
    | LookupMade
    | CaseOpened
    | CaseExtended
    | CaseReopened
    | AnswerJudged
    | CaseWithdrawn
    | CaseAnswered
    | CaseMailGiven
    | MeasureOpened
    | MeasureTaken
    | PolicyUnderstood
    | StaffAnswered
    | MeasureNoted
    | MeasureDone
    | HandoverOpened
    | HandoverSaid
    | HandoverLeft
    | HandoverFiled
    | HandoverAnswered
    | HandoverEnded
    | FileSent
    | FilesFiled
    | FilesShown
    | StaffLinked
    | DataErased
    | RightUsed
    | RightLifted
    | ConsentGiven
    | ConsentWithdrawn
    | ContactDeparted
)
