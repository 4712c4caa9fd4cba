"""Search compared with SQLite FTS5.

Both get the same queries in turn: the time of one query, where lower is better, and what each
finds. FTS5 has the same cards in columns with similar weights, without accents, ranked by its own
bm25; the words of a query are joined by OR. It cannot decline: it answers whenever any word
matches.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from benchmarks.harness.frame import REPETITIONS, Found, Result, p99, timed
from handlers.content.model import Content
from handlers.search.evaluate import evaluate
from handlers.text.folding import fold
from tests.handlers.search.packaged import content, index, rows

QUERIES = ("queries_dev", "queries_check")
FOUND = {
    "recall@1": "recall_at_1",
    "recall@3": "recall_at_3",
    "off-topic answered": "off_topic_answered",
    "coverage": "coverage",
}

Answer = Callable[[str], Sequence[str]]


def run(quick: bool) -> Found:
    """Time a query, and evaluate what each finds."""
    contenders = (lambda query: index().rank(query).cards(), fts5(content()))
    repetitions = 1 if quick else REPETITIONS
    return Found([one for name in QUERIES for one in _compared(name, contenders, repetitions)])


def fts5(content: Content) -> Answer:
    """An SQLite full-text table of services and areas, queried with OR."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE card USING fts5(id UNINDEXED, name, synonyms, summary, details,"
        " tokenize = 'unicode61 remove_diacritics 2')"
    )
    services = (
        (s.id, s.name, ". ".join(s.synonyms), s.summary, ". ".join(s.requirements or ()))
        for s in content.services
    )
    areas = ((area.id, area.name, "", area.description, "") for area in content.areas)
    database.executemany("INSERT INTO card VALUES (?, ?, ?, ?, ?)", (*services, *areas))
    asked = "SELECT id FROM card WHERE card MATCH ? ORDER BY bm25(card, 0, 3, 2, 0.9, 0.3) LIMIT 5"

    def answer(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in fold(query).split()[:60])
        return [id for (id,) in database.execute(asked, (words,))] if words else []

    return answer


def _compared(name: str, contenders: Sequence[Answer], repetitions: int) -> Iterator[Result]:
    queries = rows(f"{name}.jsonl")
    times_ms = [list[float]() for _ in contenders]
    for row in queries * repetitions:
        for answer, took_ms in zip(contenders, times_ms, strict=True):  # by turns
            with timed(took_ms):
                answer(row.query)
    ours_ms, theirs_ms = times_ms
    yield Result(f"{name}: a query, median", "ms", median(ours_ms), median(theirs_ms))
    yield Result(f"{name}: a query, p99", "ms", p99(ours_ms), p99(theirs_ms))
    ours, theirs = (evaluate(queries, answer).overall for answer in contenders)
    for shown, share in FOUND.items():
        percents = [100 * getattr(figures, share) for figures in (ours, theirs)]
        yield Result(f"{name} ({len(queries)}): {shown}", "%", *percents)
