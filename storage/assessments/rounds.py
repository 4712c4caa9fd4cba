"""Rounds of questions to staff, with the answers as anonymous sums by area.

Who has answered is stored as a keyed hash apart from the sums, so that each person counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, Row, not_, select, update

from handlers.assessments.rounds import Counts, Round, RoundQuestion
from handlers.facts.staff import StaffAnswered
from handlers.messages import Announcement
from handlers.state import RoundBrief
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import micros, moment
from storage.outbox.inbox import for_each, put_inbox
from storage.recorded_fact import RecordedFact
from storage.staff import roles
from storage.staff.staff_contacts import all_contacts_of_staff
from storage.tables.quality import staff_asked, staff_rounds, staff_sums
from storage.tables.staff import staff

_PERSON = Query(
    "round str, person bytes",
    "INSERT INTO staff_asked (round, person) SELECT r.round, r.person FROM {rows} WHERE true "
    "ON CONFLICT (round, person) DO NOTHING RETURNING round",
)
_COUNT = Query(
    "round str, area str, question str, value str, n int",
    "INSERT INTO staff_sums (round, area, question, value, n) "
    "SELECT r.round, r.area, r.question, r.value, r.n FROM {rows} WHERE true "
    "ON CONFLICT (round, area, question, value) DO UPDATE SET n = staff_sums.n + excluded.n "
    "RETURNING n",
)
_questions: msgspec.json.Decoder[tuple[RoundQuestion, ...]] = msgspec.json.Decoder(
    tuple[RoundQuestion, ...]
)


def all_rounds(tx: Connection) -> list[Round]:
    """All rounds, oldest first."""
    rows = tx.execute(select(staff_rounds).order_by(staff_rounds.c.opened_at))
    return [_round(row) for row in rows]


def find_round(tx: Connection, number: str) -> Round | None:
    """The round with this number; None if there is none."""
    row = tx.execute(select(staff_rounds).where(staff_rounds.c.number == number)).first()
    return None if row is None else _round(row)


def open_one(
    tx: Connection, keyring: Keyring, drafted: Round, staff_id: int, zone: ZoneInfo
) -> str | None:
    """Open a round; return its number, such as C-2026-001, or None if it is open already.

    ``drafted``: the round to open; its ``number`` is ignored.
    """
    year = drafted.opened_at.astimezone(zone).year
    counter = f"round:{year}"
    counters.add(tx, {counter: 0})  # locks the row: another transaction that opens one waits here
    at = drafted.opened_at
    if any(r.questionnaire == drafted.questionnaire and r.is_open(at) for r in all_rounds(tx)):
        return None
    counters.add(tx, {counter: 1})
    number = f"C-{year}-{counters.value(tx, counter):03d}"
    tx.execute(
        staff_rounds.insert().values(
            number=number,
            questionnaire=drafted.questionnaire,
            version=drafted.version,
            title=drafted.title,
            questions=msgspec.json.encode(drafted.questions).decode(),
            opened_at=micros(at),
            closes_at=micros(drafted.closes_at),
        )
    )
    chain.append(tx, keyring, AuditEntry(staff_id, "round-opened", number), at)
    return number


def notify(
    tx: Connection, keyring: Keyring, number: str, body: Announcement, now: datetime
) -> None:
    """Put the invitation into the inboxes of all staff."""
    ids = list(tx.execute(select(staff.c.id).where(not_(roles.DUTY_ALONE))).scalars())
    reached = all_contacts_of_staff(tx, ids)
    put_inbox(tx, keyring, for_each(reached, f"round:{number}", body), now)


def close(tx: Connection, keyring: Keyring, number: str, staff_id: int, now: datetime) -> bool:
    """Close a round to answers; False if it was closed already."""
    table = staff_rounds.c
    still_open = (table.number == number) & (table.closes_at > micros(now))
    closed = tx.execute(update(staff_rounds).where(still_open).values(closes_at=micros(now)))
    if not closed.rowcount:
        return False
    chain.append(tx, keyring, AuditEntry(staff_id, "round-closed", number), now)
    return True


def waiting_for(
    tx: Connection, keyring: Keyring, staff_id: int, now: datetime
) -> tuple[RoundBrief, ...]:
    """The open rounds that a person has not answered, the first to close first."""
    found = [staff_round for staff_round in all_rounds(tx) if staff_round.is_open(now)]
    people = {
        staff_round.number: _person(keyring, staff_round.number, staff_id) for staff_round in found
    }
    rows = tx.execute(select(staff_asked.c.round).where(staff_asked.c.person.in_(people.values())))
    answered = set(rows.scalars())
    return tuple(
        RoundBrief(
            staff_round.number,
            staff_round.questionnaire,
            staff_round.version,
            staff_round.closes_at,
        )
        for staff_round in sorted(
            found, key=lambda staff_round: (staff_round.closes_at, staff_round.number)
        )
        if staff_round.number not in answered
    )


def record_staff_answers(tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact]) -> None:
    """Count the answers that staff gave in their chats."""
    answered = [
        (recorded.fact, recorded.at)
        for recorded in facts
        if isinstance(recorded.fact, StaffAnswered)
    ]
    if answered:
        _count(tx, keyring, answered)


def count(tx: Connection, keyring: Keyring, fact: StaffAnswered, at: datetime) -> bool:
    """Count one person's answers, once; False if the round is closed or answers are missing."""
    return _count(tx, keyring, [(fact, at)]) > 0


def _count(
    tx: Connection, keyring: Keyring, answered: Iterable[tuple[StaffAnswered, datetime]]
) -> int:
    """Count answers; return of how many people.

    Writes first all people, then all sums, each sorted, so that two transactions cannot deadlock.
    """
    whole = list[tuple[tuple[str, bytes], list[tuple[str, str, str, str]]]]()
    for fact, at in answered:
        found = find_round(tx, fact.round)
        counted = found.counted(dict(fact.answers)) if found and found.is_open(at) else None
        if counted is not None:
            area = fact.area or _only_area(tx, fact.staff)
            sums = [(fact.round, area, *answer) for answer in counted]
            whole.append(((fact.round, _person(keyring, fact.round, fact.staff)), sums))
    new = [sums for person, sums in sorted(whole) if _PERSON.all(tx, [person])]
    together = Counter(key for sums in new for key in sums)
    _COUNT.all(tx, [(*key, n) for key, n in sorted(together.items())])
    return len(new)


def counts(tx: Connection, rounds: Iterable[Round]) -> dict[str, dict[str, Counts]]:
    """The sums of these rounds, by area and round. Never ask for an open round."""
    table, wanted = staff_sums.c, [staff_round.number for staff_round in rounds]
    found: dict[str, dict[str, dict[tuple[str, str], int]]] = defaultdict(lambda: defaultdict(dict))
    rows = tx.execute(select(staff_sums).where(table.round.in_(wanted)))
    for row in rows:
        found[row.area][row.round][row.question, row.value] = row.n
    return {area: dict(by_round) for area, by_round in found.items()}


def _only_area(tx: Connection, staff_id: int) -> str:
    """The area of a person's roles if they are all in one; else empty, the municipality."""
    areas = {grant.area for grant in roles.grants_of(tx, staff_id)}
    return areas.pop() if len(areas) == 1 else ""


def _person(keyring: Keyring, number: str, staff_id: int) -> bytes:
    return keyring.secret_hash("staff-round", f"{number}/{staff_id}")


def _round(row: Row[tuple[object, ...]]) -> Round:
    return Round(
        row.number,
        row.questionnaire,
        row.version,
        row.title,
        _questions.decode(row.questions),
        moment(row.opened_at),
        moment(row.closes_at),
    )
