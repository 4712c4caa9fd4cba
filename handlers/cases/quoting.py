"""Quotes a citizen's own words back to them, so that what they sent last can always be seen."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.messages import shortened, units

MAX_SHOWN = 600  # characters that fit into a message with its question and options
_MOST_OF_LAST = 400  # of these, for the last message where not all can be shown
_BETWEEN = " · "


def in_one_line(messages: Iterable[str], room: int = MAX_SHOWN) -> str:
    """The messages on one line, separated by dots; what was said first is cut, not the last."""
    *before, last = [" ".join(message.split()) for message in messages] or [""]
    whole = _BETWEEN.join((*before, last))
    if units(whole) <= room or not before:
        return shortened(whole, room)
    last = shortened(last, min(_MOST_OF_LAST, room))
    return shortened(_BETWEEN.join(before), room - units(_BETWEEN + last)) + _BETWEEN + last
