"""From a questionnaire to staff to a criterion, its gap, a measure and the measure's effect."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.jobs.quality.evidence.loading import load_evidence
from bot.reports.quality.evidence.evidence_file import EvidenceFile
from bot.reports.quality.evidence.evidence_xlsx import evidence_xlsx
from handlers.facts.staff import StaffAnswered
from handlers.messages import Announcement
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.assessments import rounds
from tests.bot.web.panel.quality.measured import decision, measured, press, publish
from tests.bot.web.panel.quality.weeks import OTHER
from tests.bot.web.panel.served_panel import ServedPanel
from tests.handlers.measures import weeks_of_blocks as made
from tests.handlers.measures.weeks_of_blocks import SIGNAL, USUAL
from tests.storage.scene import Said, sender

HEAD, QUALITY = Grant(Role.HEAD, "transito"), Grant(Role.QUALITY)
LIST = "/panel/cuestionarios"
PATH = f"{LIST}/C-2026-001"
ASSESSMENT = "/panel/autoevaluaciones/A-2026-001"
WHOLE = {"metas": "no", "funciones": "yes", "capacitacion": "3", "recursos": "6"}
QUESTION = "¿Conoce las metas de su área para este año?"
VALUE = "48\u00a0% respondió que sí"
SHARE = f"{QUESTION} 48 % respondió que sí"


@pytest.fixture(autouse=True)
async def staff_of(panel: ServedPanel) -> None:
    panel.now = made.monday_after(SIGNAL)
    await panel.hire("Rosa", HEAD)
    await panel.hire("Ana", QUALITY)


async def open_round(panel: ServedPanel, days: int = 7) -> None:
    async with panel.signed_in("Ana") as ana:
        await ana.get(LIST)
        until = (panel.now + timedelta(days=days)).date().isoformat()
        opened = await ana.post(LIST, questionnaire="personal", until=until)
        assert opened.headers["Location"] == f"{LIST}?aviso=abierto", opened.text


async def answer_in_chat(panel: ServedPanel, area: str, yes: int, no: int, first: int) -> None:
    """What these members of staff, who are counted by a number, say in their chats."""
    for place in range(yes + no):
        answers = {**WHOLE, "metas": "yes" if place < yes else "no"}
        fact = StaffAnswered("C-2026-001", first + place, area, tuple(answers.items()))
        await panel.scene.take(Said(sender(f"staff-{first + place}"), [fact], at=panel.now))


async def close_round(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana") as ana:
        await ana.get(LIST)
        closed = await ana.post(f"{LIST}/cerrar", round="C-2026-001")
        assert closed.headers["Location"] == f"{LIST}?aviso=cerrado"
    panel.now += timedelta(minutes=1)


async def evidence(panel: ServedPanel, release: Release) -> EvidenceFile:
    scene = panel.scene
    found = await load_evidence(scene.database, scene.keyring, release, panel.now)
    assert found is not None
    return found


def rows(found: EvidenceFile, title: str) -> list[tuple[str, ...]]:
    return [row for table in found.tables if table.title == title for row in table.rows]


async def test_a_questionnaire_leads_to_a_criterion_a_gap_a_measure_and_its_effect(
    panel: ServedPanel, release: Release
) -> None:
    await open_round(panel)
    told = await panel.inbox()
    assert all(isinstance(item.incoming.body, Announcement) for item in told)
    assert len(told) == 2, "both are told"
    await answer_in_chat(panel, "transito", 12, 12, first=1000)
    await answer_in_chat(panel, "aseo", 7, 2, first=2000)
    async with panel.signed_in("Rosa") as rosa:
        assert "Hay un cuestionario para el personal" in (await rosa.get("/panel")).text
        assert QUESTION in (await rosa.get(PATH)).text
        sent = await rosa.post(PATH, **WHOLE)
        assert sent.headers["Location"] == f"{LIST}?aviso=respondido"
        assert "Hay un cuestionario" not in (await rosa.get("/panel")).text
        assert (await rosa.post(PATH, **WHOLE)).status == 404, "nobody answers twice"
        await rosa.post("/panel/autoevaluaciones", area="transito", period="2026")
        page = (await rosa.get(f"{ASSESSMENT}/llenar")).text
        assert "Aún no se le ha preguntado al personal" in page
        assert "respondió que sí" not in page, "while it is open nothing is told"
    await close_round(panel)
    async with panel.signed_in("Rosa") as rosa, panel.signed_in("Ana") as ana:
        page = await rosa.get(f"{ASSESSMENT}/llenar")
        assert VALUE in page.text  # 12 of 25, as Rosa said no
        criteria = (await panel.assessment("A-2026-001")).edition.criteria
        fields = {f"score-{one.id}": "3" for one in criteria}
        # What staff answered is evidence, so that nothing has to be written there.
        fields |= {f"evidence-{one.id}": "Manual" for one in criteria if one.id != "metas"}
        fields |= {"score-metas": "2", "gap-metas": "La mitad no conoce las metas"}
        saved = await rosa.post(f"{ASSESSMENT}/llenar", version=page.version, **fields)
        assert saved.status == 303
        seen = await ana.get(ASSESSMENT)
        assert VALUE in seen.text
        assert (await ana.post(f"{ASSESSMENT}/validar", version=seen.version)).status == 303
        opened = await rosa.post(f"{ASSESSMENT}/medida", criterion="metas")
        assert opened.headers["Location"] == "/panel/medidas/M-2026-001?aviso=abierta"
        assert SHARE in (await rosa.get("/panel/medidas/M-2026-001")).text
        everything = (await ana.get(LIST)).text
        assert VALUE in everything
        assert "Aseo" in everything.split("sin respuestas suficientes")[1]
    await check_evidence(panel, release)
    await decide_and_measure(panel)


async def check_evidence(panel: ServedPanel, release: Release) -> None:
    found = await evidence(panel, release)
    (row,) = [row for row in rows(found, "Autoevaluaciones") if "metas escritas" in row[2]]
    assert row[4].startswith(SHARE)
    assert row[5] == "Falta: La mitad no conoce las metas"
    answered = rows(found, "Cuestionarios al personal")
    own = [row for row in answered if row[1] == "Tránsito"]
    assert QUESTION in {row[2] for row in own}
    assert len(own) == 4
    (without,) = [row for row in answered if row[1].startswith("Aseo")]
    assert without[3] == "Falta: sin respuestas suficientes."
    (proved,) = [one for one in found.commitments if one.title == "Desarrollo del personal"]
    assert any("C-2026-001" in text and "1 de 28 áreas" in text for text in proved.proved)
    book = openpyxl.load_workbook(io.BytesIO(evidence_xlsx(found)))
    sheet = book["Cuestionarios al personal"]
    cells = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert any(cell.startswith("48 % respondió que sí") for cell in cells)


async def decide_and_measure(panel: ServedPanel) -> None:
    blocks = made.areas_with(transito=[32] * 18 + [USUAL] * 8, aseo=OTHER)
    await publish(panel, blocks)
    async with panel.signed_in("Rosa") as rosa:
        await press(rosa, "decidir", **decision(panel))
    await measured(panel, blocks)


async def test_with_too_few_answers_the_criterion_names_the_gap(
    panel: ServedPanel, release: Release
) -> None:
    await open_round(panel)
    await answer_in_chat(panel, "transito", 19, 0, first=1000)
    await close_round(panel)
    async with panel.signed_in("Rosa") as rosa, panel.signed_in("Ana") as ana:
        await rosa.post("/panel/autoevaluaciones", area="transito", period="2026")
        page = await rosa.get(f"{ASSESSMENT}/llenar")
        assert "Personal: sin respuestas suficientes." in page.text
        criteria = (await panel.assessment("A-2026-001")).edition.criteria
        fields = {f"score-{one.id}": "3" for one in criteria}
        fields |= {f"evidence-{one.id}": "Manual" for one in criteria if one.id != "metas"}
        await rosa.post(f"{ASSESSMENT}/llenar", version=page.version, **fields)
        assert "Falta la evidencia" in (await ana.get(ASSESSMENT)).text
        page = await rosa.get(f"{ASSESSMENT}/llenar")
        fields["evidence-metas"] = "Acta de marzo"
        await rosa.post(f"{ASSESSMENT}/llenar", version=page.version, **fields)
        seen = await ana.get(ASSESSMENT)
        assert (await ana.post(f"{ASSESSMENT}/validar", version=seen.version)).status == 303
    found = await evidence(panel, release)
    (row,) = [row for row in rows(found, "Autoevaluaciones") if "metas escritas" in row[2]]
    assert row[4] == "Acta de marzo\nFalta: Personal: sin respuestas suficientes."


async def test_what_was_validated_stays_when_a_later_round_says_otherwise(
    panel: ServedPanel,
) -> None:
    await open_round(panel)
    await answer_in_chat(panel, "transito", 12, 13, first=1000)
    await close_round(panel)
    number = await panel.assess("transito")
    async with panel.signed_in("Ana") as ana:
        seen = await ana.get(f"/panel/autoevaluaciones/{number}")
        await ana.post(f"/panel/autoevaluaciones/{number}/validar", version=seen.version)
        await ana.post(LIST, questionnaire="personal", until=panel.now.date().isoformat())
        assert len(await panel.scene.read(rounds.all_rounds)) == 2
    panel.now += timedelta(days=2)
    second = await panel.assess("transito")
    async with panel.signed_in("Ana") as ana:
        assert VALUE in (await ana.get(f"/panel/autoevaluaciones/{number}")).text
        text = (await ana.get(f"/panel/autoevaluaciones/{second}")).text
        assert "Personal: sin respuestas suficientes." in text


@pytest.mark.parametrize(
    ("questionnaire", "until", "said"),
    [
        ("atencion", "2026-03-30", "Elija un cuestionario."),
        ("personal", "", "Elija un día desde hoy"),
        ("personal", "pronto", "«pronto» no es una fecha"),
        ("personal", "2020-01-01", "Elija un día desde hoy"),
        ("personal", "2029-01-01", "Elija un día desde hoy"),
    ],
)
async def test_a_mistake_opens_nothing(
    panel: ServedPanel, questionnaire: str, until: str, said: str
) -> None:
    async with panel.signed_in("Ana") as ana:
        answer = await ana.post(LIST, questionnaire=questionnaire, until=until)
        assert answer.status == 422
        assert said in answer.text
    assert await panel.scene.read(rounds.all_rounds) == []


async def test_one_that_is_open_is_not_opened_again_nor_closed_twice(panel: ServedPanel) -> None:
    await open_round(panel)
    async with panel.signed_in("Ana") as ana:
        until = panel.now.date().isoformat()
        again = await ana.post(LIST, questionnaire="personal", until=until)
        assert again.status == 409
        await ana.post(f"{LIST}/cerrar", round="C-2026-001")
        assert (await ana.post(f"{LIST}/cerrar", round="C-2026-001")).status == 409
        assert (await ana.get(PATH)).status == 404


async def test_an_answer_that_is_not_whole_is_asked_for_again(panel: ServedPanel) -> None:
    await open_round(panel)
    async with panel.signed_in("Rosa") as rosa:
        answer = await rosa.post(PATH, metas="yes")
        assert answer.status == 422
        assert "Falta responder: " in answer.text
        assert 'value="yes" required checked' in answer.text
    assert await panel.scene.rows("SELECT * FROM staff_sums") == []


async def test_who_answered_what_is_nowhere_together(panel: ServedPanel) -> None:
    await open_round(panel)
    async with panel.signed_in("Rosa") as rosa:
        await rosa.post(PATH, **WHOLE)
    sums = await panel.scene.rows("SELECT area, question, value, n FROM staff_sums")
    assert sorted(sums) == sorted(("transito", *answer, 1) for answer in WHOLE.items())
    ((person,),) = await panel.scene.rows("SELECT person FROM staff_asked")
    assert isinstance(person, bytes)
