"""Forms with a file: read part by part into memory; the file is rewritten."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import BodyPartReader, web

from bot.cleaning.refusals import Reason
from bot.cleaning.sandbox import clean
from handlers.facts.cases import FileOfStaff
from storage.engine.keyring import Keyring

FIELD = "file"
MULTIPART = "multipart/form-data"
REFUSED = {
    Reason.LARGE: "El archivo es demasiado grande.",
    Reason.DETAILED: "La foto tiene demasiada resolución, o el PDF demasiadas páginas.",
    Reason.TYPE: "Solo se puede mandar una foto o un PDF.",
    Reason.UNREADABLE: "El archivo no se pudo abrir: puede estar dañado.",
    Reason.LOCKED: "El PDF tiene clave: guárdelo sin ella.",
    Reason.GONE: "El archivo no llegó.",
}

EMPTY = "El archivo está vacío."


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. ``refused``: why the file that came with it is not kept."""

    fields: dict[str, str]
    file: bytes = b""
    refused: str = ""


async def read_form(request: web.Request, most: int, words: int) -> Filled | None:
    """The form, with a file of at most ``most`` bytes and ``words`` bytes of everything else; None:
    it is none, or its words are longer."""
    fields: dict[str, str] = {}
    file, is_chosen, too_large, room = bytearray(), False, False, words
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                return None
            is_chosen = is_chosen or (part.name == FIELD and bool(part.filename))
            text = bytearray()
            while chunk := await part.read_chunk():
                if part.name == FIELD:
                    file += b"" if too_large else chunk
                    too_large = len(file) > most
                    continue
                text += chunk
                room -= len(chunk)
                if room < 0:
                    return None
            if part.name != FIELD:
                fields[part.name] = text.decode()
    except ValueError:  # no boundary, a part that does not end, other bytes than text
        return None
    if too_large:
        return Filled(fields, refused=REFUSED[Reason.LARGE])
    return Filled(fields, bytes(file), EMPTY if is_chosen and not file else "")


async def made_harmless(data: bytes, keyring: Keyring, most: int) -> FileOfStaff | str:
    """The file as it is kept and sent; or why not, in words."""
    cleaned = await clean(data, voice=False, most=most)
    if isinstance(cleaned, Reason):
        return REFUSED[cleaned]
    encrypted = await asyncio.to_thread(keyring.encrypt_bytes, cleaned.content)
    return FileOfStaff(cleaned.media_type, encrypted, len(cleaned.content))
