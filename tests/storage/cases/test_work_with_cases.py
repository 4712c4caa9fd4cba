"""Work with cases on both databases: incidents, templates, the desk, reports of cards, lists."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from handlers.facts.cases import CaseKind, CaseOpened, Due
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import AnswerGiven, ResponseOpened, Subject
from handlers.messages import CaseNews, DeskSource
from handlers.quality.weeks import IsoWeek
from storage.cases import changing, entering, reading
from storage.cases.answers import templates
from storage.cases.answers.templates import AnswerTemplate
from storage.cases.changing import StaffAction
from storage.cases.entering import DeskEntry, DeskRating
from storage.cases.lists import browsing, incidents
from storage.cases.lists.browsing import CaseFilter
from storage.engine.ids import new_id
from storage.outbox.inbox import take_inbox
from storage.privacy.erasure import empty_cases
from storage.quality import card_reports, unanswered_lookups
from storage.quality.card_reports import CardReport, NewReport
from storage.responses import sums
from tests.storage.scene import WEDNESDAY, ZONE, Said, Scene, sender

DAY = timedelta(days=1)


async def opens(
    scene: Scene,
    number: int,
    area: str = "aseo",
    *,
    due: datetime | None = None,
    urgent: bool = False,
) -> str:
    written = f"LS-2026-{number:06}"
    term = None if due is None else Due(due, "OIRS 20 working days")
    case = CaseOpened(written, CaseKind.COMPLAINT, area, "Hay un hoyo", term, urgent)
    at = WEDNESDAY + number * timedelta(minutes=1)
    await scene.take(Said(sender(written), [case], at=at))
    return written


async def test_cases_go_into_one_incident_at_a_time(scene: Scene) -> None:
    numbers = [await opens(scene, number) for number in (1, 2)]
    other = await opens(scene, 3, "mujer")
    first, second = [
        await scene.write(lambda tx, title=title: incidents.begin(tx, title, 1, WEDNESDAY))
        for title in ("Corte", "Socavón")
    ]

    async def put(incident: int, which: list[str]) -> int:
        return await scene.write(lambda tx: incidents.add_cases(tx, incident, which, WEDNESDAY))

    assert await put(first, [*numbers, other]) == 3
    assert await put(first, numbers) == 0
    assert await put(second, numbers[:1]) == 1
    seen = await scene.read(lambda tx: incidents.list_incidents(tx, {"aseo"}, 10))
    assert [(one.title, one.cases, one.waiting) for one in seen] == [
        ("Socavón", 1, 1),
        ("Corte", 1, 1),
    ]
    lines = await scene.read(lambda tx: incidents.cases_of(tx, first, {"aseo", "mujer"}))
    assert [line.number for line in lines] == [numbers[1], other]
    assert await scene.write(lambda tx: incidents.remove_cases(tx, numbers[1], WEDNESDAY))
    assert not await scene.write(lambda tx: incidents.remove_cases(tx, numbers[1], WEDNESDAY))
    assert await scene.read(lambda tx: incidents.of_case(tx, numbers[1])) == 0


async def test_a_template_is_changed_only_as_it_was_seen(scene: Scene) -> None:
    poda = AnswerTemplate(0, "aseo", "Poda", "Va el jueves")
    kept = await scene.write(lambda tx: templates.add(tx, poda, 1, WEDNESDAY))
    newer = AnswerTemplate(kept, "", "Poda", "Va el lunes", 1)
    assert await scene.write(lambda tx: templates.change(tx, newer, 1, WEDNESDAY))
    assert not await scene.write(lambda tx: templates.change(tx, newer, 2, WEDNESDAY))
    for areas in (None, set(), {"transito"}):
        (found,) = await scene.read(lambda tx, areas=areas: templates.list_templates(tx, areas))
        assert (found.text, found.version) == ("Va el lunes", 2)
    assert await scene.write(lambda tx: templates.remove(tx, kept))
    assert not await scene.write(lambda tx: templates.remove(tx, kept))


async def test_what_a_desk_enters_is_known_by_its_form_and_by_its_paper(scene: Scene) -> None:
    def entry(form: str, paper: str = "") -> DeskEntry:
        return DeskEntry(DeskSource.PAPER, form, paper, 1, WEDNESDAY)

    case = CaseOpened("LS-2026-000009", CaseKind.PRAISE, "aseo", "Muy amables", None)
    await scene.write(lambda tx: entering.enter_case(tx, scene.keyring, entry("a", "12"), case, ""))
    subject, response = Subject(area="aseo"), new_id(WEDNESDAY)
    opened = ResponseOpened(response, "atencion", 1, subject, entering.ORIGIN)
    grade = AnswerGiven(response, "atencion", "grade", "grade", "7", subject, grade=7)
    await scene.write(
        lambda tx: entering.enter_rating(
            tx, scene.keyring, entry("b"), DeskRating(opened, [grade]), ZONE
        )
    )
    for known, number in (("a", case.number), ("b", "")):
        found = await scene.read(
            lambda tx, form=known: entering.earlier(tx, scene.keyring, entry(form))
        )
        assert found is not None
        assert found.number == number
    assert await scene.read(lambda tx: entering.earlier(tx, scene.keyring, entry("c", "1 2")))
    assert await scene.read(lambda tx: entering.earlier(tx, scene.keyring, entry("c"))) is None
    assert await scene.read(sums.verify) == []


async def test_a_report_of_a_card_waits_until_it_is_settled(scene: Scene) -> None:
    kept = await scene.write(
        lambda tx: card_reports.add(
            tx, scene.keyring, NewReport("x", "aseo", "Está mal", 1, WEDNESDAY)
        )
    )

    async def waiting(areas: set[str]) -> list[CardReport]:
        return await scene.read(lambda tx: card_reports.waiting(tx, scene.keyring, areas, 10))

    assert [one.words for one in await waiting({"aseo"})] == ["Está mal"]
    assert await waiting({"transito"}) == []
    mended = card_reports.MENDED
    settle = partial(card_reports.settle, report=kept, outcome=mended, staff_id=1, now=WEDNESDAY)
    assert await scene.write(settle)
    assert not await scene.write(settle)
    assert await waiting({"aseo"}) == []


async def test_the_most_pressing_cases_come_first(scene: Scene) -> None:
    await opens(scene, 1)
    await opens(scene, 2, due=WEDNESDAY + 9 * DAY)
    await opens(scene, 3, due=WEDNESDAY + DAY)
    await opens(scene, 4, due=WEDNESDAY + 20 * DAY, urgent=True)
    wanted = CaseFilter({"aseo"}, "open")
    lines = await scene.read(lambda tx: browsing.most_pressing(tx, wanted, 3))
    assert [line.number[-1] for line in lines] == ["4", "3", "2"]


async def test_rows_of_cases_go_on_after_a_number(scene: Scene) -> None:
    for number in (1, 2, 3):
        await opens(scene, number, due=WEDNESDAY + DAY)
    rows = await scene.read(
        lambda tx: browsing.rows_after(tx, {"aseo"}, (0, 2**62), "LS-2026-000001")
    )
    assert [row.number[-1] for row in rows] == ["2", "3"]
    assert {row.due_at for row in rows} == {WEDNESDAY + DAY}


async def test_an_erased_case_is_not_opened_again(scene: Scene) -> None:
    number, due = await opens(scene, 1), Due(WEDNESDAY + 9 * DAY, "OIRS 20 working days")
    doing = StaffAction(number, WEDNESDAY + DAY, 1)
    await scene.write(lambda tx: changing.close(tx, scene.keyring, doing, "Ya está"))
    open_again = partial(changing.reopen, keyring=scene.keyring, action=doing, due=due, why="Falta")
    assert await scene.write(open_again)
    assert not await scene.write(open_again)
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, number))
    assert case is not None
    assert (case.status, case.due_from, case.due_at) == ("open", doing.now, due.at)
    assert await scene.write(lambda tx: changing.close_as_formal(tx, scene.keyring, doing))
    await scene.write(lambda tx: empty_cases(tx, [number]))
    assert not await scene.write(open_again)
    taken = await scene.write(lambda tx: take_inbox(tx, scene.keyring, 10, WEDNESDAY + 2 * DAY))
    assert all(isinstance(item.incoming.body, CaseNews) for item in taken)


@pytest.mark.parametrize("most", [1, 10])
async def test_what_was_asked_in_vain_is_added_up_over_weeks(scene: Scene, most: int) -> None:
    for days, query in ((0, "lavandería"), (7, "lavandería"), (7, "globo"), (70, "globo")):
        fact = LookupMade(query, LookupResult.NOTHING)
        await scene.take(Said(sender("1"), [fact], at=WEDNESDAY + days * DAY))
    await scene.take(Said(sender("1"), [LookupMade("poda", LookupResult.CARD)], at=WEDNESDAY))
    weeks = [IsoWeek.of(WEDNESDAY + days * DAY, ZONE) for days in (0, 7)]
    found = await scene.read(lambda tx: unanswered_lookups.most_frequent(tx, weeks, most))
    assert found == [("lavandería", 2), ("globo", 1)][:most]
