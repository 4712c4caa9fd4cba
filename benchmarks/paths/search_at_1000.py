"""Search among 1,000 services.

The packaged content and copies of its services, each with its names, texts and 15 to 30 questions;
in a copy half of the longer words are words of its own, so that there are twice as many words.
Asked are the development and the invented queries. Processor time, as other processes share the
machine.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import count
from statistics import median, quantiles
from zlib import crc32

import msgspec

from benchmarks.harness.frame import REPETITIONS, Found, Result, at_most
from benchmarks.harness.machine import ROOT
from bot.content.collector_pause import without_collecting
from bot.content.folder import load_content
from bot.content.release import CARDS_MODEL, PACKAGED, packaged_search_words
from handlers.content.model import Content, Service
from handlers.listening.linear import LinearModel
from handlers.search.evaluate import Row
from handlers.search.index import SearchIndex
from handlers.search.words import SearchWords

SERVICES = 1_000
QUERIES = tuple(
    ROOT / "tests/handlers/data" / f"queries_{name}.jsonl" for name in ("dev", "invented")
)
LIMIT_MS, LIMIT_INDEX_S = 5.0, 1.0
VOWELS = "aeiou"
LONG_WORD = re.compile(r"\w{5,}")


def run(quick: bool) -> Found:
    """Time the index and a query."""
    content, words = grown(load_content(PACKAGED), packaged_search_words())
    model = LinearModel((PACKAGED / CARDS_MODEL).read_bytes())
    build = without_collecting(SearchIndex.build)
    times_s = []
    for _ in range(2 if quick else REPETITIONS):
        began = time.process_time()
        index = build(content, words, model)
        times_s.append(time.process_time() - began)
    lines = [line for file in QUERIES for line in file.read_text(encoding="utf-8").splitlines()]
    queries = [msgspec.json.decode(line, type=Row).query for line in lines]
    times_ms = []
    for query in queries * (1 if quick else REPETITIONS):
        began = time.process_time_ns()
        index.rank(query)
        times_ms.append((time.process_time_ns() - began) / 1_000_000)
    p99_ms = quantiles(times_ms, n=100)[98]
    goal = f"≤ {LIMIT_MS:g} ms"
    return Found(
        [
            at_most(f"Index of {SERVICES:,} services", "s", times_s, LIMIT_INDEX_S),
            Result("A query, median", "ms", median(times_ms), None, goal),
            Result("A query, p99", "ms", p99_ms, None, goal, p99_ms <= LIMIT_MS),
        ]
    )


def grown(content: Content, words: SearchWords) -> tuple[Content, SearchWords]:
    """The content with copies of its services, and the questions for them."""
    services = dict(content.service_by_id)
    examples = {file: dict(cards) for file, cards in words.examples.items()}
    for one, copy in _copies(content):
        if len(services) == SERVICES:
            break
        services[copy] = one.model_copy(
            update={
                "id": copy,
                **{
                    key: _other(getattr(one, key), copy)
                    for key in ("name", "short_name", "summary")
                },
                "synonyms": tuple(_other(text, copy) for text in one.synonyms),
            }
        )
        asked = words.examples["es"].get(one.id, ())
        examples["es"][copy] = tuple(_other(text, copy) for text in asked)
    return (
        content.model_copy(update={"services": tuple(services.values())}),
        words.model_copy(update={"examples": examples}),
    )


def _copies(content: Content) -> Iterator[tuple[Service, str]]:
    for number in count(1):
        for service in content.services:
            yield service, f"{service.id}-{number}"


def _other(text: str, copy: str) -> str:
    """The text with half of its longer words changed, always the same for the same copy."""
    turn = int(copy.rpartition("-")[2])
    return LONG_WORD.sub(lambda found: _turned(found.group(), turn), text)


def _turned(word: str, turn: int) -> str:
    if crc32(word.lower().encode()) % 2:
        return word
    turned = "".join(
        VOWELS[(VOWELS.index(letter) + turn) % len(VOWELS)] if letter in VOWELS else letter
        for letter in word.lower()
    )
    return turned + "x" * (turn // len(VOWELS))
