"""What a lookup shows: the card of a service, an area or somebody else's institution."""

from __future__ import annotations

from datetime import date

from handlers.content.model import Area, Contactable, Content, GeneralContact, Institution, Service
from handlers.content.wording import Wording
from handlers.text.folding import fold

MAX_CARD = 800  # characters, rendered
_MAX_CONTACT = 120
_SHORT_ITEMS = 4
_NONE = "ninguno"


def render_card(service: Service, content: Content, wording: Wording) -> str:
    """The card of a service, at most MAX_CARD characters: online first, contact last.

    What is too long loses its steps first, then its summary, never the contact.
    """
    area = content.area_by_id[service.area]
    head = [f"{service.name}.", *_online(service, wording)]
    where = [*_place_and_hours(service, area, wording), *_cost(service, wording)]
    tail = [
        wording.say("card-area", area=area.short_name),
        _confirmation(service, area, wording),
        _contact_line(service, area, content, wording),
    ]
    needs = _items("card-needs", service.requirements, wording)
    steps = _items("card-steps", service.steps, wording)
    room = MAX_CARD - sum([len(part) + 1 for part in (*head, *where, *tail)])
    needs, summary, steps = _fitting([needs, service.summary, steps], room)
    lines = [*head, summary, needs, *where, steps, *tail]
    return "\n".join([line for line in lines if line])


def render_short(service: Service, content: Content, wording: Wording) -> str:
    """The least that helps: what to bring, whether to come at all, and whom to ask."""
    area = content.area_by_id[service.area]
    needs = [item for item in service.requirements if fold(item) != _NONE][:_SHORT_ITEMS]
    lines = [f"{service.short_name}.", *_online(service, wording)]
    lines += [wording.say("card-bring", items=", ".join(needs))] if needs else []
    lines.append(_contact_line(service, area, content, wording))
    return "\n".join(lines)


def render_area(area: Area, content: Content, wording: Wording) -> str:
    """What an area does and how to reach it, at most MAX_CARD characters."""
    head = [f"{area.name}."]
    tail = [
        *_place_and_hours(area, area, wording),
        _confirmation(area, area, wording),
        _contact_line(area, area, content, wording),
    ]
    room = MAX_CARD - sum(len(part) + 1 for part in (*head, *tail))
    (description,) = _fitting([area.description], room)
    return "\n".join(line for line in [*head, description, *tail] if line)


def render_institution(institution: Institution, wording: Wording) -> str:
    """Whose it is, when it is not municipal."""
    lines = [wording.say("not-municipal", institution=institution.name)]
    if institution.link:
        lines.append(wording.say("institution-link", link=institution.link))
    if institution.phone:
        lines.append(wording.say("institution-phone", phone=institution.phone))
    return "\n".join(lines)


def contact_of(service: Contactable, area: Contactable, content: Content) -> str:
    """A contact that can be reached: the card's, else the area's, else the general one.

    Empty when none of them is known.
    """
    return _joined(service) or _joined(area) or general_contact(content)


def general_contact(content: Content) -> str:
    """The municipality's own phone and e-mail from the configuration; empty when unknown."""
    return _joined(content.general)


def _joined(source: Contactable | GeneralContact) -> str:
    return " · ".join(part for part in (source.phone, source.email) if part)[:_MAX_CONTACT]


def day(found: date, wording: Wording) -> str:
    """A date in words."""
    month = wording.say(f"month-{found.month}")
    return wording.say("date", day=found.day, month=month, year=found.year)


def _online(service: Service, wording: Wording) -> list[str]:
    if service.online:
        if service.link:
            return [wording.say("card-online", link=service.link)]
        return [wording.say("card-online-unconfirmed")]
    return [wording.say("card-link", link=service.link)] if service.link else []


def _items(key: str, items: tuple[str, ...], wording: Wording) -> str:
    told = [item for item in items if fold(item) != _NONE]
    return wording.say(key, items="; ".join(told)) if told else ""


def _cost(service: Service, wording: Wording) -> list[str]:
    lines = [wording.say("card-cost", cost=service.cost.rstrip("."))] if service.cost else []
    if service.duration:
        lines.append(wording.say("card-duration", duration=service.duration.rstrip(".")))
    return lines


def _place_and_hours(service: Contactable, area: Contactable, wording: Wording) -> list[str]:
    place, hours = service.place or area.place, service.hours or area.hours
    lines = [wording.say("card-place", place=place.rstrip("."))] if place else []
    if hours:
        lines.append(wording.say("card-hours", hours=hours.rstrip(".")))
    return lines


def _confirmation(service: Contactable, area: Area, wording: Wording) -> str:
    confirmed = service.confirmed_on or area.confirmed_on
    if confirmed is None:
        return wording.say("card-unconfirmed")
    return wording.say("card-confirmed", area=area.short_name, date=day(confirmed, wording))


def _contact_line(
    service: Contactable, area: Contactable, content: Content, wording: Wording
) -> str:
    contact = contact_of(service, area, content)
    if contact:
        return wording.say("card-contact", contact=contact)
    return wording.say("card-contact-person")


def _fitting(parts: list[str], room: int) -> list[str]:
    """The parts, first the first, as far as ``room`` characters reach; "" for what finds none."""
    taken: list[str] = []
    for part in parts:
        fits = len(part) + 1 <= room
        if not fits and room > 40:
            cut = part[: room - 3]
            taken.append(cut[: max(cut.rfind(" "), 1)].rstrip(" ;,.") + "…")
            room = 0
        elif fits:
            taken.append(part)
            room -= len(part) + 1 if part else 0
        else:
            taken.append("")
    return taken
