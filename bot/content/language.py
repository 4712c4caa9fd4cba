"""Reads the words of a language: a folder of TOML files, one for each subject."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.validation import key_path, offending_value, remedy
from handlers.content.language import Language
from handlers.content.mistakes import Mistake, lines
from storage.files import UnreadableFile, is_there, read_toml

LANGUAGE = "language"
PACKAGED = Path(__file__).parent / LANGUAGE
NO_LANGUAGES = "no tiene ninguna carpeta de un idioma; agregue una, o bórrelo y vale lo que se trae"


def load_languages(
    content: Path, problems: list[str], packaged: Path = PACKAGED
) -> Sequence[Language]:
    """Every language of the content folder's own ``language/``, or those that come packaged.

    What is wrong is added to ``problems``, one a line: file, key, what is wrong.
    """
    own = content / LANGUAGE
    found, wrong = _languages(own) if is_there(own) else _read_once(packaged)
    problems += wrong
    return found


def packaged_languages() -> Sequence[Language]:
    """Those that come packaged."""
    return _read_once(PACKAGED)[0]


@cache  # the program's own files stay as they are, and checking their phrases takes longest
def _read_once(folder: Path) -> tuple[Sequence[Language], Sequence[str]]:
    return _languages(folder)


def _languages(folder: Path) -> tuple[Sequence[Language], Sequence[str]]:
    """Those of a folder, and what is wrong with its files."""
    # Where two languages share a word, the last one in this order wins.
    names = sorted(_folders(folder), reverse=True)
    problems = [] if names else [f"{LANGUAGE}/: {NO_LANGUAGES}"]
    found = [_load(folder / name, problems) for name in names]
    return [language for language in found if language is not None], problems


def left_out(content: Path) -> list[str]:
    """What comes packaged and the content folder's own ``language/`` lacks, one a line."""
    own = content / LANGUAGE
    if not own.is_dir():
        return []
    found = []
    for packaged in map(PACKAGED.joinpath, sorted(_folders(PACKAGED))):
        mine = own / packaged.name
        if not mine.is_dir():
            found.append(f"{LANGUAGE}/{packaged.name}: no está, y el programa trae ese idioma")
            continue
        for file in sorted(packaged.glob("*.toml")):
            if not is_there(mine / file.name):
                found.append(f"{_file(mine, file.stem)}: no está, y el programa lo trae")
    return found


def _folders(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _load(folder: Path, problems: list[str]) -> Language | None:
    tables: dict[str, object] = {}
    unread = []
    for path in sorted(folder.glob("*.toml")):
        try:
            tables[path.stem] = read_toml(path)
        except UnreadableFile as error:
            unread.append(f"{_file(folder, path.stem)}: {error.reason}")
    tables["code"] = folder.name.partition("-")[0]
    try:
        found = Language.model_validate(tables)
    except ValidationError as error:
        problems += [*unread, *lines(_mistake(folder, details) for details in error.errors())]
        return None
    problems += unread
    return None if unread else found


def _mistake(folder: Path, details: ErrorDetails) -> Mistake:
    file, *key = details["loc"]
    file = str(file)
    if details["type"] == "value_error" and not key:
        text = str(details.get("ctx", {})["error"])  # in Spanish already, and names the phrase
    elif details["type"] == "extra_forbidden" and not key:
        text = f"no se usa; los archivos son {', '.join(Language.model_fields)}"
    else:
        text = remedy(details, _keys(file, key))
    return Mistake(
        _file(folder, file), key_path(key), text, offending_value(details) if key else ""
    )


def _keys(subject: str, key: Sequence[int | str]) -> Collection[str]:
    """The keys of the table that an error is in: of a file, or none of a table within it."""
    field = Language.model_fields.get(subject)
    model = field.annotation if field is not None and len(key) == 1 else None
    if isinstance(model, type) and issubclass(model, BaseModel):
        return model.model_fields
    return ()


def _file(folder: Path, subject: str) -> str:
    return f"{LANGUAGE}/{folder.name}/{subject}.toml"
