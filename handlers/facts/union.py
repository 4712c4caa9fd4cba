"""The union of all facts. They are stored in the same transaction as the new state."""

from __future__ import annotations

from handlers.facts.cases import (
    AnswerJudged,
    AnswerUndone,
    CaseAnswered,
    CaseExtended,
    CaseMailGiven,
    CaseNoted,
    CaseOpened,
    CaseRead,
    CaseReopened,
    CaseWithdrawn,
)
from handlers.facts.files import FileSent, FilesFiled, FilesShown
from handlers.facts.handovers import (
    HandoverAnswered,
    HandoverEnded,
    HandoverFiled,
    HandoverLeft,
    HandoverOpened,
    HandoverSaid,
)
from handlers.facts.lookups import LookupMade
from handlers.facts.own_data import (
    ConsentGiven,
    ConsentWithdrawn,
    ContactDeparted,
    DataErased,
    RightLifted,
    RightUsed,
)
from handlers.facts.responses import (
    AnswerGiven,
    AnswerWithdrawn,
    ResponseClosed,
    ResponseOpened,
    ResponsePending,
)
from handlers.facts.staff import (
    MeasureDone,
    MeasureNoted,
    MeasureOpened,
    MeasureTaken,
    PolicyUnderstood,
    StaffAnswered,
    StaffLinked,
)

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
    | AnswerUndone
    | CaseNoted
    | CaseRead
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
