"""The area that words are about: named, found by the search, or that of the last card."""

from __future__ import annotations

from handlers.content.model import Area
from handlers.release import Release
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.understanding.context import Context
from handlers.understanding.reading.wishes import without_experience


def area_named(context: Context, text: str, *, surely: bool = False) -> Area | None:
    """The area that ``text`` names: by its own name, else by what the search found first."""
    named = _named_in(text, context.release)
    if named is not None:
        return named
    ranking = context.rank(text)
    found = [context.release.area_of_card(card) for card in ranking.cards()]
    doubtful = ranking.verdict is not Verdict.SURE
    if not found or (doubtful and (surely or len(set(found)) > 1)):
        return None
    return context.release.content.area_by_id.get(found[0])


def area_of_words(context: Context) -> str:
    """The area that the text is most likely about, else that of the last card; "" for none."""
    cards = context.ranking.cards() if context.text.strip() else ()
    return context.release.area_of_card(cards[0] if cards else context.state.topic)


def area_of_experience(context: Context) -> str:
    """The area that somebody tells of, if it is named beyond doubt; else that of the last card."""
    where = without_experience(context.said)
    found = area_named(context, where, surely=True) if where else None
    return found.id if found else context.release.area_of_card(context.state.topic)


def _named_in(text: str, release: Release) -> Area | None:
    """The only area whose name holds every word of ``text``, or a word that is its alone."""
    folded = fold(text)
    exact = release.area_by_folded_name.get(folded)
    if exact is not None:
        return exact
    words = set(folded.split()) - release.lexicon.place_fillers
    if not words:
        return None
    found = {
        area.id: area
        for name, area in release.area_by_folded_name.items()
        if words <= set(name.split())
    }
    if not found:
        by_word = release.area_by_word
        found = {by_word[word].id: by_word[word] for word in words if word in by_word}
    return next(iter(found.values())) if len(found) == 1 else None
