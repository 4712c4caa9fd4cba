"""The search's knowledge of the language, from the content folder's `search.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

import Stemmer
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from handlers.content.model import Content

SearchPhrase = Annotated[
    str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)
]
SearchPhrases = tuple[SearchPhrase, ...]
OFF_TOPIC = "off_topic"  # in place of a card, for phrases that no card answers


def _stemmer(name: str) -> str:
    if name in (known := Stemmer.algorithms()):
        return name
    raise ValueError(f"uno de estos: {', '.join(sorted(known))}")


class Elsewhere(BaseModel):
    """How people ask about other municipalities, which have services of the same names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    institution: SearchPhrase = ""  # id of the institution that represents them, if any
    names: SearchPhrases = ()  # towns that have a municipality of their own
    before: SearchPhrases = ()  # precede a name: "en", "muni de"
    not_followed_by: SearchPhrases = ()  # after a name: it is that of a street or a club
    here: SearchPhrases = ()  # the citizen comes from there and asks here; "*": any ending
    arrivals: SearchPhrases = ()  # ids of the services for those who come from there


class Sectors(BaseModel):
    """The parts of the town, which say where something is, and not what is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: SearchPhrases = ()
    before: SearchPhrases = ()  # precede a name: "en", "vivo en", "del sector"


class SearchWords(BaseModel):
    """Words by what they do in a question. Accents and case do not matter in any of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Both default to Spanish: content that was copied before they could be said has neither.
    stemmer: Annotated[str, AfterValidator(_stemmer)] = "spanish"  # of Snowball
    diminutives: SearchPhrases = ("cit", "it", "ill")  # a stem loses them: "papelit", "papel"
    stop: SearchPhrases = ()  # carry no meaning: articles, pronouns, fillers of speech
    vague: SearchPhrases = ()  # say that something is wanted, not what: count little
    greetings: SearchPhrases = ()  # hello, thanks, goodbye
    courtesies: SearchPhrases = ()  # may start a question; they are not searched
    insults: SearchPhrases = ()  # anger without a topic
    ordinary: SearchPhrases = ()  # everyday words: count half, and are never taken for a typo
    joining: SearchPhrases = ()  # between two questions of one message
    adding: SearchPhrases = ()  # the same; the second need not be likely for the whole message
    aside: SearchPhrases = ()  # begin a part that only tells who asks, or gives examples
    contact: SearchPhrases = ()  # ask when, where or how to reach an area
    apart: SearchPhrases = ()  # not stemmed: two words with one stem ("posta" and "poste")
    same: dict[str, SearchPhrases] = {}  # word = others that mean the same here
    near: dict[str, SearchPhrases] = {}  # word = words of the cards that it suggests; counts less
    elsewhere: Elsewhere = Elsewhere()
    sectors: Sectors = Sectors()
    phrases: dict[str, SearchPhrases] = {}  # by card: how people ask for it
    examples: dict[str, dict[str, SearchPhrases]] = {}  # by file and card: whole questions

    def unknown_ids(self, content: Content) -> tuple[tuple[str, str], ...]:
        """Pairs of a table and an id in it that ``content`` does not have: mistakes."""
        known = {
            *content.service_by_id,
            *content.area_by_id,
            *content.institution_by_id,
            OFF_TOPIC,
        }
        named = (self.elsewhere.institution, *self.elsewhere.arrivals)
        tables: dict[str, Iterable[str]] = {"phrases": self.phrases}
        tables["elsewhere"] = tuple(filter(None, named))
        tables |= {f"examples.{file}": cards for file, cards in self.examples.items()}
        return tuple(
            (table, card) for table, cards in tables.items() for card in cards if card not in known
        )


def read_words(parsed: Mapping[str, object]) -> SearchWords:
    """Validate a parsed `search.toml`; raises pydantic's ``ValidationError`` with every problem."""
    return SearchWords.model_validate(parsed)
