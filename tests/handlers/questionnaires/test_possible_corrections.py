"""Words after a grade that may correct it: asked in one tap, and kept as its comment after a no."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import play, played

SLIPPED = "la niña agarró el celu y apretó puras leseras, no vale"
LIKELY = "voy a ser buena, un 4"


@pytest.fixture
def graded(release: Release) -> Chat:
    chat = Chat(release)
    chat.says("quiero poner nota")
    chat.says("tránsito")
    chat.says("2")
    return chat


def test_another_grade_is_noted_after_a_yes(graded: Chat) -> None:
    assert "de 2 a 4" in graded.says(LIKELY)
    assert list(graded.answers().values()) == ["2"]
    graded.says("sí")
    assert list(graded.answers().values()) == ["4"]


def test_after_a_no_the_words_are_the_comment(graded: Chat) -> None:
    graded.says(LIKELY)
    graded.presses("No, es comentario")
    assert list(graded.answers().values()) == ["2", LIKELY]


def test_words_after_that_are_kept_and_it_is_asked_again(graded: Chat) -> None:
    graded.says(LIKELY)
    assert "de 2 a 4" in graded.says("la señora del mesón fue muy amable")
    assert list(graded.answers().values()) == ["2", "la señora del mesón fue muy amable"]
    said = graded.copy()
    assert "de 2 a 4" in graded.says("y rápida además")
    graded.says("sí")
    words = "la señora del mesón fue muy amable\ny rápida además"
    assert sorted(graded.answers().values()) == ["4", words]
    said.says("no")
    assert list(said.answers().values()) == ["2", f"la señora del mesón fue muy amable\n{LIKELY}"]


def test_a_slip_can_be_erased_or_kept(graded: Chat) -> None:
    assert graded.says(SLIPPED).startswith("¿Borro su nota")
    assert list(graded.answers().values()) == ["2"]
    kept = graded.copy()
    kept.presses("No, es comentario")
    assert list(kept.answers().values()) == ["2", SLIPPED]
    graded.presses("Sí, borrarla")
    assert list(graded.answers().values()) == []


DOUBTED = "se me pasó la mano"


@pytest.mark.parametrize(
    ("option", "answers"),
    [
        ("Agregarlo", ["2", DOUBTED]),
        ("Dejarla así", ["2"]),
        ("Borrar mi nota", []),
        ("Era una pregunta", ["2"]),
    ],
)
def test_what_a_doubt_is_to_change_takes_one_tap(
    graded: Chat, option: str, answers: list[str]
) -> None:
    assert graded.says(DOUBTED).startswith("¿Qué hago con esto")
    assert list(graded.answers().values()) == ["2"]
    graded.presses(option)
    assert list(graded.answers().values()) == answers


def test_a_grade_that_is_doubted_is_asked_for_anew_after_a_yes(graded: Chat) -> None:
    graded.says(DOUBTED)
    assert "¿Qué nota le pone" in graded.says("sí")
    graded.says("5")
    assert list(graded.answers().values()) == ["5"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("ojo que eso es por otra parte, yo anduve en el cesfam", "a Salud y CESFAM? Allá"),
        (
            "es que yo no vengo por tránsito sino por patentes",
            "a Patentes Comerciales?",
        ),
        ("no me dijeron que eso era en tesorería", "a Tesorería y Finanzas?"),
        ("y pa los de aseo un 3 también", "¿Le pongo un 3 a Aseo"),
        ("oiga pero yo quería evaluar a los que esterilizan gatos", "a Mascotas y Veterinaria?"),
        ("creo que eso es de patentes parece, es donde dan el permiso", "a Patentes Comerciales?"),
        ("la nota está bien pero es para la delegación", "a Delegaciones? Allá queda un 2"),
        ("no fue ahí y tampoco era un dos: deportes, un 3", "a Deportes? Allá queda un 3"),
        ("sabe que bórreme la nota, no quiero opinar", "¿Borro su nota"),
        ("el otro día fui a obras y fue un 5", "¿Le pongo un 5 a Dirección de Obras"),
        ("nooo qué hice", "¿Qué hago con esto"),
    ],
)
def test_words_that_may_correct_something_are_never_just_added(
    graded: Chat, words: str, asked: str
) -> None:
    assert asked in graded.says(words)
    assert list(graded.answers().values()) == ["2"]


def test_a_rating_is_moved_with_the_other_grade_that_is_said(graded: Chat) -> None:
    graded.says("no fue ahí y tampoco era un dos: deportes, un 3")
    graded.says("sí")
    assert list(graded.answers().values()) == ["3"]
    assert [one.subject.area for one in graded.state.rated] == ["deportes"]


def test_another_grade_by_itself_behind_a_reason_is_proposed(graded: Chat) -> None:
    assert "de 2 a 3" in graded.says("el joven no tiene la culpa de todo. Con un 3 basta")


@pytest.mark.parametrize(
    "words",
    [
        "no perdón, eso era para el registro civil",
        "uy no, yo hablaba del hospital",
        "chuta, pensé que era el registro civil",
        "pero eso fue en el banco estado",
    ],
)
def test_a_grade_for_an_office_of_somebody_else_may_be_erased(graded: Chat, words: str) -> None:
    assert graded.says(words).startswith("¿Borro su nota")
    graded.says("sí")
    assert list(graded.answers().values()) == []


@pytest.mark.parametrize(
    "words", ["atienden mejor que el registro civil", "en el registro civil son más rápidos"]
)
def test_a_comparison_with_another_office_is_a_comment(graded: Chat, words: str) -> None:
    graded.says(words)
    assert list(graded.answers().values()) == ["2", words]


def test_a_grade_that_was_noted_stays_when_it_is_said_again(graded: Chat) -> None:
    assert "sigue siendo 2" in graded.says("no, era un 2")


@pytest.mark.parametrize(
    ("answer", "offered", "waits"),
    [("sí, y otro 2 para aseo", "accept", 1), ("no, en la posta", "rate:salud", 0)],
)
def test_what_is_said_behind_a_yes_or_a_no_is_not_lost(
    release: Release, answer: str, offered: str, waits: int
) -> None:
    chat = Chat(release)
    chat.says("les pongo un 4 a los de la licencia")
    chat.says(answer)
    assert offered in [one.key for one in chat.reply.options]
    assert len(chat.state.next_grades) == waits
    assert chat.answers() == {}


GRADE_WAITS = ("quiero poner un 3", "a donde saqué el permiso de la feria")
MOVED = ("evaluar", "tránsito", "3", "fila eterna", "no fue en tránsito, fue en tesorería")


@pytest.mark.parametrize(
    ("says", "answered", "on_record"),
    [
        ((*GRADE_WAITS, "sí"), "Anoté un 3 para Patentes", {"grade": "3"}),
        ((*GRADE_WAITS, "no"), "Qué área le atendió", {}),
        ((*GRADE_WAITS, "se demoran", "listo"), "Tengo su nota 3", {}),
        (MOVED, "su nota 3 para Tesorería", {"grade": "3", "words": "fila eterna"}),
        (("evaluar", "salud", "6", "no, un 5", "listo"), "de 6 a 5", {"grade": "6"}),
        (("un 6 a tránsito", "no quiero dejar comentario"), "su nota 6", {"grade": "6"}),
        (("les pongo un 6 a los de la licencia", "rápido"), "¿Le pongo un 6 a Tránsito", {}),
    ],
)
def test_neither_a_grade_nor_words_are_dropped_on_the_way(
    release: Release, says: tuple[str, ...], answered: str, on_record: dict[str, str]
) -> None:
    chat = played(release, *says)
    assert answered in chat.reply.text
    assert chat.record() == on_record


def test_a_grade_that_waits_for_its_area_is_asked_for_behind_another(release: Release) -> None:
    chat = played(release, "quiero poner un 5", "y la otra oficina, la de adulto mayor, un 7", "sí")
    assert chat.record()["grade"] == "7"
    assert chat.state.draft is not None
    assert chat.state.draft.grade == 5


@pytest.mark.parametrize("before", [(), ("me atendieron a las diez",)])
@pytest.mark.parametrize(
    "text",
    [
        "y la vacuna la ponen aquí mismo o en otra parte",
        "cuántas palabras puedo poner",
        "y ustedes saben si mañana es feriado?",
        "y esto lo lee el mismo señor?? es que tengo que volver",
        "cuándo es la otra feria? me pregunta mi hermana",
        "qué hacen con mi nota, la leen o no",
        "la nota queda como está, no me la toque",
        "mejor no ponga nada, deje la nota no más",
        "no fue en la delegación, fue en la posta, pero la nota está bien",
        "menos todavía",
        "digo, los de la otra cuadra",
        "se demoraron una hora, la verdad. con todo y eso un 6",
        "nonono 2 no, me resolvieron todo",
    ],
)
def test_what_may_be_no_comment_is_asked_in_one_tap_and_not_kept(
    graded: Chat, before: tuple[str, ...], text: str
) -> None:
    play(graded, *before)
    graded.says(text)
    assert text not in " ".join(graded.answers().values())


@pytest.mark.parametrize(
    "text",
    [
        "¿cómo puede ser que se demoren tanto?",
        "hasta cuándo nos tienen con la calle así, es una vergüenza",
        "y de noche es peor",
        "no alcanzaron los números y me tuve que ir",
        "mucho trámite",
        "que pongan más sillas en la sala de espera",
    ],
)
def test_a_comment_that_asks_denies_or_wishes_is_kept(graded: Chat, text: str) -> None:
    graded.says(text)
    assert text in " ".join(graded.answers().values())
