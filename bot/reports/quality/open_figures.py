"""The published figures as files that anybody can verify: blocks, figures, charts, codes.

They contain only what was published: both counts of a block whose share was shown, else its size
and the bound. The same figures give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.reports.quality import open_measures
from bot.reports.quality.charts.chart_words import SAID
from bot.reports.quality.open_measures import CsvLine, measure_lines
from handlers.content.model import Content
from handlers.indicators.counts import Series, SeriesCount
from handlers.indicators.values import coverage, is_covered
from handlers.measures.history import History
from handlers.measures.measures import Measure
from handlers.quality.blocks import Block, Figure
from handlers.quality.charts import Limits, Rebase
from handlers.quality.figures import AreaDigest, Census, Digest, Share
from handlers.quality.intervals import percent, rounded_points
from handlers.quality.parts import share_of
from handlers.quality.series import AreaChart, ChartPoint

# The files that a week's code covers, in this order. Their first column is the week.
CHAINED = {
    "bloques.csv": "semana,area,desde,respuestas,notas_6_7,cota",
    "cifras.csv": "semana,area,desde,respuestas,porcentaje,margen_desde,margen_hasta,cota",
    "canales.csv": "semana,area,canal,respuestas,porcentaje,margen_desde,margen_hasta",
    "totales.csv": "semana,areas,respuestas,porcentaje,margen_desde,margen_hasta",
    "partes.csv": "semana,area,cifra,respuestas,porcentaje,margen_desde,margen_hasta",
    "lugares.csv": "semana,area,lugar,respuestas,porcentaje,margen_desde,margen_hasta",
}
CHARTS = "area,desde,hasta,respuestas,porcentaje,limite_bajo,limite_alto,senal"
BASES = "area,desde,decidida"
AREAS = "area,cuenta"
HEADS = "semana,codigo"
CODE_DIGITS = 16
"""Characters of a week's code that are logged and mailed."""

SCRIPTS = {
    "comprobar.py": Path(__file__).with_name("check_figures.py"),
    "comprobar_medidas.py": Path(__file__).with_name("check_measures.py"),
}
OTHERS, ALL = "otros", "todas"
WITH_ALL = 2
"""Since this value of ``Digest.covered``, a week's code covers all of the digest's figures."""

NO_SHARE = ("", "", "")
LESS, MORE = "o menos", "o más"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time in a ZIP
README = """\
{municipality}
Cifras publicadas, para comprobarlas{made_up}

bloques.csv   los períodos que se publicaron, que no se cruzan: cuántas personas respondieron y
              cuántas pusieron nota 6 o 7. Donde un lado tiene menos de 10, solo la cota.
cifras.csv    lo que se publicó de cada área en cada semana, con su margen al 95 %.
canales.csv   lo mismo por canal; «otros» son los que no se muestran aparte.
totales.csv   las áreas con porcentaje de cada semana, juntas.
partes.csv    lo demás que se publicó: la nota neta en puntos; los motivos de quienes
              pusieron 1 a 5; las consultas (sin área: todas), si sirvieron, cuántas no
              hallaron nada y el porcentaje que sí; quiénes llegaron al final; las
              respuestas apartadas; las visitas ahorradas; los casos en plazo; y qué
              parte del personal leyó la política.
lugares.csv   el porcentaje por trámite o mesón; «otros» son los que no se muestran aparte.
areas.csv     qué áreas cuentan para la cobertura (1), hoy, y el porcentaje que resulta.
graficos.csv  cada medición de los gráficos de control, con sus límites y su señal.
bases.csv     las bases que una persona fijó de nuevo.
medidas.csv   el resultado de cada medida que se midió: desde y hasta qué semana se miró, en
              cuál se hizo; el porcentaje y las respuestas antes y después, la diferencia con
              su margen y la de las otras áreas que se muestran, si todo eso se publica; las
              áreas sin medida con que se comparó, y hasta qué semana iba el
              período que se dejó aparte: el último que se conocía cuando una persona abrió la
              medida. Donde depende de un grupo de menos de 10 se comprueba que sea posible.
              De las que se miden en otro indicador que la nota 6 o 7 están aquí y en la página
              solo los resultados que dependen de cifras publicadas.
otras.csv     las cifras publicadas en que se miden esas medidas: de partes.csv, canales.csv y
              lugares.csv.
cabezas.csv   el código de cada semana, que resume esa semana y todas las anteriores.

Para rehacer todo y ver las diferencias (Python 3.10 o posterior, sin instalar nada más):

    python3 comprobar.py
    python3 comprobar_medidas.py

El resumen semanal que llega por correo trae el código de su semana. Con él se comprueba que nadie
cambió ni quitó nada desde entonces:

    python3 comprobar.py 2026-W47:0123456789abcdef

Los porcentajes son de quienes respondieron. Las áreas no se comparan entre sí. La señal de un
gráfico que depende de un grupo de menos de 10 no se puede rehacer; esa se da por publicada.
"""


@dataclass(frozen=True, slots=True)
class PublishedWeek:
    """A published digest, and the blocks that closed with it."""

    digest: Digest
    blocks: tuple[Block, ...]


def published_weeks(
    digests: Iterable[Digest], blocks: Mapping[str, Sequence[Block]]
) -> list[PublishedWeek]:
    """Each digest, oldest first, with its blocks ordered by area."""
    closed: dict[str, list[Block]] = {}
    for area in sorted(blocks):
        for block in blocks[area]:
            closed.setdefault(str(block.last), []).append(block)
    ordered = sorted(digests, key=lambda digest: digest.week)
    return [PublishedWeek(digest, tuple(closed.get(digest.week, ()))) for digest in ordered]


def heads(weeks: Iterable[PublishedWeek]) -> dict[str, str]:
    """The code of each week: the SHA-256 of the code before, the week and its lines."""
    found: dict[str, str] = {}
    head = ""
    for week in weeks:
        lines = [line for lines in _week_lines(week).values() for line in lines]
        head = hashlib.sha256("\n".join([head, week.digest.week, *lines]).encode()).hexdigest()
        found[week.digest.week] = head
    return found


def head_code(heads: Mapping[str, str], week: str) -> str:
    """A week's code as it is logged and mailed: ``2026-W47:0123456789abcdef``."""
    return f"{week}:{heads[week][:CODE_DIGITS]}"


def figures_zip(
    content: Content,
    weeks: Sequence[PublishedWeek],
    charts: Iterable[AreaChart],
    rebases: Iterable[Rebase],
    measures: Iterable[Measure] = (),
    counts: Mapping[Series, Sequence[SeriesCount]] | None = None,
) -> bytes:
    """Everything published, with the scripts that recompute it.

    ``counts``: of the indicators other than grades by which ``measures`` are judged.
    """
    lines: dict[str, list[str]] = {name: [header] for name, header in CHAINED.items()}
    for week in weeks:
        for name, of_week in _week_lines(week).items():
            lines[name] += of_week
    ordered = sorted(charts, key=lambda chart: chart.area)
    lines["graficos.csv"] = [CHARTS, *(_joined(_chart_line(*point)) for point in _points(ordered))]
    set_anew = ((rebase.area, rebase.first_week, rebase.decided_week) for rebase in rebases)
    lines["bases.csv"] = [BASES, *map(_joined, set_anew)]
    history = History(_by_area(weeks), counts or {})
    effects, others = measure_lines(tuple(measures), history, content.zone)
    lines["medidas.csv"] = [open_measures.EFFECTS, *map(_joined, effects)]
    lines["otras.csv"] = [open_measures.OTHERS, *map(_joined, others)]
    covered = coverage(content)
    each = [(area.id, int(is_covered(area, content))) for area in content.areas]
    lines["areas.csv"] = [AREAS, *map(_joined, [*each, (ALL, covered.number)])]
    lines["cabezas.csv"] = [HEADS, *map(_joined, heads(weeks).items())]
    made_up = any(week.digest.made_up for week in weeks)
    said = " (datos ficticios, de demostración)" if made_up else ""
    files = {
        "LEAME.txt": README.format(municipality=content.municipality, made_up=said),
        **{name: "\n".join([*those, ""]) for name, those in lines.items()},
        **{name: script.read_text(encoding="utf-8") for name, script in SCRIPTS.items()},
    }
    return _packed(files)


def _by_area(weeks: Iterable[PublishedWeek]) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for week in weeks:
        for block in week.blocks:
            found.setdefault(block.area, []).append(block)
    return found


def _packed(files: Mapping[str, str]) -> bytes:
    """A ZIP without compression, because compressors differ in the bytes they make."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, text.encode())
    return packed.getvalue()


def _week_lines(week: PublishedWeek) -> dict[str, list[str]]:
    digest = week.digest
    shown = sorted(digest.areas, key=lambda area: area.id)
    total = digest.total
    made: dict[str, Iterable[CsvLine]] = {
        "bloques.csv": (_block(block) for block in week.blocks),
        "cifras.csv": (
            _figure(area, digest.week) for area in shown if area.satisfied or area.bound
        ),
        "canales.csv": (line for area in shown for line in _channels(area, digest.week)),
        "totales.csv": [(digest.week, total.areas, *_share(total.satisfied))] if total else (),
        "partes.csv": _parts(digest, shown, {block.area: block for block in week.blocks}),
        "lugares.csv": (),
    }
    if digest.covered >= WITH_ALL:
        made["partes.csv"] = [*made["partes.csv"], *_more_parts(digest, shown)]
        made["lugares.csv"] = (line for area in shown for line in _places(area, digest.week))
    return {name: [_joined(line) for line in made[name]] for name in CHAINED}


def _block(block: Block) -> CsvLine:
    """A block's line: both counts, or only on which side the suppressed count is."""
    sides: CsvLine = (block.satisfied, "")
    if block.figure is not Figure.SHARE:
        sides = ("", MORE if block.figure is Figure.AT_LEAST else LESS)
    return (block.last, block.area, block.first, block.n, *sides)


def _figure(area: AreaDigest, week: str) -> CsvLine:
    since = area.first_week or week
    if area.satisfied is not None:
        return (week, area.id, since, *_share(area.satisfied), "")
    assert area.bound is not None, "one of the two is shown"
    side = MORE if area.bound.at_least else LESS
    return (week, area.id, since, area.bound.n, area.bound.percent, "", "", side)


def _channels(area: AreaDigest, week: str) -> Iterator[CsvLine]:
    if area.satisfied is None:
        return
    for channel in area.channels:
        yield (week, area.id, channel.channel, *_share(channel.satisfied))
    if area.other_channels is not None:
        yield (week, area.id, OTHERS, area.other_channels, "", "", "")


def _parts(
    digest: Digest, areas: Iterable[AreaDigest], blocks: Mapping[str, Block]
) -> Iterator[CsvLine]:
    """The other figures. Suppressed ones are not in the digest, so they are not here."""
    week = digest.week
    if digest.lookups is not None:
        yield (week, "", "consultas", digest.lookups, *NO_SHARE)
    if digest.lookups is not None and digest.not_found is not None:
        found = share_of(digest.lookups - digest.not_found, digest.lookups)
        yield (
            week,
            "",
            "sin hallar",
            digest.not_found,
            *(_share(found)[1:] if found else NO_SHARE),
        )
    if digest.completion is not None:
        yield (week, "", "al final", *_share(digest.completion))
    for area in areas:
        if area.net is not None and area.satisfied is not None:
            net = area.net
            yield (week, area.id, "neta", area.satisfied.n, net.points, net.low, net.high)
        for reason in area.reasons:
            block = blocks.get(area.id)
            named = block and share_of(reason.n, block.n - block.satisfied)
            shown = _share(named)[1:] if named else NO_SHARE
            yield (week, area.id, f"motivo {reason.id}", reason.n, *shown)
        if area.lookups is not None:
            yield (week, area.id, "consultas", area.lookups, *NO_SHARE)
        if area.useful is not None:
            yield (week, area.id, "sirvió", *_share(area.useful))


def _more_parts(digest: Digest, areas: Iterable[AreaDigest]) -> Iterator[CsvLine]:
    """The figures covered since ``WITH_ALL``. A total follows its parts, as the script needs."""
    week = digest.week
    if digest.online is not None:
        yield (week, "", "visitas ahorradas", *_share(digest.online))
    if digest.cases_in_time is not None:
        yield (week, "", f"casos en plazo {digest.cases_month}", *_share(digest.cases_in_time))
    for area in areas:
        if area.apart is not None:
            yield (week, area.id, "apartadas", area.apart, *NO_SHARE)
        if area.reading is not None:
            yield (week, area.id, *_reading(area.reading))
    if digest.reading is not None:
        yield (week, "", *_reading(digest.reading))


def _reading(census: Census) -> CsvLine:
    return "política leída", census.n, percent(census.part, census.n), "", ""


def _places(area: AreaDigest, week: str) -> Iterator[CsvLine]:
    for place in area.places:
        yield (week, area.id, _quoted(place.name), *_share(place.satisfied))
    if area.other_places is not None:
        yield (week, area.id, OTHERS, area.other_places, *NO_SHARE)


def _quoted(name: str) -> str:
    """A name, quoted for CSV if necessary."""
    return '"' + name.replace('"', '""') + '"' if {",", '"'} & set(name) else name


def _share(share: Share) -> CsvLine:
    return share.n, share.percent, share.low, share.high


def _points(charts: Iterable[AreaChart]) -> Iterator[tuple[AreaChart, ChartPoint]]:
    return ((chart, point) for chart in charts for point in chart.points)


def _chart_line(chart: AreaChart, point: ChartPoint) -> CsvLine:
    shown = "" if point.share is None else percent(round(point.share * point.n), point.n)
    return (
        chart.area,
        point.first_week,
        point.last_week,
        point.n,
        shown,
        *_limits(point.limits),
        _standing(chart, point),
    )


def _limits(limits: Limits | None) -> CsvLine:
    if limits is None:
        return "", ""
    return rounded_points(limits.low), rounded_points(limits.high)


def _standing(chart: AreaChart, point: ChartPoint) -> str:
    if not chart.bases:
        return "aún sin base"
    if point.in_baseline:
        return "base"
    return "sin señal" if point.direction is None else SAID[point.direction]


def _joined(line: Iterable[object]) -> str:
    """A line of CSV. Its values are ids, weeks, numbers and quoted names: no more quoting."""
    return ",".join(map(str, line))
