"""Ordinary life in words of danger raises no alarm, and danger beside it still does."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.understanding.dangers.reports import danger_report
from handlers.understanding.dangers.urgent import is_urgent_after
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context

# A cut, nobody who answers at an office, a fear, a child that is only mentioned, an emotion.
ORDINARY = (
    "se me cortó el agua y nadie responde",
    "no, nadie. se me corto el agua de la llave",
    "Me estoy muriendo de la rabia con ustedes, llevo tres horas esperando en tránsito",
    "y cuándo vuelve el agua? tengo una guagua",
    "mi mamá usa oxígeno y cuando se corta la luz me da miedo",
    "se cortó la luz en mi casa y tengo una guagua de meses",
    "llevamos dos días sin agua y hay niños chicos en la casa",
    "mi abuelita tiene alzheimer, qué ayuda hay",
    "cuando llueve me da miedo que se llueva la escuela de mi hija",
    "me da miedo que se corte la luz porque mi hijo usa una máquina para dormir",
    "el médico no llegó y había niños esperando con fiebre hace horas",
    "me tienen esperando con mi guagua en brazos hace dos horas",
    "cortaron el gas en el edificio, a quién reclamo",
    "hay olor a basura y no se puede respirar",
    "no hay luz en el pasaje y me da miedo caminar sola de noche",
    "mi marido perdió la pega, qué ayuda hay",
    "mi hermana no contesta los correos de la oficina",
    "me muero de la impotencia con esta espera",
    "si me sirvio pa mi hija que lo anda buscando",
    "uy sí me cambió la vida",
    # The wait where one is looked after, a complaint about who came late, and figures of speech.
    "mi mamá lleva 8 horas en urgencias sin que la vean",
    "quiero reclamar por el hospital, mi mamá lleva 8 horas en urgencias sin que la vean",
    "llevamos 5 horas esperando en la posta y nadie nos atiende",
    "my mom has been waiting 8 hours in the ER and nobody sees her",
    "quiero reclamar por la ambulancia que se demoró 40 minutos",
    "quiero poner un reclamo porque carabineros no llegó el sabado",
    "con todo el incendio que hay en la muni por la plata, dónde pago las contribuciones",
    "el incendio que hay en el concejo por los sueldos",
    "tienen un incendio con las deudas",
    "la muni esta en llamas por la plata",
    "con el terremoto que hay en el concejo no avanza nada",
    "hay un tsunami de gente en la oficina de transito",
    "hay fuego cruzado en el concejo",
)
DANGER = (
    "nadie contesta el teléfono en la casa de mi mamá y ayer estaba mal",
    "mi tía usa oxígeno y se cortó la luz hace una hora",
    "me da miedo volver sola de noche, un hombre me sigue",
    "el inspector no contesta y hay un hombre tirado sangrando",
    "mi abuelita tiene alzheimer y salió y no vuelve",
    "mi papá salió y mi hermana lo anda buscando",
    "mi papá se desmayó y nadie responde",
    "se cayó en el consultorio y no responde",
    "se cortó la luz y mi papá no responde",
    "huele a gas y nadie responde",
    "nadie responde en la casa y sale humo por la ventana",
    "mi mamá no contesta el teléfono y dijo que se iba a matar",
    "mi mamá usa oxígeno y se cortó la luz",
    "se cortó la luz y mi mamá usa oxígeno, se le está acabando",
    "se cortó la luz y mi hijo está conectado a una máquina para respirar",
    "tengo una guagua con 40 de fiebre y convulsiona",
    "huele a gas en mi casa y tengo una guagua",
    "me estoy muriendo de dolor en el pecho",
    "me estoy muriendo de pena y no quiero vivir",
    "me muero de miedo, hay un hombre en mi patio",
    "me da miedo mi papá, llega curado y nos pega",
    "la baranda está suelta y se acaba de caer una señora",
    "el guardia me pegó y estoy sangrando",
    "hay olor a gas y no se puede respirar",
    "mi hija de 12 no ha llegado a la casa",
    "mi mamá lleva 8 horas en urgencias sin que la vean y se está muriendo",
    "quiero reclamar, mi mamá lleva horas en urgencias y no respira bien",
    "llamé a la ambulancia hace 40 minutos y no llega, mi papá no responde",
    "hay un incendio en la muni",
    "hay llamas en la muni",
    "viene un aluvion por la quebrada",
)
FELL = "se cayó mi vecina en la escala y no contesta"
RAIL = "oiga y la baranda de esa escala esta suelta, se mueve entera, por eso se cayo"


@pytest.mark.parametrize("text", ORDINARY)
def test_what_only_sounds_like_danger_raises_no_alarm(release: Release, text: str) -> None:
    assert danger_report(context(at(release, "new"), text)) is None


def test_who_is_meant_by_a_proposed_grade_is_no_danger(chat: Chat) -> None:
    chat.says("quisiera felicitar a los de la ambulancia, un 7")
    chat.says("no se si son del cesfam o del hospital, eran los del SAMU")
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("me robaron el celu recien en la avenida del mar", "delito"),
        ("me robaron el celular recien con un cuchillo", "delito"),
        ("me asaltaron y me pegaron", "delito"),
        ("someone is robbing me with a knife", "delito"),
        ("me asaltaron y me violaron", "violencia"),
        ("mi ex me robo el celular y me pego", "violencia"),
        ("mi mama lleva horas tirada en una camilla en el hospital", "salud"),
    ],
)
def test_a_robbery_is_no_violence_at_home_and_who_is_grown_no_child(
    release: Release, text: str, kind: str
) -> None:
    found = danger_report(context(at(release, "new"), text))
    assert found is not None
    assert (found.kind, "violencia" in found.others) == (kind, False)


@pytest.mark.parametrize("text", DANGER)
def test_danger_beside_what_is_ordinary_is_heard(release: Release, text: str) -> None:
    assert danger_report(context(at(release, "new"), text)) is not None


@pytest.mark.parametrize(
    ("texts", "alarm"),
    [
        (("tengo una guagua y hay olor raro en la casa", "no, nadie. se me cortó el agua"), False),
        (("tengo una guagua y hay olor raro en la casa", "no, tranquila, solo agréguelo"), False),
        (("tengo una guagua y hay olor raro en la casa", "no, nadie. mi papá no despierta"), True),
        (("hay un cable caído chispeando", "no, nadie. se me corto el agua de la llave"), False),
        (("mi marido me gritó y me pegó", "no, nadie"), True),
        (("me quiero morir", "no, tranquila"), True),
        ((FELL, "ya se la llevó la ambulancia", RAIL), False),
        ((FELL, "ya se la llevó la ambulancia", "mi papá no respira"), True),
    ],
)
def test_nobody_or_be_calm_ends_the_alarm_and_the_rest_is_read(
    chat: Chat, texts: tuple[str, ...], alarm: bool
) -> None:
    for text in texts:
        chat.says(text)
    assert bool(chat.state.danger) is alarm


@pytest.mark.parametrize(
    "texts",
    [
        (FELL, "ya llamé, viene la ambulancia. que hago mientras?"),
        (FELL, "ya llame al 131", "respira pero no contesta, tiene sangre en la cabeza"),
        (FELL, "ya llamé", "qué hago mientras llega?"),
    ],
)
def test_who_called_is_told_what_to_do_until_help_comes(chat: Chat, texts: tuple[str, ...]) -> None:
    for text in texts:
        chat.says(text)
    assert "no mueva a la persona" in chat.reply.text
    assert "Llame ya" not in chat.reply.text


@pytest.mark.parametrize(
    ("words", "calmed", "urgent"),
    [
        (RAIL, "salud", False),
        ("se desmayó mi vecina en la fila", "salud", False),
        ("se desmayó mi vecina en la fila", "", True),
        ("hay un hombre con pistola robando", "salud", True),
        ("mi marido me pegó anoche", "violencia", True),
        ("me da miedo volver sola de noche, un hombre me sigue", "", True),
        ("me muero, ayuda", "", True),
        ("se cortó la luz en mi casa y tengo una guagua de meses", "", False),
    ],
)
def test_a_danger_that_was_taken_back_makes_no_case_urgent(
    release: Release, words: str, calmed: str, urgent: bool
) -> None:
    assert is_urgent_after(words, release, calmed) is urgent


def test_a_complaint_about_the_wait_alerts_nobody(chat: Chat) -> None:
    chat.says("Me estoy muriendo de la rabia con ustedes, llevo tres horas esperando en tránsito")
    chat.says("quiero reclamar por la espera en tránsito")
    chat.says("llevo tres horas esperando")
    chat.says("1. y además el guardia me gritó")
    assert "LS-" in chat.reply.text
    assert "persona de turno" not in chat.reply.text
