"""Lightly marked-up text as a closed structure, which each channel renders in its way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import assert_never

from msgspec import Struct


class Title(Struct, frozen=True, omit_defaults=True, tag="title"):
    """A title, in bold on its own line."""

    text: str


class Paragraph(Struct, frozen=True, omit_defaults=True, tag="line"):
    """A paragraph, which may have line breaks. ``quiet``: less prominent than the rest."""

    text: str
    quiet: bool = False


class Labelled(Struct, frozen=True, omit_defaults=True, tag="labelled"):
    """A label and its value: "Dónde: Prat 451"."""

    label: str
    text: str


class Items(Struct, frozen=True, omit_defaults=True, tag="items"):
    """A list with its label, one item per line. ``numbered``: the order matters."""

    label: str
    items: tuple[str, ...]
    numbered: bool = False


class Link(Struct, frozen=True, omit_defaults=True, tag="link"):
    """What a link leads to, and its address, which is always shown."""

    label: str
    address: str


class Alert(Struct, frozen=True, omit_defaults=True, tag="alert"):
    """Something urgent. ``phones``: the numbers in ``text`` that can be called."""

    label: str
    text: str
    phones: tuple[str, ...] = ()


Block = Title | Paragraph | Labelled | Items | Link | Alert
Marked = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a channel without elements of its own writes a block. Each function is given plain text;
    ``str`` leaves it alone.

    ``link`` writes an address that can be followed.
    """

    words: Callable[[str], str] = str
    bold: Callable[[str], str] = str
    quiet: Callable[[str], str] = str
    link: Callable[[str], str] = str
    bullet: str = "• "


PLAIN = Style()
_SHORT = (Title, Labelled, Link)  # stand together, line under line


def plain(blocks: Sequence[Block]) -> str:
    """The text without marks: for terminals, logs, mail and anything else that knows no marks."""
    return rendered(blocks, PLAIN)


def rendered(blocks: Sequence[Block], style: Style) -> str:
    """The blocks as one text. An empty line sets apart what is no single line."""
    write = _written_plain if style is PLAIN else partial(_render_block, style=style)
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            heads = isinstance(before, Title) and not isinstance(block, Items)
            short = isinstance(before, _SHORT) and isinstance(block, _SHORT)
            parts.append("\n" if heads or short else "\n\n")
        parts.append(write(block))
        before = block
    return "".join(parts)


def marks(blocks: Sequence[Block]) -> int:
    """How many pieces of the blocks may be bold: some platforms count the marks of each."""
    count = 0
    for block in blocks:
        if isinstance(block, Alert):
            count += 1 + len(split_at(block.text, block.phones)) // 2
        elif not isinstance(block, Paragraph):
            count += 1
    return count


def phones_in(text: str) -> tuple[str, ...]:
    """The short numbers in a text, as emergency services have them: 133, 1455, *4141."""
    return tuple(dict.fromkeys(_PHONE.findall(text)))


def split_at(text: str, pieces: Sequence[str]) -> list[str]:
    """The text cut before and after each of the ``pieces``; every second part is one of them."""
    if not pieces:
        return [text]
    longest_first = sorted(pieces, key=len, reverse=True)
    one = "|".join(rf"(?<![\d*]){re.escape(piece)}(?!\d)" for piece in longest_first)
    return re.split(f"({one})", text)


_PHONE = re.compile(r"(?<![\d*])\*?\d{3,4}(?!\d)")


def _render_block(block: Block, style: Style) -> str:
    match block:
        case Title(text):
            return style.bold(text)
        case Paragraph(text, quiet):
            return style.quiet(text) if quiet else style.words(text)
        case Labelled(label, text):
            return f"{style.bold(label + ':')} {style.words(text)}"
        case Link(label, address):
            return f"{style.bold(label + ':')} {style.link(address)}"
        case Items(label, items, numbered):
            lines = [
                f"{f'{place}. ' if numbered else style.bullet}{style.words(item)}"
                for place, item in enumerate(items, 1)
            ]
            return "\n".join([style.bold(label + ":"), *lines])
        case Alert(label, text, phones):
            pieces = split_at(text, phones)
            words = [style.bold(p) if i % 2 else style.words(p) for i, p in enumerate(pieces)]
            return "\n".join([style.bold(label), "".join(words)])
    assert_never(block)


# Cards are shown over and over, whole or in part.
_written_plain = lru_cache(maxsize=1_024)(partial(_render_block, style=PLAIN))
