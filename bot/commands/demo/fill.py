"""Made-up citizens for the demonstration: they talk to the real core, in weeks that have passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from msgspec.structs import replace

from bot.commands.demo.cases import add_cases
from bot.commands.demo.work import add_work
from bot.jobs.quality.digest import MADE_UP, Wanted, load_digest
from handlers.content.model import Area, Content, Desk
from handlers.conversation import step
from handlers.handover import People
from handlers.messages import Body, Channel, Incoming, Sender, Start, Text
from handlers.needs import Need, NeedCaseNumber, NeedPeople, answered
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from handlers.state import Known
from storage import turns
from storage.engine import counters
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.quality.digests import claim
from storage.staff import roles, sign_in, staff
from storage.turns import RecordContext, TurnTaken

ACCOUNT = "demo"
BATCH = 100  # visits in one transaction
CHANNELS = (Channel.WHATSAPP, Channel.WEB, Channel.TELEGRAM)
SHARES = (5, 3, 2)
ANSWER_S = 20  # a citizen takes so long for each message
FALL_WEEKS = 2  # so long ago one area fell

REASONS = ("Espera", "Espera", "Espera", "Trato", "Información", "No se resolvió", "Otro")
COMPLAINTS = (
    "Esperé casi dos horas y había una sola ventanilla abierta",
    "Nadie contesta el teléfono, tuve que venir tres veces",
    "Me pidieron un papel que no aparecía en la página",
    "El sistema estaba caído y no avisaron",
    "La fila estaba al sol y sin asientos para personas mayores",
    "Me mandaron de una oficina a otra sin resolver nada",
)
PRAISE = (
    "Muy amables y todo rápido, en diez minutos estaba listo",
    "Me explicaron con paciencia lo que me faltaba",
    "Excelente atención, se nota la preocupación por la gente",
    "Pude hacerlo en línea sin tener que ir",
    "Buena disposición, me ayudaron a llenar el formulario",
)
NOT_FOUND = ("lavandería", "traductor de inglés", "globo aerostático")
STAFF = (
    ("Unidad de Calidad (demostración)", "calidad@demostracion.invalid"),
    ("Jefatura del área (demostración)", "jefatura@demostracion.invalid"),
)
WHO_SHOWS = STAFF[0][1]  # signs in to the panel, with every role


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What is made up: the whole weeks before ``now``, always alike for one ``seed``."""

    now: datetime
    weeks: int = 12
    seed: int = 2026


@dataclass(frozen=True, slots=True)
class _Habit:
    """How an area is rated."""

    area: Area
    token: str  # of one of its desks
    a_week: int  # ratings, about
    satisfied: float  # share of grades 6 and 7
    lately: float  # the same in the last weeks


@dataclass(frozen=True, slots=True)
class _Visit:
    """One made-up citizen and all that they write."""

    sender: Sender
    at: datetime
    said: tuple[Body, ...]
    first_response: int  # what their responses are numbered from


async def fill_demo(
    database: Database,
    keyring: Keyring,
    release: Release,
    demonstration: Demonstration,
    advance: Callable[[], None] = lambda: None,
) -> None:
    """Fill an empty database; ``advance`` is called after each week.

    Turns go through ``step`` and ``turns.record`` as a citizen's do, at the times at which they
    are supposed to have been; only their replies are left out, since nobody waits for them.
    """
    random = Random(demonstration.seed)
    habits = _habits(release.content, random)
    last = IsoWeek.of(demonstration.now, release.content.zone).shifted(-1)
    weeks = [*last.previous(demonstration.weeks - 1), last]
    start = weeks[0].bounds(release.content.zone)[0]
    readers = await database.write(lambda tx: _begin(tx, keyring, habits[0].area.id, start))
    for number, week in enumerate(weeks):
        lately = number >= len(weeks) - FALL_WEEKS
        visits = list(_visits(week, habits, release.content, random, lately))
        for first in range(0, len(visits), BATCH):
            part = visits[first : first + BATCH]
            take = partial(_take, keyring=keyring, release=release, visits=part)
            await database.write(take)
        wanted = Wanted(week, demonstration.now, made_up=True)
        # Frozen; it counts as sent, so that it is not sent when the service starts.
        await load_digest(database, keyring, release, wanted, freeze=True)
        await database.write(partial(_claim, wanted, readers))
        advance()
    who = await database.read(lambda tx: sign_in.staff_with(tx, WHO_SHOWS))
    assert who is not None, "added in the beginning"
    await database.write(partial(add_cases, keyring, release, demonstration.now, who))
    await database.write(partial(add_work, keyring, release, demonstration.now, who))


def _begin(tx: Transaction, keyring: Keyring, area: str, at: datetime) -> list[int]:
    """Mark the database for good, and add staff; returns their contacts."""
    counters.add(tx, {MADE_UP: 1})
    for (name, email), own in zip(STAFF, ("", area), strict=True):
        member = staff.add(tx, keyring, name, email, own, at)
        roles.give(tx, member.id, Grant(Role.HEAD, own), at)
    return [reader.contact_id for reader in staff.recipients(tx)]


def way_in(tx: Transaction, keyring: Keyring, now: datetime) -> str | None:
    """The secret of a link to the panel, for somebody who may do everything in it; None: an older
    demonstration, without that person."""
    who = sign_in.staff_with(tx, WHO_SHOWS)
    if who is None:
        return None
    for role in Role:
        roles.give(tx, who, Grant(role), now)
    return sign_in.new_link(tx, keyring, who, now).token


def _claim(wanted: Wanted, readers: Sequence[int], tx: Transaction) -> None:
    claim(tx, wanted.week, readers, wanted.now)


def _habits(content: Content, random: Random) -> list[_Habit]:
    """The busiest area first: it falls. The last one is too small to be shown."""
    desks: dict[str, Desk] = {}
    for desk in content.desks:
        if desk.service is None:
            desks.setdefault(desk.area, desk)
    by_size = sorted(desks, key=lambda area: -len(content.services_by_area[area]))
    habits = []
    for place, area in enumerate(by_size):
        share = random.uniform(0.58, 0.86)
        entry, token = content.area_by_id[area], desks[area].token
        if place == 0:
            habits.append(_Habit(entry, token, 60, 0.8, 0.42))
        elif place == len(by_size) - 1:
            habits.append(_Habit(entry, token, 3, share, share))
        else:
            habits.append(_Habit(entry, token, random.randint(4, 26), share, share))
    return habits


def _visits(
    week: IsoWeek, habits: Sequence[_Habit], content: Content, random: Random, lately: bool
) -> Iterator[_Visit]:
    """A week's citizens: some rate an area, some look something up."""
    said: list[tuple[Body, ...]] = []
    for habit in habits:
        satisfied = habit.lately if lately else habit.satisfied
        for _ in range(max(0, round(random.gauss(habit.a_week, habit.a_week**0.5)))):
            said.append(tuple(_rating(habit.token, random.random() < satisfied, random)))
    asked = [synonym for service in content.services for synonym in service.synonyms[:2]]
    asked = asked or [service.name for service in content.services]
    for query in (*random.choices(asked, k=110), *random.choices(NOT_FOUND, k=36)):
        said.append((Text(query), Text("sí" if random.random() < 0.8 else "no")))
    for number, bodies in enumerate(said):
        channel = random.choices(CHANNELS, SHARES)[0]
        address = f"{week}-{number}"
        yield _Visit(
            sender=Sender(channel, ACCOUNT, address),
            at=_moment(week, content, random),
            said=bodies,
            first_response=random.getrandbits(62),
        )


def _rating(token: str, satisfied: bool, random: Random) -> Iterator[Body]:
    yield Start(token)
    if random.random() < 0.06:
        return  # read the question and left
    if random.random() < 0.05:
        yield Text("aún no termina")
    if satisfied:
        yield Text(random.choice(("6", "7", "7")))
        if random.random() < 0.3:
            yield Text(random.choice(PRAISE))
    else:
        yield Text(random.choice(("1", "2", "3", "4", "5", "5")))
        if random.random() < 0.1:
            return
        yield Text(random.choice(REASONS))
        if random.random() < 0.5:
            yield Text(random.choice(COMPLAINTS))
    yield Text("LISTO")


def _moment(week: IsoWeek, content: Content, random: Random) -> datetime:
    """On a working day, mostly in the morning."""
    day = week.monday + timedelta(days=random.choices(range(6), (5, 5, 4, 4, 4, 1))[0])
    minutes = round(random.triangular(8 * 60, 19 * 60, 11 * 60))
    return datetime.combine(day, time(), tzinfo=content.zone) + timedelta(
        minutes=minutes, seconds=random.randrange(60)
    )


def _take(tx: Transaction, keyring: Keyring, release: Release, visits: Sequence[_Visit]) -> None:
    now = max(visit.at for visit in visits)
    contacts = turns.find_contacts(tx, keyring, [visit.sender for visit in visits], now)
    loaded = turns.load(tx, keyring, contacts)
    taken: list[TurnTaken] = []
    for contact, visit in zip(contacts, visits, strict=True):
        conversation = loaded[contact.id].conversation
        for place, body in enumerate(visit.said):
            at = visit.at + timedelta(seconds=place * ANSWER_S)
            incoming = Incoming(str(place), visit.sender, body, at)
            known = Known(new_id=visit.first_response + place)
            take = partial(step, conversation, incoming, release=release, now=at)
            turn = answered(take, known, partial(_supplied, tx, at, release.content))
            conversation = turn.conversation
            taken.append(TurnTaken(loaded[contact.id], at, replace(turn, replies=()), at))
    turns.record(tx, keyring, taken, RecordContext(0, release.content.zone, Owner(ACCOUNT, 0), now))


def _supplied(tx: Transaction, at: datetime, content: Content, known: Known, need: Need) -> Known:
    match need:
        case NeedCaseNumber():  # some ask for a person
            year = at.astimezone(content.zone).year
            number = turns.next_case_number(tx, content.case_prefix, year)
            return replace(known, case_number=number)
        case NeedPeople():  # out of hours
            return replace(known, people=People(any=False, now=False))
        case _:
            raise RuntimeError(f"no made-up citizen says what needs {type(need).__name__}")
