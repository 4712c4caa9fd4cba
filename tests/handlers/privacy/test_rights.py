"""DATOS, VER and BORRAR: what is kept is told, shown and erased from the chat itself."""

from __future__ import annotations

import pytest

from bot.config import Municipality
from bot.content.release import load_release
from handlers.facts import DataErased
from tests.handlers.chat import Chat


def with_data(chat: Chat) -> None:
    chat.says("nota")
    chat.says("deportes")
    chat.says("6")
    chat.says("muy limpio el gimnasio")
    chat.says("listo")
    chat.complains("no pasa el camión de la basura")
    chat.says("listo")


def test_datos_tells_purpose_recipients_how_long_and_rights(known: Chat) -> None:
    text = known.says("DATOS")
    for part in ("Para qué:", "Quién lo ve:", "12 meses", "Telegram", "Meta", "VER", "BORRAR"):
        assert part in text
    assert known.labels == ["Ver mis datos", "Menú"]


def test_datos_names_the_municipalitys_contact_where_it_is_known() -> None:
    release = load_release(municipality=Municipality(phone="600 000 0000"))
    assert "Contacto de la Municipalidad: 600 000 0000" in Chat(release).says("datos")


def test_datos_at_the_grade_question_comes_back_to_it(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    assert "¿Qué nota le pone" in known.says("datos")
    known.says("6")
    assert known.record() == {"grade": "6"}


@pytest.mark.parametrize("said", ["ver", "ver mis datos", "/ver"])
def test_ver_shows_everything_that_is_kept(known: Chat, said: str) -> None:
    with_data(known)
    text = known.says(said)
    assert "desde el 16 de noviembre de 2026" in text
    assert "Deportes, nota 6 (16 de noviembre de 2026)" in text
    assert "Deportes: «muy limpio el gimnasio»" in text
    assert "LS-2026-000001 (abierta)" in text


def test_ver_with_nothing_kept_says_so(known: Chat) -> None:
    assert "Notas: nada" in known.says("ver")


def test_ver_leaves_the_open_question_open(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    question = known.reply
    known.says("ver")
    known.says("6", quotes=question)
    assert known.record() == {"grade": "6"}


@pytest.mark.parametrize("yes", ["sí", "Sí, borrar", "borrar"])
def test_borrar_asks_once_and_then_erases(known: Chat, yes: str) -> None:
    with_data(known)
    assert "No se puede deshacer. ¿Borro sus datos?" in known.says("BORRAR")
    assert not known.recorded(DataErased)
    text = known.says(yes)
    assert "Listo, 16 de noviembre de 2026: borramos sus comentarios" in text
    assert "Agencia de Protección de Datos Personales" in text
    assert "LS-2026-000001" in text
    assert len(known.recorded(DataErased)) == 1
    assert known.state.rated == ()
    assert known.state.cases == ()


def test_a_closed_case_is_not_kept_open_by_an_erasure(known: Chat) -> None:
    with_data(known)
    known.cases["LS-2026-000001"] = "closed"
    known.says("borrar")
    assert "LS-2026-000001" not in known.says("sí")


@pytest.mark.parametrize("no", ["no", "No borrar", "cancelar", "volver"])
def test_an_erasure_that_is_called_off_erases_nothing(known: Chat, no: str) -> None:
    with_data(known)
    known.says("borrar")
    assert "De acuerdo, no borré nada." in known.says(no)
    assert not known.recorded(DataErased)


def test_something_else_in_between_calls_the_erasure_off(known: Chat) -> None:
    known.says("borrar")
    old = known.reply
    known.says("menu")
    assert "no cambié nada" in known.presses("Sí, borrar", under=old)
    assert "¿Borro sus datos?" in known.says("borrar")
    assert not known.recorded(DataErased)


def test_after_an_erasure_the_chat_begins_anew_but_messages_are_numbered_on(known: Chat) -> None:
    with_data(known)
    known.says("borrar")
    known.says("sí")
    before = known.reply.number
    known.says("nota")
    assert "No ponga nombres, RUT" in known.says("deportes")
    assert known.reply.number == before + 2
