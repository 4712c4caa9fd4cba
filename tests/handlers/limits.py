"""The limits of every channel, against which each reply of a test is held."""

from __future__ import annotations

from handlers.messages import (
    MAX_KEY_BYTES,
    MAX_ROW_LABEL,
    MAX_TEXT,
    MAX_TEXT_WITH_OPTIONS,
    Channel,
    Reply,
    most_options,
    room_taken,
)
from handlers.text.markup import plain


def within_limits(reply: Reply, channel: Channel = Channel.WHATSAPP) -> list[str]:
    """Every limit that ``reply`` breaks on the channel, in words; empty when it fits."""
    problems = []
    limit = MAX_TEXT_WITH_OPTIONS if reply.options or reply.file else MAX_TEXT
    length = room_taken(reply.text, reply.blocks)
    if not 1 <= length <= limit:
        problems.append(f"text has {length} characters, allowed 1 to {limit}")
    if len(reply.options) > most_options(channel):
        problems.append(f"{len(reply.options)} options, allowed {most_options(channel)}")
    for option in reply.options:
        if not 1 <= len(option.label) <= MAX_ROW_LABEL:
            problems.append(f"label {option.label!r} has {len(option.label)} characters")
        if not 1 <= len(option.key.encode()) <= MAX_KEY_BYTES:
            problems.append(f"key {option.key!r} is too long")
    if reply.blocks and plain(reply.blocks) != reply.text:
        problems.append("the blocks say something else than the text")
    labels = {option.label for option in reply.options}
    if len(labels) < len(reply.options):
        problems.append("two options have the same label")
    return problems
