"""One conversation with a person: taken over, answered, given back to the queue, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.web.panel import faults, whatsapp_window
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.arrivals import why
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.visit import Visit
from handlers.handover import HandoverStatus
from handlers.own_record import StoredFile
from storage.cases import attachments
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.handovers import changing, reading
from storage.handovers.changing import StaffActing
from storage.handovers.reading import HandoverMessage, HandoverView
from storage.handovers.recording import WaitingCitizen, notify_of_waiting

ENDS = ("devuelta", "terminada")  # what the first page asks for is done
NOTICES = {
    "atiende": "Usted contesta desde ahora. Los demás lo ven.",
    "enviado": "Enviado.",
    "devuelta": "Volvió a la fila, y se avisó a quienes atienden.",
    "terminada": "Terminó la conversación. Sigue el asistente, y la persona lo sabe.",
}


@dataclass(frozen=True, slots=True)
class _ChatData:
    chat: HandoverView
    messages: list[HandoverMessage]
    files: list[StoredFile]
    waiting: list[str]  # why each message that has not arrived was not announced; "": it was


async def page(visit: Visit) -> web.Response:
    """GET /panel/conversaciones/{chat}; POST …/mirar: it keeps what is typed and not sent yet."""
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    return _render(
        visit, await visit.panel.database.write(partial(_load_and_audit, visit)), notice=notice
    )


async def take(visit: Visit) -> web.Response:
    """POST …/atender: of two who press it one has it; the other sees who."""
    return await _apply(visit, partial(_step, visit, changing.take, "chat-taken"), "atiende")


async def answer(visit: Visit) -> web.Response:
    """POST …/respuesta."""
    text = text_field(visit, "text")
    file = await visit.file()

    def change(tx: Transaction) -> Fault | None:
        wrong = faults.together(
            faults.required_words("text", text, "la respuesta", whatsapp_window.LONGEST),
            Fault(file, "file") if isinstance(file, str) else None,
        )
        if wrong or isinstance(file, str):
            return wrong
        if not changing.answer(tx, visit.panel.keyring, _acting(visit), text, file):
            return _why_not(visit, tx)
        visit.note(tx, "chat-answered", _subject(visit))
        return None

    return await _apply(visit, change, "enviado")


async def give_back(visit: Visit) -> web.Response:
    """POST …/devolver."""

    def change(tx: Transaction) -> Fault | None:
        problem = _step(visit, changing.give_back, "chat-returned", tx)
        if not problem:
            panel, id = visit.panel, _id(visit)
            words = "\n".join(reading.citizens_words(tx, panel.keyring, id))
            waiting = WaitingCitizen(id, words)
            notify_of_waiting(tx, panel.keyring, waiting, panel.is_sensitive, visit.now)
        return problem

    return await _apply(visit, change, "devuelta")


async def end(visit: Visit) -> web.Response:
    """POST …/terminar."""
    return await _apply(visit, partial(_step, visit, changing.end, "chat-ended"), "terminada")


async def _apply(
    visit: Visit, change: Callable[[Transaction], Fault | None], notice: str
) -> web.Response:
    """Make a change. ``change`` says why not, if so, and what was typed is on the page: 422 where
    a field is wrong, 409 where the conversation has changed."""

    def write(tx: Transaction) -> tuple[Fault | None, _ChatData]:
        problem = change(tx)
        return problem, _load(visit, tx)

    problem, data = await visit.panel.database.write(write)
    if problem:
        status = 422 if problem.field else 409
        return _render(visit, data, problem=problem, status=status)
    visit.panel.nudge()
    path = f"/panel/conversaciones/{_id(visit)}"
    return visit.after(path, notice, ends=notice in ENDS, at="#final")


def _step(
    visit: Visit,
    make: Callable[[Transaction, Keyring, StaffActing], bool],
    noted: str,
    tx: Transaction,
) -> Fault | None:
    """Make a change and note it; why not, if so."""
    if not make(tx, visit.panel.keyring, _acting(visit)):
        return _why_not(visit, tx)
    visit.note(tx, noted, _subject(visit))
    return None


def _why_not(visit: Visit, tx: Transaction) -> Fault:
    """Who answers, or that nobody does any more; and that what was typed was not sent."""
    chat = _chat(visit, tx)
    unsent = " No se envió nada." if visit.form.get("text", "").strip() else ""
    if chat.status is HandoverStatus.TAKEN and chat.taken_at is not None:
        since = visit.panel.rendering.time(chat.taken_at)
        return Fault(f"{chat.name} contesta desde las {since}.{unsent}")
    if chat.status is HandoverStatus.WAITING:
        return Fault(f"Esta conversación volvió a la fila: tómela otra vez.{unsent}")
    return Fault(f"Esta conversación ya terminó.{unsent}")


def _load_and_audit(visit: Visit, tx: Transaction) -> _ChatData:
    visit.note(tx, "chat-read", _subject(visit))
    return _load(visit, tx)


def _load(visit: Visit, tx: Transaction) -> _ChatData:
    id = _id(visit)
    said = reading.messages(tx, visit.panel.keyring, id)
    return _ChatData(
        _chat(visit, tx), said, attachments.of_handover(tx, id), reading.not_arrived(tx, id)
    )


def _chat(visit: Visit, tx: Transaction) -> HandoverView:
    chat = reading.find_handover(tx, _id(visit))
    assert chat is not None, "the guard has found it; conversations are never deleted"
    return chat


def _render(
    visit: Visit,
    data: _ChatData,
    *,
    notice: str = "",
    problem: Fault | None = None,
    status: int = 200,
) -> web.Response:
    chat, own = data.chat, visit.session.staff_id
    sent: list[HandoverMessage | StoredFile] = [*data.messages, *data.files]
    return visit.page(
        "conversations/chat.html.j2",
        status=status,
        chat=chat,
        timeline=sorted(sent, key=lambda message: message.at),
        files=data.files,
        notice=notice,
        problem=problem,
        text=visit.form.get("text", "").replace("\r\n", "\n"),
        is_own=chat.status is HandoverStatus.TAKEN and chat.staff_id == own,
        window=_window(visit, chat),
        has_template=visit.panel.whatsapp_template,
        waiting=data.waiting,
        why=why,
        silent_minutes=visit.panel.release.content.case_rules.silent_minutes,
    )


def _window(visit: Visit, chat: HandoverView) -> timedelta | None:
    return whatsapp_window.time_left(chat.channel, chat.last_wrote, visit.now)


def _acting(visit: Visit) -> StaffActing:
    return StaffActing(_id(visit), visit.session.staff_id, visit.now)


def _id(visit: Visit) -> int:
    return int(visit.request.match_info["chat"])


def _subject(visit: Visit) -> str:
    return f"chat:{_id(visit)}"
