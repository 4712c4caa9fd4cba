"""Conversations with a person: the queue, whose oldest message without an answer comes first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.web.panel.rendering import beginning
from bot.web.panel.visit import Visit
from handlers.handover import HandoverStatus
from handlers.staff.permissions import Action
from storage.engine.database import Transaction
from storage.handovers import reading
from storage.handovers.reading import HandoverView

SHOWN = 50  # those that have waited longest; more load slowly on a telephone
ENDED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A conversation as a row of the queue. ``words``: the last ones of the citizen."""

    chat: HandoverView
    words: str


async def page(visit: Visit) -> web.Response:
    """GET /panel/conversaciones."""
    lines, more, ended = await visit.panel.database.write(partial(_load, visit))
    own = visit.session.staff_id
    return visit.page("conversations/chats.html.j2", lines=lines, more=more, ended=ended, own=own)


def waiting_for(visit: Visit, tx: Transaction) -> list[HandoverView]:
    """Those of this person's areas that nobody answers, and their own that wait for an answer."""
    own = visit.session.staff_id
    return [
        chat
        for chat in reading.queue(tx, visit.areas(Action.ANSWER_CHATS))
        if chat.status is HandoverStatus.WAITING
        or (chat.staff_id == own and chat.waiting_since is not None)
    ]


def _load(visit: Visit, tx: Transaction) -> tuple[list[ChatLine], int, list[HandoverView]]:
    """The queue's first, how many more wait behind them, and those that ended lately."""
    areas = visit.areas(Action.ANSWER_CHATS)
    queue = reading.queue(tx, areas)
    shown = queue[:SHOWN]
    if shown:
        visit.note(tx, "chats-read", "", f"n={len(shown)}")
    lines = [ChatLine(chat, _last_words(visit, tx, chat)) for chat in shown]
    return lines, len(queue) - len(shown), reading.ended(tx, areas, ENDED_SHOWN)


def _last_words(visit: Visit, tx: Transaction, chat: HandoverView) -> str:
    said = reading.citizens_words(tx, visit.panel.keyring, chat.id)
    return beginning(said[-1]) if said else ""
