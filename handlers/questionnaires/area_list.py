"""The areas as a list to choose from, page by page."""

from __future__ import annotations

from handlers.messages import Layout, Option
from handlers.state import Awaits
from handlers.turn import TurnBuilder, named

PAGE = 7  # areas on a page: with more, back and cancel they fill a WhatsApp list


def page_of(turn: TurnBuilder, mark: str, page: int) -> tuple[list[Option], int]:
    """One page of areas in alphabetical order, and its number; the last leads to the first."""
    areas = turn.release.areas_by_name
    pages = max(1, -(-len(areas) // PAGE))
    page %= pages
    shown = areas[page * PAGE : (page + 1) * PAGE]
    options = [named(f"{mark}:{area.id}", area.short_name) for area in shown]
    if pages > 1:
        options.append(turn.option("more"))
    return options, page


def ask_which(turn: TurnBuilder, page: int = 0) -> None:
    """Ask which area is to be rated; its name may be typed."""
    options, page = page_of(turn, "rate", page)
    shown = sum(option.key.startswith("rate:") for option in options)  # a number chooses one
    turn.update(page=page, topic="")
    question = turn.text("choose-area-to-rate")
    turn.ask(question, [*options, turn.option("cancel")], Awaits.AREA, Layout.LIST, shown)
