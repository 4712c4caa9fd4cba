"""`opina search`: cards with their reasons, and figures that give no query away."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bot.commands.conftest import Installation


def labelled(*rows: tuple[str, list[str], str]) -> Path:
    file = Path("queries.jsonl")
    lines = [json.dumps({"query": q, "expected": e, "kind": k}) for q, e, k in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_query_shows_its_cards_and_why_within_80_columns(cli: Installation):
    done = cli.opina("search", "renovar el permiso de circulacion")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("Segura")
    assert any(line.startswith("1  Permiso de circulación") for line in lines)
    assert "Coincide" in done.out
    assert max(map(len, lines)) <= 80


def test_what_is_not_found_is_said_in_words(cli: Installation):
    done = cli.opina("search", "telescopios")
    assert done.code == 0
    assert done.out.startswith("No se encuentra")


def test_what_is_another_institutions_is_said_in_words(cli: Installation):
    assert cli.opina("search", "pasaporte").out.startswith("No es municipal")


def test_an_evaluation_gives_aggregates_and_no_queries(cli: Installation):
    file = labelled(
        ("renovar el permiso de circulación", ["permiso"], "exact"),
        ("botar escombros", ["licencia"], "exact"),
        ("telescopios", [], "off_topic"),
        ("telescopios rojos", ["permiso"], "exact"),
    )
    done = cli.opina("search", "--evaluate", str(file), "--format", "json")
    assert done.code == 0
    report = json.loads(done.out)
    assert report["overall"] == {
        "queries": 4,
        "recall_at_1": 0.3333,
        "recall_at_3": 0.3333,
        "off_topic_answered": 0.0,
        "coverage": 0.6667,
    }
    assert set(report["by_kind"]) == {"exact", "off_topic"}
    text = cli.opina("search", "--evaluate", str(file))
    assert "0,333" in text.out
    assert max(map(len, text.out.splitlines())) <= 80
    for word in ("escombros", "telescopios"):
        assert word not in done.out + text.out


def test_a_malformed_line_is_named(cli: Installation):
    file = labelled(("a", [], "exact"))
    file.write_text(file.read_text() + '\n{"query": 3}\n')
    done = cli.opina("search", "--evaluate", str(file))
    assert done.code == 2
    assert "queries.jsonl:2:" in done.err


def test_a_card_that_does_not_exist_is_named_with_its_line(cli: Installation):
    file = labelled(("permiso", ["permiso"], "exact"), ("carnet", ["licensia"], "exact"))
    done = cli.opina("search", "--evaluate", str(file))
    assert done.code == 2
    assert done.err.splitlines() == [
        "queries.jsonl:2: «licensia» no es el id de un servicio ni de un área; ¿quiso decir"
        " licencia?"
    ]


def test_an_area_may_be_expected(cli: Installation):
    file = labelled(("dirección de tránsito", ["transito"], "exact"))
    assert cli.opina("search", "--evaluate", str(file)).code == 0


def test_neither_query_nor_file_is_a_mistake(cli: Installation):
    assert cli.opina("search").code == 2
    assert cli.opina("search", "permiso", "--evaluate", "queries.jsonl").code == 2
