"""Templates of the pages: everything is escaped, and a name that is missing is an error."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.reports.words.figure_words import unbroken


def templates(folder: Path) -> Environment:
    """The templates of ``folder``; globals and filters are the caller's own."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["begin"] = as_beginning
    environment.filters["figures"] = unbroken
    return environment


def as_beginning(text: str) -> str:
    """``text`` as a sentence begins; unlike ``capitalize`` it leaves "WhatsApp" and "DOM" whole."""
    return text[:1].upper() + text[1:]
