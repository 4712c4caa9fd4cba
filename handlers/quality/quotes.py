"""Which comments of an area a digest quotes, and in what form."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.content.lexicon import NameWords
from handlers.privacy.masking import mask
from handlers.quality.figures import Quote, Verbatim
from handlers.text.display import undirected

MOST = 3
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
