"""What the page /privacidad has to say by law, and the settings do not say yet."""

from __future__ import annotations

from dataclasses import dataclass

from bot.config import Settings


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that the page shows as "por confirmar"; ``key`` is the setting that says it."""

    key: str
    what: str


def lacking(settings: Settings) -> list[Lacking]:
    """In the order of the page."""
    known, notice = settings.municipality, settings.privacy
    goes_abroad = settings.telegram.token or settings.whatsapp.token
    items = (
        (notice.representative, "[privacy] representative", "representante legal"),
        (notice.officer, "[privacy] officer", "persona encargada de los datos"),
        (notice.address or known.place, "[privacy] address", "domicilio postal"),
        (notice.email or known.email, "[privacy] email", "correo"),
        (known.phone, "[municipality] phone", "teléfono"),
        (known.hours, "[municipality] hours", "horario"),
        (
            notice.transfer_safeguards or not goes_abroad,
            "[privacy] transfer_safeguards",
            "garantías de los datos que salen de Chile",
        ),
        (notice.server_country, "[privacy] server_country", "país del servidor"),
        (notice.security_policy, "[privacy] security_policy", "política de seguridad"),
        (notice.version, "[privacy] version", "versión"),
        (notice.approved_on, "[privacy] approved_on", "fecha de aprobación"),
    )
    return [Lacking(key, what) for said, key, what in items if not said]
