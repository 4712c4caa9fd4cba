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


def quotes(
    comments: Iterable[Verbatim], names: NameWords, *, praise: bool, criticism: bool
) -> tuple[Quote, ...]:
    """At most three, masked: one praise, one complaint, then whichever is left.

    ``praise``, ``criticism``: whether ten gave a 6 or 7, or a 1 to 5; else nobody of that side is
    quoted, nor anybody without a grade. Comments without anything to mask come first, since they
    identify nobody; then the longer. The order in which they were written plays no part, so it
    cannot be read from the digest.
    """
    seen: set[str] = set()
    ranked: list[tuple[bool, int, str, Quote]] = []
    for comment in comments:
        words = " ".join(undirected(comment.text).split())
        masked = mask(words, names)
        praises = comment.grade >= _PRAISE_FROM
        quotable = praise if praises else criticism and comment.grade > 0
        if not quotable or len(words) < _SHORTEST or masked in seen:
            continue
        seen.add(masked)
        text = _cut(masked)
        quote = Quote(text=text, praise=praises)
        ranked.append((masked != words, -len(text), text, quote))
    ordered = [quote for *_, quote in sorted(ranked, key=lambda entry: entry[:3])]
    first = [quote for quote in ordered if quote.praise][:1]
    second = [quote for quote in ordered if not quote.praise][:1]
    rest = [quote for quote in ordered if quote not in first + second]
    return tuple([*first, *second, *rest][:MOST])


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    return head[: head.rfind(" ")].rstrip(" ,.;:") + "…" if " " in head else head[:-1] + "…"
