"""What every process of the service has to do first, done once for all that are forked.

Imports, also those that the service leaves until it needs them, and the reading of the packaged
content: the program remembers the sentences and stems that it has read. Nothing here may start a
thread, which a fork would lose.
"""

from __future__ import annotations

import gc
from datetime import date

# ruff: noqa: F401  # for their modules
import aiosqlite
import alembic.command
import alembic.config
import asyncpg
import uvloop

import bot.channels.mail
import bot.channels.terminal
import bot.cli
import bot.commands.run
import bot.observability.logs
import bot.reports.rows
import bot.service
import storage.engine.keys_used
import storage.engine.schema
from bot.content.release import load_release
from handlers.cases.deadlines import calendar_of

calendar_of(load_release().content).is_working(date(2026, 1, 1))
gc.collect()
gc.freeze()  # or collecting garbage would copy, in every process, all that is here
