"""Ordinary messages are no emergencies; what is said after a danger goes where it belongs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.facts.cases import CaseExtended
from handlers.facts.responses import AnswerGiven
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.release import Release
from handlers.state import Conversation, Known
from handlers.text.markup import phones_in
from handlers.understanding.context import Context
from handlers.understanding.dangers.reports import danger_report
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at

NOW = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
ORDINARY = Path(__file__).parents[1] / "data" / "ordinary.tsv"
# Written before the phrases and rules were changed, and taught to nothing.
MOST_ALARMS, MOST_QUESTIONS = 0.01, 0.08


def test_hardly_an_ordinary_message_is_taken_for_danger(release: Release) -> None:
    lines = ORDINARY.read_text(encoding="utf-8").splitlines()
    texts = [line.partition("\t")[2] for line in lines]
    told: Counter[str] = Counter()
    for text in texts:
        incoming = Incoming("0", Sender(Channel.TERMINAL, "", ""), Text(text), NOW)
        found = danger_report(Context(incoming, Conversation(), Known(new_id=1), release, NOW))
        if found is not None:
            told["asked" if found.doubtful else "alarmed"] += 1
    assert len(texts) >= 300
    assert told["alarmed"] / len(texts) <= MOST_ALARMS
    assert told["asked"] / len(texts) <= MOST_QUESTIONS


@pytest.mark.parametrize(
    "text",
    [
        "quiero casarme por el civil",
        "obra menor",
        "se me perdio el brevet en la micro",
        "son todos unos ladrones",
        "mi guagua nacio hace poco, que apoyo hay",
        "no hay agua en mi casa desde ayer",
        "mi perrita se perdió",
        "ya po, le pego al tiro por internet entonces",
        "se me pegó la tecla, quise poner cinco",
        "I want to open a small shop",
        "mwen bouke chèche travay",
        "SAPU anoche con mi guagua con fiebre, cinco horas. Nota 2",
        "mis hijos van solos al colegio",
        "mi hija va sola al jardín, hay furgón?",
        "llamé y no contesta nadie",
        "The gentleman walked me to the grave himself, but the taps have no water.",
        "the lady took me to my mother's grave",
        "mouche a mennen m sou tonm nan, men pa gen dlo",
        "To have the water back on",
        "I want the water back",
        "pou dlo a tounen",
        "frente a la escuela, a la entrada y a la salida",
        "devan lekòl la, lè timoun yo ap antre ak soti",
        "no tiene el papel, se perdio en el temporal",
        "no lo tengo, se me perdió",
        "papye a pedi nan inondasyon an",
        "desde siempre, pero ahora atropellaron a un perrito",
        "mataron a un quiltro en la esquina",
        "yo frape yon chen",
        "El sábado mi hijo se cortó la mano con un fierro en la plaza",
        "mi hija se cayó del columpio el domingo",
        "my son cut his hand on the slide last week",
        "pitit mwen koupe men l ak yon fè samdi pase",
        "no importa, salir",
        "quiero instalar una estufa a gas, necesito permiso?",
        "está ardiendo la cosa en las redes por la basura",
        "el inspector me amenazó con un parte",
        "we are drowning in rubbish on this street",
        "casarme quiero",
        "me muero de ganas de ir al festival",
        "mi guagua me mata de la risa",
        "esa cola es un suicidio",
        "la fila del tránsito es suicidio",
        "that queue is suicide",
        "me mataron con la multa",
        "me va a dar un infarto con esta fila",
        "el humo del asado molesta a mi vecino",
        "se murió mi mamá y necesito el cementerio",
        "papa m mouri",
        "me ahogo en deudas",
        "dejé las llaves encerradas en el auto",
        "I locked my keys in the car",
        "quedé atrapada en el taco",
        "taks yo ap toufe m",
        "quedé atrapada en la página y no me deja salir",
        "what should I do in an earthquake",
        "mwen ri jouk mwen mouri",
        "my cat died last night, who picks it up",
        "el inspector me contestó golpeado",
        "perdí a mi hijo hace dos años",
        "7, la matrona me cuidó cuando perdí a mi guagua",
        "la psicóloga me acompañó desde que perdimos un embarazo",
        "tengo dos niños chicos y estoy sola",
        "vivo solo con mi hija chica",
        "pitit mwen tonbe sou twotwa a semèn pase",
    ],
)
def test_these_ordinary_messages_get_no_emergency_numbers(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a la salida del colegio un hombre quiso llevarse a mi hija", "ninez"),
        ("my father fell last week and now he cannot wake up", "salud"),
        ("mi mamá se cayó el lunes y hoy no habla bien", "salud"),
        ("since last week I can't stop thinking about ending it", "suicidio"),
        ("depi semèn pase m pa vle viv ankò", "suicidio"),
        ("tengo los papeles pero mi hijo se perdió en el centro", "ninez"),
        ("mi abuelita salió y no ha vuelto, se perdió", "perdida"),
        ("my son cut his wrists", "suicidio"),
        ("my daughter slit her wrists at the weekend", "suicidio"),
        ("hay un perro mordiendo a mi hijo", "animal"),
        ("Mi hijo de 5 años se cortó la mano con un fierro.", "salud"),
        ("perdí a mi hijo en la feria", "ninez"),
        ("estoy sola con mi guagua y no respira", "salud"),
        ("por suerte respira, pero mi mamá se desmayó y no despierta", "salud"),
        ("mi marido me pega todas las semanas", "violencia"),
        ("el compañero de la cuadrilla se cortó la pierna con la motosierra", "salud"),
        ("mi hija se quebró el brazo en el columpio", "salud"),
        ("mi niño se clavó un fierro en el ojo", "salud"),
        ("an old man fainted in the queue at the city hall", "salud"),
        ("me asaltan", "delito"),
        ("si no me sale la ayuda que pedí en marzo me mato", "suicidio"),
        ("quiero tirarme con la camioneta por el barranco", "suicidio"),
        ("they said no so I'm driving off the bridge", "suicidio"),
        ("mi marido casi se infarta y ahora no responde", "salud"),
        ("hay un exhibicionista en la plaza", "ninez"),
        ("no podemos salir de la casa por el agua", "rescate"),
        ("mi guagua quedó encerrada en el auto", "rescate"),
        ("se quedó mi mamá en el ascensor hace media hora", "rescate"),
        ("a person is trapped in a crashed car", "rescate"),
        ("nou bloke nan asansè a", "rescate"),
        ("pitit mwen fèmen nan machin nan", "rescate"),
        ("yon timoun tonbe nan yon pi", "rescate"),
        ("se está ahogando alguien en la playa", "ahogo"),
        ("la corriente se está llevando a mi hermano", "ahogo"),
        ("se cayó un auto al río con gente adentro", "ahogo"),
        ("the current is taking my friend out to sea", "ahogo"),
        ("my son went in the water and hasn't come out", "ahogo"),
        ("lanmè a ap pote yon moun ale", "ahogo"),
        ("mi hijo se metió al mar y no lo veo", "ahogo"),
        ("un pitbull se soltó y está mordiendo a la gente", "animal"),
        ("unos perros tienen acorralada a una señora", "animal"),
        ("dogs are attacking a woman in the street", "animal"),
        ("the dog won't let go of my son's arm", "animal"),
        ("chen yo ap atake yon moun", "animal"),
        ("hay un deslizamiento de tierra con gente abajo", "desastre"),
        ("estoy en el techo con mis hijos, el agua sigue subiendo", "desastre"),
        ("tout moun gen tèt fè mal akòz recho a", "gas"),
        ("con el brasero prendido nos duele la cabeza a todos", "gas"),
        ("terremoto", "desastre"),
        ("después del sismo quedamos encerrados en el ascensor", "rescate"),
        ("sekou", "salud"),
    ],
)
def test_danger_beside_ordinary_words_is_heard_with_its_own_numbers(
    release: Release, text: str, kind: str
) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.danger == kind


@pytest.mark.parametrize("situation", ["comment", "rated", "told", "filing"])
def test_distress_where_words_are_awaited_is_not_taken_for_them(
    release: Release, situation: str
) -> None:
    chat = at(release, situation)
    before = chat.state
    for text in (
        "pa que sigo viviendo si a nadie le importo",
        "I hear gunshots close by",
        "vengan luego que la cocina agarró llamas",
    ):
        twin = chat.copy()
        twin.says(text)
        assert twin.state.danger
        assert not twin.recorded(AnswerGiven)[len(chat.recorded(AnswerGiven)) :]
        assert twin.state.progress == before.progress


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Cada verano se ahoga alguien en esa playa y no ponen salvavidas hasta enero", "ahogo"),
        ("Nos asaltan todas las semanas en el paradero de la esquina", ""),
        ("Pusieron el monumento a las víctimas del incendio en un rincón feo", "incendio"),
    ],
)
def test_a_comment_that_is_rather_no_danger_is_kept(
    release: Release, text: str, danger: str
) -> None:
    chat = at(release, "comment")
    before = len(chat.recorded(AnswerGiven))
    chat.says(text)
    assert chat.state.danger == danger
    assert [fact.value for fact in chat.recorded(AnswerGiven)[before:]] == [text]


def test_a_plain_answer_that_sounds_like_danger_by_chance_is_an_answer(release: Release) -> None:
    chat = Chat(release)
    chat.says("permiso de circulación")
    chat.says("¡Excelente, mil gracias! Se lo voy a reenviar a mi hermano que anda en las mismas.")
    assert not chat.state.danger
    chat.says("permiso de circulación")
    chat.says("no me sirvió de nada, mi marido me está pegando")
    assert chat.state.danger


@pytest.mark.parametrize(
    ("setup", "text"),
    [
        ("sepultacion en cementerio municipal", "atienden domingo?? es urgente es mi papá"),
    ],
)
def test_a_doubtful_danger_is_named_above_the_answer_to_what_is_said_else(
    release: Release, setup: str, text: str
) -> None:
    chat = Chat(release)
    chat.says(setup)
    reply = chat.says(text)
    assert "131" in phones_in(reply)
    assert "urgencia" in str(reply) or "confirma" in str(reply) or chat.offers("yes")
    assert not chat.state.danger
    assert not chat.offers("no-danger")


@pytest.mark.parametrize(
    ("setup", "text"),
    [
        ("registro social de hogares", "¿se hace con la clave única? mi señora tiene, yo no"),
        ("vacunas", "mi hija tiene 3 años"),
        ("/start J87fHE", "no le pongo 7 por la silla, que casi me saco la mugre. 6"),
        ("/start J87fHE", "despues le respondo, estoy en la pega"),
        ("/start J87fHE", "Pésimo el trato, no se lo doy a nadie"),
        ("menú", "me están peloteando"),
        ("permiso de circulación", "400 lucas!! me quieren matar de un infarto"),
        ("menú", "me sentí como niña perdida en ese edificio"),
        ("menú", "I felt like a lost child in that building"),
        ("permiso de circulación", "pri sa a prèske ban m kriz kè"),
        ("menú", "that price nearly gave me a heart attack"),
        ("/start J87fHE", "7, si se pa sa madanm mwen ap touye m haha"),
    ],
)
def test_loaded_words_that_answer_what_is_open_alarm_nobody(
    release: Release, setup: str, text: str
) -> None:
    chat = Chat(release)
    chat.says(setup)
    assert not {"131", "133", "*4141"}.intersection(phones_in(chat.says(text)))


def test_danger_is_told_though_a_grade_is_asked(release: Release) -> None:
    chat = Chat(release)
    chat.says("/start J87fHE")
    chat.says("no puedo poner nota él volvió está pateando la puerta")
    assert chat.state.danger == "violencia"


@pytest.mark.parametrize(
    "text",
    [
        "my boyfriend choked me",
        "my house is on fire",
        "I want to die",
        "my son is missing",
        "papa m pa ka respire",
        "gen vòlè anndan kay la",
        "m ap touye tèt mwen",
        "mwen bouke viv",
        "kè manman m ap fè l mal",
        "yon moun tonbe nan kanal la",
        "bòs la tonbe sou echafodaj la",
        "contracciones cada cinco minutos",
        "llamé al 131 y no contesta nadie, mi papá no respira",
    ],
)
def test_danger_in_three_languages_is_told_at_once(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.danger
    assert not chat.offers("no-danger")


def test_what_is_said_of_violence_is_not_added_to_a_case_about_something_else(
    release: Release,
) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un cable pelado colgando en la calle")
    assert chat.state.follow_up
    assert "1455" in chat.says("mi marido me pega")
    assert not chat.recorded(CaseExtended)
    assert chat.state.follow_up is None


def test_a_danger_of_the_case_itself_is_added_to_it(release: Release) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un cable pelado colgando en la calle")
    chat.says("le dio la corriente a un niño y está herido")
    assert chat.recorded(CaseExtended)


def test_a_language_is_offered_with_a_button_to_who_writes_in_none_of_them(
    release: Release,
) -> None:
    chat = Chat(release)
    chat.says("hola")
    chat.says("Je ne comprends pas l'espagnol, où payer une amende ?")
    assert chat.offers("english")
    chat.presses("English")
    assert chat.state.language == "en"


def test_creole_is_spoken_once_it_is_chosen(release: Release) -> None:
    chat = Chat(release)
    chat.says("kreyòl")
    assert chat.state.language == "ht"
    chat.says("kijan pou m jwenn lisans pou kondwi")
    assert "Pri:" in chat.says("konbyen li koute")


@pytest.mark.parametrize(
    "no", ["no, it was a 5", "non, se te 5", "non, c'était 5", "não, era 5", "no, era un 5"]
)
def test_another_grade_than_the_proposed_is_noted_in_any_language(
    release: Release, no: str
) -> None:
    chat = Chat(release)
    chat.says("licencia de conducir")
    chat.says("les doy un 6")
    chat.says(no)
    assert chat.record()["grade"] == "5"


@pytest.mark.parametrize("yes", ["oui", "sim", "wi", "yes"])
def test_a_yes_of_any_language_erases_the_comment(release: Release, yes: str) -> None:
    chat = at(release, "rated")
    chat.says("borra mi comentario")
    chat.says(yes)
    assert "words" not in chat.record()


@pytest.mark.parametrize(("said", "grade"), [("très bien", 6), ("pas mal", 5), ("not bad", 5)])
def test_praise_suggests_a_grade_and_holds_no_spanish_number(
    release: Release, said: str, grade: int
) -> None:
    chat = at(release, "grade")
    chat.says(said)
    assert chat.state.proposal is not None
    assert chat.state.proposal.grade == grade


def test_french_praise_after_a_grade_changes_nothing_of_it(release: Release) -> None:
    chat = at(release, "comment")
    chat.says("très bien")
    assert chat.state.proposal is None
    assert chat.record() == {"grade": "7", "best": "très bien"}
