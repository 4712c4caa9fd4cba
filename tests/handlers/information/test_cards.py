"""Cards: what stands on them and in which order, whom to ask, and the steps behind them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from handlers.content.cards import MAX_CARD, contact_of, render_area, render_card, render_steps
from handlers.content.rules import GeneralContact
from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from handlers.text.markup import plain
from tests.handlers.chat import Chat
from tests.handlers.information.changed_content import with_content, with_service

PERMIT = "onde saco el permiso de circulacion"


def test_a_card_says_online_first_then_what_where_cost_unit_confirmation_and_contact(
    release: Release,
) -> None:
    changed = with_service(
        with_content(release, general=GeneralContact(phone="600 000 0000")),
        "permiso-circulacion",
        online=True,
        link="https://ejemplo.cl/permiso",
        place="Edificio municipal",
        hours="lunes a viernes, de 8:30 a 14:00",
        confirmed_on=date(2026, 11, 16),
        requirements=("Permiso anterior", "Revisión técnica"),
    )
    text = Chat(changed).says(PERMIT)
    parts = [
        "En línea, sin ir: https://ejemplo.cl/permiso",
        "Necesita:\n• Permiso anterior\n• Revisión técnica\n",
        "Dónde: Edificio municipal\n",
        "Horario: lunes a viernes, de 8:30 a 14:00\n",
        "Costo: ",
        "Antes de ir, consulte: 600 000 0000\n",
        "Responde: Tránsito.",
        "Revisado por Tránsito el 16 de noviembre de 2026.",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_what_is_unknown_is_said_to_be_unknown_and_a_person_is_offered(known: Chat) -> None:
    text = known.says(PERMIT)
    assert "(enlace no confirmado)" in text
    assert "El área aún no confirma lugar ni horario." in text
    assert "Para hablar con una persona, escriba PERSONA." in text


def test_every_card_fits_and_says_whom_to_ask(release: Release) -> None:
    for wording in release.wordings.values():
        person = wording.say("card-contact-person")
        for service in release.content.services:
            card = plain(render_card(service, release.content, wording))
            assert len(card) <= MAX_CARD
            area = release.content.area_by_id[service.area]
            contact = contact_of(service, area, release.content)
            assert (contact or person) in card
        for area in release.content.areas:
            assert len(plain(render_area(area, release.content, wording))) <= MAX_CARD


def test_card_and_steps_together_hold_all_that_is_known_whole(release: Release) -> None:
    wording = release.wording("es-CL")
    for service in release.content.services:
        card = plain(render_card(service, release.content, wording))
        told = f"{card}\n{plain(render_steps(service, release.content, wording))}"
        assert "…" not in told
        lines = told.splitlines()
        listed = {line.removeprefix("Requisitos: ").removeprefix("• ").lower() for line in lines}
        assert {item.lower() for item in service.requirements or ()} <= listed
        assert {f"{place}. {step}" for place, step in enumerate(service.steps, 1)} <= set(lines)
        assert all(part in told for part in (service.cost or "", service.duration or ""))
        for sentence in re.split(r"(?<=[.?])\s", service.summary):
            assert sentence in told


def test_what_asks_for_nothing_has_no_line_that_says_so(release: Release) -> None:
    wording = release.wording("es-CL")
    free = [service for service in release.content.services if service.requirements == ()]
    assert free
    for service in free:
        assert wording.say("card-needs") not in plain(
            render_card(service, release.content, wording)
        )


def test_a_list_that_the_card_has_no_room_for_is_shown_whole_with_the_steps(
    release: Release,
) -> None:
    copies = "y su copia legalizada, " * 4
    asked = tuple(f"Documento número {number}, {copies}y nada más" for number in range(9))
    changed = with_service(release, "permiso-circulacion", requirements=asked)
    known = Chat(changed)
    assert "Necesita" not in known.says(PERMIT)
    told = known.presses("Ver pasos")
    assert all(f"• {item}\n" in told for item in asked)
    assert known.reply.options == ()  # what is longer than a message with buttons has none
    known.says("sí")
    assert known.recorded(AnswerGiven)[0].value == "yes"


@pytest.mark.parametrize("answer_under", ["card", "steps"])
def test_after_the_steps_both_messages_take_the_answer(known: Chat, answer_under: str) -> None:
    known.says(PERMIT)
    card = known.reply
    told = known.presses("Ver pasos")
    assert "Pasos:\n1. " in told
    assert told.endswith("¿Le sirvió?")
    assert known.labels == ["Sí", "No"]
    known.presses("Sí", under=card if answer_under == "card" else known.reply)
    assert [given.value for given in known.recorded(AnswerGiven)] == ["yes"]


def test_the_steps_of_an_older_card_can_still_be_seen(known: Chat) -> None:
    known.says(PERMIT)
    card = known.reply
    known.says("poste malo")
    told = known.presses("Ver pasos", under=card)
    assert "Pasos:\n1. " in told
    assert known.state.topic == "permiso-circulacion"
    assert not known.recorded(AnswerGiven)


@pytest.mark.parametrize("said", ["2", "no", "NO", "nop"])
def test_a_card_that_did_not_help_leads_on(known: Chat, said: str) -> None:
    known.says(PERMIT)
    assert "nos ayuda a mejorar la ficha" in known.says(said)
    assert known.labels == ["Ver áreas", "Hablar con persona", "Menú"]
    assert known.recorded(AnswerGiven)[0].value == "no"


@pytest.mark.parametrize("said", ["1", "sí", "si po", "uno"])
def test_useful_is_heard_in_words_and_numbers(known: Chat, said: str) -> None:
    known.says(PERMIT)
    known.says(said)
    assert known.recorded(AnswerGiven)[0].value == "yes"


def test_another_question_leaves_the_card_behind(known: Chat) -> None:
    known.says(PERMIT)
    assert "alumbrado" in known.says("poste malo")
    assert not known.recorded(AnswerGiven)


def test_back_from_a_card_shows_the_other_services_of_its_area(known: Chat) -> None:
    known.says(PERMIT)
    assert known.says("volver").startswith("Dirección de Tránsito y Transporte Público\n")
    assert "Ver más" in known.labels
    assert known.says("volver").startswith("Estas son las áreas municipales.")


def test_a_card_left_unanswered_does_not_lose_the_rating(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("renovar permiso de circulación")
    assert "¿Qué nota le pone" in known.reply.text
    known.says("6")
    assert known.record()["grade"] == "6"


def test_a_card_that_was_taken_out_since_is_said_to_be_gone(known: Chat, release: Release) -> None:
    known.says("areas")
    known.presses("Ver más")
    known.presses("Cementerios")
    gone = known.reply.options[0]
    services = tuple(s for s in release.content.services if s.id != gone.key.removeprefix("card:"))
    known.release = with_content(release, services=services)
    assert known.presses(gone.label).startswith("Esa información ya no está publicada.")
    assert "Menú" in known.labels


def test_an_old_button_of_a_card_still_shows_it(known: Chat) -> None:
    known.says("areas")
    known.presses("Ver más")
    known.presses("Cementerios")
    old = known.reply
    known.says("menu")
    known.waits(days=40)
    assert "¿Le sirvió?" in known.presses(old.options[0].label, under=old)


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        (("Permiso anterior",), "Necesita:\n• Permiso anterior\n"),
        (("No se exige denuncia previa",), "Requisitos: no se exige denuncia previa\n"),
        (("Depende de la institución",), "Requisitos: depende de la institución\n"),
        (("Cédula si se tiene", "No se exige más"), "Necesita:\n• Cédula si se tiene\n• No se"),
    ],
)
def test_a_line_that_names_nothing_needed_does_not_stand_below_needs(
    release: Release, needs: tuple[str, ...], said: str
) -> None:
    changed = with_service(release, "permiso-circulacion", requirements=needs)
    assert said in Chat(changed).says(PERMIT)
