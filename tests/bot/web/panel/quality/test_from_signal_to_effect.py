"""A whole loop: answers, control runs, a signal, a measure, its effect, and who is told of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.jobs.quality.digest import Wanted, load_digest
from bot.reports.digests.digest_text import chat_text, plain_text
from bot.reports.quality.effect_words import effect_told
from bot.reports.quality.measure_words import warning_of
from bot.reports.quality.said_and_done import said_and_done
from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount
from handlers.measures.board import news
from handlers.measures.history import History
from handlers.measures.measures import State
from handlers.measures.warnings import MeasureWarning
from handlers.messages import Announcement
from handlers.quality.effects import Effectiveness, Side
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.quality import counts as stored_counts
from tests.bot.web.panel.quality.measured import ACTED, PATH, decision, measured, press, publish
from tests.bot.web.panel.quality.weeks import OTHER, TRANSIT, monday, rate
from tests.bot.web.panel.served_panel import ServedPanel
from tests.handlers.measures import weeks_of_blocks as made
from tests.handlers.measures.weeks_of_blocks import FIRST, SIGNAL, USUAL
from tests.storage.scene import ZONE, sender

HEAD = Grant(Role.HEAD, "transito")
QUALITY = Grant(Role.QUALITY)
TOLD = ACTED.shifted(8)
DONE = ACTED.shifted(1)  # when Rosa does it, in the week after


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
    assert found.measured.effect.verdict is Effectiveness.EFFECTIVE
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


@dataclass(frozen=True)
class Judged:
    """An indicator: of each week's forty, how many before the action and how many after it."""

    key: str
    label: str
    series: Series
    before: int
    after: int
    sentence: str


REASON = Judged(
    "motivo-espera",
    "Motivo de notas 1 a 5: Espera",
    Series(Metric.REASON, Scope.AREA, "transito", "espera"),
    24,
    14,
    "De quienes pusieron nota 1 a 5, nombró «Espera» el 60 % antes (600 respuestas) y el 35 %"
    " después (320 respuestas), una diferencia de −25 puntos (entre −31 y −18), y menos es mejor, y"
    " en otra área sin medida fue de 0 puntos (entre −7 y +7) en las mismas semanas.",
)
CASES = Judged(
    "casos-en-plazo",
    "Casos respondidos dentro de su plazo (todo el municipio)",
    Series(Metric.CASES_IN_TIME, Scope.MUNICIPALITY),
    20,
    30,
    "De los casos que vencían en todo el municipio, se respondió en su plazo el 50 % antes (600"
    " casos) y el 75 % después (320 casos), una diferencia de +25 puntos (entre +19 y +31); es de"
    " todo el municipio, así que no hay áreas sin medida con que compararla.",
)
BOARD = "/panel/medidas"
USED = {"training": REASON, "meeting": CASES}
"""The others are judged by grades 6 and 7, as nobody chose another indicator."""


async def count(panel: ServedPanel, judged: Judged) -> None:
    """Twenty-six weeks of an indicator, and of another area whose figure stays."""
    stays = replace(judged.series, area="aseo")
    counts = [
        SeriesCount(series, week, week, x, 40, is_shown=True)
        for week in (FIRST.shifted(later) for later in range(26))
        for series, x in (
            (judged.series, judged.before if week <= DONE else judged.after),
            (stays, 20),
        )
    ]
    await panel.scene.write(lambda tx: stored_counts.add(tx, counts))


@pytest.mark.parametrize("origin", BY_HAND)
async def test_each_other_origin_leads_to_a_measured_effect_on_the_indicator_chosen(
    panel: ServedPanel, release: Release, origin: str
) -> None:
    """Nothing has signalled: the area was always low, until somebody asked for something."""
    blocks = made.areas_with(transito=[32] * 18 + [USUAL] * 8, aseo=OTHER)
    await publish(panel, blocks)
    used = USED.get(origin)
    if used is not None:
        await count(panel, used)
    panel.now = made.monday_after(SIGNAL)
    decided = decision(panel)
    async with panel.signed_in("Rosa") as rosa, panel.signed_in("Ana") as ana:
        fields = {"area": "transito", "origin": origin, "problem": "Se pide volver dos veces"}
        at_once = decided if origin in ("plan", "training") else {}
        if used is not None:
            shown = (await rosa.post("/panel/medidas/nueva", show="1", **fields)).text
            assert f'<option value="{used.key}">' in shown
            assert ">Se pide volver dos veces</textarea>" in shown
            wrong = await rosa.post("/panel/medidas/nueva", indicator="encontradas", **fields)
            assert (wrong.status, "Elija un indicador de esa área" in wrong.text) == (422, True)
            fields["indicator"] = used.key
        answer = await rosa.post("/panel/medidas/nueva", **fields, **BY_HAND[origin], **at_once)
        assert answer.headers["Location"] == f"{PATH}?aviso=abierta"
        if not at_once:
            await press(rosa, "decidir", **decided)
    found = await measured(panel, blocks)
    assert found.measured is not None
    after = Side(8 * USUAL, 480) if used is None else Side(8 * used.after, 320)
    assert found.measured.effect.after == after
    async with panel.signed_in("Ana") as ana:
        if used is not None:
            page = (await ana.get(PATH)).text
            assert f"La medida fue efectiva. {used.sentence}<" in page
            link = re.search(r'href="([^"]*grafico[^"]*)"', page)
            assert link is not None
            chart = (await ana.get(link[1])).text
            assert chart.count("<svg") == 2
            assert "se hizo la medida M-2026-001: Un cartel en la entrada." in chart
            assert f"se mide en «{found.judged_by.name}» en" in (await ana.get(BOARD)).text
            names = {"transito": "Tránsito"}
            (public,) = said_and_done([found], History({}), names, panel.now, ZONE)
            assert public.done[1].startswith(f"Se midió en «{found.judged_by.name}» en")
        await press(ana, "cerrar", told="Hay un cartel con los papeles")
    closed = await panel.measure("M-2026-001")
    told = news([closed], IsoWeek.of(panel.now, ZONE), panel.now, ZONE, effect_told)
    label = used.label if used is not None else ""
    reached = replace(release, panel="https://opina.example/panel")
    warned = warning_of(closed, MeasureWarning.OVERDUE, reached, panel.now)
    assert f"https://opina.example/panel/medidas/{closed.number}" in warned.text
    assert (f" Se mide en «{label}»." in warned.text) is bool(label)
    assert closed.state is State.EFFECTIVE
    assert {one.what: one.judged_by for one in told} == {"done": label, "effective": label}


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
        await count(panel, REASON)
        assert f'<option value="{REASON.key}">' in (await rosa.get(path)).text
        wrong = await rosa.post(f"{path}/medida", criterion="informacion", indicator="neta")
        assert (wrong.status, "no tiene cifras del indicador" in wrong.text) == (422, True)
        opened = await rosa.post(f"{path}/medida", criterion="informacion", indicator=REASON.key)
        assert opened.headers["Location"] == f"{PATH}?aviso=abierta"
        await press(rosa, "decidir", **decision(panel))
    found = await measured(panel, blocks)
    assert found.judged_by.part == "espera"
    assert found.opened.gap is not None
    assert found.opened.gap.evidence == "La ficha no dice qué papeles traer"
    assert found.opened.problem == "Se pide volver dos veces"
    async with panel.signed_in("Ana") as ana:
        await press(ana, "cerrar", told="Hay un cartel con los papeles")
        assert "1 brecha, ninguna sin medida" in (await ana.get(base)).text
    assert (await panel.measure("M-2026-001")).state is State.EFFECTIVE
