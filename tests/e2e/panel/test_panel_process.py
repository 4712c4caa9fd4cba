"""The panel of the real service: in by the link of a real mail, and an answer on its way."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp
import pytest

from tests.e2e import service
from tests.e2e.citizen import CASE
from tests.e2e.panel.test_staff import mail_server
from tests.fakes.telegram.bot_api import FakeTelegram

pytestmark = pytest.mark.process

MAIL = "luces@muni.example"
HEADERS = {"Sec-Fetch-Site": "same-origin"}


async def test_who_signs_in_by_mail_answers_a_citizen_on_telegram(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, mail_server() as (mailbox, port):
        settings = {
            "telegram": service.telegram_settings(telegram),
            "mail": {
                "host": "127.0.0.1",
                "port": port,
                "from": "Opina <opina@muni.example>",
                "security": "none",
            },
        }
        jar = aiohttp.CookieJar(unsafe=True)
        async with (
            service.running(tmp_path, settings) as opina,
            aiohttp.ClientSession(opina.url, cookie_jar=jar, headers=HEADERS) as browser,
        ):
            await opina.command("staff", "add", "Luces", "--email", MAIL, "--area", "todas")
            async with browser.post("/panel/entrar", data={"email": MAIL}) as response:
                assert response.url.path == "/panel/entrar/codigo"
            body = (await mailbox.receives(MAIL)).get_body(("plain",))
            assert body is not None
            text = body.get_content()
            link = re.search(rf"{re.escape(opina.url)}(/panel/entrar/[\w-]{{43}})", text)
            assert link is not None, text
            async with browser.post(link[1], data={"back": ""}) as response:
                assert "Lo que le espera hoy" in await response.text()

            citizen = telegram.citizen()
            await citizen.says("reclamo")
            await citizen.hears()
            await citizen.says("La luminaria de mi pasaje no prende hace un mes")
            if "SALTAR" in (await citizen.hears()).text:
                await citizen.says("saltar")
                await citizen.hears()
            await citizen.says("sí")
            number = CASE.findall((await citizen.hears()).text)[0]
            async with browser.get("/panel") as response:
                assert number in await response.text()
            async with browser.get(f"/panel/casos/{number}") as response:
                page = await response.text()
            form = {
                name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1]
                for name in ("form_token", "version")
            }
            form["answer"] = "El jueves va la cuadrilla"
            async with browser.post(f"/panel/casos/{number}/respuesta", data=form) as response:
                assert "Deshacer el envío" in await response.text()
            read = await citizen.hears(timeout_s=60)
            assert number in read.text
            assert "ya lo leyó" in read.text
            answer = await citizen.hears(timeout_s=60)
            assert "«El jueves va la cuadrilla»" in answer.text
            assert "entero" in await opina.command("audit", "--verify")
            assert link[1] not in opina.output, "secrets stay out of the log"
            assert await opina.stop() == 0
