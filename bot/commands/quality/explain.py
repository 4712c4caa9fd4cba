"""`opina explain`: what an area's published figure is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Config, Week

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.installation import Installation
    from handlers.quality.weeks import IsoWeek
    from storage.quality.digests import PublishedDigest


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Explica la cifra publicada de un área: de qué está hecha.")(explain)


def explain(
    area: Annotated[str, typer.Option(metavar="ID", help="El área, por su id o su nombre.")],
    week: Week = None,
    config: Config = None,
) -> None:
    from bot.commands.naming import parsed_week
    from bot.installation import with_installation

    wanted = parsed_week(week)

    async def work(here: Installation) -> None:
        await _show(here, area, wanted)

    with_installation(config, work)


async def _show(here: Installation, area: str, week: IsoWeek | None) -> None:
    import msgspec

    from bot.commands.naming import known_area, last_complete
    from bot.jobs.quality.indicators import load_chart
    from bot.reports.quality.explain_text import explain_text
    from handlers.errors import OperatorError
    from handlers.indicators.drafts import all_versions
    from handlers.quality.digest import digest_of_areas
    from handlers.quality.figures import Digest
    from storage.quality import control, digests, indicator_versions

    own, wanted = known_area(here.content, area), week or last_complete(here)
    kept = await here.database.read(lambda tx: digests.published(tx, wanted))
    if kept is None:
        others = await here.database.read(digests.weeks_published)
        raise OperatorError(f"{wanted}: esa semana no se publicó; {_which(wanted, others)}")
    digest = digest_of_areas(
        msgspec.json.decode(kept.figures, type=Digest), own, here.release.content
    )
    versions = await here.database.read(indicator_versions.versions)
    definitions = all_versions(here.content.indicators, versions)
    blocks = await here.database.read(lambda tx: control.blocks_up_to(tx, wanted).get(own, []))
    chart = await load_chart(here.database, own, wanted)
    print(explain_text(digest, digest.areas[0], blocks, chart, definitions), end="")


def _which(wanted: IsoWeek, others: Sequence[PublishedDigest]) -> str:
    """Which weeks there are instead: those next to the one that was wanted."""
    weeks = sorted(str(digest.week) for digest in others)
    if not weeks:
        return "aún no se publica ninguna; opina digest publica la última que terminó"
    before = [week for week in weeks if week < str(wanted)][-1:]
    after = [week for week in weeks if week > str(wanted)][:1]
    near = "la más cercana es" if len(before + after) == 1 else "las más cercanas son"
    return f"{near} {' y '.join(before + after)}, con --week"
