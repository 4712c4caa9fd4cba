"""Posters, read back the way a phone reads them: from the picture of the printed page."""

from collections.abc import Sequence

import pypdfium2 as pdfium
import pytest
import zxingcpp

from bot.channels.links import ChannelLink
from bot.channels.registry import poster_links
from bot.config import Settings
from bot.reports.posters import PosterText, posters_of
from handlers.content.model import Content, Desk
from handlers.errors import OperatorError

DPI = 300
Sheet = tuple[str, bytes]
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


def sheets(
    links: Sequence[ChannelLink] = LINKS,
    desks: Sequence[Desk] = DESKS[:1],
    text: PosterText | None = None,
) -> list[Sheet]:
    return [sheet for desk in desks for sheet in posters_of(CONTENT, links, desk, text)]


def codes_of(sheet: Sheet) -> dict[str, float]:
    """Return what each code on the page says, and the side of the code in centimetres."""
    document = pdfium.PdfDocument(sheet[1])
    image = document[0].render(scale=DPI / 72).to_pil()
    document.close()
    codes = {}
    for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode):
        corners = code.position
        side = (corners.top_right.x - corners.top_left.x) / DPI * 2.54
        codes[code.text] = side
    return codes


def words_of(sheet: Sheet) -> str:
    document = pdfium.PdfDocument(sheet[1])
    words = document[0].get_textpage().get_text_range()
    document.close()
    return words


@pytest.mark.parametrize("size", ["a4", "a6"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_code_on_a_poster_reads_back_as_the_link_of_its_desk(count: int, size: str) -> None:
    made = sheets(LINKS[:count], DESKS)
    for desk in DESKS:
        (sheet,) = (one for one in made if one[0] == f"{desk.area}-{desk.token}-{size}.pdf")
        assert set(codes_of(sheet)) == {link.url_for(desk.token) for link in LINKS[:count]}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_first_channel_has_a_code_of_at_least_6_cm_on_a4(count: int) -> None:
    for links in (LINKS[:count], LINKS[::-1][:count]):
        sheet, _ = sheets(links)
        sides = codes_of(sheet)
        assert sides.pop(links[0].url_for("J87fHE")) >= 6
        assert all(side < 6 for side in sides.values())


def test_a_poster_is_one_page_of_its_paper() -> None:
    sizes = []
    for _, sheet in sheets():
        document = pdfium.PdfDocument(sheet)
        assert len(document) == 1
        sizes.append(tuple(round(side / 72 * 25.4) for side in document[0].get_size()))
        document.close()
    assert sizes == [(210, 297), (105, 148)]


def test_a_poster_says_question_desk_names_and_addresses_in_letters() -> None:
    for sheet in sheets():
        words = words_of(sheet)
        for expected in ("¿Cómo le", "atendimos?", "Tránsito", "Municipalidad de La Serena"):
            assert expected in words
        for link in LINKS:
            assert link.name in words
            for line in link.letters_for("J87fHE"):
                assert line in words


def test_nothing_on_a_poster_leaves_the_page_or_meets_a_code() -> None:
    long = links(
        "http://atencion-ciudadana-y-opinion.municipalidad-de-la-serena.example",
        "UnNombreDeBotQueTieneTreintaYDos",
    )
    text = PosterText(question="¿Qué nota le pone a la atención que recibió hoy en esta oficina?")
    for sheet in sheets(long, DESKS, text):
        desk = "J87fHE" if "J87fHE" in sheet[0] else "u3RrYW"
        assert set(codes_of(sheet)) == {link.url_for(desk) for link in long}
        document = pdfium.PdfDocument(sheet[1])
        width, height = document[0].get_size()
        page = document[0].get_textpage()
        boxes = [page.get_charbox(i) for i in range(page.count_chars())]
        document.close()
        assert min(left for left, *_ in boxes) > 0
        assert max(right for _, _, right, _ in boxes) < width
        assert max(top for *_, top in boxes) < height


def test_letters_that_a_pdf_font_lacks_are_replaced_by_plain_ones() -> None:
    desk = Desk(token="J87fHE", name="Ñuñoa – “Łódź” ☂", area="transito")
    sheet, _ = sheets(desks=[desk])
    assert 'Ñuñoa - "Lódz" [emoji]' in words_of(sheet)


def test_without_a_channel_no_poster_is_made() -> None:
    with pytest.raises(OperatorError, match="ningún canal tiene dirección"):
        sheets([])
