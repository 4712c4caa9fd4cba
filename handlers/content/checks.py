"""Checks of a whole content: what no single record can know about itself, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from handlers.content.model import Content, Desk, Emergency, Meaning, Questionnaire, Service
from handlers.content.questionnaire_checks import REQUIRED, questionnaire_problems
from handlers.text.folding import fold
from handlers.text.phrases import read_phrase

MAX_CARD = 800  # characters of a rendered card


class Kind(StrEnum):
    """What a problem is about; the value is the table's name in the content folder."""

    MUNICIPALITY = "municipality"
    AREA = "area"
    SERVICE = "services"
    DESK = "desks"
    INSTITUTION = "institutions"
    MEANING = "meanings"
    EMERGENCY = "emergencies"
    QUESTIONNAIRE = "questionnaires"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: in which record, under which key, and how to mend it."""

    kind: Kind
    id: str  # the record's id, a desk's token, a meaning's word, "id version" of a questionnaire
    key: str
    text: str


def problems(content: Content, unreadable: AbstractSet[str] = frozenset()) -> list[Problem]:
    """Return every problem of ``content``; none means that it can be published.

    ``unreadable`` are ids that exist but could not be read: naming them is no further problem.
    """
    return [
        *_municipality(content),
        *_identities(content),
        *_short_names(content),
        *_desks(content, unreadable),
        *_services(content.services, content.area_by_id.keys() | unreadable),
        *_meanings(content.meanings, _cards(content) | unreadable),
        *_emergencies(content),
        *_questionnaires(content, unreadable),
    ]


def long_cards(content: Content, render: Callable[[Service], str]) -> list[Problem]:
    """Return a problem for every service whose card, as rendered, is longer than allowed."""
    return [
        Problem(
            Kind.SERVICE,
            service.id,
            "summary",
            f"the card has {length} characters, allowed {MAX_CARD}; shorten its texts",
        )
        for service in content.services
        if (length := len(render(service))) > MAX_CARD
    ]


def questionnaire_key(questionnaire: Questionnaire) -> str:
    """What a problem calls a questionnaire: several versions of it live side by side."""
    return f"{questionnaire.id} {questionnaire.version}"


def _cards(content: Content) -> AbstractSet[str]:
    return (
        content.service_by_id.keys() | content.area_by_id.keys() | content.institution_by_id.keys()
    )


def _municipality(content: Content) -> Iterator[Problem]:
    if not content.languages:
        yield Problem(Kind.MUNICIPALITY, "", "languages", 'is empty; write at least ["es-CL"]')
    for language in _repeated(content.languages):
        text = f"{language!r} is there twice; remove one"
        yield Problem(Kind.MUNICIPALITY, "", "languages", text)


def _identities(content: Content) -> Iterator[Problem]:
    ids = {
        Kind.AREA: [area.id for area in content.areas],
        Kind.SERVICE: [service.id for service in content.services],
        Kind.INSTITUTION: [institution.id for institution in content.institutions],
        Kind.EMERGENCY: [emergency.id for emergency in content.emergencies],
        Kind.QUESTIONNAIRE: [questionnaire_key(q) for q in content.questionnaires],
    }
    for kind, known in ids.items():
        for repeated in _repeated(known):
            key = "version" if kind is Kind.QUESTIONNAIRE else "id"
            yield Problem(kind, repeated, key, f"{repeated!r} is there twice; give one another")
    # Meanings name areas, services and institutions alike.
    taken = {*ids[Kind.AREA]}
    for kind in (Kind.SERVICE, Kind.INSTITUTION):
        for shared in taken.intersection(ids[kind]):
            yield Problem(kind, shared, "id", f"{shared!r} is another card's id; give it another")
        taken.update(ids[kind])


def _short_names(content: Content) -> Iterator[Problem]:
    named: dict[Kind, list[tuple[str, str]]] = {
        Kind.AREA: [(area.id, area.short_name) for area in content.areas],
        Kind.SERVICE: [(service.id, service.short_name) for service in content.services],
        Kind.INSTITUTION: [(known.id, known.short_name) for known in content.institutions],
        Kind.DESK: [(desk.token, desk.name) for desk in content.desks],
    }
    for kind, names in named.items():
        key = "name" if kind is Kind.DESK else "short_name"
        owners: dict[str, str] = {}
        for record, name in names:
            if not fold(name):
                yield Problem(kind, record, key, f"{name!r} has no letters; give it a name")
            elif (owner := owners.setdefault(fold(name), record)) != record:
                text = f"{name!r} is also that of {owner!r}; choose another"
                yield Problem(kind, record, key, text)


def _desks(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    for token in _repeated([desk.token.lower() for desk in content.desks]):
        written = next(d.token for d in content.desks if d.token.lower() == token)
        text = f"{written!r} is there twice (capitals do not count); invent another"
        yield Problem(Kind.DESK, written, "token", text)
    for desk in content.desks:
        if desk.area not in content.area_by_id.keys() | unreadable:
            yield Problem(Kind.DESK, desk.token, "area", _unknown("area", desk.area))
        if desk.service is not None and desk.service not in unreadable:
            yield from _desk_service(desk, desk.service, content)


def _desk_service(desk: Desk, named: str, content: Content) -> Iterator[Problem]:
    service = content.service_by_id.get(named)
    if service is None:
        yield Problem(Kind.DESK, desk.token, "service", _unknown("service", named))
    elif service.area != desk.area:
        text = f"{named!r} belongs to {service.area!r}, not to {desk.area!r}; change one of them"
        yield Problem(Kind.DESK, desk.token, "service", text)


def _services(services: Iterable[Service], areas: Collection[str]) -> Iterator[Problem]:
    for service in services:
        if service.area not in areas:
            yield Problem(Kind.SERVICE, service.id, "area", _unknown("area", service.area))


def _meanings(meanings: Iterable[Meaning], cards: Collection[str]) -> Iterator[Problem]:
    words: set[str] = set()
    for meaning in meanings:
        if fold(meaning.word) in words:
            text = f"{meaning.word!r} is there twice; join them"
            yield Problem(Kind.MEANING, meaning.word, "word", text)
        words.add(fold(meaning.word))
        if not meaning.cards:
            text = "is empty; name the cards that the word may mean"
            yield Problem(Kind.MEANING, meaning.word, "cards", text)
        for card in meaning.cards:
            if card not in cards:
                text = _unknown("service, area or institution", card)
                yield Problem(Kind.MEANING, meaning.word, "cards", text)
        for card in _repeated(meaning.cards):
            text = f"{card!r} is there twice; remove one"
            yield Problem(Kind.MEANING, meaning.word, "cards", text)


def _emergencies(content: Content) -> Iterator[Problem]:
    for emergency in content.emergencies:
        if not emergency.patterns:
            text = "is empty; write the phrases that tell of the emergency"
            yield Problem(Kind.EMERGENCY, emergency.id, "patterns", text)
        for key, phrase in _phrases(emergency):
            try:
                read_phrase(phrase, content.word_groups)
            except ValueError as error:
                text = f"{phrase!r} cannot be read: {error}"
                yield Problem(Kind.EMERGENCY, emergency.id, key, text)


def _phrases(emergency: Emergency) -> Iterator[tuple[str, str]]:
    yield from (("patterns", phrase) for phrase in emergency.patterns)
    yield from (("unless", phrase) for phrase in emergency.unless)


def _questionnaires(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    for required in REQUIRED.keys() - content.newest.keys() - unreadable:
        text = f"{required!r} is missing; the conversation needs it"
        yield Problem(Kind.QUESTIONNAIRE, "", required, text)
    for questionnaire in content.questionnaires:
        for key, text in questionnaire_problems(questionnaire, content.languages):
            yield Problem(Kind.QUESTIONNAIRE, questionnaire_key(questionnaire), key, text)


def _unknown(what: str, name: str) -> str:
    return f"there is no {what} {name!r}; correct it, or add it"


def _repeated(values: Iterable[str]) -> list[str]:
    """Return, once each, the values that are there more than once."""
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    for value in values:
        if value in seen:
            repeated[value] = None
        seen.add(value)
    return list(repeated)
