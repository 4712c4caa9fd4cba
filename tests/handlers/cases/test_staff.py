"""What the chat does for staff: linking, notices, answering by quoting, announcements."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace

from handlers.facts.cases import AnswerUndone, CaseAnswered, CaseNoted, CaseRead
from handlers.facts.files import FileSent
from handlers.facts.staff import StaffLinked
from handlers.facts.union import Fact
from handlers.handover import Holder
from handlers.messages import (
    Announcement,
    CaseAnswer,
    CaseNotice,
    CaseReminder,
    Channel,
    Media,
    MediaFile,
    MediaKind,
    PersonWaits,
    Press,
)
from handlers.release import Release
from handlers.staff_chat.cases import CaseBrief
from handlers.state import Answered, Staff
from handlers.stored_state import holds_words, without_words
from tests.handlers.chat import MONDAY, Chat

NUMBER = "LS-2026-000123"
MARIA = Staff(7, "María Soto", "deportes")
ANSWERED = CaseAnswered(NUMBER, 7, "Se abre el jueves.")
SENT = "sale en 20 segundos"
NOTICE = CaseNotice(NUMBER, "reclamo", "deportes", "La cancha está cerrada")


def test_a_one_time_code_links_the_chat_to_its_staff_member(chat: Chat) -> None:
    chat.codes["abc123"] = MARIA
    text = chat.opens("staff-abc123")
    assert text.startswith("María Soto: este chat quedó unido a su cuenta.")
    assert chat.last == [StaffLinked(7)]
    assert "Ese código no sirve o ya venció." in chat.opens("staff-abc123")


def test_a_case_is_told_with_its_number_kind_area_and_words(chat: Chat) -> None:
    text = chat.hear(NOTICE)
    assert text.splitlines() == [
        "LS-2026-000123: reclamo. Responde: Deportes.",
        "«La cancha está cerrada»",
        "",
        "Para responder, conteste citando este mensaje. Si es solo para el equipo, empiece con"
        " NOTA: y la persona no lo verá.",
    ]
    assert chat.reply.about == "LS-2026-000123"


def test_what_the_citizen_adds_is_told_as_well(chat: Chat) -> None:
    added = CaseNotice("LS-2026-000123", "reclamo", "deportes", "sigue cerrada", added=True)
    assert "la persona agregó:" in chat.hear(added)
    for did, told, is_answered in (("withdrawn", "retiró", False), ("reopened", "otra vez", True)):
        text = chat.hear(replace(added, did=did))
        assert (told in text, "agregó" in text) == (True, False)
        assert ("Para responder" in text) == is_answered


def test_a_person_asked_for_without_words_is_told_too(chat: Chat) -> None:
    text = chat.hear(CaseNotice("LS-2026-000124", "persona", "", ""))
    assert "pide hablar con una persona" in text
    assert "\n(todavía no escribe nada)" in text
    assert "la oficina de informaciones y reclamos" in text


def test_a_notice_of_four_thousand_characters_fits(chat: Chat) -> None:
    chat.hear(CaseNotice("LS-2026-000123", "reclamo", "deportes", "😀" * 4096))
    chat.hear(CaseNotice("LS-2026-000123", "reclamo", "deportes", "a" * 4096))


@pytest.mark.parametrize(
    ("area", "own", "urgent", "is_shown"),
    [
        ("mujer", True, False, True),
        ("mujer", False, False, False),
        ("mujer", False, True, True),  # somebody may be in danger
        ("deportes", False, False, True),
    ],
)
def test_words_of_a_sensitive_area_are_shown_to_its_own_staff(
    chat: Chat, area: str, own: bool, urgent: bool, is_shown: bool
) -> None:
    notice = CaseNotice("LS-2026-000123", "reclamo", area, "Me pegó", urgent=urgent, own=own)
    text = chat.hear(notice)
    assert ("Me pegó" in text) is is_shown
    assert ("reservado" in text) is not is_shown


def test_quoting_the_notice_answers_the_citizen(chat: Chat) -> None:
    chat.staff = MARIA
    chat.cases["LS-2026-000123"] = "open"
    chat.hear(NOTICE)
    text = chat.says("Se abre el jueves.", quotes=chat.reply)
    assert "Su respuesta a LS-2026-000123 sale en 20 segundos." in text
    assert chat.last == [CaseAnswered("LS-2026-000123", 7, "Se abre el jueves.")]


@pytest.mark.parametrize(
    ("words", "told", "recorded"),
    [
        ("NOTA: llamar al chofer", "La persona no la ve", CaseNoted(NUMBER, 7, "llamar al chofer")),
        ("nota interna: avisar a Ana", "La persona no la ve", CaseNoted(NUMBER, 7, "avisar a Ana")),
        ("Nota", "Escriba NOTA: y lo que quiere anotar", None),
        ("nota:", "Escriba NOTA: y lo que quiere anotar", None),
        ("Cerrar", "se hace en el panel", None),
        ("derivar a obras", "se hace en el panel", None),
        ("👍", "conteste con palabras", None),
        ("deshacer", "No se envió nada", AnswerUndone(NUMBER, 7, 1)),
        ("Cerraron el paso: hay otro", SENT, CaseAnswered(NUMBER, 7, "Cerraron el paso: hay otro")),
    ],
)
def test_what_quotes_a_notice_and_is_for_the_team_is_not_sent(
    chat: Chat, words: str, told: str, recorded: Fact | None
) -> None:
    chat.staff = MARIA
    chat.cases[NUMBER] = "open"
    chat.undoable[NUMBER] = 1
    chat.hear(NOTICE)
    assert told in chat.says(words, quotes=chat.reply)
    assert chat.last == ([recorded] if recorded else [])


def test_an_answer_is_taken_back_by_its_button_until_it_has_gone(chat: Chat) -> None:
    chat.staff = MARIA
    chat.cases[NUMBER] = "open"
    chat.hear(NOTICE)
    chat.says("Se abre el jueves.", quotes=chat.reply)
    sent = chat.reply
    chat.hear(replace(NOTICE, number="LS-2026-000124"))
    chat.undoable[NUMBER] = 1
    assert "No se envió nada" in chat.presses("Deshacer", under=sent)
    assert chat.last == [AnswerUndone(NUMBER, 7, 1)]
    chat.undoable.clear()
    assert "va en camino" in chat.presses("Deshacer", under=sent)
    assert chat.last == []


def test_who_may_not_note_in_a_case_keeps_nothing(chat: Chat) -> None:
    chat.staff = MARIA
    chat.hear(NOTICE)
    chat.not_theirs.add(NUMBER)
    assert "No envié nada" in chat.says("nota: llamar", quotes=chat.reply)
    assert chat.last == []


@pytest.mark.parametrize("asked", ["/casos", "casos pendientes"])
def test_staff_see_what_waits_and_read_one_to_answer_it(chat: Chat, asked: str) -> None:
    chat.staff = MARIA
    urgent = CaseBrief("LS-2026-000125", "reclamo", "deportes", None, urgent=True)
    due = CaseBrief(NUMBER, "reclamo", "deportes", MONDAY, words="La cancha está cerrada")
    chat.to_answer = (urgent, due)
    chat.cases[NUMBER] = "open"
    assert chat.says(asked).splitlines()[:3:2] == [
        "Urgente · LS-2026-000125 (Deportes): reclamo.",
        f"{NUMBER} (Deportes): reclamo. Vence el 16 de noviembre de 2026.",
    ]
    assert chat.labels == ["LS-2026-000125", NUMBER, "Menú"]
    for text in (chat.presses(NUMBER), chat.says(f"¿qué dice {NUMBER}?")):
        assert "«La cancha está cerrada»" in text
        assert chat.last == [CaseRead(NUMBER, 7)]
    assert chat.reply.private
    chat.says("Se abre el jueves.", quotes=chat.reply)
    assert chat.last == [ANSWERED]
    assert "de un área que usted no atiende" in chat.says("LS-2026-000999")
    chat.to_answer = ()
    assert "Ningún caso espera" in chat.says(asked)


def test_more_cases_than_a_message_holds_are_counted(chat: Chat) -> None:
    chat.staff = MARIA
    chat.to_answer = tuple(
        CaseBrief(f"LS-2026-{n:06}", "reclamo", "aseo", MONDAY) for n in range(1, 31)
    )
    text = chat.says("/casos")
    assert f"Hay {31 - len(chat.labels)} más en el panel." in text


def test_a_citizen_who_writes_casos_sees_their_own(chat: Chat) -> None:
    assert "no hay ningún reclamo" in chat.says("/casos")


def test_who_may_not_answer_a_case_any_more_sends_nothing(chat: Chat) -> None:
    chat.staff = MARIA
    chat.cases["LS-2026-000123"] = "open"
    chat.hear(NOTICE)
    chat.not_theirs.add("LS-2026-000123")
    assert "No envié nada" in chat.says("Se abre el jueves.", quotes=chat.reply)
    assert not chat.recorded(CaseAnswered)


@pytest.fixture
def answered(chat: Chat) -> Chat:
    """A member of staff who quotes a case that Ana has answered."""
    chat.staff = MARIA
    chat.cases["LS-2026-000123"] = "answered"
    chat.says("hola")
    chat.hear(NOTICE)
    chat.answered["LS-2026-000123"] = Answered("Ana", chat.now)
    asked = chat.says("Se abre el viernes.", quotes=chat.reply)
    assert "ya se respondió el 16 de noviembre de 2026 (Ana). ¿Envío también" in " ".join(
        asked.split()
    )
    assert not chat.recorded(CaseAnswered)
    return chat


@pytest.mark.parametrize("agrees", ["sí", "Enviar otra"])
def test_a_second_answer_is_sent_after_a_yes(answered: Chat, agrees: str) -> None:
    assert "sale en 20 segundos" in answered.says(agrees)
    assert answered.last == [CaseAnswered("LS-2026-000123", 7, "Se abre el viernes.")]
    assert answered.state.second_answer is None


@pytest.mark.parametrize("refuses", ["no", "No enviar"])
def test_a_second_answer_is_dropped_after_a_no(answered: Chat, refuses: str) -> None:
    question = answered.reply
    assert "No envié nada" in answered.says(refuses)
    assert answered.state.second_answer is None
    answered.hear(Press("answer-again", question.number))
    assert not answered.recorded(CaseAnswered), "an old button sends nothing"


def test_a_second_answer_that_waits_is_not_kept_in_the_clear(answered: Chat) -> None:
    assert holds_words(answered.state)
    assert not holds_words(without_words(answered.state))


def test_what_a_command_line_answered_is_asked_about_without_a_name(answered: Chat) -> None:
    answered.answered["LS-2026-000123"] = Answered("", answered.now)
    asked = answered.says("El sábado.", quotes=answered.replies[1])
    assert "ya se respondió el 16 de noviembre de 2026." in asked
    answered.says("sí")
    assert [one.text for one in answered.recorded(CaseAnswered)] == ["El sábado."]


def test_an_answer_that_speaks_of_fire_is_still_an_answer(chat: Chat) -> None:
    chat.staff = MARIA
    chat.cases["LS-2026-000123"] = "open"
    chat.hear(NOTICE)
    chat.says("Si hay un incendio en su casa llame al 132", quotes=chat.reply)
    assert len(chat.recorded(CaseAnswered)) == 1


def test_commands_and_numbers_that_quote_a_notice_are_answers(chat: Chat) -> None:
    chat.staff = MARIA
    chat.cases["LS-2026-000123"] = "open"
    chat.hear(NOTICE)
    notice = chat.reply
    for words in ("Sí", "Listo", "4471"):
        chat.says(words, quotes=notice)
    assert [f.text for f in chat.recorded(CaseAnswered)] == ["Sí", "Listo", "4471"]


@pytest.mark.parametrize("caption", ["", "Se abre el jueves."])
@pytest.mark.parametrize("about", ["LS-2026-000123", "chat-5"])
def test_a_file_that_quotes_a_notice_is_said_not_to_be_sent(
    chat: Chat, about: str, caption: str
) -> None:
    chat.staff = MARIA
    chat.cases["LS-2026-000123"] = "open"
    chat.holders[5] = Holder("María", MONDAY, own=True)
    chat.hear(NOTICE)
    notice = replace(chat.reply, about=about)
    text = chat.hear(Media(MediaKind.PHOTO, caption, MediaFile("foto", 1_000)), quotes=notice)
    assert "El archivo no se envió" in text
    assert not any(isinstance(fact, FileSent) for fact in chat.last)
    assert len(chat.last) == (1 if caption else 0)


def test_the_words_under_a_photo_that_quotes_a_notice_are_an_answer(chat: Chat) -> None:
    chat.staff = MARIA
    chat.cases["LS-2026-000123"] = "open"
    chat.hear(NOTICE)
    chat.hear(Media(MediaKind.PHOTO, "Así quedó"), chat.reply)
    assert chat.recorded(CaseAnswered)[0].text == "Así quedó"


def test_a_closed_case_is_said_to_be_unknown(chat: Chat) -> None:
    chat.staff = MARIA
    chat.hear(NOTICE)
    assert "No encontré un caso abierto" in chat.says("hola", quotes=chat.reply)
    assert not chat.recorded(CaseAnswered)


def test_a_citizen_who_quotes_somebody_elses_case_adds_nothing_to_it(known: Chat) -> None:
    known.cases["LS-2026-000999"] = "open"
    known.hear(CaseAnswer("LS-2026-000999", "", "hola"))
    assert "alumbrado" in known.says("poste malo", quotes=known.reply)


def test_a_digest_arrives_as_it_is(chat: Chat) -> None:
    assert chat.hear(Announcement("Semana 47 · Deportes")) == "Semana 47 · Deportes"


def test_what_everybody_is_told_comes_in_the_language_of_each(chat: Chat) -> None:
    news = Announcement("Hay otra caja", in_languages={"en": "There is another till"})
    assert chat.hear(news) == "Hay otra caja"
    chat.says("english")
    assert chat.hear(news) == "There is another till"
    chat.says("kreyòl")
    assert chat.hear(news) == "Hay otra caja", "without a text in it, in Spanish"
    assert chat.reply.options == ()


def test_a_notice_by_mail_has_a_subject_and_says_how_to_answer(release: Release) -> None:
    chat = Chat(release, channel=Channel.MAIL)
    text = chat.hear(NOTICE)
    assert chat.reply.subject == "LS-2026-000123: reclamo"
    assert "busque LS-2026-000123 en el panel" in text
    assert "citando" not in text, "nobody hears a reply to a mail"
    chat = Chat(
        dataclasses.replace(release, panel="https://opina.example.cl/panel"), channel=Channel.MAIL
    )
    for news in (NOTICE, CaseReminder("LS-2026-000123", "reclamo", "deportes", "first", chat.now)):
        text = chat.hear(news)
        assert "entre aquí: https://opina.example.cl/panel/casos/LS-2026-000123\n" in text
    text = chat.hear(PersonWaits(5, "deportes", "hola"))
    assert "https://opina.example.cl/panel/conversaciones/5" in text


@pytest.mark.parametrize(
    ("news", "subject"),
    [
        (NOTICE, "LS-2026-000123: reclamo"),
        (replace(NOTICE, urgent=True), "Urgente · LS-2026-000123: reclamo"),
        (replace(NOTICE, added=True), "LS-2026-000123: la persona agregó algo"),
        (replace(NOTICE, did="withdrawn"), "LS-2026-000123: la persona la retiró"),
        (replace(NOTICE, did="reopened"), "LS-2026-000123: abierto otra vez"),
        (
            CaseReminder("LS-2026-000123", "reclamo", "deportes", "second", MONDAY),
            "LS-2026-000123: sin respuesta, vence el 16 de noviembre de 2026",
        ),
        (
            CaseReminder("LS-2026-000123", "reclamo", "deportes", "overdue", MONDAY),
            "LS-2026-000123: venció el 16 de noviembre de 2026 sin respuesta",
        ),
        (PersonWaits(5, "deportes", "hola"), "Una persona espera en el chat: Deportes"),
        (
            PersonWaits(5, "deportes", "gas", urgent=True),
            "Urgente · Una persona espera en el chat: Deportes",
        ),
    ],
)
def test_a_subject_says_what_happened_and_none_of_the_words(
    release: Release, news: CaseNotice | CaseReminder | PersonWaits, subject: str
) -> None:
    chat = Chat(release, channel=Channel.MAIL)
    chat.hear(news)
    assert chat.reply.subject == subject


def test_a_staff_member_can_still_rate_and_look_up(chat: Chat) -> None:
    chat.staff = MARIA
    chat.hear(NOTICE)
    assert "Renovación del permiso" in chat.says("onde saco el permiso de circulacion")
