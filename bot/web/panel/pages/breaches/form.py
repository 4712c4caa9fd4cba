"""The form that describes a breach: what it says, and how it is filled in to be corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.reports.breaches import breach_words as words
from bot.web.panel import faults
from bot.web.panel.faults import Checks, Fault, WrongForm
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.visit import Visit, count_in
from handlers.privacy.breaches.steps import BreachScope, DataKind, Description, Special
from handlers.quality.parts import alphabetical
from handlers.text.days import Near, day_of, moment_of
from storage.privacy.breaches import affected

LONGEST = 2_000
LONGEST_CASES = 500  # numbers
NAMED = 5  # of the numbers that no case has
MOST_OTHERS = 10_000_000
_CASE = re.compile(r"[A-Z]{1,6}-\d{4}-\d{6}")


@dataclass(frozen=True, slots=True)
class Checkbox:
    """One box that can be ticked."""

    name: str
    label: str
    chosen: bool


async def unknown_cases(visit: Visit) -> list[str]:
    """Which of the form's case numbers no case has."""
    typed = _numbers(visit.form.get("cases", ""))[:LONGEST_CASES]
    numbers = [number for number in typed if _CASE.fullmatch(number)]
    return await visit.panel.database.read(lambda tx: affected.unknown(tx, numbers))


def parse_description(visit: Visit, unknown: Sequence[str]) -> Description:
    """What the form says. ``unknown``: numbers that no case has.

    Raises WrongForm, which says all that it lacks, in the order of the page.
    """
    form, checks = visit.form, Checks()
    what = checks.read(lambda: text_of(visit, "what", "qué pasó"), "")
    noticed_at, happened_at = checks.read(lambda: _moments(visit), (visit.now, None))
    kinds = tuple(kind for kind in DataKind if f"kind-{kind}" in form)
    checks.read(lambda: _is_of_something(visit), None)
    checks.read(lambda: _fits(visit), None)
    since, until = checks.read(lambda: _days(visit), (None, None))
    cases = checks.read(lambda: _cases(form.get("cases", ""), unknown), ())
    others = checks.read(lambda: _others(visit), 0)
    effects = checks.read(lambda: text_of(visit, "effects", "qué puede pasar"), "")
    measures = checks.read(lambda: text_of(visit, "measures", "qué se hizo"), "")
    has_risk = checks.read(lambda: _has_risk(visit), False)
    checks.end()
    return Description(
        noticed_at=noticed_at,
        what=what,
        scope=BreachScope(
            kinds=kinds,
            channels=tuple(channel for channel in words.SOURCES if f"channel-{channel}" in form),
            areas=tuple(area for area in visit.panel.areas if f"area-{area}" in form),
            since=since,
            until=until,
            cases=cases,
        ),
        effects=effects,
        measures=measures,
        has_risk=has_risk,
        happened_at=happened_at,
        special=tuple(special for special in Special if f"special-{special}" in form),
        other_data=text_field(visit, "other_data"),
        others=others,
    )


def text_of(visit: Visit, field: str, what: str, longest: int = LONGEST) -> str:
    """The words in a field that must be filled in. Raises WrongForm."""
    text = text_field(visit, field)
    if problem := faults.required_words(field, text, what, longest):
        raise WrongForm(problem.text, problem.field)
    return text


def moment_in(visit: Visit, field: str, what: str) -> datetime:
    """The date and hour in a field. Raises WrongForm."""
    try:
        zone = visit.panel.release.content.zone
        return moment_of(visit.form.get(field, ""), zone, visit.now, Near.PAST)
    except ValueError as wrong:
        missing = f"Falta {what}, con fecha y hora, como 30-11-2026 18:05."
        raise WrongForm(faults.in_a_sentence(wrong, missing), field) from None


def filled(description: Description, zone: ZoneInfo) -> dict[str, str]:
    """The form's fields as they say this."""
    scope, happened = description.scope, description.happened_at
    ticked = (
        *(f"kind-{kind}" for kind in scope.kinds),
        *(f"channel-{channel}" for channel in scope.channels),
        *(f"area-{area}" for area in scope.areas),
        *(f"special-{special}" for special in description.special),
    )
    return {
        "noticed": _local_minute(description.noticed_at, zone),
        "happened": "" if happened is None else _local_minute(happened, zone),
        "what": description.what,
        "effects": description.effects,
        "measures": description.measures,
        "risk": "yes" if description.has_risk else "no",
        "other_data": description.other_data,
        "others": str(description.others or ""),
        "since": "" if scope.since is None else scope.since.isoformat(),
        "until": "" if scope.until is None else scope.until.isoformat(),
        "cases": ", ".join(scope.cases),
        **dict.fromkeys(ticked, "1"),
    }


def choices(visit: Visit, typed: Mapping[str, str]) -> dict[str, list[Checkbox]]:
    """What can be ticked in the form, by group."""
    named = visit.panel.rendering.area
    areas = sorted(visit.panel.areas, key=lambda area: alphabetical(named(area)))
    groups: Mapping[str, Iterable[tuple[str, str]]] = {
        "kind": words.KINDS.items(),
        "special": words.SPECIAL.items(),
        "channel": words.SOURCES.items(),
        "area": ((area, named(area)) for area in areas),
    }
    return {
        group: [
            Checkbox(f"{group}-{code}", label, f"{group}-{code}" in typed) for code, label in found
        ]
        for group, found in groups.items()
    }


def _moments(visit: Visit) -> tuple[datetime, datetime | None]:
    """When it was noticed and when it happened."""
    checks, happened_at = Checks(), None
    noticed_at = checks.read(lambda: _noticed(visit), None)
    if visit.form.get("happened", "").strip():
        happened_at = checks.read(lambda: _happened(visit, noticed_at or visit.now), None)
    checks.end()
    assert noticed_at is not None, "nothing is lacking"
    return noticed_at, happened_at


def _noticed(visit: Visit) -> datetime | None:
    noticed_at = moment_in(visit, "noticed", "cuándo se supo")
    if noticed_at > visit.now:
        raise WrongForm("Se supo en una fecha que aún no llega.", "noticed")
    return noticed_at


def _happened(visit: Visit, noticed_at: datetime) -> datetime | None:
    happened_at = moment_in(visit, "happened", "cuándo ocurrió")
    if happened_at > noticed_at:
        raise WrongForm("Ocurrió después de que se supo: revise las fechas.", "happened")
    return happened_at


def _is_of_something(visit: Visit) -> None:
    named = any(f"kind-{kind}" in visit.form for kind in DataKind)
    if not (named or _numbers(visit.form.get("cases", "")) or text_field(visit, "other_data")):
        raise WrongForm("Diga de qué datos se trata.", "kind")


def _fits(visit: Visit) -> None:
    other = text_field(visit, "other_data")
    if problem := faults.too_long("other_data", other, "los otros datos", LONGEST):
        raise WrongForm(problem.text, problem.field)


def _has_risk(visit: Visit) -> bool:
    if visit.form.get("risk", "") not in ("yes", "no"):
        raise WrongForm("Diga si hay un riesgo para los derechos de las personas.", "risk")
    return visit.form["risk"] == "yes"


def _days(visit: Visit) -> tuple[date | None, date | None]:
    """The first and the last on which the data came in."""
    checks = Checks()
    since, until = (checks.read(partial(_day, visit, name), None) for name in ("since", "until"))
    if since and until and since > until:
        checks.faults.append(Fault("La primera fecha es después de la última.", "since"))
    checks.end()
    return since, until


def _cases(text: str, unknown: Sequence[str]) -> tuple[str, ...]:
    found = _numbers(text)
    if wrong := [number for number in found if not _CASE.fullmatch(number)]:
        raise WrongForm(f"No es un folio de caso: {wrong[0][:40]}.", "cases")
    if len(found) > LONGEST_CASES:
        raise WrongForm(f"Son {len(found)} folios; caben {LONGEST_CASES}.", "cases")
    if missing := [number for number in found if number in unknown]:
        raise WrongForm(_none_of(missing), "cases")
    return found


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.upper().replace(",", " ").replace(";", " ").split()))


def _none_of(missing: Sequence[str]) -> str:
    """That there are no such cases, of which the first are named."""
    listed = ", ".join(missing[:NAMED])
    more = f" y {len(missing) - NAMED} más" if len(missing) > NAMED else ""
    those = "ese folio" if len(missing) == 1 else "esos folios"
    return f"No hay un caso con {those}: {listed}{more}."


def _others(visit: Visit) -> int:
    text = visit.form.get("others", "").strip()
    if not text:
        return 0
    count = count_in(text)
    if not 0 < count <= MOST_OTHERS:
        raise WrongForm("Escriba con cifras cuántas otras personas afecta.", "others")
    return count


def _day(visit: Visit, field: str) -> date | None:
    text = visit.form.get(field, "")
    try:
        return day_of(text, visit.today, Near.PAST) if text.strip() else None
    except ValueError as wrong:
        raise WrongForm(faults.in_a_sentence(wrong, ""), field) from None


def _local_minute(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%dT%H:%M}"
