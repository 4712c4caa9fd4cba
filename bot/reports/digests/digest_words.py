"""The digest's sentences in Spanish, shared by all its forms so that they say the same.

"Subió" and "bajó" are kept for signals of a control chart. Until an area's chart has its baseline
the digest says what it needs, and gives nobody anything to revise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.channels.registry import channel_type
from handlers.messages import Channel, DeskSource
from handlers.quality.blocks import ENOUGH
from handlers.quality.charts import MIN_ANSWERS, MIN_POINTS, Direction
from handlers.quality.figures import (
    AreaDigest,
    Bound,
    Change,
    Digest,
    Latest,
    OpenCases,
    Points,
    Quote,
    Share,
    Verdict,
)
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import DAYS, IsoWeek
from handlers.questionnaires.bursts import MOST_OF_A_NETWORK

MADE_UP = "Datos ficticios de demostración"
AUDIT = "Registro de auditoría; guarde este correo:"
FIGURES = "Cifras publicadas hasta esta semana; se comprueban con comprobar.py:"
NO_FIGURE = "Aún sin cifra"
RESPONDENTS = "Porcentajes de quienes respondieron; no equivale a MESU, la medición del Estado."
UNTIL_THEN = "Hasta entonces solo se informa."
NOBODY_YET = "Aún ninguna área tiene cifra."
NO_NEW_FIGURE = "Sin cifra nueva esta semana"

SAID = {Direction.FALL: "bajó", Direction.RISE: "subió"}
_NAMES = 4
_PARTED = re.compile(r"(?<=\d) (?=%|puntos?\b|respuestas?\b)|(?<=\d [ay]) (?=\d)")


_DESK_LABELS: dict[str, str] = {DeskSource.PAPER: "En papel", DeskSource.IN_PERSON: "En persona"}


class Row(NamedTuple):
    """One figure of an area: what it is, and the figure with its answers and its margin."""

    label: str  # empty: the row before goes on
    text: str


def notes(digest: Digest) -> tuple[str, ...]:
    """How the figures are to be read; at the foot of every whole digest."""
    made = digest.made_at.astimezone(ZoneInfo(digest.zone))
    return (
        "Los porcentajes son de quienes respondieron sobre una atención terminada, con notas de"
        " 1 a 7. No equivale a MESU, la Medición de Satisfacción Usuaria que el Estado hace por su"
        " cuenta. No se sabe qué parte de las personas atendidas respondió.",
        "«Entre … y …» es el margen: con 95 % de confianza, el valor real está ahí. Con pocas"
        " respuestas el margen es ancho.",
        f"Un área tiene cifra cuando junta {THRESHOLD} respuestas con nota 6 o 7 y {THRESHOLD} con"
        f" nota 1 a 5, o {ENOUGH} en total; mientras tanto sus semanas se van juntando. Ninguna"
        f" cifra es de menos de {THRESHOLD} respuestas ni permite calcular una. Las áreas van en"
        " orden alfabético y no se comparan entre sí.",
        "Si algo cambió lo dice solo el gráfico de control de cada área, que lo distingue de la"
        f" variación normal. Necesita {MIN_POINTS} mediciones de {MIN_ANSWERS} respuestas o más.",
        f"Resumen hecho el {DAYS[made.weekday()]} {made:%d-%m-%Y} a las {made:%H:%M}, hora local."
        " Lo publicado no se cambia.",
    )


def heading(digest: Digest) -> str:
    """The week, and the area where the digest is about one."""
    label = IsoWeek.parse(digest.week).label
    return f"{label} · {digest.areas[0].short_name}" if digest.scope else label


def subject(digest: Digest) -> str:
    """The mail's subject line: the finding, not the title."""
    week = f"Semana {IsoWeek.parse(digest.week).week}"
    prefix = "[Demostración] " if digest.made_up else ""
    if changed := _changed_in_short(digest.areas):
        return f"{prefix}{week}: {changed}"
    if digest.scope:
        return f"{prefix}{week} · {digest.areas[0].short_name}: {_in_short(digest.areas[0])}"
    if digest.total is None:
        return f"{prefix}{week}: aún ninguna área tiene cifra"
    share = digest.total.satisfied
    return f"{prefix}{week}: {share.percent} % puso nota 6 o 7 ({answers(share.n)})"


def finding(digest: Digest) -> str:
    """The one thing that matters, in a few sentences."""
    if digest.scope:
        area = digest.areas[0]
        return f"{_area_finding(area)} {verdict_text(area)}"
    if not any(area.verdict for area in digest.areas):
        return f"{_total_text(digest)} {_charts_need(digest.areas)} {UNTIL_THEN}"
    return f"{changes_text(digest.areas)} {_total_text(digest)}"


def changes_text(areas: Sequence[AreaDigest]) -> str:
    """What changed first, then what is noise; empty while no chart has its baseline."""
    judged = [area for area in areas if area.verdict]
    if not judged:
        return ""
    said = [
        f"{SAID[way].capitalize()} más de lo esperable por azar: {_named(found)}."
        for way in Direction
        if (found := [area.short_name for area in judged if _direction(area) is way])
    ]
    quiet = sum(_direction(area) is None for area in judged)
    if not said:
        which = "el área que tiene base" if quiet == 1 else f"las {quiet} áreas que tienen base"
        return f"Sin cambios que requieran acción en {which}: se mueven por variación normal."
    if quiet:
        others = "otra área" if quiet == 1 else f"otras {quiet} áreas"
        said.append(f"En {others} con base no hay cambio: es variación normal.")
    return " ".join(said)


def verdict_text(area: AreaDigest) -> str:
    """What the area's chart says, or what it needs to say anything."""
    verdict = area.verdict
    if verdict is None:
        return f"{_chart_needs(area)} {UNTIL_THEN}"
    if verdict.direction is None:
        if verdict.is_new:
            return "Sin cambios que requieran acción: lo que se mueve es variación normal."
        return "Su gráfico de control no tiene una medición nueva esta semana."
    said = f"{SAID[verdict.direction].capitalize()} más de lo esperable por azar"
    if verdict.percent is None:
        return f"{said}."
    what = "en promedio con las semanas anteriores " if verdict.by_average else ""
    return (
        f"{said}: {what}{verdict.percent} %; lo esperable era entre {verdict.low} % y"
        f" {verdict.high} %."
    )


def area_rows(area: AreaDigest, week: str) -> tuple[Row, ...]:
    """Every figure of an area that may be published, in reading order; ``week``: the digest's."""
    rows = [Row("Nota 6 o 7", headline(area, week))]
    if area.change:
        rows.append(Row("Antes", change_text(area.change, area.verdict)))
    if area.net:
        rows.append(Row("6–7 menos 1–4", _net(area.net)))
    if area.reasons:
        counted = ", ".join(f"{reason.text} {reason.n}" for reason in area.reasons)
        rows.append(Row("Motivos", f"de quienes pusieron 1 a 5: {counted}"))
    if area.satisfied:
        first, *others = channel_lines(area)
        rows.append(Row("Por canal", first))
        rows += [Row("", other) for other in others]
    if area.pending is not None or area.pending_satisfied:
        rows.append(Row("Sin terminar", _pending(area.pending, area.pending_satisfied)))
    if area.apart is not None:
        rows.append(Row("Apartadas", apart_text(area.apart)))
    return (*rows, *work_rows(area))


def apart_text(apart: int) -> str:
    """Answers that count in no figure, and why."""
    return (
        f"{apart} respuestas apartadas: más de {MOST_OF_A_NETWORK} sobre el área en una semana"
        " desde una misma red"
    )


def work_rows(area: AreaDigest) -> tuple[Row, ...]:
    """What was asked about an area, and what waits for it."""
    rows: list[Row] = []
    if area.lookups is not None:
        rows.append(Row("Consultas", _lookups(area.lookups, area.useful)))
    if area.asked:
        rows.append(Row("Lo consultado", f"{', '.join(area.asked)} (10 veces o más)"))
    if area.cases:
        rows.append(Row("Casos", cases_text(area.cases)))
    return tuple(rows)


def headline(area: AreaDigest, week: str) -> str:
    """The share with its margin and answers, or why there is none; and of which weeks."""
    weeks = _weeks(area.first_week or week, week)
    if area.satisfied:
        return f"{share_text(area.satisfied)}{weeks and f', {weeks}'}"
    if area.bound:
        return f"{bound_text(area.bound)}{weeks and f', {weeks}'}"
    return waiting_text(area, week)


def waiting_text(area: AreaDigest, week: str) -> str:
    """That answers are gathered, and what was last said of the area."""
    if area.latest is None:
        return f"{NO_FIGURE.lower()}; {gathering_text(area, week)}"
    return f"{gathering_text(area, week)}; la última cifra es {latest_text(area.latest)}"


def gathering_text(area: AreaDigest, week: str) -> str:
    """Since when answers are gathered for the next figure."""
    return f"se juntan respuestas desde la semana {IsoWeek.parse(area.first_week or week).week}"


def latest_text(latest: Latest) -> str:
    """What was last published of an area, and of which weeks."""
    if latest.satisfied:
        said = share_text(latest.satisfied)
    elif latest.bound:
        said = bound_text(latest.bound)
    else:
        return NO_FIGURE.lower()
    return f"{said}, {weeks_named(latest.first_week, latest.last_week)}"


def headline_percent(said: AreaDigest | Latest) -> str:
    """The percentage alone, as large type has it."""
    if said.satisfied:
        return f"{said.satisfied.percent} %"
    if said.bound:
        return f"{said.bound.percent} % o {'más' if said.bound.at_least else 'menos'}"
    return ""


def headline_rest(said: AreaDigest | Latest, last_week: str) -> str:
    """What stands beside the percentage: margin, answers, weeks."""
    first_week = said.first_week or last_week
    if isinstance(said, Latest):
        weeks = weeks_named(first_week, last_week)
    else:
        weeks = _weeks(first_week, last_week)
    if said.satisfied:
        text = f"{_margin(said.satisfied)} · {answers(said.satisfied.n)}"
    else:
        text = _few(said.bound) if said.bound else NO_FIGURE.lower()
    return f"{text}{weeks and f' · {weeks}'}"


def lookup_text(digest: Digest) -> str:
    """How many lookups there were in all, and how many found nothing; empty where not shown."""
    if digest.lookups is None:
        return ""
    if digest.not_found is None:
        return f"{digest.lookups} consultas en total."
    return f"{digest.lookups} consultas en total; {digest.not_found} no encontraron respuesta."


def completion_text(digest: Digest) -> str:
    """How many reached the end of the questionnaire; empty where not shown."""
    if digest.completion is None:
        return ""
    share = digest.completion
    return (
        f"De {share.n} personas que comenzaron a calificar, {share.percent} % llegó al final"
        f" ({_margin(share)})."
    )


def all_cases_text(digest: Digest) -> str:
    """Open cases of all areas together; empty where there are none."""
    waiting = [area for area in digest.areas if area.cases]
    if not waiting:
        return ""
    oldest = max(waiting, key=lambda area: area.cases.oldest_days if area.cases else 0)
    count = sum(area.cases.n for area in waiting if area.cases)
    days = oldest.cases.oldest_days if oldest.cases else 0
    where = f"{_areas(len(waiting))}; el más antiguo, {_ago(days)} ({oldest.short_name})"
    return f"Casos abiertos: {count} en {where}."


def cases_text(cases: OpenCases) -> str:
    if cases.n == 1:
        return f"1 abierto, {_ago(cases.oldest_days)}"
    return f"{cases.n} abiertos; el más antiguo, {_ago(cases.oldest_days)}"


def share_text(share: Share) -> str:
    """A percentage beside its margin and its answers."""
    return f"{share.percent} % ({_margin(share)}; {answers(share.n)})"


def bound_text(bound: Bound) -> str:
    """What may be said where one side is under 10."""
    return f"{bound.percent} % o {'más' if bound.at_least else 'menos'} ({_few(bound)})"


def change_text(change: Change, verdict: Verdict | None = None) -> str:
    """What it was before and the difference; whether it is a change only a chart can say."""
    share = change.baseline
    when = "semanas anteriores"
    if change.first_week and change.last_week:
        when = weeks_named(change.first_week, change.last_week)
    return (
        f"{share.percent} % en {when} ({answers(share.n)}). Diferencia:"
        f" {_difference(change)}.{_meaning(verdict)}"
    )


def weeks_short(area: AreaDigest, week: str) -> str:
    """``, sem. 45–47`` where a figure is of more than the digest's week; else empty."""
    first, last = IsoWeek.parse(area.first_week or week), IsoWeek.parse(week)
    return "" if first == last else f", sem. {first.week}–{last.week}"


def quote_label(quote: Quote) -> str:
    """What kind of comment it is."""
    return "Felicitación" if quote.praise else "Comentario"


def weeks_named(first: str, last: str) -> str:
    """``semana 47``, ``semanas 46 y 47``, ``semanas 45 a 47``."""
    begin, end = IsoWeek.parse(first), IsoWeek.parse(last)
    if begin == end:
        return f"semana {end.week}"
    return f"semanas {begin.week} {'y' if begin.shifted(1) == end else 'a'} {end.week}"


def answers(n: int) -> str:
    return "1 respuesta" if n == 1 else f"{n} respuestas"


def unbroken(text: str) -> str:
    """``text`` with a number and its unit kept on one line."""
    return _PARTED.sub("\u00a0", text)


def signed(points: int) -> str:
    """−14, 0, +7: with a true minus sign."""
    return f"+{points}" if points > 0 else str(points).replace("-", "−")


def _area_finding(area: AreaDigest) -> str:
    if area.satisfied:
        share = area.satisfied
        return f"{answers(share.n)} · {share.percent} % puso nota 6 o 7 ({_margin(share)})."
    if area.bound:
        bound = area.bound
        return (
            f"{answers(bound.n)} · {bound.percent} % o {'más' if bound.at_least else 'menos'}"
            " puso nota 6 o 7."
        )
    if area.latest:
        return f"{NO_NEW_FIGURE}. La última: {latest_text(area.latest)}."
    return (
        f"{NO_FIGURE}: la habrá con {THRESHOLD} respuestas de nota 6 o 7 y {THRESHOLD} de nota"
        f" 1 a 5, o {ENOUGH} en total. Las semanas se van juntando."
    )


def _meaning(verdict: Verdict | None) -> str:
    if verdict is None:
        return " Aún sin base para decir si es un cambio."
    return " Es variación normal." if verdict.is_new and verdict.direction is None else ""


def _direction(area: AreaDigest) -> Direction | None:
    return area.verdict.direction if area.verdict else None


def _changed_in_short(areas: Sequence[AreaDigest]) -> str:
    """``Tránsito bajó más de lo esperable``; empty where no chart signals."""
    changed = [area for area in areas if _direction(area)]
    if len(changed) == 1 and (way := _direction(changed[0])):
        return f"{changed[0].short_name} {SAID[way]} más de lo esperable"
    falls = sum(_direction(area) is Direction.FALL for area in changed)
    rises = len(changed) - falls
    fell = f"{falls} {'área bajó' if falls == 1 else 'áreas bajaron'}" if falls else ""
    rose = f"{rises} {'subió' if rises == 1 else 'subieron'}" if rises else ""
    if rose and not fell:
        rose = f"{rises} áreas subieron"
    return " y ".join(part for part in (fell, rose) if part) + (
        " más de lo esperable" if changed else ""
    )


def _named(names: Sequence[str]) -> str:
    """Up to four names; more would not fit a telephone's screen."""
    if len(names) > _NAMES:
        return f"{', '.join(names[:_NAMES])} y {len(names) - _NAMES} más"
    return " y ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _total_text(digest: Digest) -> str:
    if digest.total is None:
        known = any(area.latest for area in digest.areas)
        return "Esta semana ninguna área tiene cifra nueva." if known else NOBODY_YET
    share, areas = digest.total.satisfied, digest.total.areas
    return (
        f"{share.percent} % puso nota 6 o 7 ({_margin(share)}; {answers(share.n)} de"
        f" {_areas(areas)})."
    )


def _in_short(area: AreaDigest) -> str:
    if area.satisfied:
        return f"{area.satisfied.percent} % puso nota 6 o 7 ({answers(area.satisfied.n)})"
    if area.bound:
        return f"{headline_percent(area)} puso nota 6 o 7 ({answers(area.bound.n)})"
    return NO_NEW_FIGURE.lower() if area.latest else NO_FIGURE.lower()


def _chart_needs(area: AreaDigest) -> str:
    return f"Si algo cambió lo dirá el gráfico de control: {_chart_has(area)}."


def _chart_has(area: AreaDigest) -> str:
    if area.chart_points >= MIN_POINTS:
        return f"ya tiene las {MIN_POINTS} mediciones de su base; juzga desde la próxima"
    return f"lleva {area.chart_points} de las {MIN_POINTS} mediciones que necesita"


def _charts_need(areas: Sequence[AreaDigest]) -> str:
    """What the control charts need before anything can be said of a change."""
    ready = sum(area.chart_points >= MIN_POINTS for area in areas)
    if ready:
        have = "1 área tiene" if ready == 1 else f"{ready} áreas tienen"
        return (
            f"Si algo cambió lo dirán los gráficos de control: {have} ya las {MIN_POINTS}"
            " mediciones de su base; juzgan desde la próxima."
        )
    most = max(areas, key=lambda area: area.chart_points, default=None)
    begun = (
        f"; {most.short_name}, que más lleva, tiene {most.chart_points}"
        if most and most.chart_points
        else ""
    )
    return (
        f"Si algo cambió lo dirán los gráficos de control: piden {MIN_POINTS} mediciones de"
        f" {MIN_ANSWERS} respuestas por área{begun}."
    )


def _margin(share: Share) -> str:
    return f"entre {share.low} % y {share.high} %"


def _few(bound: Bound) -> str:
    side = "1 a 5" if bound.at_least else "6 o 7"
    return f"menos de {THRESHOLD} de {answers(bound.n)} pusieron {side}"


def _weeks(first: str, last: str) -> str:
    """Which weeks a figure is of; empty where it is the digest's own."""
    return "" if first == last else weeks_named(first, last)


def _difference(change: Change) -> str:
    unit = "punto" if abs(change.points) == 1 else "puntos"
    return f"{signed(change.points)} {unit} (entre {signed(change.low)} y {signed(change.high)})"


def _net(net: Points) -> str:
    unit = "punto" if abs(net.points) == 1 else "puntos"
    limits = f"entre {signed(net.low)} y {signed(net.high)}"
    return f"{signed(net.points)} {unit} de diferencia entre ambos porcentajes ({limits})"


def channel_lines(area: AreaDigest) -> list[str]:
    """How each channel graded, or why they are not told apart."""
    if not area.channels:
        return [
            f"sin desglose: en algún canal menos de {THRESHOLD} pusieron 6 o 7, o menos de"
            f" {THRESHOLD} pusieron 1 a 5"
        ]
    lines = [f"{_label(entry.channel)} {share_text(entry.satisfied)}" for entry in area.channels]
    if area.other_channels is not None:
        lines.append(f"otros canales: {answers(area.other_channels)}")
    return lines


def _label(channel: str) -> str:
    """A channel that is no more keeps its word."""
    if channel in _DESK_LABELS:
        return _DESK_LABELS[channel]
    return channel_type(Channel(channel)).label if channel in set(Channel) else channel


def _pending(pending: int | None, satisfied: Share | None) -> str:
    counted = "" if pending is None else f"{pending} con el trámite aún sin terminar"
    graded = f"nota 6 o 7: {share_text(satisfied)}" if satisfied else ""
    return "; ".join(part for part in (counted, graded) if part) + ", contadas aparte"


def _lookups(lookups: int, useful: Share | None) -> str:
    return f"{lookups}; a {share_text(useful)} les sirvió" if useful else str(lookups)


def _ago(days: int) -> str:
    if days == 0:
        return "de hoy"
    return "de ayer" if days == 1 else f"de hace {days} días"


def _areas(count: int) -> str:
    return "1 área" if count == 1 else f"{count} áreas"
