"""A rating that was put to the wrong area is moved to its own, with a reason."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.quality.parts import alphabetical
from storage.engine.database import Transaction
from storage.quality import moved_ratings
from storage.quality.moved_ratings import Moving, StoredRating

LONGEST = 200
NOTICE = "La nota quedó en el área. Lo ya publicado no cambia; cuenta en la próxima cifra."
UNKNOWN = Fault(
    "No hay una nota con ese número. Cópielo entero, sin puntos, de la columna «respuesta».",
    "numero",
)


async def page(visit: Visit) -> web.Response:
    """GET /panel/notas: the rating whose number is asked for; that it was read is logged."""
    asked = visit.request.query.get("numero", "")
    notice = NOTICE if visit.request.query.get("aviso") == "movida" else ""
    if not asked:
        missing = Fault("Falta escribir el número.", "numero")
        return _page(
            visit, notice=notice, problem=missing if "numero" in visit.request.query else None
        )
    found = await visit.panel.database.write(lambda tx: _find_rating(visit, tx, number_in(asked)))
    return _page(visit, found, notice=notice, problem=None if found else UNKNOWN)


async def move(visit: Visit) -> web.Response:
    """POST /panel/notas: the move and its entry in the log, or neither."""
    wanted = Moving(
        number_in(visit.form.get("response", "")),
        visit.form.get("area", ""),
        " ".join(visit.form.get("reason", "").split()),
        visit.session.staff_id,
    )
    problem = await visit.panel.database.write(lambda tx: _move(visit, tx, wanted))
    if problem:
        read = visit.panel.database.read
        found = await read(lambda tx: moved_ratings.rating(tx, wanted.response))
        return _page(visit, found, problem=problem)
    return see_other(f"/panel/notas?numero={wanted.response}&aviso=movida")


def _find_rating(visit: Visit, tx: Transaction, response: int) -> StoredRating | None:
    found = moved_ratings.rating(tx, response)
    if found is not None:
        visit.note(tx, "rating-read", f"response:{response}")
    return found


def _move(visit: Visit, tx: Transaction, wanted: Moving) -> Fault | None:
    """What is wrong; None: it is done."""
    is_known = wanted.area in visit.panel.areas
    if wrong := faults.together(
        faults.unless(is_known, "Elija el área que atendió.", "area"),
        faults.required_words("reason", wanted.reason, "el motivo", LONGEST),
    ):
        return wrong
    if moved_ratings.rating(tx, wanted.response) is None:
        return UNKNOWN
    panel = visit.panel
    week = moved_ratings.move_and_log(
        tx, panel.keyring, wanted, visit.now, panel.release.content.zone
    )
    return Fault("La nota ya está en esa área.", "area") if week is None else None


def _page(
    visit: Visit,
    found: StoredRating | None = None,
    *,
    notice: str = "",
    problem: Fault | None = None,
) -> web.Response:
    called = visit.panel.rendering.area
    return visit.page(
        "quality/ratings.html.j2",
        status=422 if problem else 200,
        rating=found,
        areas=sorted(visit.panel.areas, key=lambda area: alphabetical(called(area))),
        asked=visit.request.query.get("numero", ""),
        notice=notice,
        problem=problem,
    )
