"""The report of a breach, to be printed or saved."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.reports.breaches.breach_report import NORM, Controller, Report, report_of
from bot.web.panel import security
from bot.web.panel.pages.breaches.breach import load_breach
from bot.web.panel.visit import Visit
from storage.privacy import notices


async def page(visit: Visit) -> web.Response:
    """GET /panel/vulneraciones/{breach}/informe."""
    report = await _report(visit, "breach-read")
    if report is None:
        return visit.page("message.html.j2", status=404)
    return visit.page("breaches/report.html.j2", report=report, norm=NORM)


async def pdf(visit: Visit) -> web.Response:
    """POST /panel/vulneraciones/{breach}/informe: the same as a PDF. The entry comes first."""
    report = await _report(visit, "downloaded")
    if report is None:
        return visit.page("message.html.j2", status=404)
    name = f"vulneracion-{report.number}-{report.made_at.date()}.pdf"
    return web.Response(
        body=await asyncio.to_thread(_pdf_of, report),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', **security.HEADERS},
    )


def _pdf_of(report: Report) -> bytes:
    """The writer is imported only when one is asked for: it takes memory."""
    from bot.reports.breaches.breach_pdf import breach_pdf

    return breach_pdf(report)


async def _report(visit: Visit, action: str) -> Report | None:
    counted, panel = await load_breach(visit, action), visit.panel
    if counted is None:
        return None
    published = (await panel.database.read(notices.newest)).items
    content = panel.release.content
    controller = Controller.of(content.municipality, panel.privacy, published)
    return report_of(counted, controller, panel.rendering.area, visit.now, content.zone)
