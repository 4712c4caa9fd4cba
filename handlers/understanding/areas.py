"""The area that words are about: named, found by the search, or that of the last card."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from handlers.content.lexicon.lexicon import Lexicon
from handlers.content.model import Area, Service
from handlers.release import Release
from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import without_experience

Proof = Callable[[Context, str, str], bool]  # that words mean the card which was found for them

_MOST_NAMING = 2  # words that say what an office is for
_MOST_OF_HOUSE = 5  # words of "de las Compañías"
_MOST_DENYING = 4  # words of "no Tránsito": more of them tell of something else
_ASKS_OF_AREA = {PhraseKind.ASKS_HOURS, PhraseKind.ASKS_PLACE, PhraseKind.ASKS_CONTACT}
_END_OF_PART = ","
_OFFER = "offer:"  # begins the key of the option that rates it
_SHORTEST_PROPER = 5  # characters of a word that tells a service from others


def area_by_name(context: Context, text: str) -> Area | None:
    """The area that ``text`` names and nothing else, by its own name."""
    return _named_in(text, context.release)


def area_named(context: Context, text: str) -> str:
    """The area that ``text`` names: by its own name, else by a card that is surely meant; or ""."""
    named = _named_in(text, context.release)
    return named.id if named is not None else area_found(context, text, is_sure)


def area_in(context: Context, text: str, *, as_place: bool = False) -> Area | None:
    """The one area that is mentioned by its name somewhere in a text; None: none, or several.

    With ``as_place``, a word of a name counts only where it stands as the name of a place.
    """
    names, lexicon = context.release.area_names, context.lexicon
    words, found = _place_words(context, _without_denied(context, text)), dict[str, Area]()
    said = Said(text, lexicon)
    clerks = {said.words[start] for start, _ in said.spans(PhraseKind.CALLS_CLERK)}
    for at, word in enumerate(words):
        if word in clerks:
            continue  # "la niña que me atendió" names no Niñez y Juventud
        for area in names.spoken_at(words, at):
            found[area.id] = area
        named = names.of_word(word)
        if named is None or word in lexicon.place_fillers:
            continue  # "me equivoqué de área" does not name Aseo y Áreas Verdes
        if not as_place or _stands_as_place(words, at, lexicon):
            found[named.id] = named
    return next(iter(found.values())) if len(found) == 1 else None


def area_of_person(context: Context) -> str:
    """ "Una persona de Tránsito": the area in which a person is wanted; "": none is named."""
    found = area_in(context, context.text, as_place=True)
    return "" if found is None else found.id


def _place_words(context: Context, folded: str) -> list[str]:
    """The words, with the areas' names for what places are called."""
    called = context.lexicon.place_names
    return " ".join([called.get(word, word) for word in folded.split()]).split()


def _without_denied(context: Context, text: str) -> str:
    """ "Quiero evaluar aseo, no tránsito": without the words that say which area is not meant."""
    lexicon = context.lexicon
    first, *others = [fold(part).split() for part in PARTS.split(text)]
    if not lexicon.negators.isdisjoint(first[:1]):  # "no quiero evaluar tránsito sino aseo"
        turns = [at for at, word in enumerate(first) if word in lexicon.instead]
        first = first[turns[-1] :] if turns else first
    meant = [
        part
        for part in others
        if len(part) > _MOST_DENYING or lexicon.negators.isdisjoint(part[:1])
    ]
    return f" {_END_OF_PART} ".join(" ".join(part) for part in [first, *meant])


def _stands_as_place(words: list[str], at: int, lexicon: Lexicon) -> bool:
    """ "En aseo", "no, obras"; neither "eran 3 personas" nor "era obra de caridad"."""
    before, after = words[at - 1] if at else "", words[at + 1 : at + 2]
    leads = (lexicon.place_fillers, lexicon.grade.for_area, lexicon.offices, lexicon.negators)
    of_noun = not words[at].endswith("s") and not lexicon.grade.of.isdisjoint(after)
    return not of_noun and (before in ("", _END_OF_PART) or any(before in lead for lead in leads))


def area_behind(context: Context, text: str, beside: frozenset[str] = frozenset()) -> Area | None:
    """The area of "los de aseo": its short id, where a preposition shows that it is a name.

    So do the words ``beside``. "La atención" is how one was served, and no office.
    """
    areas, words = context.release.content.area_by_id, fold(text).split()
    areas = {id_: area for id_, area in areas.items() if id_ not in context.lexicon.after_wish}
    behind = context.lexicon.grade.for_area | beside
    named = {word for before, word in pairwise(words) if before in behind and word in areas}
    return areas[named.pop()] if len(named) == 1 else None


def area_mentioned(context: Context, text: str) -> Area | None:
    """The one area that a text mentions by its name, else by its short id behind a preposition."""
    return area_in(context, text) or area_behind(context, text)


def area_alone(context: Context, text: str) -> str:
    """The area that a text names by its name or short id, where nothing else is said; or ""."""
    empty = context.lexicon.place_fillers | context.lexicon.grade.around
    words = [word for word in fold(text).split() if word not in empty]
    left = " ".join(words)
    area = area_by_name(context, left) or context.release.content.area_by_id.get(left)
    if area is not None and set(words).issubset(fold(f"{area.id} {area.name}").split()):
        return area.id
    named = area_in(context, left) if len(words) == 1 else None  # "el cementerio", "la biblio"
    return named.id if named is not None else ""


def area_answered(context: Context) -> str:
    """The area of "no, era en la biblioteca": the whole of an answer to where it was; or ""."""
    said, lexicon = context.said, context.lexicon
    empty = lexicon.negators | lexicon.grade.slips | lexicon.grade.is_ | lexicon.instead
    empty |= lexicon.grade.turning | lexicon.offices | lexicon.was
    # "No, era la biblioteca": what denies a place may hold the name of the other.
    for kinds in ((PhraseKind.WAS_AT,), (PhraseKind.WAS_AT, PhraseKind.DENIES_PLACE)):
        led = said.covered(*kinds)
        words = (word for at, word in enumerate(said.words) if at not in led and word not in empty)
        if area := area_alone(context, " ".join(words)):
            return area
    return ""


def tells_which_house(context: Context) -> bool:
    """ "El de las Compañías", "fue en la de la Antena": which house of the area just spoken of.

    No other area is named or described, and no card by its name.
    """
    words, lexicon = context.said.words, context.lexicon
    if lexicon.grade.of.isdisjoint(words):
        return False
    at = next(at for at, word in enumerate(words) if word in lexicon.grade.of)
    leads = lexicon.grade.for_area | lexicon.grade.slips | lexicon.grade.is_ | lexicon.was
    leads |= {words[place] for span in context.said.spans(PhraseKind.WAS_AT) for place in span[:1]}
    if not at or not leads.issuperset(words[:at]) or len(words) > at + _MOST_OF_HOUSE:
        return False
    if "?" in context.text or context.ranking.verdict is Verdict.EXTERNAL:
        return False
    named = area_mentioned(context, context.text)
    return named is None and not area_called(context) and not names_service(context)


def asks_of_area(context: Context) -> bool:
    """ "La biblioteca a qué hora abre": something of an area is asked, and none is chosen."""
    asks = context.said.asks or not _ASKS_OF_AREA.isdisjoint(context.said.kinds)
    return asks and bool(context.heard.best(("asks", *FOLLOW_UPS)))


def area_of_office(context: Context, text: str) -> str:
    """The area of "la oficina del adulto mayor", where all that is found for it is one area's."""
    lexicon = context.lexicon
    for part in PARTS.split(text):
        words = fold(part).split()
        at = next((at for at, word in enumerate(words) if word in lexicon.offices), len(words))
        named = [word for word in words[at:] if word not in lexicon.place_fillers][:_MOST_NAMING]
        meant = areas_meant(context, " ".join(named))
        if len(meant) == 1 or (meant and is_sure(context, " ".join(named), "")):
            return meant[0]
    return ""


def areas_meant(context: Context, text: str) -> tuple[str, ...]:
    """The areas that words may mean, the most probable first; at most three.

    Phrases that describe an area know better than the search: "moun ki ranje limye yo".
    """
    called = context.release.area_names.called(text)
    if called:
        return called[:3]
    cards = context.rank(text).cards() if text.strip() else ()
    found = [context.release.area_of_card(card) for card in cards]
    return tuple(dict.fromkeys(area for area in found if area))[:3]


def areas_probable(context: Context, text: str) -> tuple[str, ...]:
    """The area that words most probably mean, or some where none of them is far ahead."""
    areas = areas_meant(context, text)
    if len(areas) < 2 or context.release.area_names.called(text):
        return areas  # what phrases describe has no scores to compare
    best: dict[str, float] = {}
    for hit in context.rank(text).hits:
        best.setdefault(context.release.area_of_card(hit.id), hit.score)
    return areas[:1] if best[areas[0]] - best[areas[1]] >= _FAR_AHEAD else areas


_FAR_AHEAD = 1.0  # of the score of another area's card


def area_found(context: Context, text: str, *proofs: Proof) -> str:
    """The area of the card that the search finds first, if any of ``proofs`` tells that the words
    mean it, or none is asked for; or "".
    """
    card = next(iter(context.rank(text).cards()), "") if text.strip() else ""
    meant = not proofs or any(proof(context, text, card) for proof in proofs)
    return context.release.area_of_card(card) if card and meant else ""


def is_sure(context: Context, text: str, _card: str) -> bool:
    """Whether the search is sure of what it found."""
    return context.rank(text).verdict is Verdict.SURE


def says_name(context: Context, text: str, card: str) -> bool:
    """Whether a word of the card's name is said."""
    release = context.release
    service = release.content.service_by_id.get(card)
    name = service.name if service is not None else release.area_name(release.area_of_card(card))
    return has_proper_word(fold(text), name)


def names_service(context: Context) -> bool:
    """Whether the text says the name of the card that it finds first."""
    card = next(iter(context.ranking.cards()), "")
    return bool(card) and says_name(context, context.text, card)


def area_called(context: Context) -> str:
    """The one area that the text describes by what it is called in any language; or ""."""
    called = context.release.area_names.called(context.text)
    return called[0] if len(called) == 1 else ""


def with_called(context: Context, text: str, ranking: Ranking, *, reports: bool = False) -> Ranking:
    """What was found; where that is nothing, or unsure, the one area that is described first.

    ``reports``: something is to be mended, and no card of another area tells how.
    """
    unsure = ranking.verdict in (Verdict.NOTHING, Verdict.UNSURE)
    if not reports and not unsure:
        return ranking
    called = context.release.area_names.called(text)
    card = ranking.hits[0].id if ranking.hits else ""
    if reports and len(called) == 1 and context.release.area_of_card(card) not in ("", *called):
        return Ranking((Hit("area", called[0], 0.0),), Verdict.SURE)
    if len(called) != 1 or not unsure:
        return ranking
    area = Hit("area", called[0], 0.0)
    if ranking.verdict is Verdict.NOTHING:
        return Ranking((area,), Verdict.SURE)
    return Ranking((area, *ranking.hits), Verdict.UNSURE)


def area_of_words(context: Context) -> str:
    """The area that the text is most likely about, else that of the last card; "" for none."""
    return area_found(context, context.text) or context.release.area_of_card(context.state.topic)


def is_told_in(service: Service, told: str) -> bool:
    """Whether what is told is plainly of a service that was found: named, or to be reported."""
    return service.takes_reports or has_proper_word(fold(told), service.name)


def has_proper_word(folded: str, name: str, beside: str = "") -> bool:
    """Whether a long word of a card's name is said that is not in the name ``beside``, too."""
    own = {word.removesuffix("s") for word in set(fold(name).split()) - set(fold(beside).split())}
    said = own & {word.removesuffix("s") for word in folded.split()}
    return max(map(len, said), default=0) >= _SHORTEST_PROPER


def area_offered(context: Context) -> str:
    """The area that "Si quiere, póngale una nota" is just asked about; "" where it is not."""
    prompt = context.state.prompt
    if prompt is None or not context.prompt_is_recent:
        return ""
    offered = (one.key for one in prompt.options if one.key.startswith(_OFFER))
    return next(offered, "").removeprefix(_OFFER)


def area_ungraded(context: Context) -> str:
    """The area of the rating that was put aside before it had a grade; "" for none."""
    paused = context.state.paused
    waits = bool(paused) and not paused[-1].answers and not paused[-1].changing
    return paused[-1].subject.area if waits else ""


def area_of_experience(context: Context) -> str:
    """The area of an experience, if named beyond doubt; else that of the last card."""
    told = without_experience(context.said)
    empty = context.lexicon.around_vague | context.lexicon.place_fillers
    found = "" if empty.issuperset(fold(told).split()) else area_named(context, told)  # "súper mal"
    return found or context.release.area_of_card(context.state.topic)


def _named_in(text: str, release: Release) -> Area | None:
    """The only area whose name holds every word of ``text``, or a word that is its alone."""
    folded = fold(text)
    exact = release.area_names.written.get(folded)
    if exact is not None:
        return exact
    words = set(folded.split()) - release.lexicon.place_fillers
    if not words:
        return None
    found = {area.id: area for name, area in release.area_names.words if words <= name}
    if not found:
        by_word = release.area_names.by_word
        found = {by_word[word].id: by_word[word] for word in words if word in by_word}
    return next(iter(found.values())) if len(found) == 1 else None
