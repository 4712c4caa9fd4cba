"""What tells a monitor how the service is: /healthz, /readyz and /metrics."""

from __future__ import annotations

from typing import Protocol

from aiohttp import web

from bot.observability.metrics import CONTENT_TYPE, Metrics


class Readiness(Protocol):
    """Whether this process can take events now."""

    async def problems(self) -> list[str]:
        """Why not, in words for the operator; empty when it can."""
        ...


def health_routes(readiness: Readiness, metrics: Metrics) -> list[web.RouteDef]:
    """200 from /healthz while the process runs, from /readyz while it can take events."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_: web.Request) -> web.Response:
        problems = await readiness.problems()
        status = 503 if problems else 200
        body = {"status": "not ready" if problems else "ready", "problems": problems}
        return web.json_response(body, status=status)

    async def exposed(_: web.Request) -> web.Response:
        return web.Response(body=metrics.exposed(), headers={"Content-Type": CONTENT_TYPE})

    return [
        web.get("/healthz", healthz),
        web.get("/readyz", readyz),
        web.get("/metrics", exposed),
    ]
