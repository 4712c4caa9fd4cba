"""Cards that staff found wrong: reported by anybody, settled by who keeps the area's content."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.content.cards import last_confirmed, unconfirmed_cards
from handlers.content.model import Content, Service
from handlers.quality.parts import alphabetical
from handlers.release import DEFAULT_LANGUAGE
from handlers.staff.permissions import Action
from handlers.text.markup import Marked, plain
from storage.engine.database import Transaction
from storage.quality import card_reports
from storage.quality.card_reports import CardReport, NewReport

LONGEST = 1_000
LISTED = 50
NOTICES = {
    "avisada": "Gracias. El aviso está en la primera página de quien cuida esa ficha.",
}


@dataclass(frozen=True, slots=True)
class _CardForm:
    """What stands in the form."""

    card: str = ""
    words: str = ""


async def page(visit: Visit) -> web.Response:
    """GET /panel/fichas: the form, and what waits for this person."""
    waiting = await _waiting(visit)
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    return _page(visit, waiting, _CardForm(visit.query.get("ficha", "")), notice=notice)


async def report(visit: Visit) -> web.Response:
    """POST /panel/fichas."""
    card, words = visit.form.get("card", ""), text_field(visit, "words")
    service = visit.panel.release.content.service_by_id.get(card)
    problem = faults.together(
        faults.unless(service, "Elija la ficha.", "card"),
        faults.required_words("words", words, "qué está mal", LONGEST),
    )
    if problem or service is None:
        waiting = await _waiting(visit)
        return _page(visit, waiting, _CardForm(card, words), problem=problem)

    def write(tx: Transaction) -> None:
        keyring, staff_id = visit.panel.keyring, visit.session.staff_id
        made = NewReport(service.id, service.area, words, staff_id, visit.now)
        card_reports.add(tx, keyring, made)
        visit.note(tx, "card-reported", service.id)

    await visit.panel.database.write(write)
    return see_other("/panel/fichas?aviso=avisada")


async def detail(visit: Visit) -> web.Response:
    """GET /panel/fichas/{report}: the card as citizens see it, and what is said to be wrong."""
    found = await visit.panel.database.read(lambda tx: _find_report(visit, tx))
    if found is None:
        return visit.page("message.html.j2", status=404)
    return _report(visit, found)


def _report(visit: Visit, found: CardReport, problem: Fault | None = None) -> web.Response:
    release = visit.panel.release
    service = release.content.service_by_id.get(found.card)
    shown = "" if service is None else plain(_card(visit, service))
    return visit.page(
        "cases/card_report.html.j2",
        status=422 if problem else 200,
        report=found,
        service=service,
        shown=shown,
        problem=problem,
    )


async def settle(visit: Visit) -> web.Response:
    """POST /panel/fichas/{report}: mended, or right as it is."""
    outcome = visit.form.get("outcome", "")

    def write(tx: Transaction) -> str | CardReport | None:
        found = _find_report(visit, tx)
        if found is None or outcome not in (card_reports.MENDED, card_reports.RIGHT):
            return found
        done = card_reports.settle(tx, found.id, outcome, visit.session.staff_id, visit.now)
        if done:
            visit.note(tx, "card-settled", found.card, outcome)
        is_so = done or found.outcome == outcome  # the form was sent twice
        return f"/panel?aviso={'ficha' if is_so else 'ficha-antes'}"

    done = await visit.panel.database.write(write)
    if done is None:
        return visit.page("message.html.j2", status=404)
    if isinstance(done, CardReport):
        return _report(visit, done, Fault("Elija si se corrigió o si está bien así.", "outcome"))
    return see_other(done)


async def _waiting(visit: Visit) -> list[CardReport]:
    areas = visit.areas(Action.SETTLE_CARDS)
    return await visit.panel.database.read(
        lambda tx: card_reports.waiting(tx, visit.panel.keyring, areas, LISTED)
    )


def _find_report(visit: Visit, tx: Transaction) -> CardReport | None:
    """The report of the address, if it is this person's to settle."""
    asked = number_in(visit.request.match_info["report"])
    found = card_reports.find_report(tx, visit.panel.keyring, asked)
    mine = found is not None and found.area in visit.areas(Action.SETTLE_CARDS)
    return found if mine else None


def _card(visit: Visit, service: Service) -> Marked:
    return visit.panel.release.service_card(service, DEFAULT_LANGUAGE, short=False)


def _page(
    visit: Visit,
    waiting: list[CardReport],
    typed: _CardForm,
    *,
    notice: str = "",
    problem: Fault | None = None,
) -> web.Response:
    content = visit.panel.release.content
    today = visit.now.astimezone(content.zone).date()
    mine = [
        content.area_by_id[id]
        for id in visit.areas(Action.SETTLE_CARDS)
        if id in content.area_by_id
    ]
    unconfirmed = [
        (area, card, last_confirmed(card, area))
        for area in sorted(mine, key=lambda card: alphabetical(card.short_name))
        for card in unconfirmed_cards(area, content, today)
    ]
    return visit.page(
        "cases/cards.html.j2",
        status=422 if problem else 200,
        waiting=waiting,
        unconfirmed=unconfirmed,
        names={service.id: service.name for service in content.service_by_id.values()},
        services=_by_area(content),
        at_desk=visit.may(Action.ENTER_AT_DESK),
        reads_lookups=visit.may(Action.READ_LOOKUPS),
        notice=notice,
        problem=problem,
        chosen=typed.card,
        words=typed.words,
    )


def _by_area(content: Content) -> list[tuple[str, list[Service]]]:
    """The cards of each area, both in alphabetical order: more than a hundred are too many for
    one list."""
    found: dict[str, list[Service]] = {}
    for card in sorted(content.service_by_id.values(), key=lambda card: alphabetical(card.name)):
        found.setdefault(content.area_by_id[card.area].short_name, []).append(card)
    return sorted(found.items(), key=lambda item: alphabetical(item[0]))
