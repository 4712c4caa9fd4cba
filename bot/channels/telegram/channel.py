"""The Telegram channel: set-up, sending and the webhook; polling is in poll.py."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote

import structlog
from telegram import Bot, BotCommand, error

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
    Document,
    Failed,
    FetchResult,
    IntakePort,
    Outgoing,
    RetryLater,
    SendOutcome,
    Started,
    Stopped,
    Uncertain,
)
from bot.channels.telegram import webhook_problem
from bot.channels.telegram.answers import Floods, file_content, file_found, outcome
from bot.channels.telegram.client import Flooded, Transport
from bot.channels.telegram.decode import UPDATE_KINDS, decode_update, update_number
from bot.channels.telegram.poll import Poller, Timing
from bot.channels.telegram.render import (
    callback_answer_bytes,
    get_file_bytes,
    message_bytes,
    remove_keyboard_bytes,
)
from bot.config import TelegramSettings
from handlers.errors import OperatorError, Overloaded, StorageUnavailable
from handlers.messages import Channel

PATH = "/webhooks/telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"
BODY_LIMIT = 1024 * 1024
FILE_TIMEOUT_S = 60.0
STALE_ERROR = timedelta(hours=1)  # an older delivery error says nothing about now
TIMING = Timing()
CLOSE_TIMEOUT_S = 2.0  # the longest that closing a keyboard may delay the reply's outcome
LANGUAGES = ("", "es")  # app languages that get the menu; "" is every other
COMMANDS = (
    ("menu", "Qué puedo hacer por usted"),
    ("calificar", "Poner nota a una atención"),
    ("areas", "Ver las áreas municipales"),
    ("reclamo", "Dejar un reclamo con número"),
    ("persona", "Hablar con una persona"),
    ("datos", "Qué hacemos con sus datos"),
    ("ver", "Ver lo que guardamos de usted"),
    ("borrar", "Borrar sus datos"),
    ("derechos", "Todo lo que puede pedir sobre sus datos"),
    ("cancelar", "Dejar lo que está haciendo"),
    ("ayuda", "Todo lo que entiendo"),
)

log = structlog.get_logger(__name__)


class TelegramChannel:
    """Telegram's SendPort and FetchPort, its set-up, its webhook and its polling."""

    name = Channel.TELEGRAM

    def __init__(
        self,
        settings: TelegramSettings,
        client: HttpClient,
        now: Callable[[], datetime],
        timing: Timing = TIMING,
        *,
        public_url: str | None = None,
    ) -> None:
        """``public_url``: the base of the webhook's address, in webhook mode.

        Raises OperatorError if a setting is missing.
        """
        if settings.token is None:
            raise OperatorError("[telegram] token: falta; lo da @BotFather")
        token = settings.token.get_secret_value()
        self.account = token.partition(":")[0]
        self.bot_name = settings.bot_name
        self._settings = settings
        self._now = now
        self._timing = timing
        self._client = client
        self._transport = Transport(client, timing.call_s)
        self._floods = Floods()
        self._api_url = f"{settings.api_url.rstrip('/')}/bot"
        self._base_url = self._api_url + token
        self._file_url = f"{settings.api_url.rstrip('/')}/file/bot{token}"
        self._send_url = f"{self._base_url}/sendMessage"
        self._close_url = f"{self._base_url}/editMessageReplyMarkup"
        self._token = token
        self._webhook = self._webhook_address(public_url)

    async def start(self) -> Started | Stopped | RetryLater:
        """Learn the bot's name, register its commands, and switch the webhook on or off."""
        bot = self._bot()
        try:
            me = await bot.get_me()
            await _register(bot, [BotCommand(name, text) for name, text in COMMANDS])
            if self._webhook is None:
                await bot.delete_webhook()
            else:
                url, secret = self._webhook
                await bot.set_webhook(url, secret_token=secret, allowed_updates=list(UPDATE_KINDS))
        except error.TelegramError as problem:
            return _set_up_problem(problem)
        self.bot_name = self.bot_name or me.username or ""
        return Started(f"https://t.me/{self.bot_name}")

    async def undelivered(self) -> str | None:
        """Why Telegram cannot deliver updates, in its own words; "" if it can; None: unknown."""
        if self._webhook is None:
            return ""
        try:
            info = await self._bot().get_webhook_info()
        except error.TelegramError:
            return None
        if info.url != self._webhook[0]:
            return "another installation uses this token" if info.url else "no webhook is set"
        if not info.pending_update_count or info.last_error_date is None:
            return ""
        if self._now() - info.last_error_date > STALE_ERROR:
            return ""
        return info.last_error_message or "unknown"

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        """Send the reply and, at the same time, remove the keyboard of the message it closes."""
        try:
            chat = int(outgoing.address)
        except ValueError:
            return Failed("bad-address")
        if outgoing.document is not None:
            return self._outcome(chat, await self._send_document(outgoing, outgoing.document))
        sending = self._transport.post_bytes(self._send_url, message_bytes(chat, outgoing.reply))
        if not outgoing.closes_ref.isdecimal():
            return self._outcome(chat, await sending)
        async with asyncio.TaskGroup() as beside:
            beside.create_task(self._close(chat, int(outgoing.closes_ref)))
            sent = await sending
        return self._outcome(chat, sent)

    async def fetch(self, ref: str, most: int) -> FetchResult:
        """Download a message's file by its Telegram file id."""
        asked = await self._transport.post_bytes(f"{self._base_url}/getFile", get_file_bytes(ref))
        found = file_found(asked, most)
        if not isinstance(found, str):
            return found
        url = f"{self._file_url}/{quote(found)}"
        return file_content(await self._client.call(url, None, {}, FILE_TIMEOUT_S), most)

    async def poll(self, intake: IntakePort) -> Stopped:
        """Fetch updates until cancelled, or until the token is refused."""
        poller = Poller(self._transport, self._base_url, self.account, self._now, self._timing)
        return await poller.run(intake)

    def webhooks(self, intake: IntakePort) -> list[Webhook]:
        """The webhook; none in polling mode."""
        if self._webhook is None:
            return []
        _, secret = self._webhook

        async def take(headers: Mapping[str, str], raw: bytes) -> WebhookResponse:
            if not same_secret(headers.get(SECRET_HEADER, ""), secret):
                return WebhookResponse(403)
            return await self._take(raw, intake)

        return [Webhook(PATH, BODY_LIMIT, frozenset([SECRET_HEADER]), take)]

    def _bot(self) -> Bot:
        return Bot(
            self._token,
            base_url=self._api_url,
            request=self._transport,
            get_updates_request=self._transport,
        )

    async def _send_document(
        self, outgoing: Outgoing, document: Document
    ) -> HttpResponse | RetryLater | Uncertain:
        """Send as a photo, which Telegram recompresses, or as a file, which it keeps as it is."""
        method, field = ("sendPhoto", "photo") if document.shown else ("sendDocument", "document")
        fields = {"chat_id": outgoing.address, "caption": outgoing.reply.text}
        kind, body = form(fields, field, document)
        headers = {"Content-Type": kind}
        url = f"{self._base_url}/{method}"
        return await self._client.call(url, body, headers, FILE_TIMEOUT_S)

    def _outcome(self, chat: int, response: HttpResponse | RetryLater | Uncertain) -> SendOutcome:
        result = outcome(response)
        if isinstance(result, RetryLater) and result.code == "429":
            return self._floods.judge(chat, result, self._now())
        return result

    async def _close(self, chat: int, message: int) -> None:
        """Remove a keyboard. A failure does no harm: pressing a stale button gets an answer."""
        await self._transport.post_bytes(
            self._close_url, remove_keyboard_bytes(chat, message), CLOSE_TIMEOUT_S
        )

    async def _take(self, raw: bytes, intake: IntakePort) -> WebhookResponse:
        """Store one update, then acknowledge it; the response body answers a button press."""
        try:
            try:
                decoded = decode_update(raw, self.account, self._now())
            except (ValueError, RecursionError):
                await intake.quarantine(Channel.TELEGRAM, _event_id(raw), raw, "undecodable")
                return ACKNOWLEDGED
            if decoded.incomings:
                await intake.submit(decoded.incomings)
        except (StorageUnavailable, Overloaded):
            return TRY_AGAIN
        if decoded.callback_id is None:
            return ACKNOWLEDGED
        answer = callback_answer_bytes(decoded.callback_id, inline=True)
        return WebhookResponse(body=answer, content_type="application/json")

    def _webhook_address(self, public_url: str | None) -> tuple[str, str] | None:
        if problem := webhook_problem(self._settings, public_url):
            raise OperatorError(problem)
        secret = self._settings.webhook_secret
        if self._settings.mode != "webhook" or public_url is None or secret is None:
            return None
        return public_url.rstrip("/") + PATH, secret.get_secret_value()


async def _register(bot: Bot, menu: list[BotCommand]) -> None:
    """Register the menu of commands. The bot works without it, so a refusal is only logged."""
    try:
        for language in LANGUAGES:
            await bot.set_my_commands(menu, language_code=language or None)
    except error.BadRequest as problem:
        log.error("menu of commands refused", channel="telegram", reason=problem.message)


def _event_id(raw: bytes) -> str:
    """The update's number; without one a hash of the update, which is the same at each retry."""
    number = update_number(raw)
    return hashlib.sha256(raw).hexdigest()[:32] if number is None else str(number)


def _set_up_problem(problem: error.TelegramError) -> Stopped | RetryLater:
    """The outcome of set-up. Subclasses come first: BadRequest and TimedOut are NetworkErrors."""
    match problem:
        case error.InvalidToken() | error.Forbidden():
            return Stopped("token-refused")
        case error.BadRequest():
            # Telegram's text about a webhook address or a command, never about a citizen.
            log.error("set-up refused", channel="telegram", reason=problem.message)
            return Stopped("set-up-refused")
        case Flooded():
            return RetryLater(problem.after, whole_channel=True, code="429")
        case _:
            return RetryLater(timedelta(seconds=5), whole_channel=True, code="unreachable")
