"""`opina chat`: talk to the assistant here, or play a script and print the transcript."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

from bot.channels.opening import OpenChannel
from bot.channels.terminal import TerminalChannel, rendered
from bot.commands.shared.keyboard import Keyboard
from bot.config import DatabaseSettings, Settings
from bot.installation import Installation, announce_new_database, utc_now
from bot.interrupts import interruptible
from bot.pipeline.intake import Intake
from bot.process import open_path, open_process
from bot.settings import read_settings
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from storage.files import NoScratch, read_text

REPLY_S = 15.0
LEAVE = "/salir"
MOST_SCRIPT_BYTES = 200_000


def chat(config: Path | None, script: Path | None, *, keep: bool = False) -> None:
    """Chat until the input ends. ``keep``: on the configured database, else on a scratch one.

    Raises OperatorError.
    """
    settings = read_settings(config)
    lines = _script_lines(script) if script else None
    if keep:
        announce_new_database(settings, sys.stderr)
        with interruptible():
            asyncio.run(_chat(settings, lines))
        return
    with interruptible(), tempfile.TemporaryDirectory() as folder:
        scratch = DatabaseSettings(
            url=f"sqlite:///{folder}/chat.db", keys=Path(folder) / "keys.toml"
        )
        try:
            asyncio.run(_chat(settings.model_copy(update={"database": scratch}), lines))
        except* StorageUnavailable:  # nobody else works on it
            raise NoScratch from None


def _script_lines(script: Path) -> list[str]:
    lines = read_text(script, MOST_SCRIPT_BYTES).splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


async def _chat(settings: Settings, lines: list[str] | None) -> None:
    async with AsyncExitStack() as stack:
        process = await open_process(Installation(settings), stack)
        terminal = TerminalChannel(utc_now)
        intake, delivery = open_path(process, {Channel.TERMINAL: OpenChannel(sends=terminal)})
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(delivery.run()), tasks.create_task(intake.run())]
            try:
                await _converse(terminal, intake, lines)
                await delivery.finish(5)
            finally:
                for task in running:
                    task.cancel()


async def _converse(terminal: TerminalChannel, intake: Intake, lines: list[str] | None) -> None:
    waiting = iter(lines) if lines is not None else None
    keyboard = Keyboard()
    if waiting is None:
        print(f"Para salir: Ctrl+D o {LEAVE}\n")
    line = "/start" if waiting is None else await _next_line(waiting, keyboard)
    while line is not None and line.strip().lower() != LEAVE:
        await terminal.type(line, intake)
        reply = await terminal.next_reply(REPLY_S)
        if reply is None:
            print("(sin respuesta)", file=sys.stderr)
        else:
            print(rendered(reply) + "\n", flush=True)
        line = await _next_line(waiting, keyboard)


async def _next_line(waiting: Iterator[str] | None, keyboard: Keyboard) -> str | None:
    """Of the script, else of who types; None: there is none any more."""
    if waiting is None:
        return await keyboard.line("> ")
    line = next(waiting, None)
    if line is not None:
        print(f"> {line}\n")
    return line
