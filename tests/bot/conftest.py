"""What holds for all tests of the running service."""

from __future__ import annotations

import pytest
import structlog


@pytest.fixture(autouse=True, scope="session")
def _logs_without_decoration() -> None:
    """Outside of the service structlog draws tracebacks with colours, which takes seconds."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    )
