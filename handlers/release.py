"""A release: content, wording and search index, from which turns are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from handlers.content.cards import render_card, render_short
from handlers.content.lexicon.lexicon import Lexicon
from handlers.content.model import Area, Content, Service
from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.content.questionnaires.outline import Outline
from handlers.content.wording import Wording
from handlers.listening.listener import Listener
from handlers.search.index import SearchIndex
from handlers.state import Conversation, Progress
from handlers.text.folding import fold
from handlers.text.markup import Marked
from handlers.text.phrases import PhraseIndex, sound, sound_of_word
from handlers.text.turn_cache import Cache

DEFAULT_LANGUAGE = "es-CL"


class OpenQuestion(NamedTuple):
    """The open question of a questionnaire in progress."""

    progress: Progress
    outline: Outline
    question: Question

    @property
    def grades_area(self) -> bool:
        """Whether it asks for the grade of an area."""
        return self.outline.rates_area and self.question.kind is QuestionKind.GRADE


MOST_VAGUE_WORDS = 7
_SHORTEST_WORD = 5  # letters of a word that alone means an area
_SHORTEST_NAME = 4  # characters of a name that is recognised within a sentence
_SHORTEST_HEARD = 7  # letters of a word that is recognised by sound
_INITIALS = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,}\b")
_STARS_SHOWN = "\u2b50\u2605\U0001f31f\u2728"  # all kinds of filled stars
_STARS = {1: 1, 2: 3, 3: 4, 4: 6, 5: 7}


class AreaNames:
    """Areas by their names and what else they are called, all folded."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = areas
        self._called = PhraseIndex(
            (
                (rank, phrase)
                for rank, area in enumerate(areas)
                for phrases in area.called.values()
                for phrase in phrases
            ),
            {},
        )
        self.spoken: dict[str, Area] = {}  # by short name and by name
        self.written: dict[str, Area] = {}  # also by id; ids such as "atencion" are everyday words
        self.beginnings = {""}  # all prefixes of spoken names
        owners: dict[str, set[str]] = {}  # for each word, the areas with it in their names
        for area in areas:
            self.written[fold(area.id)] = area
            for name in (fold(area.name), fold(area.short_name)):
                self.spoken[name] = self.written[name] = area
                self.beginnings.update([name[:end] for end in range(1, len(name) + 1)])
                for word in name.split():
                    owners.setdefault(word, set()).add(area.id)
        self.words = [(frozenset(name.split()), area) for name, area in self.written.items()]
        # Long words of short names that occur in one area's names only, such as "tesoreria", and
        # the initials of names: "DOM".
        self.by_word = {
            word: area
            for area in areas
            for word in fold(area.short_name).split()
            if len(word) >= _SHORTEST_WORD or word in _initials(area)
            if len(owners[word]) == 1
        }
        self._by_form = _with_singulars(self.by_word)  # "el cementerio"
        sounds = {sound_of_word(word): area for word, area in self.by_word.items()}
        self._by_sound = _with_singulars(sounds)  # "biblioteka"
        self._spoken_by_word: dict[str, list[tuple[list[str], Area]]] = {}  # by its first word
        for name, area in self.spoken.items():
            words = name.split()
            if len(name) >= _SHORTEST_NAME:
                self._spoken_by_word.setdefault(words[0], []).append((words, area))

    def of_word(self, word: str) -> Area | None:
        """The area that a folded word alone names, by spelling or by sound."""
        area = self._by_form.get(word)
        if area is None and len(word) >= _SHORTEST_HEARD:
            return self._by_sound.get(sound_of_word(word))
        return area

    def spoken_at(self, words: Sequence[str], at: int) -> Iterator[Area]:
        """The areas whose whole names begin at that place of folded words."""
        for name, area in self._spoken_by_word.get(words[at], ()):
            if words[at : at + len(name)] == name:
                yield area

    def called(self, text: str) -> tuple[str, ...]:
        """The ids of the areas, rarely several, that the longest phrase in ``text`` describes."""
        longest: dict[str, int] = {}
        for rank, start, end in self._called.find(sound(text)):
            id_ = self._areas[rank].id
            longest[id_] = max(end - start, longest.get(id_, 0))
        return tuple(id_ for id_, size in longest.items() if size == max(longest.values()))


def _with_singulars(areas: Mapping[str, Area]) -> dict[str, Area]:
    """The mapping, extended by each word without its final "s"."""
    return {word.removesuffix("s"): area for word, area in areas.items()} | dict(areas)


def _initials(area: Area) -> set[str]:
    return {fold(found) for found in _INITIALS.findall(area.short_name)}


@dataclass(frozen=True, eq=False)
class Release:
    """One immutable release; publishing makes a new one."""

    content: Content
    wordings: Mapping[str, Wording]  # by language; has at least DEFAULT_LANGUAGE
    index: SearchIndex
    lexicon: Lexicon
    listener: Listener
    area_names: AreaNames
    card_by_name: Mapping[str, str]  # the id of every service by its full name, folded
    panel: str = ""  # base URL of the panel, for links to staff; empty: unknown

    def vague_grade(self, text: str) -> int:
        """The grade suggested by words without a number, to be confirmed; 0: none."""
        folded = fold(text)
        if folded in self.lexicon.vague_grades:
            return self.lexicon.vague_grades[folded]
        words = folded.split()
        if not words:
            return _grade_of_signs(text, self.lexicon.vague_grades)
        if len(words) > MOST_VAGUE_WORDS:
            return 0
        if _is_denied(words, self.lexicon):
            return 0
        left = " ".join(word for word in words if word not in self.lexicon.around_vague)
        return self.lexicon.vague_grades.get(left, 0)

    def wording(self, language: str) -> Wording:
        """The wording of ``language``, or the default one."""
        return self.wordings.get(language) or self.wordings[DEFAULT_LANGUAGE]

    def area_name(self, area: str) -> str:
        """The area's short name; its id if the content no longer has it."""
        found = self.content.area_by_id.get(area)
        return found.short_name if found else area

    def is_sensitive(self, area: str) -> bool:
        """Whether the area's words are for restricted roles; also if the content lacks the area."""
        found = self.content.area_by_id.get(area)
        return bool(area) and (found is None or found.sensitive)

    def card_name(self, card: str) -> str:
        """A card's name as an option; "" if it must not be named or does not exist."""
        content = self.content
        institution = content.institution_by_id.get(card)
        if institution is not None:
            return "" if institution.catch_all else institution.short_name
        found = content.service_by_id.get(card) or content.area_by_id.get(card)
        return found.short_name if found else ""

    def area_of_card(self, card: str) -> str:
        """The area of a service's id, or the area itself; "" for anything else."""
        service = self.content.service_by_id.get(card)
        if service is not None:
            return service.area
        return card if card in self.content.area_by_id else ""

    def outline(self, questionnaire: str, version: int) -> Outline:
        """The outline of a questionnaire's version, or of its newest one if that is unknown."""
        found = self.outlines.get((questionnaire, version))
        return found or self.newest_outlines[questionnaire]

    def service_card(self, service: Service, language: str, *, short: bool) -> Marked:
        """The card of a service, whole or short; rendered once per release."""
        key = (service.id, language, short)
        if key not in self._cards:
            render = render_short if short else render_card
            self._cards[key] = render(service, self.content, self.wording(language))
        return self._cards[key]

    @cached_property
    def _cards(self) -> dict[tuple[str, str, bool], Marked]:
        return {}

    def open_question(self, conversation: Conversation) -> OpenQuestion | None:
        """The open question of a questionnaire in progress, if there is one."""
        progress = conversation.progress
        if progress is None:
            return None
        outline = self.outline(progress.questionnaire, progress.version)
        return OpenQuestion(progress, outline, outline.question(progress.question))

    @cached_property
    def caches_of_texts(self) -> tuple[Cache, ...]:
        """The caches that hold citizens' messages."""
        return *self.listener.caches_of_texts, *self.index.caches_of_texts

    @cached_property
    def outlines(self) -> dict[tuple[str, int], Outline]:
        """The outlines of all versions of all questionnaires."""
        return {(q.id, q.version): Outline(q) for q in self.content.questionnaires}

    @cached_property
    def newest_outlines(self) -> dict[str, Outline]:
        """The outline of each questionnaire's newest version."""
        newest = self.content.newest
        return {name: self.outlines[name, newest[name].version] for name in newest}

    @cached_property
    def areas_in_order(self) -> tuple[Area, ...]:
        """The areas in the order of lists: the most used first, the others alphabetically."""
        places = {area: place for place, area in enumerate(self.content.most_used)}

        def order(area: Area) -> tuple[int, str]:
            return places.get(area.id, len(places)), fold(area.short_name)

        return tuple(sorted(self.content.areas, key=order))

    @cached_property
    def commands(self) -> dict[str, dict[str, str]]:
        """All command words, by language: its own come before those of other languages."""
        found: dict[str, str] = {}
        for wording in (self.wordings[DEFAULT_LANGUAGE], *self.wordings.values()):
            for word, command in wording.commands.items():
                found.setdefault(word, command)
        return {name: {**found, **self.wordings[name].commands} for name in self.wordings}


def _is_denied(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the words contain a negation; "no más" is none."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(word in lexicon.negators and after != "mas" for word, after in pairs)


def _grade_of_signs(text: str, grade_words: Mapping[str, int]) -> int:
    """The grade that stars and faces suggest; 0 if they disagree or are unknown."""
    stars = sum(text.count(star) for star in _STARS_SHOWN)
    if stars:
        return _STARS.get(stars, 7 if stars > 5 else 0)
    found = {grade_words[sign] for sign in text if sign in grade_words}
    return found.pop() if len(found) == 1 else 0
