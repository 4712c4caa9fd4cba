"""A strict WhatsApp Cloud API on 127.0.0.1: its messages call, its signed webhooks, citizens."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.faults import Fault, Faults, go_wrong
from tests.fakes.whatsapp_citizen import Citizen, Message
from tests.fakes.whatsapp_rules import Refused, bad, check_message

WINDOW = timedelta(hours=24)
TAP = "Ver respuesta"  # the button of every template
# https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
UPLOADED = (
    *("text/plain", "application/pdf", "image/jpeg", "image/png"),
    *("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
)


@dataclass(frozen=True)
class Call:
    """One message that was to be sent, and how it went; code 0: it was taken."""

    message: dict[str, Any]
    code: int = 0
    details: str = ""


class FakeWhatsApp:
    """``async with FakeWhatsApp() as fake``: then ``fake.url``, ``fake.token``, ``fake.citizen()``.

    Set ``fake.webhook_url``; webhooks are sent one after the other, each until it is answered 200.
    ``templates``: the approved ones, name → languages.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        retry_s: float = 0.02,
    ) -> None:
        self.token = "EAAFakeToken0"
        self.phone_number_id = "106540352242922"
        self.display_number = "56510000000"
        self.app_secret = "0123456789abcdef0123456789abcdef"
        self.verify_token = "opina-verifica"
        self.now = now
        self.faults = Faults()
        self.calls: list[Call] = []
        self.citizens: list[Citizen] = []
        self.templates: dict[str, set[str]] = {}
        self.template_parameters = 0  # that they were approved with
        self.media: dict[str, bytes] = {}  # files by their id
        self.uploads: dict[str, bytes] = {}  # what the service uploaded
        self.media_url = ""  # where they are said to lie, if elsewhere
        self.webhook_url = ""
        self.other_addresses: dict[str, str] = {}  # of webhooks, that go before it
        self.answers: list[int] = []  # what the webhook answered, try by try
        self.revoked = False
        self._retry_s = retry_s
        self._serials = itertools.count(1)
        self._together: list[dict[str, Any]] | None = None
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._undelivered = 0
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_post("/{version}/{number}/messages", self._serve_message)
        application.router.add_post("/{version}/{number}/media", self._serve_upload)
        application.router.add_get("/{version}/{number}", self._serve_get)
        application.router.add_get("/whatsapp_business/attachments/{id}", self._serve_file)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._session = aiohttp.ClientSession()
        self._sender = asyncio.create_task(self._deliver())
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._sender.cancel()
        await asyncio.gather(self._sender, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    def citizen(self, *, shows_number: bool = True) -> Citizen:
        """A new person; with ``shows_number`` False one who is known by a user name only."""
        serial = self.next_serial()
        number = f"5690000{serial:04}" if shows_number else ""
        citizen = Citizen(self, number, self.new_user_id())
        self.citizens.append(citizen)
        return citizen

    def new_user_id(self) -> str:
        return f"CL.{13491208655302741918 + self.next_serial()}"

    def next_serial(self) -> int:
        return next(self._serials)

    @property
    def refused(self) -> list[Call]:
        return [call for call in self.calls if call.code]

    async def verify(self, token: str | None = None) -> tuple[int, str]:
        """Ask the webhook whether it is ours, as the app panel does."""
        query = {
            "hub.mode": "subscribe",
            "hub.verify_token": self.verify_token if token is None else token,
            "hub.challenge": "1158201444",
        }
        async with self._session.get(self.webhook_url, params=query) as response:
            return response.status, await response.text()

    async def happens(self, value: dict[str, Any]) -> None:
        """A change of this value comes about (metadata is added)."""
        if self._together is None:
            await self.sends_webhook(self.envelope([value]))
        else:
            self._together.append(value)

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """What happens inside is sent as one webhook of several entries and changes."""
        self._together = []
        try:
            yield
        finally:
            values, self._together = self._together, None
        await self.sends_webhook(self.envelope(values))

    async def reports(self, ref: str, status: str, code: int = 0) -> None:
        """What became of a message that was sent: sent, delivered, read or failed."""
        report: dict[str, Any] = {
            "id": ref,
            "status": status,
            "timestamp": str(int(self.now().timestamp())),
            "recipient_id": "56900000000",
        }
        if code:
            report["errors"] = [{"code": code, "title": "failed"}]
        await self.happens({"statuses": [report]})

    async def sends_webhook(self, envelope: dict[str, Any]) -> None:
        """Queue one webhook of exactly this content."""
        self._undelivered += 1
        # Meta escapes everything beyond ASCII, and signs just these bytes.
        await self._queue.put(json.dumps(envelope).encode())

    def envelope(self, values: list[dict[str, Any]]) -> dict[str, Any]:
        """Two changes an entry, so that several of both occur."""
        changes = [
            {"field": "messages", "value": {**self._metadata(), **value}} for value in values
        ]
        entries = [changes[i : i + 2] for i in range(0, len(changes), 2)]
        return {
            "object": "whatsapp_business_account",
            "entry": [{"id": "102290129340398", "changes": pair} for pair in entries],
        }

    def signature(self, body: bytes) -> str:
        return "sha256=" + hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()

    async def until(self, reached: Callable[[], object], timeout_s: float = 10.0) -> None:
        """Wait until something is so; a test fails when it never is."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: bool(reached()))

    async def all_taken(self, timeout_s: float = 10.0) -> None:
        """Wait until every webhook is acknowledged."""
        await self.until(lambda: self._undelivered == 0, timeout_s)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _deliver(self) -> None:
        while True:
            body = await self._queue.get()
            while True:
                if await self._push(body) == 200:
                    break
                await asyncio.sleep(self._retry_s)
            self._undelivered -= 1
            await self._notify()

    async def _push(self, body: bytes) -> int:
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": self.signature(body),
        }
        try:
            async with self._session.post(self.webhook_url, data=body, headers=headers) as response:
                await response.read()
                self.answers.append(response.status)
        except aiohttp.ClientError:
            self.answers.append(599)
        return self.answers[-1]

    async def _serve_upload(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.take("upload")
        if fault is not None:
            return await go_wrong(fault, request, self._refuse)
        try:
            self._check_caller(request)
            form = await request.post()
            file = form.get("file")
            if form.get("messaging_product") != "whatsapp" or not isinstance(file, web.FileField):
                raise bad("messaging_product and file are required")
            if file.content_type != form.get("type") or file.content_type not in UPLOADED:
                raise bad(
                    f"Param file must be a file with one of the types, is {file.content_type}"
                )
        except Refused as refused:
            return _error(refused)
        id = f"20{len(self.uploads):014}"
        self.uploads[id] = file.file.read()
        return web.json_response({"id": id})

    async def _serve_get(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["number"] in self.media:
            return self._describe(request)
        return await self._serve_number(request)

    def _describe(self, request: web.Request) -> web.Response:
        id = request.match_info["number"]
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return _error(Refused(190, "Invalid OAuth access token", 401))
        content = self.media[id]
        return web.json_response(
            {
                "messaging_product": "whatsapp",
                "url": f"{self.media_url or self.url}/whatsapp_business/attachments/{id}",
                "mime_type": "image/jpeg",
                "sha256": hashlib.sha256(content).hexdigest(),
                "file_size": str(len(content)),
                "id": id,
            }
        )

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.take("file")
        if fault is not None:
            return await go_wrong(fault, request, self._refuse)
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        content = self.media.get(request.match_info["id"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def _serve_number(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_caller(request)
        except Refused as refused:
            return _error(refused)
        fault = self.faults.take("number")
        if fault is not None:
            return await go_wrong(fault, request, self._refuse)
        if request.query.get("fields") == "webhook_configuration":
            addresses = {"application": self.webhook_url, **self.other_addresses}
            return web.json_response(
                {"webhook_configuration": addresses, "id": self.phone_number_id}
            )
        shown = f"+{self.display_number[:2]} {self.display_number[2:4]} {self.display_number[4:]}"
        return web.json_response({"id": self.phone_number_id, "display_phone_number": shown})

    async def _serve_message(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.take("send")
        if fault is None or fault.delivered:
            answer = await self._take(request)
            if fault is None:
                return answer
        return await go_wrong(fault, request, self._refuse)

    def _refuse(self, fault: Fault) -> web.Response:
        self.calls.append(Call({}, fault.code, fault.description))
        return _error(Refused(fault.code, fault.description, fault.status))

    async def _take(self, request: web.Request) -> web.Response:
        message: dict[str, Any] = {}
        try:
            self._check_caller(request)
            message = await _json(request)
            check_message(message)
            kind = message["type"]
            if kind in ("document", "image", "audio") and message[kind]["id"] not in self.uploads:
                raise bad("Media id is unknown")
            citizen = self._addressee(message)
            self._check_template(message)
            if message["type"] != "template" and not self._may_write(citizen):
                raise Refused(131047, "more than 24 hours have passed since the last message")
        except Refused as refused:
            self.calls.append(Call(message, refused.code, refused.details))
            return _error(refused)
        ref = f"wamid.HBgL{self.next_serial():08}"
        citizen.messages.append(self._shown(ref, message))
        self.calls.append(Call(message))
        await self._notify()
        return web.json_response(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": citizen.address, "wa_id": citizen.number}],
                "messages": [{"id": ref}],
            }
        )

    def _shown(self, ref: str, message: dict[str, Any]) -> Message:
        kind = message["type"]
        if kind not in ("document", "image", "audio"):
            return _shown(ref, message)
        content = message[kind]
        shown = Message(ref, content.get("caption", ""), kind=kind)
        shown.document = self.uploads[content["id"]]
        shown.filename = content.get("filename", "")
        return shown

    def _check_caller(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.token}" or self.revoked:
            raise Refused(190, "Invalid OAuth access token", 401)
        if request.match_info["number"] != self.phone_number_id:
            raise Refused(100, "Object does not exist or cannot be loaded")

    def _addressee(self, message: dict[str, Any]) -> Citizen:
        """``to`` takes a telephone number and wins over ``recipient``, a business-scoped id."""
        number, user_id = message.get("to"), message.get("recipient")
        if not (number or user_id):
            raise Refused(131008, "to or recipient is required")
        if number is not None and not (isinstance(number, str) and number.lstrip("+").isdigit()):
            raise bad("to must be a telephone number")
        for citizen in self.citizens:
            if (citizen.number and citizen.number == number) or (
                number is None and citizen.user_id == user_id
            ):
                return citizen
        raise Refused(131026, "Message undeliverable")

    def _check_template(self, message: dict[str, Any]) -> None:
        if message["type"] != "template":
            return
        template = message["template"]
        if template["language"]["code"] not in self.templates.get(template["name"], ()):
            raise Refused(132001, "Template name does not exist in the translation", 404)
        parameters = [p for c in template.get("components", []) for p in c["parameters"]]
        if len(parameters) != self.template_parameters:
            raise Refused(132000, "Number of parameters does not match the expected number")

    def _may_write(self, citizen: Citizen) -> bool:
        return citizen.wrote_at is not None and self.now() - citizen.wrote_at <= WINDOW

    def _metadata(self) -> dict[str, Any]:
        return {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": self.display_number,
                "phone_number_id": self.phone_number_id,
            },
        }


async def _json(request: web.Request) -> Any:
    if request.content_type != "application/json":
        raise bad("Content-Type must be application/json")
    try:
        return json.loads(await request.read())
    except ValueError:
        raise bad("body is not JSON") from None


def _shown(ref: str, message: dict[str, Any]) -> Message:
    content = message[message["type"]]
    match message["type"]:
        case "text":
            return Message(ref, content["body"])
        case "template":
            return Message(ref, content["name"], choices=[(TAP, TAP)], kind="template")
        case _:
            action = content["action"]
            choices = [button["reply"] for button in action.get("buttons", [])]
            choices += [row for section in action.get("sections", []) for row in section["rows"]]
            return Message(
                ref,
                content["body"]["text"],
                choices=[(choice["id"], choice["title"]) for choice in choices],
                kind=content["type"],
            )


def _error(refused: Refused) -> web.Response:
    error = {
        "message": f"(#{refused.code}) {refused.details}",
        "type": "OAuthException",
        "code": refused.code,
        "error_data": {"messaging_product": "whatsapp", "details": refused.details},
        "fbtrace_id": "A1b2C3",
    }
    return web.json_response({"error": error}, status=refused.status)
