"""A person in the chat: asked for, waited for, spoken to, and left; the assistant is quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from handlers.cases import person_files
from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened
from handlers.facts.files import FileSent, FilesFiled, FilesShown
from handlers.facts.handovers import (
    HandoverAnswered,
    HandoverEnded,
    HandoverFiled,
    HandoverLeft,
    HandoverOpened,
    HandoverSaid,
)
from handlers.facts.responses import AnswerGiven
from handlers.handover import Holder, People
from handlers.messages import (
    FileRefused,
    MediaKind,
    PersonNews,
    PersonSays,
    PersonStep,
    PersonWaits,
    Press,
)
from handlers.release import Release
from handlers.state import Staff
from tests.handlers.chat import MONDAY, Chat

SATURDAY = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)
THERE = People(any=True, now=True)


@pytest.fixture
def chat(release: Release) -> Chat:
    """A citizen on a Monday morning, while somebody is on duty."""
    return Chat(release, people=THERE)


def handover(chat: Chat) -> int:
    return chat.recorded(HandoverOpened)[-1].id


def learns(chat: Chat, step: PersonStep) -> str:
    return chat.hear(PersonNews(handover(chat), step))


@pytest.mark.parametrize("words", ["persona", "quiero hablar con una persona", "/persona"])
def test_a_person_is_asked_for_in_any_words(chat: Chat, words: str) -> None:
    answer = chat.says(words)
    assert "15 minutos" in answer
    assert "133" in answer
    assert not chat.recorded(CaseOpened)
    assert len(chat.recorded(HandoverOpened)) == 1


def test_in_the_midst_of_a_rating_a_person_comes_and_the_rating_waits(chat: Chat) -> None:
    chat.says("nota")
    chat.says("transito")
    chat.says("6")
    chat.says("persona")
    assert chat.recorded(HandoverOpened)
    chat.says("5")
    assert chat.recorded(HandoverSaid)[-1].text == "5"
    chat.says("menú")
    chat.says("seguir")
    assert chat.state.progress is not None
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == [6]


def test_while_a_person_is_waited_for_the_assistant_is_quiet(chat: Chat) -> None:
    chat.says("persona")
    for words in ("¿dónde saco la licencia de conducir?", "7", "gracias", "sí"):
        assert chat.says(words) == ""
    said = [(fact.text, fact.thanks) for fact in chat.recorded(HandoverSaid)]
    assert said == [
        ("¿dónde saco la licencia de conducir?", False),
        ("7", False),
        ("gracias", True),
        ("sí", False),
    ]


@pytest.mark.parametrize("word", ["borrar", "LLEVARME", "oponerme", "basta", "datos"])
def test_what_only_the_assistant_can_do_is_told_to_the_person_with_the_way_to_it(
    chat: Chat, word: str
) -> None:
    chat.says("persona")
    assert "Escriba MENÚ" in chat.says(word)
    assert [fact.text for fact in chat.recorded(HandoverSaid)] == [word]
    chat.says("menú")
    assert chat.says(word)


def test_what_was_typed_before_goes_to_the_person(chat: Chat) -> None:
    chat.says("llevo dos meses esperando mi patente")
    chat.says("persona")
    opened = chat.recorded(HandoverOpened)[0]
    assert "dos meses" in opened.text


def test_danger_still_gets_the_numbers_at_once_and_the_person_reads_it_first(chat: Chat) -> None:
    chat.says("persona")
    answer = chat.says("mi marido me está pegando, ayuda")
    assert "1455" in answer
    assert not chat.reply.options, "nothing is asked: a person reads it"
    said = chat.recorded(HandoverSaid)[-1]
    assert said.urgent
    assert "pegando" in said.text
    answer = chat.says("se cayó un cable y está echando chispas en la vereda")
    assert answer
    assert chat.recorded(HandoverSaid)[-1].urgent
    assert chat.says("ya se fue") == ""


@pytest.mark.parametrize("word", ["menú", "cancelar", "MENU"])
def test_menu_or_cancel_gives_the_chat_back_to_the_assistant(chat: Chat, word: str) -> None:
    chat.says("persona")
    answer = chat.says(word)
    assert "asistente automático" in answer
    assert chat.recorded(HandoverLeft) == [HandoverLeft(handover(chat))]
    assert chat.offers("complaint")
    assert chat.says("¿dónde saco la licencia de conducir?") != ""


def test_buttons_of_before_say_how_to_come_back(chat: Chat) -> None:
    chat.says("hola")
    old = chat.reply
    chat.says("persona")
    other = next(o for o in old.options if o.key != "menu")
    assert "MENÚ" in chat.hear(Press(other.key, old.number))
    assert chat.state.handover is not None
    assert "asistente automático" in chat.hear(Press("menu", old.number))
    assert chat.state.handover is None


def test_a_poster_that_is_scanned_meanwhile_is_answered_by_the_assistant(chat: Chat) -> None:
    chat.says("persona")
    assert "MENÚ" in chat.opens()
    desk = chat.release.content.desks[0]
    chat.opens(desk.token)
    assert chat.state.handover is None
    assert chat.state.progress is not None


def test_what_cannot_be_had_is_told_to_the_person_and_its_caption_with_it(chat: Chat) -> None:
    chat.says("persona")
    answer = chat.sends(MediaKind.VIDEO, "este es el hoyo")
    assert "palabras" in answer
    assert [f.text for f in chat.recorded(HandoverSaid)] == ["este es el hoyo", "(mandó un video)"]
    assert not chat.recorded(FileSent)


def test_a_photo_is_kept_for_the_person_who_is_told_of_it(chat: Chat) -> None:
    chat.says("persona")
    answer = chat.sends_file(MediaKind.PHOTO, "este es el hoyo")
    assert "lo verá la persona" in answer
    (sent,) = chat.recorded(FileSent)
    assert (sent.handover, sent.number, sent.kept_for) == (handover(chat), "", None)
    assert [(f.text, f.file) for f in chat.recorded(HandoverSaid)] == [
        ("este es el hoyo", False),
        ("(mandó una foto)", True),
    ]


def test_an_audio_to_the_person_is_kept_for_as_long_as_it_is_said(chat: Chat) -> None:
    chat.says("persona")
    assert "Se borra a los 7 días" in chat.sends_file(MediaKind.VOICE)
    assert chat.recorded(FileSent)[-1].kept_for == timedelta(days=7)


def test_of_an_album_the_first_is_acknowledged_and_each_is_kept(chat: Chat) -> None:
    chat.says("persona")
    assert "Recibí su archivo" in chat.sends_file(MediaKind.PHOTO)
    assert chat.sends_file(MediaKind.PHOTO) == ""
    assert len(chat.recorded(FileSent)) == 2


def test_each_reason_is_said_once_for_an_album_and_what_is_kept_is_acknowledged(chat: Chat) -> None:
    chat.says("persona")
    said = [chat.sends_file(MediaKind.PHOTO, size=size) for size in (50_000_000, 50_000_000, 1, 1)]
    assert ["pesa más de" in text for text in said] == [True, False, False, False]
    assert ["Recibí su archivo" in text for text in said] == [False, False, True, False]
    assert len(chat.recorded(FileSent)) == 2


def test_what_is_too_large_or_too_much_is_not_kept_and_said(chat: Chat) -> None:
    chat.says("persona")
    assert "pesa más de" in chat.sends_file(MediaKind.DOCUMENT, size=50_000_000)
    for _ in range(person_files.MAX_FILES):
        chat.sends_file(MediaKind.PHOTO)
    assert "10 en esta conversación" in chat.sends_file(MediaKind.PHOTO)
    assert len(chat.recorded(FileSent)) == person_files.MAX_FILES
    last = chat.recorded(FileSent)[-1]
    assert "no se pudo abrir" in chat.hear(FileRefused(last.id, "unreadable"))
    chat.sends_file(MediaKind.PHOTO)
    assert len(chat.recorded(FileSent)) == person_files.MAX_FILES + 1, "another in its place"


def test_what_was_sent_before_a_person_came_is_theirs_to_see(chat: Chat) -> None:
    assert "PERSONA" in chat.sends_file(MediaKind.PHOTO)
    chat.says("persona")
    (sent,) = chat.recorded(FileSent)
    assert chat.recorded(FilesShown) == [FilesShown(handover(chat), (sent.id,))]
    assert chat.recorded(HandoverSaid)[-1].text == "(mandó un archivo)"


def test_a_person_asked_for_beside_a_photo_sees_it(chat: Chat) -> None:
    assert "lo verá la persona" in chat.sends_file(MediaKind.PHOTO, "quiero hablar con una persona")
    assert chat.recorded(FileSent)[-1].handover == handover(chat)


def test_files_go_with_the_case_that_a_conversation_without_answer_becomes(chat: Chat) -> None:
    chat.says("persona")
    chat.sends_file(MediaKind.PHOTO)
    learns(chat, PersonStep.UNANSWERED)
    (sent,), (case,) = chat.recorded(FileSent), chat.recorded(CaseOpened)
    assert chat.recorded(FilesFiled) == [FilesFiled(case.number, (sent.id,))]
    assert len(chat.state.cases[-1].files) == 1


def test_outside_hours_what_was_sent_waits_for_the_case(release: Release) -> None:
    chat = Chat(release, now=SATURDAY, people=THERE)
    chat.sends_file(MediaKind.PHOTO)
    chat.says("persona")
    chat.presses("Dejar un mensaje")
    assert chat.recorded(FilesFiled)


def test_staff_are_told_in_their_own_language_where_a_file_is(ana: Chat) -> None:
    told = ana.hear(PersonWaits(77, "transito", "(mandó una foto)", added=True, file=True))
    assert "(mandó una foto)" in told
    assert "Conversaciones" in told


def test_a_persons_words_reach_the_citizen_and_the_assistant_takes_back_politely(
    chat: Chat,
) -> None:
    chat.says("persona")
    assert "Ya está con una persona" in learns(chat, PersonStep.TAKEN)
    said = chat.hear(PersonSays(handover(chat), "Buenos días, ¿en qué le ayudo?"))
    assert "Buenos días, ¿en qué le ayudo?" in said
    assert chat.reply.private
    assert "Ya está con una persona" in chat.says("persona")
    assert "Sigo yo, el asistente" in learns(chat, PersonStep.ENDED)
    assert chat.says("hola") != ""
    assert not chat.recorded(HandoverLeft)


def test_a_person_who_falls_silent_is_told_of_and_another_is_waited_for(chat: Chat) -> None:
    chat.says("persona")
    learns(chat, PersonStep.TAKEN)
    assert "tuvo que salir" in learns(chat, PersonStep.RETURNED)
    assert chat.says("¿hola?") == ""
    assert "fila" in chat.says("persona")
    assert "Sigo yo" not in learns(chat, PersonStep.TAKEN)
    assert "sigo yo" in learns(chat, PersonStep.IDLE)


def test_where_nobody_answers_a_case_is_made_of_all_that_was_written(chat: Chat) -> None:
    chat.says("persona")
    chat.says("mi patente no sale")
    chat.says("llevo dos meses")
    answer = learns(chat, PersonStep.UNANSWERED)
    case = chat.recorded(CaseOpened)[0]
    assert case.kind is CaseKind.PERSON
    assert case.text == "mi patente no sale\nllevo dos meses"
    assert case.due is not None
    assert case.number in answer
    assert chat.recorded(HandoverFiled) == [HandoverFiled(handover(chat), case.number)]
    chat.says("es de un almacén")
    assert chat.recorded(CaseExtended)[-1].number == case.number


def test_news_of_a_conversation_that_was_left_is_not_told(chat: Chat) -> None:
    chat.says("persona")
    chat.says("menú")
    for step in PersonStep:
        assert learns(chat, step) == ""
    assert not chat.recorded(CaseOpened)
    words = chat.hear(PersonSays(handover(chat), "Disculpe la demora"))
    assert "Disculpe la demora" in words, "what a person wrote is not lost"


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


# --- who answers, in their own chat -------------------------------------------------------------


@pytest.fixture
def ana(release: Release) -> Chat:
    """A member of staff who has been told that somebody waits."""
    chat = Chat(release, staff=Staff(3, "Ana"))
    chat.says("hola")
    chat.hear(PersonWaits(77, "transito", "¿me pueden ayudar?"))
    return chat


def test_a_member_of_staff_takes_over_and_answers_by_quoting(ana: Chat) -> None:
    notice = ana.reply
    assert "¿me pueden ayudar?" in notice.text
    assert notice.private
    ana.holders[77] = Holder("Ana", MONDAY, own=True, words="¿me pueden ayudar?\npor favor")
    assert "por favor" in ana.presses("Atender")
    assert "va en camino" in ana.says("Claro que sí", quotes=ana.reply)
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
