"""Messages with several wishes, and words with several meanings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from handlers.search.ranking import Verdict
from tests.handlers.search.packaged import content, index

WISHES = {
    "sacar permiso circulacion": "permiso-circulacion",
    "castrar a mi perra": "esterilizacion",
    "certificado de residencia": "certificado-residencia",
    "cuando pasa el camion de la basura": "recoleccion-basura",
    "retiro de muebles viejos": "retiro-voluminosos",
}


@pytest.mark.parametrize(
    "joined",
    [
        *("{} y tambien {}", "{}, aparte {}", "quiero {} y de paso {}", "{} y otra cosa {}"),
        *("{}. otra consulta: {}", "{} / {}", "{} ademas {}", "necesito {} y despues {}"),
    ],
)
def test_two_wishes_in_one_message_are_both_answered(joined: str) -> None:
    pairs = list(pairwise(WISHES.items()))
    both = [
        index().rank(joined.format(one, other)).verdict is Verdict.SEVERAL
        and {card, another} <= set(index().rank(joined.format(one, other)).cards()[:3])
        for (one, card), (other, another) in pairs
    ]
    assert sum(both) >= len(pairs) - 1


def test_two_matters_in_one_message_are_both_offered() -> None:
    ranking = index().rank("no pasa la basura y ademas el poste esta apagado")
    assert {"recoleccion-basura", "alumbrado-publico"} <= set(ranking.cards()[:3])


@pytest.mark.parametrize(
    ("query", "cards"),
    [
        (
            "quiero renovar la licencia y pagar el permiso de circulacion",
            {"licencia-renovacion", "permiso-circulacion"},
        ),
        (
            "necesito silla de ruedas y un certificado de residencia",
            {"ayudas-tecnicas", "certificado-residencia"},
        ),
    ],
)
def test_a_wish_that_the_other_outweighs_is_answered_too(query: str, cards: set[str]) -> None:
    ranking = index().rank(query)
    assert ranking.verdict is Verdict.SEVERAL
    assert cards <= set(ranking.cards()[:3])


def test_one_wish_with_an_and_in_it_is_one_wish() -> None:
    ranking = index().rank("esterilización de perros y gatos")
    assert (ranking.verdict, ranking.hits[0].id) == (Verdict.SURE, "esterilizacion")


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("patente", "quiero sacar la patente"),
        ("subsidio", "información sobre un subsidio"),
        ("certificado", "necesito solicitar un certificado"),
        ("licencia", "qué requisitos tiene la licencia"),
        ("negocio", "quiero hacer un negocio"),
    ],
)
def test_a_word_with_several_meanings_offers_them_instead_of_guessing(
    word: str, query: str
) -> None:
    meaning = next(one for one in content().meanings if one.word == word)
    ranking = index().rank(query)
    assert ranking.verdict is Verdict.UNSURE
    assert tuple(hit.id for hit in ranking.hits) == meaning.cards[:5]


@pytest.mark.parametrize("query", ["hasta qué hora puedo ir hoy", "a que hora atienden"])
def test_a_question_of_what_time_asks_for_no_appointment(query: str) -> None:
    assert index().rank("pido hora").hits[0].id == "hora-medica"
    assert index().rank(query).hits[0].id == "horarios-contacto"


@pytest.mark.parametrize("word", ["licencia", "perro", "poda", "deuda"])
def test_a_word_that_several_cards_share_is_asked_about(word: str) -> None:
    assert index().rank(word).verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("query", "card"),
    [
        (
            "yo soy venezolano y quiero montar un carrito de comida, qué papeles necesito",
            "permiso-ambulante",
        ),
        ("I'm Haitian but speak English better. My daughter needs vaccination", "vacunas"),
        ("how do I get a permit for my dog? like registration, chip", "microchip-registro"),
        ("soy adulto mayor y quiero pagar el permiso de circulación", "permiso-circulacion"),
        ("I just moved here and I need to know where to pay the garbage fee", "derechos-aseo"),
    ],
)
def test_who_one_is_and_examples_are_no_second_wish(query: str, card: str) -> None:
    ranking = index().rank(query)
    assert (ranking.verdict, ranking.hits[0].id) == (Verdict.SURE, card)


@pytest.mark.parametrize(
    ("query", "cards"),
    [
        (
            "soy venezolano. quiero castrar a mi perra y también renovar la licencia",
            {"esterilizacion", "licencia-renovacion"},
        ),
        (
            "soy de acá, me interesa el certificado de residencia y también castrar a mi gata",
            {"certificado-residencia", "esterilizacion"},
        ),
    ],
)
def test_who_says_who_they_are_may_still_wish_for_two_things(query: str, cards: set[str]) -> None:
    ranking = index().rank(query)
    assert ranking.verdict is Verdict.SEVERAL
    assert cards <= set(ranking.cards()[:3])


def test_who_one_is_still_tells_what_is_meant_where_nothing_else_does() -> None:
    assert "migrantes" in index().rank("soy extranjero y recién llegado").cards()[:3]
