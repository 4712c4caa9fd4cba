"""The digest as chat text, plain text and HTML mail."""

from __future__ import annotations

import re
from html import unescape

import pytest
from msgspec.structs import replace

from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import (
    WORK_ELSEWHERE,
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
    ChannelShare,
    Digest,
    Quote,
    Share,
    Unconfirmed,
)
from tests.bot.reports.digests.sample_digest import (
    ALONE,
    CEMENTERIOS,
    CHANGE,
    CULTURA,
    DIGEST,
    LINK,
    NOBODY,
    PAGES,
    TRANSITO,
    TURISMO,
    alone,
    flat,
    forms,
    parsed,
    visible,
)

HIGHER = Bound(n=60, percent=85, at_least=True)
FEW = replace(CULTURA, bound=Bound(n=50, percent=18, at_least=False))
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
        assert (
            "3 abiertos; el más antiguo, de hace 12 días; 1 fuera de plazo; 2 vencen en"
            " los próximos 7 días"
        ) in text
    whole = (
        "Casos abiertos: 3 en 1 área; el más antiguo, de hace 12 días (Tránsito)."
        " Fuera de plazo: 1 (Tránsito). Vencen en los próximos 7 días: 2 (Tránsito)."
    )
    for text in map(flat, forms(DIGEST)):
        assert whole in text


def test_the_mail_says_which_cards_are_to_be_confirmed_and_where_they_are() -> None:
    said = "5 por confirmar: Tránsito, Licencia de conducir, Permiso de circulación y 2 más"
    link = "https://opina.example.cl/panel/fichas"
    every = "Fichas de trámites y áreas por confirmar: 5 (Tránsito)."
    for digest, told in ((ALONE, said), (DIGEST, every)):
        for text in (plain_text(digest, LINK), html_mail(digest, LINK, PAGES)):
            assert told in flat(text)
            assert link in text
    assert 'href="/panel/fichas"' in html_mail(DIGEST, pages=PAGES)
    nothing = replace(DIGEST, areas=(TURISMO,))
    for text in (summary_text(nothing, LINK), html_mail(nothing, LINK, PAGES)):
        assert "ichas" not in text


def test_every_form_names_what_comments_speak_of() -> None:
    rule = "(10 comentarios o más de cada uno)"
    quiet = replace(CULTURA, topics=TRANSITO.topics)
    for text in (plain_text(ALONE), html_mail(ALONE), chat_text(alone(quiet), LINK)):
        assert f"la espera y el trato {rule}" in flat(text)
    said = "Temas de los comentarios: la espera, el trato"
    for text in map(flat, forms(DIGEST)):
        assert f"{said} y el costo {rule}." in text or f"{said} y el costo." in text
    many = replace(DIGEST, topics=(*DIGEST.topics, "el horario", "la información"))
    assert f"{said}, el costo y 2 más." in chat_text(many, LINK)
    for text in forms(replace(DIGEST, topics=())):
        assert "Temas de" not in text


def test_of_many_areas_only_the_number_of_cases_and_cards_is_told() -> None:
    areas = tuple(
        replace(TURISMO, id=str(n), short_name=f"Área {n}", unconfirmed=Unconfirmed(n, ("Una",)))
        for n in range(1, 6)
    )
    assert "Fichas de trámites y áreas por confirmar: 15 en 5 áreas." in summary_text(
        replace(DIGEST, areas=areas), LINK
    )
    four = summary_text(replace(DIGEST, areas=areas[:4]), LINK)
    named = "por confirmar: 10 (Área 1 1, Área 2 2, Área 3 3, Área 4 4)."
    assert f"Fichas de trámites y áreas {named}" in flat(four)


def test_work_of_areas_without_a_new_figure_does_not_stand_under_those_without_any() -> None:
    area = replace(CEMENTERIOS, unconfirmed=TRANSITO.unconfirmed)
    text = plain_text(replace(DIGEST, areas=(area, TURISMO)))
    _, _, without = text.partition("\nAún sin cifra\n")
    assert "Cementerios" not in without.partition(f"\n{WORK_ELSEWHERE}\n")[0]
    assert "Cementerios: fichas: " in without


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
    assert subject(DIGEST) == "Semana 47: 63 % puso nota 6 o 7 (48 respuestas de 1 área)"
    assert subject(NOBODY) == "Semana 47: sin cifra nueva esta semana"
    assert subject(replace(NOBODY, areas=(TURISMO,))) == "Semana 47: aún ninguna área tiene cifra"
    bounded = replace(NOBODY, areas=(CULTURA, TURISMO))
    assert subject(bounded) == "Semana 47: Cultura 82 % o más con nota 6 o 7"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ((CULTURA, TRANSITO), "de 1 área). Fuera de esa suma: 1 área con 82 % o más."),
        (
            (CULTURA, FEW, TRANSITO),
            "de 1 área). Fuera de esa suma: 1 área con 82 % o más y 1 área con 18 % o menos.",
        ),
        ((CULTURA, replace(CULTURA, bound=HIGHER)), "Nota 6 o 7: 2 áreas con 82 % o más."),
        ((TRANSITO,), "de 1 área)."),
    ],
)
def test_a_total_names_the_areas_of_which_only_a_bound_is_known(
    shown: tuple[AreaDigest, ...], said: str
) -> None:
    digest = replace(DIGEST, areas=shown, total=DIGEST.total if TRANSITO in shown else None)
    assert f"{said} Si algo cambió" in finding(digest)
    assert subject(replace(DIGEST, made_up=True)).startswith("[Demostración] ")


def test_times_are_those_of_the_municipality() -> None:
    assert "lunes 23 de noviembre de 2026 a las 08:00, hora local" in notes(DIGEST)[-1]


@pytest.mark.parametrize("digest", [DIGEST, ALONE], ids=["whole", "area"])
def test_made_up_data_is_marked_on_every_form_and_only_then(digest: Digest) -> None:
    for text in forms(replace(digest, made_up=True)):
        assert MADE_UP.lower() in text.lower()
    for text in forms(digest):
        assert MADE_UP.lower() not in text.lower()


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


def test_each_of_two_areas_says_what_its_chart_needs() -> None:
    both = replace(alone(TRANSITO), scope="cultura+transito", areas=(CULTURA, TRANSITO))
    for text in (flat(plain_text(both, LINK)), visible(html_mail(both, LINK))):
        assert "Cultura y Tránsito" in text
        assert "lleva 0 de las 12 mediciones" in text
        assert "lleva 3 de las 12 mediciones" in text
        assert "Mucha fila en la mañana" in text
        assert "Qué buena la biblioteca nueva" in text
        assert "En todas las áreas" not in text


def test_the_html_loads_nothing_from_elsewhere_and_fits_600_pixels() -> None:
    for digest, links in ((DIGEST, [*PAGES.values(), LINK]), (ALONE, [LINK])):
        page = html_mail(digest, LINK, PAGES)
        tags = parsed(page).tags
        assert not {"img", "script", "link", "iframe", "object", "svg"} & {tag for tag, _ in tags}
        assert "url(" not in page
        assert "@import" not in page
        hrefs = [attrs["href"] for tag, attrs in tags if tag == "a"]
        assert sorted(map(str, hrefs)) == sorted([*links, "https://opina.example.cl/panel/fichas"])
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
