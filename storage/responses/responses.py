"""Records responses: what each is about, when it began and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import astuple, replace
from sqlalchemy import Connection

from handlers.facts.responses import (
    AnswerGiven,
    ResponseClosed,
    ResponseOpened,
    ResponseOutcome,
    ResponsePending,
)
from storage.engine.failures import Conflict
from storage.engine.statements import Change, Query
from storage.engine.times import micros, week_number
from storage.recorded_fact import RecordedFact
from storage.responses.sums import EXCLUDED, OPENED, RESPONSE, Counted, Movements

ABOUT_RESPONSES = (ResponseOpened, ResponseClosed, ResponsePending, AnswerGiven)
"""The facts recorded here."""


class ResponseRow(Struct, frozen=True):
    """A row of the table. Times are microseconds since 1970; ``pending``: 0, 1 or EXCLUDED."""

    id: int
    contact_id: int | None
    questionnaire: str
    version: int
    area: str
    service: str
    desk: str
    channel: str
    origin: str
    pending: int
    started_at: int
    finished_at: int
    outcome: str
    week: int

    def counted(self) -> list[Counted]:
        """How the response is counted: as opened, and by its outcome once it has one."""
        values = (OPENED, self.outcome) if self.outcome else (OPENED,)
        return [
            Counted(
                self.week,
                self.area,
                self.service,
                self.desk,
                self.questionnaire,
                RESPONSE,
                self.channel,
                self.pending,
                "choice",
                value,
            )
            for value in values
        ]


_OLD_RESPONSES = Query(
    "id int",
    "SELECT p.id, contact_id, questionnaire, version, area, service, desk, channel, origin, "
    "pending, started_at, finished_at, outcome, week FROM {rows} JOIN responses p ON p.id = r.id",
)
_SAVE_RESPONSES = Change(
    "id int, contact_id int, questionnaire str, version int, area str, service str, desk str, "
    "channel str, origin str, pending int, started_at int, finished_at int, outcome str, week int",
    "INSERT INTO responses (id, contact_id, questionnaire, version, area, service, desk, channel, "
    "origin, pending, started_at, finished_at, outcome, week) "
    "SELECT :id, :contact_id, :questionnaire, :version, :area, :service, :desk, :channel, "
    ":origin, :pending, :started_at, :finished_at, :outcome, :week {from} WHERE true "
    "ON CONFLICT (id) DO UPDATE SET pending = excluded.pending, "
    "finished_at = excluded.finished_at, outcome = excluded.outcome",
)


def stored_responses(tx: Connection, ids: Sequence[int]) -> list[ResponseRow]:
    """The stored responses with these ids."""
    return [ResponseRow(*row) for row in _OLD_RESPONSES.all(tx, [(id,) for id in ids])]


def record_responses(
    tx: Connection, facts: Sequence[RecordedFact], zone: ZoneInfo, movements: Movements
) -> dict[int, ResponseRow]:
    """Write the changes of responses; return all responses that ``facts`` are about, by id.

    Adds to ``movements`` by how much the sums change. Raises Conflict if two contacts' responses
    got the same id.
    """
    touched = {
        (recorded.fact.response,)
        for recorded in facts
        if isinstance(recorded.fact, ABOUT_RESPONSES)
    }
    old = {row[0]: ResponseRow(*row) for row in _OLD_RESPONSES.all(tx, sorted(touched))}
    new = dict(old)
    for recorded in facts:
        _apply(new, recorded, zone)
    for id, stored in old.items():
        if stored.pending == EXCLUDED:  # a burst stays excluded
            new[id] = replace(new[id], pending=EXCLUDED)
    changed = []
    for id, response in sorted(new.items()):
        before = old.get(id)
        if response != before:
            for counted in before.counted() if before else ():
                movements.values(counted, -1)
            for counted in response.counted():
                movements.values(counted, 1)
            changed.append(astuple(response))
    if changed:
        _SAVE_RESPONSES.run(tx, changed)
    return new


def _apply(responses: dict[int, ResponseRow], recorded: RecordedFact, zone: ZoneInfo) -> None:
    match recorded.fact:
        case ResponseOpened(response=id) as fact if id not in responses:
            responses[id] = _new_response(fact, recorded, zone)
        case ResponseOpened(response=id) if responses[id].contact_id != recorded.contact_id:
            raise Conflict("two responses were given one id")
        case ResponseClosed(response=id) as fact if id in responses:
            responses[id] = _closed_response(responses[id], fact, recorded.at)
        case ResponsePending(response=id) if id in responses:
            responses[id] = replace(responses[id], pending=1)
        case AnswerGiven(response=id) as fact if id in responses:
            if responses[id].pending != fact.pending:
                responses[id] = replace(responses[id], pending=int(fact.pending))
        case _:
            pass


def _new_response(fact: ResponseOpened, recorded: RecordedFact, zone: ZoneInfo) -> ResponseRow:
    return ResponseRow(
        id=fact.response,
        contact_id=recorded.contact_id or None,
        questionnaire=fact.questionnaire,
        version=fact.version,
        area=fact.subject.area,
        service=fact.subject.service,
        desk=fact.subject.desk,
        channel=recorded.channel,
        origin=fact.origin,
        pending=0,
        started_at=micros(recorded.at),
        finished_at=0,
        outcome="",
        week=week_number(recorded.at, zone),
    )


def _closed_response(response: ResponseRow, fact: ResponseClosed, at: datetime) -> ResponseRow:
    # Abandoning a response says nothing about whether the procedure has ended.
    pending = int(fact.pending)
    if fact.outcome is ResponseOutcome.CANCELLED:
        pending = max(pending, response.pending)
    if response.outcome == ResponseOutcome.COMPLETED.value:
        # Reopened to change an answer: finished stays finished, however that ends.
        return replace(response, pending=pending)
    return replace(response, outcome=fact.outcome.value, pending=pending, finished_at=micros(at))
