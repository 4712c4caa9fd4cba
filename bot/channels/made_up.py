"""Stand-ins for the platforms of a demonstration: everything is accepted and nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.opening import OpenChannel
from bot.channels.ports import Failed, Held, Outgoing, SendOutcome, Sent
from handlers.messages import Channel, Waits

REF = "made-up"
"""What stands for the platform's message id."""


class MadeUpChannel:
    """A SendPort with its platform's rules: WhatsApp takes no free text after 24 hours."""

    def __init__(self, name: Channel) -> None:
        self.name = name

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        """What the platform would say, if a template for announcements is set."""
        return outcome(self.name, outgoing)


def outcome(channel: Channel, outgoing: Outgoing) -> SendOutcome:
    """The outcome of a reply in a demonstration."""
    if channel is not Channel.WHATSAPP or outgoing.within_window:
        return Sent()
    waits = outgoing.reply.waits
    if waits is Waits.NEVER:
        return Failed("too-late")
    if waits is Waits.QUIETLY or outgoing.announced:
        return Held()
    return Held(ref=REF)


def made_up_channels() -> Mapping[Channel, OpenChannel]:
    """The channels on which citizens of a demonstration are supposed to write."""
    return {
        channel: OpenChannel(sends=MadeUpChannel(channel))
        for channel in (Channel.WHATSAPP, Channel.TELEGRAM)
    }
