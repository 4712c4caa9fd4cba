"""What is open is refused, or given up."""

from __future__ import annotations

from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.answers import value_read
from handlers.understanding.context import OF_OWN_DATA, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.case.beside import gains_time

_FEW_WORDS = 4  # of a short text


def refusal(context: Context) -> Intent | None:
    """Does not want to answer what is open."""
    prompt = context.state.prompt
    words = len(context.folded.split())
    if not (context.open or (prompt is not None and not prompt.awaits_option)) or words > 12:
        return None
    if prompt is not None and prompt.awaits in OF_OWN_DATA and words > _FEW_WORDS:
        return None  # "no usen mi comentario" is the request that was asked for
    heard = context.heard
    if context.offers("file") or isinstance(value_read(context), str):
        return None  # "es privado" is of the case that is being told; a date or a number answers
    gives_up = context.command is None and context.said.is_only(PhraseKind.GIVES_UP)
    refuses = gives_up or (heard.main == "refuses" and heard.likely("refuses"))
    if refuses and context.grade is None:
        if heard.chance("asks") > 0.4 or PhraseKind.NAMES_QUESTION in context.said.kinds:
            return Act.INVITE_QUESTION
        return _refused(context)
    return None


def _refused(context: Context) -> Intent:
    """Nothing more is told of a case; to its summary it is a no. What was told stays."""
    prompt, filing = context.state.prompt, context.state.filing
    if gains_time(context):
        return SayCourtesy("waits")
    told = filing is not None and filing.words
    if prompt is None or prompt.awaits is not Awaits.CASE or not told:
        return Act.REFUSE
    return Act.DROP_CASE if prompt.offers("file") else Act.SKIP
