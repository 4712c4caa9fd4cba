"""A citizen on the fake WhatsApp: what they write and press, and what they see."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.fakes.labels import unnumbered

if TYPE_CHECKING:
    from tests.fakes.whatsapp.cloud_api import FakeWhatsApp

_FILE = {"id": "1003383421387256", "mime_type": "application/octet-stream", "sha256": "SfInY0g="}
CONTENTS: dict[str, Any] = {
    "audio": {**_FILE, "voice": True},
    "image": _FILE,
    "video": _FILE,
    "document": {**_FILE, "filename": "boleta.pdf"},
    "sticker": {**_FILE, "animated": False},
    "location": {"latitude": -29.9027, "longitude": -71.2519},
    "contacts": [{"name": {"formatted_name": "X"}, "phones": [{"phone": "+56 9 0000 0000"}]}],
}


@dataclass
class Message:
    """One message in a chat, with the (id, title) of each button or row."""

    ref: str
    text: str
    from_citizen: bool = False
    choices: list[tuple[str, str]] = field(default_factory=list)
    kind: str = "text"  # text, button, list, template, document, image, audio
    document: bytes | None = None
    filename: str = ""

    @property
    def labels(self) -> list[str]:
        return [title for _, title in self.choices]


class Citizen:
    """Acts in one chat. ``number`` is empty for one who shows only a user name."""

    def __init__(self, fake: FakeWhatsApp, number: str, user_id: str) -> None:
        self._fake = fake
        self.number = number
        self.user_id = user_id
        self.messages: list[Message] = []
        self.wrote_at: datetime | None = None
        self.last_change: dict[str, Any] = {}
        self._heard = 0

    @property
    def address(self) -> str:
        return self.number or self.user_id

    @property
    def received(self) -> list[Message]:
        return [message for message in self.messages if not message.from_citizen]

    @property
    def transcript(self) -> list[str]:
        """Who said what, as lines: ``V`` the citizen, ``O`` the assistant."""
        return [f"{'V' if m.from_citizen else 'O'}: {m.text}" for m in self.messages]

    async def says(self, text: str, *, quoting: Message | None = None) -> str:
        return await self._writes("text", {"body": text}, text, quoting)

    async def sends(self, kind: str, caption: str = "") -> str:
        """Sends what is not text: one of CONTENTS."""
        content = CONTENTS[kind]
        if caption:
            content = {**content, "caption": caption}
        return await self._writes(kind, content, f"[{kind}]")

    async def sends_file(self, kind: str, content: bytes, caption: str = "") -> str:
        """Sends an image, document or audio of this content."""
        id = f"10{len(self._fake.media):014}"
        self._fake.media[id] = content
        described = {**_FILE, "id": id} | ({"caption": caption} if caption else {})
        return await self._writes(kind, described, f"[{kind}]")

    async def sends_voice(self) -> str:
        return await self.sends("audio")

    async def reacts(self, to: Message, emoji: str) -> str:
        content = {"message_id": to.ref} | ({"emoji": emoji} if emoji else {})
        return await self._writes("reaction", content, emoji)

    async def presses(self, label: str, *, under: Message | None = None) -> str:
        """Presses a button or row; it stays there for ever, so also of an old message."""
        for message in [under] if under else reversed(self.received):
            for identifier, title in message.choices:
                if label in (title, unnumbered(title)) and message.kind == "template":
                    content = {"payload": identifier, "text": title}
                    return await self._writes("button", content, label, message)
                if label in (title, unnumbered(title)):
                    kind = "list_reply" if message.kind == "list" else "button_reply"
                    choice = {"id": identifier, "title": title}
                    chosen: dict[str, Any] = {"type": kind, kind: choice}
                    return await self._writes("interactive", chosen, label, message)
        raise AssertionError(f"no {label!r}; there are {[m.labels for m in self.received]}")

    async def changes_number(self, number: str) -> str:
        """Moves to a new number, and with it to a new user id."""
        former, self.number = self.number, number
        self.user_id = self._fake.new_user_id()
        self.wrote_at = None
        system = {
            "body": f"User changed from {former} to {number}",
            "wa_id": number,
            "type": "user_changed_number",
        }
        message = {**self._stamped(), "from": former, "type": "system", "system": system}
        await self._fake.happens({"messages": [message]})
        return str(message["id"])

    async def sends_again(self) -> None:
        """WhatsApp delivers the last message once more."""
        await self._fake.happens(self.last_change)

    async def hears(self, timeout_s: float = 10.0) -> Message:
        """The next message of the assistant that was not yet heard."""
        await self._fake.until(lambda: len(self.received) > self._heard, timeout_s)
        self._heard += 1
        return self.received[self._heard - 1]

    async def _writes(
        self, kind: str, content: Any, shown: str, quoting: Message | None = None
    ) -> str:
        self.wrote_at = self._fake.now()
        message = {**self._stamped(), "type": kind, kind: content}
        if self.number:
            message["from"] = self.number
        message["from_user_id"] = self.user_id
        if quoting is not None:
            message["context"] = {"from": self._fake.display_number, "id": quoting.ref}
        self.messages.append(Message(message["id"], shown, from_citizen=True))
        self.last_change = self._value(message)
        await self._fake.happens(self.last_change)
        return str(message["id"])

    def _value(self, message: dict[str, Any]) -> dict[str, Any]:
        contact: dict[str, Any] = {"profile": {"name": "Vecina"}, "user_id": self.user_id}
        if self.number:
            contact["wa_id"] = self.number
        return {"contacts": [contact], "messages": [message]}

    def _stamped(self) -> dict[str, Any]:
        """Ids hold the telephone number, as the real ones do."""
        serial = self._fake.next_serial()
        hidden = base64.b64encode(f"{self.address}-{serial}".encode()).decode()
        return {"id": f"wamid.{hidden}", "timestamp": str(int(self._fake.now().timestamp()))}
