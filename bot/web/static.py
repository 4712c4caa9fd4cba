"""Files that pages bring along, served by aiohttp."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

from aiohttp import web

SHARED = Path(__file__).parent / "shared"


class StaticFiles:
    """Every shared file and those of ``folder``, under ``prefix``; any other name there is no
    address."""

    def __init__(self, prefix: str, folder: Path | None = None) -> None:
        """Reads them once. Raises OSError."""
        files = [*SHARED.iterdir(), *(folder.iterdir() if folder else ())]
        self.routes = [web.get(f"{prefix}/{file.name}", partial(_send, file)) for file in files]
        self.urls = {
            file.name: f"{prefix}/{file.name}?v={sha256(file.read_bytes()).hexdigest()[:12]}"
            for file in files
        }
        """By name; one that changes with the content, so that no browser shows an older one."""


async def _send(file: Path, _request: web.Request) -> web.FileResponse:
    return web.FileResponse(file)
