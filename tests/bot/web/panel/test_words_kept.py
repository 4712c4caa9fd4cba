"""What somebody typed is on the page that refuses it, even if something changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.staff.permissions import Grant, Role
from storage.cases import forwarding
from storage.cases.changing import StaffAction
from storage.engine.database import Transaction
from storage.staff import roles
from tests.bot.web.panel.served_panel import Answer, ServedPanel

NUMBER = "LS-2026-000001"
PATH = f"/panel/casos/{NUMBER}"
HEAD = Grant(Role.HEAD, "aseo")
CARD = "rsh-actualizacion"
WORDS = "Va la <cuadrilla> el lunes"
SHOWN = "Va la &lt;cuadrilla&gt; el lunes</textarea>"


async def answer_after(panel: ServedPanel, change: Callable[[Transaction], object]) -> Answer:
    """What Rosa gets who opened a case, and sends her answer after ``change``."""
    await panel.complain(NUMBER, "aseo")
    async with panel.signed_in("Rosa", HEAD) as rosa:
        version = (await rosa.get(PATH)).version
        await panel.scene.write(change)
        return await rosa.post(f"{PATH}/respuesta", answer=WORDS, version=version)


async def test_a_case_that_was_forwarded_meanwhile(panel: ServedPanel) -> None:
    doing = StaffAction(NUMBER, panel.now)
    keyring = panel.scene.keyring
    late = await answer_after(
        panel, lambda tx: forwarding.forward(tx, keyring, doing, "transito", "No es nuestro")
    )
    assert (late.status, SHOWN in late.text, "No se envió nada" in late.text) == (404, True, True)
    assert "No es nuestro" not in late.text


async def test_a_role_that_was_taken_meanwhile(panel: ServedPanel) -> None:
    late = await answer_after(panel, lambda tx: roles.take_away(tx, panel.people["Rosa"], HEAD))
    assert (late.status, SHOWN in late.text) == (404, True)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/panel/plantillas", {"title": "Gracias", "text": WORDS}),
        ("/panel/meson/caso", {"words": WORDS, "source": "papel"}),
        ("/panel/derechos/LS-D-2026-000001/decidir", {"words": WORDS}),
        ("/panel/privacidad", {"officer": WORDS}),
        ("/panel/vulneraciones/nueva", {"what": WORDS, "risk": "yes"}),
    ],
)
async def test_a_page_that_is_no_longer_theirs(
    panel: ServedPanel, path: str, fields: dict[str, str]
) -> None:
    async with panel.signed_in("Rosa", Grant(Role.VIEWER)) as rosa:
        late = await rosa.post(path, **fields)
    assert (late.status, late.text.count("cuadrilla"), "papel" in late.text) == (403, 1, False)


async def test_a_database_that_takes_nothing(panel: ServedPanel) -> None:
    late = await answer_after(
        panel, lambda tx: tx.exec_driver_sql("PRAGMA query_only = ON").close()
    )
    assert (late.status, late.text.count("cuadrilla")) == (503, 1)


async def test_a_form_from_elsewhere_is_not_shown(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa:
        refused = await rosa.post(f"{PATH}/respuesta", site="cross-site", answer=WORDS)
    assert (refused.status, "cuadrilla" in refused.text) == (403, False)


async def test_what_nobody_typed_is_not_shown(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa:
        refused = await rosa.post("/panel/personas/rol", person="7", role="admin", area="*")
    assert (refused.status, "<textarea" in refused.text) == (403, False)


LONG = "x" * 70_000  # more than a stranger may send
TOO_LONG = [  # path, what is typed, and what the page calls it
    (f"{PATH}/respuesta", {"answer": LONG}, "La respuesta"),
    (f"{PATH}/nota", {"note": LONG}, "La nota"),
    (f"{PATH}/incidente", {"title": LONG}, "Qué pasó"),
    ("/panel/plantillas", {"title": LONG, "text": "Va"}, "El nombre"),
    ("/panel/meson/caso", {"source": "papel", "kind": "reclamo", "words": LONG}, "Lo que dijo"),
    ("/panel/fichas", {"card": CARD, "words": LONG}, "Qué está mal"),
    ("/panel/aviso", {"text": LONG}, "El aviso"),
    ("/panel/casos?q=", {}, "La búsqueda"),
    ("/panel/auditoria?de=", {}, "El número"),
]


async def test_what_is_too_long_is_named_and_kept(panel: ServedPanel) -> None:
    await panel.complain(NUMBER, "aseo")
    async with panel.signed_in("Rosa", HEAD, Grant(Role.ADMIN)) as rosa:
        version = (await rosa.get(PATH)).version
        for path, fields, called in TOO_LONG:
            if fields:
                refused = await rosa.post(path, **{"version": version, **fields})
            else:
                refused = await rosa.get(path + LONG[:7_000])
            assert (refused.status, f">{called}" in refused.text) == (422, True), path
            assert "x" * 7_000 in refused.text, path


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (f"{PATH}/respuesta", PATH),
        ("/panel/personas/rol", "/panel/personas"),
        ("/panel/cuestionarios/cerrar", "/panel/cuestionarios"),
        ("/panel/casos/%0D%0Ax%2F%2Fy/nota", "/panel/casos/%0D%0Ax//y"),
        ("/panel/salir", "/panel"),
    ],
)
async def test_the_address_of_a_form_opens_its_page(
    panel: ServedPanel, path: str, page: str
) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa:
        opened = await rosa.get(path)
    assert (opened.status, opened.headers["Location"]) == (303, page)
