"""Made-up cases for the demonstration, so that the panel has something to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.commands.demo.writer import ACCOUNT, DemoWriter
from handlers.cases.deadlines import first_term
from handlers.facts.cases import CaseAnswered, CaseExtended, CaseKind, CaseOpened
from handlers.messages import Channel, Sender
from storage.cases import changing, reading, recording
from storage.cases.changing import StaffAction
from storage.cases.lists import incidents
from storage.cases.reading import WantedCases
from storage.contacts.needs import next_case_number
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring

OPENED: tuple[tuple[str, timedelta, Channel, CaseKind, str], ...] = (
    (
        "aseo",
        timedelta(days=9),
        Channel.TELEGRAM,
        CaseKind.COMPLAINT,
        "Hace dos semanas que no pasa el camión de la basura por mi pasaje.",
    ),
    (
        "transito",
        timedelta(days=6),
        Channel.WEB,
        CaseKind.COMPLAINT,
        "Pedí hora para renovar la licencia y al llegar me dijeron que no existía.",
    ),
    (
        "operaciones",
        timedelta(days=4),
        Channel.TELEGRAM,
        CaseKind.COMPLAINT,
        "La luminaria de la esquina se prende de día y se apaga de noche.",
    ),
    (
        "",
        timedelta(days=3),
        Channel.WEB,
        CaseKind.PERSON,
        "Quiero hablar con alguien por una multa que no entiendo.",
    ),
    (
        "aseo",
        timedelta(days=2),
        Channel.WEB,
        CaseKind.COMPLAINT,
        "Podaron el árbol de la vereda y dejaron las ramas botadas.",
    ),
    (
        "mujer",
        timedelta(hours=30),
        Channel.WEB,
        CaseKind.PERSON,
        "Necesito que me llamen en la mañana.",
    ),
    (
        "transito",
        timedelta(hours=5),
        Channel.TELEGRAM,
        CaseKind.PERSON,
        "¿En qué está mi permiso de circulación?",
    ),
    (
        "operaciones",
        timedelta(hours=29),
        Channel.WEB,
        CaseKind.COMPLAINT,
        "Está apagada la luminaria de la esquina y de noche no se ve nada.",
    ),
    (
        "transito",
        timedelta(hours=2),
        Channel.WHATSAPP,
        CaseKind.COMPLAINT,
        "Un semáforo quedó colgando de un cable y puede caer sobre alguien.",
    ),
)
# Places in OPENED.
URGENT = 8  # someone may be in danger
OF_ONE_INCIDENT = (2, 7)
ANSWERED = 4
ADDED = 1  # its citizen adds a message
ANSWER = "Gracias por avisar. La cuadrilla retira las ramas mañana en la mañana."
EARLIER = "Gracias por escribir. Lo conversamos por teléfono."
MORE = "Ya fui tres veces."
WITHIN_THE_WINDOW, AFTER_THE_WINDOW = timedelta(hours=18), timedelta(days=2)  # of WhatsApp
SOME = 4  # every fourth waits longer
INCIDENT = "Luminarias apagadas en un sector"
NOTE = "El sistema de horas estuvo caído ese día; consultado a informática."


def add_cases(demo: DemoWriter) -> None:
    """Open the cases at the times at which they are supposed to have come."""
    tx, keyring, content = demo.tx, demo.keyring, demo.content
    numbers = []
    for place, (area, before, channel, kind, words) in enumerate(OPENED):
        at = demo.now - before
        if before > timedelta(days=1):  # in the morning
            local = at.astimezone(content.zone)
            at = local.replace(hour=9 + place % 3, minute=(7 * place) % 60).astimezone(UTC)
        year = at.astimezone(content.zone).year
        number = next_case_number(tx, content.case_prefix, year)
        known = area if area in content.area_by_id else ""
        sender = Sender(channel, ACCOUNT, f"case-{place}")
        urgent = place == URGENT
        opened = CaseOpened(number, kind, known, words, first_term(at, content), urgent)
        demo.take(sender, opened, at)
        if place == ADDED:
            later = at + timedelta(days=2)
            demo.take(sender, CaseExtended(number, MORE), later)
            changing.note(tx, keyring, StaffAction(number, later, demo.staff_id), NOTE)
        numbers.append(number)
    incident = incidents.begin(tx, INCIDENT, demo.staff_id, demo.now)
    incidents.add_cases(tx, incident, [numbers[place] for place in OF_ONE_INCIDENT], demo.now)
    answered = CaseAnswered(numbers[ANSWERED], demo.staff_id, ANSWER)
    recording.answer(tx, keyring, answered, demo.now - timedelta(hours=20))


def answer_cases(tx: Transaction, keyring: Keyring, now: datetime) -> Iterator[datetime]:
    """Answer the open cases of made-up citizens within a day, some after two, and close them.

    Yields when each was answered.
    """
    for place, case in enumerate(reading.list_cases(tx, keyring, WantedCases(status="open")), 1):
        after = AFTER_THE_WINDOW if place % SOME == 0 else WITHIN_THE_WINDOW
        at = min(case.opened_at + after, now)
        recording.answer(tx, keyring, CaseAnswered(case.number, 0, EARLIER), at)
        yield at
        changing.close_answered(tx, at + timedelta(microseconds=1), at)
