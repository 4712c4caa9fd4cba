"""The first page: what presses most stands first, each sentence with one button."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.web.panel.pages.today.tasks import Pressing, Task, order
from handlers.staff.permissions import Grant, Role
from tests.bot.web.panel.served_panel import ServedPanel

HEAD = Grant(Role.HEAD)
DAY = timedelta(days=1)


async def test_what_is_urgent_stands_first_then_what_lapses_then_what_waits(
    panel: ServedPanel,
) -> None:
    began = panel.now
    await panel.complain("LS-2026-000001", "aseo", due=began + 30 * DAY)
    panel.now += 10 * DAY
    await panel.complain("LS-2026-000002", "aseo", due=panel.now + 2 * DAY)
    await panel.complain("LS-2026-000003", "aseo", due=panel.now - DAY)
    await panel.complain("LS-2026-000004", "aseo", due=panel.now + 9 * DAY, urgent=True)
    await panel.complain("LS-2026-000005", "aseo")
    await panel.wait_in_chat(6, "aseo")
    await panel.wait_in_chat(7, "aseo", urgent=True)
    async with panel.signed_in("Rosa", HEAD) as browser:
        text = (await browser.get("/panel")).text
    shown = re.findall(r'button[^>]*/(?:LS-2026-00000|conversaciones/)(\d)"', text)
    assert shown == ["7", "4", "6", "3", "2", "1", "5"]
    assert text.count('<span class="tag urgent">Urgente</span> Aseo') == 2
    assert text.count(">Vencido<") == 1
    for task in text.partition('<ol class="tasks">')[2].split("</li>")[:-1]:
        assert task.count('class="button') == 1


def test_of_what_waits_the_first_term_comes_first_whatever_kind_it_is() -> None:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    case, agreed, card, measure = (
        Task(name, "Ver", "/", due_at=due)
        for name, due in (("case", at + 30 * DAY), ("agreed", at + 5 * DAY), ("card", None),
                          ("measure", at + 4 * DAY))
    )  # fmt: skip
    late = Task("late", "Ver", "/", pressing=Pressing.OVERDUE, due_at=at - DAY)
    chat = Task("chat", "Ver", "/", pressing=Pressing.LIVE)
    found = sorted([case, agreed, card, measure, late, chat], key=order)
    assert found == [chat, late, measure, agreed, case, card]


async def test_the_most_pressing_are_shown_however_many_wait_longer(panel: ServedPanel) -> None:
    for number in range(1, 12):
        await panel.complain(f"LS-2026-{number:06}", "aseo", due=panel.now + 20 * DAY)
    panel.now += DAY
    await panel.complain("LS-2026-000012", "aseo", due=panel.now + 20 * DAY, urgent=True)
    async with panel.signed_in("Rosa", HEAD) as browser:
        text = (await browser.get("/panel")).text
    assert re.findall(r'Leer <span class="whole">([^<]+)</span><', text)[0] == "LS-2026-000012"
    assert "Otros 4 casos esperan respuesta." in text


async def test_a_case_of_an_area_that_is_no_more_has_a_way_out(panel: ServedPanel) -> None:
    await panel.complain("LS-2026-000001", "oficina-vieja", "Algo de antes")
    async with panel.signed_in("Ada", Grant(Role.ADMIN)) as browser:
        text = (await browser.get("/panel")).text
    assert "Un caso espera respuesta y su área ya no existe: oficina-vieja." in text
    assert "opina cases forward" in text
    assert "Dar el rol a una persona" not in text
    assert "Algo de antes" not in text
