"""What a conversation of staff has of corrective measures: those that wait, one being opened."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class MeasureBrief(Struct, frozen=True):
    """A corrective measure that a staff member may do something with. ``words``: what is to be
    done, or else what it is about; ``can``: handlers.measures.Verb."""

    number: str
    area: str
    state: str
    words: str
    due_at: datetime | None
    can: tuple[str, ...]
    judged_by: str = ""  # another indicator than grades 6 and 7, as it is called
    owner: int = 0  # who sees to it; 0: nobody yet
    holder: str = ""  # the owner's name, if that is another member of staff
    moved_from: date | None = None  # the date that was first decided, where another holds now


class IndicatorBrief(Struct, frozen=True):
    """An indicator by which a measure can be judged. ``kept``: handlers.measures.JudgedBy as
    JSON."""

    label: str
    kept: str


class MeasureForm(Struct, frozen=True):
    """What a staff member has said so far of a measure that is being opened; ``noted``: the number
    of the one that a note is written for instead.

    ``origin``: handlers.measures.Origin; ``said``: handlers.measures.Field and words, in their
    order; ``judged_by`` None: grades 6 and 7. ``proposed``: words that are a note or a question,
    which is asked.
    """

    area: str = ""
    origin: str = ""
    said: tuple[tuple[str, str], ...] = ()
    judged_by: IndicatorBrief | None = None
    noted: str = ""
    proposed: str = ""

    def words(self, field: str) -> str:
        """What was said of a field; empty: nothing."""
        return dict(self.said).get(field, "")
