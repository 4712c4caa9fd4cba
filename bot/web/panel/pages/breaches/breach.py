"""One security breach: what is known of it, what the law still asks for, and each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.reports.breaches import breach_words as words
from bot.web.panel.faults import Checks, Fault, WrongForm
from bot.web.panel.pages.breaches.breaches import PATH
from bot.web.panel.pages.breaches.form import (
    choices,
    filled,
    moment_in,
    parse_description,
    text_of,
    unknown_cases,
)
from bot.web.panel.rendering import fingerprint
from bot.web.panel.visit import Visit, see_other
from handlers.privacy.breaches.breach import Breach
from handlers.privacy.breaches.due import report_by
from handlers.privacy.breaches.steps import (
    BreachStep,
    CitizensToldOtherwise,
    Closed,
    Corrected,
    Event,
    NoteAdded,
    Reported,
)
from handlers.staff.permissions import Action
from storage.privacy.breaches import counts, reading, steps
from storage.privacy.breaches.reading import CountedBreach

LONGEST_TOLD = 1_500  # in the chat, within one message on every channel
NOTICES = {
    "anotada": "La vulneración quedó en el registro. Se recordará su plazo a quien corresponde.",
    "ya-anotada": "Ya quedó anotada como {number}: el mismo formulario llegó otra vez.",
    "contar": "Se cuenta otra vez.",
    "nota": "La nota quedó guardada.",
    "reportada": "El reporte a la Agencia quedó anotado.",
    "corregida": "La corrección quedó anotada; lo anterior sigue en el registro.",
    "avisada": "El aviso va en camino. Esta página muestra cuántas personas lo reciben.",
    "otra-forma": "El aviso de otra forma quedó anotado.",
    "cerrada": "La vulneración quedó cerrada.",
}


class Render(Protocol):
    """A page of a breach, with what is wrong with its form."""

    def __call__(
        self, visit: Visit, counted: CountedBreach | None, *, problem: Fault | None, status: int
    ) -> web.Response: ...


CHANGED = "La vulneración cambió mientras usted escribía. Revise abajo qué pasó."
ON_ITS_WAY = "El aviso va en camino: espere a saber cuántas personas lo reciben."
COUNTING = "Aún se cuenta a cuántas personas afecta: espere un momento y hágalo otra vez."
UNREACHED = (
    "Quedan personas sin aviso. La ley pide avisarles de otra forma, como un aviso en un medio de"
    " alcance nacional: anótelo antes de cerrar."
)


async def page(visit: Visit) -> web.Response:
    """GET /panel/vulneraciones/{breach}."""
    counted = await load_breach(visit, "breach-read")
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    return render(
        visit, counted, notice=notice.format(number=visit.request.match_info["breach"][:40])
    )


async def note(visit: Visit) -> web.Response:
    """POST …/nota."""
    return await apply_step(visit, lambda _: NoteAdded(text_of(visit, "note", "la nota")), "nota")


async def report(visit: Visit) -> web.Response:
    """POST …/reportar: that the Agency was told, when and how."""

    def event(counted: CountedBreach) -> Event:
        checks, noticed_at = Checks(), counted.breach.description.noticed_at
        reported_at = checks.read(partial(_reported_at, visit, noticed_at), visit.now)
        text = checks.read(lambda: text_of(visit, "report", "cómo se reportó"), "")
        checks.end()
        return Reported(reported_at, text, counted.total)

    return await apply_step(visit, event, "reportada")


def _reported_at(visit: Visit, noticed_at: datetime) -> datetime:
    reported_at = moment_in(visit, "reported", "cuándo se reportó")
    if not noticed_at <= reported_at <= visit.now:
        problem = "Se reporta después de saberlo, y no en una fecha que aún no llega."
        raise WrongForm(problem, "reported")
    return reported_at


async def correct(visit: Visit) -> web.Response:
    """POST …/corregir: a new description in full; the old one stays in the register."""
    unknown = await unknown_cases(visit)

    def event(counted: CountedBreach) -> Event:
        checks, hours = Checks(), visit.panel.release.content.privacy.breach_report_hours
        # A case that existed when the breach was described may have been deleted since.
        missing = [
            number for number in unknown if number not in counted.breach.description.scope.cases
        ]
        reason = checks.read(lambda: text_of(visit, "correction", "por qué se corrige"), "")
        known = checks.read(lambda: parse_description(visit, missing), counted.breach.description)
        checks.end()
        return Corrected(known, report_by(known.noticed_at, hours), hours, reason)

    return await apply_step(visit, event, "corregida", correcting)


async def correction(visit: Visit) -> web.Response:
    """GET …/corregir: what is known, to be changed."""
    return correcting(visit, await load_breach(visit, "breach-read"))


async def tell_otherwise(visit: Visit) -> web.Response:
    """POST …/otra-forma."""
    return await apply_step(
        visit,
        lambda _: CitizensToldOtherwise(text_of(visit, "otherwise", "cómo se avisó")),
        "otra-forma",
    )


async def recount(visit: Visit) -> web.Response:
    """POST …/contar: have it counted again."""
    counted = await load_breach(visit)
    if counted is None:
        return render(visit, None)
    await visit.panel.database.write(lambda tx: counts.request_count(tx, counted.breach.number))
    return see_other(f"{PATH}/{counted.breach.number}?aviso=contar")


async def close(visit: Visit) -> web.Response:
    """POST …/cerrar: once all that the law asks for is done."""

    def event(counted: CountedBreach) -> Event:
        breach = counted.breach
        if breach.lacks:
            raise WrongForm(
                f"Antes falta {' y '.join(words.LACKS[lack] for lack in breach.lacks)}."
            )
        must_be_current(counted)
        if breach.must_tell and not breach.is_told_otherwise:
            if counted.progress.on_its_way:
                raise WrongForm(ON_ITS_WAY)
            if counted.unreached or counted.affected.untold:
                raise WrongForm(UNREACHED)
        return Closed(text_of(visit, "closing", "qué evita que se repita"))

    return await apply_step(visit, event, "cerrada")


def must_be_current(counted: CountedBreach) -> None:
    """A count made before the last correction is stale: nobody is told and nothing closed by it.

    Raises WrongForm.
    """
    if not counted.counting.is_current:
        raise WrongForm(COUNTING)


async def apply_step(
    visit: Visit,
    event_of: Callable[[CountedBreach], Event],
    notice: str,
    show: Render | None = None,
) -> web.Response:
    """Add a step to the breach as it was seen; 409 when something has happened since.

    ``event_of`` raises WrongForm for what the form lacks; ``show`` is the page that it stands on.
    """
    show = show or render
    counted = await load_breach(visit)
    if counted is None or visit.form.get("version", "") != version(counted.breach):
        return show(visit, counted, problem=Fault(CHANGED), status=409)
    breach = counted.breach
    try:
        step = BreachStep(visit.now, visit.session.staff_id, event_of(counted))
    except WrongForm as wrong:
        return show(visit, counted, problem=wrong.fault, status=422)

    added = await visit.panel.database.write(
        lambda tx: steps.add(tx, visit.panel.keyring, breach, step)
    )
    if not added:
        return show(visit, await load_breach(visit), problem=Fault(CHANGED), status=409)
    return see_other(f"{PATH}/{breach.number}?aviso={notice}")


async def load_breach(visit: Visit, action: str = "") -> CountedBreach | None:
    """What the address names, with its last numbers; ``action``: for the audit log."""
    panel, number = visit.panel, visit.request.match_info["breach"][:40]
    found = await panel.database.read(lambda tx: reading.find_counted(tx, panel.keyring, number))
    if found is not None and action:
        await panel.database.write(lambda tx: visit.note(tx, action, number))
    return found


def version(breach: Breach) -> str:
    """What a form carries of the breach that it was shown with."""
    return str(len(breach.steps))


def render(
    visit: Visit,
    counted: CountedBreach | None,
    *,
    notice: str = "",
    problem: Fault | None = None,
    status: int = 200,
) -> web.Response:
    """The page of a breach."""
    if counted is None:
        return visit.page("message.html.j2", status=404)
    breach, content = counted.breach, visit.panel.release.content
    drafted = words.draft(breach.description, content.zone, _contact(visit), LONGEST_TOLD)
    told = breach.told.text if breach.told else drafted
    return visit.page(
        "breaches/breach.html.j2",
        status=status,
        breach=breach,
        known=breach.description,
        facts=words.facts(breach.description, visit.panel.rendering.area, content.zone),
        notice_text=words.public_notice(told, content.municipality),
        next_step=words.next_step(breach, visit.now, content.zone),
        why_due=words.why_due(breach),
        steps=_steps(visit, counted),
        states=words.STATES,
        people=words.people,
        notice=notice,
        problem=problem,
        **_count(counted, content.zone),
        **_form(visit, breach, drafted),
    )


def _steps(
    visit: Visit, counted: CountedBreach
) -> list[tuple[datetime, str, str, Sequence[tuple[str, list[str]]]]]:
    """When each was taken, its title and text, and what was known before where it was corrected."""
    zone, named = visit.panel.release.content.zone, visit.panel.rendering.area
    current = counted.breach.description
    return [
        (
            step.at,
            words.step_title(step, counted.names),
            words.step_text(step, zone),
            words.facts(earlier, named, zone) if earlier not in (None, current) else (),
        )
        for step in counted.breach.steps
        for earlier in (words.description_of(step.event),)
    ]


def _count(counted: CountedBreach, zone: ZoneInfo) -> dict[str, object]:
    """How many people it affects, and how many of them were told."""
    return {
        "affected": counted.affected,
        "counting": counted.counting,
        "affected_lines": words.affected_lines(counted),
        "when_counted": words.when_counted(counted, zone),
        "progress": counted.progress,
        "progress_lines": words.progress_lines(counted),
        "unreached": counted.unreached,
    }


def _form(visit: Visit, breach: Breach, drafted: str) -> dict[str, object]:
    """What may be done, and what was typed; ``unplaced`` has lost its field meanwhile."""
    has_told = _has_told(visit)
    is_kept = breach.state != "closed" and visit.may(Action.KEEP_BREACHES)
    gone = set() if is_kept else {"reported", "report", "otherwise", "closing"}
    gone |= {"told"} if has_told and not is_kept else set()
    return {
        "may_keep": visit.may(Action.KEEP_BREACHES),
        "version": version(breach),
        "typed": {"told": drafted, **visit.form},
        "typing": visit.form,
        "drafted": drafted,
        "has_told": has_told,
        "unplaced": {name: text for name, text in visit.form.items() if text and name in gone},
    }


def correcting(
    visit: Visit,
    counted: CountedBreach | None,
    *,
    problem: Fault | None = None,
    status: int = 200,
) -> web.Response:
    """The page on which what is known of a breach is corrected."""
    if counted is None:
        return visit.page("message.html.j2", status=404)
    # After a refused correction the boxes stay as they were ticked in it.
    typed = visit.form or filled(counted.breach.description, visit.panel.release.content.zone)
    return visit.page(
        "breaches/correct.html.j2",
        status=status,
        breach=counted.breach,
        version=version(counted.breach),
        typed=typed,
        choices=choices(visit, typed),
        problem=problem,
    )


def _has_told(visit: Visit) -> bool:
    """Whether a person has written the message to those affected, so that it is not the draft any
    more."""
    told = visit.form.get("told", "")
    is_sent = visit.request.path.endswith("/avisar")
    return bool(told) and (is_sent or fingerprint(told) != visit.form.get("told-was"))


def _contact(visit: Visit) -> str:
    """Where questions about own data are taken, as the settings say it."""
    known = visit.panel.privacy
    return known.privacy.email or known.municipality.email or known.municipality.phone or ""
