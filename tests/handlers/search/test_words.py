"""How words are read, and what the content says of them."""

from __future__ import annotations

import pytest

from handlers.search.matching.spelling import Speller, search_sound
from handlers.search.words import Elsewhere, SearchWords
from tests.handlers.search.packaged import content, words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("vesino", "vecino"),
        ("caye", "calle"),
        ("ora", "hora"),
        ("anbulante", "ambulante"),
        ("sicologo", "psicologo"),
        ("kiero", "quiero"),
        ("rruido", "ruido"),
        ("estranjero", "extranjero"),
    ],
)
def test_words_that_sound_alike_are_alike(written: str, meant: str) -> None:
    assert search_sound(written) == search_sound(meant)


def test_one_slip_is_read_but_a_short_word_is_left_alone() -> None:
    speller = Speller([("licencia", "licenci"), ("luz", "luz")])
    assert speller.readings("licemcia", "licemci")[0][0] == "licenci"
    assert speller.readings("paz", "paz") == ()


def test_search_words_name_only_cards_that_exist() -> None:
    assert words().unknown_ids(content()) == ()
    stray = SearchWords(phrases={"no-existe": ("algo",), "patente-mef": ("algo",)})
    assert stray.unknown_ids(content()) == (("phrases", "no-existe"),)
    stray = SearchWords(examples={"es": {"no-existe": ("algo",), "off_topic": ("un chiste",)}})
    assert stray.unknown_ids(content()) == (("examples.es", "no-existe"),)
    others = Elsewhere(institution="luz", arrivals=("no-existe", "vacunas"))
    assert SearchWords(elsewhere=others).unknown_ids(content()) == (("elsewhere", "no-existe"),)


def test_every_service_has_examples_of_how_it_is_asked_for() -> None:
    examples = words().examples["es"]
    assert {s.id for s in content().services if len(examples.get(s.id, ())) < 15} == set()
