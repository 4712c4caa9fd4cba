"""Opens the web chat of an installation: its pages, messages, replies and files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial

from bot.channels.links import ChannelLink
from bot.channels.opening import ChannelType
from bot.channels.ports import Document
from bot.channels.registry import channel_type
from bot.config import Settings
from bot.installation import Installation
from bot.pipeline.documents import Documents
from bot.web.bodies import BodyReader
from bot.web.chat.channel import WebChannel
from bot.web.chat.files import ChatFiles
from bot.web.chat.messages import ChatMessages
from bot.web.chat.pages import ChatPages, Company, Site
from bot.web.chat.replies import StoredReplies
from bot.web.chat.requests import RequestLimits
from bot.web.chat.streams import Streams
from handlers.messages import Channel
from handlers.quality.weeks import IsoWeek
from storage.engine.database import Database
from storage.privacy import notices


def open_chat(
    here: Installation,
    database: Database,
    bodies: BodyReader,
    notify: Callable[[str, int], None],
    channels: Collection[Channel],
    made_up: bool,
) -> WebChannel:
    """The web chat, which reads over ``database``.

    ``notify`` tells other processes that a page has a reply of that number. ``channels``: the
    platforms that are switched on; the pages name them. ``made_up``: the pages say that answers are
    invented.
    """
    limits = RequestLimits(proxies=here.settings.web.proxies)
    network_hash = partial(_network_hash, here)
    return WebChannel(
        ChatPages(_site(here, channels, made_up=made_up), partial(_published_notice, database)),
        ChatMessages(here.clock, limits, bodies=bodies, network_hash=network_hash),
        Streams(StoredReplies(database, here.keyring).of, limits),
        notify,
    )


def open_files(here: Installation) -> ChatFiles:
    """What takes files from pages of the chat, and gives pages the files of replies."""
    encrypt, load = here.keyring.encrypt_bytes, partial(_load_document, here)
    return ChatFiles(encrypt, load, here.clock, here.most_file_bytes)


def _site(here: Installation, channels: Iterable[Channel], *, made_up: bool) -> Site:
    known, content = here.settings.municipality, here.release.content
    types = [channel_type(channel) for channel in channels]
    return Site(
        municipality=content.municipality,
        phone=known.phone,
        email=known.email,
        hours=known.hours,
        place=known.place,
        companies=tuple(
            Company(type.label, type.company, type.by_phone) for type in types if type.company
        ),
        ways=_ways(types, here.settings),
        has_policy=content.policy is not None,
        made_up=made_up,
        notice=here.settings.privacy,
        file_megabytes=here.settings.cases.file_megabytes,
        audio_days=here.settings.cases.audio_days,
    )


def _ways(types: Iterable[ChannelType], settings: Settings) -> tuple[tuple[str, str], ...]:
    """The names and addresses of the channels whose address the settings give."""
    links = [type.link(settings) for type in types if type.link is not None]
    return tuple((link.name, link.url) for link in links if isinstance(link, ChannelLink))


async def _published_notice(database: Database) -> Mapping[str, str]:
    """What the panel has published for the page /privacidad."""
    return (await database.read(notices.newest)).items


async def _load_document(here: Installation, token: str, number: int) -> Document | None:
    """The file of a page's reply; None: it has none."""
    found = await StoredReplies(here.database, here.keyring).file_of(token, number)
    return None if found is None else await Documents(here).load(*found)


def _network_hash(here: Installation, network: str, at: datetime) -> bytes:
    week = IsoWeek.of(at, here.release.content.zone)
    return here.keyring.network_hash(str(week), network)
