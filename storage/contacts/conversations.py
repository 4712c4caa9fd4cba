"""Conversations at rest: encrypted if they contain a person's words, which expire."""

# Statements are put together from constants only.

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, select

from handlers.state import Conversation
from handlers.stored_state import from_bytes, holds_words, to_bytes, without_words
from storage.engine import counters
from storage.engine.keyring import CLEAR, ENCRYPTED, Keyring, Unreadable
from storage.engine.statements import Change
from storage.engine.times import micros
from storage.tables.contacts import conversations

UNREADABLE = "conversations.unreadable"
"""Counter of conversations that were reset because this version could not read them."""


class _Encrypted(Struct):
    """A conversation with words.

    The fields beside them survive even if they cannot be decrypted: no reply number is used twice.
    """

    seq: int = 0
    language: str = ""
    words: bytes = b""  # the whole conversation, encrypted


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Encrypted).decode

_REWRITE = Change(
    "contact_id int, state bytes",
    "UPDATE conversations SET state = :state {from} WHERE conversations.contact_id = :contact_id",
)


def stored(keyring: Keyring, conversation: Conversation) -> bytes:
    """The stored form, encrypted only if there are words in it, which is rare."""
    data = to_bytes(conversation)
    if not holds_words(conversation):
        return CLEAR + data
    encrypted = _Encrypted(conversation.seq, conversation.language, keyring.encrypt_bytes(data))
    return ENCRYPTED + _encode(encrypted)


def restored(tx: Connection, keyring: Keyring, state: bytes) -> Conversation:
    """The inverse of ``stored``; a new conversation for an empty or unreadable state.

    An unreadable state must not stop its contact for good, nor the rest of its batch.
    """
    if not state:
        return Conversation()
    data = state[1:]
    try:
        if state[:1] == ENCRYPTED:
            return from_bytes(keyring.decrypt_bytes(_decode(data).words))
        return from_bytes(data)
    except (msgspec.ValidationError, Unreadable):
        counters.add(tx, {UNREADABLE: 1})
        remains = _decode(data)
        return Conversation(seq=remains.seq, language=remains.language, greeted=True)


def with_old_words(tx: Connection, before: datetime) -> list[int]:
    """Contacts whose conversation contains words and has not changed since ``before``."""
    found = select(conversations.c.contact_id).where(_is_old(before))
    return sorted(tx.execute(found).scalars())


def drop_old_words(
    tx: Connection, keyring: Keyring, contact_ids: Sequence[int], before: datetime
) -> int:
    """Remove the words from these conversations, unless they changed since; return how many."""
    rows = tx.execute(
        select(conversations.c.contact_id, conversations.c.state)
        .where(conversations.c.contact_id.in_(contact_ids), _is_old(before))
        .order_by(conversations.c.contact_id)
        .with_for_update()
    )
    changed = [
        (contact_id, stored(keyring, without_words(restored(tx, keyring, state))))
        for contact_id, state in rows.fetchall()
    ]
    _REWRITE.run(tx, changed)
    return len(changed)


def _is_old(before: datetime) -> ColumnElement[bool]:
    return and_(
        conversations.c.updated_at < micros(before),
        func.substr(conversations.c.state, 1, 1) == ENCRYPTED,
    )
