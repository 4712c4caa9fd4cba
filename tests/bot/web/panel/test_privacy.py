"""What the privacy page says of the municipality is filled in in the panel, and shown at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.config import MunicipalitySettings, PrivacySettings
from bot.privacy_notice import ITEMS, Configured
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.privacy import notices
from tests.bot.web.panel.served_panel import Browser, ServedPanel, open_panel

PATH = "/panel/privacidad"
OFFICER, ADMIN = Grant(Role.PRIVACY), Grant(Role.ADMIN)
CONFIGURED = Configured(
    MunicipalitySettings(phone="1", hours="9 a 14"),
    PrivacySettings(officer="Unidad del servidor", server_country="Chile"),
)
FILLED = {
    "representative": "Representante de Prueba",
    "officer": "Unidad de Datos",
    "address": "Prat 1",
    "email": "datos@ejemplo.cl",
    "server_country": "Chile",
    "security_policy": "https://ejemplo.cl/seguridad",
    "version": "1.0",
    "approved_on": "2026-11-16",
}


@pytest.fixture
async def panel(sqlite_url: str, keyring: Keyring, release: Release) -> AsyncIterator[ServedPanel]:
    """A panel whose settings say two things for the page."""
    database = await open_database(sqlite_url)
    async with open_panel(database, keyring, release, privacy=CONFIGURED) as opened:
        yield opened
    await database.close()


async def send(browser: Browser, seen: int = 0, **fields: str) -> tuple[int, str]:
    answer = await browser.post(PATH, version_seen=str(seen), **{**FILLED, **fields})
    return answer.status, answer.text


async def page_of_all(browser: Browser) -> str:
    return (await browser.get("/privacidad")).text


@pytest.mark.parametrize("grant", [OFFICER, ADMIN])
async def test_what_is_published_is_on_the_page_at_once_and_no_longer_asked_for(
    panel: ServedPanel, grant: Grant
) -> None:
    async with panel.signed_in("Rosa", grant) as rosa:
        today = (await rosa.get("/panel")).text
        assert "no dice aún lo que la ley pide: representante legal" in today
        assert f'href="{PATH}"' in today
        assert "por confirmar" in await page_of_all(rosa)
        assert "Unidad del servidor" in (await rosa.get(PATH)).text
        assert (await send(rosa))[0] == 303
        public = await page_of_all(rosa)
        shown = {**FILLED, "approved_on": "16 de noviembre de 2026"}
        assert [text for text in shown.values() if text not in public] == []
        assert "por confirmar" not in public
        assert "la ley pide" not in (await rosa.get("/panel")).text
        form = (await rosa.get(PATH)).text
        assert "dice todo lo que la ley pide" in form
        assert "Último cambio: Rosa, miércoles" in form


async def test_it_is_audited_by_what_changed_and_kept_version_by_version(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        await send(rosa)
        await send(rosa, 1, email="otro@ejemplo.cl", version="1.1")
        assert (await send(rosa, 2, email="otro@ejemplo.cl", version="1.1"))[0] == 303
        assert (
            "cambió la página de privacidad (correo, versión)"
            in (await rosa.get("/panel/auditoria")).text
        )
    entries = [one.entry for one in await panel.scene.read(lambda tx: chain.newest(tx, 9))]
    details = [one.detail for one in entries if one.action == "privacy-published"]
    assert len(details) == 2
    assert details[0] == "correo, versión"
    found = await panel.scene.read(notices.newest)
    assert (found.version, found.staff_id) == (2, panel.people["Rosa"])
    assert "server_country" not in found.items  # as in the settings, so theirs still holds


async def test_an_emptied_field_says_what_the_settings_say(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        await send(rosa)
        assert (await send(rosa, 1, officer=" ", email=""))[0] == 303
        public = await page_of_all(rosa)
        assert "Unidad del servidor" in public
        assert "datos@ejemplo.cl" not in public


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("email", "no es un correo", "un correo como"),
        ("security_policy", "javascript:alert(1)", "https://"),
        ("approved_on", "2026-02-31", "el 2026-02-31 no está en el calendario"),
        ("approved_on", "pronto", "«pronto» no es una fecha"),
        ("approved_on", "9999-01-01", "el año 9999 no se acepta"),
        ("approved_on", "1999-12-31", "el año 1999 no se acepta"),
        ("approved_on", "2026-11-19", "aún no llega"),
        ("approved_on", "1795132800", "no es una fecha"),
        ("officer", "x" * 301, "son 301 letras; caben 300"),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field_and_stays_typed(
    panel: ServedPanel, field: str, typed: str, said: str
) -> None:
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        status, text = await send(rosa, **{field: typed})
    assert status == 422
    problem = text.partition(f'id="{field}-wrong"')[2].partition("</p>")[0]
    assert said in problem
    assert f'value="{typed}"' in text
    assert FILLED["representative"] in text
    assert (await panel.scene.read(notices.newest)).version == 0


async def test_of_two_who_fill_it_in_at_once_the_second_is_shown_the_difference(
    panel: ServedPanel,
) -> None:
    async with (
        panel.signed_in("Rosa", ADMIN) as rosa,
        panel.signed_in("Luis", OFFICER) as luis,
    ):
        await send(rosa)
        status, text = await send(luis, officer="Oficina de Luis")
        assert status == 409
        assert 'value="Oficina de Luis"' in text
        assert "La página dice ahora: Unidad de Datos" in text
        assert text.count("La página dice ahora") == 1
        assert 'name="version_seen" value="1"' in text
        assert (await send(luis, 1, officer="Oficina de Luis"))[0] == 303
        assert "Oficina de Luis" in await page_of_all(luis)


async def test_what_is_typed_is_never_markup(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        await send(rosa, officer="<b>A&B</b>")
        for text in (await page_of_all(rosa), (await rosa.get(PATH)).text):
            assert "<b>A" not in text
            assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in text


def test_telephone_and_hours_are_said_to_be_the_settings() -> None:
    lacking = replace(CONFIGURED, municipality=MunicipalitySettings()).lacking(
        dict.fromkeys(ITEMS, "x")
    )
    assert [one.key for one in lacking] == ["[municipality] phone", "[municipality] hours"]
