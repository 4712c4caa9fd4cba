"""What the pure core may import: a short list, so that nothing else comes in unseen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import handlers

ROOT = Path(handlers.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
# Pure parts of the standard library, and libraries that neither read nor write anything outside.
ALLOWED = {
    "Stemmer",
    "__future__",
    "array",
    "bisect",
    "collections",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fluent",
    "functools",
    "handlers",
    "hashlib",
    "heapq",
    "holidays",
    "html",
    "importlib",
    "itertools",
    "json",
    "math",
    "msgspec",
    "operator",
    "pydantic",
    "rapidfuzz",
    "re",
    "stdnum",
    "struct",
    "types",
    "typing",
    "unicodedata",
    "zlib",
    "zoneinfo",
}


def imported(file: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_handlers_imports_only_what_is_pure(file: Path) -> None:
    assert imported(file) <= ALLOWED


def test_the_list_holds_nothing_that_is_not_used() -> None:
    assert set().union(*map(imported, FILES)) == ALLOWED


def test_files_and_folders_stay_in_view() -> None:
    long = {file: n for file in FILES if (n := len(file.read_text().splitlines())) > 400}
    assert long == {}
    folders = {file.parent for file in FILES}
    crowded = {
        folder: n
        for folder in folders
        if (n := sum(f.parent == folder and f.name != "__init__.py" for f in FILES)) > 13
    }
    assert crowded == {}
