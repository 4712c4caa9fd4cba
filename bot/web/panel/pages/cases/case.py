"""One case: what was said, an answer, a note that only staff see, forwarding and closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from aiohttp import web

from bot.web.panel import faults, whatsapp_window
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.arrivals import why
from bot.web.panel.pages.cases.typed import CaseForm, parse_form
from bot.web.panel.visit import Visit, see_other
from handlers.cases.deadlines import calendar_of, longest
from handlers.facts.cases import CaseAnswered, Due
from handlers.messages import DeskSource
from handlers.staff.permissions import Action
from storage.cases import changing, reading
from storage.cases.answers import answering, arrivals, templates
from storage.cases.answers.arrivals import Arrival
from storage.cases.answers.templates import Template
from storage.cases.changing import Doing
from storage.cases.lists import browsing, incidents
from storage.cases.lists.incidents import Incident
from storage.cases.reading import Case, CaseNote
from storage.contacts import needs
from storage.engine.database import Transaction

INCIDENTS = 20  # the newest
LONGEST = whatsapp_window.LONGEST
LONGEST_REASON = 500  # it stands within a message of our own
ANSWER_GOING = Fault("La respuesta sale en unos segundos. Ciérrelo cuando haya salido.")
NOTICES = {
    "respuesta": "La respuesta quedó anotada.",
    "nota": "La nota quedó guardada. La persona no la ve.",
    "derivado": "El caso pasó a otra área, y se le avisó.",
    "cerrado": "El caso quedó cerrado, y se le dijo a la persona.",
    "tarde": "Ya no se puede deshacer: la respuesta va en camino.",
    "entregar": "La respuesta quedó guardada. Entréguela impresa o léasela a la persona.",
    "alargado": "El plazo quedó alargado, y se le dijo a la persona.",
    "reabierto": "El caso quedó abierto otra vez, con el mismo número, y se le dijo a la persona.",
    "formal": "El caso quedó cerrado, y se le dijo a la persona cómo pedir la información.",
    "suelto": "El caso ya no es parte del incidente.",
    "otra-vez": "Se intenta otra vez. En un momento verá aquí si salió.",
    "avisado": "Anotado. La respuesta le llega también por el chat cuando vuelva a escribir.",
    "ya-no": "Ya no hace falta: la respuesta salió o la persona volvió a escribir.",
}


@dataclass(frozen=True, slots=True)
class CaseData:
    case: Case
    version: str
    reachable: bool  # somebody would get an answer
    last_wrote: datetime | None
    by_hand: bool = False  # it was entered at a desk: staff give the answer themselves
    templates: tuple[Template, ...] = ()
    incident: Incident | None = None
    incidents: tuple[Incident, ...] = ()  # that it could be put into
    arrivals: Mapping[int, list[Arrival]] = field(default_factory=dict)  # by the answer's note
    undoable: frozenset[int] = frozenset()  # the notes of answers that are not sent yet


async def page(visit: Visit) -> web.Response:
    """GET /panel/casos/{number}."""
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    data, told = await visit.panel.database.write(partial(_load_and_audit, visit))
    if told:
        visit.panel.nudge()
    return render(visit, data, parse_form(visit), notice=notice)


async def answer(visit: Visit) -> web.Response:
    """POST …/respuesta: the citizen gets it where they wrote, unless it is taken back before."""
    typed, file = parse_form(visit), await visit.file()

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        if not (data.reachable or data.by_hand):
            return Fault("El caso se cerró o la persona borró sus datos: no hay a quién responder.")
        if problem := faults.required_words("answer", typed.answer, "la respuesta", LONGEST):
            return problem
        if _last_answer(data.case) is not None and visit.form.get("again") != "1":
            return Fault("Ya tiene una respuesta. Marque la casilla para enviar otra.", "again")
        if isinstance(file, str):
            return Fault(file, "file")
        if file is not None and not data.reachable:
            return Fault("A esta persona no se le puede mandar un archivo ahora.", "file")
        number, staff_id = data.case.number, visit.session.staff_id
        fact = CaseAnswered(number, staff_id, typed.answer, file)
        answering.answer(tx, visit.panel.keyring, fact, visit.now)
        visit.note(tx, "case-answered", number)
        return None

    return await apply_change(visit, typed, change, Next("respuesta", by_hand="entregar"))


async def use_template(visit: Visit) -> web.Response:
    """POST …/plantilla: its text comes after what was typed, to be edited; nothing is sent."""
    typed, given = parse_form(visit), visit.form.get("template", "")

    found = await visit.panel.database.read(partial(_load, visit))
    words = next((one.text for one in found.templates if str(one.id) == given), "")
    case, rendering = found.case, visit.panel.rendering
    filled = words.replace("{numero}", case.number).replace("{area}", rendering.area(case.area))
    return render(visit, found, replace(typed, answer=_after(typed.answer, filled)))


async def undo(visit: Visit) -> web.Response:
    """POST …/deshacer: the answer's text is back in its field."""
    number, panel = visit.request.match_info["number"], visit.panel
    note_id = visit.form.get("undone", "")

    def write(tx: Transaction) -> tuple[str | None, CaseData]:
        text = None
        if note_id.isascii() and note_id.isdecimal() and len(note_id) < 19:
            case = reading.find_case(tx, panel.keyring, number)
            own = case is not None and any(
                note.id == int(note_id) and note.staff_id == visit.session.staff_id
                for note in case.notes
            )
            if own:
                text = answering.undo_answer(tx, panel.keyring, number, int(note_id), visit.now)
        if text is not None:
            visit.note(tx, "answer-undone", number)
        return text, _load(visit, tx)

    text, data = await panel.database.write(write)
    if text is None:
        return see_other(path_to(number, "tarde"))
    typed = parse_form(visit)
    typed = replace(typed, answer=_after(text, typed.answer))
    return render(visit, data, typed, notice="No se envió nada. Aquí está su texto.")


async def note(visit: Visit) -> web.Response:
    """POST …/nota."""
    typed = parse_form(visit)

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        if problem := faults.required_words("note", typed.note, "la nota", LONGEST):
            return problem
        number, staff_id = data.case.number, visit.session.staff_id
        if _is_last(data.case, staff_id, typed.note):
            return None  # the form was sent twice
        answering.note(tx, visit.panel.keyring, number, staff_id, typed.note, visit.now)
        visit.note(tx, "case-noted", number)
        return None

    # A note does no harm, even if something has happened meanwhile.
    return await apply_change(visit, typed, change, Next("nota"), in_any_case=True)


async def forward(visit: Visit) -> web.Response:
    """POST …/derivar."""
    typed = parse_form(visit)

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        if typed.area not in visit.panel.areas or typed.area == data.case.area:
            return Fault("Elija a qué área pasa el caso.", "area")
        if problem := faults.required_words("reason", typed.reason, "el motivo", LONGEST_REASON):
            return problem
        step, keyring = doing(visit), visit.panel.keyring
        if not changing.forward(tx, keyring, step, typed.area, typed.reason):
            return Fault("Ya no espera respuesta: no hay qué derivar.")
        visit.note(tx, "case-forwarded", step.number, f"{data.case.area or '-'} → {typed.area}")
        return None

    kept = visit.may(Action.READ_CASES, typed.area)
    leads_to = Next("derivado", path="" if kept else "/panel/casos?aviso=derivado")
    return await apply_change(visit, typed, change, leads_to)


async def close(visit: Visit) -> web.Response:
    """POST …/cerrar: the citizen is told why."""
    typed = parse_form(visit)

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        if problem := faults.required_words("closing", typed.closing, "el motivo", LONGEST_REASON):
            return problem
        if data.undoable:
            return ANSWER_GOING
        if not changing.close(tx, visit.panel.keyring, doing(visit), typed.closing):
            return Fault("El caso ya está cerrado.")
        visit.note(tx, "case-closed", data.case.number)
        return None

    return await apply_change(visit, typed, change, Next("cerrado"))


@dataclass(frozen=True, slots=True)
class Next:
    """Where a change leads: to the case with a notice, or to another ``path``.

    ``by_hand``: the notice of a case whose answer is given by hand, if it is another one.
    """

    notice: str
    by_hand: str = ""
    path: str = ""

    def notice_of(self, data: CaseData) -> str:
        return self.by_hand if self.by_hand and data.by_hand else self.notice


async def apply_change(
    visit: Visit,
    typed: CaseForm,
    change: Callable[[Transaction, CaseData], Fault | None],
    leads_to: Next,
    *,
    in_any_case: bool = False,
) -> web.Response:
    """Make a change to the case as it was seen. ``change`` says what is wrong, if anything is.

    409 when something has happened since; then and when something is wrong, all that was typed is
    on the page.
    """
    seen = visit.form.get("version", "")

    def write(tx: Transaction) -> tuple[CaseData, CaseForm, int]:
        data = _load(visit, tx)
        if data.version != seen and not in_any_case:
            return data, replace(typed, seen=_last_seen(seen)), 409
        problem = change(tx, data)
        return data, replace(typed, problem=problem), 422 if problem else 303

    data, kept, status = await visit.panel.database.write(write)
    if status == 303:
        visit.panel.nudge()
        return see_other(leads_to.path or path_to(data.case.number, leads_to.notice_of(data)))
    return render(visit, data, kept, status=status)


def _is_last(case: Case, staff_id: int, words: str) -> bool:
    last = case.notes[-1] if case.notes else None
    return last is not None and (last.author, last.staff_id, last.text) == (
        "internal",
        staff_id,
        words,
    )


def _load_and_audit(visit: Visit, tx: Transaction) -> tuple[CaseData, bool]:
    """The case, and whether its citizen is told that it was read: by somebody who may answer."""
    data = _load(visit, tx)
    told = visit.may(Action.ANSWER_CASES, data.case.area) and changing.mark_read(
        tx, visit.panel.keyring, doing(visit)
    )
    visit.note(tx, "case-read", data.case.number)
    return (_load(visit, tx) if told else data), told


def doing(visit: Visit) -> Doing:
    return Doing(visit.request.match_info["number"], visit.now, visit.session.staff_id)


def _load(visit: Visit, tx: Transaction) -> CaseData:
    return load_case(visit, tx, visit.request.match_info["number"])


def load_case(visit: Visit, tx: Transaction, number: str) -> CaseData:
    """A case that is there, with what its page needs."""
    case = reading.find_case(tx, visit.panel.keyring, number)
    assert case is not None, "the guard has found it; cases are never deleted"
    incident = incidents.of_case(tx, number)
    by_hand = case.channel in set(DeskSource) and case.status != "closed"
    may_group = visit.may(Action.GROUP_CASES, case.area)
    return CaseData(
        case,
        browsing.version_of(tx, number),
        needs.can_be_answered(tx, number),
        browsing.last_wrote(tx, number),
        by_hand and case.text is not None,
        tuple(templates.list_templates(tx, {case.area})),
        incidents.find_incident(tx, incident) if incident else None,
        tuple(incidents.list_incidents(tx, visit.areas(Action.GROUP_CASES), INCIDENTS))
        if may_group
        else (),
        arrivals.of_case(tx, number),
        answering.undoable(tx, number, visit.now),
    )


def render(
    visit: Visit, data: CaseData, typed: CaseForm, *, notice: str = "", status: int = 200
) -> web.Response:
    case = data.case
    undoable = _undoable(visit, data)
    can = _offered(visit, data)
    return visit.page(
        "cases/case.html.j2",
        status=status,
        case=case,
        version=data.version,
        reachable=data.reachable,
        read=data,
        typed=typed,
        notice=notice,
        news=_news(case, typed),
        answered=_last_answer(case),
        undoable=undoable,
        undo_at=undoable and undoable.at + answering.UNDO,
        undo_s=round(answering.UNDO.total_seconds()),
        window=whatsapp_window.time_left(case.channel, data.last_wrote, visit.now),
        longest=LONGEST,
        rules=visit.panel.release.content.case_rules,
        longest_reason=LONGEST_REASON,
        longest_title=incidents.LONGEST_TITLE,
        has_template=visit.panel.whatsapp_template,
        why=why,
        can=can,
        unplaced=_unplaced(typed, can, data),
        areas=sorted(set(visit.panel.areas) - {case.area}, key=visit.panel.rendering.area),
    )


def _offered(visit: Visit, data: CaseData) -> dict[str, Any]:
    """What this person may do, and the case still takes."""
    case = data.case
    return {
        "answer": visit.may(Action.ANSWER_CASES, case.area),
        "note": visit.may(Action.NOTE_CASES, case.area),
        "forward": case.status == "open" and visit.may(Action.FORWARD_CASES, case.area),
        "close": case.status != "closed" and visit.may(Action.CLOSE_CASES, case.area),
        "extend": visit.may(Action.EXTEND_CASES, case.area) and longest_term(visit, case),
        "reopen": case.status != "open"
        and case.text is not None
        and visit.may(Action.REOPEN_CASES, case.area),
        "group": visit.may(Action.GROUP_CASES, case.area),
    }


def _unplaced(typed: CaseForm, can: Mapping[str, Any], data: CaseData) -> dict[str, str]:
    """What was typed and has no field now, as the case does not take it."""
    places = {
        "answer": can["answer"] and (data.reachable or data.by_hand),
        "note": can["note"],
        "reason": can["forward"],
        "extension": can["extend"],
        "title": can["group"] and data.incident is None,
        "closing": can["close"],
        "reopening": can["reopen"],
    }
    texts = {name: str(getattr(typed, name)) for name, place in places.items() if not place}
    return {name: text for name, text in texts.items() if text}


def longest_term(visit: Visit, case: Case) -> Due | None:
    """Until when the case's term can be prolonged; None: it cannot."""
    if case.status != "open" or case.extended or case.due_from is None or case.due_at is None:
        return None
    content = visit.panel.release.content
    due = longest(case.due_from, case.rule, content.case_rules, calendar_of(content))
    return due if due.at > case.due_at else None


def _undoable(visit: Visit, data: CaseData) -> CaseNote | None:
    """This person's last answer, if it is not sent yet."""
    for one in reversed(data.case.notes):
        if one.author == "staff" and one.staff_id == visit.session.staff_id:
            return one if one.id in data.undoable else None
    return None


def _news(case: Case, typed: CaseForm) -> list[CaseNote]:
    """What was said and done since the form was opened; that it was read is nothing new."""
    if typed.seen is None:
        return []
    return [note for note in case.notes if note.id > typed.seen and note.author != "read"]


def _last_answer(case: Case) -> CaseNote | None:
    """The answer after which the citizen has said nothing; None: they wait."""
    for one in reversed(case.notes):
        if one.author == "staff":
            return one
        if one.author == "citizen":
            return None
    return None


def _last_seen(version: str) -> int:
    last = version.rpartition(".")[2]
    return int(last) if last.isascii() and last.isdecimal() and len(last) < 19 else 0


def _after(text: str, more: str) -> str:
    return "\n\n".join(filter(None, (text, more)))


def path_to(number: str, notice: str) -> str:
    return f"/panel/casos/{number}?aviso={notice}"
