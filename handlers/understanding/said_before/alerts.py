"""What is said right after the emergency numbers is about that danger, and never searched for."""

from __future__ import annotations

from handlers.facts.own_data import Right
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.danger import (
    EMERGENCY_OF,
    HAZARD,
    PERSONAL,
    AlertAnswer,
    AlertEnd,
    AlertStep,
    EndAlert,
    FollowAlert,
    OfferSupport,
    ReportDanger,
)
from handlers.understanding.intents.own_data import AskRight
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_only_how
from handlers.understanding.reading.places import names_place

_MOST_WORDS = 12
_MOST_TOLD = 20  # words that tell what is done about it, or where it is
_FEWEST_TOLD = 4  # words that tell more of it
_NEAR = 3  # words before a phrase that may deny it
_FEW_WITH_COMPANY = 3  # words beside it: "viene para acá"
_FEW_BESIDE = 2  # words in which no danger is told
_DANGER = 0.5  # probability of it in what stands beside
_OF_ONESELF = frozenset({"suicidio"})
_AT_HOME = frozenset({"violencia", "ninez"})
_BY_SOMEBODY = frozenset({"suicidio", "violencia", "ninez", "delito"})  # "ya llegó" may be them
_LEFT_BEHIND = frozenset({"gas", "incendio"})
_NOT_OUT = {PhraseKind.HELP_CAME, PhraseKind.GONE, PhraseKind.STILL_INSIDE}
_WISHING = ("asks", "wants_person", "rates", "status_case", "status_procedure", *FOLLOW_UPS)
_WISHES = frozenset({PhraseKind.TELLS_WISH, PhraseKind.COMPLAINS, PhraseKind.WANTS_PERSON})
_COURTESIES = ("thanks", "greets", "farewell", "insults", "withdraws", "corrects", "undoes")
_NOT_FOR_HELP = frozenset(
    {PhraseKind.HELP_LATE, PhraseKind.UNANSWERED, PhraseKind.CANNOT_CALL}
    | {PhraseKind.NOT_SURE_WHAT}  # "no sé si es un infarto"
)
_ANSWERS = ("confirms", "denies", "refuses", "wants_person")


def after_alert(context: Context) -> Intent | None:
    """ "Sí", "ayuda", "ya vienen": the danger goes on, or help is on its way."""
    if context.command is None:
        return _goes_on(context)
    if len(context.said.words) > _MOST_WORDS:
        return None
    if _was_asked(context):
        return None  # whether somebody is in danger: yes and no answer that
    if context.command == "yes" and context.offers("complaint") and context.reported:
        return Act.COMPLAIN  # "puedo ingresar ahora el reclamo"
    if context.command in ("yes", "help"):
        return told_again(context, step=AlertStep.STILL)
    if context.command == "no":
        return told_again(context, doubtful=True)
    return None


def about_alert(context: Context) -> Intent | None:
    """What is done about the danger, where it is, and the wish that nothing of it be read.

    Minutes later only what nothing else awaits: words of a comment or case are left to it.
    """
    kind = context.alert
    if len(context.said.words) > _MOST_TOLD or context.known.staff is not None:
        return None
    if not kind:
        return _once_calmed(context)
    if kind in _BY_SOMEBODY and erases_chat(context):
        return AskRight(Right.ERASE)
    if not context.state.danger and else_awaited(context):
        return None
    if asks_only_how(context) or says_only(context, PhraseKind.ASKS_MEANWHILE):
        return _what_next(context)  # "qué puedo hacer"
    if PhraseKind.STILL_INSIDE in context.said.kinds and kind not in _OF_ONESELF:
        return _what_next(context)
    if says_only(context, PhraseKind.UNANSWERED, denying=True) and context.state.danger:
        return told_again(context, step=AlertStep.LATE)
    if kind in _BY_SOMEBODY and says_only(context, PhraseKind.HELP_CAME):
        return told_again(context, doubtful=True)
    return None if "?" in context.text else _answered(context, kind)


def _answered(context: Context, kind: str) -> Intent | None:
    """What is told of the danger, or answered to what was asked about it."""
    if company_comes(context):
        sheltered = kind in _BY_SOMEBODY
        return FollowAlert(kind, AlertAnswer.COMPANY_HOME if sheltered else AlertAnswer.COMPANY)
    if tells_helpers(context) or _adds_for_helpers(context):
        return FollowAlert(kind, AlertAnswer.COMING)
    if _was_asked(context) and PhraseKind.NOT_KNOWN_YET in context.said.kinds:
        return told_again(context, doubtful=True)  # "no sé" is no "no"
    if kind not in _BY_SOMEBODY and says_only(context, PhraseKind.NOBODY_HURT, denying=True):
        return FollowAlert(kind, AlertAnswer.NOBODY_HURT)
    if went_out(context):
        return FollowAlert(kind, AlertAnswer.OUT)
    if says_only(context, PhraseKind.WILL_CALL):
        return FollowAlert(kind, AlertAnswer.WILL_CALL)
    if kind in _OF_ONESELF and says_only(context, PhraseKind.ACCOMPANIED):
        return FollowAlert(kind, AlertAnswer.ACCOMPANIED)
    if kind in _OF_ONESELF and says_only(context, PhraseKind.ALONE):
        return told_again(context, step=AlertStep.STILL)
    if kind in _AT_HOME and says_only(context, PhraseKind.UNDECIDED):
        return FollowAlert(kind, AlertAnswer.UNDECIDED)
    if kind in _AT_HOME and says_only(context, PhraseKind.AWAY):
        return FollowAlert(kind, AlertAnswer.AWAY)
    return _place_of(kind) if _tells_place(context, kind) else None


def company_comes(context: Context) -> bool:
    """ "Ya llamé a mi hermana", "viene mi vecino": nobody yet whose work it is to help."""
    said, kind = context.said, context.alert
    spans = said.spans(PhraseKind.SOMEBODY_COMES)
    if not kind or kind in _OF_ONESELF or not spans or "?" in context.text:
        return False
    if not (context.lexicon.contrast | context.lexicon.negators).isdisjoint(said.words):
        return False
    covered = {at for start, end in spans for at in range(start, end)}
    beside = " ".join(word for at, word in enumerate(said.words) if at not in covered)
    if PhraseKind.CALLED_HELP in context.of(beside).said.kinds:
        return False
    told = context.release.content.emergency_phrases.first(beside) is not None
    few = len(beside.split()) <= _FEW_WITH_COMPANY
    return not told and (few or context.release.listener.hear(beside).danger < _DANGER)


def went_out(context: Context) -> bool:
    """ "Ya salí a la calle con mis hijos", and not that anybody was called: it goes on inside."""
    if context.alert not in _LEFT_BEHIND or names_help(context) or "?" in context.text:
        return False
    said = context.said
    if PhraseKind.WENT_OUT not in said.kinds or not _NOT_OUT.isdisjoint(said.kinds):
        return False
    if PhraseKind.NONE_CALLED not in said.kinds:
        return says_only(context, PhraseKind.WENT_OUT, denying=True)
    emergency = context.release.content.emergency_phrases.first(context.text)
    return emergency is None and context.lexicon.contrast.isdisjoint(said.words)


def _once_calmed(context: Context) -> Intent | None:
    """ "¿Y qué hago mientras?", once help was called or the danger is over."""
    kind = context.calmed
    if else_awaited(context):
        return None
    if _adds_for_helpers(context):
        return FollowAlert(kind, AlertAnswer.COMING)
    if kind in _AT_HOME and says_only(context, PhraseKind.UNDECIDED):
        return FollowAlert(kind, AlertAnswer.UNDECIDED)
    if not says_only(context, PhraseKind.ASKS_MEANWHILE):
        return None
    card = context.release.content.emergency_by_id[kind].card
    if kind in PERSONAL and card is not None:
        return OfferSupport(card)
    return EndAlert(context.calmed, AlertEnd.WAITING, alone=True)


def _what_next(context: Context) -> Intent | None:
    """What to do until help comes; of what may hurt somebody also who mends it."""
    if context.alert == HAZARD:
        return FollowAlert(HAZARD, AlertAnswer.HAZARD_NEXT)
    return told_again(context)


def erases_chat(context: Context) -> bool:
    """ "¿Me puede borrar esto? Él lee mi teléfono": no grade and no case can be meant."""
    kinds = context.said.kinds
    return PhraseKind.ERASES_THIS in kinds or PhraseKind.ERASES_DATA in kinds


def else_awaited(context: Context) -> bool:
    """Whether something else is open that takes words."""
    prompt, opened = context.state.prompt, context.open
    if context.words_are_awaited or (prompt is not None and not prompt.awaits_option):
        return opened is None or not opened.outline.about_card
    return False


def says_only(context: Context, kind: PhraseKind, *, denying: bool = False) -> bool:
    """Whether a phrase of that kind stands there, denied by nothing, and no danger beside it.

    ``denying``: the phrase itself denies something.
    """
    said, release = context.said, context.release
    if not context.lexicon.contrast.isdisjoint(said.words):
        return False
    spans = said.spans(kind)
    denied = context.lexicon.negators
    plain = any(denied.isdisjoint(said.words[max(0, at - _NEAR) : at]) for at, _ in spans)
    if not spans or not (plain or denying):
        return False
    covered = {at for start, end in spans for at in range(start, end)}
    beside = " ".join(word for at, word in enumerate(said.words) if at not in covered)
    if release.content.emergency_phrases.first(beside) is not None:
        return False
    return len(beside.split()) <= _FEW_BESIDE or release.listener.hear(beside).danger < _DANGER


def _tells_place(context: Context, kind: str) -> bool:
    """ "Los Arrayanes con Monjitas, hay niños jugando": where the danger of before is."""
    state, said = context.state, context.said
    if context.command is not None or said.asks:
        return False
    if context.release.content.emergency_phrases.first(context.text) is not None:
        return False
    if not context.lexicon.negators.isdisjoint(said.words[:1]):
        return False  # "no es cerca de mi casa"
    if not state.danger and (kind != HAZARD or state.draft is None or state.topic):
        return False  # it may be where something else is, that was asked about in between
    if names_place(said):
        return True
    places = said.spans(PhraseKind.AT_PLACE) if PhraseKind.TELLS_WHEN not in said.kinds else []
    corners = said.spans(PhraseKind.AT_CORNER) if PhraseKind.TELLS_WHEN not in said.kinds else []
    spans = said.spans(PhraseKind.TELLS_WHERE) + corners  # "el jueves pasado" is no place
    begins = any(start == 0 for start, _ in spans + places)
    return begins or (bool(spans) and context.ranking.verdict is not Verdict.SURE)


def _place_of(kind: str) -> FollowAlert:
    return FollowAlert(kind, AlertAnswer.HAZARD_PLACE if kind == HAZARD else AlertAnswer.PLACE)


def has_called(context: Context) -> bool:
    """Whether the text ends with help that was called, and nothing in it says the contrary.

    Asked once the numbers were told: before, it is no answer to them.
    "Ya llamé, pero nadie llega" and "ya llamé a mi mamá para despedirme" are no such thing.
    """
    said, lexicon = context.said, context.lexicon
    if not (lexicon.contrast | lexicon.negators).isdisjoint(said.words):
        return False
    return any(end == len(said.words) for _, end in said.spans(PhraseKind.CALLED_HELP))


def names_help(context: Context) -> bool:
    """Whether help is spoken of that was called, or that came or did not."""
    return (
        PhraseKind.CALLED_HELP in context.said.kinds or PhraseKind.HELP_LATE in context.said.kinds
    )


def tells_helpers(context: Context) -> bool:
    """ "Ya llamé, vienen en camino, pero respira raro": more of it, that whoever comes must know.

    Help that does not come, another danger, and despair have their own answers.
    """
    kind, kinds = context.alert, context.said.kinds.keys()
    if not kind or kind in _OF_ONESELF or PhraseKind.CALLED_HELP not in kinds:
        return False
    if not kinds.isdisjoint(_NOT_FOR_HELP):
        return False
    left = without_help(context)
    told = {emergency.id for emergency in context.release.content.emergencies_told(left)}
    if told:
        return told == {kind}
    heard = context.release.listener.hear(left)
    act = heard.best(EMERGENCY_OF, _DANGER)
    return bool(act) and EMERGENCY_OF[act] == kind and heard.danger >= _DANGER


def _adds_for_helpers(context: Context) -> bool:
    """ "Es mi hijo de 3 años", once help was called: whoever comes must know it."""
    kind, heard = context.alert or context.calmed, context.heard
    if not context.state.help_called or kind in (*_OF_ONESELF, HAZARD):
        return False
    if context.command is not None or context.grade is not None or _wishes_else(context):
        return False
    if heard.main in _COURTESIES and heard.likely(heard.main):
        return False
    act = heard.best(EMERGENCY_OF, _DANGER)
    if context.release.content.emergencies_told(context.text) or EMERGENCY_OF.get(act) == kind:
        return False  # what to do until they come is said
    return PhraseKind.NAMES_PERSON in context.said.kinds


def without_help(context: Context) -> str:
    """What is told beside help that was called: "y no llegan"."""
    said = context.said
    spans = said.spans(PhraseKind.CALLED_HELP) + said.spans(PhraseKind.HELP_LATE)
    covered = {at for start, end in spans for at in range(start, end)}
    return " ".join(word for at, word in enumerate(said.words) if at not in covered)


def cannot_call(context: Context) -> bool:
    """Whether the numbers that were told are of no use; before, "no contesta" is of a victim."""
    return bool(context.state.danger) and PhraseKind.CANNOT_CALL in context.said.kinds


def same_danger(context: Context, *, heard: bool) -> ReportDanger | None:
    """The danger of the last turn, where the text says that nobody can call, or more of it.

    ``heard``: some danger is heard in it, though not surely of which kind.
    """
    if not context.alert:  # it was over
        return told_again(context, of=context.calmed, doubtful=True) if heard else None
    if cannot_call(context):
        return told_again(context, cannot_call=True, step=AlertStep.AGAIN)
    if names_help(context):
        return told_again(context, step=AlertStep.LATE)
    return told_again(context, doubtful=True) if heard else None


def _goes_on(context: Context) -> Intent | None:
    """What is told right after an alarm, and asks for nothing: no comment, and no card's words."""
    told = context.command is None and context.grade is None and not context.numbers
    if not told or context.state.follow_up is not None or _wishes_else(context):
        return None
    if context.heard.main in _COURTESIES and context.heard.likely(context.heard.main):
        return None
    return told_again(context, doubtful=True)


def still_in_danger(context: Context) -> Intent | None:
    """Words that nothing else explains: "tengo miedo", "está en la otra pieza".

    Nor does a card that was found, where none is named: "ya cerré la llave".
    """
    if context.words_are_awaited or names_service(context):
        return None
    tells = len(context.said.words) >= _FEWEST_TOLD and not context.said.asks
    tells = tells and context.heard.main not in (*FOLLOW_UPS, "asks")
    if context.state.danger == HAZARD and tells and not context.ranking.is_found:
        return FollowAlert(HAZARD, AlertAnswer.HAZARD_PLACE)
    if context.ranking.is_found and _wishes_else(context) and not context.heard.best(_ANSWERS):
        return None
    return told_again(context, doubtful=True)


def _wishes_else(context: Context) -> bool:
    """Whether something is asked for, or a service or an office is named."""
    if context.said.asks or "?" in context.text or not _WISHES.isdisjoint(context.said.kinds):
        return True
    if context.heard.best(_WISHING) or names_service(context):
        return True
    return area_in(context, context.text) is not None


def told_again(
    context: Context,
    *,
    of: str = "",
    doubtful: bool = False,
    cannot_call: bool = False,
    step: AlertStep = AlertStep.NEXT,
) -> ReportDanger | None:
    """The danger of the last turn goes on; None where there was none, or nobody is hurt."""
    kind = of or context.alert
    found = context.release.content.emergency_by_id.get(kind)
    if found is None or kind == HAZARD:
        return None
    return ReportDanger(found.reply, kind, doubtful, cannot_call=cannot_call, step=step)


def _was_asked(context: Context) -> bool:
    prompt = context.state.prompt
    return prompt is not None and prompt.offers("no-danger")
