"""Comments in a digest: which are quoted, how they are masked, and their topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from handlers.content.model import Content
from handlers.privacy.masking import mask
from handlers.quality.figures import Quote, Verbatim
from handlers.quality.suppression import THRESHOLD
from handlers.text.display import undirected
from handlers.text.personal import NameWords

MOST = 3
TOPICS = 5
"""Topics named per area or of all; so few that their order reveals no number."""
READ = 500
"""Characters of a comment that are searched for topics."""

LONGEST = 200
"""Characters of a quote; a longer comment is cut at a word."""

_SHORTEST = 15  # "ok", "gracias": nothing to learn from
_PRAISE_FROM = 6

_Rank = tuple[bool, int, str]
"""A sorting key: whether something was masked, minus the length, and the text shown."""


def quotes(
    comments: Iterable[Verbatim], names: NameWords, *, praise: bool, criticism: bool
) -> tuple[Quote, ...]:
    """At most three, masked: one praise, one complaint, then whichever is left.

    ``praise``, ``criticism``: whether ten gave a 6 or 7, or a 1 to 5; otherwise nobody of that side
    is quoted, nor anybody without a grade. Comments without anything to mask come first, then
    longer ones. The order of writing plays no part, so that the digest does not reveal it.
    """
    quotable: dict[str, bool] = {}  # by text, whether it is praise
    for comment in comments:
        praises = comment.grade >= _PRAISE_FROM
        if praise if praises else criticism and comment.grade > 0:
            words = " ".join(undirected(comment.text).split())
            if len(words) >= _SHORTEST:
                quotable.setdefault(words, praises)
    sides = {
        side: _best([words for words, praises in quotable.items() if praises is side], names)
        for side in (True, False)
    }
    first = [(*ranked, praises) for praises, best in sides.items() for ranked in best[:1]]
    rest = sorted((*ranked, praises) for praises, best in sides.items() for ranked in best[1:])
    return tuple(Quote(text=text, praise=praises) for *_, text, praises in [*first, *rest][:MOST])


def topic_counts(comments: Iterable[Verbatim], content: Content) -> Counter[str]:
    """In how many responses each topic occurs, by its name; topics without any are left out."""
    spoken = {
        (content.comment_topics[rank].name, comment.response)
        for comment in comments
        for rank in content.topic_phrases.every(comment.text[:READ])
    }
    return Counter(name for name, _ in spoken)


def shown_topics(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The topics of ten responses or more, most frequent first, equal ones by name.

    Names reveal no number: topics overlap, and the number of comments is not published. Those who
    do not mention a topic may be ten, as a figure has 20 answers at least. An order against the
    alphabet says that each topic has one more than the next at least, which with five names makes
    14 of the first and leaves each several possible numbers.
    """
    enough = [name for name, n in counts.items() if n >= THRESHOLD]
    return tuple(sorted(enough, key=lambda name: (-counts[name], name))[:TOPICS])


def _best(comments: Iterable[str], names: NameWords) -> list[_Rank]:
    """The quotable comments of one side, best first.

    Masking is slow, so it stops once there are enough comments with nothing to mask.
    """
    clean: list[_Rank] = []
    masked: set[_Rank] = set()
    for rank, words in sorted((_rank(words, words), words) for words in comments):
        shown = mask(words, names)
        if shown != words:
            masked.add(_rank(words, shown))
            continue
        clean.append(rank)
        if len(clean) == MOST:
            return clean
    return [*clean, *sorted(masked)][:MOST]


def _rank(words: str, shown: str) -> _Rank:
    text = _cut(shown)
    return shown != words, -len(text), text


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    return head[: head.rfind(" ")].rstrip(" ,.;:") + "…" if " " in head else head[:-1] + "…"
