"""What a newcomer meets: an empty folder, `opina run`, and the chat page in a browser."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e import service
from tests.e2e.service import Service
from tests.e2e.web_chat.chat import PHONE

pytestmark = [pytest.mark.process, pytest.mark.asyncio(loop_scope="module")]

QUESTION = "onde saco el permiso de circulacion"


@pytest.mark.browser
async def test_a_newcomer_rates_an_area_and_looks_something_up(
    browser: Browser, tmp_path: Path
) -> None:
    async with service.running(tmp_path) as running:
        context = await browser.new_context(viewport=PHONE, locale="es-CL")
        page = await context.new_page()
        await page.goto(f"{running.url}/")
        await rates_by_tapping(page)
        await looks_up(page)
        await keeps_the_conversation(page, running)
        await context.close()

        rows = jsonl(await running.command("export", "responses", "--format", "jsonl"))
        assert [(row["area"], row["question"], row["value"], row["channel"]) for row in rows] == [
            ("aseo", "grade", "6", "web"),
            ("transito", "useful", "yes", "web"),
        ]
        rows = jsonl(await running.command("export", "lookups", "--format", "jsonl"))
        assert [(row["query"], row["found"], row["card"]) for row in rows] == [
            (QUESTION, "card", "permiso-circulacion")
        ]


async def rates_by_tapping(page: Page) -> None:
    await expect(bubbles(page).first).to_contain_text("Soy el asistente automático")
    await tap(page, "Poner una nota")
    await tap(page, "Aseo y Áreas Verdes")
    await expect(bubbles(page).last).to_contain_text("¿Qué nota le pone, de 1 a 7?")
    await tap(page, "6")
    await expect(bubbles(page).last).to_contain_text("Anoté un 6 para Aseo y Áreas Verdes.")
    await tap(page, "Listo")
    await expect(bubbles(page).last).to_contain_text("Anotamos su nota 6 para Aseo y Áreas Verdes")


async def looks_up(page: Page) -> None:
    words = page.get_by_role("textbox", name="Escriba su mensaje")
    await words.fill(QUESTION)
    await words.press("Enter")
    card = bubbles(page).last
    await expect(card).to_contain_text("permiso de circulación")
    await expect(card).to_contain_text("¿Le sirvió?")
    await expect(card).to_contain_text("El área aún no confirma lugar ni horario.")
    await tap(page, "Sí")
    await expect(bubbles(page).last).to_contain_text("Me alegro.")


async def keeps_the_conversation(page: Page, running: Service) -> None:
    before = await bubbles(page).all_inner_texts()
    await page.reload()
    await expect(bubbles(page)).to_have_count(len(before))
    assert await bubbles(page).all_inner_texts() == before

    assert await running.stop() == 0
    await running.start()
    words = page.get_by_role("textbox", name="Escriba su mensaje")
    await words.fill("gracias")
    await words.press("Enter")
    await expect(bubbles(page)).to_have_count(len(before) + 2, timeout=15_000)


async def test_the_service_says_what_is_on_and_stops_when_told(tmp_path: Path) -> None:
    async with service.running(tmp_path, interpreter=sys.executable) as running:
        assert json.loads((await running.get("/healthz"))[1]) == {"status": "ok"}
        status, ready = await running.get("/readyz")
        assert (status, json.loads(ready)["status"]) == (200, "ready")
        status, metrics = await running.get("/metrics")
        assert status == 200
        assert "\nopina_intake_queue 0.0\n" in metrics

        assert 'opina_channel_up{channel="web"} 1.0' in metrics
        lines = [" ".join(line.split()) for line in running.output.splitlines()]
        assert f"Opina está en marcha: {running.url}/chat" in lines
        assert f"Página web sí {running.url}/chat" in lines
        assert "Telegram no falta [telegram] token" in lines
        missing = "token, phone_number_id, app_secret, verify_token"
        assert f"WhatsApp no falta [whatsapp] {missing}" in lines
        assert "Correo no falta [mail] host" in lines

        began = time.monotonic()
        assert await running.stop() == 0
        assert time.monotonic() - began < 10
        assert "Traceback" not in running.output

        await running.start()
        assert await running.stop() == 0
    assert set(os.listdir(tmp_path)) == {"service.log", "var"}


async def test_what_another_service_has_is_told_in_one_line(tmp_path: Path) -> None:
    async with service.running(tmp_path / "first") as first:
        begin = first.output.splitlines()[:2]
        assert begin[0].startswith("Opina: leo el contenido")
        assert begin[1] == f"Nueva base de datos: {first.folder}/var/opina.db"
        code, output = await first.fails_to_start()  # with the same database
        assert (code, output.count("\n")) == (2, 1)
        assert "var/opina.db: otro servicio ya trabaja con esta base; deténgalo" in output
        assert (await first.get("/readyz"))[0] == 200
        second = Service(tmp_path / "second", {})
        code, output = await second.fails_to_start(port=first.port)
        assert code == 2
        assert output.count("\n") == 1
        assert "[web]" in output
        assert str(first.port) in output


@pytest.mark.parametrize("host", ["192.0.2.1", "sin-esa-maquina.invalid"])
async def test_a_host_that_is_not_this_machine_is_told_under_its_key(
    tmp_path: Path, host: str
) -> None:
    code, output = await Service(tmp_path, {"web": {"host": host}}).fails_to_start()
    assert (code, output.count("\n")) == (2, 1)
    assert f"[web] host: no se puede escuchar en {host}:" in output
    assert output.endswith("o una dirección de esta máquina\n")
    assert "[web] port" not in output


async def test_a_wrong_setting_is_told_in_one_line(tmp_path: Path) -> None:
    wrong = Service(tmp_path, {"telegram": {"mode": "pulling"}}, interpreter=sys.executable)
    code, output = await wrong.fails_to_start()
    assert code == 2
    assert output.count("\n") == 1
    assert "config.toml: [telegram] mode" in output
    assert "polling o webhook" in output


def jsonl(text: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in text.splitlines()]


def bubbles(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversación").locator(".bubble")


async def tap(page: Page, name: str) -> None:
    numbered = re.compile(rf"^(?:\d+\. )?{re.escape(name)}$")
    await page.get_by_role("button", name=numbered).click()
