"""The content of the accreditation file: commitments, evidence, gaps and tables."""

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
    """A commitment with its current evidence and what is missing."""

    title: str
    text: str
    proved: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """A table behind the sentences. ``widths``: relative widths of its columns."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """The whole file. ``made_at`` is in local time."""

    municipality: str
    policy: Policy
    made_at: datetime
    made_up: bool
    commitments: tuple[Evidenced, ...]
    tables: tuple[EvidenceTable, ...]
    notes: tuple[str, ...]  # how to read the figures

    @property
    def about(self) -> tuple[str, ...]:
        """The lines below the title."""
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
