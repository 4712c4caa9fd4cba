"""Danger: phrases of the content tell it surely; where only the model hears it, it is asked."""

from __future__ import annotations

from handlers.content.model import Emergency
from handlers.understanding.context import Context
from handlers.understanding.intents import ReportDanger

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
HAZARD = "riesgo"  # nobody is hurt yet: the words may also be a comment or a complaint
_ALERT = 0.9  # from here on the numbers are told as to somebody in danger
_ASK = 0.5  # from here on it is asked


def danger(context: Context) -> ReportDanger | None:
    """The emergency that a text speaks of, surely or perhaps; a staff member's answer is none."""
    text = context.text
    if not text or text.isdecimal() or (context.known.staff is not None and context.quoted_case):
        return None
    content = context.release.content
    rank = content.emergency_phrases.first(text)
    if rank is not None:
        return _report(context, content.emergencies[rank], doubtful=False)
    act = context.heard.best(EMERGENCY_OF, _ASK)
    found = next((e for e in content.emergencies if e.id == EMERGENCY_OF.get(act)), None)
    if found is None or content.emergency_phrases.is_ordinary(text):
        return None
    return _report(context, found, doubtful=context.heard.chance(act) < _ALERT)


def _report(context: Context, emergency: Emergency, *, doubtful: bool) -> ReportDanger:
    words = _also_said(context) if emergency.id == HAZARD else ""
    return ReportDanger(emergency.reply, emergency.id, doubtful, words)


def _also_said(context: Context) -> str:
    """The words, where they also belong to a comment or a case that is open."""
    opened = context.open
    takes_words = opened is not None and opened.question.takes_free_words
    return context.text if takes_words or context.state.follow_up is not None else ""
