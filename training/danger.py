"""Fits how probable danger is, which is then asked about or alerted at once: `make train`.

The rows are those of danger.tsv, messages of the tests' data, and ordinary ones. It writes
``handlers/understanding/dangers/fitted.py``; the printed figures are cross-validated by file, and
those of danger_aside.tsv, to which nothing is fitted. The same data gives the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.content.release import load_release
from handlers.rehearsing.dangers import NO_DANGER
from handlers.release import Release
from handlers.understanding.dangers import fitted
from handlers.understanding.dangers.chances import ALERT, ASK, NAMES, UNHEARD, features
from handlers.understanding.dangers.reports import told_now
from training import acts, after_a_card, after_a_grade, search
from training.conversations import DATA, Conversations, json_lines, unescaped
from training.provenance import file_digest, note, provenance

FITTED = Path(fitted.__file__)
OUTPUTS = (FITTED,)
SAID = Path(__file__).with_suffix(".tsv")
ASIDE = SAID.with_name("danger_aside.tsv")
COMMENTS, ORDINARY = "comments_dev.jsonl", "ordinary.tsv"
SETUPS = {
    "alone": (),
    "grade": ("quiero poner nota", "transito"),
    "comment": ("quiero poner nota", "transito", "4"),
    "complaint": ("quiero hacer un reclamo",),
    "card": ("licencia de conducir por primera vez",),
}
_FIRE = "hay un incendio en el cerro detrás de mi casa"
_HAZARD = "hay un cable caído chispeando"
_VIOLENCE = "mi marido me pegó anoche"
_INJURY = "hay alguien atropellado en la calle"
# An earlier danger, which may have been said to be over or none.
AFTER_DANGER = {
    "fire": (_FIRE,),
    "fire_over": (_FIRE, "ya lo apagaron"),
    "hazard": (_HAZARD,),
    "hazard_none": (_HAZARD, "nadie está en peligro"),
    "violence": (_VIOLENCE,),
    "violence_safe": (_VIOLENCE, "estoy a salvo"),
    "medical_none": (_INJURY, "era un perro"),
}
FOLDS = 5  # of danger.tsv
STRENGTH = 0.03  # inverse of the regularisation
ROW_WEIGHT = 2.0  # of a row of danger.tsv, which was written for this
COMMENT_WEIGHT = 0.5  # of the same row as a comment, which would be danger too


class Said(NamedTuple):
    """A message after others, the file it is from, and whether it is danger."""

    file: str
    setup: tuple[str, ...]
    text: str
    danger: bool
    weight: float = 1.0


def said_in_danger() -> Iterator[Said]:
    """All rows, with and without danger."""
    for at, said in enumerate(_table(SAID)):
        said = said._replace(file=f"{SAID.name} {at % FOLDS}", weight=ROW_WEIGHT)
        yield said
        if not said.setup:
            yield said._replace(setup=SETUPS["comment"], weight=COMMENT_WEIGHT)
    for line in (DATA / ORDINARY).read_text(encoding="utf-8").splitlines():
        if text := line.partition("\t")[2]:
            yield Said(ORDINARY, (), text, danger=False)
    for one in json_lines(DATA / COMMENTS):
        if not one["labels"]["urgent"]:
            yield Said(COMMENTS, SETUPS["comment"], one["text"], danger=False)
    for path in sorted(DATA.glob("*.jsonl")):
        for case in json_lines(path):
            if len(case.get("say", ())) == 1 and (danger := _expected(case)) is not None:
                text = unescaped(case["say"][0])
                yield Said(path.name, tuple(case.get("setup", ())), text, danger)


def _table(file: Path) -> Iterator[Said]:
    """The rows of a file: language, kind of danger or none, place in a conversation, words."""
    for line in file.read_text(encoding="utf-8").splitlines():
        _, kind, where, text = line.split("\t")
        setup = (SETUPS | AFTER_DANGER)[where]
        yield Said(file.name, setup, text, kind != NO_DANGER)


def _expected(case: dict[str, Any]) -> bool | None:
    """Whether danger must be recognised; None: it may be."""
    if "expect" not in case:
        return None
    expect = case["expect"]
    heard = ["danger" in one for one in expect.get("either", [expect])]
    return None if len(set(heard)) > 1 else heard[0]


def inputs() -> Iterator[object]:
    """What the numbers are fitted to, and the models that read it."""
    yield STRENGTH, NAMES
    before = (acts, search, after_a_card, after_a_grade)
    yield [file_digest(path) for trainer in before for path in trainer.OUTPUTS]
    yield from said_in_danger()


def rows(said: Iterator[Said], release: Release) -> Iterator[tuple[Said, tuple[float, ...]]]:
    """Each row with its features; after an earlier danger only those of ``AFTER_DANGER``."""
    conversations = Conversations(release)
    for one in said:
        state = conversations.after(one.setup).state
        if (state.danger or state.alert) and one.setup not in AFTER_DANGER.values():
            continue
        context = conversations.context(one.setup, one.text)
        if left := told_now(context):
            context = context.of(left)
            yield one, features(context, release.content.emergencies_told(left))


def main() -> None:
    """Fit, print the cross-validated figures, and write the numbers."""
    release = load_release()
    read = list(rows(said_in_danger(), release))
    x = np.array([row for _, row in read], dtype=float)
    y = np.array([said.danger for said, _ in read])
    files = np.array([said.file for said, _ in read])
    weights = np.array([said.weight for said, _ in read])
    held_out, weighed = np.zeros(len(read)), _is_weighed(x)
    for file in sorted(set(files)):
        other, own = files != file, files == file
        model = _fit(x[other], y[other], weights[other])
        held_out[own] = model.predict_proba(x[own])[:, 1] * weighed[own]
        _print(file, held_out[own], y[own])
    _print("all", held_out, y)
    model = _fit(x, y, weights)
    aside = list(rows(_table(ASIDE), release))
    x = np.array([row for _, row in aside], dtype=float)
    unseen = model.predict_proba(x)[:, 1] * _is_weighed(x)
    _print(ASIDE.name, unseen, np.array([said.danger for said, _ in aside]))
    FITTED.write_text(_written(model), encoding="utf-8")
    note("danger", provenance(inputs(), OUTPUTS))


def _is_weighed(x: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which rows are weighed at all: the others are no danger without it."""
    heard = math.log(UNHEARD / (1 - UNHEARD))
    return (x[:, NAMES.index("told")] > 0) | (x[:, NAMES.index("heard")] >= heard)


def _fit(x: NDArray[np.float64], y: NDArray[np.bool_], weights: NDArray[np.float64]) -> Pipeline:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3_000))
    return model.fit(x, y, logisticregression__sample_weight=weights)


def _print(name: str, found: NDArray[np.float64], danger: NDArray[np.bool_]) -> None:
    heard, told = found >= ASK, found >= ALERT
    print(
        f"{name}: {(heard & danger).sum()} of {danger.sum()} dangers heard, "
        f"{(told & danger).sum()} told of at once; of {(~danger).sum()} others "
        f"{(told & ~danger).sum()} told of and {(heard & ~told & ~danger).sum()} asked about"
    )


def _written(model: Pipeline) -> str:
    scaled, linear = model[0], model[1]
    weights = linear.coef_[0] / scaled.scale_
    one = linear.intercept_[0] - weights @ scaled.mean_
    lines = [
        '"""Numbers that `make train` writes from what tells of danger; do not edit by hand."""',
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
