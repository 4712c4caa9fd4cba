"""What the search is trained with: the same content gives the same bytes, in what was allowed."""

from __future__ import annotations

from bot.content.folder import load_content
from bot.content.release import PACKAGED, search_words
from handlers.listening.linear import LinearModel
from handlers.search.index import MUNICIPAL
from training.search import LARGEST, Example, examples_of, train_model, with_examples

PACKED = (PACKAGED / "search.bin").read_bytes()


def test_a_small_town_is_trained_to_the_same_bytes_twice() -> None:
    content = load_content(PACKAGED)
    content = content.model_copy(
        update={"services": content.services[:5], "areas": (), "institutions": ()}
    )
    ids = {service.id for service in content.services}
    words = search_words()
    phrases = {card: texts for card, texts in words.phrases.items() if card in ids}
    kept = [one for one in examples_of(words) if one.card in (*ids, "off_topic")]
    words = with_examples(words.model_copy(update={"phrases": phrases}), kept)
    assert train_model(content, words) == train_model(content, words)


def test_the_packaged_model_is_small_and_knows_the_cards() -> None:
    content = load_content(PACKAGED)
    labels = set(LinearModel(PACKED).labels)
    assert len(PACKED) <= LARGEST
    assert {service.id for service in content.services} | {MUNICIPAL, "off_topic"} <= labels


def test_only_the_examples_that_are_kept_are_in_the_words() -> None:
    words = with_examples(search_words(), [Example("es", "dónde voto", "servel")])
    assert words.examples == {"es": {"servel": ("dónde voto",)}}
