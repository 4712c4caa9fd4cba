"""`opina staff duty` and `opina staff absent`: who is on duty when, and who is away."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config
from bot.commands.staff.roles import ALL_AREAS

if TYPE_CHECKING:
    from datetime import datetime

    from bot.installation import Installation
    from handlers.staff.absences import Absence
    from handlers.staff.shifts import Shift
    from storage.engine.database import Transaction

Email = Annotated[str, typer.Argument(metavar="CORREO", help="El correo con que se agregó.")]
Number = Annotated[int, typer.Argument(metavar="N", help="El número que muestra la lista.")]
OnlyIn = Annotated[
    str | None, typer.Option("--area", metavar="ID", help="Solo en esta área; si no, en todas.")
]
Days = Annotated[str, typer.Option("--days", metavar="DÍAS", help="Como lun-vie o sab,dom.")]
Begins = Annotated[str, typer.Option("--from", metavar="HORA", help="Como 08:30.")]
Ends = Annotated[
    str, typer.Option("--until", metavar="HORA", help="Antes que --from: del otro día.")
]
FirstDay = Annotated[
    str | None, typer.Option("--first", metavar="FECHA", help="Primer día; si no, hoy.")
]
LastDay = Annotated[
    str | None,
    typer.Option("--last", metavar="FECHA", help="Último día; si no, hasta que se quite."),
]
WEEKDAYS = ("lun", "mar", "mie", "jue", "vie", "sab", "dom")
WHOLE_WEEKDAYS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")


def register(staff: typer.Typer) -> None:
    """Add the commands to those of staff."""
    duty = typer.Typer(help="Quién está de turno, y cuándo.", invoke_without_command=True)
    duty.callback()(duty_list)
    duty.command("add", help="Anota un turno.")(duty_add)
    duty.command("remove", help="Quita un turno.")(duty_remove)
    absent = typer.Typer(help="Quién se ausenta, y quién reemplaza.", invoke_without_command=True)
    absent.callback()(absent_list)
    absent.command("add", help="Anota una ausencia.")(absent_add)
    absent.command("remove", help="Quita una ausencia.")(absent_remove)
    staff.add_typer(duty, name="duty")
    staff.add_typer(absent, name="absent")


def duty_list(context: typer.Context, config: Config = None) -> None:
    if context.invoked_subcommand is not None:
        return
    from bot.installation import with_installation
    from bot.reports.words.dates import in_words
    from bot.reports.words.shift_words import when
    from storage.duty import shifts
    from storage.staff import staff

    async def work(here: Installation) -> None:
        roster = await here.database.read(shifts.list_shifts)
        names = {member.id: member.name for member in await here.database.read(staff.everyone)}
        if not roster:
            print("Aún no hay turnos. Para anotar uno: opina staff duty add CORREO")
        for shift in roster:
            where = here.area_name(shift.area) if shift.area else "todo el municipio"
            until = f" hasta el {in_words(shift.last_day)}" if shift.last_day else ""
            now = " · de turno ahora" if shift.covers(here.opened_at) else ""
            print(f"{shift.id}. {names.get(shift.staff, '?')} · {where}{now}")
            print(f"   {when(shift)}, desde el {in_words(shift.first_day)}{until}")

    with_installation(config, work)


def duty_add(
    email: Email,
    area: OnlyIn = None,
    days: Days = "lun-vie",
    begins: Begins = "08:30",
    ends: Ends = "17:30",
    first: FirstDay = None,
    last: LastDay = None,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import known_area, member_with
    from bot.installation import with_installation
    from bot.reports.words.shift_words import when
    from handlers.staff.shifts import Shift

    weekdays, opens, closes = _weekdays(days), _time("--from", begins), _time("--until", ends)

    async def work(here: Installation) -> None:
        zone = here.content.zone
        begun, ended = _from_until(here, first, last)
        own = known_area(here.content, area) if area else ""

        def write(tx: Transaction) -> tuple[str, Shift, bool]:
            member = member_with(tx, email)
            shift = Shift(member.id, own, begun, ended, weekdays, opens, closes, zone)
            return member.name, shift, _put_on_duty(tx, here, shift)

        name, shift, answers = await here.database.write(write)
        print(f"{name}: el turno quedó anotado: {when(shift)}.")
        if not answers:
            print(
                "Aún no puede atender a quienes piden una persona; dele un rol: opina staff role"
                f" {email} meson --area {own or ALL_AREAS}"
            )

    with_installation(config, work)


def _from_until(
    here: Installation, first: str | None, last: str | None
) -> tuple[date, date | None]:
    """The first day, and the last if there is one. Raises OperatorError."""
    from bot.commands.shared.typed import typed_day
    from handlers.errors import OperatorError

    today = _today(here)
    begun = typed_day("--first", first, today) if first else today
    ended = typed_day("--last", last, today) if last else None
    if ended is not None and ended < begun:
        raise OperatorError("--last: es anterior al primer día")
    return begun, ended


def _put_on_duty(tx: Transaction, here: Installation, shift: Shift) -> bool:
    """Record the shift, once; return whether they may answer citizens who ask for a person."""
    from handlers.errors import OperatorError
    from handlers.staff.permissions import may_be_on_duty
    from storage.duty import shifts
    from storage.staff import roles

    if shift.is_over(here.opened_at):
        raise OperatorError(f"--until {shift.last_day}: esos días ya pasaron")
    if shifts.add(tx, shift):
        add_audit_entry(tx, here, "shift-added", f"staff:{shift.staff}", shift.area or "*")
    held = roles.grants_of(tx, shift.staff)
    sensitive = bool(shift.area) and here.content.area_by_id[shift.area].sensitive
    return may_be_on_duty(held, shift.area, sensitive=sensitive)


def duty_remove(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.duty import shifts

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> None:
            found = next((shift for shift in shifts.list_shifts(tx) if shift.id == number), None)
            if found is None or not shifts.remove(tx, number):
                raise OperatorError(f"{number}: no hay un turno así; opina staff duty los muestra")
            add_audit_entry(tx, here, "shift-removed", f"staff:{found.staff}", found.area or "*")

        await here.database.write(write)
        print("El turno quedó quitado.")

    with_installation(config, work)


def absent_list(context: typer.Context, config: Config = None) -> None:
    if context.invoked_subcommand is not None:
        return
    from datetime import timedelta

    from bot.installation import with_installation
    from storage.duty import absences
    from storage.staff import staff

    async def work(here: Installation) -> None:
        def read(tx: Transaction) -> None:
            names = {member.id: member.name for member in staff.everyone(tx)}
            now = absences.substitutes(tx, here.opened_at)
            planned = absences.not_over(tx, here.opened_at)
            if not planned:
                print("Nadie está ausente. Para anotar una ausencia: opina staff absent add CORREO")
            for absence in planned:
                zone = here.content.zone
                first, after = (at.astimezone(zone).date() for at in (absence.begins, absence.ends))
                last = after - timedelta(days=1)
                who = "sin reemplazo"
                if absence.substitute:
                    who = f"reemplaza {names.get(absence.substitute, '?')}"
                last_of_chain = now.get(absence.staff, 0)
                if absence.covers(here.opened_at) and last_of_chain not in (0, absence.substitute):
                    who += f", y ahora {names.get(last_of_chain, '?')}"
                print(f"{absence.id}. {names.get(absence.staff, '?')}: {first} a {last}, {who}")

        await here.database.read(read)

    with_installation(config, work)


def absent_add(
    email: Email,
    begins: Annotated[str, typer.Option("--from", metavar="FECHA", help="Primer día.")],
    ends: Annotated[str, typer.Option("--until", metavar="FECHA", help="Último día.")],
    substitute: Annotated[
        str | None, typer.Option(metavar="CORREO", help="Quién reemplaza.")
    ] = None,
    config: Config = None,
) -> None:
    from datetime import timedelta

    from bot.commands.shared.naming import member_with
    from bot.commands.shared.typed import typed_day
    from bot.installation import with_installation
    from handlers.staff.absences import Absence

    async def work(here: Installation) -> None:
        today = _today(here)
        first, last = (
            typed_day(option, day, today) for option, day in (("--from", begins), ("--until", ends))
        )

        def write(tx: Transaction) -> str:
            member = member_with(tx, email)
            other = member_with(tx, substitute) if substitute else None
            absence = Absence(
                member.id,
                other.id if other else 0,
                _midnight(here, first),
                _midnight(here, last + timedelta(days=1)),
            )
            _plan_absence(tx, here, absence, member.name)
            return f"{member.name}: la ausencia quedó anotada" + (
                f"; reemplaza {other.name}." if other else ", sin reemplazo."
            )

        print(await here.database.write(write))

    with_installation(config, work)


def _plan_absence(tx: Transaction, here: Installation, absence: Absence, name: str) -> None:
    """Note the absence of the person of that name, once, and tell the substitute.

    Raises OperatorError for one that cannot be.
    """
    from bot.reports.words.absence_words import stands_in
    from handlers.cases.deadlines import calendar_of
    from storage.duty import absences
    from storage.staff.staff_contacts import StaffNotice, notify_substitute

    number = absences.plan(tx, absence, here.opened_at)
    if not number:
        return
    whose, by = f"staff:{absence.staff}", f"staff:{absence.substitute}"
    add_audit_entry(tx, here, "absence-added", whose, by)
    body = stands_in(absence, name, here.opened_at, here.content.zone)
    at = calendar_of(here.content).next_opening(here.opened_at)
    notice = StaffNotice(f"stands-in:{number}", body, at)
    notify_substitute(tx, here.keyring, absence, notice)


def absent_remove(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from bot.reports.words.absence_words import stands_in_no_more
    from handlers.cases.deadlines import calendar_of
    from handlers.errors import OperatorError
    from storage.duty import absences
    from storage.staff import staff
    from storage.staff.staff_contacts import StaffNotice, notify_substitute

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> None:
            planned = absences.not_over(tx, here.opened_at)
            found = next((absence for absence in planned if absence.id == number), None)
            if found is None:
                raise OperatorError(
                    f"{number}: no hay una ausencia así; opina staff absent las muestra"
                )
            absences.remove(tx, number)
            add_audit_entry(tx, here, "absence-removed", f"staff:{found.staff}")
            names = {member.id: member.name for member in staff.everyone(tx)}
            body = stands_in_no_more(found, names[found.staff], here.opened_at, here.content.zone)
            at = calendar_of(here.content).next_opening(here.opened_at)
            notice = StaffNotice(f"stands-in-no-more:{number}", body, at)
            notify_substitute(tx, here.keyring, found, notice)

        await here.database.write(write)
        print("La ausencia quedó quitada.")

    with_installation(config, work)


def _weekdays(given: str) -> frozenset[int]:
    """``lun-vie`` or ``sab,dom`` as numbers. Raises OperatorError."""
    from handlers.errors import OperatorError
    from handlers.text.folding import fold

    numbers = {name: at for names in (WEEKDAYS, WHOLE_WEEKDAYS) for at, name in enumerate(names)}
    found = set[int]()
    for part in given.split(","):
        first, _, last = (fold(day) for day in part.partition("-"))
        if first not in numbers or (last or first) not in numbers:
            raise OperatorError(f"--days {given}: se espera algo como lun-vie o sab,dom")
        begin, end = numbers[first], numbers[last or first]
        span = (end - begin) % 7
        found |= {(begin + step) % 7 + 1 for step in range(span + 1)}
    return frozenset(found)


def _time(option: str, given: str) -> time:
    from handlers.errors import OperatorError
    from handlers.text.days import hour_of

    try:
        return hour_of(given)
    except ValueError as wrong:
        raise OperatorError(f"{option}: {wrong}") from None


def _today(here: Installation) -> date:
    return here.opened_at.astimezone(here.content.zone).date()


def _midnight(here: Installation, day: date) -> datetime:
    from datetime import UTC, datetime

    return datetime.combine(day, time(), tzinfo=here.content.zone).astimezone(UTC)
