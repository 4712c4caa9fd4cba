"""A citizen on the fake Telegram: what they write and press, and what they see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.labels import unnumbered

if TYPE_CHECKING:
    from tests.fakes.telegram.bot_api import FakeTelegram

_FILE = {"file_id": "AwACAgEAAxkB", "file_unique_id": "AgADqQ"}
MEDIA: dict[str, Any] = {
    "voice": {**_FILE, "duration": 23, "mime_type": "audio/ogg"},
    "audio": {**_FILE, "duration": 180},
    "photo": [{**_FILE, "width": 90, "height": 51}, {**_FILE, "width": 800, "height": 450}],
    "video": {**_FILE, "width": 640, "height": 360, "duration": 5},
    "video_note": {**_FILE, "length": 240, "duration": 4},
    "animation": {**_FILE, "width": 320, "height": 240, "duration": 2},
    "document": {**_FILE, "file_name": "boleta.pdf"},
    "sticker": {
        **_FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "location": {"latitude": -29.9027, "longitude": -71.2519},
    "contact": {"phone_number": "000000000", "first_name": "X"},
    "dice": {"emoji": "🎲", "value": 4},
}
BOT = {"id": 1, "is_bot": True, "first_name": "Opina de prueba"}


@dataclass(frozen=True)
class Uploaded:
    """A file that the assistant sent."""

    name: str
    media_type: str
    text: str  # its content, a character for each byte

    @property
    def content(self) -> bytes:
        return self.text.encode("latin-1")


@dataclass
class Message:
    """One message in a chat; ``keyboard`` is what can be pressed now."""

    id: int
    text: str
    from_citizen: bool = False
    keyboard: list[list[tuple[str, str]]] = field(default_factory=list)
    first_keyboard: list[list[tuple[str, str]]] = field(default_factory=list)
    entities: list[tuple[str, str]] = field(default_factory=list)  # type and text
    document: Uploaded | None = None
    photo: Uploaded | None = None

    @property
    def labels(self) -> list[str]:
        return [label for row in self.keyboard for label, _ in row]


@dataclass
class Chat:
    """A private chat: the transcript, and whether the bot may write there."""

    id: int
    messages: list[Message] = field(default_factory=list)
    opened: bool = False
    blocked: bool = False
    _next: int = 1

    def add(
        self,
        text: str,
        *,
        from_citizen: bool = False,
        keyboard: list[list[tuple[str, str]]] | None = None,
    ) -> Message:
        rows = keyboard or []
        message = Message(self._next, text, from_citizen, rows, rows)
        self._next += 1
        self.messages.append(message)
        return message

    def message(self, number: int) -> Message | None:
        return next((message for message in self.messages if message.id == number), None)

    def described(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": "Vecina"}


class Citizen:
    """Acts in one chat. Every act returns the number of the update that it brings about."""

    def __init__(self, fake: FakeTelegram, chat: Chat, language: str | None) -> None:
        self._fake = fake
        self.chat = chat
        self.language = language
        self.last_update: tuple[int, dict[str, Any], str] | None = None
        self._heard = 0

    @property
    def transcript(self) -> list[str]:
        """Who said what, as lines: ``V`` the citizen, ``O`` the assistant."""
        return [
            f"{'V' if message.from_citizen else 'O'}: {message.text}"
            for message in self.chat.messages
        ]

    @property
    def received(self) -> list[Message]:
        return [message for message in self.chat.messages if not message.from_citizen]

    async def says(self, text: str, *, quoting: Message | None = None) -> int:
        return await self._writes({"text": text}, text, quoting)

    async def starts(self, token: str = "") -> int:
        """Opens the bot by its link, t.me/<bot>?start=<token>."""
        return await self.says(f"/start {token}".rstrip())

    async def sends(self, kind: str, caption: str = "") -> int:
        """Sends what is not text: one of MEDIA."""
        content = {kind: MEDIA[kind]} | ({"caption": caption} if caption else {})
        if kind == "animation":  # as Telegram does for old clients
            content["document"] = MEDIA["document"]
        return await self._writes(content, f"[{kind}]", None)

    async def sends_voice(self) -> int:
        return await self.sends("voice")

    async def sends_file(
        self, kind: str, content: bytes, caption: str = "", *, name: str = "archivo"
    ) -> int:
        """Sends a photo, document or voice of this content."""
        file_id = f"file{len(self._fake.files)}"
        self._fake.files[file_id] = content
        file = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}
        if kind == "document":
            file["file_name"] = name
        described: Any = [{**_FILE, "file_size": 1}, file] if kind == "photo" else file
        words = {"caption": caption} if caption else {}
        return await self._writes({kind: described} | words, f"[{kind}]", None)

    async def edits(self, message: Message, text: str) -> int:
        message.text = text
        return await self._happens(
            {"edited_message": {**self._message(message), "edit_date": self._date(), "text": text}}
        )

    async def presses(self, label: str, *, under: Message | None = None) -> int:
        """Presses a button that is there; ``under``: one of a message, perhaps removed since."""
        rows = [(m, m.keyboard) for m in reversed(self.received)]
        if under is not None:
            rows = [(under, under.first_keyboard)]
        for message, keyboard in rows:
            for shown, data in (button for row in keyboard for button in row):
                if label in (shown, unnumbered(shown)):
                    return await self._pressed(message, data)
        raise AssertionError(f"no button {label!r}; there are {[m.labels for m, _ in rows]}")

    async def blocks(self) -> int:
        self.chat.blocked = True
        return await self._membership("member", "kicked")

    async def unblocks(self) -> int:
        self.chat.blocked = False
        return await self._membership("kicked", "member")

    async def sends_again(self) -> None:
        """Telegram delivers the last update once more."""
        assert self.last_update is not None
        number, content, lane = self.last_update
        await self._fake.repeat(number, content, lane)

    async def hears(self, timeout_s: float = 10.0) -> Message:
        """The next message of the assistant that was not yet heard."""
        await self._fake.until(lambda: len(self.received) > self._heard, timeout_s)
        self._heard += 1
        return self.received[self._heard - 1]

    async def _writes(self, content: dict[str, Any], shown: str, quoting: Message | None) -> int:
        self.chat.opened = True
        message = self.chat.add(shown, from_citizen=True)
        if quoting is not None:
            content["reply_to_message"] = self._message(quoting)
        return await self._happens({"message": {**self._message(message), **content}})

    async def _pressed(self, message: Message, data: str) -> int:
        callback_id = f"4382bfdwdsb323b2d9-{len(self._fake.known_presses)}"
        self._fake.known_presses[callback_id] = self._fake.now()
        query = {
            "id": callback_id,
            "from": self._person(),
            "message": {**self._message(message), "text": message.text},
            "chat_instance": "42a",
            "data": data,
        }
        return await self._happens({"callback_query": query}, "press")

    async def _membership(self, old: str, new: str) -> int:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"status": status, "user": self._person(), **until}

        change = {
            "chat": self.chat.described(),
            "from": self._person(),
            "date": self._date(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        return await self._happens({"my_chat_member": change})

    async def _happens(self, content: dict[str, Any], lane: str = "message") -> int:
        lane = f"{lane}-{self.chat.id}"
        number = await self._fake.happens(content, lane)
        self.last_update = (number, content, lane)
        return number

    def _message(self, message: Message) -> dict[str, Any]:
        return {
            "message_id": message.id,
            "from": self._person() if message.from_citizen else BOT,
            "chat": self.chat.described(),
            "date": self._date(),
        }

    def _person(self) -> dict[str, Any]:
        language = {"language_code": self.language} if self.language else {}
        return {"id": self.chat.id, "is_bot": False, "first_name": "Vecina", **language}

    def _date(self) -> int:
        return int(self._fake.now().timestamp())
