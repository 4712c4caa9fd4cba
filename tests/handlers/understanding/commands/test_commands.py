"""What is said with certainty: options, commands, codes and quoted cases."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseKind
from handlers.facts.own_data import Right
from handlers.facts.responses import Subject
from handlers.release import Release
from handlers.state import Quoted, Staff
from handlers.understanding.commands import commands, confirmations, named_cases
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import NotEnded
from handlers.understanding.intents.cases import AddToCase, FileCase, ReopenCase
from handlers.understanding.intents.information import LookUp, ShowCard, Speak, UsefulAnswer
from handlers.understanding.intents.own_data import AskRight
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import ChangeGrade, KeepGrade, Rate
from handlers.understanding.intents.staff import AnswerCase
from handlers.understanding.intents.union import Intent
from handlers.understanding.options import meaning_of
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context

CASE = "LS-2026-000001"


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("menu", "Tengo una pregunta", Act.INVITE_QUESTION),
        ("grade", "cancelar", Act.CANCEL),
        ("card", "sí", UsefulAnswer("yes")),
        ("card", "nop", UsefulAnswer("no")),
        ("erasing", "sí", Act.ERASE),
        ("erasing", "no", Act.KEEP_DATA),
        ("suggested", "ninguna", Act.REJECT_SUGGESTIONS),
        ("menu", "sí", None),
        ("menu", "otra cosa", None),
        ("new", "menu", None),
    ],
)
def test_a_typed_option_means_the_same_as_a_pressed_one(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert confirmations.typed_option(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("menu", "MENÚ", Act.SHOW_MENU),
        ("menu", "ayuda", Act.SHOW_HELP),
        ("menu", "¿me puede ayudar?", Act.SHOW_HELP),
        ("menu", "nota", Act.START_RATING),
        ("menu", "areas", Act.LIST_AREAS),
        ("menu", "persona", AskForPerson()),
        ("menu", "reclamo", Act.COMPLAIN),
        ("menu", "responder", ReopenCase()),
        ("menu", "cuestionario", Act.LIST_QUESTIONNAIRES),
        ("menu", "english", Speak("en")),
        ("menu", "spanish", Speak("es-CL")),
        ("menu", "português", Act.LIST_LANGUAGES),
        ("menu", "quero falar com uma pessoa", AskForPerson()),
        ("menu", "bom dia", Act.GREET),
        ("menu", "hola", Act.GREET),
        ("menu", "datos", Act.EXPLAIN_DATA),
        ("menu", "ver", AskRight(Right.ACCESS)),
        ("menu", "borrar", AskRight(Right.ERASE)),
        ("menu", "cambiar", ChangeGrade("")),
        ("menu", "seguir", Act.RESUME),
        ("menu", "volver", Act.GO_BACK),
        ("menu", "saltar", Act.SKIP),
        ("menu", "gracias", Act.THANK),
        ("rated", "gracias", Act.FINISH),
        ("reason", "gracias", None),  # it leaves the question
        ("grade", "aún no termina", NotEnded()),
        ("menu", "aún no termina", None),
        ("menu", "sí", None),
        ("menu", "permiso de circulación", None),
    ],
)
def test_a_command_means_what_it_can_mean_where_it_is_written(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert commands.command(context(at(release, situation), text)) == meant


def test_every_command_of_the_wording_means_something_somewhere(release: Release) -> None:
    contexts = [context(at(release, name), "") for name in ("menu", "grade", "card", "rated")]
    wording = release.wording("es-CL")
    meant = {
        command
        for command in set(wording.commands.values())
        if command in commands.COMMANDS or any(meaning_of(one, command) for one in contexts)
    }
    assert set(wording.commands.values()) - meant == {
        "thanks",
        "measures",
        "week",
        "cases",
    }  # of staff
    assert {key for key in wording.contract if key.startswith("heard-")} == {
        f"heard-{command}" for command in wording.commands.values()
    }


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/menu", Act.SHOW_MENU),
        ("/menu@opina_bot", Act.SHOW_MENU),
        ("/inventado", Act.USE_UNKNOWN_COMMAND),
        ("/si", Act.USE_UNKNOWN_COMMAND),
        ("/START j87fhe", Rate(Subject("transito", "", "J87fHE"), "desk")),
        ("/start", Act.SHOW_MENU),
        ("/reclamo la basura no pasa", FileCase("la basura no pasa", "aseo")),
        ("dos/tres", None),
        ("/ menu", None),
    ],
)
def test_a_slash_command_means_what_its_word_means(
    release: Release, text: str, meant: Intent | None
) -> None:
    assert commands.slash_command(context(at(release, "menu"), text)) == meant


def test_a_slash_command_with_a_question_looks_it_up(release: Release) -> None:
    intent = commands.slash_command(context(at(release, "menu"), "/consulta licencia de conducir"))
    assert isinstance(intent, LookUp)
    assert intent.query == "licencia de conducir"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("código J87fHE", True),
        ("mi codigo j87fhe", True),
        ("J87fHE", True),
        ("voy con J87fHE mañana temprano", False),
        ("código ZZZZ99", False),
    ],
)
def test_a_desks_code_is_found_among_words(release: Release, text: str, found: bool) -> None:
    intent = commands.desk_code(context(at(release, "menu"), text))
    assert (intent is not None) is found
    if isinstance(intent, Rate):
        assert (intent.subject.desk, intent.origin) == ("J87fHE", "desk")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reclamo: la basura no pasa", "la basura no pasa"),
        (" RECLAMO - se llueve la sede", "se llueve la sede"),
        ("complaint: the noise at night", "the noise at night"),
        ("reclamo", None),
        ("reclamo: no", None),
        ("mi reclamo: la basura no pasa", None),
    ],
)
def test_a_complaint_with_its_words(release: Release, text: str, words: str | None) -> None:
    intent = commands.complaint_with_words(context(at(release, "menu"), text))
    assert (intent.words if isinstance(intent, FileCase) else None) == words


def test_words_that_quote_a_case(known: Chat) -> None:
    quoted, staff = Quoted(3, CASE), Staff(1, "Ana")
    assert named_cases.quoted_case(context(known, "ya fueron", quoted=quoted)) is None  # not theirs
    known.says("persona")
    assert [(case.number, case.kind) for case in known.state.cases] == [(CASE, CaseKind.PERSON)]
    assert named_cases.quoted_case(context(known, "ya fueron", quoted=quoted)) == AddToCase(
        CASE, "ya fueron"
    )
    assert named_cases.quoted_case(context(known, "menu", quoted=quoted)) is None
    assert named_cases.quoted_case(context(known, "ya fueron")) is None
    told = context(known, " Vamos mañana ", quoted=quoted, staff=staff)
    assert named_cases.quoted_case(told) == AnswerCase(CASE, "Vamos mañana")


@pytest.mark.parametrize(
    ("situation", "key", "meant"),
    [
        ("menu", "card:permiso-circulacion", ShowCard("permiso-circulacion")),
        ("menu", "rate:transito", Rate(Subject(area="transito"), "menu")),
        ("menu", "keep:transito", KeepGrade("transito")),
        ("menu", "case:LS-1", ReopenCase("LS-1")),
        ("menu", "offer:transito", Rate(Subject(area="transito"), "lookup")),
        ("menu", "g:5", None),
        ("menu", "inventado", None),
        ("rated", "not-comment", LookUp),
        ("menu", "not-comment", Act.INVITE_QUESTION),
    ],
)
def test_an_options_key_means_what_it_can_mean_where_it_is_pressed(
    release: Release, situation: str, key: str, meant: object
) -> None:
    intent = meaning_of(context(at(release, situation), ""), key)
    assert isinstance(intent, meant) if isinstance(meant, type) else intent == meant
