"""Trains the model of acts from the phrases of every language: `make train`.

The same phrases give the same bytes. With ``--check N`` one phrase in N is held back and what the
model makes of these is printed by act.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from handlers.listening.features import features
from handlers.listening.linear import LinearModel, pack
from handlers.listening.listener import DANGER, is_act, probability
from training.ordinary import ordinary_texts
from training.provenance import EVERY, note, provenance

LANGUAGES = Path(__file__).parents[1] / "bot" / "content" / "language"
MODEL = LANGUAGES / "acts.bin"
OUTPUTS = (MODEL,)
LARGEST = 1_000_000  # bytes, deflated
C = 30.0
RARE = 3  # how much an example counts beside one of another act: each act has few
SEED = 1
NO_ACT = "no_danger"  # the words of danger, without any
ORDINARY = "ordinary"  # what is asked of the municipality: it teaches only what is no danger
DANGERS = ("distress_", "hazard")  # how the acts begin that are some danger
Phrase = tuple[str, tuple[str, ...]]  # words, labels


def read_phrases(folder: Path) -> list[Phrase]:
    """Every phrase with its acts and its language, in a fixed order."""
    found: list[Phrase] = []
    for language in sorted(path for path in folder.iterdir() if path.is_dir()):
        tongue = f"lang_{language.name.partition('-')[0]}"
        for file in sorted((language / "acts").glob("*.txt")):
            for line in _lines(file):
                found.append((line, (*_acts(file.stem), tongue)))
        for file in sorted((language / "acts").glob("*.tsv")):
            for line in _lines(file):
                words, _, acts = line.partition("\t")
                found.append((words, (*_acts(acts), tongue)))
    return found


def ordinary_phrases() -> list[Phrase]:
    """What people ask of the municipality and of others, in every language."""
    return [(text, (ORDINARY,)) for text in ordinary_texts()]


def inputs(phrases: Sequence[Phrase]) -> Iterator[object]:
    """What the bytes depend on; of some phrases also what the model sees of them."""
    yield C, LARGEST, RARE, SEED
    for place, (words, labels) in enumerate(phrases):
        yield words, labels, [] if place % EVERY else sorted(features(words))


def train(phrases: Sequence[Phrase]) -> bytes:
    """The packed model of these phrases."""
    labels = sorted({label for _, own in phrases for label in own} - {ORDINARY})
    varied = list(_varied(phrases))
    rows = [sorted(features(words)) for words, _ in varied]
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        for feature in row:
            counts[feature] += 1
    columns = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 2))}
    data, places, starts = [], [], [0]
    for row in rows:
        known = [columns[f] for f in row if f in columns]
        data += [1 / np.sqrt(len(row))] * len(known)
        places += known
        starts.append(len(places))
    matrix = csr_matrix((data, places, starts), shape=(len(rows), len(columns)))
    weights = np.zeros((len(labels), len(columns)))
    biases = []
    told = np.array([ORDINARY not in own for _, own in varied])  # which acts it holds
    for number, label in enumerate(labels):
        taught = told | _is_danger(label)
        wanted = np.array([label in own for _, own in varied])[taught]
        if wanted.all():  # a single language, say
            biases.append(9.0)
            continue
        fitted = LogisticRegression(
            C=C,
            solver="liblinear",
            random_state=SEED,
            tol=1e-3,
            class_weight={False: 1, True: RARE},
        )
        fitted.fit(matrix[taught], wanted)
        weights[number] = fitted.coef_[0]
        biases.append(round(float(fitted.intercept_[0]), 3))
    return _packed(labels, biases, weights, sorted(columns))


def _packed(
    labels: Sequence[str], biases: Sequence[float], weights: np.ndarray, hashes: Sequence[int]
) -> bytes:
    """With as many of the largest weights as fit."""
    scale = float(np.percentile(np.abs(weights), 99.99)) / 127
    least = 2
    while True:
        rounded = np.clip(np.rint(weights / scale), -127, 127).astype(int)
        rounded[np.abs(rounded) < least] = 0
        kept: dict[int, list[tuple[int, int]]] = {}
        for label, place in zip(*map(np.ndarray.tolist, np.nonzero(rounded)), strict=True):
            kept.setdefault(hashes[place], []).append((label, int(rounded[label, place])))
        packed = pack(labels, biases, round(scale, 5), kept)
        if len(packed) <= LARGEST:
            return packed
        least += 1


def _varied(phrases: Iterable[Phrase]) -> Iterable[Phrase]:
    """Each phrase, and once more with a slip of the finger."""
    chance = random.Random(SEED)
    for words, labels in phrases:
        yield words, labels
        if len(words) > 6:
            yield _mistyped(words, chance), labels


def _mistyped(words: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(words) - 1)
    match chance.randrange(4):
        case 0:
            return words[:place] + words[place + 1 :]
        case 1:
            return words[:place] + words[place + 1] + words[place] + words[place + 2 :]
        case 2:
            return words[:place] + words[place] + words[place:]
        case _:
            return words[:place] + words[place:].replace(" ", "", 1)


def _acts(written: str) -> tuple[str, ...]:
    """What is only an example of what no act is has no label; every danger has one more."""
    acts = tuple(act for act in written.split() if act != NO_ACT)
    return (*acts, DANGER) if any(map(_is_danger, acts)) else acts


def _is_danger(label: str) -> bool:
    return label == DANGER or label.startswith(DANGERS)


def _lines(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def check(phrases: Sequence[Phrase], nth: int) -> None:
    """Hold one phrase in ``nth`` back and print precision and recall by act."""
    chance = random.Random(SEED)
    held = {i for i in range(len(phrases)) if chance.randrange(nth) == 0}
    model = LinearModel(train([p for i, p in enumerate(phrases) if i not in held]))
    told: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])  # wanted, found, right
    first, total, missed = 0, 0, []
    for i in sorted(held):
        words, own = phrases[i]
        odds = dict(zip(model.labels, model.log_odds(features(words)), strict=True))
        acts = {label: x for label, x in odds.items() if is_act(label)}
        best = max(acts, key=acts.__getitem__)
        total += 1
        wanted = [label for label in own if is_act(label)]
        first += best in own or (not wanted and acts[best] < 0)
        if best not in own and (wanted or acts[best] > 0):
            missed.append((words, wanted, best, round(probability(acts[best]), 2)))
        for label, x in odds.items():
            told[label][0] += label in own
            told[label][1] += x > 0
            told[label][2] += x > 0 and label in own
    for label in sorted(told):
        number, found, right = told[label]
        print(
            f"{label:22} {number:5} recall {right / (number or 1):.2f} "
            f"precision {right / (found or 1):.2f}"
        )
    print(f"best act right: {first / total:.3f} of {total}")
    for line in missed[:60]:
        print("  ", *line, sep=" | ")


def main() -> None:
    """`python -m training.acts`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=int, default=0, metavar="N")
    options = parser.parse_args()
    phrases = [*read_phrases(LANGUAGES), *ordinary_phrases()]
    if options.check:
        check(phrases, options.check)
        return
    packed = train(phrases)
    MODEL.write_bytes(packed)
    note("acts", provenance(inputs(phrases), OUTPUTS))
    print(f"{MODEL.name}: {len(phrases)} phrases, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
