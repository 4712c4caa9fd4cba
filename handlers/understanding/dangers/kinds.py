"""Which kinds of danger there are, what is none, and what a text may belong to instead."""

from __future__ import annotations

from handlers.listening.listener import LIKELY
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.danger import EMERGENCY_OF, HAZARDOUS
from handlers.understanding.reading.wishes import complains_of_something

# What is heard of an emergency that no act is proper to: somebody is hurt, or about to be.
_OF_BODY = ("distress_medical", "distress_quake", HAZARDOUS)
LASTING_ACTS = ("distress_suicide", "distress_violence", "distress_children")
WHOM = frozenset({"distress_children"})  # whose words say who is hurt, and not by what
_CLOSE = frozenset({PhraseKind.NAMES_CLOSE_ONE, PhraseKind.NAMES_CHILD})
_ELSE = 0.75  # another act, which is likelier than the danger
_ELSE_THAN_LASTING, _LIKELY_LASTING = 0.9, 0.8  # the same, and danger of such a kind
# What is said of something else than danger. Who is in danger also asks, complains, and wants
# a person.
ELSE_ACTS = (
    *("withdraws", "undoes", "corrects", "gives_grade", "vague_grade", "rates", "praises"),
    *("blames", "status_case", "status_procedure", "wants_language", "refuses", "who_are_you"),
    *("confirms", "denies", "partly", "thanks", "suggests"),
    *sorted(FOLLOW_UPS),
)


def acts_of(emergency: str) -> tuple[str, ...]:
    """The acts of danger that tell of this emergency."""
    acts = tuple(act for act, answers in EMERGENCY_OF.items() if answers == emergency)
    return acts or _OF_BODY


def is_robbery(context: Context) -> bool:
    """ "Me robaron el celular": by nobody close, so it is no violence at home."""
    kinds = context.said.kinds.keys()
    return PhraseKind.TELLS_ROBBERY in kinds and kinds.isdisjoint(_CLOSE)


def says_something_else(context: Context, kind: str) -> bool:
    """Whether another act is plainly heard, and more so than this kind of danger.

    "Atienden domingo?? es urgente es mi papá". Of what lasts many speak beside something else.
    """
    heard = context.heard
    other, of_kind = heard.most(ELSE_ACTS), heard.chance(kind)
    if kind in LASTING_ACTS and of_kind >= LIKELY:
        return other >= _ELSE_THAN_LASTING and of_kind < _LIKELY_LASTING
    return other >= _ELSE and other > of_kind


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
