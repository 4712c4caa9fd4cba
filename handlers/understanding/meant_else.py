"""Which acts that are heard mean something else than the answer that is waited for."""

from __future__ import annotations

from handlers.understanding.context import FOLLOW_UPS

# What people come to a municipality for.
BUSINESS = ("asks", "complains", "reports", "status_case", "status_procedure")
_TAKING_BACK = ("corrects", "undoes", "withdraws")
_TALK = ("smalltalk", "who_are_you")

BESIDE_JUDGING = (*BUSINESS, "suggests")  # besides how a visit was
BESIDE_ANSWER = (*BUSINESS, *FOLLOW_UPS, "wants_person", "hazard")  # besides a yes or no
BESIDE_REASON = (*BUSINESS, *_TAKING_BACK, *_TALK, *FOLLOW_UPS, "wants_person")
INSTEAD_OF_GRADE = (
    *(*BUSINESS, *_TAKING_BACK, *_TALK, "asks_about_grades", "rates", "wants_person", "greets"),
    *("confirms", "denies", "refuses", "not_understood", "nonsense", "thanks", "farewell"),
)
# Whoever names an area with a wish to suggest or praise rates it.
INSTEAD_OF_AREA = (
    *("complains", "status_case", "status_procedure", "withdraws"),
    *("asks_about_grades", "who_are_you", "insults", *FOLLOW_UPS),
)
