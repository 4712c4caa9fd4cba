"""One case as its page shows it, and a change to the case as it was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.web.panel import whatsapp_window
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.arrivals import why
from bot.web.panel.pages.cases.typed import CaseForm
from bot.web.panel.visit import Visit, see_other
from handlers.cases.deadlines import calendar_of, longest
from handlers.facts.cases import UNDO, Due
from handlers.messages import DeskSource
from handlers.staff.permissions import Action
from storage.cases import forwarding, reading, taking_back
from storage.cases.answers import arrivals, templates
from storage.cases.answers.arrivals import Arrival
from storage.cases.answers.templates import AnswerTemplate
from storage.cases.changing import StaffAction
from storage.cases.forwarding import Forwarded
from storage.cases.lists import browsing, incidents
from storage.cases.lists.incidents import Incident
from storage.cases.reading import Case, CaseNote
from storage.contacts import needs
from storage.engine.database import Transaction

INCIDENTS = 20  # the newest
ENDS = ("respuesta", "derivado", "cerrado", "formal")  # what the first page asks for is done
UNTOLD = "-sin-chat"  # ends the notice of a change of which the assistant can tell nobody
LONGEST = whatsapp_window.LONGEST
LONGEST_REASON = 500  # it stands within a message of our own


@dataclass(frozen=True, slots=True)
class CaseData:
    """A case and what else its page needs."""

    case: Case
    version: str
    reachable: bool  # an answer would reach the citizen
    last_wrote: datetime | None
    by_hand: bool = False  # it was entered at a desk: staff give the answer themselves
    hears: bool = True  # the assistant can tell the citizen what happens to it
    templates: tuple[AnswerTemplate, ...] = ()
    incident: Incident | None = None
    incidents: tuple[Incident, ...] = ()  # that it could be put into
    arrivals: Mapping[int, list[Arrival]] = field(default_factory=dict)  # by the answer's note
    undoable: frozenset[int] = frozenset()  # the notes of answers that are not sent yet
    forwarded: Forwarded | None = None  # it can be taken back


@dataclass(frozen=True, slots=True)
class Next:
    """Where a change leads: to the case with a notice, or to another ``path`` with it.

    ``tells``: the notice says that the citizen is told, which is another one where nobody can be.
    ``by_hand``: the notice of a case whose answer is given by hand, if it is another one.
    """

    notice: str
    by_hand: str = ""
    path: str = ""
    tells: bool = False

    def response(self, visit: Visit, data: CaseData) -> web.Response:
        """The redirect."""
        if self.by_hand and data.by_hand:
            return visit.after(path_of(data.case.number), self.by_hand)
        untold = self.tells and not data.hears
        notice = self.notice + (UNTOLD if untold else "")
        if self.path:
            return see_other(f"{self.path}?aviso={notice}")
        return visit.after(path_of(data.case.number), notice, ends=notice in ENDS)


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
        data = load(visit, tx)
        if data.version != seen and not in_any_case:
            return data, replace(typed, seen=_last_seen(seen)), 409
        problem = change(tx, data)
        return data, replace(typed, problem=problem), 422 if problem else 303

    data, kept, status = await visit.panel.database.write(write)
    if status == 303:
        visit.panel.nudge()
        return leads_to.response(visit, data)
    return render(visit, data, kept, status=status)


def staff_action(visit: Visit) -> StaffAction:
    """What this person does now with the case of the address."""
    return StaffAction(visit.request.match_info["number"], visit.now, visit.session.staff_id)


def load(visit: Visit, tx: Transaction) -> CaseData:
    """The case of the address."""
    return load_case(visit, tx, visit.request.match_info["number"])


def load_case(visit: Visit, tx: Transaction, number: str) -> CaseData:
    """A case that is there, with what its page needs."""
    case = reading.find_case(tx, visit.panel.keyring, number)
    assert case is not None, "the guard has found it; cases are never deleted"
    incident = incidents.of_case(tx, number)
    at_desk = case.channel in set(DeskSource)
    by_hand = at_desk and case.status != "closed"
    may_group = visit.may(Action.GROUP_CASES, case.area)
    return CaseData(
        case,
        browsing.version_of(tx, number),
        needs.can_be_answered(tx, number),
        browsing.last_wrote(tx, number),
        by_hand and case.text is not None,
        not at_desk and case.text is not None,
        tuple(templates.list_templates(tx, {case.area})),
        incidents.find_incident(tx, incident) if incident else None,
        tuple(incidents.list_incidents(tx, visit.areas(Action.GROUP_CASES), INCIDENTS))
        if may_group
        else (),
        arrivals.of_case(tx, number),
        taking_back.undoable(tx, number, visit.now),
        forwarding.forwarded(tx, number),
    )


def render(
    visit: Visit, data: CaseData, typed: CaseForm, *, notice: str = "", status: int = 200
) -> web.Response:
    """The page. ``typed``: the forms as they were filled in, with what is wrong in them."""
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
        answered=last_answer(case),
        undoable=undoable,
        undo_at=undoable and undoable.at + UNDO,
        undo_s=round(UNDO.total_seconds()),
        window=whatsapp_window.time_left(case.channel, data.last_wrote, visit.now),
        rules=visit.panel.release.content.case_rules,
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
        "take_back": data.forwarded
        and visit.may(Action.FORWARD_CASES, case.area)
        and visit.may(Action.FORWARD_CASES, data.forwarded.before)
        and data.forwarded,
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
    for note in reversed(data.case.notes):
        if note.author == "staff" and note.staff_id == visit.session.staff_id:
            return note if note.id in data.undoable else None
    return None


def _news(case: Case, typed: CaseForm) -> list[CaseNote]:
    """What was said and done since the form was opened; that it was read is nothing new."""
    if typed.seen is None:
        return []
    return [note for note in case.notes if note.id > typed.seen and note.author != "read"]


def last_answer(case: Case) -> CaseNote | None:
    """The answer after which the citizen has said nothing; None: they wait."""
    for note in reversed(case.notes):
        if note.author == "staff":
            return note
        if note.author == "citizen":
            return None
    return None


def _last_seen(version: str) -> int:
    last = version.rpartition(".")[2]
    return int(last) if last.isascii() and last.isdecimal() and len(last) < 19 else 0


def path_of(number: str) -> str:
    """The address of a case's page."""
    return f"/panel/casos/{number}"
