"""Reads the words of a language: a folder of TOML files, one for each subject."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from handlers.content.language import Language

LANGUAGE = "language"
PACKAGED = Path(__file__).parent / LANGUAGE


def load_languages(content: Path, problems: list[str]) -> list[Language]:
    """Every language of the content folder's own ``language/``, or those that come packaged.

    What is wrong is added to ``problems``, one a line: file, key, what is wrong.
    """
    own = content / LANGUAGE
    folder = own if own.is_dir() else PACKAGED
    # The one whose words win where two languages have the same is last.
    names = sorted((path.name for path in folder.iterdir() if path.is_dir()), reverse=True)
    return [found for name in names if (found := _load(folder / name, problems)) is not None]


def _load(folder: Path, problems: list[str]) -> Language | None:
    tables: dict[str, object] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            tables[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problems.append(f"{_file(folder, path.stem)}: no se puede leer: {error}")
    try:
        return Language.model_validate(tables)
    except ValidationError as error:
        for found in error.errors():
            file, *key = map(str, found["loc"])
            text = found["msg"].removeprefix("Value error, ")
            if found["type"] == "extra_forbidden":
                known = f"los archivos son {', '.join(Language.model_fields)}"
                text = "no se usa; bórrelo" if key else f"no se usa; {known}"
            place = [_file(folder, file), *([".".join(key)] if key else [])]
            problems.append(": ".join([*place, text]))
        return None


def _file(folder: Path, subject: str) -> str:
    return f"{LANGUAGE}/{folder.name}/{subject}.toml"
