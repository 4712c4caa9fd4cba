"""Pictures: decoded within bounds and re-encoded, so that only what is seen remains."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from bot.cleaning.refusals import Reason, RefusedFile

MOST_PIXELS = 60_000_000  # the cameras of today's telephones have up to 50; 108 and 200 are shrunk
LONGEST_SIDE = 2560  # enough to read a letter that was photographed
QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_WHITE = "#ffffff"


def rewritten(data: bytes) -> bytes:
    """The picture as a JPEG without metadata, upright. Raises RefusedFile.

    Of an animation the first picture. Nothing is decoded before its size is known and allowed.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise RefusedFile(Reason.DETAILED)
                # A JPEG can be decoded at a fraction of its size, which is enough here.
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                seen = ImageOps.exif_transpose(picture)
                seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                return _encode(seen)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise RefusedFile(Reason.DETAILED) from None
    except RefusedFile:
        raise
    except MemoryError:
        raise
    except Exception:  # a broken file makes decoders raise anything
        raise RefusedFile(Reason.UNREADABLE) from None


def _encode(picture: Image.Image) -> bytes:
    """On white where it is transparent. A new picture has none of the old one's metadata."""
    opaque = picture.convert("RGBA") if picture.has_transparency_data else picture.convert("RGB")
    plain = Image.new("RGB", opaque.size, _WHITE)
    plain.paste(opaque, mask=opaque if opaque.mode == "RGBA" else None)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
