"""The rights over own data: told, shown, corrected, erased, objected to, blocked, taken along."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from bot.config import Municipality
from bot.content.release import load_release
from handlers.facts import (
    BlockLifted,
    ConsentGiven,
    ConsentWithdrawn,
    DataErased,
    Right,
    RightUsed,
)
from handlers.messages import Channel, RightAnswer
from handlers.privacy import consent
from handlers.privacy.due import due
from handlers.release import Release
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
    assert known.labels == ["Ver mis datos", "Mis derechos", "Menú"]


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


# Each right in the chat: asked once, done with a number, dates and what happens next


def claimed(chat: Chat) -> RightUsed:
    """The one request on record."""
    (fact,) = chat.recorded(RightUsed)
    return fact


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("qué datos tienen de mí", Right.ACCESS),
        ("quiero ver mis datos personales", Right.ACCESS),
        ("quiero que borren mis datos", Right.ERASE),
        ("quiero que borren todo", Right.ERASE),
        ("borrar todo lo mío", Right.ERASE),
        ("necesito que eliminen todo lo que tienen de mi", Right.ERASE),
        ("no me manden mas mensajes", Right.OBJECT),
        ("solicito eliminar toda mi información", Right.ERASE),
        ("necesito corregir mis datos", Right.RECTIFY),
        ("quiero que rectifiquen mi información", Right.RECTIFY),
        ("me opongo al uso de mis datos", Right.OBJECT),
        ("no quiero que me sigan invitando", Right.OBJECT),
        ("quiero bloquear mis datos", Right.BLOCK),
        ("quiero una copia de mis datos", Right.PORT),
        ("puedo descargar mis datos", Right.PORT),
        ("i want to delete my data", Right.ERASE),
    ],
)
def test_a_right_is_claimed_in_free_words(known: Chat, said: str, right: Right) -> None:
    asked = {
        Right.ACCESS: "¿Muestro aquí todo",
        Right.ERASE: "¿Borro sus datos?",
        Right.RECTIFY: "¿Qué quiere corregir?",
        Right.OBJECT: "Dejaremos de invitarle",
        Right.BLOCK: "Dejaremos de usar sus comentarios",
        Right.PORT: "¿Le entrego aquí una copia",
    }
    assert asked[right] in known.says(said)


@pytest.mark.parametrize(
    "said",
    [
        "borraron mis datos del registro social y tuve que ir otra vez",
        "quiero ver la oferta de talleres",
        "quiero corregir la dirección de mi permiso de circulación",
        "me opongo a la construcción del edificio",
    ],
)
def test_what_only_sounds_like_a_right_is_none(known: Chat, said: str) -> None:
    known.says(said)
    assert not known.offers("not-right")
    assert not known.offers("not-erase")


def test_derechos_lists_all_of_them_by_number(known: Chat) -> None:
    text = known.says("derechos")
    for word in ("VER", "CORREGIR", "BORRAR", "OPONERME", "BLOQUEAR", "LLEVARME", "AVISARME"):
        assert word in text
    assert "30 días corridos" in text
    assert "2 días hábiles" in text
    assert "¿Le entrego aquí una copia" in known.says("6")


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


def test_corregir_asks_what_and_files_it_for_a_person(known: Chat) -> None:
    known.says("corregir")
    assert known.labels == ["Cambiar mi nota", "Otra cosa"]
    known.says("2")
    text = known.says("El reclamo LS era por otra calle")
    fact = claimed(known)
    assert (fact.right, fact.done) == (Right.RECTIFY, False)
    assert fact.text == "El reclamo LS era por otra calle"
    assert fact.number in text
    assert "a más tardar el 16 de diciembre de 2026" in text
    assert "se extiende una vez por 30 días" in text


@pytest.mark.parametrize(
    "words",
    [
        "Mi dirección anotada está mala, es Colón 12",
        "me anotaron en tránsito 2 veces y fue una",
        "la fecha no es el 4 de mayo, es el 5",
        "mi correo está mal",
    ],
)
def test_what_is_to_be_corrected_may_be_told_at_once(known: Chat, words: str) -> None:
    known.says("corregir")
    assert "folio" in known.says(words)
    (used,) = known.recorded(RightUsed)
    assert (used.right, used.text) == (Right.RECTIFY, words)


def test_corregir_leads_to_a_grade_that_can_be_changed(known: Chat) -> None:
    with_data(known)
    known.says("corregir")
    known.says("1")
    known.says("3")
    assert known.record()["grade"] == "3"


def test_cancelling_the_words_files_nothing(known: Chat) -> None:
    known.says("corregir")
    known.says("2")
    known.says("cancelar")
    assert known.recorded(RightUsed) == []


def test_oponerme_ends_invitations_for_good_and_takes_more(known: Chat) -> None:
    known.says("oponerme")
    text = known.says("sí")
    assert claimed(known).done
    assert claimed(known).number in text
    known.waits(days=400)
    known.says("permiso de circulación")
    known.says("sí")  # it was useful: otherwise a rating is offered now
    assert not any(key.key.startswith("offer:") for key in known.reply.options)
    known.says("oponerme")
    known.says("sí")
    known.presses("Oponerme a otro uso")
    known.says("No usen mi comentario en reuniones")
    last = known.recorded(RightUsed)[-1]
    assert (last.right, last.done) == (Right.OBJECT, False)


def test_without_an_objection_a_rating_is_offered(known: Chat) -> None:
    known.says("permiso de circulación")
    known.says("sí")
    assert any(option.key.startswith("offer:") for option in known.reply.options)


def test_bloquear_takes_effect_at_once_and_is_decided_in_two_working_days(known: Chat) -> None:
    known.says("bloquear")
    text = known.says("sí")
    assert claimed(known).right is Right.BLOCK
    assert "a más tardar el 18 de noviembre de 2026" in text
    assert "ya están bloqueados" in known.says("bloquear")
    known.presses("Desbloquear")
    assert len(known.recorded(BlockLifted)) == 1
    assert "no están bloqueados" in known.says("desbloquear")


def test_the_consent_is_to_a_text_whose_version_is_on_record(known: Chat) -> None:
    text = known.says("avísenme")
    assert "Es voluntario y puede decir BASTA" in text
    assert known.recorded(ConsentGiven) == []
    known.says("sí")
    (given,) = known.recorded(ConsentGiven)
    assert given.version == consent.version_of(text)
    known.says("ver")
    assert "Aceptó que le avisemos" in known.says("sí")
    known.says("basta")
    assert len(known.recorded(ConsentWithdrawn)) == 1


def test_a_decision_is_told_with_its_reasons_and_the_agency(known: Chat) -> None:
    number = "LS-D-2026-000001"
    text = known.hear(RightAnswer(number, "refused", "No consta el error"))
    assert f"{number}. Respuesta de una persona: su pedido no fue acogido." in text
    assert "«No consta el error»" in text
    assert "Agencia de Protección de Datos Personales. Tiene 30 días hábiles." in text
    assert known.reply.private
    text = known.hear(RightAnswer(number, "granted", "Corregido"))
    assert "su pedido fue acogido" in text
    text = known.hear(RightAnswer(number, "extended", "Falta", "2027-01-15T02:59:59+00:00"))
    assert "a más tardar el 14 de enero de 2027" in text


def test_each_right_takes_few_messages(known: Chat) -> None:
    """At some seconds a message, far under a minute and a half."""
    for said in (("ver", "sí"), ("corregir", "2", "es otra"), ("oponerme", "sí")):
        before = known.turns
        for text in said:
            known.says(text)
        assert known.turns - before <= 3
    for said in (("bloquear", "sí"), ("llevarme", "sí"), ("borrar", "sí")):
        for text in said:
            known.says(text)
    assert [fact.right for fact in known.recorded(RightUsed)] == [
        Right.ACCESS,
        Right.RECTIFY,
        Right.OBJECT,
        Right.BLOCK,
        Right.PORT,
        Right.ERASE,
    ]


@pytest.mark.parametrize(
    ("asked", "due_day"),
    [
        ((2026, 11, 16, 13), (2026, 11, 18)),  # a Monday
        ((2026, 12, 4, 13), (2026, 12, 9)),  # Friday; Tuesday 8 is a public holiday
        ((2026, 12, 31, 13), (2027, 1, 5)),  # New Year and a weekend
        ((2026, 11, 17, 2), (2026, 11, 18)),  # still Monday evening in La Serena
    ],
)
def test_blocking_is_due_in_two_working_days_of_chile(
    asked: tuple[int, int, int, int], due_day: tuple[int, int, int], release: Release
) -> None:
    zone = release.content.zone
    found = due(Right.BLOCK, datetime(*asked, tzinfo=UTC), release.content)
    assert found.astimezone(zone).date() == date(*due_day)
    assert found.astimezone(zone).hour == 23


def test_in_the_list_no_button_says_yes_to_erasing(known: Chat) -> None:
    known.says("derechos")
    assert "Borrar lo mío" in known.labels
    assert not any(label.startswith("Sí") for label in known.labels)
    assert "¿Borro sus datos?" in known.says("3")
