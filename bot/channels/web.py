"""Describes the web chat as a channel; its code is part of the web server (bot/web/chat)."""

from __future__ import annotations

from urllib.parse import quote

from bot.channels.links import ChannelLink, readable_address
from bot.channels.opening import ChannelType, Missing
from bot.config import Settings

LABEL = "Página web"


def link(settings: Settings) -> ChannelLink | Missing:
    """The chat page, with the desk's token in its address."""
    address = settings.web.public_url
    if not address:
        return Missing("[web] public_url")

    url = f"{address.rstrip('/')}/chat"

    def url_for(token: str) -> str:
        return f"{url}?d={quote(token)}"

    return ChannelLink(LABEL, url, url_for, lambda token: readable_address(url_for(token)))


TYPE = ChannelType(label=LABEL, in_text="la página web", link=link)
