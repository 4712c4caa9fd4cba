"""What the digest, the exports and the command line read: exactly what citizens did."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest

from handlers.content.questionnaires.definition import Question, QuestionKind, Questionnaire
from handlers.errors import OperatorError
from handlers.facts.cases import CaseAnswered, CaseKind, CaseOpened, Due
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.own_data import DataErased
from handlers.facts.responses import (
    AnswerGiven,
    AnswerWithdrawn,
    ResponseClosed,
    ResponseOutcome,
    Subject,
)
from handlers.messages import Channel
from handlers.quality.blocks import Block
from handlers.quality.figures import NotFound, OpenCases, Verbatim, WeekFigures
from handlers.quality.weeks import IsoWeek
from storage.cases import recording
from storage.engine.ids import new_id
from storage.quality import comments, digests, week_rows
from storage.quality.digests import PublishedDigest
from storage.responses import exports, questionnaires
from storage.responses.exports import ExportPeriod
from tests.storage.scene import (
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

WEEK = IsoWeek(2026, 47)
SUNDAY = WEDNESDAY + timedelta(days=4)
OBRAS = Subject("obras")
ANA, LUIS, WEB = sender("1"), sender("2"), sender("3", Channel.WEB)


async def a_week(scene: Scene) -> None:
    before = WEDNESDAY - timedelta(weeks=3)
    await scene.take(Said(ANA, [opened(1), grade(1, 3)], at=before))
    pending = AnswerGiven(5, "atencion", "grade", "grade", "2", OBRAS, 2, pending=True)
    await scene.take(
        Said(ANA, [opened(2), grade(2, 6), words(2, "Rápido y claro"), closed(2)]),
        Said(LUIS, [opened(3), grade(3, 2), reason(3, "espera"), closed(3)]),
        Said(WEB, [opened(4), grade(4, 6), closed(4, ResponseOutcome.CANCELLED)]),
        Said(
            LUIS,
            [opened(5, OBRAS), pending, ResponseClosed(5, ResponseOutcome.COMPLETED, pending=True)],
        ),
        Said(
            ANA,
            [
                LookupMade("permiso", LookupResult.CARD, "permiso", "transito"),
                AnswerGiven(9, "utilidad", "useful", "yes_no", "yes", Subject("transito")),
                LookupMade("Castración", LookupResult.NOTHING),
                LookupMade("poste malo", LookupResult.NOTHING),
                LookupMade("castracion", LookupResult.NOTHING),
                LookupMade("luz", LookupResult.EXTERNAL, "cge"),
            ],
        ),
    )


async def figures_of(scene: Scene, week: IsoWeek = WEEK) -> WeekFigures:
    rows = await scene.read(lambda tx: week_rows.week_rows(tx, week, SUNDAY))
    return rows.figures(scene.keyring)


async def test_a_channel_counts_as_in_use_for_as_long_as_a_block_gathers(scene: Scene) -> None:
    ages = ((Channel.WHATSAPP, 26), (Channel.WEB, 25), (Channel.TELEGRAM, 0))
    for number, (channel, ago) in enumerate(ages):
        at = WEDNESDAY - timedelta(weeks=ago)
        turn = [opened(number), grade(number, 6)]
        await scene.take(Said(sender(str(number), channel), turn, at=at))
    assert (await figures_of(scene)).channels == ("telegram", "web")
    assert (await figures_of(scene, WEEK.shifted(-1))).channels == ("web", "whatsapp")


async def test_no_withdrawal_takes_a_channel_out_of_use(scene: Scene) -> None:
    """Else the next digest would tell that the only grade over it was taken back."""
    for number, who in enumerate((ANA, WEB)):
        await scene.take(Said(who, [opened(number), grade(number, 6)]))
    await scene.take(Said(WEB, [AnswerWithdrawn(1, "grade"), DataErased()]))
    figures = await figures_of(scene)
    assert [[*week.grades] for week in figures.areas] == [["telegram"]]
    assert figures.channels == ("telegram", "web")


async def test_of_many_comments_those_of_the_whole_week_are_read_alike(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = partial(comments.comments, most=30)
    monkeypatch.setattr(week_rows, "comments", few)
    said = []
    for number in range(200):
        at = WEDNESDAY + timedelta(minutes=number)
        response = new_id(at)
        facts = [opened(response), words(response, str(number)), closed(response)]
        said.append(Said(ANA, facts, at=at))
    await scene.take(*said)
    read = [(await figures_of(scene)).areas[0] for _ in range(2)]
    assert read[0].comments == read[1].comments, "the same each time"
    numbers = sorted(int(comment.text) for comment in read[0].comments)
    assert len(numbers) == 30
    # By chance alone one in a thousand million draws lacks a half.
    assert numbers[0] < 100 <= numbers[-1]


async def test_the_digests_raw_figures_are_what_happened(scene: Scene) -> None:
    await a_week(scene)
    figures = await figures_of(scene)
    obras, transit = figures.areas
    assert (obras.area, transit.area) == ("obras", "transito")
    assert dict(transit.grades) == {
        "telegram": (0, 1, 0, 0, 0, 1, 0),
        "web": (0, 0, 0, 0, 0, 1, 0),
    }
    assert (transit.started, transit.completed, transit.pending) == (3, 2, 0)
    assert dict(transit.reasons) == {"espera": 1}
    assert transit.comments == (Verbatim("Rápido y claro", 6, response=2),)
    assert (transit.lookups, transit.useful, transit.not_useful) == (1, 1, 0)
    assert transit.graded == 3
    assert dict(transit.asked) == {"permiso": 1}
    assert transit.since == WEEK  # nothing was published: the week before is not gathered
    assert dict(obras.grades) == {}
    assert (obras.pending, obras.pending_grades) == (1, (0, 1, 0, 0, 0, 0, 0))
    assert (obras.started, obras.completed) == (0, 0)
    assert dict(figures.lookups_without_area) == {LookupResult.NOTHING: 3, LookupResult.EXTERNAL: 1}
    assert [(one.times, one.query.lower()[:3]) for one in figures.not_found] == [
        (2, "cas"),
        (1, "pos"),
    ]


async def test_shards_are_added_up(scene: Scene) -> None:
    other = Scene(scene.database, scene.keyring, shard=7)
    await scene.take(Said(ANA, [opened(1), grade(1, 6)]))
    await other.take(Said(LUIS, [opened(2), grade(2, 6)]))
    assert await scene.rows("SELECT count(*) FROM weekly_sums") == [(2,)]
    figures = await figures_of(scene)
    assert dict(figures.areas[0].grades) == {"telegram": (0, 0, 0, 0, 0, 2, 0)}


async def test_a_quiet_week_is_empty(scene: Scene) -> None:
    figures = await figures_of(scene)
    assert figures.areas == ()
    assert figures.not_found == ()


async def test_a_query_alike_is_one_under_its_commonest_spelling(scene: Scene) -> None:
    queries = ["Muzgo", "muzgo", "muzgo", "MUZGO "]
    await scene.take(*(Said(ANA, [LookupMade(query, LookupResult.NOTHING)]) for query in queries))
    figures = await figures_of(scene)
    assert figures.not_found == (NotFound("muzgo", 4),)


async def test_a_digest_is_claimed_once_for_each_contact(scene: Scene) -> None:
    async def claim(*ids: int) -> set[int]:
        return await scene.write(lambda tx: digests.claim(tx, WEEK, ids, WEDNESDAY))

    assert await claim(1, 2) == {1, 2}
    assert await claim(2, 3) == {3}
    assert await scene.write(lambda tx: digests.claim(tx, WEEK.shifted(1), [1], WEDNESDAY)) == {1}


def made(figures: bytes, week: IsoWeek = WEEK, at: datetime = WEDNESDAY) -> PublishedDigest:
    return PublishedDigest(week, at, figures)


async def test_a_published_digest_never_changes(scene: Scene) -> None:
    assert await scene.read(digests.newest_published) is None
    later = made(b"two", at=WEDNESDAY + timedelta(days=1))
    block = Block("obras", WEEK.shifted(-2), WEEK, 20, 41)
    other = Block("obras", WEEK, WEEK, 11, 21)
    first = await scene.write(lambda tx: digests.publish(tx, made(b"one"), [block], None))
    again = await scene.write(lambda tx: digests.publish(tx, later, [other], None))
    assert first == again == made(b"one")
    assert await scene.read(lambda tx: digests.published(tx, WEEK)) == first
    assert await scene.read(digests.newest_published) == WEEK
    following = await figures_of(scene, WEEK.shifted(1))
    assert {one.area: one.blocks for one in following.areas} == {"obras": (block,)}
    assert (await figures_of(scene)).areas == ()


async def test_an_open_block_begins_after_the_areas_last_one_however_long_ago(scene: Scene) -> None:
    ages = (
        ("transito", 30), ("transito", 14), ("obras", 9), ("obras", 4), ("aseo", 1), ("aseo", -1),
        ("deportes", -2),
    )  # fmt: skip
    last: IsoWeek | None = None
    for area, ago in ages:
        week = WEEK.shifted(-ago)
        keep = partial(digests.publish, made=made(b"", week), after=last)
        assert await scene.write(partial(keep, blocks=[Block(area, week, week, 20, 41)]))
        last = week
    figures = await figures_of(scene)
    begun = {"aseo": WEEK, "obras": WEEK.shifted(-3), "transito": WEEK.shifted(-13)}
    assert {one.area: one.since for one in figures.areas} == begun
    assert [len(one.blocks) for one in figures.areas] == [1, 2, 2]


async def test_blocks_made_while_another_week_was_published_are_not_kept(scene: Scene) -> None:
    next_ = made(b"next", WEEK.shifted(1))
    await scene.write(lambda tx: digests.publish(tx, made(b"one"), [], None))
    assert await scene.write(lambda tx: digests.publish(tx, next_, [], None)) is None
    assert await scene.write(lambda tx: digests.publish(tx, next_, [], WEEK)) == next_


async def test_a_digest_that_a_clock_ahead_made_stops_no_other(scene: Scene) -> None:
    ahead = made(b"ahead", WEEK.shifted(200), WEDNESDAY + timedelta(weeks=200))
    await scene.write(lambda tx: digests.publish(tx, ahead, [], None))
    one = made(b"one")
    assert await scene.write(lambda tx: digests.publish(tx, one, [], None)) == one


async def test_what_was_not_published_is_gathered_over_weeks(scene: Scene) -> None:
    def said(who: str, response: int, week: int, pending: bool = False) -> Said:
        given = AnswerGiven(response, "atencion", "grade", "grade", "2", OBRAS, 2, pending=pending)
        facts = [opened(response, OBRAS), given, reason(response, "espera", OBRAS)]
        if pending:
            facts = [*facts[:2], ResponseClosed(response, ResponseOutcome.COMPLETED, pending=True)]
        return Said(sender(who), facts, at=WEDNESDAY + timedelta(weeks=week))

    old = Block("obras", WEEK.shifted(-5), WEEK.shifted(-3), 20, 40)
    publish = made(b"", WEEK.shifted(-3), WEDNESDAY - timedelta(weeks=3))
    await scene.write(lambda tx: digests.publish(tx, publish, [old], None))
    await scene.take(said("a", 1, -3), said("b", 2, -2), said("c", 3, -1), said("d", 4, 0))
    await scene.take(said("e", 5, -1, pending=True))
    (obras,) = (await figures_of(scene)).areas
    assert (obras.since, obras.blocks) == (WEEK.shifted(-2), (old,))
    assert dict(obras.grades) == {"telegram": (0, 3, 0, 0, 0, 0, 0)}
    assert dict(obras.reasons) == {"espera": 3}
    assert (obras.pending, obras.pending_grades) == (1, (0, 1, 0, 0, 0, 0, 0))
    assert (obras.started, obras.graded) == (1, 1)  # of the week alone


async def test_open_cases_and_the_age_of_the_oldest_are_told_by_area(scene: Scene) -> None:
    for number, (area, days) in enumerate([("obras", 9), ("obras", 2), ("", 30)]):
        at = SUNDAY - timedelta(days=days, hours=1)
        fact = CaseOpened(f"LS-{number}", CaseKind.COMPLAINT, area, "No prende")
        await scene.take(Said(ANA, [fact], at=at))
    assert [(a.area, a.cases) for a in (await figures_of(scene)).areas] == [
        ("obras", OpenCases(2, 9))
    ]


async def test_cases_whose_term_has_lapsed_or_lapses_within_a_week_are_counted(
    scene: Scene,
) -> None:
    second = timedelta(seconds=1)
    week = timedelta(days=7)
    terms = [-week, -second, timedelta(), week, week + second, None]
    for number, term in enumerate(terms):
        due = None if term is None else Due(SUNDAY + term, "OIRS 20 working days")
        fact = CaseOpened(f"LS-{number}", CaseKind.COMPLAINT, "obras", "No prende", due)
        await scene.take(Said(ANA, [fact], at=SUNDAY - timedelta(days=30)))
    await scene.write(
        lambda tx: recording.answer(
            tx, scene.keyring, CaseAnswered("LS-0", 0, "Listo"), SUNDAY - second
        )
    )
    (obras,) = (await figures_of(scene)).areas
    assert obras.cases == OpenCases(5, 30, late=1, due=2)


async def exported(scene: Scene, period: ExportPeriod) -> list[tuple[str, str, str]]:
    rows = []
    async for chunk in exports.answer_rows(scene.database, scene.keyring, period):
        rows += [(row.response, row.question, row.value) for row in chunk]
    return rows


async def test_an_export_has_one_row_an_answer(scene: Scene) -> None:
    big = 2**63 - 2
    await scene.take(Said(ANA, [opened(big), grade(big, 6), words(big, "Ñandú =1+1"), closed(big)]))
    (chunk,) = [
        chunk async for chunk in exports.answer_rows(scene.database, scene.keyring, ExportPeriod())
    ]
    row = chunk[0]
    assert (row.response, row.questionnaire, row.area) == (str(big), "atencion", "transito")
    assert (row.service, row.channel, row.answered_at) == ("licencias", "telegram", WEDNESDAY)
    assert await exported(scene, ExportPeriod()) == [
        (str(big), "grade", "6"),
        (str(big), "words", "Ñandú =1+1"),
    ]


async def test_an_export_keeps_to_its_period(scene: Scene) -> None:
    for day in range(4):
        await scene.take(Said(ANA, [grade(day + 1, 6)], at=WEDNESDAY + timedelta(days=day)))
    period = ExportPeriod(WEDNESDAY + timedelta(days=1), WEDNESDAY + timedelta(days=3))
    assert [row[0] for row in await exported(scene, period)] == ["2", "3"]
    assert await scene.read(lambda tx: exports.count_answers(tx, period)) == 2


async def test_a_long_export_comes_in_chunks_and_misses_none(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "CHUNK", 7)
    asked = [LookupMade(f"query {number}", LookupResult.NOTHING) for number in range(20)]
    given = [answer for id in range(1, 21) for answer in (grade(id, 6), reason(id, "trato"))]
    await scene.take(Said(ANA, given), Said(ANA, asked))  # all at the same moment
    rows = await exported(scene, ExportPeriod())
    assert len(rows) == len(set(rows)) == 40
    queries = [
        row.query
        async for chunk in exports.lookup_rows(scene.database, ExportPeriod())
        for row in chunk
    ]
    assert queries == [fact.query for fact in asked]
    assert await scene.read(lambda tx: exports.count_lookups(tx, ExportPeriod())) == 20


def asked(version: int, text: str) -> Questionnaire:
    return Questionnaire(
        id="atencion",
        version=version,
        title={"es-CL": "Su atención"},
        about="area",
        questions=(Question(id="grade", kind=QuestionKind.GRADE, text={"es-CL": text}),),
    )


async def test_processes_that_start_at_once_keep_a_version_once(scene: Scene) -> None:
    versions = [asked(number, "¿Qué nota?") for number in range(1, 4)]
    save = partial(questionnaires.save, questionnaires=versions)
    await asyncio.gather(*(scene.database.write(save) for _ in range(8)))
    assert await scene.read(questionnaires.all_questionnaires) == versions


async def test_every_version_of_a_questionnaire_is_kept(scene: Scene) -> None:
    first, second = asked(1, "¿Qué nota?"), asked(2, "¿Qué nota le pone?")
    await scene.write(lambda tx: questionnaires.save(tx, [first]))
    await scene.write(lambda tx: questionnaires.save(tx, [second, first]))
    assert await scene.read(questionnaires.all_questionnaires) == [first, second]


async def test_a_definition_that_changed_under_its_version_is_refused(scene: Scene) -> None:
    await scene.write(lambda tx: questionnaires.save(tx, [asked(1, "¿Qué nota?")]))
    with pytest.raises(OperatorError, match="atencion, versión 1"):
        await scene.write(lambda tx: questionnaires.save(tx, [asked(1, "¿Y ahora?")]))
    assert await scene.read(questionnaires.all_questionnaires) == [asked(1, "¿Qué nota?")]
