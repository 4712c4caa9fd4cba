"""The rights over own data: claimed in free words, asked once, done with a number and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.facts.lookups import LookupMade
from handlers.facts.own_data import ConsentGiven, ConsentWithdrawn, Right, RightLifted, RightUsed
from handlers.messages import RightAnswer
from handlers.privacy import consent
from handlers.privacy.due import due
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import play
from tests.handlers.privacy.own_data import claimed, with_data

# Each right in the chat: asked once, done with a number, dates and what happens next


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("qué datos tienen de mí", Right.ACCESS),
        ("quiero ver mis datos personales", Right.ACCESS),
        ("quiero que borren mis datos", Right.ERASE),
        ("quiero que borren todo", Right.ERASE),
        ("borrar todo lo mío", Right.ERASE),
        ("quiero desaparecer de su sistema", Right.ERASE),
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
        ("y ahora bórrenlo", Right.ERASE),
        ("quiero corregir un dato mío", Right.RECTIFY),
        ("me equivoqué en mi correo", Right.RECTIFY),
        ("paren con las encuestas", Right.OBJECT),
        ("no quiero que usen mis notas", Right.OBJECT),
        ("no quiero que me pregunten más", Right.OBJECT),
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
    assert asked[right] in known.in_spanish().says(said)


@pytest.mark.parametrize(
    "said",
    [
        "borraron mis datos del registro social y tuve que ir otra vez",
        "quiero ver la oferta de talleres",
        "quiero corregir la dirección de mi permiso de circulación",
        "me anotaron mal el nombre en el cesfam",
        "mi teléfono está malo",
        "me opongo a la construcción del edificio",
    ],
)
def test_what_only_sounds_like_a_right_is_none(known: Chat, said: str) -> None:
    assert "cómo debe quedar" not in known.says(said)
    assert not known.offers("not-right")
    assert not known.offers("not-erase")


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        ("no usen mi comentario", True),
        ("saquen mi comentario del informe", True),
        ("muéstrenme lo que he escrito", True),
        ("olviden todo lo que les dije", True),
        ("no quiero que guarden nada mío", True),
        ("permiso de circulación", False),
        ("cartola del registro social de hogares con mis datos", False),
    ],
)
def test_what_is_said_of_own_data_and_nothing_answers_lists_the_rights(
    known: Chat, said: str, *, listed: bool
) -> None:
    assert ("¿Qué quiere hacer con sus datos?" in known.says(said)) == listed
    assert len(known.recorded(LookupMade)) == (not listed)


def test_derechos_lists_all_of_them_by_number(known: Chat) -> None:
    text = known.says("derechos")
    for word in ("VER", "CORREGIR", "BORRAR", "OPONERME", "BLOQUEAR", "LLEVARME", "AVISARME"):
        assert word in text
    assert "30 días corridos" in text
    assert "2 días hábiles" in text
    assert "¿Le entrego aquí una copia" in known.says("6")


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


@pytest.mark.parametrize(
    "said",
    [
        "mi nombre está mal escrito, corríjanlo",
        "anotaron mal mi dirección, cámbienla",
        "tienen mal mi teléfono",
        "me pusieron mal el apellido",
        "ese no es mi nombre",
        "mi rut aparece equivocado",
        "mi correo quedó mal puesto",
        "cambien mi correo por favor",
        "así no se escribe mi apellido",
        "hay un error en mis datos",
        "está mal mi nombre",
        "my name is misspelled",
    ],
)
def test_what_is_wrong_goes_along_with_how_it_should_be(known: Chat, said: str) -> None:
    known.in_spanish()
    play(known, said, "cancelar", said, "menú", "corregir", "2", "mi calle")
    assert known.recorded(RightUsed)[-1].text == "mi calle"
    assert "cómo debe quedar" in known.says(said)
    assert "folio" in known.says("es María José")
    assert known.recorded(RightUsed)[-1].text == f"{said}\nes María José"


@pytest.mark.parametrize("answer", ["ingréselo así nomás", "quiero avisar", "¿dónde lo denuncio?"])
def test_what_is_wrong_in_own_data_waits_for_its_answer_and_becomes_no_complaint(
    known: Chat, answer: str
) -> None:
    known.says("mi nombre está mal escrito, corríjanlo")
    known.waits(hours=2)
    assert "Ya anoté" not in known.says(answer)
    known.says("es María José")
    assert known.state.filing is None
    assert known.recorded(RightUsed)[0].text.startswith("mi nombre está mal escrito")


@pytest.mark.parametrize(
    "words",
    [
        "dice Juan y debe decir Juana",
        "dice Colón 12 y vivo en Colón 21",
        "no era Juan sino Juana",
        "saque mi apellido",
        "me equivoqué en mi correo",
        "agregue mi segundo apellido",
        "puse 6 y era 4",
        "cambie mi fono, puse mal el último número",
        "mi comentario dice mi nombre y no debe estar",
        "borre el de Tránsito",
    ],
)
def test_what_is_to_be_corrected_is_of_no_rating(known: Chat, words: str) -> None:
    with_data(known)
    play(known, "corregir", "2")
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


@pytest.mark.parametrize(
    "said",
    ["invitarme", "quiero volver a recibir encuestas", "vuelvan a invitarme", "me arrepentí"],
)
def test_an_objection_to_invitations_is_taken_back_in_words(known: Chat, said: str) -> None:
    known.says("no me inviten más")
    assert "escriba INVITARME" in known.says("sí")
    sees = known.copy()
    sees.says("ver")
    assert "No le invitamos" in sees.says("sí")
    assert "podemos volver a invitarle" in known.says(said)
    assert known.recorded(RightLifted) == [RightLifted(Right.OBJECT)]
    assert not known.state.uninvited
    assert "no cambié nada" in known.says("invitarme")
    assert "¿Lo hago?" in known.says("no quiero que me vuelvan a invitar")


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
    assert len(known.recorded(RightLifted)) == 1
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
    assert f"{number}. Respuesta de una persona: su pedido no fue aceptado." in text
    assert "«No consta el error»" in text
    assert "Agencia de Protección de Datos Personales. Tiene 30 días hábiles." in text
    assert known.reply.private
    text = known.hear(RightAnswer(number, "granted", "Corregido"))
    assert "su pedido fue aceptado" in text
    text = known.hear(RightAnswer(number, "reopened", "Sí consta", "2027-01-15T02:59:59+00:00"))
    assert "14 de enero" in text
    assert "«Sí consta»" in text
    text = known.hear(RightAnswer(number, "extended", "Falta", "2027-01-15T02:59:59+00:00"))
    assert "a más tardar el 14 de enero de 2027" in text


def test_each_right_takes_few_messages(known: Chat) -> None:
    """At some seconds a message, far under a minute and a half."""
    for said in (("ver", "sí"), ("corregir", "2", "es otra"), ("oponerme", "sí")):
        before = known.turns
        play(known, *said)
        assert known.turns - before <= 3
    for said in (("bloquear", "sí"), ("llevarme", "sí"), ("borrar", "sí")):
        play(known, *said)
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
