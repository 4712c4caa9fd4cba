"""An indicator's value comes from what is published, judged by the version of its week."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Literal

import pytest

from handlers.content.model import Content
from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.values import (
    Others,
    PublishedBlocks,
    TargetStatus,
    Value,
    area_value,
    municipality_value,
    part_values,
    target_status,
    valid_in,
)
from handlers.quality.blocks import Block
from handlers.quality.figures import (
    AreaDigest,
    Bound,
    ChannelShare,
    Digest,
    PlaceShare,
    ReasonCount,
    Share,
    Total,
)
from handlers.quality.parts import share_of
from handlers.quality.weeks import IsoWeek
from handlers.release import Release

WEEK = IsoWeek(2026, 40)
MADE = datetime(2026, 10, 5, 12, tzinfo=UTC)


def defined(
    measured: Metric,
    scope: Scope = Scope.AREA,
    *,
    version: int = 1,
    valid_from: date = date(2026, 1, 1),
    period: Literal["block", "week", "now"] = "block",
    least: int = 10,
    reason: str | None = None,
    target: int | None = None,
    less_is_better: bool = False,
) -> Indicator:
    return Indicator(
        id="uno",
        version=version,
        valid_from=valid_from,
        name="Uno",
        measured=measured,
        scope=scope,
        period=period,
        least=least,
        reason=reason,
        target=target,
        less_is_better=less_is_better,
    )


def area(
    *,
    satisfied: Share | None = None,
    bound: Bound | None = None,
    reasons: tuple[ReasonCount, ...] = (),
) -> AreaDigest:
    return AreaDigest("a", "A", "A", satisfied=satisfied, bound=bound, reasons=reasons)


def digest(lookups: int | None, not_found: int | None) -> PublishedBlocks:
    whole = Digest(str(WEEK), "M", MADE, False, None, (), lookups=lookups, not_found=not_found)
    return PublishedBlocks(WEEK, whole, {})


@pytest.fixture(scope="module")
def content(release: Release) -> Content:
    return release.content


def test_a_week_is_judged_by_the_version_that_was_valid_when_it_ended() -> None:
    old = defined(Metric.SATISFIED, target=70)
    new = defined(Metric.SATISFIED, target=80, version=2, valid_from=date(2026, 9, 28))
    versions = [new, old]
    assert valid_in(versions, IsoWeek(2025, 40)) == ()
    assert valid_in(versions, IsoWeek(2026, 39)) == (old,)
    assert valid_in(versions, IsoWeek(2026, 40)) == (new,)


def test_a_share_of_a_reason_is_of_the_grades_one_to_five() -> None:
    one = defined(Metric.REASON, reason="espera")
    said = area(satisfied=share_of(45, 85), reasons=(ReasonCount("espera", "Espera", 12),))
    block = Block("a", WEEK, WEEK, 45, 85)
    assert area_value(one, said, block) == Value(30, 18, 45, 40, x=12)
    assert area_value(one, area(satisfied=share_of(45, 85)), block) is None, "it is not published"
    assert area_value(one, said, None) is None


@pytest.mark.parametrize(
    ("lookups", "not_found", "value"),
    [(100, 20, 80), (100, None, None), (None, 20, None), (100, 95, None)],
)
def test_found_is_what_is_left_of_two_published_numbers(
    content: Content, lookups: int | None, not_found: int | None, value: int | None
) -> None:
    one = defined(Metric.FOUND, Scope.MUNICIPALITY, period="week")
    found = municipality_value(one, content, digest(lookups, not_found))
    assert (found.number if found else None) == value


@pytest.mark.parametrize(
    ("bounds", "others", "status"),
    [
        ((), None, TargetStatus.MISSED),
        # 40 of 80, and 43 to 52 of 52: 83 to 92 of 132
        ((Bound(52, 82, at_least=True),), Others(1, 54, 77), TargetStatus.NEAR),
        ((Bound(50, 18, at_least=False),), Others(1, 23, 46), TargetStatus.MISSED),
        (
            (Bound(52, 82, at_least=True), Bound(50, 18, at_least=False)),
            Others(2, 39, 63),
            TargetStatus.MISSED,
        ),
    ],
)
def test_a_total_is_judged_with_the_areas_of_which_only_a_bound_is_known(
    content: Content,
    bounds: tuple[Bound, ...],
    others: Others | None,
    status: TargetStatus,
) -> None:
    one = defined(Metric.SATISFIED, Scope.MUNICIPALITY, target=70)
    shown = (area(satisfied=of(40, 80)), *(area(bound=bound) for bound in bounds))
    whole = Digest(str(WEEK), "M", MADE, False, None, shown, total=Total(1, of(40, 80)))
    for blocks in ({"a": Block("a", WEEK, WEEK, 40, 80)}, {}):
        value = municipality_value(one, content, PublishedBlocks(WEEK, whole, blocks))
        assert value is not None
        assert (value.number, value.n) == (50, 80), "what is published stays the same"
        if blocks:
            assert value.others == others
        assert target_status(one, value) is status


@pytest.mark.parametrize(
    ("bound", "target", "less", "status"),
    [
        (Bound(52, 82, at_least=True), 70, False, TargetStatus.MET),
        (Bound(52, 82, at_least=True), 80, False, TargetStatus.NEAR),
        (Bound(52, 82, at_least=True), 99, False, TargetStatus.NEAR),
        (Bound(50, 18, at_least=False), 25, False, TargetStatus.NEAR),
        (Bound(50, 18, at_least=False), 70, False, TargetStatus.MISSED),
        (Bound(50, 18, at_least=False), 25, True, TargetStatus.NEAR),
        (Bound(50, 18, at_least=False), 40, True, TargetStatus.MET),
    ],
)
def test_a_bound_is_judged_with_the_margin_of_its_answers(
    bound: Bound, target: int, less: bool, status: TargetStatus
) -> None:
    one = defined(Metric.SATISFIED, target=target, less_is_better=less)
    assert target_status(one, area_value(one, area(bound=bound), None)) is status


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [
        (Scope.SERVICE, {"Licencias": 60, "Permisos": 50}),
        (Scope.DESK, {"Mesón": 80}),
        (Scope.CHANNEL, {"web": 70}),
        (Scope.AREA, {}),
        (Scope.MUNICIPALITY, {}),
    ],
)
def test_a_part_of_an_area_has_the_value_that_its_digest_tells_apart(
    scope: Scope, numbers: dict[str, int]
) -> None:
    said = AreaDigest(
        "a",
        "A",
        "A",
        places=(
            PlaceShare("Licencias", False, of(36, 60)),
            PlaceShare("Permisos", False, of(20, 40)),
            PlaceShare("Mesón", True, of(40, 50)),
        ),
        channels=(ChannelShare("web", of(70, 100)),),
    )
    one = defined(Metric.SATISFIED, scope)
    found = part_values(one, said)
    assert {name: value.number for name, value in found.items()} == numbers
    assert part_values(one, None) == {}
    assert area_value(one, said, None) is None
    enough = part_values(defined(Metric.SATISFIED, scope, least=41), said)
    assert set(enough) == set(numbers) - {"Permisos"}


def of(part: int, n: int) -> Share:
    share = share_of(part, n)
    assert share is not None
    return share


def test_below_its_own_least_number_nothing_is_said() -> None:
    said = area(satisfied=share_of(45, 85))
    assert area_value(defined(Metric.SATISFIED, least=85), said, None) is not None
    assert area_value(defined(Metric.SATISFIED, least=86), said, None) is None


def test_an_area_is_covered_with_procedures_an_owner_and_a_confirmed_card(
    content: Content,
) -> None:
    one = defined(Metric.COVERAGE, Scope.MUNICIPALITY, period="now")
    assert content.services_by_area[content.areas[0].id]
    covered = content.areas[0].model_copy(
        update={"owner": "Oficina", "confirmed_on": date(2026, 9, 1)}
    )
    two = content.model_copy(update={"areas": (covered, content.areas[1])})
    half = municipality_value(one, two, digest(None, None))
    assert half == Value(50, 50, 50, 2, is_exact=True, x=1), "areas are no answers: none is too few"
    all_covered = tuple(
        entry.model_copy(update={"owner": "Oficina", "confirmed_on": date(2026, 9, 1)})
        for entry in content.areas
    )
    full = content.model_copy(update={"areas": all_covered})
    expected = sum(bool(content.services_by_area[entry.id]) for entry in content.areas)
    value = municipality_value(one, full, digest(None, None))
    assert value is not None
    assert value.number == round(100 * expected / len(content.areas))


@pytest.mark.parametrize(
    ("value", "less", "expected"),
    [
        (Value(80, 71, 87, 90), False, TargetStatus.MET),
        (Value(72, 62, 80, 90), False, TargetStatus.NEAR),
        (Value(50, 40, 60, 90), False, TargetStatus.MISSED),
        (Value(50, 40, 60, 90), True, TargetStatus.MET),
        (Value(80, 71, 87, 90), True, TargetStatus.MISSED),
        (Value(82, 82, 100, 60, is_bound=True), False, TargetStatus.MET),
        (Value(18, 0, 18, 60, is_bound=True), False, TargetStatus.MISSED),
        (None, False, TargetStatus.UNKNOWN),
    ],
)
def test_a_target_is_met_or_missed_only_beyond_the_margin(
    value: Value | None, less: bool, expected: TargetStatus
) -> None:
    assert (
        target_status(defined(Metric.SATISFIED, target=70, less_is_better=less), value) is expected
    )
    assert target_status(defined(Metric.SATISFIED), value) is TargetStatus.NO_TARGET
