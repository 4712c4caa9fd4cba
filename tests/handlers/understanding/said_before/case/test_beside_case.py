"""What is asked or said beside the telling of a case: answered, and no words of it."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("¿y cuánto se demoran?", "20 días hábiles"),
        ("¿tengo que ir yo?", "es gratis"),
        ("cuánto cuesta", "es gratis"),
        ("¿quién lo va a ver?", "Lo lee la persona que debe responder"),
        ("¿quién va a leer esto?", "Lo lee la persona que debe responder"),
        ("¿quién me responde?", "Lo lee la persona que debe responder"),
        ("¿lo puedo hacer anónimo?", "No pedimos su nombre"),
        ("¿va a salir mi nombre?", "No pedimos su nombre"),
        ("¿tengo que dar mi rut?", "No pedimos su nombre"),
        ("¿puedo mandar una foto?", "hasta 3 fotos o PDF"),
        ("¿les puedo mandar un video?", "Videos no"),
        ("¿y si no responden?", "Si vence el plazo"),
        ("¿a qué hora atienden?", "horario"),
        ("¿cuánto cuesta sacar licencia?", "UTM"),
        ("¿a qué hora abre el cementerio?", "Cementerios"),
        ("y quien lee esto", "Lo lee la persona que debe responder"),
        ("y si no me hacen caso", "Si vence el plazo"),
        ("¿me va a llegar una respuesta?", "La respuesta llegará por este chat"),
        ("aprovechando, ¿ponen el chip gratis?", "Microchip"),
        ("q es eso de la secplan", "Prepara los proyectos"),
        ("donde hacen zumba o baile entretenido", "deport"),
        ("cuanto cobran por estacionar en el centro", "Parquímetros"),
    ],
)
def test_a_question_while_a_case_is_told_is_answered_and_no_words_of_it(
    release: Release, text: str, answer: str
) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    assert answer in chat.says(text)
    chat.says("hay un hoyo en balmaceda 1200")
    assert answer in chat.says(text)
    chat.says("desde el lunes, que lo arreglen")
    assert answer in chat.says(text)
    assert chat.offers("file")
    chat.says("sí")
    later = chat.says(text)  # once it is filed, its own day is told
    assert answer in later or "Plazo: 15 de diciembre de 2026" in later
    told = "hay un hoyo en balmaceda 1200\ndesde el lunes, que lo arreglen"
    assert [case.text for case in chat.recorded(CaseOpened)] == [told]
    assert not chat.recorded(CaseExtended)


NOT_KNOWN = "Eso no lo puedo saber yo"


@pytest.mark.parametrize(
    ("told", "text", "answer"),
    [
        (
            "nadie podó el árbol",
            "oiga y de paso, dónde saco el certificado de residencia?",
            "Acredita dónde vive",
        ),
        (
            "hay fiesta todos los días",
            "espérate, a qué número llamo a los de seguridad",
            "Patrullaje. Contacto",
        ),
        (
            "me cobraron dos veces el aseo",
            "y existe una rebaja para viejitos? tengo 82",
            "Rebaja del aseo",
        ),
        (
            "the garbage truck does not come",
            "by the way, how do I get a driving licence?",
            "licencia",
        ),
        ("no pasa el camión de la basura", "que dias pasa", "Recolección de basura. Horario"),
        ("no me han pagado el subsidio de agua", "¿me lo van a quitar?", NOT_KNOWN),
        ("me cobraron dos veces el permiso", "¿me devuelven la plata?", NOT_KNOWN),
        ("hay un hoyo en balmaceda 1200", "lo van a arreglar?", NOT_KNOWN),
        ("hay un hoyo en balmaceda 1200", "cuando lo van a arreglar", NOT_KNOWN),
        ("hay un hoyo en balmaceda 1200", "cuándo vienen", NOT_KNOWN),
        ("no me contestan en tránsito", "¿cuál es el teléfono?", "aún no confirma su teléfono"),
        ("the light of my street is broken", "will they fix it?", NOT_KNOWN),
    ],
)
def test_what_only_they_can_say_is_asked_beside_a_case_and_no_words_of_it(
    release: Release, told: str, text: str, answer: str
) -> None:
    chat = Chat(release).in_spanish()
    chat.says("reclamo")
    asked = chat.says(told).rpartition("\n")[2]
    said = chat.says(text)
    assert answer in said
    assert said.endswith(asked), "what is missing is asked again"
    assert chat.state.filing is not None
    assert chat.state.filing.words == (told,)


@pytest.mark.parametrize(
    "text",
    [
        "¿sabe lo que me dijo?",
        "¿hasta cuándo vamos a esperar?",
        "frente a la plaza, ¿cachai?",
        "¿para qué pago el permiso?",
        "¿20 días más? Voy a cerrar",
        "mire, fue el martes y nadie vino",
    ],
)
def test_a_question_that_tells_belongs_to_the_case(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    chat.says("me trataron mal en tránsito")
    chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == ("me trataron mal en tránsito", text)


@pytest.mark.parametrize(
    "text",
    [
        "¿cuándo van a arreglar el hoyo de mi calle?",
        "¿es posible que pongan un basurero?",
        "¿cuánto van a demorar? llevo un mes así",
    ],
)
def test_a_question_that_is_the_complaint_itself_is_told(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == (text,)


@pytest.mark.parametrize(
    "text",
    [
        *("that's all", "eso es todo", "nada más", "se fini", "no más", "ya, eso sería"),
        *("nothing else", "con eso basta", "eso es todo, gracias", "se tout"),
    ],
)
def test_the_end_of_the_telling_is_no_words_of_the_case_and_no_yes(
    release: Release, text: str
) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en balmaceda 1200")
    for _ in range(2):  # where something misses, and at the summary
        chat.says(text)
        assert chat.offers("file")
        assert not chat.recorded(CaseOpened)
    chat.says("sí")
    assert [case.text for case in chat.recorded(CaseOpened)] == ["hay un hoyo en balmaceda 1200"]
    chat.says(text)
    assert not chat.recorded(CaseExtended)


def test_how_long_an_answer_takes_is_no_complaint(release: Release) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    assert "20 días hábiles" in chat.says("¿cuánto demora la respuesta de un reclamo?")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how much is a driving licence?", "UTM"),
        ("can it be anonymous?", "your name or RUT"),
        ("can I send a picture?", "3 photos or PDFs"),
        ("who will answer me?", "read by the person"),
        ("what if nobody answers?", "If the deadline passes"),
    ],
)
def test_a_question_in_english_is_answered_where_a_case_is_told(
    release: Release, text: str, answer: str
) -> None:
    chat = Chat(release)
    chat.says("english")
    chat.says("complaint: there is a pothole in Balmaceda 1200 since monday, please fix it")
    assert answer in chat.says(text)
    assert chat.offers("file")


@pytest.mark.parametrize(
    "text", ["muchas gracias, muy amable", "Muy agradecido.", "muchísimas gracias pana", "chao"]
)
def test_thanks_at_the_summary_are_no_words_of_the_case(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en balmaceda 1200 hace un mes, que lo arreglen")
    chat.says(text)
    assert chat.offers("file")
    chat.says("sí")
    (case,) = chat.recorded(CaseOpened)
    assert text not in case.text


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("¿y con eso me anotan en la OMIL esa?", True),
        ("vale y para revalidar el título de bachiller?", True),
        ("¿con cuántos días hay que avisar a la Secretaría Municipal que habrá elección?", True),
        ("la licencia, ingreso 12345 ¿cuándo sale?", False),
        ("fue el martes pasado, es una patente, ¿saben algo?", False),
        ("es la licencia de conducir, la pedí en marzo", False),
    ],
)
def test_another_question_is_no_reference_of_a_procedure(
    release: Release, text: str, *, answered: bool
) -> None:
    chat = Chat(release)
    chat.says("cómo va mi trámite")
    chat.says(text)
    assert chat.offers("file") is not answered
    assert chat.state.filing is not None
    assert (text in chat.state.filing.words) is not answered
