"""How people are led to a channel from a poster: one address for each desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class ChannelLink:
    """One channel that is on, as people are led to it."""

    name: str  # as people call it
    url: str  # leads to it without a desk
    url_for: Callable[[str], str]  # a desk's token → what its QR code holds
    letters_for: Callable[[str], tuple[str, ...]]  # the same for people who type, in lines


def readable_address(url: str) -> tuple[str, str]:
    """Break an address where it can be read aloud; https is what a browser adds by itself."""
    parts = urlsplit(url)
    scheme = "" if parts.scheme == "https" else f"{parts.scheme}://"
    folder, _, page = parts.path.rpartition("/")
    return f"{scheme}{parts.netloc}{folder}", f"/{page}?{parts.query}"
