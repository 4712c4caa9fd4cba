"""The demonstration's weeks: made-up citizens write to the real core, at times in the past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from msgspec.structs import replace

from bot.commands.demo.cases import add_cases, answer_cases
from bot.commands.demo.chats import add_chats
from bot.commands.demo.delivery import Delivered, deliver
from bot.commands.demo.history import Moment, carry_on
from bot.commands.demo.targets import add_targets
from bot.commands.demo.work import add_work
from bot.commands.demo.writer import DemoWriter
from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import MADE_UP, Wanted
from bot.population.weeks import ACCOUNT, SimulatedCitizen, citizens_of_week, habits
from handlers.content.model import Content
from handlers.conversation import step
from handlers.handover import People
from handlers.messages import Incoming
from handlers.needs import Need, NeedCaseNumber, NeedPeople, complete_turn
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from handlers.state import Known
from storage import turns
from storage.contacts.contacts import find_contacts, load
from storage.contacts.needs import next_case_number
from storage.engine import counters
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.quality.digests import claim
from storage.staff import roles, sign_in, staff
from storage.turns import RecordContext, TurnTaken

BATCH = 100  # citizens in one transaction
ANSWER_S = 20  # a citizen takes so long for each message
OFFICE_OPENS = timedelta(hours=8)

WHO_SHOWS = "calidad@demostracion.invalid"  # signs in to the panel, with every role
STAFF = (
    ("Unidad de Calidad (demostración)", WHO_SHOWS, Role.QUALITY),
    ("Jefatura del área (demostración)", "jefatura@demostracion.invalid", Role.HEAD),
    ("Otra persona de Calidad (demostración)", "calidad2@demostracion.invalid", Role.QUALITY),
)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What is made up: the whole weeks before ``now``, always alike for one ``seed``."""

    now: datetime
    weeks: int = 12
    seed: int = 2026


async def fill_demo(
    database: Database,
    keyring: Keyring,
    release: Release,
    demonstration: Demonstration,
    advance: Callable[[], None] = lambda: None,
) -> None:
    """Fill an empty database; ``advance`` is called after each week.

    Turns go through ``step`` and ``turns.record`` like a citizen's, at times in the past; only
    their replies are left out, since no one waits for them.
    """
    random = Random(demonstration.seed)
    population = habits(release.content, random)
    last = IsoWeek.of(demonstration.now, release.content.zone).shifted(-1)
    weeks = [*last.previous(demonstration.weeks - 1), last]
    start = weeks[0].bounds(release.content.zone)[0]
    rises = population[1].area.id if len(population) > 1 else ""
    team = await database.write(lambda tx: _begin(tx, keyring, population[0].area.id, start))

    def writer(tx: Transaction) -> DemoWriter:
        return DemoWriter(tx, keyring, release, demonstration.now, team.quality)

    await database.write(partial(add_targets, release, team.quality, start))
    for number, week in enumerate(weeks):
        left = len(weeks) - 1 - number
        came = list(citizens_of_week(week, population, release.content, random, left))
        await _take_in_parts(database, keyring, release, came)
        # Claimed as sent on its Monday, so that the service does not send it when it starts.
        monday = week.bounds(release.content.zone)[1] + OFFICE_OPENS
        wanted = Wanted(week, min(monday, demonstration.now), made_up=True)
        await database.write(partial(_answer, keyring, release, wanted.now))
        if not left:  # so that the newest digest tells what waits
            await database.write(lambda tx: add_cases(writer(tx)))
            await database.write(lambda tx: add_work(writer(tx), team.head))
        await run_control(database, keyring, release, wanted)
        await database.write(partial(_claim, wanted, team.readers))
        if rises:
            moment = Moment(rises, left, wanted.now, team.quality)
            await database.write(partial(carry_on, keyring, release, moment))
        advance()
    await database.write(lambda tx: add_chats(writer(tx)))


async def _take_in_parts(
    database: Database, keyring: Keyring, release: Release, came: Sequence[SimulatedCitizen]
) -> None:
    for first in range(0, len(came), BATCH):
        part = came[first : first + BATCH]
        await database.write(partial(_take, keyring=keyring, release=release, citizens=part))


@dataclass(frozen=True, slots=True)
class _Team:
    """Ids of the made-up staff, and the contacts who get every digest."""

    quality: int
    head: int
    readers: tuple[int, ...]


def _begin(tx: Transaction, keyring: Keyring, area: str, at: datetime) -> _Team:
    """Mark the database for good, and add staff."""
    counters.add(tx, {MADE_UP: 1})
    ids = []
    for name, email, role in STAFF:
        own = area if role is Role.HEAD else ""
        member = staff.add(tx, keyring, staff.NewMember(name, email, own), at)
        roles.give(tx, member.id, Grant(role, own), at)
        ids.append(member.id)
    return _Team(ids[0], ids[1], tuple(reader.contact_id for reader in staff.recipients(tx)))


def way_in(tx: Transaction, keyring: Keyring, now: datetime) -> str | None:
    """The secret of a link to the panel, for someone who may do everything in it.

    None: an older demonstration, without that person.
    """
    who = sign_in.staff_with(tx, WHO_SHOWS)
    if who is None:
        return None
    for role in Role:
        roles.give(tx, who, Grant(role), now)
    return sign_in.new_link(tx, keyring, who, now).token


def _claim(wanted: Wanted, readers: Sequence[int], tx: Transaction) -> None:
    claim(tx, wanted.week, readers, wanted.now)


def _take(
    tx: Transaction, keyring: Keyring, release: Release, citizens: Sequence[SimulatedCitizen]
) -> None:
    now = max(citizen.at for citizen in citizens)
    contacts = find_contacts(tx, keyring, [citizen.sender for citizen in citizens], now)
    loaded = load(tx, keyring, contacts)
    taken: list[TurnTaken] = []
    for contact, citizen in zip(contacts, citizens, strict=True):
        conversation = loaded[contact.id].conversation
        for place, body in enumerate(citizen.said):
            at = citizen.at + timedelta(seconds=place * ANSWER_S)
            incoming = Incoming(str(place), citizen.sender, body, at)
            known = Known(new_id=citizen.first_response + place)
            take = partial(step, conversation, incoming, release=release, now=at)
            turn = complete_turn(take, known, partial(_supplied, tx, at, release.content))
            conversation = turn.conversation
            taken.append(TurnTaken(loaded[contact.id], at, replace(turn, replies=()), at))
    turns.record(tx, keyring, taken, RecordContext(0, release.content.zone, Owner(ACCOUNT, 0), now))


def _answer(keyring: Keyring, release: Release, now: datetime, tx: Transaction) -> None:
    """Answer the week's cases, and deliver the answers to where each was written."""
    for at in answer_cases(tx, keyring, now):
        supply = partial(_supplied, tx, at, release.content)
        deliver(tx, keyring, release, Delivered(at, supply))


def _supplied(tx: Transaction, at: datetime, content: Content, known: Known, need: Need) -> Known:
    match need:
        case NeedCaseNumber():  # some ask for a person
            year = at.astimezone(content.zone).year
            number = next_case_number(tx, content.case_prefix, year)
            return replace(known, case_number=number)
        case NeedPeople():  # out of hours
            return replace(known, people=People(any=False, now=False))
        case _:
            raise RuntimeError(f"no made-up citizen says what needs {type(need).__name__}")
