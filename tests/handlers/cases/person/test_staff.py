"""Who answers a citizen from their own chat."""

from __future__ import annotations

from handlers.facts.handovers import HandoverAnswered, HandoverEnded, HandoverSaid
from handlers.handover import Holder
from handlers.messages import (
    PersonWaits,
    Press,
)
from handlers.release import Release
from handlers.state import Staff, WeekNews
from tests.handlers.cases.person.conversation import THERE
from tests.handlers.chat import MONDAY, Chat


def test_a_member_of_staff_takes_over_and_answers_by_quoting(ana: Chat) -> None:
    notice = ana.reply
    assert "¿me pueden ayudar?" in notice.text
    assert notice.private
    ana.holders[77] = Holder("Ana", MONDAY, own=True, words="¿me pueden ayudar?\npor favor")
    assert "por favor" in ana.presses("Atender")
    told = ana.reply
    for words in ("NOTA: es la vecina de siempre", "nota"):
        assert "no hay notas" in ana.says(words, quotes=told)
        assert ana.last == []
    assert "va en camino" in ana.says("Claro que sí", quotes=told)
    assert ana.recorded(HandoverAnswered) == [HandoverAnswered(77, 3, "Claro que sí")]
    ana.hear(PersonWaits(77, "transito", "gracias", added=True))
    assert "gracias" in ana.reply.text
    assert "sigue el asistente" in ana.says("TERMINAR", quotes=ana.reply)
    assert ana.recorded(HandoverEnded) == [HandoverEnded(77, 3)]


def test_the_other_sees_who_has_it_since_when(ana: Chat) -> None:
    ana.holders[77] = Holder("Luis", MONDAY.replace(minute=42), own=False)
    assert ana.presses("Atender") == "Luis contesta desde las 10:42."
    notice = ana.replies[1]
    assert ana.says("Hola", quotes=notice) == "Luis contesta desde las 10:42."
    assert not ana.facts


def test_one_that_is_over_says_so_however_old_its_button(ana: Chat) -> None:
    notice = ana.reply
    ana.hear(PersonWaits(78, "", "otra"))
    assert "ya terminó" in ana.presses("Atender", under=notice)
    assert not ana.facts


def test_a_citizen_cannot_take_over(release: Release) -> None:
    chat = Chat(release, people=THERE)
    chat.says("hola")
    chat.hear(Press("attend:77", chat.reply.number))
    assert not chat.facts


def test_who_waits_for_a_person_sees_their_week_and_cases_and_goes_on_waiting(chat: Chat) -> None:
    chat.says("persona")
    chat.staff, chat.week = Staff(7, "Rosa", "transito"), WeekNews("Tránsito bajó")
    assert chat.says("/semana").startswith("Tránsito bajó")
    assert "Ningún caso espera" in chat.says("/casos")
    chat.says("¿Hay alguien?")
    assert [fact.text for fact in chat.recorded(HandoverSaid)] == ["¿Hay alguien?"]
