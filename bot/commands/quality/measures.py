"""`opina measures`: corrective measures, and all that can be done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config
from bot.commands.shared.typed import typed_number
from bot.commands.shared.wrapping import print_wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.quality.measure_options import GivenDecision
    from bot.installation import Installation
    from handlers.measures.measures import Measure
    from handlers.measures.steps import Deadline, Event, Opened, Origin
    from storage.engine.database import Transaction

BY_HAND = ("plan", "training", "meeting", "gap")
Number = Annotated[str, typer.Argument(metavar="NUMERO", help="Como M-2026-001.")]
Cause = Annotated[str, typer.Option("--cause", metavar="TEXTO", help="Por qué pasa.")]
Action = Annotated[str, typer.Option("--action", metavar="TEXTO", help="Qué se hará.")]
Owner = Annotated[str, typer.Option("--owner", metavar="CORREO", help="Quién responde por ella.")]
Due = Annotated[str, typer.Option("--due", metavar="FECHA", help="Como 30-12-2026.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXTO", help="El motivo.")]
NamesNobody = Annotated[
    bool, typer.Option("--names-nobody", help="No es de ninguna persona lo que parece serlo.")
]
ByHand = Annotated[
    str, typer.Option("--origin", metavar="ORIGEN", help=f"Uno de {', '.join(BY_HAND)}.")
]
Problem = Annotated[
    str, typer.Option("--problem", metavar="TEXTO", help="El problema, acuerdo o brecha.")
]
HeldOn = Annotated[str, typer.Option("--held-on", metavar="FECHA", help="De la reunión.")]
Place = Annotated[str, typer.Option("--place", metavar="TEXTO", help="De la reunión.")]
Attendance = Annotated[
    int, typer.Option("--attendance", min=0, metavar="N", help="Cuántas personas asistieron.")
]
Criterion = Annotated[
    str, typer.Option("--criterion", metavar="TEXTO", help="De la autoevaluación.")
]
Evidence = Annotated[str, typer.Option("--evidence", metavar="TEXTO", help="De que no se cumple.")]
Indicator = Annotated[
    str,
    typer.Option(
        "--indicator",
        metavar="ID",
        help="En que se mide su efecto, como motivo-espera; sin decirlo, nota 6 o 7.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    measures = typer.Typer(
        no_args_is_help=True, help="Las medidas: de una señal a su efecto medido."
    )
    measures.command("list", help="Muestra las medidas abiertas, lo más urgente primero.")(list_)
    measures.command("show", help="Muestra una medida con todo lo que pasó.")(show)
    measures.command("open", help="Abre una de un plan, capacitación, reunión o brecha.")(open_)
    measures.command("decide", help="Anota causa, acción, responsable y fecha, o las cambia.")(
        decide
    )
    measures.command("decline", help="Decide que no hay medida, con un motivo.")(decline)
    measures.command("note", help="Anota algo que se hizo.")(note)
    measures.command("done", help="La da por hecha; su efecto se mide en ocho semanas.")(done)
    measures.command("close", help="Cierra una cuyo efecto se midió, y avisa a quienes opinaron.")(
        close
    )
    measures.command(
        "reopen", help="Abre otra vez una sin efecto visto, o hecha o cerrada por error."
    )(reopen)
    app.add_typer(measures, name="measures")


def list_(
    all_: Annotated[bool, typer.Option("--all", help="También las cerradas.")] = False,
    area: Annotated[str | None, typer.Option(metavar="ID", help="Solo las de un área.")] = None,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import known_area
    from bot.installation import with_installation
    from bot.reports.quality import measure_words as words
    from handlers.measures.board import Tile, board
    from storage.measures import steps

    async def work(here: Installation) -> None:
        unit = known_area(here.content, area) if area else None
        found = await here.database.read(lambda tx: steps.all_measures(tx, here.keyring, here.zone))
        waiting = board(found, here.opened_at, here.zone).tiles[Tile.OPEN]
        ended = [measure for measure in found if not measure.is_open] if all_ else []
        chosen = [measure for measure in [*waiting, *ended] if unit in (None, measure.area)]
        if not chosen:
            print("No hay medidas." if all_ else "No hay medidas abiertas.")
        for measure in chosen:
            problem = words.problem(measure, here.area_name(measure.area))
            late = " · ATRASADA" if measure.is_overdue(here.opened_at) else ""
            print(f"{measure.number} · {words.STATES[measure.state]}{late}")
            print_wrapped(problem)
            if measure.due_at is not None:
                print_wrapped(words.next_step(measure, here.opened_at, here.zone).capitalize())

    with_installation(config, work)


def show(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from bot.reports.quality import measure_words as words
    from bot.reports.quality.charts.chart_kinds import charted_name
    from storage.staff import staff

    async def work(here: Installation) -> None:
        measure = await here.database.read(lambda tx: _find_measure(tx, here, number))
        people = await here.database.read(staff.everyone)
        names = {member.id: member.name for member in people}
        area = here.area_name(measure.area)
        print(f"{measure.number} · {words.STATES[measure.state]} · {area}")
        print_wrapped(words.problem(measure, area))
        print_wrapped(f"Se mide en {charted_name(measure.judged_by, area)}.")
        if measure.is_open:
            print_wrapped(words.next_step(measure, here.opened_at, here.zone).capitalize())
        for step in measure.steps:
            at = f"{step.at.astimezone(here.zone):%d-%m-%Y %H:%M}"
            print(f"\n{words.step_text(step, names)}, {at}")
            for line in words.step_words(step, measure.judged_by).splitlines():
                print_wrapped(line)

    with_installation(config, work)


def open_(
    area: Annotated[str, typer.Argument(metavar="AREA")],
    origin: ByHand,
    problem: Problem,
    cause: Cause = "",
    action: Action = "",
    owner: Owner = "",
    due: Due = "",
    held_on: HeldOn = "",
    place: Place = "",
    attendance: Attendance = 0,
    criterion: Criterion = "",
    evidence: Evidence = "",
    indicator: Indicator = "",
    config: Config = None,
) -> None:
    from bot.commands.quality import measure_options as options
    from bot.commands.shared.naming import known_area, known_indicator
    from bot.installation import with_installation
    from handlers.measures.after_run import before_week
    from handlers.measures.steps import Opened, Origin
    from handlers.quality.weeks import IsoWeek

    kind, text = _known_origin(origin), options.words(problem, "--problem")
    gap = options.gap(criterion, evidence) if kind is Origin.GAP else None
    given = options.GivenDecision(cause, action, owner, due)

    async def work(here: Installation) -> None:
        is_agreed = kind is Origin.MEETING
        meeting = options.meeting(here, held_on, place, attendance) if is_agreed else None
        since = before_week(IsoWeek.of(here.opened_at, here.zone))
        weeks = str(since), str(since.shifted(1))
        unit = known_area(here.content, area)
        judged_by = await here.database.read(lambda tx: known_indicator(tx, here, unit, indicator))
        opened = Opened(unit, kind, *weeks, _decide_by(here), text, meeting, gap, judged_by)
        print(await here.database.write(lambda tx: _open_once(tx, here, opened, given)))

    with_installation(config, work)


def _known_origin(origin: str) -> Origin:
    """The origin of that name, of those a person may give. Raises OperatorError."""
    from handlers.errors import OperatorError
    from handlers.measures.steps import Origin

    if origin not in BY_HAND:
        raise OperatorError(f"--origin: no existe ese origen; hay {', '.join(BY_HAND)}")
    return Origin(origin)


def _open_once(tx: Transaction, here: Installation, opened: Opened, given: GivenDecision) -> str:
    """Open the measure, and decide it where its origin or the options say so. Returns what to
    print."""
    from handlers.measures.steps import DECIDED_AT_ONCE, MeasureStep
    from storage.measures import steps

    is_decided = opened.origin in DECIDED_AT_ONCE or given.is_given
    decided = given.checked(tx, here, opened.area) if is_decided else None
    first = MeasureStep(here.opened_at, 0, opened)
    found = steps.open_once(tx, here.keyring, first, decided, here.zone)
    if found.is_new:
        return f"{found.number}: abierta."
    return f"{found.number}: ya estaba abierta, con lo mismo; no se abrió otra."


def decide(
    number: Number,
    cause: Cause,
    action: Action,
    owner: Owner,
    due: Due,
    config: Config = None,
) -> None:
    from bot.commands.quality import measure_options as options

    given = options.GivenDecision(cause, action, owner, due)
    _change(number, lambda tx, here, one: given.checked(tx, here, one.area), "decidida", config)


def decline(
    number: Number,
    why: Why,
    tell: Annotated[
        str,
        typer.Option(
            "--tell", metavar="TEXTO", help="Qué se cuenta en la página pública de indicadores."
        ),
    ],
    names_nobody: NamesNobody = False,
    config: Config = None,
) -> None:
    from bot.commands.quality import measure_options as options
    from handlers.measures.steps import Declined

    reason = options.words(why, "--why")

    def event(_tx: Transaction, here: Installation, _one: Measure) -> Event:
        return Declined(reason, options.published(here, tell, names_nobody=names_nobody))

    _change(number, event, "cerrada sin medida", config)


def note(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="Entre comillas.")],
    config: Config = None,
) -> None:
    from bot.commands.quality import measure_options as options
    from handlers.measures.steps import NoteAdded

    said = options.words(text, "TEXTO")
    _change(number, lambda _tx, _here, _one: NoteAdded(said), "nota guardada", config)


def done(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="Qué se hizo.")] = "",
    config: Config = None,
) -> None:
    from bot.commands.quality import measure_options as options
    from handlers.measures.steps import Done
    from handlers.quality.weeks import IsoWeek

    said = options.words(text, "TEXTO") if text.strip() else ""

    def event(_tx: Transaction, here: Installation, _measure: Measure) -> Event:
        return Done(str(IsoWeek.of(here.opened_at, here.zone)), said)

    _change(number, event, "hecha; su efecto se mide en ocho semanas", config)


def close(
    number: Number,
    tell: Annotated[
        str,
        typer.Option(
            "--tell",
            metavar="TEXTO",
            help="Qué se cuenta a quienes opinaron, y en la página pública de indicadores.",
        ),
    ],
    names_nobody: NamesNobody = False,
    config: Config = None,
) -> None:
    from bot.commands.quality import measure_options as options
    from bot.installation import with_installation
    from bot.reports.quality import measure_words as words

    async def work(here: Installation) -> None:
        told = options.published(here, tell, names_nobody=names_nobody)
        count = await here.database.write(lambda tx: _close(tx, here, number, told))
        some = "1 persona" if count == 1 else f"{count} personas"
        measure = await here.database.read(lambda tx: _find_measure(tx, here, number))
        print(f"{measure.number}: {words.STATES[measure.state]}. Se avisa a {some}.")

    with_installation(config, work)


def _close(tx: Transaction, here: Installation, number: str, told: str) -> int:
    """Close the measure; how many citizens are told. Raises OperatorError."""
    from bot.reports.quality import measure_words as words
    from handlers.errors import OperatorError
    from handlers.measures.steps import Closed, MeasureStep
    from storage.measures import closing

    measure = _find_measure(tx, here, number)
    news = words.news_for_citizens(measure, told, here.release)
    step = MeasureStep(here.opened_at, 0, Closed(told))
    count = closing.close(tx, here.keyring, measure, step, news)
    if count is None:
        raise OperatorError(
            f"{measure.number}: se cierra solo si su medición halló efecto o no tuvo respuestas"
            f" suficientes; opina measures show {measure.number} muestra en qué está"
        )
    return count


def reopen(number: Number, why: Why, config: Config = None) -> None:
    from bot.commands.quality import measure_options as options
    from handlers.measures.steps import Reopened

    reason = options.words(why, "--why")

    def event(_tx: Transaction, here: Installation, measure: Measure) -> Event:
        return Reopened(reason, str(measure.reopened_since), _decide_by(here))

    _change(number, event, "abierta otra vez", config)


def _change(
    number: str,
    event: Callable[[Transaction, Installation, Measure], Event],
    said: str,
    config: Config,
) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from handlers.measures.steps import MeasureStep
    from storage.measures import steps

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> str:
            measure = _find_measure(tx, here, number)
            step = MeasureStep(here.opened_at, 0, event(tx, here, measure))
            if steps.was_just_added(measure, step):
                return "ya estaba, con lo mismo; no se escribió otra vez"
            if not steps.add(tx, here.keyring, measure, step):
                raise OperatorError(
                    f"{measure.number}: eso no corresponde ahora;"
                    f" opina measures show {measure.number} muestra en qué está"
                )
            return said

        print(f"{typed_number(number)}: {await here.database.write(write)}.")

    with_installation(config, work)


def _find_measure(tx: Transaction, here: Installation, number: str) -> Measure:
    """The measure of that number. Raises OperatorError."""
    from handlers.errors import OperatorError
    from storage.measures import steps

    measure = steps.find_measure(tx, here.keyring, here.zone, typed_number(number))
    if measure is None:
        raise OperatorError(
            f"{typed_number(number)}: no hay una medida con ese número;"
            " opina measures list las muestra"
        )
    return measure


def _decide_by(here: Installation) -> Deadline:
    """When a measure that is opened now must be decided."""
    from handlers.cases.deadlines import calendar_of
    from handlers.measures.after_run import decide_by

    content = here.release.content
    return decide_by(here.opened_at, content.measure_rules.decide_days, calendar_of(content))
