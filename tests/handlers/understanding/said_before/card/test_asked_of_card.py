"""A precise question beside a card is answered by the line that tells it, or is not confirmed."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

NOT_CONFIRMED = "ese detalle no lo tengo confirmado"
BEYOND = "Si pregunta más que eso, no lo tengo confirmado"
NOT_ONLINE = "si se puede hacer por internet, no lo tengo confirmado"
DOG, STREET = "quiero esterilizar a mi perrita", "cerrar una calle para un matrimonio"
DEBT, LICENCE = "convenio de pago", "licencia de conducir renovar"
FASTING = "y tiene que ir en ayunas desde la noche antes?"


def last_answer(release: Release, said: str) -> str:
    chat = Chat(release)
    *before, last = said.split("|")
    for text in before:
        chat.says(text)
    return " ".join(chat.says(last).split())


@pytest.mark.parametrize(
    ("said", "told", "not_told"),
    [
        # A line that tells it, and that more than it is not confirmed.
        (f"{DOG}|{FASTING}", "en ayunas según indique", "Dónde:"),
        (
            f"{DOG}|sirvió si, y hay que llevarla en ayuna?",
            "la ficha dice: Mascota sana",
            "Domicilio",
        ),
        (f"{DOG}|{FASTING}|eso no le pregunte, lo del ayuno", "Disculpe.", "«eso no»"),
        (
            f"{DOG}|y se la puede llevar mi hija, la cedula es de ella o mia",
            BEYOND,
            "Registro Civil",
        ),
        (f"{DEBT}|un poder simple o notarial?", f"o poder. {BEYOND}", "Detalle de la deuda"),
        (f"{STREET}|con cuanta anticipacion", "al menos dos semanas", "aún no confirma"),
        (f"{STREET}|pero ahi arriba decia dos semanas", "Disculpe.", NOT_CONFIRMED),
        (f"{LICENCE}|hay que sacar hora?", "la ficha dice: Pedir hora", "Retirar"),
        # None tells it: neither another field nor the same once more.
        (f"{LICENCE}|cuanto sale|y a cuánto está la utm hoy día", NOT_CONFIRMED, "Costo:"),
        (
            f"{LICENCE}|que papeles piden|y la foto tiene que ser a color?",
            NOT_CONFIRMED,
            "Necesita",
        ),
        ("permiso de circulación|puede ir mi marido por mí", NOT_CONFIRMED, "Violencia"),
        ("biblioteca|puede ir mi hijo de 8 años", NOT_CONFIRMED, "Playas"),
        ("becas municipales|y en que pagina avisan cuando abre", NOT_CONFIRMED, "pagar"),
        (f"{LICENCE}|y cuanto sale mas o menos en plata", "El monto en pesos no lo tengo", "Pasos"),
        # Whether it is done online is a question of its own.
        (f"{LICENCE}|hay que ir o se hace por la pagina", NOT_ONLINE, "Pasos"),
        ("subsidio de agua|en que me conviene mas, ir o por internet", NOT_ONLINE, "Costo"),
        ("subsidio de agua|La postulacion se hace por internet?", NOT_ONLINE, "vivienda"),
        ("permiso de circulación|se puede hacer desde el celular", "Se hace en línea", "Pasos"),
        ("patente comercial|can I do it online?", "whether it can be done online", "Steps"),
        ("patente comercial|mwen ka fè sa sou entènèt?", "si sa ka fèt sou entènèt", "Etap"),
        # A field is told where its words ask for it, misspelt too, and again where asked again.
        ("patente comercial|kuanto kuesta", "Costo:", NOT_CONFIRMED),
        ("patente comercial|q piden", "Necesita:", NOT_CONFIRMED),
        ("patente comercial|en que oficina es", "Dónde:", NOT_ONLINE),
        ("patente comercial|y despues que sigue", "Pasos:", NOT_CONFIRMED),
        (f"{LICENCE}|cuanto sale|cuanto cuesta?", "Costo:", NOT_CONFIRMED),
        ("quiero esterilizar a mi perrita|y es gratis?", "Costo: Gratis", "El monto"),
        # What plainly names another procedure is of that.
        (
            "certificado de residencia|donde saco el certificado de nacimiento",
            "Registro Civil",
            NOT_CONFIRMED,
        ),
        ("subsidio de agua|y cuando pasa el camion de la basura", "Recolección de basura", "agua"),
    ],
)
def test_what_is_asked_of_a_card_is_told_or_not_confirmed(
    release: Release, said: str, told: str, not_told: str
) -> None:
    answer = last_answer(release, said)
    assert told in answer
    assert not_told not in answer


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("luminaria apagada|y le digo al tiro donde es: pasaje los aromos 123", True),
        ("hoyos en la calle|balmaceda 450", True),
        ("hoyos en la calle|donde queda la oficina, vivo en balmaceda 450", False),
        ("biblioteca|los carrera 820", False),
        (f"{DOG}|vivo en balmaceda 450, puedo ir?", False),
    ],
)
def test_an_address_below_the_card_of_a_report_is_offered_to_be_filed(
    release: Release, said: str, offered: bool
) -> None:
    assert ("¿Lo ingreso?" in last_answer(release, said)) is offered
