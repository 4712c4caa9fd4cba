"""What citizens sent: a photo is shown, the rest given out to be saved; each alone, in no page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.web.browsers import FILE_POLICY
from bot.web.panel.visit import Visit
from handlers.messages import ENDINGS
from handlers.own_record import StoredFile
from storage.cases import attachments
from storage.engine.database import Transaction

_SHOWN = "image/jpeg"  # re-encoded by us; a download would stay on a clerk's own phone
_ID = re.compile(r"[0-9]{1,18}|[1-8][0-9]{18}")


@dataclass(frozen=True, slots=True)
class _FileAt:
    """A file and its content, still encrypted. ``place``: among its note's files."""

    file: StoredFile
    encrypted: bytes
    place: int


async def in_case(visit: Visit) -> web.Response:
    """GET /panel/casos/{number}/archivos/{file}."""
    number = visit.request.match_info["number"]

    def find(tx: Transaction, id: int) -> _FileAt | None:
        found = attachments.content_in_case(tx, number, id)
        return found and _FileAt(*found, _place(attachments.of_case(tx, number), id))

    found = await visit.panel.database.write(partial(_find_and_audit, visit, find, number))
    return await _send(visit, found, number)


async def in_chat(visit: Visit) -> web.Response:
    """GET /panel/conversaciones/{chat}/archivos/{file}."""
    chat = int(visit.request.match_info["chat"])

    def find(tx: Transaction, id: int) -> _FileAt | None:
        found = attachments.content_in_handover(tx, chat, id)
        return found and _FileAt(*found, _place(attachments.of_handover(tx, chat), id))

    found = await visit.panel.database.write(partial(_find_and_audit, visit, find, f"chat:{chat}"))
    return await _send(visit, found, "conversacion")


def _find_and_audit(
    visit: Visit, find: Callable[[Transaction, int], _FileAt | None], subject: str, tx: Transaction
) -> _FileAt | None:
    """What the address names; that it was read is noted."""
    id = visit.request.match_info["file"]
    if _ID.fullmatch(id) is None:
        return None
    found = find(tx, int(id))
    if found is not None:
        visit.note(tx, "file-read", subject, id)
    return found


async def _send(visit: Visit, found: _FileAt | None, name: str) -> web.Response:
    if found is None:
        return visit.page("message.html.j2", status=404)
    media_type = found.file.media_type
    content = await asyncio.to_thread(visit.panel.keyring.decrypt_bytes, found.encrypted)
    name = f"{name}-{found.place}.{ENDINGS[media_type]}"
    how = "inline" if media_type == _SHOWN else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="{name}"',
        "Content-Security-Policy": FILE_POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=content, content_type=media_type, headers=headers)


def _place(files: list[StoredFile], id: int) -> int:
    return [file.id for file in files].index(id) + 1
