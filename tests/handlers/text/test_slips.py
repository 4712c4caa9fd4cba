"""Words are heard by their sound, and a slip in a long one is overheard."""

from __future__ import annotations

import pytest

from handlers.text.slips import heard_as

KNOWN = frozenset({"eliminar", "informasion"})


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("kiero", "kiero"),
        ("elimnar", "eliminar"),
        ("elimianr", "eliminar"),
        ("imformación", "informasion"),
        ("iluminar", "iluminar"),  # another word
        ("liminar", "liminar"),  # the first letter is seldom wrong
        ("borar", "borar"),
        ("h", "h"),  # a word without a sound keeps its place
    ],
)
def test_a_word_is_heard(written: str, heard: str) -> None:
    assert heard_as([written.replace("ó", "o")], KNOWN) == [heard]
