"""What is too long is refused with what it says, never cut: browsers cut what is pasted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.web import panel as code
from handlers.staff.permissions import Grant, Role
from tests.bot.web.panel.served_panel import ServedPanel

TEMPLATES = Path(code.__file__).parent / "templates"
QUALITY = Grant(Role.QUALITY)
INDICATOR = {"id": "nota-6-7", "least": "10", "target": "70", "version": "1"}
MEETING = {"area": "obras", "origin": "meeting", "problem": "Falta luz", "held_on": "2026-11-10"}


def test_no_field_of_the_panel_is_cut_by_the_browser() -> None:
    cut = {
        path.name
        for path in TEMPLATES.rglob("*.j2")
        if re.search(r"<(?:textarea|input)[^>]*\smaxlength=", path.read_text())
    }
    assert cut == {"sign_in_code.html.j2"}, "nobody writes a code"


@pytest.mark.parametrize(
    ("path", "field", "longest", "others"),
    [
        ("/panel/definiciones", "name", 100, INDICATOR),
        ("/panel/medidas/nueva", "place", 200, MEETING),
        ("/panel/fichas", "words", 1_000, {"service": "rsh-actualizacion"}),
        ("/panel/aviso", "text", 300, {}),
        ("/panel/meson/caso", "reach", 200, {"words": "Falta luz", "source": "papel"}),
    ],
)
async def test_what_is_too_long_is_told_and_kept(
    panel: ServedPanel, path: str, field: str, longest: int, others: dict[str, str]
) -> None:
    everywhere = (QUALITY, Grant(Role.DESK), Grant(Role.ADMIN))
    words = "Palabras " * longest
    async with panel.signed_in("Rosa", *everywhere) as browser:
        refused = await browser.post(path, **others, **{field: words})
        assert refused.status == 422
        assert re.search(r"letras y caben [\d.]+\.|tiene más de 100 letras", refused.text)
        assert words.strip() in refused.text
