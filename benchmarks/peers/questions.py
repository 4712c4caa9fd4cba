"""Shared by the bots: their questions, storage and webhook."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

B = TypeVar("B")

TOKEN = "7000000001:AAFakeTokenOfThirtyFiveCharacters_0"
SECRET = "secreto-de-prueba"
PATH = "/webhooks/telegram"
HOST = "127.0.0.1"
URL = f"https://opina.example{PATH}"  # never called: the simulated citizens use the port
QUESTIONS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def ask(name: str, button: Callable[..., B], grade: str = "") -> tuple[str, list[list[B]]]:
    """A question's text and keyboard; a button sends "press:" and its label."""
    keyboard = [
        [button(text=label, callback_data=f"press:{label}") for label in row.split("|")]
        for row in QUESTIONS[name]["buttons"].split("/")
    ]
    return QUESTIONS[name]["text"].format(grade=grade), keyboard


def after_grade(grade: str) -> str:
    """The question after this grade."""
    return "reason" if int(grade) <= 5 else "best"


def serve(
    take: Callable[[Any], Awaitable[object]],
    running: Callable[[web.Application], AsyncIterator[None]],
) -> None:
    """Serve a webhook as in the libraries' examples; acknowledged once ``take`` returns."""

    async def handle(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return web.Response(status=403)
        await take(await request.json())
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, handle)
    app.cleanup_ctx.append(running)
    run(app)


def run(app: web.Application, loop: asyncio.AbstractEventLoop | None = None) -> None:
    """Serve, and say so as our service does (tests.e2e.service)."""

    async def ready(_: web.Request) -> web.Response:
        return web.Response()

    def announce(_: str) -> None:
        print("Para detenerlo: Ctrl+C", flush=True)

    app.router.add_get("/readyz", ready)
    port = int(os.environ["OPINA_WEB__PORT"])
    web.run_app(app, host=HOST, port=port, access_log=None, print=announce, loop=loop)


class Answers:
    """A table of answers in SQLite in this folder, each committed before the call returns.

    Used in the event loop's thread: on one core, aiosqlite's thread made neither bot faster.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("answers.db")
        self._database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE answers "
            "(chat INTEGER, question TEXT, value TEXT, at INTEGER, PRIMARY KEY (chat, question))"
        )

    def add(self, chat: int, question: str, value: str) -> None:
        row = (chat, question, value, int(time.time()))
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
