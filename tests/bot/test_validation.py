"""No regular expression reaches an operator: each has its words."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from bot.config import Settings
from bot.content.folder import _Municipality
from bot.validation import PATTERNS
from handlers.content.model import Area, Desk, Emergency, Institution, Meaning, Service
from handlers.content.questionnaires.definition import Questionnaire
from handlers.search.words import SearchWords

MODELS: tuple[type[BaseModel], ...] = (
    Settings,
    _Municipality,
    Area,
    Service,
    Desk,
    Institution,
    Meaning,
    Emergency,
    Questionnaire,
    SearchWords,
)


def patterns(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for part in schema.values():
            yield from patterns(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from patterns(part)


def test_every_pattern_of_what_operators_write_has_its_words() -> None:
    used = {found for model in MODELS for found in patterns(model.model_json_schema())}
    assert used == PATTERNS.keys()
