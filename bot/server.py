"""The one web server: health, metrics, and the routes that channels and reports bring along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from aiohttp import web

from bot.metrics import CONTENT_TYPE, Metrics

MAX_BODY_BYTES = 4 * 1024 * 1024  # WhatsApp sends up to 3 MB; each route sets its own limit below
SHUTDOWN_S = 5.0


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

    app = web.Application(client_max_size=MAX_BODY_BYTES)
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


async def serve(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Listen; returns the runner (to be cleaned up) and the port, chosen by the system for 0.

    Raises OSError when the address cannot be had.
    """
    # What is compressed is refused, as a few kilobytes could unfold to gigabytes.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S, auto_decompress=False)
    await runner.setup()
    site = web.TCPSite(runner, host, port, backlog=1024)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    bound = runner.addresses[0][1] if runner.addresses else port
    return runner, int(bound)
