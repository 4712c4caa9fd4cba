"""What people ask of a municipality on an ordinary day: thousands of texts that are no danger.

They are what the packaged content knows its cards by, and the examples of how they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.content.folder import load_content
from bot.content.release import PACKAGED, search_words

# Who asks for these may be in danger, or near it: their phrases teach nothing here.
NEAR_DANGER = frozenset(
    {
        *("violencia-mujer", "proteccion-ninez", "urgencia-sapu", "salud-mental", "tapas-cables"),
        *("emergencia-climatica", "evacuacion-tsunami", "patrullaje", "apoyo-mayores"),
        *("accidente-transito", "prevencion-drogas", "gas", "luz", "policias", "bomberos", "samu"),
    }
)


def ordinary_texts() -> list[str]:
    """Each once, in a fixed order; without those that tell of an emergency."""
    content, words = load_content(PACKAGED), search_words()
    tables = [words.phrases, *(words.examples[file] for file in sorted(words.examples))]
    found = dict.fromkeys(text for table in tables for text in _apart_from_danger(table))
    return [text for text in found if content.emergency_phrases.first(text) is None]


def _apart_from_danger(table: Mapping[str, Iterable[str]]) -> list[str]:
    return [text for card, texts in table.items() if card not in NEAR_DANGER for text in texts]
