"""The switch that pins a notice, and one's own choice of notices."""

from __future__ import annotations

import re

from handlers.staff.permissions import Grant, Role
from handlers.state import Pinned
from storage.audit import chain
from storage.staff import notices, pinned_notice
from storage.staff.notices import NoticeChoice
from tests.bot.web.panel.served_panel import ServedPanel

ADMIN = Grant(Role.ADMIN)
TEXT = "Hay alerta de tsunami: vaya a una zona alta."


async def test_a_notice_is_pinned_changed_and_taken_down(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        assert (await rosa.post("/panel/aviso", text=f" {TEXT}\n", stops="1")).status == 303
        assert await panel.scene.write(pinned_notice.current) == Pinned(TEXT, stops_ratings=True)
        page = await rosa.get("/panel/aviso")
        assert TEXT in page.text
        assert "Hay un aviso puesto" in (await rosa.get("/panel")).text
        await rosa.post("/panel/aviso", text="Pasó la alerta <b>")
        pinned = Pinned("Pasó la alerta <b>", stops_ratings=False)
        assert await panel.scene.write(pinned_notice.current) == pinned
        assert "<b>" not in (await rosa.get("/panel/aviso")).text
        await rosa.post("/panel/aviso/quitar")
        assert await panel.scene.write(pinned_notice.current) is None
        await rosa.post("/panel/aviso/quitar")
    entries = await panel.scene.write(lambda tx: chain.newest(tx, 9))
    actions = [entry.entry.action for entry in entries]
    assert actions.count("notice-pinned") == 2
    assert actions.count("notice-ended") == 1


async def test_an_empty_or_long_notice_is_refused_and_stays_typed(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        long = "x" * (pinned_notice.LONGEST + 1)
        refused = await rosa.post("/panel/aviso", text=long)
        assert (refused.status, long in refused.text) == (422, True)
        assert (await rosa.post("/panel/aviso", text="  ")).status == 422
    assert await panel.scene.write(pinned_notice.current) is None


async def test_each_person_chooses_their_own_notices(panel: ServedPanel) -> None:
    ana, luis = await panel.hire("Ana", Grant(Role.HEAD)), await panel.hire("Luis")
    async with panel.signed_in("Ana") as browser:
        assert (await browser.get("/panel/avisos")).text.count(" checked") == 3
        done = await browser.post("/panel/avisos", mail="1")
        assert done.status == 303
        assert (await browser.get("/panel/avisos")).text.count(" checked") == 1
    chosen = await panel.scene.write(notices.choices)
    assert chosen == {ana: NoticeChoice(chat=False, mail=True, weekly=False), luis: NoticeChoice()}


async def test_who_gets_no_digest_is_not_asked_about_it_and_keeps_the_choice(
    panel: ServedPanel,
) -> None:
    eva = await panel.hire("Eva", Grant(Role.DESK, "aseo"))
    async with panel.signed_in("Eva") as browser:
        page = (await browser.get("/panel/avisos")).text
        assert "El resumen de la semana" not in page
        assert '<input type="hidden" name="weekly" value="1">' in page
        await browser.post("/panel/avisos", mail="1", weekly="1")
    assert (await panel.scene.write(notices.choices))[eva] == NoticeChoice(chat=False)


async def test_who_gets_no_cases_is_not_asked_about_them_and_keeps_the_choice(
    panel: ServedPanel,
) -> None:
    eva = await panel.hire("Eva", Grant(Role.VIEWER))
    async with panel.signed_in("Eva") as browser:
        page = (await browser.get("/panel/avisos")).text
        assert "Casos y personas que esperan" not in page
        assert "El resumen de la semana" in page
        kept = dict(re.findall(r'<input type="hidden" name="(chat|mail)" value="(1)">', page))
        await browser.post("/panel/avisos", **kept)
    chosen = NoticeChoice(chat=True, mail=True, weekly=False)
    assert (await panel.scene.write(notices.choices))[eva] == chosen
    async with panel.signed_in("Dora", Grant(Role.PRIVACY)) as browser:
        page = (await browser.get("/panel/avisos")).text
        assert "no recibe avisos que se puedan elegir" in page
        assert "Guardar mi elección" not in page
