"""Finds the gaps of the content: every missing fact, and who can supply it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.content.model import Area, Content, Desk, Service

Value = str | bool | int | date


class RecordKind(StrEnum):
    """What lacks a fact, by its Spanish name."""

    AREA = "Área"
    SERVICE = "Servicio"
    DESK = "Punto de atención"


CARDS = frozenset({RecordKind.AREA, RecordKind.SERVICE})


class FieldKind(StrEnum):
    """The type of a field's value."""

    TEXT = "text"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    YES_NO = "yes_no"
    DATE = "date"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class GapField:
    """A fact that an area can supply about itself, a service or a desk of its own."""

    key: str  # the field's name in the content model
    title: str  # in Spanish, for staff
    kind: FieldKind
    note: str  # the consequence while it is missing
    of: frozenset[RecordKind] = CARDS  # records that have the field
    inherited: bool = True  # a service without it shows its area's


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

    owner: str  # who can supply it; the area's short name if nobody is named
    kind: RecordKind
    id: str
    name: str
    field: str  # the key of one of FIELDS
    note: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A fact that was filled in, corrected or, with ``new`` None, removed."""

    area: str  # id
    kind: RecordKind
    id: str
    field: str
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class Record:
    """An area, or a service or desk together with its area."""

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
        """Whether a record of this kind can have the field."""
        return self.kind in field.of

    def value(self, field: GapField) -> Value | None:
        """The record's own value; None if it has none."""
        known: Value | None = getattr(self._own, field.key) if self.has(field) else None
        return known

    def lacks(self, field: GapField) -> bool:
        """Whether the fact is missing, both here and, if it is inherited, in the area."""
        if not self.has(field) or self.value(field) is not None:
            return False
        if field.inherited and getattr(self.area, field.key) is not None:
            return False
        # A service that is only done in person needs no page.
        by_hand = self.service is not None and self.service.online is False
        return not (field.key == "link" and by_hand)

    def note(self, field: GapField) -> str:
        """The consequence while the field is missing."""
        if field.key == "link" and self.service is not None and self.service.online:
            return "La ficha dice «enlace no confirmado»."
        return field.note


def records(content: Content) -> Iterator[Record]:
    """Each area followed by its services and its desks."""
    for area in content.areas:
        yield Record(RecordKind.AREA, area)
        for service in content.services_by_area[area.id]:
            yield Record(RecordKind.SERVICE, area, service)
        for desk in content.desks:
            if desk.area == area.id:
                yield Record(RecordKind.DESK, area, desk=desk)


def find_gaps(content: Content) -> list[ContentGap]:
    """Every missing fact, ordered by owner, then as in the content."""
    gaps = [
        ContentGap(record.owner, record.kind, record.id, record.name, field.key, record.note(field))
        for record in records(content)
        for field in FIELDS
        if record.lacks(field)
    ]
    return sorted(gaps, key=lambda gap: gap.owner)


def as_text(value: Value | None) -> str:
    """A value as the spreadsheet shows it; dates as 2026-11-16."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    return value.isoformat() if isinstance(value, date) else plain(value)


def plain(value: object) -> str:
    """A cell's value on one line; a whole number without decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())
