"""What staff do with a case, and the dates that its rule gives, in real databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from handlers.cases.deadlines import OIRS, DeadlineRule, calendar_of, longest
from handlers.cases.warnings import CaseWarning, DueWarning
from handlers.content.rules import CaseRules
from handlers.facts.cases import (
    UNDO,
    AnswerJudged,
    CaseAnswered,
    CaseExtended,
    CaseKind,
    CaseOpened,
    CaseReopened,
    CaseWithdrawn,
    Due,
)
from handlers.facts.own_data import DataErased
from handlers.messages import (
    Body,
    CaseNews,
    CaseNotice,
    CaseReminder,
    CaseStep,
    Incoming,
)
from storage.cases import changing, deadlines, forwarding, reading, recording, taking_back
from storage.cases.answers import answering
from storage.cases.changing import StaffAction
from storage.contacts.needs import can_be_answered, case_status
from storage.engine.database import Transaction
from storage.outbox.inbox import take_inbox
from storage.staff import staff
from tests.hired import hired
from tests.packaged import packaged
from tests.storage.scene import WEDNESDAY, Said, Scene, sender

NUMBER = "LS-2026-000001"
CALENDAR = calendar_of(packaged().content)
RULES = CaseRules()


def term(since: datetime = WEDNESDAY, days: int = 20) -> Due:
    rule = DeadlineRule(OIRS, days)
    return Due(CALENDAR.due(since, rule), str(rule))


async def opened(scene: Scene, number: str = NUMBER, at: datetime = WEDNESDAY) -> None:
    fact = CaseOpened(number, CaseKind.COMPLAINT, "aseo", "No pasa el camión", term(at))
    await scene.take(Said(sender("eva"), [fact], at=at))


async def told(scene: Scene) -> list[Body]:
    """Everything that waits in inboxes, taken out."""

    def take(tx: Transaction) -> list[Incoming]:
        found: list[Incoming] = []
        while items := take_inbox(tx, scene.keyring, 50):
            found += [item.incoming for item in items]
        return found

    return [incoming.body for incoming in await scene.write(take)]


async def does(scene: Scene, change: Callable[[Transaction], bool]) -> bool:
    return await scene.write(change)


async def test_a_case_keeps_its_date_beside_the_rule_that_gives_it(scene: Scene) -> None:
    await opened(scene)
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert (case.due_from, case.due_at) == (WEDNESDAY, term().at)
    assert case.rule == "OIRS 20 working days"
    assert await scene.read(lambda tx: deadlines.wrong_dates(tx, CALENDAR.due)) == []


async def test_a_date_that_its_rule_does_not_give_is_found_and_mended(scene: Scene) -> None:
    await opened(scene)
    await scene.write(
        lambda tx: tx.exec_driver_sql("UPDATE cases SET due_at = due_at + 86400000000")
    )
    (wrong,) = await scene.read(lambda tx: deadlines.wrong_dates(tx, CALENDAR.due))
    assert (wrong.stored, wrong.computed) == (term().at + timedelta(days=1), term().at)
    await scene.write(lambda tx: deadlines.correct(tx, [wrong]))
    assert await scene.read(lambda tx: deadlines.wrong_dates(tx, CALENDAR.due)) == []


async def test_reading_a_case_is_told_once(scene: Scene) -> None:
    await opened(scene)
    doing = StaffAction(NUMBER, WEDNESDAY + timedelta(hours=2))
    assert await does(scene, lambda tx: changing.mark_read(tx, scene.keyring, doing))
    assert not await does(scene, lambda tx: changing.mark_read(tx, scene.keyring, doing))
    assert await told(scene) == [CaseNews(NUMBER, CaseStep.READ, "aseo", term().at)]


async def test_a_forwarded_case_changes_hands_and_keeps_its_date(scene: Scene) -> None:
    await scene.write(
        lambda tx: hired(tx, scene.keyring, "Ana", "ana@example.cl", "obras", WEDNESDAY)
    )
    await opened(scene)
    await told(scene)
    doing = StaffAction(NUMBER, WEDNESDAY + timedelta(hours=2))
    assert await does(
        scene, lambda tx: forwarding.forward(tx, scene.keyring, doing, "obras", "Es de Obras.")
    )
    assert sorted(await told(scene), key=repr) == [
        CaseNews(NUMBER, CaseStep.FORWARDED, "obras", term().at, "Es de Obras."),
        CaseNotice(NUMBER, "reclamo", "obras", "No pasa el camión", due_at=term().at),
    ]
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert (case.area, case.filed_area, case.due_at) == ("obras", "aseo", term().at)
    assert [(note.author, note.area, note.text) for note in case.notes] == [
        ("forwarded", "obras", "Es de Obras.")
    ]
    assert not await does(scene, lambda tx: forwarding.forward(tx, scene.keyring, doing, "obras"))


async def test_what_is_urgent_stays_so_when_it_is_forwarded(scene: Scene) -> None:
    fact = CaseOpened(NUMBER, CaseKind.COMPLAINT, "aseo", "Hay un cable caído", term(), urgent=True)
    await scene.write(
        lambda tx: hired(tx, scene.keyring, "Ana", "ana@example.cl", "obras", WEDNESDAY)
    )
    await scene.take(Said(sender("eva"), [fact]))
    await told(scene)
    doing = StaffAction(NUMBER, WEDNESDAY + timedelta(hours=2))
    assert await does(scene, lambda tx: forwarding.forward(tx, scene.keyring, doing, "obras"))
    (notice,) = [body for body in await told(scene) if isinstance(body, CaseNotice)]
    assert notice.urgent


async def test_a_term_is_extended_once_with_its_reason(scene: Scene) -> None:
    await opened(scene)
    due = longest(WEDNESDAY, "OIRS 20 working days", RULES, CALENDAR)
    assert due == term(days=30)
    doing = StaffAction(NUMBER, WEDNESDAY + timedelta(days=5))
    for done in (True, False):
        assert done is await does(
            scene, lambda tx: changing.extend(tx, scene.keyring, doing, due, "Falta un informe.")
        )
    assert await told(scene) == [
        CaseNews(NUMBER, CaseStep.EXTENDED, "aseo", due.at, "Falta un informe.")
    ]
    assert await scene.read(lambda tx: deadlines.wrong_dates(tx, CALENDAR.due)) == []
    rows = await scene.rows("SELECT extended_why FROM cases")
    (encrypted,) = rows[0]
    assert isinstance(encrypted, bytes | memoryview)
    assert b"informe" not in bytes(encrypted)


async def test_a_case_that_is_closed_says_why_and_nothing_more_is_done_with_it(
    scene: Scene,
) -> None:
    await opened(scene)
    doing = StaffAction(NUMBER, WEDNESDAY + timedelta(days=1))
    assert await does(scene, lambda tx: changing.close(tx, scene.keyring, doing, "Repetido."))
    assert not await does(scene, lambda tx: changing.close(tx, scene.keyring, doing, "Otra vez."))
    assert not await does(scene, lambda tx: changing.mark_read(tx, scene.keyring, doing))
    assert await told(scene) == [CaseNews(NUMBER, CaseStep.CLOSED, "aseo", term().at, "Repetido.")]


@pytest.mark.parametrize("how", ["no", "words"])
async def test_an_answered_case_that_is_opened_again_has_a_new_term(scene: Scene, how: str) -> None:
    await opened(scene)
    await scene.write(
        lambda tx: recording.answer(
            tx, scene.keyring, CaseAnswered(NUMBER, 0, "Ya está."), WEDNESDAY
        )
    )
    later = WEDNESDAY + timedelta(days=9)
    again = [AnswerJudged(NUMBER, "no"), CaseReopened(NUMBER, term(later))]
    words = [CaseExtended(NUMBER, "No vino nadie", term(later))]
    await scene.take(Said(sender("eva"), again if how == "no" else words, at=later))
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert (case.status, case.due_from, case.due_at) == ("open", later, term(later).at)
    judged = "no" if how == "no" else ""
    assert case.judged == judged
    assert [note.author for note in case.notes if "judged" in note.author] == [
        f"judged-{one}" for one in filter(None, [judged])
    ]
    second, after = CaseAnswered(NUMBER, 0, "Ya fuimos."), later + timedelta(days=1)
    note = await scene.write(lambda tx: answering.answer(tx, scene.keyring, second, after))
    assert note is not None
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert case.judged == "", "nobody has judged the second answer"
    await scene.write(lambda tx: taking_back.undo_answer(tx, scene.keyring, NUMBER, note, after))
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert case.judged == judged
    assert await scene.read(lambda tx: deadlines.wrong_dates(tx, CALENDAR.due)) == []


@pytest.mark.parametrize("late", [CaseExtended(NUMBER, "Sigue igual"), CaseWithdrawn(NUMBER)])
async def test_what_arrives_late_does_not_hide_that_an_answer_can_be_undone(
    scene: Scene, late: CaseExtended | CaseWithdrawn
) -> None:
    await opened(scene)
    rosa = await scene.write(
        lambda tx: hired(tx, scene.keyring, "Rosa", "r@ejemplo.cl", "aseo", WEDNESDAY)
    )
    answered_at = WEDNESDAY + timedelta(days=1)
    fact, due = CaseAnswered(NUMBER, rosa.id, "Ya fuimos."), answered_at + UNDO
    await scene.write(lambda tx: recording.answer(tx, scene.keyring, fact, answered_at, due=due))
    await scene.take(Said(sender("eva"), [late], at=WEDNESDAY + timedelta(hours=1)))
    (sent,) = await scene.read(lambda tx: taking_back.undoable_by(tx, rosa.id, answered_at))
    assert sent.number == NUMBER
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert case.changed_at == answered_at


async def test_words_for_an_open_case_leave_its_date(scene: Scene) -> None:
    await opened(scene)
    later = WEDNESDAY + timedelta(days=9)
    await scene.take(
        Said(sender("eva"), [CaseExtended(NUMBER, "Sigue igual", term(later))], at=later)
    )
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert case.due_at == term().at


async def test_nobody_opens_or_judges_somebody_elses_case(scene: Scene) -> None:
    await opened(scene)
    await scene.write(
        lambda tx: recording.answer(
            tx, scene.keyring, CaseAnswered(NUMBER, 0, "Ya está."), WEDNESDAY
        )
    )
    facts = [AnswerJudged(NUMBER, "no"), CaseReopened(NUMBER, term())]
    await scene.take(Said(sender("luis"), facts))
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert (case.status, case.judged) == ("answered", "")
    luis, eva = await scene.contact(sender("luis")), await scene.contact(sender("eva"))
    assert await scene.read(lambda tx: case_status(tx, luis.id, NUMBER)) is None
    stands = await scene.read(lambda tx: case_status(tx, eva.id, NUMBER))
    assert stands is not None
    assert (stands.status, stands.area, stands.due_at) == ("answered", "aseo", term().at)


async def test_an_answered_case_is_closed_once_it_can_no_longer_be_opened(scene: Scene) -> None:
    await opened(scene)
    await scene.write(
        lambda tx: recording.answer(
            tx, scene.keyring, CaseAnswered(NUMBER, 0, "Ya está."), WEDNESDAY
        )
    )
    now = WEDNESDAY + timedelta(days=31)
    assert await scene.write(lambda tx: changing.close_answered(tx, WEDNESDAY, now)) == 0
    before = WEDNESDAY + timedelta(seconds=1)
    assert await scene.write(lambda tx: changing.close_answered(tx, before, now)) == 1
    assert not await scene.read(lambda tx: can_be_answered(tx, NUMBER))


async def test_what_is_urgent_reaches_whoever_is_on_duty_as_well(scene: Scene) -> None:
    def people(tx: Transaction) -> None:
        hired(tx, scene.keyring, "Ana", "ana@example.cl", "aseo", WEDNESDAY)
        staff.ensure_duty(tx, scene.keyring, "turno@example.cl", WEDNESDAY)

    await scene.write(people)
    calm = CaseOpened("LS-2026-000002", CaseKind.COMPLAINT, "aseo", "Basura", term())
    urgent = CaseOpened(NUMBER, CaseKind.COMPLAINT, "aseo", "Hay gas", term(), urgent=True)
    await scene.take(Said(sender("eva"), [calm]))
    assert [body.number for body in await told(scene) if isinstance(body, CaseNotice)] == [
        "LS-2026-000002"
    ]
    await scene.take(Said(sender("eva"), [urgent]))
    notices = [body for body in await told(scene) if isinstance(body, CaseNotice)]
    assert [(notice.number, notice.urgent) for notice in notices] == [(NUMBER, True)] * 2


async def test_who_was_told_of_what_stays_on_record(scene: Scene) -> None:
    member = await scene.write(
        lambda tx: hired(tx, scene.keyring, "Ana", "ana@example.cl", "aseo", WEDNESDAY)
    )
    await opened(scene)
    await told(scene)
    horizon = datetime(2027, 1, 1, tzinfo=UTC)
    (case,) = await scene.read(lambda tx: deadlines.waiting(tx, horizon))
    now = WEDNESDAY + timedelta(days=15)
    await scene.write(
        lambda tx: deadlines.notify(
            tx, scene.keyring, DueWarning(case, CaseWarning.FIRST, [member.id]), now
        )
    )
    (again,) = await scene.read(lambda tx: deadlines.waiting(tx, horizon))
    assert (again.told, again.told_at) == (frozenset({CaseWarning.FIRST}), now)
    assert await told(scene) == [CaseReminder(NUMBER, "reclamo", "aseo", "first", term().at)]


async def test_an_erased_contact_leaves_no_reason_behind(scene: Scene) -> None:
    await opened(scene)
    due = term(days=30)
    doing = StaffAction(NUMBER, WEDNESDAY)
    await scene.write(lambda tx: changing.extend(tx, scene.keyring, doing, due, "Por su salud."))
    await scene.write(
        lambda tx: recording.answer(
            tx, scene.keyring, CaseAnswered(NUMBER, 0, "Ya está."), WEDNESDAY
        )
    )
    await scene.take(Said(sender("eva"), [DataErased()]))
    assert await scene.rows("SELECT text, extended_why FROM cases") == [(None, None)]
    assert await scene.rows("SELECT count(*) FROM case_notes WHERE text IS NOT NULL") == [(0,)]
