"""What becomes of a case is told: to who filed it, and to staff."""

from __future__ import annotations

import pytest

from handlers.facts.cases import (
    AnswerJudged,
    CaseExtended,
    CaseOpened,
    CaseReopened,
)
from handlers.facts.lookups import LookupMade
from handlers.messages import (
    CaseAnswer,
    CaseNews,
    CaseNotice,
    CaseReminder,
    CaseStep,
    File,
    PersonSays,
)
from tests.handlers.chat import MONDAY, Chat

NUMBER = "LS-2026-000001"

# What becomes of it


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (CaseStep.READ, "una persona de Aseo y Áreas Verdes ya lo leyó"),
        (CaseStep.FORWARDED, "Ahora responde: Aseo y Áreas Verdes."),
        (CaseStep.EXTENDED, "a más tardar el 16 de noviembre de 2026"),
        (CaseStep.OVERDUE, "Lo ve ahora la Administración Municipal"),
        (CaseStep.CLOSED, "cerró su caso"),
        (CaseStep.REOPENED, "abrió otra vez su caso, con el mismo número"),
        (CaseStep.FORMAL, "Portal de Transparencia"),
    ],
)
def test_what_becomes_of_a_case_is_told_and_leaves_what_is_open(
    known: Chat, step: CaseStep, said: str
) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("nota")
    known.says("deportes")
    question = known.reply
    text = known.hear(CaseNews(NUMBER, step, "aseo", MONDAY, "Porque sí."))
    assert text.startswith(NUMBER)
    assert said in text
    assert "Motivo: «Porque sí.»" in text
    known.presses("6", under=question)
    assert known.record()["grade"] == "6"


def test_the_state_tells_what_comes_next(known: Chat) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    assert "todavía no lo lee una persona" in known.says("mi reclamo")
    known.read.add(NUMBER)
    text = known.says(NUMBER)
    assert "ya lo leyó una persona" in text
    assert "Plazo: 15 de diciembre de 2026." in text
    known.waits(days=40)
    assert "El plazo venció el 15 de diciembre de 2026" in known.says(NUMBER)
    known.cases[NUMBER] = "answered"
    assert "ya tiene respuesta" in known.says(NUMBER)
    known.cases[NUMBER] = "closed"
    assert "ya no está abierto" in known.says(NUMBER)


@pytest.mark.parametrize("how", ["press", "type"])
@pytest.mark.parametrize(
    ("label", "value"),
    [("Sí, responde", "yes"), ("Solo en parte", "partly"), ("No, reabrir", "no")],
)
def test_whether_it_was_what_they_asked_for_is_noted(
    known: Chat, label: str, value: str, how: str
) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    known.hear(CaseAnswer(NUMBER, "aseo", "Pasará el jueves."))
    known.presses(label) if how == "press" else known.says(label)
    assert [fact.value for fact in known.recorded(AnswerJudged)] == [value]
    assert len(known.recorded(CaseReopened)) == (value == "no")
    if value != "yes":
        known.says("tampoco pasó el jueves")
        assert known.recorded(CaseExtended)[-1].due is not None


@pytest.mark.parametrize(
    ("said", "value", "told"),
    [
        ("sí", "yes", ""),
        ("ahora sí, muchas gracias", "yes", ""),
        ("en parte", "partly", ""),
        ("no", "no", ""),
        ("todavía no", "no", ""),
        ("quiero reabrir mi reclamo", "no", ""),
        ("no, sigue sin pasar", "no", "no, sigue sin pasar"),
        ("no me solucionaron nada", "no", "no me solucionaron nada"),
        ("sí, pero falta la esquina", "partly", "sí, pero falta la esquina"),
        ("gracias", "", ""),
        ("no, gracias", "", ""),
        ("ok", "", ""),
        ("¿a qué hora abre la biblioteca?", "", ""),
        ("quiero sacar licencia de conducir", "", ""),
        ("en el juzgado me atendieron pésimo", "", ""),
    ],
)
@pytest.mark.parametrize("days", [0, 40])
def test_whether_it_was_what_they_asked_for_is_said_in_words_too(
    known: Chat, said: str, value: str, told: str, days: int
) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    known.hear(CaseAnswer(NUMBER, "aseo", "Pasará el jueves."))
    known.waits(days=days)
    known.says(said)
    assert [fact.value for fact in known.recorded(AnswerJudged)] == ([value] if value else [])
    assert [fact.text for fact in known.recorded(CaseExtended)] == ([told] if told else [])
    assert len(known.recorded(CaseReopened)) == (value == "no" and not told)


@pytest.mark.parametrize(
    ("days", "asked", "judged"),
    [(0, "nota|deportes", False), (0, "reclamo", False), (0, "basura", False), (2, "basura", True)],
)
def test_a_bare_no_belongs_to_the_question_that_is_open(
    known: Chat, days: int, asked: str, *, judged: bool
) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    for words in asked.split("|"):
        known.says(words)
    known.waits(days=days)
    known.hear(CaseAnswer(NUMBER, "aseo", "Pasará el jueves."))
    known.says("no")
    assert bool(known.recorded(CaseReopened)) == judged


@pytest.mark.parametrize("answer", ["Pasará el lunes.", "Pasará el lunes. " * 100])
@pytest.mark.parametrize("said", ["no", "en parte", "sí, gracias"])
def test_it_is_asked_of_every_answer_however_long(known: Chat, answer: str, said: str) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    for _ in range(2):
        known.waits(days=1)
        known.hear(CaseAnswer(NUMBER, "aseo", answer))
        known.says(said)
        known.says("listo")
    assert len(known.recorded(AnswerJudged)) == 2


def _is_answered(known: Chat) -> None:
    """A complaint of the garbage truck, and the answer of its area."""
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    known.hear(CaseAnswer(NUMBER, "aseo", "Pasará el jueves."))
    known.cases[NUMBER] = "answered"


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        ((), "No han hecho nada"),
        (("sí",), "volvió a pasar lo mismo"),
        (("sí", "gracias"), "no cumplieron"),
        ((), "pésima la atención"),
    ],
)
def test_words_that_nothing_answers_below_an_answered_case_open_it_with_one_tap(
    known: Chat, judged: tuple[str, ...], said: str
) -> None:
    _is_answered(known)
    for words in judged:
        known.says(words)
    assert NUMBER in known.says(said)
    assert not known.recorded(LookupMade)
    known.says("volvió a pasar lo mismo")
    known.presses("No, reabrir")
    assert known.case_texts(NUMBER)[-1] == f"{said}\nvolvió a pasar lo mismo"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            "en la calle Balmaceda 300, desde el lunes",
            ["en la calle Balmaceda 300, desde el lunes"],
        ),
        ("ingréselo así nomás", []),
        ("¿dónde lo denuncio?", []),
        ("quiero avisar", []),
    ],
)
def test_what_is_said_beside_words_that_wait_begins_no_other_case(
    known: Chat, more: str, told: list[str]
) -> None:
    _is_answered(known)
    known.says("sí")
    known.says("no ha venido nadie")
    known.says(more)
    known.waits(hours=2)  # the words wait as long as it is asked
    known.presses("No, reabrir")
    assert known.case_texts(NUMBER)[-1] == "\n".join(["no ha venido nadie", *told])


def test_words_about_an_answer_that_is_what_they_asked_for_go_into_no_other_case(
    known: Chat,
) -> None:
    _is_answered(known)
    known.says("sí")
    known.says("no ha venido nadie")
    known.presses("Sí, responde")
    assert "no ha venido nadie" not in known.says("reclamo")


@pytest.mark.parametrize("case", ["closed", "other"])
def test_words_that_nothing_answers_open_no_other_case(known: Chat, case: str) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    known.hear(CaseAnswer(NUMBER, "aseo", "Pasará el jueves."))
    known.says("sí")
    known.cases[NUMBER] = "closed" if case == "closed" else "answered"
    if case == "other":
        known.says("No han hecho nada")
        known.says("menú")
    known.says("volvió a pasar lo mismo")
    assert not known.offers(f"unsolved:{NUMBER}")


@pytest.mark.parametrize(
    ("said", "about_case"),
    [
        ("no quedé conforme con la respuesta", True),
        ("no me sirvió lo que me respondieron del reclamo", True),
        ("la respuesta no me sirve", True),
        ("quiero reclamar contra la respuesta", True),
        ("quiero apelar", True),
        ("No estoy satisfecha con lo que me contestaron", True),
        ("lo que me contestaron no es lo que pedí", True),
        ("me respondieron cualquier cosa", True),
        ("no es lo que pedí", True),
        ("no estoy de acuerdo con la respuesta que me dieron", True),
        ("mi vecino no me contestó el saludo", False),
    ],
)
@pytest.mark.parametrize("between", ["hola", "permiso de circulación"])
def test_who_is_not_content_finds_the_way_to_open_it_again(
    known: Chat, said: str, between: str, *, about_case: bool
) -> None:
    _is_answered(known)
    known.says(between)
    answer = known.says(said)
    card = between != "hola"  # of which a bare "no me sirve" is said
    if about_case and (not card or "reclam" in said):
        assert "lo abro otra vez con lo que acaba de escribir" in answer
        known.presses("No, reabrir")
        assert known.case_texts(NUMBER)[-1] == said
    assert len(known.recorded(CaseExtended)) == (about_case and (not card or "reclam" in said))


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        (["quedé disconforme"], True),
        (["estoy disconforme con la respuesta"], True),
        (["no me sirvió", "no"], True),
        (["listo", "quedé disconforme", "no"], True),
        (["listo", "no me arreglaron nada", "no"], True),
        (["hola", "no quedé satisfecho con la respuesta", "no"], True),
        (["no, gracias"], False),
        (["nada más"], False),
        (["listo", "gracias"], False),
    ],
)
def test_who_is_not_content_after_in_part_is_heard_in_the_case(
    known: Chat, said: list[str], *, carried: bool
) -> None:
    _is_answered(known)
    known.presses("Solo en parte")
    for words in said:
        answer = known.says(words)
        assert "quedó ingresado" not in answer, "nobody answers what is as it was"
    told = [one for one in said if one not in ("listo", "hola", "no")]
    assert [one.text for one in known.recorded(CaseExtended)] == (told if carried else [])


def test_who_is_not_content_before_there_is_an_answer_sees_how_it_stands(known: Chat) -> None:
    assert "está" in known.says("quedé disconforme con la respuesta")
    assert not known.offers(f"unsolved:{NUMBER}")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("sigue igual, no ha pasado nadie", True),
        ("mentira, no vinieron", True),
        ("no ha venido nadie", True),
        ("nunca pasó el camión", True),
        ("ver mi caso", True),
        ("gracias", False),
        ("no, gracias", False),
        ("permiso de circulación", False),
        ("no hay luz en la esquina de mi casa", False),
        ("no funciona la página", False),
        ("en el juzgado me atendieron pésimo", False),
    ],
)
def test_who_said_yes_and_is_disappointed_later_finds_the_case(
    known: Chat, said: str, *, shown: bool
) -> None:
    _is_answered(known)
    known.says("sí")
    known.waits(days=3)
    answer = known.says(said)
    assert ("No, reabrir" in known.labels) == shown
    assert not known.recorded(CaseExtended)
    if shown:
        assert "escriba PERSONA" not in answer  # the buttons are the way
        known.presses("No, reabrir")
        assert known.case_texts(NUMBER)[1:] == ([said] if said != "ver mi caso" else [])


def test_a_file_comes_before_the_answer_that_it_goes_with(known: Chat) -> None:
    known.complains("no pasa el camión de la basura")
    file = File("respuesta.pdf", ref="file:7")
    known.hear(CaseAnswer(NUMBER, "aseo", "Va el plano.", file=file))
    sent, said = known.replies[-2:]
    assert sent.file == file
    assert NUMBER in sent.text
    assert "Va el plano." in said.text
    known.hear(PersonSays(1, "Mire", file))
    assert [one.file for one in known.replies[-2:]] == [file, None]


def test_what_is_closed_is_not_opened_again(known: Chat) -> None:
    known.complains("no pasa el camión de la basura")
    known.hear(CaseAnswer(NUMBER, "aseo", "Pasará el jueves."))
    known.cases[NUMBER] = "closed"
    assert "Ya pasó el tiempo" in known.presses("No, reabrir")
    assert not known.recorded(CaseReopened)


def test_nobody_judges_a_case_of_another_chat(known: Chat) -> None:
    assert "No encuentro una solicitud suya" in known.says("reabrir")
    assert not known.recorded(AnswerJudged)


@pytest.mark.parametrize("step", ["unread", "first", "second", "overdue"])
def test_staff_are_reminded_with_number_unit_and_date(known: Chat, step: str) -> None:
    text = known.hear(CaseReminder(NUMBER, "reclamo", "aseo", step, MONDAY))
    assert f"{NUMBER} (Aseo y Áreas Verdes)" in text
    assert "16 de noviembre de 2026" in text
    assert known.reply.about == NUMBER


def test_staff_see_first_what_is_urgent(known: Chat) -> None:
    notice = CaseNotice(NUMBER, "reclamo", "aseo", "Hay gas", urgent=True, due_at=MONDAY)
    text = known.hear(notice)
    assert text.startswith("Urgente: puede haber alguien en peligro.")
    assert "Plazo: 16 de noviembre de 2026." in text


@pytest.mark.parametrize("text", ["cómo va mi reclamo", "en qué está mi reclamo?"])
def test_how_a_case_stands_is_answered_while_more_words_are_awaited(known: Chat, text: str) -> None:
    known.complains("no pasa el camión de la basura")
    assert NUMBER in known.says(text)
    assert known.case_texts(NUMBER) == ["no pasa el camión de la basura"]


def test_how_a_suggestion_stands_is_told_by_its_name(known: Chat) -> None:
    known.says("sugerencia")
    known.says("que las plazas tengan más sombra")
    known.says("sí")
    known.says("listo")
    assert NUMBER in known.says("mi sugerencia en qué va")
    assert len(known.recorded(CaseOpened)) == 1
