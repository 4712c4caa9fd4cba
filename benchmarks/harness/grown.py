"""Grows the packaged content to that of a large municipality: 1,000 services."""

from __future__ import annotations

import re
import shutil
from itertools import count, islice
from pathlib import Path
from typing import Any
from zlib import crc32

import tomlkit

from bot.content.release import PACKAGED
from storage.files import read_toml

SERVICES = 1_000
LONG_WORD = re.compile(r"\w{5,}")
OWN = ("name", "summary", "synonyms")  # fields that a copy has in its own words


def grow_content(folder: Path) -> None:
    """Write a folder with copies of the services, each with its own texts and questions."""
    shutil.copytree(PACKAGED, folder)
    asked = folder / "examples" / "es.toml"
    examples = read_toml(asked)
    known = list[tuple[Path, Any]]()
    for file in sorted(folder.glob("areas/*.toml")):
        area: Any = read_toml(file)
        known += ((file, service) for service in area.get("services", ()))
    copies = ((turn, file, service) for turn in count(1) for file, service in known)
    for turn, file, service in islice(copies, SERVICES - len(known)):
        copy = service | {key: _other(service[key], turn) for key in OWN if key in service}
        copy["id"] = f"{service['id']}-{turn}"
        copy["short_name"] = f"{service['short_name'][:20]} {turn}"  # at most 24 are allowed
        _append(file, {"services": [copy]})
        if service["id"] in examples:
            _append(asked, {copy["id"]: _other(examples[service["id"]], turn)})


def _append(file: Path, document: dict[str, Any]) -> None:
    with file.open("a", encoding="utf-8") as end:
        end.write("\n" + tomlkit.dumps(document))


def _other(said: Any, turn: int) -> Any:
    """A text, or several, with every vowel of half of the longer words replaced by a later one."""
    if isinstance(said, list):
        return [_other(one, turn) for one in said]
    later = str.maketrans("aeiou", "".join("aeiou"[(place + turn) % 5] for place in range(5)))

    def turned(found: re.Match[str]) -> str:
        word = found[0].lower()
        same = crc32(word.encode()) % 2  # always the same half
        return found[0] if same else word.translate(later) + "x" * (turn // 5)

    return LONG_WORD.sub(turned, said)
