"""What may hurt somebody is reported, with what else is told, where the alarm offered that."""

from __future__ import annotations

from handlers.text.folding import fold
from handlers.understanding.context import Context
from handlers.understanding.dangers.heard import heard_danger
from handlers.understanding.intents.cases import TellMoreOfReport
from handlers.understanding.intents.danger import EMERGENCY_OF, REPORTED, NameNumbers

_LEADING = ("yes", "complaint")  # commands
_FEWEST_WORDS = 2  # that tell more of it


def report_with_more(context: Context) -> tuple[NameNumbers | TellMoreOfReport, ...]:
    """ "Sí, reclamo. Es en Las Rojas 1245", once the numbers were told: they are named in a line.

    Another danger that is told there comes first, and the command alone is read as such.
    """
    kind, draft = context.alert, context.state.draft
    if kind not in REPORTED or draft is None or not context.reported:
        return ()
    if not context.state.danger or not context.offers("complaint"):
        return ()
    more = _behind_wish(context)
    if len(more.split()) < _FEWEST_WORDS or _tells_another(context, more):
        return ()
    reply = context.release.content.emergency_by_id[kind].reply
    return NameNumbers(reply), TellMoreOfReport(more, draft.area)


def _behind_wish(context: Context) -> str:
    """What follows "sí, reclamo", as it was written; "" where it does not begin so."""
    written = context.text.split()
    given = [context.commands.get(fold(word.strip(".,;:!¡"))) for word in written]
    leading = next((at for at, one in enumerate(given) if one not in _LEADING), len(given))
    if "complaint" not in given[:leading]:
        return ""
    return " ".join(written[leading:])


def _tells_another(context: Context, more: str) -> bool:
    """Whether that tells a danger of another kind, as somebody who is hurt."""
    told = {emergency.id for emergency in context.release.content.emergencies_told(more)}
    heard = heard_danger(context.of(more))
    if heard is not None and heard.sure:
        told.add(EMERGENCY_OF[heard.act])
    return not told <= REPORTED
