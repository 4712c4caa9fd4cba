"""Looks for contacts everywhere: tables, decrypted or not, raw bytes of files, exports, logs."""

from __future__ import annotations

import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, inspect, literal_column, select
from sqlalchemy import table as named

from handlers.errors import OperatorError
from storage.engine.keyring import Keyring
from storage.tables.cases import cases
from storage.tables.responses import responses

_TOKEN = re.compile(rb"gAAAA[\w=-]{40,}")
_FOUND = re.compile(rb"zq[0-9a-f]{14}|[0-9a-f]{32}|\d{9,20}")
_LEADS_TO_ROWS = 0x05  # the kind of such a page (the file format, 1.6)
_KEPT = 80  # characters of a ciphertext that make it unmistakable
# Random ids and times, until the journal has them.
_ID_TABLES = ("erasures_pending",)


@dataclass
class Needles:
    """What must not be found: words and addresses, ids, and their stored, unreadable forms."""

    texts: set[bytes] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)
    ciphertexts: set[bytes] = field(default_factory=set)
    hashes: set[bytes] = field(default_factory=set)

    def in_bytes(self, data: bytes) -> set[str]:
        """What of it stands in some bytes, as text or as ciphertext."""
        found = {f"text {word[:4]!r}…" for word in _FOUND.findall(data) if word in self.texts}
        found |= {"an id" for word in _FOUND.findall(data) if word in self._written}
        tokens = {token[:_KEPT] for token in _TOKEN.findall(data)}
        return found | {"a ciphertext" for _ in tokens & self.ciphertexts}

    @cached_property
    def _written(self) -> set[bytes]:
        return {str(id).encode() for id in self.ids}

    @cached_property
    def _binary(self) -> list[bytes]:
        return [form for id in self.ids for form in (id.to_bytes(8, "big"), varint(id))]

    def in_raw(self, data: bytes) -> set[str]:
        """As ``in_bytes``, with what only a database's own file holds: ids and hashes in binary."""
        found = self.in_bytes(data)
        found |= {f"text {text[:4]!r}…" for text in self.texts if text in data}
        if any(hashed in data for hashed in self.hashes):
            found.add("a hash of an address")
        rows = without_dividers(data)
        if any(form in rows for form in self._binary):
            found.add("an id in binary")
        return found


def collected(tx: Connection, contact_ids: Iterable[int]) -> Needles:
    """The ids of contacts, and every ciphertext and hash that belongs to one."""
    needles = Needles(ids=set(contact_ids))
    chosen = needles.ids
    mine: set[object] = set(chosen)
    for query in (
        select(responses.c.id, responses.c.contact_id),
        select(cases.c.number, cases.c.contact_id),
    ):
        mine |= {name for name, contact_id in tx.execute(query) if contact_id in chosen}
    for table, row in _rows(tx):
        if not any(value in mine for value in row if isinstance(value, int | str)):
            continue
        for value in row:
            if isinstance(value, bytes):
                needles.ciphertexts |= {token[:_KEPT] for token in _TOKEN.findall(value)}
                if table == "contact_aliases":
                    needles.hashes.add(value)
    return needles


def in_tables(tx: Connection, keyring: Keyring, needles: Needles) -> dict[str, set[str]]:
    """What is found in each table: in the clear, under our own encryption, and as a number."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, row in _rows(tx):
        for value in row:
            if isinstance(value, int):
                if value in needles.ids and table not in _ID_TABLES:
                    found[table].add("an id")
                continue
            data = value if isinstance(value, bytes) else str(value).encode()
            found[table] |= needles.in_bytes(data)
            for token in _TOKEN.findall(data):
                found[table] |= needles.in_bytes(keyring.decrypt_bytes(token))
    return {table: what for table, what in found.items() if what}


def in_files(folder: Path, needles: Needles, *, journal: str) -> dict[str, set[str]]:
    """What is found in the raw bytes of every file, compressed ones unpacked.

    The journal holds random ids and times: without them a restored copy could not forget.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        what = needles.in_raw(data)
        if path.name == journal:
            what -= {"an id"}
        if what:
            found[str(path.relative_to(folder))] = what
    return found


def without_dividers(data: bytes) -> bytes:
    """A file without the pages of SQLite that lead to rows and hold none.

    Their dividers are numbers of rows, which stay there after the row has gone: a random id and
    nothing else, as the journal keeps it too.
    """
    if not data.startswith(b"SQLite format 3\x00"):
        return data
    size = int.from_bytes(data[16:18], "big")
    size = 65_536 if size == 1 else size
    pages = (data[start : start + size] for start in range(0, len(data), size))
    return b"".join(
        page for place, page in enumerate(pages) if page[0 if place else 100] != _LEADS_TO_ROWS
    )


def varint(value: int) -> bytes:
    """A number as SQLite writes a row's own (the file format's variable-length integers)."""
    if value >> 56:
        low, rest = value & 0xFF, value >> 8
        out = io.BytesIO()
        out.write(bytes((rest >> shift & 0x7F) | 0x80 for shift in range(49, -1, -7)))
        out.write(bytes([low]))
        return out.getvalue()
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append((value & 0x7F) | 0x80)
    return bytes(reversed(groups))


def _rows(tx: Connection) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Every row of every table that is there, those that the code does not know included."""
    names = sorted(inspect(tx).get_table_names())
    if len(names) < 20:
        raise OperatorError("hardly any table was found")
    for name in names:
        for row in tx.execute(select(literal_column("*")).select_from(named(name))):
            yield name, tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
