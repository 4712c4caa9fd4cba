"""The form that describes a breach: what it says, and how it is filled in to be corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.reports.breaches import breach_words as words
from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.case import text_in
from bot.web.panel.visit import Visit, number_in
from handlers.privacy.breaches.steps import DataKind, Description, Scope, Special
from handlers.quality.parts import alphabetical
from handlers.text.days import day_of, moment_of

LONGEST = 2_000
LONGEST_CASES = 500  # numbers
MOST_OTHERS = 10_000_000
_CASE = re.compile(r"[A-Z]{1,6}-\d{4}-\d{6}")
_TEXTS = {"what": "qué pasó", "effects": "qué puede pasar", "measures": "qué se hizo"}


class Wrong(Exception):
    """What the form lacks, and at which field."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.fault = Fault(text, field)


@dataclass(frozen=True, slots=True)
class Choice:
    """One box that can be ticked."""

    name: str
    label: str
    chosen: bool


def described(visit: Visit) -> Description:
    """What the form says. Raises Wrong."""
    noticed_at = moment_in(visit, "noticed", "cuándo se supo")
    happened = bool(visit.form.get("happened", "").strip())
    happened_at = moment_in(visit, "happened", "cuándo ocurrió") if happened else None
    if noticed_at > visit.now:
        raise Wrong("Se supo en una fecha que aún no llega.", "noticed")
    if happened_at is not None and happened_at > noticed_at:
        raise Wrong("Ocurrió después de que se supo: revise las fechas.", "happened")
    texts = {name: text_of(visit, name, what) for name, what in _TEXTS.items()}
    if visit.form.get("risk", "") not in ("yes", "no"):
        raise Wrong("Diga si hay un riesgo para los derechos de las personas.", "risk")
    scope, other = _scope(visit), text_in(visit, "other_data")
    if problem := faults.too_long("other_data", other, "los otros datos", LONGEST):
        raise Wrong(problem.text, problem.field)
    if not (scope.kinds or scope.cases or other):
        raise Wrong("Diga de qué datos se trata.", "kind")
    return Description(
        noticed_at=noticed_at,
        scope=scope,
        has_risk=visit.form["risk"] == "yes",
        happened_at=happened_at,
        special=tuple(one for one in Special if f"special-{one}" in visit.form),
        other_data=other,
        others=_others(visit),
        **texts,
    )


def text_of(visit: Visit, field: str, what: str, longest: int = LONGEST) -> str:
    """The words in a field that must be filled in. Raises Wrong."""
    text = text_in(visit, field)
    if problem := faults.in_words(field, text, what, longest):
        raise Wrong(problem.text, problem.field)
    return text


def moment_in(visit: Visit, field: str, what: str) -> datetime:
    """The date and hour in a field. Raises Wrong."""
    try:
        return moment_of(visit.form.get(field, ""), visit.panel.release.content.zone)
    except ValueError:
        problem = f"Falta {what}, con fecha y hora, como 2026-11-30T18:05."
        raise Wrong(problem, field) from None


def filled(description: Description, zone: ZoneInfo) -> dict[str, str]:
    """The form's fields as they say this."""
    scope, happened = description.scope, description.happened_at
    ticked = (
        *(f"kind-{one}" for one in scope.kinds),
        *(f"channel-{one}" for one in scope.channels),
        *(f"area-{one}" for one in scope.areas),
        *(f"special-{one}" for one in description.special),
    )
    return {
        "noticed": _typed(description.noticed_at, zone),
        "happened": "" if happened is None else _typed(happened, zone),
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


def choices(visit: Visit, typed: Mapping[str, str]) -> dict[str, list[Choice]]:
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
            Choice(f"{group}-{code}", label, f"{group}-{code}" in typed) for code, label in found
        ]
        for group, found in groups.items()
    }


def _scope(visit: Visit) -> Scope:
    form = visit.form
    since, until = _day(visit, "since"), _day(visit, "until")
    if since and until and since > until:
        raise Wrong("La primera fecha es después de la última.", "since")
    return Scope(
        kinds=tuple(one for one in DataKind if f"kind-{one}" in form),
        channels=tuple(one for one in words.SOURCES if f"channel-{one}" in form),
        areas=tuple(one for one in visit.panel.areas if f"area-{one}" in form),
        since=since,
        until=until,
        cases=_cases(form.get("cases", "")),
    )


def _cases(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text.upper().replace(",", " ").replace(";", " ").split()))
    if wrong := [one for one in found if not _CASE.fullmatch(one)]:
        raise Wrong(f"No es un folio de caso: {wrong[0][:40]}.", "cases")
    if len(found) > LONGEST_CASES:
        raise Wrong(f"Son {len(found)} folios; caben {LONGEST_CASES}.", "cases")
    return found


def _others(visit: Visit) -> int:
    text = visit.form.get("others", "").strip()
    if not text:
        return 0
    count = number_in(text)
    if not 0 < count <= MOST_OTHERS:
        raise Wrong("Escriba con cifras cuántas otras personas afecta.", "others")
    return count


def _day(visit: Visit, field: str) -> date | None:
    text = visit.form.get(field, "")
    try:
        return day_of(text) if text.strip() else None
    except ValueError:
        raise Wrong("Esa fecha no existe; escríbala como 2026-11-16.", field) from None


def _typed(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%dT%H:%M}"
