"""Roles, one-time links and sessions of staff, and what is left of somebody who goes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from handlers.facts.cases import (
    UNDO,
    CaseAnswered,
    CaseExtended,
    CaseKind,
    CaseOpened,
    CaseWithdrawn,
)
from handlers.messages import CaseAnswer, CaseNews, CaseNotice, CaseStep
from handlers.staff.absences import Absence
from handlers.staff.permissions import Grant, Role
from storage.cases import changing, forwarding, reading, taking_back
from storage.cases.answers import answering
from storage.cases.changing import StaffAction
from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseFilter
from storage.cases.lists.words import CaseWords
from storage.duty import absences
from storage.outbox.inbox import take_inbox
from storage.privacy.erasure import empty_cases
from storage.staff import removal, roles, sessions, sign_in
from storage.staff.sessions import SessionLimits, SignedIn
from tests.hired import hired
from tests.storage.scene import WEDNESDAY, Said, Scene, sender

ANA = sender("1")
NUMBER = "LS-2026-000001"
MINUTE = timedelta(minutes=1)


async def hire(scene: Scene, name: str = "Rosa", area: str = "") -> int:
    email = f"{name.lower()}@ejemplo.cl"
    member = await scene.write(lambda tx: hired(tx, scene.keyring, name, email, area, WEDNESDAY))
    return member.id


async def test_a_link_works_once_and_for_ten_minutes(scene: Scene) -> None:
    rosa = await hire(scene)
    for later, expected in ((0 * MINUTE, rosa), (9 * MINUTE, rosa), (10 * MINUTE, None)):
        fresh = await scene.write(lambda tx: sign_in.new_link(tx, scene.keyring, rosa, WEDNESDAY))
        spent = [
            await scene.write(
                lambda tx, token=fresh.token, at=WEDNESDAY + later: sign_in.spend_link(
                    tx, scene.keyring, token, at
                )
            )
            for _ in range(2)
        ]
        assert spent == [expected, None]


async def test_a_code_works_only_where_it_was_asked_for_and_not_after_five_misses(
    scene: Scene,
) -> None:
    rosa = await hire(scene)

    async def spend(code: str, browser: str) -> int | None:
        return await scene.write(
            lambda tx: sign_in.spend_code(tx, scene.keyring, code, browser, WEDNESDAY)
        )

    async def ask(browser: str) -> str:
        fresh = await scene.write(
            lambda tx: sign_in.new_link(tx, scene.keyring, rosa, WEDNESDAY, browser=browser)
        )
        return fresh.code

    code = await ask("mine")
    assert await spend(code, "another") is None
    assert await spend(code, "") is None
    assert await spend(f"{code[:4]}-{code[4:].lower()}", "mine") == rosa
    assert await spend(code, "mine") is None
    code = await ask("second")
    for _ in range(sign_in.MAX_MISSES):
        assert await spend("AAAAAAAA", "second") is None
    assert await spend(code, "second") is None


async def test_attempts_from_one_address_are_limited_for_a_while(scene: Scene) -> None:
    async def tries(address: str, later: timedelta = 0 * MINUTE) -> bool:
        return await scene.write(
            lambda tx: sign_in.may_try(tx, scene.keyring, address, 3, WEDNESDAY + later)
        )

    assert [await tries("a") for _ in range(4)] == [True, True, True, False]
    assert await tries("b")
    assert await tries("a", 16 * MINUTE)


async def test_a_session_ends_when_idle_and_in_any_case(scene: Scene) -> None:
    rosa = await hire(scene)
    limits = SessionLimits(60 * MINUTE, 120 * MINUTE)
    token = await scene.write(
        lambda tx: sessions.begin(tx, scene.keyring, rosa, "Firefox", WEDNESDAY)
    )

    async def found(after: timedelta) -> bool:
        at = WEDNESDAY + after
        signed_in = await scene.read(lambda tx: sessions.find(tx, scene.keyring, token, limits, at))
        return signed_in is not None

    assert await found(59 * MINUTE)
    assert not await found(60 * MINUTE)
    (only,) = await scene.read(lambda tx: sessions.active_of(tx, rosa, limits, WEDNESDAY))
    await scene.write(lambda tx: sessions.note_seen(tx, only.id, WEDNESDAY + 59 * MINUTE))
    assert await found(118 * MINUTE)
    await scene.write(lambda tx: sessions.note_seen(tx, only.id, WEDNESDAY + 118 * MINUTE))
    assert await found(119 * MINUTE)
    assert not await found(120 * MINUTE)
    (hashed,) = await scene.rows("SELECT token_hash FROM staff_sessions")
    assert token.encode() not in bytes(hashed[0])


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
async def test_what_let_somebody_in_does_not_live_again_when_the_clock_is_put_back(
    scene: Scene, back: timedelta
) -> None:
    rosa = await hire(scene)
    limits, earlier = SessionLimits(), WEDNESDAY - back
    link = await scene.write(lambda tx: sign_in.new_link(tx, scene.keyring, rosa, WEDNESDAY))
    token = await scene.write(
        lambda tx: sessions.begin(tx, scene.keyring, rosa, "Firefox", WEDNESDAY)
    )
    for at in (earlier, earlier + 5 * MINUTE):
        assert (
            await scene.write(
                lambda tx, at=at: sign_in.spend_link(tx, scene.keyring, link.token, at)
            )
            is None
        )
        assert (
            await scene.read(lambda tx, at=at: sessions.find(tx, scene.keyring, token, limits, at))
            is None
        )
    assert await scene.read(lambda tx: sessions.active_of(tx, rosa, limits, earlier)) == []
    await scene.write(lambda tx: sessions.forget_ended(tx, limits, earlier))
    assert (
        await scene.read(lambda tx: sessions.find(tx, scene.keyring, token, limits, WEDNESDAY))
        is None
    )


async def test_a_session_that_lapsed_lets_nobody_in_and_its_forms_are_known_for_a_while(
    scene: Scene,
) -> None:
    rosa, limits = await hire(scene), SessionLimits()
    token = await scene.write(lambda tx: sessions.begin(tx, scene.keyring, rosa, "", WEDNESDAY))
    known = [sessions.hash_of(scene.keyring, token)]
    for now, kept in (
        (WEDNESDAY, known),
        (WEDNESDAY + sessions.FORMS_KEPT / 3, known),
        (WEDNESDAY + sessions.FORMS_KEPT, []),
    ):

        def sign_in_again(tx: Connection, now: datetime = now) -> SignedIn | None:
            sessions.let_lapse(tx, scene.keyring, token, limits, now)
            sessions.forget_ended(tx, limits, now)
            return sessions.find(tx, scene.keyring, token, limits, now)

        assert await scene.write(sign_in_again) is None
        assert await scene.read(lambda tx: sessions.hashes(tx, rosa)) == kept


async def test_a_clock_that_is_put_right_in_passing_signs_nobody_out(scene: Scene) -> None:
    rosa = await hire(scene)
    before = WEDNESDAY - 5 * MINUTE
    link = await scene.write(lambda tx: sign_in.new_link(tx, scene.keyring, rosa, WEDNESDAY))
    token = await scene.write(
        lambda tx: sessions.begin(tx, scene.keyring, rosa, "Firefox", WEDNESDAY)
    )
    await scene.write(lambda tx: sessions.forget_ended(tx, SessionLimits(), before))
    found = await scene.read(
        lambda tx: sessions.find(tx, scene.keyring, token, SessionLimits(), before)
    )
    assert found is not None
    spent = await scene.write(lambda tx: sign_in.spend_link(tx, scene.keyring, link.token, before))
    assert spent == rosa


async def test_attempts_of_a_clock_that_was_ahead_keep_nobody_out(scene: Scene) -> None:
    async def tries(at: datetime) -> bool:
        return await scene.write(lambda tx: sign_in.may_try(tx, scene.keyring, "10.0.0.1", 2, at))

    ahead = WEDNESDAY + timedelta(days=365)
    assert [await tries(ahead) for _ in range(3)] == [True, True, False]
    assert [await tries(WEDNESDAY) for _ in range(3)] == [True, True, False]


async def test_only_ones_own_session_can_be_ended(scene: Scene) -> None:
    rosa, marta = await hire(scene), await hire(scene, "Marta")
    await scene.write(lambda tx: sessions.begin(tx, scene.keyring, rosa, "", WEDNESDAY))
    (one,) = await scene.read(lambda tx: sessions.active_of(tx, rosa, SessionLimits(), WEDNESDAY))
    assert not await scene.write(lambda tx: sessions.end(tx, marta, one.id))
    assert await scene.write(lambda tx: sessions.end(tx, rosa, one.id))


async def test_who_leaves_takes_roles_and_sessions_along_and_leaves_no_id_behind(
    scene: Scene,
) -> None:
    rosa = await hire(scene)
    await scene.write(lambda tx: roles.give(tx, rosa, Grant(Role.ADMIN), WEDNESDAY))
    await scene.write(lambda tx: sign_in.new_link(tx, scene.keyring, rosa, WEDNESDAY))
    await scene.write(lambda tx: sessions.begin(tx, scene.keyring, rosa, "", WEDNESDAY))
    await scene.write(lambda tx: removal.remove(tx, rosa))
    for table in ("staff", "staff_roles", "staff_sessions", "sign_in_tokens"):
        assert await scene.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert await hire(scene, "Marta") != rosa


async def test_whom_somebody_replaced_who_leaves_is_still_away(scene: Scene) -> None:
    rosa, luis = await hire(scene), await hire(scene, "Luis")
    ends = WEDNESDAY + timedelta(weeks=2)
    await scene.write(lambda tx: absences.add(tx, Absence(rosa, luis, WEDNESDAY, ends)))
    await scene.write(lambda tx: absences.add(tx, Absence(luis, 0, ends, ends + timedelta(days=1))))
    await scene.write(lambda tx: removal.remove(tx, luis))
    assert await scene.read(lambda tx: absences.substitutes(tx, WEDNESDAY)) == {rosa: 0}


@pytest.fixture
async def case(scene: Scene) -> Scene:
    """A scene with one complaint, open since Wednesday."""
    await scene.take(
        Said(ANA, [CaseOpened(NUMBER, CaseKind.COMPLAINT, "obras", "Hay un HOYO en mi calle")])
    )
    return scene


async def answered(scene: Scene, staff_id: int) -> int:
    fact = CaseAnswered(NUMBER, staff_id, "El jueves va la cuadrilla")
    note_id = await scene.write(lambda tx: answering.answer(tx, scene.keyring, fact, WEDNESDAY))
    assert note_id is not None
    return note_id


async def taken(scene: Scene, later: timedelta) -> list[object]:
    items = await scene.write(lambda tx: take_inbox(tx, scene.keyring, 10, WEDNESDAY + later))
    return [item.incoming.body for item in items]


async def test_an_answer_waits_before_it_goes_and_can_be_taken_back_until_then(
    case: Scene,
) -> None:
    rosa = await hire(case)
    first = await answered(case, rosa)
    before_it_goes = UNDO - timedelta(seconds=1)
    assert await taken(case, before_it_goes) == []
    text = await case.write(
        lambda tx: taking_back.undo_answer(
            tx, case.keyring, NUMBER, first, WEDNESDAY + before_it_goes
        )
    )
    assert text == "El jueves va la cuadrilla"
    found = await case.read(lambda tx: reading.find_case(tx, case.keyring, NUMBER))
    assert found is not None
    assert (found.status, found.answered, found.notes) == ("open", False, ())
    assert await taken(case, timedelta(days=1)) == []
    assert await case.rows("SELECT read_at FROM cases") == [(0,)], "told once somebody reads it"

    second = await answered(case, rosa)
    assert await taken(case, UNDO) == [CaseAnswer(NUMBER, "obras", "El jueves va la cuadrilla")]
    assert not await case.write(
        lambda tx: taking_back.undo_answer(tx, case.keyring, NUMBER, second, WEDNESDAY)
    )
    found = await case.read(lambda tx: reading.find_case(tx, case.keyring, NUMBER))
    assert found is not None
    assert (found.status, found.answered) == ("answered", True)


async def test_an_answer_taken_back_leaves_the_earlier_one_and_when_it_was_given(
    case: Scene,
) -> None:
    rosa = await hire(case)
    await answered(case, rosa)
    told = "SELECT status, answered_at FROM cases"
    before = await case.rows(told)
    later = WEDNESDAY + 60 * MINUTE
    again = CaseAnswered(NUMBER, rosa, "Y el viernes el camión")
    note_id = await case.write(lambda tx: answering.answer(tx, case.keyring, again, later))
    assert await case.rows(told) != before
    await case.write(
        lambda tx: changing.note(tx, case.keyring, StaffAction(NUMBER, later, rosa), "Ojo")
    )
    assert await case.write(
        lambda tx: taking_back.undo_answer(tx, case.keyring, NUMBER, note_id, later)
    )
    assert await case.rows(told) == before


async def test_undoing_an_answer_opens_no_case_that_was_closed_meanwhile(case: Scene) -> None:
    note_id = await answered(case, await hire(case))
    await case.take(Said(ANA, [CaseWithdrawn(NUMBER)]))
    assert await case.write(
        lambda tx: taking_back.undo_answer(tx, case.keyring, NUMBER, note_id, WEDNESDAY)
    )
    assert await case.rows("SELECT status, answered_at FROM cases") == [("closed", 0)]


async def test_that_somebody_read_a_case_is_no_change_to_whoever_writes_in_it(
    case: Scene,
) -> None:
    before = await case.read(lambda tx: browsing.version_of(tx, NUMBER))
    doing = StaffAction(NUMBER, WEDNESDAY)
    assert await case.write(lambda tx: changing.mark_read(tx, case.keyring, doing))
    assert await case.read(lambda tx: browsing.version_of(tx, NUMBER)) == before


async def test_what_waits_longest_comes_first_counted_from_the_words_without_answer(
    case: Scene,
) -> None:
    rosa = await hire(case)
    other = CaseOpened("LS-2026-000002", CaseKind.COMPLAINT, "obras", "No hay luz")
    await case.take(Said(sender("2"), [other], at=WEDNESDAY + 60 * MINUTE))
    everything = CaseFilter({"obras"}, "open")

    async def order() -> list[str]:
        lines = await case.read(lambda tx: browsing.page(tx, everything, limit=10))
        return [line.number[-1] for line in lines]

    assert await order() == ["1", "2"]
    await answered(case, rosa)
    assert await order() == ["2"]
    at = WEDNESDAY + 120 * MINUTE
    await case.take(Said(ANA, [CaseExtended(NUMBER, "¿Y?")], at=at))
    assert await order() == ["2", "1"]
    (_, again) = await case.read(lambda tx: browsing.page(tx, everything, limit=10))
    assert again.waiting_since == at


async def test_a_forwarded_case_is_told_to_its_new_area_with_a_note(case: Scene) -> None:
    await hire(case, "Marta", "aseo")
    rosa = await hire(case)
    await taken(case, 0 * MINUTE)  # the notice of its opening
    before = await case.read(lambda tx: browsing.version_of(tx, NUMBER))
    later = WEDNESDAY + MINUTE
    await case.write(
        lambda tx: forwarding.forward(
            tx, case.keyring, StaffAction(NUMBER, later, rosa), "aseo", "Es de Aseo"
        )
    )
    assert await case.read(lambda tx: browsing.area_of(tx, NUMBER)) == "aseo"
    assert await case.read(lambda tx: browsing.version_of(tx, NUMBER)) != before
    assert await taken(case, MINUTE + UNDO) == [
        CaseNews(NUMBER, CaseStep.FORWARDED, "aseo", None, "Es de Aseo"),
        CaseNotice(NUMBER, "reclamo", "aseo", "Hay un HOYO en mi calle"),
    ]
    found = await case.read(lambda tx: reading.find_case(tx, case.keyring, NUMBER))
    assert found is not None
    assert [(note.author, note.text) for note in found.notes] == [("forwarded", "Es de Aseo")]


async def test_a_case_is_found_by_words_in_any_case_and_without_accents(case: Scene) -> None:
    search, now = CaseWords(case.database, case.keyring), WEDNESDAY
    for words, found in (("hoyo cálle", [NUMBER]), ("luz", [])):
        assert await search.find(CaseFilter({"obras"}), words, 10, now) == found
    assert await search.find(CaseFilter({"aseo"}), "hoyo", 10, now) == []
    by_number = await case.read(
        lambda tx: browsing.page(tx, CaseFilter({"obras"}, number="000001"), limit=10)
    )
    assert len(by_number) == 1
    assert await case.read(lambda tx: browsing.page(tx, CaseFilter({"aseo"}), limit=10)) == []


async def test_words_that_were_erased_are_found_no_more_though_they_were_read(case: Scene) -> None:
    search, wanted = CaseWords(case.database, case.keyring), CaseFilter({"obras"})
    assert await search.find(wanted, "hoyo", 10, WEDNESDAY) == [NUMBER]
    await case.write(lambda tx: empty_cases(tx, [NUMBER]))
    assert await search.find(wanted, "hoyo", 10, WEDNESDAY + MINUTE) == []


async def test_what_is_written_after_an_audio_finds_its_case(case: Scene) -> None:
    search, wanted = CaseWords(case.database, case.keyring), CaseFilter({"aseo"})
    await case.take(Said(ANA, [CaseOpened("LS-2026-000007", CaseKind.PERSON, "aseo", "")]))
    assert await search.find(wanted, "poda", 10, WEDNESDAY) == []
    await case.take(Said(ANA, [CaseExtended("LS-2026-000007", "Es por la poda")]))
    assert await search.find(wanted, "poda", 10, WEDNESDAY + MINUTE) == ["LS-2026-000007"]
