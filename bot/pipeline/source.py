"""Loads what ``step`` needs from the database, in the transaction of its batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.pipeline.week_news import week_news
from bot.reports.words.area_words import channel_name
from handlers.handover import Holder, People
from handlers.measures.choosing import PartNames
from handlers.measures.opening import brief
from handlers.own_record import MyData, MyRecord
from handlers.release import Release
from handlers.staff.permissions import Action, areas_of, may_in
from handlers.staff_chat.cases import CaseBrief
from handlers.staff_chat.measures import IndicatorBrief, MeasureBrief
from handlers.state import Answered, CaseStatus, RoundBrief, Staff, WeekNews
from storage.assessments import rounds
from storage.cases import in_chat, taking_back
from storage.contacts import needs
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.handovers import people, taking
from storage.handovers.changing import StaffActing
from storage.handovers.reading import citizens_words
from storage.measures.chat import measures_of
from storage.measures.choosing import choices_of
from storage.privacy import own_record
from storage.staff import roles
from storage.turns import TurnTaken, about_measures

_REQUESTS = "-D"  # after the prefix in the numbers of data-rights requests


@dataclass(frozen=True, slots=True)
class BatchContext:
    """What all batches of this process share."""

    keyring: Keyring
    release: Release
    owner: Owner
    clock: Callable[[], datetime]
    shard: int = 0  # the shard of the weekly sums that this process adds to
    mails: bool = False  # the mail channel is on
    former_keys: bool = False  # seen_events may hold keys of before an upgrade (the whole hash)


@dataclass(frozen=True, slots=True)
class StoredSource:
    """The ``needs.Source`` of one contact's turn."""

    context: BatchContext
    contact_id: int
    now: datetime
    tx: Transaction
    taken: Sequence[TurnTaken] = ()  # earlier turns of the batch, not yet written

    def case_number(self) -> str:
        return self._next_number()

    def request_number(self) -> str:
        return self._next_number(_REQUESTS)

    def my_data(self) -> MyData:
        return own_record.my_data(self.tx, self.context.keyring, self.contact_id)

    def my_record(self) -> MyRecord:
        return own_record.my_record(self.tx, self.context.keyring, self.contact_id)

    def answers(self, response: int) -> tuple[tuple[str, str], ...]:
        return needs.answers_of(self.tx, self.context.keyring, self.contact_id, response)

    def staff_code(self, code: str) -> Staff | None:
        return needs.use_staff_code(self.tx, self.context.keyring, code, self.now)

    def case_is_open(self, number: str) -> bool:
        return needs.can_be_answered(self.tx, number)

    def may_answer(self, number: str, staff: int) -> bool:
        return self._may_act(number, staff, Action.ANSWER_CASES)

    def may_note(self, number: str, staff: int) -> bool:
        return self._may_act(number, staff, Action.NOTE_CASES)

    def undoable(self, number: str, staff: int) -> int:
        return taking_back.last_undoable(self.tx, number, staff, self.now)

    def open_cases(self, staff: int) -> tuple[CaseBrief, ...]:
        return in_chat.open_cases(self.tx, self._answers_in(staff))

    def case_words(self, number: str, staff: int) -> CaseBrief | None:
        areas = self._answers_in(staff)
        return in_chat.case_words(self.tx, self.context.keyring, number, areas)

    def last_answer(self, number: str) -> Answered | None:
        return needs.answered(self.tx, number)

    def case_status(self, number: str) -> CaseStatus | None:
        return needs.case_status(self.tx, self.contact_id, number)

    def measures(self, staff: int) -> tuple[MeasureBrief, ...]:
        unwritten = about_measures(self.taken)
        content = self.context.release.content
        return measures_of(self.tx, self.context.keyring, staff, content, unwritten)

    def measure_areas(self, staff: int) -> tuple[str, ...]:
        areas = {area.id: area.sensitive for area in self.context.release.content.areas}
        found = areas_of(roles.grants_of(self.tx, staff), Action.OPEN_MEASURES, areas)
        return tuple(area for area in areas if area in found)

    def indicators(self, area: str) -> tuple[IndicatorBrief, ...]:
        names = PartNames(self.context.release.content, channel_name)
        found = choices_of(self.tx, names, area, self.now)
        return tuple(brief(measure.judged_by) for measure in found)

    def rounds(self, staff: int) -> tuple[RoundBrief, ...]:
        return rounds.waiting_for(self.tx, self.context.keyring, staff, self.now)

    def week(self, staff: int) -> WeekNews | bool:
        return week_news(self.tx, self.context.release, staff)

    def people(self, area: str) -> People:
        sensitive = self.context.release.is_sensitive(area)
        return people.people(self.tx, area, sensitive=sensitive, now=self.now)

    def handover(self, id: int) -> tuple[str, ...]:
        return citizens_words(self.tx, self.context.keyring, id)

    def take_over(self, id: int, staff: int) -> Holder | None:
        acting = StaffActing(id, staff, self.now)
        sensitive = self.context.release.is_sensitive
        return taking.take_over(self.tx, self.context.keyring, acting, sensitive)

    def _may_act(self, number: str, staff: int, action: Action) -> bool:
        area = needs.area_of(self.tx, number)
        sensitive = self.context.release.is_sensitive(area)
        held = roles.roles_of(self.tx, staff, self.now)
        return may_in(held, action, area, sensitive=sensitive)

    def _answers_in(self, staff: int) -> frozenset[str]:
        """The areas whose cases a staff member may answer, including as a substitute."""
        areas = {area.id: area.sensitive for area in self.context.release.content.areas}
        return areas_of(roles.roles_of(self.tx, staff, self.now), Action.ANSWER_CASES, areas)

    def _next_number(self, series: str = "") -> str:
        """The next number of a series, such as LS-2026-000123 or LS-D-2026-000123."""
        content = self.context.release.content
        year = self.now.astimezone(content.zone).year
        return needs.next_case_number(self.tx, content.case_prefix + series, year)
