"""What is asked to be changed in a case before it is filed: whole clauses, or all anew."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.release import Release
from handlers.understanding.reading.clauses import without_asides
from tests.handlers.chat import Chat

TOLD = "mi viejito está enfermo y no hay horas en el consultorio Schaffhauser, hace dos semanas"
LEFT = "no hay horas en el consultorio Schaffhauser, hace dos semanas"
WISH = "pido que den una hora"


def _summed_up(release: Release) -> Chat:
    chat = Chat(release)
    chat.says("reclamo")
    chat.says(f"{TOLD}, {WISH}")
    return chat


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sí, pero sin la parte de mi viejito enfermo", (f"{LEFT}, {WISH}",)),
        ("saque lo de mi viejito", (f"{LEFT}, {WISH}",)),
        ("quite lo de las dos semanas", (f"{TOLD.partition(',')[0]}, {WISH}",)),
    ],
)
def test_a_whole_clause_is_taken_out(release: Release, text: str, words: tuple[str, ...]) -> None:
    chat = _summed_up(release)
    assert "¿Lo ingreso?" in chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == words


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("déjelo como estaba", f"{TOLD}, {WISH}"),
        ("Dejarlo como estaba", f"{TOLD}, {WISH}"),
        ("faltan horas de médico en el consultorio", "faltan horas de médico en el consultorio"),
    ],
)
def test_all_is_told_anew_where_it_is_not_sure_what_goes(
    release: Release, then: str, words: str
) -> None:
    chat = _summed_up(release)
    assert chat.says("saque lo de las horas").startswith("Escríbalo de nuevo")
    chat.says(then)
    assert chat.state.filing is not None
    assert chat.state.filing.words == (words,)


@pytest.mark.parametrize(
    "text",
    ["3 no ingresar", "3. no ingresar", "3. que no me ayudan"],
)
def test_an_option_is_chosen_by_its_number_and_words(release: Release, text: str) -> None:
    chat = _summed_up(release)
    chat.says(text)
    assert chat.state.filing is None
    assert not any(isinstance(fact, CaseOpened) for fact in chat.facts)


@pytest.mark.parametrize(
    "text",
    [
        "1. y por qué me mandó lo de violencia antes? jaja",
        "1 sí, ingresar",
        "ingréselo nomás",
        "ingréselo no más",
        "qué?? no tengo mascotas! hablo de mi papá. ingréselo no más",
    ],
)
def test_a_case_is_filed_without_what_is_said_beside_it(release: Release, text: str) -> None:
    chat = _summed_up(release)
    chat.says(text)
    opened = [fact for fact in chat.facts if isinstance(fact, CaseOpened)]
    assert [case.text for case in opened] == [f"{TOLD}, {WISH}"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ya le dije, en la esquina de mi casa", "en la esquina de mi casa"),
        ("en la oficina de obras po, ya se lo dije", "en la oficina de obras po"),
        ("usted dijo que no tenía que repetirlo. es la música", "es la música"),
        ("no pregunté la dirección! le digo que llevo 6 meses", "llevo 6 meses"),
        ("ya le dije al inspector y no vino", "ya le dije al inspector y no vino"),
        ("ustedes dijeron que vendrían el lunes", "ustedes dijeron que vendrían el lunes"),
        ("pregunté en la oficina y nadie sabe", "pregunté en la oficina y nadie sabe"),
    ],
)
def test_what_is_said_to_the_assistant_is_no_part_of_it(
    release: Release, text: str, told: str
) -> None:
    assert without_asides(text, release.lexicon) == told


def test_the_matter_of_a_case_is_put_right(release: Release) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    chat.says("los perros botan todo en la calle Brasil 20 desde ayer, que hagan algo")
    chat.says("nooo, el reclamo no es de mascotas, es de la basura en la esquina")
    assert chat.state.filing is not None
    assert chat.state.filing.area == "aseo"
    assert "es de la basura" not in "\n".join(chat.state.filing.words)


def test_the_area_of_a_card_shown_before_is_not_taken_for_it(release: Release) -> None:
    chat = Chat(release)
    chat.says("quiero poner un reclamo y también saber cómo se castra mi perrita")
    chat.says("el reclamo es por la basura que dejan en la esquina de mi casa, hace un mes")
    chat.says("la esquina de Gabriela Mistral con Nicaragua, que la retiren")
    chat.says("nooo, el reclamo no es de mascotas, es de la basura en la esquina")
    assert chat.state.filing is not None
    assert chat.state.filing.area == "aseo"


def test_a_question_beside_a_wish_to_complain_is_answered(release: Release) -> None:
    chat = Chat(release)
    said = chat.says("quiero poner un reclamo y también saber cómo se castra mi perrita")
    assert chat.state.filing is not None
    assert not chat.state.filing.words
    assert "Cuente en un mensaje" in said


@pytest.mark.parametrize(
    ("told", "said", "words"),
    [
        (
            "reclamo porque el semáforo de Islón está malo hace 5 días y casi hay un choque ayer",
            "no, saque lo del choque, mi señora dice que no",
            ("reclamo porque el semáforo de Islón está malo hace 5 días",),
        ),
        (
            "reclamo por el ruido de un bar en la avenida del mar 2500, todos los fines de semana",
            "quedó mal escrito, mejor pongo: ruido de un bar en la avenida del mar 2600",
            ("ruido de un bar en la avenida del mar 2600",),
        ),
        (
            "reclamo por un taller en Larraín Alcalde 900 que mete ruido todos los días",
            "sí, pero ponga también que pintan autos en la vereda",
            (
                "reclamo por un taller en Larraín Alcalde 900 que mete ruido todos los días",
                "pintan autos en la vereda",
            ),
        ),
        (
            "reclamo por un bus que casi me atropella en Prat 300 hoy, pido que echen al chofer",
            "sí pero saque que lo echen, que le llamen la atención nomás",
            ("reclamo por un bus que casi me atropella en Prat 300 hoy",
             "que le llamen la atención nomás"),
        ),
        (
            "reclamo por la basura en el pasaje Los Aromos 33 hace una semana",
            "uy me equivoqué es el 38",
            ("reclamo por la basura en el pasaje Los Aromos 38 hace una semana",),
        ),
    ],
)  # fmt: skip
def test_what_is_ordered_of_the_text_is_done_and_no_part_of_it(
    release: Release, told: str, said: str, words: tuple[str, ...]
) -> None:
    chat = Chat(release)
    chat.says(told)
    chat.says(said)
    assert chat.state.filing is not None
    assert chat.state.filing.words == words


def test_a_part_that_was_never_told_is_said_to_be_none(release: Release) -> None:
    chat = _summed_up(release)
    assert chat.says("saque lo de la plaza").startswith("Esa parte no está en lo escrito.")
    assert chat.state.filing is not None
    assert chat.state.filing.words == (f"{TOLD}, {WISH}",)


@pytest.mark.parametrize(
    ("told", "said", "words"),
    [
        (
            ("reclamo por la plaza, está llena de basura y oscura", "ayer en la plaza"),
            "que la arreglen",
            ("la plaza, está llena de basura y oscura", "ayer en la plaza", "que la arreglen"),
        ),
        (
            ("reclamo por la plaza sin luz en las compañias, ayer",),
            "ya le dije pues, hace dos semanas que está apagada la plaza de Las Compañías",
            (
                "la plaza sin luz en las compañias, ayer",
                "hace dos semanas que está apagada la plaza de Las Compañías",
            ),
        ),
    ],
)
def test_an_answer_to_what_is_missing_is_told_and_nothing_asked(
    release: Release, told: tuple[str, ...], said: str, words: tuple[str, ...]
) -> None:
    chat = Chat(release)
    for one in (*told, said):
        chat.says(one)
    assert chat.state.filing is not None
    kept = [one.removeprefix("reclamo por ") for one in chat.state.filing.words]
    assert kept == list(words)
    assert not chat.state.doubtful


def test_the_matter_that_is_meant_names_the_area(release: Release) -> None:
    chat = Chat(release)
    chat.says("reclamo por la plaza que esta apagada hace una semana, calle brasil 30")
    chat.says("aseo")
    chat.says("no, si es la luz, no la basura")
    assert chat.state.filing is not None
    assert chat.state.filing.area == "operaciones"


def test_a_day_that_is_denied_takes_no_place(release: Release) -> None:
    chat = Chat(release)
    chat.says("the lady at the transit office was rude on Monday morning, I want to complain")
    chat.says("it was not monday sorry, it was tuesday")
    chat.says("just put tuesday not monday")
    assert chat.state.filing is not None
    assert "tuesday" in chat.state.filing.words[0]
    assert "onday" not in chat.state.filing.words[0]


SPEED = "reclamo, los autos pasan a gran velocidad, que pongan un lomo de toro, ayer chocaron"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("si pero es en calle amunategui con larrain alcalde", True),
        ("pero es en amunategui con balmaceda", True),
        ("si pero no es en amunategui con balmaceda", False),
    ],
)
def test_the_corner_that_was_missing_is_told(release: Release, said: str, *, told: bool) -> None:
    chat = Chat(release)
    for line in (SPEED, "saltar", said):
        chat.says(line)
    assert chat.state.filing is not None
    assert (said in chat.state.filing.words) is told


HOLE = "quiero reclamar por un bache en calle Balmaceda 500, ayer me caí, y mi vecina también"
HOLE_ALONE = "quiero reclamar por un bache en calle Balmaceda 500, ayer me caí"


@pytest.mark.parametrize(
    "text",
    [
        "quítele lo de mi vecina",
        "sí pero sáquele lo de mi vecina, solo el bache en calle Balmaceda 500",
        "no, así no, borre la vecina del texto po",
        "sí, pero elimine la vecina",
    ],
)
def test_an_order_to_take_something_out_is_no_word_of_the_case(release: Release, text: str) -> None:
    chat = Chat(release)
    assert "¿Lo ingreso?" in chat.says(HOLE)
    assert "¿Lo ingreso?" in chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == (HOLE_ALONE,)


def test_what_was_not_told_is_not_taken_out(release: Release) -> None:
    chat = Chat(release)
    chat.says(HOLE)
    chat.says("quite las ramas también")
    assert chat.state.filing is not None
    assert chat.state.filing.words == (HOLE, "quite las ramas también")


@pytest.mark.parametrize(
    ("told", "text", "kind"),
    [
        (HOLE, "no es un reclamo, es una felicitación", CaseKind.PRAISE),
        (HOLE, "no, it is not a complaint, it is a suggestion", CaseKind.SUGGESTION),
        (HOLE, "es un reclamo, no una sugerencia", CaseKind.COMPLAINT),
        ("sugerencia: pongan más basureros", "no es sugerencia, es un reclamo", CaseKind.COMPLAINT),
        ("felicitación: la señora del cesfam", "no es reclamo!! es felicitación", CaseKind.PRAISE),
    ],
)
def test_a_case_becomes_one_of_another_kind(
    release: Release, told: str, text: str, kind: CaseKind
) -> None:
    chat = Chat(release)
    chat.says(told)
    words = chat.state.filing.words if chat.state.filing else ()
    assert words
    chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.kind is kind
    assert chat.state.filing.words == words


def test_a_summary_says_of_which_kind_it_is_unless_it_complains(release: Release) -> None:
    chat = Chat(release)
    assert "Va como" not in chat.says(HOLE)
    assert "Va como felicitación" in chat.says("no es un reclamo, es una felicitación")
