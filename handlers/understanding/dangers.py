"""Danger: phrases of the content tell it surely; where only the model hears it, it is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.content.model import Emergency
from handlers.release import Release
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_of_complaint
from handlers.understanding.context import Context
from handlers.understanding.intents.danger import HAZARD, PERSONAL, ReportDanger
from handlers.understanding.reading.grades import read_grade
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import suggested_within
from handlers.understanding.reading.wishes import complains_of_something, tells_urgency
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

# Which emergency of the content answers an act of distress.
EMERGENCY_OF = {
    "distress_suicide": "suicidio",
    "distress_violence": "violencia",
    "distress_children": "ninez",
    "distress_fire": "incendio",
    "distress_gas": "gas",
    "distress_electricity": "riesgo",
    "distress_medical": "salud",
    "distress_intruder": "delito",
    "distress_lost": "perdida",
    "distress_quake": "desastre",
    "hazard": "riesgo",
}
_LASTING = frozenset({"suicidio", "violencia", "ninez"})
_LASTING_ACTS = ("distress_suicide", "distress_violence", "distress_children")
_UNREAL = frozenset({PhraseKind.TELLS_LONG_PAST, PhraseKind.SUPPOSES})
# Of several dangers in one message, the numbers of the former stand before those of the latter.
_BODILY_HARM = frozenset({"incendio", "gas", "salud"})
_OF_ONESELF = "suicidio"
_OF_ANY_KIND = "desastre"  # its numbers are those of all the others
_AFTER_BODILY_HARM = frozenset({"ninez"})
_ALERT = 0.9  # from here on the numbers are told as to somebody in danger
_ASK = 0.5  # from here on it is asked
_ASK_NAMED = 0.3  # the same, where a word of that danger stands in the text
_ASK_FOUND = 0.75  # the same, where the search surely finds what is meant
_ASK_ORDINARY = 0.95  # the same, where a phrase stands in it that is ordinary (emergencies.toml)
_KIND_ALERT = 0.75  # of the kind itself, where the numbers are told
_POSSIBLE = 0.05  # of a kind, where danger as such is heard
_UNNAMED, _ALERT_UNNAMED = 0.2, 0.95  # the same, where no word of that danger stands in the text
_ALMOST_CERTAIN, _HARDLY = 0.98, 0.01  # danger as such, where no kind of it reaches _UNNAMED
_WHOM = frozenset({"distress_children"})  # whose words say who is hurt, and not by what
_BY_ITS_WORDS = frozenset({"distress_fire"})  # hardly told without a word that is proper to it
_POSSIBLE_RISK = 0.2  # of a kind that also resembles something to mend
_PLAINER = 0.6  # another act is plainly said that is more than so much as probable as danger
_PLAIN_ANSWER = 0.8
_INSULTS = frozenset({"distress_intruder"})  # whose words are said of officials: "ladrones"
_FEWEST_WORDS = 2
_GOOD = 5  # from here on a grade praises
_CODE = re.compile(
    r"</?\w+[^<>]*>|\w\([^()\s]*\)|[${]\{|\}\}|--\s*$|\w://|==|/\*|\w=['\"]|\w\.\w+\("
)
_ANSWERS = ("confirms", "denies", "partly", "thanks")
_PLAIN_ACTS = (
    *("asks", "reports", "complains", "withdraws", "undoes", "corrects", "gives_grade"),
    *("vague_grade", "status_case", "status_procedure", "wants_language", "refuses"),
)


def danger(context: Context) -> ReportDanger | None:
    """The emergency that a text speaks of, surely or perhaps; a staff member's answer is none."""
    text = context.text
    if not text or text.isdecimal() or (context.known.staff is not None and context.quoted_case):
        return None
    if context.is_call:  # "¿siguen ahí?", by who was told the numbers
        return told_again(context, briefly=True)
    if _was_saved(context):
        return None
    left = _without_past(_without_denied(context))
    if left != text:
        told_now = danger(context.of(left)) if left else None
        return None if told_now and _is_denied(context, told_now) else told_now
    if context.alert and (has_called(context) or about_alert(context) is not None):
        return None  # "ya llamé a bomberos" is no other fire
    told = context.release.content.emergencies_told(text)
    if context.alert and told and names_help(context):
        left = without_help(context)  # "llamé a bomberos y no llegan" is no fire
        told = context.release.content.emergencies_told(left)
        again = told_again(context) if not told else None
        if again is not None:
            return again
    told = _in_order(context, told)
    return _report(context, told[0], told[1:], doubtful=False) if told else _heard_of(context)


def _in_order(context: Context, told: list[Emergency]) -> list[Emergency]:
    """Which numbers stand first: who spoke of taking their life goes on hearing those for it."""
    before = context.release.content.emergency_by_id.get(context.alert)
    if context.alert == _OF_ONESELF and (told or PhraseKind.ALONE in context.said.kinds):
        told = list(dict.fromkeys(one for one in (before, *told) if one is not None))
    if told and told[0].id in _AFTER_BODILY_HARM:
        told = sorted(told, key=lambda one: one.id not in _BODILY_HARM)
    return told


def _heard_of(context: Context) -> ReportDanger | None:
    """The emergency that no phrase tells and the model hears."""
    content = context.release.content
    kind, sure = _heard(context)
    found = content.emergency_by_id.get(EMERGENCY_OF[kind]) if kind else None
    if found is None and not context.state.danger:
        return None
    ordinary = content.emergency_phrases.is_ordinary(context.text)
    if found is not None and ordinary:
        sure = False
        found = found if _heard_all_the_same(context, kind) else None
    if context.state.danger and not sure:  # rather the danger of before
        more = found is not None or (not ordinary and context.heard.danger >= _ASK)
        again = same_danger(context, heard=more)
        if again is not None:
            return again
    if found is None or _is_name_of_card(context):
        return None
    if not sure and (_rates_what_is_past(context) or context.command is not None):
        return None  # "UNBLOCK", say: a word that was offered and the model does not know
    if not sure and context.heard.main == "greets" and _says_no_more(context):
        return None  # "hola? ¿hay alguien?"
    return _report(context, found, doubtful=not sure)


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
        return context  # who was told other numbers may say so out of fear
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
    told = {one.id for one in content.emergencies_told(text)}
    if not told.isdisjoint(_LASTING) or context.heard.best(_LASTING_ACTS, _ASK):
        return text
    sentences = PARTS.split(text)
    parts = [part for one in sentences for part in lexicon.choices_apart.split(one)]
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
    last = [part for part in PARTS.split(context.text) if fold(part)][-1:]
    grade = read_grade(last[0], context.lexicon) if last else None
    return grade is not None and bool(grade.value) and not grade.words


def _heard_all_the_same(context: Context, kind: str) -> bool:
    """Whether it is asked about, though a phrase stands in it that is ordinary.

    "Mi mamá se cayó el lunes y hoy no habla bien": what stands beside the phrase tells it.
    """
    heard, release = context.heard, context.release
    left = release.content.emergency_phrases.without_ordinary(context.text)
    # "Ando apagando incendios en la pega": no word of a fire is left.
    figurative = kind in _BY_ITS_WORDS and kind not in context.lexicon.dangers_named(left)
    if (
        heard.danger >= _ASK_ORDINARY
        and heard.chance(kind) >= _ASK
        and not figurative
        and not context.ranking.is_found
    ):
        return True
    beside = release.listener.hear(left)
    return beside.danger >= _ASK_ORDINARY and beside.chance(kind) >= _UNNAMED


def _heard(context: Context) -> tuple[str, bool]:
    """The kind of danger that the model hears, and whether it is sure; ("", False) for none.

    It is sure only where a word that is proper to such danger stands in the text. Without one,
    or where the search knows what is asked for, it must hear danger more plainly to ask about it.
    """
    words = [word for word in context.folded.split() if not word.isdecimal()]
    if len(words) < _FEWEST_WORDS or _CODE.search(context.text):
        return "", False
    heard = context.heard
    kind = heard.best(EMERGENCY_OF, _POSSIBLE)
    if not kind or heard.danger < _ASK_NAMED:  # less is never asked about
        return "", False
    dangers = context.lexicon.dangers_named(context.text)
    named = bool(heard.best(dangers, _POSSIBLE))
    if heard.chance(kind) < _UNNAMED:  # danger of hardly any kind
        if heard.danger < _ALMOST_CERTAIN or heard.main == "reports":
            return "", False
        kind = heard.best(dangers - _WHOM, _HARDLY) or kind
    if kind in _INSULTS and _blames(context):
        return "", False
    if named and heard.danger >= _ALERT and heard.chance(kind) >= _KIND_ALERT:
        return kind, True
    if kind == "hazard" and not _is_plain_hazard(context, heard.chance(kind)):
        return "", False
    if heard.danger < _least_to_ask(context, kind, named=named):
        return "", False
    asks = heard.best(_PLAIN_ACTS, _ALERT_UNNAMED)  # "mi nieto me ayuda, cómo saco la licencia"
    doubtful = heard.danger < _ALERT_UNNAMED or bool(asks)
    if not named and doubtful and heard.chance(kind) < _UNNAMED:
        return "", False
    of_case = _belongs_to_case(context) and not (named and heard.danger >= _ALERT)
    if of_case and heard.chance(kind) < _ASK:
        return "", False  # it is filed as it is told; what is urgent in it is seen there
    return kind, False


def _blames(context: Context) -> bool:
    """ "Póngale un uno a los de los partes, ladrones": a bad grade is plainly given."""
    grade = context.grade
    return grade is not None and 0 < grade.value < _GOOD and not grade.doubtful


def _is_plain_hazard(context: Context, chance: float) -> bool:
    """Rather than something to mend: "reclamo: hay un hoyo" is a complaint."""
    heard = context.heard
    if chance < _POSSIBLE_RISK or heard.danger < _ALERT:
        rather = chance >= _ASK and chance > heard.chance("reports")
        return rather and not _belongs_to_case(context)
    return not heard.best(_PLAIN_ACTS, heard.danger * _PLAINER)


def _least_to_ask(context: Context, kind: str, *, named: bool) -> float:
    """How probable danger must be for it to be asked about."""
    awaited = _words_are_awaited(context) and not _tells_above_all(context, kind)
    if awaited or _is_answered(context) or _wants_to_rate(context):
        return _ALERT
    least = _ASK_NAMED if named else _ASK
    if context.heard.danger < least:
        return least  # the search takes time, and cannot lower it
    ranking = context.ranking
    if ranking.is_found or context.release.area_names.called(context.text):
        return _ASK_FOUND
    return _ASK if ranking.verdict in (Verdict.UNSURE, Verdict.EXTERNAL) else least


def _tells_above_all(context: Context, kind: str) -> bool:
    """ "Pa qué sigo viviendo si a nadie le importo", where a comment is awaited: it is none.

    Of floods and thieves complaints tell too, of this hardly.
    """
    heard = context.heard
    return kind in _LASTING_ACTS and heard.main == kind and heard.chance(kind) >= _ASK


def _is_answered(context: Context) -> bool:
    """Whether it is plainly an answer to the open question, and no kind of danger is likely.

    "Ya po, le pego al tiro por internet" to "¿le sirvió?", "la peor de mi vida" to "¿qué nota?".
    """
    heard, opened = context.heard, context.open
    if opened is None:
        return False
    given = context.grade if opened.grades_area else None
    plain = given is not None and bool(given.value) and not given.doubtful
    likely = heard.best(EMERGENCY_OF, _PLAIN_ANSWER)
    if plain and heard.best(("praises",), _ALERT) and not likely:
        return True  # "fui con mi hija, nos atendieron rapidito, un siete mi niño"
    if heard.best(EMERGENCY_OF, _ASK):
        return False
    said = context.said
    if opened.grades_area and (plain or said.mood != 0 or suggested_within(said) != 0):
        return True
    return bool(heard.best(_ANSWERS, _PLAIN_ANSWER))


def _wants_to_rate(context: Context) -> bool:
    """ "Deseo evaluar el cementerio, donde descansa mi esposo": plainly that, and no danger."""
    heard = context.heard
    return heard.surely("rates") and not heard.best(EMERGENCY_OF, _ASK)


def _words_are_awaited(context: Context) -> bool:
    """Whether a comment or a case takes the words as they are."""
    opened, state = context.open, context.state
    if state.follow_up is not None or (state.filing is not None and state.filing.words):
        return True
    return opened is not None and opened.question.takes_free_words


def is_urgent(text: str, release: Release) -> bool:
    """Whether a case in these words cannot wait: somebody is in danger, or may be hurt soon.

    More is urgent than what is answered with the emergency numbers: a false alert costs whoever is
    on duty a look, and a missed one may cost more.
    """
    if not text.strip():
        return False
    if release.content.emergency_phrases.first(text) is not None:
        return True
    if tells_urgency(Said(text, release.lexicon)):
        return True
    if release.content.emergency_phrases.is_ordinary(text):
        return False
    heard = release.listener.hear(text)  # one kind is likely, and danger of any kind is sure
    return heard.danger >= _ALERT and bool(heard.best(EMERGENCY_OF, _ASK))


def _report(
    context: Context, emergency: Emergency, others: Sequence[Emergency] = (), *, doubtful: bool
) -> ReportDanger:
    is_personal = not PERSONAL.isdisjoint(one.id for one in (emergency, *others))
    for_case = _belongs_to_case(context) and not (is_personal and _told_of_another(context))
    also_said = _also_said(context) if emergency.id == HAZARD else ""
    return ReportDanger(
        emergency.reply,
        emergency.id,
        doubtful,
        words=context.text if for_case else also_said,
        for_case=for_case,
        area=area_of_complaint(context, context.text) if for_case else "",
        cannot_call=emergency.id != HAZARD and cannot_call(context),
        language=context.other_language,
        others=tuple(other.id for other in others if other.id != _OF_ANY_KIND),
    )


def _belongs_to_case(context: Context) -> bool:
    """Whether the words are told for a case, open or about to be."""
    prompt, follow_up = context.state.prompt, context.state.follow_up
    if follow_up is not None:
        return bool(follow_up.case)
    told = prompt is not None and prompt.awaits is Awaits.CASE
    return told or bool(context.labelled) or complains_of_something(context.said)


def _told_of_another(context: Context) -> bool:
    """Whether the case that is open, or being told, is about something said before."""
    follow_up, filing = context.state.follow_up, context.state.filing
    return follow_up is not None or (filing is not None and bool(filing.words))


def _also_said(context: Context) -> str:
    """The words, where they also belong to a comment or a case that is open."""
    return context.text if _words_are_awaited(context) else ""
