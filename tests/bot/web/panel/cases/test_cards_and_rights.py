"""Cards reported wrong, and what citizens ask about their own data: from the first page to done."""

from __future__ import annotations

from datetime import timedelta

from bot.web.panel.pages.rights import UNDO
from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.own_data import Right, RightUsed
from handlers.messages import RightAnswer
from handlers.staff.absences import Absence
from handlers.staff.permissions import Grant, Role
from storage.duty import absences
from storage.privacy import requests
from tests.bot.web.panel.served_panel import ServedPanel
from tests.storage.scene import Said, sender

REQUEST = "LS-D-2026-000001"
PATH = f"/panel/derechos/{REQUEST}"
PRIVACY = Grant(Role.PRIVACY)
WRONG = "Dice que cuesta cinco mil pesos"


async def asks(
    panel: ServedPanel, right: Right = Right.OBJECT, text: str = "No me escriban"
) -> None:
    fact = RightUsed(REQUEST, right, panel.now + timedelta(days=30), done=False, text=text)
    await panel.scene.take(Said(sender("7"), [fact], at=panel.now))


async def test_a_wrong_card_reaches_who_keeps_it_and_is_settled_once(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", Grant(Role.DESK)) as desk:
        await desk.get("/panel/fichas")
        assert (await desk.post("/panel/fichas", card="nada", words=WRONG)).status == 422
        assert (await desk.post("/panel/fichas", card="retiro-voluminosos")).status == 422
        done = await desk.post("/panel/fichas", card="retiro-voluminosos", words=WRONG)
        assert done.headers["Location"] == "/panel/fichas?aviso=avisada"
        assert "Revisar la ficha" not in (await desk.get("/panel")).text
    async with panel.signed_in("Luz", Grant(Role.HEAD, "transito")) as other:
        assert WRONG not in (await other.get("/panel")).text
    async with panel.signed_in("Eva", Grant(Role.HEAD, "aseo")) as head:
        assert WRONG in (await head.get("/panel")).text
        page = await head.get("/panel/fichas/1")
        assert "avisó Rosa" in page.text
        assert "Retiro de muebles viejos" in page.text
        for _ in range(2):  # pressed twice, it is settled all the same
            settled = await head.post("/panel/fichas/1", outcome="mended")
            assert settled.headers["Location"] == "/panel?aviso=ficha"
        again = await head.post("/panel/fichas/1", outcome="right")
        assert again.headers["Location"] == "/panel?aviso=ficha-antes"
        assert WRONG not in (await head.get("/panel")).text
        assert "se corrigió" in (await head.get("/panel/fichas/1")).text


async def test_who_stands_in_for_whoever_decides_about_data_decides(panel: ServedPanel) -> None:
    pia, luz = await panel.hire("Pía", PRIVACY), await panel.hire("Luz", Grant(Role.DESK))
    await asks(panel)
    day = timedelta(days=1)
    async with panel.signed_in("Luz") as browser:
        assert (await browser.get(PATH)).status == 403
        away = Absence(pia, luz, panel.now, panel.now + day)
        await panel.scene.write(lambda tx: absences.add(tx, away))
        assert REQUEST in (await browser.get("/panel")).text
        done = await browser.post(f"{PATH}/decidir", words="Ya no le escribimos", verdict="granted")
        assert done.status == 303
        panel.now += day
    async with panel.signed_in("Luz") as browser:
        assert (await browser.get(PATH)).status == 403


async def test_a_head_sees_which_cards_of_the_own_area_are_to_be_confirmed(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Eva", Grant(Role.HEAD, "aseo")) as head:
        page = (await head.get("/panel/fichas")).text
        listed = page.partition('id="por-confirmar"')[2]
        assert "Retiro de muebles viejos" in listed
        assert "no se han confirmado nunca" in listed
        assert "Licencia" not in listed
    async with panel.signed_in("Rosa", Grant(Role.DESK)) as desk:
        page = (await desk.get("/panel/fichas")).text
        assert 'id="por-confirmar"' not in page
        assert '<p class="back"><a href="/panel/meson">' in page
        aseo = page.partition('<optgroup label="Aseo y Áreas Verdes">')[2].partition("</optgroup>")
        assert "Retiro de muebles viejos" in aseo[0]
        assert "Licencia de conducir" not in aseo[0]
    async with panel.signed_in("Carla", Grant(Role.QUALITY)) as quality:
        assert 'href="/panel/fichas"' in (await quality.get("/panel/consultas")).text
        assert (
            '<p class="back"><a href="/panel/consultas">'
            in (await quality.get("/panel/fichas")).text
        )


async def test_a_request_is_decided_in_the_panel_and_its_citizen_is_told(
    panel: ServedPanel,
) -> None:
    await asks(panel)
    async with panel.signed_in("Pía", PRIVACY) as browser:
        today = (await browser.get("/panel")).text
        assert f'Decidir <span class="whole">{REQUEST}</span>' in today
        assert "vence el viernes 18 de diciembre" in today
        assert REQUEST in (await browser.get("/panel/derechos")).text
        page = await browser.get(PATH)
        assert "No me escriban" in page.text
        for wrong in ({"words": "Se hizo"}, {"verdict": "granted", "words": " "}):
            assert (await browser.post(f"{PATH}/decidir", **wrong)).status == 422
        await browser.post(f"{PATH}/decidir", verdict="granted", words="La ley lo pide")
        assert "Hasta entonces puede deshacerla" in (await browser.get(PATH)).text
        assert await panel.inbox() == []
        undone = await browser.post(f"{PATH}/deshacer")
        assert ">La ley lo pide</textarea>" in undone.text
        done = await browser.post(f"{PATH}/decidir", verdict="refused", words="La ley lo pide")
        assert done.headers["Location"] == f"{PATH}?aviso=decidido"
        late = await browser.post(f"{PATH}/decidir", verdict="granted", words="Otra cosa")
        assert late.status == 409
        assert "rechazado" in (await browser.get(PATH)).text
        assert REQUEST not in (await browser.get("/panel/derechos")).text
        assert REQUEST in (await browser.get("/panel/derechos?todos=1")).text
        panel.now += UNDO
        assert (await browser.post(f"{PATH}/deshacer")).headers["Location"].endswith("tarde")
        assert "puede deshacerla" not in (await browser.get(PATH)).text
    (item,) = await panel.inbox()
    assert item.incoming.body == RightAnswer(REQUEST, requests.REFUSED, "La ley lo pide")


async def test_a_decided_request_is_opened_again_and_decided_anew(panel: ServedPanel) -> None:
    await asks(panel)
    async with panel.signed_in("Pía", PRIVACY) as browser:
        await browser.post(f"{PATH}/decidir", verdict="refused", words="No consta")
        assert "Decidirlo otra vez" not in (await browser.get(PATH)).text  # it can be undone
        assert (await browser.post(f"{PATH}/reabrir", reopening="Sí consta")).status == 409
        panel.now += timedelta(days=40)
    async with panel.signed_in("Pía") as browser:
        assert "Decidirlo otra vez" in (await browser.get(PATH)).text
        assert (await browser.post(f"{PATH}/reabrir", reopening=" ")).status == 422
        done = await browser.post(f"{PATH}/reabrir", reopening="Sí consta")
        assert done.headers["Location"] == f"{PATH}?aviso=reabierto"
        page = (await browser.get(PATH)).text
        assert "Lo que se había decidido" in page
        assert "No consta" in page
        assert f'Decidir <span class="whole">{REQUEST}</span>' in (await browser.get("/panel")).text
        again = await browser.post(f"{PATH}/reabrir", reopening="Sí consta")
        assert again.status == 409
        assert "Sí consta" in again.text
        await browser.post(f"{PATH}/decidir", verdict="refused", words="Consta y se usa por ley")
        panel.now += UNDO
    told = [item.incoming.body for item in await panel.inbox()]
    assert [(one.status, one.text) for one in told if isinstance(one, RightAnswer)] == [
        (requests.REFUSED, "No consta"),
        ("reopened", "Sí consta"),
        (requests.REFUSED, "Consta y se usa por ley"),
    ]


async def test_a_request_leads_to_the_cases_of_whoever_asks(panel: ServedPanel) -> None:
    await asks(panel, Right.RECTIFY, "Mi nombre está mal")
    await panel.complain("LS-2026-000008", "aseo")
    async with panel.signed_in("Pía", PRIVACY) as browser:
        page = (await browser.get(PATH)).text
        assert "Esta persona no tiene casos." in page
        assert "LS-2026-000008" not in page
        case = CaseOpened("LS-2026-000009", CaseKind.COMPLAINT, "mujer", "Nadie atiende", None)
        await panel.scene.take(Said(sender("7"), [case], at=panel.now))
        assert 'href="/panel/casos/LS-2026-000009"' in (await browser.get(PATH)).text
        case_page = (await browser.get("/panel/casos/LS-2026-000009")).text
        assert "Responde Oficina de la Mujer." in case_page
        assert "Su rol lee el caso y no lo responde." in case_page
        for words in ("ls 2026 9", "LS-2026-000009"):
            log = (await browser.get(f"/panel/auditoria?de={words}")).text
            assert "leyó un caso" in log
        log = (await browser.get(f"/panel/auditoria?de={REQUEST.lower()}")).text
        assert "leyó un pedido sobre datos" in log
        assert (
            "No hay nada anotado de LS-2026-000077"
            in (await browser.get("/panel/auditoria?de=LS-2026-77")).text
        )
    async with panel.signed_in("Eva", Grant(Role.HEAD, "aseo")) as head:
        assert "no lo responde" not in (await head.get("/panel/casos/LS-2026-000008")).text


async def test_its_term_is_prolonged_once_and_never_that_of_a_blocking(panel: ServedPanel) -> None:
    await asks(panel)
    async with panel.signed_in("Pía", PRIVACY) as browser:
        longer = "30 días más: vence el domingo 17 de enero de 2027. Se puede una vez."
        assert longer in (await browser.get(PATH)).text
        assert (await browser.post(f"{PATH}/plazo", why="Falta un archivo")).status == 303
        page = await browser.get(PATH)
        assert "vence el domingo 17 de enero de 2027, plazo alargado" in page.text
        assert "Alargar el plazo y" not in page.text
        assert (await browser.post(f"{PATH}/plazo", why="Otra vez")).status == 409
        assert (await browser.get("/panel/derechos/LS-D-2026-000009")).status == 404
        assert (await browser.post("/panel/derechos/nada/decidir")).status == 404
