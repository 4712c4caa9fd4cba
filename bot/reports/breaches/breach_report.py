"""The report of a security breach, with the items of Ley 19.628, art. 14 sexies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.privacy_notice import Configured, in_force
from bot.reports.breaches import breach_words as words
from handlers.privacy.breaches.breach import Breach
from handlers.privacy.breaches.steps import CitizensTold, CitizensToldOtherwise, Reported
from storage.privacy.breaches.reading import CountedBreach

NORM = "Ley 19.628, artículo 14 sexies (modificada por la Ley 21.719)"
IN_COUNTING = "Se está contando: el número puede cambiar."


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One item of the report; each line is a paragraph."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Controller:
    """The data controller, as on the page /privacidad; empty if not configured yet."""

    municipality: str
    representative: str
    officer: str
    email: str

    @classmethod
    def of(cls, name: str, known: Configured, published: Mapping[str, str]) -> Controller:
        said = in_force(known.privacy, published)
        return cls(
            name,
            said.representative or "",
            said.officer or "",
            said.email or known.municipality.email or "",
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The report. ``made_at`` is in local time."""

    number: str
    state: str
    made_at: datetime
    sections: tuple[ReportSection, ...]


def report_of(
    found: CountedBreach,
    controller: Controller,
    area_name: Callable[[str], str],
    now: datetime,
    zone: ZoneInfo,
) -> Report:
    """The report of what is known now, item by item."""
    breach, known = found.breach, found.breach.description
    happened = words.when_it_happened(known, zone)
    sections = (
        ReportSection("Quién responde por los datos", _controller(controller)),
        ReportSection(
            "Qué pasó",
            (
                known.what,
                f"Ocurrió: {happened}.",
                f"Se supo: {words.moment(known.noticed_at, zone)}.",
            ),
        ),
        ReportSection(
            "Categorías de datos",
            (*words.data(known), *words.where(known.scope, area_name)),
        ),
        ReportSection(
            "Personas afectadas (número aproximado)",
            _affected(found, zone),
        ),
        ReportSection("Efectos y posibles consecuencias", (known.effects,)),
        ReportSection("Medidas adoptadas y para precaver otras", _measures(breach)),
        ReportSection("Riesgo para los derechos de las personas", _risk(breach)),
        ReportSection("Reporte a la Agencia", _reports(breach, zone)),
        ReportSection("Aviso a las personas afectadas", _messages(found, zone)),
        ReportSection("Registro", _register(found, zone)),
    )
    state = words.STATES[breach.state]
    return Report(breach.number, state, now.astimezone(zone), sections)


def _controller(controller: Controller) -> tuple[str, ...]:
    said = (
        ("Representante legal", controller.representative),
        ("Persona encargada de los datos", controller.officer),
        ("Correo", controller.email),
    )
    lines = (f"{name}: {text or 'por confirmar'}." for name, text in said)
    return (controller.municipality, *lines)


def _affected(found: CountedBreach, zone: ZoneInfo) -> tuple[str, ...]:
    lines = (*words.affected_lines(found), words.when_counted(found, zone))
    return (*lines, IN_COUNTING) if found.counting.is_due else lines


def _measures(breach: Breach) -> tuple[str, ...]:
    closing = breach.closing
    return (breach.description.measures, *((closing.text,) if closing else ()))


def _risk(breach: Breach) -> tuple[str, ...]:
    if not breach.must_report:
        return ("No hay un riesgo razonable: la ley no pide reportarla.",)
    told = "también se avisa a las personas afectadas" if breach.must_tell else ""
    return (f"Hay un riesgo razonable: se reporta a la Agencia{told and f', y {told}'}.",)


def _reports(breach: Breach, zone: ZoneInfo) -> tuple[str, ...]:
    done = [step for step in breach.steps if isinstance(step.event, Reported)]
    if done:
        return tuple(words.step_text(step, zone).replace("\n\n", " ") for step in done)
    if not breach.must_report:
        return ("No corresponde.",)
    return (
        f"Pendiente; a más tardar el {words.moment(breach.report_by, zone)}.",
        words.why_due(breach),
    )


def _messages(found: CountedBreach, zone: ZoneInfo) -> tuple[str, ...]:
    lines = [
        words.step_text(step, zone)
        for step in found.breach.steps
        if isinstance(step.event, CitizensTold | CitizensToldOtherwise)
    ]
    if not lines:
        return ("Pendiente." if found.breach.must_tell else "La ley no lo pide.",)
    return (*lines, *words.progress_lines(found))


def _register(found: CountedBreach, zone: ZoneInfo) -> tuple[str, ...]:
    return tuple(
        f"{words.moment(step.at, zone)}. {words.step_title(step, found.names)}."
        for step in found.breach.steps
    )
