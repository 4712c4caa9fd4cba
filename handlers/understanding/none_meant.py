"""What sounds like danger and plainly answers or changes what is open instead."""

from __future__ import annotations

from handlers.understanding import numbers
from handlers.understanding.commands import confirmations
from handlers.understanding.context import Context
from handlers.understanding.said_before import beside_case, own_data
from handlers.understanding.said_before.corrections import closed

_FEW_LEAVING = 4  # words, the last of which leaves what is open


def means_else(context: Context) -> bool:
    """ "A, pero no pienso repetir todo", "no importa, salir": plainly no danger."""
    chooses = confirmations.typed_option(context) or numbers.number_of_list(context)
    words = context.said.words
    leaves = len(words) <= _FEW_LEAVING and context.commands.get(" ".join(words[-1:])) == "cancel"
    return bool(
        chooses
        or leaves
        or beside_case.hesitates(context)
        or closed.correction_of_closed(context)
        or own_data.refuses(context)
    )
