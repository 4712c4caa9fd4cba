"""What the digest says of control charts: first what changed, then what is noise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import CHAT_LIMIT, chat_text, plain_text, summary_text
from bot.reports.words.digest_words import finding, subject
from handlers.quality.blocks import Block
from handlers.quality.charts import MIN_POINTS, Direction
from handlers.quality.digest import build_digest
from handlers.quality.figures import AreaDigest, AreaWeek, ChartVerdict, Digest, WeekFigures
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from tests.bot.reports.digests.sample_digest import CHANGE, DIGEST, LINK, TRANSITO, alone

NOW = datetime(2026, 11, 23, tzinfo=UTC)
QUIET = ChartVerdict(is_new=True)
FELL = ChartVerdict(is_new=True, direction=Direction.FALL, percent=63, low=66, high=89)
ROSE = ChartVerdict(is_new=True, direction=Direction.RISE, percent=93, low=60, high=90)


def areas(*verdicts: ChartVerdict | None) -> Digest:
    made = tuple(
        replace(TRANSITO, id=f"a{number}", short_name=f"Área {number}", verdict=verdict)
        for number, verdict in enumerate(verdicts)
    )
    return replace(DIGEST, areas=made)


@pytest.mark.parametrize(
    ("verdicts", "begins", "mail"),
    [
        (
            [FELL, QUIET, ROSE, None],
            "Bajó más de lo esperable por azar: Área 0. Subió: Área 2."
            " En otra área con mediciones suficientes para saberlo no hay cambio: lo que se mueve"
            " es variación normal.",
            "Semana 47: 1 área bajó y 1 subió más de lo esperable",
        ),
        (
            [QUIET, QUIET, None],
            "Sin cambios que requieran acción en las 2 áreas con mediciones suficientes",
            "Semana 47: 63 % puso nota 6 o 7 (48 respuestas de 1 área)",
        ),
        (
            [FELL] * 6,
            "Bajó más de lo esperable por azar: Área 0, Área 1, Área 2, Área 3 y 2 más.",
            "Semana 47: 6 áreas bajaron más de lo esperable",
        ),
        (
            [None, ROSE],
            "Subió más de lo esperable por azar: Área 1. De la otra aún no se puede saber. 63 %",
            "Semana 47: Área 1 subió más de lo esperable",
        ),
    ],
)
def test_what_changed_is_told_first_and_then_what_is_noise(
    verdicts: list[ChartVerdict | None], begins: str, mail: str
) -> None:
    digest = areas(*verdicts)
    assert finding(digest).startswith(begins)
    assert subject(digest) == mail
    chat = chat_text(digest, LINK)
    assert begins in chat
    assert len(chat) <= CHAT_LIMIT
    for text in (summary_text(digest, LINK), plain_text(digest), html_mail(digest)):
        assert begins[:30] in " ".join(text.split()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (FELL, "Bajó más de lo esperable por azar: 63 %; lo esperable era entre 66 % y 89 %."),
        (
            replace(FELL, by_average=True),
            "en promedio con las semanas anteriores 63 %; lo esperable era entre 66 % y 89 %.",
        ),
        (
            ChartVerdict(is_new=True, direction=Direction.RISE),
            "Subió más de lo esperable por azar.",
        ),
        (QUIET, "Sin cambios que requieran acción: lo que se mueve es variación normal."),
        (ChartVerdict(is_new=False), "no tiene una medición nueva esta semana."),
    ],
)
def test_an_area_reads_its_own_signal(verdict: ChartVerdict, said: str) -> None:
    digest = alone(replace(TRANSITO, verdict=verdict, change=CHANGE))
    assert finding(digest).endswith(said)
    assert "aún sin base" not in plain_text(digest).lower()
    assert len(chat_text(digest, LINK)) <= CHAT_LIMIT


def digest_of(release: Release, *satisfied: int, n: int = 60) -> AreaDigest:
    """Tránsito's digest after weeks with a number of 6 or 7 of ``n``, one block each."""
    first = IsoWeek(2026, 1)
    blocks = tuple(
        Block("transito", first.shifted(later), first.shifted(later), x, n)
        for later, x in enumerate(satisfied[:-1])
    )
    week = first.shifted(len(satisfied) - 1)
    last = {"web": (0, 0, 0, 0, n - satisfied[-1], 0, satisfied[-1])}
    raw = WeekFigures(week, (AreaWeek("transito", since=week, grades=last, blocks=blocks),))
    made = build_digest(
        raw, release.content, release.lexicon.names, datetime(2026, 11, 23, tzinfo=UTC)
    )
    return next(area for area in made.areas if area.id == "transito")


def test_a_digest_says_what_the_control_run_of_its_week_finds(release: Release) -> None:
    usual = [45] * MIN_POINTS
    assert digest_of(release, *usual).verdict is None
    assert digest_of(release, *usual, 44).verdict == ChartVerdict(is_new=True)
    fell = digest_of(release, *usual, 25).verdict
    assert fell is not None
    assert (fell.direction, fell.percent, fell.by_average) == (Direction.FALL, 42, False)
    average = digest_of(release, *usual, 37, 37, 37).verdict
    assert average is not None
    assert average.by_average


def test_no_number_of_a_chart_is_told_that_holds_a_bound(release: Release) -> None:
    assert digest_of(release, 55, *[45] * (MIN_POINTS - 1), 25).verdict == ChartVerdict(
        is_new=True, direction=Direction.FALL
    )
