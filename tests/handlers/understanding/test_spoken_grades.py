"""Grades that people give or only suggest, in free words."""

from __future__ import annotations

import pytest

from handlers.facts import AnswerGiven
from handlers.release import Release
from handlers.understanding.reading.grades import read_grade
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import at_card, rating


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sipo, un seis", 6),
        ("buenas, le pondria un 5", 5),
        ("7/7", 7),
        ("de 1 a 7, un tres", 3),
        ("cuatrooo", 4),
        ("❷", 2),
        ("6️⃣", 6),
        ("fui 3 veces y esperé 2 horas, un 2", 2),
        ("no un 6, un 7", 7),
        ("5,0", 5),
        ("siete coma cero, todo impecable", 7),
        ("un rotundo uno", 1),
        ("un 4 porque en 2019 era mucho más rápido", 4),
        ("seis aunque la citación decía 9:30 y pasé a las 10:15", 6),
        ("un 4 porque llegué el 25", 4),
        ("7 pero en la ventanilla 4 no había nadie", 7),
        ("califico con nota 7 (siete) la atención recibida el día 25 del presente mes", 7),
        ("a five because I waited 45 minutes", 5),
        ("el número 6", 6),
        ("atencion 7, me llego la licencia el 28 de nov", 7),
        ("otorgo calificación seis a quienes me recibieron", 6),
        ("les pongo un triste dos, y eso que fui 3 veces", 2),
        ("came at 9, out by 9:15. Easy 7", 7),
        ("sobre 7, un 5", 5),
        ("mi rut es 12.345.678-9 y mi nota es 6", 6),
        ("sèt vigil zewo", 7),
        ("nota 4. Se cayó el sistema a las 11 y no volvió hasta la 1", 4),
        ("estuve en la ventanilla 3, le pongo un 5", 5),
        ("mwen ba yo yon senk", 5),
        ("cinco y medio", 0),
        ("6,5", 0),
        ("entre 4 y 5", 0),
        ("9", 0),
        ("-3", 0),
        ("ni un 2", 0),
        ("menos 1 les pondría", 0),
        ("de 5 pa arriba", 0),
        ("8 de 10", 0),
        ("un 5 o un 6", 0),
        ("unooo", 1),
        ("puros sietes", 7),
        ("un cinquito", 5),
        ("a two, nobody helped", 2),
        ("sis sou sèt", 6),
        ("6, pero sería un 7 si contestaran", 6),
        ("bajo cinco no, siete tampoco, déjelo en seis", 6),
        ("de 5 a 6", 0),
        ("thre, not a single sign", 3),
        ("youn, yo pa respekte moun isit la", 1),
        ("mwen ta di senk, paske liy lan te long", 5),
        ("llegué a las nueve y media y salí a las cinco y media, un 4", 4),
        ("esperé hora y media, un 3", 3),
        ("waited an hour and a half, a 3", 3),
        ("six and a half", 0),
        ("cinq et demi", 0),
        ("esperé desde las 10:30 hasta las 12, le pongo un 2", 2),
        ("gasté 15.000 pesos en el taxi y para nada, un 1", 1),
    ],
)
def test_a_grade_is_read_with_other_words_around_it(
    release: Release, text: str, value: int
) -> None:
    grade = read_grade(text, release.lexicon)
    assert grade is not None
    assert grade.value == value


@pytest.mark.parametrize(
    "text",
    [
        "7 y 20 llegué y a las 8 me atendieron",
        "a las 3 porque el reloj dice 10:30",
        "esperé 3 horas",
        "decía ventanilla 7 y había que ir a la 2",
        "yo te fè 2 erè nan non mwen",
        "en la ventanilla 4 me atendieron mal",
        "el 4 de marzo fui",
        "a las 7 de la mañana",
        "una señora muy amable",
        "los dos muy amables",
        "1.200",
        "LS-2026-000001",
        "dejé 3 solicitudes sin respuesta",
        "les pondría un 7 si atendieran",
        "mi teléfono es +56 9 1234 5678",
        "el decreto 1234 dice que son 5 días",
        "mi hijo tiene 6",
        "tengo el 6",
        "tenían 6 ventanillas y solo 2 funcionando",
        "vine con 2 bolsas y 3 cabros chicos",
        "hay 2 cajeras atendiendo y 3 conversando",
        "we had 3 windows and only 2 working",
    ],
)
def test_a_number_that_counts_or_names_something_is_no_grade(release: Release, text: str) -> None:
    assert read_grade(text, release.lexicon) is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [("pésimo", 1), ("más o menos", 4), ("excelente", 7), ("un rojo", 3), ("⭐⭐⭐⭐⭐", 7)],
)
@pytest.mark.parametrize("sure", [True, False])
def test_what_only_suggests_a_grade_is_noted_after_a_yes_alone(
    release: Release, text: str, grade: int, sure: bool
) -> None:
    chat = rating(release)
    assert f"¿Le pongo un {grade} a Tránsito?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)
    chat.says("sí" if sure else "no")
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == ([grade] if sure else [])


# Words beside the question for a grade, and the grade that they propose.


PROPOSED = {
    "suggested": [
        ("pésima la atención del caballero", 1),
        ("todo muy bien gracias", 6),
        ("excelente todo, muy bien", 7),
        ("perfecto como siempre", 7),
        ("les doy un azul", 5),
        ("the service was terrible", 1),
    ],
    "misspelt": [
        ("sies", 6),
        ("un cuartro po", 4),
        ("s i e t e", 7),
        ("sieet!! perdón el dedo, andaban todos con buena cara", 7),
        ("la nota, un cuatrp nomás", 4),
    ],
    "hedged": [
        ("casi un 5", 5),
        ("yo diría que van en el 5", 5),
        ("5, más o menos", 5),
        ("¿5?", 5),
        ("a la próxima les pongo un 5", 5),
        ("no es para un 7, pero un 6 sí", 6),
        ("iba a poner un 4 pero mejor un 5", 5),
    ],
    "at most": [
        ("no les doy más de un 5", 5),
        ("no pasa de un 4", 4),
        ("como mucho un 3", 3),
        ("un 5 como máximo", 5),
        ("at most a 2", 2),
        ("a 2 at most", 2),
    ],
    "thought of": [
        ("era pa un 7 pero la embarraron", 7),
        ("iba a poner 6 pero me arrepentí", 6),
        ("pondría 7 pero demoran mucho", 7),
        ("quería ponerle un 7 pero con lo que pasó ya no, déjeme pensarlo", 7),
        ("hubiera sido un 7", 7),
        ("estuve a punto de ponerle un 4", 4),
        ("I was going to give a 6", 6),
        ("I would give it a 7 but they were slow", 7),
    ],
    "one of many": [
        (
            "llegué con el número 45 y esperé 3 horas, pasaron 20 personas y al final me dijeron "
            "que volviera el martes 7 y la verdad es que le pongo un 1 porque no puede ser en "
            "pleno 2026",
            1,
        ),
    ],
    "beside words that say something else": [
        ("fui 2", 2),
        ("tomé la 3", 3),
        ("la 4 estaba cerrada", 4),
    ],
    "in a part of its own": [
        ("el 4 de marzo fui y el 5 me llamaron, un 6", 6),
        ("ni 6 ni 7, un 5", 5),
        ("nota: 6. fui el 3 y el 5, había 20 personas", 6),
        ("antes les habría puesto un 3, ahora un 6", 6),
        ("esperé del 10 al 24 de octubre, nota 2", 2),
        ("iba a ser un siete, pero lo bajo a cinco", 5),
    ],
    "conditional": [
        ("5 si me arreglan el hoyo", 5),
        ("7 cuando me contesten", 7),
        ("a 6 if they call me back", 6),
    ],
}


@pytest.mark.parametrize(
    ("text", "grade"), [one for proposed in PROPOSED.values() for one in proposed]
)
def test_a_grade_that_is_not_plainly_given_is_proposed_and_nothing_noted(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    assert f"¿Le pongo un {grade} a Tránsito?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "no estuvo bien",
        "excelente la niña pero pésima la espera",
        "bien lenta la cosa",
        "¿está bien si voy mañana?",
        "siempre llueve mucho",
    ],
)
def test_words_that_suggest_no_grade_plainly_propose_none(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert not chat.recorded(AnswerGiven)


def test_the_words_of_a_proposal_that_is_refused_are_kept_for_the_grade(release: Release) -> None:
    chat = rating(release)
    chat.says("pésima la atención del caballero")
    chat.says("no")
    chat.says("4")
    chat.says("listo")
    assert "pésima la atención del caballero" in chat.record()["words"]
    assert [fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade] == [4]


@pytest.mark.parametrize(
    "text",
    [
        "un 7... en hacerme perder la mañana, felicitaciones",
        "7 a la paciencia que uno tiene que tener",
        "7 for wasting my time",
    ],
)
def test_a_good_grade_that_mocks_is_checked(release: Release, text: str) -> None:
    chat = rating(release)
    assert "Aún no anoto nada" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        *("6, muy amables todos", "1, pésima atención", "7; todo rápido"),
        *("6 muy amables", "7 todo rápido", "1 pésimo todo"),
    ],
)
def test_a_grade_that_begins_what_is_told_is_not_lost(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("hola")
    chat.says(text)
    chat.says("tránsito")
    assert text[0] in chat.answers().values()


@pytest.mark.parametrize(
    "text", ["2 malos tratos en un día", "3 cuadras de fila", "6 muy demorones", "1 muy amable"]
)
def test_a_number_before_words_that_it_does_not_fit_is_no_grade(
    release: Release, text: str
) -> None:
    chat = at_card(release)
    chat.says("sí")
    chat.says(text)
    assert chat.state.proposal is None
    assert not [fact for fact in chat.recorded(AnswerGiven) if fact.grade]


@pytest.mark.parametrize(
    ("text", "grade", "area"),
    [
        ("vengo a ponerle un rojo a tránsito", 3, "Tránsito"),
        ("un azul para tránsito", 5, "Tránsito"),
    ],
)
def test_a_red_or_blue_mark_for_an_area_is_proposed(
    release: Release, text: str, grade: int, area: str
) -> None:
    assert f"¿Le pongo un {grade} a {area}?" in Chat(release).says(text)


def test_the_area_that_was_meant_is_an_answer_to_a_proposed_grade(release: Release) -> None:
    chat = Chat(release)
    assert "¿Le pongo" in chat.says("le pongo un 2 al consultorio")
    assert "Anoté un 2 para Tránsito" in chat.says("no, a tránsito")


@pytest.mark.parametrize(
    "text",
    [
        "no le pongo 7 porque nadie es perfecto",
        "un 7 sería mucho",
        "un 7 es poco para lo bien que me atendieron",
        "no les daría un 6",
        "I wouldn't give it a 7",
        "no merecen ser un 5",
    ],
)
def test_a_grade_that_is_refused_is_none(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert chat.answers() == {}


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("no, le pongo un 5", "5"),
        ("no le pongo un 7, le pongo un 5", "5"),
        ("un 6 me parece justo", "6"),
        ("7 pero demoran mucho", "7"),
    ],
)
def test_a_grade_beside_a_refusal_or_a_but_is_noted(
    release: Release, text: str, grade: str
) -> None:
    chat = rating(release)
    chat.says(text)
    assert next(iter(chat.answers().values())) == grade


@pytest.mark.parametrize(
    "text",
    [
        "el 1 qué significa",
        "1 es bueno o malo?",
        "cuál es la mejor nota",
        "de cuánto a cuánto va",
        "a qué se refiere con la nota",
        "what does 1 mean",
        "can I give half points?",
        "¿se puede poner medio punto?",
        "kisa chif sa yo vle di?",
    ],
)
def test_what_the_grades_mean_is_explained_and_the_question_stays(
    release: Release, text: str
) -> None:
    chat = rating(release)
    assert "7 la más alta" in chat.says(text)
    chat.says("5")
    assert list(chat.answers().values()) == ["5"]


@pytest.mark.parametrize("text", ["no", "no, gracias"])
def test_no_to_the_grade_leaves_it(release: Release, text: str) -> None:
    chat = rating(release)
    assert "no anoté nada" in chat.says(text)
    assert chat.state.progress is None


@pytest.mark.parametrize(
    "text",
    ["cómo pongo una nota", "dónde se deja una nota", "se puede poner una nota?"],
)
def test_how_a_grade_is_given_begins_a_rating(release: Release, text: str) -> None:
    chat = Chat(release)
    assert "¿Qué área le atendió?" in chat.says(text)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("le pongo la nota maxima pues, la niña del mesón un amor de persona", 7),
        ("les doy la peor nota", 1),
        ("le pongo el máximo", 7),
        ("les doy la mínima", 1),
        ("póngale la más alta, señorita", 7),
        ("I give them the top mark, lovely people at the desk", 7),
        ("mwen ba yo pi gwo nòt la, yo te byen resevwa m", 7),
        ("mwen se ayisyen, yo te pale byen avèk mwen, nòt mwen bay la se sèt", 7),
    ],
)
def test_the_best_and_the_worst_grade_are_noted_where_a_verb_gives_them(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.recorded(AnswerGiven)[0].value == str(grade)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("la mas baja que tengan, la peor de todas, no merecen otra cosa", 1),
        ("les daría la máxima si contestaran el teléfono", 7),
        ("le pondría un 6 si no fuera por la espera", 6),
        ("les daría un 5 de no ser por la demora", 5),
        ("6, pero sería un 7 si no fuera por la espera", 6),
    ],
)
def test_a_grade_that_nothing_gives_or_that_is_only_supposed_is_proposed(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    assert f"¿Le pongo un {grade} a" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text", ["la mínima temperatura fue de frío en esa sala", "con el mínimo interés atienden"]
)
def test_an_extreme_of_something_else_proposes_no_grade(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None


@pytest.mark.parametrize(
    "text", ["no le pongo la máxima, esperé", "nunca doy la nota máxima a nadie"]
)
def test_an_extreme_grade_that_is_denied_is_not_noted(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert not chat.recorded(AnswerGiven)


def test_a_grade_that_is_taken_back_beside_a_year_is_asked_about(release: Release) -> None:
    chat = rating(release)

    assert "¿Le pongo un 5" in chat.says("5, no mentira 4 porque me acordé del 2019")
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("I want to give a 7 to the library", "cultura"),
        ("give the health clinic a 3", "salud"),
        ("a 2 for the guys who pick up the trash", "aseo"),
        ("yon nòt 5 pou moun ki okipe fatra yo", "aseo"),
        ("mwen vle bay bibliyotèk la yon 6", "cultura"),
    ],
)
def test_a_grade_for_an_area_is_heard_in_english_and_creole(
    release: Release, text: str, area: str
) -> None:
    chat = Chat(release)
    chat.says(text)

    proposal = chat.state.proposal
    given = {one.subject.area for one in chat.state.rated}
    assert area in given or (proposal is not None and proposal.area == area)


@pytest.mark.parametrize("text", ["I gave 2 forms to the clerk", "give the form 2 days"])
def test_giving_something_else_than_a_grade_is_no_grade(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(text)

    assert chat.state.proposal is None
    assert not chat.state.rated
