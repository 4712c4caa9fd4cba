"""A sector is left out of a question, and of content that names none nothing is."""

from __future__ import annotations

import pytest

from handlers.search.question.sectors import SectorNames
from handlers.search.words import Sectors

NAMED = Sectors(names=("La Antena", "Las Compañías"), before=("en", "vivo en"))


@pytest.mark.parametrize(
    ("sectors", "text", "rest"),
    [
        (NAMED, "retiro de muebles en La Antena", "retiro de muebles"),
        (NAMED, "vivo en las compañías, pago de basura", "pago de basura"),
        (NAMED, "retiro de muebles en la casa", ""),
        (Sectors(), "retiro de muebles en La Antena", ""),
        (Sectors(before=("en",)), "retiro de muebles en La Antena", ""),
    ],
)
def test_a_sector_is_left_out_of_a_question(sectors: Sectors, text: str, rest: str) -> None:
    assert SectorNames(sectors).left_out(text) == rest
