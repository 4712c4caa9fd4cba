"""Folding: accents, case, punctuation and invisible characters make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("¿Dónde está el BAÑO?", "donde esta el bano"),
        ("  permiso\n\tde   circulación!!! ", "permiso de circulacion"),
        ("un 6,0", "un 6 0"),
        ("pin\u0303era", "pinera"),
        ("bom\u00adbe\u200bros", "bomberos"),
        ("𝗙𝗨𝗘𝗚𝗢", "fuego"),
        ("snake_case", "snake case"),
        ("🙏🏽😡", ""),
        ("", ""),
    ],
)
def test_text_is_folded_to_plain_lower_case_words(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_words_are_parted_by_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
