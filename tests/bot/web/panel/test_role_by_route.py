"""Every route with every role in every kind of area: what the table says is what happens."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import pytest

from bot.web.panel.page import Page
from bot.web.panel.page_table import OPEN, PAGES
from handlers.assessments.rounds import Round, RoundQuestion
from handlers.content.questionnaires.definition import QuestionKind
from handlers.facts.own_data import Right, RightUsed
from handlers.privacy.breaches.steps import BreachScope, DataKind
from handlers.staff.permissions import Action, Grant, Role, may, may_in
from storage.assessments import rounds
from storage.cases.lists import incidents
from storage.engine.database import Transaction
from storage.quality import card_reports
from storage.quality.card_reports import NewReport
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel
from tests.storage.scene import ZONE, Said, sender

CASES = {
    "LS-2026-000001": ("aseo", False),
    "LS-2026-000002": ("mujer", True),
    "LS-2026-000003": ("", False),
}
MEASURES = {"M-2026-001": ("aseo", False), "M-2026-002": ("mujer", True)}
ASSESSMENTS = {"A-2026-001": ("aseo", False), "A-2026-002": ("mujer", True)}
FILES = {number: str(place) for place, number in enumerate(CASES, 1)}  # each has a file
AREAS = ("", "aseo", "mujer", "transito")
GRANTED = AREAS[:-1]  # everything, an ordinary area, and a sensitive one
REQUEST = "LS-D-2026-000001"
REFUSED = (403, 404)
OF_AREAS = ("number", "chat", "incident", "report", "measure", "assessment", "area")


@dataclass(frozen=True, slots=True)
class Place:
    """Something that an address can be about, and the area it belongs to."""

    name: str  # as the address writes it; empty: the address is about nothing
    value: str
    area: str = ""
    sensitive: bool = False


async def places(panel: ServedPanel) -> dict[str, list[Place]]:
    """Cases, incidents, reports of cards, measures and self-assessments in areas, and a request
    about own data."""
    keyring, now = panel.scene.keyring, panel.now
    found: dict[str, list[Place]] = defaultdict(list)
    for number, (area, sensitive) in CASES.items():
        await panel.complain(number, area)
        await panel.attach(number, int(FILES[number]), b"hoyo")
        found["number"].append(Place("number", number, area, sensitive))
        await panel.wait_in_chat(int(number[-1:]), area)
        await panel.send_in_chat(int(number[-1:]), int(FILES[number]) + 10, b"hoyo")
        found["chat"].append(Place("chat", number[-1:], area, sensitive))

        def write(tx: Transaction, number: str = number, area: str = area) -> tuple[int, int]:
            incident = incidents.begin(tx, "Corte de luz", 0, now)
            incidents.add_cases(tx, incident, [number], now)
            report = card_reports.add(
                tx, keyring, NewReport("licencia-conducir", area, "hoyo", 0, now)
            )
            return incident, report

        incident, report = await panel.scene.write(write)
        found["incident"].append(Place("incident", str(incident), area, sensitive))
        found["report"].append(Place("report", str(report), area, sensitive))
    asked = RightUsed(REQUEST, Right.OBJECT, now, done=False, text="hoyo")
    await panel.scene.take(Said(sender("9"), [asked], at=now))
    for number, (area, sensitive) in MEASURES.items():
        assert await panel.fall(area) == number
        found["measure"].append(Place("measure", number, area, sensitive))
    for number, (area, sensitive) in ASSESSMENTS.items():
        assert await panel.assess(area, evidence="hoyo") == number
        found["assessment"].append(Place("assessment", number, area, sensitive))
    found["request"].append(Place("request", REQUEST))
    # Nothing is lacking, so that it can be closed, and those of cases can be told.
    told = {"scope": BreachScope((DataKind.CASES,)), "has_risk": False}
    found["breach"].append(Place("breach", await panel.breach("hoyo en el servidor", **told)))
    ends = now + timedelta(days=5)
    asked = RoundQuestion("metas", QuestionKind.YES_NO, "¿Conoce las metas?")
    drafted = Round("", "personal", 1, "Personal", (asked,), now, ends)
    assert await panel.scene.write(lambda tx: rounds.open_one(tx, keyring, drafted, 0, ZONE))
    found["round"].append(Place("round", "C-2026-001"))
    for area in AREAS[1:]:
        found["area"].append(Place("area", area, area, sensitive=area == "mujer"))
    found[""].append(Place("", ""))
    return found


def about(page: Page) -> str:
    """What the address names."""
    found = re.search(r"{(\w+)}", page.path)
    return found[1] if found else ""


async def ask(browser: Browser, page: Page, place: Place) -> Answer:
    path = page.path.replace(f"{{{place.name}}}", place.value) if place.name else page.path
    file = f"1{place.value}" if place.name == "chat" else FILES.get(place.value, "1")
    path = path.replace("{file}", file)
    # Fields that change nothing, so that the cases stay as they are for the next one.
    return await (browser.get(path) if page.method == "GET" else browser.post(path))


@pytest.mark.parametrize("role", list(Role))
async def test_a_route_answers_only_whom_the_table_allows(panel: ServedPanel, role: Role) -> None:
    known = await places(panel)
    for grant in [Grant(role, area) for area in GRANTED]:
        async with panel.signed_in(f"Rosa {grant.area}", grant) as browser:
            for page in PAGES:
                for place in known[about(page)]:
                    if page.path != "/panel/salir":
                        await check(browser, page, place, grant)


async def check(browser: Browser, page: Page, place: Place, grant: Grant) -> None:
    answer = await ask(browser, page, place)
    if place.name in OF_AREAS:
        allowed = may_in([grant], page.action, place.area, sensitive=place.sensitive)
    else:
        allowed = may([grant], page.action)
    assert (answer.status not in REFUSED) == allowed, (page, place, grant, answer.status)
    if not allowed:
        assert "hoyo" not in answer.text
        assert "bajó" not in answer.text
        assert "Corte de luz" not in answer.text


@pytest.mark.parametrize("role", list(Role))
async def test_the_list_and_its_search_show_words_only_where_they_may_be_read(
    panel: ServedPanel, role: Role
) -> None:
    for number, (area, _) in CASES.items():
        await panel.complain(number, area, f"Palabras de {number}")
    for grant in [Grant(role, area) for area in AREAS]:
        async with panel.signed_in(f"Rosa {grant.area}", grant) as browser:
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
async def test_the_menu_offers_what_its_pages_allow(panel: ServedPanel, role: Role) -> None:
    async with panel.signed_in("Rosa", Grant(role)) as browser:
        text = (await browser.get("/panel")).text
        for page in PAGES:
            if page.menu:
                assert (f'<a href="{page.path}"' in text) == may([Grant(role)], page.action)


@pytest.mark.parametrize(
    ("roles", "shown", "path", "words"),
    [
        ({Role.DESK}, 6, "/panel/casos", []),
        (set(Role), 4, "/panel/avisos", ["<details>", "Calidad", "<details>", "Más"]),
        (set(Role), 4, "/panel/medidas/nueva", ["<details open>", "Calidad", "<details>", "Más"]),
        ({Role.ADMIN}, 2, "/panel/personas", ["<details>", "Calidad", "<details open>", "Más"]),
    ],
)
async def test_the_menu_has_few_words_and_opens_where_one_is(
    panel: ServedPanel, roles: set[Role], shown: int, path: str, words: list[str]
) -> None:
    async with panel.signed_in("Rosa", *map(Grant, roles)) as browser:
        menu = (await browser.get(path)).text.partition("<nav")[2].partition("</nav>")[0]
    standing = menu.partition("<details")[0].partition("/panel/sesiones")[0]
    assert standing.count('<a href="/panel') == shown
    found = re.findall(r"<details[^>]*>|(?<=<summary>)[^<]+", menu)
    assert found == words


async def test_without_a_role_or_a_session_nothing_is_answered(panel: ServedPanel) -> None:
    known = await places(panel)
    async with panel.signed_in("Rosa") as browser:
        for page in PAGES:
            answer = await ask(browser, page, known[about(page)][0])
            assert answer.status in REFUSED, page
    stranger = panel.browser()
    async with stranger.client:
        for page in PAGES:
            answer = await ask(stranger, page, known[about(page)][0])
            assert answer.status == (303 if page.method == "GET" else 401)
            assert "hoyo" not in answer.text
        own = {"Sec-Fetch-Site": "same-origin"}
        for path in ("/panel/casos/LS-2026-000001/nota", "/panel/entrar", "/panel/entrar/codigo"):
            async with stranger.client.post(
                stranger.url + path, data={"other": "1"}, headers=own, allow_redirects=False
            ) as bare:  # without a field of ours
                assert bare.status < HTTPStatus.INTERNAL_SERVER_ERROR, path


async def test_a_number_that_is_not_there_looks_like_one_that_is_not_yours(
    panel: ServedPanel,
) -> None:
    await panel.complain("LS-2026-000002", "mujer")
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        theirs = await browser.get("/panel/casos/LS-2026-000002")
        nobodys = await browser.get("/panel/casos/LS-2026-000009")
        assert (theirs.status, theirs.text) == (nobodys.status, nobodys.text)
        found = [await browser.get(f"/panel/casos?q={n}") for n in ("000002", "000009")]
        assert [answer.status for answer in found] == [200, 200]
        assert "LS-2026-000002" not in found[0].text.replace('value="', "")


def test_no_route_is_declared_twice() -> None:
    declared = [(page.method, page.path) for page in PAGES] + [(m, p) for m, p, _ in OPEN]
    assert len(declared) == len(set(declared))
