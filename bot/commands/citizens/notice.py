"""`opina notice`: the one switch that pins a notice above every reply and stops ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config
from bot.commands.shared.typed import typed_words

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction

Words = Annotated[
    str | None, typer.Argument(metavar="TEXTO", help="Entre comillas; sin él, lo muestra.")
]
KeepRatings = Annotated[
    bool, typer.Option("--keep-ratings", help="Sigue pidiendo notas mientras esté.")
]
End = Annotated[bool, typer.Option("--end", help="Lo quita.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("notice", help="Pone un aviso sobre todas las respuestas, o lo quita.")(notice)


def notice(
    text: Words = None, keep_ratings: KeepRatings = False, end: End = False, config: Config = None
) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.staff import pinned_notice

    told = _on_one_line(text) if text is not None else ""
    if end and told:
        raise OperatorError("--end quita el aviso: no lleva texto")
    if keep_ratings and not told:
        raise OperatorError("--keep-ratings va con el texto del aviso")

    async def work(here: Installation) -> None:
        if told:
            await here.database.write(lambda tx: _pin(tx, here, told, keep_ratings=keep_ratings))
            print("El aviso está sobre todas las respuestas. Para quitarlo: opina notice --end")
        elif end:
            ended = await here.database.write(lambda tx: _end(tx, here))
            print("El aviso quedó quitado." if ended else "No había ningún aviso.")
        else:
            standing = await here.database.read(pinned_notice.current)
            print(standing.text if standing else "No hay ningún aviso.")
            if standing and standing.stops_ratings:
                print("Mientras tanto no se piden ni reciben notas.")

    with_installation(config, work)


def _on_one_line(text: str) -> str:
    from handlers.text.display import as_typed
    from storage.staff.pinned_notice import LONGEST

    empty = "el aviso está vacío; escríbalo entre comillas"
    return typed_words(" ".join(as_typed(text).split()), "el aviso", LONGEST, empty)


def _pin(tx: Transaction, here: Installation, text: str, *, keep_ratings: bool) -> None:
    from handlers.state import Pinned
    from storage.staff import pinned_notice

    pinned_notice.pin(tx, Pinned(text, stops_ratings=not keep_ratings), here.opened_at)
    detail = "" if keep_ratings else "sin encuestas"
    add_audit_entry(tx, here, "notice-pinned", detail=detail)


def _end(tx: Transaction, here: Installation) -> bool:
    """False: there was none."""
    from storage.staff import pinned_notice

    if not pinned_notice.take_down(tx, here.opened_at):
        return False
    add_audit_entry(tx, here, "notice-ended")
    return True
