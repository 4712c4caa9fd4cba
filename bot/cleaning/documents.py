"""PDFs: their pages copied into a new document, and of these only what is seen.

By what is allowed, not by what is forbidden: the new document has no catalogue but its pages, so no
scripts, attached files, forms or actions at opening; annotations become part of their page or go.
What pages bring along is then looked through for what does something, or says who made it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, PdfError, Stream

from bot.cleaning.refusals import Reason, RefusedFile

MOST_PAGES = 100
MOST_UNFOLDED = 150_000_000  # bytes of all streams together, once they are unpacked
_OF_A_PAGE = {
    *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"),
    *("/Resources", "/Contents", "/Group"),
}
# Dropped from every dictionary: actions, scripts, embedded files, alternate images, author, dates.
_DROPPED = {
    *("/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/URI", "/Names", "/Dests"),
    *("/EF", "/EmbeddedFiles", "/AF", "/FS", "/XFA", "/AcroForm", "/RichMedia", "/Collection"),
    *("/Metadata", "/PieceInfo", "/LastModified", "/Alternates", "/OPI", "/Measure", "/PtData"),
}
_DROPPED_FILTERS = ("/Crypt",)
_PLAIN_FILTER = "/FlateDecode"
_JPEG_FILTER = "/DCTDecode"


def rewritten(data: bytes) -> bytes:
    """The pages of a PDF as a new one. Raises RefusedFile."""
    try:
        with Pdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise RefusedFile(Reason.LOCKED)
            return _copied(document)
    except PasswordError:
        raise RefusedFile(Reason.LOCKED) from None
    except RefusedFile:
        raise
    except (MemoryError, RecursionError):
        raise
    except (PdfError, ValueError, TypeError, KeyError, RuntimeError, zlib.error):
        raise RefusedFile(Reason.UNREADABLE) from None


def _copied(document: Pdf) -> bytes:
    if not 1 <= len(document.pages) <= MOST_PAGES:
        raise RefusedFile(Reason.DETAILED if len(document.pages) else Reason.UNREADABLE)
    document.flatten_annotations("screen")
    for page in document.pages:
        for key in set(page.obj.keys()) - _OF_A_PAGE:
            del page.obj[key]
    with Pdf.new() as copy:
        copy.pages.extend(document.pages)
        left = MOST_UNFOLDED
        for found in copy.objects:
            for dictionary in _dictionaries(found):
                _clean(dictionary)
            if isinstance(found, Stream):
                left -= _unfolded(found, left)
        out = io.BytesIO()
        copy.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def _dictionaries(root: Object) -> Iterator[Any]:
    """A dictionary or stream and those that stand directly in it; others are objects themselves."""
    waiting: list[tuple[Any, int]] = [(root, 0)]
    while waiting:
        entry, depth = waiting.pop()
        if depth > 50:
            raise RefusedFile(Reason.UNREADABLE)
        if isinstance(entry, Dictionary | Stream):
            yield entry
            inner = [entry.get(key) for key in entry.keys()]  # noqa: SIM118  # no mapping
        elif isinstance(entry, Array):
            inner = list(entry)
        else:
            continue
        waiting += [
            (each, depth + 1)
            for each in inner
            if isinstance(each, Dictionary | Stream | Array) and not each.is_indirect
        ]


def _clean(dictionary: Any) -> None:
    for key in set(dictionary.keys()) & _DROPPED:
        del dictionary[key]


def _unfolded(stream: Stream, left: int) -> int:
    """How large a stream is once it is unpacked; JPEGs inside lose what says where they were taken.

    Raises RefusedFile where that is more than ``left``, or packed in a way that is not looked into.
    """
    filters = _filters(stream)
    raw = bytes(stream.read_raw_bytes())
    if any(name in _DROPPED_FILTERS for name in filters):
        raise RefusedFile(Reason.LOCKED)
    if filters.count(_PLAIN_FILTER) > 1:
        raise RefusedFile(Reason.UNREADABLE)
    if filters == [_JPEG_FILTER]:
        stream.write(_without_metadata(raw), filter=Name.DCTDecode, decode_parms=_parms(stream))
    if filters[:1] != [_PLAIN_FILTER]:
        return len(raw)
    size, unpack = 0, zlib.decompressobj()
    while raw and size <= left:
        size += len(unpack.decompress(raw, 1_000_000))
        raw = unpack.unconsumed_tail
    if size > left:
        raise RefusedFile(Reason.DETAILED)
    return size


def _filters(stream: Stream) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(name) for name in found] if isinstance(found, Array) else [str(found)]


def _parms(stream: Stream) -> Any:
    return stream.get("/DecodeParms")


def _without_metadata(jpeg: bytes) -> bytes:
    """A JPEG without its segments of metadata (EXIF, XMP, comments); its picture is not touched.

    JFIF (APP0) and Adobe's (APP14) stay, as they tell how its colours are meant.
    """
    out, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        kind = jpeg[at + 1]
        if not (0xE1 <= kind <= 0xED or kind in (0xEF, 0xFE)):
            out += jpeg[at : at + length]
        at += length
    return bytes(out + jpeg[at:])
