"""A whole loop: answers, control runs, a signal, a measure, its effect, and who is told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobs.quality.digest import Wanted, load_digest
from bot.reports.digests.digest_text import chat_text, plain_text
from handlers.measures.measures import State
from handlers.messages import Announcement
from handlers.quality.effects import Side, Verdict
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from tests.bot.web.panel.quality.measured import ACTED, PATH, decision, measured, press, publish
from tests.bot.web.panel.quality.weeks import OTHER, TRANSIT, monday, rate
from tests.bot.web.panel.served_panel import ServedPanel
from tests.handlers.measures import weeks_of_blocks as made
from tests.handlers.measures.weeks_of_blocks import FIRST, SIGNAL, USUAL
from tests.storage.scene import ZONE, sender

HEAD = Grant(Role.HEAD, "transito")
QUALITY = Grant(Role.QUALITY)
TOLD = ACTED.shifted(8)


@pytest.fixture(autouse=True)
async def staff_of(panel: ServedPanel) -> None:
    await panel.hire("Rosa", HEAD)
    await panel.hire("Ana", QUALITY)


async def test_answers_lead_to_a_measure_and_the_measure_to_news(
    panel: ServedPanel, release: Release
) -> None:
    owner = str(panel.people["Rosa"])
    for later in range(len(TRANSIT)):
        week = FIRST.shifted(later)
        await rate(panel, week, "transito", TRANSIT[later], 1000 * later + 1)
        await rate(panel, week, "aseo", OTHER[later], 1000 * later + 501)
        if week == ACTED:
            panel.now = made.monday_after(week.shifted(-1)) + timedelta(days=3)
            async with panel.signed_in("Rosa") as rosa:
                await press(rosa, "hecha", done="La segunda caja atiende desde hoy")
        await monday(panel, week, release)
        if week == SIGNAL:
            async with panel.signed_in("Rosa") as rosa:
                today = (await rosa.get("/panel")).text
                assert "Tránsito bajó más de lo esperable: decida a más tardar" in today
                decision = {"cause": "Una sola caja", "action": "Abrir otra caja"}
                await press(rosa, "decidir", **decision, owner=owner, due="2026-04-24")
    assert (await panel.scene.rows("SELECT count(*) FROM control_runs")) == [(len(TRANSIT),)]
    # Of the last run but one: a run that came later has changed nothing of it.
    found = await panel.measure("M-2026-001")
    assert (found.state, found.measured and found.measured.week) == (State.MEASURED, str(TOLD))
    assert found.measured is not None
    assert found.measured.effect.verdict is Verdict.EFFECTIVE
    assert (found.measured.effect.before, found.measured.effect.after) == (
        Side(120, 240),
        Side(360, 480),
    )
    async with panel.signed_in("Ana") as ana:
        assert "y en otra área sin medida fue de 0 puntos" in (await ana.get(PATH)).text
        await panel.inbox()
        await press(ana, "cerrar", told="Abrimos una segunda caja")
    told = await panel.inbox()
    # One of each week from the signal to the action had agreed.
    expected = [
        (await panel.scene.contact(sender(f"transito-{1000 * later + 1 + TRANSIT[later]}"))).id
        for later in range(12, 17)
    ]
    assert sorted(item.contact.id for item in told) == sorted(expected)
    for item in told:
        assert isinstance(item.incoming.body, Announcement)
        assert "«Abrimos una segunda caja»" in item.incoming.body.text
        assert "pasaron de 50 % a 75 %" in item.incoming.body.text
    closed_in = IsoWeek.of(panel.now, ZONE)
    await monday(panel, closed_in, release)
    wanted = Wanted(closed_in, panel.now)
    digest = await load_digest(
        panel.scene.database, panel.scene.keyring, release, wanted, freeze=False
    )
    assert "Medidas: 1 cerrada como efectiva." in chat_text(digest, "x")
    text = " ".join(plain_text(digest).split())
    assert "Tránsito, M-2026-001: cerrada como efectiva. De quienes respondieron" in text
    assert await panel.inbox() == []


BY_HAND = {
    "plan": {},
    "training": {},
    "meeting": {"held_on": "2026-03-20", "place": "Sede vecinal", "attendance": "34"},
    "gap": {"criterion": "2.1 Estándar de atención", "evidence": "La ficha no lo tiene"},
}


@pytest.mark.parametrize("origin", BY_HAND)
async def test_each_other_origin_leads_to_a_measured_effect(
    panel: ServedPanel, origin: str
) -> None:
    """Nothing has signalled: the area was always low, until somebody asked for something."""
    blocks = made.areas_with(transito=[32] * 18 + [USUAL] * 8, aseo=OTHER)
    await publish(panel, blocks)
    panel.now = made.monday_after(SIGNAL)
    decided = decision(panel)
    async with panel.signed_in("Rosa") as rosa, panel.signed_in("Ana") as ana:
        fields = {"area": "transito", "origin": origin, "problem": "Se pide volver dos veces"}
        at_once = decided if origin in ("plan", "training") else {}
        answer = await rosa.post("/panel/medidas/nueva", **fields, **BY_HAND[origin], **at_once)
        assert answer.headers["Location"] == f"{PATH}?aviso=abierta"
        if not at_once:
            await press(rosa, "decidir", **decided)
    found = await measured(panel, blocks)
    assert found.measured is not None
    assert found.measured.effect.after == Side(8 * USUAL, 480)
    async with panel.signed_in("Ana") as ana:
        await press(ana, "cerrar", told="Hay un cartel con los papeles")
    assert (await panel.measure("M-2026-001")).state is State.EFFECTIVE


async def test_a_self_assessment_leads_to_a_gap_a_measure_and_its_effect(
    panel: ServedPanel,
) -> None:
    """The head fills it in, quality validates it, its gap is answered, and the notes rise."""
    blocks = made.areas_with(transito=[32] * 18 + [USUAL] * 8, aseo=OTHER)
    await publish(panel, blocks)
    panel.now = made.monday_after(SIGNAL)
    base = "/panel/autoevaluaciones"
    path = f"{base}/A-2026-001"
    async with panel.signed_in("Rosa") as rosa, panel.signed_in("Ana") as ana:
        await rosa.post(base, area="transito", period="2026")
        criteria = (await panel.assessment("A-2026-001")).edition.criteria
        fields = {f"score-{one.id}": "3" for one in criteria}
        fields |= {f"evidence-{one.id}": "Manual del área" for one in criteria}
        fields |= {
            "score-informacion": "1",
            "evidence-informacion": "La ficha no dice qué papeles traer",
            "gap-informacion": "Se pide volver dos veces",
        }
        version = (await rosa.get(f"{path}/llenar")).version
        assert (await rosa.post(f"{path}/llenar", version=version, **fields)).status == 303
        page = await ana.get(path)
        assert (await ana.post(f"{path}/validar", version=page.version)).status == 303
        opened = await rosa.post(f"{path}/medida", criterion="informacion")
        assert opened.headers["Location"] == f"{PATH}?aviso=abierta"
        await press(rosa, "decidir", **decision(panel))
    found = await measured(panel, blocks)
    assert found.opened.gap is not None
    assert found.opened.gap.evidence == "La ficha no dice qué papeles traer"
    assert found.opened.problem == "Se pide volver dos veces"
    async with panel.signed_in("Ana") as ana:
        await press(ana, "cerrar", told="Hay un cartel con los papeles")
        assert "1 brecha, ninguna sin medida" in (await ana.get(base)).text
    assert (await panel.measure("M-2026-001")).state is State.EFFECTIVE
