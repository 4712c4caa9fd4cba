"""Tests of the pace: the platform's limit holds over every second, and over all processes."""

from __future__ import annotations

import pytest

from bot.pipeline.pacing import Pace


def sent_at(pace: Pace, wanted: list[float]) -> list[float]:
    """When sends go out that are wanted at these moments."""
    return [moment + pace.delay(moment) for moment in wanted]


def test_a_seconds_worth_goes_out_at_once_and_the_rest_at_the_limit() -> None:
    sent = sent_at(Pace(30), [100.0] * 90)
    assert sent[:30] == pytest.approx([100.0] * 30)
    assert sent[30:] == pytest.approx([100.0 + place / 30 for place in range(1, 61)])


def test_who_sends_slowly_never_waits() -> None:
    assert sent_at(Pace(2), [10.0, 11.0, 12.0]) == [10.0, 11.0, 12.0]


def test_no_limit_is_no_wait() -> None:
    assert sent_at(Pace(0), [1.0] * 1000) == [1.0] * 1000


@pytest.mark.parametrize("processes", [1, 2, 3, 7])
def test_processes_together_keep_to_the_limit(processes: int) -> None:
    paces = [Pace(30) for _ in range(processes)]
    for pace in paces:
        pace.share(processes)
    sent = sorted(at for pace in paces for at in sent_at(pace, [100.0] * 300))
    soon = [at for at in sent if at <= 102.0]
    assert len(soon) == pytest.approx(30 + 2 * 30, abs=processes)


def test_a_process_that_is_left_alone_has_the_whole_limit_again() -> None:
    pace = Pace(10)
    pace.share(2)
    slow = sent_at(pace, [100.0] * 15)
    pace.share(1)
    assert slow[-1] - slow[-2] == pytest.approx(0.2)
    fast = sent_at(pace, [105.0] * 20)
    assert fast[-1] - fast[-2] == pytest.approx(0.1)
