"""Words of an emergency."""

from __future__ import annotations

from msgspec import Struct


class ReportDanger(Struct, frozen=True):
    """Words of an emergency; ``sentence`` of the wording tells whom to call.

    ``doubtful``: it is asked whether somebody is in danger now, with the numbers beside it.
    """

    sentence: str
    kind: str = ""  # the emergency's id
    doubtful: bool = False
    words: str = ""  # that also belong to the comment or case that is open
    for_case: bool = False  # they belong to a case: whoever is on duty is told
    area: str = ""  # that the case is about
