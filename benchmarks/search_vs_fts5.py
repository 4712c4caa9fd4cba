"""Our search beside SQLite FTS5 on the same queries, alternating, in one run.

    python -m benchmarks.search_vs_fts5 tests/handlers/data/queries_dev.jsonl ...

FTS5 gets the same cards in columns weighted alike, without accents, its own bm25, and the words of
the query joined by OR. It cannot refuse: it answers whenever any word matches.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from bot.content_folder import load_content
from handlers.content import Content
from handlers.search import Report, Row, SearchIndex, evaluate, read_words
from handlers.text import fold

FOLDER = Path(__file__).parents[1] / "bot" / "content" / "la_serena"
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


def timed(queries: Sequence[str], contenders: dict[str, Answer]) -> dict[str, list[float]]:
    """Microseconds per query; the contenders take turns at every single query."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for query in queries:
            for name, answer in contenders.items():
                start = time.perf_counter_ns()
                answer(query)
                times[name].append((time.perf_counter_ns() - start) / 1_000)
    return times


def table(file: str, reports: dict[str, Report], times: dict[str, list[float]]) -> Table:
    """One row a contender."""
    found = Table(title=f"{file}: {next(iter(reports.values())).overall.queries} queries")
    for column in ("", "recall@1", "recall@3", "off-topic answered", "coverage", "median", "p99"):
        found.add_column(column, justify="left" if not column else "right")
    for name, report in reports.items():
        figures = report.overall
        shares = (
            figures.recall_at_1,
            figures.recall_at_3,
            figures.off_topic_answered,
            figures.coverage,
        )
        microseconds = (
            statistics.median(times[name]),
            statistics.quantiles(times[name], n=100)[98],
        )
        found.add_row(
            name,
            *("–" if share is None else f"{share:.3f}" for share in shares),
            *(f"{value:.0f} µs" for value in microseconds),
        )
    return found


def main(files: Sequence[str]) -> None:
    content = load_content(FOLDER)
    words = read_words(tomllib.loads((FOLDER / "search.toml").read_text(encoding="utf-8")))
    start = time.perf_counter()
    index = SearchIndex.build(content, words)
    built_ms = (time.perf_counter() - start) * 1_000
    contenders: dict[str, Answer] = {
        "Opina": lambda query: index.rank(query).cards(),
        "SQLite FTS5": fts5(content),
    }
    console = Console()
    console.print(f"Index built in {built_ms:.0f} ms, {len(content.services)} services")
    for file in files:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
        rows = [msgspec.json.decode(line, type=Row) for line in lines]
        reports = {name: evaluate(rows, answer) for name, answer in contenders.items()}
        times = timed([row.query for row in rows], contenders)
        console.print(table(file, reports, times))
        ratio = statistics.median(times["Opina"]) / statistics.median(times["SQLite FTS5"])
        console.print(f"Opina takes {ratio:.2f} times FTS5's time (medians)")


if __name__ == "__main__":
    main(sys.argv[1:])
