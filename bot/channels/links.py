"""Links from a desk's poster to a channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class ChannelLink:
    """How people reach one channel that is on."""

    name: str  # as people know it
    url: str  # without a desk
    url_for: Callable[[str], str]  # a desk's token → the URL in its QR code
    letters_for: Callable[[str], tuple[str, ...]]  # a desk's token → the same as lines to type


def readable_address(url: str) -> tuple[str, str]:
    """Split a URL into two lines for reading, without https://, which browsers add."""
    parts = urlsplit(url)
    scheme = "" if parts.scheme == "https" else f"{parts.scheme}://"
    folder, _, page = parts.path.rpartition("/")
    return f"{scheme}{parts.netloc}{folder}", f"/{page}?{parts.query}"
