"""Who is on duty when, and who is away with whom in their place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.reports.words.absence_words import stands_in, stands_in_no_more
from bot.reports.words.shift_words import when
from bot.web.panel.faults import Checks, Fault, WrongForm, in_a_sentence, unless
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.cases.deadlines import calendar_of
from handlers.errors import OperatorError, SubstitutesInCircle
from handlers.messages import Announcement
from handlers.staff.absences import Absence
from handlers.staff.permissions import Action, Grant, may_be_on_duty
from handlers.staff.shifts import Shift
from handlers.text.days import day_of, hour_of
from storage.duty import absences, shifts
from storage.engine.database import Transaction
from storage.staff import roles, staff, staff_contacts
from storage.staff.staff import StaffMember

PATH = "/panel/turnos"
NOTICES = {
    "turno": "El turno quedó anotado.",
    "sin-turno": "El turno quedó quitado.",
    "ausencia": "La ausencia quedó anotada. Sus avisos van a quien reemplaza, y se le dice.",
    "sin-reemplazo": "La ausencia quedó anotada, sin quien reemplace.",
    "sin-ausencia": "La ausencia quedó quitada.",
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _DutyData:
    names: dict[int, str]
    offered: dict[int, str]  # those who can be chosen
    roster: list[Shift]
    on_duty: set[int]
    cannot: set[int]  # shifts of those whose roles let them answer nobody there
    absent: list[Absence]
    substitutes: dict[int, int]


async def page(visit: Visit) -> web.Response:
    """GET /panel/turnos."""
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    return await _page(visit, notice=notice)


async def add_shift(visit: Visit) -> web.Response:
    """POST /panel/turnos."""

    def write(tx: Transaction) -> None:
        shift = _shift(visit, tx)
        if shifts.add(tx, shift):
            visit.note(tx, "shift-added", f"staff:{shift.staff}", shift.area or "*")

    return await _apply(visit, write, "turno")


async def remove_shift(visit: Visit) -> web.Response:
    """POST /panel/turnos/quitar."""

    def write(tx: Transaction) -> None:
        number = _number(visit, "shift")
        found = next((shift for shift in shifts.list_shifts(tx) if shift.id == number), None)
        if found is None or not shifts.remove(tx, number):
            raise WrongForm("Ese turno ya no está.")
        visit.note(tx, "shift-removed", f"staff:{found.staff}", found.area or "*")

    return await _apply(visit, write, "sin-turno")


async def add_absence(visit: Visit) -> web.Response:
    """POST /panel/turnos/ausencia: one's own; anybody's for who manages the roster."""

    notice = "ausencia" if visit.form.get("substitute") else "sin-reemplazo"

    def write(tx: Transaction) -> None:
        absence = _absence(visit, tx)
        _check_own(visit, absence.staff)
        if number := absences.plan(tx, absence, visit.now):
            told = f"staff:{absence.staff}", f"staff:{absence.substitute}"
            visit.note(tx, "absence-added", *told)
            _notify_substitute(visit, tx, absence, f"stands-in:{number}", stands_in)

    return await _apply(visit, write, notice, "until")


async def remove_absence(visit: Visit) -> web.Response:
    """POST /panel/turnos/quitar-ausencia."""

    def write(tx: Transaction) -> None:
        number = _number(visit, "absence")
        found = next(
            (absence for absence in absences.not_over(tx, visit.now) if absence.id == number), None
        )
        if found is None:
            raise WrongForm("Esa ausencia ya no está.")
        _check_own(visit, found.staff)
        absences.remove(tx, number)
        visit.note(tx, "absence-removed", f"staff:{found.staff}")
        _notify_substitute(visit, tx, found, f"stands-in-no-more:{number}", stands_in_no_more)

    return await _apply(visit, write, "sin-ausencia")


def _notify_substitute(
    visit: Visit,
    tx: Transaction,
    absence: Absence,
    event: str,
    words: Callable[[Absence, str, datetime, ZoneInfo], Announcement],
) -> None:
    panel, names = visit.panel, {member.id: member.name for member in staff.everyone(tx)}
    content = panel.release.content
    body = words(absence, names[absence.staff], visit.now, content.zone)
    at = calendar_of(content).next_opening(visit.now)
    notice = staff_contacts.StaffNotice(event, body, at)
    staff_contacts.notify_substitute(tx, panel.keyring, absence, notice)


async def _apply(
    visit: Visit, write: Callable[[Transaction], None], notice: str, field: str = ""
) -> web.Response:
    """``field``: that what the storage refuses is about."""
    try:
        await visit.panel.database.write(write)
    except OperatorError as error:
        told = f"{str(error)[0].upper()}{str(error)[1:]}."
        field = "substitute" if isinstance(error, SubstitutesInCircle) else field
        return await _page(visit, problem=Fault(told, field), status=422)
    except WrongForm as wrong:
        return await _page(visit, problem=wrong.fault, status=422)
    return see_other(f"{PATH}?aviso={notice}")


async def _page(
    visit: Visit, *, notice: str = "", problem: Fault | None = None, status: int = 200
) -> web.Response:
    data = await visit.panel.database.read(partial(_load, visit))
    return visit.page(
        "staff/duty.html.j2",
        status=status,
        read=data,
        notice=notice,
        problem=problem,
        typed=visit.form,
        when=when,
        own=visit.session.staff_id,
        manages=visit.may(Action.MANAGE_DUTY),
        today=visit.today,
        areas=sorted(visit.panel.areas, key=visit.panel.rendering.area),
    )


def _load(visit: Visit, tx: Transaction) -> _DutyData:
    roster = [shift for shift in shifts.list_shifts(tx) if not shift.is_over(visit.now)]
    everyone, held = staff.everyone(tx), roles.by_person(tx)
    return _DutyData(
        {member.id: member.name for member in everyone},
        {member.id: member.name for member in _choosable(everyone, held)},
        roster,
        {shift.id for shift in roster if shift.covers(visit.now)},
        {shift.id for shift in roster if not _may_answer(visit, held, shift)},
        absences.not_over(tx, visit.now),
        absences.substitutes(tx, visit.now),
    )


def _choosable(everyone: Sequence[StaffMember], held: Collection[int]) -> Iterator[StaffMember]:
    """All but the duty address of the settings, unless it holds a role: a mailbox is nobody."""
    return (member for member in everyone if not member.is_unnamed or member.id in held)


def _may_answer(visit: Visit, held: Mapping[int, Sequence[Grant]], shift: Shift) -> bool:
    sensitive = visit.panel.is_sensitive(shift.area)
    return may_be_on_duty(held.get(shift.staff, ()), shift.area, sensitive=sensitive)


def _check_own(visit: Visit, staff_id: int) -> None:
    if staff_id != visit.session.staff_id and not visit.may(Action.MANAGE_DUTY):
        raise WrongForm("Solo quien administra el panel anota las ausencias de otras personas.")


def _shift(visit: Visit, tx: Transaction) -> Shift:
    area, checks, midnight = visit.form.get("area", ""), Checks(), time()
    person = checks.read(partial(_person, visit, tx, "person"), 0)
    checks.note(unless(not area or area in visit.panel.areas, "Esa área ya no está.", "area"))
    chosen = frozenset(day for day in range(1, 8) if visit.form.get(f"day{day}"))
    checks.note(unless(chosen, "Elija al menos un día de la semana.", "day1"))
    begins, ends = (
        checks.read(partial(_time, visit, field), midnight) for field in ("begins", "ends")
    )
    first = checks.read(partial(_day, visit, "first", "el primer día"), None)
    last = None
    if visit.form.get("last"):
        last = checks.read(partial(_day, visit, "last", "el último día"), None)
    is_after = first is None or last is None or first <= last
    checks.note(unless(is_after, "El último día es anterior al primero.", "last"))
    checks.end()
    assert first is not None, "nothing is wrong"
    zone = visit.panel.release.content.zone
    shift = Shift(person, area, first, last, chosen, begins, ends, zone)
    if shift.is_over(visit.now):
        raise WrongForm("Esos días ya pasaron.", "last")
    return shift


def _absence(visit: Visit, tx: Transaction) -> Absence:
    checks, substitute = Checks(), 0
    person = checks.read(partial(_person, visit, tx, "away"), -1)
    first = checks.read(partial(_day, visit, "from", "el primer día"), visit.today)
    last = checks.read(partial(_day, visit, "until", "el último día"), visit.today)
    if visit.form.get("substitute"):
        substitute = checks.read(partial(_person, visit, tx, "substitute"), 0)
    own = "Nadie se reemplaza a sí mismo; elija a otra persona."
    checks.note(unless(substitute != person, own, "substitute"))
    checks.end()
    return Absence(person, substitute, _midnight(visit, first), _midnight(visit, last + _DAY))


def _midnight(visit: Visit, day: date) -> datetime:
    zone = visit.panel.release.content.zone
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _person(visit: Visit, tx: Transaction, field: str) -> int:
    given = visit.form.get(field, "")
    known = _choosable(staff.everyone(tx), roles.by_person(tx))
    found = next((member for member in known if str(member.id) == given), None)
    if found is None:
        raise WrongForm("Elija a la persona.", field)
    return found.id


def _day(visit: Visit, field: str, what: str) -> date:
    try:
        return day_of(visit.form.get(field, ""), visit.today)
    except ValueError as wrong:
        told = in_a_sentence(wrong, f"Falta {what}.")
        raise WrongForm(told, field) from None


def _time(visit: Visit, field: str) -> time:
    try:
        return hour_of(visit.form.get(field, ""))
    except ValueError as wrong:
        raise WrongForm(in_a_sentence(wrong, "Falta la hora."), field) from None


def _number(visit: Visit, field: str) -> int:
    return number_in(visit.form.get(field, ""))
