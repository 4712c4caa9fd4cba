"""What holds for all tests of the running service."""

from __future__ import annotations

import pytest
import structlog

from bot.pipeline import claiming


@pytest.fixture(autouse=True)
def _logs_without_decoration() -> None:
    """Outside of the service structlog draws tracebacks with colours, which takes seconds.

    Before each test anew: a command that ran in this process left its own way, to a closed stream.
    """
    structlog.reset_defaults()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    )


@pytest.fixture(autouse=True)
def _short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox is looked at ten times a second: many tests wait for the next look."""
    monkeypatch.setattr(claiming, "POLL_S", 0.1)
