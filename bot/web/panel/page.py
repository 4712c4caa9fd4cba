"""What a page of the panel is: its address, and what one must be allowed to do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.web.panel.visit import Visit
from handlers.staff.permissions import Action

_OF_AN_AREA = ("{number}", "{chat}", "{measure}", "{assessment}", "{area}")


@dataclass(frozen=True, slots=True)
class Page:
    """An address for those who are signed in. ``{number}`` in it is a case, ``{chat}`` a
    conversation with a person, ``{measure}`` a measure, ``{assessment}`` a self-assessment,
    ``{area}`` an area: then the action must be allowed in its area."""

    method: str
    path: str
    action: Action
    answer: Callable[[Visit], Awaitable[web.StreamResponse]]
    menu: str = ""  # what it is called in the menu
    files: bool = False  # its form may bring one
    # What is typed in its form, where the page has other forms too; they begin empty.
    takes: tuple[str, ...] = ()

    @property
    def of_an_area(self) -> bool:
        return any(part in self.path for part in _OF_AN_AREA)
