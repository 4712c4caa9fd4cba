"""No mail of a digest is clipped, however many areas and measures there are."""

from __future__ import annotations

from html import escape

import pytest
from msgspec.structs import replace

from bot.reports.digests.digest_html import MAIL_AREAS, html_mail
from bot.reports.digests.digest_text import (
    CHAT_LIMIT,
    DETAILED,
    PRAISES,
    chat_text,
    plain_text,
    summary_text,
)
from bot.reports.quality.measure_words import MAIL_MEASURES
from handlers.quality.figures import MeasureNews, Quote
from tests.bot.reports.digests.sample_digest import (
    DIGEST,
    LINK,
    PAGES,
    TRANSITO,
    WHATS,
    alone,
    flat,
)

CLIPPED = 102_000  # bytes from which on Gmail shows a part of a mail alone
LONG = replace(
    TRANSITO,
    short_name="Administración y Finanzas Municipales",
    quotes=(Quote(text="ñ" * 200, praise=True),) * 3,
)
MEASURES = tuple(
    MeasureNews(
        f"M-2026-{number:03}",
        f"area-con-nombre-largo-{number % 28}",
        WHATS[number // 30],
        action="<&> " * 250,
        effect="é" * 400,
        judged_by="x" * 60,
    )
    for number in range(30 * len(WHATS))
)
"""Thirty of each kind, each with the longest words that a person may write of one."""


@pytest.mark.parametrize(
    ("count", "measures"), [(28, ()), (28, MEASURES), (80, MEASURES), (400, MEASURES)]
)
def test_gmail_clips_no_mail_of_many_areas_and_measures(
    count: int, measures: tuple[MeasureNews, ...]
) -> None:
    areas = tuple(replace(LONG, id=f"area-con-nombre-largo-{i}") for i in range(count))
    pages = {area.id: f"https://opina.municipalidad.example/{area.id}/{'0' * 32}" for area in areas}
    page = html_mail(replace(DIGEST, areas=areas, measures=measures), LINK, pages)
    assert len(page.encode()) < CLIPPED
    assert page.count("«") == PRAISES + 1 + page.count("que se mide en")  # and the notes'
    linked = [f'href="{address}"' in page for address in pages.values()]
    assert sum(linked) == min(count, MAIL_AREAS)
    assert (f"solo en la página de este resumen: {count - MAIL_AREAS}." in page) == (count > 80)


def test_a_mail_of_many_measures_tells_each_kind_and_its_page_all() -> None:
    digest = replace(DIGEST, measures=MEASURES)
    for mail in (html_mail(digest, LINK), summary_text(digest, LINK), plain_text(digest, LINK)):
        said = flat(mail.replace("\N{NO-BREAK SPACE}", " "))
        assert "30 atrasadas, 30 por decidir" in said
        assert f"Y {len(MEASURES) - MAIL_MEASURES} más, en la página de este resumen." in said
        assert {one.what for one in MEASURES if one.number in said} == set(WHATS)
        assert sum(one.number in said for one in MEASURES) == MAIL_MEASURES
    whole = html_mail(digest, pages=PAGES)
    assert all(one.number in whole for one in MEASURES)
    assert escape(MEASURES[30 * WHATS.index("done")].action.strip()) in whole


def test_some_areas_stand_in_one_mail_with_all_their_figures_while_it_stays_small() -> None:
    areas = tuple(replace(LONG, id=f"area-con-nombre-largo-{i}") for i in range(28))
    for count in range(2, len(areas) + 1):
        digest = replace(alone(LONG), scope="+".join(area.id for area in areas[:count]))
        digest = replace(digest, areas=areas[:count], measures=MEASURES)
        pages = {area.id: f"{LINK}/{area.id}" for area in digest.areas}
        page, text = html_mail(digest, LINK, pages), chat_text(digest, LINK)
        assert len(page.encode()) < CLIPPED
        assert len(text) <= CHAT_LIMIT
        assert "ninguna área" not in page + text
        assert ("Motivos" in page) == (count <= DETAILED)
        assert all(address in page for address in pages.values()) == (count > DETAILED)
