"""Questionnaires to staff: which are open, asking one, closing it, and what areas answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from aiohttp import web

from bot.reports.quality import staff_words as words
from bot.web.panel.faults import Fault, in_a_sentence, together, unless
from bot.web.panel.visit import Visit, see_other
from handlers.assessments.rounds import Counts, Round, figure, round_questions, staff_questionnaires
from handlers.cases.deadlines import end_of_day
from handlers.messages import Announcement
from handlers.quality.parts import alphabetical
from handlers.release import DEFAULT_LANGUAGE
from handlers.staff.permissions import Action
from handlers.text.days import Near, day_of
from storage.assessments import rounds
from storage.engine.database import Transaction

PATH = "/panel/cuestionarios"
LONGEST_DAYS = 60
NOTICES = {
    "abierto": "El cuestionario quedó abierto y se avisó al personal.",
    "cerrado": "El cuestionario quedó cerrado. Sus cifras ya se pueden ver.",
    "respondido": "Gracias. Sus respuestas se contaron, sin su nombre.",
}


@dataclass(frozen=True, slots=True)
class ClosedRound:
    """What is told of a closed round: of each area with figures, and the areas with none."""

    round: Round
    areas: tuple[tuple[str, tuple[words.StaffStatement, ...]], ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _PageData:
    open: list[Round]
    waiting: frozenset[str]  # numbers of those that this person has not answered
    closed: list[ClosedRound]


async def page(visit: Visit) -> web.Response:
    """GET /panel/cuestionarios."""
    return await _render_list(visit)


async def open_(visit: Visit) -> web.Response:
    """POST /panel/cuestionarios: ask the staff until a day."""
    content = visit.panel.release.content
    chosen = next(
        (q for q in staff_questionnaires(content) if q.id == visit.form.get("questionnaire")), None
    )
    until = _until(visit)
    missing = unless(chosen, "Elija un cuestionario.", "questionnaire")
    if chosen is None or isinstance(until, Fault):
        return await _render_list(visit, together(missing, until), 422)
    drafted = Round(
        "",
        chosen.id,
        chosen.version,
        chosen.title.get(DEFAULT_LANGUAGE, chosen.id),
        round_questions(chosen, DEFAULT_LANGUAGE),
        visit.now,
        end_of_day(until, content.zone),
    )

    def write(tx: Transaction) -> bool:
        number = rounds.open_one(
            tx, visit.panel.keyring, drafted, visit.session.staff_id, content.zone
        )
        if number is None:
            return False
        rounds.notify(tx, visit.panel.keyring, number, _invitation(visit, drafted), visit.now)
        return True

    if not await visit.panel.database.write(write):
        return await _render_list(visit, Fault("Ese cuestionario ya está abierto."), 409)
    visit.panel.nudge()
    return see_other(f"{PATH}?aviso=abierto")


def _until(visit: Visit) -> date | Fault:
    """The last day on which it can be answered."""
    told = f"Elija un día desde hoy y hasta en {LONGEST_DAYS} días."
    try:
        until = day_of(visit.form.get("until", ""), visit.today, Near.AHEAD)
    except ValueError as wrong:
        return Fault(in_a_sentence(wrong, told), "until")
    return until if 0 <= (until - visit.today).days <= LONGEST_DAYS else Fault(told, "until")


async def close(visit: Visit) -> web.Response:
    """POST /panel/cuestionarios/cerrar: take no more answers."""
    number, by = visit.form.get("round", ""), visit.session.staff_id
    done = await visit.panel.database.write(
        lambda tx: rounds.close(tx, visit.panel.keyring, number, by, visit.now)
    )
    if not done:
        return await _render_list(visit, Fault("Ese cuestionario no está abierto."), 409)
    return see_other(f"{PATH}?aviso=cerrado")


async def _render_list(
    visit: Visit, problem: Fault | None = None, status: int = 200
) -> web.Response:
    data = await visit.panel.database.read(partial(_load, visit))
    content = visit.panel.release.content
    is_open = {staff_round.questionnaire for staff_round in data.open}
    return visit.page(
        "staff/questionnaires.html.j2",
        status=status,
        read=data,
        may_run=visit.may(Action.RUN_ROUNDS),
        offered=[
            (questionnaire.id, questionnaire.title.get(DEFAULT_LANGUAGE, questionnaire.id))
            for questionnaire in staff_questionnaires(content)
            if questionnaire.id not in is_open
        ],
        today=visit.today,
        rule=words.RULE,
        typed=visit.form,
        notice=NOTICES.get(visit.query.get("aviso", ""), ""),
        problem=problem,
    )


def _load(visit: Visit, tx: Transaction) -> _PageData:
    found = rounds.all_rounds(tx)
    waiting = rounds.waiting_for(tx, visit.panel.keyring, visit.session.staff_id, visit.now)
    closed = [staff_round for staff_round in reversed(found) if not staff_round.is_open(visit.now)]
    runs = visit.may(Action.RUN_ROUNDS)
    counts = rounds.counts(tx, closed) if runs else {}
    return _PageData(
        [staff_round for staff_round in found if staff_round.is_open(visit.now)],
        frozenset(staff_round.number for staff_round in waiting),
        [_closed_round(visit, staff_round, counts) for staff_round in closed] if runs else [],
    )


def _closed_round(visit: Visit, found: Round, counts: dict[str, dict[str, Counts]]) -> ClosedRound:
    told: list[tuple[str, tuple[words.StaffStatement, ...]]] = []
    without = []
    called = visit.panel.rendering.area
    for area in sorted(visit.panel.areas, key=lambda area: alphabetical(called(area))):
        counted = counts.get(area, {}).get(found.number, {})
        figures = words.told_statements(
            (figure(found, question, counted) for question in found.questions),
            visit.panel.release.content.zone,
        )
        if figures:
            told.append((called(area), figures))
        else:
            without.append(called(area))
    return ClosedRound(found, tuple(told), tuple(without))


def _invitation(visit: Visit, drafted: Round) -> Announcement:
    """What the staff are told."""
    until = visit.panel.rendering.term(drafted.closes_at, visit.now)
    text = (
        f"Cuestionario al personal: {drafted.title}. {until[:1].upper()}{until[1:]}.\n"
        "Se cuenta por área y sin su nombre. Para responder escriba CUESTIONARIO, o ábralo en el"
        " panel."
    )
    return Announcement(text, f"Cuestionario al personal: {drafted.title}")
