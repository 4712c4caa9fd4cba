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
    shown = re.findall(r'button[^>]*/(?:LS-2026-00000|conversaciones/)(\d)\?desde=hoy"', text)
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


async def test_what_was_opened_from_today_leads_back_there_once_it_is_done(
    panel: ServedPanel,
) -> None:
    await panel.complain("LS-2026-000001", "aseo")
    await panel.wait_in_chat(6, "aseo")
    case, chat = "/panel/casos/LS-2026-000001", "/panel/conversaciones/6"
    async with panel.signed_in("Rosa", HEAD) as browser:
        today = (await browser.get("/panel")).text
        assert {f'href="{path}?desde=hoy"' in today for path in (case, chat)} == {True}
        page = await browser.get(f"{case}?desde=hoy")
        assert 'name="came_from" value="hoy"' in page.text
        for steps, fields, leads_to in (
            ("nota", {"note": "Ojo"}, f"{case}?aviso=nota&desde=hoy"),
            ("respuesta", {"answer": "Va una cuadrilla"}, "/panel?aviso=respuesta"),
        ):
            page = await browser.get(f"{case}?desde=hoy")
            done = await browser.post(
                f"{case}/{steps}", came_from="hoy", version=page.version, **fields
            )
            assert done.headers["Location"] == leads_to
        for steps, leads_to in (
            ("atender", f"{chat}?aviso=atiende&desde=hoy#final"),
            ("terminar", "/panel?aviso=terminada"),
        ):
            done = await browser.post(f"{chat}/{steps}", came_from="hoy")
            assert done.headers["Location"] == leads_to


async def test_an_answer_is_taken_back_from_today_and_its_words_are_in_their_field(
    panel: ServedPanel,
) -> None:
    await panel.complain("LS-2026-000001", "aseo")
    case = "/panel/casos/LS-2026-000001"
    async with panel.signed_in("Rosa", HEAD) as browser, panel.signed_in("Ana", HEAD) as other:
        page = await browser.get(case)
        fields = {"answer": "Va una cuadrilla", "version": page.version, "came_from": "hoy"}
        kept = await browser.post(f"{case}/respuesta", note="Llamar al turno", **fields)
        assert ">Llamar al turno</textarea>" in kept.text, "what else was typed is not lost"
        today = (await browser.get("/panel?aviso=respuesta")).text
        assert f'action="{case}/deshacer"' in today
        assert "La respuesta quedó anotada" not in today, "when it goes says more"
        assert "Terminó la conversación" in (await browser.get("/panel?aviso=terminada")).text
        assert "deshacer" not in (await other.get("/panel")).text
        (note,) = re.findall(r'name="undone" value="(\d+)"', today)
        undone = await browser.post(f"{case}/deshacer", undone=note, came_from="hoy")
        assert ">Va una cuadrilla</textarea>" in undone.text
        assert "deshacer" not in (await browser.get("/panel")).text


async def test_administration_is_told_what_nobody_can_do_yet(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", Grant(Role.ADMIN)) as browser:
        alone = (await browser.get("/panel")).text
        await panel.hire("Ana", Grant(Role.QUALITY))
        await panel.hire("Luz", HEAD)
        later = (await browser.get("/panel")).text
        await panel.hire("Eva", Grant(Role.PRIVACY))
        assert "Aún nadie tiene un rol" not in (await browser.get("/panel")).text
    assert "quienes piden una persona, decidir las medidas ni decidir los pedidos" in alone
    assert "Aún nadie tiene un rol para decidir los pedidos sobre datos personales." in later


async def test_the_page_begins_with_the_day_the_week_and_whose_areas_they_are(
    panel: ServedPanel,
) -> None:
    panel.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    begun = "Lunes 30 de noviembre de 2026, semana 49"
    for name, grants, whose in (
        ("Rosa", (HEAD,), " · todas las áreas"),
        ("Juan", (Grant(Role.HEAD, "aseo"),), " · Aseo y Áreas Verdes"),
        (
            "Ana",
            (Grant(Role.HEAD, "aseo"), Grant(Role.HEAD, "transito"), Grant(Role.PRIVACY)),
            " · Aseo y Áreas Verdes y Tránsito",
        ),
        ("Eva", (Grant(Role.PRIVACY),), ""),
    ):
        async with panel.signed_in(name, *grants) as browser:
            assert f">{begun}{whose}</p>" in (await browser.get("/panel")).text
