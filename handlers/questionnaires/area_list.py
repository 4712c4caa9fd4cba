"""The areas as a list to choose from, the most used first, in pages if necessary."""

from __future__ import annotations

from handlers.messages import Layout, Option
from handlers.state import Awaits
from handlers.turn import TurnBuilder, named_option


def options_on_page(turn: TurnBuilder, mark: str, page: int) -> tuple[list[Option], int]:
    """The options of one page of areas, and its number; the page after the last is the first.

    ``mark``: the prefix of the options' keys.
    """
    shown, page, has_more = turn.page(turn.release.areas_in_order, page)
    options = [named_option(f"{mark}:{area.id}", area.short_name) for area in shown]
    if has_more:
        options.append(turn.option("more"))
    return options, page


def ask_which(turn: TurnBuilder, page: int = 0) -> None:
    """Ask which area is to be rated; a typed name is accepted too."""
    options, page = options_on_page(turn, "rate", page)
    turn.update(page=page, topic="")
    question = turn.text("choose-area-to-rate")
    numbered = listed_count(options, "rate")
    turn.ask(question, [*options, turn.option("cancel")], Awaits.AREA, Layout.LIST, numbered)


def listed_count(options: list[Option], mark: str) -> int:
    """How many of the options are areas, which a typed number can choose."""
    return sum(option.key.startswith(f"{mark}:") for option in options)
