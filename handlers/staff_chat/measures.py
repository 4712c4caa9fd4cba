"""Measures as a staff conversation sees them: those that wait, and one being opened."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class MeasureBrief(Struct, frozen=True):
    """A corrective measure that a staff member may act on.

    ``words``: what is to be done, or else what it is about. ``can``: values of
    handlers.measures.measures.Verb.
    """

    number: str
    area: str
    state: str
    words: str
    due_at: datetime | None
    can: tuple[str, ...]
    judged_by: str = ""  # the name of its indicator, if it is not grades 6 and 7
    owner: int = 0  # staff id; 0: nobody yet
    holder: str = ""  # the owner's name, if that is another member of staff
    moved_from: date | None = None  # the date first decided, if it was moved


class IndicatorBrief(Struct, frozen=True):
    """An indicator by which a measure can be judged. ``kept``: a JudgedBy as JSON."""

    label: str
    kept: str


class MeasureForm(Struct, frozen=True):
    """The fields so far of a measure that a staff member is opening, or the note being written.

    ``noted``: the number of the measure that a note is for. ``origin``: a measures.steps.Origin.
    ``said``: pairs of measures.fields.Field and words, in order. ``judged_by`` None: grades 6
    and 7. ``proposed``: words that may be a note or a question; being asked.
    """

    area: str = ""
    origin: str = ""
    said: tuple[tuple[str, str], ...] = ()
    judged_by: IndicatorBrief | None = None
    noted: str = ""
    proposed: str = ""

    def words(self, field: str) -> str:
        """The words of a field; empty if not given yet."""
        return dict(self.said).get(field, "")
