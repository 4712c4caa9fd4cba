"""Wishes for a case of any kind: a call, a suggestion, praise, one more complaint."""

from __future__ import annotations

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import sound
from handlers.understanding.areas import area_mentioned, area_of_words
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import (
    AskAboutCase,
    AskToWithdraw,
    BeginCase,
    CaseAspect,
    FileCase,
    TellWaiting,
)
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases.area import area_of_complaint
from handlers.understanding.new_cases.complaints import (
    FEWEST_TOLD,
    complains_surely,
    complaint,
    denies_wish,
    is_of_card,
    is_unnamed,
    told_before,
    wishes_at_end,
)
from handlers.understanding.reading.places import names_phone
from handlers.understanding.reading.wishes import (
    OPINIONS,
    case_wished,
    complains_of_waiting,
    complaint_wished,
    nearly_wishes_case,
    opinion_wished,
    tells_behind_wish,
    tells_little_unnamed,
)
from handlers.understanding.said_before.card.decision.chances import begins_with_condition

_FEW_TO_WISH = 10  # words that only wish to complain of what was told
_FEW_LEADING = 4  # words at the beginning, among which a complaint is named
_FEW_OF_FILES = 6  # words that only wish to send a photo


def call_wished(context: Context) -> Intent | None:
    """ "Llámenme al 51 222 333 por la patente": what stands beside the wish is for the call."""
    state, said = context.state, context.said
    spans = said.spans(PhraseKind.WANTS_CALL)
    of_case = state.follow_up is not None and state.follow_up.case
    if not spans or state.filing is not None:
        return None  # what is told may ask for a call
    ends = max(end for _, end in spans)
    if "?" not in said.text and not context.lexicon.negators.isdisjoint(said.words[:ends]):
        last = state.cases[-1] if state.cases else None  # "ya no me llamen"
        is_call = last is not None and last.kind == CaseKind.CALL
        return AskToWithdraw(last.number) if last and is_call else Act.REFUSE
    if of_case:
        return AddWords(context.text)
    wish = {at for span in spans for at in range(*span)}
    beside = [word for at, word in enumerate(said.words) if at not in wish]
    if len(beside) < FEWEST_TOLD and not names_phone(said):
        return BeginCase(CaseKind.CALL)
    return FileCase(context.text, area_of_complaint(context, context.text), CaseKind.CALL)


def another_case(context: Context) -> Intent | None:
    """ "También quiero reclamar por la luz", where words are awaited of one that was filed."""
    follow_up, said = context.state.follow_up, context.said
    if follow_up is None or not follow_up.case or "?" in context.text:
        return None
    wished = case_wished(said)
    begun = BeginCase(wished) if wished is not None else None
    return begun or opinion(context) or complaint(context)


def case_of_comment(context: Context) -> Intent | None:
    """ "¿Puedo reclamar por eso?" after a comment, "quiero reclamar, …" in its place."""
    follow_up = context.state.follow_up
    if follow_up is not None and follow_up.case:
        return None
    few = follow_up is not None and len(context.said.words) <= _FEW_TO_WISH
    if tells_behind_wish(context.said) and not denies_wish(context.said):
        area = area_of_complaint(context, context.text)
        if not few or (follow_up is not None and area != follow_up.subject.area):
            return FileCase(context.text, area)
    if not few:
        return _complaint_instead(context)
    if not complains_surely(context):
        named = context.lexicon.case_wishes.get(CaseKind.COMPLAINT, frozenset())
        orders = context.heard.surely("confirms") and not named.isdisjoint(context.said.sounds)
        return BeginCase(CaseKind.COMPLAINT) if orders else None  # "y el reclamo sí, hágalo"
    told = complaint_wished(context.said) or ""
    if len(told.split()) >= FEWEST_TOLD:
        return FileCase(context.text, area_of_complaint(context, context.text))
    return BeginCase(CaseKind.COMPLAINT)


def _complaint_instead(context: Context) -> Intent | None:
    """ "Tengo un reclamo por el cesfam", where a comment is asked for: however little it tells."""
    wished = complaint_wished(context.said) is not None and complains_surely(context)
    return complaint(context) if wished or wishes_at_end(context) else None


def case_wished_for(context: Context) -> Intent | None:
    """ "¿Cómo dejo un reclamo?", "tengo una sugerencia": here, and what of is asked."""
    kind = case_wished(context.said)
    if kind is None and (_wishes_unnamed(context) or _wishes_misspelt(context)):
        kind = CaseKind.COMPLAINT
    if kind is CaseKind.COMPLAINT and is_of_card(context):
        return None
    return BeginCase(kind, unnamed=is_unnamed(context)) if kind is not None else None


def _wishes_unnamed(context: Context) -> bool:
    """ "Una denuncia anónima", "reclamo, pero que no sepan quién soy": only how to file it."""
    if not is_unnamed(context) or not tells_little_unnamed(context.said):
        return False
    nouns, said = context.lexicon.case_wishes[CaseKind.COMPLAINT], context.said
    filing = {PhraseKind.COMPLAINS, PhraseKind.WANTS_TO_REPORT}
    named = not filing.isdisjoint(said.kinds) or not nouns.isdisjoint(said.sounds[:_FEW_LEADING])
    return complains_surely(context) or (named and "?" not in context.text)


def _wishes_misspelt(context: Context) -> bool:
    """ "Kiero cacer un rreclamo": all that the search finds for it is how to complain."""
    denies = not context.lexicon.negators.isdisjoint(context.said.words)
    if not complains_surely(context) or denies or context.said.asks:
        return False
    ranking = context.ranking
    if ranking.verdict is not Verdict.SURE or _names_receiver(context):
        return False
    service = context.release.content.service_by_id.get(ranking.hits[0].id)
    names = {*sound(service.name)} if service is not None else set()
    nouns = context.lexicon.case_wishes[CaseKind.COMPLAINT]
    return not nouns.isdisjoint(names) and nearly_wishes_case(context.said, CaseKind.COMPLAINT)


def _names_receiver(context: Context) -> bool:
    return area_mentioned(context, context.text) is not None


def files_offered(context: Context) -> AskAboutCase | None:
    """ "Quiero mandar una foto", where nothing was told yet: how it is done."""
    few = len(context.said.words) <= _FEW_OF_FILES
    if not few or PhraseKind.ASKS_FILES not in context.said.kinds:
        return None
    if context.state.topic or context.ranking.verdict is Verdict.SURE:
        return None
    return AskAboutCase(CaseAspect.FILES)


def opinion(context: Context) -> Intent | None:
    """ "Quiero dejar una sugerencia", "deberían poner más basureros": shown before it is filed."""
    wished = opinion_wished(context.said)
    if wished is None:
        heard = context.heard
        suggests = heard.surely("suggests") and heard.main == "suggests"
        if not suggests or context.said.asks:
            return None
        if not context.lexicon.case_wishes[CaseKind.COMPLAINT].isdisjoint(context.said.sounds):
            return BeginCase(CaseKind.COMPLAINT)  # "tengo un reclamo y una felicitación"
        praised = not context.lexicon.case_wishes[CaseKind.PRAISE].isdisjoint(context.said.sounds)
        wished = CaseKind.PRAISE if praised else CaseKind.SUGGESTION, context.text
    kind, told = wished
    told = told or told_before(context, *OPINIONS)
    if not told:
        return BeginCase(kind)
    return FileCase(context.text, area_of_complaint(context, told), kind)


def unnamed_asked(context: Context) -> AskAboutCase | None:
    """ "Quiero ser anónimo", "quién va a saber que reclamé": whether a name is given."""
    said = context.said
    few = len(said.words) <= _FEW_TO_WISH and not tells_behind_wish(said)
    if not few or PhraseKind.ASKS_UNNAMED not in said.kinds or context.heard.best(FOLLOW_UPS):
        return None  # "¿piden el carnet?" is of a card
    return AskAboutCase(CaseAspect.UNNAMED)


def long_wait(context: Context) -> Intent | None:
    """The citizen waits for an answer of the municipality; "y si no responden" only asks."""
    waits = complains_of_waiting(context.said)
    persists = context.said.begins(PhraseKind.PERSISTS)  # "si el problema es que no pasan"
    supposes = waits and begins_with_condition(context) and not persists  # "si nadie responde"
    if supposes or PhraseKind.ASKS_IF_LATE in context.said.kinds:
        return AskAboutCase(CaseAspect.LATE)
    if not waits:
        return None
    if (theirs := _of_institution(context)) is not None:
        return theirs
    release, topic, ranking = context.release, context.state.topic, context.ranking
    services = release.content.service_by_id
    of_shown = PhraseKind.PERSISTS in context.said.kinds or ranking.verdict is not Verdict.SURE
    if context.open is not None and topic in services and of_shown:
        return TellWaiting(context.text, release.area_of_card(topic), topic)  # "nunca hay horas"
    service = next((card for card in ranking.cards() if card in services), "")
    return TellWaiting(context.text, area_of_words(context), service)


def _of_institution(context: Context) -> LookUp | None:
    """ "Mandé los papeles a la AFP y nadie responde": what is waited for is of no file here."""
    said = context.said
    waiting = said.covered(PhraseKind.WAITS) | said.covered(PhraseKind.PERSISTS)
    rest = " ".join(word for at, word in enumerate(said.words) if at not in waiting)
    ranking = context.rank(rest) if rest else None
    theirs = ranking is not None and ranking.verdict is Verdict.EXTERNAL
    return LookUp(context.text, ranking) if ranking is not None and theirs else None
