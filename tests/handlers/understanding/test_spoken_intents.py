"""What each recogniser of free words takes, and what it leaves to others."""

from __future__ import annotations

import pytest

from handlers.facts import Right
from handlers.release import Release
from handlers.understanding import spoken
from handlers.understanding.grades import proposed
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import GradeAnswer
from handlers.understanding.intents.cases import AskToWithdraw, ShowCase
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutGrades,
    AskAboutTopic,
    LookUp,
    Speak,
    UsefulAnswer,
)
from handlers.understanding.intents.own_data import AskRight, FileRequest
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import (
    ChangeGrade,
    CorrectArea,
    CorrectGrade,
    KeepGrade,
    ProposeCorrection,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.recognisers import RECOGNISERS, Recogniser
from handlers.understanding.said_before import (
    answered,
    follow_ups,
    own_data,
    shown,
    withdrawals,
)
from handlers.understanding.said_before.corrections import on_record, possible, ratings
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context, understood

CASE = "LS-2026-000001"
CARD = "permiso de circulación"
ROSA = "Me llamo Rosa y pusieron Rosalía"
PERSON = "quiero hablar con una persona"

# Situation, text, and what the recogniser takes it for.
PHRASES: dict[Recogniser, list[tuple[str, str, Intent | None]]] = {
    proposed.proposal_answer: [
        ("proposed", "sí", Act.ACCEPT_PROPOSAL),
        ("proposed", "ya po", Act.ACCEPT_PROPOSAL),
        ("proposed", "gracias", Act.ACCEPT_PROPOSAL),
        ("proposed", "no", Act.REJECT_PROPOSAL),
        ("proposed", "para nada", Act.REJECT_PROPOSAL),
        ("proposed", "mejor un 5", GradeAnswer(5)),
        ("proposed", "menu", None),
        ("proposed", "¿dónde pago la patente?", None),
        ("grade", "sí", None),
    ],
    spoken.whole_named: [
        ("menu", "la muni", Act.ASK_WHAT_ABOUT),
        ("menu", "la municipalidad?", None),
        ("menu", "la muni cobra caro", None),
    ],
    spoken.undo_confirmed: [
        ("undo", "sí, borrar", Act.ERASE_RATING),
        ("undo", "no, déjela", None),
        ("menu", "sí, borrar", None),
    ],
    spoken.origin: [
        ("menu", "quién es esto, de dónde sacaron mi número", SayCourtesy("origin")),
        ("grade", "como consiguieron mi telefono", SayCourtesy("origin")),
        ("menu", "is that from the police", SayCourtesy("origin")),
        ("menu", "ki moun ki ba ou nimewo mwen", SayCourtesy("origin")),
        ("menu", "de dónde saco el número de mi casa", None),
        ("comment", "no les llegó mi número de atención", None),
    ],
    spoken.who_reads: [
        ("grade", "¿quién lee esto?", AskAboutGrades()),
        ("grade", "y pa q quieren la nota? después me toman mala", AskAboutGrades()),
        ("grade", "me da miedo que me agarren mala por la nota", AskAboutGrades()),
        ("grade", "un 2, me tomaron mala", None),
        ("comment", "quien va a leer eso", AskAboutGrades()),
        ("reason", "¿me van a quitar la hora si pongo mala nota?", AskAboutGrades()),
        ("menu", "¿es anónimo?", Act.EXPLAIN_DATA),
        ("menu", "¿quién lee el medidor del agua?", None),
    ],
    spoken.question_announced: [
        ("grade", "hola, una consulta", Act.INVITE_QUESTION),
        ("comment", "una cosa más", Act.INVITE_QUESTION),
        ("case", "otra cosa más", None),
        ("menu", "una consulta por mi patente", None),
    ],
    spoken.call: [
        ("grade", "oiga, siguen ahí?", SayCourtesy("smalltalk")),
        ("menu", "hola? hay alguien", SayCourtesy("smalltalk")),
        ("menu", "siguen ahí los cables", None),
    ],
    on_record.affirmation: [
        ("comment", "sí, un 7, está bien", KeepGrade("transito")),
        ("comment", "tal cual, gracias", KeepGrade("transito")),
        ("comment", "yes that's right", KeepGrade("transito")),
        ("comment", "sí, pero esperé mucho", None),
        ("comment", "sí me atendieron bien", None),
        ("comment", "sí, un 5", None),
        ("card", "sí", None),
    ],
    answered.useful_answer: [
        ("card", "sí", UsefulAnswer("yes")),
        ("card", "sí me sirvió", UsefulAnswer("yes")),
        ("card", "no era lo que buscaba", UsefulAnswer("no")),
        ("card", "cero aporte", UsefulAnswer("no")),
        ("card", "nothing useful", UsefulAnswer("no")),
        ("card", "buena, y la patente de un almacén cómo se saca", None),
        ("card", "otra cosa, quiero hacer un reclamo por la basura", None),
        ("card", "más o menos", UsefulAnswer("partly")),
        ("card", "sirve pero falta el horario", UsefulAnswer("partly")),
        ("card", "vale. Eso sí, quedé con una duda de las multas", UsefulAnswer("partly")),
        ("card", "le agradezco, pero sigo con la misma duda", UsefulAnswer("no")),
        ("card", "no, gracias igual", UsefulAnswer("no")),
        ("card", "sí pero cuánto sale", None),
        ("card", "¿sirve?", None),
        ("card", "y cuánto sale", None),
        ("card", "6", None),
        ("card", "menu", None),
        ("menu", "sí me sirvió", None),
    ],
    answered.unclear_answer: [
        ("card", "me mandó a leer la biblia", Act.MAKE_NO_SENSE),
        ("card", "mi nieta me lo leyó y quedamos las dos igual", Act.MAKE_NO_SENSE),
        ("card", "patente comercial para un local nuevo", None),
        ("card", "quiero reclamar por la basura", None),
        ("card", "¿y esto de qué me sirve?", None),
    ],
    spoken.case_number: [
        ("menu", CASE, ShowCase(CASE)),
        ("menu", "ls 2026 1", ShowCase(CASE)),
        ("menu", "cómo va el LS-2026-1?", ShowCase(CASE)),
        ("filed", f"retiro el {CASE}", AskToWithdraw(CASE)),
        ("menu", f"retiro el {CASE}", ShowCase(CASE)),  # is none of theirs
        ("case", CASE, None),  # belongs to the words that are added
        ("menu", "2026-000001", None),
    ],
    withdrawals.withdrawal: [
        ("filed", "retiro el reclamo", AskToWithdraw(CASE)),
        ("filed", "ya lo arreglaron, cierre mi reclamo", AskToWithdraw(CASE)),
        ("filing", "me equivoqué, bórralo", AskToWithdraw(CASE)),
        ("filing", "cancelar", AskToWithdraw(CASE)),
        ("told", "me equivoqué, bórralo", Act.CANCEL),  # nothing is filed yet
        ("summed up", "ya no quiero reclamar", Act.CANCEL),
        ("told", "fue en la esquina", None),
        ("filed", "cancelar", None),
        ("filed", "menu", None),
        ("filing", "fue en la esquina", None),
        ("menu", "retiro el reclamo", None),
    ],
    withdrawals.withdraws_nothing: [
        ("menu", "retiro el reclamo", AskToWithdraw("")),
        ("menu", "retiro de escombros", None),
    ],
    ratings.correction: [
        ("comment", "perdón, era un 3", CorrectGrade(3)),
        ("comment", "me equivoqué", ChangeGrade("transito")),
        ("reason", "no, cámbiele a 7", CorrectGrade(7)),
        ("comment", "no era tránsito, era salud", CorrectArea("salud")),
        ("grade", "no era tránsito, era salud", CorrectArea("salud")),
        ("rated", "me equivoqué de nota", ChangeGrade("transito")),
        ("rated", "borra la nota", Act.UNDO_RATING),
        ("comment", "anúlela no más, estaba enojada", Act.UNDO_RATING),
        ("comment", "saquen mi calificación por favor", Act.UNDO_RATING),
        ("comment", "que quede sin efecto", Act.UNDO_RATING),
        ("comment", "sáquela, no quiero", Act.UNDO_RATING),
        ("comment", "delete my rating please", Act.UNDO_RATING),
        ("comment", "que saquen la basura de la entrada", None),
        ("comment", "me equivoqué de área, era el cesfam", CorrectArea("salud")),
        ("comment", "pucha le puse muy poco", ChangeGrade("transito")),
        ("comment", "esa nota quedó mala", ChangeGrade("transito")),
        (
            "comment",
            "el 7 es para salud no para los de tránsito",
            ProposeCorrection(7, "el 7 es para salud no para los de tránsito", "salud"),
        ),
        ("grade", "me equivoqué", None),  # nothing is graded yet
        ("menu", "me equivoqué", None),
        ("comment", "se equivocaron en el monto", None),
        ("comment", "menu", None),
    ],
    spoken.style: [
        ("menu", "más corto", Act.WRITE_SHORT),
        ("menu", "no veo bien", Act.WRITE_SHORT),
        ("comment", "Fue fácil", None),
        ("menu", CARD, None),
    ],
    spoken.language: [
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
    own_data.wish: [
        ("menu", "que tienen guardado de mi", AskRight(Right.ACCESS)),
        ("filing", "quiero que borren todos mis datos", AskRight(Right.ERASE)),
        ("menu", "oiga eliminen mi cuenta", AskRight(Right.ERASE)),
        ("menu", "y como lo borro", AskRight(Right.ERASE)),
        ("menu", "bloqueen mis datos por favor", AskRight(Right.BLOCK)),
        ("menu", "desbloquéenlos ahora", Act.UNBLOCK_DATA),
        ("menu", "no quiero que me manden mas encuestas", AskRight(Right.OBJECT)),
        ("menu", "mi nombre esta mal escrito en sus registros", AskRight(Right.RECTIFY)),
        ("menu", "una copia de todo lo que tienen mío", AskRight(Right.PORT)),
        ("menu", "ustedes venden mis datos?", Act.EXPLAIN_DATA),
        ("menu", "me puede avisar que hicieron con mi opinion", Act.ASK_FOR_CONSENT),
        ("menu", "ya no quiero avisos", Act.WITHDRAW_CONSENT),
        ("menu", "can I see what you have about me", AskRight(Right.ACCESS)),
        ("menu", "mwen vle nou efase tout sa m te ekri", AskRight(Right.ERASE)),
        ("menu", "no quiero que me escriban más por favor", AskRight(Right.OBJECT)),
        ("menu", "que informacion mia tienen ustedes", AskRight(Right.ACCESS)),
        ("menu", "ustedes no saben nada de mi reclamo", None),
        ("menu", "quiero eliminar mi multa del registro", None),
        ("menu", "tengo mal el nombre en la licencia", None),
    ],
    own_data.answered: [
        ("erasing", "no, mejor no", Act.KEEP_DATA),
        ("erasing", "no espere", Act.KEEP_DATA),
        ("erasing", "ya, cancelar", Act.CANCEL),
        ("erasing", "entonces sí", Act.ERASE),
        ("erasing", "ya bórrelo todo", Act.ERASE),
        ("erasing", "ya", None),  # it cannot be undone
        ("erasing", "si me arrepiento no hay vuelta", None),
        ("menu", "no, mejor no", None),
    ],
    own_data.asked_about: [
        ("erasing", "¿y mi reclamo qué pasa?", AskRight(Right.ERASE)),
        ("erasing", "¿y las notas?", AskRight(Right.ERASE)),
        ("erasing", "¿dónde pago la patente?", None),
    ],
    own_data.request_asked_for: [
        ("rectifying", "Me llamo Rosa y pusieron Rosalía", FileRequest(Right.RECTIFY, ROSA)),
        ("menu", "Me llamo Rosa y pusieron Rosalía", None),
    ],
    own_data.correction_told: [
        ("correcting", "Me llamo Rosa y pusieron Rosalía", FileRequest(Right.RECTIFY, ROSA)),
        ("correcting", "¿cómo se corrige?", None),
    ],
    spoken.refusal: [
        ("grade", "no quiero", Act.REFUSE),
        ("grade", "mejor otro día", Act.REFUSE),
        ("area", "prefiero no responder", Act.REFUSE),
        ("grade", "no quiero, tengo una pregunta", Act.INVITE_QUESTION),
        ("grade", "paso a buscar mi licencia", None),
        ("grade", "no quiero, un 1", None),
        ("menu", "no quiero", None),
    ],
    spoken.person: [
        ("menu", PERSON, AskForPerson(PERSON)),
        ("grade", PERSON, Act.OFFER_PERSON),
        ("area", PERSON, Act.OFFER_PERSON),
        ("menu", "¿es un robot o una persona?", None),
        ("comment", "no había persona", None),
        ("menu", CARD, None),
    ],
    follow_ups.about_card: [
        ("card", "viene alguien a la casa a mirar o no?", AskAboutTopic("how")),
        ("card", "dónde esterilizan gatos gratis", None),
        ("menu", "viene alguien a la casa a mirar o no?", None),
    ],
    follow_ups.insisted: [
        ("card", "no, de esa misma le pregunto, cuánto cuesta", AskAboutTopic("cost")),
        ("card", "no, ya le digo, gracias", None),
        ("menu", "de esa le pregunto, cuánto cuesta", None),
    ],
    follow_ups.about_topic: [
        ("card", "y cuánto sale", AskAboutTopic("cost")),
        ("card", "dónde queda", AskAboutTopic("place")),
        ("card", "no entendí", AskAboutTopic("again")),
        ("menu", "y cuánto sale", Act.ASK_WHAT_ABOUT),
        ("menu", "dónde queda salud", AskAboutArea("salud", "place")),
        ("card", "hasta cuándo hay plazo", AskAboutTopic("term")),
        ("card", "dónde la saco", AskAboutTopic("place")),
        ("card", "cuánto me dan", AskAboutTopic("more")),
        ("menu", "no entendí", Act.EXPLAIN_ANEW),
        ("menu", "I don't understand", Speak("en")),
        ("card", CARD, None),
        ("grade", "cuánto sale", AskAboutTopic("cost")),
    ],
    follow_ups.missing: [
        ("card partly", "falta saber dónde", AskAboutTopic("place")),
        ("card partly", "una lista más clara", Act.TELL_MISSING),
        ("card partly", "permiso de circulación", None),
        ("card partly", "gracias", None),
        ("card useless", "no sale cuánta plata es", AskAboutTopic("more")),
        ("card useless", "una lista más clara", None),
        ("menu", "no dice dónde", None),
    ],
    follow_ups.narrowed: [
        ("card", "para el banco", AskAboutTopic("more")),
        ("card", "en la pampa", AskAboutTopic("more")),
        ("card", "una maravilla, gracias", None),
        ("menu", "para el banco", None),
    ],
    spoken.feeling: [
        ("menu", "disculpe la molestia", SayCourtesy("apologises")),
        ("menu", "me equivoqué de número", SayCourtesy("apologises")),
        ("card", "me da vergüenza pedir", SayCourtesy("ashamed")),
        ("menu", "I'm so embarrassed", SayCourtesy("ashamed")),
        ("menu", "me siento muy sola", SayCourtesy("lonely")),
        ("menu", "disculpe, cuánto vale el permiso de circulación", None),
        ("complaint", "disculpe la molestia", None),
        ("rated", "perdón", None),
    ],
    spoken.question_about_grades: [
        ("grade", "para qué es la nota", AskAboutGrades()),
        ("grade", "es anónimo?", AskAboutGrades()),
        ("grade", "quién lee esto", AskAboutGrades()),
        ("menu", "quién lee esto", Act.EXPLAIN_DATA),
        ("card", "para qué sirve", AskAboutTopic("what")),
        ("grade", "6", None),
    ],
    follow_ups.about_named: [
        ("menu", "teléfono de tránsito", AskAboutArea("transito", "contact")),
        ("menu", "hola, dónde queda obras", AskAboutArea("obras", "place")),
        ("menu", "horario de la esterilización", AskAboutCard("esterilizacion", "hours")),
        ("menu", "dirección de tránsito", None),
        ("menu", "dónde está mi reclamo", None),
        ("menu", CARD, None),
    ],
    spoken.own_case_just_filed: [
        ("filing", "en qué va mi reclamo", Act.SHOW_CASES),
        ("filing", "y eso se lo dije ya dos veces a la señora de la oficina", None),
        ("menu", "en qué va mi reclamo", None),
    ],
    spoken.own_case: [
        ("menu", "en qué va mi reclamo", Act.SHOW_CASES),
        ("menu", "estado de mi reclamo", Act.SHOW_CASES),
        ("menu", "ya respondieron lo mío?", Act.SHOW_CASES),
        ("menu", "en qué va mi trámite", None),
        ("menu", CARD, None),
    ],
    spoken.own_case_of_kind: [
        ("filed", "el reclamo sigue igual", Act.SHOW_CASES),
        ("menu", "el reclamo sigue igual", None),  # no case is theirs
        ("filed", CARD, None),
    ],
    spoken.own_procedure: [
        ("menu", "en qué va mi trámite", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "está lista mi licencia?", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "mandé una carta al alcalde y no me han respondido", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "alguien vio el correo que mandé por el bache", Act.ASK_ABOUT_PROCEDURE),
        ("menu", "dónde se hace el trámite del certificado de residencia", None),
        ("menu", "cuándo me toca renovar mi licencia", None),
        ("menu", "me rechazaron el subsidio puedo apelar", None),
        ("menu", CARD, None),
    ],
    spoken.courtesy: [
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
    spoken.nonsense: [
        ("menu", "asdf jkl", Act.MAKE_NO_SENSE),
        ("menu", CARD, None),
        ("menu", "hola", None),
    ],
}


@pytest.mark.parametrize(
    ("recognise", "situation", "text", "meant"),
    [(recognise, *row) for recognise, rows in PHRASES.items() for row in rows],
)
def test_a_recogniser_takes_its_phrases_only(
    release: Release, recognise: Recogniser, situation: str, text: str, meant: Intent | None
) -> None:
    asked = context(at(release, situation), text)
    row = next(row for row in RECOGNISERS if row.recognise is recognise)
    assert (recognise(asked) if row.when in asked.when else None) == meant


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("cámbieme la nota a 5, por fin me atendieron bien", 5),
        ("quería poner 7, pero la guardia fue pesada", 7),
    ],
)
def test_a_correction_that_is_hardly_meant_is_asked_first(
    release: Release, text: str, grade: int
) -> None:
    meant = ratings.correction(context(at(release, "reason"), text))
    assert meant == ProposeCorrection(grade, text)


@pytest.mark.parametrize(
    "text",
    [
        "No toque la nota, solo quiero agregar que el baño 1 estaba cerrado",
        "fui el lunes",
    ],
)
def test_a_comment_that_leaves_the_grade_is_no_correction(release: Release, text: str) -> None:
    said = context(at(release, "reason"), text)
    assert ratings.correction(said) is None
    assert possible.possible_correction(said) is None


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("otra cosita: cómo saco hora en el consultorio", "hora-medica"),
        ("epi pou registro social de hogares la, kijan m fè l?", "rsh-ingreso"),
        ("oiga y otra cosa, dónde reclamo por una luminaria", "alumbrado-publico"),
        ("otra cosita: a qué hora atienden", ""),
        ("y otra cosa, la licencia de conducir dónde la saco", ""),
    ],
)
def test_another_thing_that_is_announced_leaves_the_card(
    release: Release, text: str, card: str
) -> None:
    meant = shown.another_thing(context(at(release, "card"), text))
    assert (meant.ranking.hits[0].id if meant else "") == card


ROOMS = {
    room.__name__
    for room in (spoken, proposed, answered, on_record, own_data, ratings, follow_ups, withdrawals)
}


def test_every_recogniser_of_free_words_has_its_phrases() -> None:
    listed = {row.recognise for row in RECOGNISERS if row.recognise.__module__ in ROOMS}
    assert set(PHRASES) == listed
    for recognise, rows in PHRASES.items():
        assert {meant is None for _, _, meant in rows} == {True, False}, recognise.__name__


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("el auto está a nombre de mi papá que falleció cómo se hace en ese caso", AskAboutTopic),
        ("the car belongs to my late father, how do i do it in that case", AskAboutTopic),
        ("gracias, en ese caso cómo saco la licencia de conducir", LookUp),
        ("ok mèsi. e pou lisans pou kondui machin, kijan sa fèt?", LookUp),
        ("what about a driving licence, how do i get one", LookUp),
        ("what about the cost", AskAboutTopic),
    ],
)
def test_after_a_card_its_own_case_stays_with_it_and_another_thing_is_looked_up(
    release: Release, text: str, meant: type[AskAboutTopic | LookUp]
) -> None:
    chat = Chat(release)
    chat.says("permiso de circulación")
    assert isinstance(understood(chat, text)[0], meant)


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
