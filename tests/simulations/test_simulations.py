"""The simulations in small: what their commands print is held here against what must be so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from handlers.quality.charts import Direction
from handlers.understanding.dangers.urgent import is_urgent
from tests.packaged import packaged
from tests.simulations import deadlines, standing, topics, urgency
from tests.simulations.charts import texts as chart_texts
from tests.simulations.charts.areas import ChartedArea, charted_areas, text_of


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


def test_no_measure_is_asked_about_again_when_a_fall_deepens_and_seldom_when_it_stays() -> None:
    random = Random(3)
    stays, deepens = (
        [standing.played(random, 150, fall).ours for _ in range(40)] for fall in (0.15, 0.40)
    )
    assert sum(one is None for one in stays) >= 32
    assert sum(one is not None and one <= 4 for one in deepens) >= 36


def test_five_questions_on_each_of_twelve_charts_are_answered_from_their_text_alone() -> None:
    content = packaged().content
    found = list(charted_areas(content, seed=2))
    texts = [text_of(one, content) for one in found]
    assert {one.shows for one in found} == {one.shows for one in found if SHOWN[one.shows](one)}
    asked = [chart_texts.questions(one) for one in found]
    assert [len(questions) for questions in asked] == [5] * 12
    whole = sum(sum(chart_texts.right(*pair)) for pair in zip(asked, texts, strict=True))
    of_another = zip(asked, texts[1:] + texts[:1], strict=True)
    assert whole >= 0.95 * 60
    assert sum(sum(chart_texts.right(*pair)) for pair in of_another) < 10


def _ways(one: ChartedArea) -> set[Direction | None]:
    return {point.direction for point in one.chart.judged[-3:]}


SHOWN: dict[str, Callable[[ChartedArea], object]] = {
    "quiet": lambda one: one.chart.judged and len(one.chart.points) > len(one.chart.drawn),
    "signal up": lambda one: Direction.RISE in _ways(one),
    "signal down": lambda one: Direction.FALL in _ways(one),
    "gap weeks": lambda one: any(point.after_gap for point in one.chart.points),
    "pooled weeks": lambda one: all(p.first_week != p.last_week for p in one.chart.points),
    "no baseline yet": lambda one: one.chart.points and not one.chart.bases,
    "re-based": lambda one: one.chart.bases[-1].rebase,
    "measure and note": lambda one: one.notes and one.measures[0].done_week,
    "overdispersed": lambda one: any(p.limits and p.limits.low < 0.4 for p in one.chart.points),
    "a reason": lambda one: Direction.FALL in _ways(one) and "motivo" in one.what.axis,
    "cases by month": lambda one: one.chart.judged and one.what.many == "casos",
    "few answers": lambda one: any(point.share is None for point in one.chart.points),
}
"""That each chart has what it is for."""
