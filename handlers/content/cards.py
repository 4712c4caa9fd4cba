"""Renders what a lookup shows: a service's card and its steps, an area, an institution."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.content.model import Area, Contactable, Content, Institution, Service
from handlers.content.rules import GeneralContact
from handlers.content.wording import Wording
from handlers.text.folding import fold
from handlers.text.markup import Block, Items, Labelled, Link, Marked, Paragraph, Title, plain

MAX_CARD = 800  # characters, rendered
MAX_STEPS = 3000  # characters of the steps, which need no buttons
CONFIRMED_FOR = timedelta(days=90)
_MAX_CONTACT = 120
# A sentence's stop comes after a word, not "art." or "D.S.", and before another sentence.
SENTENCE_ENDS = re.compile(r"(?<=[^\W\d_]{4}\.)\s+(?=[A-ZÁÉÍÓÚÑ¿¡])|(?<=\)\.)\s+(?=[A-ZÁÉÍÓÚÑ¿¡])")


def render_card(service: Service, content: Content, wording: Wording) -> Marked:
    """The card of a service, at most MAX_CARD characters: online first, contact last.

    Parts that do not fit are left to ``render_steps``; nothing is cut in the middle.
    """
    area = content.area_by_id[service.area]
    needs = _needs(service, wording)
    contact = contact_of(service, area, content)
    lead: Marked = (
        Title(service.name),
        Paragraph(_lead(service)),
        *_online(service, wording),
    )
    rest: Marked = (
        *_place_and_hours(service, area, wording),
        *_cost(service, wording),
        *_contact(contact, wording),
        _small_print(service, area, contact, wording),
    )
    card = (*lead, *needs, *rest)
    return card if len(plain(card)) <= MAX_CARD else (*lead, *rest)


def render_steps(service: Service, content: Content, wording: Wording) -> Marked:
    """What the card leaves out; empty if nothing."""
    card = render_card(service, content, wording)
    more = service.summary.removeprefix(_lead(service)).strip()
    left_out: list[Block] = [Paragraph(more)] if more else []
    left_out += [items for items in _needs(service, wording) if items not in card]
    if service.steps:
        left_out.append(Items(wording.say("card-steps"), service.steps, numbered=True))
    return (Title(service.short_name), *left_out) if left_out else ()


def leaves_out(service: Service, content: Content, wording: Wording) -> bool:
    """Whether the card leaves anything out."""
    return bool(service.steps) or bool(render_steps(service, content, wording))


def render_short(service: Service, content: Content, wording: Wording) -> Marked:
    """A short card: what to bring, whether to come at all, and whom to ask."""
    area = content.area_by_id[service.area]
    bring = _listed(service, wording, "card-bring")
    contact = _contact(contact_of(service, area, content), wording)
    person = [] if contact else [Paragraph(wording.say("card-contact-person"), quiet=True)]
    return (Title(service.short_name), *_online(service, wording), *bring, *contact, *person)


def render_area(area: Area, content: Content, wording: Wording) -> Marked:
    """What an area does and how to reach it, at most MAX_CARD characters."""
    contact = contact_of(area, area, content)
    return (
        Title(area.name),
        Paragraph(area.description),
        *_place_and_hours(area, area, wording),
        *_contact(contact, wording),
        _small_print(area, area, contact, wording),
    )


def render_institution(institution: Institution, wording: Wording) -> Marked:
    """The institution responsible for something not municipal; a catch-all is not named."""
    if institution.catch_all:
        whose = wording.say("not-municipal-at-all")
    else:
        whose = wording.say("not-municipal", institution=institution.name)
    return (Paragraph(whose), *_reached(institution, wording))


def render_elsewhere(institution: Institution, wording: Wording) -> Marked:
    """The answer to a further question about an institution: it has to be asked there."""
    if institution.catch_all:
        whose = wording.say("topic-institution-at-all")
    else:
        whose = wording.say("topic-institution", institution=institution.name)
    return (Paragraph(whose), *_reached(institution, wording))


def render_answerable(institution: Institution, wording: Wording) -> Marked:
    """Who answers for what is being told for a complaint."""
    told = wording.say("case-answerable", institution=institution.name)
    return (Paragraph(told), *_reached(institution, wording))


def _reached(institution: Institution, wording: Wording) -> Marked:
    blocks: list[Block] = []
    if institution.link:
        blocks.append(Link(wording.say("institution-link"), institution.link))
    if institution.phone:
        blocks.append(Labelled(wording.say("institution-phone"), institution.phone))
    return tuple(blocks)


def render_requirements(service: Service, wording: Wording) -> Marked:
    """What to bring, as a list; empty if no requirement is known."""
    return tuple(_needs(service, wording))


def render_how_done(service: Service, wording: Wording) -> Marked:
    """Whether it can be done online, and its steps; empty if neither is known."""
    steps = [Items(wording.say("card-steps"), service.steps, numbered=True)]
    online = _online(service, wording) if service.online and service.link else []
    return (*online, *(steps if service.steps else []))


def contact_of(service: Contactable, area: Contactable, content: Content) -> str:
    """The contact of a card: its own, else its area's, else the general one; empty if unknown."""
    return _joined(service) or _joined(area) or general_contact(content)


def has_fact(card: Contactable, aspect: str) -> bool:
    """Whether the card itself has its "place", "hours" or "contact"."""
    facts = {"place": card.place, "hours": card.hours, "contact": card.phone or card.email}
    return bool(facts.get(aspect))


def general_contact(content: Content) -> str:
    """The municipality's phone and e-mail from the settings; empty if not set."""
    return _joined(content.general)


def _joined(source: Contactable | GeneralContact) -> str:
    return " · ".join(filter(None, (source.phone, source.email)))[:_MAX_CONTACT]


def last_confirmed(card: Contactable, area: Area) -> date | None:
    """When a card was last confirmed, by itself or with its area."""
    return card.confirmed_on or area.confirmed_on


def unconfirmed_cards(area: Area, content: Content, today: date) -> list[Area | Service]:
    """The area's own card and its services' that nobody confirmed for 90 days, or ever.

    Those never confirmed come first, then the oldest.
    """
    cards: tuple[Area | Service, ...] = (area, *content.services_by_area[area.id])
    since = {card.id: last_confirmed(card, area) or date.min for card in cards}
    due = [card for card in cards if today - since[card.id] > CONFIRMED_FOR]
    return sorted(due, key=lambda card: since[card.id])


def _lead(service: Service) -> str:
    """The first sentence of the summary."""
    return SENTENCE_ENDS.split(service.summary, maxsplit=1)[0]


def _online(service: Service, wording: Wording) -> list[Block]:
    if service.online and service.link:
        return [Link(wording.say("card-online"), service.link)]
    if service.online:
        return [Paragraph(wording.say("card-online-unconfirmed"))]
    return [Link(wording.say("card-link"), service.link)] if service.link else []


def _needs(service: Service, wording: Wording) -> list[Block]:
    return _listed(service, wording, "card-needs")


def _listed(service: Service, wording: Wording, label: str) -> list[Block]:
    """The requirements as a list.

    A sentence that requires nothing, such as "No se exige denuncia previa", gets no label that says
    that something is needed."""
    needs = service.requirements
    if not needs:
        return []
    names_nothing = wording.phrases("card-names-no-need")
    if len(needs) == 1 and fold(needs[0]).startswith(names_nothing):
        return [Labelled(wording.say("card-requirements"), needs[0][:1].lower() + needs[0][1:])]
    return [Items(wording.say(label), needs)]


def _cost(service: Service, wording: Wording) -> list[Block]:
    told: list[Block] = []
    if service.cost:
        told.append(Labelled(wording.say("card-cost"), service.cost))
    if service.duration:
        told.append(Labelled(wording.say("card-duration"), service.duration))
    return told


def _place_and_hours(service: Contactable, area: Contactable, wording: Wording) -> list[Block]:
    told: list[Block] = []
    if place := service.place or area.place:
        told.append(Labelled(wording.say("card-place"), place))
    if hours := service.hours or area.hours:
        told.append(Labelled(wording.say("card-hours"), hours))
    return told


def _contact(contact: str, wording: Wording) -> list[Block]:
    return [Labelled(wording.say("card-contact"), contact)] if contact else []


def _small_print(service: Contactable, area: Area, contact: str, wording: Wording) -> Paragraph:
    """The card's area, whether it is confirmed, and whom to ask if no contact is known."""
    said = [] if service is area else [wording.say("card-area", area=area.short_name)]
    confirmed = last_confirmed(service, area)
    if confirmed is None:
        said.append(wording.say("card-unconfirmed"))
    else:
        date = wording.date(confirmed)
        said.append(wording.say("card-confirmed", area=area.short_name, date=date))
    if not contact:
        said.append(wording.say("card-contact-person"))
    return Paragraph(" ".join(said), quiet=True)
