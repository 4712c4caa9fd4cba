"""The published rule that sets bursts apart: many answers about an area from one network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

MOST_OF_A_NETWORK = 5
"""The most answers about one area from one network in a week; if there are more, none counts.

Chosen with ``python -m benchmarks --only bursts``."""


class FromNetwork(NamedTuple):
    """A response with its network, known only by its hash of the week."""

    network: bytes
    area: str
    response: int


def responses_in_bursts(given: Iterable[FromNetwork]) -> frozenset[int]:
    """The responses that are part of a burst.

    All of it, not only those above the limit: otherwise the author of 300 would still have five
    counted, chosen at random.
    """
    together: defaultdict[tuple[bytes, str], set[int]] = defaultdict(set)
    for answer in given:
        together[answer.network, answer.area].add(answer.response)
    bursts = (responses for responses in together.values() if len(responses) > MOST_OF_A_NETWORK)
    return frozenset(response for responses in bursts for response in responses)
