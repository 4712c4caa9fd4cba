"""Whether a case cannot wait."""

from __future__ import annotations

from handlers.listening.listener import LIKELY
from handlers.release import Release
from handlers.understanding.dangers.kinds import EMERGENCY_OF
from handlers.understanding.dangers.trapped import is_trapped
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import tells_urgency

_SURE = 0.9  # danger of any kind


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
    if release.content.emergency_phrases.is_ordinary(text):
        return False
    heard = release.listener.hear(text)  # one kind is likely, and danger of any kind is sure
    return heard.danger >= _SURE and bool(heard.best(EMERGENCY_OF, LIKELY))
