"""The least that can acknowledge an update: decoded with msgspec behind aiohttp, nothing stored."""

from __future__ import annotations

import msgspec
import uvloop
from aiohttp import web
from msgspec import Struct

from benchmarks.peers.questions import HOST, PATH, Start


class _Chat(Struct):
    id: int


class Message(Struct):
    message_id: int
    chat: _Chat
    text: str


class _Update(Struct):
    update_id: int
    message: Message


UPDATE = msgspec.json.Decoder(_Update)


async def handle(request: web.Request) -> web.Response:
    UPDATE.decode(await request.read())
    return web.Response()


def main() -> None:
    app = web.Application()
    app.router.add_post(PATH, handle)
    port = Start.from_arguments().port
    web.run_app(app, host=HOST, port=port, access_log=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main()
