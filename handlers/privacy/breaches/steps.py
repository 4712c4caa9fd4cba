"""What can happen to a security breach: each step as it is kept, for ever and in order."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class DataKind(StrEnum):
    """What of a citizen a breach is about: where those affected are looked for."""

    CONTACT = "contact"  # how somebody is reached: telephone, account or mail
    RATINGS = "ratings"  # grades and comments
    CASES = "cases"  # with their files
    CHATS = "chats"  # with a person
    REQUESTS = "requests"  # about own data


class Special(StrEnum):
    """Data of which those affected must be told too (Ley 19.628, art. 14 sexies)."""

    SENSITIVE = "sensitive"
    CHILDREN = "children"  # under fourteen
    FINANCIAL = "financial"  # economic, financial, banking or commercial obligations


class BreachScope(Struct, frozen=True):
    """Whose data it is: each part narrows, an empty one does not.

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

    ``has_risk``: a reasonable one for the rights and freedoms of those affected, so that the Agency
    must be told. ``others``: how many people are affected whom this service does not know.
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
    """It stands in the register. ``report_by``: the Agency is told by then, ``hours`` after it was
    noticed."""

    description: Description
    report_by: datetime
    hours: int


class Corrected(Struct, frozen=True, tag="corrected"):
    """It is described anew, and why; what was written before stays. One that is closed is open
    again."""

    description: Description
    report_by: datetime
    hours: int
    reason: str


class NoteAdded(Struct, frozen=True, tag="noted"):
    """Something that was found or done."""

    text: str


class Reported(Struct, frozen=True, tag="reported"):
    """The Agency was told of it: how, with which number, and why late where it is.

    ``affected``: how many people were counted then; None: the count was not made yet.
    """

    reported_at: datetime
    text: str
    affected: int | None


class CitizensTold(Struct, frozen=True, tag="told"):
    """Those affected are told in the chat; ``count``: how many were known to be affected then."""

    text: str
    count: int


class CitizensToldOtherwise(Struct, frozen=True, tag="told-otherwise"):
    """Those affected were told in another way, such as a public notice: which, where and when."""

    text: str


class Closed(Struct, frozen=True, tag="closed"):
    """Nothing more is to be done. ``text``: what keeps it from happening again."""

    text: str


Event = Recorded | Corrected | NoteAdded | Reported | CitizensTold | CitizensToldOtherwise | Closed


class BreachStep(Struct, frozen=True):
    """One event, by whom and when. ``staff`` 0: the service."""

    at: datetime
    staff: int
    event: Event
