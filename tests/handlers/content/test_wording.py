"""Sentences: what others wrote stands in them without acting on what stands round it."""

from __future__ import annotations

import pytest

from handlers.content.wording import parse
from handlers.errors import ContentError
from handlers.release import Release

ROUND = "\u202e\u2066\u200f"


def test_no_word_of_a_citizen_turns_a_sentence_round(release: Release) -> None:
    for wording in release.wordings.values():
        notice = wording.say(
            "case-notice", number="LS-1", kind="reclamo", area="Aseo", words=f"mal {ROUND}olor"
        )
        assert "mal olor" in notice
        assert not set(ROUND) & set(notice)
        mine = wording.say("my-data-comment", area="Aseo", words=f"mal {ROUND}olor")
        assert not set(ROUND) & set(mine)


def test_a_file_may_choose_by_number_as_its_language_does() -> None:
    contract = "label-yes = Sí\nwaiting = { $count }\n"
    source = (
        "label-yes = Sí\n"
        "waiting = { $count ->\n    [one] Una persona\n   *[other] { $count } personas\n}\n"
    )
    wording = parse("es-CL", source, contract, "own.ftl")
    assert wording.say("waiting", count=1) == "Una persona"
    assert wording.say("waiting", count=1200) == "1.200 personas"
    with pytest.raises(KeyError):
        wording.say("unknown", count=1)


def test_a_file_without_choices_may_hold_a_number() -> None:
    contract = "label-yes = Sí\nwaiting = Quedan { $count } de { 1200 }\n"
    wording = parse("es-CL", contract, contract, "own.ftl")
    assert wording.say("waiting", count=7, area="Aseo") == "Quedan 7 de 1.200"
    assert wording.say("label-yes", count=7) == "Sí"
    with pytest.raises(KeyError):
        wording.say("unknown", count=1)


def test_what_an_own_file_lacks_is_said_as_it_comes_packaged() -> None:
    contract = "label-yes = Sí\nwaiting = Espere { $count }\nnew = Nueva { $area }\n"
    wording = parse(
        "es-CL", "label-yes = Ya\nwaiting = Aguarde { $count }\n", contract, "own.ftl", contract
    )
    assert wording.say("waiting", count=3) == "Aguarde 3"
    assert wording.say("new", area="Aseo") == "Nueva Aseo"
    assert wording.label("yes") == "Ya"
    assert wording.from_packaged == ("new",)


def test_what_no_file_has_is_missing_and_a_mistyped_name_is_told() -> None:
    contract = "label-yes = Sí\nwaiting = Espere { $count }\n"
    with pytest.raises(ContentError, match="waiting: falta esta oración"):
        parse("arn", "label-yes = May\n", contract, "own.ftl")
    with pytest.raises(
        ContentError, match=r"waitin: esa oración no existe; ¿quiso decir waiting\?"
    ):
        parse("es-CL", "label-yes = Ya\nwaitin = Aguarde\n", contract, "own.ftl", contract)
    with pytest.raises(ContentError, match="no tiene ninguna de las oraciones"):
        parse("es-CL", "otra = Cosa\n", contract, "own.ftl", contract)
