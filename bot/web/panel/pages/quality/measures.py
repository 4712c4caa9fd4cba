"""The board of measures, and opening one that no signal asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from aiohttp import web

from bot.reports.quality import measure_words as words
from bot.reports.quality.charts.chart_kinds import charted_name
from bot.reports.words.figure_words import counted
from bot.web.panel import faults
from bot.web.panel.faults import Checks, Fault, in_a_sentence
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.pages.quality.measure import (
    decision_of,
    indicators_of,
    judged_by_of,
    owners_of,
)
from bot.web.panel.visit import Visit, count_in, see_other
from handlers.cases.deadlines import calendar_of
from handlers.measures.after_run import before_week, decide_by
from handlers.measures.board import Tile, board
from handlers.measures.fields import (
    BY_HAND,
    LONGEST,
    LONGEST_CRITERION,
    LONGEST_PLACE,
    MOST_ATTENDED,
)
from handlers.measures.measures import Measure
from handlers.measures.steps import (
    DECIDED_AT_ONCE,
    GRADES,
    Decided,
    Gap,
    JudgedBy,
    MeasureStep,
    Meeting,
    Opened,
    Origin,
)
from handlers.quality.parts import alphabetical
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action
from handlers.text.days import Near, day_of
from storage.engine.database import Transaction
from storage.measures import steps
from storage.staff import staff
from storage.staff.staff import StaffMember

PATH = "/panel/medidas"
TILES = {
    Tile.OPEN: ("abiertas", "Abiertas"),
    Tile.OVERDUE: ("vencidas", "Vencidas"),
    Tile.THIS_WEEK: ("semana", "Vencen esta semana"),
    Tile.ENDED: ("cerradas", "Cerradas en 90 días"),
}
_DECISION = ("cause", "action", "owner", "due")
_DETAILS = {
    Origin.MEETING: (("held_on", "place", "attendance"), "Escribió datos de una reunión."),
    Origin.GAP: (("criterion", "evidence"), "Escribió datos de una autoevaluación."),
}
"""What is asked for one origin alone."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as a line of the list."""

    measure: Measure
    problem: str
    next: str
    owner: str
    judged_by: str  # empty: grades 6 and 7 of its area


async def page(visit: Visit) -> web.Response:
    """GET /panel/medidas."""
    measures, people = await visit.panel.database.read(partial(_load, visit))
    shown = board(measures, visit.now, visit.panel.release.content.zone).tiles
    asked = visit.request.query.get("ver", "")
    chosen = next((tile for tile, (name, _) in TILES.items() if name == asked), Tile.OPEN)
    names = {member.id: member.name for member in people}
    return visit.page(
        "measures/measures.html.j2",
        tiles=[(*TILES[tile], len(found), tile is chosen) for tile, found in shown.items()],
        title=TILES[chosen][1],
        rows=[_row(visit, measure, names) for measure in shown[chosen]],
        states=words.STATES,
        can_open=visit.may(Action.OPEN_MEASURES),
    )


async def new(visit: Visit) -> web.Response:
    """GET /panel/medidas/nueva."""
    return await _form(visit)


async def open_(visit: Visit) -> web.Response:
    """POST /panel/medidas/nueva; or only show the indicators of the area that was chosen."""
    if visit.form.get("show"):
        return await _form(visit)

    def write(tx: Transaction) -> str | Fault:
        checks, area = Checks(), _area(visit)
        if not area:
            checks.note(Fault("Elija un área.", "area"))
        judged_by = judged_by_of(visit, area, tx) if area else GRADES
        if judged_by is None:
            checks.note(Fault("Elija un indicador de esa área.", "indicator"))
        opened = checks.take(_parse_form(visit, area, judged_by or GRADES), None)
        decided = checks.take(_decided(visit, area, tx), None)
        if problem := checks.fault:
            return problem
        assert opened is not None, "nothing is wrong"
        panel, first = visit.panel, MeasureStep(visit.now, visit.session.staff_id, opened)
        found = steps.open_once(tx, panel.keyring, first, decided, panel.release.content.zone)
        return f"{found.number}?aviso={'abierta' if found.is_new else 'ya-abierta'}"

    done = await visit.panel.database.write(write)
    if isinstance(done, Fault):
        return await _form(visit, done)
    return see_other(f"{PATH}/{done}")


def _load(visit: Visit, tx: Transaction) -> tuple[list[Measure], list[StaffMember]]:
    """Those of an area that the content has dropped stay."""
    found = steps.all_measures(tx, visit.panel.keyring, visit.panel.release.content.zone)
    seen = [measure for measure in found if visit.may(Action.SEE_MEASURES, measure.area)]
    return seen, staff.everyone(tx)


def _row(visit: Visit, measure: Measure, names: dict[int, str]) -> MeasureRow:
    zone = visit.panel.release.content.zone
    area = visit.panel.rendering.area(measure.area)
    owner = names.get(measure.owner, "") if measure.owner else ""
    following = words.next_step(measure, visit.now, zone)
    by = measure.judged_by
    judged_by = "" if by.is_default else charted_name(by, area)
    return MeasureRow(measure, words.problem(measure, area), following, owner, judged_by)


async def _form(visit: Visit, problem: Fault | None = None) -> web.Response:
    areas = visit.areas(Action.OPEN_MEASURES) & set(visit.panel.areas)
    asked = {name: visit.request.query.get(name, "") for name in ("area", "indicador")}
    typed = {"area": asked["area"], "indicator": asked["indicador"], **visit.form}
    if len(areas) == 1:
        typed["area"] = typed["area"] or next(iter(areas))

    def read(tx: Transaction) -> tuple[list[StaffMember], list[tuple[str, str]]]:
        area = typed["area"] if typed["area"] in areas else ""
        offered = indicators_of(visit, tx, area) if area else []
        return owners_of(visit, tx, area), offered

    people, indicators = await visit.panel.database.read(read)
    return visit.page(
        "measures/new.html.j2",
        status=422 if problem else 200,
        problem=problem,
        typed=typed,
        indicators=indicators,
        origins={origin: words.ORIGINS[origin] for origin in BY_HAND},
        areas=sorted(areas, key=lambda area: alphabetical(visit.panel.rendering.area(area))),
        people=people,
        today=visit.today.isoformat(),
    )


def _area(visit: Visit) -> str:
    """The area of the form, if a measure of it may be opened; else empty."""
    area = visit.form.get("area", "")
    known = area in visit.panel.areas and visit.may(Action.OPEN_MEASURES, area)
    return area if known else ""


def _parse_form(visit: Visit, area: str, judged_by: JudgedBy) -> Opened | Fault:
    """The measure that the form opens; else all that is missing."""
    kind, text, checks = _origin(visit), text_field(visit, "problem"), Checks()
    if kind is None:
        checks.note(Fault("Elija de dónde viene la medida.", "origin"))
    for other, (fields, said) in _DETAILS.items():
        if kind not in (None, other) and _are_begun(visit, *fields):
            checks.note(Fault(f"{said} Elija ese origen, o bórrelos.", "origin"))
    checks.note(faults.required_words("problem", text, "el problema", LONGEST))
    meeting = checks.take(_meeting(visit), None) if kind is Origin.MEETING else None
    gap = checks.take(_gap(visit), None) if kind is Origin.GAP else None
    if problem := checks.fault:
        return problem
    assert kind is not None, "nothing is wrong"
    content = visit.panel.release.content
    since = before_week(IsoWeek.of(visit.now, content.zone))
    term = decide_by(visit.now, content.measure_rules.decide_days, calendar_of(content))
    heard_from = str(since.shifted(1))
    return Opened(area, kind, str(since), heard_from, term, text, meeting, gap, judged_by)


def _decided(visit: Visit, area: str, tx: Transaction) -> Decided | Fault | None:
    """What is decided at once; None: nothing yet, and nothing has to be."""
    if _origin(visit) not in DECIDED_AT_ONCE and not _are_begun(visit, *_DECISION):
        return None
    return decision_of(visit, owners_of(visit, tx, area))


def _origin(visit: Visit) -> Origin | None:
    """Where the measure comes from; None: that is not chosen."""
    origin = visit.form.get("origin", "")
    return Origin(origin) if origin in set(BY_HAND) else None


def _are_begun(visit: Visit, *fields: str) -> bool:
    """Whether something was typed into one of them: nothing of it may get lost."""
    return any(text_field(visit, name) for name in fields)


def _meeting(visit: Visit) -> Meeting | Fault:
    place, checks = text_field(visit, "place"), Checks()
    held_on = checks.take(_held_on(visit), visit.today)
    what = "el lugar de la reunión"
    checks.note(faults.required_words("place", place, what, LONGEST_PLACE))
    attendance = checks.take(_attendance(visit), 0)
    return checks.fault or Meeting(held_on, place, attendance)


def _held_on(visit: Visit) -> date | Fault:
    try:
        held_on = day_of(visit.form.get("held_on", ""), visit.today, Near.PAST)
    except ValueError as wrong:
        return Fault(in_a_sentence(wrong, "Falta la fecha de la reunión."), "held_on")
    if held_on > visit.today:
        return Fault("La fecha de la reunión aún no llega.", "held_on")
    return held_on


def _attendance(visit: Visit) -> int | Fault:
    attended = text_field(visit, "attendance")
    if not attended:
        return Fault("Falta escribir cuántas personas asistieron.", "attendance")
    attendance = count_in(attended)
    if 0 < attendance <= MOST_ATTENDED:
        return attendance
    told = f"Escriba con cifras cuántas personas asistieron, de 1 a {counted(MOST_ATTENDED)}."
    return Fault(told, "attendance")


def _gap(visit: Visit) -> Gap | Fault:
    criterion, evidence = text_field(visit, "criterion"), text_field(visit, "evidence")
    unmet, evident = "el criterio de la autoevaluación", "la evidencia de que no se cumple"
    problem = faults.together(
        faults.required_words("criterion", criterion, unmet, LONGEST_CRITERION),
        faults.required_words("evidence", evidence, evident, LONGEST),
    )
    return problem or Gap(criterion, evidence)
