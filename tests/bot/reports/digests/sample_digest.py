"""A digest of one week, and how its forms are read."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

from msgspec.structs import replace

from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import (
    chat_text,
    plain_text,
    summary_text,
)
from handlers.quality.figures import (
    AreaDigest,
    Bound,
    Change,
    ChannelShare,
    Digest,
    Latest,
    OpenCases,
    Points,
    Quote,
    ReasonCount,
    Share,
    Total,
    Unconfirmed,
)

LINK = "https://opina.example.cl/resumen/2026-W47"

CHANGE = Change(
    points=-4,
    low=-15,
    high=7,
    baseline=Share(n=212, percent=67, low=60, high=73),
    first_week="2026-W39",
    last_week="2026-W46",
)
TRANSITO = AreaDigest(
    id="transito",
    name="Dirección de Tránsito y Transporte Público",
    short_name="Tránsito",
    first_week="2026-W47",
    satisfied=Share(n=48, percent=63, low=48, high=75),
    net=Points(points=38, low=13, high=58),
    change=CHANGE,
    reasons=(ReasonCount(id="trato", text="Trato", n=12),),
    quotes=(
        Quote(text="Rápido y <amable> todo", praise=True),
        Quote(text="Mucha fila en la mañana", praise=False),
    ),
    channels=(ChannelShare(channel="web", satisfied=Share(n=30, percent=60, low=42, high=75)),),
    other_channels=18,
    pending=34,
    pending_satisfied=Share(n=24, percent=50, low=31, high=69),
    lookups=120,
    useful=Share(n=42, percent=71, low=56, high=83),
    asked=("Licencia de conducir", "Permiso de circulación"),
    topics=("la espera", "el trato"),
    cases=OpenCases(3, 12, late=1, due=2),
    unconfirmed=Unconfirmed(5, ("Tránsito", "Licencia de conducir", "Permiso de circulación")),
    chart_points=3,
)
CEMENTERIOS = AreaDigest(
    id="cementerios",
    name="Cementerios Municipales",
    short_name="Cementerios",
    first_week="2026-W46",
    latest=Latest("2026-W40", "2026-W45", Share(n=32, percent=59, low=42, high=74)),
)
CULTURA = AreaDigest(
    id="cultura",
    name="Cultura",
    short_name="Cultura",
    first_week="2026-W46",
    bound=Bound(n=50, percent=82, at_least=True),
    quotes=(Quote(text="Qué buena la biblioteca nueva", praise=True),),
)
TURISMO = AreaDigest(
    id="turismo", name="Turismo y Playas", short_name="Turismo", first_week="2026-W44"
)
DIGEST = Digest(
    week="2026-W47",
    municipality="Municipalidad de La Serena",
    made_at=datetime(2026, 11, 23, 11, tzinfo=UTC),
    made_up=False,
    scope=None,
    areas=(CEMENTERIOS, CULTURA, TRANSITO, TURISMO),
    total=Total(areas=1, satisfied=Share(n=48, percent=63, low=48, high=75)),
    lookups=160,
    not_found=37,
    not_found_queries=("poste malo",),
    completion=Share(n=140, percent=81, low=74, high=87),
    topics=("la espera", "el trato", "el costo"),
)
WHATS = (
    "overdue", "to-decide", "due", "moved", "done", "measured", "declined", "stands", "effective",
    "too-few",
)  # fmt: skip
"""All that can become of a measure in a week."""

PAGES = {area.id: f"{LINK}/{area.id}" for area in DIGEST.areas}


def alone(area: AreaDigest) -> Digest:
    return replace(
        DIGEST,
        scope=area.id,
        areas=(area,),
        total=None,
        lookups=None,
        not_found=None,
        not_found_queries=(),
        completion=None,
        topics=(),
    )


ALONE = alone(TRANSITO)
NOBODY = replace(DIGEST, areas=(CEMENTERIOS, TURISMO), total=None)


def forms(digest: Digest) -> list[str]:
    texts = [chat_text(digest, LINK), plain_text(digest, LINK), visible(html_mail(digest, LINK))]
    return texts if digest.scope else [*texts, summary_text(digest, LINK)]


class _Words(HTMLParser):
    """What a reader sees of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._silent += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += data.split()


def parsed(page: str) -> _Words:
    parser = _Words()
    parser.feed(page)
    return parser


def visible(page: str) -> str:
    return " ".join(parsed(page).words)


def flat(text: str) -> str:
    return " ".join(text.split())
