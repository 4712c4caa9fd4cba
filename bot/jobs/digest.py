"""The weekly digest between storage and reports: loaded, frozen, put into each reader's inbox."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.reports import digest_words as words
from bot.reports.digest_html import html_mail
from bot.reports.digest_text import chat_text, plain_text
from handlers.errors import OperatorError
from handlers.messages import Announcement, Channel
from handlers.quality.digest import build_digest
from handlers.quality.figures import AreaDigest, Digest
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine import counters
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.outbox.inbox import ForContact, put_inbox
from storage.quality import digests as stored
from storage.staff.digest_readers import digest_readers

PATH = "/resumen"
MADE_UP = "made-up"
"""The counter that marks a database whose answers are a demonstration's, whatever opens it."""

WHOLE = "todas"  # stands for the area in the address of the whole digest


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which digest. ``made_up``: the answers are a demonstration's."""

    week: IsoWeek
    now: datetime
    area: str | None = None  # id; None: all areas
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """One week's digest on its way to the staff."""

    week: IsoWeek
    now: datetime
    base_url: str  # where the pages are reached
    made_up: bool = False
    known_before: datetime | None = None  # not to staff who came later; None: to everybody
    area: str | None = None  # only to the staff of this area; None: to everybody


def is_over(week: IsoWeek, release: Release, now: datetime) -> bool:
    """Whether the week has ended in the municipality's time zone."""
    return now >= week.bounds(release.content.zone)[1]


def load_digest(
    tx: Transaction, keyring: Keyring, release: Release, wanted: Wanted, *, freeze: bool
) -> Digest:
    """The digest as it was published, or else made from the sums as they are now.

    ``freeze``: publish it for ever if its week is over. Only the digest of all areas is kept; that
    of one area is cut from it, so that no two of them can be set against each other. Raises
    OperatorError for an area that does not exist.
    """
    kept = stored.published(tx, wanted.week)
    if kept is not None:
        whole = msgspec.json.decode(kept.figures, type=Digest)
    else:
        figures = stored.week_figures(tx, keyring, wanted.week)
        made_up = wanted.made_up or counters.value(tx, MADE_UP) > 0
        names = release.lexicon.names
        whole = build_digest(figures, release.content, names, wanted.now, made_up=made_up)
        if freeze and is_over(wanted.week, release, wanted.now):
            encoded = msgspec.json.encode(whole)
            kept = stored.publish(tx, wanted.week, "", encoded, wanted.now)
            whole = msgspec.json.decode(kept.figures, type=Digest)
    return whole if wanted.area is None else of_area(whole, wanted.area, release)


def of_area(whole: Digest, area: str, release: Release) -> Digest:
    """What a digest says of one area. Raises OperatorError for one that does not exist."""
    known = next((entry for entry in whole.areas if entry.id == area), None)
    if known is None:  # it is newer than the digest
        entry = release.content.area_by_id.get(area)
        if entry is None:
            raise OperatorError(f"{area}: no existe esa área")
        known = AreaDigest(entry.id, entry.name, entry.short_name)
    return replace(
        whole,
        scope=area,
        areas=(known,),
        total=None,
        lookups=None,
        not_found=None,
        not_found_queries=(),
    )


def announcement(digest: Digest, link: str) -> Announcement:
    """The digest for a chat: one phone screen and the link to the whole."""
    return Announcement(chat_text(digest, link), words.subject(digest), html_mail(digest, link))


def mailed(digest: Digest, link: str) -> Announcement:
    """The digest for mail: the text part says what the HTML says."""
    return replace(announcement(digest, link), text=plain_text(digest, link))


def digest_link(base_url: str, keyring: Keyring, week: IsoWeek, area: str | None = None) -> str:
    """The address of a digest's page; nobody can guess it."""
    place = f"{week}/{area or WHOLE}"
    return f"{base_url.rstrip('/')}{PATH}/{place}/{_signature(keyring, place)}"


def is_signed(keyring: Keyring, week: str, area: str, signature: str) -> bool:
    """Whether an address is one that ``digest_link`` made; takes equally long if not."""
    expected = _signature(keyring, f"{week}/{area}")
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def send_digest(tx: Transaction, keyring: Keyring, release: Release, sending: Sending) -> int:
    """Put a finished week's digest into the inbox of every reader who has not had it.

    Claimed and put into the inbox in this one transaction, so it is sent once however often this
    is called. Returns to how many contacts. Raises OperatorError for a week that is not over.
    """
    if not is_over(sending.week, release, sending.now):
        raise OperatorError(f"{sending.week}: esa semana aún no termina; se envía cuando termine")
    readers = {
        reader.contact_id: reader
        for reader in digest_readers(tx, sending.known_before)
        if sending.area is None or reader.area == sending.area
    }
    claimed = stored.claim(tx, sending.week, readers, sending.now)
    items = []
    loaded: dict[str, Digest] = {}
    for contact_id in sorted(claimed):
        reader = readers[contact_id]
        if reader.area not in loaded:
            loaded[reader.area] = _of_reader(tx, keyring, release, sending, reader.area)
        digest = loaded[reader.area]
        link = digest_link(sending.base_url, keyring, sending.week, digest.scope)
        body = (mailed if reader.channel is Channel.MAIL else announcement)(digest, link)
        items.append(ForContact(contact_id, f"digest:{sending.week}:{contact_id}", body))
    put_inbox(tx, keyring, items, sending.now)
    return len(items)


def _of_reader(
    tx: Transaction, keyring: Keyring, release: Release, sending: Sending, area: str
) -> Digest:
    """The digest of a reader's area; of all areas where theirs does not exist any more."""
    known = area if area in release.content.area_by_id else None
    wanted = Wanted(sending.week, sending.now, known, sending.made_up)
    return load_digest(tx, keyring, release, wanted, freeze=True)


def _signature(keyring: Keyring, place: str) -> str:
    return keyring.ref_hash(f"{PATH}/{place}")
