"""What the web chat serves as files: its page, style and scripts, the widget, the privacy page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.config import PrivacySettings
from bot.privacy_notice import in_force
from bot.reports.words.dates import in_words
from bot.web.static import StaticFiles
from bot.web.templates import templates
from handlers.errors import StorageUnavailable
from handlers.messages import MAX_TEXT
from storage.contacts.events import SEEN_EVENTS

FOLDER = Path(__file__).parent
# Reads nothing from elsewhere and runs nothing that is written inside a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)
_YEAR = 365  # days


@dataclass(frozen=True, slots=True)
class Company:
    """Whose servers read what is written over ``channel``, which is on."""

    channel: str
    name: str
    by_phone: bool  # the channel tells us people's telephone numbers


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages say of the municipality; ``None`` is unknown and shown as such."""

    municipality: str
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    place: str | None = None
    companies: tuple[Company, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()  # other channels: name and address
    has_policy: bool = False  # a quality policy, with a page of its own
    made_up: bool = False  # the answers are a demonstration's: every page says so
    frame_ancestors: str = "*"  # CSP sources of the sites that may embed the chat
    file_megabytes: int = 10  # of a photo or PDF that is sent with a case
    audio_days: int = 7
    notice: PrivacySettings = field(default_factory=PrivacySettings)


class ChatPages:
    """Every page of the web chat, rendered once, and the files that they bring along.

    ``published`` says what the panel has published for the privacy page; that raises
    StorageUnavailable.
    """

    def __init__(
        self, site: Site, published: Callable[[], Awaitable[Mapping[str, str]]] | None = None
    ) -> None:
        self._site = site
        self._published = published
        self._published_items: Mapping[str, str] = {}
        self._files = StaticFiles("/chat", FOLDER / "static")
        self._environment = templates(FOLDER / "templates")
        self._environment.filters["kept"] = period_words
        self._environment.filters["day"] = in_words
        self._chat = self._render("chat.html.j2", embedded=False)
        self._embedded_chat = self._render("chat.html.j2", embedded=True)
        self._privacy = self._privacy_page()

    def routes(self) -> list[web.AbstractRouteDef]:
        """The addresses of the pages and their files."""
        return [
            web.get("/chat", self._get_chat),
            web.get("/privacidad", self._get_privacy),
            *self._files.routes,
        ]

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(
            site=self._site,
            event_ids_days=SEEN_EVENTS.days,
            most_letters=MAX_TEXT,
            assets=self._files.urls,
            **values,
        )

    async def _get_chat(self, request: web.Request) -> web.Response:
        if request.query.get("embed") == "1":
            return _html(self._embedded_chat, self._site.frame_ancestors)
        return _html(self._chat, "'none'")

    async def _get_privacy(self, _request: web.Request) -> web.Response:
        if self._published is not None:
            try:
                items = await self._published()
            except StorageUnavailable:  # what was last read stands: the page is owed at any time
                items = self._published_items
            if items != self._published_items:
                self._published_items = items
                self._privacy = self._privacy_page()
        return _html(self._privacy, "'none'")

    def _privacy_page(self) -> str:
        notice = in_force(self._site.notice, self._published_items)
        return self._render("privacy.html.j2", notice=notice)


def period_words(days: int) -> str:
    """A period in words, in months or years where it is whole ones."""
    years, rest = divmod(days, _YEAR)
    if not rest and years > 1:
        return f"{years} años"
    months = days * 12 / _YEAR
    if months == int(months):
        return "1 mes" if months == 1 else f"{int(months)} meses"
    return "1 día" if days == 1 else f"{days} días"


def _html(text: str, ancestors: str) -> web.Response:
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": POLICY.format(ancestors=ancestors),
    }
    return web.Response(text=text, content_type="text/html", headers=headers)
