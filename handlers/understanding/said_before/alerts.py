"""What is said right after the emergency numbers is about that danger, and never searched for."""

from __future__ import annotations

from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.danger import HAZARD, ReportDanger
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent

_MOST_WORDS = 12
_ANSWERS = ("confirms", "denies", "refuses", "wants_person")


def after_alert(context: Context) -> Intent | None:
    """ "Sí", "ayuda", "ya vienen": the danger goes on, or help is on its way."""
    if len(context.said.words) > _MOST_WORDS:
        return None
    if has_called(context):
        return SayCourtesy("helped")
    if _was_asked(context):
        return None  # whether somebody is in danger: yes and no answer that
    if context.command in ("yes", "help"):
        return told_again(context, briefly=True)
    if context.command == "no":
        return told_again(context, doubtful=True)
    return None


def has_called(context: Context) -> bool:
    """Whether the text ends with help that was called, and nothing in it says the contrary.

    Asked once the numbers were told: before, it is no answer to them.
    "Ya llamé, pero nadie llega" and "ya llamé a mi mamá para despedirme" are no such thing.
    """
    said, lexicon = context.said, context.lexicon
    if not (lexicon.contrast | lexicon.negators).isdisjoint(said.words):
        return False
    return any(end == len(said.words) for _, end in said.spans(PhraseKind.CALLED_HELP))


def cannot_call(context: Context) -> bool:
    """Whether the numbers that were told are of no use; before, "no contesta" is of a victim."""
    return bool(context.state.danger) and PhraseKind.CANNOT_CALL in context.said.kinds


def same_danger(context: Context, *, heard: bool) -> ReportDanger | None:
    """The danger of the last turn, where the text says that nobody can call, or more of it.

    ``heard``: some danger is heard in it, though not surely of which kind.
    """
    if cannot_call(context):
        return told_again(context, cannot_call=True)
    return told_again(context, doubtful=True) if heard else None


def still_in_danger(context: Context) -> Intent | None:
    """Words that nothing else explains, once: "tengo miedo", "está en la otra pieza"."""
    if _was_asked(context) or context.words_are_awaited:
        return None
    if context.ranking.is_found and not context.heard.best(_ANSWERS):
        return None
    return told_again(context, doubtful=True)


def told_again(
    context: Context, *, doubtful: bool = False, cannot_call: bool = False, briefly: bool = False
) -> ReportDanger | None:
    """The numbers of the last turn once more; None where there were none, or nobody is hurt."""
    kind = context.state.danger
    found = context.release.content.emergency_by_id.get(kind)
    if found is None or kind == HAZARD:
        return None
    return ReportDanger(found.reply, kind, doubtful, cannot_call=cannot_call, briefly=briefly)


def _was_asked(context: Context) -> bool:
    prompt = context.state.prompt
    return prompt is not None and prompt.offers("no-danger")
