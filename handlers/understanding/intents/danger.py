"""Words of an emergency."""

from __future__ import annotations

from msgspec import Struct

HAZARD = "riesgo"  # nobody is hurt yet: the words may also be a comment or a complaint


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
    cannot_call: bool = False
    briefly: bool = False  # the numbers stand just above: the first of them is enough
    language: str = ""  # it is told in, where that is not the one spoken: the answer is in it too
