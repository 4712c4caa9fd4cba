"""Reads operators' files within limits, with Spanish explanations of what is wrong with them.

A file may be another program's, truncated, in another encoding, or made to exhaust its reader.
Reading raises nothing but UnreadableFile.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import tomllib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from handlers.errors import OperatorError

MOST_BYTES = 2_000_000
"""The limit for a file written by hand; La Serena's largest has 135,000 bytes."""

_REASONS = {
    errno.ENOENT: "no existe",
    errno.ENOTDIR: "no existe",
    errno.EISDIR: "es una carpeta",
    errno.ENXIO: "no es un archivo",
    errno.EEXIST: "ya existe",
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.EROFS: "el disco es de solo lectura",
    errno.ENOSPC: "no queda espacio en el disco",
    errno.EDQUOT: "se acabó la cuota de disco",
    errno.EFBIG: "el archivo es demasiado grande para ese disco",
    errno.EIO: "el disco falla",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
    errno.ELOOP: "los enlaces dan vueltas",
    errno.EMFILE: "hay demasiados archivos abiertos",
    errno.ENOTEMPTY: "la carpeta no está vacía",
    errno.EXDEV: "está en otro disco",
    errno.EADDRINUSE: "ya lo usa otro programa",
    errno.EADDRNOTAVAIL: "esa dirección no es de esta máquina",
    errno.ECONNREFUSED: "nadie contesta ahí",
    errno.ECONNRESET: "se cortó la conexión",
    errno.ETIMEDOUT: "no contesta a tiempo",
    errno.EHOSTUNREACH: "no se llega a esa máquina",
    errno.ENETUNREACH: "no hay red",
    errno.EPIPE: "nadie lee lo que se escribe",
}

# tomllib takes more than quadratic time for a dotted key of many parts.
_MOST_PARTS = 40
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?<![\w\"'.-])(?:{_PART}\.[ \t]*+){{{_MOST_PARTS}}}")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TOML = (
    (r"Cannot overwrite a value|Cannot declare|Duplicate inline", "la clave está dos veces"),
    (r"Cannot mutate immutable", "la tabla ya está completa, no se le puede agregar nada"),
    (r"Expected '=' after a key", "falta un = después de la clave"),
    (r"Expected '\]+' at the end", "falta cerrar el ] del título"),
    (r"Expected newline", "sobra algo al final de la línea"),
    (r"Unclosed array", "falta cerrar un ]"),
    (r"Unclosed inline table", "falta cerrar una }"),
    (r"Unterminated string|Expected .*\"|Illegal character '\\n'", "falta cerrar unas comillas"),
    (r"Unescaped|escape|hex value|not a Unicode", "una \\ en un texto va doble: \\\\"),
    (r"Invalid date", "esa fecha no existe"),
    (r"Illegal character|Found invalid", "hay un carácter que no se permite"),
    (r"Invalid value", "el valor no se entiende; los textos van entre comillas"),
    (r"Invalid initial character|Invalid statement", "la línea no se entiende"),
)

_TWICE = re.compile(_TOML[0][0])
_NAMED = re.compile(r"\s*(\[*[\w.-]{1,40}\]*)")

# Mistakes of people used to other settings languages, as patterns of a line.
_VALUE = r"\s*[^=#\[]*=\s*"
_MEANT = (
    (r"(<<<<<<<|=======|>>>>>>>)", "quedó a medias una unión de git; deje una de las dos partes"),
    (r"\s*[\w-]+\s*:\s", "después de la clave va =, y no dos puntos"),
    (r"\s*[A-Za-z0-9_-]*[^\W\x00-\x7f]\w*\s*=", "una clave con ñ o tilde va entre comillas"),
    (_VALUE + r"[“”‘’„«]", 'las comillas van rectas, como en "hola"'),
    (
        _VALUE + r"(?!true|false)(?i:true|false|sí|si|no|yes|on|off)\b",
        "se escribe true o false, en minúsculas",
    ),
    (_VALUE + r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", "una fecha va como 2026-11-16"),
    (_VALUE + r"\d{4}[/.]\d{1,2}[/.]\d{1,2}", "una fecha va como 2026-11-16"),
    (_VALUE + r"\d{4}-(\d-\d|\d\d-\d\b|\d-\d\d)", "una fecha va como 2026-01-06"),
    (_VALUE + r"\d{1,2}:\d", 'una hora va entre comillas, como "08:00"'),
    (_VALUE + r"[+-]?\d+,\d", "un número con decimales va con punto"),
    (_VALUE + r"[+-]?0\d", "un número no empieza con 0; si es un código va entre comillas"),
    (_VALUE + r"(?i:none|null|nil)\b", "lo que no se sabe no se escribe; borre la línea"),
)


class NoScratch(OperatorError):
    """There is no usable folder for temporary files."""

    def __init__(self) -> None:
        super().__init__(
            "no hay dónde dejar archivos por un momento: haga espacio en /tmp, o indique otra"
            " carpeta en TMPDIR"
        )


class UnreadableFile(OperatorError):
    """A file cannot be read. ``reason`` says why and what to do, without the file's name."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason


def reason(error: OSError) -> str:
    """Why the operating system refused, in Spanish."""
    if isinstance(error, TimeoutError):
        return _REASONS[errno.ETIMEDOUT]
    if isinstance(error, socket.gaierror):
        return "no se encuentra esa máquina"
    number = error.errno or 0
    if not number and (several := re.search(r"\[Errno (\d+)\]", str(error))):
        number = int(several[1])  # asyncio joins the errors of a host's addresses into one
    return _REASONS.get(number, f"el sistema no lo permite (error {number})")


def is_there(path: Path) -> bool:
    """Whether the path exists, be it a dangling link."""
    return os.path.lexists(path)


def behind_links(path: Path) -> Path:
    """The target of a path's symbolic links, where to write the file so that the links stay.

    Raises OSError if links form a circle.
    """
    if "\0" in str(path) or not path.is_symlink():
        return path
    with suppress(FileNotFoundError):
        path.stat()
    return Path(os.path.realpath(path))


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """A file of at most ``most`` bytes. Raises UnreadableFile."""
    try:
        if path.exists() and not path.is_file():
            kind = "es una carpeta" if path.is_dir() else "no es un archivo"
            raise UnreadableFile(path, f"{kind}; indique un archivo")
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        why = reason(error)
        if error.errno == errno.ENOENT and path.is_symlink():
            why = "es un enlace a un archivo que no existe"
        raise UnreadableFile(path, f"{why}; revise el nombre y los permisos") from None
    except ValueError:  # not a possible file name
        raise UnreadableFile(Path("?"), "ese nombre de archivo no se puede usar") from None
    if len(raw) > most:
        raise UnreadableFile(
            path, f"pasa de {most // 1_000_000} MB; no es el archivo que se espera"
        )
    return raw


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """A file's text in UTF-8, with or without byte order mark. Raises UnreadableFile."""
    raw = read_bytes(path, most)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = f"la línea {line} no está en UTF-8; guárdelo con codificación UTF-8"
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = "está en UTF-16; guárdelo con codificación UTF-8"
        raise UnreadableFile(path, text) from None
    if "\0" in text:
        raise UnreadableFile(
            path, "no es un texto, o está en UTF-16; guárdelo con codificación UTF-8"
        )
    return text


def read_toml(path: Path) -> dict[str, object]:
    """A TOML file's tables. Raises UnreadableFile."""
    text = read_text(path)
    try:
        return parse_toml(text)
    except ValueError as error:
        raise UnreadableFile(path, f"no es TOML: {error}") from None


def parse_toml(text: str) -> dict[str, object]:
    """The tables of a TOML text. Raises ValueError in Spanish: where, what, how to mend."""
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ValueError(f"línea {line}: la clave tiene demasiadas partes; corríjala")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_in_spanish(str(error), text)) from None
    except RecursionError:
        raise ValueError("tiene demasiados [ o { unos dentro de otros; quítelos") from None
    except ValueError:  # a number of more than 4,300 digits
        raise ValueError("un número tiene demasiadas cifras; acórtelo") from None


def _in_spanish(problem: str, text: str) -> str:
    place = _PLACE.search(problem)
    lines = text.rstrip().split("\n")
    at = min(int(place[1]), len(lines)) if place is not None and place[1] else len(lines)
    where = f"línea {at}, la última"
    if place is not None and place[1]:
        where = f"línea {at}, columna {place[2]}"
    meant = (said for pattern, said in _MEANT if re.match(pattern, lines[at - 1]))
    known = (said for pattern, said in _TOML if re.search(pattern, problem))
    name = ""
    if _TWICE.match(problem) and (named := _NAMED.match(lines[at - 1])):
        name = f": {named[1]}"
    return f"{where}: {next(meant, next(known, 'no se entiende'))}{name}; corrija ese lugar"


def obstacle_to_writing(path: Path) -> str:
    """Why the file cannot be created or written, in Spanish; empty if it can."""
    if os.path.lexists(path):
        return "" if os.access(path, os.W_OK) else "no se puede escribir"
    folder = next(parent for parent in path.absolute().parents if os.path.lexists(parent))
    if not folder.is_dir():
        return f"{folder} no es una carpeta"
    try:
        with TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return reason(error)
