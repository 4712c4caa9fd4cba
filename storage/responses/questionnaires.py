"""Every version of a questionnaire ever asked; none is ever changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from handlers.content.questionnaires.definition import Questionnaire
from handlers.errors import OperatorError
from storage.engine.statements import Change
from storage.tables.responses import questionnaire_versions

_ADD = Change(
    "id str, version int, definition str",
    "INSERT INTO questionnaire_versions (id, version, definition) "
    "SELECT :id, :version, :definition {from} WHERE true ON CONFLICT (id, version) DO NOTHING",
)


def save(tx: Connection, questionnaires: Sequence[Questionnaire]) -> None:
    """Store the new versions.

    Raises OperatorError if a definition changed without a new version: stored answers to it would
    change their meaning.
    """
    stored = _by_version(tx)
    new = [asked for asked in questionnaires if (asked.id, asked.version) not in stored]
    _ADD.run(tx, sorted((asked.id, asked.version, asked.model_dump_json()) for asked in new))
    if new:  # another process may be starting at the same time
        stored = _by_version(tx)
    for asked in questionnaires:
        if stored[asked.id, asked.version] != asked:
            raise OperatorError(
                f"questionnaires: {asked.id}, versión {asked.version}, cambió después de usarse; "
                "deje esa como estaba y dé a la nueva el número de versión siguiente"
            )


def all_questionnaires(tx: Connection) -> list[Questionnaire]:
    """All stored versions, by id and version."""
    rows = tx.execute(
        select(questionnaire_versions.c.definition).order_by(
            questionnaire_versions.c.id, questionnaire_versions.c.version
        )
    )
    return [Questionnaire.model_validate_json(row.definition) for row in rows]


def _by_version(tx: Connection) -> dict[tuple[str, int], Questionnaire]:
    return {
        (questionnaire.id, questionnaire.version): questionnaire
        for questionnaire in all_questionnaires(tx)
    }
