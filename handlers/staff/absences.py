"""Absences and substitutes, through chains that must not form a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence from ``begins`` up to, but excluding, ``ends``. ``substitute`` 0: none."""

    staff: int
    substitute: int
    begins: datetime
    ends: datetime
    id: int = 0

    def covers(self, at: datetime) -> bool:
        """Whether the person is away at that moment."""
        return self.begins <= at < self.ends


def substitutes_at(absences: Iterable[Absence], at: datetime) -> dict[int, int]:
    """The substitute of everybody who is away at a moment: the first in the chain who is present.

    0: nobody.
    """
    chosen = _named_substitutes(absences, at)
    return {staff: _last_of_chain(chosen, staff) for staff in chosen}


def substitution_cycle(absences: Sequence[Absence], new: Absence) -> tuple[int, ...]:
    """The people who would substitute for one another in a circle, in order; empty if none.

    Checked whenever an absence begins or ends, as chains change only then: of two absences at once
    the newer counts, and the older one again after its end.
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
    """The substitute that everybody who is away has named.

    Of two absences at once the newer counts, unless it names nobody.
    """
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
