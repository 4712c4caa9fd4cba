"""Taking back a case that went to the wrong area, from each page where one looks for it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.facts.cases import UNDO
from handlers.messages import CaseNews
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.cases import reading
from tests.bot.web.panel.served_panel import Browser, ServedPanel

NUMBER = "LS-2026-000001"
PATH = f"/panel/casos/{NUMBER}"
HEAD = Grant(Role.HEAD, "aseo")
OTHER = Grant(Role.HEAD, "transito")
TAKE_BACK = "Traer de vuelta a "


@pytest.fixture(autouse=True)
async def case(panel: ServedPanel) -> None:
    """A case that waits for an answer."""
    await panel.complain(NUMBER, "aseo")
    await panel.inbox()


async def forward(browser: Browser) -> str:
    """Pass the case on; return what the button says of it, on the list."""
    version = (await browser.get(PATH)).version
    fields = {"area": "transito", "reason": "No es nuestro", "version": version}
    assert (await browser.post(f"{PATH}/derivar", **fields)).status == 303
    return taken_on((await browser.get("/panel/casos")).text)


def taken_on(page: str) -> str:
    found = re.search(f'name="taken" value="([^"]+)"[^>]*>{TAKE_BACK}', page)
    assert found is not None
    return found[1]


async def area(panel: ServedPanel) -> str:
    found = await panel.scene.read(lambda tx: reading.find_case(tx, panel.scene.keyring, NUMBER))
    assert found is not None
    return found.area


@pytest.mark.parametrize("path", ["/panel", "/panel/casos", PATH])
async def test_it_is_taken_back_with_one_button_and_the_citizen_hears_of_it_once(
    panel: ServedPanel, path: str
) -> None:
    grants = (HEAD, OTHER) if path == PATH else (HEAD,)
    async with panel.signed_in("Rosa", *grants) as browser:
        await forward(browser)
        await panel.inbox(UNDO)  # all is told
        panel.now += timedelta(minutes=20)
        taken = taken_on((await browser.get(path)).text)
        to = PATH if path == PATH else "/panel/casos"
        done = await browser.post(f"{to}/traer", taken=taken)
        assert (done.status, done.headers["Location"]) == (303, f"{PATH}?aviso=de-vuelta")
        again = await browser.post("/panel/casos/traer", taken=taken)
        assert "aviso=ya-leido" in again.headers["Location"]
        assert TAKE_BACK not in (await browser.get(path)).text
        assert "Lo trajo de vuelta Rosa, a " in (await browser.get(PATH)).text
    assert await area(panel) == "aseo"
    bodies = [item.incoming.body for item in await panel.inbox(UNDO)]
    assert [one.step for one in bodies if isinstance(one, CaseNews)] == ["taken-back"]
    entries = await panel.scene.read(lambda tx: chain.of_action(tx, "case-taken-back"))
    assert [one.entry.detail for one in entries] == ["transito → aseo"]


async def test_what_the_receiver_has_opened_stays_there(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Luis", OTHER) as luis:
        taken = await forward(rosa)
        opened = await luis.get(PATH)
        assert "Lo leyó Luis" in opened.text
        late = await rosa.post("/panel/casos/traer", taken=taken)
        page = await rosa.get(late.headers["Location"])
        assert "allá ya lo leyeron" in page.text
        assert TAKE_BACK not in page.text
        fields = {"answer": "Lo vemos mañana", "version": opened.version}
        assert (await luis.post(f"{PATH}/respuesta", **fields)).status == 303
    assert await area(panel) == "transito"


@pytest.mark.parametrize("grant", [OTHER, Grant(Role.HEAD, "obras")])
async def test_only_the_area_that_forwarded_it_takes_it_back(
    panel: ServedPanel, grant: Grant
) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa:
        taken = await forward(rosa)
    async with panel.signed_in("Luis", grant) as browser:
        assert TAKE_BACK not in (await browser.get("/panel/casos")).text
        refused = await browser.post("/panel/casos/traer", taken=taken)
        assert "aviso=ya-leido" in refused.headers["Location"]
    assert await area(panel) == "transito"


async def test_an_answer_half_written_is_kept(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD, OTHER) as browser:
        taken = await forward(browser)
        kept = await browser.post(f"{PATH}/traer", taken=taken, answer="Va mañana")
        assert "Va mañana</textarea>" in kept.text
