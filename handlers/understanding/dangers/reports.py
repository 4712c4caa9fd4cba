"""Danger: phrases of the content tell it surely; where only the model hears it, it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.content.model import Emergency
from handlers.listening.listener import LIKELY
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.dangers.chances import ALERT, ASK, chance, heard_of
from handlers.understanding.dangers.heard import heard_danger, is_to_mend
from handlers.understanding.dangers.kinds import (
    LASTING_ACTS,
    acts_of,
    belongs_to_case,
    is_robbery,
    says_something_else,
    takes_any_words,
)
from handlers.understanding.dangers.trapped import RESCUE, is_trapped
from handlers.understanding.intents.danger import (
    EMERGENCY_OF,
    HAZARD,
    PERSONAL,
    AlertStep,
    ReportDanger,
)
from handlers.understanding.new_cases.area import area_of_complaint
from handlers.understanding.reading.clauses import clauses
from handlers.understanding.reading.grades.read import read_grade
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.alerts import (
    about_alert,
    cannot_call,
    has_called,
    names_help,
    same_danger,
    says_only,
    told_again,
    without_help,
)
from handlers.understanding.spoken import supplies

_LASTING = frozenset({"suicidio", "violencia", "ninez"})
_UNREAL = frozenset({PhraseKind.TELLS_LONG_PAST, PhraseKind.SUPPOSES})
# Of several dangers in one message, the numbers of the latter stand before those of the former.
_BEFORE = {
    "ninez": frozenset({"incendio", "gas", "salud"}),
    "violencia": frozenset({"incendio", "gas"}),
    "rescate": frozenset({"violencia", "delito"}),  # shut in by somebody, or hiding
}
_OF_ONESELF, _OF_BODY = "suicidio", "salud"
_OF_ANOTHER = frozenset({PhraseKind.IS_UNRESPONSIVE, PhraseKind.NAMES_PERSON})  # who needs 131
_BY_SOMEBODY = {"violencia": "distress_violence", "delito": "distress_intruder"}
_OF_ANY_KIND = "desastre"  # its numbers are those of all the others
_RESCUED = frozenset({RESCUE, "ahogo"})
_COMPLAINING = {PhraseKind.COMPLAINS, PhraseKind.COMPLAINS_OF, PhraseKind.SUGGESTS}
_MENDING = ("complains", "suggests", "reports")
_PUTTING_RIGHT = frozenset(
    {PhraseKind.CORRECTS_WORDS, PhraseKind.MAY_CORRECT, PhraseKind.REWRITES_COMMENT}
)
_ANSWERS = ("corrects", "confirms", "denies", "refuses", "gives_grade", "rates")
_GOOD = 5  # from here on a grade praises


def danger_report(context: Context) -> ReportDanger | None:
    """The emergency that a text speaks of, surely or perhaps; a staff member's answer is none."""
    text = context.text
    if not text or text.isdecimal() or (context.known.staff is not None and context.quoted_case):
        return None
    if context.is_call:  # "¿siguen ahí?", after the numbers were told
        return told_again(context, step=AlertStep.STILL)
    if _was_saved(context):
        return None
    left = told_now(context)
    if left != text:
        found = danger_report(context.of(left)) if left else None
        return None if found and _is_denied(context, found) else found
    warned = context.alert or context.state.help_called
    if warned and (has_called(context) or about_alert(context) is not None):
        return None  # "ya llamé a bomberos" is no other fire
    told = _told_by(context)
    if context.alert and told and names_help(context):
        left = without_help(context)  # "llamé a bomberos y no llegan" is no fire
        told = context.release.content.emergencies_told(left)
        again = told_again(context, step=AlertStep.LATE) if not told else None
        if again is not None:
            return again
    told = _in_order(context, told)
    return _told(context, told) if told else _heard_of(context) or _despaired(context)


def _told_by(context: Context) -> list[Emergency]:
    """The emergencies that phrases tell; who cannot get out is named before who is hurt."""
    content = context.release.content
    told = content.emergencies_told(context.text)
    if not is_trapped(context.text, context.release):
        return told
    rescue = content.emergency_by_id.get(RESCUE)
    if rescue is None or any(emergency.id in _RESCUED for emergency in told):
        return told
    return sorted((*told, rescue), key=content.emergencies.index)


def told_now(context: Context) -> str:
    """The text without what is past, only supposed, or said to be no danger."""
    return _without_past(_without_reasons(_without_denied(context)))


def _without_reasons(context: Context) -> Context:
    """Without "ya asaltaron a una vecina", where that is why something is complained of.

    Where somebody was beaten at home, or wished to die, that counts as it is said.
    """
    text, lexicon = context.text, context.lexicon
    if PhraseKind.HARM_BEFORE not in context.said.kinds or context.alert or not _reasons(context):
        return context
    told = {emergency.id for emergency in context.release.content.emergencies_told(text)}
    if not told.isdisjoint(_LASTING) or context.heard.best(LASTING_ACTS):
        return context
    parts = clauses(text, lexicon)
    kept = [part for part in parts if not _is_reason(Said(part, lexicon))]
    return context if len(kept) == len(parts) else context.of("".join(kept).strip())


def _reasons(context: Context) -> bool:
    complains = not _COMPLAINING.isdisjoint(context.said.kinds)
    return complains or bool(context.heard.best(_MENDING, LIKELY))


def _is_reason(said: Said) -> bool:
    """Unless it just happened, goes on, or whoever was hurt does not answer."""
    told = said.covered(PhraseKind.HARM_BEFORE)
    again = said.covered(PhraseKind.STARTS_AGAIN) - told  # "la otra vez" is not again
    if not told or again or PhraseKind.IS_UNRESPONSIVE in said.kinds:
        return False
    return all(start < max(told) for start, _ in said.spans(PhraseKind.TELLS_NOW))


def _told(context: Context, told: list[Emergency]) -> ReportDanger | None:
    """What phrases tell: in doubt or not at all where little else does, "casi me mato"."""
    heard, found = context.heard, chance(context, told)
    if found < ASK:
        return None
    acts = acts_of(told[0].id)
    other = says_something_else(context, heard.best(acts, 0.0) or acts[0])
    return _report(
        context,
        told,
        doubtful=found < ALERT,
        beside=(other and found < LIKELY) or _is_of_loose_animal(context),
        unlikely=found < LIKELY,
    )


def _is_of_loose_animal(context: Context) -> bool:
    """ "Una jauría mordió a alguien": whom to call stands above how it is reported."""
    return PhraseKind.NAMES_ANIMAL in context.said.kinds and is_to_mend(context)


def _in_order(context: Context, told: list[Emergency]) -> list[Emergency]:
    """Which numbers stand first: who spoke of taking their life goes on hearing those for it."""
    before = context.release.content.emergency_by_id.get(context.alert)
    if context.alert == _OF_ONESELF and (told or PhraseKind.ALONE in context.said.kinds):
        told = list(dict.fromkeys((before, *told) if before is not None else told))
    if told and told[0].id == _OF_ONESELF and not _OF_ANOTHER.isdisjoint(context.said.kinds):
        told = sorted(told, key=lambda emergency: emergency.id != _OF_BODY)
    for _ in told:
        before_first = _BEFORE.get(told[0].id, frozenset[str]())
        told = sorted(told, key=lambda emergency: emergency.id not in before_first)
    if all(one.id in _BY_SOMEBODY for one in told):  # "entraron ladrones y estoy encerrada"
        told = sorted(told, key=lambda one: -context.heard.chance(_BY_SOMEBODY[one.id]))
    return told


def _heard_of(context: Context) -> ReportDanger | None:
    """The emergency that no phrase tells and the model hears."""
    heard = heard_danger(context)
    sure = heard is not None and heard.sure
    if heard is not None and not sure and (_is_of_supply(context) or _is_of_proposal(context)):
        heard = None
    if (context.state.danger or _may_return(context)) and not sure:  # rather that of before
        late = names_help(context)  # that did not come: else it was answered above
        more = late or heard is not None or heard_of(context).danger >= LIKELY
        again = same_danger(context, heard=more)
        if again is not None:
            return again
    if heard is None or _is_name_of_card(context):
        return None
    if EMERGENCY_OF[heard.act] not in PERSONAL and _is_told_of_help(context):
        return None
    if not sure and (_rates_what_is_past(context) or context.command is not None):
        return None  # "UNBLOCK", say: a word that was offered and the model does not know
    if not sure and context.heard.main == "greets" and _says_no_more(context):
        return None  # "hola? ¿hay alguien?"
    found = context.release.content.emergency_by_id[EMERGENCY_OF[heard.act]]
    beside, unlikely = heard.beside, heard.unlikely
    return _report(context, (found,), doubtful=not sure, beside=beside, unlikely=unlikely)


def _despaired(context: Context) -> ReportDanger | None:
    """ "No puedo más", alone and where no words are awaited: said of oneself, so it is asked."""
    awaited = takes_any_words(context) or belongs_to_case(context)
    found = context.release.content.emergency_by_id.get(_OF_ONESELF)
    if found is None or awaited or PhraseKind.DESPAIRS not in context.said.kinds:
        return None
    return _report(context, (found,), doubtful=True, beside=False, unlikely=False)


def _is_of_supply(context: Context) -> bool:
    """ "No, nadie. Se me cortó el agua": nothing is heard but that, which sounds like danger."""
    said = context.said
    if not supplies.is_told(context):
        return False
    covered = said.covered(PhraseKind.LACKS_SUPPLY)
    beside = context.of(" ".join(w for at, w in enumerate(said.words) if at not in covered))
    return heard_danger(beside) is None


def _is_of_proposal(context: Context) -> bool:
    """ "No sé si son del cesfam, eran los del SAMU", where a grade is proposed for one."""
    asked = context.state.proposal is not None or context.offers("other-area")
    found = heard_danger(context)
    return asked and found is not None and found.unlikely and context.heard.main in _ANSWERS


def _is_told_of_help(context: Context) -> bool:
    """ "Agregue que hoy se quemó y vinieron los bomberos", while a case is told."""
    filing = context.state.filing
    told = filing is not None and bool(filing.words)
    if not told or not belongs_to_case(context):
        return False
    return has_called(context) or _ends_with_help(context)


def _ends_with_help(context: Context) -> bool:
    said, lexicon = context.said, context.lexicon
    if not (lexicon.contrast | lexicon.negators).isdisjoint(said.words):
        return False
    return any(end == len(said.words) for _, end in said.spans(PhraseKind.HELP_CAME))


def _may_return(context: Context) -> bool:
    """Whether somebody violent may be back, though who writes was safe some minutes ago."""
    kinds = context.said.kinds
    spoken_of = PhraseKind.TELLS_EVENT in kinds or PhraseKind.ASKS_SUPPORT in kinds
    return context.calmed in PERSONAL and not spoken_of


def _says_no_more(context: Context) -> bool:
    """Whether there is no word in it that the search knows."""
    return context.ranking.verdict is Verdict.SMALL_TALK


def _was_saved(context: Context) -> bool:
    """ "Los salvavidas un 7, sacaron a mi hijo del agua el domingo": they are praised for it."""
    said, lexicon, heard = context.said, context.lexicon, context.heard
    if PhraseKind.SAVED not in said.kinds or context.alert or "?" in context.text:
        return False
    if not (lexicon.negators | lexicon.contrast).isdisjoint(said.words):
        return False  # "lo sacaron del agua pero no respira"
    grade = context.grade
    praised = grade is not None and grade.value >= _GOOD and not grade.doubtful
    return praised or PhraseKind.CONGRATULATES in said.kinds or heard.likely("praises")


def _without_denied(context: Context) -> Context:
    """Without "no hay peligro": what else is said is heard alone."""
    if PhraseKind.DENIES_DANGER not in context.said.kinds or context.alert not in ("", HAZARD):
        return context  # after other numbers it may be said out of fear
    parts = PARTS.split(context.text)
    denies = (says_only(context.of(p), PhraseKind.DENIES_DANGER, denying=True) for p in parts)
    kept = (part for part, denied in zip(parts, denies, strict=True) if not denied)
    return context.of(". ".join(part.strip() for part in kept))


def _is_denied(context: Context, found: ReportDanger) -> bool:
    """ "No hay peligro, están amarrados", and no "but" beside it."""
    if not found.doubtful or found.kind in _LASTING:
        return False
    denies = PhraseKind.DENIES_DANGER in context.said.kinds
    return denies and context.lexicon.contrast.isdisjoint(context.said.words)


def _without_past(context: Context) -> str:
    """Without "el año pasado se nos incendió la casa" and "por si le da un infarto algún día".

    Where somebody was beaten, or wished to die, that counts as it is said.
    """
    text, lexicon, content = context.text, context.lexicon, context.release.content
    if _UNREAL.isdisjoint(context.said.kinds) or context.alert:
        return text
    told = {emergency.id for emergency in content.emergencies_told(text)}
    if not told.isdisjoint(_LASTING) or context.heard.best(LASTING_ACTS):
        return text
    sentences = PARTS.split(text)
    parts = [part for sentence in sentences for part in lexicon.choices_apart.split(sentence)]
    kinds = [Said(part, lexicon).kinds.keys() for part in parts]
    left = [
        part
        for part, said in zip(parts, kinds, strict=True)
        if _UNREAL.isdisjoint(said) or PhraseKind.TELLS_NOW in said
    ]
    return text if len(left) == len(parts) else ". ".join(part.strip() for part in left)


def _is_name_of_card(context: Context) -> bool:
    """ "Urgencia SAPU, SAR y ambulancia", in full: the card says whom to call."""
    return context.folded in context.release.card_by_name


def _rates_what_is_past(context: Context) -> bool:
    """ "SAPU anoche con mi guagua con fiebre. Nota 2": a visit, and its grade at the end."""
    if PhraseKind.TELLS_PAST not in context.said.kinds or "?" in context.text:
        return False
    last = context.said.parts[-1:]
    grade = read_grade(last[0], context.lexicon) if last else None
    return grade is not None and bool(grade.value) and not grade.words


def _report(
    context: Context,
    told: Sequence[Emergency],
    *,
    doubtful: bool,
    beside: bool,
    unlikely: bool,
) -> ReportDanger:
    emergency, *others = told = _as_robbery(context, told)
    is_personal = not PERSONAL.isdisjoint(one.id for one in told)
    if _puts_right(context):  # "mejor pongo: baldosas sueltas, se cayó una señora"
        return ReportDanger(emergency.reply, emergency.id, doubtful=True, beside=True)
    helped = not context.alert and context.calmed == emergency.id
    for_case = belongs_to_case(context) and not (is_personal and _told_of_another(context))
    # What is rather no danger is kept, the numbers above it: if others than who helps may read it.
    kept = emergency.id == HAZARD or (unlikely and not is_personal)
    also_said = _also_said(context) if kept else ""
    return ReportDanger(
        emergency.reply,
        emergency.id,
        doubtful,
        beside=doubtful and beside,
        words=context.text if for_case else also_said,
        for_case=for_case,
        area=area_of_complaint(context, context.text) if for_case else "",
        cannot_call=emergency.id != HAZARD and cannot_call(context),
        step=AlertStep.NEXT if doubtful or helped else AlertStep.AGAIN,
        language=context.other_language,
        mended=_is_of_loose_animal(context) and not is_personal,
        others=tuple(other.id for other in others if other.id != _OF_ANY_KIND),
    )


def _as_robbery(context: Context, told: Sequence[Emergency]) -> Sequence[Emergency]:
    """The same, where a robbery is told as such, and not as violence at home."""
    crime = context.release.content.emergency_by_id.get("delito")
    if crime is None or not is_robbery(context):
        return told
    return tuple(dict.fromkeys(crime if one.id == "violencia" else one for one in told))


def _puts_right(context: Context) -> bool:
    """Whether what is told for a case is put in other words."""
    filing = context.state.filing
    told = filing is not None and bool(filing.words)
    kinds = context.said.kinds
    return told and (context.heard.likely("corrects") or not _PUTTING_RIGHT.isdisjoint(kinds))


def _told_of_another(context: Context) -> bool:
    """Whether the case that is open, or being told, is about something said before."""
    follow_up, filing = context.state.follow_up, context.state.filing
    return follow_up is not None or (filing is not None and bool(filing.words))


def _also_said(context: Context) -> str:
    """The words, where they also belong to a comment or a case that is open."""
    return context.text if takes_any_words(context) else ""
