"""What is taken for a correction of a rating, and what is left to others."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddToComment, ReviseWords
from handlers.understanding.intents.rating import (
    ChangeGrade,
    CorrectArea,
    CorrectGrade,
    KeepGrade,
    ProposeCorrection,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.recognisers import Recogniser
from handlers.understanding.said_before import two_changes
from handlers.understanding.said_before.corrections import on_record, possible, ratings
from tests.handlers.understanding.phrases import (
    Phrases,
    cases,
    one_sided,
    recognisers_of,
    taken,
)
from tests.handlers.understanding.situations import at, context

PHRASES: Phrases = {
    on_record.affirmation: [
        ("comment", "sí, un 7, está bien", KeepGrade("transito")),
        ("comment", "tal cual, gracias", KeepGrade("transito")),
        ("comment", "yes that's right", KeepGrade("transito")),
        ("comment", "sí, pero esperé mucho", None),
        ("comment", "sí me atendieron bien", None),
        ("comment", "sí, un 5", None),
        ("card", "sí", None),
    ],
    two_changes.grade_and_words: [
        ("rated", "bájela a 4 y borre el comentario", ReviseWords(grade=4)),
        ("rated", "póngale un 3 y agregue que esperé", AddToComment("esperé", grade=3)),
        ("rated", "borre el comentario", None),
        ("rated", "bájela a 4", None),
    ],
    ratings.correction: [
        ("rated", "mi marido dice q le ponga un 3 pero yo digo q 7 está bien", None),
        ("comment", "perdón, era un 3", CorrectGrade(3)),
        ("comment", "me equivoqué", ChangeGrade("transito")),
        ("reason", "no, cámbiele a 7", CorrectGrade(7)),
        ("comment", "no era tránsito, era salud", CorrectArea("salud")),
        ("grade", "no era tránsito, era salud", CorrectArea("salud")),
        ("rated", "me equivoqué de nota", ChangeGrade("transito")),
        ("rated", "borra la nota", Act.UNDO_RATING),
        ("comment", "anúlela no más, estaba enojada", Act.UNDO_RATING),
        ("comment", "saquen mi calificación por favor", Act.UNDO_RATING),
        ("comment", "que quede sin efecto", Act.UNDO_RATING),
        ("comment", "sáquela, no quiero", Act.UNDO_RATING),
        ("comment", "delete my rating please", Act.UNDO_RATING),
        ("comment", "que saquen la basura de la entrada", None),
        ("comment", "me equivoqué de área, era el cesfam", CorrectArea("salud")),
        ("comment", "pucha le puse muy poco", ChangeGrade("transito")),
        ("comment", "esa nota quedó mala", ChangeGrade("transito")),
        (
            "comment",
            "el 7 es para salud no para los de tránsito",
            ProposeCorrection(7, "el 7 es para salud no para los de tránsito", "salud"),
        ),
        ("grade", "me equivoqué", None),  # nothing is graded yet
        ("menu", "me equivoqué", None),
        ("comment", "se equivocaron en el monto", None),
        ("comment", "menu", None),
    ],
}


@pytest.mark.parametrize(("recognise", "situation", "text", "meant"), cases(PHRASES))
def test_a_recogniser_takes_its_phrases_only(
    release: Release, recognise: Recogniser, situation: str, text: str, meant: Intent | None
) -> None:
    assert taken(release, recognise, situation, text) == meant


def test_every_recogniser_has_phrases_that_it_takes_and_others() -> None:
    assert set(PHRASES) == recognisers_of(on_record, ratings, two_changes)
    assert not one_sided(PHRASES)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("quería poner 7, pero la guardia fue pesada", 7),
    ],
)
def test_a_correction_that_is_hardly_meant_is_asked_first(
    release: Release, text: str, grade: int
) -> None:
    meant = ratings.correction(context(at(release, "reason"), text))
    assert meant == ProposeCorrection(grade, text)


@pytest.mark.parametrize(
    "text",
    [
        "No toque la nota, solo quiero agregar que el baño 1 estaba cerrado",
        "fui el lunes",
    ],
)
def test_a_comment_that_leaves_the_grade_is_no_correction(release: Release, text: str) -> None:
    said = context(at(release, "reason"), text)
    assert ratings.correction(said) is None
    assert possible.possible_correction(said) is None
