"""Whether an act is meant where words are awaited, which may only mention it."""

from __future__ import annotations

from handlers.understanding.context import Context

_OPINIONS = ("praises", "blames", "suggests")
_CERTAIN = 0.85
_MAYBE = 0.05


def rather_than_words(context: Context, act: str) -> bool:
    """Whether the act is heard; where words are asked for, "fue fácil" and "nadie habla
    creole" are rather the answer than a wish for another style or language.
    """
    heard = context.heard
    asked = context.open is not None and context.open.question.takes_free_words
    if not asked and context.state.follow_up is None:
        return heard.likely(act)
    return heard.chance(act) >= _CERTAIN and not heard.best(_OPINIONS, _MAYBE)
