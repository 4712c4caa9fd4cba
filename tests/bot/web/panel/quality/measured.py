"""A measure of Tránsito's from its decision in the panel to its effect, over published weeks."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.measures.measures import Measure
from handlers.quality.effects import Effectiveness
from handlers.quality.weeks import IsoWeek
from storage.engine.database import Transaction
from storage.measures.after_run import apply_run
from storage.quality import control, digests
from storage.quality.digests import PublishedDigest
from tests.bot.web.panel.served_panel import Browser, ServedPanel
from tests.handlers.measures import weeks_of_blocks as made
from tests.handlers.measures.weeks_of_blocks import FIRST, SIGNAL
from tests.storage.scene import ZONE

PATH = "/panel/medidas/M-2026-001"
ACTED = SIGNAL.shifted(4)


async def press(browser: Browser, verb: str, **fields: str) -> None:
    """What a person does on the measure's page."""
    page = await browser.get(PATH)
    done = await browser.post(f"{PATH}/{verb}", version=page.version, **fields)
    assert done.status == 303, done.text


def decision(panel: ServedPanel) -> dict[str, str]:
    """What Rosa decides."""
    return {
        "cause": "Nadie explica los papeles",
        "action": "Un cartel en la entrada",
        "owner": str(panel.people["Rosa"]),
        "due": "24 de abril de 2026",
    }


async def measured(panel: ServedPanel, blocks: dict[str, list[made.Block]]) -> Measure:
    """Done by Rosa, and found effective by the runs that follow."""
    panel.now = made.monday_after(ACTED)  # in the week after it, which is on no side
    async with panel.signed_in("Rosa") as rosa:
        await press(rosa, "hecha")
    for later in range(18, 26):
        await follow_run(panel, FIRST.shifted(later), blocks)
    found = await panel.measure("M-2026-001")
    assert found.measured is not None
    # Twelve weeks before it was opened and those of acting, against the eight after.
    assert found.measured.effect.verdict is Effectiveness.EFFECTIVE
    return found


async def publish(panel: ServedPanel, blocks: dict[str, list[made.Block]]) -> None:
    weeks: Sequence[IsoWeek] = sorted({b.last for found in blocks.values() for b in found})

    def write(tx: Transaction) -> None:
        for before, week in zip([None, *weeks], weeks, strict=False):
            of_week = [b for found in blocks.values() for b in found if b.last == week]
            assert digests.publish(tx, PublishedDigest(week, panel.now, b""), of_week, before)

    await panel.scene.write(write)


async def follow_run(
    panel: ServedPanel, week: IsoWeek, blocks: dict[str, list[made.Block]]
) -> None:
    run = made.run_of(week, blocks)

    def write(tx: Transaction) -> None:
        assert control.add_run(tx, run)
        apply_run(tx, panel.scene.keyring, run, ZONE, made.opened().term)

    await panel.scene.write(write)
