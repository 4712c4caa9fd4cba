"""Files that pages bring along: read once, each with the parts that it imports."""

from __future__ import annotations

import re
from functools import partial
from hashlib import sha256
from pathlib import Path

from aiohttp import ETag, web

SHARED = Path(__file__).parent / "shared"

# Files are asked for by a name that changes with their content, but for those that other sites
# name, such as the widget.
KEPT = "public, max-age=3600"

_TYPES = {".css": "text/css", ".js": "text/javascript"}
_IMPORT = {
    ".css": re.compile(r'^@import "([^"]+)";\n', re.MULTILINE),
    ".js": re.compile(r'^import (?:\{[^}]*\} from )?"([^"]+)";\n', re.MULTILINE),
}
_EXPORT = re.compile(r"^export ", re.MULTILINE)


class StaticFiles:
    """Every shared file and those of ``folder``, under ``prefix``; any other name there is no
    address. Folders in it hold parts, which are sent within the files that import them."""

    def __init__(self, prefix: str, folder: Path | None = None) -> None:
        """Reads them once. Raises OSError."""
        found = [*SHARED.iterdir(), *(folder.iterdir() if folder else ())]
        files = {file.name: joined(file) for file in found if file.is_file()}
        tags = {name: sha256(text.encode()).hexdigest()[:12] for name, text in files.items()}
        self.routes = [
            web.get(f"{prefix}/{name}", partial(_send, text, tags[name]))
            for name, text in files.items()
        ]
        self.urls = {name: f"{prefix}/{name}?v={tag}" for name, tag in tags.items()}
        """By name; one that changes with the content, so that no browser shows an older one."""


def joined(file: Path) -> str:
    """A style or script after all that it imports, each once and in the order in which a browser
    would run them, to be fetched in one request. Raises OSError.

    The parts of a script share one scope: a top-level name must be unique among them.
    """
    return _EXPORT.sub("", "\n".join(_parts(file.resolve(), set())))


def _parts(file: Path, known: set[Path]) -> list[str]:
    if file in known:
        return []
    known.add(file)
    text = file.read_text("utf-8")
    imports = _IMPORT[file.suffix]
    before = [
        part
        for path in imports.findall(text)
        for part in _parts((file.parent / path).resolve(), known)
    ]
    return [*before, imports.sub("", text)]


async def _send(text: str, tag: str, request: web.Request) -> web.Response:
    held = any(other.value in (tag, "*") for other in request.if_none_match or ())
    # A script without its charset takes the encoding of the page that includes it.
    response = web.Response(
        status=304 if held else 200,
        text="" if held else text,
        content_type=_TYPES[Path(request.path).suffix],
        charset="utf-8",
    )
    response.etag = ETag(tag, is_weak=True)  # the same for what is compressed
    response.headers["Cache-Control"] = KEPT
    return response
