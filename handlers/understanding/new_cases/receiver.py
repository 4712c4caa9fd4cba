"""Whom a case that is being told is to go to, said among other words or not known."""

from __future__ import annotations

import re

from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_by_name
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import SetCaseArea
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said

_WORD = re.compile(r"\w+")
_MOST_NAMING = 5  # words of an area's name
_FEWEST_TOLD = 3  # words that tell something beside it
_JOINS = re.compile(r"[\s,.;:]+(?:[yeYE]|and|ak|epi)?[\s,.;:]*$")


def receiver_named(context: Context) -> SetCaseArea | None:
    """ "Falta que me gritó, y que lo reciba vivienda": the area, and what is told beside it."""
    filing, said = context.state.filing, context.said
    if filing is None or not filing.words or "?" in context.text:
        return None
    written = [found.span() for found in _WORD.finditer(context.text)]
    for start, end in said.spans(PhraseKind.NAMES_RECEIVER):
        named = _named_at(context, end)
        if named is None or len(written) != len(said.words):
            continue
        area, ends = named
        before = context.text[: written[start][0]]
        behind = context.text[written[ends - 1][1] :]
        told = (_told(context, before), _told(context, behind))
        return SetCaseArea(area, ", ".join(filter(None, told)))
    return None


def area_doubted(context: Context) -> Act | None:
    """ "No sé de qué área es", "cambiar área", where a case is summed up: it is asked."""
    return Act.CHOOSE_CASE_AREA if context.offers("case-area") else None


def _named_at(context: Context, at: int) -> tuple[str, int] | None:
    """The area whose name begins there, and where that ends."""
    words = context.said.words
    for end in range(min(len(words), at + _MOST_NAMING), at, -1):
        area = area_by_name(context, " ".join(words[at:end]))
        if area is not None:
            return area.id, end
    return None


def _told(context: Context, text: str) -> str:
    """What a side of it tells, without the no that it begins with."""
    text = _JOINS.sub("", text.strip(" ,.;:"))
    first, *others = PARTS.split(text, maxsplit=1)
    if others and set(Said(first, context.lexicon).words) <= context.lexicon.negators:
        text = others[0].strip()
    return text if len(text.split()) >= _FEWEST_TOLD else ""
