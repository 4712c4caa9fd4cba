"""How a channel describes itself before it is open, and what it offers once it is.

Commands read descriptions too, so this imports no HTTP library.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels.http.webhooks import Webhook
from bot.channels.links import ChannelLink
from bot.channels.ports import FetchPort, IntakePort, SendPort, StartResult, Stopped
from bot.config import Settings

if TYPE_CHECKING:
    from aiohttp import web

    from bot.channels.http.client import HttpClient


@dataclass(frozen=True, slots=True)
class Opening:
    """What a channel is opened with. ``http`` makes a client that the service closes."""

    settings: Settings
    clock: Callable[[], datetime]
    http: Callable[[], HttpClient]


@dataclass(frozen=True, slots=True)
class Missing:
    """The channel is off, because ``settings`` (``[section] key``) are not set."""

    settings: str


def _no_webhooks(_: IntakePort) -> Sequence[Webhook]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChannel:
    """A channel that is on: the parts that delivery, the web server and the jobs use."""

    sends: SendPort
    per_second: float = 0  # messages, in all processes together; 0: no limit of our own
    fetches: FetchPort | None = None  # downloads the files of its messages
    where: str = ""  # how people reach us, for a channel without ``start``
    webhooks: Callable[[IntakePort], Sequence[Webhook]] = _no_webhooks
    routes: Sequence[web.RouteDef] = ()  # other requests of its platform
    start: Callable[[], Awaitable[StartResult]] | None = None  # retried until it succeeds
    poll: Callable[[IntakePort], Awaitable[Stopped]] | None = None  # in one process at a time
    # For webhooks: why the platform cannot deliver, in its own words; "" if it can; None if that
    # is unknown. Called in one process at a time.
    undelivered: Callable[[], Awaitable[str | None]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelType:
    """What is known of a channel before it is open: the ``TYPE`` of its module."""

    label: str  # the channel's name
    in_text: str  # the name within a Spanish sentence, after "por"
    # Raises OperatorError for settings that cannot work. None: part of the web server.
    open: Callable[[Opening], OpenChannel | Missing] | None = None
    # Whether any of its settings is set, which are still missing, and why those that are set cannot
    # work. None: it has no settings.
    begun: Callable[[Settings], bool] | None = None
    lacking: Callable[[Settings], Sequence[str]] | None = None
    unusable: Callable[[Settings], str] | None = None
    link: Callable[[Settings], ChannelLink | Missing] | None = None  # for posters
    company: str = ""  # the company that also sees the messages, for the privacy page
    by_phone: bool = False  # it reveals people's telephone numbers
