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


def add(town: Installation, *more: str) -> str:
    """Add a member of staff; returns the code that was shown."""
    done = town.opina("staff", "add", "Unidad de Calidad", "--email", MAIL, *more)
    assert (done.code, done.err) == (0, "")
    return code_in(done.out)


def code_in(text: str) -> str:
    found = re.search(r"/start staff-(\w+)", text)
    assert found
    return found[1]


def test_a_new_member_gets_a_code_that_links_once(town: Installation):
    code = add(town)
    first, second = (
        town.write(lambda tx: use_staff_code(tx, town.keyring, code, now())) for _ in range(2)
    )
    assert first is not None
    assert (first.name, first.area) == ("Unidad de Calidad", "")
    assert second is None


def test_a_link_is_shown_where_the_bot_is_known(
    town: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_TELEGRAM__BOT_NAME", "@opina_bot")
    done = town.opina("staff", "add", "Calidad", "--email", MAIL)
    code = code_in(done.out)
    assert f"https://t.me/opina_bot?start=staff-{code}" in done.out


def test_an_area_may_be_given_by_its_name(town: Installation):
    add(town, "--area", "Tránsito")
    (member,) = town.read(staff.everyone)
    assert member.area == "transito"
    assert "Tránsito" in town.opina("staff", "list").out


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (["--email", "calidad"], "calidad"),
        (["--email", MAIL, "--area", "marte"], "aseo, cementerios, transito"),
    ],
)
def test_what_cannot_be_is_named_and_nobody_is_added(
    town: Installation, more: list[str], named: str
):
    done = town.opina("staff", "add", "Calidad", *more)
    assert done.code == 2
    assert named in done.err
    assert town.read(staff.everyone) == []


def test_the_same_address_is_not_added_twice(town: Installation):
    add(town)
    done = town.opina("staff", "add", "Otra", "--email", MAIL.upper())
    assert done.code == 2
    assert f"opina staff code {MAIL}" in done.err
    assert len(town.read(staff.everyone)) == 1


def test_the_list_shows_no_codes(town: Installation):
    code = add(town)
    done = town.opina("staff", "list")
    assert done.out == f"Unidad de Calidad\n  {MAIL} · todas las áreas · recibe por correo\n"
    assert code not in done.out


def test_an_empty_list_says_how_to_begin(town: Installation):
    assert "opina staff add" in town.opina("staff", "list").out


def test_another_code_can_be_had(town: Installation):
    first = add(town)
    second = code_in(town.opina("staff", "code", MAIL).out)
    assert second != first
    assert town.write(lambda tx: use_staff_code(tx, town.keyring, second, now())) is not None


def test_who_is_removed_leaves_no_address_and_no_working_code(town: Installation):
    code = add(town)
    (reader,) = town.read(staff.recipients)
    waiting = ForContact(reader.contact_id, "digest:x", Announcement("resumen"))
    town.write(lambda tx: put_inbox(tx, town.keyring, [waiting], now()))
    done = town.opina("staff", "remove", MAIL)
    assert done.code == 0
    for table in (
        "staff staff_contacts staff_codes contacts contact_aliases contact_addresses "
        "conversations inbox"
    ).split():
        found = town.rows(f"SELECT count(*) FROM {table}")
        assert found == [(0,)], table
    assert town.write(lambda tx: use_staff_code(tx, town.keyring, code, now())) is None


def test_removing_one_leaves_the_others(town: Installation):
    add(town)
    town.opina("staff", "add", "Jefatura", "--email", "jefatura@example.cl")
    town.opina("staff", "remove", "jefatura@example.cl")
    (member,) = town.read(staff.everyone)
    assert (member.email, len(member.channels)) == (MAIL, 1)


def test_an_unknown_address_is_named(town: Installation):
    for command in ("code", "remove"):
        done = town.opina("staff", command, "nadie@example.cl")
        assert done.code == 2
        assert "nadie@example.cl" in done.err


def test_notices_are_shown_and_chosen(town: Installation):
    add(town)
    assert "casos por chat y correo · resumen semanal" in town.opina("staff", "notices", MAIL).out
    done = town.opina("staff", "notices", MAIL, "--no-chat", "--no-weekly")
    assert (done.code, done.err) == (0, "")
    assert "casos por correo · sin resumen semanal" in done.out
    assert town.rows("SELECT by_chat, by_mail, weekly FROM staff") == [(0, 1, 0)]
    assert "solo lo urgente y los plazos" in town.opina("staff", "notices", MAIL, "--no-mail").out
    everyones = town.opina("staff", "notices").out
    assert everyones.startswith(f"Unidad de Calidad ({MAIL})")
    entries = town.rows("SELECT detail FROM audit_entries WHERE action = 'notices-chosen'")
    assert entries == [("mail",), ("",)]


def test_notices_of_nobody_are_not_chosen(town: Installation):
    assert "falta el correo" in town.opina("staff", "notices", "--no-chat").err
    done = town.opina("staff", "notices", "nadie@example.cl", "--no-chat")
    assert (done.code, "nadie tiene ese correo" in done.err) == (2, True)
