"""Fits what follows a filed case: more of it, what puts it right, or else: `make train`.

Said are the rows of after_filing.tsv, each a kind, what the case tells and what is said after it,
and of the tests' data what takes back a case or asks for its state, grades, and questions. It
writes ``handlers/understanding/said_before/filed/fitted.py``; the figures that it prints are of
rows held out by what their case tells. The same data gives the same numbers.
"""

from __future__ import annotations

import json
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
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.rehearsing.evaluation import START
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.release import Release
from handlers.state import FollowUp, Known
from handlers.understanding.context import Context
from handlers.understanding.said_before.filed import fitted
from handlers.understanding.said_before.filed.chances import KINDS, NAMES, features
from training import acts, search
from training.provenance import file_digest, note, provenance
from training.weights import weights_module

FITTED = Path(fitted.__file__)
OUTPUTS = (FITTED,)
SAID = Path(__file__).with_suffix(".tsv")
DATA = Path(__file__).parents[1] / "tests" / "handlers" / "data"
QUERIES, EVERY_QUERY, EVERY_GRADE = "queries_dev.jsonl", 12, 3
# What a message of the tests' data is, said while a case is told, by all that it comes to.
EXPECTED = {"withdrawn": "withdraws", "status": "asks"}
GRADED = {"area", "confirm", "stored_grade"}
CASE = ("reclamo", "hay un hoyo desde el lunes, arréglenlo", "Balmaceda con Colón", "sí")
STRENGTH = 0.03  # the smaller it is, the nearer to nothing are the weights
FOLDS = 5


class Said(NamedTuple):
    """What is said after a case was filed, what that tells, and one of ``KINDS``."""

    kind: str
    told: str
    text: str


def said_after_filing() -> Iterator[Said]:
    """All of it; what is of no case by turns after each of those of the rows."""
    rows = [Said(*line.split("\t")) for line in SAID.read_text(encoding="utf-8").splitlines()]
    yield from rows
    told = cycle(dict.fromkeys(row.told for row in rows))
    graded = []
    for path in sorted(DATA.glob("*.jsonl")):
        for case in _lines(path):
            keys = set(case.get("expect", ()))
            if len(case.get("say", ())) != 1:
                continue
            if len(keys) == 1 and (kind := EXPECTED.get(min(keys))) and _tells_case(case):
                yield Said(kind, case["setup"][-1], case["say"][0])
            elif keys and keys <= GRADED and not case.get("setup"):
                graded.append(case["say"][0])
    for text in graded[::EVERY_GRADE]:
        yield Said("other", next(told), text)
    for query in islice(_lines(DATA / QUERIES), 0, None, EVERY_QUERY):
        yield Said("new", next(told), query["query"])


def _tells_case(case: dict[str, Any]) -> bool:
    """Whether a complaint is all that was said before."""
    return list(case.get("setup", ()))[:-1] == ["reclamo"]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def inputs() -> Iterator[object]:
    """What the numbers are fitted to, and the weights with which it is heard and found."""
    yield STRENGTH, KINDS, NAMES, CASE
    yield [file_digest(path) for path in (*acts.OUTPUTS, *search.OUTPUTS)]
    yield from said_after_filing()


def rows(release: Release) -> Iterator[tuple[Said, tuple[float, ...]]]:
    """What is said after a case, and its features; signs alone have none."""
    chat = Rehearsal(release, START)
    for text in CASE:
        chat.say(text)
    follow_up = chat.state.follow_up
    assert follow_up is not None, "the case is filed"
    for said in said_after_filing():
        context = _context(chat, replace(follow_up, told=said.told), said.text)
        if context.said.words:
            yield said, features(context)


def _context(chat: Rehearsal, follow_up: FollowUp, text: str) -> Context:
    incoming = Incoming("1", Sender(Channel.TERMINAL, "training", "citizen"), Text(text), chat.now)
    state = replace(chat.state, follow_up=follow_up)
    return Context(incoming, state, Known(new_id=1), chat.release, chat.now)


def main() -> None:
    """Fit, print how good it is on what was held out, and write the numbers."""
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
