"""The page of duty and absences: who may write there, what is refused, and what comes of it."""

from __future__ import annotations

import re

from handlers.staff.permissions import Grant, Role
from storage.duty import absences, shifts
from storage.engine.database import Transaction
from storage.staff import staff
from tests.bot.web.panel.served_panel import ServedPanel

PATH = "/panel/turnos"
ADMIN = Grant(Role.ADMIN)
WEEK = {f"day{day}": "1" for day in range(1, 6)}
SHIFT = {"begins": "08:30", "ends": "17:30", "first": "18/11/26", **WEEK}
AWAY = {"from": "18 de noviembre", "until": "2026-11-20"}


async def test_an_administrator_writes_the_roster(panel: ServedPanel) -> None:
    ana = await panel.hire("Ana", Grant(Role.HEAD))
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        for _pressed in range(2):
            done = await rosa.post(PATH, person=str(ana), area="aseo", **SHIFT)
            assert done.status == 303
        page = await rosa.get(PATH)
        assert "de turno ahora" in page.text
        assert "· lunes a viernes, de 08:30 a 17:30 ·" in page.text
        assert "No puede atender" not in page.text
        assert await panel.scene.write(lambda tx: shifts.on_duty(tx, "aseo", panel.now)) == {ana}
        assert await panel.scene.write(lambda tx: shifts.on_duty(tx, "obras", panel.now)) == set()
        (one,) = await panel.scene.write(shifts.list_shifts)
        await rosa.post(f"{PATH}/quitar", shift=str(one.id))
        assert await panel.scene.write(shifts.list_shifts) == []


async def test_the_duty_address_of_the_settings_is_offered_as_nobody(panel: ServedPanel) -> None:
    def write(tx: Transaction) -> int:
        staff.ensure_duty(tx, panel.scene.keyring, "turno@muni.example", panel.now)
        return next(one.id for one in staff.everyone(tx) if one.is_unnamed)

    number = await panel.scene.write(write)
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        assert "turno@muni.example" not in (await rosa.get(PATH)).text
        refused = await rosa.post(PATH, person=str(number), area="aseo", **SHIFT)
        assert "Elija a la persona." in refused.text


async def test_a_shift_of_somebody_who_may_answer_nobody_there_says_so(panel: ServedPanel) -> None:
    luis = await panel.hire("Luis", Grant(Role.HEAD, "aseo"))
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        for area, said in (("aseo", 0), ("obras", 1), ("", 1), ("mujer", 2)):
            await rosa.post(PATH, person=str(luis), area=area, **SHIFT)
            assert (await rosa.get(PATH)).text.count("No puede atender") == said, area


async def test_what_cannot_be_is_refused_and_stays_typed(panel: ServedPanel) -> None:
    ana = await panel.hire("Ana")
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        for changed, said in (
            ({"person": "99"}, "Elija a la persona"),
            ({"first": ""}, "Falta el primer día"),
            ({"first": "pronto"}, "«pronto» no es una fecha"),
            ({"first": "2026-02-30"}, "El 2026-02-30 no está en el calendario"),
            ({"last": "9999-12-31"}, "El año 9999 no se acepta"),
            ({"first": "2020-01-01", "last": "2020-01-02"}, "Esos días ya pasaron"),
            ({"last": "2026-11-17"}, "anterior"),
            ({"begins": ""}, "Falta la hora"),
            ({"begins": "25:00"}, "«25:00» no es una hora"),
            ({"area": "nada"}, "Esa área ya no está"),
            (dict.fromkeys(WEEK, ""), "al menos un día"),
        ):
            fields = {"person": str(ana), "area": "aseo", **SHIFT, **changed}
            refused = await rosa.post(PATH, **fields)
            assert (refused.status, said in refused.text) == (422, True), said
        assert (await rosa.post(f"{PATH}/quitar", shift="7")).status == 422
    assert await panel.scene.write(shifts.list_shifts) == []


async def test_everybody_notes_their_own_absence_and_nobody_elses(panel: ServedPanel) -> None:
    ana, luis = await panel.hire("Ana", Grant(Role.VIEWER)), await panel.hire("Luis")
    async with panel.signed_in("Ana") as browser:
        for _pressed in range(2):
            own = {"away": str(ana), "substitute": str(luis), **AWAY}
            assert (await browser.post(f"{PATH}/ausencia", **own)).status == 303
        days = "Del miércoles 18 de noviembre al viernes 20 de noviembre. Reemplaza Luis"
        assert days in (await browser.get(PATH)).text
        other = await browser.post(f"{PATH}/ausencia", away=str(luis), **AWAY)
        assert (other.status, "Solo quien administra" in other.text) == (422, True)
        assert await panel.scene.write(lambda tx: absences.substitutes(tx, panel.now)) == {
            ana: luis
        }
        (one,) = await panel.scene.write(lambda tx: absences.not_over(tx, panel.now))
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        assert (await rosa.post(f"{PATH}/quitar-ausencia", absence=str(one.id))).status == 303
    told = [item.incoming.body for item in await panel.inbox()]
    assert [body.subject for body in told] == [
        "Usted reemplaza a Ana",
        "Usted ya no reemplaza a Ana",
    ]
    assert "Del miércoles 18 de noviembre al viernes 20" in told[0].text
    async with panel.signed_in("Ana") as browser:
        await browser.post(f"{PATH}/ausencia", **own)
    async with panel.signed_in("Eli", Grant(Role.VIEWER)) as browser:
        (one,) = await panel.scene.write(lambda tx: absences.not_over(tx, panel.now))
        refused = await browser.post(f"{PATH}/quitar-ausencia", absence=str(one.id))
        assert refused.status == 422
        assert len(await panel.scene.write(lambda tx: absences.not_over(tx, panel.now))) == 1


async def test_a_circle_is_refused_with_the_names_in_it(panel: ServedPanel) -> None:
    ana, luis, eva = [await panel.hire(name) for name in ("Ana", "Luis", "Eva")]
    async with panel.signed_in("Rosa", ADMIN) as rosa:
        for who, other in ((ana, luis), (luis, eva)):
            fields = {"away": str(who), "substitute": str(other), **AWAY}
            assert (await rosa.post(f"{PATH}/ausencia", **fields)).status == 303
        circle = {"away": str(eva), "substitute": str(ana), **AWAY}
        refused = await rosa.post(f"{PATH}/ausencia", **circle)
        assert refused.status == 422
        assert re.search(r"Eva → Ana → Luis → Eva[^<]*</p>\s*<select id=.substitute", refused.text)
        page = await rosa.get(PATH)
        assert "y ahora Eva" in page.text, "the end of Ana's chain"
        backwards = {**circle, "substitute": "", "from": "2026-11-20", "until": "2026-11-18"}
        assert (await rosa.post(f"{PATH}/ausencia", **backwards)).status == 422
        past = {**circle, "substitute": "", "from": "2020-01-01", "until": "2020-01-02"}
        assert "Esos días ya pasaron" in (await rosa.post(f"{PATH}/ausencia", **past)).text
        unreplaced = await rosa.post(f"{PATH}/ausencia", away=str(eva), **AWAY)
        told = (await rosa.get(unreplaced.headers["Location"])).text
        assert "La ausencia quedó anotada, sin quien reemplace." in told
        assert "va a quien reemplaza" not in told
        alone = {"away": str(eva), "substitute": str(eva), **AWAY}
        assert "a sí mismo" in (await rosa.post(f"{PATH}/ausencia", **alone)).text
