"""How made-up people do something: recorded as a citizen's turn, at the time it is said to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from handlers.facts.union import Fact
from handlers.handover import Handover
from handlers.messages import Channel, Sender
from handlers.release import Release
from handlers.state import Turn
from storage import turns
from storage.contacts.contacts import find_contacts, load
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.turns import RecordContext, TurnTaken

ACCOUNT = "demo"


def take(
    tx: Transaction,
    keyring: Keyring,
    release: Release,
    sender: Sender,
    fact: Fact,
    at: datetime,
    handover: Handover | None = None,
) -> None:
    """Record a turn of a made-up person, without its replies. ``handover``: the conversation with a
    person that goes on after it."""
    contacts = find_contacts(tx, keyring, [sender], at)
    loaded = load(tx, keyring, contacts)[contacts[0].id]
    turn = Turn(replace(loaded.conversation, handover=handover), (), (fact,))
    context = RecordContext(0, release.content.zone, Owner(ACCOUNT, 0), at)
    turns.record(tx, keyring, [TurnTaken(loaded, at, turn, at)], context)


def web_sender(who: str) -> Sender:
    """Somebody in the web chat."""
    return Sender(Channel.WEB, ACCOUNT, who)


def largest_area(release: Release) -> str:
    """The area with most services, whose head the demonstration has."""
    by_area = release.content.services_by_area
    return max(by_area, key=lambda area: len(by_area[area]))


def office_hour(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """10:20 on the day ``days`` days ago, or on the Friday before if that is a weekend."""
    day = now.astimezone(zone) - timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return day.replace(hour=10, minute=20).astimezone(UTC)
