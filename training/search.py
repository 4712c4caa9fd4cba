"""Trains how the search ranks and decides from the phrases of the packaged content: `make train`.

It writes two things: a linear model of the cards beside the content, and the few numbers of
``handlers/search/fitted.py``, which hold for any content. The numbers are fitted on examples that
the index and the model they are taken from have not seen (cross-validation); so are the figures
that it prints. The same content gives the same bytes.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import LinearSVC

from bot.content.folder import load_content
from bot.content.release import CARDS_MODEL, PACKAGED, search_words
from handlers.content.model import Content
from handlers.listening.linear import LinearModel, pack
from handlers.search import fitted
from handlers.search.decide import (
    QueryFacts,
    Ranked,
    Signals,
    candidates,
    card_features,
    decide,
    estimated_margin,
    margin_features,
    odds,
    query_features,
)
from handlers.search.documents import documents
from handlers.search.index import MUNICIPAL, SearchIndex
from handlers.search.matching.features import features
from handlers.search.ranking import Verdict
from handlers.search.words import SearchWords
from training.provenance import EVERY, note, provenance

FITTED = Path(fitted.__file__)
OUTPUTS = (PACKAGED / CARDS_MODEL, FITTED)
LARGEST = 650_000  # bytes of the model: with more of them, no more unseen queries were answered
FOLDS = 5
SEED = 1
C = 1.0  # inverse of the model's regularisation
SHRINK = 1e-3  # of the strengths
Matrix = np.ndarray


class Example(NamedTuple):
    """A whole question, and the card that it asks for."""

    file: str
    text: str
    card: str


class Seen(NamedTuple):
    """What an index that does not know an example says of it."""

    card: str
    signals: list[Signals]
    asking: QueryFacts
    ids: list[str]  # of the cards of ``signals``


def examples_of(words: SearchWords) -> list[Example]:
    """Every example, in a fixed order."""
    return [
        Example(file, text, card)
        for file in sorted(words.examples)
        for card, texts in words.examples[file].items()
        for text in texts
    ]


def with_examples(words: SearchWords, kept: Iterable[Example]) -> SearchWords:
    """The words with no other examples than these."""
    tables: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in kept:
        tables[one.file][one.card].append(one.text)
    frozen = {
        file: {card: tuple(texts) for card, texts in cards.items()}
        for file, cards in tables.items()
    }
    return words.model_copy(update={"examples": frozen})


def inputs(content: Content, words: SearchWords, index: SearchIndex) -> Iterator[object]:
    """What both are trained from; of some examples also what the trained index says of them."""
    yield LARGEST, FOLDS, SEED, C, SHRINK
    for card in documents(content, words):
        yield card.kind, card.id, card.texts, card.phrases
    for place, example in enumerate(examples_of(words)):
        yield example
        if place % EVERY == 0:
            yield sorted(features(index.terms(example.text, asked=True)))
            yield [_rounded(signals) for signals in index.signals(example.text)[0]]


def _rounded(signals: Signals) -> list[object]:
    return [round(one, 3) if isinstance(one, float) else one for one in signals]


# ── The model of cards ───────────────────────────────────────────────────────────────────────


def train_model(content: Content, words: SearchWords) -> bytes:
    """The packed model of everything that is said of the cards and that citizens say."""
    index = SearchIndex.build(content, words)
    rows: list[list[int]] = []
    owners: list[str] = []
    ours: list[bool] = []
    kinds: dict[str, bool] = {}
    for card in documents(content, words):
        kinds[card.id] = card.kind in ("service", "area")
        for text in dict.fromkeys((*(text for text, _ in card.texts), *card.phrases)):
            rows.append(sorted(features(index.terms(text, asked=False))))
            owners.append(card.id)
            ours.append(kinds[card.id])
    for example in examples_of(words):
        rows.append(sorted(features(index.terms(example.text, asked=True))))
        owners.append(example.card)
        ours.append(kinds.get(example.card, False))
    matrix, hashes = _matrix(rows)
    cards = LinearSVC(C=C, random_state=SEED, tol=1e-3).fit(matrix, owners)
    municipal = LinearSVC(C=C, random_state=SEED, tol=1e-3, class_weight="balanced")
    municipal.fit(matrix, ours)
    weights = np.vstack([cards.coef_, municipal.coef_])
    biases = [*cards.intercept_, *municipal.intercept_]
    return _packed([*cards.classes_, MUNICIPAL], biases, weights, hashes)


def _matrix(rows: Sequence[Sequence[int]]) -> tuple[csr_matrix, list[int]]:
    """Texts by features that at least two have, and the features' hashes."""
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        for feature in row:
            counts[feature] += 1
    columns = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 2))}
    data: list[float] = []
    places: list[int] = []
    starts = [0]
    for row in rows:
        known = [columns[f] for f in row if f in columns]
        data += [1 / np.sqrt(len(row) or 1)] * len(known)
        places += known
        starts.append(len(places))
    return csr_matrix((data, places, starts), shape=(len(rows), len(columns))), list(columns)


def _packed(
    labels: Sequence[str], biases: Sequence[float], weights: Matrix, hashes: Sequence[int]
) -> bytes:
    """With as many of the largest weights as fit."""
    scale = float(np.percentile(np.abs(weights), 99.99)) / 127
    rounded = np.clip(np.rint(weights / scale), -127, 127).astype(int)
    for least in range(1, 127):
        rounded[np.abs(rounded) < least] = 0
        if np.count_nonzero(rounded) > LARGEST:
            continue
        kept: dict[int, list[tuple[int, int]]] = {}
        for place, label in zip(*map(np.ndarray.tolist, np.nonzero(rounded.T)), strict=True):
            kept.setdefault(hashes[place], []).append((label, int(rounded[label, place])))
        rounded_biases = [round(float(bias), 3) for bias in biases]
        packed = pack([str(one) for one in labels], rounded_biases, round(scale, 6), kept)
        if len(packed) <= LARGEST:
            return packed
    raise ValueError("no model is small enough")


# ── What an index says of examples that it does not know ─────────────────────────────────────


def unseen(content: Content, words: SearchWords, examples: Sequence[Example]) -> list[Seen]:
    """Every example as an index built without its fold sees it."""
    chance = random.Random(SEED)
    folds = [chance.randrange(FOLDS) for _ in examples]
    found: dict[int, Seen] = {}
    for fold in range(FOLDS):
        others = [e for e, f in zip(examples, folds, strict=True) if f != fold]
        kept = with_examples(words, others)
        index = SearchIndex.build(content, kept, LinearModel(train_model(content, kept)))
        for place, example in enumerate(examples):
            if folds[place] == fold:
                signals, asking = index.signals(example.text)
                ids = [index.card_id(one.number) for one in signals]
                found[place] = Seen(example.card, signals, asking, ids)
    return [found[place] for place in range(len(examples))]


# ── The numbers ──────────────────────────────────────────────────────────────────────────────


def fit_strength(seen: Sequence[Seen]) -> dict[str, float]:
    """The weights that make the right card the most probable (a conditional logit)."""
    cases = []
    for one in seen:
        if one.card not in one.ids:
            continue
        margins = [estimated_margin(s) if s.margin is None else s.margin for s in one.signals]
        features = card_features(one.signals, margins, max(0.0, *margins))
        rows = [list(card.values()) for card in features]
        cases.append((np.array(rows), one.ids.index(one.card)))
    names = list(card_features(seen[0].signals[:1], [0.0], 0.0)[0])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        value, slope = SHRINK * weights @ weights, 2 * SHRINK * weights
        for rows, right in cases:
            strengths = rows @ weights
            chances = np.exp(strengths - strengths.max())
            chances /= chances.sum()
            value -= np.log(chances[right] + 1e-12) / len(cases)
            slope = slope - (rows[right] - chances @ rows) / len(cases)
        return value, slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return _named(names, best)


def fit_margin(seen: Sequence[Seen]) -> dict[str, float]:
    """The model's margin from the other signals, for cards that it does not know."""
    pairs = [(s, s.margin) for one in seen for s in one.signals if s.margin is not None]
    names = list(margin_features(pairs[0][0]))
    rows = np.array([list(margin_features(s).values()) for s, _ in pairs])
    ridge = Ridge(alpha=1.0, fit_intercept=False).fit(rows, [margin for _, margin in pairs])
    return _named(names, ridge.coef_)


def fit_odds(
    ranked: Sequence[tuple[Ranked, QueryFacts]], wanted: Sequence[bool], names: Sequence[str]
) -> dict[str, float]:
    """A logistic regression over features of the query."""
    rows = np.array([_features(found, asking, names) for found, asking in ranked])
    fit = LogisticRegression(C=1.0, max_iter=5_000, fit_intercept=False).fit(rows, wanted)
    return _named(names, fit.coef_[0])


def _features(found: Ranked, asking: QueryFacts, names: Sequence[str]) -> list[float]:
    has = query_features(found, asking)
    return [has.get(name, 0.0) for name in names]


def _named(names: Sequence[str], values: Iterable[float]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


MUNICIPAL_FEATURES = ("one", "before_others", "municipal", "coverage", "likeness", "total")
ALONE_FEATURES = ("one", "before_others", "coverage", "likeness", "total")
FIRST_FEATURES = ("one", "before_second", "before_others", "coverage", "likeness", "total")


def fit(content: Content, words: SearchWords, seen: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """Fit all numbers and put them in force in this process."""
    numbers = {"MARGIN": fit_margin(seen)}
    fitted.MARGIN.update(numbers["MARGIN"])
    numbers["STRENGTH"] = fit_strength(seen)
    _put(fitted.STRENGTH, numbers["STRENGTH"])
    ranked = [(candidates(one.signals), one.asking) for one in seen]
    kinds = {card.id: card.kind in ("service", "area") for card in documents(content, words)}
    ours = [kinds.get(one.card, False) for one in seen]
    numbers["MUNICIPAL"] = fit_odds(ranked, ours, MUNICIPAL_FEATURES)
    alone = [
        (candidates([s._replace(margin=None) for s in one.signals]), one.asking) for one in seen
    ]
    numbers["MUNICIPAL_ALONE"] = fit_odds(alone, ours, ALONE_FEATURES)
    municipal = [place for place, own in enumerate(ours) if own]
    right = [_first_municipal(ranked[p][0], seen[p]) == seen[p].card for p in municipal]
    numbers["FIRST"] = fit_odds([ranked[p] for p in municipal], right, FIRST_FEATURES)
    for name in ("MUNICIPAL", "MUNICIPAL_ALONE", "FIRST"):
        _put(getattr(fitted, name), numbers[name])
    return numbers


def _put(table: dict[str, float], values: Mapping[str, float]) -> None:
    table.clear()
    table.update(values)


def _first_municipal(ranked: Ranked, seen: Seen) -> str:
    names = {s.number: card for s, card in zip(seen.signals, seen.ids, strict=True)}
    return names[ranked.ours[0].signals.number] if ranked.ours else ""


def figures(seen: Sequence[Seen], examples: Sequence[Example]) -> list[str]:
    """How the fitted search does on the examples, one line a file."""
    rows: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for one, example in zip(seen, examples, strict=True):
        ranked = candidates(one.signals)
        decision = decide(ranked, odds(ranked, one.asking))
        names = {s.number: card for s, card in zip(one.signals, one.ids, strict=True)}
        answered = decision.verdict in (Verdict.SURE, Verdict.UNSURE)
        shown = [names[c.signals.number] for c in decision.shown[:3]] if answered else []
        rows[example.file].append((one.card in shown[:1], one.card in shown, answered))
    lines = []
    for file, outcomes in rows.items():
        first, three, answered = np.mean(outcomes, axis=0)
        lines.append(
            f"{file:12} {len(outcomes):5} first {first:.3f} in three {three:.3f}"
            f" answered {answered:.3f}"
        )
    return lines


def written(numbers: Mapping[str, Mapping[str, float]]) -> str:
    """The text of ``fitted.py``."""
    lines = ['"""Numbers that `make train` writes from the phrases; do not edit by hand."""', ""]
    for name in ("STRENGTH", "MARGIN", "MUNICIPAL", "MUNICIPAL_ALONE", "FIRST"):
        lines.append(f"{name}: dict[str, float] = {{")
        lines += [f'    "{key}": {value},' for key, value in numbers[name].items()]
        lines.append("}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """`python -m training.search`."""
    content = load_content(PACKAGED)
    words = search_words()
    examples = examples_of(words)
    seen = unseen(content, words, examples)
    numbers = fit(content, words, seen)
    FITTED.write_text(written(numbers), encoding="utf-8")
    packed = train_model(content, words)
    (PACKAGED / CARDS_MODEL).write_bytes(packed)
    index = SearchIndex.build(content, words, LinearModel(packed))
    note("search", provenance(inputs(content, words, index), OUTPUTS))
    print(*figures(seen, examples), sep="\n")
    print(f"{CARDS_MODEL}: {len(examples)} examples, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
