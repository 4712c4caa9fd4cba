"""Looking up: free text, areas and their services, suggestions, and nothing found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from handlers.content.cards import render_area, render_institution, render_steps
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import Subject
from handlers.information import menus
from handlers.messages import Layout, Option, shortened
from handlers.privacy.masking import mask
from handlers.questionnaires import area_list, asking, flow, progress
from handlers.search.ranking import Hit, Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.intents.danger import alert_of, calmed_of
from handlers.understanding.intents.information import LookUp, TellUnconfirmed
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.said import Said

MAX_QUOTED = 60  # characters of the query that are quoted back
MAX_NOTED = 300  # characters of the query that are stored
MAX_SUGGESTED = 3
MAX_NARROWED = 12  # words of a question that further words may narrow


def look_up(turn: TurnBuilder, asked: LookUp) -> None:
    """Answer a question: a card, up to three suggestions, an institution, or nothing found."""
    query, ranking, hits = asked.query, asked.ranking, asked.ranking.hits
    note = ""
    if asked.reports:
        note = "report-offer" if ranking.verdict is not Verdict.EXTERNAL else ""
    elif asked.blames:
        note = "complaint-offer"
    elif asked.hearsay:
        note = "hearsay"
    if _mourns(turn, query):
        turn.say("told-loss")
    elif asked.blames:
        turn.say("told-regret")
    unsure = ranking.verdict in (Verdict.UNSURE, Verdict.SEVERAL, Verdict.NOTHING)
    keep_asked(turn, query if unsure else "")
    match ranking.verdict:
        case Verdict.SURE:
            _note(turn, query, LookupResult.CARD, hits[0])
            show(turn, hits[0].id, note)
        case Verdict.UNSURE | Verdict.SEVERAL:
            _note(turn, query, LookupResult.SUGGESTED, hits[0])
            several = ranking.verdict is Verdict.SEVERAL
            _suggest(turn, query, hits, note, several=several)
            if several:
                asked_for = (hit.id for hit in hits[: ranking.wishes])
                turn.update(wishes_left=tuple(filter(turn.release.card_name, asked_for)))
        case Verdict.EXTERNAL:
            _note(turn, query, LookupResult.EXTERNAL, hits[0])
            _not_municipal(turn, hits[0].id)
        case Verdict.NOTHING if names_place(Said(query, turn.release.lexicon)):
            turn.say("place-alone")  # a place without a question, so no lookup is recorded
            _go_on(turn)
        case Verdict.NOTHING | Verdict.SMALL_TALK:
            _say_not_found(turn, query, note)
        case _:
            assert_never(ranking.verdict)


def _say_not_found(turn: TurnBuilder, query: str, note: str) -> None:
    """Say that nothing was found; the second time in a row, show another way."""
    _note(turn, query, LookupResult.NOTHING, None)
    turn.private = True
    turn.missed()
    if turn.was.misses:
        menus.try_another_way(turn)
        return
    turn.say("not-found", query=quoted(query))
    if note:
        turn.say(note)
    _go_on(turn)


def _mourns(turn: TurnBuilder, query: str) -> bool:
    """Whether somebody close has died, and not long ago."""
    kinds = Said(query, turn.release.lexicon).kinds
    return PhraseKind.MOURNS in kinds and PhraseKind.TELLS_LONG_PAST not in kinds


def keep_asked(turn: TurnBuilder, query: str) -> None:
    """What was not surely found, where it is short enough for further words to narrow it."""
    turn.update(asked=query if len(query.split()) <= MAX_NARROWED else "")


def show(turn: TurnBuilder, card: str, note: str = "") -> None:
    """Show the card of a service, an area or an institution, with ``note`` below it."""
    turn.update(asked="", wishes_left=_left_beside(turn, card))
    content = turn.release.content
    if card in content.service_by_id:
        _show_service(turn, card, note)
    elif card in content.area_by_id:
        show_area(turn, card, note=note)
    elif card in content.institution_by_id:
        _not_municipal(turn, card)
    else:
        _say_gone(turn)


def _left_beside(turn: TurnBuilder, card: str) -> tuple[str, ...]:
    """What else the same message asked for; nothing once a card is shown that is none of them."""
    left = turn.state.wishes_left
    return tuple(one for one in left if one != card) if card in left else ()


def show_area(turn: TurnBuilder, area_id: str, page: int = 0, note: str = "") -> None:
    """An area and a page of its services."""
    content = turn.release.content
    area = content.area_by_id.get(area_id)
    if area is None:
        _say_gone(turn)
        return
    progress.pause(turn)
    services = content.services_by_area[area_id]
    shown, page, has_more = turn.page(services, page)
    options = [named_option(f"card:{service.id}", service.short_name) for service in shown]
    if has_more:
        options.append(turn.option("more"))
    if page == 0:
        turn.show(*render_area(area, content, turn.wording))
    if note:
        turn.say(note)
    turn.update(topic=area_id, page=page)
    question = turn.text("area-services" if services else "area-no-services")
    ways_on = [turn.option("rate", f"rate:{area_id}"), turn.option("menu")]
    turn.ask(question, [*options, *ways_on], layout=Layout.LIST, numbered=len(shown))


def show_steps(turn: TurnBuilder, card: str) -> None:
    """Show what the card leaves out; whether the card was useful stays open."""
    content = turn.release.content
    service = content.service_by_id.get(card)
    if service is None:
        _say_gone(turn)
        return
    blocks = render_steps(service, content, turn.wording)
    if blocks:
        turn.show(*blocks)
    else:
        turn.say("card-no-more")
    opened = progress.asks_about_card(turn) and turn.state.topic == card
    turn.update(topic=card)
    if opened:
        asking.ask_whether_useful(turn)
    else:
        asking.ask_open(turn)


def offer_support(turn: TurnBuilder, card: str) -> None:
    """Who helps after a danger, each time in other words, and at last a person."""
    if turn.state.topic != card:
        show(turn, card)
        return
    if turn.offers(f"steps:{card}"):
        show_steps(turn, card)
    else:
        area = turn.release.area_name(turn.release.area_of_card(card))
        turn.say("alert-support", area=area)
    progress.pause(turn)
    turn.ask("", [turn.option("person"), turn.option("menu")])


def list_areas(turn: TurnBuilder, page: int = 0) -> None:
    """Show a page of the areas, to choose one to read about."""
    progress.pause(turn)
    options, page = area_list.options_on_page(turn, "area", page)
    turn.update(page=page, topic="")
    shown = [*options, turn.option("menu")]
    numbered = area_list.listed_count(options, "area")
    turn.ask(turn.text("areas"), shown, layout=Layout.LIST, numbered=numbered)


def leave_card(turn: TurnBuilder) -> None:
    """VOLVER at a card: go back to its area's services."""
    turn.update(progress=None)
    show_area(turn, turn.release.area_of_card(turn.state.topic))


def reject_suggestions(turn: TurnBuilder) -> None:
    """ "Ninguna": none of the suggestions was meant, or what is left is not wanted."""
    leaves = any(turn.offers(f"other:{card}") for card in turn.state.wishes_left)
    turn.update(prompt=None, wishes_left=())
    if leaves:
        turn.say("rate-declined")
        return
    turn.say("suggest-none")
    _go_on(turn)


def tell_missing(turn: TurnBuilder) -> None:
    """Record what was told to be missing of the card just shown, and say who answers it."""
    _record_missing(turn, turn.text_in)
    area = turn.release.area_of_card(turn.state.topic)
    turn.say("missing-of-area", area=turn.release.area_name(area))
    asking.ask_open(turn)


def note_missing(turn: TurnBuilder, query: str = "") -> None:
    """Record what the card just shown does not say as a lookup that found nothing.

    ``query``: what was asked, where it was not the last message.
    """
    _record_missing(turn, query or turn.text_in)
    turn.say("missing-noted")
    said_above = {turn.text(key) for key in ("card-contact-person", "card-person-answers")}
    if said_above.isdisjoint(one for one in turn.body if isinstance(one, str)):
        turn.say("card-contact-person")
    asking.ask_open(turn)


def _record_missing(turn: TurnBuilder, query: str) -> None:
    card = turn.state.topic
    _note(turn, query, LookupResult.NOTHING, Hit("service", card, 0.0))
    turn.private = True


def can_answer_again(turn: TurnBuilder) -> bool:
    """Whether the last question was answered last, with a card or with suggestions."""
    institution = turn.state.topic in turn.release.content.institution_by_id
    of_institution = institution and turn.offers("areas") and turn.offers("person")
    return progress.asks_about_card(turn) or _is_suggesting(turn) or of_institution


def answer_again(turn: TurnBuilder) -> None:
    """Answer the last question again, in the current language; nothing more is recorded."""
    content, prompt = turn.release.content, turn.state.prompt
    service = content.service_by_id.get(turn.state.topic)
    if _is_suggesting(turn) and prompt is not None:
        cards = [one for one in prompt.options if one.key.startswith("card:")]
        options = [*cards, turn.option("none")]
        turn.ask(turn.text("suggest-which"), options, layout=Layout.LIST, numbered=len(options))
    elif progress.asks_about_card(turn) and service is not None:
        language, short = turn.wording.language, turn.state.short
        turn.show(*turn.release.service_card(service, language, short=short))
        asking.ask_again(turn)
    else:
        _not_municipal(turn, turn.state.topic)


def _is_suggesting(turn: TurnBuilder) -> bool:
    prompt = turn.state.prompt
    return prompt is not None and prompt.offers("none") and prompt.awaits_option


def tell_unconfirmed(turn: TurnBuilder, asked: TellUnconfirmed) -> None:
    """Say that what was meant instead is not confirmed, and who answers it; a person is offered."""
    service = turn.release.content.service_by_id.get(turn.state.topic)
    of_area = service.area if service is not None and asked.of_shown else asked.area
    area = turn.release.area_name(of_area) if of_area else ""
    card = service.id if service is not None and asked.of_shown else ""
    _note(turn, asked.words, LookupResult.NOTHING, Hit("service", card, 0.0) if card else None)
    turn.private = True
    query = quoted(asked.words)
    if area:
        turn.say("unconfirmed-of-area", query=query, area=area)
    else:
        turn.say("unconfirmed", query=query)
    others = named_cards(turn, asked.others)
    if others:
        turn.say("topic-others")
    if not asked.of_shown:
        turn.update(topic="")
    if turn.state.progress is not None and not progress.asks_about_card(turn):
        asking.ask_again(turn)
        return
    turn.ask("", [turn.option("person"), *others, turn.option("menu")])


def named_cards(turn: TurnBuilder, cards: Iterable[str]) -> tuple[Option, ...]:
    """Up to three of the cards as options, without any that must not be named."""
    found: dict[str, Option] = {}
    for card in cards:
        label = turn.release.card_name(card)
        if label and len(found) < MAX_SUGGESTED:
            found.setdefault(fold(label), named_option(f"card:{card}", label))
    return tuple(found.values())


def _say_gone(turn: TurnBuilder) -> None:
    """Say that the card has left the content since it was offered."""
    turn.say("card-gone")
    _go_on(turn)


def _show_service(turn: TurnBuilder, card: str, note: str) -> None:
    content = turn.release.content
    service = content.service_by_id[card]
    language, short = turn.wording.language, turn.state.short
    turn.show(*turn.release.service_card(service, language, short=short))
    if note:
        turn.say(note)
    turn.update(topic=card)
    kind = alert_of(turn.was, turn.at) or calmed_of(turn.state, turn.at)
    told = content.emergency_by_id.get(kind)
    if told is not None and told.card == card:  # after danger do not ask how useful it was
        progress.pause(turn)
        ways_on = [turn.option("steps", f"steps:{card}"), turn.option("person")]
        turn.ask("", [*ways_on, turn.option("menu")])
        return
    subject = Subject(area=service.area, service=service.id)
    flow.begin(turn, progress.new_progress(turn, progress.USEFULNESS, subject), "lookup")


def _suggest(
    turn: TurnBuilder, query: str, hits: tuple[Hit, ...], note: str, *, several: bool
) -> None:
    progress.pause(turn)
    options = [*named_cards(turn, [hit.id for hit in hits]), turn.option("none")]
    turn.private = True
    key = "suggest-several" if several else "suggest-topic" if _names_topic(query) else "suggest"
    turn.say(key, query=quoted(query))
    if note:
        turn.say(note)
    turn.ask(turn.text("suggest-which"), options, layout=Layout.LIST, numbered=len(options))


def _names_topic(query: str) -> bool:
    """Whether a query, such as "licencia", only names a topic and asks nothing specific."""
    return "?" not in query and len(query.split()) == 1


def _not_municipal(turn: TurnBuilder, institution_id: str) -> None:
    institution = turn.release.content.institution_by_id[institution_id]
    turn.update(topic=institution_id, asked="")
    turn.show(*render_institution(institution, turn.wording))
    turn.say("not-municipal-more")
    _go_on(turn)


def _go_on(turn: TurnBuilder) -> None:
    """Go back to what was open, or offer ways on."""
    if progress.asks_about_card(turn):
        progress.pause(turn)
    if turn.state.progress is not None:
        asking.ask_again(turn)
    else:
        asking.resume_or_offer_ways_on(turn)


def quoted(query: str) -> str:
    """A query on one line, cut to ``MAX_QUOTED``."""
    return shortened(" ".join(query.split()), MAX_QUOTED)


def _note(turn: TurnBuilder, query: str, found: LookupResult, hit: Hit | None) -> None:
    card = hit.id if hit is not None else ""
    area = turn.release.area_of_card(card)
    masked = mask(query[:MAX_NOTED], turn.release.lexicon.names)
    turn.record(LookupMade(masked, found, card, area))
