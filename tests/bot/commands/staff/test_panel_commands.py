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


def add(cli: Installation, *more: str) -> str:
    whose = more or ("--area", "todas")
    done = cli.opina("staff", "add", "Unidad de Calidad", "--email", MAIL, *whose)
    assert (done.code, done.err) == (0, "")
    return done.out


def spend(cli: Installation, printed: str) -> int | None:
    found = re.search(r"http://127\.0\.0\.1:8080/panel/entrar/([\w-]{43})", printed)
    assert found, printed
    return cli.write(lambda tx: sign_in.spend_link(tx, cli.keyring, found[1], now()))


def held(cli: Installation) -> set[Grant]:
    return {grant for grants in cli.read(roles.by_person).values() for grant in grants}


def test_the_first_admin_gets_a_link_that_lets_in_once(cli: Installation):
    printed = add(cli, "--admin")
    assert held(cli) == {Grant(Role.ADMIN)}
    staff_id = spend(cli, printed)
    assert staff_id is not None
    assert spend(cli, printed) is None
    assert spend(cli, cli.opina("staff", "link", MAIL).out) == staff_id


def test_who_administers_may_have_an_area_besides(cli: Installation):
    add(cli, "--admin", "--area", "aseo")
    assert held(cli) == {Grant(Role.ADMIN), Grant(Role.HEAD, "aseo")}


def test_without_admin_there_is_a_role_and_no_link(cli: Installation):
    assert "/panel/entrar/" not in add(cli, "--area", "Tránsito", "--role", "mesón")
    assert held(cli) == {Grant(Role.DESK, "transito")}


def test_roles_are_given_and_taken_with_their_sessions(cli: Installation):
    add(cli)
    (staff_id,) = cli.read(roles.by_person)
    done = cli.opina("staff", "role", MAIL, "calidad", "--area", "aseo")
    assert "tiene el rol calidad en Aseo" in done.out
    assert held(cli) == {Grant(Role.HEAD), Grant(Role.QUALITY, "aseo")}
    cli.write(lambda tx: sessions.begin(tx, cli.keyring, staff_id, "", now()))
    assert cli.opina("staff", "role", MAIL, "jefatura", "--remove").code == 0
    assert held(cli) == {Grant(Role.QUALITY, "aseo")}
    assert cli.rows("SELECT count(*) FROM staff_sessions") == [(0,)]
    assert cli.opina("staff", "role", MAIL, "jefatura", "--remove").code == 2


def test_sessions_are_listed_and_ended_and_the_log_says_so(cli: Installation):
    add(cli)
    (staff_id,) = cli.read(roles.by_person)
    assert "Nadie" in cli.opina("staff", "sessions").out
    for agent in ("Firefox/1 Windows", "Chrome/1 Android", ""):
        cli.write(lambda tx, a=agent: sessions.begin(tx, cli.keyring, staff_id, a, now()))
    shown = cli.opina("staff", "sessions").out
    assert "1. Unidad de Calidad · Firefox en Windows" in shown
    assert "se cerró 1 sesión" in cli.opina("staff", "sessions", "end", MAIL, "--session", "1").out
    again = cli.opina("staff", "sessions", "end", MAIL, "--session", "1")
    assert (again.code, "--session 1" in again.err) == (2, True)
    assert "se cerraron 2 sesiones" in cli.opina("staff", "sessions", "end", MAIL).out
    assert "no tenía" in cli.opina("staff", "sessions", "end", MAIL).out
    logged = cli.opina("audit").out
    assert logged.count("leyó quién tiene sesiones abiertas") == 2
    assert logged.count("cerró una sesión: Unidad de Calidad") == 1
    assert logged.count("cerró todas las sesiones: Unidad de Calidad") == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("staff", "role", MAIL, "alcalde"), "alcalde"),
        (("staff", "role", MAIL, "calidad", "--area", "nada"), "nada"),
        (("staff", "role", MAIL, "meson"), "falta el área de Mesón"),
        (("staff", "role", MAIL, "datos", "--area", "aseo"), "es de todo el municipio"),
        (("staff", "role", MAIL, "administracion", "--area", "aseo"), "es de todo el municipio"),
        (("staff", "link", "otra@example.cl"), "otra@example.cl"),
        (("audit", "--head", "12"), "12"),
    ],
)
def test_a_mistake_is_named(cli: Installation, arguments: tuple[str, ...], named: str):
    add(cli)
    done = cli.opina(*arguments)
    assert (done.code, done.out) == (2, "")
    assert named in done.err


def test_the_log_is_shown_and_verified_against_what_was_noted(cli: Installation):
    assert "0 entradas" in cli.opina("audit", "--verify").out
    add(cli, "--admin")
    shown = cli.opina("audit").out
    assert "dio un rol" in shown
    assert "(Administración en todo el municipio)" in shown
    assert "orden" in shown
    done = cli.opina("audit", "--verify")
    head = re.search(r"\d+:[0-9a-f]{16}", done.out)
    assert head is not None
    assert cli.opina("audit", "--verify", "--head", head[0]).code == 0
    wrong = head[0][:-1] + ("0" if head[0][-1] != "0" else "1")
    refused = cli.opina("audit", "--head", wrong)
    assert (refused.code, "no es la que se había anotado" in refused.err) == (2, True)


def test_a_restored_log_is_whole_and_nobody_is_signed_in(cli: Installation):
    add(cli, "--admin")
    (staff_id,) = cli.read(roles.by_person)
    cli.write(lambda tx: sessions.begin(tx, cli.keyring, staff_id, "", now()))
    (cli.folder / "copias").mkdir()
    assert cli.opina("backup", "copias").code == 0
    (copy,) = (cli.folder / "copias").glob("opina-*")
    entry = AuditEntry(staff_id, "case-read", "LS-2026-000001")
    cli.write(lambda tx: chain.append(tx, cli.keyring, entry, now()))
    assert cli.opina("restore", "--replace", str(copy)).code == 0
    assert "está entero: 2 entradas" in cli.opina("audit", "--verify").out
    assert held(cli) == {Grant(Role.ADMIN)}
    for table in ("staff_sessions", "sign_in_tokens"):
        assert cli.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    cli.write(lambda tx: chain.append(tx, cli.keyring, entry, now()))
    assert "está entero: 3 entradas" in cli.opina("audit", "--verify").out
    assert cli.opina("staff", "add", "Otra", "--email", "otra@example.cl", "--admin").code == 0
