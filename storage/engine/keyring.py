"""The keys, stored outside the database: keyed hashes to find contacts, encryption at rest."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from handlers.errors import OperatorError
from handlers.messages import Channel
from storage.files import UnreadableFile, read_toml, reason

_LAST_VERSION = 10_000
_RESTORE_KEYS = "repóngalo de donde guarda las llaves: con otras no se encuentra a nadie"
_HASH_BYTES = 16  # no collisions among 10^10 hashes, and half the index of a whole hash
_WHOLE = 32  # bytes of a whole hash
_HEADER = """\
# Opina's keys. Without this file contacts cannot be found and nothing encrypted can be read:
# back it up, apart from the database. The newest key stands first; older ones keep working.
"""

CLEAR = b"\x00"
ENCRYPTED = b"\x01"
"""First byte of a ``packed`` value that is encrypted."""


class Unreadable(OperatorError):
    """A value was encrypted with a key that the keys file no longer contains."""


@dataclass(frozen=True, slots=True)
class Key:
    """One generation of secrets: for hashing and for encryption."""

    version: int
    hashing: bytes
    encryption: bytes


class Keyring:
    """Hashes with every key, newest first; encrypts with the newest, decrypts with any."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self._keys = tuple(keys)
        self.version = keys[0].version
        self._oldest = partial(_hash, keys[-1].hashing)
        self._fernet = MultiFernet([Fernet(key.encryption) for key in keys])

    @classmethod
    def read(cls, path: Path) -> Keyring:
        """Read the keys file. Raises OperatorError if it is missing or unusable."""
        try:
            values: Any = read_toml(path)
            return cls([_key(value) for value in values["key"]])
        except UnreadableFile as error:
            raise OperatorError(f"{error}; {_RESTORE_KEYS}") from None
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError):
            raise OperatorError(f"{path}: no es un archivo de llaves; {_RESTORE_KEYS}") from None

    @classmethod
    def create(cls, path: Path) -> Keyring:
        """Create a keys file, readable by its owner only, with a new key; keep an existing file."""
        if not path.exists():
            _create(path)
        return cls.read(path)

    @classmethod
    def fresh(cls) -> Keyring:
        """A keyring that is stored nowhere, for tests and scratch databases."""
        return cls([_first_key()])

    @property
    def size(self) -> int:
        """The number of keys, and so of aliases of an address."""
        return len(self._keys)

    def fingerprints(self) -> dict[bytes, int]:
        """(version, fingerprint) of each key; a fingerprint reveals nothing of its key."""
        return {
            hmac.digest(key.hashing, b"fingerprint" + key.encryption, "sha256"): key.version
            for key in self._keys
        }

    def aliases(self, channel: Channel, account: str, address: str) -> list[tuple[int, bytes]]:
        """(key version, hash) of a contact's address under each key, newest first."""
        hashes = []
        for key in self._keys:
            hashed = _hash(key.hashing, "contact", channel, account, address)
            hashes.append((key.version, hashed))
        return hashes

    def event_key(self, channel: Channel, account: str, event_id: str) -> bytes:
        """The key under which a platform's event is stored; hashed, as ids may hold phone numbers.

        Uses the oldest key, so that a repeated event is recognised after a rotation. Telegram's
        update numbers are put in front, so that events of one time share index pages.
        """
        hashed = self._oldest("event", channel, account, event_id)
        if channel is Channel.TELEGRAM and event_id.isdecimal():
            return (int(event_id) & 0xFFFFFFFF).to_bytes(4) + hashed[4:]
        return hashed

    def event_hash(self, channel: Channel, account: str, event_id: str) -> bytes:
        """The whole hash: the key of quarantined events, and of all before migration 0004."""
        return self._oldest("event", channel, account, event_id)

    def code_hash(self, code: str) -> bytes:
        """The stored form of a one-time code."""
        return self._oldest("code", code.strip().upper())

    def ref_hash(self, ref: str) -> str:
        """The stored form of a platform's message id that contains a phone number."""
        return self._oldest("ref", ref).hex()

    def network_hash(self, week: str, network: str) -> bytes:
        """The hash of a network in one week; other weeks' hashes cannot be linked to it."""
        return self._oldest("network", week, network)

    def secret_hash(self, purpose: str, secret: str) -> bytes:
        """The stored form of a sign-in secret, or of an address whose attempts are counted."""
        return self._oldest(f"panel:{purpose}", secret)

    def chain_hash(self, before: bytes, entry: str) -> bytes:
        """The hash of an audit entry and all before it, which cannot be made without the keys."""
        return _hash(self._keys[-1].hashing, "audit", entry, before=before, size=_WHOLE)

    def encrypt(self, text: str) -> bytes:
        """Encrypt with the newest key."""
        return self._fernet.encrypt(text.encode())

    def decrypt(self, token: bytes) -> str:
        """The inverse of ``encrypt``. Raises Unreadable if no key fits."""
        return self.decrypt_bytes(token).decode()

    def decrypt_or_none(self, token: bytes | None) -> str | None:
        """As ``decrypt``; None for an erased value."""
        return None if token is None else self.decrypt(token)

    def encrypt_bytes(self, data: bytes) -> bytes:
        """As ``encrypt``, for raw events."""
        return self._fernet.encrypt(data)

    def decrypt_bytes(self, token: bytes) -> bytes:
        """As ``decrypt``."""
        try:
            return self._fernet.decrypt(token)
        except InvalidToken:
            raise Unreadable(
                "ninguna llave del archivo de llaves lee lo que guarda la base; reponga las llaves "
                "con que se usaba ([database] keys)"
            ) from None


def packed(keyring: Keyring, data: bytes, *, private: bool) -> bytes:
    """The stored form of ``data``; encrypted if it may contain a person's words."""
    return ENCRYPTED + keyring.encrypt_bytes(data) if private else CLEAR + data


def unpacked(keyring: Keyring, stored: bytes) -> bytes:
    """The inverse of ``packed``. Raises Unreadable if no key fits."""
    return keyring.decrypt_bytes(stored[1:]) if stored[:1] == ENCRYPTED else stored[1:]


def _create(path: Path) -> None:
    key = _first_key()
    text = (
        f"{_HEADER}\n[[key]]\nversion = {key.version}\n"
        f'hashing = "{key.hashing.hex()}"\nencryption = "{key.encryption.decode()}"\n'
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written under another name and linked into place: a kill leaves no partial file, and of
        # two processes that start at once the second uses the first one's keys.
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    except OSError as error:
        raise OperatorError(f"{path}: {reason(error)} ([database] keys)") from None


def _first_key() -> Key:
    return Key(1, secrets.token_bytes(32), Fernet.generate_key())


def _key(value: dict[str, str | int]) -> Key:
    hashing = bytes.fromhex(str(value["hashing"]))
    if len(hashing) < 32:
        raise ValueError("hashing has 64 hexadecimal digits")
    version = value["version"]
    if not isinstance(version, int) or not 0 < version <= _LAST_VERSION:
        raise ValueError("a version is a small number")
    return Key(version, hashing, str(value["encryption"]).encode())


def _hash(key: bytes, *parts: str, before: bytes = b"", size: int = _HASH_BYTES) -> bytes:
    # With the length before each part, so that "a" + "bc" does not hash like "ab" + "c".
    text = ""
    for part in parts:
        text += f"{len(part)}:{part}"
    return hmac.digest(key, before + text.encode(), "sha256")[:size]
