"""The digest as a spreadsheet of numbers. Slow to import: import it only to write one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter

from bot.reports.quality import measure_words
from bot.reports.tables import Cell, harmless
from bot.reports.words import digest_words as words
from bot.reports.words.area_words import channel_name
from bot.reports.words.figure_words import NO_FIGURE, how_many
from handlers.quality.figures import AreaDigest, Bound, Digest, Points, Share

# Not one per line: columns that belong together stay side by side, as in the sheet.
AREAS = (
    "Área", "Desde la semana", "Hasta la semana", "Respuestas", "% nota 6 o 7", "Margen desde",
    "Margen hasta", "O más, o menos", "6–7 menos 1–4", "Entre", "y", "% antes", "Diferencia",
    "Diferencia desde", "Diferencia hasta", "Variación", "Sin terminar", "Apartadas", "Consultas",
    "% a quienes sirvió", "Casos abiertos", "Días del más antiguo",
    "Casos fuera de plazo", "Casos que vencen en los próximos 7 días", "Fichas por confirmar",
)  # fmt: skip
PARTS = (
    "Área", "Qué", "Cuál", "Respuestas", "% nota 6 o 7", "Margen desde", "Margen hasta",
)  # fmt: skip
WHOLE = ("Qué", "De cuántas", "Número o %", "Margen desde", "Margen hasta")
QUOTES = ("Área", "Qué", "Comentario")
_WIDE = {"Área": 26, "Cuál": 34, "Comentario": 100, "Qué": 34, "Variación": 60}
_WIDTH = 15  # column width in characters

Row = Sequence[Cell]


def digest_xlsx(digest: Digest) -> bytes:
    """What the mail says as sheets: sentences, areas, parts of areas, totals and comments.

    A suppressed figure is not in the digest, so its cell is empty.
    """
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"title": words.subject(digest), "created": digest.made_at})
        sheets = _Sheets(book)
        sheets.lines("Resumen", _note_lines(digest))
        sheets.table("Áreas", AREAS, (_area(area, digest.week) for area in digest.areas))
        sheets.table("Desglose", PARTS, (row for area in digest.areas for row in _parts(area)))
        if digest.scope is None:
            sheets.table("Todas las áreas", WHOLE, _municipality_rows(digest))
        quoted = (
            (area.short_name, words.quote_label(quote), quote.text)
            for area in digest.areas
            for quote in area.quotes
        )
        sheets.table("Comentarios", QUOTES, quoted)
    return packed.getvalue()


class _Sheets:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "bg_color": "#EBEBEB", "text_wrap": True})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def lines(self, name: str, lines: Iterable[str]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 100)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, harmless(line), self._wrapped)

    def table(self, name: str, header: Sequence[str], rows: Iterable[Row]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for column, title in enumerate(header):
            sheet.set_column(column, column, _WIDE.get(title, _WIDTH))
            sheet.write_string(0, column, title, self._bold)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, harmless(cell), self._wrapped)
                elif isinstance(cell, int):
                    sheet.write_number(at, column, cell)


def _note_lines(digest: Digest) -> Iterator[str]:
    yield f"Resumen semanal · {digest.municipality}"
    yield words.heading(digest)
    if digest.made_up:
        yield words.MADE_UP
    yield words.finding(digest)
    yield from measure_words.digest_lines(digest)
    yield ""
    yield from words.notes(digest)


def _area(area: AreaDigest, week: str) -> Row:
    change, cases = area.change, area.cases
    return (
        area.short_name,
        *_newest(area, week),
        *_points(area.net),
        change.baseline.percent if change else None,
        *((change.points, change.low, change.high) if change else (None, None, None)),
        words.verdict_text(area),
        area.pending,
        area.apart,
        area.lookups,
        area.useful.percent if area.useful else None,
        cases.n if cases else None,
        cases.oldest_days if cases else None,
        cases.late if cases else None,
        cases.due if cases else None,
        area.unconfirmed.n if area.unconfirmed else None,
    )


def _newest(area: AreaDigest, week: str) -> Row:
    """The area's newest figure and its weeks: of the digest's week, else an earlier one."""
    if area.latest is not None:
        last = area.latest
        return (last.first_week, last.last_week, *_figure(last.satisfied, last.bound))
    if area.satisfied or area.bound:
        return (area.first_week or week, week, *_figure(area.satisfied, area.bound))
    return (None, None, *_figure(None, None))


def _figure(share: Share | None, bound: Bound | None) -> Row:
    if share is not None:
        return (*_share(share), None)
    if bound is not None:
        return (bound.n, bound.percent, None, None, "o más" if bound.at_least else "o menos")
    return (None, None, None, None, NO_FIGURE)


def _points(net: Points | None) -> Row:
    return (None, None, None) if net is None else (net.points, net.low, net.high)


def _share(share: Share) -> Row:
    return share.n, share.percent, share.low, share.high


def _parts(area: AreaDigest) -> Iterator[Row]:
    for channel in area.channels:
        named = channel_name(channel.channel)
        yield (area.short_name, "Canal", named, *_share(channel.satisfied))
    if area.other_channels is not None:
        yield (area.short_name, "Canal", "Otros canales", area.other_channels)
    for place in area.places:
        what = "Punto de atención" if place.is_desk else "Servicio"
        yield (area.short_name, what, place.name, *_share(place.satisfied))
    if area.other_places is not None:
        yield (area.short_name, "Otros puntos y servicios", None, area.other_places)
    for reason in area.reasons:
        yield (area.short_name, "Motivo de notas 1 a 5", reason.text, reason.n)
    for topic in area.topics:
        yield (area.short_name, "Tema de los comentarios", topic)


def _municipality_rows(digest: Digest) -> Iterator[Row]:
    if digest.total is not None:
        areas = how_many(digest.total.areas, "área", "áreas")
        yield _shared(f"Nota 6 o 7, {areas} con cifra nueva", digest.total.satisfied)
    if digest.completion is not None:
        yield _shared("De quienes empezaron a calificar, terminaron", digest.completion)
    if digest.lookups is not None:
        yield ("Consultas", None, digest.lookups)
    if digest.not_found is not None:
        yield ("Consultas sin respuesta", digest.lookups, digest.not_found)
    if digest.online is not None:
        yield _shared("Consultas de trámites que se hacen en línea", digest.online)
    if digest.cases_in_time is not None:
        yield _shared(f"Casos respondidos en plazo, {digest.cases_month}", digest.cases_in_time)
    if digest.reading is not None:
        yield ("Personal que entendió la política", digest.reading.n, digest.reading.part)
    for topic in digest.topics:
        yield (f"Tema de los comentarios: {topic}",)
    for query in digest.not_found_queries:
        yield (f"Se repitió sin respuesta: {query}",)


def _shared(what: str, share: Share) -> Row:
    return (what, share.n, share.percent, share.low, share.high)
