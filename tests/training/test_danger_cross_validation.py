"""How well danger is heard that was not taught: on phrases that the model has not seen."""

from __future__ import annotations

from dataclasses import replace

from handlers.listening.linear import LinearModel
from handlers.listening.listener import DANGER, Listener
from handlers.rehearsing.dangers import (
    NO_DANGER,
    DangerFigures,
    Handling,
    LabelledMessage,
    play,
    rows,
)
from handlers.release import Release
from training.acts import ORDINARY, Phrase, train
from training.danger_cross_validation import labelled, outcomes_unseen, table

FIRES = ["arde la bodega", "arde el techo", "arde mi pieza", "arde la cocina", "arde un auto"]
OTHERS = ["quiero pagar", "quiero pagar la patente", "dónde pago la basura", "pago de aseo"]
PHRASES: list[Phrase] = [
    *((text, ("distress_fire", DANGER, "lang_es")) for text in FIRES),
    *((text, ("asks", "lang_es")) for text in OTHERS),
    ("hay un cable suelto", ("hazard", DANGER, "lang_en")),
    ("cuánto vale una patente", (ORDINARY,)),
]


def test_dangers_are_labelled_by_kind_and_ordinary_texts_as_none() -> None:
    found = labelled(PHRASES)
    assert [one.text for one in found[:5]] == FIRES
    assert found[5:] == [
        LabelledMessage("en", "hazard", "hay un cable suelto"),
        LabelledMessage("taught", NO_DANGER, "cuánto vale una patente"),
    ]


def test_every_phrase_is_played_once_to_a_model_without_it(release: Release) -> None:
    outcomes = outcomes_unseen(PHRASES, release, folds=2)
    assert sorted(one.message.text for one in outcomes) == sorted(
        one.text for one in labelled(PHRASES)
    )


def test_what_is_heard_is_counted_by_language_and_kind(release: Release) -> None:
    heard = replace(release, listener=Listener(LinearModel(train(PHRASES)), release.lexicon.breaks))
    messages = [
        LabelledMessage("es", "distress_fire", "se quema mi casa"),
        LabelledMessage("es", "distress_medical", "se quema mi casa"),
        LabelledMessage("es", "distress_fire", "buenas tardes"),
        LabelledMessage("es", NO_DANGER, "dónde pago la patente"),
    ]
    outcomes = play(messages, heard)
    assert [one.taken for one in outcomes] == [
        *(Handling.ALARMED, Handling.ALARMED, Handling.PASSED, Handling.PASSED)
    ]
    assert rows(outcomes)[:2] == [
        DangerFigures("es", "persons", messages=3, alarmed=2, asked=0, same_kind=1),
        DangerFigures("es", "distress_fire", messages=2, alarmed=1, asked=0, same_kind=1),
    ]
    assert "0.667" in table(rows(outcomes))[1]
