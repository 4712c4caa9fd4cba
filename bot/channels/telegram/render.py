"""Encodes the requests to the Bot API: replies with their keyboards, and the other calls."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec
from msgspec import Struct

from handlers.messages import Layout, Option, Reply, numbered_labels
from handlers.text.markup import Block, Style, rendered

SHORT_LABEL = 12  # characters; two such buttons fit side by side on a narrow telephone
GRADE_LABEL = 4  # characters; seven such fit, and the platform allows eight buttons a row
GRADES_IN_A_ROW = 7


class _Button(Struct):
    text: str
    callback_data: str


class _Keyboard(Struct):
    inline_keyboard: list[list[_Button]]


class _Preview(Struct):
    is_disabled: bool = True


class _SendMessage(Struct, omit_defaults=True):
    """Body of sendMessage. Without ``parse_mode`` the text is literal and needs no escaping."""

    chat_id: int
    text: str
    parse_mode: str = ""
    link_preview_options: _Preview | None = None
    reply_markup: _Keyboard | None = None


class _RemoveKeyboard(Struct):
    chat_id: int
    message_id: int


class _AnswerCallback(Struct, omit_defaults=True):
    callback_query_id: str
    method: str = ""


class _GetFile(Struct):
    file_id: str


class _GetUpdates(Struct, omit_defaults=True):
    timeout: int
    allowed_updates: tuple[str, ...]
    offset: int = 0


_ENCODE = msgspec.json.Encoder().encode
_NO_PREVIEW = _Preview()


def message_bytes(chat: int, reply: Reply) -> bytes:
    """The body of sendMessage."""
    rows = _rows(reply)
    keyboard = _Keyboard(rows) if rows else None
    if not reply.blocks:
        return _ENCODE(_SendMessage(chat, reply.text, "", _NO_PREVIEW, keyboard))
    return _ENCODE(_SendMessage(chat, as_html(reply.blocks), "HTML", _NO_PREVIEW, keyboard))


def remove_keyboard_bytes(chat: int, message: int) -> bytes:
    """The body of editMessageReplyMarkup that removes a keyboard."""
    return _ENCODE(_RemoveKeyboard(chat, message))


def callback_answer_bytes(callback_id: str, *, inline: bool = False) -> bytes:
    """The body of answerCallbackQuery; ``inline``: for the webhook's own response."""
    return _ENCODE(_AnswerCallback(callback_id, "answerCallbackQuery" if inline else ""))


def get_updates_bytes(timeout_s: int, kinds: tuple[str, ...], offset: int) -> bytes:
    """The body of getUpdates. Offset 0 starts at the earliest unconfirmed update."""
    return _ENCODE(_GetUpdates(timeout_s, kinds, offset))


def get_file_bytes(ref: str) -> bytes:
    """The body of getFile."""
    return _ENCODE(_GetFile(ref))


def as_html(blocks: Sequence[Block]) -> str:
    """The blocks in Telegram's HTML, with their text escaped."""
    return rendered(blocks, _HTML)


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'


_HTML = Style(words=escape, bold=lambda text: f"<b>{escape(text)}</b>", quiet=escape, link=_link)


def _rows(reply: Reply) -> list[list[_Button]]:
    options = list(reply.options)
    if reply.numbered:
        labels = numbered_labels(reply)
        options = [Option(o.key, label) for o, label in zip(options, labels, strict=True)]
    match reply.layout:
        case Layout.LIST:
            rows = [[option] for option in options]
        case Layout.BUTTONS:
            rows = _pairs(options)
        case Layout.GRADES:
            wide = (i for i, option in enumerate(options) if len(option.label) > GRADE_LABEL)
            count = next(wide, len(options))
            rows = [
                options[i : min(i + GRADES_IN_A_ROW, count)]
                for i in range(0, count, GRADES_IN_A_ROW)
            ]
            rows += _pairs(options[count:])
    return [
        [_Button(option.label, f"{reply.number}:{option.key}") for option in row] for row in rows
    ]


def _pairs(options: list[Option]) -> list[list[Option]]:
    """Rows of one option, or of two if both labels are short."""
    rows: list[list[Option]] = []
    for option in options:
        short = len(option.label) <= SHORT_LABEL
        if rows and short and len(rows[-1]) == 1 and len(rows[-1][0].label) <= SHORT_LABEL:
            rows[-1].append(option)
        else:
            rows.append([option])
    return rows
