"""Downloads: published figures for all who see them, rows for quality alone; each one is logged."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec
from aiohttp import web

from bot.jobs.quality.evidence.loading import load_evidence
from bot.labels.row_words import with_names, words_of
from bot.reports import rows
from bot.reports.quality.evidence.evidence_file import EvidenceFile
from bot.reports.rows import Chunks
from bot.reports.tables import XLSX_TYPE, TableFormat, write_rows
from bot.web.panel import security
from bot.web.panel.faults import Checks, Fault, in_a_sentence
from bot.web.panel.visit import Visit
from handlers.quality.figures import Digest
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action
from handlers.text.days import Near, day_of
from storage.engine.database import Transaction
from storage.quality import digests
from storage.responses.exports import ExportPeriod

WEEKS = 104  # of published figures
SENT_AT_ONCE = 256 * 1024
_DAY = timedelta(days=1)
TYPES = {
    TableFormat.CSV: "text/csv",
    TableFormat.XLSX: XLSX_TYPE,
}


class What(StrEnum):
    """What can be downloaded."""

    FIGURES = "cifras"
    CASES = "casos"
    LOOKUPS = "consultas"
    ANSWERS = "respuestas"


ACTIONS = {
    What.FIGURES: Action.DOWNLOAD_FIGURES,
    What.CASES: Action.LIST_CASES,
    What.LOOKUPS: Action.READ_LOOKUPS,
    What.ANSWERS: Action.DOWNLOAD_ROWS,
}
HEADERS = {
    What.FIGURES: rows.FIGURES,
    What.CASES: rows.CASES,
    What.LOOKUPS: rows.LOOKUPS,
    What.ANSWERS: rows.RESPONSES,
}


@dataclass(frozen=True, slots=True)
class _DownloadRequest:
    what: What
    form: TableFormat
    since: date | None
    until: date | None

    @property
    def detail(self) -> str:
        return f"{self.form} {self.since or ''}/{self.until or ''}"


async def page(visit: Visit) -> web.Response:
    """GET /panel/descargas."""
    return _page(visit)


async def download(visit: Visit) -> web.StreamResponse:
    """POST /panel/descargas: the file. The entry in the log comes first."""
    asked = _parse_form(visit)
    if isinstance(asked, Fault):
        return _page(visit, asked)

    def write(tx: Transaction) -> list[Digest]:
        visit.note(tx, "downloaded", asked.what.value, asked.detail)
        kept = digests.weeks_published(tx, WEEKS) if asked.what is What.FIGURES else []
        return [msgspec.json.decode(digest.figures, type=Digest) for digest in kept]

    published = await visit.panel.database.write(write)
    chunks, release = _chunks(visit, asked, published), visit.panel.release
    columns, sheet = HEADERS[asked.what], asked.form is TableFormat.XLSX
    if sheet:
        chunks = with_names(chunks, columns, words_of(release))
    header = rows.titled(columns, release.content.zone, sheet=sheet)
    return await _sent(visit, asked, chunks, header)


async def evidence(visit: Visit) -> web.Response:
    """POST /panel/descargas/expediente: what proves each commitment. The entry comes first."""
    form = visit.form.get("format", "")
    if form not in ("xlsx", "pdf"):
        return _page(visit, Fault("Elija el formato.", "evidence"))
    panel = visit.panel
    await panel.database.write(lambda tx: visit.note(tx, "downloaded", "expediente", form))
    found = await load_evidence(panel.database, panel.keyring, panel.release, visit.now)
    if found is None:
        return _page(visit, Fault("El contenido no trae la Política de Calidad."))
    body = await asyncio.to_thread(_file_bytes, found, form)
    name = f"opina-expediente-{found.made_at.date()}.{form}"
    kind = "application/pdf" if form == "pdf" else TYPES[TableFormat.XLSX]
    return web.Response(
        body=body,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', **security.HEADERS},
    )


def _file_bytes(file: EvidenceFile, form: str) -> bytes:
    """The writers are imported only when one is asked for: they take 30 MB of memory."""
    if form == "pdf":
        from bot.reports.quality.evidence.evidence_pdf import evidence_pdf

        return evidence_pdf(file)
    from bot.reports.quality.evidence.evidence_xlsx import evidence_xlsx

    return evidence_xlsx(file)


def _chunks(visit: Visit, asked: _DownloadRequest, published: Sequence[Digest]) -> Chunks:
    panel = visit.panel
    database, zone = panel.database, panel.release.content.zone
    sheet = asked.form is TableFormat.XLSX
    period = ExportPeriod(
        _midnight(visit, asked.since), _midnight(visit, asked.until and asked.until + _DAY)
    )
    match asked.what:
        case What.FIGURES:
            weeks = [digest for digest in published if _is_in(digest, asked)]
            return rows.figures(weeks, visit.areas(Action.DOWNLOAD_FIGURES))
        case What.CASES:
            return rows.cases(database, visit.areas(Action.LIST_CASES), period, zone)
        case What.LOOKUPS:
            return rows.lookups(database, period, zone)
        case What.ANSWERS:
            return rows.answers(database, panel.keyring, period, zone, sheet=sheet)


async def _sent(
    visit: Visit, asked: _DownloadRequest, chunks: Chunks, header: Sequence[str]
) -> web.StreamResponse:
    """Write the whole, then send it: what fails in the middle is no file that looks whole."""
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryFile() as file:  # without a name: it is gone in any case
        pulled = rows.pulled(chunks, loop, lambda _count: None)
        await asyncio.to_thread(write_rows, pulled, header, asked.form, file)
        file.seek(0)
        name = f"opina-{asked.what.value}-{visit.today}.{asked.form.value}"
        response = web.StreamResponse(
            headers={
                "Content-Type": TYPES[asked.form],
                "Content-Disposition": f'attachment; filename="{name}"',
            }
        )
        response.headers.update(security.HEADERS)
        await response.prepare(visit.request)
        while part := await asyncio.to_thread(file.read, SENT_AT_ONCE):
            await response.write(part)
        await response.write_eof()
    return response


def _parse_form(visit: Visit) -> _DownloadRequest | Fault:
    """What the form asks for, or what is wrong with it."""
    form = visit.form
    what, kind, checks = form.get("what", ""), form.get("format", ""), Checks()
    if what not in set(What) or not visit.may(ACTIONS[What(what)]):
        checks.note(Fault("Elija qué descargar.", "what"))
    since, until = (checks.take(_day(visit, field), None) for field in ("since", "until"))
    if since and until and since > until:
        checks.note(Fault("La primera fecha es después de la última.", "until"))
    if kind not in TYPES:
        checks.note(Fault("Elija el formato.", "format"))
    return checks.fault or _DownloadRequest(What(what), TableFormat(kind), since, until)


def _day(visit: Visit, field: str) -> date | Fault | None:
    text = visit.form.get(field, "").strip()
    try:
        return day_of(text, visit.today, Near.PAST) if text else None
    except ValueError as wrong:
        return Fault(in_a_sentence(wrong, ""), field)


def _midnight(visit: Visit, day: date | None) -> datetime | None:
    zone = visit.panel.release.content.zone
    return None if day is None else datetime.combine(day, time(), tzinfo=zone)


def _is_in(digest: Digest, asked: _DownloadRequest) -> bool:
    """Whether the week began within the dates."""
    monday = IsoWeek.parse(digest.week).monday
    return (asked.since or monday) <= monday <= (asked.until or monday)


def _page(visit: Visit, problem: Fault | None = None) -> web.Response:
    return visit.page(
        "quality/downloads.html.j2",
        status=422 if problem else 200,
        offered=[what for what in What if visit.may(ACTIONS[what])],
        may_move=visit.may(Action.MOVE_RATINGS),
        has_evidence=visit.may(Action.DOWNLOAD_EVIDENCE),
        problem=problem,
    )
