"""The template that announces answers at WhatsApp, while it is refused: what to mend, and how."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.channels.whatsapp.errors import NO_TEMPLATE, is_of_template
from bot.web.panel.pages.cases.arrivals import cause
from bot.web.panel.visit import Visit, number_in, see_other
from storage.engine.database import Transaction
from storage.outbox.unannounced import Unannounced, announce_again, unannounced

PATH = "/panel/whatsapp"
_MANAGER = "En el Administrador de WhatsApp"
_SETTINGS = "[whatsapp] template y template_language, en la configuración"
_NOTHING_TO_FILL = (
    f"{_MANAGER}, deje la plantilla sin variables, sin archivo en el encabezado y sin botones que"
    " pidan datos. Espere a que la aprueben otra vez."
)
TO_DO = {
    NO_TEMPLATE: f"{_MANAGER}, cree una plantilla sin variables y espere a que la aprueben."
    f" Anote su nombre y su idioma en {_SETTINGS}, y reinicie el servicio.",
    "132000": _NOTHING_TO_FILL,
    "132001": f"{_MANAGER}, vea el nombre y el idioma exactos de la plantilla aprobada."
    f" Escríbalos igual en {_SETTINGS}, y reinicie el servicio.",
    "132005": f"{_MANAGER}, acorte el texto de la plantilla y espere a que la aprueben otra vez.",
    "132007": f"{_MANAGER}, cambie el texto según las políticas que ahí se citan."
    " Espere a que la aprueben otra vez.",
    "132012": _NOTHING_TO_FILL,
    "132015": f"{_MANAGER} se ve hasta cuándo dura la pausa. Se pausa cuando muchas personas la"
    " bloquean o la denuncian. Cambie su texto, o espere.",
    "132016": f"{_MANAGER}, cree otra plantilla sin variables y espere a que la aprueben."
    f" Anote su nombre y su idioma en {_SETTINGS}, y reinicie el servicio.",
    "132018": _NOTHING_TO_FILL,
}
_OTHER = f"{_MANAGER}, revise en qué estado está la plantilla y qué se objeta."


async def page(visit: Visit) -> web.Response:
    """GET /panel/whatsapp."""
    found = await visit.panel.database.read(lambda tx: unannounced(tx, is_of_template))
    notice = ""
    if visit.query.get("aviso") == "otra-vez":
        sent = number_in(visit.query.get("n", ""))
        notice = f"Se intenta de nuevo: {_messages(sent)}." if sent else "Ya no esperaba ninguno."
    return visit.page(
        "whatsapp.html.j2",
        notice=notice,
        troubles=[
            (trouble, cause(trouble.code), TO_DO.get(trouble.code, _OTHER)) for trouble in found
        ],
    )


async def send_again(visit: Visit) -> web.Response:
    """POST /panel/whatsapp/otra-vez: once the template is mended, for all at once."""
    done = await visit.panel.database.write(partial(_send_again, visit))
    visit.panel.nudge()
    return see_other(f"{PATH}?aviso=otra-vez&n={done}")


def _send_again(visit: Visit, tx: Transaction) -> int:
    done = announce_again(tx, is_of_template, visit.now)
    if done:
        visit.note(tx, "announced-again", "", f"n={done}")
    return done


def sentence(held: Unannounced) -> str:
    """The task that administrators see on their first page."""
    wait = "espera" if held.count == 1 else "esperan"
    told = f"{_messages(held.count)} {wait} sin que su persona lo sepa"
    return f"WhatsApp: {told}, porque {cause(held.code)}"


def _messages(count: int) -> str:
    return "un mensaje" if count == 1 else f"{count} mensajes"
