"""A complaint or praise that is wished for behind what it is about: that is not asked again."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat


# What is said, and what of it is taken over as the words of the case; "": its words are asked for.
@pytest.mark.parametrize(
    ("text", "is_told", "area"),
    [
        ("me trataron pésimo en tránsito, quiero poner un reclamo", True, "transito"),
        ("los del aseo se pasaron, quiero felicitarlos", True, "aseo"),
        ("no pasa nunca el camión de la basura, vengo a reclamar", True, "aseo"),
        ("quiero felicitar a don Juan del aseo", True, "aseo"),
        ("reclamo contra el departamento de aseo", False, "aseo"),
        ("reclamo contra el departamento de aseo por los microbasurales", True, "aseo"),
        ("quiero poner un reclamo contra los de obras", False, "obras"),
        ("buenas tardes señorita quiero hacer un reclamo", False, ""),
        ("hola, mire, vengo a reclamar", False, ""),
    ],
)
def test_what_stands_beside_the_wish_is_taken_over_but_not_a_greeting(
    release: Release, text: str, is_told: bool, area: str
) -> None:
    chat = Chat(release)
    reply = chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == ((text,) if is_told else ())
    assert chat.state.filing.area == area
    assert ("Cuente en un mensaje" in reply) is not is_told
