"""Monday's work is done from one link on a telephone, in few taps; with scripts: `make monday`."""

from __future__ import annotations

import asyncio

import pytest

from tests.browser import chromium_path
from tests.e2e.panel.monday import MOST_TAPS, run

pytestmark = [pytest.mark.browser, pytest.mark.process]


async def test_all_that_is_due_is_done_in_few_taps_without_scripts() -> None:
    course, _ = await asyncio.to_thread(run, chromium_path(), scripts=False)
    told = "\n".join(course.lines)
    assert course.taps <= MOST_TAPS, told
    assert told.count("Enviar por ") == 4
    assert told.count("Atender a esta persona") == 1
    assert told.count("La ficha ya está corregida") == 1
    assert told.count("Decidir la medida") == 1
    assert "nothing else waits" in told
