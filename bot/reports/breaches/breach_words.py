"""Spanish texts about security breaches, for panel, command line, report and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.channels.registry import channel_type
from bot.reports.words.dates import in_words, with_weekday
from handlers.messages import Announcement, DeskSource, shortened
from handlers.privacy.breaches.breach import Breach, BreachState, OpenDuty
from handlers.privacy.breaches.steps import (
    BreachScope,
    BreachStep,
    CitizensTold,
    CitizensToldOtherwise,
    Closed,
    Corrected,
    DataKind,
    Description,
    Event,
    NoteAdded,
    Recorded,
    Reported,
    Special,
)
from handlers.privacy.due import PrivacyWarning
from storage.privacy.breaches.affected import CHANNELS
from storage.privacy.breaches.reading import CountedBreach

STATES = {
    BreachState.OPEN: "abierta",
    BreachState.REPORTED: "reportada",
    BreachState.TOLD: "avisada",
    BreachState.CLOSED: "cerrada",
}
LACKS = {
    OpenDuty.REPORT: "reportarla a la Agencia",
    OpenDuty.TELL: "avisar a las personas afectadas",
}
KINDS = {
    DataKind.CONTACT: "Con qué se contacta a la persona: teléfono, cuenta o correo",
    DataKind.RATINGS: "Notas y comentarios",
    DataKind.CASES: "Casos, con sus archivos",
    DataKind.CHATS: "Conversaciones con una persona del municipio",
    DataKind.REQUESTS: "Pedidos sobre datos propios",
}
SPECIAL = {
    Special.SENSITIVE: "Datos sensibles, como la salud o la situación socioeconómica",
    Special.CHILDREN: "Datos de niñas o niños menores de 14 años",
    Special.FINANCIAL: "Datos de obligaciones económicas, financieras, bancarias o comerciales",
}
SOURCES: Mapping[str, str] = {
    **{channel.value: channel_type(channel).in_text for channel in CHANNELS},
    DeskSource.PAPER.value: "mesón, en papel",
    DeskSource.IN_PERSON.value: "mesón, en persona",
}
OFF = ", que está apagado en este servicio: por ahí no llega el aviso"
_TITLES = {
    PrivacyWarning.NEW: "Vulneración de seguridad anotada",
    PrivacyWarning.SOON: "Pronto vence el reporte de una vulneración",
    PrivacyWarning.OVERDUE: "Venció el reporte de una vulneración",
}
_DID: Mapping[type[Event], str] = {
    Recorded: "La anotó",
    Corrected: "La corrigió",
    NoteAdded: "Nota de",
    Reported: "Anotó el reporte a la Agencia",
    CitizensTold: "Avisó en el chat",
    CitizensToldOtherwise: "Anotó el aviso de otra forma",
    Closed: "La cerró",
}


def people(count: int) -> str:
    """``1.204 personas``."""
    return "1 persona" if count == 1 else f"{count:,} personas".replace(",", ".")


def moment(at: datetime, zone: ZoneInfo) -> str:
    """``lunes 30 de noviembre de 2026, 20:47``."""
    local = at.astimezone(zone)
    return f"{with_weekday(local)}, {local:%H:%M}"


def next_step(breach: Breach, now: datetime, zone: ZoneInfo) -> str:
    """What the law requires next, and until when."""
    if breach.state is BreachState.CLOSED:
        return "No falta nada: está cerrada."
    if breach.due_at is not None:
        late = "había que reportarla" if now > breach.due_at else "repórtela"
        return f"Falta el reporte a la Agencia: {late} a más tardar el {_by(breach, zone)}."
    if breach.lacks:
        return "Falta avisar a las personas afectadas."
    return "Falta cerrarla."


def why_due(breach: Breach) -> str:
    """The rule that the date follows."""
    hours = "1 hora" if breach.hours == 1 else f"{breach.hours} horas"
    return (
        f"La ley pide hacerlo sin dilaciones indebidas y no fija horas; el plazo de {hours} desde"
        " que se supo es del municipio."
    )


def step_title(step: BreachStep, names: Mapping[int, str]) -> str:
    """Who did what. ``names``: of the staff, by id."""
    who = names.get(step.staff, "una persona que ya no está")
    did = _DID[type(step.event)]
    return f"{did} {who}" if isinstance(step.event, NoteAdded) else f"{did}: {who}"


def step_text(step: BreachStep, zone: ZoneInfo) -> str:
    """The text of a step, without its description of the breach."""
    match step.event:
        case Recorded():
            return ""
        case Corrected(reason=text) | NoteAdded(text) | CitizensToldOtherwise(text) | Closed(text):
            return text
        case Reported(reported_at, text, affected):
            when = moment(reported_at, zone)
            known = "aún sin contar" if affected is None else affected
            return f"{text}\n\nReportada el {when}. Personas afectadas entonces: {known}."
        case CitizensTold(text, count):
            return f"{text}\n\nPara {people(count)}."
        case _:
            assert_never(step.event)


def description_of(event: Event) -> Description | None:
    """The description of the breach that a step gives; None if it gives none."""
    return event.description if isinstance(event, Recorded | Corrected) else None


def facts(
    description: Description, area_name: Callable[[str], str], zone: ZoneInfo
) -> list[tuple[str, list[str]]]:
    """Everything known, as pairs of name and text."""
    return [
        ("Qué pasó", [description.what]),
        ("Se supo", [moment(description.noticed_at, zone)]),
        ("Ocurrió", [when_it_happened(description, zone)]),
        ("Datos", [*data(description), *where(description.scope, area_name)]),
        ("Otras personas, anotadas a mano", [str(description.others)]),
        ("Consecuencias posibles", [description.effects]),
        ("Medidas", [description.measures]),
        ("Riesgo para los derechos", ["Sí" if description.has_risk else "No"]),
    ]


def when_it_happened(description: Description, zone: ZoneInfo) -> str:
    """When the breach happened, or that this is unknown."""
    at = description.happened_at
    return "no se sabe cuándo" if at is None else moment(at, zone)


def where(scope: BreachScope, area_name: Callable[[str], str]) -> list[str]:
    """What narrows down whose data it is, one line each; empty if nothing does."""
    if scope.cases:
        return [f"Solo los casos {', '.join(scope.cases)}"]
    lines = []
    if scope.since is not None or scope.until is not None:
        since = f"desde el {in_words(scope.since)}" if scope.since else "desde el comienzo"
        until = f"hasta el {in_words(scope.until)}" if scope.until else "hasta que se supo"
        lines.append(f"Datos que llegaron {since} {until}")
    if scope.channels:
        lines.append(
            f"Canales: {', '.join(SOURCES.get(channel, channel) for channel in scope.channels)}"
        )
    if scope.areas:
        lines.append(f"Áreas: {', '.join(map(area_name, scope.areas))}")
    return lines


def data(description: Description) -> list[str]:
    """The categories of data, one line each."""
    kinds = [KINDS[kind] for kind in description.scope.kinds]
    other = [f"Otros: {description.other_data}"] if description.other_data else []
    return [*kinds, *other, *(SPECIAL[special] for special in description.special)]


def affected_lines(found: CountedBreach) -> list[str]:
    """How many people are affected, and on which channels; empty before the first count."""
    affected, others = found.affected, found.breach.description.others
    if found.counting.last is None:
        return []
    lines = [f"{people(affected.total + others)} en total, según lo que se guardaba entonces"]
    lines += [
        f"{people(channel.count)} por {SOURCES[channel.channel]}{OFF if channel.off else ''}"
        for channel in affected.channels
    ]
    if affected.at_desk:
        lines.append(f"{people(affected.at_desk)} con un caso ingresado en el mesón, sin chat")
    if others:
        lines.append(f"{people(others)} que este servicio no conoce, anotadas a mano")
    return lines


def when_counted(found: CountedBreach, zone: ZoneInfo) -> str:
    """``Contado el lunes 30 de noviembre de 2026, 20:47.``, or that there is no count yet."""
    last = found.counting.last
    return f"Contado el {moment(last.at, zone)}." if last else "Todavía no hay una cuenta."


def progress_lines(found: CountedBreach) -> list[str]:
    """How many messages are in each state, one line per state that has any."""
    progress = found.progress
    counts = (
        (progress.sent, "Aviso entregado"),
        (progress.on_its_way, "Aviso en camino, para los próximos minutos"),
        (progress.late, "Aviso en camino hace más de una hora, sin que se sepa si llegará"),
        (progress.waiting, "Con el canal cerrado, en espera de que escriban otra vez"),
        (progress.failed, "Sin entregar por su canal"),
        (progress.off + found.affected.off, "Sin aviso por el chat, con el canal apagado"),
    )
    return [f"{what}: {people(count)}" for count, what in counts if count]


def draft(description: Description, zone: ZoneInfo, contact: str, room: int) -> str:
    """A draft of the message to the people affected, for staff to edit.

    It names the data, the possible consequences and what is being done (art. 14 sexies).
    """
    day = in_words(description.noticed_at.astimezone(zone))
    kinds = [KINDS[kind][:1].lower() + KINDS[kind][1:] for kind in description.scope.kinds]
    listed = "; ".join([*kinds, *([description.other_data] if description.other_data else [])])
    parts = (
        f"El {day} supimos de un problema de seguridad con datos suyos: {listed or 'sus casos'}",
        f"Qué puede pasar: {description.effects}",
        f"Qué hicimos: {description.measures}",
        f"Si tiene dudas: {contact}" if contact else "",
    )
    return shortened("\n\n".join(f"{part.rstrip(' .')}." for part in parts if part), room)


def public_notice(text: str, municipality: str) -> str:
    """A public notice for people who cannot be told one by one."""
    return (
        f"{municipality} informa a quienes usaron el asistente Opina, según el artículo 14 sexies"
        f" de la Ley 19.628.\n\n{text}"
    )


def warning_of(breach: Breach, step: PrivacyWarning, panel: str, zone: ZoneInfo) -> Announcement:
    """The reminder to staff of a breach to be reported. ``panel``: its base URL, or empty."""
    title = _TITLES[step]
    place = f"{panel}/vulneraciones/{breach.number}" if panel else "el panel, en Vulneraciones"
    text = (
        f"{title}: {breach.number}. Se reporta a la Agencia a más tardar el {_by(breach, zone)}.\n"
        f"Se lleva en {place}"
    )
    return Announcement(text, f"{title}: {breach.number}")


def _by(breach: Breach, zone: ZoneInfo) -> str:
    return moment(breach.report_by, zone)
