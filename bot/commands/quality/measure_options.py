"""What `opina measures` is given: refused in one line where the panel would refuse it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.commands.shared.naming import member_with
from bot.commands.shared.typed import typed_day
from handlers.errors import OperatorError
from handlers.measures.fields import (
    LONGEST,
    LONGEST_CRITERION,
    LONGEST_PLACE,
    LONGEST_TOLD,
    MOST_ATTENDED,
    TOO_FAR,
    is_too_far,
)
from handlers.measures.measures import is_complete
from handlers.measures.steps import Decided, Gap, Meeting
from handlers.privacy.masking import personal_spans
from handlers.text.days import Near
from handlers.text.display import as_typed, quoted

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction
    from storage.staff.staff import StaffMember


@dataclass(frozen=True, slots=True)
class GivenDecision:
    """What is to be done, as it was written; empty is what was not given."""

    cause: str
    action: str
    owner: str
    due: str

    @property
    def is_given(self) -> bool:
        """Whether anything of it was written."""
        return any((self.cause, self.action, self.owner, self.due))

    def checked(self, tx: Transaction, here: Installation, area: str) -> Decided:
        """The decision for a measure of the area, which has all it needs. Raises OperatorError."""
        why, what = words(self.cause, "--cause"), words(self.action, "--action")
        member = _owner(tx, here, self.owner, area)
        decided = Decided(
            why, what, member.id, typed_day("--due", self.due, _today(here), Near.AHEAD)
        )
        if not is_complete(decided, _today(here)):
            raise OperatorError(f"--due {self.due}: esa fecha ya pasó")
        if is_too_far(decided.due, _today(here)):
            raise OperatorError(f"--due {self.due}: {TOO_FAR.lower()}")
        return decided


def meeting(here: Installation, held_on: str, place: str, attendance: int) -> Meeting:
    """What the record of a meeting needs. Raises OperatorError."""
    day = typed_day("--held-on", held_on, _today(here), Near.PAST)
    if day > _today(here):
        raise OperatorError(f"--held-on {held_on}: esa fecha aún no llega")
    where = words(place, "--place", LONGEST_PLACE)
    if not attendance:
        raise OperatorError("--attendance: falta cuántas personas asistieron a la reunión")
    if attendance > MOST_ATTENDED:
        raise OperatorError(f"--attendance {attendance}: pueden ser de 1 a {MOST_ATTENDED}")
    return Meeting(day, where, attendance)


def gap(criterion: str, evidence: str) -> Gap:
    """What a gap of a self-assessment needs. Raises OperatorError."""
    unmet = words(criterion, "--criterion", LONGEST_CRITERION)
    return Gap(unmet, words(evidence, "--evidence"))


def published(here: Installation, text: str, *, names_nobody: bool) -> str:
    """What is told to everybody. Raises OperatorError where it may tell who somebody is."""
    told = words(text, "--tell", LONGEST_TOLD)
    spans = () if names_nobody else personal_spans(told, here.release.lexicon.names)
    found = dict.fromkeys(told[span.start : span.end] for span in spans)
    if found:
        raise OperatorError(
            f"--tell: puede decir quién es alguien: {', '.join(map(quoted, found))}; si no es de"
            " ninguna persona, agregue --names-nobody"
        )
    return told


def words(text: str, what: str, longest: int = LONGEST) -> str:
    """Words that must be there and fit. Raises OperatorError."""
    found = as_typed(text).strip()
    if not found:
        raise OperatorError(f"{what}: está vacío")
    if len(found) > longest:
        raise OperatorError(f"{what}: tiene {len(found)} letras; caben {longest}")
    return found


def _owner(tx: Transaction, here: Installation, email: str, area: str) -> StaffMember:
    """Who is responsible, if they may decide measures of the area. Raises OperatorError."""
    from storage.measures.owners import owners

    member = member_with(tx, email, "--owner ")
    able = owners(tx, area, sensitive=here.release.is_sensitive(area))
    if member.id not in {other.id for other in able}:
        raise OperatorError(
            f"--owner {quoted(email)}: no puede decidir medidas de esa área; elija a otra persona,"
            f" o dele el rol: opina staff role {email} jefatura --area {area}"
        )
    return member


def _today(here: Installation) -> date:
    return here.opened_at.astimezone(here.zone).date()
