"""Areas of a made-up municipality, and the digest of one week of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from handlers.content.model import Area, CommentTopic, Content
from handlers.content.questionnaires.definition import Choice, Question, QuestionKind, Questionnaire
from handlers.quality.digest import build_digest
from handlers.quality.figures import AreaDigest, AreaWeek, Digest, Grades, WeekFigures
from handlers.quality.weeks import IsoWeek
from tests.packaged import packaged

NAMES = packaged().lexicon.names
WEEK = IsoWeek(2026, 47)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
REASONS = ("espera", "trato", "costo")


def content(*areas: Area) -> Content:
    reason = Question(
        id="reason",
        kind=QuestionKind.CHOICE,
        text={"es-CL": "¿Qué influyó?"},
        choices=tuple(Choice(id=r, text={"es-CL": r.capitalize()}) for r in REASONS),
    )
    form = Questionnaire(
        id="atencion", version=1, title={"es-CL": "Atención"}, about="area", questions=(reason,)
    )
    return Content(
        municipality="Municipalidad de La Serena",
        short_name="La Serena",
        areas=areas or (area("transito", "Tránsito"),),
        services=(),
        desks=(),
        institutions=(),
        meanings=(),
        emergencies=(),
        comment_topics=(
            CommentTopic(id="espera", name="la espera", phrases=("fila", "esper*")),
            CommentTopic(id="trato", name="el trato", phrases=("amable*",)),
        ),
        questionnaires=(form,),
    )


def area(id_: str, short_name: str, *, sensitive: bool = False) -> Area:
    return Area(
        id=id_,
        name=short_name,
        short_name=short_name,
        description="…",
        sensitive=sensitive,
        confirmed_on=date(2026, 11, 1),
    )


def grades(top: int, five: int = 0, bottom: int = 0) -> Grades:
    """``top`` sevens, ``five`` fives, ``bottom`` ones."""
    return (bottom, 0, 0, 0, five, 0, top)


def digest_of(*areas: AreaWeek, **others: Any) -> Digest:
    """The digest of these areas; the content has one area for each, and nothing else."""
    known = content(*(area(entry.area, entry.area.capitalize()) for entry in areas))
    return build_digest(WeekFigures(WEEK, areas, **others), known, NAMES, NOW)


def only(digest: Digest) -> AreaDigest:
    assert len(digest.areas) == 1
    return digest.areas[0]
