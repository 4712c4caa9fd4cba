"""WhatsApp, over Meta's Cloud API."""

from __future__ import annotations

from urllib.parse import quote

from bot.channels.links import ChannelLink
from bot.channels.opening import ChannelType, Missing, OpenChannel, Opening
from bot.config import Settings

LABEL = "WhatsApp"
NEEDED = ("token", "phone_number_id", "app_secret", "verify_token")
# The citizen can edit the draft, so "codigo TOKEN" is recognised anywhere in a message. It
# is ASCII, so that the QR code is small and every scanner reads the same.
DRAFT = "Hola, quiero evaluar. Codigo {token}"


def open_channel(opening: Opening) -> OpenChannel | Missing:
    """Open the channel if all of ``NEEDED`` are set, which Meta's app panel shows."""
    settings = opening.settings.whatsapp
    if missing := lacking(opening.settings):
        return Missing(f"[whatsapp] {', '.join(missing)}")
    from bot.channels.whatsapp.channel import WhatsAppChannel

    channel = WhatsAppChannel(
        settings, opening.http(), opening.clock, public_url=opening.settings.web.public_url
    )
    return OpenChannel(
        sends=channel,
        fetches=channel,
        per_second=settings.messages_per_second,
        webhooks=channel.webhooks,
        routes=channel.routes(),
        start=channel.start,
        undelivered=channel.undelivered,
    )


def begun(settings: Settings) -> bool:
    """Whether any of its settings is set."""
    return settings.whatsapp.has_any(*NEEDED)


def lacking(settings: Settings) -> list[str]:
    """The settings still missing before it can be opened."""
    return [key for key in NEEDED if getattr(settings.whatsapp, key) is None]


def link(settings: Settings) -> ChannelLink | Missing:
    """A link that opens a chat with a draft message containing the token."""
    number = settings.whatsapp.display_number
    if not number:
        return Missing("[whatsapp] display_number")

    url = f"https://wa.me/{number}"

    def url_for(token: str) -> str:
        return f"{url}?text={quote(DRAFT.format(token=token), safe=',.')}"

    return ChannelLink(
        LABEL, url, url_for, lambda token: (_spaced(number), f"Escriba: código {token}")
    )


def _spaced(number: str) -> str:
    """Group a Chilean mobile number as people write it; leave any other as it is."""
    if len(number) == 11 and number.startswith("569"):
        return f"+56 9 {number[3:7]} {number[7:]}"
    return f"+{number}"


TYPE = ChannelType(
    label=LABEL,
    in_text=LABEL,
    open=open_channel,
    begun=begun,
    lacking=lacking,
    link=link,
    company="Meta",
    by_phone=True,
)
