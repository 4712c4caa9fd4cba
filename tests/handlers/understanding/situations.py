"""Where a conversation stands when something is said, and what recognisers then read."""

from __future__ import annotations

from handlers.messages import Incoming, Sender, Text
from handlers.release import Release
from handlers.state import Known, Quoted, Staff
from handlers.understanding.context import Context
from handlers.understanding.intents.union import Intents
from handlers.understanding.understand import understand
from tests.handlers.chat import Chat

# What was said before, by the name of the situation.
SITUATIONS: dict[str, tuple[str, ...]] = {
    "new": (),
    "menu": ("menu",),
    "area": ("calificar",),  # is asked which area
    "grade": ("calificar", "transito"),
    "reason": ("calificar", "transito", "3"),
    "comment": ("calificar", "transito", "7"),  # is asked for words
    "proposed": ("calificar", "transito", "más o menos"),  # is asked for a yes
    "rated": ("calificar", "transito", "7", "muy amables todos"),  # may add words
    "undo": ("calificar", "transito", "7", "muy amables todos", "borre mi nota"),
    "guessed": ("el martes me atendieron muy bien en tesorería",),
    "checking": ("el martes me atendieron muy bien en tesorería", "sí", "2"),
    "card": ("donde saco la licencia de conducir",),
    "card useful": ("donde saco la licencia de conducir", "sí"),
    "card partly": ("donde saco la licencia de conducir", "más o menos"),
    "card useless": ("donde saco la licencia de conducir", "no"),
    "suggested": ("subsidio",),
    "complaint": ("reclamo",),
    "case": ("persona",),  # may add words
    "told": ("reclamo: no hay luz en la plaza",),  # is asked for what misses
    "summed up": ("reclamo: no hay luz en la plaza", "saltar"),  # may add words, or confirm
    "whom for": ("reclamo: no hay luz en la plaza", "saltar", "2"),  # is asked for the area
    "filing": ("reclamo: no hay luz en la plaza", "saltar", "sí"),  # may add words
    "filed": ("reclamo: no hay luz en la plaza", "saltar", "sí", "listo"),
    "putting right": (  # is asked whether it is a correction
        *("reclamo: no hay luz en la plaza", "saltar", "sí"),
        "no es la plaza, es la cancha",
    ),
    "erasing": ("borrar",),
    "correcting": ("corregir",),
    "rectifying": ("corregir", "otra cosa"),
}


def at(release: Release, situation: str) -> Chat:
    """A chat in that situation."""
    chat = Chat(release)
    chat.says("hola")
    for text in SITUATIONS[situation]:
        chat.says(text)
    return chat


def incoming(chat: Chat, text: str) -> Incoming:
    """The text, written just now."""
    return Incoming("1", Sender(chat.channel, "test", "citizen"), Text(text), chat.now)


def context(
    chat: Chat, text: str, *, quoted: Quoted | None = None, staff: Staff | None = None
) -> Context:
    """What recognisers read of ``text``."""
    known = Known(new_id=1, quoted=quoted, staff=staff)
    return Context(incoming(chat, text), chat.state, known, chat.release, chat.now)


def understood(chat: Chat, text: str) -> Intents:
    """What ``text`` means in the chat."""
    return understand(incoming(chat, text), chat.state, Known(new_id=1), chat.release, chat.now)
