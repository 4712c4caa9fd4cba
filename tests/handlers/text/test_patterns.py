"""Patterns of words find them as people write them."""

import re

import pytest

from handlers.text.patterns import as_written


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Además, nadie", "Además"),
        ("y ademas nadie", "ademas"),
        ("DE  PASO, otra", "DE  PASO"),
        ("de", None),
        ("secretaría", None),
        ("tecnicamente", "tecnicamente"),
        ("è", None),
    ],
)
def test_words_are_found_as_they_are_written(text: str, found: str | None) -> None:
    pattern = re.compile(
        rf"\b(?:{as_written(['además', 'de paso', 'e', 'secretaria', 'técnic*'])})\b", re.IGNORECASE
    )
    match = pattern.search(text)
    assert (match and match[0]) == found


def test_no_words_are_found_nowhere() -> None:
    assert re.search(rf"(?:{as_written([])})", "") is None
