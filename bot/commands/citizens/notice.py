"""`opina notice`: the one switch that pins a notice above every reply and stops ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.audit_log import add_audit_entry
from bot.commands.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("notice", help="Pone un aviso sobre todas las respuestas, o lo quita.")(notice)


def notice(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXTO", help="Entre comillas; sin él, lo muestra.")
    ] = None,
    keep_ratings: Annotated[
        bool, typer.Option("--keep-ratings", help="Sigue pidiendo notas mientras esté.")
    ] = False,
    end: Annotated[bool, typer.Option("--end", help="Lo quita.")] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from handlers.state import Pinned
    from handlers.text.display import as_typed
    from storage.staff import pinned_notice
    from storage.staff.pinned_notice import LONGEST

    told = " ".join(as_typed(text or "").split())
    if text is not None and not told:
        raise OperatorError("el aviso está vacío; escríbalo entre comillas")
    if end and told:
        raise OperatorError("--end quita el aviso: no lleva texto")
    if keep_ratings and not told:
        raise OperatorError("--keep-ratings va con el texto del aviso")
    if len(told) > LONGEST:
        raise OperatorError(f"el aviso tiene {len(told)} letras; caben {LONGEST}")

    async def work(here: Installation) -> None:
        if told:
            await here.database.write(
                lambda tx: _pin(tx, here, Pinned(told, stops_ratings=not keep_ratings))
            )
            print("El aviso está sobre todas las respuestas. Para quitarlo: opina notice --end")
        elif end:
            gone = await here.database.write(lambda tx: _end(tx, here))
            print("El aviso quedó quitado." if gone else "No había ningún aviso.")
        else:
            standing = await here.database.read(pinned_notice.current)
            print(standing.text if standing else "No hay ningún aviso.")
            if standing and standing.stops_ratings:
                print("Mientras tanto no se piden ni reciben notas.")

    def _pin(tx: Transaction, here: Installation, pinned: Pinned) -> None:
        pinned_notice.pin(tx, pinned, here.opened_at)
        add_audit_entry(
            tx, here, "notice-pinned", detail="sin encuestas" if pinned.stops_ratings else ""
        )

    def _end(tx: Transaction, here: Installation) -> bool:
        if not pinned_notice.take_down(tx, here.opened_at):
            return False
        add_audit_entry(tx, here, "notice-ended")
        return True

    with_installation(config, work)
