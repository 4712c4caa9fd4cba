"""What a card takes is asked for here: the case begins with what was told."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

TREE = "como pido que poden un arbol que tapa la luminaria de mi pasaje"
LAMP = "la luminaria frente a mi casa está apagada, eso es de ustedes?"
MUSIC = "My neighbour plays loud music every night until 4am, what can I do?"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (TREE, "pero puedo pedirlo por aquí? es en pasaje Los Olivos 345, Villa El Indio"),
        (TREE, "puedo pedirlo por aquí?"),
        (TREE, "lo quiero pedir aquí mismo"),
        (TREE, "entonces póngame un reclamo para que poden el árbol"),
        (LAMP, "sí reclamo entonces, es en Juan Cisternas 2210, lleva apagada como dos semanas"),
        (LAMP, "quiero dejar un reclamo por la luminaria"),
        (LAMP, "lo quiero denunciar acá"),
        (MUSIC, "it's a bar actually, not a house. Can I complain about it here?"),
        (MUSIC, "Can I complain about it here?"),
    ],
)
def test_the_case_is_told_with_what_was_said_before(
    release: Release, before: str, said: str
) -> None:
    chat = Chat(release)
    chat.says(before)
    assert any(word in chat.says(said) for word in (before, before.rstrip("?")))
    assert not chat.recorded(CaseOpened)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("cómo saco licencia de conducir", "lo quiero pedir aquí mismo"),
        ("cómo saco licencia de conducir", "puedo hacerlo por aquí?"),
        (TREE, "dónde está la oficina"),
        (TREE, "no quiero poner un reclamo"),
        (LAMP, "hay una plaza por aquí?"),
    ],
)
def test_what_no_card_takes_or_nobody_asks_for_begins_none(
    release: Release, before: str, said: str
) -> None:
    chat = Chat(release)
    chat.says(before)
    text = chat.says(said)
    assert "Ya anoté" not in text
    assert "Revise antes" not in text


@pytest.mark.parametrize(
    ("said", "of_none"),
    [
        ("y si mañana sigue con los asados a quién reclamo por el humo?", False),
        ("en qué va mi reclamo", True),
        ("quién tiene mi reclamo y cómo va", True),
    ],
)
def test_whom_to_complain_to_looks_for_no_case(
    release: Release, said: str, *, of_none: bool
) -> None:
    assert ("no hay ningún reclamo" in Chat(release).says(said)) is of_none
