"""The legally required items of /privacidad: from the panel, else the settings, else missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from bot.config import MunicipalitySettings, PrivacySettings, Settings
from bot.validation import remedy
from handlers.text.days import Near, day_of

APPROVED_ON = "approved_on"
ITEMS = {
    "representative": "representante legal",
    "officer": "persona encargada de los datos",
    "address": "domicilio postal",
    "email": "correo",
    "transfer_safeguards": "garantías de los datos que salen de Chile",
    "server_country": "país del servidor",
    "security_policy": "política de seguridad",
    "version": "versión",
    APPROVED_ON: "fecha de aprobación",
}
"""What can be published in the panel, by its key in [privacy], in the order of the page."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An item that the page shows as "por confirmar"; ``key`` is the setting that gives it."""

    key: str
    what: str


@dataclass(frozen=True, slots=True)
class Configured:
    """What the settings give for the page, and what decides which items it needs."""

    municipality: MunicipalitySettings = field(default_factory=MunicipalitySettings)
    privacy: PrivacySettings = field(default_factory=PrivacySettings)
    goes_abroad: bool = False  # a channel of a foreign company is on

    @classmethod
    def by(cls, settings: Settings) -> Configured:
        goes_abroad = bool(settings.telegram.token or settings.whatsapp.token)
        return cls(settings.municipality, settings.privacy, goes_abroad)

    def items(self) -> dict[str, str]:
        """The settings' values of the items that can also be published in the panel."""
        said = ((key, getattr(self.privacy, key)) for key in ITEMS)
        return {key: str(value) for key, value in said if value is not None}

    def lacking(self, published: Mapping[str, str]) -> list[Lacking]:
        """The needed items that neither the panel nor the settings give."""
        known, stated = self.municipality, {**self.items(), **published}
        elsewhere = {
            "address": bool(known.place),
            "email": bool(known.email),
            "transfer_safeguards": not self.goes_abroad,
        }
        found = [
            Lacking(f"[privacy] {key}", what)
            for key, what in ITEMS.items()
            if not stated.get(key) and not elsewhere.get(key)
        ]
        contact = ((known.phone, "phone", "teléfono"), (known.hours, "hours", "horario"))
        found += [Lacking(f"[municipality] {key}", what) for said, key, what in contact if not said]
        return found


def in_force(configured: PrivacySettings, published: Mapping[str, str]) -> PrivacySettings:
    """What the page says: per item, what was published in the panel, else the settings."""
    said: dict[str, object] = {key: published[key] for key in ITEMS if key in published}
    if APPROVED_ON in said:
        said[APPROVED_ON] = date.fromisoformat(published[APPROVED_ON])
    return configured.model_copy(update=said)


def mistakes(items: Mapping[str, str], today: date) -> dict[str, str]:
    """Why values typed in the panel cannot be published: remedies in Spanish, by key."""
    found = {}
    try:
        PrivacySettings.model_validate({**items, APPROVED_ON: None})
    except ValidationError as error:
        found = {str(details["loc"][0]): remedy(details, ITEMS) for details in error.errors()}
    written = items.get(APPROVED_ON, "")
    if written and (told := _wrong_approval(written, today)):
        found[APPROVED_ON] = told
    return found


def with_plain_day(items: Mapping[str, str], today: date) -> dict[str, str]:
    """Items without mistakes, as they are stored: the day of approval as the settings write it."""
    written = items.get(APPROVED_ON, "")
    day = day_of(written, today, Near.PAST).isoformat() if written else ""
    return {**items, APPROVED_ON: day}


def _wrong_approval(written: str, today: date) -> str:
    try:
        is_to_come = day_of(written, today, Near.PAST) > today
    except ValueError as wrong:
        return str(wrong)
    return "esa fecha aún no llega; escriba el día en que se aprobó" if is_to_come else ""
