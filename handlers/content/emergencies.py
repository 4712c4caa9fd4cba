"""Recognises what cannot wait (fire, gas, violence …) before anything else is understood."""

from __future__ import annotations

from handlers.content.model import Content, Emergency


def find_emergency(text: str, content: Content) -> Emergency | None:
    """Return the first emergency of the content that ``text`` speaks of, or None.

    An ordinary phrase ("certificado de bomberos") hides only itself, never an emergency beside it.
    """
    rank = content.emergency_phrases.first(text)
    return None if rank is None else content.emergencies[rank]
