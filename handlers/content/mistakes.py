"""Operators' mistakes as lines; a mistake repeated forty times makes one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.text.display import one_line

MISSING = "falta; agréguela"  # of a key; several missing keys of a table make one line
_NAMED = 2  # how many further places a line names
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake: its file and key, what is written there, and how to mend it."""

    file: str
    key: str
    text: str
    written: str = ""  # «obra»; mistakes of one kind may differ in it
    same: str = ""  # what mistakes of one kind share besides the text; default: the key's last part

    @property
    def place(self) -> str:
        return ": ".join(filter(None, (self.file, _short(self.key))))

    @property
    def line(self) -> str:
        said = f"{self.written} {self.text}" if self.written else self.text
        return one_line(": ".join(filter(None, (self.place, said))))

    @property
    def table(self) -> tuple[str, str]:
        """The table in which the key should be."""
        return self.file, self.key.rpartition(".")[0]

    @property
    def kind(self) -> tuple[str, str]:
        """Equal for mistakes that are probably one mistake repeated."""
        return self.text, self.same or self.key.rpartition(".")[2].partition("[")[0]


def lines(mistakes: Iterable[Mistake]) -> list[str]:
    """One line per kind of mistake, in the order of their places."""
    alike: dict[tuple[str, str], list[Mistake]] = {}
    found = sorted(set(mistakes))
    missing = Counter(mistake.table for mistake in found if mistake.text == MISSING)
    for mistake in found:
        empty = mistake.text == MISSING and missing[mistake.table] > _NAMED
        alike.setdefault(mistake.table if empty else mistake.kind, []).append(mistake)
    return [_line(group) for group in alike.values()]


def _line(group: list[Mistake]) -> str:
    first, *others = group
    if not others:
        return first.line
    places = list(dict.fromkeys(_place_beside(first, other) for other in others))
    named = [place for place in places if place != first.key][:_NAMED]
    if not named:
        return one_line(f"{first.line} ({len(group)} veces)")
    more = len(others) - len(named)
    also = ", ".join(named) + (f" y {more} más" if more else "")
    return one_line(f"{first.line} ({len(group)} veces: también {also})")


def _place_beside(first: Mistake, other: Mistake) -> str:
    return _short(other.key) if other.file == first.file and other.key else other.place


def _short(key: str) -> str:
    if len(key) <= _LONGEST_KEY:
        return key
    cut = key[: _LONGEST_KEY - 2]
    return f"{cut}…»" if cut.count("«") > cut.count("»") else f"{cut}…"
