"""One incident, many cases: put together by staff, answered at once, each in its own case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases import case_page
from bot.web.panel.pages.cases.case_page import LONGEST, CaseData, load_case, path_of
from bot.web.panel.pages.cases.typed import case_number_in, parse_form, text_field
from bot.web.panel.rendering import beginning
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.facts.cases import UNDO, CaseAnswered
from handlers.staff.permissions import Action
from storage.cases import reading, taking_back
from storage.cases.answers import answering
from storage.cases.lists import browsing, incidents
from storage.cases.lists.browsing import CaseFilter, CaseLine
from storage.cases.lists.incidents import Incident
from storage.engine.database import Transaction

LISTED = 50
FOUND = 50  # that can be added at once
LONGEST_QUERY = 100
_MARK = "case-"
_OTHER = "other-"
NOTICES = {
    "juntado": "Quedaron juntos en este incidente.",
    "tarde": "Ya no se puede deshacer: las respuestas van en camino.",
}
UNDONE = "No se envió ninguna de las respuestas que se podían deshacer. Aquí está su texto."


@dataclass(frozen=True, slots=True)
class _IncidentData:
    incident: Incident
    lines: tuple[CaseLine, ...]
    undoable: int  # answers of this person that have not gone yet
    others: tuple[CaseLine, ...] = ()  # that were found and may be added


async def page(visit: Visit) -> web.Response:
    """GET /panel/incidentes."""
    areas = visit.areas(Action.GROUP_CASES)
    listed = await visit.panel.database.read(lambda tx: incidents.list_incidents(tx, areas, LISTED))
    return visit.page("cases/incidents.html.j2", incidents=listed)


async def detail(visit: Visit) -> web.Response:
    """GET /panel/incidentes/{incident}; POST …/mirar: cases are looked for to be added."""
    words = _query(visit)
    is_asked = bool(words) or not visit.request.path.endswith("/mirar")
    problem = (
        faults.too_long("q", words, "las palabras", LONGEST_QUERY)
        if is_asked
        else faults.required_words("q", words, "las palabras que digan", LONGEST_QUERY)
    )
    found = await _alike(visit, words) if words and problem is None else []
    data = await visit.panel.database.write(partial(_load_and_audit, visit, found))
    return _render(visit, data, notice=_notice(visit), problem=problem, query=words)


def _notice(visit: Visit) -> str:
    """What was just done, and how many of those that were marked it left out."""
    left = number_in(visit.query.get("sin", ""))
    answered = number_in(visit.query.get("respondidos", ""))
    if not answered:
        notice = NOTICES.get(visit.query.get("aviso", ""), "")
        return f"{notice} {_left_out(left)}" if notice and left else notice
    some = "Un caso quedó respondido" if answered == 1 else f"{answered} casos quedaron"
    notice = f"{some}, cada uno en su canal." if answered == 1 else f"{some} respondidos."
    if left:
        notice += (
            " A otro que marcó no se le envió: ya no la esperaba, o pasó a otra área."
            if left == 1
            else f" A otros {left} que marcó no se les envió: ya no la esperaban, o pasaron"
            " a otra área."
        )
    return notice


def _left_out(count: int) -> str:
    if count == 1:
        return "Otro que marcó quedó fuera, porque pasó a otra área."
    return f"Otros {count} que marcó quedaron fuera, porque pasaron a otra área."


async def add(visit: Visit) -> web.Response:
    """POST …/agregar: those that are marked, of the cases that this person may group."""

    marked = _marked(visit)

    def write(tx: Transaction) -> int | None:
        data = _load(visit, tx)
        if data is None:
            return None
        areas, id = visit.areas(Action.GROUP_CASES), data.incident.id
        lines = browsing.lines(tx, marked[:FOUND])
        own = [line.number for line in lines if line.area in areas]
        added = [number for number in own if incidents.add_cases(tx, id, [number], visit.now)]
        for number in added:
            visit.note(tx, "case-grouped", number, f"incidente {id}")
        return len(own)

    inside = await visit.panel.database.write(write)
    if inside is None:
        return visit.page("message.html.j2", status=404)
    if not inside:
        return await _nothing_added(visit)
    left = len(marked) - inside
    others = f"&sin={left}" if left else ""
    incident = visit.request.match_info["incident"]
    return see_other(f"/panel/incidentes/{incident}?aviso=juntado{others}")


async def _nothing_added(visit: Visit) -> web.Response:
    words = _query(visit)
    long = faults.too_long("q", words, "las palabras", LONGEST_QUERY)
    found = await _alike(visit, words) if words and not long else []
    data = await visit.panel.database.write(partial(_load_and_audit, visit, found))
    told = "Marque al menos un caso."
    if marked := _marked(visit):
        is_single = len(marked) == 1
        told = "El caso que marcó pasó" if is_single else "Los casos que marcó pasaron"
        told += " a otra área: no se juntó nada."
    problem = long or Fault(told, "others")
    return _render(visit, data, problem=problem, query=words)


async def put_case(visit: Visit) -> web.Response:
    """POST /panel/casos/{number}/incidente: into one that is there, a new one, or out of it."""
    number, given = visit.request.match_info["number"], visit.form.get("incident", "")
    title = " ".join(visit.form.get("title", "").split())
    wrong = faults.required_words("title", title, "qué pasó", incidents.LONGEST_TITLE)

    def write(tx: Transaction) -> str | CaseData:
        if given == "0":
            if incidents.remove_cases(tx, number, visit.now):
                visit.note(tx, "case-ungrouped", number)
            return f"{path_of(number)}?aviso=suelto"
        known = incidents.list_incidents(tx, visit.areas(Action.GROUP_CASES), LISTED)
        chosen = next((each.id for each in known if str(each.id) == given), 0)
        if not chosen and wrong is not None:
            return load_case(visit, tx, number)
        chosen = chosen or incidents.begin(tx, title, visit.session.staff_id, visit.now)
        if incidents.add_cases(tx, chosen, [number], visit.now):
            visit.note(tx, "case-grouped", number, f"incidente {chosen}")
        return f"/panel/incidentes/{chosen}?aviso=juntado"

    done = await visit.panel.database.write(write)
    if isinstance(done, str):
        return see_other(done)
    typed = replace(parse_form(visit), problem=wrong)
    return case_page.render(visit, done, typed, status=422)


async def answer(visit: Visit) -> web.Response:
    """POST …/respuesta: to each case that is marked and waits, where its citizen wrote."""
    words = text_field(visit, "answer")

    def write(tx: Transaction) -> tuple[_IncidentData | None, Fault | None, int]:
        data = _load(visit, tx)
        marked = [line for line in _waiting(visit, data) if f"{_MARK}{line.number}" in visit.form]
        problem = faults.together(
            faults.unless(_sent_to(visit), "Marque a qué casos va la respuesta.", "cases"),
            faults.required_words("answer", words, "la respuesta", LONGEST),
        )
        if problem or data is None:
            return data, problem, 0
        done = [line.number for line in marked if _answer_one(visit, tx, line.number, words)]
        if not done:
            told = "A ninguno de los casos marcados le llegaría la respuesta; véalos uno por uno."
            problem = Fault(told, "cases")
            return data, problem, 0
        for number in done:
            visit.note(tx, "case-answered", number)
        visit.note(tx, "incident-answered", f"incidente {data.incident.id}", f"n={len(done)}")
        return data, None, len(done)

    data, problem, done = await visit.panel.database.write(write)
    if data is None:
        return visit.page("message.html.j2", status=404)
    if problem:
        return _render(visit, data, problem=problem)
    visit.panel.nudge()
    left = _sent_to(visit) - done  # of those that are another area's by now, too
    others = f"&sin={left}" if left else ""
    return see_other(f"/panel/incidentes/{data.incident.id}?respondidos={done}{others}")


async def undo(visit: Visit) -> web.Response:
    """POST …/deshacer: this person's answers that have not gone yet; their text is back."""

    def write(tx: Transaction) -> tuple[_IncidentData | None, dict[str, str]]:
        keyring, data = visit.panel.keyring, _load(visit, tx)
        texts: dict[str, str] = {}
        for line in data.lines if data is not None else ():
            for note_id in _fresh_answers(visit, tx, line):
                text = taking_back.undo_answer(tx, keyring, line.number, note_id, visit.now)
                if text is not None:
                    texts[line.number] = text
                    visit.note(tx, "answer-undone", line.number)
        return _load_and_audit(visit, found, tx), texts

    query = _query(visit)
    found = await _alike(visit, query) if query else []
    data, texts = await visit.panel.database.write(write)
    if data is None:
        return visit.page("message.html.j2", status=404)
    if not texts:
        return see_other(f"/panel/incidentes/{data.incident.id}?aviso=tarde")
    apart = dict.fromkeys([*texts.values(), text_field(visit, "answer")])  # each text once
    words = "\n\n".join(filter(None, apart))
    form = {**visit.form, "answer": words, **{f"{_MARK}{number}": "1" for number in texts}}
    return _render(replace(visit, form=form), data, notice=UNDONE, query=query)


async def _alike(visit: Visit, words: str) -> list[str]:
    """Cases that wait and say these words, or the one of this number."""
    wanted = CaseFilter(visit.areas(Action.GROUP_CASES), "open")
    if number := case_number_in(visit, words):
        named = replace(wanted, number=number)
        found = await visit.panel.database.read(lambda tx: browsing.page(tx, named, limit=FOUND))
        return [line.number for line in found]
    return await visit.panel.case_words.find(wanted, words, FOUND, visit.now)


def _query(visit: Visit) -> str:
    return " ".join((visit.form.get("q") or visit.query.get("q", "")).split())


def _marked(visit: Visit) -> list[str]:
    """The numbers of the cases that are marked to be added."""
    marks = sorted(name for name in visit.form if name.startswith(_OTHER))
    return [name.removeprefix(_OTHER) for name in marks]


def _sent_to(visit: Visit) -> int:
    """To how many cases the answer was to go, by the marks on the page."""
    return sum(name.startswith(_MARK) for name in visit.form)


def _load_and_audit(visit: Visit, found: Sequence[str], tx: Transaction) -> _IncidentData | None:
    data = _load(visit, tx)
    if data is not None:
        inside = {line.number for line in data.lines}
        others = browsing.lines(tx, [number for number in found if number not in inside])
        data = replace(data, others=tuple(others))
        subject = f"incidente {data.incident.id}"
        visit.note(tx, "cases-read", subject, f"incidente n={len(data.lines) + len(data.others)}")
    return data


def _load(visit: Visit, tx: Transaction) -> _IncidentData | None:
    """The incident with those of its cases that this person may group; None: not one of theirs."""
    found = incidents.find_incident(tx, number_in(visit.request.match_info["incident"]))
    if found is None:
        return None
    lines = tuple(incidents.cases_of(tx, found.id, visit.areas(Action.GROUP_CASES)))
    if not lines:
        return None
    undoable = sum(len(_fresh_answers(visit, tx, line)) for line in lines)
    return _IncidentData(found, lines, undoable)


def _waiting(visit: Visit, data: _IncidentData | None) -> list[CaseLine]:
    """The cases that an answer may go to."""
    areas = visit.areas(Action.ANSWER_CASES)
    lines = data.lines if data is not None else ()
    return [line for line in lines if line.status == "open" and line.area in areas]


def _answer_one(visit: Visit, tx: Transaction, number: str, words: str) -> bool:
    data = load_case(visit, tx, number)
    if not (data.reachable or data.by_hand):
        return False
    fact = CaseAnswered(number, visit.session.staff_id, words)
    answering.answer(tx, visit.panel.keyring, fact, visit.now)
    return True


def _fresh_answers(visit: Visit, tx: Transaction, line: CaseLine) -> list[int]:
    """The notes of this person's answers that may still be taken back."""
    going = taking_back.undoable(tx, line.number, visit.now) if line.status != "open" else ()
    case = reading.find_case(tx, visit.panel.keyring, line.number) if going else None
    own = visit.session.staff_id
    notes = case.notes if case is not None else ()
    return [note.id for note in notes if note.id in going and note.staff_id == own]


def _render(
    visit: Visit,
    data: _IncidentData | None,
    *,
    notice: str = "",
    problem: Fault | None = None,
    query: str = "",
) -> web.Response:
    if data is None:
        return visit.page("message.html.j2", status=404)
    # Cases that were just added are marked too; before the first choice all are.
    chosen = {f"{mark}{shown.number}" for shown in data.lines for mark in (_MARK, _OTHER)}
    chosen = set(visit.form) & chosen if visit.form else chosen
    waiting = {line.number for line in _waiting(visit, data)}
    readable, keyring = visit.areas(Action.READ_CASES), visit.panel.keyring

    def told(line: CaseLine) -> tuple[CaseLine, str]:
        words = line.first_words(keyring) if line.area in readable else None
        return line, beginning(words or "")

    return visit.page(
        "cases/incident.html.j2",
        status=422 if problem else 200,
        incident=data.incident,
        rows=[told(line) for line in data.lines],
        others=[told(line) for line in data.others],
        query=query,
        waiting=waiting,
        marked={number for number in waiting if {f"{_MARK}{number}", f"{_OTHER}{number}"} & chosen},
        undoable=data.undoable,
        undo_s=round(UNDO / timedelta(seconds=1)),
        notice=notice,
        problem=problem,
        words=text_field(visit, "answer"),
    )
