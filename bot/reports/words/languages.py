"""What citizens are told without asking, in every language that they may speak."""

from __future__ import annotations

from handlers.messages import Announcement
from handlers.release import DEFAULT_LANGUAGE, Release


def in_each_language(release: Release, key: str, **values: str | int) -> Announcement:
    """The sentence ``key`` in every language; the contact's own is chosen when it is sent."""
    said = {name: wording.say(key, **values) for name, wording in release.wordings.items()}
    text = said.pop(DEFAULT_LANGUAGE)
    return Announcement(text, in_languages=said)
