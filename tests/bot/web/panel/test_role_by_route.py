"""Every route with every role in every kind of area: what the table says is what happens."""

from __future__ import annotations

import pytest

from bot.web.panel.routes import OPEN, PAGES, Page
from handlers.staff.permissions import Action, Grant, Role, may, may_in
from tests.bot.web.panel.town import Answer, Browser, PanelTown

CASES = {
    "LS-2026-000001": ("aseo", False),
    "LS-2026-000002": ("mujer", True),
    "LS-2026-000003": ("", False),
}
AREAS = ("", "aseo", "mujer", "transito")
REFUSED = (403, 404)


async def ask(browser: Browser, page: Page, number: str) -> Answer:
    path = page.path.replace("{number}", number).replace("{area}", number)
    # Fields that change nothing, so that the cases stay as they are for the next one.
    return await (browser.get(path) if page.method == "GET" else browser.post(path))


@pytest.mark.parametrize("role", list(Role))
async def test_a_route_answers_only_whom_the_table_allows(town: PanelTown, role: Role) -> None:
    for number, (area, _) in CASES.items():
        await town.complain(number, area)
    for grant in [Grant(role, area) for area in AREAS]:
        async with town.signed_in(f"Rosa {grant.area}", grant) as browser:
            for page in PAGES:
                for number in CASES if page.of_a_case else AREAS[1:] if page.of_an_area else ("",):
                    if page.path != "/panel/salir":
                        await check(browser, page, number, grant)


async def check(browser: Browser, page: Page, number: str, grant: Grant) -> None:
    answer = await ask(browser, page, number)
    if page.of_a_case:
        area, sensitive = CASES[number]
        allowed = may_in([grant], page.action, area, sensitive=sensitive)
    elif page.of_an_area:
        allowed = may_in([grant], page.action, number, sensitive=number == "mujer")
    else:
        allowed = may([grant], page.action)
    assert (answer.status not in REFUSED) == allowed, (page, number, grant, answer.status)
    if not allowed:
        assert "hoyo" not in answer.text


@pytest.mark.parametrize("role", list(Role))
async def test_the_list_and_its_search_show_words_only_where_they_may_be_read(
    town: PanelTown, role: Role
) -> None:
    for number, (area, _) in CASES.items():
        await town.complain(number, area, f"Palabras de {number}")
    for grant in [Grant(role, area) for area in AREAS]:
        async with town.signed_in(f"Rosa {grant.area}", grant) as browser:
            pages = [
                (await browser.get(path)).text
                for path in ("/panel", "/panel/casos?estado=todos", "/panel/casos?q=palabras")
            ]
        for number, (area, sensitive) in CASES.items():
            read = may_in([grant], Action.READ_CASES, area, sensitive=sensitive)
            listed = may_in([grant], Action.LIST_CASES, area, sensitive=sensitive)
            assert (f"Palabras de {number}" in pages[1]) == read, grant
            assert (f"Palabras de {number}" in pages[2]) == read, grant
            assert (number in pages[1]) == listed, grant
            if not read:
                assert f"Palabras de {number}" not in pages[0]


@pytest.mark.parametrize("role", list(Role))
async def test_the_menu_offers_what_its_pages_allow(town: PanelTown, role: Role) -> None:
    async with town.signed_in("Rosa", Grant(role)) as browser:
        text = (await browser.get("/panel")).text
        for page in PAGES:
            if page.menu:
                assert (f'<a href="{page.path}"' in text) == may([Grant(role)], page.action)


async def test_without_a_role_or_a_session_nothing_is_answered(town: PanelTown) -> None:
    await town.complain("LS-2026-000001", "aseo")
    async with town.signed_in("Rosa") as browser:
        for page in PAGES:
            answer = await ask(browser, page, "LS-2026-000001")
            assert answer.status in REFUSED, page
    stranger = town.browser()
    async with stranger.client:
        for page in PAGES:
            answer = await ask(stranger, page, "LS-2026-000001")
            assert answer.status == (303 if page.method == "GET" else 401)
            assert "hoyo" not in answer.text


async def test_a_number_that_is_not_there_looks_like_one_that_is_not_yours(
    town: PanelTown,
) -> None:
    await town.complain("LS-2026-000002", "mujer")
    async with town.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        theirs = await browser.get("/panel/casos/LS-2026-000002")
        nobodys = await browser.get("/panel/casos/LS-2026-000009")
        assert (theirs.status, theirs.text) == (nobodys.status, nobodys.text)
        found = [await browser.get(f"/panel/casos?q={n}") for n in ("000002", "000009")]
        assert [answer.status for answer in found] == [200, 200]
        assert "LS-2026-000002" not in found[0].text.replace('value="', "")


def test_no_route_is_declared_twice() -> None:
    declared = [(page.method, page.path) for page in PAGES] + [(m, p) for m, p, _ in OPEN]
    assert len(declared) == len(set(declared))
