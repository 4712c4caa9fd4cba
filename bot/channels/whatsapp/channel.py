"""The WhatsApp channel over Meta's Cloud API: sending, and the webhook with its signature."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote

import msgspec
import structlog
from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace
from pydantic import SecretStr

from bot.channels.http.client import HttpClient
from bot.channels.http.multipart import form
from bot.channels.http.responses import HttpResponse
from bot.channels.http.webhooks import (
    ACKNOWLEDGED,
    TRY_AGAIN,
    Webhook,
    WebhookResponse,
    same_secret,
)
from bot.channels.ports import (
    Blocked,
    Document,
    Failed,
    FetchResult,
    Held,
    IntakePort,
    Outgoing,
    RetryLater,
    SendOutcome,
    Sent,
    Started,
    Stopped,
    Uncertain,
)
from bot.channels.whatsapp.decode import Decoded, decode_webhook
from bot.channels.whatsapp.deliveries import Deliveries
from bot.channels.whatsapp.errors import NEEDS_TEMPLATE, NO_TEMPLATE, NOT_NOW, outcome, refusal
from bot.channels.whatsapp.media import known_type, media_content, media_found, uploaded_id
from bot.channels.whatsapp.render import document_bytes, message_bytes, template_bytes
from bot.config import WhatsAppSettings
from handlers.errors import OperatorError, Overloaded, StorageUnavailable
from handlers.messages import Channel, Waits

PATH = "/webhooks/whatsapp"
SIGNATURE_HEADER = "x-hub-signature-256"
# Meta's limit for a webhook is 3 MB.
BODY_LIMIT = 3 * 1024 * 1024 + 64 * 1024
CALL_TIMEOUT_S = 30.0
FILE_TIMEOUT_S = 60.0

log = structlog.get_logger(__name__)


class WhatsAppChannel:
    """WhatsApp's SendPort and FetchPort, its set-up and its webhook."""

    name = Channel.WHATSAPP

    def __init__(
        self,
        settings: WhatsAppSettings,
        client: HttpClient,
        now: Callable[[], datetime],
        timeout_s: float = CALL_TIMEOUT_S,
        *,
        public_url: str | None = None,
    ) -> None:
        """``public_url``: the base of the webhook's address, if it is known.

        Raises OperatorError if a setting is missing.
        """
        self.account = settings.phone_number_id or ""
        if not self.account:
            raise OperatorError("[whatsapp] phone_number_id: falta; está en el panel de Meta")
        self.display_number = settings.display_number
        self._settings = settings
        self._client = client
        self._now = now
        self._timeout_s = timeout_s
        self._app_secret = _required(settings.app_secret, "app_secret").encode()
        self._verify_token = _required(settings.verify_token, "verify_token")
        self._graph_url = f"{settings.api_url.rstrip('/')}/{settings.api_version}"
        self._number_url = f"{self._graph_url}/{settings.phone_number_id}"
        self._deliveries = Deliveries(self.account, public_url and public_url.rstrip("/") + PATH)
        token = _required(settings.token, "token")
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    async def start(self) -> Started | Stopped | RetryLater:
        """Read our own number, which has no effect and shows whether the token works."""
        response = await self._client.call(
            f"{self._number_url}?fields=display_phone_number",
            None,
            self._headers,
            self._timeout_s,
        )
        problem = refusal(response)
        if problem is not None:
            return problem
        if self.display_number is None and isinstance(response, HttpResponse):
            self.display_number = _digits(response.body)
        return Started(f"+{self.display_number}" if self.display_number else "número conectado")

    async def undelivered(self) -> str | None:
        """Why Meta cannot deliver messages to us; "" if nothing suggests it; None: unknown."""
        asked = f"{self._number_url}?fields=webhook_configuration"
        response = await self._client.call(asked, None, self._headers, self._timeout_s)
        return self._deliveries.trouble(response)

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        """Send the reply, or outside the 24-hour window the template that announces it.

        WhatsApp cannot edit a sent message, so ``closes_ref`` is ignored.
        """
        if not outgoing.within_window:
            return await self._announce(outgoing)
        if outgoing.document is not None:
            result = await self._send_document(outgoing, outgoing.document)
        else:
            result = await self._send(message_bytes(outgoing.address, outgoing.reply))
        if result == Failed(NEEDS_TEMPLATE):  # by Meta's clock the window has closed
            return await self._announce(outgoing)
        return result

    async def fetch(self, ref: str, most: int) -> FetchResult:
        """Download a message's file: first its address, valid for 5 minutes, then its content."""
        asked = f"{self._graph_url}/{quote(ref, safe='')}"
        response = await self._client.call(asked, None, self._headers, self._timeout_s)
        found = media_found(response, self._graph_url, most)
        if not isinstance(found, str):
            return found
        response = await self._client.call(found, None, self._headers, FILE_TIMEOUT_S)
        return media_content(response, most)

    def routes(self) -> list[web.RouteDef]:
        """The GET request with which Meta verifies the webhook's address."""
        return [web.get(PATH, self._verify)]

    def webhooks(self, intake: IntakePort) -> list[Webhook]:
        """The webhook, whose signature covers the raw body."""

        async def take(headers: Mapping[str, str], raw: bytes) -> WebhookResponse:
            if not same_secret(headers.get(SIGNATURE_HEADER, ""), self._signature(raw)):
                self._deliveries.refused(raw)
                return WebhookResponse(401)
            self._deliveries.took()
            return await self._take(raw, intake)

        return [Webhook(PATH, BODY_LIMIT, frozenset([SIGNATURE_HEADER]), take)]

    async def _announce(self, outgoing: Outgoing) -> SendOutcome:
        """Send the approved template, which says that a message waits but not what it says."""
        waits = outgoing.reply.waits
        if waits is Waits.NEVER:
            return Failed(NEEDS_TEMPLATE)
        if waits is Waits.QUIETLY or outgoing.announced:
            return Held()
        settings = self._settings
        if not settings.template:
            return Held(NO_TEMPLATE)
        body = template_bytes(outgoing.address, settings.template, settings.template_language)
        result = await self._send(body)
        match result:
            case Sent(ref):
                return Held(ref=ref)
            case (
                Failed(code) | Blocked(code) | Uncertain(code)
            ):  # an announcement is not worth retrying
                return Held(code)
            case RetryLater(code=code) if code == NOT_NOW:
                return Held(code)
            case _:
                return result

    async def _send_document(self, outgoing: Outgoing, document: Document) -> SendOutcome:
        """Upload the file (repeating that is harmless), then send a message with its media id."""
        known = replace(document, media_type=known_type(document.media_type))
        fields = {"messaging_product": "whatsapp", "type": known.media_type}
        kind, body = form(fields, "file", known)
        headers = {"Authorization": self._headers["Authorization"], "Content-Type": kind}
        url = f"{self._number_url}/media"
        uploaded = uploaded_id(await self._client.call(url, body, headers, FILE_TIMEOUT_S))
        if not isinstance(uploaded, str):
            return uploaded
        text = outgoing.reply.text
        return await self._send(document_bytes(outgoing.address, known, uploaded, text))

    async def _send(self, body: bytes) -> SendOutcome:
        url = f"{self._number_url}/messages"
        return outcome(await self._client.call(url, body, self._headers, self._timeout_s))

    async def _verify(self, request: web.Request) -> web.Response:
        query = request.query
        if query.get("hub.mode") != "subscribe" or not same_secret(
            query.get("hub.verify_token", ""), self._verify_token
        ):
            return web.Response(status=403)
        return web.Response(text=query.get("hub.challenge", ""))

    def _signature(self, raw: bytes) -> str:
        """The expected signature of the undecoded body; re-encoding would change it."""
        return "sha256=" + hmac.new(self._app_secret, raw, hashlib.sha256).hexdigest()

    async def _take(self, raw: bytes, intake: IntakePort) -> WebhookResponse:
        """Store everything in a webhook, then acknowledge it as a whole."""
        try:
            await _store(decode_webhook(raw, self.account, self._now()), intake)
        except (StorageUnavailable, Overloaded):
            return TRY_AGAIN
        return ACKNOWLEDGED


async def _store(decoded: Decoded, intake: IntakePort) -> None:
    if decoded.incomings:
        await intake.submit(decoded.incomings)
    if decoded.reports:
        await intake.report(decoded.reports)
    for bad in decoded.bad:
        log.warning("undecodable event", channel="whatsapp")
        await intake.quarantine(Channel.WHATSAPP, bad.event_id, bad.raw, "undecodable")


def _required(value: SecretStr | None, name: str) -> str:
    if value is None:
        raise OperatorError(f"[whatsapp] {name}: falta; está en el panel de Meta")
    return value.get_secret_value()


class _OurNumber(Struct):
    display_phone_number: str = ""


def _digits(body: bytes) -> str | None:
    try:
        shown = msgspec.json.decode(body, type=_OurNumber).display_phone_number
    except (ValueError, RecursionError):
        return None
    return "".join(character for character in shown if character.isdecimal()) or None
