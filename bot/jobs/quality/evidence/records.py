"""What is on record beside the figures, read at once, and which of it may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.reports.quality import assessment_words
from handlers.assessments.assessments import Assessment, newest_validated
from handlers.assessments.gaps import measures_of
from handlers.assessments.rounds import Counts, Round, StaffFigure, figure
from handlers.indicators.work import read_elsewhere
from handlers.measures.measures import Measure
from handlers.privacy.breaches.breach import Breach
from handlers.quality.control import ControlRun, Standing
from handlers.quality.figures import Census, Digest
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.assessments import rounds
from storage.assessments import steps as assessment_steps
from storage.cases.timeliness import Timeliness, timeliness
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.measures.steps import all_measures
from storage.privacy.breaches import steps as breach_steps
from storage.quality import control, digests


@dataclass(frozen=True, slots=True)
class Records:
    """What is on record beside the figures, oldest first."""

    runs: list[ControlRun]
    measures: list[Measure]
    cases: Timeliness
    published: list[IsoWeek]
    readers: dict[IsoWeek, int]  # of each week's digest
    assessed: dict[str, Assessment]  # the newest validated one of each area
    rounds: list[Round]  # questionnaires to staff that are closed
    staff_counts: Mapping[str, Mapping[str, Counts]]  # their answers, by area and round
    breaches: list[Breach]  # of security, the newest first

    @property
    def answered(self) -> assessment_words.Measures:
        """The measures that gaps opened."""
        return {
            assessment.number: measures_of(assessment, self.measures)
            for assessment in self.assessed.values()
        }


async def load_records(
    database: Database, keyring: Keyring, release: Release, now: datetime
) -> Records:
    """Everything on one snapshot. Raises StorageUnavailable."""

    def read(tx: Transaction) -> Records:
        closed = [
            staff_round for staff_round in rounds.all_rounds(tx) if not staff_round.is_open(now)
        ]
        return Records(
            control.kept_runs(tx),
            all_measures(tx, keyring, release.content.zone),
            timeliness(tx, now),
            [published.week for published in reversed(digests.weeks_published(tx))],
            digests.readers_by_week(tx),
            newest_validated(assessment_steps.all_assessments(tx, keyring)),
            closed,
            rounds.counts(tx, closed),
            breach_steps.all_breaches(tx, keyring),
        )

    return await database.read(read)


def figures_of(records: Records, staff_round: Round, area: str) -> list[StaffFigure]:
    """The figures of each question of a round in an area."""
    counts = records.staff_counts.get(area, {}).get(staff_round.number, {})
    return [figure(staff_round, question, counts) for question in staff_round.questions]


def readings_shown(digest: Digest | None) -> dict[str, Census]:
    """By area, staff who understood the policy as the newest digest tells it; "" is elsewhere."""
    if digest is None:
        return {}
    told = {area.id: area.reading for area in digest.areas if area.reading is not None}
    elsewhere = read_elsewhere(digest)
    return told if elsewhere is None else {"": elsewhere, **told}


def signals_of(run: ControlRun) -> int:
    """How many areas had a signal."""
    return len(run.with_standing(Standing.SIGNAL))


def judged_of(run: ControlRun) -> int:
    """How many areas had a new point to judge, with or without a signal."""
    return signals_of(run) + len(run.with_standing(Standing.QUIET))
