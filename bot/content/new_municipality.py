"""Makes a content folder that of another municipality: what holds for any stays, the rest goes.

Laws, procedures and how people ask are much the same everywhere. Places, hours, addresses and all
that names the town are not: they are left out, as what is not written counts as unknown.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table

from bot.content.dropping import DESKS, INSTITUTIONS
from bot.content.folder import AREAS, MUNICIPALITY, POLICY, local_names
from bot.toml_files import parsed, records, replace
from handlers.text.display import quoted
from storage.files import read_text, read_toml

TOLD = (  # what people read
    f"{AREAS}/*.toml",
    "questionnaires/*.toml",
    "wording/*.ftl",
    DESKS,
    INSTITUTIONS,
    POLICY,
    MUNICIPALITY,
)
NEEDED = ("name", "short_name", "summary", "description")
TOKEN_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without those that are taken for others
TOKEN_LENGTH = 6
_LAW = re.compile(r"(Ley|Leyes|DL|DFL|DS|Código|LGUC|OGUC|Constitución)\b")
_UNTOLD = re.compile(r"\s*(#|source\b)")
_SENTENCE = re.compile(r"(?<=[.:;])\s+")


class Town(NamedTuple):
    """Whose content it becomes."""

    name: str
    short_name: str
    case_prefix: str


def hand_over(folder: Path, town: Town) -> None:
    """Make ``folder``, a copy of another municipality's content, that of ``town``.

    It has no quality policy, which is the town's own. Each area has a desk, with a code of its own.
    """
    names = LocalNames(local_names(folder))
    documents = {path: parsed(path) for path in sorted(folder.glob(f"{AREAS}/*.toml"))}
    documents[folder / INSTITUTIONS] = parsed(folder / INSTITUTIONS)
    for document in documents.values():
        for record in _cards(document):
            names.leave_out_of(record)
    documents[folder / MUNICIPALITY] = _put_names(parsed(folder / MUNICIPALITY), town)
    areas = [document["area"] for path, document in documents.items() if path.parent.name == AREAS]
    documents[folder / DESKS] = _with_desks(parsed(folder / DESKS), areas)
    replace(documents)
    (folder / POLICY).unlink(missing_ok=True)


def borrowed(folder: Path, lender: Path) -> list[str]:
    """What ``folder`` tells of the municipality of ``lender``: a file's first such line and name.

    Nothing where it is that municipality's own; a name that is local here too is in its own
    ``local_names``. Raises UnreadableFile.
    """
    own, other = read_toml(folder / MUNICIPALITY), read_toml(lender / MUNICIPALITY)
    if own.get("name") == other.get("name"):
        return []
    called = " ".join((str(own.get("name")), str(own.get("short_name")), *local_names(folder)))
    names = LocalNames(name for name in local_names(lender) if name not in called)
    told = []
    for file in (file for pattern in TOLD for file in sorted(folder.glob(pattern))):
        lines = enumerate(read_text(file).splitlines(), start=1)
        found = [
            (number, name)
            for number, line in lines
            if not _UNTOLD.match(line) and (name := names.found(line))
        ]
        if found:
            number, name = found[0]
            more = f" y {len(found) - 1} más" if len(found) > 1 else ""
            told.append(f"{file.relative_to(folder)}:{number}: {quoted(name)}{more}")
    return told


class LocalNames:
    """Finds the names of one town in texts, and leaves them out."""

    def __init__(self, names: Iterable[str]) -> None:
        said = "|".join(map(re.escape, names)) or r"(?!)"
        self._any = re.compile(rf"(?<!\w)(?:{said})", re.IGNORECASE)
        self._in_brackets = re.compile(rf"\s*\([^)]*(?:{said})[^)]*\)", re.IGNORECASE)
        self._of = re.compile(rf"\s+(?:de|en|a) (?:{said})(?: y (?:{said}))*(?!\w)", re.IGNORECASE)

    def found(self, text: str) -> str | None:
        """The first of the names in a text."""
        match = self._any.search(text)
        return match[0] if match else None

    def leave_out_of(self, record: Table) -> None:
        """Remove from a card what holds for this town alone. A required text is kept without it."""
        for key, value in list(record.items()):
            if isinstance(value, list):
                if any(self.found(str(entry)) for entry in value):
                    _put_list(
                        record, key, [str(text) for text in value if not self.found(str(text))]
                    )
            elif key in NEEDED:
                record[key] = self._without(str(value)) or str(record["name"])
            elif isinstance(value, str) and key != "source" and self.found(value):
                del record[key]
        _rest_on_laws(record)

    def _without(self, text: str) -> str:
        if not self.found(text):
            return text
        text = self._of.sub("", self._in_brackets.sub("", text))
        kept = " ".join(sentence for sentence in _SENTENCE.split(text) if not self.found(sentence))
        return kept[:1].upper() + kept[1:]


def _cards(document: TOMLDocument) -> Iterator[Table]:
    if isinstance(area := document.get("area"), Table):
        yield area
    yield from records(document, "services")
    yield from records(document, "institutions")


def _put_list(record: Table, key: str, entries: list[str]) -> None:
    if not entries:
        del record[key]
        return
    array = tomlkit.array()
    for entry in entries:
        array.add_line(entry, indent="  ")
    array.add_line(indent="")
    record[key] = array


def _rest_on_laws(record: Table) -> None:
    """The press of a town and pages of its own prove nothing of another; a law does."""
    if "source" not in record:
        return
    laws = [
        source.strip() for source in str(record["source"]).split(";") if _LAW.match(source.strip())
    ]
    if laws:
        record["source"] = "; ".join(laws)
    else:
        del record["source"]
        record["verified"] = False


def _put_names(document: TOMLDocument, town: Town) -> TOMLDocument:
    document["name"] = town.name
    document["short_name"] = town.short_name
    document["case_prefix"] = town.case_prefix
    document["local_names"] = []
    return document


def _with_desks(document: TOMLDocument, areas: Iterable[object]) -> TOMLDocument:
    """One desk for each area, with a code that no other municipality's poster has."""
    desks = tomlkit.aot()
    for area in areas:
        assert isinstance(area, Table), "the content was read before"
        desk = tomlkit.table()
        desk["token"] = "".join(secrets.choice(TOKEN_LETTERS) for _ in range(TOKEN_LENGTH))
        desk["name"] = area["short_name"]
        desk["area"] = area["id"]
        desks.append(desk)
    del document["desks"]
    document["desks"] = desks
    return document
