"""Fixtures of the running service's tests: the packaged content, read once."""

from __future__ import annotations

import pytest
import structlog

from bot.content.release import load_release
from handlers.release import Release


@pytest.fixture(scope="session")
def release() -> Release:
    """The packaged La Serena content with its wording and search."""
    return load_release()


@pytest.fixture(autouse=True, scope="session")
def _logs_without_decoration() -> None:
    """Outside of the service structlog draws tracebacks with colours, which takes seconds."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    )
