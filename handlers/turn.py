"""One turn in the making: what is said, asked and recorded, until it is a Turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from handlers.facts import Fact
from handlers.messages import (
    MAX_OPTIONS,
    MAX_TEXT,
    MAX_TEXT_WITH_OPTIONS,
    Channel,
    File,
    Incoming,
    Layout,
    Option,
    Reply,
    Text,
    shortened,
    units,
)
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.state import Awaits, Conversation, Known, Prompt, Turn
from handlers.text.folding import fold

FOLLOW_UP_TIME = timedelta(
    minutes=10
)  # how long words that follow are added to a comment or a case
COUNTS = timedelta(days=30)  # one response a contact and area, one invitation a contact


class TurnBuilder:
    """Collects one turn. ``body`` is said first, ``question`` last; together one message."""

    def __init__(
        self,
        conversation: Conversation,
        incoming: Incoming,
        known: Known,
        release: Release,
        now: datetime,
    ) -> None:
        self.was = conversation
        self.state = conversation
        self.incoming = incoming
        self.known = known
        self.release = release
        self.now = now
        # What the citizen wrote late because a platform delivered it late was still in time.
        self.at = min(now, incoming.sent_at)
        self.wording = release.wording(conversation.language or DEFAULT_LANGUAGE)
        self.facts: list[Fact] = []
        self.body: list[str] = []
        self.question = ""
        self.options: tuple[Option, ...] = ()
        self.layout = Layout.BUTTONS
        self.about = ""
        self.subject = ""
        self.html = ""
        self.private = False
        self.file: File | None = None
        self.misses = 0

    # What is said

    def say(self, key: str, **values: str | int) -> None:
        """Add the sentence ``key`` to the message."""
        self.body.append(self.wording.say(key, **values))

    def text(self, key: str, **values: str | int) -> str:
        """The sentence ``key``, without saying it."""
        return self.wording.say(key, **values)

    def option(self, name: str, key: str = "") -> Option:
        """The option ``name`` of the wording; with another key where it carries a value."""
        option = self.wording.options[name]
        return replace(option, key=key) if key else option

    def ask(
        self,
        question: str,
        options: Sequence[Option],
        awaits: Awaits = Awaits.OPTION,
        layout: Layout = Layout.BUTTONS,
        numbered: int = 0,
    ) -> None:
        """End the message with a question that stays open.

        The first ``numbered`` options stand in the text as 1), 2) …: a number chooses them.
        """
        self.question = question
        self.options = tuple(options)
        self.layout = layout
        kept = question if awaits is Awaits.OPTION else ""
        number = self.was.seq + 1
        since = self._asked_before(awaits)
        prompt = Prompt(number, self.now, awaits, self.options, numbered, kept, since)
        self.update(prompt=prompt)

    def _asked_before(self, awaits: Awaits) -> int:
        """The number under which what is asked now was asked first; 0: it is new."""
        earlier = self.was.prompt
        if earlier is None or (earlier.awaits, earlier.options) != (awaits, self.options):
            return 0
        before, ongoing = self.was.progress, self.state.progress
        if (before and (before.response, before.question)) != (
            ongoing and (ongoing.response, ongoing.question)
        ):
            return 0
        return earlier.since or earlier.number

    def update(self, **changes: object) -> None:
        """Change the conversation's state."""
        self.state = replace(self.state, **changes)

    def missed(self) -> None:
        """This message was not understood; the next time another way is taken."""
        self.misses = self.was.misses + 1

    def record(self, fact: Fact) -> None:
        """Add a fact to what is stored."""
        self.facts.append(fact)

    # What is known

    @property
    def text_in(self) -> str:
        """What the citizen wrote; "" where it was no text."""
        body = self.incoming.body
        return body.text if isinstance(body, Text) else ""

    def offers(self, key: str) -> bool:
        """Whether the open question has an option of this key."""
        return self.state.prompt is not None and self.state.prompt.offers(key)

    def date(self, at: datetime, zone: ZoneInfo | None = None) -> str:
        """A date in words, in the municipality's zone."""
        local = at.astimezone(zone or self.release.content.zone)
        month = self.wording.say(f"month-{local.month}")
        return self.wording.say("date", day=local.day, month=month, year=local.year)

    # What comes of it

    def build(self) -> Turn:
        """The finished turn. At most one message; none where nothing was said."""
        if self.state.misses != self.misses:
            self.update(misses=self.misses)
        if not self.body and not self.question:
            return Turn(self.state, (), tuple(self.facts))
        number = self.was.seq + 1
        reply = Reply(
            number=number,
            text=self._fitted(),
            options=self.options[:MAX_OPTIONS],
            layout=self.layout,
            closes=self._closes(),
            about=self.about,
            subject=self.subject,
            html=self.html,
            private=self.private,
            file=self.file,
        )
        state = replace(self.state, seq=number)
        return Turn(state, (reply,), tuple(self.facts))

    def _fitted(self) -> str:
        """The message within every channel's limits: its longest part gives way."""
        text = "\n\n".join([*self.body, self.question] if self.question else self.body)
        if self.incoming.sender.channel is Channel.MAIL:
            return text  # mail has no such limit
        limit = MAX_TEXT_WITH_OPTIONS if self.options or self.file else MAX_TEXT
        if 2 * len(text) <= limit or units(text) <= limit:
            return text
        parts = [*self.body, self.question] if self.question else list(self.body)
        longest = max(range(len(parts)), key=lambda place: len(parts[place]))
        room = units(parts[longest]) - (units(text) - limit)
        parts[longest] = shortened(parts[longest], max(room, 1))
        return "\n\n".join(parts)

    def _closes(self) -> int:
        """The earlier message whose buttons no longer do anything, if any."""
        earlier, current = self.was.prompt, self.state.prompt
        if earlier is None or not earlier.options:
            return 0
        return earlier.number if current is None or current.number != earlier.number else 0


def named(key: str, label: str) -> Option:
    """An option for something that has a name of its own."""
    return Option(key, label, (fold(label),))


def in_numbers(labels: Iterable[str]) -> str:
    """Labels as they stand in a text: "1) Sí 2) No"."""
    return " ".join(f"{number}) {label}" for number, label in enumerate(labels, 1))
