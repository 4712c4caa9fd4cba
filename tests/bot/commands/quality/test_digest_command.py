"""`opina digest`: shown in three forms, or sent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from handlers.quality.weeks import IsoWeek
from storage.outbox.inbox import take_inbox
from tests.bot.commands.conftest import Installation, now
from tests.storage.scene import WEDNESDAY, ZONE, Said, closed, grade, opened, sender

WEEK = "2025-W47"
THEN = WEDNESDAY - timedelta(weeks=52)


@pytest.fixture
def rated(cli: Installation) -> Installation:
    """A week of a year before: 40 ratings, 30 of them 6 or 7."""
    cli.take(
        *(
            Said(
                sender(str(number)),
                [opened(number), grade(number, 7 if number <= 30 else 2), closed(number)],
                at=THEN,
            )
            for number in range(1, 41)
        )
    )
    return cli


def test_the_digest_is_shown_as_text(rated: Installation):
    done = rated.opina("digest", "--week", WEEK)
    assert (done.code, done.err) == (0, "")
    assert "75 % (entre 60 % y 86 %; 40 respuestas)" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_digest_is_given_as_json_with_the_same_figures(rated: Installation):
    done = rated.opina("digest", "--week", WEEK, "--area", "Tránsito", "--format", "json")
    digest = json.loads(done.out)
    assert (digest["week"], digest["scope"], digest["made_up"]) == (WEEK, "transito", False)
    share = digest["areas"][0]["satisfied"]
    assert share == {"n": 40, "percent": 75, "low": 60, "high": 86}


def test_the_digest_is_given_as_a_page(rated: Installation):
    done = rated.opina("digest", "--week", WEEK, "--format", "html")
    assert done.out.startswith("<!DOCTYPE html>") or "<!DOCTYPE html>" in done.out[:20]
    assert "75\u00a0%" in done.out


def test_what_was_shown_of_a_finished_week_does_not_change(rated: Installation):
    before = rated.opina("digest", "--week", WEEK).out
    rated.take(Said(sender("1"), [grade(1, 1)], at=THEN))
    assert rated.opina("digest", "--week", WEEK).out == before


def test_the_last_complete_week_is_the_default(rated: Installation):
    before = IsoWeek.of(now(), ZONE)
    done = rated.opina("digest", "--format", "json")
    after = IsoWeek.of(now(), ZONE)  # a week may end meanwhile
    assert json.loads(done.out)["week"] in (str(before.shifted(-1)), str(after.shifted(-1)))


def test_a_week_that_goes_on_is_shown_with_a_warning_and_not_sent(rated: Installation):
    week = str(IsoWeek.of(now(), ZONE))
    shown = rated.opina("digest", "--week", week)
    assert shown.code == 0
    assert "aún no termina" in shown.err
    sent = rated.opina("digest", "--week", week, "--send")
    assert sent.code == 2
    assert week in sent.err


def test_sending_twice_sends_once(rated: Installation):
    rated.opina("staff", "add", "Calidad", "--email", "calidad@example.cl", "--area", "todas")
    first = rated.opina("digest", "--week", WEEK, "--send")
    second = rated.opina("digest", "--week", WEEK, "--send")
    assert (first.code, second.code) == (0, 0)
    assert "1 contacto" in first.out
    assert "no hay nadie" in second.out
    (item,) = rated.write(lambda tx: take_inbox(tx, rated.keyring, 10))
    assert f"http://127.0.0.1:8080/resumen/{WEEK}/todas/" in item.incoming.body.text


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--week", "2025-W54"], "2025-W54"),
        (["--week", "2999-W10"], "2999-W10: esa semana aún no comienza"),
        (["--week", "ayer"], "2026-W47"),
        (["--area", "marte"], "aseo, cementerios, transito"),
    ],
)
def test_what_cannot_be_is_named(cli: Installation, arguments: list[str], named: str):
    done = cli.opina("digest", *arguments)
    assert done.code == 2
    assert named in done.err
