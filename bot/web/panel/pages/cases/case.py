"""One case: what was said, an answer, a note that only staff see, forwarding and closing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.case_page import (
    LONGEST,
    LONGEST_REASON,
    UNTOLD,
    CaseData,
    Next,
    apply_change,
    last_answer,
    load,
    path_of,
    render,
    staff_action,
)
from bot.web.panel.pages.cases.typed import parse_form
from bot.web.panel.visit import Visit
from handlers.facts.cases import CaseAnswered, FileOfStaff
from handlers.staff.permissions import Action
from storage.cases import changing, forwarding, reading, taking_back
from storage.cases.answers import answering
from storage.cases.changing import StaffAction
from storage.cases.reading import Case
from storage.engine.database import Transaction

ANSWERED = "Ya tiene una respuesta. Marque la casilla para enviar otra."
ANSWER_GOING = Fault("La respuesta sale en unos segundos. Ciérrelo cuando haya salido.")
DONE_UNTOLD = {
    "derivado": "El caso pasó a otra área. Se avisa a quienes atienden ahí.",
    "cerrado": "El caso quedó cerrado.",
    "alargado": "El plazo quedó alargado.",
    "reabierto": "El caso quedó abierto otra vez, con el mismo número.",
    "formal": "El caso quedó cerrado.",
}
TELL_YOURSELF = "A la persona no le llega ningún mensaje: si se la puede ubicar, dígaselo usted."
NOTICES = {
    "respuesta": "La respuesta quedó anotada.",
    "nota": "La nota quedó guardada. La persona no la ve.",
    "derivado": "El caso pasó a otra área. Se avisa a quienes atienden ahí y a la persona.",
    "de-vuelta": "El caso volvió a su área. Si la persona ya sabía del cambio, se le avisa.",
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
    **{f"{step}{UNTOLD}": f"{done} {TELL_YOURSELF}" for step, done in DONE_UNTOLD.items()},
}


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
        is_first = last_answer(data.case) is None
        problem = faults.together(
            faults.required_words("answer", typed.answer, "la respuesta", LONGEST),
            _fault_in_file(file, data),
            faults.unless(is_first or visit.form.get("again") == "1", ANSWERED, "again"),
        )
        if problem or isinstance(file, str):
            return problem
        number, staff_id = data.case.number, visit.session.staff_id
        fact = CaseAnswered(number, staff_id, typed.answer, file)
        answering.answer(tx, visit.panel.keyring, fact, visit.now)
        visit.note(tx, "case-answered", number)
        return None

    return await apply_change(visit, typed, change, Next("respuesta", by_hand="entregar"))


async def use_template(visit: Visit) -> web.Response:
    """POST …/plantilla: its text comes after what was typed, to be edited; nothing is sent."""
    typed, given = parse_form(visit), visit.form.get("template", "")

    found = await visit.panel.database.read(partial(load, visit))
    words = next((template.text for template in found.templates if str(template.id) == given), "")
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
                text = taking_back.undo_answer(tx, panel.keyring, number, int(note_id), visit.now)
        if text is not None:
            visit.note(tx, "answer-undone", number)
        return text, load(visit, tx)

    text, data = await panel.database.write(write)
    if text is None:
        return visit.after(path_of(number), "tarde")
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
        action = StaffAction(number, visit.now, staff_id)
        changing.note(tx, visit.panel.keyring, action, typed.note)
        visit.note(tx, "case-noted", number)
        return None

    # A note is kept even if the case has changed since the page was opened.
    return await apply_change(visit, typed, change, Next("nota"), in_any_case=True)


async def forward(visit: Visit) -> web.Response:
    """POST …/derivar."""
    typed = parse_form(visit)

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        is_other = typed.area in visit.panel.areas and typed.area != data.case.area
        if problem := faults.together(
            faults.unless(is_other, "Elija a qué área pasa el caso.", "area"),
            faults.required_words("reason", typed.reason, "el motivo", LONGEST_REASON),
        ):
            return problem
        step, keyring = staff_action(visit), visit.panel.keyring
        if not forwarding.forward(tx, keyring, step, typed.area, typed.reason):
            return Fault("Ya no espera respuesta: no hay qué derivar.")
        visit.note(tx, "case-forwarded", step.number, f"{data.case.area or '-'} → {typed.area}")
        return None

    kept = visit.may(Action.READ_CASES, typed.area)
    leads_to = Next("derivado", path="" if kept else "/panel/casos", tells=True)
    return await apply_change(visit, typed, change, leads_to)


async def close(visit: Visit) -> web.Response:
    """POST …/cerrar: the citizen is told why."""
    typed = parse_form(visit)

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        if problem := faults.required_words("closing", typed.closing, "el motivo", LONGEST_REASON):
            return problem
        if data.undoable:
            return ANSWER_GOING
        if not changing.close(tx, visit.panel.keyring, staff_action(visit), typed.closing):
            return Fault("El caso ya está cerrado.")
        visit.note(tx, "case-closed", data.case.number)
        return None

    return await apply_change(visit, typed, change, Next("cerrado", tells=True))


def _fault_in_file(file: FileOfStaff | str | None, data: CaseData) -> Fault | None:
    if isinstance(file, str):
        return Fault(file, "file")
    if file is not None and not data.reachable:
        return Fault("A esta persona no se le puede mandar un archivo ahora.", "file")
    return None


def _is_last(case: Case, staff_id: int, words: str) -> bool:
    last = case.notes[-1] if case.notes else None
    return last is not None and (last.author, last.staff_id, last.text) == (
        "internal",
        staff_id,
        words,
    )


def _load_and_audit(visit: Visit, tx: Transaction) -> tuple[CaseData, bool]:
    """The case, and whether its citizen is notified that it was read, which only those who may
    answer cause."""
    data = load(visit, tx)
    told = visit.may(Action.ANSWER_CASES, data.case.area) and changing.mark_read(
        tx, visit.panel.keyring, staff_action(visit)
    )
    visit.note(tx, "case-read", data.case.number)
    return (load(visit, tx) if told else data), told


def _after(text: str, more: str) -> str:
    return "\n\n".join(filter(None, (text, more)))
