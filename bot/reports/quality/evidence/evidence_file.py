"""What the file for the accreditation and the yearly account says: commitments, evidence, gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.reports.words.dates import in_words
from handlers.content.quality import Policy

MISSING = "Falta: "

NONE_YET = "Aún no hay nada que anotar."

MADE_UP = "Datos ficticios, de demostración."


@dataclass(frozen=True, slots=True)
class Evidenced:
    """A commitment, what proves it now, and what is missing."""

    title: str
    text: str
    proved: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """A list that stands behind the sentences. ``widths``: of its columns, to each other."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """All that the file says. ``made_at`` is local."""

    municipality: str
    policy: Policy
    made_at: datetime
    made_up: bool
    commitments: tuple[Evidenced, ...]
    tables: tuple[EvidenceTable, ...]
    notes: tuple[str, ...]  # how the figures are to be read

    @property
    def about(self) -> tuple[str, ...]:
        """What stands below the title."""
        policy, at = self.policy, self.made_at
        made = f"Hecho el {in_words(at)}, {at:%H:%M}."
        decree = policy.decree or ""
        if decree and policy.decreed_on:
            decree += f", del {in_words(policy.decreed_on)}"
        document = f"Documento código {policy.code}, versión" if policy.code else "Versión"
        edition = f"{document} {policy.version}, del {in_words(policy.dated)}."
        return (
            f"{decree}. {edition}" if decree else edition,
            policy.aim,
            f"{made} {MADE_UP}" if self.made_up else made,
        )
