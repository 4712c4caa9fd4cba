"""Search beside SQLite FTS5.

The same queries to both, by turns; the time of one query, lower is better. FTS5 gets the same cards
in columns weighted alike, without accents, its own bm25, and the words of the query joined by OR.
It cannot refuse: it answers whenever any word matches.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

import msgspec

from benchmarks.harness.frame import Found, Result
from benchmarks.harness.machine import ROOT
from bot.content.folder import load_content
from bot.content.release import CARDS_MODEL, PACKAGED, packaged_search_words
from handlers.content.model import Content
from handlers.listening.linear import LinearModel
from handlers.search.evaluate import Row, evaluate
from handlers.search.index import SearchIndex
from handlers.text.folding import fold

QUERIES = tuple(ROOT / "tests/handlers/data" / f"queries_{name}.jsonl" for name in ("dev", "check"))
ROUNDS = 5

Answer = Callable[[str], Sequence[str]]


def fts5(content: Content) -> Answer:
    """An SQLite full-text table over services and areas, asked with OR."""
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


def run(quick: bool) -> Found:
    """Time a query, and what each finds."""
    content, model = load_content(PACKAGED), LinearModel((PACKAGED / CARDS_MODEL).read_bytes())
    index = SearchIndex.build(content, packaged_search_words(), model)
    contenders: dict[str, Answer] = {
        "Opina": lambda query: index.rank(query).cards(),
        "SQLite FTS5": fts5(content),
    }
    results, found = [], []
    for file in QUERIES:
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = [msgspec.json.decode(line, type=Row) for line in lines]
        times_us: dict[str, list[float]] = {name: [] for name in contenders}
        for row in rows * (1 if quick else ROUNDS):
            for name, answer in contenders.items():  # by turns
                began = time.perf_counter_ns()
                answer(row.query)
                times_us[name].append((time.perf_counter_ns() - began) / 1_000)
        ours_us, theirs_us = (median(times) for times in times_us.values())
        results.append(Result(f"One query, {file.stem}", "µs", ours_us, theirs_us))
        for name, answer in contenders.items():
            one = evaluate(rows, answer).overall
            shares = (one.recall_at_1, one.recall_at_3, one.off_topic_answered, one.coverage)
            shown = " | ".join("–" if share is None else f"{share:.3f}" for share in shares)
            p99_us = quantiles(times_us[name], n=100)[98]
            found.append(f"| {file.stem} ({len(rows)}) | {name} | {shown} | {p99_us:.0f} µs |")
    return Found(results, HEAD + "\n".join(found))


HEAD = """\
| queries | | recall@1 | recall@3 | off-topic answered | coverage | p99 |
|---|---|--:|--:|--:|--:|--:|
"""
