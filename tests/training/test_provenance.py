"""The committed weights are those that the committed phrases are trained to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.content.release import search_words
from handlers.release import Release
from training import acts, after_a_card, after_a_grade, after_filing, danger, search
from training.provenance import Provenance, digest, provenance, read_noted

AGAIN = "run `make train` and commit what it writes"
NEVER = Provenance("", "")
OUTPUTS = {
    "acts": acts.OUTPUTS,
    "search": search.OUTPUTS,
    "after_a_card": after_a_card.OUTPUTS,
    "after_a_grade": after_a_grade.OUTPUTS,
    "after_filing": after_filing.OUTPUTS,
    "danger": danger.OUTPUTS,
}


def inputs(trainer: str, release: Release) -> Iterator[object]:
    match trainer:
        case "acts":
            phrases = [*acts.read_phrases(acts.LANGUAGES), *acts.ordinary_phrases()]
            return acts.inputs(phrases)
        case "search":
            return search.inputs(release.content, search_words(), release.index)
        case "after_a_card":
            return after_a_card.inputs(after_a_card.said_after_cards(release))
        case "after_a_grade":
            return after_a_grade.inputs()
        case "after_filing":
            return after_filing.inputs()
        case _:
            return danger.inputs()


@pytest.mark.parametrize("trainer", list(OUTPUTS))
def test_what_is_committed_is_trained_from_what_is_committed(
    trainer: str, release: Release
) -> None:
    found = provenance(inputs(trainer, release), OUTPUTS[trainer])
    noted = read_noted().get(trainer, NEVER)
    assert found.inputs == noted.inputs, f"older than its phrases or data: {AGAIN}"
    assert found.outputs == noted.outputs, f"not as it was trained: {AGAIN}"


@pytest.mark.parametrize(
    "changed",
    [
        [("hay fuego en mi casa", ("distress_fire",)), ("gracias", ("thanks",))],
        [("hay fuego", ("hazard",)), ("gracias", ("thanks",))],
        [("gracias", ("thanks",)), ("hay fuego", ("distress_fire",))],
        [("hay fuego", ("distress_fire",))],
    ],
)
def test_other_phrases_labels_and_orders_have_another_digest(changed: list[acts.Phrase]) -> None:
    phrases: list[acts.Phrase] = [("hay fuego", ("distress_fire",)), ("gracias", ("thanks",))]
    assert digest(acts.inputs(phrases)) == digest(acts.inputs(list(phrases)))
    assert digest(acts.inputs(changed)) != digest(acts.inputs(phrases))
