"""Absences: who stands in for whom, through chains of substitutes; no circle may come of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """A member of staff is away, from ``begins`` until before ``ends``. ``substitute`` 0: none."""

    staff: int
    substitute: int
    begins: datetime
    ends: datetime
    id: int = 0

    def covers(self, at: datetime) -> bool:
        """Whether the person is away then."""
        return self.begins <= at < self.ends


def substitutes_at(absences: Iterable[Absence], at: datetime) -> dict[int, int]:
    """Everybody who is away at a moment, with who stands in: the first of the chain who is there.

    0: nobody does.
    """
    chosen = _named_substitutes(absences, at)
    return {staff: _last_of_chain(chosen, staff) for staff in chosen}


def substitution_cycle(absences: Sequence[Absence], new: Absence) -> tuple[int, ...]:
    """Those whom a new absence would let stand in for one another, in order; empty: nobody.

    Chains change only when an absence begins or ends: the older one of two counts again when the
    newer ends.
    """
    together = [*absences, new]
    changes = {max(absence.begins, new.begins) for absence in together} | {
        absence.ends for absence in together
    }
    for at in sorted(at for at in changes if new.covers(at)):
        chosen = _named_substitutes(together, at)
        chain = [new.staff]
        following = chosen.get(new.staff, 0)
        while following in chosen and following not in chain:
            chain.append(following)
            following = chosen[following]
        if following == new.staff:
            return tuple(chain)
    return ()


def _named_substitutes(absences: Iterable[Absence], at: datetime) -> dict[int, int]:
    """Who is away with the substitute that they named; of two absences at once the newer counts,
    unless it names nobody."""
    chosen: dict[int, int] = {}
    for absence in sorted(absences, key=lambda absence: absence.begins):
        if absence.covers(at):
            chosen[absence.staff] = absence.substitute or chosen.get(absence.staff, 0)
    return chosen


def _last_of_chain(chosen: Mapping[int, int], staff: int) -> int:
    seen = set[int]()
    while staff in chosen and staff not in seen:
        seen.add(staff)
        staff = chosen[staff]
    return 0 if staff in seen else staff
