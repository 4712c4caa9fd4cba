"""The packaged content and its index, for the tests of the search."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from bot.content.folder import load_content
from bot.content.release import search_words
from handlers.content.model import Content
from handlers.listening.linear import LinearModel
from handlers.search.evaluate import Evaluation, LabelledQuery, evaluate
from handlers.search.index import SearchIndex
from handlers.search.words import SearchWords

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "bot" / "content" / "la_serena"
DATA = Path(__file__).parents[1] / "data"


@cache
def content() -> Content:
    return load_content(FOLDER)


@cache
def words() -> SearchWords:
    return search_words()


@cache
def model() -> LinearModel:
    return LinearModel((FOLDER / "search.bin").read_bytes())


@cache
def index() -> SearchIndex:
    return SearchIndex.build(content(), words(), model())


def rows(name: str) -> list[LabelledQuery]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=LabelledQuery) for line in lines]


@cache
def report(name: str) -> Evaluation:
    return evaluate(rows(name), lambda query: index().rank(query).cards())


def first(query: str) -> str | None:
    hits = index().rank(query).hits
    return hits[0].id if hits else None
