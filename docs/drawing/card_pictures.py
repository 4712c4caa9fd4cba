"""Draws a card as Telegram and WhatsApp get it, from the very bytes that the channels send.

The frames are plain stand-ins: they show what is bold, a list or a button, not how an app looks.
"""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser

from bot.channels.telegram.render import message_bytes as telegram_bytes
from bot.channels.whatsapp.render import message_bytes as whatsapp_bytes
from bot.content.release import load_release
from handlers.messages import Channel, Reply
from handlers.rehearsing.rehearsal import Rehearsal

QUESTION = "onde saco el permiso de circulasion"
WIDTH, HEIGHT = 360, 780
SCHEMES = ("light", "dark")
_STARS = re.compile(r"\*([^*\n]+)\*")
_PAGE = """<!doctype html><html lang="es-CL"><style>
:root {{ color-scheme: light dark; }}
* {{ box-sizing: border-box; margin: 0; }}
body {{ min-height: 100vh; padding: 12px; font: 16px/1.4 system-ui, "Liberation Sans", sans-serif;
  background: light-dark({ground}); color: light-dark(#111, #eee); }}
h1 {{ padding-block: 4px 12px; font-size: 14px; font-weight: 600; text-align: center;
  color: light-dark(#445, #bbc); }}
.mine, .bubble {{ width: fit-content; max-width: 92%; padding: 8px 12px; border-radius: 12px;
  white-space: pre-wrap; overflow-wrap: anywhere; }}
.mine {{ margin: 0 0 10px auto; background: light-dark({own}); }}
.bubble {{ background: light-dark(#fff, #22303a); }}
.keys {{ display: flex; flex-wrap: wrap; gap: 4px; max-width: 92%; margin-top: 4px; }}
.keys span {{ flex: 1 1 0; padding: 10px; border-radius: 10px; text-align: center;
  background: light-dark(#fff, #22303a); color: light-dark(#0b5574, #8ccbe6); font-weight: 600; }}
a {{ color: light-dark(#0b5574, #8ccbe6); }}
</style><h1>{name} · ejemplo</h1><p class="mine">{question}</p>
<div class="bubble">{text}</div>{keys}</html>"""


def card() -> Reply:
    """The answer to a misspelt question, after the greeting."""
    chat = Rehearsal(load_release(), datetime.now(UTC), channel=Channel.WHATSAPP)
    chat.say("hola")
    reply = chat.say(QUESTION)
    assert reply is not None
    return reply


def cards_in_apps(browser: Browser) -> dict[str, bytes]:
    """Pictures by name: the card on Telegram and WhatsApp, in light and in dark."""
    reply = card()
    pages = {"telegram": on_telegram(reply), "whatsapp": on_whatsapp(reply)}
    return {
        f"card-{name}-{scheme}": drawn(browser, page, scheme)
        for name, page in pages.items()
        for scheme in SCHEMES
    }


def on_telegram(reply: Reply) -> str:
    """Telegram's HTML is shown as it is sent."""
    sent: dict[str, Any] = json.loads(telegram_bytes(1, reply))
    rows = [[key["text"] for key in row] for row in sent["reply_markup"]["inline_keyboard"]]
    colours = {"ground": "#d6e4ec, #0f1a21", "own": "#e3f6d5, #2b5278"}
    return _page("Telegram", sent["text"], rows, colours)


def on_whatsapp(reply: Reply) -> str:
    """What stands between stars is bold there."""
    sent: dict[str, Any] = json.loads(whatsapp_bytes("56900000000", reply))
    text = _STARS.sub(r"<b>\1</b>", html.escape(sent["interactive"]["body"]["text"]))
    buttons = sent["interactive"]["action"]["buttons"]
    rows = [[button["reply"]["title"]] for button in buttons]
    colours = {"ground": "#efe9e0, #10181d", "own": "#d9f7ce, #1c4d3d"}
    return _page("WhatsApp", text, rows, colours)


def drawn(browser: Browser, page_text: str, scheme: str, width: int = WIDTH) -> bytes:
    """The whole page, as wide as a telephone."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT if width == WIDTH else 100},
        device_scale_factor=1.5,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.set_content(page_text)
    picture = page.screenshot(full_page=True)
    context.close()
    return picture


def _page(name: str, text: str, rows: list[list[str]], colours: dict[str, str]) -> str:
    keys = "".join(
        f'<div class="keys">{"".join(f"<span>{html.escape(label)}</span>" for label in row)}</div>'
        for row in rows
    )
    question = html.escape(QUESTION)
    return _PAGE.format(name=name, text=text, keys=keys, question=question, **colours)
