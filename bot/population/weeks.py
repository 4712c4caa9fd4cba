"""The weeks of a population: which areas are rated how often and how well, and who comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from bot.population.ratings import draw_rating, messages_of
from bot.population.words import COMPLAINTS, NOT_FOUND
from handlers.content.model import Area, Content, Desk
from handlers.messages import Body, Channel, Sender, Text
from handlers.quality.weeks import IsoWeek

ACCOUNT = "demo"
CHANNELS = (Channel.WHATSAPP, Channel.WEB, Channel.TELEGRAM)
SHARES = (5, 3, 2)
FOUND, UNKNOWN = 80, 54  # lookups of a week, about something there is and about nothing
COMPLAINED = 5  # complaints of a week
FALL_WEEKS = 2  # of the last weeks, in which the busiest area has fallen
RISE_WEEKS = 9  # of the last weeks, in which the next one has risen


@dataclass(frozen=True, slots=True)
class Habit:
    """How an area is rated."""

    area: Area
    token: str  # of one of its desks
    a_week: int  # ratings, about
    satisfied: float  # share of grades 6 and 7
    lately: float = 0.0  # the same in the last weeks
    last_weeks: int = 0  # how many those are

    def share(self, left: int) -> float:
        """The share of good grades in a week with ``left`` weeks after it."""
        return self.lately if left < self.last_weeks else self.satisfied


@dataclass(frozen=True, slots=True)
class SimulatedCitizen:
    """One made-up citizen and all that they type."""

    sender: Sender
    at: datetime
    said: tuple[Body, ...]
    first_response: int  # what their responses are numbered from


def habits(content: Content, random: Random) -> list[Habit]:
    """The busiest area first: it falls. The next one rises; the last is too small to be shown."""
    desks: dict[str, Desk] = {}
    for desk in content.desks:
        if desk.service is None:
            desks.setdefault(desk.area, desk)
    by_size = sorted(desks, key=lambda area: -len(content.services_by_area[area]))
    found = []
    for place, area in enumerate(by_size):
        share = random.uniform(0.58, 0.86)
        entry, token = content.area_by_id[area], desks[area].token
        if place == 0:
            found.append(Habit(entry, token, 110, 0.72, 0.4, FALL_WEEKS))
        elif place == 1:
            found.append(Habit(entry, token, 90, 0.5, 0.67, RISE_WEEKS))
        elif place == len(by_size) - 1:
            found.append(Habit(entry, token, 3, share))
        else:
            found.append(Habit(entry, token, random.randint(4, 26), share))
    return found


def citizens_of_week(
    week: IsoWeek, rated: Sequence[Habit], content: Content, random: Random, left: int
) -> Iterator[SimulatedCitizen]:
    """A week's citizens: some rate an area, some look something up, a few complain.

    ``left``: how many weeks come after it.
    """
    said: list[tuple[Body, ...]] = []
    for habit in rated:
        satisfied = habit.share(left)
        for _ in range(max(0, round(random.gauss(habit.a_week, habit.a_week**0.5)))):
            said.append(tuple(messages_of(draw_rating(random, satisfied), habit.token)))
    asked = [synonym for service in content.services for synonym in service.synonyms[:2]]
    asked = asked or [service.name for service in content.services]
    for query in (*random.choices(asked, k=FOUND), *random.choices(NOT_FOUND, k=UNKNOWN)):
        said.append((Text(query), Text("sí" if random.random() < 0.8 else "no")))
    for words in random.choices(COMPLAINTS, k=COMPLAINED):
        said.append((Text(f"reclamo: {words}"), Text("saltar"), Text("sí")))
    for number, bodies in enumerate(said):
        channel = random.choices(CHANNELS, SHARES)[0]
        yield SimulatedCitizen(
            sender=Sender(channel, ACCOUNT, f"{week}-{number}"),
            at=_moment(week, content, random),
            said=bodies,
            first_response=random.getrandbits(62),
        )


def _moment(week: IsoWeek, content: Content, random: Random) -> datetime:
    """On a working day, mostly in the morning."""
    day = week.monday + timedelta(days=random.choices(range(6), (5, 5, 4, 4, 4, 1))[0])
    minutes = round(random.triangular(8 * 60, 19 * 60, 11 * 60))
    return datetime.combine(day, time(), tzinfo=content.zone) + timedelta(
        minutes=minutes, seconds=random.randrange(60)
    )
