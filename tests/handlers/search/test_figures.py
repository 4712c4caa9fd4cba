"""How good the search is: floors somewhat below what is measured, so that a regression shows."""

from __future__ import annotations

from handlers.search.evaluate import LabelledQuery, evaluate
from tests.handlers.search.packaged import report


def test_development_queries_keep_their_level() -> None:
    overall = report("queries_dev.jsonl").overall
    assert overall.recall_at_1 is not None
    assert overall.recall_at_1 >= 0.94
    assert overall.recall_at_3 is not None
    assert overall.recall_at_3 >= 0.97
    assert overall.off_topic_answered is not None
    assert overall.off_topic_answered <= 0.04


def test_queries_in_other_peoples_words_keep_their_level() -> None:
    """Held out: never tuned on, so the floor is lenient."""
    overall = report("queries_check.jsonl").overall
    assert overall.recall_at_1 is not None
    assert overall.recall_at_1 >= 0.74
    assert overall.recall_at_3 is not None
    assert overall.recall_at_3 >= 0.86
    assert overall.off_topic_answered is not None
    assert overall.off_topic_answered <= 0.15


def test_questions_invented_before_their_phrases_keep_their_level() -> None:
    """Two for each service and 154 that are not municipal; no example was taken from them."""
    overall = report("queries_invented.jsonl").overall
    assert overall.recall_at_1 is not None
    assert overall.recall_at_1 >= 0.88
    assert overall.recall_at_3 is not None
    assert overall.recall_at_3 >= 0.92
    assert overall.off_topic_answered is not None
    assert overall.off_topic_answered <= 0.08


def test_the_figures_are_counted_as_defined() -> None:
    answers = {"a": ("x", "y"), "b": ("p", "q", "z"), "c": (), "d": ("x",), "e": ()}
    asked = [
        LabelledQuery("a", ("x",), "one"),
        LabelledQuery("b", ("z",), "one"),
        LabelledQuery("c", ("x",), "one"),
        LabelledQuery("d", (), "two"),
        LabelledQuery("e", (), "two"),
    ]
    found = evaluate(asked, lambda query: answers[query])
    overall = found.overall
    assert (overall.queries, overall.off_topic_answered) == (5, 0.5)
    assert (overall.recall_at_1, overall.recall_at_3, overall.coverage) == (0.3333, 0.6667, 0.6667)
    assert found.by_kind["two"].recall_at_1 is None
    assert found.by_kind["one"].off_topic_answered is None
