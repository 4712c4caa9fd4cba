"""What is asked is of its matter: not of the sector it is in, nor of a card that was refused."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.search.ranking import Verdict
from tests.handlers.chat import Chat

DELEGATION = "donde queda la delegacion de la antena"
LICENCE = "como saco la licencia por primera vez"
BULKY = "retiro-voluminosos"
UNKNOWN = "No tengo confirmado eso"


def told(release: Release, *lines: str) -> Chat:
    chat = Chat(release).in_spanish()
    for line in lines:
        chat.says(line)
    return chat


# ── Sectors ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "card"),
    [
        ("el camion de los cachureos pase por el sector la antena", "retiro-voluminosos"),
        ("retiro de muebles en la antena, que dia pasan", "retiro-voluminosos"),
        ("hay un hoyo en las companias", "baches-veredas"),
        ("a que hora pasa la basura en las compañías", "recoleccion-basura"),
        ("vivo en la florida, donde saco el permiso de circulacion", "permiso-circulacion"),
        ("soy de la pampa y quiero podar un arbol", "poda-arboles"),
        ("consultorio de las compañías", "inscripcion-cesfam"),
        ("cementerio de las compañías", "visita-cementerio"),
        ("biblioteca de las compañias", "biblioteca"),
        ("un perro vago en la antena me mordio", "perros-callejeros"),
        ("delegación de las compañías", "delegaciones-municipales"),
        ("donde queda la delegacion de la antena", "delegaciones-municipales"),
        ("las compañías", "delegaciones-municipales"),
        ("puedo hacer tramites en las compañías", "delegaciones-municipales"),
        ("hay alguna oficina municipal en la antena", "delegaciones-municipales"),
    ],
)
def test_a_sector_does_not_win_over_the_matter(release: Release, asked: str, card: str) -> None:
    ranking = release.index.rank(asked)
    assert ranking.verdict is Verdict.SURE
    assert ranking.hits[0].id == card


def test_the_sector_of_who_asks_is_no_suggestion(release: Release) -> None:
    hits = release.index.rank(
        "soy la señora Rosa de Las Compañías, quisiera saber si hay alguna ayuda para la basura"
    ).cards()
    assert "delegaciones-municipales" not in hits
    assert "exencion-aseo" in hits


def test_a_sector_behind_a_card_asks_of_that_card(release: Release) -> None:
    chat = told(release, "quiero botar un sillon viejo", "yo preguntaba cuando pasan por la antena")
    assert chat.state.topic == "retiro-voluminosos"


# ── Refused cards ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "said", "topic"),
    [
        (LICENCE, "no me refiero a la licencia sino a una multa de tránsito", "pagar-multa"),
        (LICENCE, "no, no la licencia. quiero pagar una multa", "pagar-multa"),
        (DELEGATION, "no me refiero a la delegacion, sino que el camion de cachureos pase", BULKY),
        (LICENCE, "nada que ver con la licencia, yo quiero arrendar un camello", ""),
        ("como pido la rebaja del aseo", "¿cuánto cuesta?", "exencion-aseo"),
        ("como pido la rebaja del aseo", "no quiero ir al centro, dónde se saca", "exencion-aseo"),
    ],
)  # fmt: skip
def test_a_refused_card_is_no_topic(release: Release, before: str, said: str, topic: str) -> None:
    assert told(release, before, said).state.topic == topic


def test_what_is_meant_instead_is_of_the_area_of_the_refused_card(release: Release) -> None:
    chat = Chat(release)
    chat.says("I need to know how to get a resident parking permit")
    said = chat.says("No, not parking meters. I want a sticker so I can park on my own street")
    assert "no confirmed answer" in said
    assert "Tránsito" in said
    assert not any("arquímetros" in option.label for option in chat.reply.options)
    said = chat.says("I'm not asking about parking meters!! resident parking. Is there any?")
    assert "no confirmed answer" in said
    assert "Parquímetros" not in said


# ── Water, light, internet ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "institution"),
    [
        ("me cortaron el agua y nadie responde, desde ayer", "agua"),
        ("no hay agua", "agua"),
        ("estamos sin agua en toda la población", "agua"),
        ("el agua la cortaron ayer", "agua"),
        ("quien ve lo del agua", "agua"),
        ("yo solo pregunto quien ve el agua potable", "agua"),
        ("se me cortó la luz y nadie responde", "luz"),
        ("a quién llamo por la luz", "luz"),
        ("llevo tres días sin internet y nadie contesta", "telecom"),
        ("mandé los papeles a la afp hace un mes y nadie responde", "pensiones-afp"),
        ("no hay luz en la calle", "alumbrado-publico"),
        ("en mi pasaje están sin luz los postes", "alumbrado-publico"),
        ("no hay agua en el riego de la plaza", "areas-verdes"),
        ("pedí la poda hace 3 meses y nadie responde", ""),
    ],
)
def test_whose_it_is_is_said_at_once(release: Release, said: str, institution: str) -> None:
    assert told(release, "hola", said).state.topic == institution


@pytest.mark.parametrize(
    "said",
    [
        "era una pregunta, quien ve lo del agua",
        "NO, no ingrese nada, yo solo pregunto quien ve el agua potable!!",
    ],
)
def test_a_question_leaves_the_case_and_is_answered(release: Release, said: str) -> None:
    chat = told(release, "hola", "reclamo", "hay un hoyo en mi calle hace tres meses", said)
    assert chat.state.topic == "agua"
    assert chat.state.filing is None


# ── Direct questions ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("hay un hoyo en mi calle", "y quien me paga el neumatico?"),
        ("quiero vender en la calle", "¿y con la cédula venezolana me sirve o no?"),
        ("quiero vender en la calle", "quiero saber si con cédula vencida puedo pedir el permiso"),
        ("como pido la rebaja del aseo", "¿me sirve el carnet vencido?"),
        ("como pido la rebaja del aseo", "¿puedo ir igual sin el registro social?"),
        ("como pido la rebaja del aseo", "quien me paga el pasaje?"),
        ("como saco la licencia por primera vez", "es válido el examen de otra comuna?"),
        ("como saco la licencia por primera vez", "igual puedo manejar mientras tanto?"),
    ],
)  # fmt: skip
def test_a_direct_question_is_not_answered_by_another_field(
    release: Release, before: str, said: str
) -> None:
    chat = Chat(release).in_spanish()
    chat.says(before)
    topic, answer = chat.state.topic, chat.says(said)
    assert UNKNOWN in answer
    assert chat.state.topic == topic


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("¿y qué es eso del Registro Social de Hogares, dónde lo saco yo?", "rsh-ingreso"),
        ("y eso del registro social de hogares, cómo lo saco", "rsh-ingreso"),
        ("y el certificado de residencia dónde lo saco", "certificado-residencia"),
        ("puedo pedir también el certificado de residencia?", "certificado-residencia"),
        ("dónde lo saco", "exencion-aseo"),
        ("me sirve la información, gracias", "exencion-aseo"),
    ],
)
def test_a_thing_that_is_named_is_asked_about(release: Release, said: str, topic: str) -> None:
    chat = told(release, "como pido la rebaja del aseo", said)
    assert chat.state.topic == topic


@pytest.mark.parametrize("way", ["por internet se puede?", "con tarjeta se puede?"])
def test_how_a_thing_is_paid_is_no_matter_of_others(release: Release, way: str) -> None:
    chat = told(release, "cuando vence la patente comercial", f"o sea donde la pago, {way}")
    assert chat.state.topic == "patente-pago"
