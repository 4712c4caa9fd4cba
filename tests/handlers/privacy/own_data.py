"""Somebody with data of every kind, and the request on record."""

from __future__ import annotations

from handlers.facts.own_data import RightUsed
from tests.handlers.chat import Chat


def with_data(chat: Chat) -> None:
    chat.says("nota")
    chat.says("deportes")
    chat.says("6")
    chat.says("muy limpio el gimnasio")
    chat.says("listo")
    chat.complains("no pasa el camión de la basura")
    chat.says("listo")


def claimed(chat: Chat) -> RightUsed:
    """The one request on record."""
    (fact,) = chat.recorded(RightUsed)
    return fact
