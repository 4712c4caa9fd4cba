"""What the bots ask, where they store it, and how they are started and called."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

B = TypeVar("B")

TOKEN = "7000000001:AAFakeTokenOfThirtyFiveCharacters_0"
SECRET = "secreto-de-prueba"
PATH = "/webhooks/telegram"
HOST = "127.0.0.1"
URL = f"https://opina.example{PATH}"  # never called: the citizens know the port

Question = tuple[str, str]
"""Its text; its buttons in rows, parted by "|" and "/"."""

ASK_GRADE = (
    "Piense en su última atención en Tránsito. ¿Qué nota le pone, de 1 a 7? 1 es muy mala y 7 muy "
    "buena. Si su trámite aún no termina, dígalo: también cuenta, aparte.\n"
    "La nota sirve para mejorar el servicio. No ponga nombres, RUT ni datos de salud. Más detalle: "
    "DATOS.",
    "1|2|3|4|5|6|7/Aún no termina/Volver|Cancelar",
)
ASK_REASON = (
    "Anoté un {grade} para Tránsito.\n\n¿Qué fue lo que más influyó? También puede contarlo con "
    "sus palabras, o escribir LISTO.\n"
    "1) Espera 2) Trato 3) Información 4) No se resolvió 5) Costo 6) Otro",
    "Espera|Trato/Información|No se resolvió/Costo|Otro/Listo|Volver|Cancelar",
)
ASK_BEST = (
    "Anoté un {grade} para Tránsito.\n\n¿Qué fue lo mejor? Cuéntelo a su modo, o escriba LISTO.",
    "Listo|Volver|Cancelar",
)
THANKS = (
    "Gracias. Anotamos su nota {grade} para Tránsito. El lunes el área recibe el resumen de la "
    "semana, sin identificarle. ¿Necesita una respuesta? Escriba RECLAMO y le damos un número de "
    "seguimiento.\n\nSi quiere agregar algo, escríbalo ahora. Para terminar, escriba LISTO.",
    "Listo|Cambiar mi nota/Menú",
)
DONE = ("Listo. Su comentario quedó guardado.", "Menú")


def ask(question: Question, button: Callable[..., B], grade: str = "") -> tuple[str, list[list[B]]]:
    """Its text and keyboard; a button sends "press:" and its label."""
    text, rows = question
    keyboard = [
        [button(text=label, callback_data=f"press:{label}") for label in row.split("|")]
        for row in rows.split("/")
    ]
    return text.format(grade=grade), keyboard


def after_grade(grade: str) -> Question:
    """What follows the grade."""
    return ASK_REASON if int(grade) <= 5 else ASK_BEST


def started() -> tuple[int, str, Path]:
    """With ``python -m benchmarks.peers.NAME PORT API_URL FOLDER``."""
    _, port, api_url, folder = sys.argv
    return int(port), api_url, Path(folder)


def receiving(take: Callable[[Any], Awaitable[object]]) -> web.Application:
    """A webhook, as the libraries' examples have it; acknowledged as soon as ``take`` is done."""

    async def handle(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return web.Response(status=403)
        await take(await request.json())
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, handle)
    return app


class Answers:
    """A table of answers in SQLite, each committed before the call returns.

    Called in the event loop's thread: on one core, a thread for it (aiosqlite) made neither bot
    faster.
    """

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "answers.db")
        self._database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE answers "
            "(chat INTEGER, question TEXT, value TEXT, at INTEGER, PRIMARY KEY (chat, question))"
        )

    def add(self, chat: int, question: str, value: str) -> None:
        row = (chat, question, value, int(time.time()))
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
