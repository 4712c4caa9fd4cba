"""The first page: what needs this person today, most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.web.panel.pages import chats
from bot.web.panel.rendering import ago, beginning
from bot.web.panel.visit import Visit
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action, may_in
from storage.cases import browsing
from storage.cases.browsing import CaseFilter, CaseLine
from storage.engine.database import Transaction
from storage.handovers.reading import Handover
from storage.quality import digests
from storage.staff import pinned_notice, roles, staff

MOST_CASES = 8
DIGEST_IS_NEWS = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, what was said if anything, and the button that does it."""

    sentence: str
    button: str
    path: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    chats: list[Handover]
    pinned: bool
    lines: list[CaseLine]
    waiting: int
    unattended: dict[str, int]  # by area
    without_role: int
    digest: IsoWeek | None


async def page(visit: Visit) -> web.Response:
    """GET /panel."""
    # Words are read, so an entry is written.
    read = await visit.panel.database.write(partial(_read, visit))
    return visit.page("today.html.j2", tasks=list(_tasks(visit, read)))


def _read(visit: Visit, tx: Transaction) -> _Read:
    # What belongs to no area waits for somebody who leads it on.
    without_area = visit.areas(Action.FORWARD_CASES) & {""}
    wanted = CaseFilter(visit.areas(Action.ANSWER_CASES) | without_area, "open")
    lines = browsing.page(tx, wanted, limit=MOST_CASES)
    if lines:
        visit.note(tx, "cases-read", "", f"hoy n={len(lines)}")
    admin = visit.may(Action.MANAGE_STAFF)
    return _Read(
        chats.waiting_for(visit, tx),
        visit.may(Action.PIN_NOTICE) and pinned_notice.current(tx) is not None,
        lines,
        browsing.count(tx, wanted),
        _unattended(visit, tx) if admin else {},
        _without_role(tx) if admin else 0,
        _fresh_digest(visit, tx) if visit.may(Action.READ_DIGESTS) else None,
    )


def _unattended(visit: Visit, tx: Transaction) -> dict[str, int]:
    """Areas with open cases that nobody may answer."""
    everyone = [grant for held in roles.everyones(tx).values() for grant in held]
    return {
        area: count
        for area, count in browsing.open_by_area(tx).items()
        if not may_in(everyone, Action.ANSWER_CASES, area, sensitive=visit.panel.is_sensitive(area))
    }


def _without_role(tx: Transaction) -> int:
    known = roles.everyones(tx)
    return sum(not member.duty and member.id not in known for member in staff.everyone(tx))


def _fresh_digest(visit: Visit, tx: Transaction) -> IsoWeek | None:
    week = digests.newest_published(tx)
    if week is None:
        return None
    kept = digests.published(tx, week)
    news = kept is not None and visit.now - kept.made_at < DIGEST_IS_NEWS
    return week if news else None


def _tasks(visit: Visit, read: _Read) -> Iterator[Task]:
    called = visit.panel.rendering.area
    for chat in read.chats:
        yield Task(
            f"{'Urgente. ' if chat.urgent else ''}{called(chat.area)}: una persona espera en el "
            f"chat desde hace {ago(chat.waiting_since or chat.opened_at, visit.now)}.",
            "Abrir la conversación",
            f"/panel/conversaciones/{chat.id}",
        )
    if read.pinned:
        yield Task(
            "Hay un aviso puesto sobre todas las respuestas.", "Ver el aviso", "/panel/aviso"
        )
    for area, count in read.unattended.items():
        some = "Un caso espera" if count == 1 else f"{count} casos esperan"
        yield Task(
            f"{some} respuesta y nadie puede responder por esta área: {called(area)}.",
            "Dar el rol a una persona",
            f"/panel/personas?area={area}",
        )
    for line in read.lines:
        words = line.first_words(visit.panel.keyring) or ""
        term = visit.panel.rendering.term
        due = "" if line.due_at is None else f"; {term(line.due_at, visit.now)}"
        yield Task(
            f"{'Urgente. ' if line.urgent else ''}{called(line.area)}: una persona espera "
            f"respuesta desde hace {ago(line.waiting_since, visit.now)}{due}.",
            f"Leer {line.number}",
            f"/panel/casos/{line.number}",
            beginning(words),
        )
    if read.waiting > len(read.lines):
        yield Task(
            f"En total esperan respuesta {read.waiting} casos.",
            "Ver todos los que esperan",
            "/panel/casos",
        )
    if read.digest is not None:
        yield Task(
            f"Está listo el resumen de la semana {read.digest.week}.",
            "Ver los resúmenes",
            "/panel/resumenes",
        )
    if read.without_role:
        some = (
            "Una persona no tiene" if read.without_role == 1 else f"{read.without_role} no tienen"
        )
        yield Task(f"{some} rol: no ve nada en el panel.", "Ver las personas", "/panel/personas")
