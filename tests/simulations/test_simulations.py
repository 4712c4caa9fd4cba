"""The simulations in small: what their commands print is held here against what must be so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from handlers.understanding.dangers import is_urgent
from tests.packaged import packaged
from tests.simulations import deadlines, topics, urgency


async def test_no_case_of_half_a_year_lapses_in_silence(tmp_path: Path) -> None:
    outcome = await deadlines.simulate(60, seed=2, folder=tmp_path, lasts=timedelta(days=180))
    assert outcome.lapsed > 10
    assert outcome.steps["overdue"] > 0
    assert outcome.good, outcome.lines()


def test_what_is_urgent_alerts_whoever_is_on_duty() -> None:
    release, comments = packaged(), urgency.read()
    alerts = [comment for comment in comments if is_urgent(comment.text, release)]
    right = [comment for comment in alerts if comment.urgent]
    assert len(right) / len(alerts) > 0.8
    assert len(right) / len([comment for comment in comments if comment.urgent]) > 0.9


def test_the_topics_of_comments_are_recognised_as_surely_as_the_documents_say() -> None:
    found = topics.scores(topics.read(), packaged().content)
    whole = topics.together(found.values())
    assert whole.right / whole.recognised > 0.7
    assert whole.right / whole.labelled > 0.7
    assert {id for id, score in found.items() if not score.labelled} == set()
