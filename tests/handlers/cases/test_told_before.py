"""A complaint or praise that is wished for behind what it is about: that is not asked again."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    "text",
    [
        "me trataron pésimo en tránsito, quiero poner un reclamo",
        "los del aseo se pasaron, quiero felicitarlos",
        "no pasa nunca el camión de la basura, vengo a reclamar",
    ],
)
def test_what_stands_before_the_wish_is_taken_over(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == (text,)


@pytest.mark.parametrize(
    "text",
    ["buenas tardes señorita quiero hacer un reclamo", "hola, mire, vengo a reclamar"],
)
def test_a_greeting_before_the_wish_tells_nothing(release: Release, text: str) -> None:
    chat = Chat(release)
    assert "Cuente en un mensaje" in chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == ()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("quiero felicitar a don Juan del aseo", "aseo"),
        ("reclamo contra el departamento de aseo", "aseo"),
        ("quiero poner un reclamo contra los de obras", "obras"),
    ],
)
def test_an_area_is_named_by_one_word_behind_a_preposition(
    release: Release, text: str, area: str
) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.area == area
