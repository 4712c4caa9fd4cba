"""The weekly digest: loaded or built, published, and put into each reader's inbox."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as dataclass_replace
from datetime import datetime
from functools import partial

import msgspec
from msgspec.structs import replace

from bot.jobs.quality.figures import note_published, published_code
from bot.jobs.quality.work import work_of
from bot.reports.digests.digest_files import picture_of, sheet_file
from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import (
    NOT_NOTED,
    PATH,
    Heads,
    chat_text,
    in_detail,
    plain_text,
    summary_text,
)
from bot.reports.quality.effect_words import effect_told
from bot.reports.words import digest_words as words
from bot.reports.words.figure_words import unbroken
from handlers.errors import OperatorError
from handlers.indicators.counts import DigestSource, SeriesCount, week_counts
from handlers.indicators.places import Cells, digest_with_places
from handlers.indicators.work import Work, online_by_service, online_share, with_work
from handlers.measures.board import news
from handlers.measures.measures import Measure
from handlers.messages import Announcement, Channel
from handlers.quality.blocks import Block
from handlers.quality.digest import build_digest, closed_blocks, digest_of_areas
from handlers.quality.figures import Digest
from handlers.quality.series import AreaChart
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.audit import chain
from storage.engine import counters
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.times import stored_week
from storage.measures.steps import all_measures
from storage.outbox.inbox import ForContact, put_inbox
from storage.quality import counts, week_rows
from storage.quality import digests as stored
from storage.quality.bursts import exclude_bursts
from storage.quality.control import charts_of
from storage.quality.places import cells_of
from storage.responses.sums import merge_shards
from storage.staff.digest_readers import Reader, digest_readers

MADE_UP = "made-up"
"""The counter by which every process knows that a database holds a demonstration's answers."""

WHOLE = "todas"  # in place of an area in the address of the digest of all areas


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which digest to load. ``made_up``: the answers are a demonstration's."""

    week: IsoWeek
    now: datetime
    area: str | None = None  # an id, or several joined by +; None: all areas
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """Which digest to send, and to which staff."""

    week: IsoWeek
    now: datetime
    base_url: str  # of the digest's pages
    made_up: bool = False
    known_before: datetime | None = None  # only staff added before then; None: everybody
    area: str | None = None  # only the staff of this area; None: everybody
    heads: Heads = (
        NOT_NOTED  # for mails about all areas: codes that their readers keep as witnesses
    )
    charts: Mapping[str, AreaChart] = field(default_factory=dict)  # by area id, for chats


def is_over(week: IsoWeek, release: Release, now: datetime) -> bool:
    """Whether the week has ended in the municipality's time zone."""
    return now >= week.bounds(release.content.zone)[1]


async def had_begun(database: Database, release: Release, week: IsoWeek) -> bool:
    """Whether the installation existed, or has answers from, before the week ended.

    An earlier week has no digest: it would be published as a week without answers.
    """
    end = week.bounds(release.content.zone)[1]
    return await database.read(partial(stored.had_begun, week=week, end=end))


def refuse_earlier(week: IsoWeek) -> OperatorError:
    """The error for a week that ended before the installation began."""
    return OperatorError(f"{week}: terminó antes de que hubiera algo guardado; no se publica")


async def load_digest(
    database: Database, keyring: Keyring, release: Release, wanted: Wanted, *, freeze: bool
) -> Digest:
    """The published digest, else one built from the sums as they are now.

    ``freeze``: publish it for good, if its week is over and the installation ``had_begun``. Only
    the digest of all areas is stored and that of some areas is cut from it, so that figures
    cannot be derived from the difference of two digests. Raises OperatorError for an unknown area
    and for a week before a published one, StorageUnavailable.
    """
    whole = await _load_published(database, wanted)
    freeze = freeze and is_over(wanted.week, release, wanted.now)
    freeze = freeze and await had_begun(database, release, wanted.week)
    if whole is None and freeze:
        await database.write(exclude_bursts)
        number = stored_week(wanted.week)
        await database.write(partial(merge_shards, first=number, last=number))
    while whole is None:
        made = await _build_new(database, keyring, release, wanted)
        whole = await _frozen(database, keyring, made, wanted) if freeze else made.digest
    return whole if wanted.area is None else digest_of_areas(whole, wanted.area, release.content)


@dataclass(frozen=True, slots=True)
class _NewDigest:
    """A newly built digest, and what is stored with it."""

    digest: Digest
    blocks: tuple[Block, ...]
    after: IsoWeek | None  # the newest published week at that moment
    counts: tuple[SeriesCount, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """What a digest is built from, read on one snapshot."""

    rows: week_rows.WeekRows
    cells: Mapping[str, Cells]  # of each area's open block
    work: Work
    measures: Sequence[Measure]
    before: Digest | None  # the one published last
    made_up: bool


async def _load_published(database: Database, wanted: Wanted) -> Digest | None:
    kept = await database.read(lambda tx: stored.published(tx, wanted.week))
    return None if kept is None else msgspec.json.decode(kept.figures, type=Digest)


async def _build_new(
    database: Database, keyring: Keyring, release: Release, wanted: Wanted
) -> _NewDigest:
    """Read on one snapshot, then decrypt and build in a thread.

    Raises OperatorError for a week before a published one.
    """
    source = await database.read(partial(_read_source, keyring, release, wanted))
    newest = source.rows.newest
    if newest is not None and wanted.week < newest:
        raise OperatorError(
            f"{wanted.week}: es anterior a la última semana publicada ({newest});"
            " sus respuestas ya no se publican aparte"
        )
    return await asyncio.to_thread(_put_together, source, keyring, release, wanted)


def _read_source(keyring: Keyring, release: Release, wanted: Wanted, tx: Transaction) -> _Source:
    rows = week_rows.week_rows(tx, wanted.week, wanted.now)
    spans = [(id, area.since or wanted.week, wanted.week) for id, area in rows.areas.items()]
    before = stored.weeks_published(tx, 1)
    return _Source(
        rows,
        cells_of(tx, spans),
        work_of(tx, release, wanted.week, wanted.now),
        all_measures(tx, keyring, release.content.zone),
        msgspec.json.decode(before[0].figures, type=Digest) if before else None,
        counters.value(tx, MADE_UP) > 0,
    )


def _put_together(
    source: _Source, keyring: Keyring, release: Release, wanted: Wanted
) -> _NewDigest:
    raw, content = source.rows.figures(keyring), release.content
    made_up = wanted.made_up or source.made_up
    digest = build_digest(raw, content, release.lexicon.names, wanted.now, made_up=made_up)
    measures = news(source.measures, wanted.week, wanted.now, content.zone, effect_told)
    online = online_share(raw, online_by_service(content))
    digest = with_work(replace(digest, measures=measures), source.work, online, source.before)
    blocks = closed_blocks(raw, content)
    digest = digest_with_places(digest, blocks, source.cells, content)
    counted = DigestSource(raw, source.work, blocks, source.cells)
    week = week_counts(counted, digest, content, source.before)
    return _NewDigest(digest, blocks, source.rows.newest, week)


async def _frozen(
    database: Database, keyring: Keyring, made: _NewDigest, wanted: Wanted
) -> Digest | None:
    """The published digest, perhaps another process's; None: another week was published."""
    encoded = msgspec.json.encode(made.digest)
    mine = stored.PublishedDigest(wanted.week, wanted.now, encoded)

    def publish(tx: Transaction) -> stored.PublishedDigest | None:
        kept = stored.publish(tx, mine, made.blocks, made.after)
        if kept is mine:
            counts.add(tx, made.counts)
            note_published(tx, keyring, wanted.week, wanted.now)
        return kept

    kept = await database.write(publish)
    return None if kept is None else msgspec.json.decode(kept.figures, type=Digest)


def announcement(
    digest: Digest, link: str, charts: Mapping[str, AreaChart] | None = None
) -> Announcement:
    """The digest for a chat: one phone screen with one chart, and a link to the whole."""
    picture = picture_of(digest, charts or {})
    return Announcement(
        unbroken(chat_text(digest, link, picture.words if picture else "")),
        words.subject(digest),
        file=picture.file if picture else None,
    )


def mailed(
    digest: Digest, link: str, pages: Mapping[str, str], heads: Heads = NOT_NOTED
) -> Announcement:
    """The digest for mail, in text and in HTML that say the same.

    ``pages``: each area's page, by its id. ``heads``: shown if the digest is of all areas.
    """
    if in_detail(digest):
        text, html = plain_text(digest, link), html_mail(digest, link, pages)
    else:
        heads = NOT_NOTED if digest.scope else heads
        text, html = summary_text(digest, link, heads), html_mail(digest, link, pages, heads=heads)
    return Announcement(text, words.subject(digest), html, file=sheet_file(digest))


def area_pages(base_url: str, keyring: Keyring, digest: Digest) -> dict[str, str]:
    """The address of each area's page of the digest, by the area's id."""
    week = IsoWeek.parse(digest.week)
    return {area.id: digest_link(base_url, keyring, week, area.id) for area in digest.areas}


def digest_link(base_url: str, keyring: Keyring, week: IsoWeek, area: str | None = None) -> str:
    """The signed address of a digest's page; ``area`` None: of all areas."""
    place = f"{week}/{area or WHOLE}"
    return f"{base_url.rstrip('/')}{PATH}/{place}/{_signature(keyring, place)}"


def is_signed(keyring: Keyring, week: str, area: str, signature: str) -> bool:
    """Whether ``digest_link`` made the address, compared in constant time."""
    expected = _signature(keyring, f"{week}/{area}")
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


async def send_digest(
    database: Database, keyring: Keyring, release: Release, sending: Sending
) -> int:
    """Put a finished week's digest into the inbox of every reader who has not got it yet.

    Idempotent: claim and inbox event are one transaction. Returns to how many contacts it goes.
    Raises OperatorError for a week that is not over or that ended before anything was stored,
    StorageUnavailable.
    """
    if not is_over(sending.week, release, sending.now):
        raise OperatorError(f"{sending.week}: esa semana aún no termina; se envía cuando termine")
    readers = await database.read(partial(_without_digest, sending))
    if not readers:
        return 0
    if not await had_begun(database, release, sending.week):
        raise refuse_earlier(sending.week)
    wanted = Wanted(sending.week, sending.now, None, sending.made_up)
    whole = await load_digest(database, keyring, release, wanted, freeze=True)
    heads, charts = await database.read(partial(_load_companions, sending.week))
    sending = dataclass_replace(sending, heads=heads, charts=charts)
    items = await asyncio.to_thread(_addressed, whole, readers, keyring, release, sending)

    def put(tx: Transaction) -> int:
        claimed = stored.claim(tx, sending.week, items, sending.now)
        put_inbox(tx, keyring, [items[contact] for contact in sorted(claimed)], sending.now)
        return len(claimed)

    return await database.write(put)


def _load_companions(week: IsoWeek, tx: Transaction) -> tuple[Heads, Mapping[str, AreaChart]]:
    """What is sent with the digest: the heads of the logs, and every area's chart."""
    return Heads(chain.code(chain.head(tx)), published_code(tx, week)), charts_of(tx, week)


def _without_digest(sending: Sending, tx: Transaction) -> list[Reader]:
    readers = {
        reader.contact_id: reader
        for reader in digest_readers(tx, sending.known_before)
        if sending.area is None or sending.area in reader.areas
    }
    return [readers[contact] for contact in sorted(stored.unclaimed(tx, sending.week, readers))]


def _addressed(
    whole: Digest,
    readers: Sequence[Reader],
    keyring: Keyring,
    release: Release,
    sending: Sending,
) -> dict[int, ForContact]:
    """Each reader's digest, by contact id: of their areas, in the form of their channel."""
    items = {}
    made: dict[tuple[str, bool], Announcement] = {}
    pages = area_pages(sending.base_url, keyring, whole)
    for reader in readers:
        by_mail = reader.channel is Channel.MAIL
        # A reader whose areas are all gone from the content gets the digest of all areas.
        scope = "+".join(area for area in reader.areas if area in release.content.area_by_id)
        if (scope, by_mail) not in made:
            digest = digest_of_areas(whole, scope, release.content) if scope else whole
            link = digest_link(sending.base_url, keyring, sending.week, digest.scope)
            made[scope, by_mail] = (
                mailed(digest, link, pages, sending.heads)
                if by_mail
                else announcement(digest, link, sending.charts)
            )
        contact = reader.contact_id
        body = made[scope, by_mail]
        items[contact] = ForContact(contact, f"digest:{sending.week}:{contact}", body)
    return items


def _signature(keyring: Keyring, place: str) -> str:
    return keyring.ref_hash(f"{PATH}/{place}")
