"""A question of an ordinary person finds its card."""

from __future__ import annotations

import pytest

from handlers.search.index import SearchIndex
from handlers.search.ranking import Verdict
from tests.handlers.search.packaged import content, first, index, model, rows, words


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("onde saco el permiso de circulacion", "permiso-circulacion"),
        ("sertificado de recidencia", "certificado-residencia"),
        ("kiero castrar a mi perrita", "esterilizacion"),
        ("PERMISO DE CIRCULACIÓN", "permiso-circulacion"),
    ],
)
def test_a_plain_question_is_answered_with_its_card(query: str, card: str) -> None:
    ranking = index().rank(query)
    assert (ranking.verdict, ranking.hits[0].id) == (Verdict.SURE, card)


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("falleció mi tía y no sé dónde sepultarla", "sepultacion"),
        ("los inspectores me clausuraron la tienda", "patentes"),
        ("la plaza de mi villa está llena de basura", "areas-verdes"),
        ("quién ve los liceos", "educacion-publica"),
        ("hay un perrito herido en la esquina", "atencion-veterinaria"),
        ("me robaron las placas del auto", "policias"),
        ("my daughter was bitten by a dog", "perros-callejeros"),
        ("somebody stole my licence plate", "policias"),
        ("the street lamp on my corner does not work", "alumbrado-publico"),
        ("I need an identity card", "registro-civil"),
        ("enrol my daughter in a school", "educacion-publica"),
        ("at what time do they collect the rubbish", "recoleccion-basura"),
        ("where do I pay the garbage fee?", "derechos-aseo"),
        ("My neighbor is building without a permit, who inspects that?", "construccion-irregular"),
        ("necesito sacar la TNE de mi hija, la que se le perdió", "educacion-superior"),
        ("plata para los útiles escolares de mi hija", "beca-municipal"),
        ("residence permit", "migrantes"),
        ("chen vwazen an mòde pitit fi m", "perros-callejeros"),
        ("limyè nan lari m nan pa limen", "alumbrado-publico"),
        ("batistè pitit fi m", "registro-civil"),
        ("renouvle lisans kondwi", "licencia-renovacion"),
        ("enskri pitit mwen nan lekòl", "educacion-publica"),
        ("compré una moto en Ovalle, dónde pago el permiso", "permiso-circulacion"),
    ],
)
def test_a_situation_is_found_in_the_languages_that_are_spoken(query: str, card: str) -> None:
    assert first(query) == card


def test_a_misspelt_plea_of_older_people_about_rubbish_finds_their_exemption() -> None:
    ranking = index().rank("ola nesecito lo de la basura q no pagamos los mallores")
    assert ranking.hits[0].id == "exencion-aseo"
    assert ranking.verdict in (Verdict.SURE, Verdict.UNSURE)


@pytest.mark.parametrize(
    "courtesy",
    [
        "buenas tardes quisiera saber ",
        "hola disculpe una consulta ",
        "Estimados, junto con saludar quería consultar por ",
        "oiga me puede decir por favor ",
    ],
)
def test_how_politely_a_question_begins_changes_nothing(courtesy: str) -> None:
    queries = [row.query for row in rows("queries_dev.jsonl") if row.expected][::9]
    assert [first(courtesy + query) for query in queries] == [first(query) for query in queries]


def test_a_furious_question_is_a_question() -> None:
    ranking = index().rank("QUE WEA PASA CON MI PATENTE 2 MESES ESPERANDO MANGA DE INUTILES")
    assert ranking.verdict in (Verdict.UNSURE, Verdict.SURE, Verdict.SEVERAL)
    assert any(card.startswith("patente-") for card in ranking.cards()[:3])


def test_two_words_about_a_lamp_are_enough() -> None:
    assert "alumbrado-publico" in index().rank("poste malo").cards()[:3]


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("how do I get a street vendor permit", "permiso-ambulante"),
        ("where do I renew my driver's license", "licencia-renovacion"),
        ("kijan pou m jwenn pèmi pou vann nan lari a", "permiso-ambulante"),
    ],
)
def test_english_and_creole_find_the_same_cards(query: str, card: str) -> None:
    assert card in index().rank(query).cards()[:3]


def test_a_card_that_the_model_does_not_know_is_found_at_once() -> None:
    known = content().service_by_id["esterilizacion"]
    added = known.model_copy(
        update={
            "id": "huertos",
            "name": "Huertos comunitarios",
            "short_name": "Huertos",
            "summary": "Terrenos para cultivar.",
            "synonyms": ("plantar verduras en el barrio",),
        }
    )
    services = (*content().services, added)
    edited = SearchIndex.build(
        content().model_copy(update={"services": services}), words(), model()
    )
    for query in ("huertos comunitarios", "quiero plantar verduras", "uertos comunitario"):
        assert edited.rank(query).cards()[:1] == ("huertos",), query


def test_accents_and_case_do_not_change_the_first_hit() -> None:
    plain = str.maketrans("áéíóúñÁÉÍÓÚÑ", "aeiounAEIOUN")
    for service in content().services:
        assert first(service.name.upper()) == first(service.name.translate(plain)), service.id


def test_every_service_is_found_by_its_name_and_by_its_synonyms() -> None:
    asked = [
        (service.id, phrase)
        for service in content().services
        for phrase in (service.name, service.short_name, *service.synonyms)
    ]
    missed = [
        (card, phrase)
        for card, phrase in asked
        if card not in [hit.id for hit in index().rank(phrase).hits[:3]]
    ]
    assert len(missed) <= 0.02 * len(asked), missed


def test_without_search_words_the_names_still_find_their_cards() -> None:
    bare = SearchIndex.build(content())
    assert bare.rank("permiso de circulación").hits[0].id == "permiso-circulacion"


@pytest.mark.parametrize("word", ["biblioteca", "semáforo", "beca", "tránsito"])
def test_a_word_that_is_one_cards_own_shows_it(word: str) -> None:
    assert index().rank(word).verdict is Verdict.SURE


def test_a_hit_says_which_words_it_rests_on_and_how_it_read_them() -> None:
    query = "permizo de sirculasion"
    why = index().why(query, index().rank(query).hits[0])
    assert "«permizo» (leído «permiso»)" in why


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("a qué hora atiende el departamento de tránsito", "transito"),
        ("donde queda el juzgado de policia local", "juzgado"),
        ("numero de la dideco", "social"),
        ("en qué piso está vivienda", "vivienda"),
        ("correo de aseo y ornato", "aseo"),
        ("horario del cementerio", "visita-cementerio"),
        ("a que hora abre la biblioteca", "biblioteca"),
        ("subcidio de vivienda", "subsidio-vivienda"),
    ],
)
def test_the_hours_place_or_phone_of_a_unit_show_the_unit(query: str, card: str) -> None:
    ranking = index().rank(query)
    assert (ranking.verdict, ranking.hits[0].id) == (Verdict.SURE, card)
