"""What a digest tells of comments: which it quotes and in what form, and what they speak of."""

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
"""That are named of an area, or of all: so few that their order gives no number away."""
READ = 500
"""Characters of a comment in which topics are looked for: what matters is said first."""

LONGEST = 200
"""Characters; a longer comment is cut at a word."""

_SHORTEST = 15  # "ok", "gracias": nothing to learn from
_PRAISE_FROM = 6

_Rank = tuple[bool, int, str]
"""Whether something was masked, less the length of what is shown, and what is shown."""


def quotes(
    comments: Iterable[Verbatim], names: NameWords, *, praise: bool, criticism: bool
) -> tuple[Quote, ...]:
    """At most three, masked: one praise, one complaint, then whichever is left.

    ``praise``, ``criticism``: whether ten gave a 6 or 7, or a 1 to 5; else nobody of that side is
    quoted, nor anybody without a grade. Comments without anything to mask come first, since they
    identify nobody; then the longer. The order in which they were written plays no part, so it
    cannot be read from the digest.
    """
    quotable: dict[str, bool] = {}  # whether it praises
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
    """In how many responses each topic comes up, by its name; those of none are not in it."""
    spoken = {
        (content.comment_topics[rank].name, comment.response)
        for comment in comments
        for rank in content.topic_phrases.every(comment.text[:READ])
    }
    return Counter(name for name, _ in spoken)


def shown_topics(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Those that ten responses or more speak of, the most frequent first; alike ones by name.

    Topics overlap, and how many comments there were is told nowhere: no number follows from names.
    Whoever says nothing of a topic that is named may be ten: a figure has 20 answers at least. An
    order against the alphabet says that each is one more than the next, at least; with five names
    that makes 14 of the first, which leaves each of them several numbers.
    """
    enough = [name for name, n in counts.items() if n >= THRESHOLD]
    return tuple(sorted(enough, key=lambda name: (-counts[name], name))[:TOPICS])


def _best(comments: Iterable[str], names: NameWords) -> list[_Rank]:
    """Those that may be shown of one side, the best first.

    Masking takes long: it ends when there are enough with nothing to mask, as none goes before.
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
