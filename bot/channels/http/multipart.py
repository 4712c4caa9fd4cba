"""File uploads as multipart/form-data (RFC 7578)."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex

from bot.channels.ports import Document

_UNSAFE = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def form(fields: Mapping[str, str], name: str, document: Document) -> tuple[str, bytes]:
    """The content type and body of an upload: ``fields``, then the document as field ``name``."""
    boundary = token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    filename = document.name.translate(_UNSAFE)
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        f"Content-Type: {document.media_type}\r\n\r\n"
    )
    body = "".join(parts).encode() + document.content + f"\r\n--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", body
