"""The acts in a text by the linear model, clause by clause."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import repeat

from handlers.listening.features import features
from handlers.listening.linear import LinearModel
from handlers.text.turn_cache import Cache

LIKELY = 0.5
SURE = 0.8
_MAX_CLAUSES = 12
_LATEST = 64  # texts and clauses cached within a turn
_NEVER = -30.0  # log-odds of probability 0
DANGER = "danger"  # the label of danger of any kind, surer than the kinds' own labels
_LANGUAGE = "lang_"
_LANGUAGE_SURE = math.log(0.9 / 0.1)  # log-odds


class Heard:
    """The probability of each act in one text: the highest of its clauses and of the whole.

    Stored as log-odds, because only a few of the hundred acts are ever read.
    """

    def __init__(
        self, odds: Mapping[str, float], whole: Mapping[str, float], acts: Sequence[str]
    ) -> None:
        """``whole``: the log-odds of the whole text. ``acts``: the labels that are acts."""
        self._odds = odds
        self._whole = whole
        self._acts = acts

    def chance(self, act: str) -> float:
        """The probability that the act is among what was said."""
        return probability(self._odds.get(act, _NEVER))

    def likely(self, act: str) -> bool:
        """Whether the act is more likely than not."""
        return self._odds.get(act, _NEVER) >= log_odds(LIKELY)

    def surely(self, act: str) -> bool:
        """Whether the act is almost certain."""
        return self._odds.get(act, _NEVER) >= log_odds(SURE)

    def best(self, acts: Collection[str], least: float = LIKELY) -> str:
        """The most probable of these acts; "" if none reaches ``least``."""
        best, most = "", _NEVER
        for act in acts:
            odds = self._odds.get(act, _NEVER)
            if odds > most:
                best, most = act, odds
        return best if most >= log_odds(least) else ""

    def most(self, acts: Iterable[str]) -> float:
        """The probability of the most probable of these acts."""
        return probability(max(map(self._odds.get, acts, repeat(_NEVER))))

    def odds_of(self, groups: Iterable[Iterable[str]], limit: float) -> list[float]:
        """The log-odds of the most probable act of each group, clipped to ±``limit``."""
        odds, never = self._odds.get, repeat(_NEVER)
        return [max(-limit, min(limit, max(map(odds, acts, never)))) for acts in groups]

    @property
    def danger(self) -> float:
        """The probability of danger of any kind."""
        return self.chance(DANGER)

    @property
    def whole_danger(self) -> float:
        """The log-odds of danger in the whole text."""
        return self._whole.get(DANGER, -math.inf)

    @cached_property
    def main(self) -> str:
        """The most probable act of the whole text."""
        return max(self._acts, key=self._whole.__getitem__, default="")

    @cached_property
    def language(self) -> str:
        """The most probable language: "es", "en", "ht", "fr" or "pt"."""
        tongues = [label for label in self._whole if label.startswith(_LANGUAGE)]
        found = max(tongues, key=self._whole.__getitem__, default="")
        return found.removeprefix(_LANGUAGE)

    def surely_in(self, language: str) -> bool:
        """Whether the whole text is almost certainly in this language."""
        return self._whole.get(_LANGUAGE + language, -math.inf) > _LANGUAGE_SURE

    def ranked(self) -> list[tuple[str, float]]:
        """All acts with their probability, the most probable first."""
        acts = [(act, self.chance(act)) for act in self._acts]
        return sorted(acts, key=lambda pair: -pair[1])


NOTHING = Heard({}, {}, ())


def is_act(label: str) -> bool:
    """Whether a label of the model is an act, not a language or a group of acts."""
    return label != DANGER and not label.startswith(_LANGUAGE)


def probability(log_odds: float) -> float:
    """The probability that log-odds stand for; from ±30 on it is 0 or 1."""
    return 1 / (1 + math.exp(-log_odds)) if -30 < log_odds < 30 else float(log_odds > 0)


@lru_cache(maxsize=64)  # the few limits that probabilities are compared with
def log_odds(probability: float) -> float:
    """The log-odds that stand for a probability."""
    if not 0 < probability < 1:
        return math.inf if probability else -math.inf
    return math.log(probability / (1 - probability))


class Listener:
    """Recognises acts with one model. Pure."""

    def __init__(self, model: LinearModel, breaks: str = "(?!)") -> None:
        """``breaks``: a pattern of words that separate clauses, besides punctuation."""
        self._model = model
        self.breaks = breaks
        self._between = re.compile(rf"(?<!\d)[.,;:!?\n]+(?!\d)|\s+(?:{breaks})\s+", re.IGNORECASE)
        self._acts = tuple(label for label in model.labels if is_act(label))
        # Within a turn many recognisers read the same message, whole and in parts, and the first
        # part is mostly the first clause too.
        self._latest = lru_cache(maxsize=_LATEST)(self._heard)
        self._log_odds = lru_cache(maxsize=_LATEST)(self._log_odds_of)

    def hear(self, text: str) -> Heard:
        """The acts of a text. Each clause counts by itself, so a long message hides none."""
        return self._latest(text)

    @property
    def caches_of_texts(self) -> tuple[Cache, ...]:
        """The caches that hold texts, to be cleared after each turn."""
        return self._latest, self._log_odds

    def _heard(self, text: str) -> Heard:
        text = text.strip()
        if not text:
            return NOTHING
        labels, whole, clauses = self._model.labels, self._log_odds(text), self._clauses(text)
        of_whole = dict(zip(labels, whole, strict=True))
        if len(clauses) < 2:
            return Heard(of_whole, of_whole, self._acts)
        most = map(max, whole, *map(self._log_odds, clauses))
        return Heard(dict(zip(labels, most, strict=True)), of_whole, self._acts)

    def _log_odds_of(self, text: str) -> list[float]:
        return self._model.log_odds(features(text))

    def _clauses(self, text: str) -> list[str]:
        """The clauses of a text, at most a dozen."""
        parts = map(str.strip, self._between.split(text))
        return [part for part in parts if len(part) > 1][:_MAX_CLAUSES]
