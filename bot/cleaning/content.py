"""Tells what a file is by its first bytes, not by its name, and has it made harmless."""

from __future__ import annotations

import re

from bot.cleaning.refusals import Reason, RefusedFile

JPEG, PDF = "image/jpeg", "application/pdf"
# An MP3 begins with its tags or at once with a frame; so does AAC, which has a shorter mark.
_SOUNDS = (
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"#!AMR"), "audio/amr"),
    (re.compile(rb".{4}ftyp(?:M4A |mp42|isom|3gp)", re.DOTALL), "audio/mp4"),
    (re.compile(rb"ID3|\xff[\xfa\xfb\xf2\xf3]"), "audio/mpeg"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "audio/aac"),
)
_PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP|GIF8[79]a", re.DOTALL)


def cleaned(data: bytes, *, voice: bool, most: int) -> tuple[str, bytes]:
    """The media type and the harmless content of a file, at most ``most`` bytes.

    Raises RefusedFile. Pictures and PDFs are written anew. Audio is kept as it is, as nothing here
    plays it: it is only told by its kind, and only given out to be saved.
    """
    if len(data) > most:
        raise RefusedFile(Reason.LARGE)
    if voice:
        kind, content = _sound(data), data
    elif _PICTURES.match(data):
        from bot.cleaning.pictures import rewritten

        kind, content = JPEG, rewritten(data)
    elif data.startswith(b"%PDF-"):
        from bot.cleaning.documents import rewritten

        kind, content = PDF, rewritten(data)
    else:
        raise RefusedFile(Reason.TYPE if data else Reason.UNREADABLE)
    if len(content) > most:
        raise RefusedFile(Reason.LARGE)
    return kind, content


def _sound(data: bytes) -> str:
    kind = next((kind for mark, kind in _SOUNDS if mark.match(data)), None)
    if kind is None:
        raise RefusedFile(Reason.TYPE)
    return kind
