"""What acts a text holds: the linear model's view of it, clause by clause."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import repeat

from handlers.listening.features import features
from handlers.listening.linear import LinearModel, probabilities

LIKELY = 0.5
SURE = 0.8
_MAX_CLAUSES = 12
_LATEST = 32  # texts whose acts are kept
DANGER = "danger"  # the label of every danger, whichever it is: surer than each kind's own
_LANGUAGE = "lang_"
_LANGUAGE_SURE = math.log(0.9 / 0.1)  # log-odds


class Heard:
    """The probability of each act in one text: of a clause of it, or of the whole."""

    def __init__(
        self, chances: Mapping[str, float], whole: Mapping[str, float], acts: Sequence[str]
    ) -> None:
        """``whole``: the log-odds of the text as a whole; ``acts``: the labels that are acts."""
        self._chances = chances
        self._whole = whole
        self._acts = acts

    def chance(self, act: str) -> float:
        """How probable it is that the act is among what was said."""
        return self._chances.get(act, 0.0)

    def likely(self, act: str) -> bool:
        """Whether the act is more likely than not."""
        return self._chances.get(act, 0.0) >= LIKELY

    def surely(self, act: str) -> bool:
        """Whether there is hardly a doubt."""
        return self._chances.get(act, 0.0) >= SURE

    def best(self, acts: Collection[str], least: float = LIKELY) -> str:
        """The most probable of these acts; "" where none reaches ``least``."""
        best, most = "", 0.0
        for act in acts:
            chance = self._chances.get(act, 0.0)
            if chance > most:
                best, most = act, chance
        return best if most >= least else ""

    def most(self, acts: Iterable[str]) -> float:
        """How probable the most probable of these acts is."""
        return max(map(self._chances.get, acts, repeat(0.0)))

    @property
    def danger(self) -> float:
        """How probable it is that somebody or something is in danger of any kind."""
        return self._chances.get(DANGER, 0.0)

    @property
    def whole_danger(self) -> float:
        """The same of the whole text, as log-odds."""
        return self._whole.get(DANGER, -math.inf)

    @cached_property
    def main(self) -> str:
        """The act that the whole text most probably is."""
        return max(self._acts, key=self._whole.__getitem__, default="")

    @cached_property
    def language(self) -> str:
        """The language that the text is most probably in: "es", "en", "ht", "fr" or "pt"."""
        tongues = [label for label in self._whole if label.startswith(_LANGUAGE)]
        found = max(tongues, key=self._whole.__getitem__, default="")
        return found.removeprefix(_LANGUAGE)

    def surely_in(self, language: str) -> bool:
        """Whether the whole text is in a language, with hardly a doubt."""
        return self._whole.get(_LANGUAGE + language, -math.inf) > _LANGUAGE_SURE

    def ranked(self) -> list[tuple[str, float]]:
        """Every act with its probability, the most probable first."""
        acts = [(act, self._chances[act]) for act in self._acts]
        return sorted(acts, key=lambda pair: -pair[1])


NOTHING = Heard({}, {}, ())


def is_act(label: str) -> bool:
    """Whether a label of the model is an act, not a language or what several acts share."""
    return label != DANGER and not label.startswith(_LANGUAGE)


class Listener:
    """Hears acts with one model. Pure: the same text is always heard alike."""

    def __init__(self, model: LinearModel, breaks: str = "(?!)") -> None:
        """``breaks``: a pattern of the words between two things that are said, besides marks."""
        self._model = model
        self.breaks = breaks
        self._between = re.compile(rf"(?<!\d)[.,;:!?\n]+(?!\d)|\s+(?:{breaks})\s+", re.IGNORECASE)
        self._acts = tuple(label for label in model.labels if is_act(label))
        # A message is heard by everything that reads in it, whole and part by part, for one turn.
        self._latest = lru_cache(maxsize=_LATEST)(self._heard)

    def hear(self, text: str) -> Heard:
        """The acts of a text. A long message hides nothing: each clause counts for itself."""
        return self._latest(text)

    def forget(self) -> None:
        """Let go of the texts that were heard: the words of people stay in no process."""
        self._latest.cache_clear()

    def _heard(self, text: str) -> Heard:
        if not text.strip():
            return NOTHING
        labels, whole = self._model.labels, self._log_odds(text)
        most, clauses = whole, self._clauses(text)
        if len(clauses) > 1:
            most = list(map(max, whole, *map(self._log_odds, clauses)))
        chances = dict(zip(labels, probabilities(most), strict=True))
        return Heard(chances, dict(zip(labels, whole, strict=True)), self._acts)

    def _log_odds(self, text: str) -> list[float]:
        return self._model.log_odds(features(text))

    def _clauses(self, text: str) -> list[str]:
        """The parts that each say something: at most a dozen."""
        parts = map(str.strip, self._between.split(text))
        return [part for part in parts if len(part) > 1][:_MAX_CLAUSES]
