"""`opina explain`: what the published figures of an area, or of all together, are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config, Week

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.installation import Installation
    from handlers.quality.weeks import IsoWeek
    from storage.quality.digests import PublishedDigest


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Explica las cifras publicadas: de qué están hechas.")(explain)


def explain(
    area: Annotated[
        str | None,
        typer.Option(metavar="ID", help="El área, por su id o su nombre; si no, todas juntas."),
    ] = None,
    week: Week = None,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import parsed_week
    from bot.installation import with_installation

    wanted = parsed_week(week)

    async def work(here: Installation) -> None:
        await _show(here, area, wanted)

    with_installation(config, work)


async def _show(here: Installation, area: str | None, week: IsoWeek | None) -> None:
    import msgspec

    from bot.commands.shared.naming import known_area, last_complete
    from bot.jobs.quality.indicators import load_chart
    from bot.reports.quality.explain_text import explain_text, explain_whole
    from handlers.errors import OperatorError
    from handlers.indicators.drafts import all_versions
    from handlers.indicators.values import PublishedBlocks
    from handlers.quality.digest import digest_of_areas
    from handlers.quality.figures import Digest
    from storage.measures.steps import all_measures
    from storage.quality import control, digests, indicator_versions

    own = None if area is None else known_area(here.content, area)
    wanted = week or last_complete(here)
    kept = await here.database.read(lambda tx: digests.published(tx, wanted))
    if kept is None:
        others = await here.database.read(digests.weeks_published)
        raise OperatorError(f"{wanted}: esa semana no se publicó; {_which(wanted, others)}")
    whole = msgspec.json.decode(kept.figures, type=Digest)
    versions = await here.database.read(indicator_versions.versions)
    definitions = all_versions(here.content.indicators, versions)
    by_area = await here.database.read(lambda tx: control.blocks_up_to(tx, wanted))
    if own is None:
        newest = {area: blocks[-1] for area, blocks in by_area.items()}
        closed = {area: block for area, block in newest.items() if block.last == wanted}
        published = PublishedBlocks(wanted, whole, closed)
        print(explain_whole(published, here.content, definitions), end="")
        return
    digest, blocks = digest_of_areas(whole, own, here.release.content), by_area.get(own, [])
    chart = await load_chart(here.database, own, wanted)
    every = await here.database.read(lambda tx: all_measures(tx, here.keyring, here.content.zone))
    measures = [one for one in every if one.area == own]
    print(explain_text(digest, digest.areas[0], blocks, chart, definitions, measures), end="")


def _which(wanted: IsoWeek, others: Sequence[PublishedDigest]) -> str:
    """Which weeks there are instead: those next to the one that was wanted."""
    weeks = sorted(str(digest.week) for digest in others)
    if not weeks:
        return "aún no se publica ninguna; opina digest publica la última que terminó"
    before = [week for week in weeks if week < str(wanted)][-1:]
    after = [week for week in weeks if week > str(wanted)][:1]
    near = "la más cercana es" if len(before + after) == 1 else "las más cercanas son"
    return f"{near} {' y '.join(before + after)}, con --week"
