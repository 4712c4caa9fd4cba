"""What Telegram's Bot API refuses, with the words that it uses."""

from __future__ import annotations

import html
import json
import re
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.fakes import specs

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8

_TAG = re.compile(r'<(b)>|<a href="(https?://[^"<>]+)">|</(a|b)>')
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);")

# Every parameter that the fake knows, by method. The real server ignores unknown ones; refusing
# them finds misspellings.
_PARAMETERS: dict[str, dict[str, type]] = {
    "getMe": {},
    "sendMessage": {
        "chat_id": int,
        "text": str,
        "parse_mode": str,
        "link_preview_options": dict,
        "reply_markup": dict,
    },
    "sendDocument": {"chat_id": int, "caption": str, "document": str},
    "sendPhoto": {"chat_id": int, "caption": str, "photo": str},
    "getFile": {"file_id": str},
    "editMessageReplyMarkup": {"chat_id": int, "message_id": int, "reply_markup": dict},
    "answerCallbackQuery": {"callback_query_id": str, "text": str, "show_alert": bool},
    "getUpdates": {"offset": int, "limit": int, "timeout": int, "allowed_updates": list},
    "setWebhook": {
        "url": str,
        "secret_token": str,
        "allowed_updates": list,
        "max_connections": int,
        "drop_pending_updates": bool,
    },
    "deleteWebhook": {"drop_pending_updates": bool},
    "getWebhookInfo": {},
    "setMyCommands": {"commands": list, "language_code": str, "scope": dict},
}
_REQUIRED = {
    "sendMessage": ("chat_id", "text"),
    "sendDocument": ("chat_id", "document"),
    "sendPhoto": ("chat_id", "photo"),
    "getFile": ("file_id",),
    "editMessageReplyMarkup": ("chat_id", "message_id"),
    "answerCallbackQuery": ("callback_query_id",),
    "setWebhook": ("url",),
    "setMyCommands": ("commands",),
}


class Refused(Exception):
    """The platform's error answer."""

    def __init__(self, status: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


def bad(reason: str) -> Refused:
    """A 400 in Telegram's words."""
    return Refused(400, f"Bad Request: {reason}")


def read_params(method: str, body: bytes) -> dict[str, Any]:
    """The call's parameters in their own types; Telegram takes each also as a string of JSON."""
    if method not in _PARAMETERS:
        raise Refused(404, "Not Found: method not found")
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise bad("object expected as JSON")
    known = _PARAMETERS[method]
    params = {}
    for name, value in given.items():
        if name not in known:
            raise bad(f"unknown parameter {name}")
        params[name] = _typed(name, value, known[name])
    for name in _REQUIRED.get(method, ()):
        if name not in params:
            raise bad(f"parameter {name} is missing")
    spec = specs.telegram()
    problems = spec.problems(method, params) if spec else []
    if problems:
        raise bad(f"against the specification: {'; '.join(problems)}")
    return params


def check_text(text: str) -> None:
    """4096 characters, counted as UTF-16 units: the strictest reading of "characters"."""
    if not text.strip():
        raise bad("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        raise bad("message is too long")


def check_photo(content: bytes) -> None:
    """At most 10 MB; width and height together at most 10,000, and their ratio at most 20."""
    if len(content) > 10_000_000:
        raise bad("file is too big")
    try:
        width, height = Image.open(BytesIO(content)).size
    except UnidentifiedImageError:
        raise bad("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")


def check_caption(text: str) -> None:
    """1024 characters, counted as those of a text."""
    if len(text.encode("utf-16-le")) // 2 > MAX_CAPTION:
        raise bad("message caption is too long")


def read_text(text: str, parse_mode: str) -> tuple[str, list[tuple[str, str]]]:
    """The text that is shown, and its entities as (type, text); only <b> and <a href> are known."""
    if not parse_mode:
        return text, []
    if parse_mode != "HTML":
        raise bad("unsupported parse_mode")
    shown, entities, opened = "", [], ""
    since = at = 0
    while at < len(text):
        tag = _TAG.match(text, at)
        entity = _ENTITY.match(text, at)
        if tag is not None:
            name = tag[1] or (tag[2] and "a") or tag[3]
            if (tag[3] and opened != name) or (not tag[3] and opened):
                raise bad("can't parse entities: unexpected tag")
            if tag[3]:
                entities.append(({"b": "bold", "a": "text_link"}[name], shown[since:]))
            opened, since, at = "" if tag[3] else name, len(shown), tag.end()
        elif entity is not None:
            shown, at = shown + html.unescape(entity[0]), entity.end()
        elif text[at] in "<&":
            raise bad(f"can't parse entities: unexpected character at {at}")
        else:
            shown, at = shown + text[at], at + 1
    if opened:
        raise bad("can't parse entities: can't find end tag")
    return shown, entities


def read_keyboard(markup: dict[str, Any] | None) -> list[list[tuple[str, str]]]:
    """Rows of (label, callback_data), with every limit checked."""
    if markup is None:
        return []
    if set(markup) != {"inline_keyboard"} or not isinstance(markup["inline_keyboard"], list):
        raise bad("can't parse reply keyboard markup JSON object")
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"]]
    if any(len(row) > MAX_BUTTONS_IN_ROW for row in rows) or sum(map(len, rows)) > MAX_BUTTONS:
        raise bad("reply markup is too long")
    return rows


def check_commands(commands: list[Any]) -> None:
    """At most 100, names ``[a-z0-9_]{1,32}``, descriptions of 1 to 256 characters."""
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def check_webhook(url: str, secret: str) -> None:
    """HTTPS on one of four ports, and a secret of harmless characters."""
    address = re.fullmatch(r"https://[^/:]+(?::(\d+))?(?:/.*)?", url)
    if not address:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if (address[1] or "443") not in ("443", "80", "88", "8443"):
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")


def _typed(name: str, value: Any, kind: type) -> Any:
    if isinstance(value, str) and kind is not str:
        try:
            value = json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name}") from None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise bad(f"{name} must be of type {kind.__name__}")
    return value


def _button(button: Any) -> tuple[str, str]:
    if not isinstance(button, dict) or set(button) != {"text", "callback_data"}:
        raise bad("can't parse inline keyboard button")
    text, data = button["text"], button["callback_data"]
    if not isinstance(text, str) or not text.strip():
        raise bad("can't parse inline keyboard button: field text must be non-empty")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    return text, data
