"""What became of staff's answers on their way: sent, waiting for the citizen, or not accepted."""

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

# Word for word as the partial index has it, which is small; a bound value would not use it.
_HELD: ColumnElement[bool] = literal_column("outbox.due_at < 0")
SETTLED = "settled"
"""The citizen was told in another way."""


class Way(IntEnum):
    """How far an answer is: the file and the words are two messages, and the worse one counts.

    In ascending order, so that the worse one is the greater.
    """

    SENT = 0
    GOING = 1
    WAITING = 2  # for its citizen to write
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class Arrival:
    """How far an answer is in the chat or by mail. ``code``: why it was refused, else empty."""

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
    """By the id of the answer's note: in the chat, and by mail; none before an answer leaves."""
    rows = tx.execute(
        select(outbox.c.cause, outbox.c.state, outbox.c.code, outbox.c.sent_ref)
        .join(cases, _to_citizen())
        .where(cases.c.number == number, outbox.c.about == number, _is_answer())
        .order_by(outbox.c.seq)
    )
    found: dict[tuple[int, bool], Arrival] = {}
    is_announced = False  # the citizen is told once of all that waits, by whichever came first
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
    """Answers in these areas that did not arrive, of cases that are not closed; a case once."""
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
    """Try once more what was refused; False: there is nothing of that kind any more."""
    at = micros(now)
    again: dict[str, str | int] = {
        **{"state": ReplyState.DUE.value, "code": "", "sent_ref": ""},
        **{"due_at": at, "created_at": at, "attempts": 0, "repeated": 0},
    }
    return _change_refused(tx, number, note, again)


def settle(tx: Connection, number: str, note: int) -> bool:
    """The citizen knows it from elsewhere; it still goes out once they write. As ``send_again``."""
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
