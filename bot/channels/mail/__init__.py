"""Mail to staff, over SMTP."""

from __future__ import annotations

from bot.channels.opening import ChannelType, Missing, OpenChannel, Opening
from bot.config import Settings

PER_SECOND = 5.0


def open_channel(opening: Opening) -> OpenChannel | Missing:
    """On with a server. Raises OperatorError where the sender is no address."""
    settings = opening.settings.mail
    if not settings.host:
        return Missing("[mail] host")
    from bot.channels.mail.mailer import Mailer

    mailer = Mailer(settings, now=opening.clock)
    return OpenChannel(sends=mailer, per_second=PER_SECOND, where=f"por {settings.host}")


def begun(settings: Settings) -> bool:
    """Whether something of it is there, though it may lack the rest."""
    return settings.mail.has_any("host", "sender", "username", "password")


def lacking(settings: Settings) -> list[str]:
    """The settings that it lacks to be on."""
    mail = settings.mail
    missing = [] if mail.host else ["host"]
    missing += [] if mail.sender else ["from"]
    if bool(mail.username) != bool(mail.password):
        missing.append("password" if mail.username else "username")
    return missing


TYPE = ChannelType(
    label="Correo", in_text="correo", open=open_channel, begun=begun, lacking=lacking
)
