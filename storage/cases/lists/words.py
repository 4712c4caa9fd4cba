"""Searches the encrypted first messages of cases, keeping the decrypted text for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, select

from handlers.text.folding import fold
from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseFilter
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.tables.cases import case_notes, cases

SEARCHED = 20_000  # cases that are searched, last changed first
KEPT = timedelta(minutes=15)
_CHUNK = 500  # numbers in one statement


class CaseWords:
    """An in-memory cache of the cases' first messages, folded for searching.

    It is emptied ``KEPT`` after its first entry. An erased text is not found from the erasure on,
    because the database decides which cases have text, and leaves memory within ``KEPT``.
    """

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database, self._keyring = database, keyring
        self._folded: dict[str, str] = {}
        self._since: datetime | None = None

    async def find(self, wanted: CaseFilter, words: str, limit: int, now: datetime) -> list[str]:
        """The numbers of the cases whose text contains all of ``words``, last changed first.

        Words without a letter or digit find nothing.
        """
        asked = [_singular(word) for word in fold(words).split()]
        if not asked:
            return []
        if self._since is None or not self._since <= now < self._since + KEPT:
            self._folded, self._since = {}, now
        folded = self._folded
        numbers = await self._database.read(
            lambda tx: browsing.numbers_with_words(tx, wanted, SEARCHED)
        )
        unread = [number for number in numbers if number not in folded]
        for start in range(0, len(unread), _CHUNK):
            chunk = unread[start : start + _CHUNK]
            texts = await self._database.read(partial(_texts, chunk))
            folded.update(await asyncio.to_thread(self._read, texts))
        silent = [number for number in unread if not folded.get(number, "-")]
        for start in range(0, len(silent), _CHUNK):
            # Opened with an audio, or by PERSONA: the first text came afterwards.
            chunk = silent[start : start + _CHUNK]
            texts = await self._database.read(partial(_new_texts, chunk))
            folded.update(await asyncio.to_thread(self._read, reversed(texts)))
        found = await asyncio.to_thread(_matching, numbers, folded, asked, limit)
        for number in silent:
            if not folded.get(number):
                folded.pop(number, None)  # a text may still follow
        return found

    def _read(self, texts: Iterable[tuple[str, bytes]]) -> dict[str, str]:
        return {number: fold(self._keyring.decrypt(text)) for number, text in texts}


def _singular(word: str) -> str:
    """The word without a plural ending: "luminaria", "camion". Parts of words match too."""
    if len(word) < 5:
        return word
    return word.removesuffix("es") if word.endswith("es") else word.removesuffix("s")


def _texts(numbers: Sequence[str], tx: Connection) -> list[tuple[str, bytes]]:
    chosen = select(cases.c.number, cases.c.text).where(
        cases.c.number.in_(numbers), cases.c.text.is_not(None)
    )
    return [(row.number, row.text) for row in tx.execute(chosen)]


def _new_texts(numbers: Sequence[str], tx: Connection) -> list[tuple[str, bytes]]:
    chosen = select(case_notes.c.number, case_notes.c.text).where(
        case_notes.c.number.in_(numbers),
        case_notes.c.author == "citizen",
        case_notes.c.text.is_not(None),
    )
    return [(row.number, row.text) for row in tx.execute(chosen.order_by(case_notes.c.id))]


def _matching(
    numbers: Sequence[str], folded: dict[str, str], asked: Sequence[str], limit: int
) -> list[str]:
    found = [number for number in numbers if number in folded]
    for word in asked:  # a comprehension per word is quicker than a nested loop
        found = [number for number in found if word in folded[number]]
    return found[:limit]
