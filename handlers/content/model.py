"""The content model: what a municipality publishes and asks, validated when it is read.

Everything here is data written by the municipality. What is unknown is ``None`` (absent in the
file) and stays unknown: no text may invent it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from functools import cached_property
from itertools import chain
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, field_validator

from handlers.content.fields import (
    Day,
    Id,
    LanguageCode,
    OneLine,
    ShortName,
    StrictBool,
    StrictInt,
    StrictModel,
)
from handlers.content.quality import Indicator, Policy, SelfAssessment
from handlers.content.questionnaires.definition import Questionnaire
from handlers.content.rules import CaseRules, GeneralContact, MeasureRules, PrivacyTerms
from handlers.text.phrases import PhraseClassifier, read_phrases


class Contactable(StrictModel):
    """Where and how people are attended: the same fields for an area and a service."""

    place: OneLine | None = None
    hours: OneLine | None = None
    phone: OneLine | None = None
    email: OneLine | None = None
    link: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    owner: OneLine | None = None  # who keeps this record up to date
    confirmed_on: Day | None = None  # when its area last confirmed place and hours


class Service(Contactable):
    """A service or procedure: the card that a lookup shows."""

    id: Id
    name: OneLine
    short_name: ShortName
    summary: OneLine
    requirements: tuple[OneLine, ...] | None = None  # (): nothing is asked for; None: unknown
    steps: tuple[OneLine, ...] = ()
    cost: OneLine | None = None
    duration: OneLine | None = None
    online: StrictBool | None = None  # can be done without coming; None: unknown
    takes_reports: StrictBool = False  # of something to be mended: its words can become a case
    legal_basis: OneLine | None = None
    synonyms: tuple[OneLine, ...] = ()
    verified: StrictBool = False  # the general content rests on `source`
    source: OneLine | None = None
    area: Id = ""  # filled in from the area's file


class Area(Contactable):
    """A municipal area: what it does and how to reach it."""

    id: Id
    name: OneLine
    short_name: ShortName
    description: OneLine
    opens: time | None = None  # when its people answer in the chat; None: as everybody's
    closes: time | None = None
    # Phrases that describe it, by language.
    called: Mapping[LanguageCode, tuple[OneLine, ...]] = Field(default_factory=dict)
    # Social, health, women, children: comments only for a restricted role.
    sensitive: StrictBool = False
    verified: StrictBool = False
    source: OneLine | None = None

    @field_validator("called")
    @classmethod
    def _readable(cls, called: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for phrase in chain.from_iterable(called.values()):
            try:
                read_phrases(phrase, {})
            except ValueError as error:
                raise ValueError(f"otra frase que {phrase!r}: {error}") from error
        return called


class Desk(StrictModel):
    """A point of attention with its own QR code; the token is what the code carries."""

    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{4,24}$")]
    name: ShortName
    area: Id
    service: Id | None = None
    staff: Annotated[StrictInt, Field(ge=1)] | None = None  # how many attend there; None: unknown


class Institution(StrictModel):
    """Somebody else's responsibility: where to send a question that is not municipal."""

    id: Id
    name: OneLine
    short_name: ShortName
    keywords: tuple[OneLine, ...]
    catch_all: StrictBool = False  # gathers what no institution sees to: its name is never shown
    link: str | None = None
    phone: OneLine | None = None


class Meaning(StrictModel):
    """A word with several meanings: asking for it alone offers these cards instead of guessing."""

    word: OneLine
    cards: tuple[Id, ...] = ()  # service, area or institution ids, best first
    unless: tuple[OneLine, ...] = ()  # said with it, it means something else: "qué hora"


class Emergency(StrictModel):
    """Words that come before anything else. ``reply`` names the wording to answer with.

    ``patterns`` and ``unless`` are written as handlers/text/phrases.py says.
    """

    id: Id
    patterns: tuple[OneLine, ...]
    unless: tuple[OneLine, ...] = ()  # ordinary phrases: what they cover is not looked at
    reply: Id
    card: Id | None = None  # the service that goes on helping, offered to who does not call


class CommentTopic(StrictModel):
    """What comments speak of, for or against; its phrases are written as those of emergencies."""

    id: Id
    name: OneLine  # as a digest names it: "la espera"
    phrases: tuple[OneLine, ...]
    unless: tuple[OneLine, ...] = ()  # ordinary phrases: what they cover is not looked at


class Holiday(StrictModel):
    """A day that the calendar of public holidays does not have right, with the law that says so."""

    date: Day
    law: OneLine
    working: StrictBool = False  # it was a holiday, and is none any more


class Content(StrictModel):
    """One immutable, validated release of everything above."""

    municipality: OneLine
    short_name: ShortName
    case_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,6}$")] = "M"
    timezone: str = "America/Santiago"  # from configuration
    languages: tuple[LanguageCode, ...] = ("es-CL", "en", "ht")
    most_used: tuple[Id, ...] = ()  # areas that lists show first, in this order
    # Of the languages that need one: "" is nobody yet.
    native_reviewers: dict[LanguageCode, str] = Field(default_factory=dict)
    areas: tuple[Area, ...]
    services: tuple[Service, ...]
    desks: tuple[Desk, ...]
    institutions: tuple[Institution, ...]
    meanings: tuple[Meaning, ...]
    emergencies: tuple[Emergency, ...]
    # Words that the emergencies' phrases call by one name.
    word_groups: dict[str, OneLine] = Field(default_factory=dict)
    comment_topics: tuple[CommentTopic, ...] = ()
    topic_groups: dict[str, OneLine] = Field(
        default_factory=dict
    )  # the same of the topics' phrases
    questionnaires: tuple[Questionnaire, ...]  # every version that is still known
    general: GeneralContact = GeneralContact()
    holidays: tuple[Holiday, ...] = ()
    policy: Policy | None = None
    indicators: tuple[Indicator, ...] = ()  # every version of each
    self_assessment: SelfAssessment | None = None
    case_rules: CaseRules = CaseRules()
    measure_rules: MeasureRules = MeasureRules()
    privacy: PrivacyTerms = PrivacyTerms()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone, for dates in words."""
        return ZoneInfo(self.timezone)

    @cached_property
    def area_by_id(self) -> dict[str, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def service_by_id(self) -> dict[str, Service]:
        return {service.id: service for service in self.services}

    @cached_property
    def institution_by_id(self) -> dict[str, Institution]:
        return {institution.id: institution for institution in self.institutions}

    @cached_property
    def desk_by_token(self) -> dict[str, Desk]:
        return {desk.token.lower(): desk for desk in self.desks}

    @cached_property
    def services_by_area(self) -> dict[str, tuple[Service, ...]]:
        return {
            area.id: tuple(s for s in self.services if s.area == area.id) for area in self.areas
        }

    @cached_property
    def emergency_by_id(self) -> dict[str, Emergency]:
        return {emergency.id: emergency for emergency in self.emergencies}

    @cached_property
    def emergency_phrases(self) -> PhraseClassifier:
        """Tells which emergency, if any, a text speaks of; ranks are places in ``emergencies``."""
        return PhraseClassifier(
            [(e.patterns, e.unless) for e in self.emergencies], self.word_groups
        )

    def emergencies_told(self, text: str) -> list[Emergency]:
        """Those whose phrases stand in a text, in their order."""
        return [self.emergencies[rank] for rank in self.emergency_phrases.every(text)]

    @cached_property
    def case_number(self) -> re.Pattern[str]:
        """A case's number as people write it; groups: the year, and the number within it."""
        written = rf"\b{self.case_prefix}[- ]?(\d{{4}})[- ]?(\d{{1,6}})\b"
        return re.compile(written, re.IGNORECASE)

    @cached_property
    def topic_phrases(self) -> PhraseClassifier:
        """Tells which topics a comment speaks of; ranks are places in ``comment_topics``."""
        topics = [(topic.phrases, topic.unless) for topic in self.comment_topics]
        return PhraseClassifier(topics, self.topic_groups)

    @cached_property
    def newest(self) -> dict[str, Questionnaire]:
        """The newest version of each questionnaire, by id."""
        return {q.id: q for q in sorted(self.questionnaires, key=lambda q: q.version)}
