"""Telling a case: what was typed is taken over, what misses is asked once, then a summary."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened
from handlers.facts.responses import AnswerGiven
from handlers.messages import (
    MediaKind,
)
from handlers.release import Release
from tests.handlers.chat import Chat

NUMBER = "LS-2026-000001"
PLACE = "el lugar: calle y número, o una esquina"
WHOLE = "ayer en la plaza de armas había basura, pido que la retiren"


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        (WHOLE, ""),
        ("no pasa el camión de la basura", "dónde fue, cuándo fue y qué pide"),
        ("no pasa el camión por mi pasaje", "dónde fue, cuándo fue y qué pide"),
        ("no pasa el camión por el pasaje Los Lirios hace dos semanas", "qué pide"),
        ("me trataron mal en el cesfam", "cuándo fue y qué pide"),
        ("me caí en un hoyo en Balmaceda 1200", "cuándo fue y qué pide"),
        # What stays until it is mended
        ("quiero reclamar por un hoyo en la calle", PLACE),
        ("quiero reclamar por un hoyo en la calle que rompe autos", PLACE),
        ("hay un hoyo frente a mi casa", PLACE),
        ("la luz de mi pasaje está apagada hace un mes", PLACE),
        ("quiero reclamar por un hoyo en la calle balmaceda", ""),
        ("la luminaria de la plaza Buenos Aires está apagada", ""),
        ("hay un microbasural en Colón con Matta", ""),
        ("quiero que pase el camión por Balmaceda 1234", "cuándo fue"),
        ("necesito que arreglen la luz, está mala desde el 12/11", "dónde fue"),
    ],
)
def test_only_what_misses_is_asked_for_and_once(known: Chat, told: str, missing: str) -> None:
    known.says("reclamo")
    text = known.says(told)
    if missing:
        assert f"Me falta saber: {missing}." in text
        text = known.says("no me acuerdo")
    assert "¿Lo ingreso?" in text


def test_what_is_told_in_the_summary_is_added_and_shown_again(known: Chat) -> None:
    known.says("reclamo")
    known.says(WHOLE)
    assert f"«{WHOLE} · y también escombros»" in known.says("y también escombros")
    known.says("sí")
    assert known.case_texts(NUMBER) == [f"{WHOLE}\ny también escombros"]


@pytest.mark.parametrize("how", ["Otra área", "2"])
def test_the_guessed_area_can_be_another(known: Chat, how: str) -> None:
    known.says("reclamo")
    assert "Lo recibe: Aseo y Áreas Verdes." in known.says(WHOLE)
    assert "¿Para qué área es?" in known.says(how)
    assert "Lo recibe: Deportes." in known.says("deportes")
    known.presses("Sí, ingresar")
    assert known.recorded(CaseOpened)[0].area == "deportes"


def test_who_does_not_know_the_area_leaves_it_to_the_office(known: Chat) -> None:
    known.says("reclamo")
    known.says(WHOLE)
    known.presses("Otra área")
    assert "Lo recibe: la oficina de informaciones y reclamos." in known.presses("No sé")
    known.says("sí")
    assert known.recorded(CaseOpened)[0].area == ""


@pytest.mark.parametrize("how", ["no", "No ingresar", "3"])
def test_a_no_files_nothing_and_the_words_are_not_lost(known: Chat, how: str) -> None:
    known.says("reclamo")
    known.says(WHOLE)
    assert "no ingresé nada" in known.says(how)
    assert not known.recorded(CaseOpened)
    assert WHOLE in known.says("reclamo")


@pytest.mark.parametrize("said", ["cancelar", "me equivoqué, bórralo", "ya no quiero reclamar"])
def test_what_is_being_told_can_be_given_up(known: Chat, said: str) -> None:
    known.says("reclamo")
    known.says("no pasa el camión de la basura")
    assert "Listo, lo cancelé." in known.says(said)
    assert not known.recorded(CaseOpened)
    assert known.state.filing is None


def test_what_was_told_waits_while_something_else_is_asked(known: Chat) -> None:
    known.says("reclamo")
    known.says("no pasa el camión de la basura")
    known.says("menu")
    known.waits(hours=3)
    assert "No hace falta repetir" in known.says("reclamo") or known.offers("file")
    assert "no pasa el camión" in known.reply.text


def test_a_day_later_it_is_told_anew(known: Chat) -> None:
    known.says("reclamo")
    known.says("no pasa el camión de la basura")
    known.waits(hours=25)
    asked = known.says("reclamo")
    assert "Cuente en un mensaje qué pasó" in asked
    assert "No ponga RUT ni datos de salud" in asked  # before free words


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("sugerencia", CaseKind.SUGGESTION),
        ("felicitación", CaseKind.PRAISE),
        ("solicitud", CaseKind.REQUEST),
    ],
)
def test_suggestions_praise_and_requests_are_short(known: Chat, word: str, kind: CaseKind) -> None:
    assert "Cuente" in known.says(word)
    assert "¿Lo ingreso?" in known.says("más basureros en las ferias")
    assert f"Su {word} tiene el número {NUMBER}." in known.says("sí")
    assert known.recorded(CaseOpened)[0].kind is kind


@pytest.mark.parametrize("said", ["transparencia", "solicitud de transparencia"])
def test_public_information_has_its_own_way(known: Chat, said: str) -> None:
    text = known.says(said)
    assert "Ley 20.285" in text
    assert "20 días hábiles, y puede alargarse 10 más" in text


def test_public_information_that_is_told_as_a_case_is_led_there_too(known: Chat) -> None:
    known.says("solicitud")
    text = known.says("por la ley de transparencia pido los gastos de 2025")
    assert "no se pide por este chat" in text
    assert not known.recorded(CaseOpened)


@pytest.mark.parametrize(
    "said", ["reclamo: hay olor a gas en mi edificio", "hay un cable cortado echando chispas"]
)
def test_danger_is_filed_at_once_and_alerts_whoever_is_on_duty(known: Chat, said: str) -> None:
    if not said.startswith("reclamo"):
        known.says("reclamo")
    text = known.says(said)
    assert "132" in text.partition("\n\n")[0], "what to do comes first"
    assert f"Lo ingresé con el número {NUMBER}" in text
    (case,) = known.recorded(CaseOpened)
    assert case.urgent


def test_danger_that_is_added_to_a_case_alerts_too(known: Chat) -> None:
    known.complains("el poste de mi pasaje está malo")
    text = known.says("ahora hay un cable cortado echando chispas")
    assert text.startswith("Emergencia\nAléjese y no toque nada.")
    assert known.recorded(CaseExtended)[-1].urgent
    assert not known.recorded(CaseOpened)[0].urgent


def test_the_status_of_a_procedure_takes_the_reference_and_opens_a_case(known: Chat) -> None:
    text = known.says("en qué está mi trámite de permiso de edificación")
    assert "no veo expedientes" in text
    assert "el número o la fecha de ingreso" in text
    summary = known.says("ingreso 4471 del 28 de septiembre")
    said = "«en qué está mi trámite de permiso de edificación · ingreso 4471 del 28 de septiembre»"
    assert f"Revise antes de enviar: {said}" in summary
    text = known.says("sí")
    assert f"Su solicitud tiene el número {NUMBER}." in text
    assert known.recorded(CaseOpened)[0].text.endswith("ingreso 4471 del 28 de septiembre")


def test_a_photo_in_the_middle_leaves_the_question_open(known: Chat) -> None:
    known.says("reclamo")
    known.says("no pasa el camión de la basura")
    assert "Me falta saber" in known.sends(MediaKind.PHOTO)
    known.says("saltar")
    known.says("sí")
    assert known.case_texts(NUMBER) == ["no pasa el camión de la basura"]


@pytest.mark.parametrize(
    ("told", "urgent"),
    [
        ("la reja del jardín quedó suelta y vengan urgente", True),
        ("aparecieron vinchucas en la pieza de mis hijos", True),
        ("no pasa el camión de la basura", False),
    ],
)
def test_what_may_hurt_somebody_alerts_once_it_is_filed(
    known: Chat, told: str, urgent: bool
) -> None:
    text = known.complains(told)
    assert known.recorded(CaseOpened)[0].urgent is urgent
    assert ("Avisé ahora a la persona de turno." in text) is urgent


@pytest.mark.parametrize(
    ("text", "kind", "area"),
    [
        ("quiero hacer una sugerencia para las plazas", CaseKind.SUGGESTION, "aseo"),
        ("tengo una idea: que abran la biblioteca los domingos", CaseKind.SUGGESTION, "cultura"),
        ("deberían poner más basureros en la avenida del mar", CaseKind.SUGGESTION, "turismo"),
        ("quiero felicitar a los de la basura", CaseKind.PRAISE, "aseo"),
        ("quisiera proponer talleres de noche en la biblioteca", CaseKind.SUGGESTION, "cultura"),
    ],
)
def test_a_suggestion_or_praise_in_free_words_is_shown_and_then_filed(
    chat: Chat, text: str, kind: CaseKind, area: str
) -> None:
    assert "¿Lo ingreso?" in chat.says(text)
    chat.says("sí")
    filed = chat.recorded(CaseOpened)[0]
    assert (filed.kind, filed.area, filed.text) == (kind, area, text)


@pytest.mark.parametrize(
    "text", ["quiero dejar una sugerencia", "tengo una idea", "puedo hacer una sugerencia?"]
)
def test_a_wish_to_suggest_without_words_asks_for_them(chat: Chat, text: str) -> None:
    asked = chat.says(text)
    assert "Cuente su sugerencia" in asked
    assert "No ponga RUT ni datos de salud" in asked
    chat.says("que las plazas tengan más sombra")
    chat.says("sí")
    assert chat.recorded(CaseOpened)[0].kind is CaseKind.SUGGESTION


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("los juegos de la plaza de mi villa están todos rotos", "¿Le sirvió?"),
        ("no pasa la basura y más encima el foco está malo", "Quizás busca"),
    ],
)
def test_what_is_to_be_mended_can_be_filed_without_telling_it_again(
    known: Chat, told: str, answer: str
) -> None:
    shown = known.says(told)
    assert answer in shown
    assert "Para dar aviso desde aquí, escriba RECLAMO" in shown
    known.says("reclamo")
    known.says("saltar")
    known.says("sí")
    assert known.recorded(CaseOpened)[0].text == told


def test_a_grade_after_something_to_be_mended_is_of_a_finished_visit(known: Chat) -> None:
    known.says("los juegos de la plaza de mi villa están todos rotos")
    assert "¿Le pongo un 2 a Aseo y Áreas Verdes?" in known.says("les pongo un 2")
    known.says("sí")
    given = known.recorded(AnswerGiven)[-1]
    assert (given.grade, given.subject.area, given.pending) == (2, "aseo", False)


@pytest.mark.parametrize("said", ["listo", "sí"])
@pytest.mark.parametrize(
    ("asked", "otherwise"),
    [("LLAMAR", "Si no tiene teléfono, escriba PERSONA"), ("reclamo", "Basta con una frase corta")],
)
def test_whoever_tells_nothing_is_asked_otherwise_and_then_left(
    known: Chat, asked: str, otherwise: str, said: str
) -> None:
    known.says(asked)
    assert otherwise in known.says(said)
    assert "no ingresé nada" in known.says(said)
    assert known.state.filing is None


@pytest.mark.parametrize(
    ("words", "filed", "told"),
    [
        ("sí. ¿y si no contestan?", True, WHOLE),
        ("Sí, y que sea pronto", True, "y que sea pronto"),
        ("sí, pero no fue ahí", False, ""),
        ("sí, falta decir la calle", False, ""),
    ],
)
def test_a_yes_to_the_summary_takes_along_what_is_said_beside_it(
    known: Chat, words: str, told: str, *, filed: bool
) -> None:
    known.says(f"reclamo: {WHOLE}")
    answer = known.says(words)
    assert ("tiene el número" in answer) == filed
    assert ("Si vence el plazo" in answer) == ("?" in words)
    if filed:
        assert known.case_texts(NUMBER)[0].endswith(told)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("si", "Si quiere agregar algo"),
        ("sip", "Si quiere agregar algo"),
        ("si por favor", "Si quiere agregar algo"),
        ("no gracias", "quedó ingresado"),
        ("numero", f"{NUMBER} está en espera"),
        ("cuál es mi folio", f"{NUMBER} está en espera"),
    ],
)
def test_what_adds_nothing_is_no_addition(known: Chat, text: str, answer: str) -> None:
    for said in ("reclamo", WHOLE, "sí"):
        known.says(said)
    assert answer in known.says(text)
    assert not known.recorded(CaseExtended)


def test_more_that_is_told_at_the_summary_changes_no_grade_noted_before(release: Release) -> None:
    chat = Chat(release)
    for said in (
        "ayer fui a sacar hora al cesfam y me trataron pésimo",
        "2",
        "la de la ventanilla me gritó y no me dio la hora y quiero que me den una solución",
    ):
        chat.says(said)
    assert "¿Lo ingreso?" in chat.says("RECLAMO")
    said = chat.says("no, agregue que fue en el cesfam emile schaffhauser a las 8 am")
    assert "¿Lo ingreso?" in said
    assert "no, agregue que fue" in said
    assert [fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade] == [2]
