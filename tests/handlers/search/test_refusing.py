"""What is not the municipality's, or asks nothing, gets no municipal card."""

from __future__ import annotations

import pytest

from handlers.search.decide import Candidate, Odds, Ranked, Signals, decide
from handlers.search.index import SearchIndex
from handlers.search.ranking import Ranking, Verdict
from handlers.search.words import Elsewhere
from tests.handlers.search.packaged import content, index, words


def test_a_greeting_alone_stays_small_talk() -> None:
    assert index().rank("hola buenas tardes, una consulta").verdict is Verdict.SMALL_TALK


@pytest.mark.parametrize("query", ["hola", "Buenas tardes!!", "muchas gracias", "weones inutiles"])
def test_greetings_thanks_and_insults_are_small_talk(query: str) -> None:
    ranking = index().rank(query)
    assert (ranking.verdict, ranking.hits) == (Verdict.SMALL_TALK, ())


@pytest.mark.parametrize(
    ("query", "institution"),
    [
        ("donde saco el carnet de identidad", "registro-civil"),
        ("se corto la luz en mi casa", "luz"),
        ("quiero cambiarme de afp", "pensiones-afp"),
    ],
)
def test_what_is_not_municipal_is_said_to_be_somebody_elses(query: str, institution: str) -> None:
    ranking = index().rank(query)
    assert ranking.verdict is Verdict.EXTERNAL
    assert (ranking.hits[0].kind, ranking.hits[0].id) == ("institution", institution)
    assert ranking.cards() == ()


def test_a_phrase_of_an_institution_is_seen_without_ranking_it() -> None:
    called = [word for one in content().institutions for word in (one.short_name, *one.keywords)]
    assert called
    assert all(map(index().may_be_of_others, called))
    assert index().may_be_of_others("la municipalidad de Ovalle")
    assert not index().may_be_of_others("nadie me supo explicar")


@pytest.mark.parametrize(
    "query", ["cuéntame un chiste", "quiero pedir una pizza", "hazme la tarea"]
)
def test_what_is_nobodys_is_not_found_and_has_no_label(query: str) -> None:
    assert index().rank(query) == Ranking((), Verdict.NOTHING)


def test_what_shares_nothing_telling_with_a_question_is_not_suggested() -> None:
    query = "pero quien es el responsable de ir a alegarles, ustedes son la municipalidad"
    assert index().rank(query) == Ranking((), Verdict.NOTHING)


def test_a_suggestion_has_to_share_something_and_be_near_the_first() -> None:
    alike = Signals(0, "service", 0.0, 0.0, 0, 0.0, 0.0, exact=False, likeness=0.2, margin=None)
    by_words = alike._replace(likeness=0.0, total=8.0)
    unlike = alike._replace(likeness=0.01, total=1.5)
    cards = (Candidate(alike, 1.0), Candidate(by_words, 0.0), Candidate(unlike, -0.5))
    far = Candidate(by_words, -3.0)
    every = (*cards, far)
    decision = decide(Ranked(every, every, ()), Odds(municipal=0.9, first=0.4))
    assert (decision.verdict, decision.shown) == (Verdict.UNSURE, cards[:2])
    weak = (Candidate(alike, -0.9),)
    assert decide(Ranked(weak, weak, ()), Odds(municipal=0.9, first=0.4)).shown == ()
    strange = (cards[2],)
    nothing = decide(Ranked(strange, strange, ()), Odds(municipal=0.9, first=0.4))
    assert (nothing.verdict, nothing.shown) == (Verdict.NOTHING, ())


def test_no_institution_is_a_label_for_what_is_nobodys() -> None:
    named = {institution.name for institution in content().institutions}
    assert not named & {"Conversación y entretención", "Compras y servicios privados"}


@pytest.mark.parametrize("text", ["", "   ", "🙏🙏🙏", "?!", "\u200b"])
def test_a_text_without_words_finds_nothing(text: str) -> None:
    assert index().rank(text) == Ranking((), Verdict.NOTHING)


@pytest.mark.parametrize("text", ["me dieron", "quisiera", "se puede", "voy", "necesito"])
def test_one_vague_word_names_no_card(text: str) -> None:
    assert index().rank(text).cards() == ()


@pytest.mark.parametrize(
    "query",
    [
        "en qué dirección queda la municipalidad de Ovalle",
        "retiro de ramas en maipu",
        "la feria de vicuña qué días se pone",
        "el juzgado de policía local de coquimbo dónde está",
        "permiso de edificacion en Monte Patria",
        "muni coquimbo telefono",
        "how do I pay the car permit in Coquimbo",
    ],
)
def test_what_another_municipality_does_is_said_to_be_its_own(query: str) -> None:
    ranking = index().rank(query)
    assert (ranking.verdict, ranking.cards()) == (Verdict.EXTERNAL, ())
    assert ranking.hits[0].id == "otras-municipalidades"


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("vivo en coquimbo y me sacaron un parte en la serena", "pagar-multa"),
        (
            "tengo el auto en vallenar y quiero pagar el permiso aquí",
            "permiso-circulacion-traslado",
        ),
        ("mi licencia es de vicuña, la puedo renovar en la serena", "licencia-renovacion"),
        ("soy de la serena y estudio en valparaíso, hay beca", "beca-municipal"),
        ("me mudé de coquimbo, cambiar el domicilio de la ficha", "rsh-actualizacion"),
        ("poste apagado en vicuña con infante", "alumbrado-publico"),
        ("hoyo en calle valparaíso 320", "baches-veredas"),
    ],
)
def test_who_only_names_another_town_is_answered(query: str, card: str) -> None:
    assert card in index().rank(query).cards()[:3]


def test_a_folder_that_names_no_other_towns_answers_for_all() -> None:
    nobody = SearchIndex.build(content(), words().model_copy(update={"elsewhere": Elsewhere()}))
    assert nobody.rank("retiro de ramas en maipu").cards()
