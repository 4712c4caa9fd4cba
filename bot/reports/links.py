"""The addresses that posters and invitations print: one deep link for each channel and desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# The draft that WhatsApp shows can be edited, so the conversation looks for "codigo TOKEN" anywhere
# in a message. It stays ASCII, so that the QR code is small and every scanner reads it alike.
WHATSAPP_DRAFT = "Hola, quiero evaluar. Codigo {token}"


@dataclass(frozen=True, slots=True)
class ChannelLink:
    """One channel that is on, as people are led to it."""

    name: str  # as people call it
    url_for: Callable[[str], str]  # a desk's token → what its QR code holds
    letters_for: Callable[[str], tuple[str, ...]]  # the same for people who type, in lines


def channel_links(
    *, whatsapp: str | None = None, web: str | None = None, telegram: str | None = None
) -> list[ChannelLink]:
    """Return a link for each channel that is given, the one that most people have first.

    ``whatsapp``: the number in digits with its country code; ``web``: the public address of the
    service; ``telegram``: the bot's name, with or without @.
    """
    links = []
    if whatsapp:
        links.append(whatsapp_link(whatsapp))
    if web:
        links.append(web_link(web))
    if telegram:
        links.append(telegram_link(telegram))
    return links


def whatsapp_link(number: str) -> ChannelLink:
    """Open a WhatsApp chat with a draft that carries the token."""

    def url_for(token: str) -> str:
        return f"https://wa.me/{number}?text={quote(WHATSAPP_DRAFT.format(token=token), safe=',.')}"

    return ChannelLink(
        "WhatsApp", url_for, lambda token: (_spaced(number), f"Escriba: código {token}")
    )


def web_link(public_url: str) -> ChannelLink:
    """Open the chat page with the token."""

    def url_for(token: str) -> str:
        return f"{public_url.rstrip('/')}/chat?d={quote(token)}"

    return ChannelLink("Página web", url_for, lambda token: _typed(url_for(token)))


def telegram_link(bot_name: str) -> ChannelLink:
    """Open the bot so that it receives ``/start TOKEN``."""

    def url_for(token: str) -> str:
        return f"https://t.me/{bot_name.removeprefix('@')}?start={quote(token)}"

    return ChannelLink("Telegram", url_for, lambda token: _typed(url_for(token)))


def _spaced(number: str) -> str:
    """Group a Chilean mobile number as people write it; leave any other as it is."""
    if len(number) == 11 and number.startswith("569"):
        return f"+56 9 {number[3:7]} {number[7:]}"
    return f"+{number}"


def _typed(url: str) -> tuple[str, str]:
    """Break an address where it can be read aloud; https is what a browser adds by itself."""
    parts = urlsplit(url)
    scheme = "" if parts.scheme == "https" else f"{parts.scheme}://"
    folder, _, page = parts.path.rpartition("/")
    if parts.netloc == "t.me":
        return f"t.me/{page}", f"?{parts.query}"
    return f"{scheme}{parts.netloc}{folder}", f"/{page}?{parts.query}"
