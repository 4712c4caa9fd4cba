"""Every version of a questionnaire under which somebody was asked: kept, and never changed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from handlers.content import Questionnaire
from handlers.errors import OperatorError
from storage.tables import questionnaire_versions


def save(tx: Connection, questionnaires: Iterable[Questionnaire]) -> None:
    """Keep the versions that are new. Raises OperatorError where a definition has changed
    under its old version: answers given to it would change their meaning."""
    stored = {(known.id, known.version): known for known in everything(tx)}
    new = []
    for questionnaire in questionnaires:
        known = stored.get((questionnaire.id, questionnaire.version))
        if known is None:
            stored[questionnaire.id, questionnaire.version] = questionnaire
            new.append(
                {
                    "id": questionnaire.id,
                    "version": questionnaire.version,
                    "definition": questionnaire.model_dump_json(),
                }
            )
        elif known != questionnaire:
            raise OperatorError(
                f"questionnaires: {known.id}, versión {known.version}, cambió después de usarse; "
                "deje esa como estaba y dé a la nueva el número de versión siguiente"
            )
    if new:
        tx.execute(insert(questionnaire_versions), new)


def everything(tx: Connection) -> list[Questionnaire]:
    """All versions that were ever saved, by id and version."""
    rows = tx.execute(
        select(questionnaire_versions.c.definition).order_by(
            questionnaire_versions.c.id, questionnaire_versions.c.version
        )
    )
    return [Questionnaire.model_validate_json(row.definition) for row in rows]
