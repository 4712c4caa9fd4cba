"""One release of everything that a turn is answered from: content, wording and search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from handlers.content.model import Area, Content
from handlers.content.outline import Outline
from handlers.content.wording import Wording
from handlers.search.index import SearchIndex
from handlers.text.folding import fold

DEFAULT_LANGUAGE = "es-CL"


@dataclass(frozen=True, eq=False)
class Release:
    """Immutable; a new release replaces the whole."""

    content: Content
    wordings: Mapping[str, Wording]  # by language; holds at least DEFAULT_LANGUAGE
    index: SearchIndex

    def wording(self, language: str) -> Wording:
        """The wording of ``language``, or the default's where there is none."""
        return self.wordings.get(language) or self.wordings[DEFAULT_LANGUAGE]

    def area_name(self, area: str) -> str:
        """What citizens call the area; its id if it is no longer in the content."""
        found = self.content.area_by_id.get(area)
        return found.short_name if found else area

    @cached_property
    def outlines(self) -> dict[tuple[str, int], Outline]:
        """Every version of every questionnaire, prepared for asking."""
        return {(q.id, q.version): Outline(q) for q in self.content.questionnaires}

    @cached_property
    def newest_outlines(self) -> dict[str, Outline]:
        """The newest version of every questionnaire."""
        newest = self.content.newest
        return {name: self.outlines[name, newest[name].version] for name in newest}

    @cached_property
    def areas_by_name(self) -> tuple[Area, ...]:
        """The areas in alphabetical order of what citizens call them."""
        return tuple(sorted(self.content.areas, key=lambda area: fold(area.short_name)))

    @cached_property
    def area_by_folded_name(self) -> dict[str, Area]:
        """The area that a folded text names: by its short name, its name or its id."""
        return {
            fold(name): area
            for area in self.content.areas
            for name in (area.id, area.name, area.short_name)
        }

    @cached_property
    def area_by_word(self) -> dict[str, Area]:
        """Words of short names that are long and stand in one area's only: "tesoreria"."""
        found: dict[str, list[Area]] = {}
        for area in self.content.areas:
            for word in set(fold(area.short_name).split()):
                found.setdefault(word, []).append(area)
        long_enough = {word: areas for word, areas in found.items() if len(word) >= 6}
        return {word: areas[0] for word, areas in long_enough.items() if len(areas) == 1}

    @cached_property
    def commands(self) -> dict[str, str]:
        """Every word that commands something in any language; the default language's come first."""
        found: dict[str, str] = {}
        for wording in (self.wordings[DEFAULT_LANGUAGE], *self.wordings.values()):
            for word, command in wording.commands.items():
                found.setdefault(word, command)
        return found
