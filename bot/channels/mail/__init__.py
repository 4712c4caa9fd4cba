"""Mail to staff, over SMTP."""

from __future__ import annotations

from bot.channels.opening import ChannelType, Missing, OpenChannel, Opening

PER_SECOND = 5.0


def open_channel(opening: Opening) -> OpenChannel | Missing:
    """On with a server. Raises OperatorError where the sender is no address."""
    settings = opening.settings.mail
    if not settings.host:
        return Missing("[mail] host")
    from bot.channels.mail.mailer import Mailer

    mailer = Mailer(settings, now=opening.clock)
    return OpenChannel(sends=mailer, per_second=PER_SECOND, where=f"por {settings.host}")


TYPE = ChannelType(label="Correo", open=open_channel)
