"""One-time sign-ins: a link, and a code to type into the browser that asked for it.

Only hashes are stored. Attempts are counted by mail or network address.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from storage.engine.keyring import Keyring
from storage.engine.times import MAX_CLOCK_SKEW, micros
from storage.staff.staff import CODE_LETTERS
from storage.tables.staff import sign_in_attempts, sign_in_tokens, staff

LINK_LASTS = timedelta(minutes=10)
ATTEMPTS_WITHIN = timedelta(minutes=15)
MAX_MISSES = 5  # wrong codes before the sign-in is void
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person is sent: the link's secret, and the code to type instead."""

    token: str
    code: str


def may_try(tx: Connection, keyring: Keyring, origin: str, limit: int, now: datetime) -> bool:
    """Count an attempt from an address; False if it exceeds ``limit`` in the current period."""
    hashed = keyring.secret_hash("attempt", origin)
    since = micros(now - ATTEMPTS_WITHIN)
    table = sign_in_attempts.c
    # If the clock was set back, attempts in the future must not lock anybody out.
    ahead = table.at > micros(now + MAX_CLOCK_SKEW)
    tx.execute(delete(sign_in_attempts).where((table.at < since) | ahead))
    made = tx.execute(
        select(func.count()).where(table.origin == hashed, table.at >= since)
    ).scalar_one()
    if made >= limit:
        return False
    tx.execute(insert(sign_in_attempts).values(origin=hashed, at=micros(now)))
    return True


def new_link(
    tx: Connection, keyring: Keyring, staff_id: int, now: datetime, *, browser: str = ""
) -> SignIn:
    """Create a sign-in for a member of staff.

    ``browser``: the secret of the browser that may type the code; empty: only the link works.
    """
    fresh = SignIn(secrets.token_urlsafe(32), _code())
    table = sign_in_tokens.c
    tx.execute(delete(sign_in_tokens).where((table.expires_at < micros(now)) | (table.used_at > 0)))
    tx.execute(
        insert(sign_in_tokens).values(
            token_hash=keyring.secret_hash("link", fresh.token),
            code_hash=keyring.code_hash(fresh.code) if browser else b"",
            browser_hash=keyring.secret_hash("browser", browser) if browser else b"",
            staff_id=staff_id,
            expires_at=micros(now + LINK_LASTS),
            used_at=0,
            misses=0,
        )
    )
    return fresh


def spend_link(tx: Connection, keyring: Keyring, token: str, now: datetime) -> int | None:
    """Use up a link; return its member of staff, None if it is used, expired or unknown."""
    return _spend(tx, sign_in_tokens.c.token_hash == keyring.secret_hash("link", token), now)


def spend_code(
    tx: Connection, keyring: Keyring, code: str, browser: str, now: datetime
) -> int | None:
    """As ``spend_link``, for a code typed into its browser; counts wrong codes."""
    table = sign_in_tokens.c
    here = table.browser_hash == keyring.secret_hash("browser", browser)
    typed = "".join(code.split()).replace("-", "")
    right = here & (table.code_hash == keyring.code_hash(typed)) & (table.misses < MAX_MISSES)
    found = _spend(tx, right, now)
    if found is None:
        tx.execute(update(sign_in_tokens).where(here).values(misses=table.misses + 1))
    return found


def staff_with(tx: Connection, email: str) -> int | None:
    """The member of staff with a mail address."""
    known = func.lower(staff.c.email) == email.strip().lower()
    return tx.execute(select(staff.c.id).where(known)).scalar()


def _spend(tx: Connection, which: ColumnElement[bool], now: datetime) -> int | None:
    """Use it up by one conditional update, so that only one of two requests gets in."""
    table = sign_in_tokens.c
    last = now + LINK_LASTS + MAX_CLOCK_SKEW
    lasting = (table.expires_at > micros(now)) & (table.expires_at <= micros(last))
    spent = (
        update(sign_in_tokens)
        .where(which, table.used_at == 0, lasting)
        .values(used_at=micros(now))
        .returning(table.staff_id)
    )
    return tx.execute(spent).scalar()


def _code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
