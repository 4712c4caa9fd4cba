"""What the bots ask, where they store it, and how they are started; the standard library alone."""

from __future__ import annotations

import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path

TOKEN = "7000000001:AAFakeTokenOfThirtyFiveCharacters_0"
SECRET = "secreto-de-prueba"
PATH = "/webhooks/telegram"
HOST = "127.0.0.1"

GRADES = ("1", "2", "3", "4", "5", "6", "7")
ASK_GRADE = (
    "Piense en su última atención en Tránsito. ¿Qué nota le pone, de 1 a 7? 1 es muy mala y 7 muy "
    "buena. Si su trámite aún no termina, dígalo: también cuenta, aparte.\n"
    "La nota sirve para mejorar el servicio. No ponga nombres, RUT ni datos de salud. Más detalle: "
    "DATOS."
)
GRADE_BUTTONS = ((*GRADES,), ("Aún no termina",), ("Volver", "Cancelar"))
ASK_REASON = (
    "Anoté un {grade} para Tránsito.\n\n¿Qué fue lo que más influyó? También puede contarlo con "
    "sus palabras, o escribir LISTO.\n"
    "1) Espera 2) Trato 3) Información 4) No se resolvió 5) Costo 6) Otro"
)
REASON_BUTTONS = (
    ("Espera", "Trato"),
    ("Información", "No se resolvió"),
    ("Costo", "Otro"),
    ("Listo", "Volver", "Cancelar"),
)
ASK_BEST = (
    "Anoté un {grade} para Tránsito.\n\n¿Qué fue lo mejor? Cuéntelo a su modo, o escriba LISTO."
)
BEST_BUTTONS = (("Listo", "Volver", "Cancelar"),)
THANKS = (
    "Gracias. Anotamos su nota {grade} para Tránsito. El lunes el área recibe el resumen de la "
    "semana, sin identificarle. ¿Necesita una respuesta? Escriba RECLAMO y le damos un número de "
    "seguimiento.\n\nSi quiere agregar algo, escríbalo ahora. Para terminar, escriba LISTO."
)
THANKS_BUTTONS = (("Listo", "Cambiar mi nota"), ("Menú",))
DONE = "Listo. Su comentario quedó guardado."
DONE_BUTTONS = (("Menú",),)

Buttons = tuple[tuple[str, ...], ...]


def after_grade(grade: int) -> tuple[str, Buttons]:
    """What follows the grade: its text and buttons."""
    if grade <= 5:
        return ASK_REASON.format(grade=grade), REASON_BUTTONS
    return ASK_BEST.format(grade=grade), BEST_BUTTONS


@dataclass(frozen=True, slots=True)
class Start:
    """How a bot is started: ``python -m benchmarks.peers.NAME PORT API_URL FOLDER``."""

    port: int
    api_url: str
    folder: Path

    @classmethod
    def from_arguments(cls) -> Start:
        _, port, api_url, folder = sys.argv
        return cls(int(port), api_url, Path(folder))

    @property
    def webhook_url(self) -> str:
        """Nobody calls it there: the citizens know the port."""
        return f"https://opina.example{PATH}"


class Answers:
    """A table of answers in SQLite, each committed before the call returns.

    Called in the event loop's thread: on one core, a thread for it (aiosqlite) made neither bot
    faster.
    """

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "answers.db")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(
            "CREATE TABLE answers (chat INTEGER, question TEXT, value TEXT, at INTEGER, "
            "PRIMARY KEY (chat, question))"
        )

    def add(self, chat: int, question: str, value: str) -> None:
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (chat, question, value, int(time.time())),
            )
