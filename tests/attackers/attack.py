"""Lives through the same year in towns with other small numbers, and looks for a difference."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from random import Random

from handlers.quality.blocks import Figure
from handlers.quality.intervals import percent
from handlers.release import Release
from storage.engine.keyring import Keyring
from tests.attackers.changed import change
from tests.attackers.measures import WHY_NOT, WHY_UNKNOWN, endings
from tests.attackers.other import Told, told
from tests.attackers.small import Key, is_of_staff, numbers, small_numbers
from tests.attackers.views import Attacker, Lived, Page, living
from tests.attackers.year import FALLS, SIZES, lived, town_content

TOWNS = 8
"""At most this many others, each of which takes as long as the first. A number that none of them
changes is taken for known; most often no other year was found in the tries."""


TAG = re.compile("<[^>]*>")
SHOWN = 10  # of what went wrong

PATIENCE = 2
"""The fewer numbers are left, the longer each is tried: by this factor in the next town."""

EVERY = 4
"""Weeks from one look to the next. Past digests and charts stay where they are: what a look could
miss is what stands in the panel between two of them."""


@dataclass(slots=True)
class Seen:
    """What an attacker opened, and which small numbers are the same wherever it looks the same."""

    who: Attacker
    pages: int = 0
    shown: set[str] = field(default_factory=set)  # areas whose newest figure stood there at last
    endings: set[str] = field(default_factory=set)  # what was told of measures that ended
    different: list[str] = field(default_factory=list)  # addresses at which towns differ
    same: list[Key] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a whole year."""

    weeks: int
    towns: int
    small: int
    in_rows: int  # of them; answers of staff are in no row
    later: int  # corrections, withdrawals and erasures
    published: frozenset[str]  # areas that have a share by the end
    ended: Mapping[str, frozenset[str]]  # by area: what was told of its measures
    roles: tuple[Seen, ...]

    @property
    def good(self) -> bool:
        """Nobody sees a difference but who reads rows, and who does sees all that is there; and
        all see what is published: where everything is hidden, nothing was shown to be safe."""
        return self.is_told and all(
            len(one.same) >= self.in_rows if one.who is Attacker.ROWS else not one.different
            for one in self.roles
        )

    @property
    def is_told(self) -> bool:
        """Whether every role still read each figure that is public to it, and of each measure
        that ended why."""
        return bool(self.published) and all(
            one.shown >= self.published & self.of(one) and one.endings >= self.ended_for(one)
            for one in self.roles
        )

    def of(self, seen: Seen) -> frozenset[str]:
        """The areas that a role is told of."""
        return frozenset({FALLS} if seen.who is Attacker.HEAD else self.ended)

    def ended_for(self, seen: Seen) -> frozenset[str]:
        """What a role is told of measures that ended; of a viewer's digests not each tells it, and
        after a year nothing does to whoever looks only then."""
        if seen.who in (Attacker.VIEWER, Attacker.ROWS):
            return frozenset()
        return frozenset().union(*(self.ended[area] for area in self.of(seen)))

    @property
    def complete(self) -> bool:
        """Every small number was another in a town that looks the same to everybody else."""
        return not any(one.same for one in self.roles if one.who is not Attacker.ROWS)


@dataclass(frozen=True, slots=True)
class Asked:
    """How long a year and how many other towns.

    Attackers look from week ``looks`` on, every ``every`` weeks and in the last. Who reads rows
    looks in the last week only: all rows are there then. ``seen``: answers of each block that they
    know by name, as they saw them given: these are the same in all towns.
    """

    weeks: int
    seed: int = 1
    towns: int = TOWNS
    looks: int = 0
    every: int = EVERY
    seen: int = 0
    patience: float = 1
    sizes: Mapping[str, int] = field(default_factory=lambda: SIZES)


async def attack(release: Release, folder: Path, asked: Asked) -> Outcome:
    """``folder``: for the databases, which may lie there already, migrated and empty."""
    release = replace(release, content=town_content(release.content))
    year = lived(Random(asked.seed), asked.weeks, asked.sizes)
    first = told(year, release.content, release.lexicon.names)
    small = small_numbers(first)
    others = other_towns(first, small, asked)
    wanted = newest_shares(first)
    roles = {who: Seen(who) for who in Attacker}
    alike = {who: set(range(len(others))) for who in Attacker}
    keyring = Keyring.fresh()
    async with AsyncExitStack() as stack:
        towns = [
            await stack.enter_async_context(
                living(one.year, release, keyring, folder / f"{place}.db")
            )
            for place, one in enumerate([first, *others])
        ]
        for week in range(asked.weeks):
            await asyncio.gather(*(town.week(week) for town in towns))
            last = week == asked.weeks - 1
            looked = last or (week >= asked.looks and (week + 1) % asked.every == 0)
            for who, seen in roles.items() if looked else ():
                if last or who is not Attacker.ROWS:
                    pages = await _look(towns, who, seen, alike[who])
                    seen.shown = shown_in(pages, wanted)
                    seen.endings |= endings_in(pages)
    for who, seen in roles.items():
        looked_alike = [numbers(others[place]) for place in sorted(alike[who])]
        seen.same = [
            key for key, n in small.items() if all(other[key] == n for other in looked_alike)
        ]
    later = sum(one.later is not None for one in year.ratings.values())
    in_rows = sum(not is_of_staff(key) for key in small)
    return Outcome(
        asked.weeks,
        len(others),
        len(small),
        in_rows,
        later,
        frozenset(wanted),
        {area: endings(area, asked.weeks) for area in first.areas},
        tuple(roles.values()),
    )


def other_towns(first: Told, small: Mapping[Key, int], asked: Asked) -> list[Told]:
    """Towns of which the same is published, until every small number is another in one of them."""
    left, found = set(small), list[Told]()
    while left and len(found) < asked.towns:
        other = told(first.year, first.content, first.names)
        patience = asked.patience * PATIENCE ** len(found)
        change(other, left, Random(asked.seed + len(found)), patience, asked.seen)
        now = numbers(other)
        left = {key for key in left if now[key] == small[key]}
        found.append(other)
    return found


def newest_shares(told: Told) -> dict[str, re.Pattern[str]]:
    """Of each area with a share, how its newest stands on a page: ``62 % … 85 respuestas``."""
    newest = {area: blocks[-1] for area, blocks in told.blocks.items() if blocks}
    return {
        area: re.compile(rf"\b{percent(one.satisfied, one.n)} %.{{0,60}}?\b{one.n} respuestas")
        for area, one in newest.items()
        if one.figure is Figure.SHARE
    }


def shown_in(pages: Sequence[Page], wanted: Mapping[str, re.Pattern[str]]) -> set[str]:
    """The areas whose figure stands on one of these pages."""
    texts = [" ".join(unescape(TAG.sub(" ", text)).split()) for _, text in pages]
    return {area for area, share in wanted.items() if any(map(share.search, texts))}


def endings_in(pages: Sequence[Page]) -> set[str]:
    """What is told of measures on one of these pages."""
    return {told for told in (WHY_NOT, WHY_UNKNOWN) if any(told in text for _, text in pages)}


async def _look(towns: list[Lived], who: Attacker, seen: Seen, alike: set[int]) -> Sequence[Page]:
    """One attacker in one week, in every town; the pages of the first."""
    pages = await asyncio.gather(*(_opened(town, who) for town in towns))
    seen.pages += len(pages[0])
    for place, theirs in enumerate(pages[1:]):
        for (path, text), (their_path, their_text) in zip(pages[0], theirs, strict=False):
            if (path, text) != (their_path, their_text):
                seen.different.append(path)
                alike.discard(place)
                break
    return pages[0]


async def _opened(town: Lived, who: Attacker) -> list[Page]:
    return [page async for page in town.pages(who)]


def report(outcome: Outcome) -> str:
    """For the terminal. Of a number that no town has otherwise nothing was shown."""
    lines = [
        f"{outcome.weeks} weeks in {1 + outcome.towns} towns, {outcome.later} corrections, "
        f"withdrawals and erasures; {outcome.small} numbers under ten.",
    ]
    for one in outcome.roles:
        of_these = "reads" if one.who is Attacker.ROWS else "says nothing of"
        lines.append(
            f"{one.who.value:<24}{one.pages:>7} pages, {len(set(one.different)):>3} differ; "
            f"{len(one.shown)} of {len(outcome.published)} public figures, "
            f"{len(one.endings)} ends of measures; "
            f"{of_these} {len(one.same)} of {outcome.small} numbers"
        )
        if one.who is not Attacker.ROWS:
            lines += [f"    differs: {path}" for path in sorted(set(one.different))[:SHOWN]]
    lines += _left(outcome)
    return "\n".join(lines)


def _left(outcome: Outcome) -> list[str]:
    """Which numbers were the same in all towns, by kind, each with where it is."""
    same = {key for one in outcome.roles if one.who is not Attacker.ROWS for key in one.same}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for area, (first, last), name in sorted(same):
        by_kind[name].append(f"{area} {first + 1}–{last + 1}")
    most = sorted(by_kind.items(), key=lambda one: (-len(one[1]), one[0]))
    lines = [
        f"    not varied: {name}: {', '.join(places[:SHOWN])}{' …' if len(places) > SHOWN else ''}"
        for name, places in most[:SHOWN]
    ]
    return lines + ([f"    and {len(most) - SHOWN} kinds more"] if len(most) > SHOWN else [])
