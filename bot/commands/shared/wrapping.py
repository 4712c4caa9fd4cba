"""How commands print what people wrote: wrapped, indented, harmless to a terminal."""

from __future__ import annotations

import textwrap

from handlers.text.display import for_terminal

WIDTH = 78


def print_wrapped(text: str) -> None:
    """Print each paragraph of a text, indented by two."""
    for paragraph in for_terminal(text).split("\n"):
        print(textwrap.fill(paragraph, WIDTH, initial_indent="  ", subsequent_indent="  "))
