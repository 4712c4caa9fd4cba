"""The digest's sentences in Spanish, shared by all its forms so that they say the same.

"Subió" and "bajó" are kept for signals of a control chart and never appear here: a difference
comes with its interval and with what may honestly be said of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from handlers.quality.figures import AreaDigest, Change, Digest, Points, Share
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek

MADE_UP = "Datos ficticios de demostración"
TOO_FEW = f"menos de {THRESHOLD} respuestas: no se informa nota"
AUDIT = "Registro de auditoría; guarde este correo:"
RESPONDENTS = "Porcentajes de quienes respondieron; no equivale a MESU."

_CHANNELS = {
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "web": "Página web",
    "terminal": "Terminal",
}
_NAMED_MOST = 3
_PARTED = re.compile(r"(?<=\d) (?=%|puntos?\b)|(?<=\bn) (?=\d)")


class Row(NamedTuple):
    """One figure of an area: what it is, and the figure with its n and interval."""

    label: str  # empty: the row before goes on
    text: str


def notes(digest: Digest) -> tuple[str, ...]:
    """How the figures are to be read; at the foot of every whole digest."""
    return (
        "Los porcentajes son de quienes respondieron sobre una atención terminada, con notas de"
        " 1 a 7. No equivale a MESU. Tasa de respuesta: desconocida.",
        "«Entre … y …» es el intervalo de 95 %; n es el número de respuestas. La nota neta es el"
        " porcentaje de 6 y 7 menos el de 1 a 4.",
        "La diferencia es con las semanas publicadas de las 8 anteriores. De cada 20 áreas sin"
        " cambio real, cerca de 1 muestra por azar una diferencia cuyo intervalo deja fuera el 0.",
        f"No se informa ninguna cifra con menos de {THRESHOLD} respuestas ni las que permitirían"
        " calcularla. Las áreas van en orden alfabético y no se comparan entre sí.",
        f"Resumen hecho el {digest.made_at:%d-%m-%Y} a las {digest.made_at:%H:%M} UTC. Lo publicado"
        " no se cambia.",
    )


def heading(digest: Digest) -> str:
    """The week, and the area where the digest is about one."""
    label = IsoWeek.parse(digest.week).label
    return f"{label} · {digest.areas[0].short_name}" if digest.scope else label


def subject(digest: Digest) -> str:
    """The mail's subject line: the finding, not the title."""
    week = f"Semana {IsoWeek.parse(digest.week).week}"
    prefix = "[Demostración] " if digest.made_up else ""
    if digest.scope:
        area = digest.areas[0]
        said = (
            f"{area.satisfied.percent} % puso nota 6 o 7 (n {area.satisfied.n})"
            if area.satisfied
            else f"menos de {THRESHOLD} respuestas"
        )
        return f"{prefix}{week} · {area.short_name}: {said}"
    if digest.total is None:
        return f"{prefix}{week}: ninguna área llegó a {THRESHOLD} respuestas"
    clear = [area for area in digest.areas if area.change and area.change.clear]
    if clear:
        return f"{prefix}{week}: revise {_named([area.short_name for area in clear])}"
    share = digest.total.satisfied
    compared = any(area.change for area in digest.areas)
    end = "sin diferencias que salgan del azar" if compared else "aún sin base para comparar"
    return f"{prefix}{week}: {share.percent} % puso nota 6 o 7 (n {share.n}), {end}"


def finding(digest: Digest) -> str:
    """The one thing that matters, in a sentence or two."""
    if digest.scope:
        return _area_finding(digest.areas[0])
    if digest.total is None:
        return f"Ninguna área llegó a {THRESHOLD} respuestas: no se informan notas."
    clear = [area for area in digest.areas if area.change and area.change.clear]
    compared = sum(area.change is not None for area in digest.areas)
    if clear:
        named = "; ".join(
            f"{area.short_name}, {_difference(area.change)}"
            for area in clear[:_NAMED_MOST]
            if area.change
        )
        more = f"; y {len(clear) - _NAMED_MOST} más" if len(clear) > _NAMED_MOST else ""
        return (
            f"Revise, frente a las semanas anteriores: {named}{more}."
            " Aún sin base para decir si es un cambio."
        )
    if compared:
        return (
            f"Sin diferencias que salgan del azar en {_areas(compared)} con base de comparación."
            " Nada requiere acción esta semana."
        )
    return f"{_areas(digest.total.areas)} con {THRESHOLD} respuestas o más. Aún sin base."


def area_rows(area: AreaDigest) -> tuple[Row, ...]:
    """Every figure of an area that may be published, in reading order."""
    rows: list[Row] = []
    if area.satisfied:
        rows.append(Row("Nota 6 o 7", share_text(area.satisfied)))
        rows.append(Row("Diferencia", change_text(area.change)))
    if area.net:
        rows.append(Row("Nota neta", _net(area.net)))
    if area.main_reason or area.reasons:
        rows.append(Row("Motivos", _reasons(area)))
    if area.satisfied:
        first, *others = _channels(area)
        rows.append(Row("Por canal", first))
        rows += [Row("", other) for other in others]
    if area.completion:
        rows.append(Row("Terminaron", f"{share_text(area.completion)} de las comenzadas"))
    if area.pending is not None:
        rows.append(Row("Aparte", _pending(area.pending, area.pending_satisfied)))
    if area.lookups is not None:
        rows.append(Row("Consultas", _lookups(area.lookups, area.useful)))
    return tuple(rows)


def small_area_text(area: AreaDigest) -> str:
    """What may be said of an area under 10 answers: its pooled weeks and its lookups, if any."""
    parts = []
    if area.pool:
        first, last = IsoWeek.parse(area.pool.first_week), IsoWeek.parse(area.pool.last_week)
        parts.append(
            f"sus semanas pequeñas de la {first.week} a la {last.week}, juntas:"
            f" nota 6 o 7, {share_text(area.pool.satisfied)}"
        )
    if area.lookups is not None:
        parts.append(f"consultas: {_lookups(area.lookups, area.useful)}")
    return "; ".join(parts)


def lookup_text(digest: Digest) -> str:
    """How many lookups there were in all, and how many found nothing; empty where not shown."""
    if digest.lookups is None:
        return ""
    if digest.not_found is None:
        return f"{digest.lookups} consultas en total."
    return f"{digest.lookups} consultas en total; {digest.not_found} no encontraron respuesta."


def share_text(share: Share) -> str:
    """A percentage beside its interval and its n."""
    return f"{share.percent} % (entre {share.low} % y {share.high} %, n {share.n})"


def change_text(change: Change | None) -> str:
    """The difference from the weeks before, and what may be said of it."""
    if change is None:
        return f"Aún sin base: ninguna de las 8 semanas anteriores llegó a {THRESHOLD} respuestas."
    said = "Aún sin base para decir si es un cambio." if change.clear else "Puede ser solo azar."
    weeks = "1 semana anterior" if change.weeks == 1 else f"{change.weeks} semanas anteriores"
    before = f"frente al {change.baseline.percent} % de {weeks} (n {change.baseline.n})"
    return f"{_difference(change)} {before}. {said}"


def unbroken(text: str) -> str:
    """``text`` with a number and its unit kept on one line."""
    return _PARTED.sub("\u00a0", text)


def signed(points: int) -> str:
    """−14, 0, +7: with a true minus sign."""
    return f"+{points}" if points > 0 else str(points).replace("-", "−")


def _area_finding(area: AreaDigest) -> str:
    if area.satisfied is None:
        more = small_area_text(area)
        return f"{area.short_name}: {TOO_FEW}." + (f" {more[0].upper()}{more[1:]}." if more else "")
    share = area.satisfied
    said = (
        f"{share.n} respuestas · {share.percent} % puso nota 6 o 7"
        f" (entre {share.low} % y {share.high} %)."
    )
    return (
        f"{said} Diferencia: {change_text(area.change)}" if area.change else f"{said} Aún sin base."
    )


def _difference(change: Change) -> str:
    unit = "punto" if abs(change.points) == 1 else "puntos"
    limits = f"entre {signed(change.low)} y {signed(change.high)}"
    return f"{signed(change.points)} {unit} ({limits})"


def _net(net: Points) -> str:
    return f"{signed(net.points)} (entre {signed(net.low)} y {signed(net.high)})"


def _reasons(area: AreaDigest) -> str:
    counted = ", ".join(f"{reason.text} {reason.n}" for reason in area.reasons)
    if area.main_reason is None or area.main_reason in {reason.text for reason in area.reasons}:
        return counted
    first = f"lo más nombrado en notas 1 a 5: {area.main_reason}"
    return f"{first}; {counted}" if counted else first


def _channels(area: AreaDigest) -> list[str]:
    if not area.channels:
        return [f"sin desglose: algún canal tiene menos de {THRESHOLD} respuestas"]
    lines = [
        f"{_CHANNELS.get(entry.channel, entry.channel)} {share_text(entry.satisfied)}"
        for entry in area.channels
    ]
    if area.other_channels is not None:
        lines.append(f"otros canales n {area.other_channels}")
    return lines


def _pending(pending: int, satisfied: Share | None) -> str:
    graded = f"; nota 6 o 7: {share_text(satisfied)}" if satisfied else ""
    return f"{pending} con el trámite aún sin terminar{graded}"


def _lookups(lookups: int, useful: Share | None) -> str:
    return f"{lookups}; «¿le sirvió?», sí: {share_text(useful)}" if useful else str(lookups)


def _areas(count: int) -> str:
    return "1 área" if count == 1 else f"{count} áreas"


def _named(names: Sequence[str]) -> str:
    if len(names) > _NAMED_MOST:
        return f"{len(names)} áreas"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} y {names[-1]}"
