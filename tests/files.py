"""Files as citizens send them, and as somebody would who means harm; made here, none is kept."""

from __future__ import annotations

import io
import struct
import zlib

from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream, String
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

SECRET = b"33.0472S-SECRETO"
SOUND = b"OggS" + bytes(200)


def photo(
    size: tuple[int, int] = (640, 480), format: str = "JPEG", *, turned: bool = False
) -> bytes:
    """A picture, red at its left half, with where and by what it was taken."""
    picture = Image.new("RGB", size, "#ffffff")
    picture.paste("#cc0000", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()  # the maker
    exif[0x0112] = 6 if turned else 1
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "S", tuple(IFDRational(n) for n in (29, 54, 9))
    out = io.BytesIO()
    if format == "PNG":
        picture.save(out, format, exif=exif)
    else:
        picture.save(out, format, exif=exif, comment=SECRET, quality=80)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of some kilobytes that says that it has 900 million points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def document(words: str = "Boleta", *, pages: int = 1, locked: bool = False) -> bytes:
    """A PDF with everything that it should not have."""
    with Pdf.new() as pdf:
        for _ in range(pages):
            _add_page(pdf, words)
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        launch = Dictionary(S=Name.Launch, F=String("calc.exe"))
        held = pdf.make_stream(SECRET)
        spec = Dictionary(Type=Name.Filespec, F=String("../../virus.exe"), EF=Dictionary(F=held))
        pdf.Root.OpenAction = script
        pdf.Root.AA = Dictionary(WC=script)
        pdf.Root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([String("x"), script])),
            EmbeddedFiles=Dictionary(Names=Array([String("x"), pdf.make_indirect(spec)])),
        )
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=String("<xdp/>"))
        page = pdf.pages[0].obj
        page.AA = Dictionary(O=launch)
        page.Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array([0, 0, 99, 99]),
                    A=Dictionary(S=Name.URI, URI=String("https://malo.example/")),
                ),
                Dictionary(
                    Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=spec
                ),
            ]
        )
        pdf.docinfo["/Author"] = SECRET.decode()
        with pdf.open_metadata() as about:
            about["dc:creator"] = [SECRET.decode()]
        out = io.BytesIO()
        pdf.save(out, encryption=Encryption(owner="a", user="b") if locked else False)
        return out.getvalue()


def packed_bomb(unfolded: int = 400_000_000) -> bytes:
    """A PDF whose page unfolds to hundreds of megabytes."""
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pack = zlib.compressobj(9)
        raw = b"".join(pack.compress(bytes(10_000_000)) for _ in range(unfolded // 10_000_000))
        stream = Stream(pdf, b"")
        stream.write(raw + pack.flush(), filter=Name.FlateDecode)
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
        return out.getvalue()


def _add_page(pdf: Pdf, words: str) -> None:
    pdf.add_blank_page(page_size=(200, 200))
    page = pdf.pages[-1].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    image = Stream(pdf, photo((64, 64)))
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = 64, 64, 8
    image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
    image.Metadata = pdf.make_stream(SECRET)
    page.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(Im0=image))
    drawn = f"BT /F1 20 Tf 20 150 Td ({words}) Tj ET q 64 0 0 64 20 20 cm /Im0 Do Q"
    page.Contents = pdf.make_stream(drawn.encode())
