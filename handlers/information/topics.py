"""Questions about the card shown last or a named area: one fact, or that it is unknown."""

from __future__ import annotations

from handlers.content.cards import (
    contact_of,
    render_area,
    render_elsewhere,
    render_how_done,
    render_requirements,
    render_short,
)
from handlers.content.model import Area, Contactable, Service
from handlers.information import aspects as aspects_asked
from handlers.information import lookups, menus
from handlers.questionnaires import asking, kept_open
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.text.markup import Labelled, Marked, Title, plain
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.intents.information import AskAboutTopic, LookUp
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.card.asked.lines import (
    lines_about,
    lines_by_kind,
    lines_held_to,
)
from handlers.understanding.said_before.case.more import is_told_to_person

_OF_SERVICES = frozenset(
    {"cost", "papers", "how", "time", "term", "whom", "pay", "online"}
)  # an area has none of its own
_OF_AREA = ("follow_place", "follow_hours", "follow_contact")
_TOLD_BY_LINES = frozenset({"more", "whom", "pay", "term", "online"})
_IN_LINES = frozenset({"more", "whom", "pay"})  # no field of a card: only its text tells it


def answer_about_topic(turn: TurnBuilder, asked: AskAboutTopic) -> None:
    """Answer a question about the card or area shown last; what is open stays open.

    Cards that may be meant instead are offered after the answer.
    """
    aspects = (asked.aspect, *asked.also)
    if "again" in aspects:
        turn.missed()
        if turn.was.misses:
            menus.try_another_way(turn)
            return
    _answer(turn, aspects)
    unsure = asked.unsure and not _lines_told(turn, aspects)
    if unsure:
        lookups.note_missing(turn, asked.query)
    if asked.useful and not (asked.useful == "yes" and turn.unconfirmed):
        asking.propose_useful(turn, asked.useful)
    else:
        asking.ask_open(turn)
    again = _is_unconfirmed_again(turn)
    others = () if again else lookups.named_cards(turn, asked.others)
    if again:
        _offer_person(turn)
    if not others:
        if unsure and not again:
            turn.say("topic-else")
        return
    if len(others) == 1 and not unsure:
        turn.say("topic-other", name=others[0].label)
    else:
        turn.say("topic-others")
    kept_open.offer_beside(turn, others)


def _answer(turn: TurnBuilder, aspects: tuple[str, ...]) -> None:
    topic, content = turn.state.topic, turn.release.content
    service, area = content.service_by_id.get(topic), content.area_by_id.get(topic)
    if service is not None and "again" in aspects:
        turn.show(*render_short(service, content, turn.wording))
    elif service is not None:
        asked = aspects_asked.asked_for(turn, service, aspects)
        _say_aspects(turn, service, content.area_by_id[service.area], asked)
    elif area is not None and "again" in aspects:
        turn.show(*render_area(area, content, turn.wording))
    elif area is not None and _OF_SERVICES.isdisjoint(aspects):
        _say_aspects(turn, area, area, aspects)
    elif topic in content.institution_by_id:
        institution = content.institution_by_id[topic]
        turn.show(*render_elsewhere(institution, turn.wording))
    else:
        turn.say("what-about")


def answer_of_area(turn: TurnBuilder, asked: LookUp) -> None:
    """Answer a question that is not surely found as one about the area just rated."""
    topic, content = turn.state.topic, turn.release.content
    if asked.of_area not in (topic, turn.release.area_of_card(topic)):
        turn.update(topic=asked.of_area)
    heard = turn.release.listener.hear(asked.query)
    aspect = heard.best(_OF_AREA).removeprefix("follow_")
    others = tuple(hit.id for hit in asked.ranking.hits if hit.id in content.service_by_id)
    lookups.keep_asked(turn, asked.query)
    about = AskAboutTopic(aspect or "more", others, unsure=True, query=asked.query)
    answer_about_topic(turn, about)


def answer_about_area(turn: TurnBuilder, area_id: str, aspect: str) -> None:
    """Answer about an area: place, hours or telephone, if confirmed, or what it does."""
    area = turn.release.content.area_by_id[area_id]
    turn.update(topic=area_id, asked="")
    if aspect == "again":
        turn.show(*render_area(area, turn.release.content, turn.wording))
    else:
        _say_aspects(turn, area, area, (aspect,))
    ways_on = [turn.option("areas"), turn.option("rate", f"rate:{area_id}"), turn.option("menu")]
    if asking.is_awaited(turn):
        asking.ask_open(turn)
    else:
        turn.ask("", ways_on)


def answer_about_card(turn: TurnBuilder, card: str, aspect: str) -> None:
    """Answer one thing about a service, or show its card; it becomes the topic."""
    turn.update(topic=card, asked="")
    content = turn.release.content
    service = content.service_by_id[card]
    if aspect == "again":
        language, short = turn.wording.language, turn.state.short
        turn.show(*turn.release.service_card(service, language, short=short))
    else:
        _say_aspects(turn, service, content.area_by_id[service.area], (aspect,))
    if asking.is_awaited(turn):
        asking.ask_open(turn)
    else:
        turn.ask("", [named_option(f"card:{card}", service.short_name), turn.option("menu")])


def write_short(turn: TurnBuilder) -> None:
    """Give short answers from now on, and show the last card again, shorter."""
    turn.update(short=True)
    turn.say("short-now")
    _show_again(turn)


def write_long(turn: TurnBuilder) -> None:
    """Give full answers again."""
    turn.update(short=False)
    turn.say("long-now")
    _show_again(turn)


def _show_again(turn: TurnBuilder) -> None:
    telling = turn.state.prompt is not None and turn.state.prompt.awaits is Awaits.CASE
    if not telling and turn.state.topic in turn.release.content.service_by_id:
        lookups.show(turn, turn.state.topic)
    else:
        asking.ask_open(turn)


def _say_aspects(
    turn: TurnBuilder, card: Contactable, area: Area, aspects: tuple[str, ...]
) -> None:
    """Say each aspect, and once whom to ask if any is unknown."""
    told = [_say_one(turn, card, area, aspect) for aspect in aspects]
    if all(told):
        return
    if not _lines_told(turn, aspects):
        turn.unconfirmed = turn.state.topic
    contact = contact_of(card, area, turn.release.content)
    if contact:
        turn.show(Labelled(turn.text("card-contact"), contact))
    if _is_unconfirmed_again(turn):
        turn.say("card-person-answers")
    elif not contact and not is_told_to_person(turn.state):
        turn.say("card-contact-person")


def _is_unconfirmed_again(turn: TurnBuilder) -> bool:
    """Whether the answer before was not confirmed either, so that another way is offered."""
    return bool(turn.unconfirmed) and turn.was.unconfirmed == turn.unconfirmed


def _offer_person(turn: TurnBuilder) -> None:
    person = turn.option("person")
    if person not in turn.options:
        turn.ask(turn.question, [*turn.options, person])


def _say_aspect(turn: TurnBuilder, card: Contactable, area: Area, aspect: str) -> bool:
    """Say one aspect, unless the answer before was the same; return whether it is known."""
    name = card.short_name if isinstance(card, Service | Area) else area.short_name
    listed = _aspect_list(turn, card, aspect)
    known = plain(listed) or _aspect_text(turn, card, area, aspect)
    if aspects_asked.is_told_again(turn, aspect, known):
        return _say_from_lines(turn, card, area, "more")
    turn.told = aspects_asked.kept(known)
    if listed:
        turn.show(Title(name), *listed)
        return True
    if aspect == "papers" and isinstance(card, Service) and card.requirements is not None:
        turn.say("topic-papers-none", name=name)
        return True
    if not known:
        return _say_from_lines(turn, card, area, aspect)
    turn.say(f"topic-{aspect}", name=name, value=known.rstrip("."))
    if aspect == "cost" and aspects_asked.wants_amount(turn, known):
        turn.say("topic-amount-unknown", area=area.short_name)
    return True


def _say_one(turn: TurnBuilder, card: Contactable, area: Area, aspect: str) -> bool:
    if aspect == "online" and isinstance(card, Service) and card.online is False:
        turn.say("topic-online-no", name=card.short_name)
        return True
    return _say_aspect(turn, card, area, aspect)


def _say_from_lines(turn: TurnBuilder, card: Contactable, area: Area, aspect: str) -> bool:
    """Say what no field tells: by lines of the card, or that it is not confirmed."""
    name = card.short_name if isinstance(card, Service | Area) else area.short_name
    if lines := _lines_told(turn, (aspect,)):
        if PhraseKind.HOLDS_TO in Said(turn.text_in, turn.release.lexicon).kinds:
            turn.say("topic-says-sorry")
        turn.told = aspects_asked.kept(". ".join(lines))
        turn.say("topic-says", name=name, value=". ".join(lines))
        if isinstance(card, Service) and aspects_asked.asks_beyond(turn, card, lines):
            turn.say("topic-says-part", area=area.short_name)
        return False
    kind = "area" if name == area.short_name else "service"  # an area is named once
    head = turn.text(f"topic-head-{kind}", name=name)
    turn.say(f"topic-{aspect}-unknown", head=head, name=name, area=area.short_name)
    if aspect == "whom" and isinstance(card, Service):
        turn.show(*render_requirements(card, turn.wording))  # mostly what whoever asks must have
    return False


def _lines_told(turn: TurnBuilder, aspects: tuple[str, ...]) -> tuple[str, ...]:
    """What the card shown says of the words of the question, where it has no field for it."""
    service, release = turn.release.content.service_by_id.get(turn.state.topic), turn.release
    if service is None or _TOLD_BY_LINES.isdisjoint(aspects):
        return ()
    said, index = Said(turn.text_in, release.lexicon), release.index
    lines = lines_by_kind(service, said, release.lexicon) or lines_held_to(service, said, index)
    if lines or _IN_LINES.isdisjoint(aspects):
        return lines
    about = lines_about(service, turn.text_in, index)
    return tuple(line for line in about if aspects_asked.kept(line) != turn.was.told)


def _aspect_text(turn: TurnBuilder, card: Contactable, area: Area, aspect: str) -> str:
    service = card if isinstance(card, Service) else None
    match aspect:
        case "place":
            return card.place or area.place or _online(turn, service)
        case "hours":
            return card.hours or area.hours or ""
        case "contact":
            return contact_of(card, area, turn.release.content)
        case "what":
            return card.summary if isinstance(card, Service) else area.description
        case "cost":
            return (service.cost if service else "") or ""
        case "online":
            return _online(turn, service)
        case "time":
            return (service.duration if service else "") or ""
        case _:
            return ""


def _online(turn: TurnBuilder, service: Service | None) -> str:
    """A sentence that it is done online, if no place is confirmed; "" if it is not."""
    if service is None or not service.online:
        return ""
    link = f" ({service.link})" if service.link else ""
    key = "card-online" if service.link else "card-online-unconfirmed"
    return f"{turn.text(key)}{link}"


def _aspect_list(turn: TurnBuilder, card: Contactable, aspect: str) -> Marked:
    """A service's requirements or steps, if known."""
    if not isinstance(card, Service):
        return ()
    match aspect:
        case "papers":
            return render_requirements(card, turn.wording)
        case "how":
            return render_how_done(card, turn.wording)
        case _:
            return ()
