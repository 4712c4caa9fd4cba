"""A small linear model over hashed features: several labels at once, each with its probability.

Its weights are bytes that ``training`` writes: a header in JSON (labels, biases, scale), then
the features' hashes in order, where each one's weights begin, and pairs of label and weight.
"""

from __future__ import annotations

import json
import math
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set

from handlers.errors import ContentError

_MAGIC = b"opina-linear-1\n"


class LinearModel:
    """One-versus-rest logistic regressions that share their features. Immutable."""

    def __init__(self, packed: bytes) -> None:
        """Raises ContentError for bytes that ``pack`` did not write."""
        try:
            if not packed.startswith(_MAGIC):
                raise ValueError
            start = len(_MAGIC) + 4
            (size,) = struct.unpack_from("<I", packed, len(_MAGIC))
            header = json.loads(packed[start : start + size])
            at = start + size
            count, pairs = header["features"], header["pairs"]
            self._hashes = _array("I", packed[at : at + 4 * count])
            at += 4 * count
            self._begins = _array("I", packed[at : at + 4 * (count + 1)])
            at += 4 * (count + 1)
            self.labels: tuple[str, ...] = tuple(header["labels"])
            kind = _label_kind(self.labels)
            weights_at = at + pairs * array(kind).itemsize
            self._of_label = _array(kind, packed[at:weights_at])
            self._weights = _array("b", packed[weights_at : weights_at + pairs])
            self._biases: list[float] = header["biases"]
            self._scale: float = header["scale"]
            if len(self._weights) != pairs or len(self._begins) != count + 1:
                raise ValueError
        except (ValueError, KeyError, struct.error):
            raise ContentError(["language: the model's weights cannot be read"]) from None

    def log_odds(self, found: Set[int]) -> list[float]:
        """The log-odds of each label, in the order of ``labels``."""
        sums = [0] * len(self.labels)
        hashes, begins, of_label, weights = (
            self._hashes,
            self._begins,
            self._of_label,
            self._weights,
        )
        count = len(hashes)
        for feature in found:
            place = bisect_left(hashes, feature)
            if place < count and hashes[place] == feature:
                for pair in range(begins[place], begins[place + 1]):
                    sums[of_label[pair]] += weights[pair]
        factor = self._scale / math.sqrt(len(found) or 1)
        return [bias + total * factor for bias, total in zip(self._biases, sums, strict=True)]


def probabilities(log_odds: Iterable[float]) -> list[float]:
    """The probabilities that log-odds stand for; from ±30 on they are 0 and 1."""
    return [1 / (1 + math.exp(-odds)) if -30 < odds < 30 else float(odds > 0) for odds in log_odds]


def pack(
    labels: Sequence[str],
    biases: Sequence[float],
    scale: float,
    weights: Mapping[int, Sequence[tuple[int, int]]],
) -> bytes:
    """The bytes of a model. ``weights``: by feature, pairs of label's number and weight ±127."""
    hashes = sorted(weights)
    begins, of_label, values = [0], array(_label_kind(labels)), array("b")
    for feature in hashes:
        for label, weight in weights[feature]:
            of_label.append(label)
            values.append(weight)
        begins.append(len(of_label))
    header = json.dumps(
        {
            "labels": list(labels),
            "biases": list(biases),
            "scale": scale,
            "features": len(hashes),
            "pairs": len(of_label),
        }
    ).encode()
    size = struct.pack("<I", len(header))
    columns = struct.pack(f"<{len(hashes)}I", *hashes) + struct.pack(f"<{len(begins)}I", *begins)
    return _MAGIC + size + header + columns + of_label.tobytes() + values.tobytes()


def _label_kind(labels: Sequence[str]) -> str:
    """The array type that holds a label's number: most models need one byte."""
    return "B" if len(labels) <= 256 else "H"


def _array(kind: str, raw: bytes) -> array[int]:
    values = array(kind)
    values.frombytes(raw)
    return values
