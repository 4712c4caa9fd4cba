"""What changed in a week, for staff in the chat, from its control run and digest."""

from __future__ import annotations

from bot.reports.digests.digest_text import CHAT_LIMIT, one_screen
from bot.reports.words import digest_words as words
from bot.reports.words.dates import week_label
from handlers.quality.charts import Rule
from handlers.quality.control import AreaRun, ControlRun, Standing
from handlers.quality.figures import Digest
from handlers.quality.intervals import rounded_points
from handlers.quality.weeks import IsoWeek

TAIL = f"{words.RESPONDENTS}\nMás en el panel: Indicadores."
MOST_SIGNALS = 4  # signals with numbers that fit a phone screen


def week_text(run: ControlRun, digest: Digest, chart: str) -> str:
    """At most 900 characters: what changed, what is noise, numbers, measures, praise.

    ``digest``: of the run's week, cut to the areas shown. ``chart``: the chart of the picture sent
    with it in words; empty without one.
    """
    head = week_label(IsoWeek.parse(run.week))
    if len(digest.areas) == 1:
        head = f"{head} · {digest.areas[0].short_name}"
    text = ""
    for most in range(MOST_SIGNALS, 0, -1):
        text = one_screen(digest, head, found_text(run, digest, most), chart, TAIL)
        if len(text) <= CHAT_LIMIT:
            break
    return text


def found_text(run: ControlRun, digest: Digest, most: int = MOST_SIGNALS) -> str:
    """The signals, and how many areas have none, no new measurement or no chart yet.

    ``most``: how many signals are given with their numbers.
    """
    names = {area.id: area.short_name for area in digest.areas}  # in alphabetical order
    runs = {area_run.area: area_run for area_run in run.areas}
    found = {id: runs[id] for id in names if id in runs}
    said = [
        _signal(area_run, names[id])
        for id, area_run in found.items()
        if area_run.standing is Standing.SIGNAL
    ]
    more = len(said) - most
    if more > 0:
        said[most:] = [f"Y en {more} más."]
    count = {
        standing: sum(area_run.standing is standing for area_run in found.values())
        for standing in Standing
    }
    if quiet := count[Standing.QUIET]:
        said.append(f"Sin cambios en {_areas(quiet)}: es variación normal.")
    if still := count[Standing.NOTHING_NEW]:
        said.append(f"Sin medición nueva en {_areas(still)}.")
    if waiting := count[Standing.GATHERING] + len(names) - len(found):
        said.append(f"Faltan mediciones para decir si algo cambió en {_areas(waiting)}.")
    return "\n".join(said)


def _signal(run: AreaRun, name: str) -> str:
    judged = run.judged
    assert judged is not None
    assert judged.direction is not None
    said = f"{name} {words.SAID[judged.direction]} más de lo esperable"
    if not run.can_be_shown:
        return f"{said}."
    by_average = judged.rule is Rule.EWMA
    share, limits = (
        (judged.average, judged.average_limits)
        if by_average
        else (judged.x / judged.n, judged.limits)
    )
    what = "en promedio con las semanas anteriores " if by_average else ""
    return (
        f"{said}: {what}{rounded_points(share)} % con nota 6 o 7; lo esperable era entre"
        f" {rounded_points(limits.low)} % y {rounded_points(limits.high)} %."
    )


def _areas(count: int) -> str:
    return "1 área" if count == 1 else f"{count} áreas"
