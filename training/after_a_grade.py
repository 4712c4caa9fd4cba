"""Fits what a message after a rating is: its comment, a correction, or else: `make train`.

The rows are those of after_a_grade.tsv, the messages of the tests' data while a comment is awaited
or after a rating is closed, comments_dev.jsonl, and, as something else, questions of other data put
there. It writes ``handlers/understanding/said_before/corrections/fitted.py``; the printed figures
are cross-validated by file. The same data gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.content.release import load_release
from handlers.release import Release
from handlers.understanding.meant_else import question_in
from handlers.understanding.said_before.corrections import fitted
from handlers.understanding.said_before.corrections.chances import (
    ASKED,
    KINDS,
    NAMES,
    features,
    follows_rating,
)
from training import acts, after_a_card, search
from training.conversations import DATA, Conversations, json_lines, unescaped
from training.provenance import file_digest, note, provenance
from training.weights import weights_module

FITTED = Path(fitted.__file__)
OUTPUTS = (FITTED,)
SAID = Path(__file__).with_suffix(".tsv")
COMMENTS, QUERIES, EVERY = "comments_dev.jsonl", "queries_dev.jsonl", 4
AFTER_CARD, EVERY_AFTER_CARD = SAID.with_name("after_a_card.tsv"), 3
# Expectations that show which part of a rating a message corrects.
OF_WORDS, OF_AREA = {"words_revised"}, {"area", "confirm_or_choose", "no_area"}
AS_COMMENT, ASIDE = (
    {"words_added", "no_grade", "no_danger"},
    {"about", "cards", "status", "searched"},
)
DANGER = {"danger", "language"}  # recognised before any of these
NEW = {"rating", "rating_wish", "midway"}  # categories of something else
RATING = ("quiero poner nota", "transito")
GRADES = {-1: "2", 0: "5", 1: "7"}  # by the sentiment of a comment
TOLD = ((), ("me atendieron a las diez",))  # earlier messages of the same comment
CLOSED = (*RATING, "5", "listo")
STRENGTH = 0.03  # inverse of the regularisation
NEVER = 10.0  # log-odds of a comment at which nothing is asked about


class Said(NamedTuple):
    """A message after others, the file it is from, and one of ``KINDS``."""

    file: str
    setup: tuple[str, ...]
    text: str
    kind: str


def said_after_grades() -> Iterator[Said]:
    """All rows, each in the state that its file gives, or in either state of a comment in turn."""
    told = cycle(TOLD)
    for line in SAID.read_text(encoding="utf-8").splitlines():
        kind, grade, text = line.split("\t")
        yield Said(SAID.name, (*RATING, grade, *next(told)), text, kind)
    for path in sorted(DATA.glob("*.jsonl")):
        for case in json_lines(path):
            if case.get("setup") and len(case["say"]) == 1 and (kind := _expected(case)):
                text = unescaped(case["say"][0])
                yield Said(path.name, tuple(case["setup"]), text, kind)
    for one in json_lines(DATA / COMMENTS):
        grade = GRADES[one["labels"]["sentiment"]]
        yield Said(COMMENTS, (*RATING, grade, *next(told)), one["text"], "adds")
    asked = AFTER_CARD.read_text(encoding="utf-8").splitlines()[::EVERY_AFTER_CARD]
    for line in asked:
        text = line.partition("\t")[2]
        yield Said(AFTER_CARD.name, (*RATING, "5", *next(told)), text, "other")
    for at, query in enumerate(json_lines(DATA / QUERIES)):
        if at % EVERY == 0:
            yield Said(QUERIES, (*RATING, "5", *next(told)), query["query"], "other")
        elif at % 2:
            yield Said(QUERIES, CLOSED, query["query"], "other")


def _expected(case: dict[str, Any]) -> str:
    """Which of ``KINDS`` a message of the tests' data is; "": it fits several."""
    expect, category = case["expect"], case["category"]
    keys = set(expect) - {"either"} | {key for one in expect.get("either", ()) for key in one}
    if keys & DANGER:
        return ""
    if keys & OF_WORDS:
        return "words"
    if keys <= AS_COMMENT:
        return "adds"
    if category == "correction":
        return "area" if keys & OF_AREA else "grade"
    if keys & ASIDE or category in NEW:
        return "other"
    return "grade" if category == "grade" else ""


def inputs() -> Iterator[object]:
    """What the numbers are fitted to, and the models that read it."""
    yield STRENGTH, KINDS, NAMES
    before = (*acts.OUTPUTS, *search.OUTPUTS, *after_a_card.OUTPUTS)
    yield [file_digest(path) for path in before]
    yield from said_after_grades()


def rows(release: Release) -> Iterator[tuple[Said, tuple[float, ...]]]:
    """Each row with its features; while a comment is awaited, queries only as questions."""
    conversations = Conversations(release)
    for said in said_after_grades():
        context = conversations.context(said.setup, said.text)
        asks = said.file != QUERIES or context.rating_is_closed or question_in(context)
        if follows_rating(context) and context.said.words and asks:
            yield said, features(context)


def main() -> None:
    """Fit, print the cross-validated figures, and write the numbers."""
    # The setups are read with fixed numbers, not the last fitted ones: same data, same rows.
    fitted.ONE = (NEVER, 0.0, 0.0, 0.0, 0.0)
    fitted.WEIGHTS = {name: tuple(0.0 for _ in KINDS) for name in NAMES}
    read = list(rows(load_release()))
    x = np.array([row for _, row in read])
    y = np.array([KINDS.index(said.kind) for said, _ in read])
    files = np.array([said.file for said, _ in read])
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3_000, tol=1e-3)
    )
    held_out = cross_val_predict(
        model, x, y, cv=LeaveOneGroupOut(), groups=files, method="predict_proba"
    )
    for file in sorted(set(files)):
        _print(file, held_out[files == file], y[files == file])
    _print("all", held_out, y)
    FITTED.write_text(
        weights_module("follows a rating", KINDS, NAMES, model.fit(x, y)), encoding="utf-8"
    )
    note("after_a_grade", provenance(inputs(), OUTPUTS))


def _print(name: str, held_out: NDArray[np.float64], y: NDArray[np.int64]) -> None:
    asked, others = 1 - held_out[:, 0] >= ASKED, y > 0
    part = held_out[:, 1:].argmax(axis=1) + 1 == y
    print(
        f"{name}: asked about {(asked & others).sum()} of {others.sum()}, and "
        f"{(asked & ~others).sum()} of {(~others).sum()} comments; of the former "
        f"{(part & others).sum()} are told apart rightly"
    )


if __name__ == "__main__":
    main()
