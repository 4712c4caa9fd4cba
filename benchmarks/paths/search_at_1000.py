"""Search among 1,000 services.

The packaged content with copies of its services, each with its own texts and 15 to 30 questions;
in a copy half of the longer words differ, which doubles the vocabulary. The queries are the
development and the invented ones. Processor time, as other processes share the machine.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.harness.frame import REPETITIONS, Found, at_most, p99, timed
from benchmarks.harness.grown import SERVICES, grow_content
from bot.content.collector_pause import without_collecting
from bot.content.folder import load_content
from bot.content.release import search_words
from handlers.search.index import SearchIndex
from tests.handlers.search.packaged import model, rows

LIMIT_MS, LIMIT_INDEX_S = 5.0, 1.0


def run(quick: bool) -> Found:
    """Time the index and a query."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "content"
        grow_content(folder)
        content, words = load_content(folder), search_words(folder)
    build = without_collecting(SearchIndex.build)
    index_ms, query_ms = list[float](), list[float]()
    for _ in range(2 if quick else REPETITIONS):
        with timed(index_ms, time.process_time):
            index = build(content, words, model())
    queries = [*rows("queries_dev.jsonl"), *rows("queries_invented.jsonl")]
    for row in queries * (1 if quick else REPETITIONS):
        with timed(query_ms, time.process_time):
            index.rank(row.query)
    index_s = [took_ms / 1_000 for took_ms in index_ms]
    return Found(
        [
            at_most(f"Index of {SERVICES:,} services", "s", index_s, LIMIT_INDEX_S),
            at_most("A query, median", "ms", query_ms, LIMIT_MS),
            at_most("A query, p99", "ms", [p99(query_ms)], LIMIT_MS),
        ]
    )
