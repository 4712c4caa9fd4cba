"""Reads the settings: defaults, then config.toml, then OPINA_SECTION__KEY variables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config import Section, Settings
from bot.validation import remedy
from handlers.errors import OperatorError
from handlers.text.display import as_key, one_line
from handlers.text.nearest import did_you_mean
from storage.files import UnreadableFile, is_there, read_toml

PREFIX = "OPINA_"
USUAL = Path("config.toml")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_SETTING = re.compile(r"\[([a-z]+)\] (?:([a-z_]+): )?")


def read_settings(path: Path | None, environ: dict[str, str] | None = None) -> Settings:
    """Read the settings: the environment overrides the file, which overrides the defaults.

    ``path`` None: ``config.toml`` in the working folder, if it exists. Raises OperatorError with
    one line a problem: file, key, what is allowed.
    """
    file = path or USUAL
    values: dict[str, Any] = {}
    if path is not None or is_there(file):
        values = _tables(file)
    environ = dict(os.environ) if environ is None else environ
    sources = _override(values, environ)
    problems = [*_misnamed(environ), *_uncontrolled(file, sources, values)]
    if problems:
        raise OperatorError("\n".join(problems))
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        lines = dict.fromkeys(_line(file, sources, problem) for problem in error.errors())
        raise OperatorError("\n".join(lines)) from None


def with_place(line: str, path: Path | None, environ: dict[str, str]) -> str:
    """Put the file or variable that sets a setting before a line such as ``[mail] from: falta``.

    For code that finds a setting unusable later and does not know where it was read from.
    """
    about = _SETTING.match(line)
    if about is None or about[1] not in Settings.model_fields:
        return line
    file, (section, key) = path or USUAL, about.groups()
    sources = _override({}, environ)
    if key is None and is_there(file):
        return f"{file}: {line}"
    place = _place(file, sources, (section, key) if key else (section,))
    if place.startswith(PREFIX):
        return f"{place}: {line}"
    return f"{file}: {line}"


def _tables(file: Path) -> dict[str, Any]:
    try:
        return read_toml(file)
    except UnreadableFile:
        if is_there(file):
            raise
        raise OperatorError(
            f"{file}: no existe; copie config.example.toml con ese nombre"
        ) from None


def _override(values: dict[str, Any], environ: dict[str, str]) -> dict[tuple[str, str], str]:
    """Put OPINA_SECTION__KEY values into ``values``; return each one's variable, by its key."""
    sources = {}
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX) or "__" not in name:
            continue
        section, key = name.removeprefix(PREFIX).lower().split("__", 1)
        table = values.setdefault(section, {})
        if isinstance(table, dict):
            table[key] = value
            sources[section, key] = name
    return sources


def _misnamed(environ: dict[str, str]) -> Iterator[str]:
    """A line for each OPINA_ variable that is not a setting but nearly has the name of one."""
    known = {
        f"{PREFIX}{section}_{key}".upper(): f"{PREFIX}{section}__{key}".upper()
        for section, keys in _sections().items()
        for key in keys
    }
    for name, value in sorted(environ.items()):
        meant = known.get(name.upper().replace("__", "_"), name)
        # Kubernetes sets OPINA_WEB_PORT, to tcp://…, for a service called opina-web.
        if meant != name and not value.startswith("tcp://"):
            yield f"{name}: esa variable no existe; ¿quiso decir {meant}?"


def _uncontrolled(
    file: Path, sources: dict[tuple[str, str], str], values: dict[str, Any]
) -> Iterator[str]:
    """A line for each value with a control character, which no address, path or secret has."""
    for section, table in values.items():
        for key, value in table.items() if isinstance(table, dict) else ():
            if isinstance(value, str) and _CONTROL.search(value):
                place = _place(file, sources, (section, key))
                yield f"{place}: tiene un salto de línea u otro carácter de control; quítelo"


def _line(file: Path, sources: dict[tuple[str, str], str], problem: ErrorDetails) -> str:
    where = tuple(str(part) for part in problem["loc"])
    known = _sections()
    place = _place(file, sources, where)
    if len(where) > 1 and where[0] in known:
        return one_line(f"{place}: {remedy(problem, known[where[0]])}")
    if problem["type"] == "extra_forbidden":
        near = did_you_mean(where[0], known) or "; config.example.toml las tiene todas"
        if own := [section for section, keys in known.items() if where[0] in keys]:
            return f"{file}: {where[0]}: va bajo el título de su sección: [{'], ['.join(own)}]"
        return one_line(f"{place}: esa sección no existe{near}")
    return one_line(f"{place}: {remedy(problem, known)}")


def _place(file: Path, sources: dict[tuple[str, str], str], where: tuple[str, ...]) -> str:
    """The variable that set the value, or its section and key in the file."""
    brought = sources.get((where[0], where[1])) if len(where) > 1 else None
    if len(where) == 1:  # the section itself
        brought = next(
            (name for (section, _), name in sources.items() if section == where[0]), None
        )
    section, *keys = (as_key(part[:60]) for part in where)
    return brought or f"{file}: [{section}] {'.'.join(keys)}".rstrip()


def _sections() -> dict[str, list[str]]:
    """Each section's keys as an operator writes them."""
    found = {}
    for name, field in Settings.model_fields.items():
        model = field.annotation
        assert isinstance(model, type)
        assert issubclass(model, Section)
        found[name] = [inner.alias or key for key, inner in model.model_fields.items()]
    return found
