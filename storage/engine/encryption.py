"""Bytes at rest that may hold somebody's words: encrypted then, and their first byte says so."""

from __future__ import annotations

from storage.engine.keyring import Keyring

CLEAR = b"\x00"
SEALED = b"\x01"


def packed(keyring: Keyring, data: bytes, *, private: bool) -> bytes:
    """The stored form of ``data``."""
    return SEALED + keyring.encrypt_bytes(data) if private else CLEAR + data


def unpacked(keyring: Keyring, stored: bytes) -> bytes:
    """The inverse of ``packed``. Raises Unreadable if no key fits."""
    return keyring.decrypt_bytes(stored[1:]) if stored[:1] == SEALED else stored[1:]
