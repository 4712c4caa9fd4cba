"""`opina explain`: the parts of a published figure, and none that protects fewer than ten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bot.commands.conftest import Installation
from tests.bot.commands.quality.test_control_command import ratings, week_of


@pytest.mark.parametrize(
    ("satisfied", "said", "unsaid"),
    [
        (
            45,
            [
                "Nota 6 o 7    75 % (entre 63 % y 84 %; 60 respuestas)",
                "Cuántas       45 respuestas con nota 6 o 7",
                "De cuántas    60 respuestas sobre una atención terminada",
                "aún faltan mediciones (1 de 12)",
            ],
            "no se muestra:",
        ),
        (
            56,
            ["85 % o más (menos de 10 de 60 respuestas pusieron 1 a 5)", "Cuántas no se muestra"],
            "56 respuestas",
        ),
    ],
)
def test_a_figure_is_explained_by_its_parts(
    cli: Installation, satisfied: int, said: list[str], unsaid: str
) -> None:
    cli.take(*ratings(1, 60, satisfied))
    cli.opina("control", "--week", week_of(1))
    done = cli.opina("explain", "--area", "transito", "--week", week_of(1))
    assert (done.code, done.err) == (0, "")
    text = " ".join(done.out.split())
    for part in said:
        assert " ".join(part.split()) in text
    assert unsaid not in text
    assert max(map(len, done.out.splitlines())) <= 80


def test_a_figure_is_of_the_version_that_was_valid_in_its_week(cli: Installation) -> None:
    for week, said in ((1, False), (90, True)):  # 1 was before there were definitions
        cli.take(*ratings(week, 60, 45))
        cli.opina("control", "--week", week_of(week))
        done = cli.opina("explain", "--area", "transito", "--week", week_of(week))
        text = " ".join(done.out.split())
        assert ("«Nota 6 o 7». De todas las notas" in text) == said
        assert ("Versión 1, vigente desde el 1 de enero de 2026." in text) == said
        whole = " ".join(cli.opina("explain", "--week", week_of(week)).out.split())
        told = (
            "nueva: 75 % (entre 63 % y 84 %; 60 respuestas) 45 de 60 respuestas tienen nota 6 o 7."
        )
        assert (told in whole) == said
        assert ("Suma solo las áreas que tienen cifra nueva en la semana" in whole) == said
        assert "Respuestas de cada área con cifra nueva: Tránsito 60." in whole


def test_a_burst_from_one_network_moves_no_figure_and_is_counted_beside_it(
    cli: Installation,
) -> None:
    attack = [replace(one, network=b"one network") for one in ratings(2, 62, 0)]
    at = ratings(1, 1, 0)[0].at
    cli.take(*ratings(1, 60, 45), *(replace(one, at=at) for one in attack))
    cli.opina("control", "--week", week_of(1))
    text = " ".join(cli.opina("explain", "--area", "transito", "--week", week_of(1)).out.split())
    assert "75 % (entre 63 % y 84 %; 60 respuestas)" in text
    assert "62 respuestas apartadas" in text
    assert "62 respuestas apartadas" in cli.opina("digest", "--week", week_of(1)).out
    assert "coinciden" in cli.opina("sums", "--verify").out
    other = cli.opina("explain", "--area", "transito", "--week", week_of(9))
    assert f"no se publicó; la más cercana es {week_of(1)}, con --week" in other.err


def test_a_week_that_was_not_published_has_nothing_to_explain(cli: Installation) -> None:
    done = cli.opina("explain", "--area", "transito", "--week", week_of(1))
    assert done.code == 2
    assert "no se publicó; aún no se publica ninguna; opina digest publica la última" in done.err
    assert cli.opina("explain", "--area", "nada", "--week", week_of(1)).code == 2
