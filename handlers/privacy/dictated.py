"""Finds personal details that are dictated in words, and those of other countries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.privacy.patterns import DetailPatterns
from handlers.text.folding import fold
from handlers.text.personal import NameWords
from handlers.text.phrases import spelling

_FEWEST_DICTATED = 6  # number words in a row, without a counted noun
_FEWEST_AFTER_CUE = 3
_PROFILE = re.compile(
    r"(?<![\w@.])@[A-Za-z_][\w.]{2,29}"
    r"|\b(?:www\.)?(?:facebook|instagram|tiktok|twitter|linkedin|fb|x)\.com/[\w./-]+",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?<!\w)(?:[A-Z]{1,3}-?\d{6,9}(?:-[\dkK])?|[VEve]-?\d{1,2}\.?\d{3}\.?\d{3}"
    r"|[XYZ]-?\d{7}-?[A-Z])(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+|\d+")


def dictated(text: str, names: NameWords, known: DetailPatterns) -> list[tuple[int, int, str]]:
    """Beginning, end and kind of each detail. ``known``: the patterns of ``names``."""
    found = []
    # Each pattern, the group that is the detail, and its kind.
    spelt_out: tuple[tuple[re.Pattern[str], int | str, str], ...] = (
        *(((known.mail, 0, "email"),) if known.at.search(text) else ()),
        (_PROFILE, 0, "name"),
        (_PASSPORT, 0, "number"),
        (known.document, "number", "number"),
        (known.account, "number", "number"),
    )
    for pattern, group, kind in spelt_out:
        for match in pattern.finditer(text):
            found.append((*match.span(group), kind))
    if not names.numbers.isdisjoint(spelling(text)):
        found += _in_words(text, names, known)
    return found


def _in_words(text: str, names: NameWords, known: DetailPatterns) -> Iterator[tuple[int, int, str]]:
    """Runs of number words: a telephone, a RUT."""
    run: list[re.Match[str]] = []
    for word in [*_WORD.finditer(text), None]:
        apart = (
            word is not None and run and re.search(r"[.;:!?\n]", text[run[-1].end() : word.start()])
        )
        if word is not None and not apart and _belongs(word[0], names, known, within=bool(run)):
            run.append(word)
            continue
        yield from _dictated_run(text, run, names, known)
        starts = word is not None and _belongs(word[0], names, known, within=False)
        run = [word] if word is not None and starts else []


def _belongs(word: str, names: NameWords, known: DetailPatterns, *, within: bool) -> bool:
    folded = fold(word)
    if folded in names.numbers:
        return True
    return within and (folded in known.between_digits or folded == "k")


def _dictated_run(
    text: str, run: list[re.Match[str]], names: NameWords, known: DetailPatterns
) -> Iterator[tuple[int, int, str]]:
    while run and fold(run[-1][0]) in known.between_digits:
        run.pop()
    numbers = sum(fold(word[0]) in names.numbers for word in run)
    if not run:
        return
    before = text[max(0, run[0].start() - 25) : run[0].start()]
    cued = known.cue.search(before.lower()) is not None
    if numbers >= (_FEWEST_AFTER_CUE if cued else _FEWEST_DICTATED):
        yield run[0].start(), run[-1].end(), "number"
