"""The list of cases: filtered, by age, found by number or words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases import case, forwarded
from bot.web.panel.pages.cases.case_page import UNTOLD
from bot.web.panel.pages.cases.typed import case_number_in
from bot.web.panel.rendering import beginning
from bot.web.panel.visit import Visit, see_other
from handlers.staff.permissions import Action
from storage.cases.forwarding import LISTED
from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseFilter, CaseLine
from storage.engine.database import Transaction

A_PAGE = 25
MOST_FOUND = 100
LONGEST_QUERY = 100
NOTICES = {
    **{kind: case.NOTICES[kind] for kind in ("derivado", f"derivado{UNTOLD}")},
    "ya-leido": "Ya no se puede traer de vuelta: allá ya lo leyeron o respondieron. Si es un error,"
    " pida a esa área que lo devuelva.",
}
STATUSES = {
    "open": "Esperan respuesta",
    "answered": "Respondidos",
    "closed": "Cerrados",
    "": "Todos",
}


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case as a row of the list. ``words`` None: not for this person, or erased."""

    line: CaseLine
    words: str | None
    readable: bool


@dataclass(frozen=True, slots=True)
class _Query:
    """What the address asks for."""

    status: str
    area: str
    query: str
    page: int
    problem: Fault | None

    def path(self, **changed: object) -> str:
        """The address of the same list with something else about it."""
        values = {"estado": self.status or "todos", "area": self.area, "q": self.query, "p": 1}
        return "/panel/casos?" + urlencode({k: v for k, v in {**values, **changed}.items() if v})


async def page(visit: Visit) -> web.Response:
    """GET /panel/casos."""
    asked = _parse_query(visit)
    number = case_number_in(visit, asked.query)
    lines: list[CaseLine] = []
    total = 0
    if asked.problem is None and asked.query and not number:
        lines, total = await _by_words(visit, asked)
    elif asked.problem is None:
        lines, total = await visit.panel.database.write(partial(_find_lines, visit, asked, number))
    readable = visit.areas(Action.READ_CASES)
    if number and len(lines) == 1 and lines[0].area in readable:
        return see_other(f"/panel/casos/{lines[0].number}")
    moved = await visit.panel.database.read(lambda tx: forwarded.of_visitor(visit, tx, LISTED))
    return visit.page(
        "cases/cases.html.j2",
        forwarded=moved,
        notice=NOTICES.get(visit.query.get("aviso", ""), ""),
        status=422 if asked.problem else 200,
        asked=asked,
        reads_words=visit.may(Action.READ_CASES),
        rows=[_listed_case(visit, line, line.area in readable) for line in lines],
        total=total,
        pages=-(-total // A_PAGE) if not asked.query or number else 1,
        statuses=STATUSES,
        can_group=visit.may(Action.GROUP_CASES),
        can_edit_templates=visit.may(Action.EDIT_TEMPLATES),
        areas=sorted(visit.areas(Action.LIST_CASES) - {""}, key=visit.panel.rendering.area),
    )


def _parse_query(visit: Visit) -> _Query:
    query = visit.query
    status = query.get("estado", "open")
    words = " ".join(query.get("q", "").split())
    if words and "estado" not in query:
        status = ""
    place = query.get("p", "1")
    page_number = int(place) if place.isascii() and place.isdecimal() and len(place) < 6 else 1
    return _Query(
        status if status in STATUSES else "",
        query.get("area", ""),
        words,
        max(page_number, 1),
        faults.too_long("q", words, "la búsqueda", LONGEST_QUERY),
    )


def _wanted(visit: Visit, asked: _Query, action: Action, number: str = "") -> CaseFilter:
    areas = visit.areas(action)
    if asked.area:
        areas &= {asked.area}
    return CaseFilter(areas, asked.status, number)


def _find_lines(
    visit: Visit, asked: _Query, number: str, tx: Transaction
) -> tuple[list[CaseLine], int]:
    wanted = _wanted(visit, asked, Action.LIST_CASES, number)
    lines = browsing.page(tx, wanted, limit=A_PAGE, skip=(asked.page - 1) * A_PAGE)
    if visit.may(Action.READ_CASES) and lines:
        visit.note(tx, "cases-read", asked.area, f"lista n={len(lines)}")
    return lines, browsing.count(tx, wanted)


async def _by_words(visit: Visit, asked: _Query) -> tuple[list[CaseLine], int]:
    wanted = _wanted(visit, asked, Action.READ_CASES)
    found = await visit.panel.case_words.find(wanted, asked.query, MOST_FOUND, visit.now)

    def read(tx: Transaction) -> list[CaseLine]:
        visit.note(tx, "cases-read", asked.area, f"búsqueda n={len(found)}")
        return browsing.lines(tx, found)

    lines = await visit.panel.database.write(read)
    return lines, len(lines)


def _listed_case(visit: Visit, line: CaseLine, readable: bool) -> ListedCase:
    words = line.first_words(visit.panel.keyring) if readable else None
    return ListedCase(line, None if words is None else beginning(words, 140), readable)
