"""A citizen's chat with the pure core: what is typed goes in, texts and facts come out.

The conversation is stored and read back between any two messages, as the service does.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from msgspec import structs

from handlers.conversation import step
from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.facts.handovers import HandoverOpened, HandoverSaid
from handlers.facts.own_data import (
    ConsentGiven,
    ConsentWithdrawn,
    DataErased,
    Right,
    RightLifted,
    RightUsed,
)
from handlers.facts.responses import AnswerGiven, AnswerWithdrawn, ResponseOpened
from handlers.facts.union import Fact
from handlers.handover import Holder, People
from handlers.measures.opening import brief
from handlers.measures.steps import GRADES
from handlers.messages import (
    Body,
    Channel,
    Incoming,
    Media,
    MediaFile,
    MediaKind,
    Press,
    Reply,
    Sender,
    Start,
    Text,
)
from handlers.needs import Need, complete_turn, supply
from handlers.own_record import MyData, MyRecord, StoredAnswer, StoredResponse
from handlers.release import Release
from handlers.staff_chat.cases import CaseBrief
from handlers.staff_chat.measures import IndicatorBrief, MeasureBrief
from handlers.state import (
    Answered,
    CaseStatus,
    Conversation,
    Known,
    Pinned,
    Quoted,
    RoundBrief,
    Staff,
    Turn,
    WeekNews,
)
from handlers.stored_state import from_bytes, to_bytes
from tests.handlers.limits import within_limits

MONDAY = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)  # 10:00 in La Serena

F = TypeVar("F", bound=Fact)


@dataclass
class Chat:
    """One contact's conversation, with a clock of its own."""

    release: Release
    channel: Channel = Channel.TELEGRAM
    now: datetime = MONDAY
    stored: bytes = field(default_factory=lambda: to_bytes(Conversation()))
    replies: list[Reply] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    last: list[Fact] = field(default_factory=list)
    staff: Staff | None = None
    rounds: tuple[RoundBrief, ...] = ()  # that the staff member is asked
    measures: tuple[MeasureBrief, ...] = ()  # that the staff member may do something with
    measure_areas: tuple[str, ...] = ()  # of which the staff member may open measures
    indicators: tuple[IndicatorBrief, ...] = (brief(GRADES),)  # that one can be judged by
    week: WeekNews | bool = False  # what the staff member is told of the week
    codes: dict[str, Staff] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)  # number → status
    read: set[str] = field(default_factory=set)  # cases that staff have read
    to_answer: tuple[CaseBrief, ...] = ()  # cases that wait for the staff member
    undoable: dict[str, int] = field(default_factory=dict)  # notes of answers not gone yet, by case
    not_theirs: set[str] = field(default_factory=set)  # cases that this member may not answer
    answered: dict[str, Answered] = field(default_factory=dict)  # and no word since
    language: str | None = None
    turns: int = 0
    people: People = field(default_factory=lambda: People(any=False, now=False))  # in the chat
    holders: dict[int, Holder] = field(default_factory=dict)  # by conversation with a person
    pinned: Pinned | None = None  # above every reply
    mails: bool = False  # mail goes out from here
    cases_of_others: int = 0  # filed before; numbers go on from there
    requests_of_others: int = 0

    def in_spanish(self) -> Chat:
        """Choose Spanish: it is answered in it whatever language is written in."""
        chosen = structs.replace(self.state, language="es-CL")
        self.stored = to_bytes(chosen)
        return self

    def says(self, text: str, *, quotes: Reply | None = None) -> str:
        """Type ``text``; the text of the answer comes back ("" for none)."""
        return self.hear(Text(text), quotes)

    def complains(self, words: str) -> str:
        """File a complaint in one message, leave out what is asked besides, and confirm it."""
        self.says(f"reclamo: {words}")
        if self.offers("skip"):
            self.says("saltar")
        return self.says("sí")

    def presses(self, label: str, *, under: Reply | None = None) -> str:
        """Press the button called ``label`` under the last message (or an older one)."""
        reply = under or self.reply
        option = next(option for option in reply.options if option.label == label)
        return self.hear(Press(option.key, reply.number))

    def opens(self, token: str = "") -> str:
        """Open the chat, perhaps through a desk's code."""
        return self.hear(Start(token))

    def sends(self, kind: MediaKind, caption: str = "") -> str:
        """Send something that is no text."""
        return self.hear(Media(kind, caption))

    def sends_file(self, kind: MediaKind, caption: str = "", *, size: int = 1_000) -> str:
        """Send a file that can be fetched."""
        return self.hear(Media(kind, caption, MediaFile(f"file-{self.turns}", size)))

    def waits(self, **time: float) -> None:
        """Let time pass, as ``timedelta`` counts it."""
        self.now += timedelta(**time)

    def hear(self, body: Body, quotes: Reply | None = None) -> str:
        """One turn of any kind."""
        self.turns += 1
        self.now += timedelta(seconds=5)
        incoming = Incoming(
            id=str(self.turns),
            sender=Sender(self.channel, "test", "citizen"),
            body=body,
            sent_at=self.now,
            language=self.language,
        )
        known = Known(
            new_id=1000 + self.turns,
            staff=self.staff,
            pinned=self.pinned,
            quoted=Quoted(quotes.number, quotes.about) if quotes else None,
            mails=self.mails,
        )
        turn = self._answered(incoming, known)
        *files, last = turn.replies or (None,)
        assert all(one is not None and one.file is not None for one in files)
        shows = last is not None and last.file is not None and last.file.spare
        assert last is None or last.file is None or shows, (
            "one compact message a turn, besides files"
        )
        self.stored = to_bytes(turn.conversation)
        assert from_bytes(self.stored) == turn.conversation, "stored and read back, the same"
        self.last = list(turn.facts)
        self.facts.extend(turn.facts)
        for fact in turn.facts:
            if isinstance(fact, CaseOpened):
                self.cases[fact.number] = "open"
        self.replies.extend(turn.replies)
        for reply in turn.replies:
            assert within_limits(reply, self.channel) == [], reply
        return last.text if last is not None else ""

    def copy(self) -> Chat:
        """The same citizen at the same moment, to be led another way."""
        twin = copy(self)
        for name in ("replies", "facts", "last", "codes", "cases"):
            setattr(twin, name, copy(getattr(self, name)))
        return twin

    def _answered(self, incoming: Incoming, known: Known) -> Turn:
        def take(known: Known) -> Turn | Need:
            return step(from_bytes(self.stored), incoming, known, self.release, self.now)

        return complete_turn(take, known, partial(supply, source=_Stored(self)))

    def _requests(self) -> list[tuple[str, str, str, datetime]]:
        return [
            (f.number, f.right.value, "granted" if f.done else "open", f.due)
            for f in self.recorded(RightUsed)
        ]

    def _flag(self, on: type[Fact], off: type[Fact]) -> bool:
        """Whether the first kind of fact came last."""
        last = next((f for f in reversed(self.facts) if isinstance(f, on | off)), None)
        return isinstance(last, on)

    def _blocked(self) -> bool:
        blocks = [
            f
            for f in self.facts
            if isinstance(f, RightLifted | RightUsed) and f.right is Right.BLOCK
        ]
        return bool(blocks) and isinstance(blocks[-1], RightUsed)

    @property
    def reply(self) -> Reply:
        """The last message."""
        return self.replies[-1]

    def offers(self, key: str) -> bool:
        """Whether the last message has an option of that key."""
        return any(option.key == key for option in self.reply.options)

    @property
    def labels(self) -> list[str]:
        """What the last message offers."""
        return [option.label for option in self.reply.options]

    @property
    def state(self) -> Conversation:
        """The stored conversation."""
        return from_bytes(self.stored)

    def recorded(self, kind: type[F]) -> Sequence[F]:
        """Every fact of ``kind`` so far."""
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def answers(self) -> dict[tuple[int, str], str]:
        """The answers on record, by response and question, as storage would hold them."""
        found: dict[tuple[int, str], str] = {}
        for fact in self.facts:
            match fact:
                case AnswerGiven():
                    found[fact.response, fact.question] = fact.value
                case AnswerWithdrawn():
                    found.pop((fact.response, fact.question), None)
                case DataErased():
                    found = {key: value for key, value in found.items() if key[1] == "grade"}
                case _:
                    pass
        return found

    def record(self) -> dict[str, str]:
        """The same by question only, for chats with one response."""
        return {question: value for (_, question), value in self.answers().items()}

    def case_texts(self, number: str) -> list[str]:
        """What a person reads of a case."""
        texts = [f.text for f in self.recorded(CaseOpened) if f.number == number]
        return texts + [f.text for f in self.recorded(CaseExtended) if f.number == number]


@dataclass(frozen=True, slots=True)
class _Stored:
    """What storage would hold of a chat."""

    chat: Chat

    def case_number(self) -> str:
        return f"LS-2026-{self.chat.cases_of_others + len(self.chat.cases) + 1:06}"

    def request_number(self) -> str:
        number = self.chat.requests_of_others + len(self.chat.recorded(RightUsed)) + 1
        return f"LS-D-2026-{number:06}"

    def my_data(self) -> MyData:
        responses = [f for f in self.chat.recorded(ResponseOpened) if f.questionnaire == "atencion"]
        values = self.chat.answers()
        return MyData(
            MONDAY,
            tuple(
                (f.subject.area, values.get((f.response, "grade"), ""), MONDAY) for f in responses
            ),
            tuple(
                (f.subject.area, values[f.response, question])
                for f in responses
                for question in ("words", "best")
                if (f.response, question) in values
            ),
            tuple(self.chat.cases.items()),
            tuple(self.chat._requests()),
            told=self.chat._flag(ConsentGiven, ConsentWithdrawn),
            blocked=self.chat._blocked(),
        )

    def my_record(self) -> MyRecord:
        return MyRecord(
            self.chat.channel.value,
            "citizen",
            MONDAY,
            tuple(
                StoredResponse(
                    f.questionnaire,
                    f.version,
                    f.subject,
                    self.chat.channel.value,
                    False,
                    MONDAY,
                    "",
                    tuple(
                        StoredAnswer(question, "text", value, MONDAY)
                        for (response, question), value in self.chat.answers().items()
                        if response == f.response
                    ),
                )
                for f in self.chat.recorded(ResponseOpened)
            ),
        )

    def answers(self, response: int) -> tuple[tuple[str, str], ...]:
        found = self.chat.answers()
        return tuple((question, value) for (id, question), value in found.items() if id == response)

    def staff_code(self, code: str) -> Staff | None:
        return self.chat.codes.pop(code, None)

    def case_is_open(self, number: str) -> bool:
        return self.chat.cases.get(number, "closed") != "closed"

    def may_answer(self, number: str, _: int) -> bool:
        return number not in self.chat.not_theirs

    def may_note(self, number: str, _: int) -> bool:
        return number not in self.chat.not_theirs

    def undoable(self, number: str, _: int) -> int:
        return self.chat.undoable.get(number, 0)

    def open_cases(self, _: int) -> tuple[CaseBrief, ...]:
        return tuple(structs.replace(case, words="") for case in self.chat.to_answer)

    def case_words(self, number: str, _: int) -> CaseBrief | None:
        return next((case for case in self.chat.to_answer if case.number == number), None)

    def last_answer(self, number: str) -> Answered | None:
        return self.chat.answered.get(number)

    def case_status(self, number: str) -> CaseStatus | None:
        for fact in self.chat.recorded(CaseOpened):
            if fact.number == number:
                due_at = fact.due.at if fact.due is not None else None
                status = self.chat.cases[number]
                return CaseStatus(
                    number,
                    fact.kind,
                    fact.area,
                    MONDAY,
                    status,
                    MONDAY,
                    due_at,
                    number in self.chat.read,
                )
        return None

    def measures(self, staff: int) -> tuple[MeasureBrief, ...]:
        assert self.chat.staff is not None
        assert staff == self.chat.staff.id
        return self.chat.measures

    def measure_areas(self, staff: int) -> tuple[str, ...]:
        assert self.chat.staff is not None
        assert staff == self.chat.staff.id
        return self.chat.measure_areas

    def indicators(self, area: str) -> tuple[IndicatorBrief, ...]:
        assert area in self.chat.measure_areas
        return self.chat.indicators

    def rounds(self, staff: int) -> tuple[RoundBrief, ...]:
        assert self.chat.staff is not None
        assert staff == self.chat.staff.id
        return self.chat.rounds

    def week(self, staff: int) -> WeekNews | bool:
        assert self.chat.staff is not None
        assert staff == self.chat.staff.id
        return self.chat.week

    def people(self, _: str) -> People:
        return self.chat.people

    def handover(self, id: int) -> tuple[str, ...]:
        told = [f for f in self.chat.recorded(HandoverOpened) if f.id == id and f.text]
        more = [f for f in self.chat.recorded(HandoverSaid) if f.id == id]
        return (*(f.text for f in told), *(f.text for f in more))

    def take_over(self, id: int, _: int) -> Holder | None:
        return self.chat.holders.get(id)
