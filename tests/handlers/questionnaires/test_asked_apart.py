"""What is asked, reported or said to the assistant beside a grade, and is no comment."""

from __future__ import annotations

import pytest

from handlers.facts.lookups import LookupMade
from handlers.facts.responses import ResponseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

GRADED = "le pongo un 4 a la biblioteca porque cierran muy temprano"
MENU = "¿Qué hago con esto que escribió?"


def _graded(release: Release, said: str = GRADED) -> Chat:
    chat = Chat(release)
    chat.says(said)
    if chat.offers("accept"):
        chat.says("sí")
    return chat


def _comment(chat: Chat) -> str:
    record = chat.record()
    return record.get("words") or record.get("best", "")


@pytest.mark.parametrize(
    ("behind", "asked"),
    [
        (", y tambien quiero saber como pedir hora para casarme", "como pedir hora para casarme"),
        (". por cierto, dónde pago la basura?", "dónde pago la basura?"),
        (". otra consulta: ¿cómo saco la licencia?", "¿cómo saco la licencia?"),
        (", y de paso, ¿cómo saco un certificado de residencia?", "un certificado de residencia?"),
        (". y quería preguntar cuánto cuesta el permiso de circulación", "permiso de circulación"),
        (". a todo esto, ¿dónde vacunan a los perros?", "vacunan a los perros?"),
    ],
)
def test_a_question_announced_behind_a_grade_is_answered_and_no_comment(
    release: Release, behind: str, asked: str
) -> None:
    for words in (GRADED + behind, ""):
        chat = _graded(release, words or GRADED)
        if not words:
            chat.says("el guardia fue amable" + behind)
        (made,) = chat.recorded(LookupMade)
        assert made.query.endswith(asked)
        assert "temprano" in _comment(chat)
        assert asked not in _comment(chat)


@pytest.mark.parametrize(
    "behind",
    [
        ", y también faltan sillas",
        ", y de paso retaron a mi hijo",
        ". por cierto, el guardia es un grosero",
        ". otra cosa, faltaba luz en el pasillo",
        " y nadie supo explicar cómo se pide un libro",
        ", quiero saber por qué cierran tan temprano",
    ],
)
def test_what_asks_nothing_behind_a_grade_stays_in_the_comment(
    release: Release, behind: str
) -> None:
    chat = _graded(release, GRADED + behind)
    assert not chat.recorded(LookupMade)
    assert behind.rpartition(" ")[2] in _comment(chat)


def test_the_question_that_was_kept_is_searched_and_not_that_it_was_one(release: Release) -> None:
    asked = "is there a lifeguard on the beach in december"
    for said in ("yes it was a question, about the lifeguards", "it was a question"):
        chat = _graded(release, "I want to give a 6 to tourism")
        chat.says("They were lovely")
        chat.says(f"the map was great and {asked}")
        kept = _comment(chat)
        chat.says(said)
        assert said not in _comment(chat)
        assert asked in kept
        assert asked not in _comment(chat)
        assert chat.recorded(LookupMade)[-1].query.endswith(asked)


@pytest.mark.parametrize(
    "order",
    [
        "agreguelo pues, para eso lo escribi",
        "agréguelo no más",
        "agréguelo",
        "agrégalo, por algo lo escribí",
    ],
)
def test_an_order_that_names_an_option_of_the_menu_chooses_it(release: Release, order: str) -> None:
    chat = _graded(release, "le pongo un 1 a la biblioteca porque esperé mucho")
    assert MENU in chat.says("excelente todo, muy rápido")
    assert MENU not in chat.says(order)
    assert _comment(chat).endswith("excelente todo, muy rápido")
    assert "escrib" not in _comment(chat)


@pytest.mark.parametrize(
    "told",
    [
        "el que atendio al final fue amable eso si",
        "la señora de la caja fue amable al menos",
        "por lo menos el guardia fue muy amable",
        "fue amable la niña del mesón, eso sí",
    ],
)
def test_the_other_side_of_a_bad_grade_is_added_without_a_menu(release: Release, told: str) -> None:
    chat = _graded(release, "le pongo un 1 a la biblioteca porque esperé mucho")
    assert MENU not in chat.says(told)
    assert _comment(chat).endswith(told)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "no le pongo nota a nadie. cómo saco la licencia de conducir?",
            "la licencia de conducir?",
        ),
        ("no, eso no es cesfam, déjelo. y dónde pago la basura?", "pago la basura?"),
        ("no quiero evaluar a nadie, ¿cuánto cuesta el permiso de circulación?", "circulación?"),
        ("no le ponga nada. dónde vacunan a los perros", "vacunan a los perros"),
        ("no les voy a poner nota. pregunto por la beca municipal", "la beca municipal"),
        ("no, déjelo", ""),
        ("no le pongo nota a nadie", ""),
    ],
)
def test_a_refused_grade_is_dropped_for_good(release: Release, said: str, asked: str) -> None:
    chat = Chat(release)
    assert "¿Le pongo un 7" in chat.says("quisiera felicitar a los de la ambulancia, un 7")
    for words in (said, "gracias"):
        assert "¿Le pongo un 7" not in chat.says(words)
    opened = [one.questionnaire for one in chat.recorded(ResponseOpened)]
    assert "atencion" not in opened
    queries = [one.query for one in chat.recorded(LookupMade)]
    assert len(queries) == bool(asked)
    assert all(query.endswith(asked) for query in queries)


@pytest.mark.parametrize("said", ["no, un 6", "sí, fueron muy amables", "no, fue en la biblioteca"])
def test_what_puts_the_proposed_grade_right_does_not_drop_it(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.says("quisiera felicitar a los de la ambulancia, un 7")
    assert "no anoté nada" not in chat.says(said)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("ya se lo dije, don Hugo", "al cementerio porque estaba limpio\ndon Hugo"),
        ("ya le dije, el trato", "al cementerio porque estaba limpio\nel trato"),
        ("como le dije", "al cementerio porque estaba limpio"),
    ],
)
def test_who_told_it_already_keeps_what_was_told(release: Release, said: str, left: str) -> None:
    chat = _graded(release, "le pongo un 5 al cementerio porque estaba limpio")
    changed = chat.copy()
    chat.says(said)
    assert _comment(chat) == left
    changed.says("mejor un 6")
    changed.says(said)
    assert _comment(changed) == left


def test_of_a_comment_only_the_part_that_is_to_stay_is_proposed(release: Release) -> None:
    chat = _graded(release, f"{GRADED} y no supe lo de casarme")
    chat.says("saque de mi comentario lo del casamiento")
    asked = chat.says("pero que va a borrar? yo quiero que quede lo de que cierran temprano")
    assert "«a la biblioteca porque cierran muy temprano»" in asked
    chat.says("sí")
    assert _comment(chat) == "a la biblioteca porque cierran muy temprano"


@pytest.mark.parametrize(
    "said",
    [
        "quiero agregarle que fueron 4 ventanillas y que mi nota sea un 1 no un 2",
        "cambie mi nota a un 1, no un 2, y agregue que fueron 4 ventanillas",
        "agregue que fueron 4 ventanillas y que la nota sea un 1",
    ],
)
def test_two_changes_at_once_are_both_done(release: Release, said: str) -> None:
    chat = _graded(
        release, "le pongo un 2 a tránsito porque me tuvieron de ventanilla en ventanilla"
    )
    assert "de 2 a 1" in chat.says(said)
    assert _comment(chat).endswith("\nfueron 4 ventanillas")
    chat.says("sí")
    assert chat.record()["grade"] == "1"
    assert _comment(chat).endswith("\nfueron 4 ventanillas")


PRAISED = "le pongo un 7 a aseo porque barrieron toda la plaza bien temprano"


@pytest.mark.parametrize(
    "report",
    [
        "el riego de la plaza está botando agua toda la noche",
        "hay un foco quemado en la calle balmaceda",
        "a quien le digo que el riego de la plaza esta botando agua toda la noche",
        "hay un hoyo enorme frente a mi casa",
        "dejaron un microbasural en la esquina de mi pasaje",
    ],
)
def test_a_complaint_behind_a_report_takes_that_and_no_praise(
    release: Release, report: str
) -> None:
    chat = _graded(release, PRAISED)
    chat.says(report)
    begun = chat.says("RECLAMO")
    assert report in begun
    assert "barrieron" not in begun


def test_a_complaint_behind_a_grade_takes_blame_and_no_praise(release: Release) -> None:
    assert "barrieron" not in _graded(release, PRAISED).says("RECLAMO")
    blamed = _graded(release, "le pongo un 2 a aseo porque nunca pasan")
    blamed.says("dejaron toda la basura botada en mi calle")
    begun = blamed.says("RECLAMO")
    assert "nunca pasan" in begun
    assert "botada en mi calle" in begun
