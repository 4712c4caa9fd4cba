"""A desk's code is found as people type it, and nothing else is taken for one."""

import pytest

from handlers.text.folding import fold
from handlers.understanding.reading.desk_codes import find_desk_code
from tests.packaged import packaged

KNOWN = {"j87fhe", "gnn7sr", "6audye", "caja", "trans1"}


def _found(text: str) -> str | None:
    return find_desk_code(fold(text), KNOWN, packaged().lexicon.desk)


@pytest.mark.parametrize(
    "text",
    [
        "Hola, mi código es J87fHE",
        "Código QR J87fHE",
        "el codigo: j87fhe",
        "Hola, quiero evaluar. Codigo J87fHE",
        "código J87-fHE",
        "codigo J 8 7 f H E",
        "CÓDIGO=J87FHE",
        "mi código QR del mesón es el J87fHE, gracias",
        "J87fHE",
        "j87fhe.",
        "J87-FHE",
        "hola, J87fHE por favor",
        "el qr dice «J87fHE»",
        "código nº J87fHE",
        "Ｃｏ́ｄｉｇｏ Ｊ８７ｆＨＥ",
        "el código del afiche es este: j87 fhe",
        "code: J87fHE",
        "cod. j87fhe",
        "tengo el codigo aqui\nJ87fHE",
        "J87fHE es mi código",
        "CODIGOJ87fHE",
        "hola, código:J87fHE",
        "QRJ87fHE",
        "codJ87fHE por favor",
        "kòd J87fHE",
        "kòd mwen se J87fHE",
        "bonjou, kòd biwo a se j87 fhe",
        "vengo de la oficina, me dieron este código J87fHE",
    ],
)
def test_a_code_typed_as_people_do_is_found(text: str) -> None:
    assert _found(text) == "j87fhe"


def test_a_code_without_a_digit_is_found_right_after_its_cue_only() -> None:
    assert _found("código: CAJA") == "caja"
    assert _found("mi código es caja") == "caja"
    assert _found("códigoCAJA") == "caja"
    for text in ("caja", "encaja", "no tengo código, pagué en la caja", "¿dónde está la caja?"):
        assert _found(text) is None, text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "código",
        "mi código es X99zzz",
        "código postal 1700000",
        "el código civil",
        "¿cuál es mi código?",
        "me atendió J87fHE muy bien y después fui a otra parte",
        "qr",
        "7",
        "codigo " + "j" * 50,
    ],
)
def test_what_is_no_code_is_left_to_the_conversation(text: str) -> None:
    assert _found(text) is None


def test_a_long_text_that_mentions_a_code_stays_a_text() -> None:
    text = (
        "el afiche con el código estaba roto y nadie supo decirme nada, esperé dos horas, y al "
        "final en el mesón J87fHE me dijeron que volviera mañana"
    )
    assert _found(text) is None
