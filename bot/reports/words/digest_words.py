"""The digest's sentences in Spanish, shared by all its forms.

"Subió" and "bajó" are reserved for signals of a control chart. Until an area's chart has its
baseline, the digest says what the baseline still needs and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.reports.words.area_words import DUE_DAYS
from bot.reports.words.dates import week_label, with_weekday
from bot.reports.words.figure_words import (
    NO_FIGURE,
    TOPIC_RULE,
    ago,
    answers,
    areas_counted,
    headline_percent,
    join_names,
    latest_text,
    margin,
)
from handlers.quality.blocks import ENOUGH
from handlers.quality.charts import MIN_ANSWERS, MIN_POINTS, Direction
from handlers.quality.figures import AreaDigest, Digest, Quote
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek

MADE_UP = "Datos ficticios de demostración"
AUDIT = "Registro de auditoría; guarde este correo:"
FIGURES = "Cifras publicadas hasta esta semana; se comprueban con comprobar.py:"
RESPONDENTS = "Porcentajes de quienes respondieron; no equivale a MESU, la medición del Estado."
UNTIL_THEN = "Hasta entonces solo se informa."
NOBODY_YET = "Aún ninguna área tiene cifra."
NO_NEW_FIGURE = "Sin cifra nueva esta semana"

SAID = {Direction.FALL: "bajó", Direction.RISE: "subió"}
NAMES = 4
TOPICS = 3
_CAN_TELL = "con mediciones suficientes para saberlo"
_OF_THE_OTHER = "De la otra aún no se puede saber."
_NOISE = "lo que se mueve es variación normal."


def notes(digest: Digest) -> tuple[str, ...]:
    """How to read the figures, for the foot of every full digest."""
    made = digest.made_at.astimezone(ZoneInfo(digest.zone))
    return (
        "Los porcentajes son de quienes respondieron sobre una atención terminada, con notas de"
        " 1 a 7. No equivale a MESU, la Medición de Satisfacción Usuaria que el Estado hace por su"
        " cuenta. No se sabe qué parte de las personas atendidas respondió.",
        "«Entre … y …» es el margen de error, con 95 % de confianza: por azar, el porcentaje pudo"
        " salir otro. Con pocas respuestas el margen es ancho.",
        f"Un área tiene cifra cuando junta {THRESHOLD} respuestas con nota 6 o 7 y {THRESHOLD} con"
        f" nota 1 a 5, o {ENOUGH} en total; mientras tanto sus semanas se van juntando. Ninguna"
        f" cifra es de menos de {THRESHOLD} respuestas ni permite calcular una. Las áreas van en"
        " orden alfabético y no se comparan entre sí.",
        "Se dice que un área cambió solo si la diferencia es mayor que la que suele haber por azar"
        f" de una medición a otra. Para saberlo hacen falta {MIN_POINTS} mediciones de"
        f" {MIN_ANSWERS} respuestas o más.",
        f"Resumen hecho el {with_weekday(made)} a las {made:%H:%M}, hora local."
        " Lo publicado no se cambia.",
    )


def heading(digest: Digest) -> str:
    """The week, and the areas if the digest is not about all of them."""
    label = week_label(IsoWeek.parse(digest.week))
    return f"{label} · {_area_names(digest)}" if digest.scope else label


def together(digest: Digest) -> str:
    """The title of the section on all areas together."""
    return "En sus áreas" if digest.scope else "En todas las áreas"


def subject(digest: Digest) -> str:
    """The subject of the mail, which gives the finding."""
    week = f"Semana {IsoWeek.parse(digest.week).week}"
    prefix = "[Demostración] " if digest.made_up else ""
    if changed := _changed_in_short(digest.areas):
        return f"{prefix}{week}: {changed}"
    if digest.scope and len(digest.areas) == 1:
        return f"{prefix}{week} · {digest.areas[0].short_name}: {_in_short(digest.areas[0])}"
    if digest.scope:
        figures = _figures_in_short(digest.areas)
        return f"{prefix}{week}{figures or f' · {_area_names(digest)}: {NO_NEW_FIGURE.lower()}'}"
    if digest.total is None:
        known = any(area.latest for area in digest.areas)
        none = NO_NEW_FIGURE.lower() if known else "aún ninguna área tiene cifra"
        return f"{prefix}{week}{_figures_in_short(digest.areas) or f': {none}'}"
    share, areas = digest.total.satisfied, areas_counted(digest.total.areas)
    return f"{prefix}{week}: {share.percent} % puso nota 6 o 7 ({answers(share.n)} de {areas})"


def finding(digest: Digest, names: int = NAMES) -> str:
    """The most important finding in a few sentences, with at most ``names`` areas in each."""
    if digest.scope and len(digest.areas) == 1:
        area = digest.areas[0]
        return f"{_area_finding(area)} {verdict_text(area)}"
    changes, total = changes_text(digest.areas, names), "" if digest.scope else _total_text(digest)
    said = (changes, total) if changes else (total, _charts_need(digest.areas), UNTIL_THEN)
    return " ".join(filter(None, said))


def changes_text(areas: Sequence[AreaDigest], names: int = NAMES) -> str:
    """What changed, then what is normal variation; empty while no chart has a baseline."""
    judged = [area for area in areas if area.verdict]
    if not judged:
        return ""
    unknown = len(areas) - len(judged)
    said: list[str] = []
    for way in Direction:
        if found := [area.short_name for area in judged if _direction(area) is way]:
            beyond = "" if said else " más de lo esperable por azar"
            said.append(f"{SAID[way].capitalize()}{beyond}: {_join_names(found, names)}.")
    quiet = sum(_direction(area) is None for area in judged)
    if not said:
        which = "la única área" if quiet == 1 else f"las {quiet} áreas"
        return f"Sin cambios que requieran acción en {which} {_CAN_TELL}: {_NOISE}"
    if quiet:
        others = "otra área" if quiet == 1 else f"otras {quiet} áreas"
        said.append(f"En {others} {_CAN_TELL} no hay cambio: {_NOISE}")
    elif unknown:
        said.append("De las demás aún no se puede saber." if unknown > 1 else _OF_THE_OTHER)
    return " ".join(said)


def verdict_text(area: AreaDigest) -> str:
    """What the area's chart says, or what it still needs."""
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


def lookup_text(digest: Digest) -> str:
    """How many lookups there were, and how many found nothing; empty if suppressed."""
    if digest.lookups is None:
        return ""
    if digest.not_found is None:
        return f"{digest.lookups} consultas en total."
    return f"{digest.lookups} consultas en total; {digest.not_found} no encontraron respuesta."


def completion_text(digest: Digest) -> str:
    """The share that completed the questionnaire; empty if suppressed."""
    if digest.completion is None:
        return ""
    share = digest.completion
    return (
        f"De {share.n} personas que comenzaron a calificar, {share.percent} % llegó al final"
        f" ({margin(share)})."
    )


def all_cases_text(digest: Digest) -> str:
    """Open cases of all areas; empty without any."""
    waiting = [area for area in digest.areas if area.cases]
    if not waiting:
        return ""
    oldest = max(waiting, key=lambda area: area.cases.oldest_days if area.cases else 0)
    count = sum(area.cases.n for area in waiting if area.cases)
    days = oldest.cases.oldest_days if oldest.cases else 0
    where = f"{areas_counted(len(waiting))}; el más antiguo, {ago(days)} ({oldest.short_name})"
    late = [(area.short_name, area.cases.late) for area in waiting if area.cases]
    due = [(area.short_name, area.cases.due) for area in waiting if area.cases]
    return " ".join(
        [
            f"Casos abiertos: {count} en {where}.",
            *_by_area("Fuera de plazo", late),
            *_by_area(f"Vencen en los próximos {DUE_DAYS} días", due),
        ]
    )


def cases_in_short(digest: Digest) -> str:
    """How many cases are open, overdue and due, without their areas; empty without any."""
    waiting = [area.cases for area in digest.areas if area.cases]
    if not waiting:
        return ""
    late, due = sum(one.late for one in waiting), sum(one.due for one in waiting)
    said = [f"Casos abiertos: {sum(one.n for one in waiting)}"]
    said += [f"fuera de plazo: {late}"] if late else []
    said += [f"vencen en {DUE_DAYS} días: {due}"] if due else []
    return f"{'; '.join(said)}."


def all_unconfirmed_text(digest: Digest) -> str:
    """Unconfirmed cards of all areas; empty without any."""
    counts = [(area.short_name, area.unconfirmed.n) for area in digest.areas if area.unconfirmed]
    return " ".join(_by_area("Fichas de trámites y áreas por confirmar", counts))


def _by_area(title: str, counts: Sequence[tuple[str, int]]) -> list[str]:
    """How many there are and in which areas, at most four by name; empty without any."""
    some = [(name, n) for name, n in counts if n]
    if not some:
        return []
    count = sum(n for _, n in some)
    if len(some) > NAMES:
        return [f"{title}: {count} en {areas_counted(len(some))}."]
    named = some[0][0] if len(some) == 1 else ", ".join(f"{name} {n}" for name, n in some)
    return [f"{title}: {count} ({named})."]


def outside_total_text(digest: Digest) -> str:
    """The areas of which only a bound is known, which no total counts; empty without any.

    Almost all of their grades are on one side, so the total says little about them.
    """
    bounds = [area.bound for area in digest.areas if area.bound is not None]
    high = [bound.percent for bound in bounds if bound.at_least]
    low = [bound.percent for bound in bounds if not bound.at_least]
    said = [f"{areas_counted(len(high))} con {min(high)} % o más"] if high else []
    said += [f"{areas_counted(len(low))} con {max(low)} % o menos"] if low else []
    if not said:
        return ""
    lead = "Fuera de esa suma" if digest.total else "Nota 6 o 7"
    return f"{lead}: {' y '.join(said)}."


def all_topics_text(digest: Digest) -> str:
    """The topics of all areas' comments; empty if no topic has enough."""
    if not digest.topics:
        return ""
    return f"Temas de los comentarios: {join_names(digest.topics)} ({TOPIC_RULE})."


def topics_in_short(digest: Digest) -> str:
    """The first of them without the rule, for a small screen; empty without any."""
    if not digest.topics:
        return ""
    return f"Temas de los comentarios: {_join_names(digest.topics, TOPICS)}."


def quote_label(quote: Quote) -> str:
    """The kind of comment that a quote is."""
    return "Felicitación" if quote.praise else "Comentario"


def _area_finding(area: AreaDigest) -> str:
    if area.satisfied:
        share = area.satisfied
        return f"{answers(share.n)} · {share.percent} % puso nota 6 o 7 ({margin(share)})."
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


def _area_names(digest: Digest) -> str:
    return _join_names([area.short_name for area in digest.areas])


def _figures_in_short(areas: Sequence[AreaDigest]) -> str:
    """``: Aseo 78 %, Tránsito 81 % con nota 6 o 7``; empty if no area has a figure."""
    figures = [f"{area.short_name} {said}" for area in areas if (said := headline_percent(area))]
    return f": {', '.join(figures[:NAMES])} con nota 6 o 7" if figures else ""


def _direction(area: AreaDigest) -> Direction | None:
    return area.verdict.direction if area.verdict else None


def _changed_in_short(areas: Sequence[AreaDigest]) -> str:
    """``Tránsito bajó más de lo esperable``; empty without a signal."""
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


def _join_names(names: Sequence[str], most: int = NAMES) -> str:
    """Up to ``most`` names, and how many more there are."""
    if len(names) > most:
        return f"{', '.join(names[:most])} y {len(names) - most} más"
    return join_names(names)


def _total_text(digest: Digest) -> str:
    others = outside_total_text(digest)
    if digest.total is None:
        known = any(area.latest for area in digest.areas)
        return others or ("Esta semana ninguna área tiene cifra nueva." if known else NOBODY_YET)
    share, areas = digest.total.satisfied, digest.total.areas
    said = (
        f"{share.percent} % puso nota 6 o 7 ({margin(share)}; {answers(share.n)} de"
        f" {areas_counted(areas)})."
    )
    return f"{said} {others}" if others else said


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
    """What the control charts still need to tell a change from normal variation."""
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
