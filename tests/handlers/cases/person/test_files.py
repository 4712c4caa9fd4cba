"""Files in a conversation with a person."""

from __future__ import annotations

from datetime import timedelta

from handlers.cases.people import person
from handlers.facts.cases import CaseOpened
from handlers.facts.files import FileSent, FilesFiled, FilesShown
from handlers.facts.handovers import HandoverSaid
from handlers.messages import (
    FileRefused,
    MediaKind,
    PersonStep,
    PersonWaits,
)
from handlers.release import Release
from tests.handlers.cases.person.conversation import SATURDAY, THERE, handover, learns
from tests.handlers.chat import Chat


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
    for _ in range(person.MAX_FILES):
        chat.sends_file(MediaKind.PHOTO)
    assert "10 en esta conversación" in chat.sends_file(MediaKind.PHOTO)
    assert len(chat.recorded(FileSent)) == person.MAX_FILES
    last = chat.recorded(FileSent)[-1]
    assert "no se pudo abrir" in chat.hear(FileRefused(last.id, "unreadable"))
    chat.sends_file(MediaKind.PHOTO)
    assert len(chat.recorded(FileSent)) == person.MAX_FILES + 1, "another in its place"


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
