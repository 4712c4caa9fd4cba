"""Marked-up text: the words are the same in every style, and one line is one line."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.messages import Reply
from handlers.release import Release
from handlers.text.markup import (
    Alert,
    Block,
    Items,
    Labelled,
    Link,
    Marked,
    Paragraph,
    Style,
    Title,
    marks,
    phones_in,
    plain,
    rendered,
    split_at,
)
from tests.handlers.limits import within_limits

words = st.text(min_size=1, max_size=20)
blocks = st.lists(
    st.one_of(
        st.builds(Title, words),
        st.builds(Paragraph, words, st.booleans()),
        st.builds(Labelled, words, words),
        st.builds(Items, words, st.lists(words, min_size=1, max_size=4).map(tuple), st.booleans()),
        st.builds(Link, words, words),
        st.builds(Alert, words, words, st.sampled_from([(), ("132",), ("133", "*4141")])),
    ),
    max_size=5,
)


def test_a_card_reads_line_by_line() -> None:
    card = (
        Title("Permiso"),
        Paragraph("Se paga cada año."),
        Link("Más información", "https://ejemplo.cl"),
        Items("Necesita", ("Seguro", "Permiso anterior")),
        Items("Pasos", ("Pagar", "Imprimir"), numbered=True),
        Labelled("Dónde", "Prat 1"),
        Labelled("Horario", "de 9 a 14"),
        Paragraph("El área aún no confirma.", quiet=True),
    )
    assert plain(card).split("\n\n") == [
        "Permiso\nSe paga cada año.",
        "Más información: https://ejemplo.cl",
        "Necesita:\n• Seguro\n• Permiso anterior",
        "Pasos:\n1. Pagar\n2. Imprimir",
        "Dónde: Prat 1\nHorario: de 9 a 14",
        "El área aún no confirma.",
    ]


@given(blocks)
def test_marks_change_no_word_and_are_counted(found: list[Block]) -> None:
    bold: list[str] = []

    def noted(text: str) -> str:
        bold.append(text)
        return text

    assert rendered(found, Style(bold=noted)) == plain(found)
    assert len(bold) == marks(found)


@given(blocks)
def test_blocks_are_stored_and_read_back_the_same(found: list[Block]) -> None:
    stored = msgspec.msgpack.encode(tuple(found))
    assert msgspec.msgpack.decode(stored, type=Marked) == tuple(found)


def test_blocks_that_say_something_else_than_the_text_are_found() -> None:
    reply = Reply(1, "Permiso", blocks=(Title("Licencia"),))
    assert within_limits(reply) == ["the blocks say something else than the text"]


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("Bomberos: 132. Carabineros: 133.", ("132", "133")),
        ("Llame al *4141, gratis; o al 1455.", ("*4141", "1455")),
        ("No hay que esperar 24 horas: 133.", ("133",)),
        ("El 16 de noviembre", ()),
    ],
)
def test_short_numbers_that_can_be_called_are_found(text: str, phones: tuple[str, ...]) -> None:
    assert phones_in(text) == phones
    assert "".join(split_at(text, phones)) == text
    assert split_at(text, phones)[1::2] == list(phones)


def test_every_emergency_names_a_number_that_can_be_called(release: Release) -> None:
    for wording in release.wordings.values():
        for emergency in release.content.emergencies:
            assert phones_in(wording.say(emergency.reply)), (wording.language, emergency.id)
