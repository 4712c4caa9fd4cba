"""Replies as the Cloud API takes them: buttons, a list, plain text, or the approved template."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from handlers.messages import MAX_BUTTON_LABEL, MAX_BUTTONS, Reply

LIST_BUTTON = "Ver opciones"
# A template's body has 1024 characters, its own words included.
MAX_PARAMETER = 800


def message_bytes(address: str, reply: Reply) -> bytes:
    """A free-form message: only within 24 hours of the citizen's last one."""
    message = _addressed(address, "interactive" if reply.options else "text")
    if not reply.options:
        message.text = _Text(reply.text)
        return _ENCODE(message)
    choices = [_Choice(f"{reply.number}:{option.key}", option.label) for option in reply.options]
    if _fits_buttons(reply):
        action: _ButtonAction | _ListAction = _ButtonAction([_Button(c) for c in choices])
        message.interactive = _Interactive("button", _Body(reply.text), action)
    else:
        action = _ListAction(LIST_BUTTON, [_Section(choices)])
        message.interactive = _Interactive("list", _Body(reply.text), action)
    return _ENCODE(message)


def template_bytes(address: str, reply: Reply, template: str, language: str) -> bytes:
    """The same words as the one parameter of an approved template, which has no buttons of ours."""
    message = _addressed(address, "template")
    words = _Component([_Parameter(flattened(reply))])
    message.template = _Template(template, _Language(language), [words])
    return _ENCODE(message)


def flattened(reply: Reply) -> str:
    """One line: a parameter may hold no line break, tab or run of spaces. Options follow it."""
    text = " ".join(reply.text.split())
    if reply.options:
        text += f" ({' / '.join(option.label for option in reply.options)})"
    return text if len(text) <= MAX_PARAMETER else text[: MAX_PARAMETER - 1].rstrip() + "…"


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


class _ButtonAction(Struct):
    buttons: list[_Button]


class _Section(Struct):
    rows: list[_Choice]


class _ListAction(Struct):
    button: str
    sections: list[_Section]


class _Interactive(Struct):
    type: str
    body: _Body
    action: _ButtonAction | _ListAction


class _Parameter(Struct):
    text: str
    type: str = "text"


class _Component(Struct):
    parameters: list[_Parameter]
    type: str = "body"


class _Language(Struct):
    code: str
    policy: str = "deterministic"  # the only one; the specification requires it to be said


class _Template(Struct):
    name: str
    language: _Language
    components: list[_Component]


class _Message(Struct, omit_defaults=True):
    """``to`` takes telephone numbers, ``recipient`` business-scoped ids such as "CL.1349…"."""

    messaging_product: str
    recipient_type: str
    type: str
    to: str = ""
    recipient: str = ""
    text: _Text | None = None
    interactive: _Interactive | None = None
    template: _Template | None = None


_ENCODE = msgspec.json.Encoder().encode


def _addressed(address: str, kind: str) -> _Message:
    message = _Message("whatsapp", "individual", kind)
    if address.isdecimal():
        message.to = address
    else:
        message.recipient = address
    return message


def _fits_buttons(reply: Reply) -> bool:
    return len(reply.options) <= MAX_BUTTONS and all(
        len(option.label) <= MAX_BUTTON_LABEL for option in reply.options
    )
