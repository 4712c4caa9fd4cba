"""Masking of personal details: recall by kind on labelled comments, and what must stay."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.privacy import masking
from handlers.privacy.masking import PLACEHOLDERS, PersonalSpan
from tests.packaged import packaged
from tests.simulations import masking as figures

COMMENTS = figures.labelled()
# Measured on the 200 comments: every one of the 63 labelled details, no false mask. The floors
# leave room for honest labels to be added, not for a pattern to break.
RECALL_FLOORS = {
    "rut": 1.0,
    "phone": 1.0,
    "email": 1.0,
    "plate": 1.0,
    "address": 0.9,
    "name": 0.9,
}
FALSE_MASK_CEILING = 0.01


NAMES = packaged().lexicon.names


def mask(text: str) -> str:
    return masking.mask(text, NAMES)


def personal_spans(text: str) -> list[PersonalSpan]:
    return masking.personal_spans(text, NAMES)


def test_recall_by_kind_stays_over_its_floor() -> None:
    recall = figures.recall([one for c in COMMENTS for one in c.details(NAMES)])
    assert recall.keys() == RECALL_FLOORS.keys()
    assert {kind for kind in recall if recall[kind] < RECALL_FLOORS[kind]} == set(), recall


def test_most_of_what_is_hard_to_tell_is_masked() -> None:
    """30, 45 and 80 % of three lots when first measured; seen by the rules since: 95 % now."""
    cases = figures.hard()
    assert len(cases) == 159
    assert figures.recall([one for c in cases for one in c.details(NAMES)])[figures.HARD] >= 0.9


def test_comments_without_personal_details_stay_as_they_are() -> None:
    clean = [c.text for c in COMMENTS if not c.labels]
    masked = [text for text in clean if mask(text) != text]
    assert len(clean) >= 150
    assert len(masked) / len(clean) <= FALSE_MASK_CEILING, masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mi rut 12345678-5", "mi rut [RUT]"),
        ("rut 12.345.678-k y 7.654.321", "rut [RUT] y [RUT]"),
        ("rut 12 345 678 5", "rut [RUT]"),
        ("7654321k", "[RUT]"),
        ("123456785", "[RUT]"),  # valid check digit, nothing between
        ("fono 51 2 201312 o 512201312", "fono [teléfono] o [teléfono]"),
        ("+56 9 1234 5678, (9) 1234 5678", "[teléfono], [teléfono]"),
        ("al 912345678 o 9-1234-5678", "al [teléfono] o [teléfono]"),
        ("a juan.perez+muni@example.cl.", "a [correo]."),
        ("auto BB-CC-12, moto ABC12, AA1234", "auto [patente], moto [patente], [patente]"),
        ("patente abcd 12", "patente [patente]"),
        ("la señora maria gonzalez atendió", "la señora [nombre] atendió"),
        ("don juan perez no estaba", "don [nombre] no estaba"),
        ("con la Sra. Marta y el dr. Soto", "con la Sra. [nombre] y el dr. [nombre]"),
        ("la señora Huenumán, sí", "la señora [nombre], sí"),
        ("Soy María. Me llamo Ana María de los Ángeles Pérez", "Soy [nombre]. Me llamo [nombre]"),
        ("me llamo kevin y no", "me llamo [nombre] y no"),
        ("SOY JUAN PEREZ", "SOY [nombre]"),
        ("vivo en calle balmaceda 1234", "vivo en [dirección]"),
        ("Av. Francisco de Aguirre 0250 depto 301", "[dirección]"),
    ],
)
def test_a_personal_detail_is_replaced_by_what_it_was(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("PEDRO PUNTO SOTO ARROBA GMAIL PUNTO COM", "[correo]"),
        ("pedro punto soto a\u200brroba gmail punto com", "[correo]"),
        ("pedro.soto (arroba) gmail.com", "[correo]"),
        ("NUEVE OCHO SIETE SEIS CINCO CUATRO TRES DOS", "[número]"),
        ("nueve\u200b ocho siete seis cinco cuatro", "[número]"),
        ("al 9\u200b8765\u200b4321", "al [teléfono]"),
        ("１２３４５６７８９", "[número]"),  # of another script
        ("mi vecina juana quispe", "mi vecina [nombre]"),
        ("MI VECINA JUANA QUISPE", "MI VECINA [nombre]"),
        ("mi veci\u00adna juana quispe", "mi veci\u00adna [nombre]"),
        ("mi vecina\u00a0juana quispe", "mi vecina\u00a0[nombre]"),
        ("mi vecina la marisol y la srta ana-maría", "mi vecina la [nombre] y la srta [nombre]"),
        ("madanm mwen Rose-Merline, my son Kervens", "madanm mwen [nombre], my son [nombre]"),
        ('dijo "la paciente tiene sífilis"', 'dijo "[salud]"'),
        ("pedro dot soto at gmail dot com", "[correo]"),
    ],
)
def test_what_stands_beside_a_detail_is_seen_however_it_is_written(text: str, masked: str) -> None:
    """Without it nothing is looked for: a mail has an "at", a telephone digits or their names."""
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "La señora del aseo fue muy amable, una señora mayor me ayudó",
        "Pagué $12.500.000 y 12.500.000 pesos, folio 887123 del 15-03-2025 a las 13:40",
        "La calle hace 15 años está mala, desde 2019; patente de 2023, art. 154",
        "CESFAM Pedro Aguirre Cerda, Biblioteca Municipal Alonso de Ercilla",
        "Soy jubilada; la oficina es DIDECO y la encargada OMIL no contesta al 1457",
        "Expediente 2023-4471, ley 19.628, 3 UTM",
        "me llamo la atención, mi hija la llevó al cesfam y con la paloma de la plaza",
        'la charla "vivir con diabetes" estuvo buena, dijeron "vuelva mañana"',
        "my husband waited two hours, mwen rele ponpye yo, look at the new park",
    ],
)
def test_amounts_dates_places_and_trades_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=200))
def test_any_text_is_masked_without_error_and_spans_are_apart(text: str) -> None:
    spans = personal_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.kind in PLACEHOLDERS and span.start < span.end for span in spans)


@pytest.mark.parametrize("comment", COMMENTS)
def test_masking_twice_adds_nothing(comment: figures.Comment) -> None:
    assert mask(mask(comment.text)) == mask(comment.text)
