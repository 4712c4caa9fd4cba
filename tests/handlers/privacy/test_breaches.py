"""What the law asks for of a breach, what can happen to it next, and when staff are reminded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.privacy.breaches.breach import Breach, BreachState, OpenDuty, breach_of
from handlers.privacy.breaches.due import report_by, warning_due
from handlers.privacy.breaches.steps import (
    BreachScope,
    BreachStep,
    CitizensTold,
    CitizensToldOtherwise,
    Closed,
    Corrected,
    DataKind,
    Description,
    Event,
    NoteAdded,
    Recorded,
    Reported,
    Special,
)
from handlers.privacy.due import PrivacyWarning

NOTICED = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)  # a Friday evening
REPORT, TELL = OpenDuty.REPORT, OpenDuty.TELL
REPORTED, TOLD = Reported(NOTICED, "Folio 17", 3), CitizensTold("Se perdió un disco", 3)
OTHERWISE = CitizensToldOtherwise("Un diario")
CLOSED, NOTED = Closed("Discos cifrados"), NoteAdded("Se revisó")


def known(
    *, risk: bool = True, special: bool = True, effects: str = "Se leen", others: int = 0
) -> Description:
    kinds = (Special.CHILDREN,) if special else ()
    scope = BreachScope((DataKind.RATINGS,))
    return Description(
        NOTICED, "Un disco", scope, effects, "Claves", risk, special=kinds, others=others
    )


def after(description: Description, *events: Event) -> Breach:
    recorded = Recorded(description, report_by(NOTICED, 72), 72)
    return breach_of("V-2026-001", [BreachStep(NOTICED, 1, one) for one in (recorded, *events)])


def corrected(description: Description) -> Corrected:
    return Corrected(description, report_by(NOTICED, 72), 72, "Se supo más")


@pytest.mark.parametrize(
    ("description", "events", "state", "lacks"),
    [
        (known(), [], BreachState.OPEN, (REPORT, TELL)),
        (known(), [NOTED], BreachState.OPEN, (REPORT, TELL)),
        (known(), [REPORTED], BreachState.REPORTED, (TELL,)),
        (known(), [TOLD], BreachState.OPEN, (REPORT,)),
        (known(), [TOLD, REPORTED], BreachState.TOLD, ()),
        (known(), [REPORTED, OTHERWISE], BreachState.TOLD, ()),
        (known(), [REPORTED, OTHERWISE, corrected(known(effects="Nada"))], BreachState.TOLD, ()),
        (
            known(special=False),
            [REPORTED, OTHERWISE, corrected(known())],
            BreachState.REPORTED,
            (TELL,),
        ),
        (known(), [REPORTED, OTHERWISE, corrected(known(others=9))], BreachState.REPORTED, (TELL,)),
        (known(), [REPORTED, TOLD, corrected(known(others=9))], BreachState.TOLD, ()),  # is counted
        (known(), [REPORTED, TOLD, CLOSED], BreachState.CLOSED, ()),
        (known(special=False), [], BreachState.OPEN, (REPORT,)),
        (known(risk=False), [], BreachState.OPEN, ()),
        (known(risk=False), [corrected(known())], BreachState.OPEN, (REPORT, TELL)),
        (known(risk=False), [CLOSED, corrected(known())], BreachState.OPEN, (REPORT, TELL)),
        (known(), [corrected(known(risk=False))], BreachState.OPEN, ()),
    ],
)
def test_what_the_law_still_asks_for(
    description: Description, events: list[Event], state: BreachState, lacks: tuple[OpenDuty, ...]
) -> None:
    found = after(description, *events)
    assert (found.state, found.lacks) == (state, lacks)
    assert (found.due_at is not None) == (REPORT in lacks)
    assert found.accepts(CLOSED) == (not lacks and state is not BreachState.CLOSED)
    assert found.accepts(REPORTED) == found.accepts(TOLD) == (state is not BreachState.CLOSED)
    assert found.accepts(NOTED)
    assert found.accepts(corrected(known()))


@pytest.mark.parametrize(
    ("events", "counted_anew_from", "message"),
    [
        ([], 1, None),
        ([NOTED, REPORTED], 1, None),
        ([NOTED, corrected(known())], 3, None),
        ([TOLD, NOTED], 2, (2, 0)),
        ([corrected(known(others=9)), TOLD], 3, (3, 9)),
        ([TOLD, corrected(known(others=9))], 3, (2, 0)),
        ([TOLD, corrected(known(others=9)), TOLD, CLOSED], 4, (4, 9)),
    ],
)
def test_what_a_count_must_have_seen_and_whom_a_message_is_for(
    events: list[Event], counted_anew_from: int, message: tuple[int, int] | None
) -> None:
    found = after(known(), *events)
    assert found.counted_anew_from == counted_anew_from
    last = found.message
    assert (last and (last.place, last.described.others)) == message


@pytest.mark.parametrize(
    ("hours", "told", "said"),
    [
        (0, [], PrivacyWarning.NEW),
        (1, [PrivacyWarning.NEW], None),
        (47, [PrivacyWarning.NEW], None),
        (48, [PrivacyWarning.NEW], PrivacyWarning.SOON),  # a Sunday evening
        (72, [PrivacyWarning.NEW, PrivacyWarning.SOON], None),
        (73, [PrivacyWarning.NEW, PrivacyWarning.SOON], PrivacyWarning.OVERDUE),
        (73, [], PrivacyWarning.OVERDUE),
        (99, [PrivacyWarning.OVERDUE], None),
    ],
)
def test_staff_are_told_by_the_clock(
    hours: int, told: list[PrivacyWarning], said: PrivacyWarning | None
) -> None:
    now = NOTICED + timedelta(hours=hours)
    assert warning_due(after(known()), told, now) is said
    assert warning_due(after(known(), REPORTED), told, now) is None
    assert warning_due(after(known(risk=False)), told, now) is None
