"""The minimum that acknowledges an update: aiohttp and msgspec, nothing stored."""

from __future__ import annotations

import msgspec
import uvloop
from aiohttp import web

from benchmarks.peers.questions import HOST, PATH, started


async def handle(request: web.Request) -> web.Response:
    msgspec.json.decode(await request.read())
    return web.Response()


if __name__ == "__main__":
    port, *_ = started()
    app = web.Application()
    app.router.add_post(PATH, handle)
    web.run_app(app, host=HOST, port=port, access_log=None, loop=uvloop.new_event_loop())
