"""The counts behind a published percentage, as far as anybody can work them out.

Digests have percentages. Up to 100 answers only one count rounds to each of them; above, a few do,
and giving the right one would publish more than the digest.
"""

from __future__ import annotations

from math import ceil, floor

from handlers.quality.intervals import net, rounded_points


def possible_counts(percent: int, n: int) -> range:
    """The counts of ``n`` that round, half up, to a whole ``percent``."""
    least = -((n - 2 * n * percent) // 200)
    most = -(-(2 * n * percent + n) // 200) - 1
    return range(max(0, least), min(n, most) + 1)


def possible_bottoms(points: int, tops: range, n: int) -> range:
    """The counts of grades 1 to 4 with which a net score rounds to ``points``.

    ``tops``: the possible counts of grades 6 and 7.
    """
    fit = [
        bottom
        for top in tops
        for bottom in range(
            max(0, floor(top - n * (points + 1) / 100)),
            min(n - top, ceil(top - n * (points - 1) / 100)) + 1,
        )
        if rounded_points(net(top, bottom, n)) == points
    ]
    return range(min(fit), max(fit) + 1) if fit else range(0)
