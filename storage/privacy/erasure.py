"""Erases contacts: their identity and words are deleted, grades stay without a person.

The law requires an open case to be answered, so its text and the encrypted address stay until
then. The confirmation keeps the address until it is sent, at most 24 hours.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import Connection, Select, delete, exists, inspect, or_, select, update

from handlers.errors import OpinaError
from handlers.handover import HandoverStatus
from storage.cases import attachments, mail
from storage.contacts.contacts import drop_aliases
from storage.engine.database import Database
from storage.engine.statements import Change
from storage.engine.times import micros, moment
from storage.files import is_there
from storage.privacy import requests
from storage.privacy.breaches import messages
from storage.privacy.quotes import drop_quotes_of
from storage.quality.bursts import forget_networks_of
from storage.tables.cases import case_notes, cases
from storage.tables.contacts import contact_addresses, contacts, conversations
from storage.tables.handovers import handover_messages, handovers
from storage.tables.outbox import inbox, outbox, quarantine
from storage.tables.privacy import erasures_pending
from storage.tables.quality import digest_claims
from storage.tables.responses import answers, responses
from storage.tables.staff import staff_contacts

KEEP_ADDRESS = timedelta(hours=22)
"""How long an unsent confirmation keeps the address: 24 hours are promised, checked hourly."""


_ADD_PENDING = Change(
    "contact_id int, erased_at int",
    "INSERT INTO erasures_pending (contact_id, erased_at) "
    "SELECT :contact_id, :erased_at {from} WHERE true "
    "ON CONFLICT (contact_id) DO UPDATE SET erased_at = excluded.erased_at",
)
_DROP_PENDING = Change(
    "contact_id int, erased_at int",
    "DELETE FROM erasures_pending {using} WHERE erasures_pending.contact_id = :contact_id "
    "AND erasures_pending.erased_at = :erased_at",
)


_CUT_OFF = re.compile(
    # A line cut off by a kill: any beginning of one, or nothing.
    rb'|\{|\{"[a-z]{0,7}|\{"contact"|\{"contact":\d*|\{"contact":\d+,(?:"(?:a(?:t(?:"(?::(?:"'
    rb'[\d:.TZ+-]*"?)?)?)?)?)?)?'
)


class DamagedJournal(OpinaError):
    """A line of the journal is damaged, other than by a killed process; with its number."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class Erased(msgspec.Struct, frozen=True):
    """One line of the journal."""

    contact: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    at: Annotated[datetime, Meta(tz=True)]


def erase(
    tx: Connection,
    contact_ids: Collection[int],
    now: datetime,
    *,
    with_later_turns: Collection[int] = (),
    shard: int = 0,
) -> None:
    """Erase contacts; the caller writes their emptied conversations.

    ``with_later_turns``: contacts that wrote again in the same batch and start over. ``shard``: of
    the sums, the caller's. A restore calls this for the journal's contacts.
    """
    ids, at = sorted(set(contact_ids)), micros(now)
    gone = [contact_id for contact_id in ids if contact_id not in with_later_turns]
    drop_quotes_of(tx, ids)
    forget_networks_of(tx, ids, shard)
    _erase_answers(tx, ids)
    _erase_cases(
        tx, select(cases.c.number).where(cases.c.contact_id.in_(ids), cases.c.status != "open")
    )
    _erase_handovers(tx, ids, at)
    attachments.forget_of_contacts(tx, ids)
    requests.forget(tx, ids)
    messages.forget(tx, ids)
    for table in (outbox, quarantine, staff_contacts, digest_claims):
        tx.execute(delete(table).where(table.c.contact_id.in_(ids)))
    tx.execute(
        update(conversations)
        .where(conversations.c.contact_id.in_(ids))
        .values(state=b"", last_incoming_at=at)
    )
    by_mail = select(cases.c.mail_contact_id).where(
        cases.c.contact_id.in_(ids), cases.c.mail_contact_id.is_not(None)
    )
    drop_aliases(tx, [*gone, *tx.execute(by_mail).scalars()])
    tx.execute(update(contacts).where(contacts.c.id.in_(gone)).values(erased_at=at))
    _ADD_PENDING.run(tx, [(id, at) for id in ids])


def finish_erasures(tx: Connection, now: datetime) -> int:
    """Delete the rest of erased contacts, address included; return of how many.

    Only of those whose last message is sent and whose cases are answered.
    """
    answered = exists().where(cases.c.contact_id == contacts.c.id, cases.c.status == "open")
    on_its_way = or_(
        exists().where(
            outbox.c.contact_id == contacts.c.id,
            outbox.c.due_at > 0,
        ),
        exists().where(inbox.c.contact_id == contacts.c.id),
        exists().where(
            cases.c.contact_id == contacts.c.id,
            outbox.c.contact_id == cases.c.mail_contact_id,
            outbox.c.due_at > 0,
        ),
        exists().where(
            cases.c.contact_id == contacts.c.id, inbox.c.contact_id == cases.c.mail_contact_id
        ),
    )
    late = micros(now - KEEP_ADDRESS)
    # ``KEEP_ADDRESS`` counts from the erasure, or from the answer to the last case.
    last_change = (
        select(cases.c.changed_at)
        .where(cases.c.contact_id == contacts.c.id, cases.c.changed_at > late)
        .exists()
    )
    done = select(contacts.c.id).where(
        contacts.c.erased_at > 0,
        ~answered,
        or_(~on_its_way, (contacts.c.erased_at < late) & ~last_change),
    )
    ids = sorted(tx.execute(done).scalars())
    if ids:
        _erase_cases(tx, select(cases.c.number).where(cases.c.contact_id.in_(ids)))
        for table in (outbox, inbox, contact_addresses, conversations):
            tx.execute(delete(table).where(table.c.contact_id.in_(ids)))
        tx.execute(delete(contacts).where(contacts.c.id.in_(ids)))
    return len(ids)


async def write_journal(database: Database, path: Path) -> int:
    """Append the erasures that are not in the journal yet; return how many.

    Called before an erasing turn is acknowledged, periodically, and at the stop, so a kill loses no
    line. A line may be written twice; replaying is idempotent.
    """
    pending = await database.read(pending_erasures)
    if not pending:
        return 0
    await asyncio.to_thread(_append, path, pending)
    # A contact that was erased again meanwhile stays pending.
    written = [(line.contact, micros(line.at)) for line in pending]
    await database.write(lambda tx: _DROP_PENDING.run(tx, written))
    return len(pending)


def pending_erasures(tx: Connection) -> list[Erased]:
    """The erasures not in the journal yet, in a database of any revision."""
    if not inspect(tx).has_table(erasures_pending.name):
        return []
    rows = tx.execute(select(erasures_pending).order_by(erasures_pending.c.erased_at))
    return [Erased(row.contact_id, moment(row.erased_at)) for row in rows]


def read_journal(path: Path, *, damaged: bool = False) -> list[Erased]:
    """The journal's lines, without those cut off by a kill, which were written again.

    Raises OSError if it is not a file, and DamagedJournal for any other unreadable line, unless
    ``damaged``, which skips them.
    """
    if not is_there(path):
        return []
    if not path.is_file():
        raise OSError(errno.ENXIO, "no regular file", str(path))
    lines = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        try:
            lines.append(msgspec.json.decode(line, type=Erased))
        except (msgspec.DecodeError, ValueError, RecursionError):
            if not damaged and not _CUT_OFF.fullmatch(line):
                raise DamagedJournal(number) from None
    return lines


def _append(path: Path, lines: Sequence[Erased]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a device or a pipe keeps nothing
        raise OSError(errno.ENXIO, "no regular file", str(path))
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a+b") as file:
        # Begins with a line end, because a kill may have cut off the last line.
        file.write(b"\n".join((b"", *map(msgspec.json.encode, lines), b"")))
        file.flush()
        os.fsync(file.fileno())


def _erase_handovers(tx: Connection, contact_ids: Sequence[int], at: int) -> None:
    """End these contacts' handovers, and empty all of them."""
    own = handovers.c.contact_id.in_(contact_ids)
    ids = sorted(tx.execute(select(handovers.c.id).where(own)).scalars())
    over = HandoverStatus.ENDED.value
    going_on = handovers.c.id.in_(ids) & (handovers.c.status != over)
    ended = {"status": over, "ended_by": "erased", "ended_at": at, "changed_at": at}
    tx.execute(update(handovers).where(going_on).values(**ended, waiting_since=0, queued_at=0))
    empty_handovers(tx, ids)


def empty_handovers(tx: Connection, ids: Sequence[int]) -> None:
    """Delete everything of these handovers except area, channel and dates."""
    attachments.forget_of_handovers(tx, ids)
    said = handover_messages.c.handover_id.in_(ids)
    tx.execute(update(handover_messages).where(said).values(text=None))
    tx.execute(update(handovers).where(handovers.c.id.in_(ids)).values(contact_id=None))


def _erase_answers(tx: Connection, ids: Sequence[int]) -> None:
    """Delete the words of these contacts' answers and unlink their responses; grades stay."""
    own = select(responses.c.id).where(responses.c.contact_id.in_(ids))
    tx.execute(
        update(answers)
        .where(answers.c.response_id.in_(own), answers.c.words.is_not(None))
        .values(words=None)
    )
    tx.execute(update(responses).where(responses.c.contact_id.in_(ids)).values(contact_id=None))


def _erase_cases(tx: Connection, numbers: Select[str]) -> None:
    chosen = sorted(tx.execute(numbers).scalars())
    empty_cases(tx, chosen)


def empty_cases(tx: Connection, chosen: Sequence[str]) -> None:
    """Delete everything of these cases except number, kind, area and dates."""
    attachments.forget_of_cases(tx, chosen)
    mail.forget_of_cases(tx, chosen)
    tx.execute(update(case_notes).where(case_notes.c.number.in_(chosen)).values(text=None))
    tx.execute(
        update(cases)
        .where(cases.c.number.in_(chosen))
        .values(contact_id=None, text=None, extended_why=None)
    )
