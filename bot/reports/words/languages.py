"""Messages that citizens get without asking, in all languages."""

from __future__ import annotations

from handlers.messages import Announcement
from handlers.release import DEFAULT_LANGUAGE, Release


def in_each_language(release: Release, key: str, **values: str | int) -> Announcement:
    """The message ``key`` in every language; the contact's own is chosen in their turn."""
    said = {name: wording.say(key, **values) for name, wording in release.wordings.items()}
    text = said.pop(DEFAULT_LANGUAGE)
    return Announcement(text, in_languages=said)
