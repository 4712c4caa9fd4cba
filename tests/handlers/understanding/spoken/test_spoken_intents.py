"""What each recogniser of free words takes, and what it leaves to others."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.release import Release
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import AskToWithdraw, ShowCase
from handlers.understanding.intents.information import (
    AskAboutGrades,
    AskAboutTopic,
    Speak,
)
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.recognisers import Recogniser
from handlers.understanding.spoken import (
    courtesies,
    languages,
    own_cases,
    persons,
    questions,
    refusals,
)
from tests.handlers.chat import Chat
from tests.handlers.understanding.phrases import (
    Phrases,
    cases,
    one_sided,
    recognisers_of,
    taken,
)
from tests.handlers.understanding.situations import understood

CASE = "LS-2026-000001"
CARD = "permiso de circulación"
PERSON = "quiero hablar con una persona"

PHRASES: Phrases = {
    questions.whole_named: [
        ("menu", "la muni", Act.ASK_WHAT_ABOUT),
        ("menu", "la municipalidad?", None),
        ("menu", "la muni cobra caro", None),
    ],
    courtesies.thanks_with_praise: [
        ("menu", "gracias por todo, son muy amables", SayCourtesy("thanks")),
        ("menu", "gracias, me atendieron súper bien en el cesfam", None),
    ],
    courtesies.thanks_with_reproach: [
        ("menu", "gracias, me hubiera dicho eso al principio", SayCourtesy("reproached")),
        ("menu", "gracias por todo, son muy amables", None),
    ],
    courtesies.blessing: [
        ("menu", "Dios le pague", SayCourtesy("thanks")),
        ("menu", "que Dios me la bendiga mucho", SayCourtesy("thanks")),
        ("menu", "Dios le pague, y dónde queda el juzgado", None),
        ("menu", "cuánto se le paga al municipio", None),
    ],
    questions.official: [
        ("menu", "quién es el alcalde", SayCourtesy("official")),
        ("menu", "kien es la alkaldesa", SayCourtesy("official")),
        ("menu", "cómo se llama el jefe de obras", SayCourtesy("official")),
        ("menu", "como se llama la niña que me atendió", SayCourtesy("official")),
        ("menu", "quiénes son los concejales", SayCourtesy("official")),
        ("menu", "nombre del director de tránsito", SayCourtesy("official")),
        ("menu", "who is the mayor", SayCourtesy("official")),
        ("menu", "ki moun ki majistra a", SayCourtesy("official")),
        ("menu", "quién es el jefe de hogar", None),
        ("menu", "quiero una reunión con el alcalde", None),
        ("menu", "quién es el presidente de chile", None),
    ],
    questions.origin: [
        ("menu", "quién es esto, de dónde sacaron mi número", SayCourtesy("origin")),
        ("grade", "como consiguieron mi telefono", SayCourtesy("origin")),
        ("menu", "is that from the police", SayCourtesy("origin")),
        ("menu", "ki moun ki ba ou nimewo mwen", SayCourtesy("origin")),
        ("menu", "de dónde saco el número de mi casa", None),
        ("comment", "no les llegó mi número de atención", None),
    ],
    questions.who_reads: [
        ("grade", "¿quién lee esto?", AskAboutGrades()),
        ("grade", "y pa q quieren la nota? después me toman mala", AskAboutGrades()),
        ("grade", "me da miedo que me agarren mala por la nota", AskAboutGrades()),
        ("grade", "un 2, me tomaron mala", None),
        ("comment", "quien va a leer eso", AskAboutGrades()),
        ("reason", "¿me van a quitar la hora si pongo mala nota?", AskAboutGrades()),
        ("menu", "¿es anónimo?", Act.EXPLAIN_DATA),
        ("menu", "¿quién lee el medidor del agua?", None),
    ],
    courtesies.question_announced: [
        ("grade", "hola, una consulta", Act.INVITE_QUESTION),
        ("comment", "una cosa más", Act.INVITE_QUESTION),
        ("case", "otra cosa más", None),
        ("menu", "una consulta por mi patente", None),
    ],
    courtesies.call: [
        ("grade", "oiga, siguen ahí?", SayCourtesy("smalltalk")),
        ("menu", "hola? hay alguien", SayCourtesy("smalltalk")),
        ("menu", "siguen ahí los cables", None),
    ],
    own_cases.case_number: [
        ("menu", CASE, ShowCase(CASE)),
        ("menu", "ls 2026 1", ShowCase(CASE)),
        ("menu", "cómo va el LS-2026-1?", ShowCase(CASE)),
        (
            "menu",
            f"hace un mes me dieron el número {CASE} en la municipalidad y nadie me ha llamado",
            ShowCase(CASE),
        ),
        ("filed", f"retiro el {CASE}", AskToWithdraw(CASE)),
        ("menu", f"retiro el {CASE}", ShowCase(CASE)),  # is none of theirs
        ("case", CASE, None),  # belongs to the words that are added
        ("menu", "2026-000001", None),
    ],
    languages.style: [
        ("menu", "más corto", Act.WRITE_SHORT),
        ("menu", "no veo bien", Act.WRITE_SHORT),
        ("card", "mucho texto oiga", Act.WRITE_SHORT),
        ("card", "no veo las letras, pero me las leyó mi hija", None),
        ("comment", "Fue fácil", None),
        ("menu", CARD, None),
    ],
    languages.language: [
        ("menu", "speak english please", Speak("en")),
        ("menu", "pale kreyol", Speak("ht")),
        ("menu", "en castellano por favor", Speak("es-CL")),
        ("menu", "gracias, ahora en español", Speak("es-CL")),
        ("menu", "thanks, in spanish please", Speak("es-CL")),
        ("menu", "i don't speak spanish, english please", Speak("en")),
        ("card", "yes please, english", Speak("en")),  # not that it was useful
        ("card", "wi, kreyòl", Speak("ht")),
        ("card", "sí, gracias", None),
        ("menu", "não falo espanhol", Act.LIST_LANGUAGES),
        ("menu", "no hablo español", Act.LIST_LANGUAGES),
        ("menu", "en francés por favor", Act.LIST_LANGUAGES),
        ("comment", "nadie habla creole", None),
    ],
    refusals.refusal: [
        ("grade", "no quiero", Act.REFUSE),
        ("grade", "mejor otro día", Act.REFUSE),
        ("area", "prefiero no responder", Act.REFUSE),
        ("grade", "no quiero, tengo una pregunta", Act.INVITE_QUESTION),
        ("grade", "paso a buscar mi licencia", None),
        ("grade", "no quiero, un 1", None),
        ("menu", "no quiero", None),
    ],
    persons.person: [
        ("menu", PERSON, AskForPerson(PERSON)),
        ("grade", PERSON, AskForPerson(PERSON)),
        ("area", PERSON, AskForPerson(PERSON)),
        ("menu", "¿es un robot o una persona?", None),
        ("comment", "no había persona", None),
        ("menu", "necesito a alguien que recoja al perrito", None),
        (
            "menu",
            "necesito a alguien que me explique",
            AskForPerson("necesito a alguien que me explique"),
        ),
        ("menu", CARD, None),
    ],
    courtesies.feeling: [
        ("menu", "disculpe la molestia", SayCourtesy("apologises")),
        ("menu", "me equivoqué de número", SayCourtesy("apologises")),
        ("card", "me da vergüenza pedir", SayCourtesy("ashamed")),
        ("menu", "I'm so embarrassed", SayCourtesy("ashamed")),
        ("menu", "me siento muy sola", SayCourtesy("lonely")),
        ("menu", "disculpe, cuánto vale el permiso de circulación", None),
        ("complaint", "disculpe la molestia", None),
        ("rated", "perdón", None),
    ],
    questions.question_about_grades: [
        ("grade", "para qué es la nota", AskAboutGrades()),
        ("grade", "es anónimo?", AskAboutGrades()),
        ("grade", "quién lee esto", AskAboutGrades()),
        ("menu", "quién lee esto", Act.EXPLAIN_DATA),
        ("card", "para qué sirve", AskAboutTopic("what")),
        ("grade", "6", None),
    ],
    own_cases.filed_elsewhere: [
        ("menu", "puse un reclamo la semana pasada por un árbol, qué pasó", Act.MISS_CASE),
        ("menu", "pero si lo puse la semana pasada en la oficina de Matta", Act.MISS_CASE),
        ("filed", "hice un reclamo por correo y no sé en qué va", Act.MISS_CASE),
        ("filed", "puse un reclamo el mes pasado, qué pasó", None),  # it may be of this chat
        (
            "case",
            "puse un reclamo ayer en la oficina",
            AddWords("puse un reclamo ayer en la oficina"),
        ),
        ("told", "puse un reclamo ayer en la oficina", None),
        ("menu", "quiero poner un reclamo", None),
    ],
    own_cases.number_asked: [
        ("case", "LS-2026-000001 en qué va", ShowCase(CASE)),
        ("case", "tengo el número LS-2026-000001, me dice en qué va", ShowCase(CASE)),
        ("case", "LS-2026-000001", ShowCase(CASE)),
        ("case", "en el LS-2026-000001 puse mal la calle", None),
        ("case", "LS-2026-000077 en qué va", None),  # of nobody here
        ("filed", "LS-2026-000001 en qué va", None),  # read further down
    ],
    own_cases.own_case: [
        ("menu", "en qué va mi reclamo", Act.SHOW_CASES),
        ("menu", "estado de mi reclamo", Act.SHOW_CASES),
        ("menu", "ya respondieron lo mío?", Act.SHOW_CASES),
        ("menu", "en qué va mi trámite", None),
        ("menu", CARD, None),
        ("menu", "ya hice la denuncia, quería saber si la muni tiene cámaras", None),
        ("menu", "ya hice la denuncia, quería saber en qué va", Act.SHOW_CASES),
    ],
    own_cases.own_case_of_kind: [
        ("filed", "el reclamo sigue igual", Act.SHOW_CASES),
        ("menu", "el reclamo sigue igual", None),  # no case is theirs
        ("filed", CARD, None),
    ],
    own_cases.own_procedure: [
        ("menu", "en qué va mi trámite", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "está lista mi licencia?", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "mandé una carta al alcalde y no me han respondido", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "alguien vio el correo que mandé por el bache", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "dónde se hace el trámite del certificado de residencia", None),
        ("menu", "cuándo me toca renovar mi licencia", None),
        ("menu", "me rechazaron el subsidio puedo apelar", None),
        ("menu", "me ayudan con mi pensión? soy venezolana, me llegó el rut provisorio", None),
        ("menu", "hice la solicitud de poda. En qué está?", Act.ASK_ABOUT_PROCEDURE),
        (
            "menu",
            "me ayudan con la beca? postulé en marzo, en qué va mi postulación?",
            Act.ASK_ABOUT_PROCEDURE,
        ),
        ("menu", CARD, None),
    ],
    courtesies.fed_up: [
        ("menu", "estoy harta de la muni", Act.VENT),
        ("menu", "puras vueltas no mas", Act.VENT),
        ("menu", "estoy harta de los perros de la plaza", None),
        ("menu", "me tienen chata, quién es el alcalde?", None),
    ],
    courtesies.mockery: [
        ("menu", "gracias por hacerme perder la mañana", Act.VENT),
        ("menu", "gracias por nada a los de tránsito", None),  # a comment on that area
        ("menu", "mil gracias", None),
    ],
    courtesies.scam: [
        ("menu", "me llamaron de la muni pidiendo la clave", SayCourtesy("scam")),
        ("menu", "me pidieron la clave única para el trámite", None),
    ],
    courtesies.courtesy: [
        ("menu", "muchas gracias", SayCourtesy("thanks")),
        ("menu", "hola buenas tardes", Act.GREET),
        ("menu", "Estimados, ¿cómo constituyo una junta de vecinos?", None),
        ("menu", "chao", SayCourtesy("farewell")),
        ("menu", "¿quién es usted?", SayCourtesy("who_are_you")),
        ("menu", "¿cómo se llama usted?", SayCourtesy("who_are_you")),
        ("menu", "weones inútiles", Act.VENT),
        ("menu", "qué calor hace", SayCourtesy("smalltalk")),
        ("menu", "hola, dónde pago la patente", None),
        ("menu", "gracias, y cuánto sale", None),
    ],
    courtesies.nonsense: [
        ("menu", "asdf jkl", Act.MAKE_NO_SENSE),
        ("menu", CARD, None),
        ("menu", "hola", None),
    ],
}


@pytest.mark.parametrize(("recognise", "situation", "text", "meant"), cases(PHRASES))
def test_a_recogniser_takes_its_phrases_only(
    release: Release, recognise: Recogniser, situation: str, text: str, meant: Intent | None
) -> None:
    assert taken(release, recognise, situation, text) == meant


def test_every_recogniser_has_phrases_that_it_takes_and_others() -> None:
    spoken = recognisers_of(courtesies, languages, own_cases, persons, questions, refusals)
    assert set(PHRASES) == spoken
    assert not one_sided(PHRASES)


@pytest.mark.parametrize(
    "text",
    [
        "Vecino buen día, quisiera saber si ya le dieron curso a la queja que puse por el ruido",
        "ya le dieron respuesta a mi reclamo",
        "quiero saber si alguien vio la denuncia",
    ],
)
def test_how_an_own_case_stands_is_asked_in_other_words(release: Release, text: str) -> None:
    assert understood(Chat(release), text)[0] is Act.SHOW_CASES


@pytest.mark.parametrize("said", ["chévere pues", "qué chévere", "bacano", "hágale pues", "de una"])
def test_thanks_and_agreement_of_other_countries_are_not_searched(
    release: Release, said: str
) -> None:
    assert "No encontré" not in Chat(release).says(said)


@pytest.mark.parametrize("yes", ["de una", "hágale", "hágale pues", "simón", "ya pe"])
def test_a_yes_of_other_countries_files_a_case(release: Release, yes: str) -> None:
    chat = Chat(release)
    chat.says("reclamo: la basura no pasa hace dos semanas en mi calle")
    if chat.offers("skip"):
        chat.says("saltar")
    chat.says(yes)
    assert chat.recorded(CaseOpened)


@pytest.mark.parametrize(
    "told",
    ["i got a bad service at transit", "we had a great experience at transit, very friendly"],
)
def test_a_visit_told_in_english_is_asked_a_grade_for(release: Release, told: str) -> None:
    chat = Chat(release)
    chat.says(told)
    assert chat.offers("g:1") or chat.offers("rate:transito")
