"""Made-up conversations with a person: some of the past week, and one that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.commands.demo.taking import largest_area, office_hour, take, web_sender
from handlers.facts.handovers import HandoverLeft, HandoverOpened, HandoverSaid
from handlers.handover import Handover
from handlers.release import Release
from storage.engine.database import Transaction
from storage.engine.ids import new_id
from storage.engine.keyring import Keyring
from storage.handovers import changing
from storage.handovers.changing import StaffActing

PAUSE = timedelta(minutes=2)
CITIZEN, STAFF = "citizen", "staff"


@dataclass(frozen=True, slots=True)
class _Chat:
    """A conversation that is over: its messages in order. The citizen begins, and leaves where
    nobody answered."""

    days: int  # ago
    said: tuple[tuple[str, str], ...]


PAST = (
    _Chat(
        7,
        (
            (CITIZEN, "¿Puedo ir con mi mamá, que anda en silla de ruedas?"),
            (STAFF, "Sí. Avise en la entrada y la hacemos pasar primero."),
            (CITIZEN, "Muchas gracias, vamos mañana."),
        ),
    ),
    _Chat(
        5,
        (
            (CITIZEN, "Pedí hora para hoy y en la puerta dicen que no estoy en la lista."),
            (STAFF, "La busco. ¿Qué día la pidió?"),
            (CITIZEN, "El lunes, por la página."),
            (STAFF, "La encontré: quedó para mañana a la misma hora. Le pido disculpas."),
        ),
    ),
    _Chat(3, ((CITIZEN, "¿Me falta algún papel?"), (CITIZEN, "Ya lo encontré."))),
)
WAITS = "Estoy en la puerta y no sé a qué ventanilla ir."


def add_chats(
    keyring: Keyring, release: Release, now: datetime, staff_id: int, tx: Transaction
) -> None:
    """``staff_id``: who answers them. One waits until somebody takes it, or it becomes a case."""
    for place, chat in enumerate(PAST):
        at = office_hour(now, chat.days, release.content.zone)
        _hold(tx, keyring, release, _OpenChat(chat, f"chat-past-{place}", staff_id, at))
    opened = HandoverOpened(new_id(now), largest_area(release), WAITS)
    waits = Handover(opened.id, opened.area, now)
    take(tx, keyring, release, web_sender("chat-1"), opened, now, waits)


@dataclass(frozen=True, slots=True)
class _OpenChat:
    """A conversation with whom, by whom and since when."""

    chat: _Chat
    who: str
    staff_id: int
    at: datetime


def _hold(tx: Transaction, keyring: Keyring, release: Release, held: _OpenChat) -> None:
    id, at = new_id(held.at), held.at
    (_, first), *rest = held.chat.said
    said = partial(take, tx, keyring, release, web_sender(held.who))
    said(HandoverOpened(id, largest_area(release), first), at)
    is_taken = False
    for who, text in rest:
        at += PAUSE
        if who == CITIZEN:
            said(HandoverSaid(id, text), at)
            continue
        acting = StaffActing(id, held.staff_id, at)
        if not is_taken:
            is_taken = changing.take(tx, keyring, acting)
        changing.answer(tx, keyring, acting, text)
    at += PAUSE
    if is_taken:
        changing.end(tx, keyring, StaffActing(id, held.staff_id, at))
    else:
        said(HandoverLeft(id), at)
