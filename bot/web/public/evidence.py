"""What proves each commitment of the quality policy: sentences from what is stored now."""

from __future__ import annotations

from typing import assert_never

from bot.jobs.quality.indicators import Indicators
from bot.reports.digests import digest_words
from handlers.content.model import Content, Evidence
from handlers.quality.control import ControlRun, Standing
from handlers.quality.weeks import IsoWeek

NOTHING = "Aún no hay cifras publicadas."


def evidence_text(
    kind: Evidence, content: Content, found: Indicators, run: ControlRun | None
) -> str:
    """One sentence; it says so where there is nothing yet."""
    match kind:
        case Evidence.ANSWERS:
            return _answers(found)
        case Evidence.SATISFACTION:
            return _satisfaction(found)
        case Evidence.LOOKUPS:
            told = digest_words.lookup_text(found.digest) if found.digest else ""
            if not told or found.week is None:
                return "Aún no se publica cuántas consultas hubo."
            return f"Semana {found.week.week}: {told}"
        case Evidence.ONLINE:
            able = sum(service.online is True for service in content.services)
            return f"{able} de {len(content.services)} trámites se pueden hacer en línea."
        case Evidence.COVERAGE:
            with_service = {service.area for service in content.services}
            able = sum(area.id in with_service for area in content.areas)
            return f"{able} de {len(content.areas)} áreas tienen trámites con ficha."
        case Evidence.SOURCED:
            able = sum(service.verified for service in content.services)
            return f"{able} de {len(content.services)} fichas se apoyan en una fuente publicada."
        case Evidence.CONTROL:
            return _control(run)
        case _:
            assert_never(kind)


def _answers(found: Indicators) -> str:
    n = sum(point.n for one in found.areas for point in one.chart.points)
    areas = sum(bool(one.chart.points) for one in found.areas)
    if not n:
        return NOTHING
    where = "un área" if areas == 1 else f"{areas} áreas"
    return f"{n} respuestas en mediciones publicadas de {where}."


def _satisfaction(found: Indicators) -> str:
    if found.digest is None or found.digest.total is None or found.week is None:
        return NOTHING
    total = found.digest.total
    where = "un área" if total.areas == 1 else f"{total.areas} áreas"
    share = digest_words.share_text(total.satisfied)
    return f"Semana {found.week.week}: {share} puso nota 6 o 7, en {where}."


def _control(run: ControlRun | None) -> str:
    if run is None:
        return "Aún no se ha hecho un control."
    week = IsoWeek.parse(run.week)
    signals = len(run.standing(Standing.SIGNAL))
    judged = signals + len(run.standing(Standing.QUIET))
    counted = "1 señal" if signals == 1 else f"{signals} señales"
    return (
        f"Control de la semana {week.week} de {week.year}: {len(run.areas)} áreas,"
        f" {judged} con una medición nueva que juzgar, {counted}."
    )
