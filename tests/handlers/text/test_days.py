"""Days, moments and hours as staff write them, and what they are told of those that are none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from handlers.text.days import Near, day_of, hour_of, moment_of

ZONE, TODAY = ZoneInfo("America/Santiago"), date(2026, 11, 30)  # a Monday
moment = partial(moment_of, zone=ZONE, now=datetime(2026, 11, 30, 15, tzinfo=UTC), near=Near.PAST)
day, ahead, past = (partial(day_of, today=TODAY, near=near) for near in reversed(Near))
CHRISTMAS = "20-12-2026 20/12/2026 20.12.26 20-dic-2026 2026-12-20 2026/12/20".split()


@pytest.mark.parametrize(
    ("read", "written", "found"),
    [
        *((day_of, written, date(2026, 12, 20)) for written in CHRISTMAS),
        (day_of, " 2028-02-29 ", date(2028, 2, 29)),
        (day_of, "20 de Diciembre del 2026", date(2026, 12, 20)),
        (day_of, "domingo 20 de dic. de 2026", date(2026, 12, 20)),
        (day_of, "5 de setiembre de 2027", date(2027, 9, 5)),
        (day_of, "1º de enero de 2027", date(2027, 1, 1)),
        (day_of, "5/3/27", date(2027, 3, 5)),
        (day, "20 de diciembre", date(2026, 12, 20)),
        (day, "lunes 30-11", TODAY),
        (day, "mañana", date(2026, 12, 1)),
        (ahead, "20 de junio", date(2027, 6, 20)),
        (ahead, "primero de marzo", date(2027, 3, 1)),
        (past, "20-6", date(2026, 6, 20)),
        (past, "ayer", date(2026, 11, 29)),
        (moment, "2026-11-30T18:05", datetime(2026, 11, 30, 21, 5, tzinfo=UTC)),
        (moment, "2026-09-06T01:00", datetime(2026, 9, 6, 4, tzinfo=UTC)),
        (moment, "20/11/26 18.05", datetime(2026, 11, 20, 21, 5, tzinfo=UTC)),
        (moment, "20 de OCTUBRE a las 18:05 hrs", datetime(2026, 10, 20, 21, 5, tzinfo=UTC)),
        (moment, "ayer, 3 p.m.", datetime(2026, 11, 29, 18, tzinfo=UTC)),
        (hour_of, "08:30:59", time(8, 30)),
        (hour_of, "8.30 hrs", time(8, 30)),
        (hour_of, "12 am", time()),
        (hour_of, "9", time(9)),
    ],
)
def test_what_names_a_day_a_moment_or_an_hour_is_read(
    read: Callable[[str], object], written: str, found: object
) -> None:
    assert read(written) == found


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
        (day_of, "20.12", "a «20.12» le falta el año; escríbala como 20-12-2026"),
        (day, "20 de junio", "a «20 de junio» le falta el año; escríbala como 20-12-2026"),
        (ahead, "29-11", "a «29-11» le falta el año; escríbala como 20-12-2026"),
        (past, "1-12", "a «1-12» le falta el año; escríbala como 20-12-2026"),
        (day, "diciembre 2026", "a «diciembre 2026» le falta el día; escríbala como 20-12-2026"),
        (day, "30 de febrero", "el 30 de febrero no está en el calendario"),
        (
            day,
            "martes 21-12-2026",
            "el 21-12-2026 es lunes y no martes; revise cuál de los dos es",
        ),
        (
            day,
            "12/25/2026",
            "«12/25/2026» no puede ser: no hay mes 25; escriba primero el día, como 20-12-2026",
        ),
        (day_of, "mañana", "«mañana» no es una fecha; escríbala como 20-12-2026"),
        (day, "pronto", "«pronto» no es una fecha; escríbala como 20-12-2026"),
        (moment, "20-11-2026", "a «20-11-2026» le falta la hora; escríbala como 20-12-2026 18:05"),
        (moment, "", ""),
        (moment, "2026-02-30T10:00", "el 2026-02-30 no está en el calendario"),
        (moment, "9999-12-31T23:59", "el año 9999 no se acepta: puede ser de 2000 a 2999"),
        (
            moment,
            "2026-11-30T25:00",
            "«2026-11-30T25:00» no es un día con su hora; escríbalos como 20-12-2026 18:05",
        ),
        (
            moment,
            "2026-11-30T10:00Z",
            "«2026-11-30T10:00Z» no es un día con su hora; escríbalos como 20-12-2026 18:05",
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
