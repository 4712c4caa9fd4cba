"""The terminal: 80 columns, and what an item of a list runs on into stands under its words."""

from __future__ import annotations

from bot.channels.terminal import rendered
from handlers.messages import Layout, Option, Reply
from handlers.text.markup import Items, Title, plain


def test_a_card_keeps_its_lists_in_eighty_columns() -> None:
    blocks = (
        Title("Permiso"),
        Items("Necesita", ("palabra " * 20, "Seguro")),
        Items("Pasos", ("paso " * 30,), numbered=True),
    )
    lines = rendered(Reply(1, plain(blocks), blocks=blocks)).splitlines()
    assert max(map(len, lines)) <= 80
    first = lines.index("Necesita:") + 1
    assert lines[first].startswith("• palabra")
    assert lines[first + 1].startswith("  palabra")
    step = lines.index("Pasos:") + 1
    assert lines[step].startswith("1. paso")
    assert lines[step + 1].startswith("   paso")


def test_a_numbered_list_shows_its_numbers() -> None:
    chosen = (Option("rate:a", "Aseo"), Option("rate:b", "Obras"), Option("cancel", "Cancelar"))
    reply = Reply(1, "¿Qué área?", chosen, Layout.LIST, numbered=2)
    assert rendered(reply) == "¿Qué área?\n  [1. Aseo]  [2. Obras]  [Cancelar]"
