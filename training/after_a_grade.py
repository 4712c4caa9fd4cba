"""Fits when words after a grade are no mere comment on it: `make train`.

No comments are the corrections, questions, affirmations and refusals of after_a_grade.tsv and of
the tests' data that were said while a comment was awaited, and questions of other data, put there.
Comments are those of the same files, and comments_dev.jsonl. It writes
``handlers/understanding/said_before/corrections/fitted.py``; the figures that it prints are of
files held out one after the other. The same data gives the same numbers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.content.release import load_release
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.rehearsing.evaluation import START
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.release import Release
from handlers.state import Known
from handlers.understanding.context import Context
from handlers.understanding.meant_else import question_in
from handlers.understanding.said_before.corrections import fitted
from handlers.understanding.said_before.corrections.no_comment import ASKED, NAMES, features
from handlers.understanding.said_before.corrections.on_record import grade_on_record
from training import acts, after_a_card, search
from training.provenance import file_digest, note, provenance

FITTED = Path(fitted.__file__)
OUTPUTS = (FITTED,)
SAID = Path(__file__).with_suffix(".tsv")
DATA = Path(__file__).parents[1] / "tests" / "handlers" / "data"
COMMENTS, QUERIES, EVERY = "comments_dev.jsonl", "queries_dev.jsonl", 4
AFTER_CARD, EVERY_AFTER_CARD = SAID.with_name("after_a_card.tsv"), 3
# What messages of comments are expected to be, and what is heard before any comment.
AS_COMMENT, BEFORE = {"words_added", "no_grade", "no_danger"}, {"danger"}
RATING = ("quiero poner nota", "transito")
GRADES = {-1: "2", 0: "5", 1: "7"}  # by the sentiment of a comment
TOLD = ((), ("me atendieron a las diez",))  # before it, of the same comment
STRENGTH = 0.03  # the smaller it is, the nearer to nothing are the weights
NEVER = -10.0  # log-odds with which nothing is asked


class Said(NamedTuple):
    """What is said after what was said before it, the file it is of, and whether it comments."""

    file: str
    setup: tuple[str, ...]
    text: str
    comments: bool


def said_after_grades() -> Iterator[Said]:
    """All of it, each from the state that its file gives, or from both of a comment's by turns."""
    told = cycle(TOLD)
    for line in SAID.read_text(encoding="utf-8").splitlines():
        kind, grade, text = line.split("\t")
        yield Said(SAID.name, (*RATING, grade, *next(told)), text, kind == "comment")
    for path in sorted(DATA.glob("*.jsonl")):
        for case in _lines(path):
            expected = _expected(case)
            plain = expected <= AS_COMMENT or expected.isdisjoint(AS_COMMENT | BEFORE)
            if expected and plain and len(case["say"]) == 1:
                text = case["say"][0].replace("\\n", "\n")
                yield Said(path.name, tuple(case["setup"]), text, expected <= AS_COMMENT)
    for one in _lines(DATA / COMMENTS):
        grade = GRADES[one["labels"]["sentiment"]]
        yield Said(COMMENTS, (*RATING, grade, *next(told)), one["text"], comments=True)
    asked = AFTER_CARD.read_text(encoding="utf-8").splitlines()[::EVERY_AFTER_CARD]
    for line in asked:
        text = line.partition("\t")[2]
        yield Said(AFTER_CARD.name, (*RATING, "5", *next(told)), text, comments=False)
    for query in _lines(DATA / QUERIES)[::EVERY]:
        yield Said(QUERIES, (*RATING, "5", *next(told)), query["query"], comments=False)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _expected(case: dict[str, Any]) -> set[str]:
    """What a message of the tests' data is to come to; nothing for lines of other data."""
    expect = case.get("expect", {})
    return set(expect) - {"either"} | {key for one in expect.get("either", ()) for key in one}


def inputs() -> Iterator[object]:
    """What the numbers are fitted to, and the weights with which it is heard and found."""
    yield STRENGTH, NAMES
    before = (*acts.OUTPUTS, *search.OUTPUTS, *after_a_card.OUTPUTS)
    yield [file_digest(path) for path in before]
    yield from said_after_grades()


def rows(release: Release) -> Iterator[tuple[Said, tuple[float, ...]]]:
    """What is said while a comment is awaited, and its features; queries only where they ask."""
    chats: dict[tuple[str, ...], Rehearsal] = {}
    sender = Sender(Channel.TERMINAL, "training", "citizen")
    for said in said_after_grades():
        if said.setup not in chats:
            chat = chats[said.setup] = Rehearsal(release, START)
            for text in said.setup:
                chat.say(text.replace("\\n", "\n"))
        chat = chats[said.setup]
        incoming = Incoming("1", sender, Text(said.text), chat.now)
        context = Context(incoming, chat.state, Known(new_id=1), release, chat.now)
        rated = grade_on_record(context)
        if rated and context.said.words and (said.file != QUERIES or question_in(context)):
            yield said, features(context, rated)


def main() -> None:
    """Fit, print how good it is on what was held out, and write the numbers."""
    # What was said before is kept as it is, whatever was fitted last: the same data, the same rows.
    fitted.ONE, fitted.WEIGHTS = NEVER, dict.fromkeys(NAMES, 0.0)
    read = list(rows(load_release()))
    x = np.array([row for _, row in read])
    y = np.array([not said.comments for said, _ in read])
    files = np.array([said.file for said, _ in read])
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3_000)
    )
    held_out = cross_val_predict(
        model, x, y, cv=LeaveOneGroupOut(), groups=files, method="predict_proba"
    )[:, 1]
    asked = Counter(zip(files, y, held_out >= ASKED, strict=True))
    for file in sorted(set(files)):
        others, taken = asked[file, True, True] + asked[file, True, False], asked[file, True, True]
        needless = asked[file, False, True]
        comments = needless + asked[file, False, False]
        print(f"{file}: asked about {taken} of {others}, and {needless} of {comments} comments")
    print(f"all: {(held_out[y] >= ASKED).mean():.3f}, {(held_out[~y] >= ASKED).mean():.3f}")
    FITTED.write_text(_written(model.fit(x, y)), encoding="utf-8")
    note("after_a_grade", provenance(inputs(), OUTPUTS))


def _written(model: Pipeline) -> str:
    scaled, linear = model[0], model[1]
    weights = linear.coef_[0] / scaled.scale_
    one = linear.intercept_[0] - weights @ scaled.mean_
    lines = [
        '"""Numbers that `make train` writes from what follows a grade; do not edit by hand."""',
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
