"""The audit log, to be read: nothing in it can be changed."""

from __future__ import annotations

from aiohttp import web

from bot.labels.audit_entries import Names, names_in
from bot.web.panel import faults
from bot.web.panel.visit import Visit
from storage.audit import chain
from storage.audit.chain import LoggedEntry
from storage.engine.database import Transaction

A_PAGE = 50
LONGEST = 60


async def page(visit: Visit) -> web.Response:
    """GET /panel/auditoria: the newest first; ``antes`` goes on, ``de`` asks for one subject."""
    query = visit.query
    before, asked = query.get("antes", ""), query.get("de", "").replace("\0", "").strip()
    subject = _subject(visit, asked)
    problem = faults.too_long("de", subject, "el número", LONGEST)
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None

    panel = visit.panel

    def read(tx: Transaction) -> tuple[list[LoggedEntry], Names]:
        newest = [] if problem else chain.newest(tx, A_PAGE + 1, before=number, subject=subject)
        entries = [row.entry for row in newest]
        return newest, names_in(tx, entries, panel.rendering.area, panel.release.content.zone)

    written, names = await panel.database.read(read)
    return visit.page(
        "privacy/audit.html.j2",
        status=422 if problem else 200,
        problem=problem,
        rows=written[:A_PAGE],
        more=written[A_PAGE - 1].number if len(written) > A_PAGE else None,
        names=names,
        subject=subject,
    )


def _subject(visit: Visit, asked: str) -> str:
    """The number as entries write it: a case's may lack its year or zeros, "ls 2026 119"."""
    content = visit.panel.release.content
    if found := content.case_number.search(asked):
        return f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    return asked.upper() if asked[-1:].isdecimal() and ":" not in asked else asked
