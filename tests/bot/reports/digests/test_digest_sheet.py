"""The spreadsheet of a digest: what the mail says, with its figures as numbers."""

from __future__ import annotations

import io

from msgspec.structs import replace
from openpyxl import load_workbook

from bot.reports.digests.digest_xlsx import AREAS, digest_xlsx
from bot.reports.words.digest_words import verdict_text
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
        "O más, o menos": None,
        "6–7 menos 1–4": 38,
        "Entre": 13,
        "y": 58,
        "% antes": 67,
        "Diferencia": -4,
        "Diferencia desde": -15,
        "Diferencia hasta": 7,
        "Variación": verdict_text(TRANSITO),
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
    names = ("Respuestas", "% nota 6 o 7", "O más, o menos")
    assert [by_area["Cultura"][name] for name in names] == [50, 82, "o más"]
    assert [by_area["Turismo"][name] for name in AREAS[3:7]] == [None] * 4
    assert by_area["Turismo"]["O más, o menos"] == "Aún sin cifra"


def test_an_area_without_a_new_figure_has_the_last_one_with_its_weeks_as_in_the_mail() -> None:
    row = next(row for row in sheets(DIGEST)["Áreas"] if row[0] == "Cementerios")
    assert row[1:8] == ("2026-W40", "2026-W45", 32, 59, 42, 74, None)


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
    assert ("Nota 6 o 7, 1 área con cifra nueva", 48, 63, 48, 75) in read["Todas las áreas"]
    assert ("Tema de los comentarios: el costo", *[None] * 4) in read["Todas las áreas"]
    assert ("Consultas sin respuesta", 160, 37, None, None) in read["Todas las áreas"]
    assert ("Tránsito", "Felicitación", "Rápido y <amable> todo") in read["Comentarios"]


def test_an_area_alone_has_no_sheet_of_all_and_an_empty_digest_can_be_opened() -> None:
    assert "Todas las áreas" not in sheets(ALONE)
    assert len(sheets(NOBODY)["Desglose"]) == 1
