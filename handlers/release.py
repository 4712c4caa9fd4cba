"""One release of everything that a turn is answered from: content, wording and search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.content import Content
from handlers.search.index import SearchIndex
from handlers.wording import Wording

DEFAULT_LANGUAGE = "es-CL"


@dataclass(frozen=True, slots=True)
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
