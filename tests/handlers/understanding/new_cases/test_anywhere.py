"""From wherever a conversation stands, plain words open a complaint and are its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from handlers.state import Awaits
from handlers.understanding.new_cases.anywhere import complaint_anywhere
from tests.handlers.chat import Chat
from tests.handlers.played import played
from tests.handlers.understanding.situations import SITUATIONS, at, context

TOLD = "me gritó la funcionaria de la ventanilla, ayer a las 10"


def _told(chat: Chat) -> str:
    """The words of the complaint that is being told."""
    filing = chat.state.filing
    assert filing is not None
    assert filing.kind is CaseKind.COMPLAINT
    assert chat.state.prompt is not None
    assert chat.state.prompt.awaits is Awaits.CASE
    return " ".join(filing.words)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_complaint_is_begun_or_gone_on_with_from_everywhere(
    release: Release, situation: str
) -> None:
    stands = at(release, situation)
    for wish in ("RECLAMO, ", "reclamo: ", "no quiero eso, quiero reclamar: ", "es un reclamo, "):
        chat = replace(stands, replies=[*stands.replies], facts=[], last=[])
        chat.says(wish + TOLD)
        assert TOLD in _told(chat), wish
        assert not chat.facts, wish  # nothing is noted or filed before a yes


@pytest.mark.parametrize(
    ("said", "words"),
    [
        # What was told before of the same matter goes with it.
        (
            "me atendieron pésimo en la dirección de obras, la señora me gritó delante de todos"
            "|no quiero poner nota, quiero reclamar contra esa señora",
            ("la señora me gritó", "contra esa señora"),
        ),
        (
            "me atendieron pésimo en la dirección de obras, la señora me gritó"
            "|RECLAMO, la funcionaria de la dirección de obras me trató a gritos, ayer a las 10",
            ("la señora me gritó", "ayer a las 10"),
        ),
        ("calificar|transito|2|tres horas esperando|pon un reclamo por eso", ("tres horas",)),
        # Another matter goes alone.
        (
            "persona|es un reclamo, quiero saber el precio de la patente y no me lo dicen",
            ("el precio de la patente",),
        ),
        ("calificar|transito|7|lindo|un reclamo nuevo, para el árbol de la vecina", ("árbol",)),
        ("calificar|aseo|no pongo nota, le dije que quiero reclamar, no hay luz", ("luz",)),
        ("donde saco la licencia|no, ponga un reclamo porque nadie contesta", ("nadie",)),
        ("calificar|salud|reclamo por la espera, tres horas", ("la espera",)),
    ],
)  # fmt: skip
def test_what_was_told_before_goes_with_it(
    release: Release, said: str, words: tuple[str, ...]
) -> None:
    chat = played(release, *said.split("|"))
    told = _told(chat)
    assert all(one in told for one in words), told


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("donde saco la licencia de conducir|sí, no me sirvió. pon un reclamo", "no"),
        ("calificar|transito|un 2, y quiero reclamar por la espera", "2"),
    ],
)
def test_what_is_open_is_answered_by_what_stands_before(
    release: Release, said: str, value: str
) -> None:
    chat = played(release, *said.split("|"))
    assert [given.value for given in chat.recorded(AnswerGiven)] == [value]
    assert chat.state.filing is not None
    assert not chat.recorded(CaseOpened)


@pytest.mark.parametrize("situation", ["new", "grade", "comment", "rated", "card", "case", "filed"])
@pytest.mark.parametrize(
    "text",
    [
        *("no es un reclamo, es una duda", "no quiero reclamar", "la espera es mi reclamo"),
        *("mi reclamo por la vereda", "ya puse un reclamo por la basura", "¿pongo un reclamo?"),
        *("me quedó un reclamo pendiente", "hice un reclamo por la luz", "tenía puros reclamos"),
        *("retire mi reclamo", "en qué quedó el reclamo", "dónde dejo un reclamo por la basura?"),
    ],
)
def test_what_only_names_a_complaint_is_no_wish_for_one(
    release: Release, situation: str, text: str
) -> None:
    assert complaint_anywhere(context(at(release, situation), text)) is None


_FILED = (
    "reclamo, no hay luz en la calle los lirios 120 desde ayer, que la arreglen",
    "sí",
    "listo",
)


@pytest.mark.parametrize("before", [(), _FILED])
@pytest.mark.parametrize(
    "said",
    [
        "reclamo, dejaron la basura tirada ayer en pasaje el sol 12, que la retiren",
        "reclamo, que retiren los escombros de calle colo colo 200 que dejaron ayer",
        "reclamo que retiren el auto abandonado de calle brasil 20",
        "reclamo, hay un hoyo en la calle brasil 120 desde ayer, que lo tapen",
        "reclamo, me cobraron una multa que no es mía, que la anulen",
        "reclamo, el camión botó un árbol en mi calle, sáquenlo por favor",
        "un reclamo: quiero que retiren el kiosco de la esquina de mi casa",
        "reclamo, cortaron el árbol de mi vereda en prat 123 ayer, que lo repongan",
        "plent, yo kite fatra nan lari mwen an, retire l",
    ],
)
def test_what_is_to_be_taken_away_is_told_of_a_new_complaint(
    release: Release, before: tuple[str, ...], said: str
) -> None:
    assert said in _told(played(release, *before, said))


@pytest.mark.parametrize(
    "said",
    [
        "que retiren el reclamo",
        "reclamo, que lo retiren",
        "reclamo, ya no va, retírenlo",
        "que se retire el reclamo por favor, yo no dije eso",
        "retire mi reclamo, ya lo arreglaron",
    ],
)
def test_a_complaint_itself_is_taken_back(release: Release, said: str) -> None:
    chat = played(release, *_FILED, said)
    assert "withdraw" in {option.key.partition(":")[0] for option in chat.reply.options}


@pytest.mark.parametrize(
    ("said", "useful"),
    [
        ("ya po, reclamo, ya llamé al 1457 y no vienen nunca", ()),
        ("si, quiero reclamar", ()),
        ("sí me sirvió, pero reclamo por la fila", ("yes",)),
        ("no, reclamo", ("no",)),
    ],
)
def test_a_yes_that_begins_a_complaint_judges_no_card(
    release: Release, said: str, useful: tuple[str, ...]
) -> None:
    chat = played(release, "permiso de circulación", said)
    assert tuple(fact.value for fact in chat.recorded(AnswerGiven)) == useful
    assert chat.state.filing is not None
