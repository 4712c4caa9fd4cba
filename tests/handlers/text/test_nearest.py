"""A mistyped name leads to the one that was meant, and an unlike one to none."""

import pytest

from handlers.text.nearest import did_you_mean, did_you_mean_one_of, nearest

IDS = "aseo atencion obras transito personas-mayores seguridad salud".split()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("trasito", "transito"),
        ("tranzito", "transito"),
        ("TRANSITO", "transito"),
        ("transitoo", "transito"),
        ("rtansito", "transito"),
        ("obra", "obras"),
        ("personas", "personas-mayores"),
        (" aseo ", "aseo"),
        ("area", None),
        ("marte", None),
        ("", None),
        ("x" * 10_000, None),
        ("s", None),
    ],
)
def test_the_name_that_was_meant(written: str, meant: str | None) -> None:
    assert nearest(written, IDS) == meant


def test_the_remedy_is_a_question_or_nothing() -> None:
    assert did_you_mean("trasito", IDS) == "; ¿quiso decir transito?"
    assert did_you_mean("marte", IDS) == ""
    named = {"Dirección de Tránsito": "transito", "transito": "transito"}
    assert did_you_mean_one_of("direccion de transito", named) == "; ¿quiso decir transito?"
    assert did_you_mean("a", []) == ""
