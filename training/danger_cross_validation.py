"""How well danger is heard that the model was not taught.

With `python -m training.danger_cross_validation`. The phrases of danger, and thousands of ordinary
texts, are dealt into folds; each is played to an assistant whose model was trained without its
fold. The phrases of ``emergencies.toml`` and the search stay as they are: who wrote them knew these
phrases. With ``--data`` a file of ordinary messages that are taught to nothing is played to each of
these assistants too.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.content.release import load_release
from handlers.listening.linear import LinearModel
from handlers.listening.listener import Listener
from handlers.rehearsing.dangers import (
    NO_DANGER,
    DangerFigures,
    Handling,
    LabelledMessage,
    MessageOutcome,
    play,
    rows,
)
from handlers.release import Release
from handlers.understanding.intents.danger import EMERGENCY_OF
from training.acts import LANGUAGES, ORDINARY, SEED, Phrase, ordinary_phrases, read_phrases, train

FOLDS = 3


def outcomes_unseen(
    phrases: Sequence[Phrase], release: Release, folds: int, extra: Sequence[LabelledMessage] = ()
) -> list[MessageOutcome]:
    """Every phrase of danger or of none as one hears it who did not know it."""
    chance = random.Random(SEED)
    dealt = [chance.randrange(folds) for _ in phrases]
    found: list[MessageOutcome] = []
    for fold in range(folds):
        kept = [p for p, own in zip(phrases, dealt, strict=True) if own != fold]
        held = [p for p, own in zip(phrases, dealt, strict=True) if own == fold]
        listening = replace(
            release, listener=Listener(LinearModel(train(kept)), release.lexicon.breaks)
        )
        found += play([*labelled(held), *extra], listening)
    return found


def labelled(phrases: Iterable[Phrase]) -> list[LabelledMessage]:
    """The phrases that tell of some danger by their kind, and the ordinary ones as none."""
    found = []
    for words, labels in phrases:
        kind = next((label for label in labels if label in EMERGENCY_OF), "")
        tongue = next((la.removeprefix("lang_") for la in labels if la.startswith("lang_")), "all")
        if kind:
            found.append(LabelledMessage(tongue, kind, words))
        elif ORDINARY in labels:
            found.append(LabelledMessage("taught", NO_DANGER, words))
    return found


def read_ordinary(file: Path) -> list[LabelledMessage]:
    """Messages that are no danger, a line each: language, tab, words."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [LabelledMessage(line[:2], NO_DANGER, line.partition("\t")[2]) for line in lines if line]


def table(found: Iterable[DangerFigures]) -> list[str]:
    """One line a row: how many were heard, how many of these at once and as what they are."""
    head = f"{'language':9}{'kind':22}{'messages':>9}{'heard':>8}{'at once':>9}{'as it is':>9}"
    return [
        head,
        *(
            f"{row.language:9}{row.kind:22}{row.messages:9}{row.heard:8.3f}"
            f"{row.alarmed / row.messages:9.3f}{row.same_kind / row.messages:9.3f}"
            for row in found
        ),
    ]


def main() -> None:
    """`python -m training.danger_cross_validation`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--data", type=Path, help="ordinary messages: language, tab, words")
    parser.add_argument("--misses", action="store_true", help="print what was not heard as well")
    options = parser.parse_args()
    phrases = [*read_phrases(LANGUAGES), *ordinary_phrases()]
    extra = read_ordinary(options.data) if options.data else []
    found = outcomes_unseen(phrases, load_release(), options.folds, extra)
    print(*table(rows(found)), sep="\n")
    if options.misses:
        for outcome in found:
            message = outcome.message
            if (outcome.taken is Handling.PASSED) != (message.kind == NO_DANGER):
                print(message.language, message.kind, outcome.taken, message.text, sep="\t")


if __name__ == "__main__":
    main()
