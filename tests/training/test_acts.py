"""What the assistant listens with: the same phrases give the same bytes, in what was allowed."""

from __future__ import annotations

import math
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import ContentError
from handlers.listening.features import features
from handlers.listening.linear import LinearModel, pack, shares
from handlers.listening.listener import DANGER, Listener, probability
from training.acts import LANGUAGES, LARGEST, MODEL, read_phrases, train

PHRASES = [
    ("se quema mi casa", ("distress_fire", DANGER, "lang_es")),
    ("hay fuego en la cocina", ("distress_fire", DANGER, "lang_es")),
    ("hay un cable colgando", ("hazard", DANGER, "lang_es")),
    ("muchas gracias", ("thanks", "lang_es")),
    ("gracias por todo", ("thanks", "lang_es")),
]
TRAINED = LinearModel(train(PHRASES))
HEARS = Listener(TRAINED)


def test_phrases_are_trained_to_the_same_bytes_twice() -> None:
    assert train(PHRASES) == train(PHRASES)


def test_a_danger_is_heard_whichever_it_is() -> None:
    assert HEARS.hear("hay fuego colgando").danger > 0.5 > HEARS.hear("gracias").danger
    assert DANGER not in dict(HEARS.hear("hay fuego").ranked())


@given(st.lists(st.sampled_from("fuego fuegos fue la cable cables gracias agracia 7 77".split())))
def test_a_text_is_heard_word_by_word_as_it_is_trained_as_a_whole(words: list[str]) -> None:
    text = " ".join(["hay", *words])
    heard, chances = HEARS.hear(text), map(probability, TRAINED.log_odds(features(text)))
    assert [heard.chance(label) for label in TRAINED.labels] == list(chances)


@pytest.mark.parametrize("values", [(1.0,), (1.0, 2.0, 3.0)])
def test_no_value_is_left_out_where_weights_are_missing(values: tuple[float, ...]) -> None:
    assert shares((0.0, 0.0), [(1.0, 1.0)] * len(values), values) == [0.5, 0.5]
    with pytest.raises(ValueError, match="rows of weights"):
        shares((0.0, 0.0), [(1.0, 1.0)] * 2, values)


def test_every_danger_of_the_content_has_the_label_of_all_and_nothing_else_has() -> None:
    dangers = {"hazard"}
    for _, labels in read_phrases(LANGUAGES):
        kinds = [one for one in labels if one in dangers or one.startswith("distress_")]
        assert (DANGER in labels) == bool(kinds)


def test_the_packaged_model_is_small() -> None:
    packed = MODEL.read_bytes()
    assert len(packed) <= LARGEST
    assert DANGER in LinearModel(packed).labels


def test_a_model_may_have_more_labels_than_a_byte_tells_apart() -> None:
    labels = [f"card-{number}" for number in range(300)]
    model = LinearModel(pack(labels, [0.0] * 300, 0.1, {7: [(299, 50)], 9: [(1, -50)]}))
    odds = model.log_odds({7})
    assert odds.index(max(odds)) == 299


_PAIRS = st.lists(st.tuples(st.integers(0, 2), st.integers(-127, 127)), unique_by=lambda p: p[0])
_WEIGHTS = st.dictionaries(st.integers(0, 20), _PAIRS, min_size=1)


@given(weights=_WEIGHTS, found=st.sets(st.integers(0, 25)))
def test_each_label_sums_its_own_weights(
    weights: dict[int, list[tuple[int, int]]], found: set[int]
) -> None:
    model = LinearModel(pack(["a", "b", "c"], [0.5, 0.0, -1.0], 0.1, weights))
    met = [pair for feature in found for pair in weights.get(feature, [])]
    sums = [sum(weight for label, weight in met if label == number) for number in range(3)]
    factor = 0.1 / math.sqrt(len(found) or 1)
    expected = [bias + total * factor for bias, total in zip([0.5, 0.0, -1.0], sums, strict=True)]
    assert model.log_odds(found) == model.log_odds(found) == expected


def test_weights_that_inflate_beyond_what_they_announce_are_refused() -> None:
    packed = pack(["a"], [0.0], 1.0, {7: [(0, 3)]})
    begins = packed.index(b"}") + 1
    with pytest.raises(ContentError):
        LinearModel(packed[:begins] + zlib.compress(bytes(50_000_000)))
    with pytest.raises(ContentError):
        LinearModel(packed.replace(b'"pairs": 1', b'"pairs": 9'))
    assert LinearModel(packed).log_odds({7}) == [3.0]
