"""What others wrote is shown on one line, and cannot act on what stands round it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text.display import (
    as_typed,
    escaped_directions,
    for_terminal,
    one_line,
    quoted,
    undirected,
)

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text())
def test_what_is_shown_has_no_character_that_turns_text_round(text: str) -> None:
    for shown in (undirected(text), one_line(text), quoted(text), for_terminal(text)):
        assert not set(TURNING) & set(shown)
    assert len(one_line(text).splitlines()) <= 1
    assert "\x1b" not in for_terminal(text)


@pytest.mark.parametrize("letter", TURNING)
def test_only_what_turns_is_left_out(letter: str) -> None:
    assert undirected(f"a{letter}ñ 👩‍🚒 שלום") == "añ 👩‍🚒 שלום"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Va el lunes\r\n\ty el martes 👩‍🚒 \u202e", "Va el lunes\n\ty el martes 👩‍🚒 "),
        ("a\0b\x1b[2J", "ab[2J"),
        ("ñ\u200b", "ñ\u200b"),
        ("שלום", "שלום"),
        ("  \n", "  \n"),
        ("\u200b\u200d\ufeff", ""),
        (" \u2060\u00ad\u00a0\u3000\n", ""),
        ("\U000e0061\u2063", ""),  # tags, invisible separators
        ("\u3164\ufe0f \u2800\uffa0", ""),  # fillers, a selector, Braille without dots
        ("❤\ufe0f", "❤\ufe0f"),
    ],
)
def test_what_is_typed_keeps_all_that_can_be_seen(typed: str, kept: str) -> None:
    assert as_typed(typed) == kept


@given(st.text())
def test_json_keeps_its_value_when_such_characters_are_escaped(text: str) -> None:
    written = json.dumps(text, ensure_ascii=False)
    assert json.loads(escaped_directions(written)) == text
    assert not set(TURNING) & set(escaped_directions(written))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("obra", "«obra»"),
        ("a\nb\x1b[2J", "«a b [2J»"),
        (7, "«7»"),
        pytest.param(10**5_000, "un valor enorme", id="a number of 5,000 digits"),
        ("x" * 100, "«" + "x" * 59 + "…»"),
        ("", "«»"),
    ],
)
def test_a_value_is_quoted_short_and_on_one_line(value: object, shown: str) -> None:
    assert quoted(value) == shown


def test_a_terminal_is_told_nothing_by_a_comment() -> None:
    assert for_terminal("a\x1b[31mb\x07\r\nc\td") == "a[31mb\nc\td"
