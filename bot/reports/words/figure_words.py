"""One figure in Spanish: a share, a bound or a difference, and its weeks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.quality.figures import AreaDigest, Bound, Change, Latest, Share
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek

NO_FIGURE = "Aún sin cifra"
TOPIC_RULE = f"{THRESHOLD} comentarios o más de cada uno"
_PARTED = re.compile(
    r"(?<=\d) (?=%|puntos?\b|respuestas?\b)|(?<=\d [ay]) (?=\d)|(?<=\d de) (?=\d)"
    r"|(?<!menos de \d\d)(?<=\d) (?=de \d)|(?<=menos de) (?=\d)|(?<=semanas) (?=\d)| (?=· )"
)


def latest_text(latest: Latest) -> str:
    """An area's last published figure and its weeks."""
    if latest.satisfied:
        said = share_text(latest.satisfied)
    elif latest.bound:
        said = bound_text(latest.bound)
    else:
        return NO_FIGURE.lower()
    return f"{said}, {weeks_named(latest.first_week, latest.last_week)}"


def last_week(area: AreaDigest, week: str) -> str:
    """The last week of an area's newest figure. ``week``: the digest's."""
    return area.latest.last_week if area.latest else week


def headline_percent(said: AreaDigest | Latest) -> str:
    """The percentage only, for large type; empty without a figure."""
    if said.satisfied:
        return f"{said.satisfied.percent} %"
    if said.bound:
        return f"{said.bound.percent} % o {'más' if said.bound.at_least else 'menos'}"
    return ""


def headline_rest(said: AreaDigest | Latest, last_week: str) -> str:
    """What goes with the percentage: margin, answers, weeks."""
    first_week = said.first_week or last_week
    if isinstance(said, Latest):
        weeks = weeks_named(first_week, last_week)
    else:
        weeks = weeks_if_more(first_week, last_week)
    if said.satisfied:
        text = f"{margin(said.satisfied)} · {answers(said.satisfied.n)}"
    else:
        text = _few(said.bound) if said.bound else NO_FIGURE.lower()
    return f"{text}{weeks and f' · {weeks}'}"


def share_text(share: Share) -> str:
    """``75 % (entre 63 % y 84 %; 60 respuestas)``."""
    return f"{share.percent} % ({margin(share)}; {answers(share.n)})"


def bound_text(bound: Bound) -> str:
    """``85 % o más (menos de 10 de 60 respuestas pusieron 1 a 5)``: one side is under 10."""
    return f"{bound.percent} % o {'más' if bound.at_least else 'menos'} ({_few(bound)})"


def weeks_named(first: str, last: str) -> str:
    """``semana 47``, ``semanas 46 y 47``, ``semanas 45 a 47``."""
    begin, end = IsoWeek.parse(first), IsoWeek.parse(last)
    if begin == end:
        return f"semana {end.week}"
    return f"semanas {begin.week} {'y' if begin.shifted(1) == end else 'a'} {end.week}"


def answers(n: int) -> str:
    """``1 respuesta``, ``1.247 respuestas``."""
    return how_many(n, "respuesta", "respuestas")


def how_many(n: int, one: str, many: str) -> str:
    """``1 consulta``, ``1.247 consultas``."""
    return f"1 {one}" if n == 1 else f"{counted(n)} {many}"


def counted(n: int) -> str:
    """A number as Chileans write it: ``1.247``."""
    return f"{n:,}".replace(",", ".")


def unbroken(text: str) -> str:
    """``text`` with no-break spaces between numbers and units, and before the dot ``·``."""
    return _PARTED.sub("\u00a0", text)


def signed(points: int) -> str:
    """``−14``, ``0``, ``+7``, with U+2212 as minus sign."""
    return f"+{points}" if points > 0 else str(points).replace("-", "−")


def in_points(points: int) -> str:
    """``−1 punto``, ``+7 puntos``."""
    return f"{signed(points)} {'punto' if abs(points) == 1 else 'puntos'}"


def margin(share: Share) -> str:
    """``entre 55 % y 92 %``: the 95 % interval."""
    return f"entre {share.low} % y {share.high} %"


def _few(bound: Bound) -> str:
    side = "1 a 5" if bound.at_least else "6 o 7"
    return f"menos de {THRESHOLD} de {answers(bound.n)} pusieron {side}"


def weeks_if_more(first: str, last: str) -> str:
    """The weeks of a figure; empty if it is of one week, the digest's."""
    return "" if first == last else weeks_named(first, last)


def difference(change: Change) -> str:
    """``−14 puntos (entre −20 y −8)``."""
    return f"{in_points(change.points)} (entre {signed(change.low)} y {signed(change.high)})"


def join_names(names: Sequence[str]) -> str:
    """``la espera, el trato y el costo``."""
    return " y ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def ago(days: int) -> str:
    """``de hoy``, ``de ayer``, ``de hace 3 días``."""
    if days == 0:
        return "de hoy"
    return "de ayer" if days == 1 else f"de hace {days} días"


def areas_counted(count: int) -> str:
    """``1 área``, ``3 áreas``."""
    return "1 área" if count == 1 else f"{count} áreas"
