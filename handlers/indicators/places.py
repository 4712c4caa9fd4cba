"""An area's block by place, that is desk or service; each answer belongs to one place only.

An answer from a desk served by three or more people belongs to the desk, any other to its service
or only to the area. So no figure is about one or two members of staff, and no desk is part of a
service, where the difference would reveal the rest. What may be shown follows the suppression rule
for splits with a known sum; places without answers are protected too.

Channels are published as well. If all answers of some places came over some channels, anybody can
subtract one sum from the other. Then the difference must obey the rule too, or a place is counted
with its area only. The rest of the area counts as a place, as its sum is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from msgspec.structs import replace

from handlers.content.model import Content
from handlers.quality.blocks import Block
from handlers.quality.figures import AreaDigest, Digest, PlaceShare
from handlers.quality.parts import share_of
from handlers.quality.suppression import THRESHOLD, hidden_splits, shown

LEAST_STAFF = 3
AREA = ""  # in place of a service or desk: only the area

Parts = tuple[int, int]
"""How many gave a 6 or 7, and how many another grade."""
Cells = Mapping[tuple[str, str, str], Parts]
"""Counts by service, desk and channel. Confidential."""


@dataclass(frozen=True, slots=True)
class Place:
    """The answers of a service or desk. Confidential counts."""

    id: str
    name: str
    is_desk: bool
    parts: Parts


def digest_with_places(
    digest: Digest, blocks: Iterable[Block], cells: Mapping[str, Cells], content: Content
) -> Digest:
    """The digest with the places of each area that has a share. ``blocks``: closed by it."""
    closed = {block.area: block for block in blocks}
    areas = tuple(
        _area_with_places(area, closed[area.id], cells[area.id], content)
        if area.id in closed and area.id in cells
        else area
        for area in digest.areas
    )
    return replace(digest, areas=areas)


def _area_with_places(area: AreaDigest, block: Block, cells: Cells, content: Content) -> AreaDigest:
    """The area with the places that may be shown.

    Unchanged if the cells do not add up to the block: a grade was corrected meanwhile.
    """
    if area.satisfied is None or _sum(cells.values()) != _parts(block):
        return area
    names, desks = _names_of_places(area.id, content), {desk.token for desk in content.desks}
    told = _shown_places(_joint(cells, names), {AREA, *names})
    shares = tuple(
        PlaceShare(names[place], place in desks, share)
        for place in names  # in the content's order
        if place in told and (share := share_of(told[place][0], sum(told[place]))) is not None
    )
    others = block.n - sum(one.satisfied.n for one in shares)
    return replace(area, places=shares, other_places=shown(others) if shares else None)


def parts_by_place(block: Block, cells: Cells, content: Content) -> Iterator[Place]:
    """All rated services and desks of the block's area, shown or not.

    None if the cells do not add up to the block.
    """
    if _sum(cells.values()) != _parts(block):
        return
    names, desks = _names_of_places(block.area, content), {desk.token for desk in content.desks}
    joint = _joint(cells, names)
    for place, name in names.items():
        parts = _sum(counted for (at, _), counted in joint.items() if at == place)
        if any(parts):
            yield Place(place, name, place in desks, parts)


def _joint(cells: Cells, names: Mapping[str, str]) -> dict[tuple[str, str], Parts]:
    """Counts by place and channel, each answer in one place."""
    joint: dict[tuple[str, str], Parts] = {}
    for (service, desk, channel), parts in cells.items():
        place = desk if desk in names else service if service in names else AREA
        key = place, channel
        joint[key] = _add_parts(joint.get(key, (0, 0)), parts)
    return joint


def _names_of_places(area: str, content: Content) -> dict[str, str]:
    """The possible places: the area's services, and its desks with enough people."""
    services = {one.id: one.short_name for one in content.services_by_area.get(area, ())}
    desks = {
        desk.token: desk.name
        for desk in content.desks
        if desk.area == area and (desk.staff or 0) >= LEAST_STAFF
    }
    return {**services, **desks}


def _shown_places(joint: Mapping[tuple[str, str], Parts], places: set[str]) -> dict[str, Parts]:
    """The places that may be shown, with their counts."""
    apart = set(places)
    while True:
        cells = dict.fromkeys(apart, (0, 0))
        for (place, _), parts in joint.items():
            kept = place if place in apart else AREA
            cells[kept] = _add_parts(cells[kept], parts)
        hidden = hidden_splits(cells)
        told = {p: parts for p, parts in cells.items() if p != AREA and p not in hidden}
        given_away = _deducible(told, joint)
        if not given_away:
            return told
        apart -= given_away


def _deducible(told: Mapping[str, Parts], joint: Mapping[tuple[str, str], Parts]) -> frozenset[str]:
    """Places that must be suppressed, as channels minus places would leave fewer than ten."""
    beside = {key: parts for key, parts in joint.items() if any(parts)}
    over: dict[str, set[str]] = {}
    for place, channel in beside:
        over.setdefault(place if place in told else AREA, set()).add(channel)
    for channels in _proper_subsets({channel for _, channel in beside}):
        if not any(by <= channels for by in over.values()):
            continue  # nothing can be subtracted
        across = {place for place, by in over.items() if by & channels and by - channels}
        left = [
            parts
            for (place, channel), parts in beside.items()
            if channel in channels and (place if place in told else AREA) in across
        ]
        if left and min(_sum(left)) < THRESHOLD:
            return frozenset(across - {AREA} or told)
    return frozenset()


def _proper_subsets(channels: set[str]) -> Iterator[set[str]]:
    ordered = sorted(channels)
    for size in range(1, len(ordered)):
        yield from map(set, combinations(ordered, size))


def _parts(block: Block) -> Parts:
    return block.satisfied, block.n - block.satisfied


def _add_parts(one: Parts, other: Parts) -> Parts:
    return one[0] + other[0], one[1] + other[1]


def _sum(many: Iterable[Parts]) -> Parts:
    total = (0, 0)
    for parts in many:
        total = _add_parts(total, parts)
    return total
