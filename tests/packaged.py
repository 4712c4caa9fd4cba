"""The packaged content, read once for all the tests of a process."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from bot.content.release import load_release
from handlers.listening.listener import Heard, Listener
from handlers.release import Release
from handlers.search.index import SearchIndex

_REMEMBERED = 20_000


class _Remembering(Listener):
    """Tests say the same thing over and over; what is heard depends on the text alone."""

    def __init__(self, listener: Listener) -> None:
        super().__init__(listener._model, listener.breaks)
        self._remembered = lru_cache(_REMEMBERED)(super().hear)

    def hear(self, text: str) -> Heard:
        return self._remembered(text)

    def forget(self) -> None:
        """What tests say is nobody's."""


class _StillKnown(SearchIndex):
    """The same of what is looked up."""

    def forget(self) -> None:
        """What tests look up is nobody's."""


@cache
def packaged() -> Release:
    """As the service answers from it. Where Hypothesis gives the arguments, a fixture cannot."""
    release = load_release()
    release.index._latest = lru_cache(_REMEMBERED)(release.index._ranked)
    release.index.__class__ = _StillKnown
    return replace(release, listener=_Remembering(release.listener))
