"""Field types of the content models: ids, lines, words, numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from handlers.text.personal import PERSONAL
from handlers.text.phrases import read_phrases, spelling

_DIGITS = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _parse_int(value: object) -> int:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("un número entero")


def _parse_number(value: object) -> float:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError("un número")


def _parse_day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("una fecha que exista, como 2026-11-16") from None
    raise ValueError("una fecha sin comillas, como 2026-11-16")


def _check_personal_key(key: str) -> str:
    if key in PERSONAL:
        return key
    raise ValueError(f"una de estas claves: {', '.join(PERSONAL)}")


# As TOML writes them, or as the same text, for environment variables. True is not accepted as 1,
# nor 1 as a date in 1970.
StrictInt = Annotated[int, BeforeValidator(_parse_int)]
StrictNumber = Annotated[float, BeforeValidator(_parse_number)]
Day = Annotated[date, BeforeValidator(_parse_day)]
StrictBool = Annotated[bool, Field(strict=True)]

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
ShortName = Annotated[str, StringConstraints(min_length=2, max_length=24, strip_whitespace=True)]
OneLine = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Phrases = tuple[OneLine, ...]
Words = Annotated[str, StringConstraints(max_length=24_000)]
PersonalKey = Annotated[str, AfterValidator(_check_personal_key)]  # of personal.toml


class StrictModel(BaseModel):
    """A frozen model that refuses unknown keys and NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def check_phrases(key: str, phrases: Phrases, groups: Mapping[str, str]) -> None:
    """Raise ValueError for the first phrase that cannot be read, naming ``key`` and the phrase."""
    for phrase in phrases:
        try:
            read_phrases(phrase, groups, spelling)
        except ValueError as error:
            raise ValueError(f"{key}: {phrase!r} no se puede leer: {error}") from error
