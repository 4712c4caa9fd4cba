"""What a language's dates.toml holds: months, days and times in words."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from handlers.content.fields import StrictInt, Words


class Dates(BaseModel, frozen=True, extra="forbid"):
    """dates.toml: months and days in words."""

    months: Annotated[tuple[Words, ...], Field(min_length=12, max_length=12)] | None = None
    joining: Words = ""  # between day, month and year: "de del"
    days_ago: dict[str, Annotated[StrictInt, Field(ge=0, le=7)]] = {}
    weekdays: tuple[Words, ...] = ()  # from Monday on
    periods: dict[str, tuple[StrictInt, StrictInt]] = {}  # "la semana pasada": days ago, at least
