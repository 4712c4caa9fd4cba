"""Words of an emergency."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from handlers.state import Conversation

# An office that reads a case about a road must not see these words.
OF_ONESELF = "suicidio"
OF_BODY = "salud"
PERSONAL = frozenset({OF_ONESELF, "violencia", "ninez"})
LASTS = timedelta(minutes=30)  # what is said of an alert
HAZARD = "riesgo"  # nobody is hurt yet: the words may also be a comment or a complaint
HAZARDOUS = "hazard"  # nobody is hurt yet
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
    HAZARDOUS: "riesgo",
}
REPORTED = frozenset({HAZARD, "desastre"})  # what the municipality mends afterwards


def alert_of(state: Conversation, at: datetime) -> str:
    """The emergency whose numbers were told in the last turn or some minutes ago; or ""."""
    if state.danger or state.alert is None:
        return state.danger
    kind, told_at = state.alert
    return kind if at - told_at <= LASTS else ""


def calmed_of(state: Conversation, at: datetime) -> str:
    """The emergency that was said some minutes ago to be over or none; or ""."""
    if state.calmed is None:
        return ""
    kind, said_at = state.calmed
    return kind if at - said_at <= LASTS else ""


class AlertEnd(StrEnum):
    """Why a danger is one no more: the plainest first."""

    OVER = "over"  # help came, or it ended well
    SAFE = "safe"  # who writes is
    HELPED = "helped"  # help was called
    NONE = "none"  # nobody is in danger: it was meant otherwise
    UNHURT = "nobody-hurt"  # but what may hurt somebody is still there
    WAITING = "waiting"  # it was over or help was called, and it is asked what to do now


class AlertStep(StrEnum):
    """What is said of a danger whose numbers were told: the wording key, but for the first."""

    NEXT = "next"  # what to do until help comes, of each kind
    AGAIN = "danger-again"
    STILL = "danger-still"
    HERE = "danger-here"
    LATE = "danger-late"  # whoever was called does not answer or come


class AlertAnswer(StrEnum):
    """How it is answered: the name of its wording behind "alert-"."""

    WILL_CALL = "will-call"
    COMING = "coming"  # help is called, and there is more to tell it
    COMPANY = "company"  # somebody comes who is no help by profession
    COMPANY_HOME = "company-home"  # the same, where somebody may be violent
    ACCOMPANIED = "accompanied"  # somebody is with who spoke of taking their life
    UNDECIDED = "undecided"  # does not want to report it yet
    AWAY = "away"  # whoever is violent is away for now
    OUT = "out"  # of the house where it burns or smells of gas; nobody is said to have called
    PLACE = "place"  # where it is: whoever is called must be told
    NOBODY_HURT = "nobody-hurt"
    HAZARD_PLACE = "hazard-place"  # the same, of what the municipality can be told of
    HAZARD_NEXT = "hazard-next"


class ReportDanger(Struct, frozen=True):
    """Words of an emergency; ``sentence`` of the wording tells whom to call.

    ``doubtful``: it is asked whether somebody is in danger now, with the numbers beside it.
    """

    sentence: str
    kind: str = ""  # the emergency's id
    doubtful: bool = False
    beside: bool = False  # in doubt, and the text also says something else as plainly
    words: str = ""  # that also belong to the comment or case that is open
    for_case: bool = False  # they belong to a case: whoever is on duty is told
    case: str = ""  # the open one that they go to, where none was spoken of just before
    area: str = ""  # that the case is about
    cannot_call: bool = False
    step: AlertStep = AlertStep.AGAIN  # what is said first, where the numbers were told before
    mended: bool = False  # the municipality also mends it: "una jauría mordió a un niño"
    others: tuple[str, ...] = ()  # ids of what else is told beside it, the worst first
    language: str = ""  # it is told in, where that is not the one spoken: the answer is in it too

    @property
    def is_personal(self) -> bool:
        """Whether any of what is told is only for those who help."""
        return not PERSONAL.isdisjoint((self.kind, *self.others))


class FollowAlert(Struct, frozen=True):
    """What is said of a danger some minutes after its numbers were told."""

    kind: str  # the emergency's id
    said: AlertAnswer


class EndAlert(Struct, frozen=True):
    """The danger whose numbers were told is over, or was none."""

    kind: str  # the emergency's id
    end: AlertEnd
    alone: bool = False  # and nothing else is said that can be answered
    misread: bool = False  # it is said that there never was one: "no hay ninguna emergencia"


class OfferSupport(Struct, frozen=True):
    """Who helps afterwards: that card, its steps where it stands above, then a person."""

    card: str
    charges: str = ""  # the institution where it is denounced, where that is asked for


class NameNumbers(Struct, frozen=True):
    """Perhaps somebody is in danger: whom to call is said before the text is answered."""

    sentence: str
    language: str = ""  # the danger is told in, where that is not the one spoken


Danger = ReportDanger | FollowAlert | EndAlert | OfferSupport | NameNumbers
