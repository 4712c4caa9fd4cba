"""A conversation's state between two messages, and what is loaded beside it for a turn."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from handlers.facts.cases import CaseKind
from handlers.facts.responses import Subject
from handlers.facts.union import Fact
from handlers.handover import Handover, Holder, People
from handlers.messages import File, Option, Reply, SentFile
from handlers.own_record import MyData, MyRecord
from handlers.staff_chat.cases import CaseBrief
from handlers.staff_chat.measures import IndicatorBrief, MeasureBrief, MeasureForm


class Awaits(StrEnum):
    """What the open prompt would take as its answer, besides its options."""

    OPTION = "option"  # only one of the options; other text is a lookup
    AREA = "area"  # the name of an area to rate
    ANSWER = "answer"  # the current question of the questionnaire
    CASE = "case"  # what the complaint is about, or more about it
    CASE_AREA = "case-area"  # the area that it is for
    RECTIFY = "rectify"  # what is to be corrected in own data
    OBJECT = "object"  # which use of own data is objected to
    MISSING = "missing"  # what the card did not say; a question is still looked up
    MEASURE = "measure"  # what the measure is about that a staff member opens


class Prompt(Struct, frozen=True):
    """The question that is open: the last message of ours that expects something."""

    number: int
    asked_at: datetime
    awaits: Awaits
    options: tuple[Option, ...] = ()
    numbered: int = 0  # how many of the options stand in the text as 1), 2) …
    question: str = ""  # its text, where nothing else tells what it was
    since: int = 0  # the number under which it was asked first, if this is not the first time

    def is_asked_by(self, number: int) -> bool:
        """Whether the message of that number asks this; it may have been asked again since."""
        return (self.since or self.number) <= number <= self.number

    @property
    def awaits_option(self) -> bool:
        """Whether nothing but an option is an answer; what the card lacked need not be said."""
        return self.awaits in (Awaits.OPTION, Awaits.MISSING)

    @property
    def awaits_own_words(self) -> bool:
        """Whether words are asked for that answer no question of a questionnaire."""
        return not self.awaits_option and self.awaits is not Awaits.ANSWER

    def offers(self, key: str) -> bool:
        """Whether it has an option of this key."""
        return key in [option.key for option in self.options]


class Progress(Struct, frozen=True):
    """A questionnaire in progress; ``answers`` are (question, value) in the order given."""

    response: int
    questionnaire: str
    version: int
    subject: Subject
    question: str
    answers: tuple[tuple[str, str], ...] = ()
    pending: bool = False
    misread: int = 0  # how often in a row the current question was not understood
    words: str = ""  # what the citizen said before the grade
    area_guessed: bool = msgspec.field(default=False, name="noticed")  # so it is asked about
    opened: bool = False  # the response is on record
    changing: int = 0  # the grade that is being changed; 0: a new response
    checking: int = 0  # a grade that contradicts the words, not noted yet
    picked: tuple[str, ...] = ()  # choices taken so far of a question with several


class Rated(Struct, frozen=True):
    """A finished or graded response that still counts for the 30 days of its area."""

    response: int
    version: int
    subject: Subject
    grade: int
    at: datetime
    pending: bool = False


class CaseRef(Struct, frozen=True):
    """A case of this contact."""

    number: str
    kind: CaseKind
    area: str
    waiting: bool = False  # it is about something that has not ended
    files: tuple[SentFile, ...] = ()


class Draft(Struct, frozen=True):
    """What was said before it was clear what for: nothing has to be typed twice."""

    at: datetime
    words: str = ""
    area: str = ""  # what they seem to be about
    experience: bool = False  # the words tell of a visit, so they may become its comment
    blames: bool = False  # they blame, and were looked up: only a complaint takes them over
    grade: int = 0  # a grade given before its area was known
    stray: bool = False  # it was a number that answered nothing, of the last message
    waiting: bool = False  # they are about something that has not ended
    files: tuple[SentFile, ...] = ()
    case: str = ""  # an answered case that they may be about, which is asked
    wrong_data: bool = False  # they say what is wrong in own data


class Filing(Struct, frozen=True):
    """A case that is being told, before it is filed."""

    at: datetime
    kind: CaseKind
    area: str = ""  # guessed, or chosen
    words: tuple[str, ...] = ()
    waiting: bool = False  # it is about something that has not ended
    asked: bool = False  # what missed was asked for; it is asked once
    files: tuple[SentFile, ...] = ()
    doubtful: str = ""  # words that may correct the others: what to do with them is asked


class Proposal(Struct, frozen=True):
    """What was understood but not plainly said: noted only after a yes."""

    grade: int
    area: str
    service: str = ""
    words: str = ""
    pending: bool = False
    corrects: bool = False  # what is on record: ``grade``, or 0 to erase it or where it is asked
    several: bool = False  # one of the grades of several areas


class SecondAnswer(Struct, frozen=True):
    """A staff member's words to a case that has an answer: sent only after a yes."""

    number: str
    words: str


class FollowUp(Struct, frozen=True):
    """Words that follow soon are added: to a comment (``response``) or a case (``case``)."""

    until: datetime
    messages: tuple[str, ...] = msgspec.field(name="bubbles")  # of the comment so far
    response: int = 0
    question: str = ""
    questionnaire: str = ""
    subject: Subject = Subject()
    pending: bool = False
    case: str = ""
    told: str = ""  # of the case so far: what puts it right is known by its words
    earlier: tuple[str, str] | None = None  # question and words of the comment that was there
    revision: str = ""  # words that may take the place of the last, or be of the case: it is asked
    added: bool = False  # the messages go on from ``earlier``; else they stand in its place
    rewritten: bool = False  # the words that come next take the place of them all
    answered: bool = False  # words of the case were asked for: what its answer leaves out, say

    @property
    def asks(self) -> bool:
        """Whether the last message asks something, so that it is rather to be looked up."""
        return bool(self.messages) and "?" in self.messages[-1]


class Conversation(Struct, frozen=True):
    """All that a contact's next message is read against. A renamed field keeps its stored name."""

    seq: int = 0  # number of the last reply
    language: str = ""
    greeted: bool = False  # has been told that this is an automatic assistant
    notice_shown: bool = msgspec.field(default=False, name="noticed")  # the privacy notice
    prompt: Prompt | None = None
    progress: Progress | None = msgspec.field(default=None, name="run")
    paused: tuple[Progress, ...] = ()  # half-filled questionnaires put aside, the latest last
    follow_up: FollowUp | None = msgspec.field(default=None, name="joining")
    rated: tuple[Rated, ...] = ()
    cases: tuple[CaseRef, ...] = ()
    topic: str = ""  # id of the last card shown
    judged: Progress | None = None  # whether that helped, as it was answered
    asked: str = ""  # a question that was not surely found: further words may narrow it
    draft: Draft | None = None
    filing: Filing | None = None
    page: int = 0  # of the list that is being looked through
    invited_at: datetime | None = None  # when a rating was last offered unprompted
    proposal: Proposal | None = None  # waits for a yes
    next_grades: tuple[Proposal, ...] = ()  # of the same message, each proposed after the other
    danger: str = ""  # the emergency that the last message was about, or may have been
    alert: tuple[str, datetime] | None = None  # the last one that was sure, and when
    short: bool = False  # wants short answers
    language_offered: str = ""  # another language that was noticed and offered
    misses: int = 0  # how many messages in a row were not understood
    media_at: datetime | None = None  # when something that cannot be read last came
    refused: str = ""  # why a file of the last album was not kept
    uninvited: bool = False  # objects to being invited to anything
    handover: Handover | None = None
    second_answer: SecondAnswer | None = None
    measure: MeasureForm | None = None

    @property
    def doubtful(self) -> str:
        """Words of which it is asked what they change of a case or a rating; "" where none are."""
        if self.filing is not None and self.filing.doubtful:
            return self.filing.doubtful
        if self.follow_up is not None and self.follow_up.case:
            return self.follow_up.revision
        proposal = self.proposal
        return proposal.words if proposal is not None and proposal.corrects else ""


class Staff(Struct, frozen=True):
    """The staff member behind a contact. ``area`` empty: the whole municipality."""

    id: int
    name: str
    area: str = ""
    by_chat: bool = True  # wants to be told of cases there
    by_mail: bool = True


class Answered(Struct, frozen=True):
    """Who answered a case last, and when. ``name`` empty: the command line."""

    name: str
    at: datetime


class Quoted(Struct, frozen=True):
    """Which of our own messages the incoming quotes."""

    number: int
    about: str = ""  # case number


class CaseStatus(Struct, frozen=True):
    """How a case stands. ``area``: the responsible unit, since ``area_since``."""

    number: str
    kind: str
    area: str
    area_since: datetime
    status: str  # open, answered, closed
    opened_at: datetime
    due_at: datetime | None
    read: bool = False
    extended: bool = False


class RoundBrief(Struct, frozen=True):
    """A questionnaire that a staff member is asked and has not answered yet."""

    number: str
    questionnaire: str
    version: int
    closes_at: datetime


class WeekNews(Struct, frozen=True):
    """What changed in a week, ready to be sent; ``text`` empty: no control run was made yet."""

    text: str = ""
    picture: File | None = None


class Pinned(Struct, frozen=True):
    """What stands above every reply for now; perhaps nobody is asked for grades meanwhile."""

    text: str
    stops_ratings: bool


class Known(Struct, frozen=True):
    """What was loaded for this turn. ``new_id`` (63 bits) is for a response."""

    new_id: int
    staff: Staff | None = None
    pinned: Pinned | None = None
    quoted: Quoted | None = None
    waiting: bool = False  # messages wait for this one, and go out before its reply
    mails: bool = False  # mail goes out from here
    case_number: str | None = None  # answers NeedCaseNumber
    request_number: str | None = None  # answers NeedRequestNumber
    my_data: MyData | None = None  # answers NeedMyData
    my_record: MyRecord | None = None  # answers NeedMyRecord
    staff_code: Staff | bool | None = None  # answers NeedStaffCode; False: no such code
    case_owner: bool | None = None  # answers NeedCase: the case exists and is open
    may_answer: bool | None = None  # answers NeedMayAnswer
    may_note: bool | None = None  # answers NeedMayNote
    undoable: int | None = None  # answers NeedUndoable
    open_cases: tuple[CaseBrief, ...] | None = None  # answers NeedOpenCases
    case_words: CaseBrief | bool | None = None  # answers NeedCaseWords; False: not theirs
    answered: Answered | bool | None = None  # answers NeedAnswered; False: the citizen waits
    case_status: CaseStatus | bool | None = None  # answers NeedCaseStatus; False: of nobody here
    measures: tuple[MeasureBrief, ...] | None = None  # answers NeedMeasures
    measure_areas: tuple[str, ...] | None = None  # answers NeedMeasureAreas
    indicators: tuple[IndicatorBrief, ...] | None = None  # answers NeedIndicators
    rounds: tuple[RoundBrief, ...] | None = None  # answers NeedRounds
    week: WeekNews | bool | None = None  # answers NeedWeek; False: no figures are theirs to see
    answers: dict[int, tuple[tuple[str, str], ...]] = {}  # by response: answers NeedAnswers
    people: People | None = None  # answers NeedPeople
    handover: tuple[str, ...] | None = None  # answers NeedHandover: the citizen's words
    holder: Holder | bool | None = None  # answers NeedTakeOver; False: it is over, or not theirs


class Turn(Struct, frozen=True):
    """What one incoming came to."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    facts: tuple[Fact, ...] = ()
