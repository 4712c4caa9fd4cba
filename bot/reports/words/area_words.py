"""What a digest says about one area, figure by figure, in Spanish."""

from __future__ import annotations

from typing import NamedTuple

from bot.channels.registry import channel_type
from bot.reports.words.figure_words import (
    NO_FIGURE,
    TOPIC_RULE,
    ago,
    answers,
    bound_text,
    difference,
    in_points,
    join_names,
    latest_text,
    share_text,
    signed,
    weeks_if_more,
    weeks_named,
)
from handlers.messages import Channel, DeskSource
from handlers.quality.figures import (
    DUE_WITHIN,
    AreaDigest,
    Change,
    ChartVerdict,
    OpenCases,
    Points,
    Share,
    Unconfirmed,
)
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.bursts import MOST_OF_A_NETWORK

DUE_DAYS = DUE_WITHIN.days

_DESK_LABELS: dict[str, str] = {DeskSource.PAPER: "En papel", DeskSource.IN_PERSON: "En persona"}


class AreaRow(NamedTuple):
    """One figure of an area: its label, and its value with answers and margin."""

    label: str  # empty: continues the row before
    text: str


def area_rows(area: AreaDigest, week: str) -> tuple[AreaRow, ...]:
    """Every publishable figure of an area, in reading order. ``week``: the digest's."""
    rows = [AreaRow("Nota 6 o 7", headline(area, week))]
    if area.change:
        rows.append(AreaRow("Antes", change_text(area.change, area.verdict)))
    if area.net:
        rows.append(AreaRow("6–7 menos 1–4", _net(area.net)))
    if area.reasons:
        counted = ", ".join(f"{reason.text} {reason.n}" for reason in area.reasons)
        rows.append(AreaRow("Motivos", f"cuántos de los que pusieron 1 a 5 los nombran: {counted}"))
    if area.satisfied:
        first, *others = channel_lines(area)
        rows.append(AreaRow("Por canal", first))
        rows += [AreaRow("", other) for other in others]
    if area.pending is not None or area.pending_satisfied:
        rows.append(AreaRow("Sin terminar", _pending(area.pending, area.pending_satisfied)))
    if area.apart is not None:
        rows.append(AreaRow("Apartadas", apart_text(area.apart)))
    if area.topics:
        rows.append(AreaRow("Temas", topics_text(area)))
    return (*rows, *work_rows(area))


def topics_text(area: AreaDigest) -> str:
    """The topics of the area's comments."""
    return f"{join_names(area.topics)} ({TOPIC_RULE})"


def apart_text(apart: int) -> str:
    """How many answers were set apart, and why."""
    return (
        f"{apart} respuestas apartadas: más de {MOST_OF_A_NETWORK} sobre el área en una semana"
        " desde una misma red"
    )


def work_rows(area: AreaDigest) -> tuple[AreaRow, ...]:
    """Lookups about the area, and its open work."""
    rows: list[AreaRow] = []
    if area.lookups is not None:
        rows.append(AreaRow("Consultas", _lookups(area.lookups, area.useful)))
    if area.asked:
        rows.append(AreaRow("Lo consultado", f"{', '.join(area.asked)} (10 veces o más)"))
    if area.cases:
        rows.append(AreaRow("Casos", cases_text(area.cases)))
    if area.unconfirmed:
        rows.append(AreaRow("Fichas", unconfirmed_text(area.unconfirmed)))
    return tuple(rows)


def headline(area: AreaDigest, week: str) -> str:
    """The area's share with margin, answers and weeks, or why there is none."""
    weeks = weeks_if_more(area.first_week or week, week)
    if area.satisfied:
        return f"{share_text(area.satisfied)}{weeks and f', {weeks}'}"
    if area.bound:
        return f"{bound_text(area.bound)}{weeks and f', {weeks}'}"
    return waiting_text(area, week)


def waiting_text(area: AreaDigest, week: str) -> str:
    """That answers are still being gathered, and the last published figure."""
    if area.latest is None:
        return f"{NO_FIGURE.lower()}; {gathering_text(area, week)}"
    return f"{gathering_text(area, week)}; la última cifra es {latest_text(area.latest)}"


def gathering_text(area: AreaDigest, week: str) -> str:
    """Since which week answers are gathered for the next figure."""
    return f"se juntan respuestas desde la semana {IsoWeek.parse(area.first_week or week).week}"


def cases_text(cases: OpenCases) -> str:
    said = [
        f"1 abierto, {ago(cases.oldest_days)}"
        if cases.n == 1
        else f"{cases.n} abiertos; el más antiguo, {ago(cases.oldest_days)}"
    ]
    if cases.late:
        said.append(f"{cases.late} fuera de plazo")
    if cases.due:
        lapse = "vence" if cases.due == 1 else "vencen"
        said.append(f"{cases.due} {lapse} en los próximos {DUE_DAYS} días")
    return "; ".join(said)


def unconfirmed_text(cards: Unconfirmed) -> str:
    """How many cards are unconfirmed, and the names of the first ones."""
    more = cards.n - len(cards.names)
    return f"{cards.n} por confirmar: {', '.join(cards.names)}{f' y {more} más' if more else ''}"


def change_text(change: Change, verdict: ChartVerdict | None) -> str:
    """The earlier share and the difference. Only a chart's ``verdict`` says what it means."""
    share = change.baseline
    when = "semanas anteriores"
    if change.first_week and change.last_week:
        when = weeks_named(change.first_week, change.last_week)
    return (
        f"{share.percent} % en {when} ({answers(share.n)}). Diferencia:"
        f" {difference(change)}.{_meaning(verdict)}"
    )


def weeks_short(area: AreaDigest, week: str) -> str:
    """``, sem. 45–47`` if the figure covers more than the digest's week; else empty."""
    first, last = IsoWeek.parse(area.first_week or week), IsoWeek.parse(week)
    return "" if first == last else f", sem. {first.week}–{last.week}"


def _meaning(verdict: ChartVerdict | None) -> str:
    if verdict is None:
        return " Aún sin base para decir si es un cambio."
    return " Es variación normal." if verdict.is_new and verdict.direction is None else ""


def _net(net: Points) -> str:
    limits = f"entre {signed(net.low)} y {signed(net.high)}"
    return f"{in_points(net.points)} de diferencia entre ambos porcentajes ({limits})"


def channel_lines(area: AreaDigest) -> list[str]:
    """The figure of each channel, or why channels are not shown."""
    if not area.channels:
        return [f"no se muestra por canal: alguna cifra sería de menos de {THRESHOLD} respuestas"]
    lines = [
        f"{channel_name(entry.channel)} {share_text(entry.satisfied)}" for entry in area.channels
    ]
    if area.other_channels is not None:
        lines.append(f"otros canales: {answers(area.other_channels)}")
    return lines


def channel_name(channel: str) -> str:
    """The channel's label; the stored word itself for a channel that no longer exists."""
    if channel in _DESK_LABELS:
        return _DESK_LABELS[channel]
    return channel_type(Channel(channel)).label if channel in set(Channel) else channel


def _pending(pending: int | None, satisfied: Share | None) -> str:
    counted = "" if pending is None else f"{pending} con el trámite aún sin terminar"
    graded = f"nota 6 o 7: {share_text(satisfied)}" if satisfied else ""
    return "; ".join(part for part in (counted, graded) if part) + ", contadas aparte"


def _lookups(lookups: int, useful: Share | None) -> str:
    return f"{lookups}; a {share_text(useful)} les sirvió" if useful else str(lookups)
