"""Takes areas, services and institutions out of a content folder, with all that names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from tomlkit import TOMLDocument

from bot.content.folder import AREAS, MUNICIPALITY
from bot.toml_files import keep_records, parsed, records, replace
from handlers.errors import OperatorError
from handlers.text.display import quoted
from handlers.text.nearest import did_you_mean
from storage.files import is_there

DESKS = "desks.toml"
INSTITUTIONS = "institutions.toml"
MEANINGS = "meanings.toml"
SEARCH_WORDS = "search.toml"
EMERGENCIES = "emergencies.toml"
EXAMPLES = "examples"


class Dropped(NamedTuple):
    """What went: ids of cards, services of dropped areas among them, and tokens of desks."""

    cards: tuple[str, ...]
    desks: tuple[str, ...]


def drop(folder: Path, ids: Iterable[str]) -> Dropped:
    """Take ``ids`` out of ``folder``. Raises OperatorError, and OSError where it cannot be written;
    nothing has changed then.
    """
    wanted = set(ids)
    documents = {path: parsed(path) for path in _files(folder)}
    areas = {path: document for path, document in documents.items() if path.parent.name == AREAS}
    known = _known_ids(areas.values(), documents.get(folder / INSTITUTIONS))
    for unknown in sorted(wanted - known):
        near = did_you_mean(unknown, known) or f"; los id están en {folder / AREAS}"
        raise OperatorError(
            f"{quoted(unknown)} no es el id de un área, servicio o institución{near}"
        )
    gone = {path for path, document in areas.items() if _id(document.get("area")) in wanted}
    if len(gone) == len(areas):
        raise OperatorError("no quedaría ningún área; deje al menos una")
    cards = wanted | {_id(record) for path in gone for record in records(areas[path], "services")}
    before = {path: document.as_string() for path, document in documents.items()}
    desks = _take_out(documents, folder, cards)
    replace(
        {
            path: document
            for path, document in documents.items()
            if path not in gone and document.as_string() != before[path]
        }
    )
    for path in gone:
        path.unlink()
    return Dropped(tuple(sorted(cards)), desks)


def _files(folder: Path) -> list[Path]:
    files = DESKS, INSTITUTIONS, MEANINGS, SEARCH_WORDS, MUNICIPALITY, EMERGENCIES
    named = [folder / name for name in files]
    listed = [*folder.glob(f"{AREAS}/*.toml"), *folder.glob(f"{EXAMPLES}/*.toml")]
    return [path for path in (*named, *sorted(listed)) if is_there(path)]


def _known_ids(areas: Iterable[TOMLDocument], institutions: TOMLDocument | None) -> set[str]:
    known = (
        {_id(record) for record in records(institutions, "institutions")} if institutions else set()
    )
    for document in areas:
        known |= {_id(document.get("area")), *map(_id, records(document, "services"))}
    return known - {""}


def _id(record: object) -> str:
    return str(record.get("id", "")) if isinstance(record, dict) else ""


def _take_out(
    documents: dict[Path, TOMLDocument], folder: Path, cards: Collection[str]
) -> tuple[str, ...]:
    """Edit every document in memory; return the tokens of the desks that went."""
    for path, document in documents.items():
        for name in ("services", "institutions"):
            keep = [record for record in records(document, name) if _id(record) not in cards]
            keep_records(document, name, keep)
        if path.parent.name == EXAMPLES:
            _forget(document, cards)
    if meanings := documents.get(folder / MEANINGS):
        _take_out_of_meanings(meanings, cards)
    if emergencies := documents.get(folder / EMERGENCIES):
        for emergency in records(emergencies, "emergencies"):
            for key in ("card", "charges"):
                if emergency.get(key) in cards:
                    del emergency[key]
    if municipality := documents.get(folder / MUNICIPALITY):
        _shorten(municipality, "most_used", cards)
    if words := documents.get(folder / SEARCH_WORDS):
        _take_out_of_search(words, cards)
    desks = documents.get(folder / DESKS)
    return _take_out_desks(desks, cards) if desks else ()


def _take_out_desks(desks: TOMLDocument, cards: Collection[str]) -> tuple[str, ...]:
    """Drop the desks of these cards; their tokens."""
    tokens, kept = list[str](), []
    for desk in records(desks, "desks"):
        if desk.get("area") in cards or desk.get("service") in cards:
            tokens.append(str(desk.get("token")))
        else:
            kept.append(desk)
    keep_records(desks, "desks", kept)
    return tuple(tokens)


def _take_out_of_meanings(meanings: TOMLDocument, cards: Collection[str]) -> None:
    """A meaning without any card goes as well."""
    for meaning in records(meanings, "meanings"):
        _shorten(meaning, "cards", cards)
    keep = [meaning for meaning in records(meanings, "meanings") if meaning.get("cards")]
    keep_records(meanings, "meanings", keep)


def _take_out_of_search(words: TOMLDocument, cards: Collection[str]) -> None:
    _forget(words.get("phrases"), cards)
    elsewhere = words.get("elsewhere")
    if isinstance(elsewhere, dict):
        _shorten(elsewhere, "arrivals", cards)
        if elsewhere.get("institution") in cards:
            del elsewhere["institution"]


def _shorten(table: dict[str, object], key: str, cards: Collection[str]) -> None:
    listed = table.get(key)
    if isinstance(listed, list) and any(card in cards for card in listed):
        table[key] = [str(card) for card in listed if card not in cards]


def _forget(table: object, cards: Collection[str]) -> None:
    if isinstance(table, dict):
        for card in [card for card in table if card in cards]:
            del table[card]
