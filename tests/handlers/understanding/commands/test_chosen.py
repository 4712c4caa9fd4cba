"""One reading of every question that asks a yes or lists options: words around the choice."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from handlers.messages import Option
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.state import Awaits, Known, Prompt
from handlers.turn import named_option
from handlers.understanding.commands.chosen import key_chosen, without_rejected
from handlers.understanding.context import Context
from handlers.understanding.numbers import number_of_list
from handlers.understanding.options import meaning_of
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import incoming

WITHDRAW, ERASE = ("withdraw", "keep-case"), ("erase", "not-erase")
SHOW, SEND = ("access-yes", "not-right"), ("port-yes", "not-right")
FILE = ("file", "case-area", "not-file")
UNDO, WORDS = ("undo", "keep-rating"), ("replace-words", "join-words")
LISTED = {
    "card:permiso-circulacion": "Permiso de circulación",
    "card:convenio-pago": "Convenio de pago",
    "card:licencia-renovacion": "Renovar licencia",
}


def _asked(release: Release, options: list[Option], said: str, *, numbered: int = 0) -> Context:
    """What is read of the words where these options are open."""
    chat = Chat(release)
    telling = any(option.key == "file" for option in options)
    awaits = Awaits.CASE if telling else Awaits.OPTION
    prompt = Prompt(1, chat.now, awaits, tuple(options), numbered)
    state = replace(chat.state, prompt=prompt)
    return Context(incoming(chat, said), state, Known(new_id=1), release, chat.now)


def _listed(release: Release, said: str) -> Context:
    options = [named_option(key, label) for key, label in LISTED.items()]
    none = release.wording(DEFAULT_LANGUAGE).options["none"]
    return _asked(release, [*options, none], said, numbered=4)


@pytest.mark.parametrize(
    ("options", "said", "key"),
    [
        (FILE, "sí ahora sí", "file"),
        (FILE, "ya, ingrese eso po", "file"),
        (FILE, "sí, pero es en la otra cuadra", ""),
        (FILE, "no lo ingrese todavía", "not-file"),
        (FILE, "no más", ""),
        (FILE, "y que lo ingresen los de obras", ""),
        (WITHDRAW, "sí retírelo", "withdraw"),
        (WITHDRAW, "sí, quiero retirarlo", "withdraw"),
        (WITHDRAW, "retírelo nomás", "withdraw"),
        (WITHDRAW, "no no lo retire", "keep-case"),
        (WITHDRAW, "no, déjelo ingresado", "keep-case"),
        (WITHDRAW, "mejor déjelo", "keep-case"),
        (WITHDRAW, "ah no mejor no", "keep-case"),
        (WITHDRAW, "sí, no", ""),
        (WITHDRAW, "¿y si lo retiro después?", ""),
        (WITHDRAW, "ya gracias", ""),
        (ERASE, "sí bórrelo todo", "erase"),
        (ERASE, "ya borre", "erase"),
        (ERASE, "no borre nada", "not-erase"),
        (ERASE, "sí, y mi reclamo", ""),
        (ERASE, "yes erase it", ""),  # another language than the question's
        (SHOW, "muéstrelos nomás", "access-yes"),
        (SHOW, "no me los muestre", "not-right"),
        (SEND, "ya entréguelos", "port-yes"),
        (UNDO, "sí bórrela por favor", "undo"),
        (UNDO, "no la borre", "keep-rating"),
        (WORDS, "cámbielo", "replace-words"),
        (WORDS, "súmelo mejor", "join-words"),
    ],
)
def test_yes_and_no_are_heard_in_words_around_them(
    release: Release, options: tuple[str, ...], said: str, key: str
) -> None:
    wording = release.wording(DEFAULT_LANGUAGE).options
    assert key_chosen(_asked(release, [wording[name] for name in options], said)) == key


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("la primera", "card:permiso-circulacion"),
        ("el segundo po", "card:convenio-pago"),
        ("la última", "card:licencia-renovacion"),
        ("la de abajo", "card:licencia-renovacion"),
        ("la primera vez que fui", ""),
        ("la quinta", ""),
    ],
)
def test_a_place_chooses_from_a_list(release: Release, said: str, key: str) -> None:
    read = _listed(release, said)
    assert number_of_list(read) == (meaning_of(read, key) if key else None)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("el de circulación", "card:permiso-circulacion"),
        ("la del convenio", "card:convenio-pago"),
        ("la opción de renovar la licencia", "card:licencia-renovacion"),
        ("la licencia de mi papá", ""),
        ("ninguna de esas", "none"),
        ("no, ninguna sirve", "none"),
    ],
)
def test_a_name_chooses_from_a_list(release: Release, said: str, key: str) -> None:
    assert key_chosen(_listed(release, said)) == key


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("ninguna sirve, mejor una persona", "mejor una persona"),
        ("no, ninguna, quiero poda de árboles", "quiero poda de árboles"),
        ("ninguna", "ninguna"),
        ("ninguna persona atiende, es una vergüenza", "ninguna persona atiende, es una vergüenza"),
    ],
)
def test_what_is_wished_for_instead_of_a_list_is_read_alone(
    release: Release, said: str, left: str
) -> None:
    assert without_rejected(_listed(release, said)).text == left
