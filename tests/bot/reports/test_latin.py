"""Text in a PDF keeps its sense where the PDF's own fonts lack a letter."""

from __future__ import annotations

import pytest

from bot.reports.latin import printable


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("¿Ñandú, güiña?", "¿Ñandú, güiña?"),
        ("mesón \u2013 \u201cdos\u201d\u2026", 'mesón - "dos"...'),
        ("sigue igual \U0001f621", "sigue igual [emoji]"),
        ("bien \U0001f44d\U0001f3fd\u2764\ufe0f gracias", "bien [emoji] gracias"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "[emoji]"),
        ("\u2022 20 \u20ac\u200b", "\xb7 20 EUR"),
        ("ayer \u202enoche", "ayer noche"),
        ("Dvo\u0159ák, \ufb01n", "Dvorák, fin"),
        ("n\u0303andu\u0301", "ñandú"),
        ("papel 5\ufe0f\u20e3", "papel 5"),
        ("Wa\u0142\u0119sa \u2192 \u2265 2", "Walesa -> >= 2"),
        ("\u4e2d", "[otras letras]"),
        ("dice \u043f\u043e \u0440\u0443\u0441\u0441\u043a\u0438 hoy", "dice [otras letras] hoy"),
        ("uno\r\ndos\rtres\x0bcuatro\x1b[31m\x00", "uno\ndos\ntres\ncuatro[31m"),
    ],
)
def test_what_a_font_lacks_is_written_as_what_it_was(written: str, shown: str) -> None:
    assert printable(written) == shown
