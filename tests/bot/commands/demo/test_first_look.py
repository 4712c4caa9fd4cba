"""What the demonstration's charts show at first sight: a fall, and a rise after a measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from bot.commands.demo.command import WEEKS
from bot.commands.demo.fill import Demonstration
from bot.commands.demo.history import DID
from bot.population.weeks import SimulatedCitizen, citizens_of_week, habits
from bot.reports.quality.charts import chart_words
from handlers.messages import Start, Text
from handlers.quality.blocks import Block
from handlers.quality.charts import Direction
from handlers.quality.series import AreaChart, area_chart
from handlers.quality.weeks import IsoWeek
from tests.packaged import packaged

LAST = IsoWeek(2026, 47)


def charts() -> list[AreaChart]:
    """Those of the two busiest areas, from what the demonstration's citizens type."""
    content = packaged().content
    random = Random(Demonstration(datetime(2026, 11, 23, tzinfo=UTC)).seed)
    population = habits(content, random)
    busiest = population[:2]
    blocks: dict[str, list[Block]] = {habit.token: [] for habit in busiest}
    for left in reversed(range(WEEKS)):
        week = LAST.shifted(-left)
        came = list(citizens_of_week(week, population, content, random, left))
        for token, found in blocks.items():
            grades = grades_at(token, came)
            good = sum(grade > 5 for grade in grades)
            found.append(Block(token, week, week, good, len(grades)))
    return [area_chart(token, found) for token, found in blocks.items()]


def grades_at(token: str, came: Sequence[SimulatedCitizen]) -> list[int]:
    """Of finished experiences: the first words there are the grade."""
    return [
        int(words.text)
        for one in came
        if one.said[0] == Start(token)
        and len(one.said) > 1
        and isinstance(words := one.said[1], Text)
        and words.text.isdecimal()
    ]


def test_the_demonstration_shows_a_fall_and_a_rise_beside_a_base() -> None:
    fell, rose = charts()
    for chart, direction in ((fell, Direction.FALL), (rose, Direction.RISE)):
        assert chart.bases
        assert chart.bases[0].share is not None
        last = chart.points[-1]
        assert (last.direction, last.limits is None) == (direction, False)
        said = chart_words.SAID[direction]
        (since, *_) = [point for point in chart.judged if point.direction]
        week = IsoWeek.parse(since.last_week).week
        title = chart_words.title(chart, "Área")
        assert title == f"Área {said} más de lo esperable desde la semana {week}"
    done = str(LAST.shifted(-DID))
    assert rose.bases[0].last_week <= done, "the base was there before the measure worked"
    assert not [one for one in rose.judged if one.direction and one.last_week <= done]
    assert len(fell.signals) == 2
