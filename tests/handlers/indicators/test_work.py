"""What a digest says of the municipality's own work, and what it leaves out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.indicators.work import Work, online_share, with_work
from handlers.quality.digest import build_digest
from handlers.quality.figures import AreaWeek, Census, Digest, Share, WeekFigures
from handlers.quality.weeks import IsoWeek
from handlers.release import Release

WEEK = IsoWeek(2026, 47)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CARDS = {"permiso": True, "licencia": False}


@pytest.fixture(scope="module")
def digest(release: Release) -> Digest:
    return build_digest(WeekFigures(WEEK), release.content, release.lexicon.names, NOW)


def asked(permiso: int, licencia: int, other: int) -> WeekFigures:
    return by_area({"permiso": permiso, "licencia": licencia, "transito": other})


def by_area(*counts: dict[str, int]) -> WeekFigures:
    areas = (
        AreaWeek(area, lookups=sum(asked.values()), asked=asked)
        for area, asked in zip(("transito", "aseo"), counts, strict=False)
    )
    return WeekFigures(WEEK, tuple(areas))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (asked(30, 10, 0), None),  # that nobody asked anything else is a small number too
        (asked(30, 10, 12), (40, 75)),
        (asked(30, 9, 0), None),
        (asked(9, 30, 0), None),
        (asked(30, 10, 3), None),  # all lookups less those of procedures would tell the three
        # So would the lookups of the one area that has procedures, of either kind or of both.
        (by_area({"permiso": 30, "licencia": 10, "transito": 3}, {"aseo": 40}), None),
        (by_area({"permiso": 30, "transito": 3}, {"licencia": 10, "aseo": 40}), None),
        (by_area({"permiso": 30, "transito": 12}, {"licencia": 10, "aseo": 3}), None),
        (by_area({"permiso": 30, "transito": 12}, {"licencia": 10, "aseo": 40}), (40, 75)),
    ],
)
def test_spared_visits_are_told_where_no_side_is_under_ten(
    raw: WeekFigures, expected: tuple[int, int] | None
) -> None:
    share = online_share(raw, CARDS)
    assert (share and (share.n, share.percent)) == expected


@pytest.mark.parametrize(
    ("in_time", "due", "expected"), [(30, 40, (40, 75)), (31, 40, None), (9, 40, None)]
)
def test_cases_in_time_are_told_where_both_sides_are_ten(
    digest: Digest, in_time: int, due: int, expected: tuple[int, int] | None
) -> None:
    share = with_work(digest, Work("2026-10", in_time, due, {}), None, None).cases_in_time
    assert (share and (share.n, share.percent)) == expected


def test_the_digests_of_a_month_repeat_what_the_first_said(digest: Digest) -> None:
    first = with_work(digest, Work("2026-10", 30, 40, {}), None, None)
    assert first.cases_in_time == Share(40, 75, 60, 86)
    later = with_work(digest, Work("2026-10", 29, 39, {}), None, first)  # somebody was erased
    assert later.cases_in_time == first.cases_in_time
    assert with_work(digest, Work("2026-11", 20, 40, {}), None, first).cases_in_time != (
        first.cases_in_time
    )


def test_who_read_the_policy_is_told_of_areas_with_ten_and_of_these_together(
    digest: Digest,
) -> None:
    readers = {"transito": (18, 22), "aseo": (9, 30), "obras": (25, 20), "": (10, 10)}
    told = with_work(digest, Work("2026-10", 0, 0, readers), None, None)
    by_area = {area.id: area.reading for area in told.areas if area.reading}
    assert by_area == {"transito": Census(18, 22), "obras": Census(20, 20)}
    assert told.reading == Census(48, 52)


def test_who_read_it_is_told_anew_once_three_more_did(digest: Digest) -> None:
    """A step of one from week to week would tell what one of few people did."""
    told: list[tuple[int, int]] = []
    last: Digest | None = None
    for read in (9, 10, 11, 12, 13, 14, 15, 16, 14, 12):
        readers = {"transito": (read, 22), "": (read, 30)}
        last = with_work(digest, Work("2026-10", 0, 0, readers), None, last)
        by_area = next(area.reading for area in last.areas if area.id == "transito")
        total = last.reading
        told.append((by_area.part if by_area else 0, total.part if total else 0))
    steps = [0, 10, 10, 10, 13, 13, 13, 16, 16, 12]
    assert told == [(step, 2 * step) for step in steps]


@pytest.mark.parametrize(
    ("editions", "told"), [(("1", "1"), 12), (("", "1"), 12), (("1", "2"), 11), (("1", ""), 11)]
)
def test_another_edition_is_told_from_its_own_first_readers_on(
    digest: Digest, editions: tuple[str, str], told: int
) -> None:
    last: Digest | None = None
    for read, edition in zip((12, 11), editions, strict=True):
        work = Work("2026-10", 0, 0, {"transito": (read, 22)}, edition)
        last = with_work(digest, work, None, last)
    assert last is not None
    assert last.reading == Census(told, 22)
