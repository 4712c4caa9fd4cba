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

from bot.reports.digest_html import html_mail
from bot.reports.digest_text import CHAT_AREAS, CHAT_LIMIT, chat_text, plain_text
from bot.reports.digest_words import MADE_UP, area_rows, notes, signed, subject
from handlers.quality.figures import (
    AreaDigest,
    Change,
    ChannelShare,
    Digest,
    Points,
    Pool,
    Quote,
    ReasonCount,
    Share,
    Total,
)

LINK = "https://opina.example.cl/panel/2026-W47"

WITHIN = Change(
    points=-4,
    low=-15,
    high=7,
    clear=False,
    baseline=Share(n=212, percent=67, low=60, high=73),
    weeks=5,
)
CLEAR = replace(WITHIN, points=-14, low=-25, high=-3, clear=True)
TRANSITO = AreaDigest(
    id="transito",
    name="Dirección de Tránsito y Transporte Público",
    short_name="Tránsito",
    satisfied=Share(n=48, percent=63, low=48, high=75),
    net=Points(points=38, low=13, high=58),
    change=WITHIN,
    main_reason="Espera",
    reasons=(ReasonCount(id="trato", text="Trato", n=12),),
    quotes=(
        Quote(text="Rápido y <amable> todo", praise=True),
        Quote(text="Mucha fila en la mañana", praise=False),
    ),
    channels=(ChannelShare(channel="web", satisfied=Share(n=30, percent=60, low=42, high=75)),),
    other_channels=18,
    completion=Share(n=60, percent=76, low=64, high=85),
    pending=14,
    pending_satisfied=Share(n=12, percent=25, low=9, high=53),
    lookups=120,
    useful=Share(n=42, percent=71, low=56, high=83),
)
CEMENTERIOS = AreaDigest(
    id="cementerios",
    name="Cementerios Municipales",
    short_name="Cementerios",
    pool=Pool(
        first_week="2026-W40",
        last_week="2026-W47",
        satisfied=Share(n=32, percent=59, low=42, high=74),
    ),
)
TURISMO = AreaDigest(id="turismo", name="Turismo y Playas", short_name="Turismo")
DIGEST = Digest(
    week="2026-W47",
    municipality="Municipalidad de La Serena",
    made_at=datetime(2026, 11, 23, 11, tzinfo=UTC),
    made_up=False,
    scope=None,
    areas=(CEMENTERIOS, TRANSITO, TURISMO),
    total=Total(areas=1, satisfied=TRANSITO.satisfied or Share(n=0, percent=0, low=0, high=0)),
    lookups=160,
    not_found=37,
    not_found_queries=("poste malo",),
)
ALONE = replace(
    DIGEST,
    scope="transito",
    areas=(TRANSITO,),
    total=None,
    lookups=None,
    not_found=None,
    not_found_queries=(),
)
NOBODY = replace(DIGEST, areas=(CEMENTERIOS, TURISMO), total=None)


def forms(digest: Digest) -> list[str]:
    return [chat_text(digest, LINK), plain_text(digest, LINK), visible(html_mail(digest, LINK))]


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


def test_the_mails_first_font_is_one_that_outlook_has() -> None:
    stacks = set(re.findall(r"font-family:([^;]*);", unescape(html_mail(DIGEST))))
    assert stacks == {"'Segoe UI',Roboto,Helvetica,Arial,sans-serif"}


@pytest.mark.parametrize("digest", [DIGEST, ALONE, NOBODY], ids=["whole", "area", "nobody"])
def test_every_form_says_who_answered_and_that_it_is_no_mesu(digest: Digest) -> None:
    for text in forms(digest):
        assert "de quienes respondieron" in text
        assert "no equivale a MESU" in flat(text)
        assert "Semana 47 (16 al 22 de noviembre de 2026)" in flat(text)


@pytest.mark.parametrize("change", [None, WITHIN, CLEAR], ids=["no base", "within", "clear"])
def test_no_form_speaks_of_rising_or_falling_before_there_are_charts(
    change: Change | None,
) -> None:
    changed = replace(DIGEST, areas=(replace(TRANSITO, change=change),))
    for digest in (changed, replace(changed, scope="transito", total=None)):
        for text in [*forms(digest), subject(digest)]:
            assert not re.search(r"(?i)\b(subi|baj[oóa]|mejor[oó]|empeor|cay[oó])", text)
        expected = "Puede ser solo azar" if change is WITHIN else "Aún sin base"
        assert expected in flat(plain_text(digest))


def test_every_percentage_of_the_whole_forms_has_its_interval_and_n() -> None:
    text = flat(plain_text(DIGEST))
    text = text.split("Los porcentajes son")[0]
    for found in re.finditer(r"\d+ %", text):
        around = text[max(0, found.start() - 30) : found.end() + 30]
        assert "entre" in around or "frente al" in around, around
        assert re.search(r"n \d+", text[found.start() : found.end() + 50]), around


def test_the_areas_finding_is_the_copy_guides_sentence() -> None:
    text = chat_text(ALONE, LINK)
    assert "48 respuestas · 63 % puso nota 6 o 7 (entre 48 % y 75 %)." in text
    assert "−4 puntos (entre −15 y +7)" in text
    assert subject(ALONE) == "Semana 47 · Tránsito: 63 % puso nota 6 o 7 (n 48)"


def test_an_area_under_10_answers_shows_its_pool_and_no_grade() -> None:
    digest = replace(ALONE, scope="cementerios", areas=(CEMENTERIOS,))
    assert subject(digest) == "Semana 47 · Cementerios: menos de 10 respuestas"
    for text in forms(digest):
        assert "enos de 10 respuestas: no se informa nota" in text
        assert "de la 40 a la 47, juntas: nota 6 o 7, 59 % (entre 42 % y 74 %, n 32)" in flat(text)


def test_the_subject_says_the_finding() -> None:
    clear = replace(DIGEST, areas=(replace(TRANSITO, change=CLEAR),))
    assert subject(clear) == "Semana 47: revise Tránsito"
    assert "63 % puso nota 6 o 7 (n 48), sin diferencias que salgan del azar" in subject(DIGEST)
    first = replace(DIGEST, areas=(replace(TRANSITO, change=None),))
    assert subject(first).endswith("aún sin base para comparar")
    assert subject(NOBODY) == "Semana 47: ninguna área llegó a 10 respuestas"
    assert subject(replace(clear, made_up=True)).startswith("[Demostración] ")


@pytest.mark.parametrize("digest", [DIGEST, ALONE], ids=["whole", "area"])
def test_made_up_data_is_marked_on_every_form_and_only_then(digest: Digest) -> None:
    for text in forms(replace(digest, made_up=True)):
        assert MADE_UP.lower() in text.lower()
    for text in forms(digest):
        assert MADE_UP.lower() not in text.lower()


names = st.text("abcdefghñó ", min_size=2, max_size=24).map(lambda name: f"Á{name.strip()}b")
quotes = st.text("amable y rápido ñ", min_size=15, max_size=200)


@given(
    st.lists(st.tuples(names, quotes, st.booleans()), max_size=28),
    st.integers(10, 160),
    st.booleans(),
)
def test_the_chat_text_has_at_most_900_characters_and_5_areas_and_ends_with_the_link(
    areas: list[tuple[str, str, bool]], length: int, made_up: bool
) -> None:
    entries = tuple(
        replace(
            TRANSITO,
            id=str(position),
            short_name=name,
            change=CLEAR if clear else WITHIN,
            quotes=(Quote(text=quote, praise=True),),
        )
        for position, (name, quote, clear) in enumerate(areas)
    )
    assert TRANSITO.satisfied is not None
    total = Total(areas=len(entries), satisfied=TRANSITO.satisfied) if entries else None
    link = "https://example.cl/".ljust(length, "x")
    text = chat_text(replace(DIGEST, areas=entries, total=total, made_up=made_up), link)
    assert len(text) <= CHAT_LIMIT
    assert len(re.findall(r"^63 % \(", text, flags=re.M)) <= CHAT_AREAS
    assert text.endswith(link)


def test_the_chat_text_names_the_areas_to_look_at_before_the_large_ones() -> None:
    large = [
        replace(TRANSITO, id=str(i), short_name=f"Grande {i}", satisfied=Share(900, 63, 60, 66))
        for i in range(6)
    ]
    clear = replace(TRANSITO, short_name="Vivienda", change=CLEAR)
    assert TRANSITO.satisfied is not None
    total = Total(areas=7, satisfied=TRANSITO.satisfied)
    text = chat_text(replace(DIGEST, areas=(*large, clear), total=total), LINK)
    assert "Revise, frente a las semanas anteriores: Vivienda, −14 puntos" in text
    assert "63 % (48–75, n 48) Vivienda" in text
    assert "y 2 áreas más en el resumen completo" in text


def test_praise_is_quoted_in_the_chat_text() -> None:
    assert "Felicitación a Tránsito: «Rápido y <amable> todo»" in chat_text(DIGEST, LINK)


def test_plain_text_is_at_most_80_columns_wide() -> None:
    long = replace(TRANSITO, quotes=(Quote(text="palabra " * 24, praise=True),))
    text = plain_text(replace(DIGEST, areas=(CEMENTERIOS, long, TURISMO)))
    assert max(map(len, text.splitlines())) <= 80
    assert text.endswith("\n")


def test_the_mails_two_parts_say_the_same() -> None:
    page, text = visible(html_mail(DIGEST, LINK)), flat(plain_text(DIGEST, LINK))
    said = [row.text for row in area_rows(TRANSITO)[1:]] + list(notes(DIGEST))
    said += [quote.text for quote in TRANSITO.quotes] + list(DIGEST.not_found_queries)
    said += ["160 consultas en total; 37 no encontraron respuesta.", "Turismo", "Cementerios"]
    for sentence in said:
        assert sentence in page
        assert sentence in text
    assert "63 %" in page
    assert "entre 48 % y 75 % · n 48" in page


def test_the_html_loads_nothing_from_elsewhere_and_fits_600_pixels() -> None:
    page = html_mail(DIGEST, LINK)
    tags = parsed(page).tags
    assert not {"img", "script", "link", "iframe", "object", "svg"} & {tag for tag, _ in tags}
    assert "url(" not in page
    assert "@import" not in page
    assert [attrs["href"] for tag, attrs in tags if tag == "a"] == [LINK]
    assert 'width="600"' in page  # Outlook, which ignores max-width
    assert "max-width:600px" in page
    assert "@media print" in page
    tables = [attrs for tag, attrs in tags if tag == "table"]
    assert tables
    assert all(attrs["role"] == "presentation" for attrs in tables)


def test_what_citizens_wrote_is_escaped_in_the_html() -> None:
    page = html_mail(DIGEST)
    assert "&lt;amable&gt;" in page
    assert "<amable>" not in page


@pytest.mark.parametrize(("points", "said"), [(-14, "−14"), (0, "0"), (7, "+7")])
def test_points_carry_a_true_sign(points: int, said: str) -> None:
    assert signed(points) == said
