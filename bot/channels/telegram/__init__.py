"""Telegram, over the Bot API."""

from __future__ import annotations

from urllib.parse import quote

from bot.channels.links import ChannelLink
from bot.channels.opening import ChannelType, Missing, OpenChannel, Opening
from bot.config import Settings, TelegramSettings

LABEL = "Telegram"


def open_channel(opening: Opening) -> OpenChannel | Missing:
    """Open the channel if a token is set. Raises OperatorError if its webhook cannot work."""
    settings = opening.settings.telegram
    if settings.token is None:
        return Missing("[telegram] token")
    # Imported here because python-telegram-bot is large.
    from bot.channels.telegram.channel import TelegramChannel

    channel = TelegramChannel(
        settings, opening.http(), opening.clock, public_url=opening.settings.web.public_url
    )
    return OpenChannel(
        sends=channel,
        fetches=channel,
        per_second=settings.messages_per_second,
        webhooks=channel.webhooks,
        start=channel.start,
        poll=channel.poll if settings.mode == "polling" else None,
        undelivered=channel.undelivered if settings.mode == "webhook" else None,
    )


def begun(settings: Settings) -> bool:
    """Whether any of its settings is set."""
    known = settings.telegram
    return known.mode == "webhook" or known.has_any("token", "webhook_secret")


def lacking(settings: Settings) -> list[str]:
    """The settings still missing before it can be opened."""
    known = settings.telegram
    webhook = known.mode == "webhook"
    missing = [] if known.token else ["token"]
    if webhook and known.webhook_secret is None:
        missing.append("webhook_secret")
    if webhook and settings.web.public_url is None:
        missing.append("[web] public_url")
    return missing


def unusable(settings: Settings) -> str:
    """Why the channel cannot be opened; "": it can, or is off."""
    known = settings.telegram
    return webhook_problem(known, settings.web.public_url) if known.token else ""


def webhook_problem(known: TelegramSettings, public_url: str | None) -> str:
    """Why its webhook cannot work; "": it can, or there is none."""
    if known.mode != "webhook":
        return ""
    if public_url is None:
        return "[web] public_url: falta; [telegram] mode = webhook la necesita"
    if known.webhook_secret is None:
        return "[telegram] webhook_secret: falta; mode = webhook lo necesita"
    if not public_url.startswith("https://"):
        return (
            f"[web] public_url: «{public_url}» no empieza con https://, y Telegram solo entrega"
            " así; corríjala, o use [telegram] mode = polling"
        )
    return ""


def link(settings: Settings) -> ChannelLink | Missing:
    """A link that opens the bot and makes it receive ``/start TOKEN``."""
    name = (settings.telegram.bot_name or "").removeprefix("@")
    if not name:
        return Missing("[telegram] bot_name")

    url = f"https://t.me/{name}"

    def url_for(token: str) -> str:
        return f"{url}?start={quote(token)}"

    return ChannelLink(
        LABEL, url, url_for, lambda token: (f"t.me/{name}", f"?start={quote(token)}")
    )


TYPE = ChannelType(
    label=LABEL,
    in_text=LABEL,
    open=open_channel,
    begun=begun,
    lacking=lacking,
    unusable=unusable,
    link=link,
    company="Telegram",
)
