"""The panel's templates, with the words that they share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from markupsafe import Markup, escape

from bot.labels import codes
from bot.labels.audit_entries import what_was_done
from bot.reports.words.dates import in_words, week_label, whole_days, with_weekday
from bot.web.static import StaticFiles
from bot.web.templates import templates
from handlers.release import Release
from handlers.staff.permissions import Action

FOLDER = Path(__file__).parent

SOURCES = {"papel": "en papel", "presencial": "en persona"}
_NUMBER = re.compile(r"\b[A-Z]+(?:-[A-Z0-9]+)*-\d+\b")  # of a case, a measure, a request …
FILES = {"photo": "Foto", "document": "Documento", "voice": "Audio"}


class Rendering:
    """Renders pages; every value that comes into one is escaped."""

    def __init__(self, release: Release, *, made_up: bool) -> None:
        self._release = release
        self._zone = release.content.zone
        self.files = StaticFiles("/panel", FOLDER / "static")
        self._environment = templates(FOLDER / "templates")
        self.menu: tuple[tuple[str, str, str, Action], ...] = ()
        self._environment.globals.update(
            municipality=release.content.municipality,
            made_up=made_up,
            assets=self.files.urls,
            roles=codes.ROLES,
            states=codes.CASE_STATES,
        )
        self._environment.filters.update(
            area=self.area,
            role=lambda role: codes.ROLES[role],
            kind=lambda kind: codes.kind(kind).capitalize(),
            state=codes.state,
            channel=codes.channel,
            source=lambda channel: SOURCES.get(channel) or f"por {codes.channel(channel)}",
            rule=codes.rule,
            audited=what_was_done,
            moment=self.moment,
            whole_days=self.whole_days,
            clock=self.clock,
            time=self.time,
            ago=ago,
            lasting=lasting,
            term=self.term,
            date=in_words,
            week=week_label,
            beginning=beginning,
            file_kind=lambda kind: FILES.get(kind, kind),
            size=size,
            fingerprint=fingerprint,
            whole_numbers=whole_numbers,
            sentence=lambda text: text[:1].upper() + text[1:],
        )

    def offer(self, menu: Sequence[tuple[str, str, str, Action]]) -> None:
        """What the menu holds, of which everybody sees what they may do: the words above it, path,
        name, action."""
        self.menu = tuple(menu)

    def render(self, template: str, **values: object) -> str:
        """The text of a page."""
        return self._environment.get_template(template).render(**values)

    def area(self, area: str) -> str:
        """What an area is called; of one no longer in the content, its id."""
        return self._release.area_name(area) if area else "Sin área"

    def moment(self, at: datetime, now: datetime) -> str:
        """``lunes 30 de noviembre, 20:47``, in the municipality's time; with the year if it is
        another one than now."""
        return f"{self._day(at, now)}, {at.astimezone(self._zone):%H:%M}"

    def whole_days(self, begins: datetime, ends: datetime, now: datetime) -> str:
        """``Del lunes 30 de noviembre al martes 1 de diciembre``; ``ends`` is not within."""
        return whole_days(begins, ends, now, self._zone)

    def term(self, due_at: datetime, now: datetime) -> str:
        """``vence el lunes 30 de noviembre``; ``venció`` once it has passed."""
        return f"{'vence' if now <= due_at else 'venció'} el {self._day(due_at, now)}"

    def time(self, at: datetime) -> str:
        """``20:47``, in the municipality's time."""
        return f"{at.astimezone(self._zone):%H:%M}"

    def clock(self, at: datetime) -> str:
        """``20:47:05``, in the municipality's time."""
        return f"{at.astimezone(self._zone):%H:%M:%S}"

    def _day(self, at: datetime, now: datetime) -> str:
        local = at.astimezone(self._zone)
        return with_weekday(local, year=local.year != now.astimezone(self._zone).year)


def ago(at: datetime, now: datetime) -> str:
    """How long it is since, in the largest unit that fits."""
    passed = max(now - at, timedelta())
    for unit, one, many in (
        (timedelta(days=1), "día", "días"),
        (timedelta(hours=1), "hora", "horas"),
        (timedelta(minutes=1), "minuto", "minutos"),
    ):
        if count := passed // unit:
            return f"{count} {one if count == 1 else many}"
    return "un momento"


def lasting(left: timedelta) -> str:
    """``21 horas y 57 minutos``; what is nothing is left out."""
    hours, minutes = divmod(left // timedelta(minutes=1), 60)
    told = [
        f"{count} {noun if count == 1 else noun + 's'}"
        for count, noun in ((hours, "hora"), (minutes, "minuto"))
        if count
    ]
    return " y ".join(told) or "menos de 1 minuto"


def beginning(text: str, room: int = 90) -> str:
    """The first words of a text, on one line and cut between two of them."""
    line = " ".join(text.split())
    return line if len(line) <= room else line[:room].rsplit(" ", 1)[0] + "…"


def whole_numbers(text: str) -> Markup:
    """The text with each number on a line of its own where it would be parted."""
    found = _NUMBER.sub(r'<span class="whole">\g<0></span>', str(escape(text)))
    return Markup(found)


def fingerprint(text: str) -> str:
    """By which a form tells whether somebody changed a text that it began with."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def size(count: int) -> str:
    """Bytes as people read them: "320 kB", "1,4 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
