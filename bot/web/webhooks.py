"""Webhooks as routes of the web server."""

from __future__ import annotations

import structlog
from aiohttp import web

from bot.channels.webhooks import Webhook, WebhookResponse
from bot.web.bodies import BodyReader

log = structlog.get_logger(__name__)


def webhook_route(webhook: Webhook, bodies: BodyReader) -> web.RouteDef:
    """POST on its path. The channel sees the raw body and the headers that it asked for."""

    async def receive(request: web.Request) -> web.Response:
        body = await bodies.read(request, webhook.limit)
        given = request.headers
        headers = {name: given[name] for name in webhook.headers if name in given}
        try:
            said = await webhook.take(headers, body)
        except Exception:  # a fault of ours must not cost the connection its answer
            log.error("webhook failed", path=webhook.path, exc_info=True)
            response = web.Response(status=500)
            response.force_close()
            return response
        return _response(said)

    return web.post(webhook.path, receive)


def _response(said: WebhookResponse) -> web.Response:
    return web.Response(
        status=said.status,
        body=said.body or None,
        content_type=said.content_type or None,
        headers={} if said.retry_after_s is None else {"Retry-After": str(said.retry_after_s)},
    )
