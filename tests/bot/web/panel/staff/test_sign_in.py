"""Coming in: one-time links and codes, sessions, and what strangers learn (nothing)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.web.panel import security
from bot.web.panel.pages.staff.sign_in import PER_MAILBOX
from bot.web.panel.rendering import FOLDER
from handlers.staff.permissions import Grant, Role
from storage.staff import roles, sessions, sign_in, staff
from storage.staff.sessions import SessionLimits
from tests.bot.web.panel.served_panel import ServedPanel

ROSA = "rosa@ejemplo.cl"
HEAD = Grant(Role.HEAD)


def link_in(text: str) -> str:
    found = re.search(r"http://panel\.ejemplo\.cl(/panel/entrar/[\w-]{43})", text)
    assert found, text
    return found[1]


def code_in(text: str) -> str:
    found = re.search(r"código .*: (\w{4}-\w{4})", text)
    assert found, text
    return found[1]


async def test_the_same_answer_whether_or_not_there_is_such_a_person(panel: ServedPanel) -> None:
    await panel.hire("Rosa", HEAD)
    answers = []
    for email in (ROSA, "nadie@ejemplo.cl"):
        browser = panel.browser()
        async with browser.client:
            answer = await browser.post("/panel/entrar", email=email)
            page = await browser.get(answer.headers["Location"])
            cookie = re.sub(r"opina_entrar=[\w-]{32}", "", answer.headers["Set-Cookie"])
            answers.append((answer.status, answer.text, cookie.split("expires")[0], page.text))
    assert answers[0] == answers[1]
    assert len(await panel.mailed()) == 1


async def test_a_link_is_spent_by_the_button_and_not_by_opening_it(panel: ServedPanel) -> None:
    await panel.hire("Rosa", HEAD)
    browser = panel.browser()
    async with browser.client:
        await browser.post("/panel/entrar", email=ROSA.upper())
        (text,) = await panel.mailed()
        link = link_in(text)
        for _ in range(3):  # a mail server's scanner
            assert (await browser.get(link)).status == 200
        answer = await browser.post(link)
        assert (answer.status, answer.headers["Location"]) == (303, "/panel")
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        assert "SameSite=Lax" in answer.headers["Set-Cookie"]
        page = await browser.get("/panel")
        assert (page.status, "Lo que le espera hoy" in page.text) == (200, True)
        assert (await browser.post(link)).status == 410


async def test_a_code_is_typed_where_it_was_asked_for(panel: ServedPanel) -> None:
    await panel.hire("Rosa", HEAD)
    browser, thief = panel.browser(), panel.browser()
    async with browser.client, thief.client:
        asked = await browser.post("/panel/entrar", email=ROSA, back="/panel/casos?q=hoyo")
        assert asked.headers["Location"] == "/panel/entrar/codigo?volver=/panel/casos%3Fq%3Dhoyo"
        (text,) = await panel.mailed()
        code = code_in(text)
        stolen = await thief.post("/panel/entrar/codigo", code=code)
        assert (stolen.status, "no sirve" in stolen.text) == (422, True)
        page = await browser.get(asked.headers["Location"])
        assert 'value="/panel/casos?q=hoyo"' in page.text
        answer = await browser.post("/panel/entrar/codigo", code=code, back="/panel/casos?q=hoyo")
        assert answer.headers["Location"] == "/panel/casos?q=hoyo"


@pytest.mark.parametrize(
    "elsewhere", ["https://ladron.example/", "//ladron.example", "/panel/../chat", "/chat", "x"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(elsewhere: str) -> None:
    assert security.own_path(elsewhere) == "/panel"


async def test_the_address_on_duty_signs_in_too_once_it_has_a_role(panel: ServedPanel) -> None:
    keyring, email = panel.scene.keyring, "turno@ejemplo.cl"

    def give(tx: Connection) -> None:
        staff.ensure_duty(tx, keyring, email, panel.now)
        staff_id = sign_in.staff_with(tx, email)
        assert staff_id is not None
        roles.give(tx, staff_id, Grant(Role.ADMIN), panel.now)

    await panel.scene.write(give)
    browser = panel.browser()
    async with browser.client:
        await browser.post("/panel/entrar", email=email)
        await browser.post(link_in((await panel.mailed())[0]))
        assert email in (await browser.get("/panel/personas")).text


async def test_links_to_one_mailbox_are_limited(panel: ServedPanel) -> None:
    await panel.hire("Rosa", HEAD)
    browser = panel.browser()
    async with browser.client:
        for email in (ROSA, "nadie@ejemplo.cl"):
            statuses = [
                (await browser.post("/panel/entrar", email=email)).status
                for _ in range(PER_MAILBOX + 1)
            ]
            assert statuses == [303] * PER_MAILBOX + [429]
    assert len(await panel.mailed()) == PER_MAILBOX


async def test_a_session_that_was_there_before_signing_in_is_not_kept(panel: ServedPanel) -> None:
    await panel.hire("Rosa", HEAD)
    browser = panel.browser()
    async with browser.client:
        planted = "A" * 43
        browser.client.cookie_jar.update_cookies({security.SESSION_COOKIE: planted})
        await browser.post("/panel/entrar", email=ROSA)
        await browser.post(link_in((await panel.mailed())[0]))
        first = browser.cookie(security.SESSION_COOKIE)
        assert first not in ("", planted)
        await browser.get("/panel/sesiones")  # its form is sent after the next sign-in
        await browser.post("/panel/entrar", email=ROSA)
        await browser.post(link_in((await panel.mailed())[0]))
        assert browser.cookie(security.SESSION_COOKIE) != first
        assert (await browser.post("/panel/avisos", chat="1")).status == 303
    former = panel.browser()
    async with former.client:
        former.client.cookie_jar.update_cookies({security.SESSION_COOKIE: first})
        assert (await former.get("/panel")).headers["Location"] == "/panel/entrar"
    lasting = await panel.scene.read(lambda tx: sessions.active(tx, SessionLimits(), panel.now))
    assert len(lasting) == 1


async def test_without_a_session_every_page_leads_to_the_sign_in(panel: ServedPanel) -> None:
    browser = panel.browser()
    async with browser.client:
        answer = await browser.get("/panel/casos?estado=open&q=hoyo")
        assert answer.status == 303
        assert answer.headers["Location"] == (
            "/panel/entrar?volver=/panel/casos%3Festado%3Dopen%26q%3Dhoyo"
        )


async def test_what_was_typed_outlives_the_session(panel: ServedPanel) -> None:
    await panel.complain("LS-2026-000001", "aseo")
    async with panel.signed_in("Rosa", HEAD) as browser:
        version = (await browser.get("/panel/casos/LS-2026-000001")).version
        panel.now += timedelta(hours=2)
        path = "/panel/casos/LS-2026-000001/respuesta"
        typed = {"answer": "Va la <cuadrilla>", "version": version}
        typed["form_token"] = browser.form_token
        late = await browser.post(path, **typed)
        assert late.status == 401
        assert "Va la &lt;cuadrilla&gt;</textarea>" in late.text
        assert f'action="{path}"' in late.text
        assert late.form_token == typed["form_token"]
    async with panel.signed_in("Pedro", HEAD) as browser:
        again = await browser.post(path, **typed)
        assert again.status == 403, "it is not a form of hers"
        assert "Va la &lt;cuadrilla&gt;</textarea>" in again.text
        assert again.form_token == browser.form_token
    async with panel.signed_in("Rosa") as browser:
        done = await browser.post(path, **typed)
        assert done.status == 303, "one press is enough"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
async def test_a_form_from_elsewhere_changes_nothing(panel: ServedPanel, site: str | None) -> None:
    await panel.complain("LS-2026-000001", "aseo")
    async with panel.signed_in("Rosa", HEAD) as browser:
        version = (await browser.get("/panel/casos/LS-2026-000001")).version
        answer = await browser.post(
            "/panel/casos/LS-2026-000001/respuesta", site, answer="Mentira", version=version
        )
        assert (answer.status, "Mentira" in answer.text) == (403, False)
    notes = await panel.scene.rows("SELECT author FROM case_notes")
    assert notes == [("read",)]  # by opening it


async def test_a_browser_that_names_only_the_origin_is_believed(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        for origin, status in ((panel.url, 303), ("https://ladron.example", 403), ("null", 403)):
            async with browser.client.post(
                f"{panel.url}/panel/sesiones/cerrar",
                data={"form_token": browser.form_token, "session": "99"},
                headers={"Origin": origin},
                allow_redirects=False,
            ) as response:
                assert response.status == status


async def test_one_sees_and_ends_ones_own_sessions(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as here, panel.signed_in("Rosa") as there:
        page = await here.get("/panel/sesiones")
        (other,) = re.findall(r'name="session" value="(\d+)"', page.text)
        assert (await there.get("/panel")).status == 200
        assert (await here.post("/panel/sesiones/cerrar", session=other)).status == 303
        assert (await there.get("/panel")).status == 303
        assert (await here.post("/panel/salir")).status == 303
        assert (await here.get("/panel")).status == 303


async def test_every_page_runs_nothing_and_is_kept_nowhere(panel: ServedPanel) -> None:
    for template in (FOLDER / "templates").rglob("*.j2"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:|\|\s*safe", text)
    async with panel.signed_in("Rosa", HEAD) as browser:
        for path in ("/panel", "/panel/entrar", "/panel/nada"):
            answer = await browser.get(path)
            if path == "/panel/nada":
                assert answer.status == 404
                continue
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "script-src" not in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"


async def test_the_form_is_of_a_size_and_kind(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        big = await browser.post("/panel/salir", note="x" * (security.LONGEST_FORM_BYTES + 1))
        assert big.status == 413
        async with browser.client.post(
            f"{panel.url}/panel/salir", json={}, headers={"Sec-Fetch-Site": "same-origin"}
        ) as response:
            assert response.status == 415
        endless = {
            "Content-Type": "multipart/form-data; boundary=x",
            "Content-Length": "99999999",
            "Sec-Fetch-Site": "same-origin",
        }
        path = "/panel/casos/LS-2026-000001/respuesta"
        async with browser.client.post(panel.url + path, data=b"x", headers=endless) as response:
            assert response.status == 413
            assert "El archivo es demasiado grande" in await response.text()
