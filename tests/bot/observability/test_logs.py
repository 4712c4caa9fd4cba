"""Logs tell what happens, and stop nothing where they cannot be written."""

from __future__ import annotations

import errno
import io

import pytest
import structlog

from bot.observability import logs


class Unwritable(io.StringIO):
    """A stream to a full disk, or to a reader that is gone."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self._fault = fault

    def write(self, text: str, /) -> int:
        raise self._fault

    def flush(self) -> None:
        raise self._fault


@pytest.mark.parametrize(
    "fault", [OSError(errno.ENOSPC, ""), BrokenPipeError(), ValueError("closed file")]
)
@pytest.mark.parametrize("pretty", [True, False])
def test_a_line_that_cannot_be_written_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, *, pretty: bool
) -> None:
    monkeypatch.setattr("sys.stderr", Unwritable(fault))
    logs.configure(pretty=pretty)
    structlog.get_logger("test").error("batch failed")


def test_a_line_is_written_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure(pretty=False)
    structlog.get_logger("test").error("batch failed", events=3)
    assert '"event": "batch failed"' in stream.getvalue()
