"""The danger that the model hears in a text, and what else it hears beside it."""

from __future__ import annotations

import re

from msgspec import Struct

from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.reading.suggested import suggested_within
from handlers.understanding.reading.wishes import complains_of_something

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


LASTING_ACTS = ("distress_suicide", "distress_violence", "distress_children")
_ALERT = 0.9  # from here on the numbers are told as to somebody in danger
ASK = 0.5  # from here on it is asked
_ASK_NAMED = 0.3  # the same, where a word of that danger stands in the text
_ASK_FOUND = 0.75  # the same, where the search surely finds what is meant
_PLAIN_BESIDE_CARD = 0.85  # the same, rather than to name the numbers above its card
_KIND_ALERT = 0.75  # of the kind itself, where the numbers are told
_POSSIBLE = 0.05  # of a kind, where danger as such is heard
_UNNAMED, _ALERT_UNNAMED = 0.2, 0.95  # the same, where no word of that danger stands in the text
_ALMOST_CERTAIN, _HARDLY = 0.98, 0.01  # danger as such, where no kind of it reaches _UNNAMED
_ALONE, _NOTHING = 0.75, 0.3  # danger as such, where no other act reaches the latter
_FEWEST_ALONE = 4  # words: of fewer, one that is new to the model decides too much
_WHOM = frozenset({"distress_children"})  # whose words say who is hurt, and not by what
_BY_ITS_WORDS = frozenset({"distress_fire"})  # hardly told without a word that is proper to it
_POSSIBLE_RISK = 0.2  # of a kind that also resembles something to mend
_PLAINER = 0.6  # another act is plainly said that is more than so much as probable as danger
_ELSE = 0.75  # another act, which is likelier than the danger
_ELSE_THAN_LASTING, _LIKELY_LASTING = 0.9, 0.8  # the same, and danger of such a kind
_INSULTS = frozenset({"distress_intruder"})  # whose words are said of officials: "ladrones"
_FEWEST_WORDS = 2
_GOOD = 5  # from here on a grade praises
_CODE = re.compile(
    r"</?\w+[^<>]*>|\w\([^()\s]*\)|[${]\{|\}\}|--\s*$|\w://|==|/\*|\w=['\"]|\w\.\w+\("
)
_PLAIN_ACTS = (
    *("asks", "reports", "complains", "withdraws", "undoes", "corrects", "gives_grade"),
    *("vague_grade", "status_case", "status_procedure", "wants_language", "refuses"),
)
# What is said of something else than danger. Who is in danger also asks, complains, and wants
# a person.
_ELSE_ACTS = (
    *("withdraws", "undoes", "corrects", "gives_grade", "vague_grade", "rates", "praises"),
    *("blames", "status_case", "status_procedure", "wants_language", "refuses", "who_are_you"),
    *("confirms", "denies", "partly", "thanks", "suggests"),
    *sorted(FOLLOW_UPS),
)


class HeardDanger(Struct, frozen=True):
    """The kind of danger that the model hears."""

    act: str
    sure: bool
    beside: bool = False  # the text also says something else, as plainly


def heard_danger(context: Context) -> HeardDanger | None:
    """The danger that the model hears.

    It is sure only where a word that is proper to such danger stands in the text. Without one,
    or where something else is as plainly said, or where the search knows what is asked for, it
    must hear danger more plainly to ask about it.
    """
    words = [word for word in context.folded.split() if not word.isdecimal()]
    if len(words) < _FEWEST_WORDS or _CODE.search(context.text):
        return None
    heard = context.heard
    kind = heard.best(EMERGENCY_OF, _POSSIBLE)
    if not kind or heard.danger < _ASK_NAMED:  # less is never asked about
        return None
    dangers = context.dangers_named
    named = bool(heard.best(dangers, _POSSIBLE))
    curt = len(words) < _FEWEST_ALONE and heard.chance(kind) < _LIKELY_LASTING
    if curt and not named and belongs_to_case(context):
        return None  # "aquí se ve", below a photo
    hardly = heard.chance(kind) < _UNNAMED
    if hardly:
        least = _ALONE if _says_nothing_else(context) else _ALMOST_CERTAIN
        if heard.danger < least or heard.main == "reports":
            return None  # danger of hardly any kind
    if hardly or (kind not in dangers and not heard.likely(kind)):
        kind = heard.best(dangers - _WHOM, _HARDLY) or kind
    if kind in _INSULTS and _blames(context):
        return None
    to_mend = kind == "hazard" and _is_told_to_mend(context)
    if named and heard.danger >= _ALERT and heard.chance(kind) >= _KIND_ALERT and not to_mend:
        return HeardDanger(kind, sure=kind not in _WHOM, beside=says_something_else(context, kind))
    if to_mend or (kind == "hazard" and not _is_plain_hazard(context, heard.chance(kind))):
        return None
    if heard.danger < _least_to_ask(context, kind, named=named):
        return None
    of_case = belongs_to_case(context) and not (named and heard.danger >= _ALERT)
    if of_case and heard.chance(kind) < ASK:
        return None  # it is filed as it is told; what is urgent in it is seen there
    return HeardDanger(kind, sure=False, beside=_is_beside(context, kind))


def says_something_else(context: Context, kind: str) -> bool:
    """Whether another act is plainly heard, and more so than this kind of danger.

    "Atienden domingo?? es urgente es mi papá". Of what lasts many speak beside something else.
    """
    heard = context.heard
    other, chance = heard.most(_ELSE_ACTS), heard.chance(kind)
    if kind in LASTING_ACTS and chance >= ASK:
        return other >= _ELSE_THAN_LASTING and chance < _LIKELY_LASTING
    return other >= _ELSE and other > chance


def _is_beside(context: Context, kind: str) -> bool:
    """Whether what is said can be answered as it is, the numbers named above it."""
    heard, likely = context.heard, context.heard.likely(kind)
    if says_something_else(context, kind):
        # "un 6, pero mi hijo se quemó entero" is no answer alone
        return not (likely and heard.danger >= _ALERT_UNNAMED)
    if kind in LASTING_ACTS and (likely or heard.danger >= _ALERT):
        return False
    if takes_any_words(context):
        return context.release.content.emergency_phrases.is_ordinary(context.text)
    if heard.danger < _ASK_FOUND and (context.open is not None or context.state.topic):
        return True  # "la licencia se me cayó en la micro"
    plain = kind in context.dangers_named and heard.danger >= _PLAIN_BESIDE_CARD
    return not (likely or plain) and context.ranking.is_found


def is_heard_beside_ordinary(context: Context, kind: str) -> bool:
    """Whether it is asked about, though a phrase stands in it that is ordinary.

    "Mi mamá se cayó el lunes y hoy no habla bien": what stands beside the phrase tells it.
    """
    release = context.release
    left = release.content.emergency_phrases.without_ordinary(context.text)
    # "Ando apagando incendios en la pega": no word of a fire is left.
    if kind in _BY_ITS_WORDS and kind not in context.dangers_named_in(left):
        return False
    beside = release.listener.hear(left)
    return beside.danger >= _ALERT and beside.chance(kind) >= _UNNAMED


def _blames(context: Context) -> bool:
    """ "Póngale un uno a los de los partes, ladrones": a bad grade is plainly given."""
    grade = context.grade
    return grade is not None and 0 < grade.value < _GOOD and not grade.doubtful


def _is_told_to_mend(context: Context) -> bool:
    """ "Reclamo: hay un hoyo en la calzada": of a case, and no danger beyond doubt."""
    return belongs_to_case(context) and context.heard.danger < _ALERT_UNNAMED


def _is_plain_hazard(context: Context, chance: float) -> bool:
    """Rather than something to mend: "reclamo: hay un hoyo" is a complaint."""
    heard = context.heard
    if chance < _POSSIBLE_RISK or heard.danger < _ALERT:
        rather = chance >= ASK and chance > heard.chance("reports")
        return rather and not belongs_to_case(context)
    return not heard.best(_PLAIN_ACTS, heard.danger * _PLAINER)


def _least_to_ask(context: Context, kind: str, *, named: bool) -> float:
    """How probable danger must be for it to be asked about."""
    heard = context.heard
    awaited = takes_any_words(context) and not _tells_above_all(context, kind)
    if awaited or _is_answered(context) or says_something_else(context, kind):
        return _ALERT
    if not named and not (kind in LASTING_ACTS and heard.likely(kind)):
        if len(context.said.words) < _FEWEST_ALONE:
            return _ALERT_UNNAMED
        return _ALONE if _says_nothing_else(context) else _ALERT
    least = _ASK_NAMED if named else ASK
    if kind in LASTING_ACTS and kind not in _WHOM and heard.chance(kind) >= _LIKELY_LASTING:
        return least
    if heard.danger < least:
        return least  # the search takes time, and cannot lower it
    ranking = context.ranking
    if ranking.is_found or context.release.area_names.called(context.text):
        return _ASK_FOUND
    return ASK if ranking.verdict in (Verdict.UNSURE, Verdict.EXTERNAL) else least


def _tells_above_all(context: Context, kind: str) -> bool:
    """ "Pa qué sigo viviendo si a nadie le importo", where a comment is awaited: it is none.

    Of floods and thieves complaints tell too, but then they also complain.
    """
    heard = context.heard
    lasts = kind in LASTING_ACTS and heard.chance(kind) >= ASK
    return heard.main == kind and (lasts or _says_nothing_else(context))


def _says_nothing_else(context: Context) -> bool:
    """ "Explotó algo en el taller": it asks, judges and answers nothing, nor is it looked up."""
    heard = context.heard
    few = len(context.said.words) < _FEWEST_ALONE
    if heard.danger < _ALONE or few or "?" in context.text:
        return False
    return heard.most((*_ELSE_ACTS, "asks")) < _NOTHING and not context.ranking.is_found


def _is_answered(context: Context) -> bool:
    """ "La peor de mi vida" to "¿qué nota?": an answer, and no kind of danger is likely."""
    heard, opened, said = context.heard, context.open, context.said
    if opened is None or not opened.grades_area or heard.best(EMERGENCY_OF, ASK):
        return False
    given = context.grade
    plain = given is not None and bool(given.value) and not given.doubtful
    return plain or said.mood != 0 or suggested_within(said) != 0


def takes_any_words(context: Context) -> bool:
    """Whether a comment or a case takes the words as they are."""
    opened, state = context.open, context.state
    if state.follow_up is not None or (state.filing is not None and state.filing.words):
        return True
    return opened is not None and opened.question.takes_free_words


def belongs_to_case(context: Context) -> bool:
    """Whether the words are told for a case, open or about to be."""
    prompt, follow_up = context.state.prompt, context.state.follow_up
    if follow_up is not None:
        return bool(follow_up.case)
    told = prompt is not None and prompt.awaits is Awaits.CASE
    return told or bool(context.labelled) or complains_of_something(context.said)
