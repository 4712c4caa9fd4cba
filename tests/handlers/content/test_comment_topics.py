"""Comments as people write them, and the topics that the packaged phrases find in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaged import packaged

LINES = (Path(__file__).parent / "comment_topics.tsv").read_text(encoding="utf-8").splitlines()


def topics(text: str) -> set[str]:
    content = packaged().content
    return {content.comment_topics[rank].id for rank in content.topic_phrases.every(text)}


@pytest.mark.parametrize("line", LINES)
def test_a_comment_speaks_of_its_topic_and_one_of_nothing_speaks_of_none(line: str) -> None:
    topic, _, text = line.partition("\t")
    assert topic in topics(text) if topic else not topics(text)


def test_a_comment_speaks_of_all_its_topics_however_it_is_spelt() -> None:
    said = topics("muy amables pero la fila era eterna y zierran temprano")
    assert {"trato", "espera", "horario"} <= said


def test_an_ordinary_phrase_hides_only_its_own_words() -> None:
    assert topics("La sala de espera es comoda") == topics("La sala es comoda")
    assert "espera" in topics("La sala de espera es comoda. La fila era eterna")
