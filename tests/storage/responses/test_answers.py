"""Answers are kept once, corrected in place, and the weekly sums follow them exactly."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.errors import StorageUnavailable
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import (
    AnswerGiven,
    AnswerWithdrawn,
    ResponseClosed,
    ResponseOutcome,
    ResponsePending,
    Subject,
)
from handlers.facts.union import Fact
from handlers.messages import Channel
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.times import micros
from storage.privacy.own_record import my_data
from storage.responses import sums
from tests.storage.scene import (
    TRANSIT,
    WEDNESDAY,
    Said,
    Scene,
    closed,
    grade,
    opened,
    reason,
    sender,
    words,
)

ANA, LUIS = sender("1"), sender("2", Channel.WEB)
NEXT_WEEK = WEDNESDAY + timedelta(days=7)
GRADES = "c1, c2, c3, c4, c5, c6, c7"


async def summed(scene: Scene, question: str = "grade") -> list[tuple[object, ...]]:
    return await scene.rows(
        f"SELECT week, area, channel, pending, sum(n), sum(c4), sum(c6) FROM weekly_sums "
        f"WHERE question = '{question}' GROUP BY week, area, channel, pending "
        "HAVING sum(n) <> 0 ORDER BY week, area, channel, pending"
    )


async def counted(scene: Scene, question: str) -> dict[object, int]:
    rows = await scene.rows(
        f"SELECT value, sum(n) FROM weekly_counts WHERE question = '{question}' "
        "GROUP BY value HAVING sum(n) <> 0"
    )
    return {value: int(str(n)) for value, n in rows}


async def test_a_rating_is_kept_and_summed(scene: Scene) -> None:
    facts: list[Fact] = [
        opened(1),
        grade(1, 6),
        reason(1, "trato"),
        words(1, "Muy bien"),
        closed(1),
    ]
    await scene.take(Said(ANA, facts), Said(LUIS, [opened(2), grade(2, 4)]))
    assert await summed(scene) == [
        (202647, "transito", "telegram", 0, 1, 0, 1),
        (202647, "transito", "web", 0, 1, 1, 0),
    ]
    assert await counted(scene, "reason") == {"trato": 1}
    assert await counted(scene, sums.RESPONSE) == {"opened": 2, "completed": 1}
    assert await scene.rows("SELECT outcome FROM responses ORDER BY id") == [("completed",), ("",)]
    assert await scene.read(sums.verify) == []


async def test_the_same_answer_twice_is_one(scene: Scene) -> None:
    for _ in range(2):
        await scene.take(Said(ANA, [opened(1), grade(1, 6), grade(1, 6)]))
    assert await summed(scene) == [(202647, "transito", "telegram", 0, 1, 0, 1)]
    assert await counted(scene, sums.RESPONSE) == {"opened": 1}
    assert await scene.rows("SELECT count(*) FROM answers") == [(1,)]
    assert await scene.read(sums.verify) == []


async def test_a_correction_moves_the_sum_of_the_first_answers_week(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 6)]))
    await scene.take(Said(ANA, [grade(1, 4)], at=NEXT_WEEK))
    assert await summed(scene) == [(202647, "transito", "telegram", 0, 1, 1, 0)]
    assert await scene.rows("SELECT value, week FROM answers") == [("4", 202647)]
    assert await scene.read(sums.verify) == []


async def test_a_withdrawn_answer_leaves_the_sums(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 6), words(1, "Bien")]))
    await scene.take(Said(ANA, [AnswerWithdrawn(1, "grade"), AnswerWithdrawn(1, "words")]))
    await scene.take(Said(ANA, [AnswerWithdrawn(1, "grade")]))  # again: nothing to take back
    assert await summed(scene) == []
    assert await scene.rows("SELECT * FROM answers") == []
    assert await scene.read(sums.verify) == []


async def test_pending_experiences_are_counted_apart(scene: Scene) -> None:
    pending = AnswerGiven(1, "atencion", "grade", "grade", "4", TRANSIT, 4, pending=True)
    await scene.take(Said(ANA, [opened(1), grade(1, 6)]))
    await scene.take(
        Said(ANA, [pending, ResponseClosed(1, ResponseOutcome.COMPLETED, pending=True)])
    )
    assert await summed(scene) == [(202647, "transito", "telegram", 1, 1, 1, 0)]
    rows = await scene.rows(
        "SELECT value, pending, sum(n) FROM weekly_counts WHERE question = ':response' "
        "GROUP BY value, pending HAVING sum(n) <> 0 ORDER BY value, pending"
    )
    assert [tuple(map(str, row)) for row in rows] == [("completed", "1", "1"), ("opened", "1", "1")]


def pending_grade(value: int) -> AnswerGiven:
    return AnswerGiven(1, "atencion", "grade", "grade", str(value), TRANSIT, value, pending=True)


BECOMES_PENDING = {
    "said alone": [ResponsePending(1)],
    "said with another grade": [pending_grade(5)],
    "said at the end": [ResponseClosed(1, ResponseOutcome.COMPLETED, pending=True)],
    "said, then given up": [ResponsePending(1), closed(1, ResponseOutcome.CANCELLED)],
}


async def stands(scene: Scene) -> set[tuple[object, ...]]:
    """Where each answer and outcome counts: what, pending, how often."""
    rows = await scene.rows(
        "SELECT question, pending, sum(n) FROM weekly_sums GROUP BY question, pending "
        "HAVING sum(n) <> 0 UNION ALL SELECT value, pending, sum(n) FROM weekly_counts "
        "GROUP BY value, pending HAVING sum(n) <> 0"
    )
    return {(what, int(str(pending)), int(str(n))) for what, pending, n in rows}


WHOLE = ("grade", "reason", "words", "espera", "opened", "completed")


@pytest.mark.parametrize("how", BECOMES_PENDING)
async def test_a_response_becomes_pending_with_its_reason_and_words_and_is_finished_again(
    scene: Scene, how: str
) -> None:
    facts = [opened(1), grade(1, 4), reason(1, "espera"), words(1, "Mucho"), closed(1)]
    await scene.take(Said(ANA, facts))
    assert await stands(scene) == {(what, 0, 1) for what in WHOLE}
    await scene.take(Said(ANA, BECOMES_PENDING[how], at=NEXT_WEEK))
    assert await stands(scene) == {(what, 1, 1) for what in WHOLE}
    assert await scene.rows("SELECT DISTINCT pending FROM answers") == [(1,)]
    assert await scene.read(sums.verify) == []
    await scene.take(Said(ANA, [grade(1, 5)], at=NEXT_WEEK))
    assert await stands(scene) == {(what, 0, 1) for what in WHOLE}
    assert await scene.rows("SELECT DISTINCT pending, week FROM answers") == [(0, 202647)]
    assert await scene.read(sums.verify) == []


async def test_who_leaves_a_pending_rating_has_not_abandoned_it(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), ResponsePending(1)]))
    assert await stands(scene) == {("opened", 1, 1)}
    await scene.take(Said(ANA, [closed(1, ResponseOutcome.CANCELLED)]))
    assert await stands(scene) == {("opened", 1, 1), ("cancelled", 1, 1)}
    assert await scene.read(sums.verify) == []


@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(days=3), timedelta(days=29)])
async def test_a_reason_counts_in_the_week_of_its_grade_however_late_it_is_given(
    scene: Scene, later: timedelta
) -> None:
    before_midnight = WEDNESDAY.replace(day=23, hour=2, minute=58)  # Sunday 23:58 in Chile
    await scene.take(Said(ANA, [opened(1), grade(1, 4)], at=before_midnight))
    facts = [reason(1, "espera"), words(1, "Mucho"), closed(1)]
    await scene.take(Said(ANA, facts, at=before_midnight + later))
    assert await scene.rows("SELECT DISTINCT week FROM answers") == [(202647,)]
    assert await scene.rows("SELECT DISTINCT week FROM weekly_counts") == [(202647,)]
    assert await scene.read(sums.verify) == []


async def test_it_is_kept_when_an_answer_was_first_given(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 4)]))
    await scene.take(Said(ANA, [grade(1, 6), reason(1, "trato")], at=NEXT_WEEK))
    moments = await scene.rows(
        "SELECT question, first_answered_at, answered_at FROM answers ORDER BY question"
    )
    then, now = micros(WEDNESDAY), micros(NEXT_WEEK)
    assert moments == [("grade", then, now), ("reason", now, now)]


async def test_several_choices_count_each(scene: Scene) -> None:
    chosen = AnswerGiven(1, "barrio", "topics", "choices", "luz+basura", Subject())
    await scene.take(Said(ANA, [chosen]))
    await scene.take(Said(ANA, [AnswerGiven(1, "barrio", "topics", "choices", "luz", Subject())]))
    assert await counted(scene, "topics") == {"luz": 1}


async def test_finished_stays_finished_when_an_answer_is_changed(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 6), closed(1)]))
    await scene.take(Said(ANA, [grade(1, 4), closed(1, ResponseOutcome.CANCELLED)]))
    assert await scene.rows("SELECT outcome FROM responses") == [("completed",)]
    assert await counted(scene, sums.RESPONSE) == {"opened": 1, "completed": 1}


async def test_a_cancelled_response_that_is_finished_after_all_counts_once(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), closed(1, ResponseOutcome.CANCELLED)]))
    await scene.take(Said(ANA, [closed(1)]))
    assert await counted(scene, sums.RESPONSE) == {"opened": 1, "completed": 1}
    assert await scene.read(sums.verify) == []


async def test_the_week_is_the_municipalitys(scene: Scene) -> None:
    sunday_night = WEDNESDAY.replace(day=23, hour=2)  # Monday in UTC, Sunday 23:00 in Chile
    await scene.take(Said(ANA, [grade(1, 6)], at=sunday_night))
    await scene.take(Said(LUIS, [grade(2, 6)], at=sunday_night + timedelta(hours=1)))
    assert await scene.rows("SELECT week FROM answers ORDER BY answered_at") == [
        (202647,),
        (202648,),
    ]


async def test_words_are_stored_encrypted_and_shown_to_their_writer(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 4), words(1, "Esperé dos horas")]))
    stored = await scene.rows("SELECT value, words FROM answers WHERE question = 'words'")
    assert stored[0][0] == ""
    assert "Esper" not in repr(stored)
    contact = await scene.contact(ANA)
    mine = await scene.read(lambda tx: my_data(tx, scene.keyring, contact.id))
    assert mine.since == WEDNESDAY
    assert mine.responses == (("transito", "4", WEDNESDAY),)
    assert mine.comments == (("transito", "Esperé dos horas"),)
    assert mine.cases == ()


async def test_a_lookup_is_kept_without_its_contact(scene: Scene) -> None:
    asked = LookupMade("deuda", LookupResult.NOTHING)
    await scene.take(
        Said(ANA, [asked, LookupMade("permiso", LookupResult.CARD, "permiso", "transito")])
    )
    rows = await scene.rows("SELECT query, found, card, area, week FROM lookups ORDER BY id")
    assert rows[1] == ("permiso", "card", "permiso", "transito", 202647)
    names = await scene.rows("SELECT * FROM lookups")
    assert (await scene.contact(ANA)).id not in [cell for row in names for cell in row]
    assert await counted(scene, sums.LOOKUP) == {"nothing": 1, "card": 1}


async def test_a_sum_that_was_tampered_with_is_reported(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 6), reason(1, "trato")]))
    await scene.write(
        lambda tx: tx.exec_driver_sql("UPDATE weekly_sums SET c6 = 2 WHERE question = 'grade'")
    )
    await scene.write(
        lambda tx: tx.exec_driver_sql("DELETE FROM weekly_counts WHERE value = 'trato'")
    )
    differences = await scene.read(sums.verify)
    assert len(differences) == 2
    assert differences[0].stored[6] == 2
    assert differences[0].counted[6] == 1
    assert differences[1].counted == (1,)


@pytest.mark.postgres
async def test_processes_that_write_the_same_sums_neither_wait_for_ever_nor_lose_any(
    postgres_url: str, keyring: Keyring
) -> None:
    processes = [await open_database(postgres_url) for _ in range(2)]
    # The same shard on purpose: that is the case in which rows are fought over.
    scenes = [Scene(database, keyring, shard=0) for database in processes]
    areas = [Subject(area) for area in ("aseo", "dideco", "obras", "transito")]

    async def rate(scene: Scene, citizen: int) -> None:
        order = areas if citizen % 2 else areas[::-1]
        said = [
            Said(sender(f"{citizen}-{place}"), [grade(citizen * 10 + place, 6, subject)])
            for place, subject in enumerate(order)
        ]
        await scene.take(*said)

    await asyncio.gather(*(rate(scenes[citizen % 2], citizen) for citizen in range(40)))
    assert [row[4] for row in await summed(scenes[0])] == [40, 40, 40, 40]
    assert await scenes[0].read(sums.verify) == []
    for database in processes:
        await database.close()


async def test_two_responses_that_were_given_one_id_are_not_mixed_up(scene: Scene) -> None:
    with pytest.raises(
        StorageUnavailable, match="una y otra vez"
    ):  # each time with the same id here
        await scene.take(Said(ANA, [opened(1)]), Said(LUIS, [opened(1)]))
    await scene.take(Said(ANA, [opened(1), grade(1, 6)]))
    with pytest.raises(StorageUnavailable):
        await scene.take(Said(LUIS, [opened(1), grade(1, 2)]))
    assert await scene.rows("SELECT grade FROM answers") == [(6,)]
    assert await scene.read(sums.verify) == []


SUBJECTS = st.sampled_from([TRANSIT, Subject("obras"), Subject("transito", "licencias")])


@st.composite
def facts(draw: st.DrawFn) -> tuple[int, int, Fact]:
    """(citizen, days later, fact) about one of few responses, so that they meet."""
    response = draw(st.integers(1, 4))
    subject, pending = draw(SUBJECTS), draw(st.booleans())
    value = draw(st.integers(1, 7))
    choice = draw(st.sampled_from(["espera", "trato", "espera+trato"]))
    kinds: list[Fact] = [
        opened(response, subject),
        AnswerGiven(response, "q", "g", "grade", str(value), subject, value, pending),
        AnswerGiven(response, "q", "r", "choices", choice, subject, pending=pending),
        AnswerGiven(response, "q", "u", "yes_no", "yes", subject, pending=pending),
        AnswerGiven(response, "q", "w", "text", choice, subject, pending=pending),
        AnswerWithdrawn(response, draw(st.sampled_from(["g", "r", "w"]))),
        ResponsePending(response),
        ResponseClosed(response, draw(st.sampled_from(ResponseOutcome)), pending),
        LookupMade("query", draw(st.sampled_from(LookupResult)), "card", subject.area),
    ]
    fact = draw(st.sampled_from(kinds))
    return draw(st.integers(0, 2)), draw(st.integers(0, 20)), fact


def moved(fact: Fact, offset: int) -> Fact:
    """The fact about another response, so that examples do not meet each other's."""
    if isinstance(fact, LookupMade) or not hasattr(fact, "response"):
        return fact
    values = {name: getattr(fact, name) for name in fact.__struct_fields__}
    values["response"] = fact.response + offset
    return type(fact)(**values)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=st.lists(st.lists(facts(), min_size=1, max_size=8), min_size=1, max_size=5))
async def test_the_sums_equal_a_recount_of_anything_citizens_do(
    scene: Scene, batches: list[list[tuple[int, int, Fact]]]
) -> None:
    (count,) = (await scene.rows("SELECT coalesce(max(id), 0) FROM responses"))[0]
    answered = (await scene.rows("SELECT coalesce(max(response_id), 0) FROM answers"))[0][0]
    offset = max(int(str(count)), int(str(answered)))
    for batch in batches:
        await scene.take(
            *(
                Said(
                    sender(str(citizen)),
                    [moved(fact, offset + 10 * citizen)],  # nobody opens another's response
                    at=WEDNESDAY + timedelta(days=days),
                )
                for citizen, days, fact in batch
            )
        )
    assert await scene.read(sums.verify) == []
    apart = (
        "SELECT a.response_id FROM answers a LEFT JOIN responses r ON r.id = a.response_id "
        "GROUP BY a.response_id HAVING count(DISTINCT a.week) > 1 "
        "OR sum(CASE WHEN a.pending <> r.pending THEN 1 ELSE 0 END) > 0"
    )
    assert await scene.rows(apart) == [], "a response's answers count together"
    negative = (
        "SELECT count(*) FROM (SELECT sum(n) AS n FROM weekly_sums GROUP BY week) s WHERE n < 0"
    )
    assert await scene.rows(negative) == [(0,)]
