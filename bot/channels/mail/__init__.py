"""Mail to staff, over SMTP."""

from __future__ import annotations

from bot.channels.opening import ChannelType, Missing, OpenChannel, Opening
from bot.config import Settings

PER_SECOND = 5.0


def open_channel(opening: Opening) -> OpenChannel | Missing:
    """Open the channel if a server is set. Raises OperatorError if the sender is not an address."""
    settings = opening.settings.mail
    if not settings.host:
        return Missing("[mail] host")
    from bot.channels.mail.mailer import Mailer

    mailer = Mailer(settings, now=opening.clock)
    return OpenChannel(sends=mailer, per_second=PER_SECOND, where=f"por {settings.host}")


def begun(settings: Settings) -> bool:
    """Whether any of its settings is set."""
    return settings.mail.has_any("host", "sender", "username", "password")


def lacking(settings: Settings) -> list[str]:
    """The settings still missing before it can be opened."""
    mail = settings.mail
    missing = [] if mail.host else ["host"]
    missing += [] if mail.sender else ["from"]
    if bool(mail.username) != bool(mail.password):
        missing.append("password" if mail.username else "username")
    return missing


TYPE = ChannelType(
    label="Correo", in_text="correo", open=open_channel, begun=begun, lacking=lacking
)
