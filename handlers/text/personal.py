"""The words by which masking recognises personal details."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# The keys of personal.toml.
PERSONAL = """
streets lives stands at_home house_numbers plots units counted before_year of articles titles
relations thanked introduced called no_name_ends places place_owners phones cues documents
accounts money plates not_plates at dot mail_marks between_digits diagnoses titles_of_works
""".split()


@dataclass(frozen=True, eq=False)  # one per release, compared by identity
class PersonalWords:
    """Words beside personal details, by the keys of personal.toml."""

    words: dict[str, tuple[str, ...]]


class NameWords(NamedTuple):
    """Names of persons, folded."""

    given: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]
    words: frozenset[str]  # everyday words
    everyday: frozenset[str]  # given names that are more often ordinary words
    numbers: frozenset[str]  # number words
    beside: PersonalWords
