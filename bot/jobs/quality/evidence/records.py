"""What is on record besides the figures, read on one snapshot, and what of it may be shown."""

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
    """What is on record besides the figures, oldest first unless noted."""

    runs: list[ControlRun]
    measures: list[Measure]
    cases: Timeliness
    published: list[IsoWeek]
    readers: dict[IsoWeek, int]  # how many staff addresses got each week's digest
    assessed: dict[str, Assessment]  # each area's newest validated one
    rounds: list[Round]  # closed questionnaires to staff
    staff_counts: Mapping[str, Mapping[str, Counts]]  # their answers, by area and round
    breaches: list[Breach]  # newest first

    @property
    def answered(self) -> assessment_words.Measures:
        """The measures opened by gaps of a self-assessment."""
        return {
            assessment.number: measures_of(assessment, self.measures)
            for assessment in self.assessed.values()
        }


async def load_records(
    database: Database, keyring: Keyring, release: Release, now: datetime
) -> Records:
    """Read everything on one snapshot. Raises StorageUnavailable."""

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
    """A round's figures in one area, one per question."""
    counts = records.staff_counts.get(area, {}).get(staff_round.number, {})
    return [figure(staff_round, question, counts) for question in staff_round.questions]


def readings_shown(digest: Digest | None) -> dict[str, Census]:
    """How many staff understood the policy, per area of the newest digest; "" is elsewhere."""
    if digest is None:
        return {}
    told = {area.id: area.reading for area in digest.areas if area.reading is not None}
    elsewhere = read_elsewhere(digest)
    return told if elsewhere is None else {"": elsewhere, **told}


def signals_of(run: ControlRun) -> int:
    """How many areas had a signal in the run."""
    return len(run.with_standing(Standing.SIGNAL))


def judged_of(run: ControlRun) -> int:
    """How many areas had a new point to judge in the run."""
    return signals_of(run) + len(run.with_standing(Standing.QUIET))
