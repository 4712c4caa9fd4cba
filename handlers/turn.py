"""Builds one turn: what is said, asked and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from handlers.facts.union import Fact
from handlers.messages import (
    MAX_TEXT,
    MAX_TEXT_WITH_OPTIONS,
    Channel,
    File,
    Incoming,
    Layout,
    Media,
    Option,
    Reply,
    Text,
    Waits,
    most_options,
    room_taken,
    shortened,
    units,
)
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.state import Awaits, Conversation, Known, Prompt, Turn
from handlers.text.folding import fold
from handlers.text.markup import Block, Marked, Paragraph, plain
from handlers.understanding.context import ONE_ALBUM

PAGE = 7  # entries of a list's page: with more, back and cancel they fill a WhatsApp list
FOLLOW_UP_TIME = timedelta(minutes=10)  # how long further words join a comment or a case
# What they asked is told by nothing else.
_KEPT = (Awaits.OPTION, Awaits.CASE, Awaits.CASE_AREA, Awaits.MEASURE)
COUNTS = timedelta(days=30)  # in which a contact has one rating per area, and one invitation

E = TypeVar("E")


class TurnBuilder:
    """Collects one turn. ``body`` and ``question`` become one message, in this order."""

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
        # The time of writing, so that a message delivered late still counts as in time.
        self.at = min(now, incoming.sent_at)
        self.wording = release.wording(conversation.language or DEFAULT_LANGUAGE)
        # The pinned notice suspends ratings.
        self.ratings_stopped = known.pinned is not None and known.pinned.stops_ratings
        self.facts: list[Fact] = []
        self.body: list[str | Marked] = []
        self.question = ""
        self.options: tuple[Option, ...] = ()
        self.layout = Layout.BUTTONS
        self.about = ""
        self.subject = ""
        self.html = ""
        self.private = False
        self.files: list[tuple[File, str]] = []
        self.file: File | None = None  # sent with the message
        self.misses = 0
        self.unconfirmed = ""
        self.told = ""
        self.waits = _waits(incoming)

    # Saying

    def speak(self, language: str) -> None:
        """Switch to ``language``, for later turns too: it was chosen."""
        self.update(language=language, language_noticed="")
        self.wording = self.release.wording(language)

    def follow(self, language: str) -> None:
        """Switch to the language that was written in, until another is written or chosen."""
        returns = language == DEFAULT_LANGUAGE
        noticed = self.state.language_noticed if returns else language
        self.update(language="" if returns else language, language_noticed=noticed)
        self.wording = self.release.wording(language)

    def say(self, key: str, **values: str | int) -> None:
        """Add the sentence ``key`` to the message."""
        self.body.append(self.wording.say(key, **values))

    def show(self, *blocks: Block) -> None:
        """Add marked-up text to the message."""
        self.body.append(blocks)

    def has_said(self, words: str) -> bool:
        """Whether the message contains these words already."""
        return any(words in (one if isinstance(one, str) else plain(one)) for one in self._parts)

    def text(self, key: str, **values: str | int) -> str:
        """The sentence ``key``, without saying it."""
        return self.wording.say(key, **values)

    def option(self, name: str, key: str = "") -> Option:
        """The wording's option ``name``; ``key``: if it carries a value."""
        option = self.wording.options[name]
        return replace(option, key=key) if key else option

    def options_named(self, *names: str) -> list[Option]:
        """The wording's options of these names."""
        return list(map(self.wording.options.__getitem__, names))

    def ask(
        self,
        question: str,
        options: Sequence[Option],
        awaits: Awaits = Awaits.OPTION,
        layout: Layout = Layout.BUTTONS,
        numbered: int = 0,
    ) -> None:
        """End the message with a question, which becomes the open one.

        The first ``numbered`` options are listed in the text as 1), 2) …, and a number chooses one.
        """
        self.question = question
        self.options = tuple(options)
        self.layout = layout
        kept = question if awaits in _KEPT else ""
        number = self.was.seq + 1
        since = self._asked_before(awaits)
        prompt = Prompt(number, self.now, awaits, self.options, numbered, kept, since)
        self.update(prompt=prompt)

    def _asked_before(self, awaits: Awaits) -> int:
        """The number of the reply that first asked the current question; 0 if it is new."""
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

    def attach(self, file: File, caption: str) -> None:
        """Send a file, in a message before this one."""
        self.files.append((file, caption))

    def missed(self) -> None:
        """Count this message as not understood."""
        self.misses = self.was.misses + 1

    def record(self, fact: Fact) -> None:
        """Record a fact."""
        self.facts.append(fact)

    # Reading

    @property
    def in_album(self) -> bool:
        """Whether this is a further photo, without caption, of several sent together."""
        last, body = self.was.media_at, self.incoming.body
        if last is None or not isinstance(body, Media) or body.caption.strip():
            return False
        return self.at - last < ONE_ALBUM

    @property
    def text_in(self) -> str:
        """What the citizen wrote; "" if it was not text."""
        body = self.incoming.body
        return body.text if isinstance(body, Text) else ""

    def offers(self, *keys: str) -> bool:
        """Whether the open question has an option with one of these keys."""
        return self.state.prompt is not None and self.state.prompt.offers(*keys)

    def page(self, entries: Sequence[E], page: int) -> tuple[Sequence[E], int, bool]:
        """A page of the entries, its number, and whether there are others.

        The page after the last is the first. The web page gets all entries at once, as it can fold
        and filter them.
        """
        size = len(entries) if self.incoming.sender.channel is Channel.WEB else PAGE
        pages = max(1, -(-len(entries) // max(size, 1)))
        page %= pages
        return entries[page * size : (page + 1) * size], page, pages > 1

    def date(self, at: datetime, zone: ZoneInfo | None = None) -> str:
        """A date in words, in the municipality's zone."""
        local = at.astimezone(zone or self.release.content.zone)
        return self.wording.date(local)

    @property
    def length(self) -> int:
        """The length of the message so far, in units."""
        return room_taken(*_together(self._parts))

    # Building

    def build(self) -> Turn:
        """The finished turn: at most one message besides files, none if nothing was said."""
        now = {"misses": self.misses, "unconfirmed": self.unconfirmed, "told": self.told}
        if any(getattr(self.state, name) != value for name, value in now.items()):
            self.update(**now)
        if not self.body and not self.question:
            return Turn(self.state, (), tuple(self.facts))
        files = self._file_replies() if self.files else []
        number = self.was.seq + 1 + len(files)
        if files:
            self._number_prompt(number)
        options = self.options[: most_options(self.incoming.sender.channel)]
        text, blocks = _together(self._parts)
        length = room_taken(text, blocks)
        if blocks and options and length > MAX_TEXT_WITH_OPTIONS:
            options = ()  # options that must be typed are better than a text that is cut
        limit = MAX_TEXT_WITH_OPTIONS if options or self.file else MAX_TEXT
        if (
            length > limit and self.incoming.sender.channel is not Channel.MAIL
        ):  # which has no limit
            text, blocks = self._shortened(text, limit)
        reply = Reply(
            number=number,
            text=text,
            options=options,
            layout=self.layout,
            closes=self._closes(),
            about=self.about,
            subject=self.subject,
            html=self.html,
            private=self.private,
            blocks=blocks,
            numbered=self._numbers_shown(),
            file=self.file,
            waits=self.waits,
        )
        state = replace(self.state, seq=number)
        return Turn(state, (*files, reply), tuple(self.facts))

    def _file_replies(self) -> list[Reply]:
        # Announced by the message that follows, whose announcement covers the files too.
        waits = Waits.QUIETLY if self.waits is Waits.ANNOUNCED else self.waits
        return [
            Reply(number, caption, about=self.about, private=True, file=file, waits=waits)
            for number, (file, caption) in enumerate(self.files, self.was.seq + 1)
        ]

    def _number_prompt(self, number: int) -> None:
        """Number the prompt by the last reply, which asks it, after those with files."""
        prompt = self.state.prompt
        if prompt is not None and prompt.number == self.was.seq + 1:
            self.update(prompt=replace(prompt, number=number))

    @property
    def _parts(self) -> list[str | Marked]:
        return [*self.body, self.question] if self.question else list(self.body)

    def _shortened(self, text: str, limit: int) -> tuple[str, tuple[Block, ...]]:
        """The text, cut to the limit in its longest part, without markup."""
        parts = [part if isinstance(part, str) else plain(part) for part in self._parts]
        longest = max(range(len(parts)), key=lambda place: len(parts[place]))
        room = units(parts[longest]) - (units(text) - limit)
        parts[longest] = shortened(parts[longest], max(room, 1))
        return "\n\n".join(parts), ()

    def _numbers_shown(self) -> int:
        prompt = self.state.prompt
        if self.layout is not Layout.LIST or prompt is None or prompt.options != self.options:
            return 0
        return prompt.numbered

    def _closes(self) -> int:
        """The number of the earlier reply whose buttons are void now; 0 if none."""
        earlier, current = self.was.prompt, self.state.prompt
        if earlier is None or not earlier.options:
            return 0
        return earlier.number if current is None or current.number != earlier.number else 0


def named_option(key: str, label: str) -> Option:
    """An option labelled with a name."""
    return Option(key, label, (fold(label),))


def _waits(incoming: Incoming) -> Waits:
    """How the reply waits: what others caused is kept, but in a mail nothing has to wait."""
    sender = incoming.sender
    kept = not sender.address and sender.channel is not Channel.MAIL
    return Waits.ANNOUNCED if kept else Waits.NEVER


def _together(parts: list[str | Marked]) -> tuple[str, tuple[Block, ...]]:
    """The parts of a message as one text, and as blocks if any part has markup."""
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) == len(parts):
        return "\n\n".join(texts), ()
    blocks: list[Block] = []
    for part in parts:
        blocks += [Paragraph(part)] if isinstance(part, str) else part
    return plain(blocks), tuple(blocks)
