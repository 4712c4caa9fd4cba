"""Looking up: free text, areas and their services, suggestions, and what was not found."""

from __future__ import annotations

from handlers import areas
from handlers.content.cards import render_area, render_card, render_institution
from handlers.facts import Found, LookupMade, Subject
from handlers.messages import Layout, Option, shortened
from handlers.questionnaires import asking, flow, progress
from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.turn import Talk, in_numbers, named
from handlers.understanding.folding import fold

PAGE = 7
MAX_QUOTED = 60  # characters of the query that are shown back
MAX_NOTED = 300  # characters of the query that are kept
MAX_SUGGESTED = 3


def look_up(talk: Talk, query: str, ranking: Ranking) -> None:
    """Answer a question: a card, up to three suggestions, whose it is, or that it was not found."""
    hits = ranking.hits
    match ranking.verdict:
        case Verdict.SURE:
            _note(talk, query, Found.CARD, hits[0])
            show(talk, hits[0].id)
        case Verdict.UNSURE | Verdict.SEVERAL:
            _note(talk, query, Found.SUGGESTED, hits[0])
            _suggest(talk, query, hits)
        case Verdict.EXTERNAL:
            _note(talk, query, Found.EXTERNAL, hits[0])
            _not_municipal(talk, hits[0].id)
        case Verdict.NOTHING | Verdict.SMALL_TALK:
            _note(talk, query, Found.NOTHING, None)
            talk.private = True
            talk.say("not-found", query=quoted(query))
            _go_on(talk)


def show(talk: Talk, card: str) -> None:
    """Show the card of a service, an area or an institution."""
    content = talk.release.content
    if card in content.service_by_id:
        _show_service(talk, card)
    elif card in content.area_by_id:
        show_area(talk, card)
    elif card in content.institution_by_id:
        _not_municipal(talk, card)
    else:
        _say_gone(talk)


def show_area(talk: Talk, area_id: str, page: int = 0) -> None:
    """An area and a page of its services."""
    content = talk.release.content
    area = content.area_by_id.get(area_id)
    if area is None:
        _say_gone(talk)
        return
    progress.shelve(talk)
    services = content.services_by_area[area_id]
    pages = max(1, -(-len(services) // PAGE))
    page %= pages
    shown = services[page * PAGE : (page + 1) * PAGE]
    options = [named(f"card:{service.id}", service.short_name) for service in shown]
    if pages > 1:
        options.append(talk.option("more"))
    if page == 0:
        talk.body.append(render_area(area, content, talk.wording))
    talk.update(topic=area_id, page=page)
    question = talk.text("area-services" if services else "area-no-services")
    ways_on = [talk.option("rate", f"rate:{area_id}"), talk.option("menu")]
    talk.ask(question, [*options, *ways_on], layout=Layout.LIST)


def list_areas(talk: Talk, page: int = 0) -> None:
    """A page of the areas, to read about one."""
    progress.shelve(talk)
    options, page = areas.page_of(talk, "area", page)
    talk.update(page=page, topic="")
    talk.ask(talk.text("areas"), [*options, talk.option("menu")], layout=Layout.LIST)


def leave_card(talk: Talk) -> None:
    """VOLVER at a card: to the other services of its area."""
    talk.update(run=None)
    show_area(talk, areas.of_topic(talk))


def none_fits(talk: Talk) -> None:
    """ "Ninguna" under the suggestions."""
    talk.update(prompt=None)
    talk.say("suggest-none")
    _go_on(talk)


def _say_gone(talk: Talk) -> None:
    """The card was taken out of the content since it was offered."""
    talk.say("card-gone")
    _go_on(talk)


def _show_service(talk: Talk, card: str) -> None:
    content = talk.release.content
    service = content.service_by_id[card]
    talk.body.append(render_card(service, content, talk.wording))
    talk.update(topic=card)
    subject = Subject(area=service.area, service=service.id)
    flow.begin(talk, progress.new(talk, progress.USEFULNESS, subject), "lookup")


def _suggest(talk: Talk, query: str, hits: tuple[Hit, ...]) -> None:
    progress.shelve(talk)
    found: dict[str, Option] = {}
    for hit in hits:
        label = _label(talk, hit)
        if label and len(found) < MAX_SUGGESTED:
            found.setdefault(fold(label), named(f"card:{hit.id}", label))
    options = [*found.values(), talk.option("none")]
    talk.private = True
    talk.say("suggest", query=quoted(query))
    question = f"{talk.text('suggest-which')}\n{in_numbers(option.label for option in options)}"
    talk.ask(question, options, numbered=len(options))


def _label(talk: Talk, hit: Hit) -> str:
    content = talk.release.content
    found = (
        content.service_by_id.get(hit.id)
        or content.area_by_id.get(hit.id)
        or content.institution_by_id.get(hit.id)
    )
    return found.short_name if found else ""


def _not_municipal(talk: Talk, institution_id: str) -> None:
    institution = talk.release.content.institution_by_id[institution_id]
    talk.body.append(render_institution(institution, talk.wording))
    talk.say("not-municipal-more")
    _go_on(talk)


def _go_on(talk: Talk) -> None:
    """Back to what was open, else ways on."""
    if progress.is_about_card(talk):
        progress.shelve(talk)
    if talk.state.run is not None:
        asking.ask_again(talk)
    elif not asking.resume(talk):
        talk.ask("", [talk.option("areas"), talk.option("person"), talk.option("menu")])


def quoted(query: str) -> str:
    """As much of a query as is shown back, on one line."""
    return shortened(" ".join(query.split()), MAX_QUOTED)


def _note(talk: Talk, query: str, found: Found, hit: Hit | None) -> None:
    card = hit.id if hit is not None else ""
    area = areas.area_of_card(talk, card)
    talk.establish(LookupMade(query[:MAX_NOTED], found, card, area))
