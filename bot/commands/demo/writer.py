"""One transaction that fills the demonstration: made-up people act, at a time in the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from handlers.content.model import Content
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


@dataclass(frozen=True, slots=True)
class DemoWriter:
    """``now``: when the demonstration ends. ``staff_id``: the member of staff who acts in it."""

    tx: Transaction
    keyring: Keyring
    release: Release
    now: datetime
    staff_id: int

    @property
    def content(self) -> Content:
        return self.release.content

    @property
    def zone(self) -> ZoneInfo:
        return self.release.content.zone

    @property
    def largest_area(self) -> str:
        """The area with the most services, whose head the demonstration has."""
        by_area = self.content.services_by_area
        return max(by_area, key=lambda area: len(by_area[area]))

    def office_hour(self, days: int) -> datetime:
        """10:20 on the day ``days`` days ago, or on the Friday before if that is a weekend."""
        day = self.now.astimezone(self.zone) - timedelta(days=days)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return day.replace(hour=10, minute=20).astimezone(UTC)

    def take(
        self, sender: Sender, fact: Fact, at: datetime, handover: Handover | None = None
    ) -> None:
        """Record a turn of a made-up person, without its replies.

        ``handover``: the conversation with a person that continues after it.
        """
        contacts = find_contacts(self.tx, self.keyring, [sender], at)
        loaded = load(self.tx, self.keyring, contacts)[contacts[0].id]
        turn = Turn(replace(loaded.conversation, handover=handover), (), (fact,))
        context = RecordContext(0, self.zone, Owner(ACCOUNT, 0), at)
        turns.record(self.tx, self.keyring, [TurnTaken(loaded, at, turn, at)], context)


def web_sender(who: str) -> Sender:
    """Someone in the web chat."""
    return Sender(Channel.WEB, ACCOUNT, who)
