"""The spreadsheet of a digest: what the mail says, with its figures as numbers."""

from __future__ import annotations

import io

from msgspec.structs import replace
from openpyxl import load_workbook

from bot.reports.digests.digest_xlsx import AREAS, digest_xlsx
from handlers.quality.figures import Digest, PlaceShare, Share
from tests.bot.reports.digests.sample_digest import ALONE, CULTURA, DIGEST, NOBODY, TRANSITO


def sheets(digest: Digest) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(digest_xlsx(digest)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_each_figure_of_an_area_is_a_number_and_what_is_hidden_is_empty() -> None:
    header, *rows = sheets(DIGEST)["Áreas"]
    assert header == AREAS
    by_area = {row[0]: dict(zip(AREAS[1:], row[1:], strict=True)) for row in rows}
    assert list(by_area) == ["Cementerios", "Cultura", "Tránsito", "Turismo"]
    assert by_area["Tránsito"] == {
        "Desde la semana": "2026-W47",
        "Hasta la semana": "2026-W47",
        "Respuestas": 48,
        "% nota 6 o 7": 63,
        "Margen desde": 48,
        "Margen hasta": 75,
        "Cota": None,
        "6–7 menos 1–4": 38,
        "Entre": 13,
        "y": 58,
        "% antes": 67,
        "Diferencia": -4,
        "Sin terminar": 34,
        "Apartadas": None,
        "Consultas": 120,
        "% a quienes sirvió": 71,
        "Casos abiertos": 3,
        "Días del más antiguo": 12,
        "Casos fuera de plazo": 1,
        "Casos que vencen en los próximos 7 días": 2,
        "Fichas por confirmar": 5,
    }
    bound = by_area["Cultura"]
    assert (bound["Respuestas"], bound["% nota 6 o 7"], bound["Cota"]) == (50, 82, "o más")
    assert [by_area["Turismo"][name] for name in AREAS[3:7]] == [None] * 4
    assert by_area["Turismo"]["Cota"] == "Aún sin cifra"


def test_the_parts_of_areas_and_what_is_told_of_all_are_numbers_too() -> None:
    desk = PlaceShare("Mesón central", True, Share(30, 60, 42, 75))
    area = replace(TRANSITO, places=(desk,), other_places=18)
    read = sheets(replace(DIGEST, areas=(CULTURA, area)))
    assert read["Desglose"][1:] == [
        ("Tránsito", "Canal", "Página web", 30, 60, 42, 75),
        ("Tránsito", "Canal", "Otros canales", 18, None, None, None),
        ("Tránsito", "Punto de atención", "Mesón central", 30, 60, 42, 75),
        ("Tránsito", "Otros puntos y servicios", None, 18, None, None, None),
        ("Tránsito", "Motivo de notas 1 a 5", "Trato", 12, None, None, None),
        ("Tránsito", "Tema de los comentarios", "la espera", None, None, None, None),
        ("Tránsito", "Tema de los comentarios", "el trato", None, None, None, None),
    ]
    assert ("Nota 6 o 7, 1 áreas con cifra", 48, 63, 48, 75) in read["Todas las áreas"]
    assert ("Tema de los comentarios: el costo", *[None] * 4) in read["Todas las áreas"]
    assert ("Consultas sin respuesta", 160, 37, None, None) in read["Todas las áreas"]
    assert ("Tránsito", "Felicitación", "Rápido y <amable> todo") in read["Comentarios"]


def test_an_area_alone_has_no_sheet_of_all_and_an_empty_digest_can_be_opened() -> None:
    assert "Todas las áreas" not in sheets(ALONE)
    assert len(sheets(NOBODY)["Desglose"]) == 1
