"""What is to be shown or told: cards, areas, what was just shown, another language."""

from __future__ import annotations

from msgspec import Struct

from handlers.search.ranking import Ranking


class AskAboutTopic(Struct, frozen=True):
    """A question about what was shown last: its cost, place, hours, papers …"""

    aspect: str
    others: tuple[str, ...] = ()  # cards that the search finds for it: offered besides
    also: tuple[str, ...] = ()  # further aspects: "cuánto sale y cuánto demora"
    unsure: bool = False  # nothing says that it is about that, nor that it is about another thing
    useful: str = ""  # what it may answer of the card instead: proposed behind it
    query: str = ""  # the question, where it is not the last message


class AskAboutArea(Struct, frozen=True):
    """Place, hours or telephone of a named area."""

    area: str
    aspect: str


class AskAboutCard(Struct, frozen=True):
    """Place, hours or telephone of a service that is named and was not shown yet."""

    card: str
    aspect: str


class UsefulAnswer(Struct, frozen=True):
    """Whether what was shown was useful: "yes", "no" or "partly"."""

    value: str
    besides: str = ""  # what else was said, read anew: "no, y dónde saco la licencia"
    of_another: bool = False  # that is of another thing than what was shown
    thanks: bool = False  # with thanks: whoever is done is not asked for more
    clarifies: bool = False  # ``besides`` is what was meant instead


class ProposeUseful(Struct, frozen=True):
    """Whether what was shown was probably useful: noted only after a tap."""

    value: str  # as of ``UsefulAnswer``


class TellUnconfirmed(Struct, frozen=True):
    """What was meant instead of what was shown, of which nothing is surely known."""

    words: str
    others: tuple[str, ...] = ()  # cards that the search finds for it: offered
    of_shown: bool = True  # its area answers it
    area: str = ""  # that answers it, where it is of something else


class AskAboutGrades(Struct, frozen=True):
    """What a grade is for, who reads it, what is kept."""

    answered: bool = False  # whether anybody answers it, or mends what it is about
    digest: bool = False  # what the area gets of it, and when


class LookUp(Struct, frozen=True):
    """A question, with what the search found for it."""

    query: str
    ranking: Ranking
    was_comment: bool = False  # its words were taken for a comment before: they leave it
    reports: bool = False  # it also tells of something to be mended
    blames: bool = False  # or of something that went wrong: that is regretted
    hearsay: bool = False  # it asks whether what others told is so
    of_area: str = ""  # the area just rated, of which it is asked where nothing is surely found


class ShowArea(Struct, frozen=True):
    """An area and its services."""

    area: str


class ShowCard(Struct, frozen=True):
    """The card of a service, an area or an institution."""

    card: str


class ShowSteps(Struct, frozen=True):
    """What the card of a service leaves out."""

    card: str


class Speak(Struct, frozen=True):
    """Another language."""

    language: str


class FollowLanguage(Struct, frozen=True):
    """A message is plainly in another language: it is answered in that from then on."""

    language: str


class OfferLanguage(Struct, frozen=True):
    """A language without a wording was noticed: one that has one is offered, once."""

    language: str


Information = (
    AskAboutTopic
    | AskAboutArea
    | AskAboutCard
    | UsefulAnswer
    | ProposeUseful
    | TellUnconfirmed
    | AskAboutGrades
    | LookUp
    | ShowArea
    | ShowCard
    | ShowSteps
    | Speak
    | FollowLanguage
    | OfferLanguage
)
