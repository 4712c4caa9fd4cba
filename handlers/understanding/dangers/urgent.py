"""Whether a case cannot wait."""

from __future__ import annotations

from operator import attrgetter

from handlers.listening.listener import LIKELY
from handlers.release import Release
from handlers.understanding.dangers.trapped import is_trapped
from handlers.understanding.intents.danger import EMERGENCY_OF, HAZARD, PERSONAL
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import tells_urgency

_SURE = 0.9  # danger of any kind


def is_urgent_after(text: str, release: Release, calmed: str) -> bool:
    """Whether it cannot wait, where a danger was just said to be over or none.

    Of that danger nothing is told again; of another only what a phrase tells. A hazard whose case
    is told goes on, though nobody is hurt.
    """
    if not calmed or calmed in (*PERSONAL, HAZARD):  # persons may say so out of fear
        return is_urgent(text, release)
    told = {emergency.id for emergency in release.content.emergencies_told(text)}
    return bool(told - {calmed}) or is_trapped(text, release)


def is_urgent(text: str, release: Release) -> bool:
    """Whether a case in these words cannot wait: somebody is in danger, or may be hurt soon.

    More is urgent than what is answered with the emergency numbers: a false alert costs whoever is
    on duty a look, and a missed one may cost more.
    """
    if not text.strip():
        return False
    if release.content.emergency_phrases.first(text) is not None:
        return True
    if is_trapped(text, release) or tells_urgency(Said(text, release.lexicon)):
        return True
    hear, phrases = release.listener.hear, release.content.emergency_phrases
    texts = [text, *([phrases.without_ordinary(text)] if phrases.is_ordinary(text) else [])]
    heard = min(
        (hear(one) for one in texts), key=attrgetter("danger")
    )  # one kind is likely, and danger of any kind is sure
    return heard.danger >= _SURE and bool(heard.best(EMERGENCY_OF, LIKELY))
