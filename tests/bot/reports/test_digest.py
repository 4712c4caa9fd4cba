"""The digest as chat text, plain text and HTML mail."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import (
    CHAT_AREAS,
    CHAT_LIMIT,
    PRAISES,
    chat_text,
    plain_text,
    summary_text,
)
from bot.reports.words.area_words import area_rows
from bot.reports.words.digest_words import MADE_UP, finding, notes, subject
from bot.reports.words.figure_words import signed
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
    cases=OpenCases(3, 12),
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
)
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


ROUND = "\u202e\u2066\u200f\u061c"


def test_a_comment_cannot_turn_the_rest_of_a_digest_round() -> None:
    quote = Quote(text=f"Bien {ROUND}atendido, muchas gracias a todos", praise=True)
    said = replace(
        DIGEST, areas=(replace(TRANSITO, quotes=(quote,)),), not_found_queries=(f"a{ROUND}b",)
    )
    for text in (
        chat_text(said, LINK),
        plain_text(said, LINK),
        html_mail(said, LINK),
        subject(said),
    ):
        assert not set(ROUND) & set(text)
    assert "Bien atendido, muchas gracias" in plain_text(said)
    assert "<bdi>Bien atendido" in html_mail(said)


def test_what_a_desk_entered_is_named_apart_from_every_channel() -> None:
    share = Share(n=30, percent=60, low=42, high=75)
    shares = tuple(ChannelShare(channel, share) for channel in ("papel", "presencial", "web"))
    said = plain_text(replace(DIGEST, areas=(replace(TRANSITO, channels=shares),)))
    assert "En papel" in said
    assert "En persona" in said
    assert "papel:" not in said.replace("En papel", "")


def test_the_mails_first_font_is_one_that_outlook_has() -> None:
    stacks = set(re.findall(r"font-family:([^;]*);", unescape(html_mail(DIGEST))))
    assert stacks == {"'Segoe UI',Roboto,Helvetica,Arial,sans-serif"}


@pytest.mark.parametrize("digest", [DIGEST, ALONE, NOBODY], ids=["whole", "area", "nobody"])
def test_every_form_says_who_answered_and_that_it_is_no_mesu(digest: Digest) -> None:
    for text in forms(digest):
        assert "de quienes respondieron" in text
        assert "no equivale a MESU" in flat(text)
        assert "Semana 47 (16 al 22 de noviembre de 2026)" in flat(text)


@pytest.mark.parametrize("points", [0, 3, 12, 30])
def test_until_there_are_charts_nobody_is_told_of_a_change_nor_to_revise(points: int) -> None:
    fell = replace(TRANSITO, change=replace(CHANGE, points=-40, low=-50, high=-30))
    fell = replace(fell, chart_points=points)
    for digest in (replace(DIGEST, areas=(fell, TURISMO)), alone(fell)):
        for text in [*forms(digest), subject(digest)]:
            assert not re.search(r"(?i)\b(subi|baj[oóa]|mejor[oó]|empeor|cay[oó]|revis)", text)
        assert "12 mediciones" in flat(finding(digest))
        assert "solo se informa" in finding(digest)
    assert "Aún sin base para decir si es un cambio" in flat(plain_text(alone(fell)))


def test_the_finding_says_what_the_charts_need() -> None:
    assert "piden 12 mediciones de 50 respuestas por área" in finding(DIGEST)
    assert "Tránsito, que más lleva, tiene 3" in finding(DIGEST)
    assert "lleva 3 de las 12 mediciones que necesita" in finding(ALONE)


@pytest.mark.parametrize("digest", [DIGEST, ALONE], ids=["whole", "area"])
def test_no_form_has_words_of_statistics(digest: Digest) -> None:
    for text in [*forms(digest), subject(digest)]:
        assert not re.search(r"\bn \d|UTC|[Nn]ota neta|comenzadas|intervalo", flat(text))


def test_every_percentage_of_an_area_has_its_margin_and_its_answers() -> None:
    text = flat(plain_text(ALONE)).split("Los porcentajes son")[0]
    for found in re.finditer(r"\d+ %", text):
        around = text[max(0, found.start() - 30) : found.end() + 30]
        assert "entre" in around or "en semanas 39 a 46" in around, around
        assert re.search(r"\d+ respuestas", text[max(0, found.start() - 60) : found.end() + 60])


def test_the_areas_finding_is_the_copy_guides_sentence() -> None:
    text = chat_text(ALONE, LINK)
    assert "48 respuestas · 63 % puso nota 6 o 7 (entre 48 % y 75 %)." in text
    assert "67 % en semanas 39 a 46 (212 respuestas). Diferencia: −4 puntos" in text
    assert subject(ALONE) == "Semana 47 · Tránsito: 63 % puso nota 6 o 7 (48 respuestas)"


def test_an_areas_head_reads_what_was_asked_and_which_cases_wait() -> None:
    for text in map(flat, forms(ALONE)):
        assert "Licencia de conducir, Permiso de circulación" in text
        assert "3 abiertos; el más antiguo, de hace 12 días" in text
    whole = "Casos abiertos: 3 en 1 área; el más antiguo, de hace 12 días (Tránsito)."
    for text in map(flat, forms(DIGEST)):
        assert whole in text


def test_an_area_without_a_new_figure_shows_its_last_one() -> None:
    digest = alone(CEMENTERIOS)
    assert subject(digest) == "Semana 47 · Cementerios: sin cifra nueva esta semana"
    for text in forms(digest):
        assert "59 % (entre 42 % y 74 %; 32 respuestas), semanas 40 a 45" in flat(text)
    for text in forms(alone(TURISMO)):
        assert "Aún sin cifra" in flat(text)
    assert "desde la semana 44" in flat(plain_text(alone(TURISMO)))


def test_a_bound_is_said_in_words() -> None:
    digest = alone(CULTURA)
    assert subject(digest) == "Semana 47 · Cultura: 82 % o más puso nota 6 o 7 (50 respuestas)"
    text = flat(plain_text(digest))
    assert "82 % o más (menos de 10 de 50 respuestas pusieron 1 a 5), semanas 46 y 47" in text


def test_the_subject_says_the_finding() -> None:
    assert subject(DIGEST) == "Semana 47: 63 % puso nota 6 o 7 (48 respuestas)"
    assert subject(NOBODY) == "Semana 47: aún ninguna área tiene cifra"
    assert subject(replace(DIGEST, made_up=True)).startswith("[Demostración] ")


def test_times_are_those_of_the_municipality() -> None:
    assert "lunes 23 de noviembre de 2026 a las 08:00, hora local" in notes(DIGEST)[-1]


@pytest.mark.parametrize("digest", [DIGEST, ALONE], ids=["whole", "area"])
def test_made_up_data_is_marked_on_every_form_and_only_then(digest: Digest) -> None:
    for text in forms(replace(digest, made_up=True)):
        assert MADE_UP.lower() in text.lower()
    for text in forms(digest):
        assert MADE_UP.lower() not in text.lower()


names = st.text("abcdefghñó ", min_size=2, max_size=24).map(lambda name: f"Á{name.strip()}b")
quotes = st.text("amable y rápido ñ", min_size=15, max_size=200)


@given(st.lists(st.tuples(names, quotes), max_size=28), st.integers(10, 160), st.booleans())
def test_the_chat_text_has_at_most_900_characters_and_5_areas_and_ends_with_the_link(
    areas: list[tuple[str, str]], length: int, made_up: bool
) -> None:
    entries = tuple(
        replace(
            TRANSITO,
            id=str(position),
            short_name=name,
            first_week="2026-W40",
            quotes=(Quote(text=quote, praise=True),),
        )
        for position, (name, quote) in enumerate(areas)
    )
    assert TRANSITO.satisfied is not None
    total = Total(areas=len(entries), satisfied=TRANSITO.satisfied) if entries else None
    link = "https://example.cl/".ljust(length, "x")
    digest = replace(DIGEST, areas=entries, total=total, made_up=made_up)
    for text in [chat_text(digest, link), *(chat_text(alone(entry), link) for entry in entries)]:
        assert len(text) <= CHAT_LIMIT
        assert len(re.findall(r"^63 % \(", text, flags=re.M)) <= CHAT_AREAS
        assert text.endswith(link)


def test_the_chat_text_shows_the_areas_with_most_answers() -> None:
    large = [
        replace(TRANSITO, id=str(i), short_name=f"Área {i}", satisfied=Share(900, 63, 60, 66))
        for i in range(5)
    ]
    pooled = replace(TRANSITO, first_week="2026-W45", satisfied=Share(950, 63, 60, 66))
    assert TRANSITO.satisfied is not None
    text = chat_text(replace(DIGEST, areas=(*large, pooled)), LINK)
    assert "63 % (60–66; 950) Tránsito, sem. 45–47" in text
    assert "Área 4" not in text


def test_where_there_is_little_room_the_areas_with_fewest_answers_go() -> None:
    sizes = (40, 41, 42, 43, 900)
    plain = replace(TRANSITO, chart_points=0, cases=None)
    areas = [
        replace(plain, id=str(n), short_name=f"{'Á' * 60} {n}", satisfied=Share(n, 63, 60, 66))
        for n in sizes
    ]
    text = chat_text(replace(DIGEST, areas=tuple(areas)), LINK * 2)
    shown = [n for n in sizes if f"Á {n}" in text]
    assert 0 < len(shown) < len(sizes)
    assert shown == list(sizes[-len(shown) :])


def test_praise_is_quoted_in_the_chat_text_also_where_there_are_many_areas() -> None:
    assert "Felicitación a Tránsito: «Rápido y <amable> todo»" in chat_text(ALONE, LINK)
    many = replace(DIGEST, areas=tuple(replace(TRANSITO, id=str(i)) for i in range(28)))
    assert "Felicitación a Tránsito: «Rápido y <amable> todo»" in chat_text(many, LINK * 3)


def test_plain_text_is_at_most_80_columns_wide() -> None:
    long = replace(TRANSITO, quotes=(Quote(text="palabra " * 24, praise=True),))
    digest = replace(DIGEST, areas=(CEMENTERIOS, CULTURA, long, TURISMO))
    for text in (plain_text(digest), summary_text(digest, LINK), plain_text(alone(long))):
        assert max(map(len, text.splitlines())) <= 80
        assert text.endswith("\n")


def test_the_mails_two_parts_say_the_same() -> None:
    page, text = visible(html_mail(ALONE, LINK)), flat(plain_text(ALONE, LINK))
    said = [row.text for row in area_rows(TRANSITO, "2026-W47")[1:]] + list(notes(ALONE))
    said += [quote.text for quote in TRANSITO.quotes]
    for sentence in said:
        assert sentence in page
        assert sentence in text
    assert "63 %" in page
    assert "entre 48 % y 75 % · 48 respuestas" in page


def test_the_summarys_two_parts_say_the_same() -> None:
    page, text = visible(html_mail(DIGEST, LINK, PAGES)), flat(summary_text(DIGEST, LINK))
    said = [*notes(DIGEST), *DIGEST.not_found_queries, "Turismo", "Cementerios", "Cultura"]
    said += ["160 consultas en total; 37 no encontraron respuesta.", "Rápido y <amable> todo"]
    said += ["De 140 personas que comenzaron a calificar, 81 % llegó al final"]
    for sentence in said:
        assert sentence in page
        assert sentence in text
    assert "Mucha fila" not in page + text  # each area's detail is on its own page


def test_the_mail_of_28_areas_is_under_90_kb_and_leads_to_each_areas_page() -> None:
    long = replace(
        TRANSITO,
        short_name="Administración y Finanzas Municipales",
        quotes=(Quote(text="ñ" * 200, praise=True),) * 3,
    )
    areas = tuple(replace(long, id=f"area-con-nombre-largo-{i}") for i in range(28))
    pages = {area.id: f"https://opina.municipalidad.example/{area.id}/{'0' * 32}" for area in areas}
    page = html_mail(replace(DIGEST, areas=areas), LINK, pages)
    assert len(page.encode()) < 90_000
    assert page.count("«") == PRAISES + 1  # and the notes'
    for address in pages.values():
        assert f'href="{address}"' in page


def test_the_html_loads_nothing_from_elsewhere_and_fits_600_pixels() -> None:
    for digest, links in ((DIGEST, [*PAGES.values(), LINK]), (ALONE, [LINK])):
        page = html_mail(digest, LINK, PAGES)
        tags = parsed(page).tags
        assert not {"img", "script", "link", "iframe", "object", "svg"} & {tag for tag, _ in tags}
        assert "url(" not in page
        assert "@import" not in page
        hrefs = [attrs["href"] for tag, attrs in tags if tag == "a"]
        assert sorted(map(str, hrefs)) == sorted(links)
        assert 'width="600"' in page  # Outlook, which ignores max-width
        assert "max-width:600px" in page
        assert "@media print" in page
        tables = [attrs for tag, attrs in tags if tag == "table"]
        assert tables
        assert all(attrs["role"] == "presentation" for attrs in tables)


def test_what_citizens_wrote_is_escaped_in_the_html() -> None:
    for digest in (DIGEST, ALONE):
        page = html_mail(digest)
        assert "&lt;amable&gt;" in page
        assert "<amable>" not in page


@pytest.mark.parametrize(("points", "said"), [(-14, "−14"), (0, "0"), (7, "+7")])
def test_points_carry_a_true_sign(points: int, said: str) -> None:
    assert signed(points) == said
