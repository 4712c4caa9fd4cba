"""Areas of a made-up municipality, for digests."""

from __future__ import annotations

from datetime import date

from handlers.content.model import (
    Area,
    Choice,
    CommentTopic,
    Content,
    Question,
    QuestionKind,
    Questionnaire,
)
from tests.packaged import packaged

NAMES = packaged().lexicon.names
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
