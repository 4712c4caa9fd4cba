"""What the web chat serves as files: its page, style and scripts, the widget, the privacy page."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

FOLDER = Path(__file__).parent / "page"
ASSETS = {"chat.css": "text/css", "chat.js": "text/javascript", "widget.js": "text/javascript"}
# Reads nothing from elsewhere and runs nothing that is written inside a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each kind of data is kept, as the privacy page says it."""

    comments_months: int = 12
    failed_messages_days: int = 7
    event_ids_days: int = 8


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages say of the municipality; ``None`` is unknown and shown as such."""

    municipality: str
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    place: str | None = None
    ways: tuple[tuple[str, str], ...] = ()  # other channels: name and address
    telegram: bool = False  # the channel is on, so its company receives messages
    whatsapp: bool = False
    made_up: bool = False  # the answers are a demonstration's: every page says so
    frame_ancestors: str = "*"  # CSP sources of the sites that may embed the chat
    retention: Retention = Retention()


class Pages:
    """Every file of the web chat, read and rendered once; serving them touches no disk."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._assets = {name: (FOLDER / name).read_bytes() for name in ASSETS}
        self._versions = {
            name: sha256(content).hexdigest()[:12] for name, content in self._assets.items()
        }
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=select_autoescape(("html.j2",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._chat = self._render("chat.html.j2", embedded=False)
        self._embedded_chat = self._render("chat.html.j2", embedded=True)
        self._privacy = self._render("privacy.html.j2")

    def routes(self) -> list[web.RouteDef]:
        """The addresses of the pages and their files."""
        return [
            web.get("/chat", self._get_chat),
            *(web.get(f"/chat/{name}", self._get_asset) for name in ASSETS),
            web.get("/privacidad", self._get_privacy),
        ]

    def _render(self, template: str, **values: object) -> str:
        assets = {name: f"/chat/{name}?v={version}" for name, version in self._versions.items()}
        return self._environment.get_template(template).render(
            site=self._site, assets=assets, **values
        )

    async def _get_chat(self, request: web.Request) -> web.Response:
        if request.query.get("embed") == "1":
            return _html(self._embedded_chat, self._site.frame_ancestors)
        return _html(self._chat, "'none'")

    async def _get_privacy(self, _request: web.Request) -> web.Response:
        return _html(self._privacy, "'none'")

    async def _get_asset(self, request: web.Request) -> web.Response:
        name = request.path.rpartition("/")[2]
        version = self._versions[name]
        # The address with the content's hash never changes its content. The widget's address
        # stands in other sites without one, so browsers ask again after an hour.
        lasting = request.query.get("v") == version
        headers = {
            **HEADERS,
            "Cache-Control": (
                "public, max-age=31536000, immutable" if lasting else "public, max-age=3600"
            ),
            "ETag": f'"{version}"',
        }
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=self._assets[name], content_type=ASSETS[name], charset="utf-8", headers=headers
        )


def _html(text: str, ancestors: str) -> web.Response:
    headers = {
        **HEADERS,
        "Cache-Control": "no-cache",
        "Content-Security-Policy": POLICY.format(ancestors=ancestors),
    }
    return web.Response(text=text, content_type="text/html", headers=headers)
