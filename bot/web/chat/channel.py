"""The web chat as delivery and the server see it."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.channels.ports import IntakePort, Outgoing, Sent
from bot.web.chat.messages import ChatMessages
from bot.web.chat.pages import ChatPages
from bot.web.chat.streams import Streams, page_of
from handlers.messages import Channel


class WebChannel:
    """Committed replies need no sending, only waking.

    ``notify`` is called for a reply whose page is not open in this process.
    """

    name = Channel.WEB

    def __init__(
        self,
        pages: ChatPages,
        messages: ChatMessages,
        streams: Streams,
        notify: Callable[[str, int], None] | None = None,
    ) -> None:
        self._pages = pages
        self._messages = messages
        self._streams = streams
        self._notify = notify

    def routes(self, intake: IntakePort) -> list[web.AbstractRouteDef]:
        """Every address of the web chat; messages go to ``intake``."""

        async def post_message(request: web.Request) -> web.Response:
            return await self._messages.take(request, intake)

        return [
            *self._pages.routes(),
            web.post("/chat/messages", post_message),
            web.get("/chat/events", self._streams.stream),
        ]

    async def send(self, outgoing: Outgoing) -> Sent:
        """A committed reply is where the page reads it; wake the pages that are open."""
        page, number = page_of(outgoing.address), outgoing.reply.number
        if self._streams.is_open(page):
            self.wake(page, number)
        elif self._notify is not None:
            self._notify(page, number)
        return Sent(ref=str(outgoing.reply.number))

    def wake(self, page: str, number: int) -> None:
        """As ``Streams.wake``."""
        self._streams.wake(page, number)

    def close(self) -> None:
        """As ``Streams.close``."""
        self._streams.close()
