"""Whom a case that is being told is to go to, said among other words or not known."""

from __future__ import annotations

import re

from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_alone, area_by_name, area_mentioned
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import SetCaseArea
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said

_WORD = re.compile(r"\w+")
_MOST_NAMING = 5  # words of an area's name
_MOST_LEADING = 2  # words of "yo digo" before it
_MOST_DENYING = 9  # words of "¿juzgado? eso no, yo digo obras"
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


def receiver_denied(context: Context) -> SetCaseArea | None:
    """ "No, patentes", "¿juzgado? eso no, yo digo obras", where it is said who gets the case."""
    said, negators = context.said, context.lexicon.negators
    if not context.offers("case-area") or len(said.words) > _MOST_DENYING:
        return None
    if negators.isdisjoint(said.words) or not said.parts:
        return None
    if not {PhraseKind.TELLS_WHERE, PhraseKind.AT_PLACE}.isdisjoint(said.kinds):
        return None  # "no, cerca de obras"
    first = said.parts[0] if len(said.parts) > 1 and "?" not in said.text else ""
    if first and area_mentioned(context, first) is not None:
        return None  # "es de aseo, no de mascotas"
    words = Said(said.parts[-1], context.lexicon).words
    last = max((at for at, word in enumerate(words) if word in negators), default=-1)
    begins = range(last + 1, min(len(words), last + 2 + _MOST_LEADING))
    named = (area_alone(context, " ".join(words[at:])) for at in begins)
    area = next(filter(None, named), "")
    return SetCaseArea(area) if area else None


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
