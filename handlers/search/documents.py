"""The searchable documents: each card as weighted texts and as phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from handlers.content.model import Area, Content, Institution, Service
from handlers.search.ranking import CardKind
from handlers.search.words import OFF_TOPIC, SearchWords
from handlers.text.folding import fold

DocumentKind = CardKind | Literal["off_topic"]

# The weight of a word by its field, tuned by hand on the development queries.
_NAME, _SPOKEN, _HEARD, _SUMMARY, _DETAIL, _AREA = 3.0, 2.0, 1.4, 0.9, 0.3, 0.3


@dataclass(frozen=True, slots=True)
class SearchCard:
    """A card as the search sees it."""

    kind: DocumentKind
    id: str
    prior: float  # lower for areas, which answer only if none of their services does
    phrases: tuple[str, ...]  # its names and how people ask for it
    texts: tuple[tuple[str, float], ...]  # (text, weight)

    def all(self) -> Iterator[str]:
        """All its texts and phrases, which overlap."""
        yield from (text for text, _ in self.texts)
        yield from self.phrases


def documents(content: Content, words: SearchWords) -> Iterator[SearchCard]:
    """Services, then areas, then institutions, each in the order of the content.

    The last document is off-topic questions, if the search words have any.
    """
    area_names = {area.id: area.name for area in content.areas}
    for service in content.services:
        yield _service(service, area_names.get(service.area, ""), words)
    for area in content.areas:
        yield _area(area, words)
    for institution in content.institutions:
        yield _institution(institution, words)
    if words.phrases.get(OFF_TOPIC):
        yield _off_topic(words.phrases[OFF_TOPIC])


def profiles(
    cards: Iterable[SearchCard], words: SearchWords, place: Mapping[str, int]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What likeness compares with, and the number of its card: the phrases, each file's examples.

    Files are apart because each is in one language.
    """
    for number, card in enumerate(cards):
        yield number, card.phrases
    for examples in words.examples.values():
        for card_id, texts in examples.items():
            if card_id in place:
                yield place[card_id], texts


def _service(service: Service, area_name: str, words: SearchWords) -> SearchCard:
    heard = words.phrases.get(service.id, ())
    return SearchCard(
        kind="service",
        id=service.id,
        prior=1.0,
        phrases=_distinct((service.name, service.short_name, *service.synonyms, *heard)),
        texts=(
            (service.name, _NAME),
            *((phrase, _SPOKEN) for phrase in service.synonyms),
            *((phrase, _HEARD) for phrase in heard),
            (service.summary, _SUMMARY),
            *((line, _DETAIL) for line in (*(service.requirements or ()), *service.steps)),
            (area_name, _AREA),
        ),
    )


def _area(area: Area, words: SearchWords) -> SearchCard:
    heard = words.phrases.get(area.id, ())
    return SearchCard(
        kind="area",
        id=area.id,
        prior=0.7,
        phrases=_distinct((area.name, area.short_name, *heard)),
        texts=(
            (area.name, _NAME),
            *((phrase, _HEARD) for phrase in heard),
            (area.description, _SUMMARY),
        ),
    )


def _institution(institution: Institution, words: SearchWords) -> SearchCard:
    heard = words.phrases.get(institution.id, ())
    return SearchCard(
        kind="institution",
        id=institution.id,
        prior=1.0,
        phrases=_distinct(
            (institution.name, institution.short_name, *institution.keywords, *heard)
        ),
        texts=(
            (institution.name, _NAME),
            *((phrase, _SPOKEN) for phrase in institution.keywords),
            *((phrase, _HEARD) for phrase in heard),
        ),
    )


def _off_topic(phrases: tuple[str, ...]) -> SearchCard:
    return SearchCard(
        kind="off_topic",
        id=OFF_TOPIC,
        prior=1.0,
        phrases=_distinct(phrases),
        texts=tuple((phrase, _HEARD) for phrase in phrases),
    )


def _distinct(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases that do not fold to nothing, without duplicates."""
    return tuple({said: phrase for phrase in phrases if (said := fold(phrase))}.values())
