"""Files that staff send with an answer: made harmless, encrypted, delivered, and taken back."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import aiohttp
import pytest
from sqlalchemy import select

from handlers.facts.cases import UNDO
from handlers.facts.own_data import DataErased
from handlers.messages import CaseAnswer, Channel, PersonSays
from handlers.own_record import StoredFile
from handlers.staff.permissions import Grant, Role
from storage.cases import attachments
from storage.tables.cases import attachments as table
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel
from tests.files import SECRET, bomb, document, photo
from tests.storage.scene import Said, sender

NUMBER = "LS-2026-000001"
PATH = f"/panel/casos/{NUMBER}"
HEAD = Grant(Role.HEAD)


async def post(browser: Browser, path: str, file: bytes, **fields: str) -> Answer:
    """A form with a file, as browsers send it."""
    form = aiohttp.FormData()
    for name, value in {"form_token": browser.form_token, **fields}.items():
        form.add_field(name, value)
    form.add_field(
        "file", io.BytesIO(file), filename="../../foto.exe", content_type="application/x-exe"
    )
    async with browser.client.post(
        browser.url + path,
        data=form,
        headers={"Sec-Fetch-Site": "same-origin"},
        allow_redirects=False,
    ) as response:
        return Answer(response.status, await response.text(), dict(response.headers))


async def kept(panel: ServedPanel) -> list[StoredFile]:
    return await panel.scene.read(lambda tx: attachments.of_case(tx, NUMBER))


async def test_a_file_goes_with_an_answer_to_its_citizen_alone(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        assert 'enctype="multipart/form-data"' in page.text
        await panel.inbox()
        sent = await post(
            browser, f"{PATH}/respuesta", document(), answer="Va adjunto", version=page.version
        )
        assert (sent.status, sent.headers["Location"]) == (303, f"{PATH}?aviso=respuesta")
        (file,) = await kept(panel)
        shown = (await browser.get(PATH)).text
        answered = re.search(r'<li class="said staff">.*?</li>', shown, re.DOTALL)
        assert answered is not None
        assert f'href="{PATH}/archivos/{file.id}"' in answered[0]
    (item,) = await panel.inbox(UNDO)
    body = item.incoming.body
    assert isinstance(body, CaseAnswer)
    assert body.file is not None
    assert (body.file.name, body.file.ref) == (f"respuesta-{NUMBER}.pdf", f"file:{file.id}")

    row = (await panel.scene.read(lambda tx: tx.execute(select(table)).fetchall()))[0]
    content = panel.scene.keyring.decrypt_bytes(row.content)
    assert content.startswith(b"%PDF")
    assert SECRET not in content
    assert b"%PDF" not in row.content
    for contact, there in ((row.contact_id, True), (row.contact_id + 1, False)):
        found = await panel.scene.read(
            lambda tx, contact=contact: attachments.content_of_contact(tx, contact, file.id)
        )
        assert (found is not None) is there


async def test_a_file_is_taken_back_with_its_answer(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    await panel.attach(NUMBER, 7, b"foto")
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        await post(browser, f"{PATH}/respuesta", photo(), answer="Va", version=page.version)
        assert len(await kept(panel)) == 2
        (note,) = re.findall(r'name="undone" value="(\d+)"', (await browser.get(PATH)).text)
        await browser.post(f"{PATH}/deshacer", undone=note)
        assert [file.id for file in await kept(panel)] == [7]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"MZ" + bytes(400), "Solo se puede mandar una foto o un PDF."),
        (bomb(), "demasiada resolución"),
        (document(locked=True), "El PDF tiene clave"),
        (bytes(10_000_001), "demasiado grande"),
        (b"", "El archivo está vacío."),
    ],
    ids=["program", "bomb", "locked", "large", "empty"],
)
async def test_what_cannot_be_sent_is_said_and_the_words_stay(
    panel: ServedPanel, file: bytes, why: str
) -> None:
    await panel.complain(NUMBER, "aseo")
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        refused = await post(
            browser, f"{PATH}/respuesta", file, answer="Va adjunto", version=page.version
        )
        assert refused.status == 422
        assert why in refused.text
        assert ">Va adjunto</textarea>" in refused.text
        assert await kept(panel) == []


async def test_without_a_session_no_file_is_held_and_the_words_stay(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    stranger = panel.browser()
    async with stranger.client:
        fields = {"answer": "Va adjunto", "reason": "", "closing": " "}
        page = await post(stranger, f"{PATH}/respuesta", photo(), **fields)
        assert page.status == 401
        assert page.text.count("Lo que escribió") == 1, "nobody wrote in the others"
        assert ">Va adjunto</textarea>" in page.text
        assert "El archivo no se guardó" in page.text
        elsewhere = await post(stranger, f"{PATH}/nota", photo(), note="Va")
        assert elsewhere.status == 415


async def test_a_file_goes_into_a_conversation(panel: ServedPanel) -> None:
    await panel.wait_in_chat(1, "aseo")
    path = "/panel/conversaciones/1"
    async with panel.signed_in("Rosa", HEAD) as browser:
        await browser.get(path)
        await browser.post(f"{path}/atender")
        await browser.get(path)
        await panel.inbox()
        sent = await post(browser, f"{path}/respuesta", photo(), text="Mire el plano")
        assert sent.status == 303
        shown = (await browser.get(path)).text
        assert re.search(rf"El municipio · .*?{path}/archivos/\d+", shown, re.DOTALL)
        (item,) = await panel.inbox()
        body = item.incoming.body
        assert isinstance(body, PersonSays)
        assert body.file is not None
        assert body.file.name == "municipalidad.jpg"


async def test_a_file_is_taken_after_whatsapps_24_hours_too(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo", channel=Channel.WHATSAPP)
    panel.now += timedelta(hours=25)
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        assert 'type="file"' in page.text
        sent = await post(browser, f"{PATH}/respuesta", photo(), answer="Va", version=page.version)
        assert sent.status == 303
        assert len(await kept(panel)) == 1


async def test_it_goes_with_all_else_of_who_is_erased(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        await post(browser, f"{PATH}/respuesta", photo(), answer="Va", version=page.version)
    await panel.scene.take(Said(sender(NUMBER), [DataErased()], at=panel.now))
    assert await panel.scene.read(lambda tx: tx.execute(select(table)).fetchall()) == []
