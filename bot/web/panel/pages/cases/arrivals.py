"""Answers that did not arrive: why, what to do, and trying them again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aiohttp import web

from bot.channels.whatsapp.errors import NO_TEMPLATE, is_of_template
from bot.web.panel.visit import Visit, number_in, see_other
from storage.cases.answers import arrivals
from storage.cases.answers.arrivals import SETTLED
from storage.engine.database import Transaction

_ADMIN_SEES = "Quien administra el asistente ya lo ve en su página de hoy."
_NO_MATCH = "la plantilla no calza con la que aprobó WhatsApp."
_GONE = "la persona bloqueó el chat o lo dejó."
WHY = {
    NO_TEMPLATE: "no hay una plantilla de WhatsApp configurada.",
    "132000": _NO_MATCH,
    "132001": "WhatsApp no encuentra la plantilla con ese nombre e idioma.",
    "132005": _NO_MATCH,
    "132007": "WhatsApp rechazó el texto de la plantilla.",
    "132012": _NO_MATCH,
    "132015": "WhatsApp puso la plantilla en pausa.",
    "132016": "WhatsApp desactivó la plantilla.",
    "132018": _NO_MATCH,
    "131026": "ese teléfono no recibe mensajes por WhatsApp.",
    "131049": "WhatsApp no deja mandarle más avisos por ahora. Pruebe mañana.",
    "131050": "la persona pidió a WhatsApp no recibir avisos.",
    "departed": _GONE,
    "blocked": _GONE,
    "too-late": "el canal estuvo más de un día sin funcionar.",
    "no-file": "el archivo ya no está.",
    "erased": "la persona borró sus datos y ya no se le puede escribir.",
}
_REFUSED_MAIL = "5"  # what SMTP's codes for good begin with


def why(code: str, *, by_mail: bool = False) -> str:
    """Why an answer did not arrive, in words that end with a full stop."""
    if by_mail and WHY.get(code) == _GONE:
        return "esa dirección no recibe correos."
    if by_mail and code.startswith(_REFUSED_MAIL):
        return f"el servidor de esa dirección no lo aceptó ({code})."
    told = cause(code)
    return f"{told} {_ADMIN_SEES}" if is_of_template(code) else told


def cause(code: str) -> str:
    """The same, for who administers the assistant."""
    return WHY.get(code, f"no se aceptó (código {code}).")


async def send_again(visit: Visit) -> web.Response:
    """POST …/otra-vez: the announcement, or the answer itself, is tried once more."""
    change = partial(arrivals.send_again, now=visit.now)
    return await _apply(visit, change, "answer-sent-again", "otra-vez")


async def settle(visit: Visit) -> web.Response:
    """POST …/avisado: the citizen was told otherwise, as by telephone; nobody need act any more."""
    return await _apply(visit, arrivals.settle, f"answer-{SETTLED}", "avisado")


async def _apply(
    visit: Visit, change: Callable[[Transaction, str, int], bool], action: str, notice: str
) -> web.Response:
    number, note = visit.request.match_info["number"], number_in(visit.form.get("answered", ""))

    def write(tx: Transaction) -> bool:
        done = change(tx, number, note)
        if done:
            visit.note(tx, action, number)
        return done

    done = await visit.panel.database.write(write)
    return see_other(f"/panel/casos/{number}?aviso={notice if done else 'ya-no'}")
