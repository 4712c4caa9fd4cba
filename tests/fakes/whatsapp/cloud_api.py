"""A strict WhatsApp Cloud API on 127.0.0.1: its calls for messages and files, and its citizens."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from aiohttp import web

from tests.fakes.faults import Fault, Faults, go_wrong
from tests.fakes.whatsapp.citizen import Citizen, Message
from tests.fakes.whatsapp.rules import Refused, bad, check_message
from tests.fakes.whatsapp.webhooks import Webhooks

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


class FakeWhatsApp(Webhooks):
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
        super().__init__(now, retry_s)
        self.token = "EAAFakeToken0"
        self.faults = Faults()
        self.calls: list[Call] = []
        self.citizens: list[Citizen] = []
        self.templates: dict[str, set[str]] = {}
        self.template_parameters = 0  # that they were approved with
        self.media: dict[str, bytes] = {}  # files by their id
        self.uploads: dict[str, bytes] = {}  # what the service uploaded
        self.media_url = ""  # where they are said to lie, if elsewhere
        self.other_addresses: dict[str, str] = {}  # of webhooks, that go before it
        self.revoked = False
        self._serials = itertools.count(1)

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
        return await super().__aenter__()

    async def __aexit__(self, *exc: object) -> None:
        await super().__aexit__(*exc)
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
        await self.notify()
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
