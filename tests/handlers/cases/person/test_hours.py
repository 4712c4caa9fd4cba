"""Who may be talked to when, and what is offered while nobody is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.handovers import HandoverOpened
from handlers.handover import People
from handlers.release import Release
from tests.handlers.cases.person.conversation import SATURDAY, THERE
from tests.handlers.chat import MONDAY, Chat


def test_outside_hours_it_says_when_and_offers_a_case(release: Release) -> None:
    chat = Chat(release, now=SATURDAY, people=THERE)
    answer = chat.says("quiero hablar con una persona por mi patente")
    assert "30 de noviembre" in answer
    assert "08:30" in answer
    assert not chat.facts
    chat.says("sí")
    case = chat.recorded(CaseOpened)[0]
    assert "patente" in case.text
    assert case.kind is CaseKind.PERSON


@pytest.mark.parametrize("people", [THERE, People(any=False, now=False)])
def test_the_case_instead_of_a_person_is_of_the_area_that_was_named(
    release: Release, people: People
) -> None:
    chat = Chat(release, now=SATURDAY, people=people)
    chat.says("quiero hablar con una persona de tránsito")
    if people.any:
        chat.says("sí")
    assert chat.recorded(CaseOpened)[0].area == "transito"


@pytest.mark.parametrize(
    ("asked_at", "told"),
    [
        ("2026-11-27 17:29", ""),  # a Friday, a minute before the end
        ("2026-11-27 17:30", "desde el 30 de noviembre de 2026, a las 08:30"),
        ("2026-11-29 23:59", "desde mañana a las 08:30"),
        ("2026-11-30 07:00", "desde hoy a las 08:30"),
        ("2026-11-30 08:30", ""),
        ("2026-12-07 20:00", "desde el 9 de diciembre de 2026"),  # the 8th is a holiday
        ("2026-12-08 10:00", "desde mañana a las 08:30"),
        ("2026-12-24 18:00", "desde el 28 de diciembre de 2026"),
        ("2026-12-31 18:00", "desde el 4 de enero de 2027"),
        ("2027-03-26 11:00", "desde el 29 de marzo de 2027"),  # Good Friday
        ("2027-04-03 23:30", "desde el 5 de abril de 2027"),  # that night the clock goes back
        ("2027-09-16 20:00", "desde el 20 de septiembre de 2027"),  # from 17 to 19
    ],
)
def test_nights_weekends_and_holidays_say_from_when_and_lose_no_word(
    release: Release, asked_at: str, told: str
) -> None:
    at = datetime.fromisoformat(asked_at).replace(tzinfo=release.content.zone)
    chat = Chat(release, now=at.astimezone(UTC) - timedelta(seconds=5), people=THERE)
    answer = chat.says("quiero hablar con una persona por la patente de mi negocio")
    if not told:
        assert "15 minutos" in answer
        assert chat.recorded(HandoverOpened)
        return
    assert told in answer
    assert not chat.facts
    chat.says("llámenme al 51 2 000 000")
    chat.says("sí")
    (case,) = chat.recorded(CaseOpened)
    assert case.kind is CaseKind.CALL
    assert "la patente de mi negocio" in case.text
    assert "51 2 000 000" in case.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("¿no hay nadie de turno?", True),
        ("hay alguien de turno ahora?", True),
        ("no hay ningún funcionario disponible?", True),
        ("nadie contesta el chat", True),
        ("¿hay farmacia de turno?", False),
        ("no hay médico de turno en la posta", False),
    ],
)
def test_whether_somebody_is_on_duty_is_answered_with_from_when(
    release: Release, said: str, *, told: bool
) -> None:
    at = datetime(2026, 11, 29, 23, 59, tzinfo=release.content.zone)
    chat = Chat(release, now=at.astimezone(UTC), people=THERE)
    assert ("desde mañana a las 08:30" in chat.says(said)) == told
    assert not chat.recorded(CaseOpened)


def test_what_is_told_before_and_beside_the_wish_for_a_person_goes_to_them(chat: Chat) -> None:
    chat.says("llevo dos meses esperando mi patente")
    chat.says("quiero hablar con una persona")
    assert "dos meses" in chat.recorded(HandoverOpened)[0].text


def test_the_offer_of_a_case_can_be_refused(release: Release) -> None:
    chat = Chat(release, now=SATURDAY, people=THERE)
    chat.says("persona")
    chat.says("no")
    assert not chat.recorded(CaseOpened)
    assert not chat.recorded(HandoverOpened)


def test_the_hours_are_those_of_the_area(release: Release) -> None:
    area = release.content.area_by_id["transito"]
    late = area.model_copy(update={"opens": time(14)})
    areas = tuple(late if one.id == "transito" else one for one in release.content.areas)
    content = release.content.model_copy(update={"areas": areas})
    content.__dict__.pop("area_by_id", None)  # it was worked out for the copied one
    chat = Chat(replace(release, content=content), people=THERE)  # 10:00
    chat.says("areas")
    chat.says("tránsito")
    assert "14:00" in chat.says("persona")


@pytest.mark.parametrize("now", [MONDAY, SATURDAY])
def test_where_nobody_answers_in_the_chat_a_case_is_opened_at_once(
    release: Release, now: datetime
) -> None:
    chat = Chat(release, now=now)
    chat.says("persona")
    assert chat.recorded(CaseOpened)


def test_where_everybody_is_away_a_case_is_opened_at_once(release: Release) -> None:
    chat = Chat(release, people=People(any=True, now=False))
    chat.says("persona")
    assert chat.recorded(CaseOpened)
