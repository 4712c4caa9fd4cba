"""What every process of the service has to do first, done once for all that are forked.

Imports, and the reading of the packaged content: the program remembers the sentences and stems that
it has read. Nothing here may start a thread, which a fork would lose.
"""

from __future__ import annotations

import gc

import bot.cli
import bot.reports.rows
import bot.service  # noqa: F401  # for its modules
from bot.content.release import load_release

load_release()
gc.collect()
gc.freeze()  # or collecting garbage would copy, in every process, all that is here
