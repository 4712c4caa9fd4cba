"""Freeze data as the present code leaves it: ``python -m tests.frozen.make``, with each migration.

What is written, a backup in a folder named after the revision, is committed and never made again.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channels.ports import Failed, RetryLater, Sent, Uncertain
from bot.content.release import PACKAGED, load_release
from bot.jobs.data import backups
from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from handlers.assessments.rounds import Round, round_questions, staff_questionnaires
from handlers.assessments.steps import Answer, AssessmentStep, Saved, Validated, edition_of
from handlers.assessments.steps import Opened as Begun
from handlers.content.model import Content
from handlers.content.quality import SelfAssessment
from handlers.facts.files import FileSent
from handlers.facts.staff import StaffAnswered
from handlers.measures.steps import Assigned, Deadline, MeasureStep, Opened, Origin
from handlers.messages import Channel, Media, MediaFile, MediaKind, Sender
from handlers.privacy.breaches.breach import BreachMessage
from handlers.privacy.breaches.steps import (
    BreachScope,
    BreachStep,
    CitizensTold,
    DataKind,
    Description,
    Recorded,
)
from handlers.quality.weeks import IsoWeek
from handlers.staff.absences import Absence
from handlers.staff.permissions import Grant, Role
from handlers.staff.shifts import Shift
from handlers.state import Pinned
from storage.assessments import rounds
from storage.assessments import steps as assessments
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.cases import attachments
from storage.contacts.contacts import contact_of
from storage.duty import absences, shifts
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.keys_used import open_with_keys
from storage.engine.opening import open_database
from storage.handovers import changing as handovers
from storage.handovers.changing import StaffActing
from storage.measures import steps
from storage.privacy import notices
from storage.privacy.breaches import affected, messages
from storage.privacy.breaches import steps as breaches
from storage.recorded_fact import RecordedFact
from storage.staff import pinned_notice, roles, sessions, sign_in, staff
from tests.bot.one_process import WEDNESDAY, FakeChannel, opened

HERE = Path(__file__).parent
RATES = ("calificar", "transito", "3", "espera", "listo")


async def make(url: str, keys: Path) -> None:
    """Citizens with every kind of row: rated, erased, in the midst, with a case, not reached.

    And a published digest of their week, with its control run.
    """
    database, keyring = await open_with_keys(url, keys)
    later = RetryLater(timedelta(minutes=1), code="429")
    telegram = FakeChannel(Channel.TELEGRAM)
    whatsapp = FakeChannel(
        Channel.WHATSAPP, Sent(ref="a"), Failed("131026"), Uncertain("cut"), later
    )
    release = load_release(PACKAGED)
    async with opened(database, keyring, release, [telegram, whatsapp]) as process:
        await process.hears(*RATES, "Esperé mucho en la fila", who="ana")
        await process.hears("donde saco la licencia de conducir", who="luis")
        await process.hears("reclamo", "La luminaria de mi pasaje no prende", who="eva")
        photo = Media(MediaKind.PHOTO, "", MediaFile("AgACAgEAAxkB", 90_000))
        await process.intake.submit([process.event(photo, who="eva")])
        await process.hears("saltar", "sí", who="eva")
        await process.hears(*RATES, "borrar", "sí", who="sol")
        await process.hears("calificar", "transito", who="paz")  # is asked for a grade
        for text in ("hola", "calificar", "transito", "6"):
            await process.hears(text, who="56900000000", channel=Channel.WHATSAPP)
        await asyncio.sleep(0.5)
    await database.write(partial(_use_panel, keyring))
    await database.write(partial(_open_measure, keyring))
    await database.write(partial(_assess, keyring, release.content.self_assessment))
    await database.write(partial(_ask_staff, keyring, release.content))
    await database.write(partial(_answer_in_chat, keyring))
    await database.write(partial(_record_breach, keyring))
    after = Wanted(IsoWeek.of_day(WEDNESDAY.date()), WEDNESDAY + timedelta(weeks=1))
    await run_control(database, keyring, release, after)  # publishes the week first
    await database.close()


def _use_panel(keyring: Keyring, tx: Transaction) -> None:
    """A member of staff who was signed in, and what they did: the privacy page filled in."""
    member = staff.add(
        tx, keyring, staff.NewMember("Rosa", "rosa@muni.example", "transito"), WEDNESDAY
    )
    roles.give(tx, member.id, Grant(Role.HEAD, "transito"), WEDNESDAY)
    sign_in.may_try(tx, keyring, member.email, 5, WEDNESDAY)
    sign_in.new_link(tx, keyring, member.id, WEDNESDAY, browser="one")
    sessions.begin(tx, keyring, member.id, "Firefox", WEDNESDAY)
    notices.publish(tx, 0, {"officer": "Unidad de Datos"}, member.id, WEDNESDAY)
    for action in ("sign-in", "cases-read"):
        chain.append(tx, keyring, AuditEntry(member.id, action), WEDNESDAY)


def _open_measure(keyring: Keyring, tx: Transaction) -> None:
    """A measure that somebody took."""
    term = Deadline(WEDNESDAY + timedelta(weeks=2), "POLITICA 10 working days")
    opened = Opened("transito", Origin.SIGNAL, "2026-W46", "2026-W46", term)
    zone = ZoneInfo("America/Santiago")
    number = steps.open_one(tx, keyring, MeasureStep(WEDNESDAY, 0, opened), zone)
    measure = steps.find_measure(tx, keyring, zone, number)
    assert measure is not None
    assert steps.add(tx, keyring, measure, MeasureStep(WEDNESDAY, 1, Assigned()))


def _assess(keyring: Keyring, criteria: SelfAssessment | None, tx: Transaction) -> None:
    """A self-assessment that is validated, and a draft."""
    assert criteria is not None
    edition = edition_of(criteria)
    answers = {one.id: Answer(3, "Está en el manual", "Manual 2026") for one in edition.criteria}
    zone = ZoneInfo("America/Santiago")
    for period in ("2026", "2026-S2"):
        begun = AssessmentStep(WEDNESDAY, 1, Begun("transito", period, edition))
        number = assessments.open_one(tx, keyring, begun, zone)
        events = ((1, Saved(answers)), (2, Validated())) if period == "2026" else ()
        for staff_id, event in events:
            found = assessments.find_assessment(tx, keyring, number)
            assert found is not None
            assert assessments.add(tx, keyring, found, AssessmentStep(WEDNESDAY, staff_id, event))


def _ask_staff(keyring: Keyring, content: Content, tx: Transaction) -> None:
    """A questionnaire to staff that one person has answered."""
    (questionnaire,) = staff_questionnaires(content)
    ends, zone = WEDNESDAY + timedelta(days=5), ZoneInfo("America/Santiago")
    asked = round_questions(questionnaire, "es-CL")
    drafted = Round(
        "", questionnaire.id, questionnaire.version, "Trabajar en su área", asked, WEDNESDAY, ends
    )
    number = rounds.open_one(tx, keyring, drafted, 1, zone)
    assert number is not None
    answers = tuple((one.id, sorted(one.values)[-1]) for one in asked)
    assert rounds.count(tx, keyring, StaffAnswered(number, 1, "transito", answers), WEDNESDAY)


def _answer_in_chat(keyring: Keyring, tx: Transaction) -> None:
    """A conversation with a person, the roster and an absence of theirs, and a pinned notice."""
    (member,) = staff.everyone(tx)
    acting = StaffActing(7, member.id, WEDNESDAY)
    opened = handovers.NewHandover(
        7, "transito", "Mi licencia no llega", urgent=False, at=WEDNESDAY
    )
    eva = contact_of(tx, keyring, Sender(Channel.TELEGRAM, "municipality", "eva"))
    assert eva is not None
    handovers.open_(tx, keyring, eva.id, "telegram", opened)
    handovers.take(tx, keyring, acting)
    sent = FileSent(8, MediaKind.PHOTO, MediaFile("AgACAgEAAxkC", 80_000), handover=7)
    attachments.record_files(tx, keyring, [RecordedFact(sent, eva.id, "telegram", WEDNESDAY)])
    handovers.answer(tx, keyring, acting, "Ya la busco")
    day, zone = WEDNESDAY.date(), ZoneInfo("America/Santiago")
    weekdays = frozenset({1, 2, 3, 4, 5})
    shifts.add(tx, Shift(member.id, "", day, None, weekdays, time(8, 30), time(17, 30), zone))
    ends = WEDNESDAY + timedelta(days=5)
    absences.add(tx, Absence(member.id, 0, WEDNESDAY + timedelta(days=1), ends))
    pinned_notice.pin(tx, Pinned("Hay paro municipal.", stops_ratings=True), WEDNESDAY)
    pinned_notice.take_down(tx, WEDNESDAY)


def _record_breach(keyring: Keyring, tx: Transaction) -> None:
    """A security breach of which everybody who rated is told."""
    zone, scope = ZoneInfo("America/Santiago"), BreachScope((DataKind.RATINGS,))
    known = Description(WEDNESDAY, "Un disco perdido", scope, "Se leen", "Claves", has_risk=True)
    recorded = Recorded(known, WEDNESDAY + timedelta(hours=72), 72)
    number = breaches.record(tx, keyring, BreachStep(WEDNESDAY, 1, recorded), zone)
    found = breaches.find_breach(tx, keyring, number)
    assert found is not None
    ids = affected.untold(tx, number, BreachMessage(1, WEDNESDAY, known), zone)
    messages.choose(tx, number, ids)
    told = BreachStep(WEDNESDAY, 1, CitizensTold("Se perdió un disco", len(ids)))
    assert breaches.add(tx, keyring, found, told)


async def freeze(url: str, keys: Path, folder: Path) -> str:
    """Write the backup; the revision it is of."""
    draft = folder / "draft"
    await asyncio.to_thread(draft.mkdir)
    database = await open_database(url)
    write = partial(
        backups.write,
        folder=draft,
        others={backups.KEYS: keys},
        now=WEDNESDAY,
        advance=lambda _table, _rows: None,
    )
    manifest = await database.read(write)
    await database.close()
    await asyncio.to_thread(draft.rename, folder / manifest.revision)
    return manifest.revision


async def main() -> None:
    """Make the data in a scratch database and freeze it."""
    with tempfile.TemporaryDirectory() as scratch:
        url, keys = f"sqlite:///{scratch}/opina.db", Path(scratch) / backups.KEYS
        await make(url, keys)
        print(await freeze(url, keys, HERE))


if __name__ == "__main__":
    asyncio.run(main())
