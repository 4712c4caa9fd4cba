"""Made-up conversations with a person: some of the past week, and one that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.commands.demo.writer import DemoWriter, web_sender
from handlers.facts.handovers import HandoverLeft, HandoverOpened, HandoverSaid
from handlers.handover import Handover
from storage.engine.ids import new_id
from storage.handovers import changing
from storage.handovers.changing import StaffActing

PAUSE = timedelta(minutes=2)
CITIZEN, STAFF = "citizen", "staff"


@dataclass(frozen=True, slots=True)
class _Chat:
    """A conversation that is over: its messages in order.

    The citizen begins, and leaves if no one answers.
    """

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


def add_chats(demo: DemoWriter) -> None:
    """Add them; one waits until someone takes it, or it becomes a case."""
    for place, chat in enumerate(PAST):
        _hold(demo, chat, f"chat-past-{place}")
    opened = HandoverOpened(new_id(demo.now), demo.largest_area, WAITS)
    waits = Handover(opened.id, opened.area, demo.now)
    demo.take(web_sender("chat-1"), opened, demo.now, waits)


def _hold(demo: DemoWriter, chat: _Chat, who: str) -> None:
    at = demo.office_hour(chat.days)
    id, citizen = new_id(at), web_sender(who)
    (_, first), *rest = chat.said
    demo.take(citizen, HandoverOpened(id, demo.largest_area, first), at)
    is_taken = False
    for side, text in rest:
        at += PAUSE
        if side == CITIZEN:
            demo.take(citizen, HandoverSaid(id, text), at)
            continue
        acting = StaffActing(id, demo.staff_id, at)
        if not is_taken:
            is_taken = changing.take(demo.tx, demo.keyring, acting)
        changing.answer(demo.tx, demo.keyring, acting, text)
    at += PAUSE
    if is_taken:
        changing.end(demo.tx, demo.keyring, StaffActing(id, demo.staff_id, at))
    else:
        demo.take(citizen, HandoverLeft(id), at)
