"""What the content does not know yet: every missing fact, and who could tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.content.model import Area, Content, Desk, Service

Value = str | bool | int | date


class RecordKind(StrEnum):
    """What a gap is in, as staff call it."""

    AREA = "Área"
    SERVICE = "Servicio"
    DESK = "Punto de atención"


CARDS = frozenset({RecordKind.AREA, RecordKind.SERVICE})


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    YES_NO = "yes_no"
    DATE = "date"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class GapField:
    """A fact that an area can tell about itself, one of its services or its desks."""

    key: str  # its name in the content model
    title: str  # and as staff read it
    kind: FieldKind
    note: str  # what happens while it is missing
    of: frozenset[RecordKind] = CARDS  # what has it
    inherited: bool = True  # a service without it shows its area's, as cards do


FIELDS = (
    GapField("place", "Lugar", FieldKind.TEXT, "La ficha no dice dónde se atiende."),
    GapField("hours", "Horario", FieldKind.TEXT, "La ficha no dice en qué horario se atiende."),
    GapField("phone", "Teléfono", FieldKind.PHONE, "La ficha no da el teléfono del área."),
    GapField("email", "Correo", FieldKind.EMAIL, "La ficha no da el correo del área."),
    GapField(
        "link", "Enlace", FieldKind.LINK, "La ficha no lleva a ninguna página.", inherited=False
    ),
    GapField(
        "online",
        "En línea",
        FieldKind.YES_NO,
        "La ficha no dice si se puede hacer sin venir.",
        of=frozenset({RecordKind.SERVICE}),
        inherited=False,
    ),
    GapField(
        "cost",
        "Costo",
        FieldKind.TEXT,
        "La ficha no dice cuánto cuesta.",
        of=frozenset({RecordKind.SERVICE}),
        inherited=False,
    ),
    GapField("owner", "Responsable", FieldKind.TEXT, "Nadie mantiene la ficha al día."),
    GapField(
        "confirmed_on",
        "Confirmado el",
        FieldKind.DATE,
        "La ficha dice que el área aún no confirma lugar ni horario.",
    ),
    GapField(
        "staff",
        "Personas que atienden",
        FieldKind.WHOLE,
        "Sus notas se cuentan con el área y no aparte.",
        of=frozenset({RecordKind.DESK}),
        inherited=False,
    ),
)


@dataclass(frozen=True, slots=True)
class ContentGap:
    """One missing fact."""

    owner: str  # who can tell it; without one, the area's short name says so
    kind: RecordKind
    id: str
    name: str
    field: str  # key of one of FIELDS
    note: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A fact that somebody filled in, corrected or (``new`` None) took back."""

    area: str  # id
    kind: RecordKind
    id: str
    field: str
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class Record:
    """An area, or a service or desk with the area that it belongs to."""

    kind: RecordKind
    area: Area
    service: Service | None = None
    desk: Desk | None = None

    @property
    def id(self) -> str:
        return self.desk.token if self.desk else (self.service or self.area).id

    @property
    def name(self) -> str:
        return self._own.name

    @property
    def owner(self) -> str:
        known = (self.service.owner if self.service else None) or self.area.owner
        return known or f"{self.area.short_name} (sin responsable)"

    @property
    def _own(self) -> Area | Service | Desk:
        return self.desk or self.service or self.area

    def has(self, field: GapField) -> bool:
        """Return whether such a record can have this field."""
        return self.kind in field.of

    def value(self, field: GapField) -> Value | None:
        """Return what the record itself says; None when that is nothing."""
        known: Value | None = getattr(self._own, field.key) if self.has(field) else None
        return known

    def lacks(self, field: GapField) -> bool:
        """Return whether this fact is missing, on its card if it has one."""
        if not self.has(field) or self.value(field) is not None:
            return False
        if field.inherited and getattr(self.area, field.key) is not None:
            return False
        # What is only done in person needs no page to lead to.
        by_hand = self.service is not None and self.service.online is False
        return not (field.key == "link" and by_hand)

    def note(self, field: GapField) -> str:
        """Return what happens while the field is missing."""
        if field.key == "link" and self.service is not None and self.service.online:
            return "La ficha dice «enlace no confirmado»."
        return field.note


def records(content: Content) -> Iterator[Record]:
    """Yield each area followed by its services and its desks."""
    for area in content.areas:
        yield Record(RecordKind.AREA, area)
        for service in content.services_by_area[area.id]:
            yield Record(RecordKind.SERVICE, area, service)
        for desk in content.desks:
            if desk.area == area.id:
                yield Record(RecordKind.DESK, area, desk=desk)


def find_gaps(content: Content) -> list[ContentGap]:
    """Return every missing fact, by owner and then in the content's order."""
    gaps = [
        ContentGap(record.owner, record.kind, record.id, record.name, field.key, record.note(field))
        for record in records(content)
        for field in FIELDS
        if record.lacks(field)
    ]
    return sorted(gaps, key=lambda gap: gap.owner)


def as_text(value: Value | None) -> str:
    """Return a value as the spreadsheet shows it; dates as 2026-11-16."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    return value.isoformat() if isinstance(value, date) else plain(value)


def plain(value: object) -> str:
    """Return a cell's value in one line; a whole number without its decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())
