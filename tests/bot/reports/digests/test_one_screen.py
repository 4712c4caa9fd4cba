"""The digest and the week of a chat fit one screen in every state, however much there is to say."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bot.reports.digests.digest_text import CHAT_LIMIT, chat_text
from bot.reports.digests.week_text import week_text
from handlers.quality.charts import Direction, Limits, Rule
from handlers.quality.control import AreaRun, ControlRun, Judged, Standing
from handlers.quality.figures import (
    AreaDigest,
    ChartVerdict,
    Digest,
    MeasureNews,
    OpenCases,
    Share,
    Total,
    Unconfirmed,
)
from tests.bot.reports.digests.sample_digest import DIGEST, LINK, TRANSITO, WHATS, alone

CHART = (
    "Gráfico de Adulto Mayor y Cuidados: 63 % en las semanas 45 a 47; su base es 78 % y lo"
    " esperable, 66 % a 89 %."
)
VERDICTS = [
    None,
    ChartVerdict(is_new=True),
    *(
        ChartVerdict(is_new=True, direction=way, by_average=True, percent=63, low=66, high=89)
        for way in Direction
    ),
]
LONGEST = f"{LINK}{'x' * 80}"


def states() -> Iterator[Digest]:
    """All areas with the same and with every verdict; no measure, and twenty of each kind."""
    names = [f"Área de nombre largo {number}" for number in range(10, 38)]
    measures = tuple(
        MeasureNews(f"M-2026-{number:03}", "a0", what, action="a" * 300, effect="e" * 300)
        for number, what in enumerate(WHATS * 20)
    )
    for verdicts in (*([one] for one in VERDICTS), VERDICTS):
        areas = tuple(
            replace(
                TRANSITO,
                id=f"a{number}",
                short_name=name,
                verdict=verdicts[number % len(verdicts)],
                first_week="2026-W30",
                satisfied=Share(10_000 + number, 63, 60, 66),
                cases=OpenCases(1_200, 400, 300, 200),
                unconfirmed=Unconfirmed(40, ("Una ficha", "Otra ficha", "Otra más")),
                topics=("la información", "los trámites en línea", "la accesibilidad"),
            )
            for number, name in enumerate(names)
        )
        assert TRANSITO.satisfied is not None
        total = Total(areas=len(areas), satisfied=TRANSITO.satisfied)
        for told in ((), measures):
            yield replace(DIGEST, areas=areas, total=total, made_up=True, measures=told)


def run_of(digest: Digest) -> ControlRun:
    judged = Judged("2026-W45", "2026-W47", 63, 100, Limits(0.66, 0.89), 0.6, Limits(0.66, 0.89))
    return ControlRun(digest.week, digest.made_at, tuple(area_run(a, judged) for a in digest.areas))


def area_run(area: AreaDigest, judged: Judged) -> AreaRun:
    direction = area.verdict.direction if area.verdict else None
    standing = Standing.SIGNAL if direction else Standing.QUIET
    told = replace(judged, rule=Rule.EWMA, direction=direction)
    return AreaRun(area.id, standing, 20, None, told, can_be_shown=True)


def test_what_a_chat_says_of_a_week_fits_one_screen_in_every_state() -> None:
    for whole in states():
        for said in (whole, alone(whole.areas[1])):
            one = replace(said, measures=whole.measures, made_up=True)
            texts = [chat_text(one, LONGEST, CHART), week_text(run_of(one), one, CHART)]
            assert [len(text) for text in texts if len(text) > CHAT_LIMIT] == [], texts
            assert texts[0].endswith(LONGEST)
