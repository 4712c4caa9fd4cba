"""Keeps responses, answers and lookups, and moves the weekly sums with each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import astuple, replace
from sqlalchemy import Connection

from handlers.facts.lookups import LookupMade
from handlers.facts.responses import (
    AnswerGiven,
    AnswerWithdrawn,
    ResponseClosed,
    ResponseOpened,
    ResponseOutcome,
    ResponsePending,
)
from handlers.questionnaires.progress import RATING
from storage.engine.failures import Conflict
from storage.engine.keyring import Keyring
from storage.engine.statements import Change, Query
from storage.engine.times import micros, week_number
from storage.recorded_fact import RecordedFact
from storage.responses.sums import EXCLUDED, OPENED, RESPONSE, Counted, Movements, looked_up

_ABOUT_RESPONSES = (ResponseOpened, ResponseClosed, ResponsePending, AnswerGiven)
ABOUT_ANSWERS = (*_ABOUT_RESPONSES, AnswerWithdrawn, LookupMade)
"""The facts that are recorded here."""

WORDS = "text"
"""The kind of question whose answer is a citizen's own words: encrypted, never summed."""


class _Response(Struct, frozen=True):
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
        """As begun, and by its outcome once it has one."""
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


class _Answer(Struct, frozen=True):
    counted: Counted
    first_answered_at: int


_Key = tuple[int, str]

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
_OLD_ANSWERS = Query(
    "response_id int",
    "SELECT a.response_id, a.question, week, area, service, desk, questionnaire, channel, "
    "pending, kind, value, grade, first_answered_at FROM {rows} "
    "JOIN answers a ON a.response_id = r.response_id",
)
_SAVE_ANSWERS = Change(
    "response_id int, question str, questionnaire str, kind str, value str, words bytes, "
    "grade int, pending int, area str, service str, desk str, channel str, answered_at int, "
    "week int, first_answered_at int",
    "INSERT INTO answers (response_id, question, questionnaire, kind, value, words, grade, "
    "pending, area, service, desk, channel, answered_at, week, first_answered_at) "
    "SELECT :response_id, :question, :questionnaire, :kind, :value, :words, :grade, :pending, "
    ":area, :service, :desk, :channel, :answered_at, :week, :first_answered_at {from} WHERE true "
    "ON CONFLICT (response_id, question) DO UPDATE SET kind = excluded.kind, "
    "value = excluded.value, words = excluded.words, grade = excluded.grade, "
    "pending = excluded.pending, area = excluded.area, service = excluded.service, "
    "desk = excluded.desk, questionnaire = excluded.questionnaire, channel = excluded.channel, "
    "answered_at = excluded.answered_at",
)
_SET_PENDING = Change(
    "response_id int, pending int",
    "UPDATE answers SET pending = :pending {from} WHERE answers.response_id = :response_id",
)
_DROP_ANSWERS = Change(
    "response_id int, question str",
    "DELETE FROM answers {using} "
    "WHERE answers.response_id = :response_id AND answers.question = :question",
)
_SAVE_NETWORKS = Change(
    "response_id int, week int, area str, network bytes",
    "INSERT INTO answer_networks (response_id, week, area, network) "
    "SELECT :response_id, :week, :area, :network {from} WHERE true "
    "ON CONFLICT (response_id) DO NOTHING",
)
_SAVE_LOOKUPS = Change(
    "at int, week int, channel str, query str, found str, card str, area str",
    "INSERT INTO lookups (at, week, channel, query, found, card, area) "
    "SELECT :at, :week, :channel, :query, :found, :card, :area {from}",
)


def record_answers(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], zone: ZoneInfo
) -> Movements:
    """Write what citizens answered and asked; returns by how much it moves the sums.

    Idempotent: an answer that is given again, or corrected, replaces the stored one. All answers
    of a response count in the week of its first one, and apart while the response is pending.
    """
    movements = Movements()
    kinds = {type(recorded.fact) for recorded in facts}
    if not kinds.isdisjoint((*_ABOUT_RESPONSES, AnswerWithdrawn)):
        touched = _record_responses(tx, facts, zone, movements)
        _save_answers(tx, keyring, facts, zone, touched, movements)
    if LookupMade in kinds:
        _record_lookups(tx, facts, zone, movements)
    return movements


def stored_responses(tx: Connection, ids: Sequence[int]) -> list[_Response]:
    """Responses as they stand."""
    return [_Response(*row) for row in _OLD_RESPONSES.all(tx, [(id,) for id in ids])]


def stored_answers(tx: Connection, ids: Sequence[int]) -> list[Counted]:
    """How each answer of these responses is counted."""
    return [_answer_of(row).counted for row in _OLD_ANSWERS.all(tx, [(id,) for id in ids])]


def _record_responses(
    tx: Connection, facts: Sequence[RecordedFact], zone: ZoneInfo, movements: Movements
) -> dict[int, _Response]:
    """Returns the responses that ``facts`` are about, as they are now."""
    touched = {
        (recorded.fact.response,)
        for recorded in facts
        if isinstance(recorded.fact, _ABOUT_RESPONSES)
    }
    old = {row[0]: _Response(*row) for row in _OLD_RESPONSES.all(tx, sorted(touched))}
    new = dict(old)
    for recorded in facts:
        _apply_to_responses(new, recorded, zone)
    for id, stored in old.items():
        if stored.pending == EXCLUDED:  # whatever facts come later
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


def _apply_to_responses(
    responses: dict[int, _Response], recorded: RecordedFact, zone: ZoneInfo
) -> None:
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


def _new_response(fact: ResponseOpened, recorded: RecordedFact, zone: ZoneInfo) -> _Response:
    return _Response(
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


def _closed_response(response: _Response, fact: ResponseClosed, at: datetime) -> _Response:
    # Giving up says nothing about whether the procedure has ended.
    pending = int(fact.pending)
    if fact.outcome is ResponseOutcome.CANCELLED:
        pending = max(pending, response.pending)
    if response.outcome == ResponseOutcome.COMPLETED.value:
        # Taken up again to change an answer: finished stays finished, however that ends.
        return replace(response, pending=pending)
    return replace(response, outcome=fact.outcome.value, pending=pending, finished_at=micros(at))


def _save_answers(
    tx: Connection,
    keyring: Keyring,
    facts: Sequence[RecordedFact],
    zone: ZoneInfo,
    responses: dict[int, _Response],
    movements: Movements,
) -> None:
    """Write each answer as it was given last, in the week of its response's first one."""
    last, first_at = _last_of_each(facts)
    touched = sorted(zip({id for id, _ in last} | responses.keys(), strict=True))
    rows = _OLD_ANSWERS.all(tx, touched)
    old: dict[_Key, _Answer] = {(row[0], row[1]): _answer_of(row) for row in rows}
    weeks: dict[int, int] = {row[0]: row[2] for row in rows}
    saved: list[tuple[int | str | bytes | None, ...]] = []
    networks: dict[int, tuple[int, int, str, bytes]] = {}
    dropped: list[_Key] = []
    for key, recorded in sorted(last.items()):
        id = key[0]
        before = old.pop(key, None)
        if before is not None:
            movements.answer(before.counted, -1)
        if isinstance(recorded.fact, AnswerGiven):
            week = weeks.get(id) or week_number(first_at[id], zone)
            counted = _counted(recorded.fact, recorded.channel, week, responses.get(id))
            movements.answer(counted, 1)
            first = before.first_answered_at if before else micros(first_at[key])
            words = keyring.encrypt(recorded.fact.value) if counted.kind == WORDS else None
            saved.append(_answer_row(key, counted, words, micros(recorded.at), first))
            if recorded.network and id not in weeks and counted.questionnaire == RATING:
                networks[id] = (id, week, counted.area, recorded.network)
        elif before is not None:
            dropped.append(key)
    if old:
        _move_others(tx, old, responses, movements)
    if saved:
        _SAVE_ANSWERS.run(tx, saved)
    if dropped:
        _DROP_ANSWERS.run(tx, dropped)
    if networks:
        _SAVE_NETWORKS.run(tx, list(networks.values()))


def _last_of_each(
    facts: Sequence[RecordedFact],
) -> tuple[dict[_Key, RecordedFact], dict[int | _Key, datetime]]:
    """The last fact of each answer; when a response, and an answer, were first given one."""
    last: dict[_Key, RecordedFact] = {}
    first_at: dict[int | _Key, datetime] = {}
    for recorded in facts:
        if not isinstance(recorded.fact, AnswerGiven | AnswerWithdrawn):
            continue
        key = (recorded.fact.response, recorded.fact.question)
        last[key] = recorded
        if isinstance(recorded.fact, AnswerGiven):
            first_at.setdefault(key, recorded.at)
            first_at.setdefault(key[0], recorded.at)
    return last, first_at


def _move_others(
    tx: Connection,
    others: dict[_Key, _Answer],
    responses: dict[int, _Response],
    movements: Movements,
) -> None:
    """Answers that stand while their response became pending, or is not any more."""
    moved: dict[int, int] = {}
    for (id, _), answer in others.items():
        if id in responses and (now := responses[id].pending) != answer.counted.pending:
            movements.answer(answer.counted, -1)
            movements.answer(replace(answer.counted, pending=now), 1)
            moved[id] = now
    _SET_PENDING.run(tx, sorted(moved.items()))


def _counted(fact: AnswerGiven, channel: str, week: int, response: _Response | None) -> Counted:
    # A response may have been moved since the conversation began it.
    about = fact.subject if response is None else response
    return Counted(
        week=week,
        area=about.area,
        service=about.service,
        desk=about.desk,
        questionnaire=fact.questionnaire,
        question=fact.question,
        channel=channel,
        pending=int(fact.pending) if response is None else response.pending,
        kind=fact.kind,
        value="" if fact.kind == WORDS else fact.value,
        grade=fact.grade,
    )


def _answer_row(
    key: _Key, counted: Counted, words: bytes | None, answered_at: int, first_answered_at: int
) -> tuple[int | str | bytes | None, ...]:
    return (
        *key,
        counted.questionnaire,
        counted.kind,
        counted.value,
        words,
        counted.grade,
        counted.pending,
        counted.area,
        counted.service,
        counted.desk,
        counted.channel,
        answered_at,
        counted.week,
        first_answered_at,
    )


def _answer_of(row: Sequence[Any]) -> _Answer:
    _, question, week, area, service, desk, questionnaire, channel = row[:8]
    pending, kind, value, grade, first_answered_at = row[8:]
    counted = Counted(
        week=week,
        area=area,
        service=service,
        desk=desk,
        questionnaire=questionnaire,
        question=question,
        channel=channel,
        pending=pending,
        kind=kind,
        value=value,
        grade=grade,
    )
    return _Answer(counted, first_answered_at)


def _record_lookups(
    tx: Connection, facts: Iterable[RecordedFact], zone: ZoneInfo, movements: Movements
) -> None:
    rows = []
    for recorded in facts:
        if isinstance(recorded.fact, LookupMade):
            fact, week = recorded.fact, week_number(recorded.at, zone)
            movements.values(looked_up(week, fact.area, recorded.channel, fact.found.value), 1)
            row = (micros(recorded.at), week, recorded.channel, fact.query)
            rows.append((*row, fact.found.value, fact.card, fact.area))
    _SAVE_LOOKUPS.run(tx, rows)
