"""A conversation with the pure core alone, nothing stored: for evaluations and simulators."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from handlers.conversation import step
from handlers.facts import AnswerGiven, CaseOpened, Fact, RightUsed
from handlers.handover import People
from handlers.messages import Body, Channel, Incoming, Reply, Sender, Start, Text
from handlers.needs import (
    Need,
    NeedAnswers,
    NeedCase,
    NeedCaseNumber,
    NeedCaseStatus,
    NeedHandover,
    NeedMeasures,
    NeedMyData,
    NeedMyRecord,
    NeedPeople,
    NeedRequestNumber,
    NeedStaffCode,
    NeedTakeOver,
    NeedWeek,
)
from handlers.release import Release
from handlers.state import CaseStatus, Conversation, Known, MyData, MyRecord, Turn

_A_MOMENT = timedelta(seconds=5)
_MAX_NEEDS = 6


@dataclass
class Rehearsal:
    """One contact without a name; what storage would answer is answered from the facts so far."""

    release: Release
    now: datetime  # aware, UTC
    channel: Channel = Channel.TERMINAL
    state: Conversation = field(default_factory=Conversation)
    facts: list[Fact] = field(default_factory=list)
    last_facts: list[Fact] = field(default_factory=list)
    reply: Reply | None = None  # to the last incoming
    replies: int = 0
    _turns: int = 0

    def say(self, text: str) -> Reply | None:
        """Type one message; "/start CODE" opens the chat at a desk. The answer, if there is one."""
        if text.startswith("/start"):
            return self.hear(Start(text.removeprefix("/start").strip()))
        return self.hear(Text(text))

    def hear(self, body: Body) -> Reply | None:
        """One incoming of any kind."""
        self._turns += 1
        self.now += _A_MOMENT
        sender = Sender(self.channel, "rehearsal", "citizen")
        incoming = Incoming(str(self._turns), sender, body, self.now)
        turn = self._turn(incoming, Known(new_id=self._turns))
        self.state = turn.conversation
        self.last_facts = list(turn.facts)
        self.facts += turn.facts
        self.reply = turn.replies[-1] if turn.replies else None
        self.replies += len(turn.replies)
        return self.reply

    def _turn(self, incoming: Incoming, known: Known) -> Turn:
        for _ in range(_MAX_NEEDS):
            turn = step(self.state, incoming, known, self.release, self.now)
            if isinstance(turn, Turn):
                return turn
            known = self._supplied(known, turn)
        raise RuntimeError("a turn keeps asking for what it was given")

    def _supplied(self, known: Known, need: Need) -> Known:
        numbers = [fact.number for fact in self.facts if isinstance(fact, CaseOpened)]
        match need:
            case NeedCaseNumber():
                prefix, year = self.release.content.case_prefix, self.now.year
                return replace(known, case_number=f"{prefix}-{year}-{len(numbers) + 1:06}")
            case NeedRequestNumber():
                asked = sum(isinstance(fact, RightUsed) for fact in self.facts)
                prefix, year = self.release.content.case_prefix, self.now.year
                return replace(known, request_number=f"{prefix}-D-{year}-{asked + 1:06}")
            case NeedMyRecord():
                record = MyRecord(self.channel.value, "", self.now)
                return replace(known, my_record=record)
            case NeedMyData():
                return replace(known, my_data=MyData(self.now, (), (), ()))
            case NeedStaffCode():
                return replace(known, staff_code=False)
            case NeedAnswers(response):
                given = {
                    fact.question: fact.value
                    for fact in self.facts
                    if isinstance(fact, AnswerGiven) and fact.response == response
                }
                answers = {**known.answers, response: tuple(given.items())}
                return replace(known, answers=answers)
            case NeedCase(number):
                return replace(known, case_owner=number in numbers)
            case NeedCaseStatus(number):
                return replace(known, case_status=self._stands(number) or False)
            case NeedMeasures():
                return replace(known, measures=())
            case NeedWeek():
                return replace(known, week=False)

            case NeedPeople():
                return replace(known, people=People(any=False, now=False))
            case NeedHandover():
                return replace(known, handover=())
            case NeedTakeOver():
                return replace(known, holder=False)

    def _stands(self, number: str) -> CaseStatus | None:
        for fact in self.facts:
            if isinstance(fact, CaseOpened) and fact.number == number:
                due_at = fact.due.at if fact.due is not None else None
                area, now = fact.area, self.now
                return CaseStatus(number, fact.kind, area, now, "open", now, due_at)
        return None
