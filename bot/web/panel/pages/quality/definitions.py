"""Definitions of indicators: a draft is seen over the past weeks, then published as a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from aiohttp import web

from bot.jobs.quality.indicators import load_history
from bot.reports.quality.indicator_words import (
    NO_VALUE,
    NOUNS,
    counted_standing,
    definition_text,
    standing_text,
    value_text,
)
from bot.reports.words.dates import week_label
from bot.web.panel.faults import Fault, together
from bot.web.panel.visit import Visit, see_other
from handlers.content.quality import Indicator, Scope
from handlers.indicators.drafts import (
    Refusal,
    TypedDraft,
    WeekPreview,
    all_versions,
    draft,
    newest,
    preview,
)
from handlers.indicators.values import TargetStatus
from storage.engine.database import Transaction
from storage.quality import digests
from storage.quality.indicator_versions import add, versions

PATH = "/panel/definiciones"
PUBLISHED = "La versión quedó publicada. Las semanas ya publicadas se juzgan con la anterior."


@dataclass(frozen=True, slots=True)
class Compared:
    """A past week under the version in force and under the draft."""

    week: str
    current: str
    drafted: str


async def page(visit: Visit) -> web.Response:
    """GET /panel/definiciones: all of them; ``id``: one, and with what was typed its preview."""
    query = visit.request.query
    if "id" not in query:
        known = await visit.panel.database.read(lambda tx: _all_versions(visit, tx))
        notice = PUBLISHED if query.get("aviso") == "publicada" else ""
        texts = [(indicator, definition_text(indicator)) for indicator in newest(known)]
        return visit.page("quality/definitions.html.j2", texts=texts, notice=notice)
    return await _detail(
        visit, query.get("id", ""), _parse_form(query) if "name" in query else None
    )


async def publish(visit: Visit) -> web.Response:
    """POST /panel/definiciones."""
    form = visit.form
    typed = _parse_form(form)
    if "id" not in form:
        return see_other(PATH)

    def write(tx: Transaction) -> Fault | None:
        current = _find(_all_versions(visit, tx), form.get("id", ""))
        if current is None or str(current.version) != form.get("version"):
            return Fault("Otra persona publicó una versión mientras tanto. Revise de nuevo.")
        made = draft(current, typed, _all_versions(visit, tx), digests.newest_published(tx))
        if isinstance(made, list):
            return _fault(made)
        add(tx, made, visit.session.staff_id, visit.now)
        visit.note(tx, "indicator-published", made.id, str(made.version))
        return None

    problem = await visit.panel.database.write(write)
    if problem:
        return await _detail(visit, form.get("id", ""), typed, problem)
    return see_other(f"{PATH}?aviso=publicada")


async def _detail(
    visit: Visit, id: str, typed: TypedDraft | None, problem: Fault | None = None
) -> web.Response:
    def read(tx: Transaction) -> tuple[Indicator | None, Indicator | list[Refusal] | None]:
        current = _find(_all_versions(visit, tx), id)
        if current is None or typed is None:
            return current, None
        known, published = _all_versions(visit, tx), digests.newest_published(tx)
        return current, draft(current, typed, known, published)

    current, made = await visit.panel.database.read(read)
    if current is None:
        return visit.page("message.html.j2", status=404)
    if isinstance(made, list):
        problem = problem or _fault(made)
    drafted = made if isinstance(made, Indicator) and not problem else None
    weeks, is_silent = list[Compared](), False
    if drafted is not None:
        history = await load_history(visit.panel.database)
        content = visit.panel.release.content
        before, after = preview(current, content, history), preview(drafted, content, history)
        weeks = compared(current, drafted, before, after)
        is_silent = bool(weeks) and not any(week.figures for week in after)
    target = "" if current.target is None else str(current.target)
    return visit.page(
        "quality/definition.html.j2",
        status=422 if problem else 200,
        problem=problem,
        current=current,
        said=definition_text(current),
        typed=typed or TypedDraft(current.name, str(current.least), target),
        drafted=drafted,
        promised=definition_text(drafted) if drafted else "",
        weeks=weeks,
        is_silent=is_silent,
    )


def _fault(refused: Iterable[Refusal]) -> Fault | None:
    return together(*(Fault(one.why, one.field) for one in refused))


def compared(
    current: Indicator, drafted: Indicator, before: list[WeekPreview], after: list[WeekPreview]
) -> list[Compared]:
    """Week by week, the newest first."""
    return [
        Compared(week_label(now.week), _preview_text(current, now), _preview_text(drafted, other))
        for now, other in zip_longest(before, after)
    ]


def _preview_text(indicator: Indicator, seen: WeekPreview) -> str:
    """``78 % …; cumple la meta``, or ``3 áreas cumplen la meta; 25 áreas …``."""
    if indicator.scope is Scope.MUNICIPALITY:
        (how,) = seen.statuses
        return f"{value_text(indicator, seen.value)}; {standing_text(indicator, how)}"
    noun, nouns = NOUNS[indicator.scope]
    if indicator.target is None:
        without = seen.statuses.total() - seen.figures
        return f"{seen.figures} {noun if seen.figures == 1 else nouns} con cifra; {without} sin"
    return (
        "; ".join(
            f"{n} {noun if n == 1 else nouns} {counted_standing(how, n)}"
            for how in TargetStatus
            if (n := seen.statuses[how])
        )
        or NO_VALUE
    )


def _all_versions(visit: Visit, tx: Transaction) -> tuple[Indicator, ...]:
    return all_versions(visit.panel.release.content.indicators, versions(tx))


def _find(known: tuple[Indicator, ...], id: str) -> Indicator | None:
    return next((indicator for indicator in newest(known) if indicator.id == id), None)


def _parse_form(given: Mapping[str, str]) -> TypedDraft:
    return TypedDraft(*(given.get(field, "") for field in ("name", "least", "target")))
