"""Self-assessments in the panel: filled in, validated by somebody else, their gaps answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.web.panel.security import MAX_FORM_BYTES
from handlers.assessments.steps import LONGEST_EVIDENCE, LONGEST_GAP, LONGEST_SOURCE
from handlers.measures.measures import State
from handlers.measures.steps import Origin
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel, open_panel

HEAD, QUALITY = Grant(Role.HEAD, "transito"), Grant(Role.QUALITY)
LIST = "/panel/autoevaluaciones"
PATH = f"{LIST}/A-2026-001"
FILL = f"{PATH}/llenar"
CRITERIA = 10


async def save(browser: Browser, **fields: str) -> Answer:
    """What is typed in the page, ``evidence_metas`` for evidence-metas; the rest is empty."""
    version = (await browser.get(FILL)).version
    typed = {name.replace("_", "-"): value for name, value in fields.items()}
    return await browser.post(FILL, version=version, **typed)


async def open_one(browser: Browser, area: str = "transito", period: str = "2026") -> Answer:
    await browser.get(LIST)
    return await browser.post(LIST, area=area, period=period)


async def test_a_draft_is_begun_saved_in_parts_and_gone_on_with(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa:
        assert (await open_one(rosa)).headers["Location"] == FILL
        done = await save(rosa, evidence_metas="Plan 2026")
        assert done.headers["Location"] == f"{FILL}?aviso=guardada"
        assert (await open_one(rosa)).headers["Location"] == FILL, "the same draft"
        text = (await rosa.get(FILL)).text
        assert "Plan 2026</textarea>" in text
        assert "Falta el puntaje" in (await rosa.get(PATH)).text
        assert f"0 de {CRITERIA} criterios completos" in (await rosa.get(LIST)).text
        await save(rosa, evidence_metas="Plan 2026", score_metas="3")
        assert f"1 de {CRITERIA} criterios completos" in (await rosa.get(LIST)).text
        await open_one(rosa, period="2026-S2")
        text = (await rosa.get(LIST)).text
        assert "Tránsito, segundo semestre de 2026" in text
    found = await panel.assessment("A-2026-001")
    assert found.authors == {panel.people["Rosa"]}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"area": "aseo"}, "Elija un área"),  # somebody else's
        ({"area": ""}, "Elija un área"),
        ({"area": "transito", "period": "2019"}, "Elija un período"),
        ({"area": "transito", "period": "2026-S3"}, "Elija un período"),
    ],
)
async def test_no_draft_of_another_area_or_of_no_period_is_begun(
    panel: ServedPanel, fields: dict[str, str], said: str
) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa:
        answer = await open_one(rosa, **fields)
        assert (answer.status, said in answer.text) == (422, True)
    assert await panel.scene.rows("SELECT count(*) FROM assessment_steps") == [(0,)]


async def test_what_is_too_long_or_came_too_late_stays_on_the_page(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        await open_one(rosa)
        long = "x" * (LONGEST_EVIDENCE + 1)
        answer = await save(rosa, evidence_metas=long, gap_opinion="Nadie la lee")
        assert (answer.status, "601 letras y caben 600" in answer.text) == (422, True)
        assert f"{long}</textarea>" in answer.text
        strange = await save(rosa, score_metas="9")
        assert (strange.status, "elija un puntaje de la lista" in strange.text) == (422, True)
        assert "Nadie la lee</textarea>" in answer.text
        seen = (await ana.get(FILL)).version
        await save(rosa, evidence_metas="Plan de Rosa", score_metas="3")
        late = await ana.post(FILL, version=seen, **{"evidence-metas": "Plan de Ana"})
        assert late.status == 409
        assert "Plan de Ana</textarea>" in late.text
        assert "Plan de Rosa" in late.text
        # The page has the new version: pressed again it is saved.
        again = await ana.post(FILL, version=late.version, **{"evidence-metas": "Plan de Ana"})
        assert again.status == 303
    assert (await panel.assessment("A-2026-001")).answers["metas"].evidence == "Plan de Ana"


async def test_a_form_full_of_the_longest_letters_is_taken(panel: ServedPanel) -> None:
    """Each takes nine bytes on its way; other forms would be refused unread."""
    async with panel.signed_in("Rosa", HEAD) as rosa:
        await open_one(rosa)
        criteria = (await panel.assessment("A-2026-001")).edition.criteria
        longest = {"evidence": LONGEST_EVIDENCE, "source": LONGEST_SOURCE, "gap": LONGEST_GAP}
        fields = {
            f"{key}-{one.id}": "ॐ" * most for one in criteria for key, most in longest.items()
        }
        assert 9 * sum(map(len, fields.values())) > MAX_FORM_BYTES
        assert (await save(rosa, **fields)).status == 303


async def test_nothing_is_validated_that_changed_meanwhile_or_lacks_evidence(
    panel: ServedPanel,
) -> None:
    await panel.assess("transito")
    async with panel.signed_in("Ana", QUALITY) as ana, panel.signed_in("Luz", QUALITY) as luz:
        version = (await ana.get(PATH)).version
        await save(ana, evidence_metas="Otra", score_metas="3")  # the rest is left empty
        late = await luz.post(f"{PATH}/validar", version=version)
        assert (late.status, "Cambió mientras" in late.text) == (409, True)
        lacking = await luz.post(f"{PATH}/validar", version="3")
        assert (lacking.status, "sin evidencia" in lacking.text) == (422, True)


async def test_an_author_is_refused_and_another_ends_it(panel: ServedPanel) -> None:
    await panel.assess("transito")
    async with panel.signed_in("Ana", QUALITY) as ana, panel.signed_in("Luz", QUALITY) as luz:
        criteria = (await panel.assessment("A-2026-001")).edition.criteria
        fields = {f"score-{one.id}": "4" for one in criteria}
        fields |= {f"evidence-{one.id}": f"Acta de {one.id}" for one in criteria}
        assert (await save(ana, **fields)).status == 303
        page = await ana.get(PATH)
        assert "La valida otra persona de calidad, porque usted escribió en ella." in page.text
        assert f'action="{PATH}/validar"' not in page.text
        steps = len((await panel.assessment("A-2026-001")).steps)
        own = await ana.post(f"{PATH}/validar", version=str(steps))
        assert (own.status, "usted escribió en ella" in own.text) == (422, True)
        version = (await luz.get(PATH)).version
        done = await luz.post(f"{PATH}/validar", version=version)
        assert done.headers["Location"] == f"{PATH}?aviso=validada"
        text = (await luz.get(PATH)).text
        assert "La validó Luz" in text
        assert "llenar" not in text
        assert (await ana.get(FILL)).headers["Location"] == PATH
        late = await ana.post(FILL, version="3", **{"gap-metas": "Algo más"})
        assert late.status == 409
        assert "Algo más</textarea>" in late.text
    found = await panel.assessment("A-2026-001")
    assert found.validated is not None
    assert found.validated.staff == panel.people["Luz"]


async def test_today_asks_whoever_may_to_validate_what_is_complete(panel: ServedPanel) -> None:
    await panel.assess("transito")
    said = "Tránsito: la autoevaluación (año 2026) está completa y falta validarla."
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        await open_one(rosa, period="2026-S1")  # nothing is answered in it
        assert said not in (await rosa.get("/panel")).text
        text = (await ana.get("/panel")).text
        assert (text.count("falta validarla"), said in text) == (1, True)
        assert f'href="{PATH}"' in text
        await ana.post(f"{PATH}/validar", version=(await ana.get(PATH)).version)
        assert said not in (await ana.get("/panel")).text


async def test_saving_what_is_there_makes_nobody_an_author(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        await open_one(rosa)
        await save(rosa, evidence_metas="Plan\nde metas", score_metas="3")
        await save(ana, evidence_metas="Plan\r\nde metas ", score_metas="3")
    assert (await panel.assessment("A-2026-001")).authors == {panel.people["Rosa"]}


async def test_a_gap_opens_one_measure_with_its_criterion_and_evidence(panel: ServedPanel) -> None:
    await panel.assess("transito", "No hay acta", score=1)
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        early = await rosa.post(f"{PATH}/medida", criterion="metas")
        assert early.status == 422, "it is a draft"
        hint = "Su medida se abre aquí cuando la autoevaluación esté validada."
        assert hint in (await rosa.get(PATH)).text
        await ana.post(f"{PATH}/validar", version=(await ana.get(PATH)).version)
        assert f"{CRITERIA} brechas, {CRITERIA} sin medida" in (await rosa.get(LIST)).text
        for location in ("M-2026-001?aviso=abierta", "M-2026-001"):  # pressed twice
            done = await rosa.post(f"{PATH}/medida", criterion="metas")
            assert done.headers["Location"] == f"/panel/medidas/{location}"
        assert f"{CRITERIA} brechas, {CRITERIA - 1} sin medida" in (await rosa.get(LIST)).text
        page = (await rosa.get(PATH)).text
        assert ('href="/panel/medidas/M-2026-001"' in page, hint in page) == (True, False)
        nothing = await rosa.post(f"{PATH}/medida", criterion="inventado")
        assert nothing.status == 422
        text = (await rosa.get("/panel/medidas/M-2026-001")).text
        assert "Evidencia: No hay acta" in text
        assert f'href="{PATH}"' in text
    found = await panel.measure("M-2026-001")
    assert (found.state, found.opened.origin) == (State.TO_DECIDE, Origin.GAP)
    assert await panel.scene.rows("SELECT count(*) FROM measure_steps") == [(1,)]


async def test_what_staff_write_is_text_and_only_a_web_address_is_a_link(
    panel: ServedPanel,
) -> None:
    attack = "<script>alert(1)</script>{{ 1234567*89 }}"
    async with panel.signed_in("Rosa", HEAD) as rosa:
        await open_one(rosa)
        await save(
            rosa,
            evidence_metas=attack,
            source_metas="javascript:alert(1)",
            source_opinion="https://ejemplo.cl/plan.pdf",
        )
        for path in (PATH, FILL):
            text = (await rosa.get(path)).text
            assert "<script" not in text
            assert "109876463" not in text
            assert 'href="javascript' not in text
        assert 'href="https://ejemplo.cl/plan.pdf"' in (await rosa.get(PATH)).text


@pytest.fixture
async def database(sqlite_url: str) -> Database:
    return await open_database(sqlite_url)


async def test_content_without_criteria_has_no_menu_entry_and_begins_nothing(
    database: Database, release: Release
) -> None:
    content = release.content.model_copy(update={"self_assessment": None})
    bare = replace(release, content=content)
    async with (
        open_panel(database, Keyring.fresh(), bare) as panel,
        panel.signed_in("Ana", QUALITY) as ana,
    ):
        assert LIST not in (await ana.get("/panel")).text
        assert "self-assessment.toml" in (await ana.get(LIST)).text
        assert (await open_one(ana)).status == 422
    await database.close()


async def test_one_of_an_area_that_the_content_has_dropped_stays_in_the_list(
    panel: ServedPanel,
) -> None:
    number = await panel.assess("antigua")
    async with panel.signed_in("Ana", QUALITY) as ana, panel.signed_in("Rosa", HEAD) as rosa:
        assert number in (await ana.get(LIST)).text
        assert (await ana.get(f"{LIST}/{number}")).status == 200
        assert number not in (await rosa.get(LIST)).text
