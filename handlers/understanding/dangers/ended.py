"""The danger that was told before is over, or was none; and who is asked for to help afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from handlers.content.model import Emergency
from handlers.listening.listener import LIKELY
from handlers.messages import Text
from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.cases import AddToCase, AskIfCorrection, AskIfOfCase
from handlers.understanding.intents.danger import (
    EMERGENCY_OF,
    HAZARD,
    HAZARDOUS,
    PERSONAL,
    AlertAnswer,
    AlertEnd,
    EndAlert,
    FollowAlert,
    NameNumbers,
    OfferSupport,
    ReportDanger,
)
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent, Intents, is_understood
from handlers.understanding.said_before.alerts import (
    company_comes,
    else_awaited,
    tells_helpers,
    went_out,
)

_DENYING = frozenset({PhraseKind.DENIES_DANGER, PhraseKind.DENIES_ALARM, PhraseKind.NOBODY_HURT})
# What says that it is over, the plainest first.
_ENDING = {
    PhraseKind.CALLED_HELP: AlertEnd.HELPED,  # also whoever was taken to hospital: no relief
    PhraseKind.GONE: AlertEnd.OVER,
    PhraseKind.TAKEN_AWAY: AlertEnd.OVER,
    PhraseKind.HELP_CAME: AlertEnd.OVER,
    PhraseKind.SAFE: AlertEnd.SAFE,
    PhraseKind.DENIES_DANGER: AlertEnd.NONE,
    PhraseKind.DENIES_ALARM: AlertEnd.NONE,
    PhraseKind.NOBODY_HURT: AlertEnd.UNHURT,
}
_WISHING = frozenset({PhraseKind.ASKS_SUPPORT, PhraseKind.TELLS_WISH, PhraseKind.COMPLAINS})
_BY_SOMEBODY = PERSONAL | {"delito"}  # "ya llegó" may be them
_OF_ONESELF = "suicidio"
_OF_THE_HURT = frozenset({HAZARD, "salud", "animal"})
_MAY_RETURN = frozenset({"violencia", _OF_ONESELF})
_NEAR = 3  # words before a phrase that may deny it
_FEWEST_BESIDE = 4  # words that are looked up beside it
# "Ya llegaron", where somebody violent might be meant, and "no sé si es un infarto".
_FOUND = (Verdict.SURE, Verdict.SEVERAL, Verdict.EXTERNAL, Verdict.UNSURE)
_KNOWN_BY_HELP = frozenset({PhraseKind.HELP_CAME, PhraseKind.NOT_SURE_WHAT})
_FEW = 2  # words behind such a phrase that say no more
_DANGER = 0.25  # probability of it beside such a phrase
_WORD = re.compile(r"[^\W_]+")


class Ended(NamedTuple):
    """Why the danger is one no more, and what else is said."""

    end: AlertEnd
    left: str


def alert_ended(context: Context) -> Ended | None:
    """Whether a clause says that the danger of before is over or was none, and what the rest is.

    The danger of somebody else, and one that goes on, stand in the rest and are heard there.
    """
    kind, said = context.alert or context.calmed, context.said
    if not kind or context.known.staff is not None or PhraseKind.CANNOT_CALL in said.kinds:
        return None
    if (not context.state.danger and else_awaited(context)) or _is_only_out(context):
        return None
    if company_comes(context):
        return None
    clauses = [_clause(context, start, end) for start, end in _clauses(context)]
    ends = [ended.end for ended in clauses if ended.end is not None]
    if not ends:
        return None
    left = ". ".join(
        ended.left for ended in clauses if ended.left and not _adds_nothing(context, ended, ends)
    )
    if set(ends) == {AlertEnd.HELPED} and (_is_in_vain(context, left) or tells_helpers(context)):
        return None
    if AlertEnd.HELPED not in ends and kind != _OF_ONESELF and _is_inside(context, left):
        return None  # "ya salí, pero mi mamá quedó adentro"
    if AlertEnd.OVER in ends and _tells_danger(context, left):
        return None  # "ya vinieron los bomberos, pero mi hijo está adentro todavía"
    if kind in PERSONAL and set(ends) == {AlertEnd.NONE} and _tells_more(context, left):
        return None  # "no me pegó mi marido, me pegó mi hijo"
    return Ended(min(ends, key=list(AlertEnd).index), left)


def _is_only_out(context: Context) -> bool:
    """ "Ya salimos, no hay nadie de bomberos": it goes on inside, and nobody comes for it."""
    return PhraseKind.NONE_CALLED in context.said.kinds and went_out(context)


def _adds_nothing(context: Context, clause: _Clause, ends: Sequence[AlertEnd]) -> bool:
    """Whether a clause beside the end says no more: "no", "era una quema del vecino"."""
    words = clause.left.casefold().split()
    if all(context.commands.get(word) in ("yes", "no") for word in words):
        return True  # "no no", which answers whether somebody is in danger
    said = context.of(clause.left).said
    few = len(said.words) <= _FEWEST_BESIDE
    if few and set(ends) != {AlertEnd.HELPED} and _refuses(context, clause.left):
        return True
    if AlertEnd.HELPED in ends and not _KNOWN_BY_HELP.isdisjoint(said.kinds):
        return True
    is_past = PhraseKind.TELLS_WHAT_IT_WAS in said.kinds
    is_past = is_past and PhraseKind.TELLS_NOW not in said.kinds
    return is_past and not {AlertEnd.NONE, AlertEnd.OVER}.isdisjoint(ends)


def _is_inside(context: Context, left: str) -> bool:
    said = context.of(left).said
    denied = not context.lexicon.negators.isdisjoint(said.words)
    return PhraseKind.STILL_INSIDE in said.kinds and not denied


def _refuses(context: Context, text: str) -> bool:
    """ "No necesito nada"."""
    left = context.of(text)
    denies = not context.lexicon.negators.isdisjoint(left.said.words[:1])
    return denies and left.heard.main in ("refuses", "denies", "withdraws")


def _is_in_vain(context: Context, left: str) -> bool:
    """ "Ya llamé, pero no llega nadie"."""
    said = context.of(left).said
    lexicon = context.lexicon
    denies = not lexicon.negators.isdisjoint(said.words)
    denies = denies or not lexicon.contrast.isdisjoint(context.said.words)
    return denies and _WISHING.isdisjoint(said.kinds)


def once_ended(context: Context, ended: Ended) -> Context:
    """The rest, read where that danger is over."""
    state, kind = context.state, context.alert or context.calmed
    state = replace(state, danger="", alert=None, calmed=(kind, context.at))
    if context.offers("no-danger"):
        state = replace(state, prompt=None)
    incoming = replace(context.incoming, body=Text(ended.left))
    return Context(incoming, state, context.known, context.release, context.at)


def with_end(context: Context, ended: Ended, beside: Intents) -> Intents:
    """That the danger is over, and what was understood beside it; a danger there stands alone."""
    kind = context.alert or context.calmed
    end = EndAlert(kind, ended.end, misread=PhraseKind.DENIES_ALARM in context.said.kinds)
    alone = replace(end, alone=True)
    if beside and isinstance(beside[0], ReportDanger):
        again = _is_told_again(context, ended, beside[0])
        return (alone,) if again else beside
    if beside and isinstance(beside[0], EndAlert):
        return beside  # "ya llamé, ¿qué hago mientras?"
    blesses = PhraseKind.BLESSES in context.of(ended.left).said.kinds
    if blesses and beside == (SayCourtesy("thanks"),):  # "gracias a Dios" thanks nobody here
        return (alone,)
    told_more = len(ended.left.split()) >= _FEWEST_BESIDE and not is_understood(beside)
    if told_more and ended.end is AlertEnd.HELPED and kind != _OF_ONESELF:
        return (FollowAlert(kind, AlertAnswer.COMING),)  # "viene la ambulancia, se está durmiendo"
    few = len(ended.left.split()) < _FEWEST_BESIDE and not _is_answered(ended, beside)
    if few or (_is_told_only(context, ended, beside) and not _wishes(context, ended.left)):
        return (alone,)
    return (end, *(_of_case(context, intent) for intent in beside))


def _is_answered(ended: Ended, beside: Intents) -> bool:
    """Whether it is understood, or may be what was asked: "era un decir, las contribuciones"."""
    looked_up = beside[0] if beside else None
    if ended.end is AlertEnd.NONE and isinstance(looked_up, LookUp):
        return looked_up.ranking.verdict in _FOUND
    return is_understood(beside)


def _is_told_again(context: Context, ended: Ended, danger: ReportDanger) -> bool:
    """ "Ya vienen los carabineros, la señora salió a la calle": more of what help was called for.

    Nothing but the model hears danger there, of the same kind, and of somebody else.
    """
    left, content = context.of(ended.left), context.release.content
    if ended.end is not AlertEnd.HELPED or danger.kind != (context.alert or context.calmed):
        return False
    of_another = PhraseKind.NAMES_PERSON in left.said.kinds
    return of_another and not content.emergencies_told(ended.left)


def _of_case(context: Context, intent: Intent) -> Intent:
    """Words of a filed case with "hoy no hay fuego", which may be all that puts it right."""
    if not isinstance(intent, AskIfCorrection | AskIfOfCase | AddToCase):
        return intent
    return replace(intent, words=context.text.strip())


def _is_told_only(context: Context, ended: Ended, beside: Intents) -> bool:
    """Whether it was only searched for, and nothing is found that it surely is about.

    Of help that came a card is no answer, "me dijeron que lo llevara a urgencia", unless the
    municipality is told by it of what is to be mended.
    """
    looked_up = beside[0] if beside else None
    if isinstance(looked_up, OfferSupport):  # "ya apagamos el fuego, era aceite"
        return (context.alert or context.calmed) not in PERSONAL
    if not isinstance(looked_up, LookUp):
        return False
    if looked_up.ranking.verdict is not Verdict.SURE:
        return ended.end is not AlertEnd.NONE or context.reported
    emergency = context.release.content.emergency_by_id[context.alert or context.calmed]
    if looked_up.ranking.hits[0].id == emergency.card:
        return True
    found = context.release.content.service_by_id.get(looked_up.ranking.hits[0].id)
    return ended.end is not AlertEnd.NONE and found is not None and not found.takes_reports


def _wishes(context: Context, left: str) -> bool:
    """Whether the rest asks for something; of what is to be mended it is rather told."""
    said = context.of(left).said
    asks = said.asks or "?" in context.text or not _WISHING.isdisjoint(said.kinds)
    return asks and not context.reported


class _Clause(NamedTuple):
    end: AlertEnd | None
    left: str


def _clauses(context: Context) -> list[tuple[int, int]]:
    """Where the clauses begin and end, by words: a "but" parts them as a comma does."""
    said = context.said
    said_at_once = {at for kind in _ENDING for span in said.spans(kind) for at in range(*span)}
    but = {at for at, word in enumerate(said.words) if word in context.lexicon.contrast}
    starts = {*said.part_starts, *(but - said_at_once)}  # "a salvo" is no "salvo"
    edges = [*sorted(starts), len(said.words)]
    return [(start, end) for start, end in pairwise(edges) if start < end]


def _clause(context: Context, start: int, end: int) -> _Clause:
    said = context.said
    found = [
        (kind, span)
        for kind in _ENDING
        for span in said.spans(kind)
        if start <= span[0] and span[1] <= end and _is_meant(context, kind, start, span[0])
    ]
    first = start + (said.words[start] in context.lexicon.contrast)
    if not found and _denies_alone(context, _words(context, start, end)):
        return _Clause(AlertEnd.NONE, "")
    behind = max((span[1] for _, span in found), default=end)
    if not found or _goes_on(context, behind, end):
        return _Clause(None, _words(context, first, end))  # "ya llegó el fuego a mi casa"
    before = _words(context, first, min(span[0] for _, span in found))
    kept = [before] if _tells_danger(context, before) else []
    if end - behind > _FEW or _words(context, behind, end).casefold() in context.commands:
        kept.append(_words(context, behind, end))
    return _Clause(_ENDING[found[0][0]], " ".join(kept))


def _denies_alone(context: Context, text: str) -> bool:
    """ "Nadie", "tranquila": an answer to whether somebody is in danger, as a clause of its own."""
    asked = context.offers("no-danger") or context.alert == HAZARD
    if not asked or context.alert in _MAY_RETURN:
        return False
    said = context.of(text).said
    return any(span == (0, len(said.words)) for kind in _DENYING for span in said.spans(kind))


def _goes_on(context: Context, behind: int, end: int) -> bool:
    """Whether what follows tells danger; a word alone, as "now", is no measure for the model."""
    text = _words(context, behind, end)
    if end - behind > 1:
        return _tells_danger(context, text)
    return context.release.content.emergency_phrases.first(text) is not None


def _is_meant(context: Context, kind: PhraseKind, start: int, at: int) -> bool:
    alert = context.alert or context.calmed
    if kind is PhraseKind.HELP_CAME and alert in _BY_SOMEBODY:
        return PhraseKind.TAKEN_AWAY in context.said.kinds
    if kind is PhraseKind.NOBODY_HURT and context.alert and alert not in _OF_THE_HURT:
        return False  # a fire goes on all the same
    if kind is PhraseKind.GONE and alert in _MAY_RETURN:
        return False
    if PhraseKind.ACCOMPANIED in context.said.kinds and alert == _OF_ONESELF:
        return False  # "estoy con mi mamá"
    before = context.said.words[max(start + _answers_no(context), at - _NEAR) : at]
    return kind in _DENYING or context.lexicon.negators.isdisjoint(before)


def _answers_no(context: Context) -> bool:
    """ "No, ya está apagado", to whether it goes on: the first word denies that, and not the rest.

    A "ya" behind it parts it as a comma does: "no ya se fue".
    """
    first, *others = context.said.words or [""]
    agrees = context.commands.get("".join(others[:1])) in ("yes", "thanks")
    apart = 1 in context.said.part_starts or agrees
    return context.offers("no-danger") and context.commands.get(first) == "no" and apart


def _tells_danger(context: Context, text: str) -> bool:
    if not text:
        return False
    release = context.release
    told = release.content.emergency_phrases.first(text) is not None
    return told or release.listener.hear(text).danger >= _DANGER


def _tells_more(context: Context, text: str) -> bool:
    """The same of persons: "nadie me pega, es un hoyo en la calle" tells of none."""
    heard = context.release.listener.hear(text)
    return _tells_danger(context, text) and heard.best(EMERGENCY_OF, 0.0) != HAZARDOUS


def _words(context: Context, start: int, end: int) -> str:
    """These words as they were written, where that can be told."""
    words, written = context.said.words, list(_WORD.finditer(context.text))
    if len(written) != len(words):
        return " ".join(words[start:end])
    if start >= end:
        return ""
    return context.text[written[start].start() : written[end - 1].end()]


def support_asked(
    context: Context, danger: ReportDanger | None
) -> tuple[NameNumbers | OfferSupport | LookUp, ...]:
    """Who helps after this danger, where that is asked for, and whom to call while it goes on.

    Once it is over, whatever else is told of it asks for that. ``danger`` is what is heard in the
    text: what is sure is told first, and of violence what is not sure too.
    """
    kind = context.alert or context.calmed
    emergency = context.release.content.emergency_by_id.get(kind)
    if emergency is None or context.command is not None:
        return ()
    if context.open is not None and not context.open.outline.about_card:
        return ()
    charges = PhraseKind.ASKS_TO_PRESS_CHARGES in context.said.kinds
    known = context.release.content.institution_by_id
    if emergency.charges in known and charges:  # what is heard may also go on
        told = _where_denounced(context, emergency)
        return (NameNumbers(emergency.reply), told) if danger or context.alert else (told,)
    if emergency.card is None:
        return ()
    asks = PhraseKind.ASKS_SUPPORT in context.said.kinds
    if danger is not None and (not danger.doubtful or (kind in PERSONAL and not asks)):
        return ()
    if not asks and (context.alert or not _tells_of(context, kind)):
        return ()
    offered = OfferSupport(emergency.card)
    return (NameNumbers(emergency.reply), offered) if context.alert else (offered,)


def _where_denounced(context: Context, emergency: Emergency) -> OfferSupport | LookUp:
    """Who takes the charges, above who helps further where a card tells that."""
    if emergency.card is not None:
        return OfferSupport(emergency.card, charges=emergency.charges or "")
    hit = Hit("institution", emergency.charges or "", 0.0)
    return LookUp(context.text, Ranking((hit,), Verdict.EXTERNAL))


def _tells_of(context: Context, kind: str) -> bool:
    """Whether the text speaks of that danger."""
    if kind == HAZARD:
        return False
    told = {emergency.id for emergency in context.release.content.emergencies_told(context.text)}
    act = context.heard.best(EMERGENCY_OF, LIKELY)
    return kind in told or (bool(act) and EMERGENCY_OF[act] == kind)
