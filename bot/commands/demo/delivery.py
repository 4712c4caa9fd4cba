"""Carries to made-up citizens what waited for them, as their platforms did in those weeks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.channels.made_up import outcome
from bot.channels.ports import Held, Outgoing, Sent
from bot.commands.demo.writer import ACCOUNT
from handlers.conversation import step
from handlers.messages import WINDOW, Channel
from handlers.needs import Need, complete_turn
from handlers.release import Release
from handlers.state import Known
from storage import turns
from storage.contacts.contacts import load
from storage.engine.database import Transaction
from storage.engine.ids import new_id
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.outbox.inbox import InboxItem, take_inbox
from storage.outbox.outbox import OutboxRow
from storage.outbox.results import DeliveryResults, record_results
from storage.turns import RecordContext, TurnTaken

AT_ONCE = 100
_OWNER = Owner(ACCOUNT, 0)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The moment at which all that waits is delivered."""

    at: datetime
    supply: Callable[[Known, Need], Known]


def deliver(tx: Transaction, keyring: Keyring, release: Release, moment: Delivered) -> None:
    """Take the turns of what is due in inboxes, and mark their replies as sent or held.

    What staff would have got by mail is dropped: it is past.
    """
    while items := take_inbox(tx, keyring, AT_ONCE, moment.at):
        for item in items:
            if item.contact.channel is not Channel.MAIL:
                _take(tx, keyring, release, item, moment)


def _take(
    tx: Transaction, keyring: Keyring, release: Release, item: InboxItem, moment: Delivered
) -> None:
    loaded = load(tx, keyring, [item.contact])[item.contact.id]
    at, incoming = moment.at, replace(item.incoming, sent_at=moment.at)
    take = partial(step, loaded.conversation, incoming, release=release, now=at)
    turn = complete_turn(take, Known(new_id=new_id(at)), moment.supply)
    context = RecordContext(0, release.content.zone, _OWNER, at)
    rows = turns.record(tx, keyring, [TurnTaken(loaded, at, turn, cause=item.incoming.id)], context)
    results = DeliveryResults()
    for row in rows:
        _note(results, row, at)
    record_results(tx, keyring, results, at)


def _note(results: DeliveryResults, row: OutboxRow, at: datetime) -> None:
    last, announced = row.last_incoming_at, row.announced_at
    outgoing = Outgoing(
        "",
        row.reply,
        within_window=last is not None and at - last < WINDOW,
        announced=announced is not None and at - announced < WINDOW,
    )
    match outcome(row.channel, outgoing):
        case Sent(ref):
            results.sent.append((row, ref))
        case Held(code, ref):
            results.held.append((row, code, ref))
        case _:
            results.failed.append((row, "too-late"))
