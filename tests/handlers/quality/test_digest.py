"""The weekly digest: its figures, what it leaves out, and an attack on what it leaves out."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.release import load_release
from handlers.content.model import Area, Choice, Content, Question, QuestionKind, Questionnaire
from handlers.facts import Found
from handlers.quality.digest import alphabetical, build_digest
from handlers.quality.figures import (
    HISTORY_WEEKS,
    AreaDigest,
    AreaWeek,
    Digest,
    Grades,
    NotFound,
    Share,
    Verbatim,
    WeekFigures,
)
from handlers.quality.weeks import IsoWeek

WEEK = IsoWeek(2026, 47)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMES = load_release().lexicon.names
CHANNELS = ("telegram", "web", "whatsapp")
REASONS = ("espera", "trato", "costo")
PARTS = ("67", "5", "1-4")


def content(*areas: Area) -> Content:
    reason = Question(
        id="reason",
        kind=QuestionKind.CHOICE,
        text={"es-CL": "¿Qué influyó?"},
        choices=tuple(Choice(id=r, text={"es-CL": r.capitalize()}) for r in REASONS),
    )
    form = Questionnaire(
        id="atencion", version=1, title={"es-CL": "Atención"}, about="area", questions=(reason,)
    )
    return Content(
        municipality="Municipalidad de La Serena",
        short_name="La Serena",
        areas=areas or (area("transito", "Tránsito"),),
        services=(),
        desks=(),
        institutions=(),
        meanings=(),
        emergencies=(),
        questionnaires=(form,),
    )


def area(id_: str, short_name: str, *, sensitive: bool = False) -> Area:
    return Area(
        id=id_, name=short_name, short_name=short_name, description="…", sensitive=sensitive
    )


def grades(top: int, five: int = 0, bottom: int = 0) -> Grades:
    """``top`` sevens, ``five`` fives, ``bottom`` ones."""
    return (bottom, 0, 0, 0, five, 0, top)


def digest_of(*areas: AreaWeek, **others: Any) -> Digest:
    """The digest of these areas; the content has one area for each, and nothing else."""
    known = content(*(area(entry.area, entry.area.capitalize()) for entry in areas))
    return build_digest(WeekFigures(WEEK, areas, **others), known, NAMES, NOW)


def only(digest: Digest) -> AreaDigest:
    assert len(digest.areas) == 1
    return digest.areas[0]


# --- figures ---------------------------------------------------------------------------------


def test_the_copy_guides_week_is_63_percent_between_48_and_75() -> None:
    shown = only(digest_of(AreaWeek("transito", grades={"web": grades(30, 6, 12)})))
    assert shown.satisfied == Share(n=48, percent=63, low=48, high=75)
    assert shown.net is not None
    assert shown.net.points == 38  # 18 of 48 is 37.5
    assert shown.net.low < 38 < shown.net.high


def test_nine_answers_show_nothing_and_ten_do() -> None:
    rich = {"started": 20, "completed": 15, "pending": 12, "reasons": {"espera": 12}}
    nine = only(digest_of(AreaWeek("turismo", grades={"web": grades(9)}, **rich)))
    assert nine == AreaDigest(id="turismo", name="Turismo", short_name="Turismo")
    ten = only(digest_of(AreaWeek("turismo", grades={"web": grades(10)}, **rich)))
    assert ten.satisfied == Share(n=10, percent=100, low=72, high=100)


def test_an_area_without_any_answer_looks_like_one_with_nine() -> None:
    none = build_digest(WeekFigures(WEEK), content(area("turismo", "Turismo")), NAMES, NOW)
    nine = digest_of(AreaWeek("turismo", grades={"web": grades(9)}))
    assert none == nine


def test_the_change_is_measured_from_the_published_ones_of_the_8_weeks_before() -> None:
    past = dict.fromkeys(WEEK.previous(HISTORY_WEEKS), grades(100))  # too old: no part in it
    past |= dict.fromkeys(WEEK.previous(8), grades(9))  # under 10 each: never published
    past |= dict.fromkeys(WEEK.previous(2), grades(30, 5, 5))
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(20, 20)}, previous=past)))
    assert shown.change is not None
    assert (shown.change.weeks, shown.change.baseline.n) == (2, 80)
    assert (shown.change.points, shown.change.clear) == (-25, True)  # 50 % from 75 %
    assert shown.change.low < -25 < shown.change.high < 0


def test_without_a_published_week_before_there_is_no_base() -> None:
    past = dict.fromkeys(WEEK.previous(8), grades(9))
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(20)}, previous=past)))
    assert shown.satisfied is not None
    assert shown.change is None


def test_a_change_whose_interval_holds_zero_is_not_clear() -> None:
    past = {WEEK.shifted(-1): grades(30, 10)}
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(28, 12)}, previous=past)))
    assert shown.change is not None
    assert not shown.change.clear
    assert shown.change.low < 0 < shown.change.high


def test_unfinished_experiences_are_counted_apart() -> None:
    week = AreaWeek("obras", grades={"web": grades(20)}, pending=14, pending_grades=grades(3, 0, 9))
    shown = only(digest_of(week))
    assert shown.satisfied is not None
    assert shown.satisfied.n == 20
    assert shown.pending == 14
    assert shown.pending_satisfied is not None
    assert (shown.pending_satisfied.n, shown.pending_satisfied.percent) == (12, 25)


def test_channels_are_told_apart_only_where_none_gives_another_away() -> None:
    week = {"web": grades(20, 4), "telegram": grades(11), "whatsapp": grades(7)}
    shown = only(digest_of(AreaWeek("obras", grades=week)))
    assert [(c.channel, c.satisfied.n) for c in shown.channels] == [("web", 24)]
    assert shown.other_channels == 18
    week["telegram"] = grades(2)
    week["whatsapp"] = grades(3)
    shown = only(digest_of(AreaWeek("obras", grades=week)))
    assert (shown.channels, shown.other_channels) == ((), None)


def test_reasons_show_counts_from_10_and_name_the_first_without_a_count() -> None:
    week = AreaWeek(
        "obras",
        grades={"web": grades(30, 18, 12)},
        reasons={"espera": 14, "trato": 6, "costo": 4},
    )
    shown = only(digest_of(week))
    assert [(reason.text, reason.n) for reason in shown.reasons] == [("Espera", 14)]
    assert shown.main_reason == "Espera"
    few = AreaWeek("obras", grades={"web": grades(30, 9)}, reasons={"espera": 9})
    assert only(digest_of(few)).main_reason is None


def test_completion_and_usefulness_carry_their_own_n() -> None:
    week = AreaWeek(
        "obras",
        grades={"web": grades(40)},
        started=50,
        completed=38,
        lookups=80,
        useful=15,
        not_useful=5,
    )
    shown = only(digest_of(week, lookups_without_area={Found.NOTHING: 12, Found.EXTERNAL: 10}))
    assert shown.completion is not None
    assert (shown.completion.n, shown.completion.percent) == (50, 76)
    assert shown.useful is not None
    assert (shown.useful.n, shown.useful.percent) == (20, 75)


# --- words -----------------------------------------------------------------------------------


def test_comments_are_masked_few_and_begin_with_praise() -> None:
    comments = (
        Verbatim("Muy mala la espera, nadie sabía nada de nada", 2),
        Verbatim("Gracias a la señora Marta González, rut 12.345.678-5", 7),
        Verbatim("Otra queja larga sobre la fila de la mañana", 3),
        Verbatim("Rápido y amable, salí en diez minutos", 7),
        Verbatim("ok", 7),
    )
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(20)}, comments=comments)))
    assert [(quote.praise, quote.text) for quote in shown.quotes] == [
        (True, "Rápido y amable, salí en diez minutos"),
        (False, "Muy mala la espera, nadie sabía nada de nada"),
        (False, "Otra queja larga sobre la fila de la mañana"),
    ]


def test_a_quoted_comment_is_masked_and_cut_at_a_word() -> None:
    long = Verbatim("Gracias a la señora Marta González, " + "muy amable " * 40, 7)
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(20)}, comments=(long,))))
    (quote,) = shown.quotes
    assert quote.text.startswith("Gracias a la señora [nombre], muy amable")
    assert quote.text.endswith("amable…") or quote.text.endswith("muy…")
    assert len(quote.text) <= 201


def test_a_sensitive_or_small_area_quotes_nobody() -> None:
    said = (Verbatim("Me atendieron con mucha paciencia", 7),)
    raw = WeekFigures(
        WEEK,
        (
            AreaWeek("mujer", grades={"web": grades(20)}, comments=said),
            AreaWeek("turismo", grades={"web": grades(9)}, comments=said),
        ),
    )
    known = content(area("mujer", "Mujer", sensitive=True), area("turismo", "Turismo"))
    assert b"paciencia" not in msgspec.json.encode(build_digest(raw, known, NAMES, NOW))


def test_queries_not_found_are_shown_when_repeated_and_about_nobody() -> None:
    queries = (
        NotFound("poste malo", 7),
        NotFound("cancha techada", 2),
        NotFound("deuda de juan perez soto", 3),
        NotFound("mi pega anterior", 1),
    )
    outside = {Found.NOTHING: 13, Found.EXTERNAL: 20}
    week = AreaWeek("obras", lookups=40)
    digest = digest_of(week, lookups_without_area=outside, not_found=queries)
    assert (digest.lookups, digest.not_found) == (73, 13)
    assert digest.not_found_queries == ("poste malo", "cancha techada")
    few = digest_of(week, lookups_without_area={Found.NOTHING: 9}, not_found=queries)
    assert (few.not_found, few.not_found_queries) == (None, ())


# --- order, scope, JSON ----------------------------------------------------------------------


def test_areas_stand_in_spanish_alphabetical_order() -> None:
    names = ["Ñuble", "Óptica", "nube", "obras", "Nz", "Árboles", "Aseo"]
    expected = ["Árboles", "Aseo", "nube", "Nz", "Ñuble", "obras", "Óptica"]
    assert sorted(names, key=alphabetical) == expected
    known = content(area("b", "Óptica"), area("c", "Obras"), area("a", "Árboles"))
    digest = build_digest(WeekFigures(WEEK), known, NAMES, NOW)
    assert [entry.id for entry in digest.areas] == ["a", "c", "b"]


def test_one_areas_digest_is_cut_from_that_of_all() -> None:
    raw = WeekFigures(
        WEEK,
        (
            AreaWeek("obras", grades={"web": grades(20)}, lookups=12),
            AreaWeek("turismo", grades={"web": grades(12)}, lookups=8),
        ),
    )
    known = content(area("obras", "Obras"), area("turismo", "Turismo"))
    whole = build_digest(raw, known, NAMES, NOW)
    part = build_digest(raw, known, NAMES, NOW, area="obras")
    assert part.areas == tuple(entry for entry in whole.areas if entry.id == "obras")
    assert (part.scope, part.total, part.lookups, part.not_found) == ("obras", None, None, None)
    assert b"turismo" not in msgspec.json.encode(part)


def test_the_total_is_that_of_the_areas_shown() -> None:
    digest = digest_of(
        AreaWeek("obras", grades={"web": grades(15, 5)}),
        AreaWeek("aseo", grades={"web": grades(10)}),
        AreaWeek("turismo", grades={"web": grades(9)}),
    )
    assert digest.total is not None
    assert (digest.total.areas, digest.total.satisfied.n) == (2, 30)


def test_a_digest_comes_back_from_its_json() -> None:
    digest = digest_of(
        AreaWeek("obras", grades={"web": grades(15, 5)}, previous={WEEK.shifted(-1): grades(12)})
    )
    assert msgspec.json.decode(msgspec.json.encode(digest), type=Digest) == digest


def test_an_area_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        build_digest(WeekFigures(WEEK), content(), NAMES, NOW, area="nada")


# --- the attack ------------------------------------------------------------------------------


class Attack:
    """What follows by addition and subtraction from sums that are known."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, dict[Hashable, Fraction]] = {}

    def learn(self, *unknowns: Hashable) -> None:
        """The sum of these unknowns was published."""
        row = self._reduced(dict.fromkeys(unknowns, Fraction(1)))
        if not row:
            return
        pivot = next(iter(row))
        row = {unknown: factor / row[pivot] for unknown, factor in row.items()}
        for other, known in self._rows.items():
            self._rows[other] = _without(known, pivot, row)
        self._rows[pivot] = row

    def equate(self, ones: Iterable[Hashable], others: Iterable[Hashable]) -> None:
        """Two sums are the same, as everybody knows."""
        row = dict.fromkeys(ones, Fraction(1))
        row |= dict.fromkeys(others, Fraction(-1))
        row = self._reduced(row)
        pivot = next(iter(row))
        row = {unknown: factor / row[pivot] for unknown, factor in row.items()}
        self._rows = {key: _without(known, pivot, row) for key, known in self._rows.items()}
        self._rows[pivot] = row

    def knows(self, *unknowns: Hashable) -> bool:
        return not self._reduced(dict.fromkeys(unknowns, Fraction(1)))

    def _reduced(self, row: dict[Hashable, Fraction]) -> dict[Hashable, Fraction]:
        for pivot, known in self._rows.items():
            row = _without(row, pivot, known)
        return row


def _without(
    row: dict[Hashable, Fraction], pivot: Hashable, known: Mapping[Hashable, Fraction]
) -> dict[Hashable, Fraction]:
    factor = row.get(pivot, Fraction(0))
    combined = dict(row)
    for unknown, other in known.items():
        combined[unknown] = combined.get(unknown, Fraction(0)) - factor * other
    return {unknown: value for unknown, value in combined.items() if value}


small_or_large = st.integers(0, 14) | st.sampled_from([0, 0, 9, 10, 11, 18, 20, 27, 40])
counts = st.tuples(small_or_large, st.integers(0, 6), st.integers(0, 12)).map(
    lambda parts: grades(*parts)
)


@st.composite
def area_weeks(draw: st.DrawFn, id_: str) -> AreaWeek:
    by_channel = {channel: draw(counts) for channel in draw(st.sets(st.sampled_from(CHANNELS)))}
    low = sum(sum(given_[:5]) for given_ in by_channel.values())
    reasons = {}
    for reason in REASONS:
        reasons[reason] = draw(st.integers(0, low))
        low -= reasons[reason]
    lookups = draw(small_or_large)
    useful = draw(st.integers(0, lookups))
    return AreaWeek(
        id_,
        grades=by_channel,
        pending=draw(small_or_large),
        started=draw(small_or_large),
        reasons=reasons,
        lookups=lookups,
        useful=useful,
        not_useful=draw(st.integers(0, lookups - useful)),
    )


@st.composite
def weeks(draw: st.DrawFn) -> WeekFigures:
    areas = tuple(draw(area_weeks(id_)) for id_ in ("a", "b", "c", "d")[: draw(st.integers(1, 4))])
    outside = {found: draw(small_or_large) for found in (Found.NOTHING, Found.EXTERNAL)}
    return WeekFigures(WEEK, areas, lookups_without_area=outside)


def known_from(published: Mapping[str, Any]) -> Attack:
    """Everything that the JSON of a digest tells about the counts behind it.

    A percentage is taken to give its numerator exactly, which it does for small n.
    """
    attack = Attack()
    answers = {
        a["id"]: [(a["id"], c, part) for c in CHANNELS for part in PARTS]
        for a in published["areas"]
    }
    for entry in published["areas"]:
        id_ = entry["id"]
        if entry["satisfied"]:
            for part in PARTS:
                attack.learn(*(u for u in answers[id_] if u[2] == part))
        for channel in entry["channels"]:
            of_channel = [u for u in answers[id_] if u[1] == channel["channel"]]
            attack.learn(*of_channel)
            attack.learn(of_channel[0])
        if entry["other_channels"] is not None:
            told = {channel["channel"] for channel in entry["channels"]}
            attack.learn(*(u for u in answers[id_] if u[1] not in told))
        for reason in entry["reasons"]:
            attack.learn((id_, "reason", reason["id"]))
        attack.equate(
            [u for u in answers[id_] if u[2] != "67"],
            [(id_, "reason", reason) for reason in (*REASONS, "none")],
        )
        for figure in ("pending", "lookups"):
            if entry[figure] is not None:
                attack.learn((id_, figure))
    if published["total"]:
        shown = [a["id"] for a in published["areas"] if a["satisfied"]]
        attack.learn(*(u for id_ in shown for u in answers[id_]))
    looked = [(a["id"], "lookups") for a in published["areas"]]
    if published["lookups"] is not None:
        attack.learn(*looked, "nothing", "elsewhere")
    if published["not_found"] is not None:
        attack.learn("nothing")
    return attack


def protected_groups(raw: WeekFigures) -> dict[tuple[Hashable, ...], int]:
    """Every group of answers that a reader may be curious about, with its true size."""
    groups: dict[tuple[Hashable, ...], int] = {}
    for week in raw.areas:
        parts = {c: [(week.area, c, part) for part in PARTS] for c in CHANNELS}
        sizes = {c: sum(week.grades.get(c, ())) for c in CHANNELS}
        groups[tuple(u for c in CHANNELS for u in parts[c])] = sum(sizes.values())
        used = {c for other in raw.areas for c in other.grades}
        groups |= {tuple(parts[c]): sizes[c] for c in used}
        groups |= {((week.area, "reason", r),): n for r, n in week.reasons.items()}
        groups[((week.area, "pending"),)] = week.pending
        groups[((week.area, "lookups"),)] = week.lookups
    groups[("nothing",)] = raw.lookups_without_area[Found.NOTHING]
    groups[("elsewhere",)] = raw.lookups_without_area[Found.EXTERNAL]
    return groups


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(weeks())
def test_no_group_under_10_can_be_subtracted_out_of_a_digest(raw: WeekFigures) -> None:
    published = json.loads(msgspec.json.encode(digest_of_weeks(raw)))
    attack = known_from(published)
    for group, size in protected_groups(raw).items():
        assert size >= 10 or not attack.knows(*group), (group, size)


@settings(max_examples=150, deadline=None)
@given(weeks())
def test_what_is_left_after_subtracting_the_shown_is_never_under_10(raw: WeekFigures) -> None:
    digest = digest_of_weeks(raw)
    for entry in digest.areas:
        if entry.satisfied is None:
            assert (entry.channels, entry.reasons, entry.quotes, entry.pending) == (
                (),
                (),
                (),
                None,
            )
            continue
        assert entry.satisfied.n >= 10
        left = entry.satisfied.n - sum(channel.satisfied.n for channel in entry.channels)
        assert left == 0 or left >= 10
        assert all(reason.n >= 10 for reason in entry.reasons)
    if digest.lookups is not None:
        shown = [entry.lookups for entry in digest.areas if entry.lookups is not None]
        if digest.not_found is not None:
            shown.append(digest.not_found)
        left = digest.lookups - sum(shown)
        assert left == 0 or left >= 10


def digest_of_weeks(raw: WeekFigures) -> Digest:
    return build_digest(
        raw, content(*(area(week.area, week.area * 2) for week in raw.areas)), NAMES, NOW
    )


def test_the_attack_succeeds_on_a_digest_that_would_show_the_full_total() -> None:
    raw = WeekFigures(
        WEEK,
        tuple(
            AreaWeek(id_, grades={"web": grades(n)}) for id_, n in (("a", 48), ("b", 31), ("c", 7))
        ),
        lookups_without_area={Found.NOTHING: 0, Found.EXTERNAL: 0},
    )
    attack = known_from(json.loads(msgspec.json.encode(digest_of_weeks(raw))))
    small = [("c", c, part) for c in CHANNELS for part in PARTS]
    assert not attack.knows(*small)
    attack.learn(*((id_, c, part) for id_ in "abc" for c in CHANNELS for part in PARTS))
    assert attack.knows(*small)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=45, max_size=45))
def test_a_year_of_digests_together_gives_no_small_week_back(sizes: list[int]) -> None:
    calendar = (*WEEK.previous(44), WEEK)
    size = dict(zip(calendar, sizes, strict=True))
    known = content(area("a", "Aa"))
    attack = Attack()
    for week in calendar[HISTORY_WEEKS:]:
        past = {other: grades(size[other]) for other in week.previous(HISTORY_WEEKS)}
        now = AreaWeek("a", grades={"web": grades(size[week])}, previous=past)
        shown = only(build_digest(WeekFigures(week, (now,)), known, NAMES, NOW))
        if shown.satisfied:
            assert shown.satisfied.n == size[week]
            attack.learn(week)
        if shown.change:
            published = [other for other in week.previous(8) if size[other] >= 10]
            assert shown.change.baseline.n == sum(size[other] for other in published)
            attack.learn(*published)
        if shown.pool:
            first, last = IsoWeek.parse(shown.pool.first_week), IsoWeek.parse(shown.pool.last_week)
            pooled = [w for w in calendar if first <= w <= last and size[w] < 10]
            assert shown.pool.satisfied.n == sum(size[w] for w in pooled) >= 10
            attack.learn(*pooled)
    assert [week for week in calendar if size[week] < 10 and attack.knows(week)] == []


def test_small_weeks_are_pooled_over_periods_that_never_overlap() -> None:
    known = content(area("a", "Aa"))
    periods = set()
    for week in (*WEEK.previous(20), WEEK):
        past = dict.fromkeys(week.previous(HISTORY_WEEKS), grades(3))
        now = AreaWeek("a", grades={"web": grades(3)}, previous=past)
        pool = only(build_digest(WeekFigures(week, (now,)), known, NAMES, NOW)).pool
        assert pool is not None
        assert pool.satisfied.n == 24  # 8 weeks of 3
        periods.add((IsoWeek.parse(pool.first_week), IsoWeek.parse(pool.last_week)))
    ordered = sorted(periods)
    assert len(ordered) >= 3
    for (_, last), (first, _) in pairwise(ordered):
        assert first == last.shifted(1)
