"""Posters, read back the way a phone reads them: from the picture of the printed page."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp

from bot.channels.links import ChannelLink
from bot.channels.registry import poster_links
from bot.config import Settings
from bot.reports.posters import PosterText, write_posters
from handlers.content.model import Content, Desk
from handlers.errors import OperatorError

DPI = 300
DESKS = (
    Desk(token="J87fHE", name="Tránsito", area="transito"),
    Desk(token="u3RrYW", name="Dirección de Obras (DOM)", area="obras", service="certificados"),
)
CONTENT = Content(
    municipality="Municipalidad de La Serena",
    short_name="La Serena",
    areas=(),
    services=(),
    desks=DESKS,
    institutions=(),
    meanings=(),
    emergencies=(),
    questionnaires=(),
)


def links(web: str, telegram: str) -> list[ChannelLink]:
    values = {
        "whatsapp": {"display_number": "56900000000"},
        "web": {"public_url": web},
        "telegram": {"bot_name": telegram},
    }
    found = poster_links(Settings.model_validate(values))
    return [link for _, link in found if isinstance(link, ChannelLink)]


LINKS = links("https://opina.laserena.example", "OpinaLaSerenaBot")


def codes_of(path: Path) -> dict[str, float]:
    """Return what each code on the page says, and the side of the code in centimetres."""
    document = pdfium.PdfDocument(str(path))
    image = document[0].render(scale=DPI / 72).to_pil()
    document.close()
    codes = {}
    for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode):
        corners = code.position
        side = (corners.top_right.x - corners.top_left.x) / DPI * 2.54
        codes[code.text] = side
    return codes


def words_of(path: Path) -> str:
    document = pdfium.PdfDocument(str(path))
    words = document[0].get_textpage().get_text_range()
    document.close()
    return words


@pytest.mark.parametrize("size", ["a4", "a6"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_code_on_a_poster_reads_back_as_the_link_of_its_desk(
    tmp_path: Path, count: int, size: str
) -> None:
    paths = write_posters(CONTENT, LINKS[:count], tmp_path)
    for desk in DESKS:
        (path,) = (p for p in paths if p.name == f"{desk.area}-{desk.token}-{size}.pdf")
        assert set(codes_of(path)) == {link.url_for(desk.token) for link in LINKS[:count]}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_first_channel_has_a_code_of_at_least_6_cm_on_a4(tmp_path: Path, count: int) -> None:
    for links in (LINKS[:count], LINKS[::-1][:count]):
        path, _ = write_posters(CONTENT, links, tmp_path, DESKS[:1])
        sides = codes_of(path)
        assert sides.pop(links[0].url_for("J87fHE")) >= 6
        assert all(side < 6 for side in sides.values())


def test_a_poster_is_one_page_of_its_paper(tmp_path: Path) -> None:
    sizes = []
    for path in write_posters(CONTENT, LINKS, tmp_path, DESKS[:1]):
        document = pdfium.PdfDocument(str(path))
        assert len(document) == 1
        sizes.append(tuple(round(side / 72 * 25.4) for side in document[0].get_size()))
        document.close()
    assert sizes == [(210, 297), (105, 148)]


def test_a_poster_says_question_desk_names_and_addresses_in_letters(tmp_path: Path) -> None:
    for path in write_posters(CONTENT, LINKS, tmp_path, DESKS[:1]):
        words = words_of(path)
        for expected in ("¿Cómo le", "atendimos?", "Tránsito", "Municipalidad de La Serena"):
            assert expected in words
        for link in LINKS:
            assert link.name in words
            for line in link.letters_for("J87fHE"):
                assert line in words


def test_nothing_on_a_poster_leaves_the_page_or_meets_a_code(tmp_path: Path) -> None:
    long = links(
        "http://atencion-ciudadana.municipalidad.example/opina/la-serena",
        "UnNombreDeBotQueTieneTreintaYDosB",
    )
    text = PosterText(question="¿Qué nota le pone a la atención que recibió hoy en esta oficina?")
    for path in write_posters(CONTENT, long, tmp_path, DESKS, text):
        desk = "J87fHE" if "J87fHE" in path.name else "u3RrYW"
        assert set(codes_of(path)) == {link.url_for(desk) for link in long}
        document = pdfium.PdfDocument(str(path))
        width, height = document[0].get_size()
        page = document[0].get_textpage()
        boxes = [page.get_charbox(i) for i in range(page.count_chars())]
        document.close()
        assert min(left for left, *_ in boxes) > 0
        assert max(right for _, _, right, _ in boxes) < width
        assert max(top for *_, top in boxes) < height


def test_letters_that_a_pdf_font_lacks_are_replaced_by_plain_ones(tmp_path: Path) -> None:
    desk = Desk(token="J87fHE", name="Ñuñoa – “Łódź” ☂", area="transito")
    path, _ = write_posters(CONTENT, LINKS, tmp_path, (desk,))
    assert 'Ñuñoa - "?ódz" ?' in words_of(path)


def test_without_a_channel_no_poster_is_written(tmp_path: Path) -> None:
    none: list[ChannelLink] = []
    with pytest.raises(OperatorError, match="ningún canal tiene dirección"):
        write_posters(CONTENT, none, tmp_path / "out")
    assert not (tmp_path / "out").exists()
