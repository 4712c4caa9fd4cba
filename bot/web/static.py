"""Files that pages bring along, served by aiohttp."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from aiohttp import web


class StaticFiles:
    """Every file of ``folder``, under ``prefix``."""

    def __init__(self, prefix: str, folder: Path) -> None:
        """Reads them once. Raises OSError."""
        self.route = web.static(prefix, folder)
        self.urls = {
            file.name: f"{prefix}/{file.name}?v={sha256(file.read_bytes()).hexdigest()[:12]}"
            for file in folder.iterdir()
        }
        """By name; one that changes with the content, so that no browser shows an older one."""
