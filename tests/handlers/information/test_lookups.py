"""Looking up: what is shown, suggested, sent elsewhere or not found, and where one goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from handlers.content.cards import (
    MAX_CARD,
    contact_of,
    render_area,
    render_card,
    render_steps,
)
from handlers.content.model import Content
from handlers.content.rules import GeneralContact
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import AnswerGiven, ResponseOpened
from handlers.release import Release
from handlers.text.markup import plain
from tests.handlers.chat import Chat

PERMIT = "onde saco el permiso de circulacion"


def with_content(release: Release, **changes: object) -> Release:
    """The release with other content."""
    content = release.content.model_copy(update=changes)
    return replace(release, content=Content.model_validate(content.model_dump()))


def with_service(release: Release, service_id: str, **changes: object) -> Release:
    """The release with one service described otherwise."""
    services = tuple(
        service.model_copy(update=changes) if service.id == service_id else service
        for service in release.content.services
    )
    return with_content(release, services=services)


def test_a_question_is_answered_first_and_the_assistant_introduced_after(chat: Chat) -> None:
    text = chat.says(PERMIT)
    assert text.startswith("Renovación del permiso de circulación\n")
    assert text.index("Soy el asistente automático") > text.index("Responde: Tránsito.")
    assert "escriba PERSONA" in text
    assert text.endswith("\n\n¿Le sirvió?")
    assert chat.labels == ["Sí", "No", "Ver pasos"]
    assert "Soy el asistente" not in chat.says("poste malo")


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


@pytest.mark.parametrize("said", [PERMIT, "buenas", "sopaipillas", "gracias", "/english"])
def test_a_first_message_offers_a_person_once(chat: Chat, said: str) -> None:
    text = chat.says(said)
    word = chat.release.wordings["en" if said == "/english" else "es-CL"].say("person-word")
    assert len(re.findall(rf"\b{word}\b", text)) == 1


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


@pytest.mark.parametrize("asked", ["va a llover mañana", "clima", "cuéntame un chiste"])
def test_what_gathers_all_sorts_is_never_called_by_its_name(known: Chat, asked: str) -> None:
    names = [i for i in known.release.content.institutions if i.catch_all]
    assert names
    text = known.says(asked)
    for name in names:
        assert name.name not in text
        assert name.short_name not in (text, *known.labels)


def test_a_lookup_is_noted_without_a_response_until_it_is_answered(known: Chat) -> None:
    known.says(PERMIT)
    (lookup,) = known.recorded(LookupMade)
    assert (lookup.found, lookup.card, lookup.area) == (
        LookupResult.CARD,
        "permiso-circulacion",
        "transito",
    )
    assert not known.recorded(ResponseOpened)
    known.says("sí")
    (useful,) = known.recorded(AnswerGiven)
    assert (useful.questionnaire, useful.value) == ("utilidad", "yes")


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


def test_a_number_beyond_the_list_changes_nothing_and_shows_the_list_again(known: Chat) -> None:
    known.says(PERMIT)
    text = known.says("9")
    assert "El 9 no está en la lista, así que no cambié nada." in text
    assert text.endswith("¿Le sirvió?")
    known.says("1")
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


def test_whoever_is_not_sure_gets_up_to_three_suggestions(known: Chat) -> None:
    text = known.says("patente")
    assert "«patente» puede ser varias cosas." in text
    assert text.endswith("Quizás busca:")
    assert known.reply.numbered == len(known.labels)  # the buttons say it, so the text does not
    assert known.labels[-1] == "Ninguna"
    assert 2 <= len(known.labels) <= 4
    assert known.recorded(LookupMade)[0].found is LookupResult.SUGGESTED


@pytest.mark.parametrize("choosing", ["1", "la 1", "a", "A pero no tengo tiempo"])
def test_a_suggestion_is_chosen_by_number_or_letter(known: Chat, choosing: str) -> None:
    known.says("patente")
    first = known.reply.options[0]
    text = known.says(choosing)
    name = known.release.content.service_by_id[first.key.removeprefix("card:")].name
    assert text.startswith(name)


def test_a_suggestion_is_chosen_by_its_name(known: Chat) -> None:
    known.says("patente")
    label = known.labels[0]
    assert "¿Le sirvió?" in known.says(label.upper())


def test_none_of_the_suggestions_leads_on(known: Chat) -> None:
    known.says("patente")
    assert "Pruebe con otras palabras" in known.says("ninguna")
    assert known.labels == ["Ver áreas", "Hablar con persona", "Menú"]


def test_what_is_not_municipal_is_sent_where_it_belongs(known: Chat) -> None:
    text = known.says("se corto la luz en mi casa")
    assert "Eso no depende de la Municipalidad. Lo ve: " in text
    assert known.recorded(LookupMade)[0].found is LookupResult.EXTERNAL
    assert "Ver áreas" in known.labels


def test_what_is_not_found_is_said_noted_and_leads_on(known: Chat) -> None:
    text = known.says("wxyz qqqq kkkk")
    assert "No encontré una respuesta para «wxyz qqqq kkkk»." in text
    assert "sin sus datos" in text
    assert known.labels == ["Ver áreas", "Hablar con persona", "Menú"]
    (lookup,) = known.recorded(LookupMade)
    assert (lookup.query, lookup.found, lookup.card) == ("wxyz qqqq kkkk", LookupResult.NOTHING, "")


def test_a_long_question_is_quoted_shortly_and_noted_in_part(known: Chat) -> None:
    text = known.says("wxyzq " * 680)
    assert "…»" in text
    assert len(known.recorded(LookupMade)[0].query) == 300


def test_areas_are_listed_in_pages_and_show_their_services(known: Chat) -> None:
    known.says("areas")
    assert known.labels[0] == "Tránsito"
    for _ in range(3):
        known.presses("Ver más")
    text = known.says("Patentes Comerciales")
    assert text.startswith(known.release.content.area_by_id["patentes"].name)
    service = known.labels[0]
    assert "¿Le sirvió?" in known.presses(service)


def test_the_last_page_leads_to_the_first_and_back_leads_back(known: Chat) -> None:
    known.says("areas")
    first = known.labels
    known.says("ver más")
    assert known.labels != first
    known.says("volver")
    assert known.labels == first
    pages = -(-len(known.release.content.areas) // 7)
    for _ in range(pages):
        known.says("ver más")
    assert known.labels == first


def test_an_area_can_be_rated_from_its_page(known: Chat) -> None:
    known.says("areas")
    known.presses("Ver más")
    known.presses("Cementerios")
    assert "¿Qué nota le pone" in known.presses("Poner una nota")
    assert known.recorded(ResponseOpened)[0].subject.area == "cementerios"


@pytest.mark.parametrize("said", ["/consulta permiso de circulación", "permiso de circulación"])
def test_a_question_may_follow_a_command(known: Chat, said: str) -> None:
    assert "Renovación del permiso de circulación" in known.says(said)


def test_the_command_alone_invites_a_question(known: Chat) -> None:
    assert known.says("/consulta").startswith("Escriba su pregunta")
    assert "Renovación del permiso" in known.says(PERMIT)


def test_a_lookup_at_the_grade_question_comes_back_to_it(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    text = known.says(PERMIT)
    assert "Renovación del permiso" in text
    assert "¿Qué nota le pone" in text
    known.says("6")
    assert known.record()["grade"] == "6"


def test_a_lookup_that_finds_nothing_asks_the_open_question_again(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    text = known.says("¿cómo saco wxyz qqqq?")
    assert "No encontré una respuesta" in text
    assert "¿Qué nota le pone" in text
    known.says("6")
    assert known.record()["grade"] == "6"


def test_a_card_left_unanswered_does_not_lose_the_rating(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("renovar permiso de circulación")
    assert "¿Le pongo un 6 a Deportes?" in known.says("6")
    known.says("sí")
    assert known.record()["grade"] == "6"


def test_days_later_a_question_is_not_taken_for_the_comment(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("7")
    known.waits(days=3)
    assert "Renovación del permiso" in known.says(PERMIT)
    assert "best" not in known.record()
    assert "¿Qué fue lo mejor?" in known.says("sí")


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


def test_a_lookup_is_recorded_masked(known: Chat) -> None:
    known.says("donde pago la patente, mi fono es +56 9 8765 4321")
    (asked,) = known.recorded(LookupMade)
    assert asked.query == "donde pago la patente, mi fono es [teléfono]"


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
