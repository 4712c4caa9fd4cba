"""Files in the panel: seen or saved by whom may read what they belong to, and noted."""

from __future__ import annotations

import pytest

from handlers.staff.permissions import Grant, Role
from tests.bot.web.panel.served_panel import ServedPanel

NUMBER = "LS-2026-000001"
OTHER = "LS-2026-000002"


async def test_a_photo_is_shown_alone_and_can_do_nothing(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    await panel.attach(NUMBER, 7, b"<script>alert(1)</script>")
    await panel.attach(NUMBER, 8, b"OggS", "audio/ogg")
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        case = (await browser.get(f"/panel/casos/{NUMBER}")).text
        assert f'href="/panel/casos/{NUMBER}/archivos/7"' in case
        assert "Audio 2" in case
        answer = await browser.get(f"/panel/casos/{NUMBER}/archivos/7")
        assert answer.status == 200
        assert answer.text == "<script>alert(1)</script>"
        assert answer.headers["Content-Type"] == "image/jpeg"
        disposition = f'inline; filename="{NUMBER}-1.jpg"'
        assert answer.headers["Content-Disposition"] == disposition
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        second = await browser.get(f"/panel/casos/{NUMBER}/archivos/8")
        assert second.headers["Content-Disposition"] == f'attachment; filename="{NUMBER}-2.ogg"'
    noted = await panel.scene.rows("SELECT action, subject, detail FROM audit_entries")
    assert ("file-read", NUMBER, "7") in noted


@pytest.mark.parametrize(
    "file", ["9", "0", "-7", "7/", "..%2f..%2fkeys.toml", "7%00", "٧", "9" * 30, "9" * 19, "7.jpg"]
)
async def test_no_other_name_leads_to_a_file(panel: ServedPanel, file: str) -> None:
    await panel.complain(NUMBER, "aseo")
    await panel.attach(NUMBER, 7, b"foto")
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        assert (await browser.get(f"/panel/casos/{NUMBER}/archivos/{file}")).status == 404


async def test_a_file_of_another_case_is_not_there(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    await panel.complain(OTHER, "mujer")
    await panel.attach(OTHER, 7, b"foto")
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        assert (await browser.get(f"/panel/casos/{NUMBER}/archivos/7")).status == 404
        assert (await browser.get(f"/panel/casos/{OTHER}/archivos/7")).status == 404


async def test_a_file_sent_to_a_person_stands_in_the_conversation(panel: ServedPanel) -> None:
    await panel.wait_in_chat(1, "aseo")
    await panel.wait_in_chat(2, "aseo")
    await panel.send_in_chat(1, 7, b"<script>alert(1)</script>")
    await panel.send_in_chat(1, 8, b"OggS", "audio/ogg")
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        page = (await browser.get("/panel/conversaciones/1")).text
        assert 'href="/panel/conversaciones/1/archivos/7">Ver' in page
        assert "Audio 2" in page
        answer = await browser.get("/panel/conversaciones/1/archivos/7")
        assert (answer.status, answer.text) == (200, "<script>alert(1)</script>")
        name = 'inline; filename="conversacion-1.jpg"'
        assert answer.headers["Content-Disposition"] == name
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        for other in ("2/archivos/7", "1/archivos/9", "1/archivos/x"):
            assert (await browser.get(f"/panel/conversaciones/{other}")).status == 404
    async with panel.signed_in("Eli", Grant(Role.HEAD, "obras")) as browser:
        assert (await browser.get("/panel/conversaciones/1/archivos/7")).status == 404
    noted = await panel.scene.rows("SELECT action, subject, detail FROM audit_entries")
    assert ("file-read", "chat:1", "7") in noted
