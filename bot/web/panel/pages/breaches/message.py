"""Telling those whom a breach affects in the chat: gone over first, then sent, each once."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.reports.breaches import breach_words as words
from bot.web.panel.faults import Fault, WrongForm
from bot.web.panel.pages.breaches.breach import (
    CHANGED,
    LONGEST_TOLD,
    changed,
    must_be_current,
    read_breach,
    shown,
    version,
)
from bot.web.panel.pages.breaches.form import text_of
from bot.web.panel.visit import Visit, number_in
from handlers.privacy.breaches.steps import CitizensTold, Event
from storage.privacy.breaches import counts
from storage.privacy.breaches.reading import Counted

GOING_OUT = "El aviso anterior aún se está enviando: espere un momento y hágalo otra vez."
_OWN = ("form_token", "version", "told", "sure", "change")  # fields of the form of the look
NOBODY = "No queda nadie a quien avisar por el chat."


async def tell(visit: Visit) -> web.Response:
    """POST …/avisar: what would be sent and to how many; with ``sure`` it is sent, with ``change``
    its text is shown to be changed.

    The look has them counted again. Who gets it is found out when it is sent, by a job.
    """
    if "sure" in visit.form and "change" not in visit.form:
        return await changed(visit, partial(_told, visit), "avisada")
    read = await read_breach(visit)
    if read is None:
        return shown(visit, None)
    if visit.form.get("version", "") != version(read.breach):
        return shown(visit, read, problem=Fault(CHANGED), status=409)
    if "change" in visit.form:
        return shown(visit, read)
    try:
        event = _message(visit, read)
    except WrongForm as wrong:
        return shown(visit, read, problem=wrong.fault, status=422)
    await visit.panel.database.write(lambda tx: counts.ask(tx, read.breach.number))
    return visit.page(
        "breaches/tell.html.j2",
        breach=read.breach,
        text=event.text,
        count=event.count,
        affected=read.affected,
        when_counted=words.when_counted(read, visit.panel.release.content.zone),
        sources=words.SOURCES,
        people=words.people,
        version=version(read.breach),
        beside={name: text for name, text in visit.form.items() if name not in _OWN},
    )


def _told(visit: Visit, read: Counted) -> Event:
    """What was gone over, if it is still to as many."""
    event = _message(visit, read)
    if number_in(visit.form.get("sure", "")) != event.count:
        raise WrongForm("Cambió a cuántas personas afecta. Revise el aviso y envíelo otra vez.")
    return event


def _message(visit: Visit, read: Counted) -> CitizensTold:
    text = text_of(visit, "told", "el aviso", LONGEST_TOLD)
    must_be_current(read)
    if read.progress.due:  # they would be told in the new words
        raise WrongForm(GOING_OUT)
    if not read.affected.untold:
        raise WrongForm(NOBODY)
    return CitizensTold(text, read.affected.untold)
