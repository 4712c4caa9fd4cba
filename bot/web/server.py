"""The one web server: health, metrics, and the routes that channels and reports bring along."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial

from aiohttp import web

from bot.channels.http.webhooks import Webhook
from bot.observability.metrics import Metrics
from bot.web.bodies import BodyReader
from bot.web.browsers import compress, refusals_in_spanish
from bot.web.connection import MAX_LINE_BYTES, Connection
from bot.web.health import Readiness, health_routes
from bot.web.middleware import add_headers
from bot.web.webhooks import webhook_route, webhooks_first

KEEP_ALIVE_S = 75.0  # longer than the proxies before us keep theirs (nginx: 60)
BACKLOG = 1024
SHUTDOWN_S = 3.0
MUNICIPALITY = web.AppKey("municipality", str)
LINGER_S = 5.0  # how long what a refused sender goes on sending is read and dropped


def build_app(
    readiness: Readiness,
    metrics: Metrics,
    routes: Iterable[web.AbstractRouteDef],
    municipality: str = "",
) -> web.Application:
    """The application with /healthz, /readyz, /metrics and ``routes``.

    ``municipality`` is named where there is no page to show.
    """

    async def home(_: web.Request) -> web.Response:
        raise web.HTTPFound("/chat")

    async def no_icon(_: web.Request) -> web.Response:
        """Browsers ask for one on every page that names none, a digest or a file of figures."""
        return web.Response(status=204, headers={"Cache-Control": "max-age=86400"})

    without_slash = web.normalize_path_middleware(append_slash=False, remove_slash=True)
    app = web.Application(middlewares=[compress, refusals_in_spanish(municipality), without_slash])
    app[MUNICIPALITY] = municipality
    app.on_response_prepare.append(add_headers)
    own = [web.get("/", home), web.get("/favicon.ico", no_icon)]
    app.add_routes([*own, *health_routes(readiness, metrics), *routes])
    return app


class Serving:
    """What listens, until it is closed."""

    def __init__(
        self, server: asyncio.Server, runner: web.AppRunner, bodies: BodyReader, port: int
    ) -> None:
        self.port = port
        self._server = server
        self._runner = runner
        self._bodies = bodies

    async def close(self) -> None:
        """Take nothing more; what is being answered has SHUTDOWN_S. May be called again."""
        self._server.close()
        self._bodies.close()
        await self._runner.cleanup()


async def serve(
    app: web.Application,
    host: str,
    port: int,
    webhooks: Iterable[Webhook] = (),
    bodies: BodyReader | None = None,
) -> Serving:
    """Listen on the port, chosen by the system for 0.

    Raises OSError when the address cannot be had.
    """
    bodies = bodies or BodyReader()
    routes = [webhook_route(webhook, bodies) for webhook in webhooks]
    app.add_routes(routes)  # so that what is no POST, or ends in a slash, is answered as elsewhere
    runner = web.AppRunner(app, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    assert runner.server is not None  # it is set up
    runner.server.request_handler = webhooks_first(routes, runner.server.request_handler)
    loop = asyncio.get_running_loop()
    connection = partial(
        Connection,
        runner.server,
        municipality=app.get(MUNICIPALITY, ""),
        loop=loop,
        access_log=None,
        auto_decompress=False,
        keepalive_timeout=KEEP_ALIVE_S,
        lingering_time=LINGER_S,
        max_line_size=MAX_LINE_BYTES,
    )
    try:
        server = await loop.create_server(connection, host, port, backlog=BACKLOG)
    except OSError:
        await runner.cleanup()
        raise
    bound = server.sockets[0].getsockname()[1] if server.sockets else port
    return Serving(server, runner, bodies, int(bound))
