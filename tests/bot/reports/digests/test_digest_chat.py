"""The digest in a chat: one screen, and what goes first where there is little room."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.reports.digests.digest_text import (
    CHAT_AREAS,
    CHAT_LIMIT,
    chat_text,
)
from handlers.quality.figures import (
    Quote,
    Share,
    Total,
)
from tests.bot.reports.digests.sample_digest import ALONE, DIGEST, LINK, TRANSITO, alone

names = st.text("abcdefghñó ", min_size=2, max_size=24).map(lambda name: f"Á{name.strip()}b")
quotes = st.text("amable y rápido ñ", min_size=15, max_size=200)


@given(st.lists(st.tuples(names, quotes), max_size=28), st.integers(10, 160), st.booleans())
def test_the_chat_text_has_at_most_900_characters_and_5_areas_and_ends_with_the_link(
    areas: list[tuple[str, str]], length: int, made_up: bool
) -> None:
    entries = tuple(
        replace(
            TRANSITO,
            id=str(position),
            short_name=name,
            first_week="2026-W40",
            quotes=(Quote(text=quote, praise=True),),
        )
        for position, (name, quote) in enumerate(areas)
    )
    assert TRANSITO.satisfied is not None
    total = Total(areas=len(entries), satisfied=TRANSITO.satisfied) if entries else None
    link = "https://example.cl/".ljust(length, "x")
    digest = replace(DIGEST, areas=entries, total=total, made_up=made_up)
    for text in [chat_text(digest, link), *(chat_text(alone(entry), link) for entry in entries)]:
        assert len(text) <= CHAT_LIMIT
        assert len(re.findall(r"^63 % \(", text, flags=re.M)) <= CHAT_AREAS
        assert text.endswith(link)


def test_the_chat_text_shows_the_areas_with_most_answers() -> None:
    large = [
        replace(TRANSITO, id=str(i), short_name=f"Área {i}", satisfied=Share(900, 63, 60, 66))
        for i in range(5)
    ]
    pooled = replace(TRANSITO, first_week="2026-W45", satisfied=Share(950, 63, 60, 66))
    assert TRANSITO.satisfied is not None
    text = chat_text(replace(DIGEST, areas=(*large, pooled)), LINK)
    assert "63 % (60–66; 950) Tránsito, sem. 45–47" in text
    assert "Área 4" not in text


def test_where_there_is_little_room_the_areas_with_fewest_answers_go() -> None:
    sizes = (40, 41, 42, 43, 900)
    plain = replace(TRANSITO, chart_points=0, cases=None)
    areas = [
        replace(plain, id=str(n), short_name=f"{'Á' * 60} {n}", satisfied=Share(n, 63, 60, 66))
        for n in sizes
    ]
    text = chat_text(replace(DIGEST, areas=tuple(areas)), LINK * 2)
    shown = [n for n in sizes if f"Á {n}" in text]
    assert 0 < len(shown) < len(sizes)
    assert shown == list(sizes[-len(shown) :])


def test_praise_is_quoted_in_the_chat_text_also_where_there_are_many_areas() -> None:
    assert "Felicitación a Tránsito: «Rápido y <amable> todo»" in chat_text(ALONE, LINK)
    many = replace(DIGEST, areas=tuple(replace(TRANSITO, id=str(i)) for i in range(28)))
    assert "Felicitación a Tránsito: «Rápido y <amable> todo»" in chat_text(many, LINK * 3)


@pytest.mark.parametrize(
    ("longer", "cases", "topics"),
    [
        (0, "Casos abiertos: 12 en 4 áreas; el más antiguo", True),
        (220, "Casos abiertos: 12 en 4 áreas; el más antiguo", False),
        (340, "Casos abiertos: 12; fuera de plazo: 4; vencen en 7 días: 8.", False),
    ],
)
def test_where_there_is_little_room_a_number_stays_beside_the_open_cases(
    longer: int, cases: str, topics: bool
) -> None:
    areas = [
        replace(TRANSITO, id=str(n), short_name=f"Área {n}", quotes=(), chart_points=0)
        for n in range(4)
    ]
    digest = replace(DIGEST, areas=tuple(areas), topics=("la espera", "el trato"))
    text = chat_text(digest, LINK.ljust(len(LINK) + longer, "x"))
    assert len(text) <= CHAT_LIMIT
    assert cases in text
    assert ("Temas de los comentarios" in text) == topics
    assert "63 % (48–75; 48) Área" in text
