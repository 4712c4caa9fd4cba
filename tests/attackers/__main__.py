"""Each role against what is hidden: ``python -m tests.attackers``.

A year is lived through in several towns at once, on real databases with all pages. They have other
small numbers, and nobody may see a difference: an attacker of a role opens every page, download and
mail that the role can, each week, in all towns. A number under ten that differs between towns which
look the same cannot be known, by no adding, subtracting, multiplying or rounding. Of a number
that no town has otherwise nothing is shown, in either direction: these are counted and listed, and
fewer with more towns. Exit code 1 where a page differs; with --strict also where a number was not
varied. Who may read rows is there to show that a difference is noticed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bot.content.release import PACKAGED, load_release
from tests.attackers.attack import EVERY, TOWNS, Asked, attack, report

SEEN = 3
"""A clerk knows the three grades that they saw given."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--towns", type=int, default=TOWNS, help="others, at most")
    parser.add_argument("--every", type=int, default=EVERY, help="weeks from one look to the next")
    parser.add_argument(
        "--seen", type=int, default=SEEN, help="answers of each block that are known by name"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit code 1 where a number was not varied, too"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opina-attackers-") as folder:
        asked = Asked(chosen.weeks, chosen.seed, chosen.towns, every=chosen.every, seen=chosen.seen)
        found = asyncio.run(attack(load_release(PACKAGED), Path(folder), asked))
    print(report(found))
    return 0 if found.good and (found.complete or not chosen.strict) else 1


if __name__ == "__main__":
    sys.exit(main())
