"""Days, moments and hours as staff write them, and what they are told of those that are none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from handlers.text.days import day_of, hour_of, moment_of

moment = partial(moment_of, zone=ZoneInfo("America/Santiago"))


def test_what_names_a_day_a_moment_or_an_hour_is_read() -> None:
    assert day_of(" 2028-02-29 ") == date(2028, 2, 29)
    assert moment("2026-11-30T18:05") == datetime(2026, 11, 30, 21, 5, tzinfo=UTC)
    assert moment("2026-09-06T01:00") == datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert hour_of("08:30:59") == time(8, 30)


@pytest.mark.parametrize(
    ("read", "written", "told"),
    [
        (day_of, " ", ""),
        (day_of, "2026-02-30", "el 2026-02-30 no está en el calendario"),
        (day_of, "2026-13-01", "el 2026-13-01 no está en el calendario"),
        (day_of, "2027-02-29", "el 2027-02-29 no está en el calendario"),
        (day_of, "9999-12-31", "el año 9999 no se acepta: puede ser de 2000 a 2999"),
        (day_of, "0026-11-30", "el año 0026 no se acepta: puede ser de 2000 a 2999"),
        (day_of, "20266-11-30", "el año 20266 no se acepta: puede ser de 2000 a 2999"),
        (day_of, "30-11-2026", "«30-11-2026» no es una fecha; escríbala como 2026-11-30"),
        (day_of, "mañana", "«mañana» no es una fecha; escríbala como 2026-11-30"),
        (moment, "", ""),
        (moment, "2026-02-30T10:00", "el 2026-02-30 no está en el calendario"),
        (moment, "9999-12-31T23:59", "el año 9999 no se acepta: puede ser de 2000 a 2999"),
        (
            moment,
            "2026-11-30T25:00",
            "«2026-11-30T25:00» no es un día con su hora; escríbalos como 2026-11-30T18:05",
        ),
        (
            moment,
            "2026-11-30T10:00Z",
            "«2026-11-30T10:00Z» no es un día con su hora; escríbalos como 2026-11-30T18:05",
        ),
        (
            moment,
            "2026-09-06T00:30",
            "el 2026-09-06 no tiene las 00:30: ese día el reloj se adelanta",
        ),
        (hour_of, "", ""),
        (hour_of, "25:00", "«25:00» no es una hora; escríbala como 08:30"),
        (hour_of, "08:30+02:00", "«08:30+02:00» no es una hora; escríbala como 08:30"),
    ],
)
def test_what_names_none_is_told_in_words(
    read: Callable[[str], object], written: str, told: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        read(written)
