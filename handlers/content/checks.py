"""Checks across the whole content, which report all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from handlers.content.cards import MAX_CARD
from handlers.content.indicator_checks import indicator_mistakes
from handlers.content.model import Content, Desk, Meaning, Service
from handlers.content.questionnaires.checks import REQUIRED, questionnaire_problems
from handlers.content.questionnaires.definition import QuestionKind, Questionnaire
from handlers.text.display import quoted
from handlers.text.folding import fold
from handlers.text.nearest import did_you_mean
from handlers.text.phrases import read_phrase

AREA = "un área"
TWICE = "está dos veces; quite una"
# In place of the folder of questionnaires, if it could not be read.
QUESTIONNAIRES = "questionnaires"


class RecordKind(StrEnum):
    """The kind of a record; the value is the table's name in the content folder."""

    MUNICIPALITY = "municipality"
    AREA = "area"
    SERVICE = "services"
    DESK = "desks"
    INSTITUTION = "institutions"
    MEANING = "meanings"
    EMERGENCY = "emergencies"
    COMMENT_TOPIC = "comment_topics"
    QUESTIONNAIRE = "questionnaires"
    HOLIDAY = "holidays"
    INDICATOR = "indicators"
    CRITERION = "self-assessment"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its record and key, and how to mend it."""

    kind: RecordKind
    id: str  # the record's id, a desk's token, a meaning's word, "id version" of a questionnaire
    key: str
    text: str
    written: str = ""  # the value that is wrong: «obra»


def problems(content: Content, unreadable: AbstractSet[str] = frozenset()) -> list[Problem]:
    """All problems of ``content``; it can be published if there are none.

    ``unreadable``: ids that exist but could not be read, QUESTIONNAIRES, or ``word_groups`` of a
    kind. References to them are not reported again.
    """
    return [
        *_municipality(content, unreadable),
        *_identities(content),
        *_short_names(content),
        *_desks(content, unreadable),
        *_services(content.services, content.area_by_id.keys() | unreadable),
        *_meanings(content.meanings, _cards(content) | unreadable),
        *_emergencies(content, unreadable),
        *_comment_topics(content, unreadable),
        *_questionnaires(content, unreadable),
        *_indicators(content, unreadable),
        *_criteria(content, unreadable),
    ]


def long_cards(
    content: Content, render: Callable[[Service], str], key: str = "summary", most: int = MAX_CARD
) -> list[Problem]:
    """A problem for each service whose rendered card is too long."""
    return [
        Problem(
            RecordKind.SERVICE,
            service.id,
            key,
            f"la ficha tiene {length} caracteres y caben {most}; acorte sus textos",
        )
        for service in content.services
        if (length := len(render(service))) > most
    ]


def word_groups(kind: RecordKind) -> str:
    """In place of the word groups of a kind's phrases, if they could not be read."""
    return f"{kind} [words]"


def questionnaire_key(questionnaire: Questionnaire) -> str:
    """A questionnaire's name in a problem, with its version, as several versions coexist."""
    return f"{questionnaire.id} {questionnaire.version}"


def _cards(content: Content) -> AbstractSet[str]:
    return (
        content.service_by_id.keys() | content.area_by_id.keys() | content.institution_by_id.keys()
    )


def _municipality(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    if not content.languages:
        yield Problem(RecordKind.MUNICIPALITY, "", "languages", 'está vacía; al menos ["es-CL"]')
    for language in _repeated(content.languages):
        yield Problem(RecordKind.MUNICIPALITY, "", "languages", TWICE, quoted(language))
    for area in _repeated(content.most_used):
        yield Problem(RecordKind.MUNICIPALITY, "", "most_used", TWICE, quoted(area))
    for area in content.most_used:
        if area not in content.area_by_id.keys() | unreadable:
            text = _unknown(AREA, area, content.area_by_id)
            yield Problem(RecordKind.MUNICIPALITY, "", "most_used", text, quoted(area))


def _identities(content: Content) -> Iterator[Problem]:
    ids = {
        RecordKind.AREA: [area.id for area in content.areas],
        RecordKind.SERVICE: [service.id for service in content.services],
        RecordKind.INSTITUTION: [institution.id for institution in content.institutions],
        RecordKind.EMERGENCY: [emergency.id for emergency in content.emergencies],
        RecordKind.COMMENT_TOPIC: [topic.id for topic in content.comment_topics],
        RecordKind.QUESTIONNAIRE: [questionnaire_key(q) for q in content.questionnaires],
    }
    for kind, known in ids.items():
        for repeated in _repeated(known):
            key = "version" if kind is RecordKind.QUESTIONNAIRE else "id"
            yield Problem(kind, repeated, key, "está dos veces; cambie uno", quoted(repeated))
    # Meanings name areas, services and institutions alike.
    taken = {*ids[RecordKind.AREA]}
    for kind in (RecordKind.SERVICE, RecordKind.INSTITUTION):
        for shared in taken.intersection(ids[kind]):
            yield Problem(kind, shared, "id", "es el id de otra ficha; dele otro", quoted(shared))
        taken.update(ids[kind])


def _short_names(content: Content) -> Iterator[Problem]:
    named: dict[RecordKind, list[tuple[str, str]]] = {
        RecordKind.AREA: [(area.id, area.short_name) for area in content.areas],
        RecordKind.SERVICE: [(service.id, service.short_name) for service in content.services],
        RecordKind.INSTITUTION: [(known.id, known.short_name) for known in content.institutions],
        RecordKind.DESK: [(desk.token, desk.name) for desk in content.desks],
    }
    for kind, names in named.items():
        key = "name" if kind is RecordKind.DESK else "short_name"
        owners: dict[str, str] = {}
        for record, name in names:
            if not fold(name):
                yield Problem(kind, record, key, "no tiene letras; dele un nombre", quoted(name))
            elif (owner := owners.setdefault(fold(name), record)) != record:
                text = f"es también el de {quoted(owner)}; elija otro"
                yield Problem(kind, record, key, text, quoted(name))


def _desks(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    for token in _repeated([desk.token.lower() for desk in content.desks]):
        written = next(d.token for d in content.desks if d.token.lower() == token)
        text = "está dos veces (las mayúsculas no cuentan); invente otro"
        yield Problem(RecordKind.DESK, written, "token", text, quoted(written))
    for desk in content.desks:
        if desk.area not in content.area_by_id.keys() | unreadable:
            text = _unknown(AREA, desk.area, content.area_by_id)
            yield Problem(RecordKind.DESK, desk.token, "area", text, quoted(desk.area))
        if desk.service is not None and desk.service not in unreadable:
            yield from _desk_service(desk, desk.service, content)


def _desk_service(desk: Desk, named: str, content: Content) -> Iterator[Problem]:
    service = content.service_by_id.get(named)
    if service is None:
        text = _unknown("un servicio", named, content.service_by_id)
        yield Problem(RecordKind.DESK, desk.token, "service", text, quoted(named))
    elif service.area != desk.area:
        text = f"es de {quoted(service.area)}, no de {quoted(desk.area)}; cambie uno de los dos"
        yield Problem(RecordKind.DESK, desk.token, "service", text, quoted(named))


def _services(services: Iterable[Service], areas: Collection[str]) -> Iterator[Problem]:
    for service in services:
        if service.area not in areas:
            text = _unknown(AREA, service.area, areas)
            yield Problem(RecordKind.SERVICE, service.id, "area", text, quoted(service.area))


def _meanings(meanings: Iterable[Meaning], cards: Collection[str]) -> Iterator[Problem]:
    words: set[str] = set()
    for meaning in meanings:
        if fold(meaning.word) in words:
            text = "está dos veces; júntelas"
            yield Problem(RecordKind.MEANING, meaning.word, "word", text, quoted(meaning.word))
        words.add(fold(meaning.word))
        if not meaning.cards:
            text = "está vacía; nombre las fichas que la palabra puede querer decir"
            yield Problem(RecordKind.MEANING, meaning.word, "cards", text)
        for card in meaning.cards:
            if card not in cards:
                text = _unknown("un servicio, área o institución", card, cards)
                yield Problem(RecordKind.MEANING, meaning.word, "cards", text, quoted(card))
        for card in _repeated(meaning.cards):
            yield Problem(RecordKind.MEANING, meaning.word, "cards", TWICE, quoted(card))


def _indicators(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    for wrong in indicator_mistakes(content, reasons=QUESTIONNAIRES not in unreadable):
        yield Problem(RecordKind.INDICATOR, *wrong)


def _criteria(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    """Check that each question that criteria ask of staff exists."""
    if content.self_assessment is None or QUESTIONNAIRES in unreadable:
        return
    known = {
        f"{questionnaire.id}.{question.id}"
        for questionnaire in content.newest.values()
        for question in questionnaire.questions
        if questionnaire.about == "staff" and question.kind is not QuestionKind.NOTE
    }
    for dimension in content.self_assessment.dimensions:
        for criterion in dimension.criteria:
            for asked in criterion.asks:
                if asked in known or asked.partition(".")[0] in unreadable:
                    continue
                near = did_you_mean(asked, known) or "; se escribe cuestionario.pregunta"
                text = f'no es una pregunta de un cuestionario con about = "staff"{near}'
                yield Problem(RecordKind.CRITERION, criterion.id, "asks", text, quoted(asked))


def _emergencies(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    for emergency in content.emergencies:
        if not emergency.patterns:
            text = "está vacía; escriba las frases que hablan de la emergencia"
            yield Problem(RecordKind.EMERGENCY, emergency.id, "patterns", text)
        card = emergency.card
        if card is not None and card not in content.service_by_id.keys() | unreadable:
            text = _unknown("un servicio", card, content.service_by_id)
            yield Problem(RecordKind.EMERGENCY, emergency.id, "card", text, quoted(card))
        phrases = {"patterns": emergency.patterns, "unless": emergency.unless}
        groups = None if word_groups(RecordKind.EMERGENCY) in unreadable else content.word_groups
        for wrong in _unreadable_phrases(phrases, groups):
            yield Problem(RecordKind.EMERGENCY, emergency.id, *wrong)


def _comment_topics(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    for topic in content.comment_topics:
        if not topic.phrases:
            text = "está vacía; escriba las frases que hablan del tema"
            yield Problem(RecordKind.COMMENT_TOPIC, topic.id, "phrases", text)
        phrases = {"phrases": topic.phrases, "unless": topic.unless}
        are_unreadable = word_groups(RecordKind.COMMENT_TOPIC) in unreadable
        groups = None if are_unreadable else content.topic_groups
        for wrong in _unreadable_phrases(phrases, groups):
            yield Problem(RecordKind.COMMENT_TOPIC, topic.id, *wrong)


def _unreadable_phrases(
    phrases: Mapping[str, Iterable[str]], groups: Mapping[str, str] | None
) -> Iterator[tuple[str, str, str]]:
    """(key, problem, phrase) of each unreadable phrase. ``groups`` None: groups are unknown."""
    for key, written in phrases.items():
        for phrase in written:
            if groups is None and "<" in phrase:
                continue
            try:
                read_phrase(phrase, groups or {})
            except ValueError as error:
                yield key, str(error), quoted(phrase)


def _questionnaires(content: Content, unreadable: AbstractSet[str]) -> Iterator[Problem]:
    missing = REQUIRED.keys() - content.newest.keys() - unreadable
    for required in missing if content.questionnaires else ():
        text = "falta ese cuestionario; la conversación lo necesita"
        yield Problem(RecordKind.QUESTIONNAIRE, "", required, text)
    for questionnaire in content.questionnaires:
        for key, text in questionnaire_problems(questionnaire, content.languages):
            yield Problem(RecordKind.QUESTIONNAIRE, questionnaire_key(questionnaire), key, text)


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = did_you_mean(name, known)
    return f"no es el id de {what}{near or '; corríjalo, o agréguelo'}"


def _repeated(values: Iterable[str]) -> list[str]:
    """The values that occur more than once, each once."""
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    for value in values:
        if value in seen:
            repeated[value] = None
        seen.add(value)
    return list(repeated)
