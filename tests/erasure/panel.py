"""Staff at work in the panel on what citizens wrote: they look for it, quote it, and answer."""

from __future__ import annotations

import re

from bot.web.panel.pages.cases.cases import A_PAGE
from handlers.facts.cases import UNDO
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from tests.bot.one_process import OneProcess
from tests.bot.web.panel.served_panel import Browser, open_panel

_MARK = re.compile(r"zq[0-9a-f]{14}")
_CASE = re.compile(r"/panel/casos/([A-Z]{2}-\d{4}-\d{6})")
_CHAT = re.compile(r"/panel/conversaciones/\d+")
_EVERY_WAY = 3


async def worked(process: OneProcess, release: Release) -> None:
    """A head works on the first page of cases; answers go once they cannot be taken back."""
    async with open_panel(process.database, process.keyring, release) as panel:
        panel.now = process.clock()
        async with panel.signed_in("Jefatura", Grant(Role.HEAD)) as browser:
            listed = await browser.get("/panel/casos?estado=open")
            numbers = list(dict.fromkeys(_CASE.findall(listed.text)))
            assert 0 < len(numbers) <= A_PAGE
            for place, number in enumerate(numbers):
                await _work(browser, number, place % _EVERY_WAY)
            waiting = _CHAT.findall((await browser.get("/panel/conversaciones")).text)
            assert waiting
            for place, path in enumerate(dict.fromkeys(waiting)):
                await _talk(browser, path, ends=place % 2 == 0)
    process.clock.goes_on(seconds=UNDO.total_seconds())


async def _talk(browser: Browser, path: str, *, ends: bool) -> None:
    """Answer in the chat, quoting what was written; end every other conversation."""
    mark = _MARK.findall((await browser.get(path)).text)[0]
    statuses = [(await browser.post(f"{path}/atender")).status]
    statuses.append((await browser.post(f"{path}/respuesta", text=f"Sobre {mark}: sí")).status)
    if ends:
        statuses.append((await browser.post(f"{path}/terminar")).status)
    assert set(statuses) == {303}


async def _work(browser: Browser, number: str, way: int) -> None:
    """Look for a case by its words, note them, and answer, forward, or leave it at that."""
    path = f"/panel/casos/{number}"
    marks = _MARK.findall((await browser.get(path)).text)
    if not marks:
        return  # an audio alone
    mark = marks[0]
    assert number in (await browser.get(f"/panel/casos?q={mark}")).text
    statuses = [(await browser.post(f"{path}/nota", note=f"Llamó por {mark}")).status]
    version = (await browser.get(path)).version
    if way == 0:
        answer = f"Sobre {mark}: va la cuadrilla"
        done = await browser.post(f"{path}/respuesta", answer=answer, version=version)
        statuses.append(done.status)
    if way == 1:
        reason = {"area": "turismo", "reason": f"Es por {mark}"}
        statuses.append((await browser.post(f"{path}/derivar", version=version, **reason)).status)
    assert set(statuses) == {303}
