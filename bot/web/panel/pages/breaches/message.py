"""Telling those whom a breach affects in the chat: gone over first, then sent, each once."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.reports.breaches import breach_words as words
from bot.web.panel.faults import Fault, WrongForm
from bot.web.panel.pages.breaches.breach import (
    CHANGED,
    LONGEST_TOLD,
    apply_step,
    load_breach,
    must_be_current,
    render,
    version,
)
from bot.web.panel.pages.breaches.form import text_of
from bot.web.panel.visit import Visit, number_in
from handlers.privacy.breaches.steps import CitizensTold, Event
from storage.privacy.breaches import counts
from storage.privacy.breaches.reading import CountedBreach

GOING_OUT = "El aviso anterior aún se está enviando: espere un momento y hágalo otra vez."
_OWN = ("form_token", "version", "told", "sure", "change")  # fields of the form of the look
NOBODY = "No queda nadie a quien avisar por el chat."


async def tell(visit: Visit) -> web.Response:
    """POST …/avisar: what would be sent and to how many; with ``sure`` it is sent, with ``change``
    its text is shown to be changed.

    The look has them counted again. Who gets it is found out when it is sent, by a job.
    """
    if "sure" in visit.form and "change" not in visit.form:
        return await apply_step(visit, partial(_message_step, visit), "avisada")
    counted = await load_breach(visit)
    if counted is None:
        return render(visit, None)
    if visit.form.get("version", "") != version(counted.breach):
        return render(visit, counted, problem=Fault(CHANGED), status=409)
    if "change" in visit.form:
        return render(visit, counted)
    try:
        event = _message(visit, counted)
    except WrongForm as wrong:
        return render(visit, counted, problem=wrong.fault, status=422)
    await visit.panel.database.write(lambda tx: counts.request_count(tx, counted.breach.number))
    return visit.page(
        "breaches/tell.html.j2",
        breach=counted.breach,
        text=event.text,
        count=event.count,
        affected=counted.affected,
        when_counted=words.when_counted(counted, visit.panel.release.content.zone),
        sources=words.SOURCES,
        people=words.people,
        version=version(counted.breach),
        beside={name: text for name, text in visit.form.items() if name not in _OWN},
    )


def _message_step(visit: Visit, counted: CountedBreach) -> Event:
    """What was gone over, if it is still to as many."""
    event = _message(visit, counted)
    if number_in(visit.form.get("sure", "")) != event.count:
        raise WrongForm("Cambió a cuántas personas afecta. Revise el aviso y envíelo otra vez.")
    return event


def _message(visit: Visit, counted: CountedBreach) -> CitizensTold:
    text = text_of(visit, "told", "el aviso", LONGEST_TOLD)
    must_be_current(counted)
    if counted.progress.due:  # they would be told in the new words
        raise WrongForm(GOING_OUT)
    if not counted.affected.untold:
        raise WrongForm(NOBODY)
    return CitizensTold(text, counted.affected.untold)
