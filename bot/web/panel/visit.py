"""What every page of the panel is given: the installation, and who asks for what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from aiohttp import web

from bot.privacy_notice import Configured
from bot.web.panel.attempts import Attempts
from bot.web.panel.rendering import Rendering
from bot.web.panel.security import HOME
from bot.web.panel.uploads import Filled, made_harmless
from handlers.facts.cases import FileOfStaff
from handlers.messages import Channel
from handlers.release import Release
from handlers.staff.permissions import Action, Grant, areas_of, may, may_in
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.cases.lists.words import CaseWords
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.staff.digest_readers import CHANNELS
from storage.staff.sessions import Session, SessionLimits

# Fields for free words: even a single word in one of them is text that somebody wrote.
_WORDS = frozenset(
    {"answer", "reason", "closing", "extension", "reopening", "text", "words", "what", "report"}
)

FROM_TODAY = "hoy"  # as ``desde`` of an address: opened from the first page
_FEW = 2  # pages of one word of the menu that stand in it without it

_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")


@dataclass(frozen=True)
class Panel:
    """What the panel stands on."""

    database: Database
    keyring: Keyring
    release: Release
    clock: Callable[[], datetime]
    base_url: Callable[[], str]  # how people reach it; never what a request says of itself
    nudge: Callable[[], None]  # something was put into an inbox
    limits: SessionLimits
    sender: Callable[[web.Request], str]  # the network address by which attempts are counted
    reaches_staff: frozenset[Channel] = CHANNELS  # those by which staff are told of anything
    whatsapp_template: bool = False  # answers may be sent after the platform's 24 hours
    made_up: bool = False
    privacy: Configured = field(default_factory=Configured)  # what it says of /privacidad

    @property
    def most_of_a_file(self) -> int:
        """How many bytes a file may have that is sent to a citizen."""
        return self.release.content.case_rules.file_megabytes * 1_000_000

    @cached_property
    def attempts(self) -> Attempts:
        """Who tries to get in."""
        return Attempts(self.database, self.keyring)

    @cached_property
    def rendering(self) -> Rendering:
        """The templates, read once."""
        return Rendering(self.release, made_up=self.made_up)

    @cached_property
    def case_words(self) -> CaseWords:
        """What cases are found by."""
        return CaseWords(self.database, self.keyring)

    @cached_property
    def areas(self) -> Mapping[str, bool]:
        """Every area, and whether it is sensitive."""
        return {area.id: area.sensitive for area in self.release.content.areas}

    def is_sensitive(self, area: str) -> bool:
        """Whether its words are for named roles only; so are those of areas no longer there."""
        return bool(area) and self.areas.get(area, True)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in."""

    panel: Panel
    request: web.Request
    session: Session
    name: str
    grants: tuple[Grant, ...]
    form_token: str
    now: datetime
    form: Mapping[str, str] = field(default_factory=dict)
    filled: Filled | None = None  # the form, where it may bring a file
    query: Mapping[str, str] = field(default_factory=dict)  # of the address
    has_unsent: bool = False  # the form holds something that was not part of what was just sent

    def may(self, action: Action, area: str | None = None) -> bool:
        """Whether the action is allowed to this person: in the area, or else somewhere."""
        if area is None:
            return may(self.grants, action)
        return may_in(self.grants, action, area, sensitive=self.panel.is_sensitive(area))

    def areas(self, action: Action) -> frozenset[str]:
        """The areas in which it is; the empty one stands for none."""
        return areas_of(self.grants, action, self.panel.areas)

    async def file(self) -> FileOfStaff | str | None:
        """The file that came with the form, made harmless; or why it is not sent, in words."""
        if self.filled is None or not (self.filled.file or self.filled.refused):
            return None
        if self.filled.refused:
            return self.filled.refused
        return await made_harmless(self.filled.file, self.panel.keyring, self.panel.most_of_a_file)

    @property
    def words(self) -> dict[str, str]:
        """What this person wrote in the form."""
        return words_of(self.form)

    @property
    def menu(self) -> dict[str, list[tuple[str, str]]]:
        """Paths and names of what this person may open, by the word that opens them; so few that
        they need none stand open."""
        found: dict[str, list[tuple[str, str]]] = {}
        for words, path, name, action in self.panel.rendering.menu:
            if self.may(action):
                found.setdefault(words, []).append((path, name))
        few = {words for words, pages in found.items() if not words or len(pages) <= _FEW}
        return {
            "": [page for words, pages in found.items() if words in few for page in pages],
            **{words: pages for words, pages in found.items() if words not in few},
        }

    def is_among(self, pages: Sequence[tuple[str, str]]) -> bool:
        """Whether the page that is shown is one of these of the menu, or stands below one."""
        return any(self.place(path) for path, _ in pages)

    def place(self, path: str) -> str:
        """How the page that is shown stands to one of the menu, as ``aria-current`` says it."""
        shown = self.request.path
        if shown == path:
            return "page"
        return "true" if path != HOME and shown.startswith(f"{path}/") else ""

    @property
    def today(self) -> date:
        """The day that it is in the municipality."""
        return self.now.astimezone(self.panel.release.content.zone).date()

    @property
    def from_today(self) -> bool:
        """Whether the page was opened from the first one, to do what that asks for."""
        return FROM_TODAY in (self.form.get("came_from"), self.query.get("desde"))

    def after(self, path: str, notice: str, *, ends: bool = False, at: str = "") -> web.Response:
        """Redirect after a form was taken: to its own page, opened at ``at``. ``ends``: what the
        first page asks for is done; whoever came from there is led back."""
        if self.from_today and ends:
            return see_other(f"{HOME}?aviso={notice}")
        came_from = f"&desde={FROM_TODAY}" if self.from_today else ""
        return see_other(f"{path}?aviso={notice}{came_from}{at}")

    def note(self, tx: Transaction, action: str, subject: str = "", detail: str = "") -> None:
        """Write into the audit log what this person does."""
        entry = AuditEntry(self.session.staff_id, action, subject, detail)
        chain.append(tx, self.panel.keyring, entry, self.now)

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """A page with the menu of this person."""
        text = self.panel.rendering.render(template, visit=self, now=self.now, **values)
        return web.Response(text=text, content_type="text/html", status=status)


def words_of(form: Mapping[str, str]) -> dict[str, str]:
    """What somebody wrote in a form; its codes and numbers have no spaces."""
    typed = {name: text for name, text in form.items() if text.strip()}
    return {name: text for name, text in typed.items() if name in _WORDS or " " in text.strip()}


def see_other(path: str) -> web.Response:
    """Redirect after a form was taken."""
    return web.Response(status=303, headers={"Location": path})


def count_in(text: str) -> int:
    """How many a form says there are, ``1565`` or ``1.565``; 0: that is no number."""
    plain = text.replace(".", "") if _GROUPED.fullmatch(text) else text
    return number_in(plain)


def number_in(text: str) -> int:
    """The whole number that a form or address gives; 0: it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
