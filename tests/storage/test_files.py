"""What is said of a TOML file that somebody wrote who knows another language of settings."""

from __future__ import annotations

import pytest

from storage.files import parse_toml

MEANT = {
    "a = True": "se escribe true o false, en minúsculas",
    "a = sí": "se escribe true o false, en minúsculas",
    "a = 16-11-2026": "una fecha va como 2026-11-16",
    "a = 2026/11/16": "una fecha va como 2026-11-16",
    "a = 2026-1-6": "una fecha va como 2026-01-06",
    "a = 2026-02-31": "esa fecha no existe",
    "a = 8:30": "una hora va entre comillas",
    "a = 1,5": "un número con decimales va con punto",
    "a = 007": "un número no empieza con 0",
    "a = null": "lo que no se sabe no se escribe",
    "a = “x”": "las comillas van rectas",
    "a: 1": "después de la clave va =",
    "ñ = 1": "una clave con ñ o tilde va entre comillas",
    "<<<<<<< HEAD": "quedó a medias una unión de git",
    'a = "C:\\Users"': "una \\ en un texto va doble",
}


@pytest.mark.parametrize("line", MEANT)
def test_what_other_languages_write_is_told_with_its_line(line: str) -> None:
    with pytest.raises(ValueError, match=r"^línea 2, columna \d+: ") as caught:
        parse_toml(f"b = 1\n{line}\nc = 2\n")
    assert MEANT[line] in str(caught.value)


def test_what_is_only_missed_at_the_end_is_told_with_the_last_line() -> None:
    with pytest.raises(ValueError, match=r"^línea 2, la última: la clave está dos veces"):
        parse_toml("a.b = 1\na = 2")
    with pytest.raises(ValueError, match=r"^línea 1, la última: falta cerrar un ]"):
        parse_toml("a = [1\n\n\n")
