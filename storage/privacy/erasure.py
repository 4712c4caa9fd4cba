"""Erases contacts: who they are and what they said go, grades stay without a person.

An open case is still answered, because the law asks for it: its text and the encrypted address
stay until then. The confirmation keeps the address until it is out, at most 24 hours.
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
"""How long it waits for a confirmation that does not go out: 24 hours are promised, and it is
looked for every hour."""


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
    # The beginning of a line as it is written, down to nothing.
    rb'|\{|\{"[a-z]{0,7}|\{"contact"|\{"contact":\d*|\{"contact":\d+,(?:"(?:a(?:t(?:"(?::(?:"'
    rb'[\d:.TZ+-]*"?)?)?)?)?)?)?'
)


class DamagedJournal(OpinaError):
    """A line of the journal, by its number, is damaged, and not by a killed process."""

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
    """Erase contacts; those in ``with_later_turns`` wrote again in the same batch and begin anew.

    The caller writes the emptied conversation. A restore calls this for the journal's contacts.
    ``shard``: the writer's, of the sums.
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
    """Remove what is left of erased contacts whose last message is out and whose cases are
    answered, addresses included; returns how many."""
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
    # The time starts with the erasure, or with the answer to its last case.
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
    """Append the erasures that are not in the journal yet; returns how many.

    Called before a turn that erased is acknowledged, at every start and at the stop: a kill in
    between loses no line. A line may be there twice, which replaying does not mind.
    """
    pending = await database.read(pending_erasures)
    if not pending:
        return 0
    await asyncio.to_thread(_append, path, pending)
    # A contact that was erased once more meanwhile still waits.
    written = [(line.contact, micros(line.at)) for line in pending]
    await database.write(lambda tx: _DROP_PENDING.run(tx, written))
    return len(pending)


def pending_erasures(tx: Connection) -> list[Erased]:
    """The erasures that are not in the journal yet, of a database at any revision."""
    if not inspect(tx).has_table(erasures_pending.name):
        return []
    rows = tx.execute(select(erasures_pending).order_by(erasures_pending.c.erased_at))
    return [Erased(row.contact_id, moment(row.erased_at)) for row in rows]


def read_journal(path: Path, *, damaged: bool = False) -> list[Erased]:
    """The journal's lines. One that a kill cut off is left out: it was written again, whole.

    Raises DamagedJournal for any other line that says nothing, unless it may be ``damaged``, and
    OSError where it is no file.
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
    if path.exists() and not path.is_file():  # what a device or a pipe takes is nowhere
        raise OSError(errno.ENXIO, "no regular file", str(path))
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a+b") as file:
        # An empty line first: the last one may have been cut off by a kill.
        file.write(b"\n".join((b"", *map(msgspec.json.encode, lines), b"")))
        file.flush()
        os.fsync(file.fileno())


def _erase_handovers(tx: Connection, contact_ids: Sequence[int], at: int) -> None:
    """End their conversations with a person, and leave only area and dates of them all."""
    own = handovers.c.contact_id.in_(contact_ids)
    ids = sorted(tx.execute(select(handovers.c.id).where(own)).scalars())
    over = HandoverStatus.ENDED.value
    going_on = handovers.c.id.in_(ids) & (handovers.c.status != over)
    ended = {"status": over, "ended_by": "erased", "ended_at": at, "changed_at": at}
    tx.execute(update(handovers).where(going_on).values(**ended, waiting_since=0, queued_at=0))
    empty_handovers(tx, ids)


def empty_handovers(tx: Connection, ids: Sequence[int]) -> None:
    """Of these conversations with a person only area, channel and dates stay."""
    attachments.forget_of_handovers(tx, ids)
    said = handover_messages.c.handover_id.in_(ids)
    tx.execute(update(handover_messages).where(said).values(text=None))
    tx.execute(update(handovers).where(handovers.c.id.in_(ids)).values(contact_id=None))


def _erase_answers(tx: Connection, ids: Sequence[int]) -> None:
    """Drop the words of these contacts' answers, and whose the responses are; grades stay."""
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
    """Of these cases only number, kind, area and dates stay."""
    attachments.forget_of_cases(tx, chosen)
    mail.forget_of_cases(tx, chosen)
    tx.execute(update(case_notes).where(case_notes.c.number.in_(chosen)).values(text=None))
    tx.execute(
        update(cases)
        .where(cases.c.number.in_(chosen))
        .values(contact_id=None, text=None, extended_why=None)
    )
