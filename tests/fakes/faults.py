"""Scripted faults of a platform: what its next answers shall be instead of the right one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum

from aiohttp import web
from msgspec import Struct


class FaultKind(StrEnum):
    """How a call goes wrong."""

    REFUSE = "refuse"  # an answer with a status and an error
    HANG = "hang"  # no answer ever
    CUT = "cut"  # the connection ends without an answer


class Fault(Struct, frozen=True):
    """One call that goes wrong. ``delivered``: the platform did take the message all the same.

    ``body`` replaces the platform's own error document, as a proxy on the way would.
    """

    kind: FaultKind = FaultKind.REFUSE
    status: int = 500
    code: int = 0  # WhatsApp's error code
    description: str = "Internal Server Error"
    retry_after: int = 0
    delivered: bool = False
    body: bytes | None = None


class Faults:
    """Faults waiting for their call; calls for which none waits go right."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, Fault]] = []

    def next(self, fault: Fault, times: int = 1, method: str = "send") -> None:
        """The next ``times`` calls of ``method`` ("send", or a method's name) go wrong so."""
        self._waiting += [(method, fault)] * times

    def count(self) -> int:
        """How many still wait for their call."""
        return len(self._waiting)

    def clear(self) -> None:
        """From now on everything goes right."""
        self._waiting.clear()

    def take(self, *methods: str) -> Fault | None:
        """The fault for a call that goes by any of these names."""
        for waiting in self._waiting:
            if waiting[0] in methods:
                self._waiting.remove(waiting)
                return waiting[1]
        return None


async def go_wrong(
    fault: Fault, request: web.Request, refuse: Callable[[Fault], web.Response]
) -> web.Response:
    """Answer a call with its fault. ``refuse``: in the platform's own words."""
    match fault.kind:
        case FaultKind.HANG:
            await asyncio.sleep(3600)
        case FaultKind.CUT:
            assert request.transport is not None
            request.transport.abort()
        case FaultKind.REFUSE if fault.body is not None:
            return web.Response(status=fault.status, body=fault.body)
        case FaultKind.REFUSE:
            return refuse(fault)
    return web.Response(status=500)


def refusal(status: int, description: str, retry_after: int = 0) -> Fault:
    """Telegram's error answer."""
    return Fault(status=status, description=description, retry_after=retry_after)


def refusal_code(code: int, status: int = 400) -> Fault:
    """WhatsApp's error answer, which goes by its code."""
    return Fault(status=status, code=code, description=f"(#{code})")


HANGS = Fault(FaultKind.HANG)
HANGS_DELIVERED = Fault(FaultKind.HANG, delivered=True)
CUTS = Fault(FaultKind.CUT)
CUTS_DELIVERED = Fault(FaultKind.CUT, delivered=True)
