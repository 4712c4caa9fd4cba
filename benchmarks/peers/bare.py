"""The least that can acknowledge an update: decoded with msgspec behind aiohttp, nothing stored."""

from __future__ import annotations

import msgspec
import uvloop
from aiohttp import web

from benchmarks.peers.questions import HOST, PATH, Start


class _Chat(msgspec.Struct):
    id: int


class _Message(msgspec.Struct):
    message_id: int
    chat: _Chat
    text: str


class _Update(msgspec.Struct):
    update_id: int
    message: _Message


UPDATE = msgspec.json.Decoder(_Update)


async def handle(request: web.Request) -> web.Response:
    UPDATE.decode(await request.read())
    return web.Response()


if __name__ == "__main__":
    app = web.Application()
    app.router.add_post(PATH, handle)
    port = Start.from_arguments().port
    web.run_app(app, host=HOST, port=port, access_log=None, loop=uvloop.new_event_loop())
