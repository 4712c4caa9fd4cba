"""The rating on which most tests of questionnaires begin."""

from __future__ import annotations

from tests.handlers.chat import Chat


def rate_treasury(chat: Chat) -> None:
    """Ask for it and come to its grade question."""
    chat.says("nota")
    assert "¿Qué nota le pone" in chat.says("tesorería")
