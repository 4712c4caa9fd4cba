"""Days, moments and hours as staff write them, in Spanish: in forms, options, sheets and chat."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from handlers.text.display import quoted
from handlers.text.folding import fold

YEARS = range(2000, 3000)  # near datetime's limits a day cannot be converted to another zone
_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_WEEKDAYS = "lunes martes miercoles jueves viernes sabado domingo"
_NEAR_TODAY = {
    "hoy": 0,
    "ayer": -1,
    "anteayer": -2,
    "antes de ayer": -2,
    "manana": 1,
    "pasado manana": 2,
}
_YEAR_FIRST = re.compile(r"(\d{4,}) (\d{1,2}) (\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(
    r"(?:el )?(?:dia )?(?:(?P<weekday>[a-z]{3,9}) )?"
    r"(?:(?P<day>\d{1,2})(?:o|ro)?|(?P<first>primero)) (?:de )?(?P<month>\d{1,2}|[a-z]{3,10})"
    r"(?: (?:del? )?(?:ano )?(?P<year>\d+))?",
    re.ASCII,
)
_WITHOUT_DAY = re.compile(r"(?:\d{1,2}|[a-z]{3,10})(?: de)? \d{4}", re.ASCII)
_ISO = re.compile(r"\d{4,}-\d\d-\d\d(T|$)", re.ASCII)
_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::\d{2})?)?"
    r"\s*(?P<unit>h|hrs?\.?|horas?)?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_DAY_AND_HOUR = re.compile(
    rf"(?P<day>.*?[^\s,])(?:\s*,\s*|\s+)(?P<at>a las? )?(?P<clock>{_HOUR.pattern})",
    re.ASCII | re.IGNORECASE,
)
_DAYS_APART = 90  # further away, a day without its year is not surely the nearer one
_DAYS_ONE_WAY = 300  # further away, it has rather just passed, or is rather just to come


class Near(Enum):
    """Where a day lies of which no year is said."""

    PAST = auto()
    AHEAD = auto()
    EITHER = auto()


def day_of(text: str, today: date | None = None, near: Near = Near.EITHER) -> date:
    """The day that is written: ``20-12-2026``, ``20/12/26``, ``2026-12-20``, ``20 de diciembre``.

    Of two numbers the day comes first. Without ``today`` nothing is taken that needs it, as
    ``mañana`` or a day without its year. Raises ValueError with what is wrong, a clause in Spanish;
    without words for an empty text.
    """
    written = text.strip()
    if not written:
        raise ValueError("")
    folded = fold(written)
    if today is not None and folded in _NEAR_TODAY:
        return today + timedelta(days=_NEAR_TODAY[folded])
    if found := _YEAR_FIRST.fullmatch(folded):
        year, month, day = found.groups()
        return _existing(written, _year(year), int(month), int(day))
    found = _DAY_FIRST.fullmatch(folded)
    month = _place(found["month"], _MONTHS) if found else 0
    if found is None or not month:
        raise ValueError(_unread(written, folded))
    day = 1 if found["first"] else int(found["day"])
    if month > 12 >= day:
        told = f"{quoted(written)} no puede ser: no hay mes {month}"
        raise ValueError(f"{told}; escriba primero el día, como 20-12-2026")
    if found["year"]:
        read = _existing(written, _year(found["year"]), month, day)
    else:
        read = _nearest(written, today, near, (month, day))
    _check_weekday(written, found["weekday"], read)
    return read


def moment_of(
    text: str, zone: ZoneInfo, now: datetime | None = None, near: Near = Near.EITHER
) -> datetime:
    """The moment that ``20-12-2026 18:05`` names in a zone; aware, UTC.

    Raises ValueError as ``day_of``, also for an hour that the zone's clocks leave out.
    """
    written = text.strip()
    today = now.astimezone(zone).date() if now else None
    day, hour = _parted(written)
    read = day_of(day, today, near)
    try:
        local = datetime.combine(read, hour_of(hour))
    except ValueError:
        lacks = "no es un día con su hora; escríbalos" if hour else "le falta la hora; escríbala"
        told = f"{'' if hour else 'a '}{quoted(written)} {lacks} como 20-12-2026 18:05"
        raise ValueError(told) from None
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(f"el {day} no tiene las {local:%H:%M}: ese día el reloj se adelanta")
    return moment


def hour_of(text: str) -> time:
    """The hour of the day that ``08:30``, ``8.30 hrs`` or ``8 am`` names. Raises ValueError as
    ``day_of``."""
    written = text.strip()
    found = _HOUR.fullmatch(written)
    if found is None:
        raise ValueError(_no_hour(written))
    hour, half = int(found["hour"]), (found["half"] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(_no_hour(written))
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(found["minute"] or 0))
    except ValueError:
        raise ValueError(_no_hour(written)) from None


def _parted(written: str) -> tuple[str, str]:
    """The words for the day and those for the hour, which a number alone is not after "26"."""
    if _ISO.match(written):
        day, _, hour = written.partition("T")
        return day, hour
    found = _DAY_AND_HOUR.fullmatch(written)
    if found is None or (found["clock"].isdecimal() and not found["at"]):
        return written, ""
    return found["day"], found["clock"]


def _nearest(written: str, today: date | None, near: Near, month_and_day: tuple[int, int]) -> date:
    """The day of that month in the year that is surely meant."""
    if not _day(2000, *month_and_day):  # a leap year
        raise ValueError(f"el {written} no está en el calendario")
    reach = _DAYS_APART if near is Near.EITHER else _DAYS_ONE_WAY
    for year in (today.year - 1, today.year, today.year + 1) if today else ():
        day = _day(year, *month_and_day)
        away = (day - today).days if today and day else reach + 1
        is_its_way = near is Near.EITHER or away == 0 or (away > 0) is (near is Near.AHEAD)
        if day and is_its_way and abs(away) <= reach:
            return day
    raise ValueError(f"a {quoted(written)} le falta el año; escríbala como 20-12-2026")


def _place(name: str, names: str) -> int:
    """Which of the names it is, from one, whole or shortened to three letters or more; a number as
    it is; 0: none."""
    if name.isdecimal():
        return int(name)
    name = "septiembre" if name == "setiembre" else name
    known = enumerate(names.split(), 1)
    return next((place for place, one in known if len(name) >= 3 and one.startswith(name)), 0)


def _check_weekday(written: str, weekday: str | None, day: date) -> None:
    if not weekday:
        return
    said, real = _place(weekday, _WEEKDAYS), day.isoweekday()
    if not said:
        raise ValueError(_unread(written, ""))
    if said != real:
        names = "lunes martes miércoles jueves viernes sábado domingo".split()
        told = f"el {day:%d-%m-%Y} es {names[real - 1]} y no {names[said - 1]}"
        raise ValueError(f"{told}; revise cuál de los dos es")


def _existing(written: str, year: int, month: int, day: int) -> date:
    found = _day(year, month, day)
    if found is None:
        raise ValueError(f"el {written} no está en el calendario")
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(given: str) -> int:
    year = int(given) + 2000 if len(given) == 2 else int(given) if len(given) == 4 else 0
    if year not in YEARS:
        raise ValueError(f"el año {given} no se acepta: puede ser de {YEARS[0]} a {YEARS[-1]}")
    return year


def _unread(written: str, folded: str) -> str:
    if _WITHOUT_DAY.fullmatch(folded):
        return f"a {quoted(written)} le falta el día; escríbala como 20-12-2026"
    return f"{quoted(written)} no es una fecha; escríbala como 20-12-2026"


def _no_hour(written: str) -> str:
    return f"{quoted(written)} no es una hora; escríbala como 08:30" if written else ""
