"""A conversation's state between messages, and what else is loaded for a turn."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from operator import attrgetter

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

_KEY = attrgetter("key")


class Awaits(StrEnum):
    """What answers the open prompt, besides its options."""

    OPTION = "option"  # nothing else; other text is a lookup
    AREA = "area"  # the name of an area to rate
    ANSWER = "answer"  # the current question of the questionnaire
    CASE = "case"  # words of the case being told
    CASE_AREA = "case-area"  # the area of the case being told
    RECTIFY = "rectify"  # what is to be corrected in own data
    OBJECT = "object"  # which use of own data is objected to
    MISSING = "missing"  # what a card did not say; a question is still looked up
    MEASURE = "measure"  # a field of the measure that a staff member opens


class Prompt(Struct, frozen=True):
    """The open question: our last message that expects an answer."""

    number: int
    asked_at: datetime
    awaits: Awaits
    options: tuple[Option, ...] = ()
    numbered: int = 0  # how many of the first options are numbered in the text: 1), 2) …
    question: str = ""  # its text, if nothing else in the state gives it
    since: int = 0  # number of the reply that asked it first; 0: this one

    def is_asked_by(self, number: int) -> bool:
        """Whether the reply of that number asked this question, perhaps for the first time."""
        return (self.since or self.number) <= number <= self.number

    @property
    def awaits_option(self) -> bool:
        """Whether only an option is an answer, or what a card lacked, which is voluntary."""
        return self.awaits in (Awaits.OPTION, Awaits.MISSING)

    @property
    def awaits_own_words(self) -> bool:
        """Whether it asks for words other than an answer of a questionnaire."""
        return not self.awaits_option and self.awaits is not Awaits.ANSWER

    def offers(self, *keys: str) -> bool:
        """Whether it has an option with one of these keys."""
        return not set(keys).isdisjoint(map(_KEY, self.options))


class Progress(Struct, frozen=True):
    """A questionnaire in progress. ``answers``: (question, value) in the order given."""

    response: int
    questionnaire: str
    version: int
    subject: Subject
    question: str
    answers: tuple[tuple[str, str], ...] = ()
    pending: bool = False
    misread: int = 0  # how often in a row the answer to the current question was not understood
    words: str = ""  # what the citizen said before the grade
    area_guessed: bool = msgspec.field(default=False, name="noticed")  # and must be confirmed
    opened: bool = False  # the response is on record
    changing: int = 0  # the grade being changed; 0: a new response
    checking: int = 0  # a grade that contradicts the words, to be confirmed
    picked: tuple[str, ...] = ()  # choices so far of a question that takes several


class Rated(Struct, frozen=True):
    """A graded or finished response that is its area's rating for 30 days."""

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
    card: str = ""  # that its words surely find, by which it is known again
    at: datetime | None = None  # when it was filed
    near: tuple[str, ...] = ()  # cards that its words find first, surely or not
    urgent: bool = False  # its words told of danger


class Draft(Struct, frozen=True):
    """Words kept until it is clear what they are for, so that nothing is typed twice."""

    at: datetime
    words: str = ""
    area: str = ""  # the area that they seem to be about
    experience: bool = False  # they tell of a visit, so they may become its comment
    blames: bool = False  # they were only answered, so they may only become a complaint
    grade: int = 0  # a grade given before its area was known
    stray: bool = False  # the grade was a number that answered nothing, in the last message
    waiting: bool = False  # they are about something that has not ended
    files: tuple[SentFile, ...] = ()
    case: str = ""  # an answered case that they may be about; the citizen is being asked
    wrong_data: bool = False  # they say what is wrong in the citizen's own data


class Filing(Struct, frozen=True):
    """A case that is being told, before it is filed."""

    at: datetime
    kind: CaseKind
    area: str = ""  # guessed, or chosen
    words: tuple[str, ...] = ()
    waiting: bool = False  # it is about something that has not ended
    asked: bool = False  # missing facts were asked for, which happens once
    files: tuple[SentFile, ...] = ()
    doubtful: str = ""  # words that may correct the others; the citizen is being asked
    anew: bool = False  # the next words take the place of all others
    before: tuple[str, ...] = ()  # all that was told, which these words took the place of


class Proposal(Struct, frozen=True):
    """What was understood but not plainly said, to be recorded only after a yes."""

    grade: int
    area: str
    service: str = ""
    words: str = ""
    pending: bool = False
    corrects: bool = False  # it changes what is on record; with ``grade`` 0 it erases or is asked
    several: bool = False  # one of the grades of several areas


class Declined(Struct, frozen=True):
    """What was offered and got a no, with what it was about: a late yes offers it again."""

    prompt: Prompt
    proposal: Proposal | None = None
    filing: Filing | None = None


class SecondAnswer(Struct, frozen=True):
    """A staff member's words to an answered case, to be sent only after a yes."""

    number: str
    words: str


class FollowUp(Struct, frozen=True):
    """Where words that follow soon are added: a comment (``response``) or a case (``case``)."""

    until: datetime
    messages: tuple[str, ...] = msgspec.field(name="bubbles")  # the comment so far
    response: int = 0
    question: str = ""
    questionnaire: str = ""
    subject: Subject = Subject()
    pending: bool = False
    case: str = ""
    told: str = ""  # the case's words so far, by which a correction of it is known
    earlier: tuple[str, str] | None = None  # question and words of the comment before
    revision: str = ""  # words that may replace the last or belong to the case; being asked
    added: bool = False  # ``messages`` follow ``earlier``; otherwise they replace it
    rewritten: bool = False  # the next words replace the whole comment, or put the case right
    answered: bool = False  # words for the case were asked for, such as what its answer lacks

    @property
    def asks(self) -> bool:
        """Whether the last message is a question, which should rather be looked up."""
        return bool(self.messages) and "?" in self.messages[-1]


class Conversation(Struct, frozen=True):
    """The state against which a contact's next message is read.

    A renamed field keeps its stored name.
    """

    seq: int = 0  # number of the last reply
    language: str = ""
    greeted: bool = False  # was told that this is an automatic assistant
    notice_shown: bool = msgspec.field(default=False, name="noticed")  # the privacy notice
    prompt: Prompt | None = None
    progress: Progress | None = msgspec.field(default=None, name="run")
    paused: tuple[Progress, ...] = ()  # questionnaires put aside, the latest last
    follow_up: FollowUp | None = msgspec.field(default=None, name="joining")
    rated: tuple[Rated, ...] = ()
    cases: tuple[CaseRef, ...] = ()
    topic: str = ""  # id of the last card shown
    judged: Progress | None = None  # the answers on whether that card helped
    asked: str = ""  # a question without a sure result, which further words may narrow
    wishes_left: tuple[str, ...] = ()  # cards of the same message, still to be shown
    draft: Draft | None = None
    matter: Draft | None = None  # what was asked last, with what led to it, for whoever takes over
    filing: Filing | None = None
    page: int = 0  # of the current list
    invited_at: datetime | None = None  # when a rating was last offered unprompted
    proposal: Proposal | None = None  # waits for a yes
    next_grades: tuple[Proposal, ...] = ()  # further grades of the same message, to be proposed
    danger: str = ""  # the possible emergency of the last message
    danger_words: str = ""  # that told of it, where it was asked: only a complaint takes them over
    alert: tuple[str, datetime] | None = None  # the last sure emergency, and when
    advice: tuple[str, ...] = ()  # wording keys of what was said of that emergency since, in order
    calmed: tuple[str, datetime] | None = None  # the last one said to be over or none, and when
    help_called: bool = False  # of the danger in either, that was said last to be looked after
    short: bool = False  # wants short answers
    # The other language that was noticed last, and is written or offered; "" once one is chosen.
    language_noticed: str = msgspec.field(default="", name="language_offered")
    misses: int = 0  # how many messages in a row were not understood
    told: str = ""  # how the last answer began that told one thing of the card
    unconfirmed: str = ""  # the card or area of which the last answer was not confirmed
    media_at: datetime | None = None  # when a message without text last came
    refused: str = ""  # why a file of the last album was not kept
    uninvited: bool = False  # objects to invitations
    handover: Handover | None = None
    declined: Declined | None = None  # by the last message
    second_answer: SecondAnswer | None = None
    measure: MeasureForm | None = None

    @property
    def open_draft(self) -> Draft | None:
        """The draft, where anything but a complaint may take it over."""
        return None if self.draft is None or self.draft.blames else self.draft

    @property
    def doubtful(self) -> str:
        """Words about which the citizen is being asked what they change; "" without any."""
        if self.filing is not None and self.filing.doubtful:
            return self.filing.doubtful
        if self.follow_up is not None and self.follow_up.case:
            return self.follow_up.revision
        proposal = self.proposal
        return proposal.words if proposal is not None and proposal.corrects else ""


class Staff(Struct, frozen=True):
    """The staff member of a contact. ``area`` empty: the whole municipality."""

    id: int
    name: str
    area: str = ""
    by_chat: bool = True  # wants notices of cases in the chat
    by_mail: bool = True


class Answered(Struct, frozen=True):
    """Who answered a case last, and when. ``name`` empty: the command line."""

    name: str
    at: datetime


class Quoted(Struct, frozen=True):
    """The message of ours that the incoming quotes."""

    number: int
    about: str = ""  # case number


class CaseStatus(Struct, frozen=True):
    """A case's status. ``area``: the responsible one, since ``area_since``."""

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
    """An open questionnaire that a staff member has not answered yet."""

    number: str
    questionnaire: str
    version: int
    closes_at: datetime


class WeekNews(Struct, frozen=True):
    """What changed in a week, ready to be sent; ``text`` empty: no control run yet."""

    text: str = ""
    picture: File | None = None


class Pinned(Struct, frozen=True):
    """The pinned notice, shown above every reply; it may suspend ratings."""

    text: str
    stops_ratings: bool


class Known(Struct, frozen=True):
    """What was loaded for this turn. ``new_id`` (63 bits): for a new response."""

    new_id: int
    staff: Staff | None = None
    pinned: Pinned | None = None
    quoted: Quoted | None = None
    waiting: bool = False  # held replies wait for this message and are sent before its reply
    mails: bool = False  # the mail channel is on
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
    """The result of one incoming: the new state, the replies and the facts."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    facts: tuple[Fact, ...] = ()
