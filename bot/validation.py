"""Pydantic's errors in Spanish: what is wrong with a value, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic_core import ErrorDetails

from handlers.content.mistakes import MISSING
from handlers.text.display import as_key, quoted
from handlers.text.emails import EMAIL, SENDER
from handlers.text.nearest import did_you_mean

# Each pattern of the settings and content models, in words.
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "letras minúsculas sin acento, cifras y guiones: obras-menores",
    r"^https?://\S+$": "una dirección que empiece con https://",
    r"^https?://[^\s/]+(/\S*)?$": "una dirección que empiece con https:// o http://",
    r"^[A-Za-z0-9]{4,24}$": "de 4 a 24 letras sin acento o cifras",
    r"^[a-z]{2}(-[A-Z]{2})?$": "un idioma como es-CL o en",
    r"^[A-Z]{1,6}$": "de 1 a 6 letras mayúsculas sin acento",
    r"^\d+$": "solo cifras",
    r"^\d{6,15}$": "solo cifras, de 6 a 15, con el código del país",
    r"^v\d+\.\d+$": "una versión como v23.0",
    r"^@?[A-Za-z0-9_]{3,32}$": "el nombre de usuario del bot: letras sin acento, cifras y _",
    r"^[a-z0-9_]{1,512}$": "el nombre de la plantilla: letras minúsculas sin acento, cifras y _",
    r"^[a-z]{2,3}(_[A-Z]{2,3})?$": "un idioma como es o es_CL",
    f"^{EMAIL}$": "un correo como nombre@dominio.cl",
    SENDER: "un correo como Opina <opina@dominio.cl>",
    r"^(sqlite:///.+|postgresql://.+)$": (
        "sqlite:///RUTA o postgresql://USUARIO:CLAVE@SERVIDOR/NOMBRE"
    ),
}
_TYPES = {
    "string": "un texto entre comillas",
    "int": "un número entero",
    "float": "un número",
    "bool": "true o false, sin comillas",
    "tuple": "una lista entre [ y ]",
    "list": "una lista entre [ y ]",
    "dict": "una tabla, con sus claves",
    "model": "una tabla, con sus claves",
    "date": "una fecha sin comillas, como 2026-11-16",
    "time": 'una hora entre comillas, como "08:00"',
    "path": "una ruta entre comillas",
    "finite": "un número",
}


def remedy(details: ErrorDetails, known: Iterable[str]) -> str:
    """What is wrong with a value and what is allowed; never the value, which may be a secret.

    ``known``: the valid keys of its table, for a suggestion.
    """
    kind, context = details["type"], details.get("ctx", {})
    match kind:
        case "missing":
            return MISSING
        case "extra_forbidden":
            near = did_you_mean(str(details["loc"][-1]), known)
            return f"esa clave no existe{near or '; revise cómo se escribe, o bórrela'}"
        case "string_too_long":
            length = len(str(details["input"]).strip())
            return f"tiene {length} caracteres y caben {context['max_length']}; acórtelo"
        case "string_too_short":
            return "es demasiado corto; escríbalo, o borre la línea si no se sabe"
        case "too_short":
            return f"tiene {context['actual_length']} y se esperan {context['min_length']} o más"
        case "too_long":
            return f"tiene {context['actual_length']} y caben {context['max_length']}"
        case "string_pattern_mismatch":
            return f"no sirve; se espera {PATTERNS.get(context['pattern'], 'otra forma')}"
        case "enum" | "literal_error":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", " o ")
            names = allowed.replace(" o ", ", ").split(", ")
            near = (
                did_you_mean(details["input"], names) if isinstance(details["input"], str) else ""
            )
            return f"no existe; se permite {allowed}{near}"
        case "greater_than_equal":
            return f"es muy bajo; desde {context['ge']:g}"
        case "less_than_equal":
            return f"es muy alto; hasta {context['le']:g}"
        case "greater_than" | "less_than":
            return "queda fuera de lo que se permite"
        case "value_error":
            return f"no sirve; se espera {context['error']}"
    wanted = _TYPES.get(kind.split("_")[0], "otra cosa")
    return f"no sirve; se espera {wanted}"


def offending_value(details: ErrorDetails) -> str:
    """The wrong value in quotes, «aseoo», or empty if showing it does not help."""
    value = details["input"]
    shown = details["type"] not in ("missing", "extra_forbidden", "string_too_long")
    if isinstance(value, bool):
        value = str(value).lower()  # as it is written in TOML
    return quoted(value) if shown and isinstance(value, str | int | float) else ""


def key_path(loc: Iterable[int | str]) -> str:
    """Where a value is: keys joined by dots, list positions from 1, as in ``words[2]``."""
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part + 1}]"
        elif part != "[key]":  # pydantic's mark for an error about the key itself
            path += f".{as_key(part)}" if path else as_key(part)
    return path
