"""Fits what a message after a card is: an answer, a question about it, or else: `make train`.

The rows are those of said_after_a_card.tsv and after_a_card.tsv and the messages of the tests' data
after a card; as something else, comments on visits and search queries, put after the card of
another area. It writes ``fitted.py`` in said_before/card/decision; the printed figures
are cross-validated by file. The same data gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.content.release import load_release
from handlers.release import Release
from handlers.understanding.context import Context
from handlers.understanding.said_before.card.decision import fitted
from handlers.understanding.said_before.card.decision.chances import KINDS, NAMES, features
from training import acts, search
from training.conversations import DATA, Conversations, json_lines
from training.provenance import file_digest, note, provenance
from training.weights import weights_module

FITTED = Path(fitted.__file__)
OUTPUTS = (FITTED,)
ASKED = Path(__file__).with_suffix(".tsv")
SAID = ASKED.with_name("said_after_a_card.tsv")
ASIDE = ASKED.with_name("after_a_card_aside.tsv")  # only for measuring
COMMENTS = "comments_dev.jsonl"
QUERIES = ("queries_dev.jsonl", "queries_invented.jsonl")
CARDS = ("como renuevo la licencia de conducir", "permiso de circulacion", "beca municipal")
SEED = 1
STRENGTH = 0.03  # inverse of the regularisation
LEAST = 0.5  # probability from which it is an answer, or a question about the card
# Expectations that fit several kinds: such messages are left out.
UNTOLD = {"none", "smalltalk", "no_guess", "no_grade", "no_danger", "asked"}


class Said(NamedTuple):
    """A message after others, the file it is from, and one of ``KINDS``."""

    file: str
    setup: tuple[str, ...]
    text: str
    kind: str


def said_after_cards(release: Release) -> Iterator[Said]:
    """All rows; queries are put after random cards of other areas, always the same."""
    yield from _labelled(SAID)
    for line in ASKED.read_text(encoding="utf-8").splitlines():
        card, _, text = line.partition("\t")
        yield Said(ASKED.name, (card,), text, "asks")
    for path in sorted(DATA.glob("*.jsonl")):
        for case in json_lines(path):
            if case.get("setup") and len(case["say"]) == 1 and (kind := _expected(case["expect"])):
                yield Said(path.name, tuple(case["setup"]), case["say"][0], kind)
    for card, one in zip(cycle(CARDS), json_lines(DATA / COMMENTS), strict=False):
        yield Said(COMMENTS, (card,), one["text"], "other")
    chance = Random(SEED)
    for name in QUERIES:
        for query in json_lines(DATA / name):
            own = {release.area_of_card(card) for card in query["expected"] or ()}
            cards = [one for one in CARDS if _area_of(one, release) not in own]
            yield Said(name, (chance.choice(cards),), query["query"], "other")


def _labelled(path: Path) -> Iterator[Said]:
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, card, text = line.split("\t")
        yield Said(path.name, (card,), text, kind)


def _expected(expect: dict[str, Any]) -> str:
    """The kind that a message is expected to be, the first of several; "": it fits several."""
    key = next(iter(expect), "")
    if key == "either":
        several = [_expected(one) for one in expect["either"]]
        return several[0] if all(several) else ""
    if key == "useful":
        return str(expect[key])
    if key in ("followup", "about"):
        return "asks"
    return "" if key in UNTOLD else "other"


def _area_of(query: str, release: Release) -> str:
    return release.area_of_card(release.index.rank(query).hits[0].id)


def inputs(said: Iterable[Said]) -> Iterator[object]:
    """What the numbers are fitted to, and the models that read it."""
    yield SEED, STRENGTH, KINDS, NAMES
    yield [file_digest(path) for path in (*acts.OUTPUTS, *search.OUTPUTS)]
    yield from said


def contexts(release: Release, said: list[Said]) -> Iterator[tuple[Said, Context]]:
    """Each text as it is read in its conversation, if that is after a card."""
    conversations = Conversations(release)
    for one in said:
        context = conversations.context(one.setup, one.text)
        if context.open is not None and context.open.outline.about_card:
            yield one, context


def main() -> None:
    """Fit, print the cross-validated figures, and write the numbers."""
    # The setups are read with fixed numbers, not the last fitted ones: same data, same rows.
    fitted.ONE = (0.0, 0.0, 0.0, 1.0, 0.0)  # a question
    fitted.WEIGHTS = dict.fromkeys(NAMES, (0.0,) * len(KINDS))
    release = load_release()
    said = list(said_after_cards(release))
    read = list(contexts(release, said))
    x, y = _numbers(read)
    aside = _numbers(contexts(release, list(_labelled(ASIDE))))
    files = np.array([one.file for one, _ in read])
    model = make_pipeline(
        StandardScaler(),
        LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1_000, tol=1e-3),
    )
    held_out = cross_val_predict(
        model, x, y, cv=LeaveOneGroupOut(), groups=files, method="predict_proba"
    )
    for file in sorted(set(files)):
        _print(file, held_out[files == file], y[files == file])
    _print("all", held_out, y)
    model.fit(x, y)
    _print(ASIDE.name, model.predict_proba(aside[0]), aside[1])
    FITTED.write_text(weights_module("follows a card", KINDS, NAMES, model), encoding="utf-8")
    note("after_a_card", provenance(inputs(said), OUTPUTS))


def _numbers(
    read: Iterable[tuple[Said, Context]],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The features of each text, and the index of its kind."""
    rows = [(features(context), KINDS.index(one.kind)) for one, context in read]
    return np.array([row for row, _ in rows]), np.array([kind for _, kind in rows])


def _print(name: str, held_out: NDArray[np.float64], y: NDArray[np.int64]) -> None:
    answers, asks = held_out[:, :3].sum(axis=1) >= LEAST, KINDS.index("asks")
    goes_on = held_out[:, asks] >= LEAST * held_out[:, asks:].sum(axis=1)
    answered, going_on = y < asks, y == asks
    right = answers & (held_out[:, :3].argmax(axis=1) == y)
    print(
        f"{name}: {(answers & answered).sum()} of {answered.sum()} answers are heard, "
        f"{(right & answered).sum()} rightly, and {(answers & ~answered).sum()} of "
        f"{(~answered).sum()} others; {(goes_on & going_on).sum()} of {going_on.sum()} questions "
        f"go on, and {(goes_on & (y > asks)).sum()} of {(y > asks).sum()} others"
    )


if __name__ == "__main__":
    main()
