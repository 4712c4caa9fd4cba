"""Gathers the evidence of each commitment of the quality policy, or what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.jobs.quality.evidence import sheets
from bot.jobs.quality.evidence.proofs import proof
from bot.jobs.quality.evidence.records import Records, load_records
from bot.jobs.quality.indicators import Indicators, load_indicators
from bot.reports.quality import assessment_words
from bot.reports.quality.evidence.evidence_file import Evidenced, EvidenceFile
from bot.reports.words import digest_words
from handlers.content.model import Content
from handlers.content.quality import Commitment
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring


async def load_evidence(
    database: Database,
    keyring: Keyring,
    release: Release,
    now: datetime,
    advance: Callable[[], None] = lambda: None,
) -> EvidenceFile | None:
    """Each commitment with its evidence or what is missing; None: the content has no policy."""
    content = release.content
    if content.policy is None:
        return None
    found = await load_indicators(database, release)
    records = await load_records(database, keyring, release, now)
    commitments = []
    for commitment in content.policy.commitments:
        commitments.append(_evidenced(commitment, content, found, records))
        advance()
    return EvidenceFile(
        municipality=content.municipality,
        policy=content.policy,
        made_at=now.astimezone(content.zone),
        made_up=found.digest is not None and found.digest.made_up,
        commitments=tuple(commitments),
        tables=(
            sheets.figures(found),
            assessment_words.table(records.assessed, records.answered, release),
            sheets.measures(records, release),
            sheets.runs(records),
            sheets.digests(records),
            sheets.readings(found, release),
            sheets.staff_answers(records, release),
        ),
        notes=digest_words.notes(found.digest) if found.digest else (),
    )


def _evidenced(
    commitment: Commitment, content: Content, found: Indicators, records: Records
) -> Evidenced:
    proofs = [proof(kind, content, found, records) for kind in commitment.evidence]
    missing = [proof.text for proof in proofs if proof.is_missing]
    if commitment.gap is not None:
        missing.append(commitment.gap)
    proved = tuple(proof.text for proof in proofs if not proof.is_missing)
    return Evidenced(commitment.title, commitment.text, proved, tuple(missing))
