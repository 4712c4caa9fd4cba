"""How what was said before is spoken of, and put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handlers.content.language import Language
from handlers.content.said_before import Corrections
from handlers.text.folding import fold
from handlers.text.patterns import begun_by, either_of, folded_words


class SaidBeforeWords:
    """How what was said or shown before is spoken of, in folded texts."""

    def __init__(self, spoken: Sequence[Language]) -> None:
        self._tables = [language.said_before for language in spoken]
        self._read_of_ratings()
        self._read_of_shown()
        self._read_answers()
        self._read_questions()

    def _read_of_ratings(self) -> None:
        """Grades and comments that were given."""
        either, words = self._either, self._words
        self.names_grade = re.compile(rf"\b(?:{either('names_grade')})\b")
        own = rf"(?!(?:{either('but', 'going_on')})\b)"  # of the same part
        self.leaves_grade = re.compile(
            rf"\b(?:{either('marks')})\b(?: {own}\w+){{0,2}} {own}(?:{either('stays')})\b"
            rf"|\b(?:{either('keeping')})\b(?: {own}\w+){{0,2}} (?:{either('marks')})\b"
            rf"|\b(?:{either('leaves_grade')})\b"
        )
        self.adds_by = frozenset(self._texts("adds_by"))
        self.puts_right_by = frozenset(self._texts("puts_right_by"))
        self.nobody = words("nobody")
        self.counts = words("counts")

    def _read_of_shown(self) -> None:
        """What was shown, and what is meant instead of it."""
        either, words = self._either, self._words
        self.points_at_shown = re.compile(
            rf"(?:(?:{either('before_this')}) )?(?:{either('this')}) (?:{either('after_this')})\b"
        )
        self.such_case = re.compile(rf"\b(?:{either('such_case')})\b")
        self.ors = words("ors")
        self.tags = re.compile(either("tags"))
        self.means = re.compile(rf"(?:\w+ )?(?:{either('means')}) ")
        self.meant_behind = re.compile(rf" (?:{either('meant_behind')})$")
        self.going_on = words("going_on")
        self.narrows = words("narrows")
        self.opens = re.compile(rf"(?:(?:{either('opens')})\b ?)+")
        beside = either_of(self.going_on | words("opens"))
        self.another = re.compile(rf"(?:(?:{beside}) )*(?:{either('another')}) ")

    def _read_answers(self) -> None:
        """Whether what was shown helped."""
        either = self._either
        self.yes = re.compile(rf"(?:{either('yes')})\b")
        self.round_choice = self._words("round_choice")
        self.in_turn = self._words("in_turn")
        self.none_of = self._words("none_of")
        self.but = re.compile(rf"\b(?:{either('but')})\b")
        self.rethinks = re.compile(either("rethinks"))
        self.answered_before = re.compile(rf"\b(?:{either('answered_before')})\b")
        self.turns = re.compile(rf"\b(?:{either('but', 'rethinks')})\b")
        self.not_so = re.compile(rf"(?:{either('not_so')})\b")
        self.not_bad = re.compile(rf"(?:{either('not_bad')})\b")
        self.nothing_more = re.compile(rf"\b(?:{either('nothing_more')})\b")
        self.not_only = re.compile(rf"(?:{either('not_only')}) ")
        self.useless = re.compile(rf"(?:{either('useless')})\b")
        self.behind_useless = self._words("behind_useless")

    def _read_questions(self) -> None:
        """Questions, calls, and what leads to them."""
        either, hail = self._either, either_of(self._words("beside_announced"))
        self.leads = re.compile(rf"(?:(?:{either('leads', 'inquires')})\b ?)+")
        self.inquires = re.compile(rf"\b(?:{either('inquires')}) ?$")
        self.inquires_for = re.compile(rf"\b(?:{either('inquires')}) (?=\w)")
        self.interrogates = re.compile(rf"(?:{either('interrogatives')})\b")
        self.costed = re.compile(
            rf"\b(?:{either('costs')}) (?:(?:{either('before_costed')}) )+(\w+)"
        )
        self.calls = re.compile(rf"(?:(?:{hail}) )*(?:{either('calls')})(?: (?:{hail}))*")
        self.other_wish = re.compile(rf"(?:(?:{hail}) )*(?:{either('other_wish')})(?: (?:{hail}))*")
        self.announced = re.compile(rf"(?:(?:{hail}) )*(?:{either('announced')})(?: (?:{hail}))*")

    def _texts(self, *keys: str) -> set[str]:
        """What the tables have under these keys, folded."""
        texts = (getattr(table, key) for table in self._tables for key in keys)
        return {
            fold(text) for held in texts for text in ([held] if isinstance(held, str) else held)
        }

    def _either(self, *keys: str) -> str:
        return either_of(self._texts(*keys))

    def _words(self, key: str) -> frozenset[str]:
        return folded_words(self._texts(key))


class CorrectionWords:
    """How one language denies or keeps what was noted, in folded texts.

    A language's words go only with its own: "pa" is "to" in Spanish, and denies in Creole.
    """

    def __init__(self, corrections: Corrections) -> None:
        def either(*keys: str) -> str:
            return begun_by({word for key in keys for word in getattr(corrections, key)})

        no, behind, to = either("denies"), either("denies_behind"), either("to")
        visited, beside = either("visited"), either("was", "to", "the", "articles")
        self.denied = re.compile(
            rf"\b(?:{no}) (?:(?:{either('was', 'to')})\b)?\s?\w+"
            rf".*\b(?:{either('was', 'instead')})\b"
            rf"|\b(?:{visited})\b.*\b(?:{no}|{behind})\b"
            rf"|\b(?:{either('goes')}) (?:{to})\b.*\b(?:{no}) (?:{either('to', 'the')})\b"
        )
        self.what_is_denied = re.compile(
            rf"\b(?:{no})(?: (?:{no}))* (?:(?:{beside}) )*\w+"
            rf"|(?P<meant>\b(?:{visited})\b.*?)\b(?:{behind}) (?:(?:{beside}) )*\w+"
        )
        self.taken_up = re.compile(
            rf"(?:(?:{either('takes_up')}) )+(?=(?:{either('after_taking_up')})\b)"
        )
        self.meant_elsewhere = re.compile(
            rf"(?:{either('exclaims')})\b(?: \w+){{0,3}} (?:{either('speaks_of')}) (?:{to})"
            r"(?: \w+){1,2}"
        )
        self.of_another = re.compile(rf"\b(?:{either('visited', 'speaks_of', 'mistook')})\b")
        self.compares = re.compile(rf"\b(?:{either('compares')})\b")
        self.was_another = re.compile(rf"(?:{either('was_another')}) \w+(?: \w+){{1,2}}")
        self.kept = re.compile(rf"\b(?:{either('keeps')})\b(?: \w+){{1,5}}$")
        self.not_given = re.compile(
            rf"\b(?:{either('denies', 'never')})(?: (?:{either('giving')}))*$"
        )
        self.affirms = folded_words([corrections.affirms])
        self.beside_affirming = folded_words([corrections.beside_affirming])
        self.extreme = re.compile(rf"\b(?:{either('extreme')})\b")


class CorrectionPatterns:
    """What says that something was not as noted, in whichever language: in folded texts."""

    def __init__(self, spoken: Sequence[CorrectionWords]) -> None:
        def any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
            return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns) or "(?!)")

        self.denied = any_of(language.denied for language in spoken)
        self.meant_elsewhere = any_of(language.meant_elsewhere for language in spoken)
        self.was_another = any_of(language.was_another for language in spoken)
        self.kept = any_of(language.kept for language in spoken)
        self.not_given = any_of(language.not_given for language in spoken)
