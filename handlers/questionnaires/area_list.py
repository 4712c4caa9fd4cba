"""Areas as citizens choose and name them: pages of a list, and the area that words are about."""

from __future__ import annotations

from handlers.content.model import Area
from handlers.messages import Layout, Option
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.turn import TurnBuilder, named
from handlers.understanding.hearing import without_experience

PAGE = 7  # areas on a page: with more, back and cancel they fill a WhatsApp list


def page_of(turn: TurnBuilder, mark: str, page: int) -> tuple[list[Option], int]:
    """One page of areas in alphabetical order, and its number; the last leads to the first."""
    areas = turn.release.areas_by_name
    pages = max(1, -(-len(areas) // PAGE))
    page %= pages
    shown = areas[page * PAGE : (page + 1) * PAGE]
    options = [named(f"{mark}:{area.id}", area.short_name) for area in shown]
    if pages > 1:
        options.append(turn.option("more"))
    return options, page


def ask_which(turn: TurnBuilder, page: int = 0) -> None:
    """Ask which area is to be rated; its name may be typed."""
    options, page = page_of(turn, "rate", page)
    turn.update(page=page, topic="")
    question = turn.text("choose-area-to-rate")
    turn.ask(question, [*options, turn.option("cancel")], Awaits.AREA, Layout.LIST)


def find(turn: TurnBuilder, text: str, *, surely: bool = False) -> Area | None:
    """The area that ``text`` names: by its own name, else by what the search found first."""
    named_in_it = _named_in(turn, text)
    if named_in_it is not None:
        return named_in_it
    ranking = turn.ranking(text)
    found = [area_of_card(turn, card) for card in ranking.cards()]
    doubtful = ranking.verdict is not Verdict.SURE
    if not found or (doubtful and (surely or len(set(found)) > 1)):
        return None
    return turn.release.content.area_by_id.get(found[0])


_FILLERS = frozenset(
    (
        "a al ahi ah area bueno creo de del departamento direccion donde el en era es esa ese eso "
        "fue fui la las lo los mas me mejor mi municipalidad muni no oficina para perdon pero por "
        "que seccion si sino un una unidad y ya at in it no not of office the was to"
    ).split()
)


def _named_in(turn: TurnBuilder, text: str) -> Area | None:
    """The only area whose name holds every word of ``text``, or a word that is its alone."""
    folded = fold(text)
    exact = turn.release.area_by_folded_name.get(folded)
    if exact is not None:
        return exact
    words = set(folded.split()) - _FILLERS
    if not words:
        return None
    found = {
        area.id: area
        for name, area in turn.release.area_by_folded_name.items()
        if words <= set(name.split())
    }
    if not found:
        by_word = turn.release.area_by_word
        found = {by_word[word].id: by_word[word] for word in words if word in by_word}
    return next(iter(found.values())) if len(found) == 1 else None


def of_words(turn: TurnBuilder) -> str:
    """The area that the incoming's words are most likely about, else that of the last card."""
    ranking = turn.own_ranking()
    cards = ranking.cards() if ranking is not None else ()
    return area_of_card(turn, cards[0]) if cards else of_topic(turn)


def of_experience(turn: TurnBuilder, text: str) -> str:
    """The area that somebody tells of, if it is named beyond doubt; else that of the last card."""
    where = without_experience(text)
    found = find(turn, where, surely=True) if where else None
    return found.id if found is not None else of_topic(turn)


def of_topic(turn: TurnBuilder) -> str:
    """The area of the card that was last shown, or ""."""
    return area_of_card(turn, turn.state.topic)


def area_of_card(turn: TurnBuilder, card: str) -> str:
    """The area that a service belongs to, or the area itself; "" for anything else."""
    content = turn.release.content
    service = content.service_by_id.get(card)
    if service is not None:
        return service.area
    return card if card in content.area_by_id else ""
