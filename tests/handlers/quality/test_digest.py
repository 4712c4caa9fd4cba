"""The weekly digest: its figures, and what it leaves out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from handlers.content.model import Area, Service
from handlers.facts.lookups import LookupResult
from handlers.quality.blocks import Block
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import (
    AreaDigest,
    AreaWeek,
    Bound,
    Digest,
    Grades,
    Latest,
    NotFound,
    OpenCases,
    Share,
    Unconfirmed,
    WeekFigures,
)
from handlers.quality.parts import alphabetical
from tests.handlers.quality.areas import NAMES, NOW, WEEK, area, content, digest_of, grades, only


def block(first: int, last: int, satisfied: int, n: int, area: str = "obras") -> Block:
    """Published that many weeks before (``first`` and ``last`` are negative)."""
    return Block(area, WEEK.shifted(first), WEEK.shifted(last), satisfied, n)


# --- figures ---------------------------------------------------------------------------------


def test_the_copy_guides_week_is_63_percent_between_48_and_75() -> None:
    shown = only(digest_of(AreaWeek("transito", grades={"web": (3, 3, 3, 3, 6, 10, 20)})))
    assert shown.satisfied == Share(n=48, percent=63, low=48, high=75)
    assert shown.first_week == str(WEEK)


@pytest.mark.parametrize("given", [grades(9, 10), grades(10, 9), grades(40, 9), grades(0)])
def test_with_a_side_under_10_nothing_is_said_of_the_answers(given: Grades) -> None:
    rich: dict[str, Any] = {"pending": 12, "reasons": {"espera": 12}, "started": 90}
    shown = only(digest_of(AreaWeek("turismo", grades={"web": given}, **rich)))
    nothing = AreaDigest(id="turismo", name="Turismo", short_name="Turismo", first_week=str(WEEK))
    assert shown == nothing
    assert only(digest_of(AreaWeek("turismo", grades={"web": grades(10, 10)}))).satisfied


def test_from_50_answers_a_side_under_10_is_only_bounded() -> None:
    good = only(digest_of(AreaWeek("obras", grades={"web": grades(47, 2, 1)})))
    assert (good.satisfied, good.bound) == (None, Bound(n=50, percent=82, at_least=True))
    same = only(digest_of(AreaWeek("obras", grades={"web": grades(41, 9)})))
    assert same == good
    bad = only(digest_of(AreaWeek("obras", grades={"web": grades(9, 42)})))
    assert bad.bound == Bound(n=51, percent=18, at_least=False)
    for shown in (good, bad):
        assert (shown.net, shown.change, shown.channels, shown.reasons) == (None, None, (), ())


def test_the_net_score_is_shown_where_each_of_its_three_parts_has_ten() -> None:
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(30, 10, 10)})))
    assert shown.net is not None
    assert shown.net.points == 40
    for five, bottom in ((9, 11), (11, 9), (0, 20)):
        few = only(digest_of(AreaWeek("obras", grades={"web": grades(30, five, bottom)})))
        assert few.satisfied is not None
        assert few.net is None


def test_an_area_without_any_answer_looks_like_one_with_nine() -> None:
    none = build_digest(WeekFigures(WEEK), content(area("turismo", "Turismo")), NAMES, NOW)
    nine = digest_of(AreaWeek("turismo", grades={"web": grades(9)}))
    assert none == nine


def test_weeks_that_were_gathered_are_one_figure_and_say_so() -> None:
    week = AreaWeek("obras", since=WEEK.shifted(-2), grades={"web": grades(20, 12)})
    raw, known = WeekFigures(WEEK, (week,)), content(area("obras", "Obras"))
    assert only(build_digest(raw, known, NAMES, NOW)).first_week == "2026-W45"
    assert closed_blocks(raw, known) == (block(-2, 0, 20, 32),)
    open_ = WeekFigures(WEEK, (AreaWeek("obras", grades={"web": grades(20, 9)}),))
    assert closed_blocks(open_, known) == ()
    assert closed_blocks(raw, content(area("aseo", "Aseo"))) == ()  # it is shown nowhere


def test_while_answers_are_gathered_the_last_figure_stands() -> None:
    before = (block(-9, -8, 30, 40), block(-7, -2, 48, 52))
    shown = only(digest_of(AreaWeek("obras", since=WEEK.shifted(-1), blocks=before)))
    assert shown.satisfied is None
    assert shown.latest == Latest("2026-W40", "2026-W45", None, Bound(52, 82, True))
    shown = only(digest_of(AreaWeek("obras", blocks=before[:1])))
    assert shown.latest is not None
    assert shown.latest.satisfied == Share(n=40, percent=75, low=60, high=86)


def test_the_change_is_measured_from_the_shares_published_in_the_8_weeks_before() -> None:
    before = (
        block(-12, -9, 10, 100),  # too old
        block(-8, -7, 30, 40),
        block(-6, -5, 48, 50),  # only a bound was published
        block(-4, -1, 30, 40),
    )
    week = AreaWeek("obras", grades={"web": grades(20, 20)}, blocks=before)
    shown = only(digest_of(week))
    assert shown.change is not None
    assert (shown.change.first_week, shown.change.last_week) == ("2026-W39", "2026-W46")
    assert (shown.change.baseline.n, shown.change.baseline.percent) == (80, 75)
    assert shown.change.points == -25
    assert shown.change.low < -25 < shown.change.high < 0
    alone = AreaWeek("obras", grades={"web": grades(20, 20)}, blocks=before[:1])
    assert only(digest_of(alone)).change is None


def test_percentages_that_are_printed_alike_have_no_difference() -> None:
    before = (block(-1, -1, 207, 325),)  # 63.7 %
    week = AreaWeek("obras", grades={"web": grades(58, 32)}, blocks=before)  # 64.4 %
    change = only(digest_of(week)).change
    assert change is not None
    assert (change.baseline.percent, change.points) == (64, 0)


def test_a_chart_has_as_many_points_as_pooled_blocks_of_50() -> None:
    before = (block(-9, -7, 30, 40), block(-6, -5, 20, 30), block(-4, -1, 70, 90))
    week = AreaWeek("obras", grades={"web": grades(20, 20)}, blocks=before)
    assert only(digest_of(week)).chart_points == 2
    week = AreaWeek("obras", grades={"web": grades(40, 20)}, blocks=before)
    assert only(digest_of(week)).chart_points == 3


@pytest.mark.parametrize(
    ("pending", "given", "shown", "share"),
    [
        (35, grades(12, 0, 12), 35, 24),
        (33, grades(12, 0, 12), None, 24),  # 9 gave no grade
        (24, grades(12, 0, 12), None, 24),  # 0 gave none
        (24, grades(15, 0, 9), 24, None),
        (9, grades(0), None, None),
    ],
)
def test_unfinished_experiences_are_counted_apart(
    pending: int, given: Grades, shown: int | None, share: int | None
) -> None:
    week = AreaWeek("obras", grades={"web": grades(20, 10)}, pending=pending, pending_grades=given)
    found = only(digest_of(week))
    assert found.satisfied is not None
    assert found.satisfied.n == 30
    assert found.pending == shown
    assert (found.pending_satisfied and found.pending_satisfied.n) == share


def test_channels_are_told_apart_only_where_no_part_gives_another_away() -> None:
    week = {"web": grades(20, 14), "telegram": grades(12, 6), "whatsapp": grades(5, 11)}
    shown = only(digest_of(AreaWeek("obras", grades=week)))
    assert [(c.channel, c.satisfied.n) for c in shown.channels] == [("web", 34)]
    assert shown.other_channels == 34
    week["whatsapp"] = grades(5, 2)  # both others together: 8 of one side
    shown = only(digest_of(AreaWeek("obras", grades=week)))
    assert (shown.channels, shown.other_channels) == ((), None)
    whole = {"web": grades(20, 14), "telegram": grades(12, 16)}
    shown = only(digest_of(AreaWeek("obras", grades=whole)))
    assert [(c.channel, c.satisfied.n) for c in shown.channels] == [("telegram", 28), ("web", 34)]
    assert shown.other_channels is None


def test_that_nobody_used_a_channel_this_week_is_not_told() -> None:
    """Else two channels that add up to the whole would say it of every area."""
    week = AreaWeek("obras", grades={"web": grades(20, 14), "telegram": grades(12, 16)})
    shown = only(digest_of(week, channels=("telegram", "web", "whatsapp")))
    assert [(c.channel, c.satisfied.n) for c in shown.channels] == [("web", 34)]
    assert shown.other_channels == 28
    one_over_it = AreaWeek("aseo", grades={"whatsapp": grades(1, 0)})
    assert digest_of(week, one_over_it).areas[1].channels == shown.channels


def test_reasons_show_counts_from_10_and_say_nothing_of_the_rest() -> None:
    week = AreaWeek(
        "obras",
        grades={"web": grades(30, 18, 12)},
        reasons={"espera": 14, "trato": 6, "costo": 4},
    )
    shown = only(digest_of(week))
    assert [(reason.text, reason.n) for reason in shown.reasons] == [("Espera", 14)]
    few = AreaWeek("obras", grades={"web": grades(30, 10)}, reasons={"espera": 9})
    assert only(digest_of(few)).reasons == ()
    # Three named a reason and gave a 6 or 7 afterwards: their number would follow.
    corrected = AreaWeek("obras", grades={"web": grades(30, 30)}, reasons={"espera": 33})
    assert only(digest_of(corrected)).reasons == ()


@pytest.mark.parametrize(
    ("lookups", "useful", "not_useful", "shown"),
    [(80, 15, 12, 27), (80, 15, 9, None), (36, 15, 12, None), (27, 15, 12, None)],
)
def test_usefulness_has_ten_on_each_side_and_ten_who_did_not_say(
    lookups: int, useful: int, not_useful: int, shown: int | None
) -> None:
    week = AreaWeek("obras", lookups=lookups, useful=useful, not_useful=not_useful)
    found = digest_of(
        week, lookups_without_area={LookupResult.NOTHING: 12, LookupResult.EXTERNAL: 10}
    )
    useful = only(found).useful
    assert (useful and useful.n) == shown


@pytest.mark.parametrize(
    ("started", "graded", "completed", "shown"),
    [(100, 80, 70, 100), (100, 91, 80, None), (100, 80, 71, None), (100, 100, 100, None)],
)
def test_completion_is_told_of_all_areas_and_where_whoever_left_early_are_ten(
    started: int, graded: int, completed: int, shown: int | None
) -> None:
    half = AreaWeek("aseo", started=started // 2, graded=graded // 2, completed=completed // 2)
    rest = AreaWeek(
        "obras",
        started=started - started // 2,
        graded=graded - graded // 2,
        completed=completed - completed // 2,
    )
    digest = digest_of(half, rest)
    assert (digest.completion and digest.completion.n) == shown


def test_what_was_asked_about_an_area_is_named_from_10_times_on_without_the_number() -> None:
    cards = {"obras": 12, "aseo": 40, "turismo": 9, "nada": 50}
    week = AreaWeek("obras", lookups=90, asked=cards)
    others = (AreaWeek("aseo", lookups=30), AreaWeek("turismo", lookups=20))
    outside = {LookupResult.NOTHING: 12, LookupResult.EXTERNAL: 10}
    shown = digest_of(week, *others, lookups_without_area=outside)
    asked = {entry.id: entry.asked for entry in shown.areas}
    assert asked == {"obras": ("Aseo", "Obras"), "aseo": (), "turismo": ()}


@pytest.mark.parametrize(
    ("lookups", "asked"), [(20, ()), (21, ("Aseo", "Obras")), (60, ("Aseo", "Obras"))]
)
def test_names_of_what_was_asked_give_no_number_away(lookups: int, asked: tuple[str, ...]) -> None:
    """Of 20 lookups two names would take ten each, and leave nobody for anything else."""
    cards = {"obras": lookups // 2, "aseo": 10}  # in the order of their numbers it would be 11, 10
    week = AreaWeek("obras", lookups=lookups, asked=cards)
    others = (AreaWeek("aseo", lookups=30), AreaWeek("turismo", lookups=20))
    outside = {LookupResult.NOTHING: 12, LookupResult.EXTERNAL: 10}
    shown = digest_of(week, *others, lookups_without_area=outside)
    assert {entry.id: entry.asked for entry in shown.areas}["obras"] == asked


def test_open_cases_are_shown_however_few_since_they_are_work_and_no_answers() -> None:
    shown = only(digest_of(AreaWeek("obras", cases=OpenCases(1, 12))))
    assert shown.cases == OpenCases(1, 12)


def test_cards_that_nobody_confirmed_for_90_days_are_told_the_longest_waiting_first() -> None:
    obras = area("obras", "Obras").model_copy(update={"confirmed_on": date(2026, 8, 25)})
    confirmed = {"permiso": None, "recepcion": date(2026, 8, 24), "plano": date(2026, 1, 2)}
    services = tuple(
        Service(
            id=card,
            name=card,
            short_name=card.capitalize(),
            summary="…",
            area="obras",
            confirmed_on=confirmed[card],
        )
        for card in confirmed
    )

    def told(areas: Area, at: datetime) -> Unconfirmed | None:
        known = content(areas).model_copy(update={"services": services})
        return only(build_digest(WeekFigures(WEEK), known, NAMES, at)).unconfirmed

    # Three in the evening is still the 23rd, 90 days after the area's own date: it is not due.
    evening = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert told(obras, evening) == Unconfirmed(2, ("Plano", "Recepcion"))
    assert told(obras, evening + timedelta(days=1)) == Unconfirmed(
        4, ("Plano", "Recepcion", "Obras")
    )
    never = obras.model_copy(update={"confirmed_on": None})
    assert told(never, evening) == Unconfirmed(4, ("Obras", "Permiso", "Plano"))
    alike = never.model_copy(update={"short_name": "Permiso"})
    assert told(alike, evening) == Unconfirmed(4, ("Permiso", "Plano", "Recepcion"))


def test_queries_not_found_are_shown_when_repeated_and_about_nobody() -> None:
    queries = (
        NotFound("poste malo", 7),
        NotFound("cancha techada", 2),
        NotFound("deuda de juan perez soto", 3),
        NotFound("mi pega anterior", 1),
    )
    outside = {LookupResult.NOTHING: 13, LookupResult.EXTERNAL: 20}
    week = AreaWeek("obras", lookups=40)
    digest = digest_of(week, lookups_without_area=outside, not_found=queries)
    assert (digest.lookups, digest.not_found) == (73, 13)
    assert digest.not_found_queries == ("poste malo", "cancha techada")
    few = digest_of(week, lookups_without_area={LookupResult.NOTHING: 9}, not_found=queries)
    assert (few.not_found, few.not_found_queries) == (None, ())


# --- order, scope, JSON ----------------------------------------------------------------------


def test_areas_stand_in_spanish_alphabetical_order() -> None:
    names = ["Ñuble", "Óptica", "nube", "obras", "Nz", "Árboles", "Aseo"]
    expected = ["Árboles", "Aseo", "nube", "Nz", "Ñuble", "obras", "Óptica"]
    assert sorted(names, key=alphabetical) == expected
    known = content(area("b", "Óptica"), area("c", "Obras"), area("a", "Árboles"))
    digest = build_digest(WeekFigures(WEEK), known, NAMES, NOW)
    assert [entry.id for entry in digest.areas] == ["a", "c", "b"]


def test_the_total_is_that_of_the_areas_with_a_share() -> None:
    digest = digest_of(
        AreaWeek("obras", grades={"web": grades(15, 15)}),
        AreaWeek("aseo", grades={"web": grades(10, 10)}),
        AreaWeek("cultura", grades={"web": grades(50)}),
        AreaWeek("turismo", grades={"web": grades(9)}),
    )
    assert digest.total is not None
    assert (digest.total.areas, digest.total.satisfied.n) == (2, 50)


def test_a_digest_comes_back_from_its_json() -> None:
    blocks = (block(-1, -1, 15, 30),)
    digest = digest_of(
        AreaWeek("obras", grades={"web": grades(15, 15)}, blocks=blocks, cases=OpenCases(2, 3)),
        AreaWeek("aseo", blocks=blocks),
    )
    assert msgspec.json.decode(msgspec.json.encode(digest), type=Digest) == digest


def test_a_digest_of_before_is_still_read() -> None:
    """It had figures that are no longer told, and one week an area."""
    kept = (
        b'{"week":"2026-W46","municipality":"M","made_at":"2026-11-16T11:00:00Z","made_up":false,'
        b'"scope":null,"areas":[{"id":"a","name":"A","short_name":"A","satisfied":{"n":48,'
        b'"percent":63,"low":48,"high":75},"net":{"points":38,"low":13,"high":58},"change":'
        b'{"points":-4,"low":-15,"high":7,"clear":false,"baseline":{"n":212,"percent":67,"low":60,'
        b'"high":73},"weeks":5},"main_reason":"Espera","reasons":[],"quotes":[],"channels":[],'
        b'"other_channels":null,"completion":{"n":60,"percent":76,"low":64,"high":85},"pending":14,'
        b'"pending_satisfied":null,"lookups":null,"useful":null,"pool":null}],"total":null,'
        b'"lookups":null,"not_found":null,"not_found_queries":[]}'
    )
    (entry,) = msgspec.json.decode(kept, type=Digest).areas
    assert (entry.first_week, entry.pending, entry.latest) == ("", 14, None)
