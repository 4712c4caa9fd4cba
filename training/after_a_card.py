"""Fits when a question goes on about the card just shown: `make train`.

Asked are questions after a card (after_a_card.tsv, and messages of the tests' data that no weights
were trained on) and, as what does not go on, questions of the search put after another area's card.
It writes ``handlers/understanding/said_before/fitted.py``; the figures that it prints are of
questions held out in five folds. The same data gives the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.content.release import load_release
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.rehearsing.evaluation import START
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.release import Release
from handlers.state import Known
from handlers.understanding.context import Context
from handlers.understanding.said_before import fitted
from handlers.understanding.said_before.shown import NAMES, features

FITTED = Path(fitted.__file__)
ASKED = Path(__file__).with_suffix(".tsv")
DATA = Path(__file__).parents[1] / "tests" / "handlers" / "data"
MESSAGES = ("after_answers.jsonl", "unseen_dev.jsonl", "words_dev.jsonl", "words_check.jsonl")
QUERIES = ("queries_dev.jsonl", "queries_invented.jsonl")
CARDS = ("como renuevo la licencia de conducir", "permiso de circulacion", "beca municipal")
FOLDS, SEED = 5, 1
LEAST = 0.5  # probability from which a question goes on


class Asked(NamedTuple):
    """A question after what was said before it, and whether it goes on about the card shown."""

    setup: tuple[str, ...]
    text: str
    goes_on: bool


def questions(release: Release) -> Iterator[Asked]:
    """All of them; those of the search each after a card of another area, chosen by a seed."""
    for line in ASKED.read_text(encoding="utf-8").splitlines():
        card, _, text = line.partition("\t")
        yield Asked((card,), text, goes_on=True)
    for name in MESSAGES:
        for case in _lines(name):
            goes_on = "followup" in case["expect"]
            if goes_on or (case["category"] == "ask" and len(case["setup"]) > 1):
                yield Asked(tuple(case["setup"]), case["say"][-1], goes_on)
    chance = Random(SEED)
    for name in QUERIES:
        for query in _lines(name):
            own = {release.area_of_card(card) for card in query["expected"] or ()}
            cards = [one for one in CARDS if _area_of(one, release) not in own]
            yield Asked((chance.choice(cards),), query["query"], goes_on=False)


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def _area_of(query: str, release: Release) -> str:
    return release.area_of_card(release.index.rank(query).hits[0].id)


def contexts(release: Release, asked: list[Asked]) -> list[Context]:
    """Each question as it is read in its conversation."""
    shown: dict[tuple[str, ...], Rehearsal] = {}
    for one in asked:
        if one.setup not in shown:
            chat = shown[one.setup] = Rehearsal(release, START)
            for text in one.setup:
                chat.say(text)
    sender = Sender(Channel.TERMINAL, "training", "citizen")
    return [
        Context(
            Incoming("1", sender, Text(one.text), shown[one.setup].now),
            shown[one.setup].state,
            Known(new_id=1),
            release,
            shown[one.setup].now,
        )
        for one in asked
    ]


def main() -> None:
    """Fit, print how good it is on what was held out, and write the numbers."""
    release = load_release()
    asked = list(questions(release))
    known = release.content.service_by_id
    read = zip(asked, contexts(release, asked), strict=True)
    shown = [(one, context) for one, context in read if context.state.topic in known]
    x = np.array([features(context) for _, context in shown])
    y = np.array([one.goes_on for one, _ in shown])
    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=2_000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    held_out = cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]
    kept, strayed = (held_out[y] >= LEAST).mean(), (held_out[~y] >= LEAST).mean()
    print(f"goes on: {kept:.3f} of {y.sum()} kept, {strayed:.3f} of {(~y).sum()} others taken")
    model.fit(x, y)
    FITTED.write_text(_written(model.intercept_[0], model.coef_[0]), encoding="utf-8")


def _written(one: float, weights: np.ndarray) -> str:
    lines = [
        '"""Numbers that `make train` writes from questions after a card; do not edit by hand."""',
        "",
        f"ONE = {one:.4f}",
        "WEIGHTS: dict[str, float] = {",
        *(f'    "{name}": {weight:.4f},' for name, weight in zip(NAMES, weights, strict=True)),
        "}",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
