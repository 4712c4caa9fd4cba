"""The words of every language that is spoken here, together and ready to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handlers.content.language import Language
from handlers.content.lexicon.corrections import (
    CorrectionPatterns,
    CorrectionWords,
    SaidBeforeWords,
)
from handlers.content.lexicon.grades import GradeWords
from handlers.content.lexicon.numbers import NumberWords
from handlers.facts.cases import CaseKind
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.patterns import as_written, begun_by, either_of, folded_words
from handlers.text.personal import PERSONAL, NameWords, PersonalWords
from handlers.text.phrases import PhraseIndex, Span, sound, spelling
from handlers.text.replacing import replacement_patterns
from handlers.text.slips import heard_as

MIDDLING = 4  # the grade that "regular" or a face in doubt suggests
BEST = 7  # what "excelente" or "bacán" suggests


class LanguageWords:
    """How a language that is wished for is named, in folded texts."""

    def __init__(self, spoken: Sequence[Language]) -> None:
        tables = [language.languages for language in spoken]

        def named(key: str) -> re.Pattern[str]:
            return re.compile(
                rf"\b(?:{begun_by({w for one in tables for w in getattr(one, key)})})\b"
            )

        self.spanish, self.not_spoken = named("spanish"), named("not_spoken")
        self.unwritten = named("unwritten")
        self.others = {"ht": named("creole"), "en": named("english")}


class DeskWords(NamedTuple):
    """What a desk's code is found by, folded."""

    cues: frozenset[str]
    between: frozenset[str]  # a cue and the code
    round: frozenset[str]  # a code without a cue


class Lexicon:
    """What is recognised, whichever language a citizen writes in. Built once a release."""

    def __init__(self, languages: Iterable[Language]) -> None:
        spoken = tuple(languages)
        self._read_grades(spoken)
        self._read_corrections(spoken)
        self._read_moods_and_acts(spoken)
        self._read_places_and_dates(spoken)
        self._read_names(spoken)
        self._read_dangers(spoken)
        self._read_phrases(spoken)
        self.languages = LanguageWords(spoken)

    def _read_grades(self, spoken: Sequence[Language]) -> None:
        numbers = [language.numbers for language in spoken]
        self.number = NumberWords(spoken)
        self.grade = GradeWords(spoken, self.number)
        self.between_numbers = folded_words(
            text for n in numbers for text in (n.joining, n.between)
        )
        joining = (f" {word} " for word in folded_words(n.joining for n in numbers))
        self.choices_apart = re.compile("|".join(["[,;\n]", *joining]))
        self.after_wish = folded_words(language.grades.after_wish for language in spoken)
        self.vague_grades = {
            fold(word) or word: grade
            for language in spoken
            for table in (language.vague.words, language.vague.signs)
            for grade, words in table.items()
            for word in words
        }
        # Characters, such as 🙄, that alone suggest a grade below the middling one.
        self.frowns = frozenset(
            sign for sign, grade in self.vague_grades.items() if len(sign) == 1 and grade < MIDDLING
        )
        self.around_vague = folded_words(language.vague.around for language in spoken)

    def _read_corrections(self, spoken: Sequence[Language]) -> None:
        self.said_before = SaidBeforeWords(spoken)
        self.corrections = tuple(CorrectionWords(language.corrections) for language in spoken)
        self.corrects = CorrectionPatterns(self.corrections)
        self.was = folded_words(w for language in spoken for w in language.corrections.was)
        self.never = folded_words(w for language in spoken for w in language.corrections.never)
        self.instead = folded_words(w for language in spoken for w in language.corrections.instead)
        self.extreme_grades = {
            phrase: grade
            for phrase, grade in self.vague_grades.items()
            if any(words.extreme.search(phrase) for words in self.corrections)
        }
        self.in_extremes = frozenset(max(p.split(), key=len) for p in self.extreme_grades)

    def _read_moods_and_acts(self, spoken: Sequence[Language]) -> None:
        moods = [language.moods for language in spoken]
        self.praise = folded_words(m.praise for m in moods)
        self.blame = folded_words(m.blame for m in moods)
        self.negators = folded_words(m.negators for m in moods)
        self.contrast = folded_words(m.contrast for m in moods)
        self.just = frozenset(tuple(fold(p).split()) for m in moods for p in m.just.split(","))
        self.just_not_after = folded_words(m.just_not_after for m in moods)
        acts = [language.acts for language in spoken]
        self.before_not_ended = _phrases(text for a in acts for text in a.before_not_ended)
        self.after_not_ended = _phrases(text for a in acts for text in a.after_not_ended)
        self.breaks = as_written(word for a in acts for word in a.breaks.split())
        self.break_ = re.compile(rf"\b(?:{self.breaks})\b", re.IGNORECASE)
        self.round_wish = _sounds(a.round_wish for a in acts)
        self.replacing = tuple(
            one for a in acts for one in replacement_patterns(a.replaces, a.words)
        )
        self.reason_names = folded_words(a.words.get("motivo", "") for a in acts)
        self.behind_meant = folded_words(a.behind_meant for a in acts)
        self.case_wishes = {
            kind: _sounds(a.case_wishes.get(kind, "") for a in acts) for kind in CaseKind
        }
        self.case_nouns = frozenset[str]().union(*self.case_wishes.values())
        self.complaint_labels = _sounds(a.complaint_label for a in acts)
        self.complaint_label = _label(
            folded_words(a.complaint_label for a in acts), r"\s*[:.\-–]\s*(\S.{5,})"
        )

    def _read_places_and_dates(self, spoken: Sequence[Language]) -> None:
        places = [language.places for language in spoken]
        self.place_names = {fold(word): found for p in places for word, found in p.names.items()}
        self.place_fillers = folded_words(p.fillers for p in places)
        self.place_pointing = folded_words(p.pointing for p in places)
        self.place_anywhere = folded_words(p.anywhere for p in places)
        self.place_unnamed = folded_words(p.unnamed for p in places)
        self.offices = folded_words(p.offices for p in places)
        self.corner_leads = folded_words(p.corner_leads for p in places)
        self.no_street = folded_words(p.no_street for p in places)
        self.place_describing = folded_words(p.describing for p in places)
        acts = [language.acts for language in spoken]
        self.desk = DeskWords(
            folded_words(a.desk_cues for a in acts),
            folded_words(a.between_desk for a in acts),
            folded_words(a.round_desk for a in acts),
        )
        self.after_somewhere = folded_words(a.after_somewhere for a in acts)
        mark = as_written(word for a in acts for word in a.house_marks.split())
        counted = as_written(word for a in acts for word in a.after_count.split())
        self.house_number = re.compile(
            rf"(?:[^\W\d_]+['’])?[^\W\d_]{{3,}}\s+(?:(?:{mark})[°º]?\s*)?\d{{2,5}}\b(?!\s*(?:{counted})\b)",
            re.IGNORECASE,
        )
        dates = [language.dates for language in spoken]
        self.days_ago = {fold(w): days for d in dates for w, days in d.days_ago.items()}
        named = ((at, names) for d in dates for at, names in enumerate(d.weekdays))
        self.weekdays = {name: at for at, names in named for name in fold(names).split()}
        self.periods = {fold(w): days for d in dates for w, days in d.periods.items()}
        self.months = tuple(
            folded_words(d.months[month] for d in dates if d.months) for month in range(12)
        )
        self.date = _date(folded_words(d.joining for d in dates))

    def _read_names(self, spoken: Sequence[Language]) -> None:
        names = [language.names for language in spoken]
        self.names = NameWords(
            folded_words(n.given for n in names),
            folded_words(n.surnames for n in names),
            folded_words(n.not_names for n in names),
            folded_words(n.words for n in names),
            folded_words(n.everyday for n in names),
            frozenset(self.number.values) | folded_words(n.dictated for n in names),
            PersonalWords(
                {
                    k: tuple(w for language in spoken for w in language.personal.get(k, ()))
                    for k in PERSONAL
                }
            ),
        )

    def _read_dangers(self, spoken: Sequence[Language]) -> None:
        self._dangers = sorted({act for language in spoken for act in language.dangers.words})
        self._danger_words: dict[str, PhraseIndex] = {}
        for language in spoken:
            index = self._danger_words.setdefault(language.code, PhraseIndex())
            for act, words in language.dangers.words.items():
                index.add(((self._dangers.index(act), word) for word in words.split()), {})

    def _read_phrases(self, spoken: Sequence[Language]) -> None:
        self._kinds = tuple(PhraseKind)
        self._phrases = PhraseIndex((), {})
        self._heard_phrases = PhraseIndex((), {})
        for language in spoken:
            acts, by_sound = language.acts, language.acts.by_sound.split()
            for rank, kind in enumerate(self._kinds):
                said = [(rank, phrase) for phrase in getattr(acts, kind.value)]
                if kind.value in by_sound:
                    self._heard_phrases.add(said, acts.words, sound)
                else:
                    self._phrases.add(said, acts.words, spelling)
        self._heard_words = self._heard_phrases.long_words

    def dangers_named(self, text: str, language: str = "") -> set[str]:
        """The acts of danger that any word of the text is proper to.

        ``language``: the only one whose words count; "" for all. "Mi" is a wall in Creole.
        """
        words = sound(text)
        known = self._danger_words
        indexes = [known[language]] if language in known else known.values()
        return {self._dangers[rank] for index in indexes for rank, _, _ in index.find(words)}

    def said(self, words: Sequence[str]) -> dict[PhraseKind, list[Span]]:
        """What phrases say in ``words`` (as ``spelling`` gives them), and where."""
        found: dict[PhraseKind, list[Span]] = {}
        heard = self._heard_phrases.find(heard_as(words, self._heard_words))
        for rank, start, end in (*self._phrases.find(words), *heard):
            found.setdefault(self._kinds[rank], []).append((start, end))
        return found


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(spelling, texts))


def _sounds(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in sound(text))


def _date(joining: Iterable[str]) -> re.Pattern[str]:
    apart = rf"(?:\s*[-/.]\s*|\s+(?:{either_of(joining)})\s+|\s+)"
    return re.compile(rf"(\d{{1,2}}){apart}(\w{{1,10}})(?:{apart}(\d{{4}}))?")


def _label(words: Iterable[str], rest: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either_of(words)}){rest}", re.IGNORECASE | re.DOTALL)
