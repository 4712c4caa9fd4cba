"""Who comes back about the only case, or asks beside it: that case is meant, whatever the words."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

WASTE = "no pasó el camión de la basura en mi calle, Los Aromos 123, el martes, quiero que pasen"
NOISE = "mi vecina pone la musica fuerte todas las noches en Gandarillas 540, que fiscalicen"
ASKED, ASKED_IN_ENGLISH = "¿Retiro su solicitud LS-2026-000001?", "Shall I withdraw"


def _filed(release: Release, words: str, days: int = 0) -> Chat:
    chat = Chat(release)
    chat.complains(words)
    chat.says("LISTO")
    chat.waits(days=days)
    return chat


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("holi, el camion paso ayer al fin, retire el reclamo porfa", True),
        ("ya vino el camión hoy, pueden retirar mi reclamo", True),
        ("retire mi solicitud", True),
        ("ya no es necesario que me respondan", True),
        ("no es necesario q me contesten, ya pregunté en otro lado", True),
        ("hola, ya no hace falta, gracias", True),
        ("forget about it, they came yesterday", True),
        ("retire el reclamo de los perros", False),
        ("ya no es necesario el certificado de residencia?", False),
        ("no me respondan mal", False),
    ],
)
def test_taking_back_means_the_only_case(release: Release, text: str, *, asks: bool) -> None:
    reply = _filed(release, WASTE, days=4).says(text)
    assert (ASKED in reply or ASKED_IN_ENGLISH in reply) is asks


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("gracias. y si la vecina se entera que fui yo?", "No pedimos su nombre"),
        ("se va a enterar mi vecina?", "No pedimos su nombre"),
        ("¿va a saber mi vecina que fui yo?", "No pedimos su nombre"),
        ("le van a decir a mi vecina que reclamé?", "No pedimos su nombre"),
        ("mi pregunta es si el reclamo es anónimo", "Lo lee la persona"),
        ("muchas gracias, y cuánto se demoran?", "Plazo: 15 de diciembre"),
    ],
)
def test_a_question_right_behind_it_is_answered(release: Release, text: str, answer: str) -> None:
    chat = Chat(release)
    chat.complains(NOISE)
    assert answer in chat.says(text)
    assert len(chat.recorded(CaseOpened)) == 1
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no, dejela mejor, el parche quedo malo", "el parche quedo malo"),
        ("no, déjelo, todavía falta una parte", "todavía falta una parte"),
        ("no, déjela así", ""),
        ("no, gracias", ""),
    ],
)
def test_what_is_told_with_a_no_may_be_added(release: Release, text: str, told: str) -> None:
    chat = _filed(release, "hay un hoyo en Balmaceda 200, quiero que lo tapen", days=3)
    assert ASKED in chat.says("ya arreglaron el hoyo")
    assert ("¿Lo agrego a" in chat.says(text)) is bool(told)
    if told:
        chat.says("sí")
    assert [fact.text for fact in chat.recorded(CaseExtended)] == ([told] if told else [])


def test_the_case_of_a_person_is_known_by_what_was_told_them(release: Release) -> None:
    chat = Chat(release)
    for text in ("persona", "es por mi patente comercial que no me la dan hace 2 meses"):
        chat.says(text)
    chat.waits(days=12)
    assert "está en espera" in chat.says("buenas, sigo esperando por lo de la patente")
    assert "está en espera" in chat.says("es el LS-2026-000001")
    assert "Escriba el número" not in chat.reply.text
