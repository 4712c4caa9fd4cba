"""The words by which masking tells what identifies a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# The keys of personal.toml: what stands beside that which identifies a person, for masking.
PERSONAL = """
streets lives stands at_home house_numbers plots units counted before_year of articles titles
relations thanked introduced called no_name_ends places place_owners phones cues documents
accounts money plates not_plates at dot mail_marks between_digits diagnoses titles_of_works
""".split()


@dataclass(frozen=True, eq=False)  # one a release: told apart by what it is, not by its words
class PersonalWords:
    """What stands beside that which identifies a person, by the keys of personal.toml."""

    words: dict[str, tuple[str, ...]]


class NameWords(NamedTuple):
    """Names of persons, folded."""

    given: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]
    words: frozenset[str]  # of every day
    everyday: frozenset[str]  # given names that are more often another word
    numbers: frozenset[str]  # in words
    beside: PersonalWords
