"""The one web server: health, metrics, and the routes that channels and reports bring along."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Protocol

from aiohttp import web

from bot.channels.ports import Hook
from bot.channels.webhooks import Room, read_body
from bot.observability.metrics import CONTENT_TYPE, Metrics
from bot.web.browsers import compress, tell_what_is_missing
from bot.web.front import Front, take

MAX_BODY_BYTES = 4 * 1024 * 1024  # WhatsApp sends up to 3 MB; each route sets its own limit below
ROOM_BYTES = 64 * 1024 * 1024  # for all the webhooks' bodies that have begun to come
SHUTDOWN_S = 3.0


class Readiness(Protocol):
    """Whether this process can take events now."""

    async def problems(self) -> list[str]:
        """Why not, in words for the operator; empty when it can."""
        ...


def build_app(
    readiness: Readiness, metrics: Metrics, routes: Iterable[web.AbstractRouteDef]
) -> web.Application:
    """The application with /healthz, /readyz, /metrics and ``routes``."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_: web.Request) -> web.Response:
        problems = await readiness.problems()
        status = 503 if problems else 200
        body = {"status": "not ready" if problems else "ready", "problems": problems}
        return web.json_response(body, status=status)

    async def exposed(_: web.Request) -> web.Response:
        return web.Response(body=metrics.exposed(), headers={"Content-Type": CONTENT_TYPE})

    async def home(_: web.Request) -> web.Response:
        raise web.HTTPFound("/chat")

    app = web.Application(
        client_max_size=MAX_BODY_BYTES, middlewares=[compress, tell_what_is_missing]
    )
    app.add_routes(
        [
            web.get("/", home),
            web.get("/healthz", healthz),
            web.get("/readyz", readyz),
            web.get("/metrics", exposed),
            *routes,
        ]
    )
    return app


class Serving:
    """What listens, until it is closed."""

    def __init__(
        self, server: asyncio.Server, front: Front, runner: web.AppRunner, port: int
    ) -> None:
        self.port = port
        self._server = server
        self._front = front
        self._runner = runner

    async def close(self) -> None:
        """Take nothing more; what is being answered has SHUTDOWN_S. May be called again."""
        self._server.close()
        # At once, so that no idle connection of the one takes events while the other finishes.
        await asyncio.gather(self._front.close(SHUTDOWN_S), self._runner.cleanup())


async def serve(app: web.Application, host: str, port: int, hooks: Iterable[Hook] = ()) -> Serving:
    """Listen on the port, chosen by the system for 0; ``hooks`` are answered before ``app``.

    Raises OSError when the address cannot be had.
    """
    hooks, room = tuple(hooks), Room(ROOM_BYTES)
    app.add_routes([hook_route(hook, room) for hook in hooks])
    # What is compressed is refused, as a few kilobytes could unfold to gigabytes.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S, auto_decompress=False)
    await runner.setup()
    others = runner.server
    assert others is not None  # it is set up
    front = Front(hooks, others, room)
    try:
        server = await asyncio.get_running_loop().create_server(
            front.accept, host, port, backlog=1024
        )
    except OSError:
        await runner.cleanup()
        raise
    bound = server.sockets[0].getsockname()[1] if server.sockets else port
    return Serving(server, front, runner, int(bound))


def hook_route(hook: Hook, room: Room) -> web.RouteDef:
    """The same hook for a connection that the front handed over, as proxies reuse theirs."""

    async def answer(request: web.Request) -> web.Response:
        announced = request.content_length
        size = hook.limit if announced is None else min(announced, hook.limit)
        if not room.take(size):
            refused = web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
            refused.force_close()
            raise refused
        try:
            body = await read_body(request, hook.limit)
        except web.HTTPException as refusal:
            refusal.force_close()
            raise
        finally:
            room.leave(size)
        given = request.headers
        needed = {name: given[name] for name in hook.headers if name in given}
        said = await take(hook, needed, body)
        headers = {} if said.retry_after_s is None else {"Retry-After": str(said.retry_after_s)}
        response = web.Response(
            status=said.status,
            body=said.body or None,
            content_type=said.content_type or None,
            headers=headers,
        )
        if said.status == 500:
            response.force_close()
        return response

    return web.post(hook.path, answer)
