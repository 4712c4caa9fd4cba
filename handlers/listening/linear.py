"""A small multi-label linear model over hashed features.

``training`` writes it as bytes: a header in JSON (labels, biases, scale), then, deflated, the gaps
between the sorted hashes of the features, the number of weights of each, and all weights with
their labels. Deflating halves the file.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, pairwise
from operator import mul

from handlers.errors import ContentError

_MAGIC = b"opina-linear-2\n"
_MOST_BYTES = 16_000_000  # inflated; current models have under 2,000,000
_LANE = 32  # bits; only a text of a million features could overflow a lane
_LANE_BYTES, _HALF = _LANE // 8, 1 << _LANE - 1
_MOST_ROWS = 16_000_000  # bytes of cached rows; computing one takes some microseconds
_BESIDE_LANES = 100  # bytes of a cached row besides its lanes


class LinearModel:
    """One-versus-rest logistic regressions over shared features. Immutable."""

    def __init__(self, packed: bytes) -> None:
        """Read the bytes of ``pack``. Raises ContentError for any others."""
        try:
            if not packed.startswith(_MAGIC):
                raise ValueError
            start = len(_MAGIC) + 4
            (size,) = struct.unpack_from("<I", packed, len(_MAGIC))
            header = json.loads(packed[start : start + size])
            count, pairs = header["features"], header["pairs"]
            self.labels: tuple[str, ...] = tuple(header["labels"])
            kind = _label_kind(self.labels)
            counts_at = 4 * count
            labels_at = counts_at + count * array(kind).itemsize
            weights_at = labels_at + pairs * array(kind).itemsize
            if not 0 <= weights_at + pairs <= _MOST_BYTES:
                raise ValueError
            # Inflate one byte more than expected: a longer file is not a model.
            inflater = zlib.decompressobj()
            columns = inflater.decompress(packed[start + size :], weights_at + pairs + 1)
            gaps = _array("I", columns[:counts_at])
            counts = _array(kind, columns[counts_at:labels_at])
            self._hashes = array("I", accumulate(gaps))
            self._begins = array("I", accumulate(counts, initial=0))
            self._of_label = _array(kind, columns[labels_at:weights_at])
            self._weights = _array("b", columns[weights_at:])
            self._biases: list[float] = header["biases"]
            self._scale: float = header["scale"]
            self._lanes = f"<{len(self.labels)}i"
            self._zero = sum(_HALF << _LANE * label for label in range(len(self.labels)))
            self._rows: dict[int, int] = {}  # cache, by feature
            self._most_rows = _MOST_ROWS // (_BESIDE_LANES + _LANE_BYTES * len(self.labels))
            if len(self._weights) != pairs or self._begins[-1] != pairs:
                raise ValueError
        except (ValueError, KeyError, OverflowError, struct.error, zlib.error):
            raise ContentError(["language: the model's weights cannot be read"]) from None

    def log_odds(self, features: AbstractSet[int]) -> list[float]:
        """The log-odds of each label, in the order of ``labels``."""
        lanes = self._total(features) + self._zero ^ self._zero  # signed lanes
        factor = self._scale / math.sqrt(len(features) or 1)
        sums = struct.unpack(self._lanes, lanes.to_bytes(_LANE_BYTES * len(self.labels), "little"))
        return [bias + sum_ * factor for bias, sum_ in zip(self._biases, sums, strict=True)]

    def _total(self, features: Iterable[int]) -> int:
        """The sums of the features' weights, side by side in one integer: a lane per label.

        So one addition adds all labels, twenty times as fast as one by one.
        """
        kept, total, others = self._rows.get, 0, list[int]()
        for feature in features:
            row = kept(feature)
            if row is None:
                others.append(feature)
            else:
                total += row
        for feature in others:  # inline, because a call for each would double the cost
            place = bisect_left(self._hashes, feature)
            if place == len(self._hashes) or self._hashes[place] != feature:
                continue
            row = 0
            for pair in range(self._begins[place], self._begins[place + 1]):
                row += self._weights[pair] << _LANE * self._of_label[pair]
            if len(self._rows) < self._most_rows:
                self._rows[feature] = row
            total += row
        return total


def shares(
    biases: Iterable[float], rows: Iterable[Sequence[float]], values: Sequence[float]
) -> list[float]:
    """The probabilities of mutually exclusive kinds: a softmax over a weighted sum of ``values``.

    ``rows``: per value, its weight for each kind. Raises ValueError if the lengths differ.
    """
    weights = list(rows)
    if len(weights) != len(values):
        raise ValueError(f"{len(weights)} rows of weights for {len(values)} values")
    columns = zip(biases, zip(*weights, strict=True), strict=True)
    totals = [bias + sum(map(mul, column, values)) for bias, column in columns]
    most = max(totals)
    odds = [math.exp(total - most) for total in totals]
    whole = sum(odds)
    return [one / whole for one in odds]


def pack(
    labels: Sequence[str],
    biases: Sequence[float],
    scale: float,
    weights: Mapping[int, Sequence[tuple[int, int]]],
) -> bytes:
    """Encode a model. ``weights``: by feature, pairs of a label's index and a weight of ±127."""
    hashes, kind = sorted(weights), _label_kind(labels)
    gaps = array("I", [after - before for before, after in pairwise([0, *hashes])])
    counts = array(kind, [len(weights[feature]) for feature in hashes])
    pairs = [pair for feature in hashes for pair in weights[feature]]
    of_label, values = array(kind, [n for n, _ in pairs]), array("b", [w for _, w in pairs])
    header = json.dumps(
        {
            "labels": list(labels),
            "biases": list(biases),
            "scale": scale,
            "features": len(hashes),
            "pairs": len(pairs),
        }
    ).encode()
    size = struct.pack("<I", len(header))
    columns = b"".join(column.tobytes() for column in (gaps, counts, of_label, values))
    return _MAGIC + size + header + zlib.compress(columns, 9)


def _label_kind(labels: Sequence[str]) -> str:
    """The array type for a label's index; most models need one byte."""
    return "B" if len(labels) <= 256 else "H"


def _array(kind: str, raw: bytes) -> array[int]:
    values = array(kind)
    values.frombytes(raw)
    return values
