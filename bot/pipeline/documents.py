"""Makes the files of replies just before they are sent: attachments, charts, sheets, receipts."""

from __future__ import annotations

import asyncio
from functools import partial

import msgspec
import structlog

from bot.channels.ports import Document
from bot.installation import Installation
from bot.labels import codes
from handlers.messages import File
from handlers.own_record import OWN_LINES
from handlers.quality.digest import digest_of_areas
from handlers.quality.figures import Digest
from handlers.quality.series import AreaChart
from handlers.quality.weeks import IsoWeek
from storage.cases import attachments, reading
from storage.cases.reading import Case
from storage.engine.database import Transaction
from storage.quality import digests
from storage.quality.control import charts_of

PDF = "application/pdf"
PNG = "image/png"
_TEXTS = {"json": "application/json", "txt": "text/plain"}

log = structlog.get_logger(__name__)


class Documents:
    """Makes a reply's file, for the contact to whom the reply goes and for no other."""

    def __init__(self, here: Installation) -> None:
        self._database = here.database
        self._keyring = here.keyring
        self._release = here.release
        self._clock = here.clock

    async def load(self, contact_id: int, file: File) -> Document | None:
        """The file that ``file.ref`` names; None if it does not exist (any more).

        Raises StorageUnavailable.
        """
        kind, _, name = file.ref.partition(":")
        match kind:
            case "file":
                return await self._attachment(contact_id, file, int(name))
            case "chart":
                return await self._chart(file, name)
            case "digest":
                return await self._sheet(file, name)
            case "receipt":
                return await self._receipt(contact_id, file, name)
            case _:
                media_type = _TEXTS.get(file.name.rpartition(".")[2], "text/plain")
                return Document(file.name, media_type, file.content.encode())

    async def _attachment(self, contact_id: int, file: File, id: int) -> Document | None:
        read = partial(attachments.content_of_contact, contact_id=contact_id, id=id)
        found = await self._database.read(lambda tx: read(tx))
        if found is None:
            return None
        stored, encrypted = found
        content = await asyncio.to_thread(self._keyring.decrypt_bytes, encrypted)
        return Document(file.name, stored.media_type, content)

    async def _chart(self, file: File, name: str) -> Document | None:
        week, _, area = name.partition(":")
        parsed = IsoWeek.parse(week)

        def read(tx: Transaction) -> tuple[AreaChart | None, digests.PublishedDigest | None]:
            return charts_of(tx, parsed, area).get(area), digests.published(tx, parsed)

        chart, kept = await self._database.read(read)
        if chart is None or kept is None:
            return None
        made_up = msgspec.json.decode(kept.figures, type=Digest).made_up
        drawn = await asyncio.to_thread(self._drawn_chart, chart, made_up)
        return Document(file.name, PNG, drawn, shown=True) if drawn else None

    def _drawn_chart(self, chart: AreaChart, made_up: bool) -> bytes:
        from bot.reports.quality.charts.chart_picture import chart_png

        try:
            return chart_png(chart, self._release.area_name(chart.area), made_up=made_up)
        except ValueError as error:  # from resvg; the reply is sent without its picture
            log.error("chart not drawn", area=chart.area, error=str(error))
            return b""

    async def _sheet(self, file: File, name: str) -> Document | None:
        week, _, area = name.partition(":")
        parsed = IsoWeek.parse(week)
        kept = await self._database.read(lambda tx: digests.published(tx, parsed))
        if kept is None:
            return None
        digest = msgspec.json.decode(kept.figures, type=Digest)
        return await asyncio.to_thread(self._written, file, digest, area)

    def _written(self, file: File, digest: Digest, area: str) -> Document:
        from bot.reports.digests.digest_xlsx import digest_xlsx
        from bot.reports.tables import XLSX_TYPE

        scoped = digest_of_areas(digest, area, self._release.content) if area else digest
        return Document(file.name, XLSX_TYPE, digest_xlsx(scoped))

    async def _receipt(self, contact_id: int, file: File, number: str) -> Document | None:
        def read(tx: Transaction) -> Case | None:
            if not reading.belongs_to(tx, number, contact_id):
                return None
            return reading.find_case(tx, self._keyring, number)

        case = await self._database.read(read)
        if case is None or case.text is None:
            return None
        return Document(file.name, PDF, await asyncio.to_thread(self._drawn, case))

    def _drawn(self, case: Case) -> bytes:
        # The PDF library is large and rarely needed, so it is imported here.
        from bot.reports.receipt import Receipt, receipt_pdf

        content = self._release.content
        general = self._release.wording("").say("case-receiver-general")
        messages = [(case.opened_at, case.text or "")]
        messages += [
            (note.at, note.text or "")
            for note in case.notes
            if note.author == "citizen" and note.text not in OWN_LINES
        ]
        return receipt_pdf(
            Receipt(
                municipality=content.municipality,
                number=case.number,
                kind=codes.kind(case.kind).capitalize(),
                unit=self._release.area_name(case.area) if case.area else general,
                channel=codes.channel(case.channel),
                opened_at=case.opened_at,
                due_from=case.due_from,
                due_at=case.due_at,
                rule=case.rule,
                said=tuple(messages),
                files=sum(file.state == "kept" and not file.answer for file in case.files),
                made_at=self._clock(),
                zone=content.zone,
            )
        )
