"""The minimum that acknowledges an update: aiohttp and msgspec, nothing stored."""

from __future__ import annotations

import msgspec
import uvloop
from aiohttp import web

from benchmarks.peers.questions import PATH, run


async def handle(request: web.Request) -> web.Response:
    msgspec.json.decode(await request.read())
    return web.Response()


if __name__ == "__main__":
    app = web.Application()
    app.router.add_post(PATH, handle)
    run(app, uvloop.new_event_loop())
