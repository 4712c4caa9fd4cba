"""`opina staff`: people are added, linked by a code that works once, and taken away."""

from __future__ import annotations

import re

import pytest

from handlers.messages import Announcement
from storage.contacts.needs import use_staff_code
from storage.outbox.inbox import ForContact, put_inbox
from storage.staff import staff
from tests.bot.commands.conftest import Installation, now

MAIL = "calidad@example.cl"


EVERYWHERE = ("--area", "todas")


def add(cli: Installation, *more: str) -> str:
    """Add a member of staff; returns the code that was shown."""
    whose = more or EVERYWHERE
    done = cli.opina("staff", "add", "Unidad de Calidad", "--email", MAIL, *whose)
    assert (done.code, done.err) == (0, "")
    return code_in(done.out)


def code_in(text: str) -> str:
    found = re.search(r"/start staff-(\w+)", text)
    assert found
    return found[1]


def test_a_new_member_gets_a_code_that_links_once(cli: Installation):
    code = add(cli)
    first, second = (
        cli.write(lambda tx: use_staff_code(tx, cli.keyring, code, now())) for _ in range(2)
    )
    assert first is not None
    assert (first.name, first.area) == ("Unidad de Calidad", "")
    assert second is None


def test_a_link_is_shown_where_the_bot_is_known(cli: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPINA_TELEGRAM__BOT_NAME", "@opina_bot")
    done = cli.opina("staff", "add", "Calidad", "--email", MAIL, *EVERYWHERE)
    code = code_in(done.out)
    assert f"https://t.me/opina_bot?start=staff-{code}" in done.out


def test_an_area_may_be_given_by_its_name(cli: Installation):
    add(cli, "--area", "Tránsito")
    (member,) = cli.read(staff.everyone)
    assert member.area == "transito"
    assert "Tránsito" in cli.opina("staff", "list").out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--area", "transito"], True),
        (["--area", "todas"], True),
        (["--area", "transito", "--role", "jefatura"], False),
        (["--area", "transito", "--role", "meson"], False),
        (["--admin"], False),
    ],
)
def test_a_role_that_nobody_chose_is_explained_with_the_way_to_change_it(
    cli: Installation, more: list[str], told: bool
):
    out = cli.opina("staff", "add", "Rosa", "--email", MAIL, *more).out
    assert ("Es el rol que se da si no se elige otro" in out) == told
    if told:
        for line in re.findall(r"opina (staff role \S+ .+)", out):
            done = cli.opina(*line.replace("ROL", "lectura").split())
            assert done.code == 0, done.err
        assert "En el panel: Lectura" in cli.opina("staff", "list").out


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (["--email", "calidad"], "calidad"),
        (["--email", MAIL, "--area", "marte"], "aseo, cementerios, transito"),
        (["--email", MAIL], "falta el área de Jefatura; escriba su nombre, o «todas»"),
        (["--email", MAIL, "--role", "meson"], "falta el área de Mesón"),
        (["--email", MAIL, "--role", "lectura", "--admin"], "falta el área de Lectura"),
    ],
)
def test_what_cannot_be_is_named_and_nobody_is_added(
    cli: Installation, more: list[str], named: str
):
    done = cli.opina("staff", "add", "Calidad", *more)
    assert done.code == 2
    assert named in done.err
    assert cli.read(staff.everyone) == []


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("  ", "nombre: falta; escríbalo"),
        ("\u200b\u2060", "nombre: falta; escríbalo"),
        ("ñ" * 81, "nombre: tiene 81 letras y caben 80; acórtelo"),
    ],
)
def test_nobody_is_added_without_a_name_or_with_a_page_of_it(
    cli: Installation, name: str, named: str
):
    done = cli.opina("staff", "add", name, "--email", MAIL, *EVERYWHERE)
    assert (done.code, done.err.strip()) == (2, named)
    assert cli.read(staff.everyone) == []


def test_a_name_is_one_line_that_turns_nothing_round(cli: Installation):
    name = "Ana\r\nBcc:  otra \u202eSoto"
    assert cli.opina("staff", "add", name, "--email", MAIL, *EVERYWHERE).code == 0
    (member,) = cli.read(staff.everyone)
    assert member.name == "Ana Bcc: otra Soto"


def test_the_same_address_is_not_added_twice(cli: Installation):
    add(cli)
    done = cli.opina("staff", "add", "Otra", "--email", MAIL.upper(), *EVERYWHERE)
    assert done.code == 2
    assert f"opina staff code {MAIL}" in done.err
    assert len(cli.read(staff.everyone)) == 1


def test_the_list_shows_no_codes(cli: Installation):
    code = add(cli)
    done = cli.opina("staff", "list")
    assert done.out == (
        f"Unidad de Calidad\n  {MAIL} · recibe por correo\n"
        "  En el panel: Jefatura en todo el municipio\n"
    )
    assert code not in done.out


def test_an_empty_list_says_how_to_begin(cli: Installation):
    assert "opina staff add" in cli.opina("staff", "list").out


def test_another_code_can_be_had(cli: Installation):
    first = add(cli)
    second = code_in(cli.opina("staff", "code", MAIL).out)
    assert second != first
    assert cli.write(lambda tx: use_staff_code(tx, cli.keyring, second, now())) is not None


def test_who_is_removed_leaves_no_address_and_no_working_code(cli: Installation):
    code = add(cli)
    (reader,) = cli.read(staff.recipients)
    waiting = ForContact(reader.contact_id, "digest:x", Announcement("resumen"))
    cli.write(lambda tx: put_inbox(tx, cli.keyring, [waiting], now()))
    done = cli.opina("staff", "remove", MAIL)
    assert done.code == 0
    for table in (
        "staff staff_contacts staff_codes contacts contact_aliases contact_addresses "
        "conversations inbox"
    ).split():
        found = cli.rows(f"SELECT count(*) FROM {table}")
        assert found == [(0,)], table
    assert cli.write(lambda tx: use_staff_code(tx, cli.keyring, code, now())) is None


def test_removing_one_leaves_the_others(cli: Installation):
    add(cli)
    cli.opina("staff", "add", "Jefatura", "--email", "jefatura@example.cl", *EVERYWHERE)
    cli.opina("staff", "remove", "jefatura@example.cl")
    (member,) = cli.read(staff.everyone)
    assert (member.email, len(member.channels)) == (MAIL, 1)


def test_an_unknown_address_is_named(cli: Installation):
    for command in ("code", "remove"):
        done = cli.opina("staff", command, "nadie@example.cl")
        assert done.code == 2
        assert "nadie@example.cl" in done.err


def test_notices_are_shown_and_chosen(cli: Installation):
    add(cli)
    assert "casos por chat y correo · resumen semanal" in cli.opina("staff", "notices", MAIL).out
    done = cli.opina("staff", "notices", MAIL, "--no-chat", "--no-weekly")
    assert (done.code, done.err) == (0, "")
    assert "casos por correo · sin resumen semanal" in done.out
    assert cli.rows("SELECT by_chat, by_mail, weekly FROM staff") == [(0, 1, 0)]
    assert "solo lo urgente y los plazos" in cli.opina("staff", "notices", MAIL, "--no-mail").out
    everyones = cli.opina("staff", "notices").out
    assert everyones.startswith(f"Unidad de Calidad ({MAIL})")
    entries = cli.rows("SELECT detail FROM audit_entries WHERE action = 'notices-chosen'")
    assert entries == [("mail",), ("",)]


def test_notices_of_nobody_are_not_chosen(cli: Installation):
    assert "falta el correo" in cli.opina("staff", "notices", "--no-chat").err
    done = cli.opina("staff", "notices", "nadie@example.cl", "--no-chat")
    assert (done.code, "nadie tiene ese correo" in done.err) == (2, True)
