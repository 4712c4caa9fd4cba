"""The delivery of staff's answers: sent, waiting for the citizen, or refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from sqlalchemy import ColumnElement, Connection, literal_column, or_, select, update

from storage.cases.taking_back import ANSWER, ANSWER_BY_MAIL
from storage.engine.times import micros
from storage.outbox.outbox import ReplyState
from storage.tables.cases import cases
from storage.tables.outbox import outbox

# Word for word as in the partial index: with a bound value it would not be used.
_HELD: ColumnElement[bool] = literal_column("outbox.due_at < 0")
SETTLED = "settled"
"""The code of an answer that staff gave the citizen in another way."""


class Way(IntEnum):
    """How far an answer got. File and text are two messages, of which the worse one counts.

    Ordered from best to worst.
    """

    SENT = 0
    GOING = 1
    WAITING = 2  # for the citizen to write
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class Arrival:
    """How far an answer got in the chat or by mail. ``code``: why it was refused, else empty."""

    way: Way
    code: str = ""
    by_mail: bool = False
    announced: bool = False  # the citizen was told that it waits


@dataclass(frozen=True, slots=True)
class RefusedAnswer:
    """A case with an answer that did not arrive."""

    number: str
    area: str
    channel: str
    code: str
    by_mail: bool


def of_case(tx: Connection, number: str) -> dict[int, list[Arrival]]:
    """Arrivals by chat and by mail, by the id of the answer's note; none before it is queued."""
    rows = tx.execute(
        select(outbox.c.cause, outbox.c.state, outbox.c.code, outbox.c.sent_ref)
        .join(cases, _to_citizen())
        .where(cases.c.number == number, outbox.c.about == number, _is_answer())
        .order_by(outbox.c.seq)
    )
    found: dict[tuple[int, bool], Arrival] = {}
    is_announced = False  # one announcement, for whichever reply came first, covers all that wait
    for row in rows:
        key = int(row.cause.rpartition(":")[2]), row.cause.startswith(f"{ANSWER_BY_MAIL}:")
        arrival = _arrival(ReplyState(row.state), row.code, row.sent_ref, by_mail=key[1])
        is_announced |= arrival.announced
        found[key] = max(found.get(key, arrival), arrival, key=lambda arrival: arrival.way)
    by_note: dict[int, list[Arrival]] = {}
    for (note, _), arrival in sorted(found.items()):
        if is_announced and arrival.way is Way.WAITING and not arrival.by_mail:
            arrival = replace(arrival, announced=True)
        by_note.setdefault(note, []).append(arrival)
    return by_note


def refused(tx: Connection, areas: Collection[str], limit: int) -> list[RefusedAnswer]:
    """The open cases of these areas with an answer that did not arrive."""
    rows = tx.execute(
        select(
            *(cases.c.number, cases.c.area, cases.c.channel),
            *(outbox.c.code, outbox.c.cause),
        )
        .join(cases, _to_citizen() & (cases.c.number == outbox.c.about))
        .where(
            _HELD,
            _is_answer(),
            outbox.c.code.not_in(("", SETTLED)),
            cases.c.status != "closed",
            cases.c.area.in_(sorted(areas)),
        )
        .order_by(outbox.c.created_at, cases.c.number)
    )
    found: dict[str, RefusedAnswer] = {}
    for row in rows:
        by_mail = row.cause.startswith(f"{ANSWER_BY_MAIL}:")
        refused = RefusedAnswer(row.number, row.area, row.channel, row.code, by_mail)
        found.setdefault(row.number, refused)
    return list(found.values())[:limit]


def send_again(tx: Connection, number: str, note: int, now: datetime) -> bool:
    """Send refused answers again; False if there is none any more."""
    at = micros(now)
    again: dict[str, str | int] = {
        **{"state": ReplyState.DUE.value, "code": "", "sent_ref": ""},
        **{"due_at": at, "created_at": at, "attempts": 0, "repeated": 0},
    }
    return _change_refused(tx, number, note, again)


def settle(tx: Connection, number: str, note: int) -> bool:
    """Mark refused answers as given in another way; they are still sent once the citizen writes.

    False if there is none any more.
    """
    return _change_refused(tx, number, note, {"code": SETTLED})


def _change_refused(
    tx: Connection, number: str, note: int, values: Mapping[str, str | int]
) -> bool:
    causes = [f"{way}:{number}:{note}" for way in (ANSWER, ANSWER_BY_MAIL)]
    theirs = select(cases.c.contact_id, cases.c.mail_contact_id).where(cases.c.number == number)
    row = tx.execute(theirs).first()
    ids = [id for id in row or () if id is not None]
    refused = outbox.c.contact_id.in_(ids) & outbox.c.cause.in_(causes) & (outbox.c.code != "")
    changed = update(outbox).where(refused, _HELD).values(values)
    return tx.execute(changed).rowcount > 0


def _to_citizen() -> ColumnElement[bool]:
    return or_(
        outbox.c.contact_id == cases.c.contact_id, outbox.c.contact_id == cases.c.mail_contact_id
    )


def _is_answer() -> ColumnElement[bool]:
    return outbox.c.cause.startswith(ANSWER)


def _arrival(state: ReplyState, code: str, ref: str, *, by_mail: bool) -> Arrival:
    match state:
        case ReplyState.SENT:
            return Arrival(Way.SENT, by_mail=by_mail)
        case ReplyState.HELD if code in ("", SETTLED):
            return Arrival(Way.WAITING, by_mail=by_mail, announced=ref != "")
        case ReplyState.HELD | ReplyState.FAILED | ReplyState.STALE:
            return Arrival(Way.REFUSED, code or state.value, by_mail)
        case _:
            return Arrival(Way.GOING, by_mail=by_mail)
