"""`opina export`: the rows are what citizens answered, neither more nor less."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import ResponseOutcome, ResponsePending
from handlers.messages import Channel
from tests.bot.commands.conftest import Installation
from tests.storage.scene import (
    TRANSIT,
    ZONE,
    Said,
    closed,
    grade,
    opened,
    reason,
    sender,
    words,
)

HEADER = (
    "response questionnaire area service desk channel question value week pending outcome "
    "started_at first_answered_at answered_at apart"
).split()
WHEN = "2026-11-18T12:00:00-03:00"


@pytest.fixture
def answered(cli: Installation) -> Installation:
    """Two citizens: one gave a low grade with a reason and words, one a 7."""
    cli.take(
        Said(
            sender("a"),
            [
                opened(11),
                grade(11, 4),
                reason(11, "espera"),
                words(11, '=HYPERLINK("http://x"), "dos" horas'),
                closed(11),
            ],
        ),
        Said(sender("b", Channel.WEB), [opened(12), grade(12, 7), closed(12)]),
    )
    return cli


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_each_answer_is_a_row_in_the_order_given(answered: Installation):
    done = answered.opina("export", "responses")
    assert done.code == 0
    found = rows_of(done.out)
    assert found[0] == HEADER
    own = ["atencion", TRANSIT.area, TRANSIT.service, TRANSIT.desk]
    rest = ["2026-W47", "0", "completed", WHEN, WHEN, WHEN, "0"]
    assert sorted(found[1:]) == sorted(
        [
            ["11", *own, "telegram", "grade", "4", *rest],
            ["11", *own, "telegram", "reason", "espera", *rest],
            ["11", *own, "telegram", "words", '\'=HYPERLINK("http://x"), "dos" horas', *rest],
            ["12", *own, "web", "grade", "7", *rest],
        ]
    )
    assert "4 respuestas" in done.err
    assert "descargó un archivo: respuestas" in answered.opina("audit").out


def test_a_response_without_an_answer_is_a_row_too(cli: Installation):
    cli.take(Said(sender("a"), [opened(11), ResponsePending(11)]))
    cli.take(Said(sender("b"), [opened(12), grade(12, 4), closed(12)]))
    cli.take(Said(sender("c"), [opened(13), closed(13, ResponseOutcome.CANCELLED)]))
    done = cli.opina("export", "responses", "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    keys = ("response", "question", "week", "pending", "outcome", "started_at", "answered_at")
    assert [tuple(row[key] for key in keys) for row in found] == [
        ("12", "grade", "2026-W47", 0, "completed", WHEN, WHEN),
        ("11", "", "2026-W47", 1, "", WHEN, None),
        ("13", "", "2026-W47", 0, "cancelled", WHEN, None),
    ]
    assert "3 respuestas" in done.err


def test_a_correction_tells_when_the_answer_was_first_given(cli: Installation):
    cli.take(Said(sender("a"), [opened(11), grade(11, 4)]))
    later = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)
    cli.take(Said(sender("a"), [grade(11, 6)], at=later))
    (row,) = map(json.loads, cli.opina("export", "responses", "--format", "jsonl").out.splitlines())
    assert (row["week"], row["value"]) == ("2026-W47", "6")
    assert (row["first_answered_at"], row["answered_at"]) == (WHEN, later.isoformat())


def test_json_lines_keep_the_words_as_they_were(answered: Installation):
    done = answered.opina("export", "responses", "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    said = next(row for row in found if row["question"] == "words")
    assert said["value"] == '=HYPERLINK("http://x"), "dos" horas'
    assert list(said) == HEADER


def test_a_spreadsheet_goes_into_a_file_that_only_its_owner_reads(answered: Installation):
    out = Path("respuestas.xlsx")
    done = answered.opina("export", "responses", "--format", "xlsx", "--out", str(out))
    assert (done.code, done.out) == (0, "")
    book = load_workbook(out)
    rows = list(book.active.iter_rows(values_only=True))
    book.close()
    assert rows[0][:5] == ("respuesta", "cuestionario", "área", "trámite", "punto de atención")
    assert rows[0][-2:] == ("contestada por última vez (America/Santiago)", "apartada")
    assert not set(rows[0]) & set(HEADER), "people read it: no column has a program's name"
    assert len(rows) == 5
    by_column = dict(zip(HEADER, zip(*rows[1:], strict=True), strict=True))
    assert sorted(v for v in by_column["value"] if not isinstance(v, str)) == [4, 7]
    local = datetime.fromisoformat(WHEN).replace(tzinfo=None)
    assert set(by_column["answered_at"]) == set(by_column["first_answered_at"]) == {local}
    assert set(by_column["pending"]) == {0}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [file.name for file in Path().glob(".respuestas*")] == []


def test_days_are_the_municipalitys_and_the_last_one_counts(cli: Installation):
    midnight = datetime(2026, 11, 18, tzinfo=ZONE)
    moments = (
        midnight - timedelta(seconds=1),
        midnight,
        midnight + timedelta(days=1, seconds=-1),
        midnight + timedelta(days=1),
    )
    for number, at in enumerate(moments, 1):
        cli.take(Said(sender(str(number)), [opened(number), grade(number, 5)], at=at))
    day = ("--since", "2026-11-18", "--until", "2026-11-18")
    assert [row[0] for row in rows_of(cli.opina("export", "responses", *day).out)[1:]] == [
        "2",
        "3",
    ]
    since = rows_of(cli.opina("export", "responses", "--since", "2026-11-18").out)[1:]
    assert [row[0] for row in since] == ["2", "3", "4"]
    until = rows_of(cli.opina("export", "responses", "--until", "2026-11-17").out)[1:]
    assert [row[0] for row in until] == ["1"]


def test_lookups_are_exported_without_a_contact(cli: Installation):
    asked = LookupMade("permiso, mi fono es [teléfono]", LookupResult.CARD, "permiso", "transito")
    cli.take(Said(sender("a"), [asked]))
    done = cli.opina("export", "lookups")
    header, row = rows_of(done.out)
    assert header == ["at", "channel", "query", "found", "card", "area", "week"]
    assert [row[0], row[1], *row[3:]] == [
        WHEN,
        "telegram",
        *"card permiso transito 2026-W47".split(),
    ]
    assert row[2] == asked.query


def test_more_rows_than_a_chunk_all_arrive(cli: Installation):
    count = 2_345  # more than storage reads at a time
    cli.take(*(Said(sender("a"), [grade(number, 6)]) for number in range(1, count + 1)))
    found = rows_of(cli.opina("export", "responses").out)[1:]
    assert sorted(int(row[0]) for row in found) == list(range(1, count + 1))


def test_a_wrong_day_is_named(cli: Installation):
    done = cli.opina("export", "responses", "--since", "18-13-2026")
    assert done.code == 2
    assert "--since: el 18-13-2026 no está en el calendario" in done.err


def test_a_period_that_ends_before_it_begins_is_refused(cli: Installation):
    done = cli.opina("export", "lookups", "--since", "2026-11-18", "--until", "2026-11-17")
    assert done.code == 2
    assert done.err.startswith("--since 2026-11-18 es después de --until 2026-11-17")
    assert len(done.err.splitlines()) == 1


def test_a_text_that_turns_what_follows_round_is_harmless_in_every_form(cli: Installation):
    said = words(11, "bien \u202edañina\u2066")
    cli.take(Said(sender("a"), [opened(11), said, closed(11)]))
    assert rows_of(cli.opina("export", "responses").out)[1][7] == "bien dañina"
    done = cli.opina("export", "responses", "--format", "jsonl")
    assert "bien \\u202eda" in done.out
    assert json.loads(done.out)["value"] == "bien \u202edañina\u2066"
    cli.opina("export", "responses", "--format", "xlsx", "--out", "x.xlsx")
    book = load_workbook("x.xlsx")
    assert book.active["H2"].value == "bien dañina"
    book.close()


@pytest.mark.usefixtures("cli")
def test_a_spreadsheet_is_not_written_to_a_terminal():
    parent, child = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "export", "responses", "--format", "xlsx"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[4])},
        stdout=child,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(child)
    os.close(parent)
    assert done.returncode == 2
    assert done.stderr == ("una planilla no se puede mostrar aquí; agregue --out ARCHIVO.xlsx\n")


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_a_full_target_is_named_in_one_line(form: str):
    # Buffered, as it is where nobody says otherwise.
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[4]), "PYTHONUNBUFFERED": ""}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "export", "responses", "--format", form],
            env=env,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "la salida: no se puede escribir: no queda espacio en el disco; elija otro lugar, con "
        "espacio\n"
    )


def test_a_folder_that_is_not_there_is_named(cli: Installation):
    done = cli.opina("export", "responses", "--out", "nowhere/x.csv")
    assert done.code == 2
    assert "nowhere/x.csv" in done.err
