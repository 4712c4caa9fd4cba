"""The files of replies reach whoever they belong to, over the whole path, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import msgspec
import pypdfium2
import pytest

from bot.channels.ports import Document, RetryLater, Sent
from bot.installation import installation_of
from bot.pipeline.documents import Documents
from bot.reports.receipt import Receipt, receipt_pdf
from handlers.facts.cases import CaseAnswered
from handlers.facts.files import FileSent
from handlers.messages import Channel, File, Media, MediaFile, MediaKind
from handlers.own_record import LINE_REOPENED
from handlers.release import Release
from storage.cases import attachments, recording
from storage.contacts import contacts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.bot.one_process import FakeChannel, OneProcess, opened, until
from tests.files import photo
from tests.storage.scene import ZONE

NUMBER = "LS-2026-000001"
WHOLE = "ayer en la plaza de armas había basura, pido que la retiren 🙏"


class Scene:
    def __init__(
        self, process: OneProcess, release: Release, channels: dict[Channel, FakeChannel]
    ) -> None:
        self.process = process
        self.channels = channels
        self.documents = Documents(
            installation_of(process.database, process.keyring, release, process.clock)
        )

    async def files(self) -> None:
        """Two files are kept with the case."""
        for id in (1, 2):
            encrypted = self.process.keyring.encrypt_bytes(photo())
            event = self.process.event(Media(MediaKind.PHOTO, "", MediaFile("", 9, encrypted)))
            await self.process.intake.submit([event])
            for (found,) in await self.process.rows(
                "SELECT id FROM attachments WHERE state = 'due'"
            ):
                kept = self.process.keyring.encrypt_bytes(b"foto %d" % id), 6
                await self.process.database.write(
                    lambda tx, found=found, kept=kept: attachments.keep(
                        tx, self.process.keyring, found, "image/jpeg", kept
                    )
                )

    async def answer(self) -> None:
        """Staff answer the case, and its citizen is told."""
        process, fact = self.process, CaseAnswered(NUMBER, 1, "Fue una camioneta.")
        await process.database.write(
            lambda tx: recording.answer(tx, process.keyring, fact, process.clock())
        )
        process.intake.nudge()
        told = self.channels[Channel.TELEGRAM].tried
        await until(lambda: any(fact.text in one.reply.text for one in told))

    async def contact(self, who: str) -> int:
        sender = self.process.event("", who=who).sender
        found = await self.process.database.read(
            lambda tx: contacts.contact_of(tx, self.process.keyring, sender)
        )
        assert found is not None
        return found.id

    async def sent(self, name: str, who: str = "1") -> Document:
        """The file of that name that somebody was sent, once it was."""

        def found() -> list[Document]:
            return [
                one.document
                for channel in self.channels.values()
                for one in channel.tried
                if one.address == who and one.document is not None and one.document.name == name
            ]

        await until(found)
        return found()[-1]


@pytest.fixture
async def scene(database: Database, keyring: Keyring, release: Release) -> AsyncIterator[Scene]:
    channels = {name: FakeChannel(name) for name in (Channel.TELEGRAM, Channel.WHATSAPP)}
    async with opened(database, keyring, release, channels.values()) as process:
        yield Scene(process, release, channels)


def text_of(document: Document) -> str:
    pages = pypdfium2.PdfDocument(document.content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


async def test_a_receipt_says_what_was_filed_and_until_when_by_which_rule(scene: Scene) -> None:
    await scene.process.hears(f"reclamo: {WHOLE}", "sí", "y también escombros")
    await scene.files()
    await scene.answer()
    await scene.process.hears("no", "listo", "comprobante")
    receipt = await scene.sent(f"comprobante-{NUMBER}.pdf")
    assert receipt.media_type == "application/pdf"
    text = " ".join(text_of(receipt).split())
    for words in (
        *("Municipalidad de La Serena", NUMBER, "Reclamo", "Aseo y Áreas Verdes"),
        *("18 de noviembre de 2026, 12:00", "por Telegram", "17 de diciembre de 2026"),
        *("Regla OIRS: 20 días hábiles", "no suspende plazos legales"),
        *("ayer en la plaza de armas había basura, pido que la retiren", "y también escombros"),
        *("Archivos guardados con su caso 2",),
    ):
        assert words in text, words
    assert LINE_REOPENED not in text, "no words of the citizen's"
    await scene.process.hears("llevarme", "sí")
    (case,) = msgspec.json.decode((await scene.sent("mis-datos-2026-11-18.json")).content)[
        "solicitudes"
    ]
    acts = [(one["que"], one["texto"]) for one in case["notas"] if one["de"] == "usted"]
    judged = "dijo que la respuesta no es lo que pidió"
    assert acts == [
        ("", "y también escombros"),
        (judged, ""),
        (LINE_REOPENED.strip("(.)"), ""),
    ]


def receipt_of(*said: str, due_from: datetime | None = None) -> list[str]:
    """Its pages."""
    at, due_at = datetime(2026, 11, 18, 15, tzinfo=UTC), datetime(2027, 1, 8, 20, tzinfo=UTC)
    facts = ("Municipalidad", NUMBER, "Reclamo", "Aseo", "Telegram")
    dates = (at, due_from, due_at, "OIRS 20 working days")
    made = receipt_pdf(Receipt(*facts, *dates, tuple((at, one) for one in said), 0, at, ZONE))
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def test_a_receipt_tells_how_much_of_a_very_long_message_it_leaves_out() -> None:
    text = " ".join("\n".join(receipt_of("a" * 5_200, "b" * 4_000)).split())
    assert text.count("letras más, que se guardaron con el caso") == 1
    assert "(y 1.200 letras más" in text


def test_each_page_of_a_receipt_says_whose_it_is_and_none_ends_with_a_heading() -> None:
    for lines in range(26, 34):  # wherever the page ends
        pages = receipt_of(*["sigue igual"] * lines)
        for number, page in enumerate(pages, 1):
            *words, last, foot = page.splitlines()
            assert foot == f"Comprobante {NUMBER} \xb7 página {number} de {len(pages)}"
            assert words
            assert last in {"sigue igual", "Hecho el 18 de noviembre de 2026, 12:00."}


def test_a_receipt_of_a_case_that_was_reopened_counts_from_then() -> None:
    again = datetime(2026, 12, 9, 15, tzinfo=UTC)
    text = " ".join(receipt_of(" ", due_from=again)[0].split())
    assert "Plazo viernes 8 de enero de 2027. Regla OIRS" in text
    assert "desde el día siguiente al 9 de diciembre de 2026" in text
    assert "(sin palabras)" in text


async def test_own_data_and_files_are_sent_as_documents(scene: Scene) -> None:
    await scene.process.hears(f"reclamo: {WHOLE}", "sí")
    await scene.files()
    await scene.process.hears("llevarme", "sí")
    machine = await scene.sent("mis-datos-2026-11-18.json")
    content = msgspec.json.decode(machine.content)
    assert content["solicitudes"][0]["texto"] == WHOLE
    kept = {"tipo": "foto", "formato": "image/jpeg", "bytes": 6, "estado": "guardado"}
    assert [kept.items() <= one.items() for one in content["solicitudes"][0]["archivos"]] == [
        True,
        True,
    ]
    readable = (await scene.sent("mis-datos-2026-11-18.txt")).content.decode()
    assert f"Texto: {WHOLE}" in readable
    assert (await scene.sent(f"{NUMBER}-1.jpg")).content == b"foto 1"
    assert (await scene.sent(f"{NUMBER}-2.jpg")).content == b"foto 2"


async def test_each_file_is_a_message_of_its_own_so_that_one_is_retried_alone(
    scene: Scene,
) -> None:
    process, channel = scene.process, scene.channels[Channel.WHATSAPP]
    await process.hears("llevarme", who="2", channel=Channel.WHATSAPP)
    await until(lambda: channel.tried)
    channel.outcomes += [Sent("a"), RetryLater(timedelta(seconds=1), code="429")]
    await process.hears("sí", who="2", channel=Channel.WHATSAPP)
    await process.until_states("sent", "sent", "retry", "due")
    await process.waits(seconds=30)
    await until(lambda: len(channel.tried) >= 5)
    names = [one.document.name if one.document else "" for one in channel.tried[1:]]
    text, machine = "mis-datos-2026-11-18.txt", "mis-datos-2026-11-18.json"
    assert names == [text, machine, machine, ""]


async def test_nobody_gets_what_is_anothers(scene: Scene) -> None:
    await scene.process.hears(f"reclamo: {WHOLE}", "sí")
    await scene.files()
    await scene.process.hears("hola", who="2")
    own, other = await scene.contact("1"), await scene.contact("2")
    (id,) = (await scene.process.rows("SELECT min(id) FROM attachments"))[0]
    for ref in (f"receipt:{NUMBER}", f"file:{id}"):
        assert await scene.documents.load(own, File("a", ref=ref)) is not None
        assert await scene.documents.load(other, File("a", ref=ref)) is None
    assert await scene.documents.load(own, File("a", ref="receipt:LS-2026-000009")) is None


async def test_of_an_erased_case_there_is_no_receipt(scene: Scene) -> None:
    await scene.process.hears(f"reclamo: {WHOLE}", "sí")
    own = await scene.contact("1")
    await scene.process.database.write(
        lambda tx: tx.exec_driver_sql("UPDATE cases SET contact_id = NULL, text = NULL")
    )
    file = File("a", ref=f"receipt:{NUMBER}")
    assert await scene.documents.load(own, file) is None
    assert FileSent.__struct_config__.tag == "file-sent"
