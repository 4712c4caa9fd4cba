"""Downloads: each role its own, cells that no spreadsheet runs, an entry in the log for each."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta

import msgspec
import pytest

from bot.jobs.quality.digest import Wanted, load_digest
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import AnswerGiven, ResponseOpened, Subject
from handlers.messages import Channel
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel
from tests.storage.scene import Said, sender

EVIL = '=HYPERLINK("http://ejemplo.cl")'


async def download(browser: Browser, what: str, form: str = "csv", **dates: str) -> Answer:
    await browser.get("/panel/descargas")
    return await browser.post("/panel/descargas", what=what, format=form, **dates)


def read(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


async def sheet(panel: ServedPanel, browser: Browser, what: str) -> str:
    """The cells of a downloaded spreadsheet, as XML."""
    await browser.get("/panel/descargas")
    form = {"what": what, "format": "xlsx", "form_token": browser.form_token}
    async with browser.client.post(
        f"{panel.url}/panel/descargas", data=form, headers={"Sec-Fetch-Site": "same-origin"}
    ) as response:
        assert response.status == 200
        book = zipfile.ZipFile(io.BytesIO(await response.read()))
    return book.read("xl/worksheets/sheet1.xml").decode()


async def rates(panel: ServedPanel, area: str, count: int, words: str = "") -> None:
    """Citizens who rate an area, half of them with a 6."""
    for number in range(count):
        grade = 6 - 3 * (number % 2)
        subject, response = Subject(area=area), hash((area, number)) % 2**40
        facts = [
            ResponseOpened(response, "atencion", 1, subject, "menu"),
            AnswerGiven(response, "atencion", "grade", "grade", str(grade), subject, grade=grade),
        ]
        if words:
            facts.append(AnswerGiven(response, "atencion", "best", "text", words, subject))
        await panel.scene.take(Said(sender(f"{area}{number}", Channel.WEB), facts, at=panel.now))


@pytest.mark.parametrize("role", list(Role))
async def test_rows_with_words_are_for_quality_alone(panel: ServedPanel, role: Role) -> None:
    await rates(panel, "aseo", 1, EVIL)
    async with panel.signed_in("Rosa", Grant(role)) as browser:
        answer = await download(browser, "respuestas")
        if role is not Role.QUALITY:
            assert answer.status in (403, 422)
            assert "HYPERLINK" not in answer.text
            return
        grade, best = sorted(read(answer), key=lambda row: row["question"], reverse=True)
        assert (grade["value"], best["value"]) == ("6", f"'{EVIL}")
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["Cache-Control"] == "no-store"


async def test_published_figures_hold_nothing_that_is_suppressed(
    panel: ServedPanel, release: Release
) -> None:
    await rates(panel, "aseo", 24)
    await rates(panel, "transito", 3)
    week = IsoWeek.of(panel.now, release.content.zone)
    panel.now += timedelta(days=7)
    digest = await load_digest(
        panel.scene.database,
        panel.scene.keyring,
        release,
        Wanted(week, panel.now),
        freeze=True,
    )
    assert msgspec.json.encode(digest)
    async with panel.signed_in("Rosa", Grant(Role.VIEWER)) as browser:
        rows = read(await download(browser, "cifras"))
    assert {(row["area"], row["channel"], row["answers"]) for row in rows} == {
        ("aseo", "", "24"),
        ("aseo", "web", "24"),
    }
    async with panel.signed_in("Luz", Grant(Role.HEAD, "transito")) as head:
        assert read(await download(head, "cifras")) == []
        assert read(await download(head, "cifras", since="2027-01-01")) == []


async def test_cases_have_no_words_and_only_the_areas_of_the_role(panel: ServedPanel) -> None:
    await panel.complain("LS-2026-000001", "aseo", EVIL, due=panel.now)
    await panel.complain("LS-2026-000002", "transito", EVIL)
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        answer = await download(browser, "casos")
        assert [row["number"] for row in read(answer)] == ["LS-2026-000001"]
        assert read(answer)[0]["rule"] == "OIRS 20 working days"
        cells = await sheet(panel, browser, "casos")
        for said, code in (
            ("20 días hábiles", "working days"),
            ("Aseo y Áreas Verdes", "aseo"),
            ("Telegram", "telegram"),
        ):
            assert (said in cells, f">{code}" in cells) == (True, False)
        assert "HYPERLINK" not in answer.text
        assert read(await download(browser, "casos", until="2026-11-17")) == []
        assert len(read(await download(browser, "casos", since="2026-11-18"))) == 1


async def test_lookups_come_as_a_spreadsheet_and_each_download_is_in_the_log(
    panel: ServedPanel,
) -> None:
    lookup = LookupMade("@SUM(1)", LookupResult.NOTHING)
    await panel.scene.take(Said(sender("1"), [lookup], at=panel.now))
    async with panel.signed_in("Rosa", Grant(Role.ADMIN)) as browser:
        cells = await sheet(panel, browser, "consultas")
        assert "'@SUM(1)" in cells
        assert (">nada<" in cells, ">nothing<" in cells) == (True, False)
        for wrong in ({"since": "2026-13-01"}, {"since": "2026-12-02", "until": "2026-12-01"}):
            assert (await download(browser, "consultas", **wrong)).status == 422
        assert (await download(browser, "consultas", "exe")).status == 422
    entries = await panel.scene.read(lambda tx: chain.newest(tx, 10))
    downloads = [one.entry for one in entries if one.entry.action == "downloaded"]
    assert [(one.subject, one.detail) for one in downloads] == [("consultas", "xlsx /")]
    verdict = await panel.scene.read(lambda tx: chain.verify(tx, panel.scene.keyring))
    assert verdict.fault is None


@pytest.mark.parametrize("role", [Role.QUALITY, Role.ADMIN])
async def test_the_evidence_of_the_policy_is_for_quality(panel: ServedPanel, role: Role) -> None:
    async with panel.signed_in("Rosa", Grant(role)) as browser:
        page = await browser.get("/panel/descargas")
        assert ("Expediente" in page.text) is (role is Role.QUALITY)
        data = {"form_token": browser.form_token, "format": "pdf"}
        async with browser.client.post(
            f"{panel.url}/panel/descargas/expediente",
            data=data,
            headers={"Sec-Fetch-Site": "same-origin"},
        ) as response:
            body = await response.read()
        if role is not Role.QUALITY:
            assert response.status == 403
            return
        assert response.status == 200
        assert body.startswith(b"%PDF")
    entries = await panel.scene.read(lambda tx: chain.newest(tx, 5))
    downloads = [one.entry for one in entries if one.entry.action == "downloaded"]
    assert [(one.subject, one.detail) for one in downloads] == [("expediente", "pdf")]
