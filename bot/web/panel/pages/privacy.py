"""What the page /privacidad says of the municipality: filled in, and published at once."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.privacy_notice import APPROVED_ON, ITEMS, mistakes, with_plain_day
from bot.web.panel.faults import Fault, together
from bot.web.panel.visit import Visit, number_in, see_other
from storage.engine.database import Transaction
from storage.privacy import notices
from storage.privacy.notices import PublishedNotice
from storage.staff import staff

PATH = "/panel/privacidad"
LONGEST = 300
PUBLISHED = "La página de privacidad ya lo dice así."
UNCHANGED = "No cambió nada: la página ya lo decía así."
CHANGED = (
    "Otra persona cambió la página mientras usted escribía. Lo suyo sigue aquí, y junto a cada"
    " campo distinto está lo que la página dice ahora. Publique otra vez si lo suyo es lo correcto."
)
HINTS = {
    "officer": "Nombre o unidad que responde por los datos personales.",
    "address": "Donde se reciben por carta los pedidos sobre datos.",
    "email": "Donde se reciben por correo.",
    "transfer_safeguards": "Qué protege los datos que Telegram o Meta llevan a otros países.",
    "security_policy": "Dirección de la página que la publica; empieza con https://.",
    "version": "De esta página, como 1.0.",
}


async def page(visit: Visit) -> web.Response:
    """GET /panel/privacidad."""
    notice = {"publicada": PUBLISHED, "igual": UNCHANGED}.get(visit.query.get("aviso", ""), "")
    return await _page(visit, notice=notice)


async def publish(visit: Visit) -> web.Response:
    """POST /panel/privacidad: what differs from the settings is kept, and goes before."""
    typed = {key: " ".join(visit.form.get(key, "").split()) for key in ITEMS}
    wrong = mistakes(typed, visit.today)
    wrong.update(
        (key, f"son {len(text)} letras; caben {LONGEST}")
        for key, text in typed.items()
        if len(text) > LONGEST
    )
    if wrong:
        told = (Fault(f"{ITEMS[key].capitalize()}: {wrong[key]}.", key) for key in wrong)
        return await _page(visit, typed=typed, problem=together(*told), status=422)
    configured = visit.panel.privacy.items()
    typed = with_plain_day(typed, visit.today)
    items = {key: text for key, text in typed.items() if text and text != configured.get(key)}
    seen = number_in(visit.form.get("version_seen", ""))

    def write(tx: Transaction) -> str:
        before = notices.newest(tx)
        if before.version == seen and before.items == items:
            return "igual"
        if not notices.publish(tx, seen, items, visit.session.staff_id, visit.now):
            return ""
        visit.note(tx, "privacy-published", "", _changed_items(before.items, items))
        return "publicada"

    done = await visit.panel.database.write(write)
    if not done:
        return await _page(visit, typed=typed, problem=Fault(CHANGED), status=409)
    return see_other(f"{PATH}?aviso={done}")


def _changed_items(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Which items are others now: ``correo, versión``."""
    return ", ".join(what for key, what in ITEMS.items() if before.get(key) != after.get(key))


async def _page(
    visit: Visit,
    *,
    typed: Mapping[str, str] | None = None,
    notice: str = "",
    problem: Fault | None = None,
    status: int = 200,
) -> web.Response:
    def read(tx: Transaction) -> tuple[PublishedNotice, str]:
        found = notices.newest(tx)
        names = {member.id: member.name for member in staff.everyone(tx)}
        return found, names.get(found.staff_id, "una persona que ya no está")

    published, who = await visit.panel.database.read(read)
    configured = visit.panel.privacy
    said = {**configured.items(), **published.items}
    lacking = configured.lacking(published.items)
    return visit.page(
        "privacy/privacy.html.j2",
        status=status,
        published=published,
        who=who,
        items=ITEMS,
        hints=HINTS,
        said=said,
        shown=said if typed is None else typed,
        lacking=[item.what for item in lacking],
        elsewhere=[item.what for item in lacking if item.key.startswith("[municipality]")],
        day=APPROVED_ON,
        today=visit.today.isoformat(),
        notice=notice,
        problem=problem,
    )
