"""The index answers any text, the same each time, and searches no text twice."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from handlers.search.index import SearchIndex
from handlers.search.ranking import Ranking
from tests.handlers.search.packaged import content, index, model, rows, words


@given(st.text(max_size=300))
def test_any_text_gets_the_same_storable_answer_twice(text: str) -> None:
    ranking = index().rank(text)
    assert ranking == SearchIndex.rank(index(), text)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(ranking), type=Ranking) == ranking
    assert len(ranking.hits) <= 5


def test_a_new_index_answers_like_one_that_has_been_asked_before() -> None:
    fresh = SearchIndex.build(content(), words(), model())
    asked = [row.query for row in rows("queries_dev.jsonl")[::7]]
    assert [fresh.rank(query) for query in reversed(asked)] == [
        index().rank(query) for query in reversed(asked)
    ]


def test_a_text_that_is_ranked_again_at_once_is_not_searched_for_twice() -> None:
    fresh = SearchIndex.build(content(), words())
    first = fresh.rank("permiso de circulación")
    assert fresh.rank("permiso de circulación") is first


def test_a_text_that_is_weighed_against_several_cards_is_searched_for_once() -> None:
    fresh = SearchIndex.build(content(), words())
    one, other = (fresh.compare("cuánto cuesta", card.id) for card in content().services[:2])
    assert one.odds is other.odds
    assert fresh.compare("cuánto demora", content().services[0].id).odds is not one.odds


def test_a_message_of_4096_characters_is_answered_by_its_beginning() -> None:
    text = "permiso de circulacion " + "bla " * 1_100
    assert len(text) > 4_096
    assert "permiso-circulacion" in [hit.id for hit in index().rank(text).hits[:3]]


def test_no_query_has_more_than_five_hits() -> None:
    assert len(index().rank("certificado").hits) == 5
