"""`opina explain`: what an area's published figure is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Config

if TYPE_CHECKING:
    from bot.commands.records import Records
    from handlers.quality.weeks import IsoWeek


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Explica la cifra publicada de un área: de qué está hecha.")(explain)


def explain(
    area: Annotated[str, typer.Option(metavar="ID", help="El área, por su id o su nombre.")],
    week: Annotated[
        str | None, typer.Option(metavar="SEMANA", help="Como 2026-W47; si no, la última completa.")
    ] = None,
    config: Config = None,
) -> None:
    from bot.commands.records import parsed_week, with_records

    wanted = parsed_week(week)

    async def work(records: Records) -> None:
        await _show(records, area, wanted)

    with_records(config, work)


async def _show(records: Records, area: str, week: IsoWeek | None) -> None:
    import msgspec

    from bot.commands.records import known_area, last_complete
    from bot.jobs.quality.digest import of_area
    from bot.jobs.quality.indicators import load_chart
    from bot.reports.quality.explain_text import explain_text
    from handlers.errors import OperatorError
    from handlers.quality.figures import Digest
    from storage.quality import control, digests

    own, wanted = known_area(records.content, area), week or last_complete(records)
    kept = await records.database.read(lambda tx: digests.published(tx, wanted))
    if kept is None:
        raise OperatorError(f"{wanted}: esa semana no se publicó; vea cuáles con opina control")
    digest = of_area(msgspec.json.decode(kept.figures, type=Digest), own, records.release)
    blocks = await records.database.read(lambda tx: control.blocks_up_to(tx, wanted).get(own, []))
    chart = await load_chart(records.database, own, wanted)
    print(explain_text(digest, digest.areas[0], blocks, chart), end="")
