"""An area's block by desk and service: nobody's number, nobody's appraisal, nothing worked back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.content.model import Content
from handlers.indicators.places import AREA, Parts, digest_with_places
from handlers.quality.blocks import Block
from handlers.quality.digest import build_digest
from handlers.quality.figures import AreaDigest, AreaWeek, WeekFigures
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek
from handlers.release import Release

WEEK = IsoWeek(2026, 47)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TRANSITO = "transito"


@pytest.fixture(scope="module")
def content(release: Release) -> Content:
    """The packaged content, Transito's desk with three people."""
    desks = tuple(
        desk.model_copy(update={"staff": 3}) if desk.area == TRANSITO else desk
        for desk in release.content.desks
    )
    return release.content.model_copy(update={"desks": desks})


@pytest.fixture(scope="module")
def desk(content: Content) -> str:
    return next(desk.token for desk in content.desks if desk.area == TRANSITO)


@pytest.fixture(scope="module")
def services(content: Content) -> list[str]:
    return [one.id for one in content.services_by_area[TRANSITO]]


def told(
    content: Content,
    release: Release,
    cells: dict[tuple[str, str, str], Parts],
    late: int = 0,
) -> AreaDigest:
    satisfied, others = (sum(parts) for parts in zip(*cells.values(), strict=True))
    satisfied += late
    grades = (0, 0, 0, others, 0, 0, satisfied)
    raw = WeekFigures(WEEK, (AreaWeek(TRANSITO, since=WEEK, grades={"web": grades}),))
    digest = build_digest(raw, content, release.lexicon.names, NOW)
    block = Block(TRANSITO, WEEK, WEEK, satisfied, satisfied + others)
    placed = digest_with_places(digest, [block], {TRANSITO: cells}, content)
    return next(area for area in placed.areas if area.id == TRANSITO)


def test_places_with_ten_on_both_sides_are_told_beside_the_rest(
    content: Content, release: Release, desk: str, services: list[str]
) -> None:
    area = told(
        content,
        release,
        {
            (services[0], "", "web"): (30, 20),
            (services[1], "", "whatsapp"): (25, 25),
            (services[2], "", "telegram"): (3, 4),
            ("", desk, "web"): (40, 12),
            ("", "", "telegram"): (20, 20),
        },
    )
    shown = {(one.is_desk, one.satisfied.n, one.satisfied.percent) for one in area.places}
    assert (True, 52, 77) in shown
    assert sum(n for _, n, _ in shown) + (area.other_places or 0) == 199
    assert all(n - round(n * part / 100) >= THRESHOLD for _, n, part in shown)


@pytest.mark.parametrize("staff", [None, 1, 2])
def test_a_desk_of_fewer_than_three_people_is_counted_with_its_area(
    content: Content, release: Release, desk: str, staff: int | None
) -> None:
    small = content.model_copy(
        update={"desks": tuple(d.model_copy(update={"staff": staff}) for d in content.desks)}
    )
    cells = {("", desk, "web"): (40, 20), ("", "", "web"): (30, 20)}
    assert told(small, release, cells).places == ()


def test_where_a_grade_was_corrected_meanwhile_no_place_is_told(
    content: Content, release: Release, desk: str
) -> None:
    cells = {("", desk, "web"): (40, 20), ("", "", "web"): (30, 20)}
    assert [one.is_desk for one in told(content, release, cells).places] == [True]
    assert told(content, release, cells, late=1).places == ()


@pytest.mark.parametrize(
    ("few", "cells"),
    [
        # All that came on paper came over the desk; the desk has but three grades besides.
        ("desk web", {"desk papel": (30, 20), "area web": (30, 30)}),
        # All of the desk's came over telegram; there are but three grades besides.
        ("area telegram", {"desk telegram": (60, 40), "area web": (30, 30)}),
        # All that came over web came from the rest of the area, which has three grades besides.
        (
            "area telegram",
            {"desk telegram": (30, 15), "desk papel": (11, 11), "area web": (20, 12)},
        ),
        # All of the rest came over two channels, which have three grades of the desk's.
        (
            "desk telegram",
            {"desk papel": (30, 20), "area web": (20, 20), "area telegram": (12, 12)},
        ),
        # Two places came over one channel, which has three grades besides.
        (
            "area telegram",
            {"desk telegram": (60, 40), "service telegram": (40, 40), "area web": (20, 12)},
        ),
    ],
)
def test_places_and_channels_within_one_another_do_not_give_the_difference_away(
    content: Content,
    release: Release,
    desk: str,
    services: list[str],
    few: str,
    cells: dict[str, Parts],
) -> None:
    places = {"desk": ("", desk), "service": (services[0], ""), "area": ("", "")}

    def shown(number: Parts) -> int:
        found = {
            (*places[place], channel): parts
            for (place, channel), parts in (
                (tuple(name.split()), parts) for name, parts in {**cells, few: number}.items()
            )
        }
        return len(told(content, release, found).places)

    others = len({name.split()[0] for name in cells} - {"area"})
    assert shown((2, 1)) < others
    assert shown((12, 11)) == others


@given(data=st.data())
def test_what_is_hidden_together_is_ten_or_more_on_each_side(
    content: Content, release: Release, desk: str, services: list[str], data: st.DataObject
) -> None:
    counts = st.tuples(st.integers(0, 30), st.integers(0, 30))
    keys = [("", desk, "web"), ("", "", "web"), *((one, "", "web") for one in services[:4])]
    cells = {key: data.draw(counts) for key in keys}
    area = told(content, release, cells)
    if not area.places:
        return
    satisfied, others = (sum(parts) for parts in zip(*cells.values(), strict=True))
    for one in area.places:
        top = round(one.satisfied.n * one.satisfied.percent / 100)
        satisfied, others = satisfied - top, others - (one.satisfied.n - top)
    assert min(satisfied, others) >= THRESHOLD - len(area.places)  # as far as rounding tells
    assert AREA == ""
