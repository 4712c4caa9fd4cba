"""Working on a case: answering, taking back, noting, forwarding, closing, and two at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.facts.cases import UNDO, AnswerJudged, CaseKind, CaseOpened, Due
from handlers.messages import CaseAnswer, CaseNews, CaseNotice, CaseStep, Channel
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.web.panel.served_panel import COMPLAINT, ServedPanel, open_panel
from tests.storage.scene import Said, sender

NUMBER = "LS-2026-000001"
PATH = f"/panel/casos/{NUMBER}"
HEAD = Grant(Role.HEAD)
ANSWER = "El jueves va la cuadrilla"


@pytest.fixture(autouse=True)
async def case(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    await panel.inbox()


async def test_an_answer_reaches_the_citizen_once_it_cannot_be_undone(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        assert await _news(panel) == [CaseStep.READ]
        assert COMPLAINT in page.text
        assert "Enviar por Telegram" in page.text
        done = await browser.post(f"{PATH}/respuesta", answer=ANSWER, version=page.version)
        assert (done.status, done.headers["Location"]) == (303, f"{PATH}?aviso=respuesta")
        assert "Deshacer" in (await browser.get(done.headers["Location"])).text
        assert await panel.inbox() == []
        (item,) = await panel.inbox(UNDO)
        assert item.incoming.body == CaseAnswer(NUMBER, "aseo", ANSWER)
        panel.now += UNDO
        assert "Deshacer" not in (await browser.get(PATH)).text


async def test_an_answer_taken_back_is_in_its_field_and_goes_nowhere(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser, panel.signed_in("Marta", HEAD) as other:
        page = await browser.get(PATH)
        assert await _news(panel) == [CaseStep.READ]
        await browser.post(f"{PATH}/respuesta", answer=ANSWER, version=page.version)
        (note,) = re.findall(r'name="undone" value="(\d+)"', (await browser.get(PATH)).text)
        await other.post(f"{PATH}/deshacer", undone=note)  # it is not hers
        undone = await browser.post(f"{PATH}/deshacer", undone=note)
        assert f">{ANSWER}</textarea>" in undone.text
        assert await panel.inbox(timedelta(days=1)) == []
        late = await browser.post(f"{PATH}/respuesta", answer=ANSWER, version=undone.version)
        assert late.status == 303
        (note,) = re.findall(r'name="undone" value="(\d+)"', (await browser.get(PATH)).text)
        panel.now += UNDO
        too_late = await browser.post(f"{PATH}/deshacer", undone=note)
        assert too_late.headers["Location"] == f"{PATH}?aviso=tarde"


async def test_of_two_who_answer_at_once_the_second_sees_what_the_first_wrote(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Marta", HEAD) as marta:
        seen = [await one.get(PATH) for one in (rosa, marta)]
        await rosa.post(f"{PATH}/respuesta", answer=ANSWER, version=seen[0].version)
        conflict = await marta.post(
            f"{PATH}/respuesta", answer="Otra <cosa>", version=seen[1].version
        )
        assert conflict.status == 409
        assert "El caso cambió mientras usted escribía" in conflict.text
        warning = conflict.text.partition('class="conflict"')[2].partition("</div>")[0]
        assert ANSWER in warning
        assert "Rosa" in warning
        assert "Otra &lt;cosa&gt;</textarea>" in conflict.text
        asked = await marta.post(
            f"{PATH}/respuesta", answer="Otra <cosa>", version=conflict.version
        )
        assert (asked.status, "Ya tiene una respuesta" in asked.text) == (422, True)
        sent = await marta.post(
            f"{PATH}/respuesta", answer="Otra <cosa>", version=conflict.version, again="1"
        )
        assert sent.status == 303


@pytest.mark.parametrize(
    ("template", "said"),
    [(True, "sale primero un aviso"), (False, "no hay una plantilla configurada")],
)
async def test_after_whatsapps_24_hours_an_answer_is_taken_and_what_becomes_of_it_is_said(
    sqlite_url: str, keyring: Keyring, release: Release, *, template: bool, said: str
) -> None:
    database = await open_database(sqlite_url)
    path = "/panel/casos/LS-2026-000002"
    async with open_panel(database, keyring, release, whatsapp_template=template) as panel:
        await panel.complain("LS-2026-000002", "aseo", channel=Channel.WHATSAPP)
        panel.now += timedelta(hours=23, minutes=30)
        async with panel.signed_in("Rosa", HEAD) as browser:
            page = await browser.get(path)
            assert "WhatsApp permite responder por 30 minutos más" in page.text
            panel.now += timedelta(minutes=31)
            page = await browser.get(path)
            assert said in page.text
            answer = "x" * 3_000
            done = await browser.post(f"{path}/respuesta", answer=answer, version=page.version)
            assert done.status == 303
    await database.close()


@pytest.mark.parametrize(
    "path", ["/panel/casos/%00", "/panel/auditoria?de=%00", "/panel/casos?q=%00&area=%00"]
)
async def test_characters_that_no_database_keeps_do_no_harm(panel: ServedPanel, path: str) -> None:
    everything = [Grant(role) for role in Role]
    async with panel.signed_in("Rosa", *everything) as browser:
        assert (await browser.get(path)).status in (200, 404)
        noted = await browser.post(f"{PATH}/nota", note="a\0b")
        assert noted.status == 303
        assert "ab</p>" in (await browser.get(PATH)).text


async def test_a_note_is_kept_in_any_case_and_is_never_sent(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        await browser.post(f"{PATH}/respuesta", answer=ANSWER, version=page.version)
        noted = await browser.post(f"{PATH}/nota", note="Es la tercera vez", version=page.version)
        assert noted.status == 303
        text = (await browser.get(PATH)).text
        note = text.partition('<li class="said internal">')[2].partition("</li>")[0]
        assert "Es la tercera vez" in note
        assert "Nota interna" in note
        judged = [AnswerJudged(NUMBER, "partly")]
        await panel.scene.take(Said(sender(NUMBER), judged, at=panel.now))
        text = (await browser.get(PATH)).text
        assert "La persona dijo que la respuesta <strong>responde solo en parte" in text
        assert "según la persona, la respuesta responde solo en parte" in text
    read, told = [item.incoming.body for item in await panel.inbox(timedelta(days=1))]
    assert isinstance(read, CaseNews)
    assert told == CaseAnswer(NUMBER, "aseo", ANSWER)


async def test_a_forwarded_case_is_the_other_areas(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "aseo")) as browser:
        page = await browser.get(PATH)
        refused = await browser.post(
            f"{PATH}/derivar", area="nowhere", reason="No es nuestro", version=page.version
        )
        assert (refused.status, "No es nuestro</textarea>" in refused.text) == (422, True)
        done = await browser.post(
            f"{PATH}/derivar", area="transito", reason="No es nuestro", version=page.version
        )
        assert (done.status, done.headers["Location"]) == (303, "/panel/casos?aviso=derivado")
        assert (await browser.get(PATH)).status == 404
    await panel.hire("Marta")
    async with panel.signed_in("Luis", Grant(Role.HEAD, "transito")) as browser:
        text = (await browser.get(PATH)).text
        assert "No es nuestro" in text
        assert "Lo derivó Rosa, a " in text
    told = [item.incoming.body for item in await panel.inbox(UNDO)]
    assert CaseNews(NUMBER, CaseStep.FORWARDED, "transito", None, "No es nuestro") in told
    notices = [body for body in told if not isinstance(body, CaseNews)]
    assert set(notices) <= {CaseNotice(NUMBER, "reclamo", "transito", COMPLAINT)}


async def test_a_case_is_closed_for_a_reason_that_its_citizen_is_told(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        await panel.inbox()
        for reason, problem in (("", "Falta escribir el motivo"), ("x" * 501, "caben 500")):
            done = await browser.post(f"{PATH}/cerrar", closing=reason, version=page.version)
            assert (done.status, problem in done.text) == (422, True)
            assert f"{reason}</textarea>" in done.text
        done = await browser.post(f"{PATH}/cerrar", closing="Es el mismo", version=page.version)
        assert done.status == 303
        (item,) = await panel.inbox()
        assert item.incoming.body == CaseNews(NUMBER, CaseStep.CLOSED, "aseo", None, "Es el mismo")
        page = await browser.get(PATH)
        assert "El caso está cerrado" in page.text
        assert "Lo cerró Rosa" in page.text
        assert "Es el mismo" in page.text
        late = await browser.post(f"{PATH}/respuesta", answer=ANSWER, version="x")
        assert late.status == 409


async def test_a_case_is_not_closed_before_its_answer_has_gone(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        await browser.post(f"{PATH}/respuesta", answer=ANSWER, version=page.version)
        page = await browser.get(PATH)
        early = await browser.post(f"{PATH}/cerrar", closing="Resuelto", version=page.version)
        assert (early.status, "sale en unos segundos" in early.text) == (422, True)
        panel.now += UNDO
        done = await browser.post(f"{PATH}/cerrar", closing="Resuelto", version=page.version)
        assert done.status == 303


async def test_a_case_is_read_once_somebody_opens_it_who_may_answer(panel: ServedPanel) -> None:
    async with (
        panel.signed_in("Ana", Grant(Role.QUALITY)) as quality,
        panel.signed_in("Rosa", HEAD) as rosa,
        panel.signed_in("Marta", HEAD) as marta,
    ):
        page = await quality.get(PATH)
        assert "Lo leyó" not in page.text
        assert await _news(panel) == []
        for browser in (rosa, marta):
            assert "Lo leyó Rosa" in (await browser.get(PATH)).text
        assert await _news(panel) == [CaseStep.READ]


async def test_when_a_case_lapses_stands_on_the_pages_of_whoever_answers(
    panel: ServedPanel,
) -> None:
    lapses = panel.now + timedelta(days=2)
    due = Due(lapses, "OIRS 20 working days")
    number = "LS-2026-000002"
    opened = CaseOpened(number, CaseKind.SUGGESTION, "aseo", "Un árbol", due, urgent=True)
    await panel.scene.take(Said(sender(number), [opened], at=panel.now))
    pages = ("/panel", "/panel/casos", f"/panel/casos/{number}")
    for now, term in ((panel.now, "vence"), (lapses + timedelta(seconds=1), "venció")):
        panel.now = now
        async with panel.signed_in("Rosa", HEAD) as browser:
            for path in pages:
                text = (await browser.get(path)).text
                assert f"{term} el viernes 20 de noviembre" in text
                assert "rgente" in text


async def _news(panel: ServedPanel, later: timedelta = timedelta()) -> list[CaseStep]:
    """What the citizen is told of the case, and nothing else may wait for them."""
    bodies = [item.incoming.body for item in await panel.inbox(later)]
    steps = [body.step for body in bodies if isinstance(body, CaseNews)]
    assert len(steps) == len(bodies)
    return steps


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("", "Falta escribir la respuesta"),
        (" \r\n ", "Falta escribir"),
        ("x" * 3001, "son 3.001 letras y caben 3.000"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_kept(
    panel: ServedPanel, answer: str, problem: str
) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        done = await browser.post(f"{PATH}/respuesta", answer=answer, version=page.version)
        assert (done.status, problem in done.text) == (422, True)
        assert f"{answer.strip()}</textarea>" in done.text


async def test_no_answer_goes_without_a_letter_that_can_be_seen(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        empty = await browser.post(
            f"{PATH}/respuesta", answer="\u200b\u200d \ufeff", version=page.version
        )
        assert (empty.status, "Falta escribir la respuesta" in empty.text) == (422, True)
        noted = await browser.post(f"{PATH}/nota", note="Va \u202eel lunes")
        assert (noted.status, "Va el lunes</p>" in (await browser.get(PATH)).text) == (303, True)


async def test_what_a_citizen_writes_is_text_on_every_page(panel: ServedPanel) -> None:
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 1234567*89 }}'
    await panel.complain("LS-2026-000002", "aseo", attack)
    async with panel.signed_in('<b>Rosa</b>"', HEAD) as browser:
        for path in ("/panel", "/panel/casos", "/panel/casos/LS-2026-000002", "/panel/sesiones"):
            text = (await browser.get(path)).text
            assert "<script" not in text
            assert "<img" not in text
            assert "<b>Rosa" not in text
            assert "onerror=alert(1)>" not in text
            assert "109876463" not in text
        assert "&lt;script&gt;" in (await browser.get("/panel/casos/LS-2026-000002")).text


async def test_reading_and_changing_leave_entries_without_words(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = await browser.get(PATH)
        await browser.get("/panel/casos?q=hoyo")
        await browser.post(f"{PATH}/nota", note="Secreto", version=page.version)
        await browser.post(f"{PATH}/respuesta", answer=ANSWER, version="old")  # a conflict
    entries = await panel.scene.read(lambda tx: chain.newest(tx, 100))
    told = [(one.entry.action, one.entry.subject) for one in reversed(entries)]
    assert told == [("case-read", NUMBER), ("cases-read", ""), ("case-noted", NUMBER)]
    assert {one.entry.staff_id for one in entries} == {panel.people["Rosa"]}
    written = str(await panel.scene.rows("SELECT * FROM audit_entries"))
    for words in ("hoyo", "Secreto", "cuadrilla", "Rosa"):
        assert words not in written


async def test_the_first_page_puts_who_waits_longest_first(panel: ServedPanel) -> None:
    panel.now += timedelta(days=3)
    await panel.complain("LS-2026-000002", "transito", "La patente no llega")
    async with panel.signed_in("Rosa", HEAD) as browser:
        text = (await browser.get("/panel")).text
        assert "hace 3 días" in text
        assert text.index(NUMBER) < text.index("LS-2026-000002")
    async with panel.signed_in("Ada", Grant(Role.ADMIN)) as browser:
        await panel.complain("LS-2026-000003", "mujer", "Algo reservado")
        text = (await browser.get("/panel")).text
        assert "nadie puede responder por esta área" in text
        assert "Algo reservado" not in text
        await browser.post(
            "/panel/personas/rol",
            person=str(panel.people["Rosa"]),
            **{"give-role": "head", "give-area": "mujer"},
        )
        assert "nadie puede responder" not in (await browser.get("/panel")).text


async def test_the_desk_is_shown_what_belongs_to_no_area_and_leads_it_on(
    panel: ServedPanel,
) -> None:
    await panel.complain("LS-2026-000002", "", "No sé a quién preguntar")
    async with panel.signed_in("Rosa", Grant(Role.DESK)) as browser:
        text = (await browser.get("/panel")).text
        assert 'Leer <span class="whole">LS-2026-000002</span></span></a>' in text
        assert NUMBER not in text
        page = await browser.get("/panel/casos/LS-2026-000002")
        assert "Responder a la persona" not in page.text
        assert "Aún no tiene área: páselo a la que debe responder." in page.text
        done = await browser.post(
            "/panel/casos/LS-2026-000002/derivar",
            area="transito",
            reason="Pregunta por una multa",
            version=page.version,
        )
        assert done.status == 303
        assert "Leer <" not in (await browser.get("/panel")).text


async def test_a_page_has_at_most_sixty_kilobytes(panel: ServedPanel) -> None:
    for number in range(2, 40):
        await panel.complain(f"LS-2026-{number:06}", "aseo", "palabras " * 300)
    everything = [Grant(role) for role in Role]
    async with panel.signed_in("Rosa", *everything) as browser:
        for path in ("/panel", "/panel/casos", PATH, "/panel/personas", "/panel/auditoria"):
            page = await browser.get(path)
            assert page.status == 200
            styles = [await browser.get(f"/panel/{name}") for name in ("page.css", "panel.css")]
            assert len("".join(one.text for one in (page, *styles)).encode()) <= 60_000, path


async def test_what_is_urgent_stands_before_what_waits_longer(panel: ServedPanel) -> None:
    panel.now += timedelta(hours=1)
    await panel.complain("LS-2026-000002", "aseo", "Un cable cortado en la vereda", urgent=True)
    async with panel.signed_in("Rosa", HEAD) as browser:
        text = (await browser.get("/panel/casos")).text
        assert re.findall(r'href="/panel/casos/(LS-[\d-]+)"', text) == ["LS-2026-000002", NUMBER]
        assert "primero lo urgente" in text


async def test_whoever_reads_no_words_is_told_so_once_and_not_at_each_case(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Vera", Grant(Role.VIEWER)) as browser:
        text = (await browser.get("/panel/casos")).text
        today = (await browser.get("/panel")).text
    assert "Aquí aparecerá, lo más urgente primero: el resumen de cada semana." in today
    assert text.count("no lo que dicen") == 1
    assert "Número o palabras" not in text
    assert "Reservado" not in text
    assert NUMBER in text
    assert COMPLAINT not in text


@pytest.mark.parametrize(
    "written",
    [
        *("LS-2026-000001", "ls 2026 1", "LS2026000001.", "folio LS-2026-1", "2026-000001", "1"),
        *("LS-1", "n° 1", "N.º 000001", "caso 1", "%23 1"),
    ],
)
async def test_a_number_is_found_as_people_write_it(panel: ServedPanel, written: str) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        found = await browser.get(f"/panel/casos?q={written}")
    assert (found.status, found.headers["Location"]) == (303, PATH)


async def test_words_are_found_in_the_plural_and_signs_alone_find_nothing(
    panel: ServedPanel,
) -> None:
    await panel.complain("LS-2026-000002", "aseo", "Dos luminarias en Prat 100, y un camión")
    async with panel.signed_in("Rosa", HEAD) as browser:
        for words in ("luminaria", "camiones", "prat 100", "LUMINARIAS camion"):
            assert "LS-2026-000002" in (await browser.get(f"/panel/casos?q={words}")).text
        for nothing in ("%25", "¿?", "😀", "casas"):
            assert "LS-2026-0" not in (await browser.get(f"/panel/casos?q={nothing}")).text
