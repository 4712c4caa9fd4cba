"""What staff are told a stored code means, in the panel and in commands."""

from __future__ import annotations

from handlers.facts.own_data import Right
from handlers.staff.permissions import Role

CASE_KINDS = {
    "persona": "pide una persona",
    "reclamo": "reclamo",
    "sugerencia": "sugerencia",
    "felicitacion": "felicitación",
    "solicitud": "solicitud",
    "llamada": "pide que le llamen",
}
CASE_STATES = {"open": "espera respuesta", "answered": "respondido", "closed": "cerrado"}

RIGHTS = {
    Right.ACCESS: "Ver sus datos",
    Right.RECTIFY: "Corregir sus datos",
    Right.ERASE: "Borrar sus datos",
    Right.OBJECT: "Oponerse a un uso",
    Right.BLOCK: "Bloquear sus datos",
    Right.PORT: "Llevarse una copia",
}
RIGHTS_IN_SHORT = {  # for a column of a table
    Right.ACCESS: "ver",
    Right.RECTIFY: "corregir",
    Right.ERASE: "borrar",
    Right.OBJECT: "oponerse",
    Right.BLOCK: "bloquear",
    Right.PORT: "llevarse copia",
}
REQUEST_STATES = {
    "open": "espera",
    "granted": "aceptado",
    "refused": "rechazado",
    "lifted": "terminado",
}

ROLES = {
    Role.DESK: "Mesón",
    Role.VIEWER: "Lectura",
    Role.HEAD: "Jefatura",
    Role.QUALITY: "Calidad",
    Role.PRIVACY: "Datos personales",
    Role.ADMIN: "Administración",
}


def kind(code: str) -> str:
    """A case's kind in Spanish; an unknown code stands for itself."""
    return CASE_KINDS.get(code, code)


def state(code: str) -> str:
    """A case's state in Spanish; an unknown code stands for itself."""
    return CASE_STATES.get(code, code)


def rule(written: str) -> str:
    """The term of a case in words; empty if none is stored."""
    # Imported here: a command's help does not need the calendar.
    from handlers.cases.deadlines import DeadlineRule

    return f"{DeadlineRule.read(written).days} días hábiles" if written else ""


def channel(code: str) -> str:
    """As it stands behind "por": "la página web"."""
    # Imported here: a command's help does not need settings, which the registry imports.
    from bot.channels.registry import channel_type
    from handlers.messages import Channel

    return channel_type(Channel(code)).in_text
