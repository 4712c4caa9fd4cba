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
    """Where and when people are attended: the fields that areas and services share."""

    place: OneLine | None = None
    hours: OneLine | None = None
    phone: OneLine | None = None
    email: OneLine | None = None
    link: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    owner: OneLine | None = None  # who maintains this record
    confirmed_on: Day | None = None  # when its area last confirmed place and hours


class Service(Contactable):
    """A service or procedure: the card that a lookup shows."""

    id: Id
    name: OneLine
    short_name: ShortName
    summary: OneLine
    requirements: tuple[OneLine, ...] | None = None  # (): nothing is required; None: unknown
    steps: tuple[OneLine, ...] = ()
    cost: OneLine | None = None
    duration: OneLine | None = None
    online: StrictBool | None = None  # can be done without coming; None: unknown
    takes_reports: StrictBool = False  # about something to be mended; a report can become a case
    stays_until_mended: StrictBool = False  # what is reported: nobody need say when, or what for
    only_informs: StrictBool = False  # nobody is attended there: no grade is offered for it
    legal_basis: OneLine | None = None
    synonyms: tuple[OneLine, ...] = ()
    verified: StrictBool = False  # the general content is based on `source`
    source: OneLine | None = None
    area: Id = ""  # filled in from the area's file


class Area(Contactable):
    """A municipal area: what it does and how to reach it."""

    id: Id
    name: OneLine
    short_name: ShortName
    description: OneLine
    opens: time | None = None  # when its staff answer in the chat; None: the general hours
    closes: time | None = None
    # Phrases that describe it, by language.
    called: Mapping[LanguageCode, tuple[OneLine, ...]] = Field(default_factory=dict)
    # Social, health, women, children: words are only for roles named in this area.
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
    """A point of attention with its own QR code, which contains the token."""

    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{4,24}$")]
    name: ShortName
    area: Id
    service: Id | None = None
    staff: Annotated[StrictInt, Field(ge=1)] | None = None  # how many people serve; None: unknown


class Institution(StrictModel):
    """Another institution, to which a question is referred that is not municipal."""

    id: Id
    name: OneLine
    short_name: ShortName
    keywords: tuple[OneLine, ...]
    supplies: tuple[OneLine, ...] = ()  # what a house gets from it: water, light
    catch_all: StrictBool = False  # for what no known institution does; its name is never shown
    link: str | None = None
    phone: OneLine | None = None


class Meaning(StrictModel):
    """A word with several meanings: if it is all that is asked, these cards are offered."""

    word: OneLine
    cards: tuple[Id, ...] = ()  # service, area or institution ids, best first
    unless: tuple[OneLine, ...] = ()  # phrases with it that mean something else: "qué hora"


class Emergency(StrictModel):
    """An emergency, which is recognised before anything else. ``reply``: the wording key.

    ``patterns`` and ``unless`` have the syntax of handlers/text/phrases.py.
    """

    id: Id
    patterns: tuple[OneLine, ...]
    unless: tuple[OneLine, ...] = ()  # ordinary phrases: what they cover is not looked at
    reply: Id
    card: Id | None = None  # the service that helps further, offered to people who do not call
    charges: Id | None = None  # the institution where charges are pressed

    @property
    def next_step(self) -> str:
        """The wording key of what to do until help comes."""
        return next_step(self.reply)


def next_step(reply: str) -> str:
    """The wording key of what to do next, after this reply to an emergency."""
    return f"{reply}-next"


class CommentTopic(StrictModel):
    """A topic of comments, for or against, with phrases as in emergencies."""

    id: Id
    name: OneLine  # as a digest names it: "la espera"
    phrases: tuple[OneLine, ...]
    unless: tuple[OneLine, ...] = ()  # ordinary phrases: what they cover is not looked at


class Holiday(StrictModel):
    """A correction of the calendar of public holidays, with the law behind it."""

    date: Day
    law: OneLine
    working: StrictBool = False  # the day is no longer a holiday


class Content(StrictModel):
    """The immutable, validated content of one release."""

    municipality: OneLine
    short_name: ShortName
    case_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,6}$")] = "M"
    timezone: str = "America/Santiago"  # from configuration
    languages: tuple[LanguageCode, ...] = ("es-CL", "en", "ht")
    most_used: tuple[Id, ...] = ()  # areas shown first in lists, in this order
    # Reviewer of each language that needs one; "": nobody yet.
    native_reviewers: dict[LanguageCode, str] = Field(default_factory=dict)
    areas: tuple[Area, ...]
    services: tuple[Service, ...]
    desks: tuple[Desk, ...]
    institutions: tuple[Institution, ...]
    meanings: tuple[Meaning, ...]
    emergencies: tuple[Emergency, ...]
    # Named groups of words for the emergencies' phrases.
    word_groups: dict[str, OneLine] = Field(default_factory=dict)
    comment_topics: tuple[CommentTopic, ...] = ()
    topic_groups: dict[str, OneLine] = Field(default_factory=dict)  # for the topics' phrases
    questionnaires: tuple[Questionnaire, ...]  # every known version
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
        """The municipality's time zone."""
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
        """Finds the emergency in a text; ranks are indices of ``emergencies``."""
        return PhraseClassifier(
            [(e.patterns, e.unless) for e in self.emergencies], self.word_groups
        )

    def emergencies_told(self, text: str) -> list[Emergency]:
        """The emergencies with a phrase in the text, in their order."""
        return [self.emergencies[rank] for rank in self.emergency_phrases.every(text)]

    @cached_property
    def case_number(self) -> re.Pattern[str]:
        """A pattern of a case number as people write it; groups: the year, the number within it."""
        written = rf"\b{self.case_prefix}[- ]?(\d{{4}})[- ]?(\d{{1,6}})\b"
        return re.compile(written, re.IGNORECASE)

    @cached_property
    def topic_phrases(self) -> PhraseClassifier:
        """Finds the topics of a comment; ranks are indices of ``comment_topics``."""
        topics = [(topic.phrases, topic.unless) for topic in self.comment_topics]
        return PhraseClassifier(topics, self.topic_groups)

    @cached_property
    def newest(self) -> dict[str, Questionnaire]:
        """The newest version of each questionnaire, by id."""
        return {q.id: q for q in sorted(self.questionnaires, key=lambda q: q.version)}
