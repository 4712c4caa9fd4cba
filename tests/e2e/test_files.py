"""Files of cases in the real service: sent, kept over a kill, read in the panel, taken along."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import re
import sqlite3
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from tests.e2e import service
from tests.e2e.citizen import CASE
from tests.fakes.faults import HANGS
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import Citizen
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.files import SECRET, document, photo

pytestmark = pytest.mark.process

HEADERS = {"Sec-Fetch-Site": "same-origin"}
WORDS = "ayer en la plaza de armas había basura, pido que la retiren"
WAIT_S = 60.0
TOKEN = "AbCdEfGhIjKlMnOpQrStUv-_"


def stored(folder: Path) -> list[tuple[str, str, str]]:
    """The state, code and type of each file, as the database has them."""
    with sqlite3.connect(f"file:{folder}/var/opina.db?mode=ro", uri=True) as database:
        rows = database.execute("SELECT state, code, media_type FROM attachments ORDER BY at, id")
        return [(row[0], row[1], row[2]) for row in rows]


async def until_stored(folder: Path, *expected: tuple[str, str, str]) -> None:
    for _ in range(int(WAIT_S / 0.1)):
        if sorted(stored(folder)) == sorted(expected):
            return
        await asyncio.sleep(0.1)
    assert sorted(stored(folder)) == sorted(expected)


async def test_files_of_a_telegram_case_from_the_citizen_to_the_panel_and_back(
    tmp_path: Path,
) -> None:
    async with FakeTelegram() as telegram:
        settings = {"telegram": service.telegram_settings(telegram)}
        async with service.running(tmp_path, settings) as opina:
            citizen = telegram.citizen()
            await citizen.sends_file("photo", photo(), f"reclamo: {WORDS}")
            assert "Recibí su archivo (1 de 3)" in (await citizen.hears()).text
            await citizen.says("sí")
            number = CASE.findall((await citizen.hears()).text)[0]
            await until_stored(tmp_path, ("kept", "", "image/jpeg"))

            # The platform answers no more, and the service is killed in the midst.
            telegram.faults.next(HANGS, method="file")
            await citizen.sends_file("document", document(), name="../../keys.toml")
            assert "(2 de 3)" in (await citizen.hears()).text
            async with asyncio.timeout(WAIT_S):
                while telegram.faults.count():
                    await asyncio.sleep(0.05)
            await opina.kill()
            # Its claim has run out.
            with sqlite3.connect(tmp_path / "var" / "opina.db") as database:
                database.execute("UPDATE attachments SET due_at = 1 WHERE due_at > 0")
            database.close()
            await opina.start()
            kept = ("kept", "", "image/jpeg"), ("kept", "", "application/pdf")
            await until_stored(tmp_path, *kept)

            await citizen.sends_file("document", b"MZ" + bytes(500), name="boleta.pdf")
            assert "(3 de 3)" in (await citizen.hears()).text
            assert "solo recibo fotos, PDF y audios" in (await citizen.hears(WAIT_S)).text
            await citizen.sends_file("voice", b"OggS" + bytes(500))
            assert "Se borra a los 7 días" in (await citizen.hears()).text
            await until_stored(tmp_path, *kept, ("refused", "type", ""), ("kept", "", "audio/ogg"))

            files = await in_panel(opina, number)
            assert len(files) == 3
            assert all(SECRET not in content for content in files)
            with Image.open(io.BytesIO(files[0])) as picture:
                assert (picture.format, picture.size) == ("JPEG", (640, 480))
            assert files[1].startswith(b"%PDF-")
            assert b"JavaScript" not in files[1]
            await takes_along(citizen, number)
            # The poll of the process that was killed was still open.
            assert {call.method for call in telegram.refused} <= {"getUpdates"}
            assert await opina.stop() == 0
            assert WORDS not in opina.output
            assert "file0" not in opina.output, "what a platform calls a file opens it"


async def in_panel(opina: service.Service, number: str) -> list[bytes]:
    """The files of a case as a head of all areas downloads them."""
    await opina.command("staff", "add", "Rosa", "--email", "rosa@muni.example", "--area", "todas")
    link = await opina.command("staff", "link", "rosa@muni.example")
    found = re.search(r"(/panel/entrar/[\w-]{43})", link)
    assert found is not None, link
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(opina.url, cookie_jar=jar, headers=HEADERS) as browser:
        async with browser.post(found[1], data={"back": ""}) as response:
            assert response.status == 200
        async with browser.get(f"/panel/casos/{number}") as response:
            page = await response.text()
        contents = []
        for path in re.findall(rf'href="(/panel/casos/{number}/archivos/\d+)"', page):
            async with browser.get(path) as response:
                how = "inline" if response.content_type == "image/jpeg" else "attachment"
                assert response.headers["Content-Disposition"].startswith(f"{how};")
                contents.append(await response.read())
    return contents


async def takes_along(citizen: Citizen, number: str) -> None:
    """The receipt, and all own data with the files."""
    assert "ya lo leyó" in (await citizen.hears(WAIT_S)).text  # by whoever opened the panel
    await citizen.says("comprobante")
    receipt = await citizen.hears(WAIT_S)
    assert receipt.document is not None
    assert receipt.document.name == f"comprobante-{number}.pdf"
    assert receipt.document.content.startswith(b"%PDF-")
    await citizen.hears()
    await citizen.says("llevarme")
    await citizen.hears()
    await citizen.says("sí")
    sent = [await citizen.hears(WAIT_S) for _ in range(5)]
    names = [one.document.name if one.document else "" for one in sent]
    assert [name.rpartition(".")[2] for name in names] == ["txt", "json", "jpg", "pdf", "ogg"]
    assert sent[1].document is not None
    content = json.loads(sent[1].document.content)
    states = [one["estado"] for one in content["solicitudes"][0]["archivos"]]
    assert sorted(states) == ["guardado", "guardado", "guardado", "no se pudo guardar"]
    assert "Los archivos llevan todo" in (await citizen.hears()).text


async def test_files_of_a_whatsapp_case(tmp_path: Path) -> None:
    async with FakeWhatsApp() as whatsapp:
        settings = {"whatsapp": service.whatsapp_settings(whatsapp)}
        async with service.running(tmp_path, settings) as opina:
            whatsapp.webhook_url = f"{opina.url}/webhooks/whatsapp"
            citizen = whatsapp.citizen()
            await citizen.sends_file("image", photo(), f"reclamo: {WORDS}")
            assert "Recibí su archivo (1 de 3)" in (await citizen.hears()).text
            await citizen.says("sí")
            number = CASE.findall((await citizen.hears()).text)[0]
            await citizen.sends_file("document", document(locked=True))
            assert "(2 de 3)" in (await citizen.hears()).text
            assert "tiene clave" in (await citizen.hears(WAIT_S)).text
            await until_stored(tmp_path, ("kept", "", "image/jpeg"), ("refused", "locked", ""))
            await citizen.says("comprobante")
            receipt = await citizen.hears(WAIT_S)
            assert (receipt.kind, receipt.filename) == ("document", f"comprobante-{number}.pdf")
            await citizen.hears()
            await citizen.says("llevarme")
            await citizen.hears()
            await citizen.says("sí")
            sent = [await citizen.hears(WAIT_S) for _ in range(4)]
            assert [one.kind for one in sent] == ["document", "document", "image", "button"]
            assert whatsapp.refused == []
            assert await opina.stop() == 0


async def test_files_over_the_web_chat(tmp_path: Path) -> None:
    async with (
        service.running(tmp_path, {}) as opina,
        aiohttp.ClientSession(opina.url) as browser,
    ):

        async def says(kind: str, id: int, path: str = "/chat/messages", **fields: str) -> int:
            message = {"type": kind, "token": TOKEN, "id": f"event-{id:030}", **fields}
            async with browser.post(path, json=message) as response:
                return response.status

        content = base64.b64encode(photo()).decode()
        assert await says("text", 1, text=f"reclamo: {WORDS}") == 204
        for _ in range(2):  # the first answer was lost on its way
            assert await says("file", 2, "/chat/files", content=content) == 204
        assert await says("text", 3, text="sí") == 204
        assert await says("text", 4, text="comprobante") == 204
        await until_stored(tmp_path, ("kept", "", "image/jpeg"))
        replies = await read_replies(browser)
        (receipt,) = [reply for reply in replies if "file" in reply]
        assert receipt["file"]["fetched"]
        asked = {"token": TOKEN, "number": receipt["number"]}
        async with browser.post("/chat/file", json=asked) as response:
            assert response.status == 200
            assert (await response.read()).startswith(b"%PDF-")
        asked["token"] = TOKEN.swapcase()
        async with browser.post("/chat/file", json=asked) as response:
            assert response.status == 404
        assert await opina.stop() == 0


async def read_replies(browser: aiohttp.ClientSession) -> list[dict[str, object]]:
    """All replies so far, as the page gets them."""
    replies: list[dict[str, object]] = []
    async with browser.get(f"/chat/events?token={TOKEN}&after=0") as response:
        try:
            async with asyncio.timeout(3):
                async for line in response.content:
                    if line.startswith(b"data: {") and b'"number"' in line:
                        replies.append(json.loads(line[6:]))
        except TimeoutError:
            return replies
    return replies
