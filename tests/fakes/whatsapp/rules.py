"""What the Cloud API refuses in a message, with the codes that it uses."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes import specs

MAX_TEXT = 4096
MAX_BODY = 1024
ADDRESSEES = ("to", "recipient")
_FILES = ("document", "image", "audio")
_ENVELOPE = {"messaging_product", "recipient_type", "type", *ADDRESSEES}


class Refused(Exception):
    """The platform's error answer."""

    def __init__(self, code: int, details: str, status: int = 400) -> None:
        super().__init__(details)
        self.code = code
        self.details = details
        self.status = status


def bad(details: str) -> Refused:
    """The platform's "Invalid parameter"."""
    return Refused(100, details)


def check_message(message: Any) -> None:
    """Every limit of the kinds that the service sends."""
    if not isinstance(message, dict):
        raise bad("not an object")
    kind = message.get("type")
    if kind not in _KINDS:
        raise Refused(131051, f"unsupported message type {kind}")
    _fields("message", message, _ENVELOPE | {kind}, {"messaging_product", "type", kind})
    if message["messaging_product"] != "whatsapp":
        raise bad("messaging_product must be whatsapp")
    if message.get("recipient_type", "individual") != "individual":
        raise bad("recipient_type must be individual")
    _KINDS[kind](message[kind])
    spec = specs.whatsapp()
    if spec:
        # The specification is older than the field for business-scoped ids.
        older = {name: value for name, value in message.items() if name != "recipient"}
        if kind in _FILES:  # of a file that is named by its id it leaves out what stands beside it
            older[kind] = {"id": older[kind]["id"]}
        problems = spec.problems({"to": "", **older})
        if problems:
            raise bad(f"against the specification: {'; '.join(problems)}")


def _check_text(text: Any) -> None:
    _fields("text", text, {"body", "preview_url"}, {"body"})
    _length("text.body", text["body"], MAX_TEXT, units=True)
    if not isinstance(text.get("preview_url", False), bool):
        raise bad("text.preview_url must be a boolean")


def _check_interactive(content: Any) -> None:
    _fields("interactive", content, {"type", "body", "action"}, {"type", "body", "action"})
    _fields("body", content["body"], {"text"}, {"text"})
    _length("body.text", content["body"]["text"], MAX_BODY, units=True)
    match content["type"]:
        case "button":
            _check_buttons(content["action"])
        case "list":
            _check_list(content["action"])
        case other:
            raise bad(f"unknown interactive type {other}")


def _check_buttons(action: Any) -> None:
    _fields("action", action, {"buttons"}, {"buttons"})
    buttons = action["buttons"]
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise Refused(131009, "between 1 and 3 buttons are allowed")
    for button in buttons:
        _fields("button", button, {"type", "reply"}, {"type", "reply"})
        if button["type"] != "reply":
            raise bad("button.type must be reply")
        _fields("reply", button["reply"], {"id", "title"}, {"id", "title"})
        _length("reply.id", button["reply"]["id"], 256)
        _length("reply.title", button["reply"]["title"], 20)
    _unique("button ids", [button["reply"]["id"] for button in buttons])
    _unique("button titles", [button["reply"]["title"] for button in buttons])


def _check_list(action: Any) -> None:
    _fields("action", action, {"button", "sections"}, {"button", "sections"})
    _length("action.button", action["button"], 20)
    sections = action["sections"]
    if not isinstance(sections, list) or not 1 <= len(sections) <= 10:
        raise Refused(131009, "between 1 and 10 sections are allowed")
    rows = []
    for section in sections:
        needed = {"rows", "title"} if len(sections) > 1 else {"rows"}
        _fields("section", section, {"rows", "title"}, needed)
        rows += section["rows"]
    if not 1 <= len(rows) <= 10:
        raise Refused(131009, "total row count exceeds the maximum of 10")
    for row in rows:
        _fields("row", row, {"id", "title", "description"}, {"id", "title"})
        _length("row.id", row["id"], 200)
        _length("row.title", row["title"], 24)
        _length("row.description", row.get("description", "x"), 72)
    _unique("row ids", [row["id"] for row in rows])


def _check_template(template: Any) -> None:
    _fields("template", template, {"name", "language", "components"}, {"name", "language"})
    _fields("language", template["language"], {"code", "policy"}, {"code"})
    if template["language"].get("policy", "deterministic") != "deterministic":
        raise bad("language.policy must be deterministic")
    for component in template.get("components", []):
        _fields("component", component, {"type", "parameters"}, {"type", "parameters"})
        for parameter in component["parameters"]:
            _fields("parameter", parameter, {"type", "text"}, {"type", "text"})
            _length("parameter.text", parameter["text"], MAX_BODY, units=True)
            if re.search(r"[\n\t]| {5,}", parameter["text"]):
                raise Refused(
                    132018, "Param text cannot have new-line/tab characters or 4+ spaces in a row"
                )


def _check_document(document: Any) -> None:
    _fields("document", document, {"id", "caption", "filename"}, {"id"})
    _length("document.caption", document.get("caption", "x"), MAX_BODY, units=True)
    _length("document.filename", document.get("filename", "x"), 240)


def _check_image(image: Any) -> None:
    _fields("image", image, {"id", "caption"}, {"id"})
    _length("image.caption", image.get("caption", "x"), MAX_BODY, units=True)


def _check_audio(audio: Any) -> None:
    _fields("audio", audio, {"id"}, {"id"})


def _fields(place: str, value: Any, allowed: set[str], required: set[str]) -> None:
    if not isinstance(value, dict):
        raise bad(f"{place} must be an object")
    for name in value:
        if name not in allowed:
            raise bad(f"Unexpected key {name} on {place}")
    for name in required:
        if name not in value:
            raise Refused(131008, f"{place}.{name} is required")


def _length(place: str, value: Any, limit: int, *, units: bool = False) -> None:
    """Characters; long texts in UTF-16 units, the strictest reading of "characters"."""
    if not isinstance(value, str):
        raise bad(f"{place} must be a string")
    length = len(value.encode("utf-16-le")) // 2 if units else len(value)
    if not value.strip() or length > limit:
        raise bad(f"{place} must have 1 to {limit} characters, has {length}")


def _unique(what: str, values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise Refused(131009, f"{what} must be unique")


_KINDS = {
    "text": _check_text,
    "interactive": _check_interactive,
    "template": _check_template,
    "document": _check_document,
    "image": _check_image,
    "audio": _check_audio,
}
