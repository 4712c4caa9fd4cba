"""Conversations from the first word to the last: what is said, and what the answer must hold."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.handovers import HandoverSaid
from handlers.facts.own_data import DataErased
from handlers.handover import People
from handlers.messages import Channel
from handlers.release import Release
from tests.handlers.chat import Chat

ERASES, SHOWS = "¿Borro sus datos?", "¿Muestro aquí"
OBJECTS, BLOCKS = "Dejaremos de invitarle", "Dejaremos de usar sus comentarios"

CONVERSATIONS: dict[str, list[tuple[str, str]]] = {
    "changes their mind about erasing": [
        ("que tienen guardado de mi?", SHOWS),
        ("si dale", "Esto tenemos guardado"),
        ("y como lo borro", ERASES),
        ("¿y mi reclamo qué pasa?", ERASES),
        ("no, mejor no", "no borré nada"),
        ("oiga eliminen mi cuenta", ERASES),
        ("ya", ERASES),  # it cannot be undone
        ("entonces sí", "borramos sus comentarios"),
    ],
    "blocks and unblocks": [
        ("bloqueen mis datos por favor", BLOCKS),
        ("que significa eso", BLOCKS),
        ("si", "Desde ahora no usamos"),
        ("desbloquéenlos ahora", "ya no están bloqueados"),
        ("mejor bloquéelos de nuevo", BLOCKS),
        ("ya, cancelar", "¿En qué le ayudo?"),
    ],
    "wants no surveys, and objects to more": [
        ("no quiero que me escriban más por favor", OBJECTS),  # no despair
        ("Oponerme a otro uso", "a qué uso de sus datos se opone"),
        ("que no lo usen en estadísticas", "Recibimos su pedido"),
    ],
    "is told of what was done, and then not": [
        ("me puede avisar que hicieron con mi opinion", "¿Quiere que le avisemos"),
        ("sí, avíseme", "le avisaremos por este chat"),
        ("ya no quiero avisos", "ya no le avisaremos"),
    ],
    "does not understand": [
        ("no entiendo", "como se lo diría a una persona"),
        ("sigo sin entender", "probemos de otra manera"),
        ("no entiendo nada", "No logro ayudarle por escrito"),
    ],
    "does not understand a card": [
        ("quiero sacar la licencia de conducir", "¿Le sirvió?"),
        ("no entiendo", "Lleve"),
        ("sigo sin entender", "probemos de otra manera"),
        ("no entiendo", "No logro ayudarle por escrito"),
    ],
    "does not understand Spanish": [
        ("hello", "From now on I will write in English"),
        ("i don't understand", "Write what you need"),
        ("thanks, in spanish please", "Desde ahora le escribo en castellano"),
    ],
    "asks who writes": [("¿Es usted una persona?", "no una persona"), ("hola", "Hola de nuevo")],
    "gives up a call": [
        ("llámenme por favor", "¿A qué número le llamamos"),
        ("9 1234 5678", "¿Lo ingreso?"),
        ("es privado", "¿Qué hago con esto"),
        ("agregarlo", "es privado"),
        ("si", "pedido de llamada"),
        ("ya no me llamen", "¿Retiro su solicitud"),
        ("si", "quedó retirada"),
    ],
    "asks for what it names, and names what it asked for": [
        ("donde saco el carnet", "No encontré una respuesta segura"),
        ("y cuanto sale", "¿Sobre qué trámite o área?"),
        ("la patente de alcoholes", "Patente de alcoholes"),
    ],
    "says half of it, and then the rest": [
        ("donde queda", "No encontré"),
        ("el juzgado", "Juzgado de Policía Local aún no confirma la dirección"),
        ("no hay agua", "Aguas del Valle"),
        ("quiero un papel", "No encontré"),
        ("de residencia", "Certificado de residencia"),
        ("hay un perro muerto", "Retiro de animal muerto"),
        ("en las compañias", "«hay un perro muerto · en las compañias»"),
    ],
    "says it a second time in other words": [
        ("necesito la ficha", "No encontré una respuesta segura"),
        ("la ficha social, la del registro de hogares", "Ingreso al Registro Social de Hogares"),
    ],
    "has two matters, and takes them one at a time": [
        ("quiero ampliar la casa y ademas sacar patente para un almacén", "más de un asunto"),
        ("primero lo de la casa, la ampliación", "Permiso de edificación"),
    ],
    "asks for what a card says in a line": [
        ("ayuda social", "¿Le sirvió?"),
        ("si le dan pañales", "la ficha dice: Apoyo puntual para familias"),
        ("y si soy zurda", "ese detalle no lo tengo confirmado"),
        ("permiso de ampliación de vivienda", "Regularización de viviendas"),
        ("quiero ampliar mi casa", "Permiso de edificación"),  # a wish of its own
        ("centro de la mujer", "Orientación y apoyo a mujeres"),
        ("donde queda o a que hora atienden", "Violencia a mujeres"),
    ],
    "says yes after all": [
        ("borra todos mis datos", ERASES),
        ("no", "no borré nada"),
        ("mejor si", ERASES),
        ("no", "no borré nada"),
        ("gracias", "De nada"),
        ("sí", "no hay una pregunta de sí o no"),
        ("a obras le pongo un 3", "¿Le pongo un 3 a Dirección de Obras"),
        ("no", "no anoté nada"),
        ("mejor sí", "¿Le pongo un 3 a Dirección de Obras"),
        ("no", "no anoté nada"),
        ("reclamo: hay un hoyo en Balmaceda 120 desde ayer, que lo arreglen", "¿Lo ingreso?"),
        ("no", "no ingresé nada"),
        ("ya, mejor sí", "«hay un hoyo en Balmaceda 120 desde ayer, que lo arreglen»"),
    ],
    "supposes, and asks who would know": [
        ("cuanto se demoran en responder un reclamo", "Seguimiento"),
        ("y si no responden", "Si vence el plazo"),
        ("si nadie responde que pasa", "Si vence el plazo"),
        ("quiero ser anónimo", "No pedimos su nombre"),
        ("quién va a saber que reclamé", "No pedimos su nombre"),
        ("a quien reclamo", "Cuente en un mensaje qué pasó"),  # and nothing said is kept
    ],
    "asks in which way it is paid": [
        ("patente comercial", "¿Le sirvió?"),
        ("con tarjeta?", "aún no confirma cómo se puede pagar"),
        ("al contado?", "aún no confirma cómo se puede pagar"),
        ("permiso de circulación", "¿Le sirvió?"),
        ("y en cuotas?", "la ficha dice: Si se pagó en dos cuotas"),
        ("cuánto cuesta", "Costo:"),
    ],
    "praises whoever sweeps the street": [
        ("quiero felicitar a la señora del aseo que barre mi calle", "recibe: Aseo y Áreas Verdes"),
    ],
    "writes in English": [
        ("hello how are you", "Hello"),
        ("where do I get my ID", "That is not up to the Municipality"),
        ("how do I get a driving licence", "Was it useful?"),
        ("how much is it", "Cost:"),
        ("y cuánto demora", "Demora:"),  # each message in its language
    ],
    "tells how it was, and of no area": [
        ("evaluar", "¿Qué área le atendió?"),
        ("no me atendieron nunca", "Será su comentario cuando sepa"),
        ("me gritaron delante de todos", "aún no lo guardé: me falta el área"),  # no list again
        ("listo", "aún no lo guardé: me falta el área"),
        ("reclamo", "«no me atendieron nunca me gritaron delante de todos»"),
    ],
    "says yes to what is doubtful, which joins the rest": [
        ("reclamo: la basura de mi pasaje no pasa hace 2 semanas", "Me falta saber"),
        ("no, era otra cosa", "¿Qué hago con esto"),
        ("sí", "no pasa hace 2 semanas · no, era otra cosa"),
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_each_turn_is_answered_as_it_was_meant(release: Release, name: str) -> None:
    chat = Chat(release)
    for said, told in CONVERSATIONS[name]:
        assert told in chat.says(said), said
    if name == "asks who writes":
        assert sum("Soy el asistente" in reply.text for reply in chat.replies) == 0  # told once
    assert bool(chat.recorded(DataErased)) == name.endswith("erasing")


@pytest.mark.parametrize(
    "said",
    [
        "quiero que me llamen al fijo dos dos cuatro cinco seis siete ocho, es por la luz",
        "me pueden llamar al 512223344 mañana temprano por el permiso de circulacion",
        "can you call me at 987654321 about my fine",
    ],
)
def test_a_call_is_asked_for_with_number_and_reason_in_one_message(
    release: Release, said: str
) -> None:
    chat = Chat(release)
    chat.says(said)
    chat.presses(next(option.label for option in chat.reply.options if option.key == "file"))
    assert [case.kind for case in chat.recorded(CaseOpened)] == [CaseKind.CALL]
    assert said in chat.case_texts("LS-2026-000001")[0]


def test_own_data_is_the_assistants_part_while_a_person_answers(release: Release) -> None:
    chat = Chat(release, people=People(any=True, now=True))
    chat.says("persona")
    assert "me ocupo yo" in chat.says("quiero borrar mis datos")
    assert chat.says("hola? hay alguien") == ""  # no danger
    assert len(chat.recorded(HandoverSaid)) == 2


def test_the_page_says_how_nothing_stays_on_a_computer_of_others(release: Release) -> None:
    for channel in (Channel.WEB, Channel.WHATSAPP):
        told = Chat(release, channel=channel).says("como borro la conversacion de este computador")
        assert ("Cerrar y borrar en este equipo" in told) == (channel is Channel.WEB)
