"""One made-up rating: drawn by chance, and typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bot.population.words import BLAME, PRAISE
from handlers.messages import Body, Start, Text

GOOD, BAD = (6, 7, 7), (1, 2, 3, 4, 5, 5)
REASONS = ("Espera", "Espera", "Espera", "Trato", "Información", "No se resolvió", "Otro")
LEAVE, PENDING, LEAVE_LATER = 0.06, 0.05, 0.1
PRAISING, BLAMING = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Rating:
    """What one citizen answers. ``grade`` 0: they read the question and left."""

    grade: int = 0
    pending: bool = False  # the procedure has not ended yet
    reason: str = ""  # its label; only below 6
    words: str = ""
    ended: bool = True  # False: left after the grade


def draw_rating(random: Random, satisfied: float) -> Rating:
    """Of an area where that share gives a 6 or 7."""
    good = random.random() < satisfied
    if random.random() < LEAVE:
        return Rating(ended=False)
    pending = random.random() < PENDING
    grade = random.choice(GOOD if good else BAD)
    if good:
        words = random.choice(PRAISE) if random.random() < PRAISING else ""
        return Rating(grade, pending, words=words)
    if random.random() < LEAVE_LATER:
        return Rating(grade, pending, ended=False)
    reason = random.choice(REASONS)
    words = random.choice(BLAME) if random.random() < BLAMING else ""
    return Rating(grade, pending, reason, words)


def messages_of(rating: Rating, token: str) -> Iterator[Body]:
    """The messages with which it is given at the desk of this token."""
    yield Start(token)
    if rating.pending:
        yield Text("aún no termina")
    if rating.grade:
        yield Text(str(rating.grade))
    for said in (rating.reason, rating.words):
        if said:
            yield Text(said)
    if rating.ended:
        yield Text("LISTO")
