"""What is counted beside an area's grades 6 and 7, hidden or not, and what of it may be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.content.model import Content, Service
from handlers.content.quality import Metric, Scope
from handlers.facts.lookups import LookupResult
from handlers.indicators.counts import (
    DigestSource,
    Series,
    SeriesCount,
    published_periods,
    week_counts,
)
from handlers.indicators.places import digest_with_places
from handlers.indicators.work import Work, online_by_service, online_share, with_work
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaWeek, Digest, WeekFigures
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek
from tests.handlers.quality.areas import NAMES, NOW, WEEK, area, content, grades
from tests.packaged import packaged

AREA = "transito"
WORK = Work("2026-10", 30, 40, {})
BUSY = AreaWeek(
    AREA,
    since=WEEK.shifted(-1),
    grades={"web": grades(30, five=24), "whatsapp": grades(12, bottom=4)},
    reasons={"espera": 14, "trato": 4},
    started=100,
    graded=80,
    completed=60,
    lookups=90,
    useful=40,
    not_useful=30,
    asked={"permiso": 40, "licencia": 20},
)


@pytest.fixture(scope="module")
def town() -> Content:
    """One area with two procedures, of which one is done online, and the packaged indicators."""
    made = content(area(AREA, "Tránsito"))
    services = tuple(
        Service.model_construct(id=id, short_name=id, area=AREA, online=id == "permiso")
        for id in ("permiso", "licencia")
    )
    fields = {name: getattr(made, name) for name in Content.model_fields}
    fields |= {"services": services, "indicators": packaged().content.indicators}
    return Content.model_construct(**fields)


def counted(town: Content, week: AreaWeek, before: Digest | None = None) -> tuple[SeriesCount, ...]:
    """As the digest of a week freezes them: two thirds are of one procedure."""
    outside = {LookupResult.NOTHING: 25, LookupResult.EXTERNAL: 30}
    raw = WeekFigures(WEEK, (week,), outside, channels=("web", "whatsapp"))
    digest = build_digest(raw, town, NAMES, NOW)
    digest = with_work(digest, WORK, online_share(raw, online_by_service(town)), before)
    blocks = closed_blocks(raw, town)
    cells = {}
    for channel, told in week.grades.items():
        top, others = 2 * sum(told[5:]) // 3, 2 * sum(told[:5]) // 3
        cells["licencia", "", channel] = top, others
        cells["permiso", "", channel] = sum(told[5:]) - top, sum(told[:5]) - others
    digest = digest_with_places(digest, blocks, {AREA: cells}, town)
    return week_counts(DigestSource(raw, WORK, blocks, {AREA: cells}), digest, town, before)


def test_each_is_counted_of_its_own_weeks_and_what_the_digest_hides_is_counted_too(
    town: Content,
) -> None:
    found = {one.series: one for one in counted(town, BUSY)}
    said = {
        (series.measured.value, series.scope.value, series.part): (one.x, one.n, one.is_shown)
        for series, one in found.items()
    }
    assert said == {
        ("completion", "municipality", ""): (60, 100, True),
        ("found", "municipality", ""): (120, 145, True),
        ("visits-spared", "municipality", ""): (40, 60, True),
        ("cases-in-time", "municipality", ""): (30, 40, True),
        ("useful", "area", ""): (40, 70, True),
        ("reason", "area", "espera"): (14, 28, True),
        ("reason", "area", "trato"): (4, 28, False),
        **{("reason", "area", one): (0, 28, False) for one in ("informacion", "no-resuelto")},
        **{("reason", "area", one): (0, 28, False) for one in ("costo", "acceso", "otro")},
        ("satisfied", "channel", "web"): (30, 54, False),  # the other one would follow
        ("satisfied", "channel", "whatsapp"): (12, 16, False),
        ("satisfied", "service", "licencia"): (28, 46, True),
        ("satisfied", "service", "permiso"): (14, 24, False),
    }
    weeks = {series.scope: (one.first, one.last) for series, one in found.items()}
    assert weeks[Scope.SERVICE] == (WEEK.shifted(-1), WEEK), "the block's"
    cases = found[Series(Metric.CASES_IN_TIME, Scope.MUNICIPALITY)]
    assert (cases.first, cases.last) == (IsoWeek(2026, 40), IsoWeek(2026, 44)), "all of October"


def test_a_months_cases_are_counted_once_and_a_quiet_area_not_at_all(town: Content) -> None:
    first = build_digest(WeekFigures(WEEK.shifted(-1)), town, NAMES, NOW)
    before = with_work(first, WORK, None, None)
    quiet = counted(town, replace(BUSY, grades={}, reasons={}, useful=0, not_useful=0), before)
    assert {one.series.measured for one in quiet} == {
        Metric.COMPLETION,
        Metric.FOUND,
        Metric.VISITS_SPARED,
    }


@settings(max_examples=25)
@given(data=st.data())
def test_what_is_shown_has_ten_on_both_sides(town: Content, data: st.DataObject) -> None:
    few = st.integers(0, 40)
    graded, completed, useful, not_useful = (data.draw(few) for _ in range(4))
    week = replace(
        BUSY,
        grades={
            channel: grades(data.draw(few), data.draw(few), data.draw(few))
            for channel in ("web", "whatsapp")
        },
        reasons={"espera": data.draw(few), "trato": data.draw(few)},
        started=graded + completed + data.draw(few),
        graded=graded + completed,
        completed=completed,
        useful=useful,
        not_useful=not_useful,
    )
    found = counted(town, week)
    printed = [(one.n, one.x) for one in published_periods(found) if one.n <= 100]
    shown = [(one.n, one.x) for one in found if one.is_shown and one.n <= 100]
    assert printed == shown, "a whole percentage tells the number"
    for one in found:
        assert 0 <= one.x <= one.n
        if one.is_shown:
            assert min(one.x, one.n - one.x) >= THRESHOLD
