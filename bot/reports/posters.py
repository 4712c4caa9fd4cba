"""Posters with QR codes for each desk: an A4 sheet for the wall, an A6 one for the counter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import segno
from fpdf import FPDF
from fpdf.enums import PathPaintRule, WrapMode, XPos, YPos

from bot.channels.links import ChannelLink
from bot.reports.latin import printable
from handlers.content.model import Content, Desk
from handlers.errors import OperatorError

# Millimetres on A4. A6 (105 × 148 mm) is the same sheet at half the size.
MARGIN = 16.0
WIDTH = 210.0 - 2 * MARGIN
BOTTOM = 297.0 - MARGIN
GAP = 9.0
SMALL_GAP = 6.0  # more than the 4 modules of white that a QR code needs around it
SMALL_CODE = 32.0
LARGE_TYPE = (32.0, 18.0)  # points, for the channel's name and its address
SMALL_TYPE = (17.0, 12.5)
SIZES = {"a4": 1.0, "a6": 0.5}
PAPER = {"a4": (210.0, 297.0), "a6": (105.0, 148.0)}
POINT = 25.4 / 72  # millimetres
MAX_CHANNELS = 3


@dataclass(frozen=True, slots=True)
class PosterText:
    """A poster's fixed texts."""

    question: str = "¿Cómo le atendimos?"
    sentence: str = "Apunte la cámara de su teléfono y ponga una nota, de 1 a 7."


def posters_of(
    content: Content,
    links: Sequence[ChannelLink],
    desk: Desk,
    text: PosterText | None = None,
) -> Iterator[tuple[str, bytes]]:
    """A desk's sheets, as pairs of file name (``AREA-TOKEN-a4.pdf``, ``…-a6.pdf``) and PDF.

    The first link gets the large code. Raises OperatorError if no channel is on.
    """
    if not links:
        raise OperatorError(
            "ningún canal tiene dirección, y el afiche no llevaría a ninguna parte; configure "
            "[web] public_url, [telegram] bot_name o [whatsapp] display_number"
        )
    for size in SIZES:
        sheet = _Sheet(size, f"{desk.name} · {content.municipality}")
        sheet.compose(content.municipality, desk, links[:MAX_CHANNELS], text or PosterText())
        yield f"{desk.area}-{desk.token}-{size}.pdf", bytes(sheet.pdf.output())


class _Sheet:
    """One page. Lengths are in millimetres and type sizes in points, both as on A4."""

    def __init__(self, size: str, title: str) -> None:
        self._scale = SIZES[size]
        self.pdf = FPDF(unit="mm", format=PAPER[size])
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self.pdf.set_title(printable(title))
        self.pdf.set_lang("es-CL")
        self.pdf.add_page()

    def compose(
        self, municipality: str, desk: Desk, links: Sequence[ChannelLink], text: PosterText
    ) -> None:
        """Draw the heading and texts from the top, the codes and the municipality from the foot."""
        self._line(desk.name, MARGIN + 1, 20, "B")
        below = self._headline(text.question, MARGIN + 16, "B", (2, 3), 95)
        self._headline(text.sentence, below + 6, "", (2,), 26)
        foot = BOTTOM - 5
        self._line(municipality, foot, 13, "")
        others = links[1:]
        foot -= 10
        if others:
            foot -= SMALL_CODE
            column = (WIDTH - GAP * (len(others) - 1)) / len(others)
            for place, link in enumerate(others):
                box = (MARGIN + place * (column + GAP), foot, column)
                self._channel(link, desk.token, box, SMALL_CODE)
            foot -= 16
        large = 76.0 if others else 96.0
        self._channel(links[0], desk.token, (MARGIN, foot - large, WIDTH), large)

    def _headline(
        self, text: str, top: float, style: str, counts: Sequence[int], size: float
    ) -> float:
        """Set ``text`` in balanced lines, as large as they fit up to ``size``; return their end."""
        fits = [self._fitted(printable(text), style, count, size) for count in counts]
        lines, size = max(fits, key=lambda fit: fit[1])
        height = size * POINT * (1.0 if style else 1.25)
        for line in lines:
            self._line(line, top, size, style)
            top += height
        return top

    def _fitted(
        self, text: str, style: str, count: int, size: float
    ) -> tuple[tuple[str, ...], float]:
        """Break ``text`` into at most ``count`` balanced lines; return them and the size that fits.

        ``size`` is for two lines; more are set smaller, to leave the codes their room.
        """
        self.pdf.set_font("Helvetica", style, 100)
        widths = {
            tuple(lines): max(self.pdf.get_string_width(line) for line in lines)
            for lines in _breaks(text.split(), count)
        }
        best, width = min(widths.items(), key=lambda item: item[1])
        return best, min(100 * WIDTH / width, size * 2 / max(len(best), 2))

    def _channel(
        self, link: ChannelLink, token: str, box: tuple[float, float, float], side: float
    ) -> None:
        """Draw a code in ``box`` (left, top, width), with the channel's name and address."""
        left, top, width = box
        self._code(link.url_for(token), left, top, side)
        large = side > SMALL_CODE
        gap = GAP if large else SMALL_GAP
        beside = left + side + gap
        width -= side + gap
        name_size, letter_size = LARGE_TYPE if large else SMALL_TYPE
        # Align the top of the capitals with the code's edge.
        self._line(link.name, top - name_size * POINT * 0.14, name_size, "B", beside)
        top += name_size * POINT * 1.15
        letters = link.letters_for(token)
        size = self._size_for(letters, width, letter_size)
        for line in letters:
            top = self._lines(line, (beside, top, width), size)

    def _size_for(self, lines: Sequence[str], width: float, size: float) -> float:
        """The largest type size up to ``size`` at which no line breaks, but at least 70 % of it."""
        self.pdf.set_font("Helvetica", "", 100)
        widest = max(self.pdf.get_string_width(printable(line)) for line in lines)
        return max(min(size, 100 * width / widest * 0.99), size * 0.7)

    def _code(self, url: str, left: float, top: float, side: float) -> None:
        """Draw the code as one path: between separate squares hairlines would show."""
        code = segno.make_qr(url, error="m", boost_error=True)
        rows = [bytes(row) for row in code.matrix]
        module = side / len(rows)
        scale = self._scale
        with self.pdf.new_path(paint_rule=PathPaintRule.FILL_NONZERO) as path:
            path.style.fill_color = "#000000"
            for row, start, end in _runs(rows):
                path.rectangle(
                    (left + start * module) * scale,
                    (top + row * module) * scale,
                    (end - start) * module * scale,
                    module * scale,
                )
        self.pdf.link(left * scale, top * scale, side * scale, side * scale, url)

    def _line(self, text: str, top: float, size: float, style: str, left: float = MARGIN) -> None:
        self.pdf.set_font("Helvetica", style, size * self._scale)
        self.pdf.set_xy(left * self._scale, top * self._scale)
        self.pdf.cell(h=size * POINT * self._scale, text=printable(text))

    def _lines(self, text: str, box: tuple[float, float, float], size: float) -> float:
        """Set an address within ``box`` (left, top, width); return where it ends."""
        left, top, width = (length * self._scale for length in box)
        self.pdf.set_font("Helvetica", "", size * self._scale)
        self.pdf.set_xy(left, top)
        self.pdf.multi_cell(
            w=width,
            h=size * POINT * 1.3 * self._scale,
            text=printable(text),
            align="L",
            wrapmode=WrapMode.CHAR,
            new_x=XPos.LEFT,
            new_y=YPos.NEXT,
        )
        return float(self.pdf.get_y()) / self._scale


def _breaks(words: list[str], count: int) -> Iterator[list[str]]:
    """Every way to set ``words`` in at most ``count`` lines."""
    if count == 1 or len(words) == 1:
        yield [" ".join(words)]
        return
    yield [" ".join(words)]
    for cut in range(1, len(words)):
        for rest in _breaks(words[cut:], count - 1):
            yield [" ".join(words[:cut]), *rest]


def _runs(rows: Sequence[bytes]) -> Iterator[tuple[int, int, int]]:
    """(row, start, end) of each run of dark modules."""
    for number, row in enumerate(rows):
        start = None
        for column, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield number, start, column
                start = None
