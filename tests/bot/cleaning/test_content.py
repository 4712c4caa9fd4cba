"""What comes out of what citizens send: only what is seen, no matter what came in."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pikepdf import Dictionary, Pdf
from PIL import Image

from bot.cleaning.content import cleaned
from bot.cleaning.refusals import Reason, RefusedFile
from tests.files import SECRET, SOUND, bomb, document, packed_bomb, photo

MOST = 10_000_000
FORBIDDEN = (
    *(b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFiles", b"/EF", b"/OpenAction", b"/AA"),
    *(b"/URI", b"/XFA", b"/AcroForm", b"/Metadata", b"/Author", b"/FileAttachment", b"virus"),
)


def clean(data: bytes, *, voice: bool = False) -> tuple[str, bytes]:
    return cleaned(data, voice=voice, most=MOST)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_becomes_a_jpeg_without_metadata(format: str) -> None:
    before = io.BytesIO()
    Image.open(io.BytesIO(photo())).save(before, format)
    for data in (before.getvalue(), photo()):
        kind, content = clean(data)
        assert kind == "image/jpeg"
        with Image.open(io.BytesIO(content)) as after:
            assert after.format == "JPEG"
            assert after.size == (640, 480)
            assert not after.getexif()
            assert not set(after.info) & {"exif", "xmp", "comment", "icc_profile"}
            assert after.getpixel((10, 10))[0] > 180
            assert min(after.getpixel((600, 10))) > 240
        assert SECRET not in content


def test_a_picture_stands_upright_and_is_made_smaller() -> None:
    _, content = clean(photo((4000, 1000), turned=True))
    with Image.open(io.BytesIO(content)) as after:
        assert after.size == (640, 2560)
        assert after.getpixel((320, 100))[0] > 180


def test_what_is_transparent_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    _, content = clean(out.getvalue())
    with Image.open(io.BytesIO(content)) as after:
        assert min(after.getpixel((5, 5))) > 250


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.UNREADABLE),
        (b"MZ\x90\x00" + bytes(100), Reason.TYPE),
        (b"PK\x03\x04" + bytes(100), Reason.TYPE),  # a Word document
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Reason.TYPE),
        (b"<!doctype html><script>alert(1)</script>", Reason.TYPE),
        (SOUND, Reason.TYPE),  # said to be a picture
        (photo()[:200], Reason.UNREADABLE),
        (photo()[:-3000], Reason.UNREADABLE),
        (b"\xff\xd8\xff" + b"<script>" * 50, Reason.UNREADABLE),
        (b"%PDF-1.7\n<script>alert(1)</script>", Reason.UNREADABLE),
        (b"x" * 20 + document(), Reason.TYPE),  # begins as something else
        (bytes(MOST + 1), Reason.LARGE),
        (document(locked=True), Reason.LOCKED),
        (document(pages=101), Reason.DETAILED),
    ],
)
def test_what_is_not_kept_and_why(data: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedFile) as refused:
        clean(data)
    assert refused.value.reason is reason


def test_a_picture_that_unfolds_to_gigabytes_is_refused_before_it_is_decoded() -> None:
    data = bomb()
    assert len(data) < 5_000
    with pytest.raises(RefusedFile, match="detailed"):
        clean(data)


def test_a_document_that_unfolds_to_gigabytes_is_refused() -> None:
    data = packed_bomb()
    assert len(data) < 1_000_000
    with pytest.raises(RefusedFile, match="detailed"):
        clean(data)


def test_a_document_keeps_what_is_seen_and_nothing_that_does_anything() -> None:
    before = document()
    with Pdf.open(io.BytesIO(before)) as pdf:
        assert {"/OpenAction", "/Names", "/AcroForm", "/Metadata"} <= set(pdf.Root.keys())
    kind, content = clean(before)
    assert kind == "application/pdf"
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert set(pdf.Root.keys()) == {"/Pages", "/Type"}
        assert set(pdf.trailer.keys()) <= {"/Root", "/Size", "/ID"}
        plain = io.BytesIO()
        pdf.save(plain, compress_streams=False, object_stream_mode=1)
    for word in (*FORBIDDEN, SECRET):
        assert word not in plain.getvalue().replace(b"/AAPL", b""), word
        assert word not in content, word
    shown = pypdfium2.PdfDocument(content)[0]
    assert shown.get_textpage().get_text_range().strip() == "Boleta"
    pixel = shown.render().to_pil().getpixel((30, 150))
    assert pixel[0] > 150 > pixel[1]  # the picture is still there


def test_a_file_that_is_two_things_stays_only_the_one_that_is_seen() -> None:
    tail = b"PK\x03\x04<script>alert('x')</script>" + SECRET
    for data in (photo() + tail, document() + tail, photo(format="PNG") + tail):
        _, content = clean(data)
        assert b"script" not in content
        assert b"PK\x03\x04" not in content
        assert SECRET not in content


def test_a_form_keeps_what_was_filled_in() -> None:
    with Pdf.open(io.BytesIO(document())) as pdf:
        look = pdf.make_stream(b"0 0 1 rg 0 0 80 80 re f")
        look.Type, look.Subtype, look.BBox = "/XObject", "/Form", [0, 0, 80, 80]
        widget = Dictionary(
            Type="/Annot", Subtype="/Widget", FT="/Tx", Rect=[100, 100, 180, 180], F=4
        )
        widget.AP = Dictionary(N=look)
        pdf.pages[0].obj.Annots = [pdf.make_indirect(widget)]
        out = io.BytesIO()
        pdf.save(out)
    _, content = clean(out.getvalue())
    pixel = pypdfium2.PdfDocument(content)[0].render().to_pil().getpixel((140, 60))
    assert pixel[2] > 200 > pixel[0]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"OggS", "audio/ogg"),
        (b"#!AMR\n", "audio/amr"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xf1", "audio/aac"),
    ],
)
def test_an_audio_is_told_by_its_content_and_kept_as_it_is(head: bytes, kind: str) -> None:
    data = head + bytes(50)
    assert clean(data, voice=True) == (kind, data)


def test_what_is_no_audio_is_no_audio() -> None:
    for data in (photo(), document(), b"<html>", b"MZ"):
        with pytest.raises(RefusedFile, match="type"):
            clean(data, voice=True)
