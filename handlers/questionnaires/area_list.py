"""The areas as a list to choose from, the most used first, page by page where there is no room."""

from __future__ import annotations

from handlers.messages import Layout, Option
from handlers.state import Awaits
from handlers.turn import TurnBuilder, named_option


def options_on_page(turn: TurnBuilder, mark: str, page: int) -> tuple[list[Option], int]:
    """The options of one page of areas, and its number; the last page leads to the first.

    ``mark``: what the options' keys begin with.
    """
    shown, page, has_more = turn.page(turn.release.areas_in_order, page)
    options = [named_option(f"{mark}:{area.id}", area.short_name) for area in shown]
    if has_more:
        options.append(turn.option("more"))
    return options, page


def ask_which(turn: TurnBuilder, page: int = 0) -> None:
    """Ask which area is to be rated; its name may be typed."""
    options, page = options_on_page(turn, "rate", page)
    turn.update(page=page, topic="")
    question = turn.text("choose-area-to-rate")
    numbered = listed_count(options, "rate")
    turn.ask(question, [*options, turn.option("cancel")], Awaits.AREA, Layout.LIST, numbered)


def listed_count(options: list[Option], mark: str) -> int:
    """How many of the options are areas: a number chooses one of these."""
    return sum(option.key.startswith(f"{mark}:") for option in options)
