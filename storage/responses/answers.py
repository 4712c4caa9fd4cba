"""Records answers and lookups, and updates the weekly sums with each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from handlers.facts.lookups import LookupMade
from handlers.facts.responses import AnswerGiven, AnswerWithdrawn
from handlers.questionnaires.progress import RATING
from storage.engine.keyring import Keyring
from storage.engine.statements import Change, Query
from storage.engine.times import micros, week_number
from storage.recorded_fact import RecordedFact
from storage.responses.lookups import record_lookups
from storage.responses.responses import ABOUT_RESPONSES, ResponseRow, record_responses
from storage.responses.sums import Counted, Movements

ABOUT_ANSWERS = (*ABOUT_RESPONSES, AnswerWithdrawn, LookupMade)
"""The facts recorded here."""

WORDS = "text"
"""The kind of question answered in a citizen's own words: encrypted, never summed."""


_Key = tuple[int, str]
"""A response's id and a question's id."""

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


class _Answer(Struct, frozen=True):
    counted: Counted
    first_answered_at: int


@dataclass(frozen=True, slots=True)
class _Latest:
    """The last fact of each answer in a batch.

    ``first_at``: when each response, and each answer, got its first one in it.
    """

    zone: ZoneInfo
    facts: dict[_Key, RecordedFact] = field(default_factory=dict)
    first_at: dict[int | _Key, datetime] = field(default_factory=dict)

    def week(self, response: int) -> int:
        """The week of the response's first answer."""
        return week_number(self.first_at[response], self.zone)


@dataclass(slots=True)
class _Writes:
    """The rows that a batch changes, by statement."""

    saved: list[tuple[int | str | bytes | None, ...]] = field(default_factory=list)
    dropped: list[_Key] = field(default_factory=list)
    networks: dict[int, tuple[int, int, str, bytes]] = field(default_factory=dict)

    def run(self, tx: Connection) -> None:
        if self.saved:
            _SAVE_ANSWERS.run(tx, self.saved)
        if self.dropped:
            _DROP_ANSWERS.run(tx, self.dropped)
        if self.networks:
            _SAVE_NETWORKS.run(tx, list(self.networks.values()))


def record_answers(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], zone: ZoneInfo
) -> Movements:
    """Write the answers and lookups of a batch; return by how much they change the sums.

    Idempotent: an answer given again or corrected replaces the stored one. All answers of a
    response count in the week of its first one, and separately while the response is pending.
    """
    movements = Movements()
    kinds = {type(recorded.fact) for recorded in facts}
    if not kinds.isdisjoint((*ABOUT_RESPONSES, AnswerWithdrawn)):
        responses = record_responses(tx, facts, zone, movements)
        _save_answers(tx, keyring, _latest(facts, zone), responses, movements)
    if LookupMade in kinds:
        record_lookups(tx, facts, zone, movements)
    return movements


def stored_answers(tx: Connection, ids: Sequence[int]) -> list[Counted]:
    """How each stored answer of these responses is counted."""
    return [_answer_of(row).counted for row in _OLD_ANSWERS.all(tx, [(id,) for id in ids])]


def _save_answers(
    tx: Connection,
    keyring: Keyring,
    latest: _Latest,
    responses: dict[int, ResponseRow],
    movements: Movements,
) -> None:
    """Write the last version of each answer, in the week of its response's first one."""
    touched = sorted(zip({id for id, _ in latest.facts} | responses.keys(), strict=True))
    rows = _OLD_ANSWERS.all(tx, touched)
    old: dict[_Key, _Answer] = {(row[0], row[1]): _answer_of(row) for row in rows}
    weeks: dict[int, int] = {row[0]: row[2] for row in rows}
    writes = _Writes()
    for key, recorded in sorted(latest.facts.items()):
        id = key[0]
        before = old.pop(key, None)
        if before is not None:
            movements.answer(before.counted, -1)
        if isinstance(recorded.fact, AnswerGiven):
            week = weeks.get(id) or latest.week(id)
            counted = _counted(recorded.fact, recorded.channel, week, responses.get(id))
            movements.answer(counted, 1)
            first = before.first_answered_at if before else micros(latest.first_at[key])
            words = keyring.encrypt(recorded.fact.value) if counted.kind == WORDS else None
            writes.saved.append(_answer_row(key, counted, words, micros(recorded.at), first))
            if recorded.network and id not in weeks and counted.questionnaire == RATING:
                writes.networks[id] = (id, week, counted.area, recorded.network)
        elif before is not None:
            writes.dropped.append(key)
    if old:
        _move_others(tx, old, responses, movements)
    writes.run(tx)


def _latest(facts: Sequence[RecordedFact], zone: ZoneInfo) -> _Latest:
    latest = _Latest(zone)
    for recorded in facts:
        if not isinstance(recorded.fact, AnswerGiven | AnswerWithdrawn):
            continue
        key = (recorded.fact.response, recorded.fact.question)
        latest.facts[key] = recorded
        if isinstance(recorded.fact, AnswerGiven):
            latest.first_at.setdefault(key, recorded.at)
            latest.first_at.setdefault(key[0], recorded.at)
    return latest


def _move_others(
    tx: Connection,
    others: dict[_Key, _Answer],
    responses: dict[int, ResponseRow],
    movements: Movements,
) -> None:
    """Move the unchanged answers of responses that became pending or ceased to be."""
    moved: dict[int, int] = {}
    for (id, _), answer in others.items():
        if id in responses and (now := responses[id].pending) != answer.counted.pending:
            movements.answer(answer.counted, -1)
            movements.answer(replace(answer.counted, pending=now), 1)
            moved[id] = now
    _SET_PENDING.run(tx, sorted(moved.items()))


def _counted(fact: AnswerGiven, channel: str, week: int, response: ResponseRow | None) -> Counted:
    # The response may have been moved to another area since it began.
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
