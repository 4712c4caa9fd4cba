"""A file of a case: given out to be saved, never shown within a page of ours."""

from __future__ import annotations

import asyncio
from functools import partial

from aiohttp import web

from bot.web.panel.visit import Visit
from handlers.messages import ENDINGS
from handlers.state import StoredFile
from storage.cases import attachments
from storage.engine.database import Transaction

# Even if a browser shows the file after all, it lets it do nothing.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
_LONGEST_ID = 19


async def page(visit: Visit) -> web.Response:
    """GET /panel/casos/{number}/archivos/{file}."""
    id = visit.request.match_info["file"]
    if not (id.isascii() and id.isdecimal() and len(id) <= _LONGEST_ID):
        return visit.page("message.html.j2", status=404)
    found = await visit.panel.database.write(partial(_opened, visit, int(id)))
    if found is None:
        return visit.page("message.html.j2", status=404)
    file, place, sealed = found
    content = await asyncio.to_thread(visit.panel.keyring.decrypt_bytes, sealed)
    name = f"{visit.request.match_info['number']}-{place}.{ENDINGS[file.media_type]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=content, content_type=file.media_type, headers=headers)


def _opened(visit: Visit, id: int, tx: Transaction) -> tuple[StoredFile, int, bytes] | None:
    """The file, its place among those of its case, and its content; that it was read is noted."""
    number = visit.request.match_info["number"]
    found = attachments.content_in_case(tx, number, id)
    if found is None:
        return None
    visit.note(tx, "file-read", number, str(id))
    ids = [file.id for file in attachments.of_case(tx, number)]
    file, sealed = found
    return file, ids.index(file.id) + 1, sealed
