"""PERSONA and RECLAMO: a number at once, words that join, and the answer of a person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened, CaseWithdrawn, Due
from handlers.messages import CaseAnswer, MediaKind, numbered_labels
from tests.handlers.chat import Chat

ANSWER = "Su luminaria se repara el jueves."


@pytest.mark.parametrize(
    "said",
    ["PERSONA", "/persona", "quiero hablar con una persona", "puedo hablar con alguien?", "humano"],
)
def test_asking_for_a_person_gives_a_number_at_once(known: Chat, said: str) -> None:
    text = known.says(said)
    assert "Su número es LS-2026-000001." in text
    assert "133, 132 o 131" in text
    (case,) = known.recorded(CaseOpened)
    assert (case.kind, case.number) == (CaseKind.PERSON, "LS-2026-000001")
    assert known.labels == ["Listo", "Comprobante (PDF)", "Menú"]


def test_what_follows_is_read_by_the_person_until_listo(known: Chat) -> None:
    known.says("persona")
    assert "Lo agregué a LS-2026-000001." in known.says("mi papá no puede caminar")
    known.says("45")
    known.says("🙏")
    assert "quedó ingresado" in known.says("listo")
    known.says("poste malo")
    assert known.case_texts("LS-2026-000001")[1:] == ["mi papá no puede caminar", "45", "🙏"]


def test_ten_minutes_after_the_last_words_they_are_a_question_again(known: Chat) -> None:
    known.says("persona")
    known.waits(minutes=11)
    assert "alumbrado" in known.says("poste malo")
    assert not known.recorded(CaseExtended)


def test_asking_for_a_person_again_adds_to_the_same_case(known: Chat) -> None:
    known.says("persona")
    known.says("listo")
    assert "LS-2026-000001 sigue abierta" in known.says("persona")
    known.says("también hay vidrios")
    assert len(known.recorded(CaseOpened)) == 1
    assert known.case_texts("LS-2026-000001")[-1] == "también hay vidrios"


def test_a_closed_request_is_not_reopened_but_a_new_one_begun(known: Chat) -> None:
    known.says("persona")
    known.says("listo")
    known.cases["LS-2026-000001"] = "closed"
    assert "LS-2026-000002" in known.says("persona")


def test_the_person_is_told_what_was_asked_for_in_words(known: Chat) -> None:
    known.says("necesito hablar con alguien por mi patente")
    assert known.case_texts("LS-2026-000001") == ["necesito hablar con alguien por mi patente"]


def test_a_complaint_asks_what_happened_and_then_gives_the_number(known: Chat) -> None:
    assert "Cuente en un mensaje qué pasó" in known.says("RECLAMO")
    told = "el poste del pasaje Los Aromos está apagado hace un mes, pido que lo arreglen"
    summary = known.says(told)
    assert f"Revise antes de enviar: «{told}». Lo recibe: Alumbrado y Calles." in summary
    assert not known.recorded(CaseOpened)
    text = known.says("sí")
    assert "Su reclamo tiene el número LS-2026-000001. Responde: Alumbrado y Calles." in text
    assert "Plazo: 15 de diciembre de 2026 (20 días hábiles)." in text
    assert "No reemplaza recursos legales ni detiene sus plazos." in text
    (case,) = known.recorded(CaseOpened)
    assert (case.kind, case.area, case.text) == (CaseKind.COMPLAINT, "operaciones", told)
    assert case.due == Due(datetime(2026, 12, 16, 2, 59, 59, tzinfo=UTC), "OIRS 20 working days")


@pytest.mark.parametrize(
    "said",
    [
        "reclamo: no pasa el camión de la basura",
        "/reclamo no pasa el camión de la basura",
        "quiero hacer un reclamo porque no pasa el camión de la basura",
    ],
)
def test_a_complaint_in_one_message_is_asked_once_for_what_misses(known: Chat, said: str) -> None:
    assert "Me falta saber: dónde fue" in known.says(said)
    assert "Lo recibe: Aseo y Áreas Verdes." in known.says("saltar")
    assert "Su reclamo tiene el número" in known.says("1")
    assert "no pasa el camión de la basura" in known.recorded(CaseOpened)[0].text
    assert known.recorded(CaseOpened)[0].area == "aseo"


def test_a_complaint_nobody_is_named_for_goes_to_the_general_office(known: Chat) -> None:
    known.says("reclamo")
    known.says("wxyz qqqq kkkk jjjj")
    text = known.says("SALTAR")
    known.says("sí")
    assert "Lo recibe: la oficina de informaciones y reclamos." in text
    assert known.recorded(CaseOpened)[0].area == ""


@pytest.mark.parametrize("said", ["cancelar", "volver", "menu"])
def test_a_complaint_can_be_left_before_it_is_told(known: Chat, said: str) -> None:
    known.says("reclamo")
    assert "¿En qué le ayudo?" in known.says(said)
    known.says("poste malo")
    assert not known.recorded(CaseOpened)


def test_a_complaint_in_the_middle_of_a_rating_comes_back_to_it(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("2")
    known.says("reclamo")
    known.says("la cancha de mi barrio está cerrada hace un mes")
    known.says("que la abran")
    known.says("sí")
    text = known.says("listo")
    assert "LS-2026-000001 quedó ingresado" in text
    assert "¿Qué fue lo que más influyó?" in text
    known.says("1")
    assert known.record() == {"grade": "2", "reason": "espera"}


def test_the_comment_just_given_becomes_the_complaint_without_being_typed_again(
    known: Chat,
) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("2")
    known.says("la cancha está cerrada hace un mes")
    assert known.offers("complaint"), "a low grade offers it"
    text = known.says("RECLAMO")
    assert "No hace falta repetir. Ya anoté: «la cancha está cerrada hace un mes»." in text
    assert "Me falta saber: qué pide." in text
    known.says("saltar")
    known.says("sí")
    (case,) = known.recorded(CaseOpened)
    assert (case.text, case.area) == ("la cancha está cerrada hace un mes", "deportes")


@pytest.mark.parametrize(
    ("wish", "told", "area"),
    [
        ("quiero reclamar, hay un hoyo gigante en mi calle", ["{wish}"], "operaciones"),
        (
            "quiero reclamar, me gritaron delante de todos",
            ["me trataron mal", "{wish}"],
            "transito",
        ),
        (
            "ah y quiero denunciar que botan escombros en la quebrada",
            ["{wish}"],
            "aseo",
        ),
        ("deseo poner un reclamo porque la plaza está a oscuras", ["{wish}"], "operaciones"),
        ("sí, quiero reclamar", ["me trataron mal"], "transito"),
        ("¿puedo reclamar por eso?", ["me trataron mal"], "transito"),
    ],
)
def test_what_stands_beside_the_wish_to_complain_of_a_comment_is_not_lost(
    known: Chat, wish: str, told: list[str], area: str
) -> None:
    for said in ("nota", "transito", "2", "me trataron mal", wish, "saltar", "sí"):
        known.says(said)
    (case,) = known.recorded(CaseOpened)
    assert case.text.split("\n") == [part.format(wish=wish) for part in told]
    assert case.area == area


@pytest.mark.parametrize(
    "said", ["cancelar", "me equivoqué, bórralo", "ya no quiero reclamar, retire mi reclamo"]
)
@pytest.mark.parametrize("sure", ["sí", "no"])
def test_a_complaint_is_taken_back_only_after_a_yes(known: Chat, said: str, sure: str) -> None:
    known.complains("no pasa el camión de la basura")
    assert "¿Retiro su solicitud LS-2026-000001?" in known.says(said)
    assert not known.recorded(CaseWithdrawn)
    text = known.says(sure)
    assert bool(known.recorded(CaseWithdrawn)) == (sure == "sí")
    assert ("quedó retirada" in text) == (sure == "sí")


def test_a_persons_answer_arrives_and_leaves_what_is_open_open(known: Chat) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    known.says("nota")
    known.says("deportes")
    question = known.reply
    text = known.hear(CaseAnswer("LS-2026-000001", "aseo", ANSWER))
    assert f"Respuesta de una persona de Aseo y Áreas Verdes: «{ANSWER}»" in text
    assert known.labels == ["Sí, responde", "Solo en parte", "No, reabrir"]
    assert known.reply.closes == 0
    known.presses("6", under=question)
    assert known.record()["grade"] == "6"


@pytest.mark.parametrize("how", ["button", "word", "quote"])
def test_the_citizen_answers_back(known: Chat, how: str) -> None:
    known.complains("no pasa el camión de la basura")
    known.waits(days=2)
    known.hear(CaseAnswer("LS-2026-000001", "aseo", ANSWER))
    answer = known.reply
    known.waits(days=1)
    if how == "button":
        assert "Escriba qué falta" in known.presses("Solo en parte")
        known.says("no han venido")
    elif how == "word":
        assert "Escriba ahora lo que quiera agregar" in known.says("RESPONDER")
        known.says("no han venido")
    else:
        known.says("no han venido", quotes=answer)
    assert known.case_texts("LS-2026-000001")[-1] == "no han venido"


def test_yes_that_quotes_the_answer_goes_to_the_person(known: Chat) -> None:
    known.complains("no pasa el camión de la basura")
    known.hear(CaseAnswer("LS-2026-000001", "aseo", "¿Es en su pasaje?"))
    known.says("sí", quotes=known.reply)
    assert known.case_texts("LS-2026-000001")[-1] == "sí"


def test_answering_a_closed_case_is_said_to_be_too_late(known: Chat) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("listo")
    known.cases["LS-2026-000001"] = "closed"
    assert "No encuentro una solicitud suya que siga abierta" in known.says("responder")
    assert not known.recorded(CaseExtended)


def test_answering_without_any_case_says_how_to_begin_one(known: Chat) -> None:
    assert "escriba PERSONA o RECLAMO" in known.says("responder")


def test_a_long_answer_of_a_person_arrives_within_every_limit(known: Chat) -> None:
    known.says("persona")
    text = known.hear(CaseAnswer("LS-2026-000001", "", "ñandú 🦤 " * 600))
    assert "…»" in text
    assert known.reply.options == ()


def test_a_long_wait_is_listened_to_honestly(chat: Chat) -> None:
    text = chat.says("llevo 2 meses esperando mi patente comercial")
    assert "no veo su expediente ni puedo apurarlo" in text
    assert text.count("asistente automático") == 1
    assert numbered_labels(chat.reply) == [
        "1. Dejar un reclamo",
        "2. Patente comercial",
        "3. Hablar con persona",
    ]


def test_what_was_told_of_the_wait_is_not_asked_again(known: Chat) -> None:
    known.says("llevo 2 meses esperando mi patente comercial")
    text = known.says("A pero no pienso repetir todo")
    assert "No hace falta repetir. Ya anoté: «llevo 2 meses esperando mi patente" in text
    assert "Me falta saber: el número o la fecha de ingreso y qué pide." in text
    assert "Revise antes de enviar: «llevo 2 meses" in known.says("4471, 28 sept, saber qué falta")
    known.says("sí")
    (case,) = known.recorded(CaseOpened)
    assert case.area == "patentes"
    assert case.text.endswith("comercial\n4471, 28 sept, saber qué falta")


def test_the_person_asked_for_after_a_wait_knows_of_it(known: Chat) -> None:
    known.says("llevo 2 meses esperando mi patente comercial")
    known.presses("Hablar con persona")
    assert known.case_texts("LS-2026-000001") == ["llevo 2 meses esperando mi patente comercial"]


def test_words_of_last_week_are_not_filed_as_todays_complaint(known: Chat) -> None:
    known.says("llevo 2 meses esperando mi patente comercial")
    known.waits(days=7)
    assert "Cuente en un mensaje qué pasó" in known.says("reclamo")


def test_a_grade_for_what_is_waited_for_counts_apart_from_the_complaint(known: Chat) -> None:
    known.says("llevo 2 meses esperando mi patente comercial")
    known.says("1")
    known.says("saltar")
    known.says("sí")
    text = known.says("ponles un 1")
    assert "Anoté un 1 para Patentes Comerciales, como trámite que aún no termina." in text
    assert "La nota va aparte de un reclamo." in text


def test_a_photo_for_the_case_is_said_not_to_be_seen(known: Chat) -> None:
    known.says("persona")
    assert "no puedo verla" in known.sends(MediaKind.PHOTO)
    known.says("es el poste 4471")
    assert known.case_texts("LS-2026-000001")[-1] == "es el poste 4471"


def test_the_words_under_a_photo_go_to_the_case(known: Chat) -> None:
    known.says("persona")
    known.sends(MediaKind.PHOTO, "este poste")
    assert known.case_texts("LS-2026-000001")[-1] == "este poste"
