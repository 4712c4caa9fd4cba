"""The steps of a security breach, as they are stored for good and in order."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class DataKind(StrEnum):
    """Kinds of data that a breach can be about, by which affected people are found."""

    CONTACT = "contact"  # telephone, account or mail address
    RATINGS = "ratings"  # grades and comments
    CASES = "cases"  # with their files
    CHATS = "chats"  # with a person
    REQUESTS = "requests"  # about own data


class Special(StrEnum):
    """Special data, of which the people affected must be told (Ley 19.628, art. 14 sexies)."""

    SENSITIVE = "sensitive"
    CHILDREN = "children"  # under fourteen
    FINANCIAL = "financial"  # economic, financial, banking or commercial obligations


class BreachScope(Struct, frozen=True):
    """Whose data is affected: each field narrows it down, an empty one does not.

    ``channels``: where a contact wrote, or a case was entered. ``since``, ``until``: days on which
    the data came in, both included, in the municipality's zone; without ``until`` only what came
    in before the breach was noticed. ``cases``: only these numbers.
    """

    kinds: tuple[DataKind, ...]
    channels: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    cases: tuple[str, ...] = ()


class Description(Struct, frozen=True):
    """What is known of a breach. ``happened_at`` None: unknown.

    ``has_risk``: a reasonable risk for the rights and freedoms of the people affected, so that the
    Agency must be told. ``others``: how many affected people this service does not know.
    """

    noticed_at: datetime
    what: str
    scope: BreachScope
    effects: str
    measures: str
    has_risk: bool
    happened_at: datetime | None = None
    special: tuple[Special, ...] = ()
    other_data: str = ""
    others: int = 0


class Recorded(Struct, frozen=True, tag="recorded"):
    """The breach was recorded. ``report_by``: ``hours`` after it was noticed."""

    description: Description
    report_by: datetime
    hours: int


class Corrected(Struct, frozen=True, tag="corrected"):
    """A new description, with the reason; the earlier one is kept. Reopens a closed breach."""

    description: Description
    report_by: datetime
    hours: int
    reason: str


class NoteAdded(Struct, frozen=True, tag="noted"):
    """A note of something found or done."""

    text: str


class Reported(Struct, frozen=True, tag="reported"):
    """The Agency was told: how, under which number and, if late, why.

    ``affected``: how many people were counted by then; None before the first count.
    """

    reported_at: datetime
    text: str
    affected: int | None


class CitizensTold(Struct, frozen=True, tag="told"):
    """The people affected are told in their chats. ``count``: how many were known to be."""

    text: str
    count: int


class CitizensToldOtherwise(Struct, frozen=True, tag="told-otherwise"):
    """The people affected were told in another way, such as a public notice."""

    text: str


class Closed(Struct, frozen=True, tag="closed"):
    """The breach is closed. ``text``: what prevents it from happening again."""

    text: str


Event = Recorded | Corrected | NoteAdded | Reported | CitizensTold | CitizensToldOtherwise | Closed


class BreachStep(Struct, frozen=True):
    """One event, by whom and when. ``staff`` 0: the service."""

    at: datetime
    staff: int
    event: Event
