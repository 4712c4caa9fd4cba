"""The published rule of what is excluded: many answers about one area from one network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

MOST_OF_A_NETWORK = 5
"""How many answers about one area count in a week from one network; of more, none does. Measured
with ``python -m benchmarks --only bursts``."""


class FromNetwork(NamedTuple):
    """A response that was answered from a network, which is known by its hash of the week."""

    network: bytes
    area: str
    response: int


def responses_in_bursts(given: Iterable[FromNetwork]) -> frozenset[int]:
    """The responses of bursts.

    All of a burst, not only what is above the limit: else whoever sends 300 would always have
    five, and which five count would be for chance to say.
    """
    together: defaultdict[tuple[bytes, str], set[int]] = defaultdict(set)
    for answer in given:
        together[answer.network, answer.area].add(answer.response)
    bursts = (responses for responses in together.values() if len(responses) > MOST_OF_A_NETWORK)
    return frozenset(response for responses in bursts for response in responses)
