"""The registry of channels: each value of ``Channel`` names a module of this folder.

It also names the channel's section of the settings, if it has one. A module is imported on demand,
and imports its platform's library only when the channel is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from bot.channels.links import ChannelLink
from bot.channels.opening import ChannelType, Missing, OpenChannel, Opening
from bot.config import Settings
from handlers.messages import Channel


def channel_type(channel: Channel) -> ChannelType:
    """The channel's description, its module's ``TYPE``."""
    found = import_module(f"bot.channels.{channel.value}").TYPE
    assert isinstance(found, ChannelType)
    return found


def open_channels(opening: Opening) -> Iterator[tuple[Channel, OpenChannel | Missing]]:
    """Each channel except the web chat: opened, or the settings it lacks.

    Raises OperatorError for settings that cannot work.
    """
    for channel in Channel:
        open_channel = channel_type(channel).open
        if open_channel is not None:
            yield channel, open_channel(opening)


def half_configured(settings: Settings) -> list[str]:
    """A line in Spanish for each channel of which some settings are set and others missing."""
    return [
        f"[{channel}] está a medias: falta {listed}; complételo, o borre lo demás de [{channel}]"
        for channel, found, listed in _incomplete(settings)
        if found.begun is not None and found.begun(settings)
    ]


def switched_off(settings: Settings) -> Iterator[str]:
    """A line for each channel whose section sets nothing that turns it on."""
    for channel, found, listed in _incomplete(settings):
        is_there = channel.value in settings.model_fields_set
        if is_there and found.begun is not None and not found.begun(settings):
            yield f"[{channel}]: falta {listed}; mientras tanto ese canal está apagado"


def unusable(settings: Settings) -> list[str]:
    """A line for each channel that cannot be opened with its settings."""
    found = (channel_type(channel).unusable for channel in Channel)
    return [problem for why in found if why is not None and (problem := why(settings))]


def _incomplete(settings: Settings) -> Iterator[tuple[Channel, ChannelType, str]]:
    """Each channel that lacks settings, and which, as one Spanish phrase."""
    for channel in Channel:
        found = channel_type(channel)
        if found.lacking is not None and (keys := found.lacking(settings)):
            yield channel, found, " y ".join(filter(None, (", ".join(keys[:-1]), keys[-1])))


def poster_links(settings: Settings) -> Iterator[tuple[Channel, ChannelLink | Missing]]:
    """The link of each channel that a poster can show, in the order of ``Channel``."""
    for channel in Channel:
        link = channel_type(channel).link
        if link is not None:
            yield channel, link(settings)
