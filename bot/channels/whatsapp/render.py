"""Encodes replies for the Cloud API: buttons, a list, plain text, or the approved template."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from bot.channels.ports import Document
from handlers.messages import (
    MAX_BUTTON_LABEL,
    MAX_BUTTONS,
    MAX_ROW_LABEL,
    Option,
    Reply,
    numbered_labels,
)
from handlers.text.markup import Block, Style, rendered

LIST_BUTTON = "Ver opciones"


def message_bytes(address: str, reply: Reply) -> bytes:
    """A free-form message, allowed within 24 hours of the citizen's last one."""
    message = _addressed(address, "interactive" if reply.options else "text")
    text = starred(reply.blocks) if reply.blocks else reply.text
    if not reply.options:
        message.text = _Text(text)
        return _ENCODE(message)
    if _fits_buttons(reply):
        buttons = [_Button(_Choice(_id(reply, o), o.label)) for o in reply.options]
        message.interactive = _Interactive("button", _Body(text), _ButtonAction(buttons))
    else:
        action = _ListAction(LIST_BUTTON, [_Section(_list_rows(reply))])
        message.interactive = _Interactive("list", _Body(text), action)
    return _ENCODE(message)


def starred(blocks: Sequence[Block]) -> str:
    """The blocks in WhatsApp's markup, ``*bold*``."""
    return rendered(blocks, _STARRED)


def template_bytes(address: str, template: str, language: str) -> bytes:
    """The approved template. It quotes nothing, as it shows on a locked screen."""
    message = _addressed(address, "template")
    message.template = _Template(template, _Language(language))
    return _ENCODE(message)


def document_bytes(address: str, document: Document, id: str, caption: str) -> bytes:
    """A message with an uploaded file: as a picture, an audio or a document, by its type."""
    kind = _SHOWN.get(document.media_type.partition("/")[0], "document")
    message = _addressed(address, kind)
    match kind:
        case "image":
            message.image = _Media(id, caption)
        case "audio":  # cannot have a caption
            message.audio = _Media(id)
        case _:
            message.document = _Media(id, caption, document.name)
    return _ENCODE(message)


class _Text(Struct):
    body: str
    preview_url: bool = False


class _Body(Struct):
    text: str


class _Choice(Struct):
    id: str
    title: str


class _Button(Struct):
    reply: _Choice
    type: str = "reply"


class _Row(Struct, omit_defaults=True):
    id: str
    title: str
    description: str = ""


class _ButtonAction(Struct):
    buttons: list[_Button]


class _Section(Struct):
    rows: list[_Row]


class _ListAction(Struct):
    button: str
    sections: list[_Section]


class _Interactive(Struct):
    type: str
    body: _Body
    action: _ButtonAction | _ListAction


class _Language(Struct):
    code: str
    policy: str = "deterministic"  # required, and the only allowed value


class _Template(Struct):
    name: str
    language: _Language


class _Media(Struct, omit_defaults=True):
    id: str
    caption: str = ""
    filename: str = ""


class _Message(Struct, omit_defaults=True):
    """A message ``to`` a phone number or to a ``recipient``, a user id such as "CL.1349…"."""

    messaging_product: str
    recipient_type: str
    type: str
    to: str = ""
    recipient: str = ""
    text: _Text | None = None
    interactive: _Interactive | None = None
    template: _Template | None = None
    document: _Media | None = None
    image: _Media | None = None
    audio: _Media | None = None


_SHOWN = {"image": "image", "audio": "audio"}
_ENCODE = msgspec.json.Encoder().encode


def _addressed(address: str, kind: str) -> _Message:
    message = _Message("whatsapp", "individual", kind)
    if address.isdecimal():
        message.to = address
    else:
        message.recipient = address
    return message


def _bold(text: str) -> str:
    """``*text*``, unless a star or a line end inside would end the bold early."""
    return text if "*" in text or "\n" in text else f"*{text.strip()}*"


_STARRED = Style(bold=_bold)


def _id(reply: Reply, option: Option) -> str:
    return f"{reply.number}:{option.key}"


def _list_rows(reply: Reply) -> list[_Row]:
    """A list's rows: the number before each title, or below all if one would get too long."""
    titles = numbered_labels(reply)
    if all(len(title) <= MAX_ROW_LABEL for title in titles):
        return [_Row(_id(reply, o), title) for o, title in zip(reply.options, titles, strict=True)]
    return [
        _Row(_id(reply, option), option.label, f"{place}." if place <= reply.numbered else "")
        for place, option in enumerate(reply.options, 1)
    ]


def _fits_buttons(reply: Reply) -> bool:
    return len(reply.options) <= MAX_BUTTONS and all(
        len(option.label) <= MAX_BUTTON_LABEL for option in reply.options
    )
