"""Templates of the pages: everything is escaped, and a name that is missing is an error."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.reports.words.figure_words import unbroken

_CODE = re.compile(r"\b[A-Z]{1,4}-(?:[A-Z]-)?\d{4}-\d{3,}\b", re.ASCII)


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
    environment.filters["codes"] = with_codes
    return environment


def as_beginning(text: str) -> str:
    """``text`` as a sentence begins; unlike ``capitalize`` it leaves "WhatsApp" and "DOM" whole."""
    return text[:1].upper() + text[1:]


def with_codes(text: str) -> Markup:
    """``text`` with each number such as M-2026-001 kept on one line; copied text is unchanged."""
    return Markup(_CODE.sub(r'<span class="nowrap">\g<0></span>', str(escape(text))))
