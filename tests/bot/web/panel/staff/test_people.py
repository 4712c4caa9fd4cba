"""Staff and their roles in the panel: given, taken away, and never the last administration."""

from __future__ import annotations

import re

from handlers.messages import CaseNotice, Channel
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.staff import roles, staff
from storage.staff.staff_contacts import contacts_of_staff
from tests.bot.web.panel.served_panel import ServedPanel, open_panel

ADMIN, HEAD = Grant(Role.ADMIN), Grant(Role.HEAD, "aseo")
PAGE = "/panel/personas"
MOST_BYTES = 60_000


async def held(panel: ServedPanel, name: str) -> tuple[Grant, ...]:
    everyones = await panel.scene.read(roles.by_person)
    return tuple(everyones.get(panel.people[name], ()))


async def test_a_role_is_taken_away_by_the_button_beside_it(panel: ServedPanel) -> None:
    await panel.hire("Luis", HEAD, Grant(Role.VIEWER))
    async with panel.signed_in("Ana", ADMIN) as ana, panel.signed_in("Luis") as luis:
        page = (await ana.get(PAGE)).text
        taken = re.search(r'value="([^"]+)" aria-label="Quitar a Luis: Jefatura · Aseo', page)
        assert taken is not None
        assert (await ana.post(f"{PAGE}/quitar-rol", taken=taken[1])).status == 303
        assert await held(panel, "Luis") == (Grant(Role.VIEWER),)
        assert (await luis.get("/panel")).status == 303, "the own sessions ended"
        again = await ana.post(f"{PAGE}/quitar-rol", taken=taken[1])
        assert (again.status, "ya no tiene ese rol" in again.text) == (422, True)


async def test_a_role_that_was_taken_away_is_given_back_by_one_button(panel: ServedPanel) -> None:
    luis = await panel.hire("Luis", HEAD)
    async with panel.signed_in("Ana", ADMIN) as ana:
        taken = await ana.post(f"{PAGE}/quitar-rol", taken=f"{luis}|head|aseo")
        after = taken.headers["Location"]
        undo = await ana.get(after)
        assert "Luis ya no tiene el rol Jefatura · Aseo" in undo.text
        (back,) = re.findall(r'name="returned" value="([^"]*)"', undo.text)
        assert (await ana.post(f"{PAGE}/devolver-rol", returned=back)).status == 303
        assert await held(panel, "Luis") == (HEAD,)
        assert (await ana.post(f"{PAGE}/devolver-rol", returned=back)).status == 422
        assert "Deshacer" not in (await ana.get(after)).text, "it is back already"


async def test_somebody_always_administers_the_panel(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", ADMIN) as ana:
        own = f"{panel.people['Ana']}|admin|"
        refused = await ana.post(f"{PAGE}/quitar-rol", taken=own)
        assert (refused.status, "la última persona" in refused.text) == (422, True)
        assert await held(panel, "Ana") == (ADMIN,)
        for nonsense in ("", "|", "1|", "x|admin|", "1|todo|", f"1|head|{'a' * 50}"):
            assert (await ana.post(f"{PAGE}/quitar-rol", taken=nonsense)).status == 422


async def test_a_role_that_reaches_everywhere_is_given_in_no_area(panel: ServedPanel) -> None:
    luis = await panel.hire("Luis")
    async with panel.signed_in("Ana", ADMIN) as ana:
        for role in ("admin", "privacy"):
            chosen = {"give-role": role, "give-area": "aseo"}
            refused = await ana.post(f"{PAGE}/rol", person=luis, **chosen)
            assert (refused.status, "es de «Todo el municipio»" in refused.text) == (422, True)


async def test_a_link_is_sent_by_the_button_of_its_person(panel: ServedPanel) -> None:
    luis = await panel.hire("Luis", HEAD)
    async with panel.signed_in("Ana", ADMIN) as ana:
        assert f'formaction="{PAGE}/enlace" name="linked" value="{luis}"' in (
            (await ana.get(PAGE)).text
        )
        assert (await ana.post(f"{PAGE}/enlace", linked=str(luis))).status == 303
        (mail,) = await panel.mailed()
        assert "/panel/entrar/" in mail


async def test_a_link_that_no_channel_can_carry_is_not_said_to_be_sent(
    sqlite_url: str, keyring: Keyring, release: Release
) -> None:
    database = await open_database(sqlite_url)
    only = frozenset({Channel.TELEGRAM})
    async with open_panel(database, keyring, release, reaches_staff=only) as panel:
        luis = await panel.hire("Luis", HEAD)
        async with panel.signed_in("Ana", ADMIN) as ana:
            refused = await ana.post(f"{PAGE}/enlace", linked=str(luis))
            assert (refused.status, "No hay por dónde mandarle" in refused.text) == (422, True)
            assert await panel.mailed() == []
    await database.close()


async def test_sessions_of_others_are_seen_and_ended_by_administration(panel: ServedPanel) -> None:
    page = f"{PAGE}/sesiones"
    async with (
        panel.signed_in("Ana", ADMIN) as ana,
        panel.signed_in("Luis", HEAD) as luis,
        panel.signed_in("Luis") as elsewhere,
    ):
        assert (await luis.get(page)).status == 403
        shown = (await ana.get(page)).text
        assert "Luis" in shown
        ids = re.findall(r'name="session" value="(\d+)"', shown)
        assert len(ids) == 2, "one's own is ended by leaving"
        assert (await ana.post(page, session=ids[0])).status == 303
        assert (await elsewhere.get("/panel")).status == 303
        assert (await luis.get("/panel")).status == 200
        assert (await ana.post(page, session=ids[0])).status == 422
        assert (await ana.post(page, person=str(panel.people["Luis"]))).status == 303
        assert (await luis.get("/panel")).status == 303
    newest = await panel.scene.read(lambda tx: [one.entry for one in chain.newest(tx, 9)])
    read, noted = (
        [one for one in newest if (one.action == "sessions-read") is is_read]
        for is_read in (True, False)
    )
    assert {one.staff_id for one in read} == {panel.people["Ana"]}
    noted = noted[:2]
    assert {(one.action, one.detail) for one in noted} == {
        ("session-ended", ""),
        ("sessions-ended", "n=1"),
    }
    assert {one.subject for one in noted} == {f"staff:{panel.people['Luis']}"}


async def test_the_page_of_a_hundred_people_is_small_enough(panel: ServedPanel) -> None:
    for number in range(100):
        await panel.hire(f"Persona {number}", HEAD)
    async with panel.signed_in("Ana", ADMIN) as ana:
        assert len((await ana.get(PAGE)).text.encode()) <= MOST_BYTES


async def test_a_person_comes_with_a_role_in_an_area_and_is_told_of_its_cases(
    panel: ServedPanel,
) -> None:
    rosa = {"name": "Rosa", "email": "rosa@ejemplo.cl"}
    async with panel.signed_in("Ana", ADMIN) as ana:
        for chosen, said in (
            ({}, "Elija el rol"),
            ({"add-role": "head"}, "Elija el área de Jefatura"),
            ({"add-role": "desk"}, "Elija el área de Mesón"),
            ({"name": "\u200b", "add-role": "quality"}, "Nombre: falta"),
            ({"name": "R" * 81, "add-role": "quality"}, "Nombre: tiene 81 letras y caben 80"),
        ):
            refused = await ana.post(PAGE, **{**rosa, **chosen})
            assert (refused.status, said in refused.text) == (422, True), chosen
            assert 'value="rosa@ejemplo.cl"' in refused.text, "nothing typed is lost"
        added = await ana.post(PAGE, **rosa, **{"add-role": "head", "add-area": "transito"})
        assert added.status == 303
        assert "Mandarle a Rosa un enlace" in (await ana.get(added.headers["Location"])).text
        eva = {"name": "Eva", "email": "eva@ejemplo.cl", "add-role": "quality"}
        assert (await ana.post(PAGE, **eva)).status == 303
    everyone = await panel.scene.read(staff.everyone)
    known = {one.name: one for one in everyone}
    held = await panel.scene.read(roles.by_person)
    assert held[known["Rosa"].id] == (Grant(Role.HEAD, "transito"),)
    assert held[known["Eva"].id] == (Grant(Role.QUALITY),)
    await panel.complain("LS-2026-000001", "transito")
    told = [item for item in await panel.inbox() if isinstance(item.incoming.body, CaseNotice)]
    (reached,) = await panel.scene.read(
        lambda tx: list(contacts_of_staff(tx, [known["Rosa"].id]).values())
    )
    assert [item.contact.id for item in told] == reached


async def test_the_whole_municipality_is_chosen_and_never_what_nothing_chosen_means(
    panel: ServedPanel,
) -> None:
    luis = str(await panel.hire("Luis"))
    async with panel.signed_in("Ana", ADMIN) as ana:
        assert (await ana.post(f"{PAGE}/rol", person=luis, **{"give-role": "head"})).status == 422
        assert await held(panel, "Luis") == ()
        assert (
            await ana.post(f"{PAGE}/rol", person=luis, **{"give-role": "head", "give-area": "*"})
        ).status == 303
        assert await held(panel, "Luis") == (Grant(Role.HEAD),)
