"""Fits what a message after a filed case is: an addition, a correction, or else: `make train`.

The rows are those of after_filing.tsv, each a kind, the text of the case and a message after it,
and messages of the tests' data that withdraw a case, ask for its state, grade or ask something. It
writes ``handlers/understanding/said_before/case/filed/fitted.py``; the printed figures are
cross-validated by case. The same data gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.content.release import load_release
from handlers.release import Release
from handlers.understanding.said_before.case.filed import fitted
from handlers.understanding.said_before.case.filed.chances import KINDS, NAMES, features
from training import acts, search
from training.conversations import DATA, Conversations, context_of, json_lines
from training.provenance import file_digest, note, provenance
from training.weights import weights_module

FITTED = Path(fitted.__file__)
OUTPUTS = (FITTED,)
SAID = Path(__file__).with_suffix(".tsv")
QUERIES, EVERY_QUERY, EVERY_GRADE = "queries_dev.jsonl", 12, 3
# The kind of a message of the tests' data that is said while a case is told, by its expectation.
EXPECTED = {"withdrawn": "withdraws", "status": "asks"}
GRADED = {"area", "confirm", "stored_grade"}
CASE = ("reclamo", "hay un hoyo desde el lunes, arréglenlo", "Balmaceda con Colón", "sí")
STRENGTH = 0.03  # inverse of the regularisation
FOLDS = 5


class Said(NamedTuple):
    """One of ``KINDS``, the text of a filed case, and a message after it."""

    kind: str
    told: str
    text: str


def said_after_filing() -> Iterator[Said]:
    """All rows; messages about no case come after each of the rows' cases in turn."""
    rows = [Said(*line.split("\t")) for line in SAID.read_text(encoding="utf-8").splitlines()]
    yield from rows
    told = cycle(dict.fromkeys(row.told for row in rows))
    graded = []
    for path in sorted(DATA.glob("*.jsonl")):
        for case in json_lines(path):
            keys = set(case.get("expect", ()))
            if len(case.get("say", ())) != 1:
                continue
            if len(keys) == 1 and (kind := EXPECTED.get(min(keys))) and _tells_case(case):
                yield Said(kind, case["setup"][-1], case["say"][0])
            elif keys and keys <= GRADED and not case.get("setup"):
                graded.append(case["say"][0])
    for text in graded[::EVERY_GRADE]:
        yield Said("other", next(told), text)
    for query in islice(json_lines(DATA / QUERIES), 0, None, EVERY_QUERY):
        yield Said("new", next(told), query["query"])


def _tells_case(case: dict[str, Any]) -> bool:
    """Whether only a complaint was said before."""
    return list(case.get("setup", ()))[:-1] == ["reclamo"]


def inputs() -> Iterator[object]:
    """What the numbers are fitted to, and the models that read it."""
    yield STRENGTH, KINDS, NAMES, CASE
    yield [file_digest(path) for path in (*acts.OUTPUTS, *search.OUTPUTS)]
    yield from said_after_filing()


def rows(release: Release) -> Iterator[tuple[Said, tuple[float, ...]]]:
    """Each row with its features; a message without words has none."""
    chat = Conversations(release).after(CASE)
    follow_up = chat.state.follow_up
    assert follow_up is not None, "the case is filed"
    for said in said_after_filing():
        state = replace(chat.state, follow_up=replace(follow_up, told=said.told))
        context = context_of(chat, state, said.text)
        if context.said.words:
            yield said, features(context)


def main() -> None:
    """Fit, print the cross-validated figures, and write the numbers."""
    read = list(rows(load_release()))
    x = np.array([row for _, row in read])
    y = np.array([KINDS.index(said.kind) for said, _ in read])
    cases = [said.told for said, _ in read]
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3_000)
    )
    found = cross_val_predict(model, x, y, cv=GroupKFold(FOLDS), groups=cases)
    for number, kind in enumerate(KINDS):
        is_kind, is_found = y == number, found == number
        print(
            f"{kind}: {(is_kind & is_found).sum()} of {is_kind.sum()}, and "
            f"{(is_found & ~is_kind).sum()} others taken for it"
        )
    FITTED.write_text(
        weights_module("follows a case", KINDS, NAMES, model.fit(x, y)), encoding="utf-8"
    )
    note("after_filing", provenance(inputs(), OUTPUTS))


if __name__ == "__main__":
    main()
