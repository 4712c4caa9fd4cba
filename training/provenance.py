"""What the committed weights were trained from, noted by each trainer when it writes them.

``trained_from.json`` holds two digests a trainer: of all that it read, and of the bytes that it
wrote. A test compares both with what is committed, so that weights older than their phrases are
noticed without training anew. A change of code is noticed where the features of a text differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

NOTED = Path(__file__).with_name("trained_from.json")
EVERY = 50  # of that many texts one is noted with its features: they cost the most


class Provenance(NamedTuple):
    """Digests of what a trainer read, and of the files that it wrote."""

    inputs: str
    outputs: str


def provenance(inputs: Iterable[object], outputs: Sequence[Path]) -> Provenance:
    """Of what JSON can write, in its order, and of whole files."""
    return Provenance(digest(inputs), digest(file_digest(path) for path in outputs))


def digest(inputs: Iterable[object]) -> str:
    """One digest of all, in their order."""
    total = sha256()
    for one in inputs:
        total.update(json.dumps(one, ensure_ascii=False).encode() + b"\n")
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """Of a file's bytes."""
    return sha256(path.read_bytes()).hexdigest()


def note(trainer: str, found: Provenance) -> None:
    """Write what ``trainer`` read and wrote beside what the others did."""
    noted = {**read_noted(), trainer: found}
    table = {name: noted[name]._asdict() for name in sorted(noted)}
    NOTED.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def read_noted() -> dict[str, Provenance]:
    """What each trainer read and wrote when it was last run."""
    if not NOTED.exists():
        return {}
    table = json.loads(NOTED.read_text(encoding="utf-8"))
    return {name: Provenance(**one) for name, one in table.items()}
