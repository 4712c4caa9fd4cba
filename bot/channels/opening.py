"""How a channel describes itself, and what it is once it is on.

Commands read it too, so it imports no HTTP library.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels.links import ChannelLink
from bot.channels.ports import FetchPort, IntakePort, SendPort, StartResult, Stopped
from bot.channels.webhooks import Webhook
from bot.config import Settings

if TYPE_CHECKING:
    from aiohttp import web

    from bot.channels.http import HttpClient


@dataclass(frozen=True, slots=True)
class Opening:
    """What the service lends a channel. ``http`` makes it a client of its own."""

    settings: Settings
    clock: Callable[[], datetime]
    http: Callable[[], HttpClient]


@dataclass(frozen=True, slots=True)
class Missing:
    """The channel is off. ``settings`` says for want of what, as ``[section] key``."""

    settings: str


def _no_webhooks(_: IntakePort) -> Sequence[Webhook]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChannel:
    """A channel that is on: what delivery, the web server and the service do with it."""

    sends: SendPort
    per_second: float = 0  # messages to everybody, over all processes; 0: no limit of our own
    fetches: FetchPort | None = None  # the files that its messages bring along
    where: str = ""  # how people reach us, where there is no ``start`` that says so
    webhooks: Callable[[IntakePort], Sequence[Webhook]] = _no_webhooks
    routes: Sequence[web.RouteDef] = ()  # what else its platform asks the web server
    start: Callable[[], Awaitable[StartResult]] | None = None  # called until it has started
    poll: Callable[[IntakePort], Awaitable[Stopped]] | None = None  # in one process at a time
    # Where the platform delivers: why it cannot, in its own words; "": it can; None: it does not
    # say. Also in one process.
    undelivered: Callable[[], Awaitable[str | None]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelType:
    """What is known of a channel before it is on. Each module of a channel has one, ``TYPE``."""

    label: str  # as people call it
    in_text: str  # the same within a sentence, behind "por"
    # Raises OperatorError for settings that cannot work. None: it is part of the service itself.
    open: Callable[[Opening], OpenChannel | Missing] | None = None
    # Whether something of it is set, which settings it lacks to be on, and why those that are there
    # cannot work. None: it has no settings.
    begun: Callable[[Settings], bool] | None = None
    lacking: Callable[[Settings], Sequence[str]] | None = None
    unusable: Callable[[Settings], str] | None = None
    link: Callable[[Settings], ChannelLink | Missing] | None = None  # for posters
    company: str = ""  # whose servers read the messages too, as the privacy page says
    by_phone: bool = False  # whether it tells us people's telephone numbers
