"""Own data: told of, shown, taken along as files, and erased."""

from __future__ import annotations

import json

import pytest

from bot.config import MunicipalitySettings
from bot.content.release import load_release
from handlers.facts.own_data import DataErased, RightUsed
from handlers.messages import Channel
from tests.handlers.chat import Chat
from tests.handlers.privacy.own_data import claimed, with_data


def test_datos_tells_purpose_recipients_how_long_and_rights(known: Chat) -> None:
    text = known.says("DATOS")
    for part in ("Para qué:", "Quién lo ve:", "12 meses", "Telegram", "Meta", "VER", "BORRAR"):
        assert part in text
    assert known.labels == ["Ver mis datos", "Mis derechos", "Menú"]


def test_datos_names_the_municipalitys_contact_where_it_is_known() -> None:
    release = load_release(municipality=MunicipalitySettings(phone="600 000 0000"))
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
    assert "Si otras personas usan este teléfono" in known.says(said)
    text = known.says("sí")
    assert "desde el 16 de noviembre de 2026" in text
    assert "Deportes, nota 6 (16 de noviembre de 2026)" in text
    assert "Deportes: «muy limpio el gimnasio»" in text
    assert "LS-2026-000001 (abierta)" in text


def test_ver_with_nothing_kept_says_so(known: Chat) -> None:
    known.says("ver")
    assert "Notas: nada" in known.says("sí")


def test_ver_names_what_it_put_aside(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("ver")
    assert "Su nota para Deportes quedó pendiente" in known.says("sí")
    known.says("seguir")
    known.says("6")
    assert known.record() == {"grade": "6"}


@pytest.mark.parametrize("yes", ["sí", "Sí, borrar", "borrar"])
def test_borrar_asks_once_and_then_erases(known: Chat, yes: str) -> None:
    with_data(known)
    asked = known.says("BORRAR")
    for part in ("Voy a borrar", "Quedan las notas", "porque la ley obliga: LS-2026-000001"):
        assert part in asked
    assert "No se puede deshacer. ¿Borro sus datos?" in asked
    assert not known.recorded(DataErased)
    text = known.says(yes)
    assert "Listo, folio LS-D-2026-000001, 16 de noviembre de 2026: borramos" in text
    assert "Tiene 30 días hábiles" in text
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


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.WHATSAPP])
@pytest.mark.parametrize("said", ["ver", "llevarme"])
def test_seeing_and_taking_give_files_with_everything(
    known: Chat, said: str, channel: Channel
) -> None:
    known.channel = channel
    with_data(known)
    known.says(said)
    before = known.reply.number
    text = known.says("sí")
    readable, machine, last = known.replies[-3:]
    assert [one.number for one in (readable, machine, last)] == [before + n for n in (1, 2, 3)]
    assert all(one.private for one in (readable, machine, last))
    assert readable.file is not None
    assert readable.file.name == "mis-datos-2026-11-16.txt"
    assert machine.file is not None
    assert machine.file.name == "mis-datos-2026-11-16.json"
    content = json.loads(machine.file.content)
    assert content["formato"] == "opina-datos-1"
    assert content["identificador"] == "citizen"
    values = [a["valor"] for r in content["respuestas"] for a in r["respuestas"]]
    assert {"6", "muy limpio el gimnasio"} <= set(values)
    for value in (*values, "citizen", "opina-datos-1"):
        assert f": {value}" in readable.file.content
    assert last.file is None
    assert f"olio {claimed(known).number}, 16 de noviembre de 2026" in text
    assert claimed(known).done
    assert known.offers("menu")


def test_what_is_asked_beside_files_can_still_be_answered(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("llevarme")
    known.says("sí")
    known.presses("Menú")
    assert "ya no" not in known.reply.text


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.WHATSAPP])
def test_what_is_shown_fits_however_much_it_is(known: Chat, channel: Channel) -> None:
    known.channel = channel
    for area in ("deportes", "aseo", "obras", "turismo", "cultura", "salud", "vivienda"):
        known.says("nota")
        known.says(area)
        known.says("2")
        known.says("espera")
        known.says("x" * 300)
        known.says("listo")
        known.says(f"reclamo: el camión no pasó por {area}")
        known.says("listo")
    known.says("ver")
    text = known.says("sí")
    assert "más" in text
    assert "Folio LS-D-2026-000001" in text


def test_nothing_is_shown_after_a_no(known: Chat) -> None:
    with_data(known)
    known.says("ver")
    assert known.says("no").startswith("De acuerdo, no hice nada.")
    assert known.recorded(RightUsed) == []
