"""One turn in the making: what is being said, asked and established, until it is a Turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from handlers.errors import OpinaError
from handlers.facts import Fact
from handlers.messages import Incoming, Layout, Option, Reply
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.state import Awaits, Conversation, Known, Need, Prompt, Turn
from handlers.text import fold

FRESH = timedelta(minutes=30)  # how long a bare number counts for the open question
JOINING = timedelta(minutes=10)  # how long words that follow join a comment or a case
COUNTS = timedelta(days=30)  # one response a contact and area, one invitation a contact


class Needed(OpinaError):
    """This turn needs more than was loaded; ``step`` hands the need to its caller."""

    def __init__(self, need: Need) -> None:
        super().__init__(type(need).__name__)
        self.need = need


class Talk:
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

    # What is said

    def say(self, key: str, **values: str | int) -> None:
        """Add the sentence ``key`` to the message."""
        self.body.append(self.wording.say(key, **values))

    def text(self, key: str, **values: str | int) -> str:
        """The sentence ``key``, without saying it."""
        return self.wording.say(key, **values)

    def option(self, key: str, label: str = "") -> Option:
        """The option ``key`` under its usual label, or under the label named ``label``."""
        text = self.wording.label(label or key)
        return Option(key, text, (fold(text),))

    def ask(
        self,
        question: str,
        options: Sequence[Option],
        awaits: Awaits = Awaits.OPTION,
        layout: Layout = Layout.BUTTONS,
    ) -> None:
        """End the message with a question that stays open."""
        self.question = question
        self.options = tuple(options)
        self.layout = layout
        prompt = Prompt(self.was.seq + 1, self.now, awaits, self.options)
        self.update(prompt=prompt)

    def number(self, count: int) -> None:
        """The first ``count`` options stand in the text as 1), 2) …: a number chooses them."""
        if self.state.prompt is not None:
            self.update(prompt=replace(self.state.prompt, numbered=count))

    def update(self, **changes: object) -> None:
        """Change the conversation's state."""
        self.state = replace(self.state, **changes)

    def establish(self, fact: Fact) -> None:
        """Add a fact to what is stored."""
        self.facts.append(fact)

    def need(self, need: Need) -> Needed:
        """To be raised: the turn starts again with the need answered in ``known``."""
        return Needed(need)

    # What is known

    @property
    def fresh(self) -> bool:
        """Whether the open question was asked lately or is the one that is quoted."""
        prompt = self.state.prompt
        if prompt is None:
            return False
        if self.known.quoted is not None:
            return self.known.quoted.number == prompt.number
        return self.at - prompt.asked_at <= FRESH

    def date(self, at: datetime, zone: ZoneInfo | None = None) -> str:
        """A date in words, in the municipality's zone."""
        local = at.astimezone(zone or self.release.content.zone)
        month = self.wording.say(f"month-{local.month}")
        return self.wording.say("date", day=local.day, month=month, year=local.year)

    # What comes of it

    def turn(self) -> Turn:
        """The finished turn. At most one message; none where nothing was said."""
        if not self.body and not self.question:
            return Turn(self.state, (), tuple(self.facts))
        number = self.was.seq + 1
        text = "\n\n".join([*self.body, self.question] if self.question else self.body)
        reply = Reply(
            number=number,
            text=text,
            options=self.options,
            layout=self.layout,
            closes=self._closes(),
            about=self.about,
            subject=self.subject,
            html=self.html,
        )
        state = replace(self.state, seq=number)
        return Turn(state, (reply,), tuple(self.facts))

    def _closes(self) -> int:
        """The earlier message whose buttons no longer do anything, if any."""
        earlier, current = self.was.prompt, self.state.prompt
        if earlier is None or not earlier.options:
            return 0
        return earlier.number if current is None or current.number != earlier.number else 0
