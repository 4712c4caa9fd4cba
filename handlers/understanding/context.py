"""What recognisers read: one incoming beside the conversation that it comes into."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property

from handlers.content.lexicon import Lexicon
from handlers.listening.listener import Heard
from handlers.messages import Incoming, Media, Text
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.search.ranking import Ranking, Verdict
from handlers.state import Conversation, Known
from handlers.text.folding import fold
from handlers.understanding.reading.grades import Grade, read_grade
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import without_not_ended

RECENT = timedelta(minutes=30)  # how long a bare number counts for the open question
_LONGER_THAN_A_GRADE = 6  # characters of "cuatro"


class Context:
    """Read-only. What takes time is worked out when a recogniser asks for it, and once."""

    def __init__(
        self,
        incoming: Incoming,
        state: Conversation,
        known: Known,
        release: Release,
        now: datetime,
    ) -> None:
        body = incoming.body
        self.text = body.text if isinstance(body, Text) else ""
        if isinstance(body, Media):
            self.text = body.caption
        self.state = state
        self.known = known
        self.release = release
        self.at = min(now, incoming.sent_at)  # what a platform delivered late was still in time
        self.folded = fold(self.text)
        self.said = Said(self.text, release.lexicon)
        self.open = release.open_question(state)
        self._rankings: dict[str, Ranking] = {}

    @cached_property
    def command(self) -> str | None:
        """What the text commands, if it is one of the words that command."""
        return self.command_of(self.folded)

    @cached_property
    def heard(self) -> Heard:
        """The acts that the text holds."""
        return self.release.listener.hear(self.text)

    @cached_property
    def grade(self) -> Grade | None:
        """The grade or other number that is given as one."""
        return read_grade(self.text, self.lexicon)

    @cached_property
    def answer(self) -> str:
        """The text without "it has not ended yet", where that may stand beside a grade."""
        left = self._without_not_ended
        return self.text if left is None else left

    @property
    def says_not_ended(self) -> bool:
        """Whether the procedure that is rated is said not to have ended."""
        return self._without_not_ended is not None

    @cached_property
    def _without_not_ended(self) -> str | None:
        graded = self.open is not None and self.open.grades_area
        if not graded or len(self.text) <= _LONGER_THAN_A_GRADE:
            return None
        return without_not_ended(self.text, self.lexicon)

    @property
    def ranking(self) -> Ranking:
        """What the search finds for the text."""
        return self.rank(self.text)

    @property
    def lexicon(self) -> Lexicon:
        """The words of every language that is spoken here."""
        return self.release.lexicon

    @property
    def quoted_case(self) -> str:
        """The case whose message is quoted, or ""."""
        quoted = self.known.quoted
        return quoted.about if quoted is not None else ""

    @cached_property
    def prompt_is_recent(self) -> bool:
        """Whether the open question was asked lately or is the one that is quoted."""
        prompt = self.state.prompt
        if prompt is None:
            return False
        if self.known.quoted is not None:
            return self.known.quoted.number == prompt.number
        return self.at - prompt.asked_at <= RECENT

    def offers(self, key: str) -> bool:
        """Whether the open question has an option of this key."""
        return self.state.prompt is not None and self.state.prompt.offers(key)

    def command_of(self, folded: str) -> str | None:
        """What a word commands: in the citizen's language, else in any that is spoken here."""
        return self.release.commands_in(self.state.language or DEFAULT_LANGUAGE).get(folded)

    def rank(self, text: str) -> Ranking:
        """What the search finds for a part of the text, or for what was said before."""
        if text not in self._rankings:
            self._rankings[text] = self.release.index.rank(text)
        return self._rankings[text]

    def is_question(self) -> bool:
        """Rather something to look up than an answer that was written in another way."""
        if self.said.asks:
            return True
        return len(self.folded.split()) >= 3 and self.ranking.verdict is Verdict.SURE
