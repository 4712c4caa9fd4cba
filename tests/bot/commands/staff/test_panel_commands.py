"""`opina staff role`, `opina staff link` and `opina audit`: a way into the panel, and its log."""

from __future__ import annotations

import re

import pytest

from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.staff import roles, sessions, sign_in
from tests.bot.commands.conftest import Installation, now

MAIL = "calidad@example.cl"


def add(town: Installation, *more: str) -> str:
    done = town.opina("staff", "add", "Unidad de Calidad", "--email", MAIL, *more)
    assert (done.code, done.err) == (0, "")
    return done.out


def spend(town: Installation, printed: str) -> int | None:
    found = re.search(r"http://127\.0\.0\.1:8080/panel/entrar/([\w-]{43})", printed)
    assert found, printed
    return town.write(lambda tx: sign_in.spend_link(tx, town.keyring, found[1], now()))


def held(town: Installation) -> set[Grant]:
    return {grant for grants in town.read(roles.everyones).values() for grant in grants}


def test_the_first_admin_gets_a_link_that_lets_in_once(town: Installation):
    printed = add(town, "--admin")
    assert held(town) == {Grant(Role.ADMIN), Grant(Role.HEAD)}
    staff_id = spend(town, printed)
    assert staff_id is not None
    assert spend(town, printed) is None
    assert spend(town, town.opina("staff", "link", MAIL).out) == staff_id


def test_without_admin_there_is_a_role_and_no_link(town: Installation):
    assert "/panel/entrar/" not in add(town, "--area", "Tránsito", "--role", "mesón")
    assert held(town) == {Grant(Role.DESK, "transito")}


def test_roles_are_given_and_taken_with_their_sessions(town: Installation):
    add(town)
    (staff_id,) = town.read(roles.everyones)
    done = town.opina("staff", "role", MAIL, "calidad", "--area", "aseo")
    assert "tiene el rol calidad en Aseo" in done.out
    assert held(town) == {Grant(Role.HEAD), Grant(Role.QUALITY, "aseo")}
    town.write(lambda tx: sessions.begin(tx, town.keyring, staff_id, "", now()))
    assert town.opina("staff", "role", MAIL, "jefatura", "--remove").code == 0
    assert held(town) == {Grant(Role.QUALITY, "aseo")}
    assert town.rows("SELECT count(*) FROM staff_sessions") == [(0,)]
    assert town.opina("staff", "role", MAIL, "jefatura", "--remove").code == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("staff", "role", MAIL, "alcalde"), "alcalde"),
        (("staff", "role", MAIL, "calidad", "--area", "nada"), "nada"),
        (("staff", "link", "otra@example.cl"), "otra@example.cl"),
        (("audit", "--head", "12"), "12"),
    ],
)
def test_a_mistake_is_named(town: Installation, arguments: tuple[str, ...], named: str):
    add(town)
    done = town.opina(*arguments)
    assert (done.code, done.out) == (2, "")
    assert named in done.err


def test_the_log_is_shown_and_verified_against_what_was_noted(town: Installation):
    assert "0 entradas" in town.opina("audit", "--verify").out
    add(town, "--admin")
    shown = town.opina("audit").out
    assert "role-given" in shown
    assert "orden" in shown
    done = town.opina("audit", "--verify")
    head = re.search(r"\d+:[0-9a-f]{16}", done.out)
    assert head is not None
    assert town.opina("audit", "--verify", "--head", head[0]).code == 0
    wrong = head[0][:-1] + ("0" if head[0][-1] != "0" else "1")
    refused = town.opina("audit", "--head", wrong)
    assert (refused.code, "no es la que se había anotado" in refused.err) == (2, True)


def test_a_restored_log_is_whole_and_nobody_is_signed_in(town: Installation):
    add(town, "--admin")
    (staff_id,) = town.read(roles.everyones)
    town.write(lambda tx: sessions.begin(tx, town.keyring, staff_id, "", now()))
    (town.folder / "copias").mkdir()
    assert town.opina("backup", "copias").code == 0
    (copy,) = (town.folder / "copias").glob("opina-*")
    entry = AuditEntry(staff_id, "case-read", "LS-2026-000001")
    town.write(lambda tx: chain.append(tx, town.keyring, entry, now()))
    assert town.opina("restore", "--replace", str(copy)).code == 0
    assert "está entero: 3 entradas" in town.opina("audit", "--verify").out
    assert held(town) == {Grant(Role.ADMIN), Grant(Role.HEAD)}
    for table in ("staff_sessions", "sign_in_tokens"):
        assert town.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    town.write(lambda tx: chain.append(tx, town.keyring, entry, now()))
    assert "está entero: 4 entradas" in town.opina("audit", "--verify").out
    assert town.opina("staff", "add", "Otra", "--email", "otra@example.cl").code == 0
