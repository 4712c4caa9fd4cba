"""From the export alone, and by other code, every figure of ten weeks' digests comes out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from handlers.messages import Channel
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from tests import recount
from tests.bot.commands.conftest import Installation
from tests.handlers.chat import Chat
from tests.storage.scene import ZONE, Said, sender

FIRST = IsoWeek(2026, 32)  # summer time begins in the night to the Sunday of week 36
WEEKS = [FIRST.shifted(later) for later in range(10)]
CITIZENS = {"transito": 200, "aseo": 40, "cementerios": 6}  # a week, about
GRADES = [1, 2, 4, 5, 5, 5, 7]  # how often each is given
PRAISED = {"aseo": [0, 0, 0, 0, 0, 1, 3]}
CHANNELS = [Channel.TELEGRAM] * 5 + [Channel.WEB] * 3 + [Channel.WHATSAPP]
NETWORKS = 20  # of web pages, in a week
CHOICES = ("Espera", "Trato", "Información", "No se resolvió", "Costo", "Otro")


def lives(chance: Random, grade: int) -> Iterator[tuple[str, int]]:
    """What one citizen says after choosing an area, and after how many minutes."""
    asked = grade <= 5
    if chance.random() < 0.25:
        yield "aún no termina", 0
        if chance.random() < 0.3:
            return
    if chance.random() < 0.08:
        yield "cancelar", 0
        return
    if chance.random() < 0.1:
        return
    yield str(grade), chance.choice([0] * 9 + [25, 60 * 24 * 2])
    if chance.random() < 0.1:
        return  # leaves while the reason or the best is asked
    late = chance.choice([0, 0, 5, 60 * 24])
    if asked and chance.random() < 0.8:
        yield chance.choices(CHOICES, [9, 7, 2, 1, 1, 1])[0], late
    elif chance.random() < 0.5:
        yield "Esperé bastante rato", late
    else:
        yield "listo", late
    if chance.random() < 0.1:
        yield "aún no termina", 1
    if chance.random() < 0.25:  # corrects it, days later or at once
        yield "cambiar", chance.choice([0, 60, 60 * 24 * 4, 60 * 24 * 16])
        if chance.random() < 0.3:
            yield "aún no termina", 0
        yield str(chance.choice([1, 3, 5, 6, 7, 7])), 0
        yield chance.choice(["listo", "Otra cosa que decir"]), 0


def town_of(release: Release, chance: Random) -> Iterator[list[Said]]:
    """All that citizens say who come in each of ten weeks, each one's turns in order."""
    number = 0
    for week in WEEKS:
        begins, ends = week.bounds(release.content.zone)
        said: list[Said] = []
        networks = [f"{place} {week}".encode() for place in range(NETWORKS)]
        for area, count in CITIZENS.items():
            for _ in range(chance.randint(count - 5, count + 5)):
                number += 1
                channel = chance.choice(CHANNELS)
                network = chance.choice(networks) if channel is Channel.WEB else b""
                chat = Chat(release, channel, turns=number * 1000)
                at = begins + (ends - begins) * chance.random()
                if chance.random() < 0.1:  # about midnight of the Sunday, also where clocks change
                    at = ends - timedelta(seconds=chance.randint(0, 25))
                chat.now = at
                grade = chance.choices(range(1, 8), PRAISED.get(area, GRADES))[0]
                for text, minutes in [("nota", 0), (area, 0), *lives(chance, grade)]:
                    chat.waits(minutes=minutes)
                    chat.says(text)
                    who = sender(str(number), channel)
                    said.append(Said(who, chat.last, at=chat.now, network=network))
        yield said


SHARES = ("satisfied", "bound", "net", "change", "pending_satisfied")
SAID = (*SHARES, "first_week", "pending", "other_channels")


def figures(digest: dict[str, Any]) -> dict[str, dict[str, object]]:
    """The digest in the shape of the recount; areas without a new figure are left out."""
    found: dict[str, dict[str, object]] = {}
    for area in digest["areas"]:
        if area["satisfied"] or area["bound"]:
            found[area["id"]] = {
                **{key: area[key] for key in SAID},
                **{key: numbers(area[key]) for key in SHARES},
                "reasons": {reason["id"]: [reason["n"]] for reason in area["reasons"]},
                "channels": {one["channel"]: numbers(one["satisfied"]) for one in area["channels"]},
            }
    whole = {key: numbers(digest[key]) for key in ("total", "completion")}
    return found | {"": whole}


def numbers(figure: object) -> object:
    """The numbers of a figure, in their order."""
    return [numbers(part) for part in figure.values()] if isinstance(figure, dict) else figure


def recounted(rows: list[dict[str, object]], week: IsoWeek) -> dict[str, dict[str, object]]:
    found = recount.recount(rows, str(WEEKS[0]), str(week))
    for id_, area in found.items():
        area.get("reasons", {}).pop("", None)  # who gave none
        if id_:
            nothing = {**dict.fromkeys(SAID, None), "reasons": {}, "channels": {}}
            found[id_] = {**nothing, **area}
    return found


def test_ten_weeks_of_digests_come_out_again(cli: Installation, release: Release) -> None:
    for said in town_of(release, Random(2026)):
        cli.take(*said)
    cli.opina("digest", "--week", str(WEEKS[0]))  # what came in bursts is set apart first
    assert "coinciden" in cli.opina("sums", "--verify").out
    exported = cli.opina("export", "responses", "--format", "jsonl").out
    rows = [json.loads(line) for line in exported.splitlines()]
    assert {row["apart"] for row in rows if row["area"] == "transito"} == {0, 1}
    seen: set[str] = set()
    begun: set[bool] = set()
    for week in WEEKS:
        digest = json.loads(cli.opina("digest", "--week", str(week), "--format", "json").out)
        expected = figures(digest)
        assert recounted(rows, week) == expected
        seen |= {key for one in expected.values() for key, value in one.items() if value}
        begun |= {one["first_week"] == str(week) for id_, one in expected.items() if id_}
    assert seen >= {*SAID, "reasons", "channels", "total", "completion"}
    assert begun == {True, False}, "some weeks were gathered"


def test_the_script_is_short_and_knows_nothing_of_the_project() -> None:
    text = Path(recount.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    for package in ("bot", "handlers", "storage"):
        assert f"import {package}" not in text
        assert f"from {package}" not in text


def test_the_night_in_which_clocks_change_is_among_the_weeks() -> None:
    night = datetime(2026, 9, 6, 4, 0, tzinfo=UTC)
    assert any(begins <= night < ends for begins, ends in (w.bounds(ZONE) for w in WEEKS))
