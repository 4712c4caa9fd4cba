"""A conversation with the core only, storing nothing, for evaluations and simulators."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from handlers.conversation import step
from handlers.facts.cases import CaseOpened
from handlers.facts.own_data import RightUsed
from handlers.facts.responses import AnswerGiven
from handlers.facts.union import Fact
from handlers.handover import People
from handlers.messages import Body, Channel, Incoming, Reply, Sender, Start, Text
from handlers.needs import complete_turn, supply
from handlers.own_record import MyData, MyRecord
from handlers.release import Release
from handlers.staff_chat.cases import CaseBrief
from handlers.staff_chat.measures import IndicatorBrief, MeasureBrief
from handlers.state import CaseStatus, Conversation, Known, RoundBrief, Turn

_A_MOMENT = timedelta(seconds=5)


@dataclass
class Rehearsal:
    """A conversation of one contact, whose needs are supplied from the facts so far."""

    release: Release
    now: datetime  # aware, UTC
    channel: Channel = Channel.TERMINAL
    state: Conversation = field(default_factory=Conversation)
    facts: list[Fact] = field(default_factory=list)
    reply: Reply | None = None  # to the last incoming
    replies: int = 0
    _turns: int = 0

    def say(self, text: str) -> Reply | None:
        """Type a message ("/start CODE" opens the chat at a desk); return the answer, if any."""
        if text.startswith("/start"):
            return self.hear(Start(text.removeprefix("/start").strip()))
        return self.hear(Text(text))

    def hear(self, body: Body) -> Reply | None:
        """Take an incoming of any kind; return the answer, if any."""
        self._turns += 1
        self.now += _A_MOMENT
        sender = Sender(self.channel, "rehearsal", "citizen")
        incoming = Incoming(str(self._turns), sender, body, self.now)
        turn = self._turn(incoming, Known(new_id=self._turns))
        self.state = turn.conversation
        self.facts += turn.facts
        self.reply = turn.replies[-1] if turn.replies else None
        self.replies += len(turn.replies)
        return self.reply

    def _turn(self, incoming: Incoming, known: Known) -> Turn:
        take = partial(step, self.state, incoming, release=self.release, now=self.now)
        source = _Recorded(self)
        return complete_turn(take, known, partial(supply, source=source))


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A ``needs.Source`` of the facts so far."""

    chat: Rehearsal

    def case_number(self) -> str:
        return f"{self._prefix}-{self._year}-{len(self._case_numbers()) + 1:06}"

    def request_number(self) -> str:
        asked = sum(isinstance(fact, RightUsed) for fact in self.chat.facts)
        return f"{self._prefix}-D-{self._year}-{asked + 1:06}"

    @property
    def _prefix(self) -> str:
        return self.chat.release.content.case_prefix

    @property
    def _year(self) -> int:
        return self.chat.now.astimezone(self.chat.release.content.zone).year

    def my_data(self) -> MyData:
        return MyData(self.chat.now, (), (), ())

    def my_record(self) -> MyRecord:
        return MyRecord(self.chat.channel.value, "", self.chat.now)

    def answers(self, response: int) -> tuple[tuple[str, str], ...]:
        given = {
            fact.question: fact.value
            for fact in self.chat.facts
            if isinstance(fact, AnswerGiven) and fact.response == response
        }
        return tuple(given.items())

    def staff_code(self, code: str) -> None:
        """Nobody of the staff talks here."""

    def case_is_open(self, number: str) -> bool:
        return number in self._case_numbers()

    def may_answer(self, _: str, __: int) -> bool:
        return False

    def may_note(self, _: str, __: int) -> bool:
        return False

    def undoable(self, _: str, __: int) -> int:
        return 0

    def open_cases(self, _: int) -> tuple[CaseBrief, ...]:
        return ()

    def case_words(self, _: str, __: int) -> None:
        """Nobody of staff speaks here."""

    def last_answer(self, number: str) -> None:
        """Nobody answers here."""

    def case_status(self, number: str) -> CaseStatus | None:
        for fact in self.chat.facts:
            if isinstance(fact, CaseOpened) and fact.number == number:
                due_at = fact.due.at if fact.due is not None else None
                area, now = fact.area, self.chat.now
                return CaseStatus(number, fact.kind, area, now, "open", now, due_at)
        return None

    def measures(self, _: int) -> tuple[MeasureBrief, ...]:
        return ()

    def measure_areas(self, _: int) -> tuple[str, ...]:
        return ()

    def indicators(self, _: str) -> tuple[IndicatorBrief, ...]:
        return ()

    def rounds(self, _: int) -> tuple[RoundBrief, ...]:
        return ()

    def week(self, _: int) -> bool:
        """Nobody of the staff talks here."""
        return False

    def people(self, _: str) -> People:
        return People(any=False, now=False)

    def handover(self, _: int) -> tuple[str, ...]:
        return ()

    def take_over(self, id: int, staff: int) -> None:
        """Nobody of the staff talks here."""

    def _case_numbers(self) -> list[str]:
        return [fact.number for fact in self.chat.facts if isinstance(fact, CaseOpened)]
