"""One questionnaire to staff, answered on a page."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.web.panel.faults import Fault, together
from bot.web.panel.pages.staff.questionnaires import PATH
from bot.web.panel.visit import Visit, see_other
from handlers.assessments.rounds import Round, RoundQuestion
from handlers.content.questionnaires.definition import QuestionKind
from handlers.facts.staff import StaffAnswered
from storage.assessments import rounds
from storage.engine.database import Transaction
from storage.staff import staff

_YES_NO = (("yes", "Sí"), ("no", "No"))


async def page(visit: Visit) -> web.Response:
    """GET /panel/cuestionarios/{round}."""
    found = await visit.panel.database.read(partial(_waiting, visit))
    return visit.page("message.html.j2", status=404) if found is None else _form(visit, found)


async def answer(visit: Visit) -> web.Response:
    """POST /panel/cuestionarios/{round}: counted, with no name, once."""

    def write(tx: Transaction) -> tuple[Round | None, bool]:
        found = _waiting(visit, tx)
        if found is None:
            return None, False
        typed = tuple(
            (question.id, visit.form.get(question.id, "")) for question in found.questions
        )
        if found.counted(dict(typed)) is None:
            return found, False
        own = visit.session.staff_id
        area = next((member.area for member in staff.everyone(tx) if member.id == own), "")
        fact = StaffAnswered(found.number, own, area, typed)
        return found, rounds.count(tx, visit.panel.keyring, fact, visit.now)

    found, counted = await visit.panel.database.write(write)
    if found is None:
        return visit.page("message.html.j2", status=404)
    if not counted:
        return _form(visit, found, _fault(visit, found), 422)
    return see_other(f"{PATH}?aviso=respondido")


def _waiting(visit: Visit, tx: Transaction) -> Round | None:
    """The round, as long as it is open and this person has not answered it."""
    number, own = visit.request.match_info["round"], visit.session.staff_id
    waiting = rounds.waiting_for(tx, visit.panel.keyring, own, visit.now)
    return (
        rounds.find_round(tx, number)
        if number in {staff_round.number for staff_round in waiting}
        else None
    )


def _fault(visit: Visit, found: Round) -> Fault:
    """The questions that are not answered by one of their choices."""
    missing = [
        Fault(f"Falta responder: {question.text}", question.id)
        for question in found.questions
        if visit.form.get(question.id, "") not in {value for value, _ in _choices(question)}
    ]
    return together(*missing) or Fault("Sus respuestas ya se contaron.")


def _form(
    visit: Visit, found: Round, problem: Fault | None = None, status: int = 200
) -> web.Response:
    return visit.page(
        "staff/questionnaire.html.j2",
        status=status,
        round=found,
        questions=[(question, _choices(question)) for question in found.questions],
        typed=visit.form,
        problem=problem,
    )


def _choices(asked: RoundQuestion) -> list[tuple[str, str]]:
    """Each value with its label, in the order to show."""
    match asked.kind:
        case QuestionKind.GRADE:
            return [(str(grade), str(grade)) for grade in range(1, 8)]
        case QuestionKind.YES_NO:
            return list(_YES_NO)
        case _:
            return list(asked.choices)
