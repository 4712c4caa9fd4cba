"""Our search beside SQLite FTS5 on the same queries, alternating, in one run.

FTS5 gets the same cards in columns weighted alike, without accents, its own bm25, and the words of
the query joined by OR. It cannot refuse: it answers whenever any word matches.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

import msgspec

from benchmarks.harness.frame import Result, Section
from bot.content.folder import load_content
from bot.content.release import CARDS_MODEL, PACKAGED, packaged_search_words
from handlers.content.model import Content
from handlers.listening.linear import LinearModel
from handlers.search import Report, Row, SearchIndex, evaluate
from handlers.text.folding import fold

ROOT = Path(__file__).parents[2]
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
    database.executemany(
        "INSERT INTO card VALUES (?, ?, ?, ?, ?)",
        [
            *(
                (s.id, s.name, ". ".join(s.synonyms), s.summary, ". ".join(s.requirements))
                for s in content.services
            ),
            *((area.id, area.name, "", area.description, "") for area in content.areas),
        ],
    )

    def answer(query: str) -> list[str]:
        words = fold(query).split()[:60]
        if not words:
            return []
        found = database.execute(
            "SELECT id FROM card WHERE card MATCH ? ORDER BY bm25(card, 0, 3, 2, 0.9, 0.3) LIMIT 5",
            (" OR ".join(f'"{word}"' for word in words),),
        )
        return [row[0] for row in found]

    return answer


def run(quick: bool) -> Section:
    """Our search beside SQLite FTS5: time a query, and what each finds."""
    content = load_content(PACKAGED)
    words = packaged_search_words()
    model = LinearModel((PACKAGED / CARDS_MODEL).read_bytes())
    start = time.perf_counter()
    index = SearchIndex.build(content, words, model)
    built_ms = (time.perf_counter() - start) * 1_000
    contenders: dict[str, Answer] = {
        "Opina": lambda query: index.rank(query).cards(),
        "SQLite FTS5": fts5(content),
    }
    results, found = [], []
    for file in QUERIES:
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = [msgspec.json.decode(line, type=Row) for line in lines]
        times_us = _times_us([row.query for row in rows] * (1 if quick else ROUNDS), contenders)
        medians = [median(times) for times in times_us.values()]
        results.append(Result(f"One query, {file.stem}", "µs", medians[0], medians[1]))
        for name, answer in contenders.items():
            found.append(_row(file.stem, name, evaluate(rows, answer), times_us[name]))
    return Section(
        name="search_vs_fts5",
        title="Search beside SQLite FTS5",
        about=ABOUT.format(services=len(content.services), built_ms=built_ms),
        results=results,
        more="\n".join([*HEAD, *found]),
    )


def _times_us(queries: Sequence[str], contenders: dict[str, Answer]) -> dict[str, list[float]]:
    """The time of each query; the contenders take turns at every single one."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for query in queries:
        for name, answer in contenders.items():
            start = time.perf_counter_ns()
            answer(query)
            times[name].append((time.perf_counter_ns() - start) / 1_000)
    return times


def _row(file: str, name: str, report: Report, times_us: list[float]) -> str:
    found = report.overall
    shares = (
        found.recall_at_1,
        found.recall_at_3,
        found.off_topic_answered,
        found.coverage,
    )
    shown = (f"{share:.3f}" if share is not None else "–" for share in shares)
    p99_us = quantiles(times_us, n=100)[98]
    times = f"{median(times_us):.0f} µs | {p99_us:.0f} µs"
    return f"| {file} ({found.queries}) | {name} | {' | '.join(shown)} | {times} |"


HEAD = (
    "| queries | | recall@1 | recall@3 | off-topic answered | coverage | median | p99 |",
    "|---|---|--:|--:|--:|--:|--:|--:|",
)
ABOUT = """\
The same queries to both, by turns; the time of one query, lower is better. Our index of {services}
services is built in {built_ms:.0f} ms. FTS5 cannot refuse: it answers whenever any word matches.
"""
