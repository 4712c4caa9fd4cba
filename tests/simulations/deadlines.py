"""No silent case: two years of holidays played through: ``python -m tests.simulations.deadlines``.

The real job, storage and rules on a real database; only the clock is moved. 10,000 cases come in by
day and night, are forwarded, extended, answered, opened again or forgotten. Staff are away at
random, and the service stands still now and then. Prints how many cases lapsed, and how many of
them without two warnings before, each to two people who were there; exit code 1 if there is one.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import partial
from pathlib import Path
from random import Random

import structlog
from holidays import country_holidays

from bot.content.release import PACKAGED, load_release
from bot.installation import installation_of
from bot.jobs.deadlines import Deadlines
from handlers.cases.deadlines import OIRS, DeadlineRule, calendar_of, longest
from handlers.facts.cases import CaseAnswered, CaseExtended, CaseKind, CaseOpened, Due
from handlers.messages import Channel, Sender
from handlers.release import Release
from handlers.staff.absences import Absence, substitution_cycle
from storage.cases import changing, forwarding, reading, recording
from storage.cases.changing import StaffAction
from storage.duty import absences
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.keys_used import open_with_keys
from storage.engine.times import moment
from storage.staff import staff
from tests.hired import hired
from tests.storage.scene import Said, Scene

BEGIN = datetime(2026, 1, 2, 12, tzinfo=UTC)
YEARS = timedelta(days=730)
SETTLED = timedelta(days=75)  # the longest term of the last case is over by then
CONTACTS = 400
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Term:
    """A case from the moment that its term began; ``ended``: answered, closed or extended."""

    number: str
    due_at: datetime
    ended: datetime = NEVER


@dataclass(slots=True)
class Plan:
    """What happens with a case, in order: (when, what)."""

    number: str
    area: str
    steps: list[tuple[datetime, str]]


@dataclass
class Outcome:
    """What the two years came to."""

    cases: int = 0
    terms: int = 0
    lapsed: int = 0
    silent: list[str] = field(default_factory=list)  # lapsed without the warnings before
    outside_hours: int = 0
    to_absent: int = 0
    wrong_dates: list[str] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)
    longest_halt: timedelta = timedelta(0)

    def lines(self) -> list[str]:
        return [
            f"cases                                   {self.cases:>7,}",
            f"terms (opened again, extended)          {self.terms:>7,}",
            f"terms that lapsed without an answer     {self.lapsed:>7,}",
            f"  of these without two earlier warnings {len(self.silent):>7,}",
            "    to two people who were there",
            f"warnings: first {self.steps['first']:,}, second {self.steps['second']:,}, "
            f"unread {self.steps['unread']:,}, overdue {self.steps['overdue']:,}",
            f"warnings outside working hours          {self.outside_hours:>7,}",
            f"warnings to people who were away        {self.to_absent:>7,}",
            f"dates that their rule does not give     {len(self.wrong_dates):>7,}",
            f"longest halt of the service             {self.longest_halt}",
        ]

    @property
    def good(self) -> bool:
        """Whether nobody was forgotten."""
        return not (self.silent or self.outside_hours or self.to_absent or self.wrong_dates)


class Municipality:
    """A municipality with its staff, and the cases of a while."""

    def __init__(
        self,
        release: Release,
        database: Database,
        keyring: Keyring,
        count: int,
        seed: int,
        lasts: timedelta,
    ) -> None:
        self.lasts = lasts
        self.release = release
        self.calendar = calendar_of(release.content)
        self.rules = release.content.case_rules
        self.scene = Scene(database, keyring)
        self.database = database
        self.keyring = keyring
        self.chance = Random(seed)
        self.now = BEGIN
        self.count = count
        self.absences: dict[int, list[tuple[datetime, datetime]]] = {}
        self.by_area: defaultdict[str, list[int]] = defaultdict(list)
        self.terms: dict[str, list[Term]] = {}
        self.plans: list[Plan] = []
        self.outcome = Outcome(cases=count)
        self.job = Deadlines(installation_of(database, keyring, release, lambda: self.now))

    # Staff

    async def hires(self) -> None:
        """One or two for each area, three for all, two on duty."""
        areas = [area.id for area in self.release.content.areas]
        wanted = [area for area in areas for _ in range(self.chance.choice((1, 1, 2)))]

        def add(tx: Transaction) -> None:
            for place, area in enumerate([*wanted, "", "", ""]):
                member = hired(tx, self.keyring, "x", f"a{place}@muni.example", area, BEGIN)
                self.by_area[area].append(member.id)
            for place in range(2):
                staff.ensure_duty(tx, self.keyring, f"turno{place}@muni.example", BEGIN)
            everyone = staff.everyone(tx)
            for member in everyone:
                self.absences[member.id] = self._absences()
            self._names_substitutes(tx, [member.id for member in everyone])

        await self.database.write(add)

    def _absences(self) -> list[tuple[datetime, datetime]]:
        """Away about a quarter of the time: days of illness, weeks of vacation."""
        found, at = [], BEGIN
        while at < BEGIN + self.lasts + SETTLED:
            at += timedelta(days=self.chance.expovariate(1 / 24))
            until = at + timedelta(days=self.chance.choice((1, 1, 2, 3, 5, 10, 15, 21)))
            found.append((at, until))
            at = until
        return found

    def is_away(self, staff_id: int, at: datetime) -> bool:
        spans = self.absences[staff_id]
        place = bisect_right(spans, (at, NEVER)) - 1
        return place >= 0 and at < spans[place][1]

    def _names_substitutes(self, tx: Transaction, everyone: list[int]) -> None:
        """Half of the absences have a substitute, who may be away as well: then theirs stands in.

        Whoever would stand in for themselves by a chain is not named, as in the panel.
        """
        noted: list[Absence] = []
        for staff_id, spans in self.absences.items():
            for begins, ends in spans:
                other = self.chance.choice([0, self.chance.choice(everyone)])
                fresh = Absence(staff_id, 0 if other == staff_id else other, begins, ends)
                near = [one for one in noted if one.begins < ends and begins < one.ends]
                if substitution_cycle(near, fresh):
                    fresh = replace(fresh, substitute=0)
                noted.append(fresh)
                absences.add(tx, fresh)

    # Cases

    def draws(self) -> list[tuple[datetime, Plan]]:
        """When each case comes in, by day and night, and what is to become of it."""
        areas = [area.id for area in self.release.content.areas]
        found = []
        for place in range(self.count):
            at = BEGIN + self.chance.random() * self.lasts
            area = self.chance.choice([*areas, ""])
            found.append((at, self._plan(f"LS-2026-{place:06}", area, at)))
        return sorted(found, key=lambda one: one[0])

    def _plan(self, number: str, area: str, at: datetime) -> Plan:
        chance, steps = self.chance, []

        def later(mean_days: float) -> datetime:
            return at + timedelta(days=chance.expovariate(1 / mean_days))

        if chance.random() < 0.15:
            steps.append((later(3), "forward"))
        if chance.random() < 0.10:
            steps.append((later(12), "extend"))
        if chance.random() < 0.80:  # the others are forgotten by everybody
            answered = later(14)
            steps.append((answered, "answer"))
            if chance.random() < 0.10:
                steps.append((answered + timedelta(days=chance.uniform(0, 29)), "reopen"))
        return Plan(number, area, sorted(steps))

    async def opens(self, plans: list[tuple[datetime, Plan]]) -> None:
        said = []
        for at, plan in plans:
            rule = DeadlineRule(OIRS, self.rules.answer_days)
            due = Due(self.calendar.due(at, rule), str(rule))
            self.terms[plan.number] = [Term(plan.number, due.at)]
            fact = CaseOpened(plan.number, CaseKind.COMPLAINT, plan.area, "No pasa", due)
            said.append(Said(self._sender(plan.number), [fact], at=at))
            self.plans.append(plan)
        if said:
            await self.scene.take(*said)

    def _sender(self, number: str) -> Sender:
        return Sender(Channel.TELEGRAM, "1", str(int(number[-6:]) % CONTACTS))

    async def acts(self) -> None:
        """All that is due by now is done, by somebody of the area who is there."""
        todo: list[tuple[str, StaffAction, Plan]] = []
        for plan in self.plans:
            while plan.steps and plan.steps[0][0] <= self.now:
                _, what = plan.steps.pop(0)
                if what == "reopen":
                    await self._reopens(plan)
                    continue
                staff_ids = self.by_area.get(plan.area) or self.by_area[""]
                there = [id for id in staff_ids if not self.is_away(id, self.now)]
                if not there or not self.calendar.is_open(self.now):
                    plan.steps.insert(0, (self.now + timedelta(hours=3), what))
                    break
                doing = StaffAction(plan.number, self.now, there[0])
                todo.append((what, doing, plan))
        if todo:
            await self.database.write(partial(self._do_all, todo))
        self.plans = [plan for plan in self.plans if plan.steps]

    def _do_all(self, todo: list[tuple[str, StaffAction, Plan]], tx: Transaction) -> None:
        for what, doing, plan in todo:
            self._do(tx, what, doing, plan)

    def _do(self, tx: Transaction, what: str, doing: StaffAction, plan: Plan) -> None:
        term = self.terms[plan.number][-1]
        if what == "answer":
            recording.answer(
                tx, self.keyring, CaseAnswered(plan.number, doing.staff, "Ya."), self.now
            )
            term.ended = min(term.ended, self.now)
        elif what == "forward":
            others = [area for area in self.by_area if area and area != plan.area]
            plan.area = self.chance.choice(others)
            forwarding.forward(tx, self.keyring, doing, plan.area)
        elif what == "extend" and self.now < term.due_at:
            case = reading.find_case(tx, self.keyring, plan.number)
            assert case is not None
            assert case.due_from is not None
            due = longest(case.due_from, case.rule, self.rules, self.calendar)
            if changing.extend(tx, self.keyring, doing, due, "Falta un informe."):
                term.ended = self.now
                self.terms[plan.number].append(Term(plan.number, due.at))

    async def _reopens(self, plan: Plan) -> None:
        rule = DeadlineRule(OIRS, self.rules.answer_days)
        due = Due(self.calendar.due(self.now, rule), str(rule))
        case = await self.database.read(lambda tx: reading.find_case(tx, self.keyring, plan.number))
        if case is None or case.status != "answered":
            return
        fact = CaseExtended(plan.number, "Sigue igual", due)
        await self.scene.take(Said(self._sender(plan.number), [fact], at=self.now))
        self.terms[plan.number].append(Term(plan.number, due.at))
        if self.chance.random() < 0.7:
            days = self.chance.expovariate(1 / 14)
            plan.steps.append((self.now + timedelta(days=days), "answer"))

    # Time

    async def lives(self) -> Outcome:
        """The while and what is left of the last terms; the clock moves in steps of all sizes."""
        coming = self.draws()
        await self.hires()
        end = BEGIN + self.lasts + SETTLED
        while self.now < end:
            step = timedelta(minutes=self.chance.uniform(10, 240))
            if self.chance.random() < 0.01:  # the service stands still
                step = timedelta(hours=self.chance.uniform(6, 60))
                self.outcome.longest_halt = max(self.outcome.longest_halt, step)
            self.now += step
            place = bisect_right(coming, self.now, key=lambda one: one[0])
            new, coming = coming[:place], coming[place:]
            self.scene.context = type(self.scene.context)(
                0, self.calendar.zone, self.scene.context.owner, self.now
            )
            await self.opens(new)
            await self.acts()
            if await self.job.run_once():  # nobody reads them here
                await self.database.write(lambda tx: tx.exec_driver_sql("DELETE FROM inbox"))
        await self.judges()
        return self.outcome

    async def judges(self) -> None:
        """Hold what is on record against what was to be."""
        warnings: defaultdict[tuple[str, datetime], dict[str, list[tuple[datetime, int]]]]
        warnings = defaultdict(lambda: defaultdict(list))
        rows = await self.scene.rows("SELECT number, due_at, step, staff_id, at FROM case_warnings")
        for number, due_at, step, staff_id, at in rows:
            warned = (moment(int(str(at))), int(str(staff_id)))
            warnings[str(number), moment(int(str(due_at)))][str(step)].append(warned)
        for told_of in warnings.values():
            for step, told in told_of.items():
                self.outcome.steps[step] += 1
                at = told[0][0]
                self.outcome.outside_hours += not works(at, self.calendar.zone)
                self.outcome.to_absent += sum(self.is_away(id, at) for _, id in told)
        for terms in self.terms.values():
            for term in terms:
                self.outcome.terms += 1
                if term.ended <= term.due_at:
                    continue
                self.outcome.lapsed += 1
                before = [
                    {staff_id for at, staff_id in told if at < term.due_at}
                    for step, told in warnings[term.number, term.due_at].items()
                    if step in ("first", "second")
                ]
                if sum(len(people) >= 2 for people in before) < 2:
                    self.outcome.silent.append(term.number)
        stored = await self.scene.rows("SELECT number, due_from, due_at, rule FROM cases")
        for number, due_from, due_at, rule in stored:
            if counted(moment(int(str(due_from))), str(rule), self.calendar.zone) != due_at:
                self.outcome.wrong_dates.append(str(number))


def works(at: datetime, zone: tzinfo) -> bool:
    """Whether somebody may be told: counted apart from the calendar of the product."""
    local = at.astimezone(zone)
    return is_working(local.date()) and time(8, 30) <= local.time() < time(17, 30)


def counted(since: datetime, rule: str, zone: tzinfo) -> int:
    """The due date that a stored rule gives, counted day by day apart from the product's way."""
    left = int(rule.split()[1])
    day = since.astimezone(zone).date()
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    ends = datetime.combine(day, time(23, 59, 59), tzinfo=zone)
    return int(ends.timestamp()) * 1_000_000


HOLIDAYS = country_holidays("CL", years=range(2025, 2029))


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


async def simulate(count: int, seed: int, folder: Path, lasts: timedelta = YEARS) -> Outcome:
    """Play it all through in a new database."""
    release = load_release(PACKAGED)
    database, keyring = await open_with_keys(f"sqlite:///{folder}/opina.db", folder / "keys.toml")
    try:
        return await Municipality(release, database, keyring, count, seed, lasts).lives()
    finally:
        await database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory(), processors=[])
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(simulate(chosen.cases, chosen.seed, Path(folder)))
    print("\n".join(outcome.lines()))
    for number in outcome.silent[:10]:
        print(f"silent: {number}")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
