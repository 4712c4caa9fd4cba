"""A town's year for the attackers: who rates, asks, corrects, withdraws and has oneself erased."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from handlers.content.model import CommentTopic, Content, Desk
from handlers.content.quality import PARTS, Metric
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.own_data import DataErased
from handlers.facts.responses import (
    AnswerGiven,
    AnswerWithdrawn,
    ResponseOutcome,
    ResponsePending,
    Subject,
)
from handlers.facts.union import Fact
from handlers.indicators.places import Cells, Parts
from handlers.messages import Channel
from handlers.quality.blocks import Block, open_since
from handlers.quality.figures import AreaWeek, Grades, Verbatim, WeekFigures
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import USEFULNESS
from handlers.text.phrases import PhraseClassifier
from tests.attackers.staff import STAFF, Staffed
from tests.storage.scene import Said, closed, grade, opened, reason, sender, words

FIRST = IsoWeek(2026, 1)
CHANNELS = (Channel.TELEGRAM, Channel.WEB, Channel.WHATSAPP)
REASONS = ("espera", "trato", "costo")
SIZES = {"transito": 60, "aseo": 26, "obras": 9, "cementerios": 4, "deportes": 55}
"""Answers a week of each area."""

TOPICS = {"demora": 6, "amable": 5, "caro": 2}
"""What comments speak of, and how often: each word is a topic. A comment of two is too short to be
quoted, so that what it says is told by topics alone."""

LARGE_DESK, SMALL_DESK = "Grande7", "Chico77"
DESKS = (
    Desk(token=LARGE_DESK, name="Mesón grande", area="transito", staff=4),
    Desk(token=SMALL_DESK, name="Mesón chico", area="transito", staff=2),
)
"""One that may be told apart, and one that is told with its area."""

ELSEWHERE = ("", "")
PLACES = {
    "transito": {
        ("licencia-renovacion", ""): 5,
        ("permiso-circulacion", ""): 3,
        ("", LARGE_DESK): 4,
        ("", SMALL_DESK): 1,
        ELSEWHERE: 1,
    },
    "deportes": {("talleres-deportivos", ""): 1, ELSEWHERE: 1},
    "aseo": {("reciclaje", ""): 1, ELSEWHERE: 3},
}
"""Where the answers of an area come from: service and desk, and how often."""

CARDS = {
    "transito": ("transito", "permiso-circulacion", "licencia-renovacion"),
    "aseo": ("aseo", "reciclaje"),
}
"""What is asked for; of procedures some can be done online."""

ALMOST_ALL_GOOD = "deportes"
"""Few are not satisfied there, so that a bound is published."""

FALLS = "transito"
FALLEN = range(20, 26)
"""In these weeks its answers are worse, so that the chart signals and a measure follows."""

STAYS_LOW = ALMOST_ALL_GOOD
LOW, FURTHER = range(20, 34), range(34, 52)
"""Few are satisfied there from then on, which is declined and signals on; then still fewer are."""


class What(Enum):
    """What somebody does with a rating later."""

    CORRECTS = "corrects"
    WITHDRAWS = "withdraws"  # CANCELAR
    ERASES = "erases"  # BORRAR


class Later(Struct, frozen=True):
    """In week number ``week``, after the rating's own; ``grade``: the corrected one."""

    week: int
    what: What
    grade: int = 0


class Rating(Struct, frozen=True):
    """``grade`` 0: begun, and none given."""

    number: int
    area: str
    week: int
    channel: Channel
    grade: int
    reason: str = ""
    pending: bool = False
    later: Later | None = None
    place: tuple[str, str] = ELSEWHERE
    topics: tuple[str, ...] = ()  # of its comment; none: it has no comment

    def as_of(self, week: int) -> Rating:
        """As it counts once the week is over."""
        later = self.later
        if later is None or later.week > week or later.what is What.ERASES:
            return self
        if later.what is What.WITHDRAWS:
            return replace(self, grade=0, reason="")
        return replace(self, grade=later.grade)


class Asked(Struct, frozen=True):
    """A lookup; ``useful`` None: nobody said. ``area`` empty: nothing was found, or elsewhere."""

    number: int
    week: int
    area: str
    found: LookupResult
    card: str = ""
    useful: bool | None = None


@dataclass(slots=True)
class Year:
    """All that happens in these weeks."""

    weeks: int
    ratings: dict[int, Rating] = field(default_factory=dict)
    asked: dict[int, Asked] = field(default_factory=dict)
    staffed: Staffed = field(default_factory=lambda: STAFF)


def lived(random: Random, weeks: int, sizes: Mapping[str, int] = SIZES) -> Year:
    """A year by chance."""
    year, numbers = Year(weeks), iter(range(1, 10**6))
    for week in range(weeks):
        for area, size in sizes.items():
            for _ in range(random.randint(size // 2, size + size // 2)):
                rating = _rating(random, next(numbers), area, week, weeks)
                year.ratings[rating.number] = rating
            for _ in range(random.randint(0, size)):
                useful = random.choice((True, True, False, None))
                card = random.choice(cards(area))
                one = Asked(next(numbers), week, area, LookupResult.CARD, card, useful)
                year.asked[one.number] = one
        for found, most in ((LookupResult.NOTHING, 24), (LookupResult.EXTERNAL, 14)):
            for _ in range(random.randint(0, most)):
                one = Asked(next(numbers), week, "", found)
                year.asked[one.number] = one
    return year


def town_content(content: Content) -> Content:
    """The content with desks of which it is known how many attend there, topics of its own, and
    targets for each service, desk and channel."""
    fields = {name: getattr(content, name) for name in Content.model_fields}
    topics = tuple(CommentTopic(id=word, name=word, phrases=(word,)) for word in TOPICS)
    whole = next(one for one in content.indicators if one.measured is Metric.SATISFIED)
    of_parts = tuple(
        whole.model_copy(update={"id": scope.value, "scope": scope, "target": 70, "chart": False})
        for scope in PARTS
    )
    own = {
        "desks": (*content.desks, *DESKS),
        "comment_topics": topics,
        "topic_groups": {},
        "indicators": (*content.indicators, *of_parts),
    }
    return remembering(Content.model_construct(**fields | own))


class _Remembering(PhraseClassifier):
    """Looks at each text once: comments are made of few words, and read again and again."""

    def __init__(self, finder: PhraseClassifier) -> None:
        self._finder = finder
        self._found: dict[str, tuple[int, ...]] = {}

    def every(self, text: str) -> Iterator[int]:
        if text not in self._found:
            self._found[text] = tuple(self._finder.every(text))
        return iter(self._found[text])


def remembering(content: Content) -> Content:
    """The content, which remembers what comments speak of."""
    vars(content)["topic_phrases"] = _Remembering(content.topic_phrases)
    return content


def cards(area: str) -> tuple[str, ...]:
    """What is asked for in an area."""
    return CARDS.get(area, (area,))


def _rating(random: Random, number: int, area: str, week: int, weeks: int) -> Rating:
    good = 0.95 if area == ALMOST_ALL_GOOD else 0.7
    if area == FALLS and week in FALLEN:
        good = 0.3
    if area == STAYS_LOW and week >= LOW.start:
        good = 0.6 if week in LOW else 0.3
    given = random.choice((6, 7)) if random.random() < good else random.choice((1, 2, 3, 4, 5))
    rating = Rating(
        number,
        area,
        week,
        random.choices(CHANNELS, (6, 3, 1))[0],
        0 if random.random() < 0.08 else given,
        pending=random.random() < 0.12,
        place=_place(random, area),
    )
    if 0 < rating.grade < 6 and random.random() < 0.8:
        rating = replace(rating, reason=random.choices(REASONS, (5, 3, 1))[0])
    if rating.grade and random.random() < 0.5:
        rating = replace(rating, topics=comment(random))
    if rating.grade and week + 1 < weeks and random.random() < 0.08:
        what, later = random.choice(list(What)), random.randint(week + 1, min(weeks - 1, week + 6))
        given = random.randint(1, 7) if what is What.CORRECTS else 0
        rating = replace(rating, later=Later(later, what, given))
    return rating


def comment(random: Random) -> tuple[str, ...]:
    """What a comment speaks of: one topic, or two."""
    spoken = random.choices(list(TOPICS), list(TOPICS.values()), k=random.choice((1, 1, 2)))
    return tuple(sorted(set(spoken)))


def _place(random: Random, area: str) -> tuple[str, str]:
    often = PLACES.get(area, {ELSEWHERE: 1})
    return random.choices(list(often), list(often.values()))[0]


# --- what is counted of it ---------------------------------------------------------------------


def area_week(
    area: str, ratings: Sequence[Sequence[Rating]], week: int, blocks: Sequence[Block]
) -> AreaWeek:
    """What the service counts of an area when the week is over, but for lookups.

    ``ratings``: by week.
    """
    since = open_since(blocks[-1].last if blocks else None, FIRST, at(week))
    inside = [one.as_of(week) for those in ratings[number(since) : week + 1] for one in those]
    finished = [one for one in inside if not one.pending]
    waiting = [one for one in inside if one.pending]
    this = [one for one in ratings[week] if not one.pending]
    counts = {
        channel.value: _counts(one for one in finished if one.channel is channel)
        for channel in CHANNELS
    }
    reasons = {reason: sum(one.reason == reason for one in finished) for reason in REASONS}
    return AreaWeek(
        area,
        since=since,
        grades={channel: grades for channel, grades in counts.items() if any(grades)},
        pending=len(waiting),
        pending_grades=_counts(waiting),
        reasons={reason: n for reason, n in reasons.items() if n},
        started=len(this),
        graded=sum(one.as_of(week).grade > 0 for one in this),
        completed=sum(one.grade > 0 for one in this),
        comments=tuple(
            Verbatim(" ".join(one.topics), one.grade, one.number) for one in this if one.topics
        ),
        blocks=tuple(blocks),
    )


def cells(ratings: Sequence[Sequence[Rating]], since: IsoWeek, week: int) -> Cells:
    """The grades of finished experiences from ``since`` on, by service, desk and channel."""
    found: dict[tuple[str, str, str], Parts] = {}
    for those in ratings[number(since) : week + 1]:
        for one in those:
            grade = one.as_of(week).grade
            if grade and not one.pending:
                key = (*one.place, one.channel.value)
                satisfied, others = found.get(key, (0, 0))
                found[key] = (satisfied + (grade > 5), others + (grade < 6))
    return found


def week_figures(areas: Iterable[AreaWeek], asked: Iterable[Asked], week: int) -> WeekFigures:
    """Everything that the week's digest is made from."""
    outside = Counter(one.found for one in asked if not one.area)
    channels = tuple(channel.value for channel in CHANNELS)
    return WeekFigures(
        at(week), tuple(areas), lookups_without_area=dict(outside), channels=channels
    )


def at(week: int) -> IsoWeek:
    """The week of this number."""
    return FIRST.shifted(week)


def number(week: IsoWeek) -> int:
    """The number of this week."""
    return (week.monday - FIRST.monday).days // 7


def _counts(ratings: Iterable[Rating]) -> Grades:
    found = [0] * 8
    for one in ratings:
        found[one.grade] += 1
    _, first, second, third, fourth, fifth, sixth, seventh = found
    return first, second, third, fourth, fifth, sixth, seventh


# --- how it is told to the service -------------------------------------------------------------


def said_in(year: Year, week: int) -> Iterator[Said]:
    """What citizens say in a week, ratings on Wednesday and what becomes of earlier ones after."""
    day = datetime.combine(at(week).monday + timedelta(days=2), time(15), tzinfo=UTC)
    for one in year.ratings.values():
        if one.week == week:
            yield Said(sender(f"r{one.number}", one.channel), list(_facts(one)), at=day)
    for asked in year.asked.values():
        if asked.week == week:
            yield Said(sender(f"l{asked.number}"), list(_asks(asked)), at=day)
    for one in year.ratings.values():
        if one.later is not None and one.later.week == week:
            facts = list(_facts_later(one, one.later))
            who = sender(f"r{one.number}", one.channel)
            yield Said(who, facts, at=day + timedelta(days=1))


def _facts(one: Rating) -> Iterator[Fact]:
    subject = _subject(one)
    yield opened(one.number, subject)
    if one.pending:
        yield ResponsePending(one.number)
    if not one.grade:
        return
    yield _pending(grade(one.number, one.grade, subject), one)
    if one.reason:
        yield _pending(reason(one.number, one.reason, subject), one)
    if one.topics:
        said = words(one.number, " ".join(one.topics), subject)
        yield _pending(replace(said, question=_comment_of(one)), one)
    yield replace(closed(one.number), pending=one.pending)


def _facts_later(one: Rating, later: Later) -> Iterator[Fact]:
    match later.what:
        case What.CORRECTS:
            yield _pending(grade(one.number, later.grade, _subject(one)), one)
        case What.WITHDRAWS:
            yield AnswerWithdrawn(one.number, "grade")
            yield AnswerWithdrawn(one.number, "reason")
            yield AnswerWithdrawn(one.number, _comment_of(one))
            yield replace(closed(one.number, ResponseOutcome.CANCELLED), pending=one.pending)
        case What.ERASES:
            yield DataErased()


def _comment_of(one: Rating) -> str:
    """The question that its comment answers."""
    return "best" if one.grade > 5 else "words"


def _subject(one: Rating) -> Subject:
    return Subject(one.area, *one.place)


def _asks(one: Asked) -> Iterator[Fact]:
    yield LookupMade("una consulta", one.found, one.card, one.area)
    if one.useful is not None:
        subject = Subject(one.area)
        value = "yes" if one.useful else "no"
        yield replace(opened(one.number, subject), questionnaire=USEFULNESS)
        yield AnswerGiven(one.number, USEFULNESS, "useful", "yes_no", value, subject)


def _pending(given: AnswerGiven, one: Rating) -> AnswerGiven:
    return replace(given, pending=one.pending)
