"""Photos, PDFs and audios: they go with the case that is told or was filed, and nothing is lost."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened
from handlers.facts.files import FileSent, FilesFiled
from handlers.facts.responses import AnswerGiven
from handlers.messages import File, FileRefused, MediaFile, MediaKind, Press
from tests.handlers.chat import Chat

NUMBER = "LS-2026-000001"
WHOLE = "ayer en la plaza de armas había basura, pido que la retiren"
PHOTO, DOCUMENT, VOICE = MediaKind.PHOTO, MediaKind.DOCUMENT, MediaKind.VOICE


def filed(chat: Chat) -> list[tuple[str, int]]:
    """How many files went with each case."""
    return [(fact.number, len(fact.ids)) for fact in chat.recorded(FilesFiled)]


def test_files_that_come_while_a_case_is_told_are_filed_with_it(known: Chat) -> None:
    known.says("reclamo")
    text = known.sends_file(PHOTO)
    assert "Recibí su archivo (1 de 3)" in text
    assert "Cuente en un mensaje qué pasó" in text  # what was asked is still asked
    assert "¿Lo ingreso?" in known.says(WHOLE)
    text = known.sends_file(DOCUMENT)
    assert "(2 de 3)" in text
    assert "¿Lo ingreso?" in text
    known.says("sí")
    assert known.case_texts(NUMBER) == [WHOLE]
    assert filed(known) == [(NUMBER, 2)]
    assert [fact.number for fact in known.recorded(FileSent)] == ["", ""]


def test_what_stands_beside_a_photo_is_the_case_that_it_goes_with(known: Chat) -> None:
    text = known.sends_file(PHOTO, f"reclamo: {WHOLE}")
    assert "Recibí su archivo (1 de 3)" in text
    assert f"«{WHOLE}»" in text
    known.says("sí")
    assert filed(known) == [(NUMBER, 1)]


def test_a_photo_that_came_first_need_not_be_sent_again(known: Chat) -> None:
    text = known.sends_file(PHOTO)
    assert "no tiene que enviarlo otra vez" in text
    assert known.offers("complaint")
    known.says("reclamo")
    known.says(WHOLE)
    known.says("sí")
    assert filed(known) == [(NUMBER, 1)]


@pytest.mark.parametrize("ways", [["persona"], ["reclamo", "cancelar", f"reclamo: {WHOLE}", "sí"]])
def test_every_way_to_a_case_takes_its_files_along(known: Chat, ways: list[str]) -> None:
    known.sends_file(PHOTO)
    for words in ways:
        known.says(words)
    assert [count for _, count in filed(known)] == ([1] if len(ways) == 1 else [])


def test_after_a_case_is_filed_a_photo_is_added_to_it(known: Chat) -> None:
    known.complains(WHOLE)
    assert "(1 de 3)" in known.sends_file(PHOTO, "aquí se ve")
    assert known.recorded(FileSent)[0].number == NUMBER
    assert known.recorded(CaseExtended)[0].text == "aquí se ve"
    assert known.offers("done")


def test_the_photos_of_an_album_are_all_taken_and_the_fourth_is_told(known: Chat) -> None:
    known.complains(WHOLE)
    texts = [known.sends_file(PHOTO) for _ in range(4)]
    assert [f"({n} de 3)" in text for n, text in enumerate(texts, 1)] == [True, True, True, False]
    assert "este no lo guardé" in texts[3]
    assert len(known.recorded(FileSent)) == 3
    assert "Recibí su audio" in known.sends_file(VOICE)  # audios are counted on their own


def test_what_is_too_much_of_an_album_is_told_once(known: Chat) -> None:
    known.complains(WHOLE)
    texts = [known.sends_file(PHOTO) for _ in range(8)]
    assert ["este no lo guardé" in text for text in texts] == [*([False] * 3), True, *([False] * 4)]
    assert texts[4:] == [""] * 4
    assert "este no lo guardé" in known.sends_file(PHOTO, "y este otro")


def test_photos_of_an_album_that_are_too_large_are_refused_once(known: Chat) -> None:
    known.complains(WHOLE)
    texts = [known.sends_file(PHOTO, size=50_000_000) for _ in range(3)]
    assert ["pesa más" in text for text in texts] == [True, False, False]
    assert "(1 de 3)" in known.sends_file(PHOTO)


def test_an_album_that_belongs_to_nothing_is_answered_once(known: Chat) -> None:
    before = len(known.replies)
    for _ in range(3):
        known.sends_file(PHOTO)
    assert len(known.replies) == before + 1
    known.says(f"reclamo: {WHOLE}")
    known.says("sí")
    assert filed(known) == [(NUMBER, 3)]


def test_a_file_that_is_too_large_is_refused_at_once_and_nothing_typed_is_lost(
    known: Chat,
) -> None:
    known.says("reclamo")
    text = known.sends_file(DOCUMENT, WHOLE, size=10_000_001)
    assert "pesa más de 10 MB" in text
    assert f"«{WHOLE}»" in text
    assert known.recorded(FileSent) == []
    known.says("sí")
    assert known.case_texts(NUMBER) == [WHOLE]


@pytest.mark.parametrize("code", ["large", "type", "unreadable", "locked", "gone"])
def test_a_file_that_could_not_be_kept_leaves_its_place_to_another(known: Chat, code: str) -> None:
    known.complains(WHOLE)
    for _ in range(3):
        known.sends_file(PHOTO)
    first = known.recorded(FileSent)[0].id
    text = known.hear(FileRefused(first, code, NUMBER))
    assert "No guardé un" in text
    assert "Lo demás que envió sigue guardado." in text
    assert "(3 de 3)" in known.sends_file(PHOTO)


def test_an_audio_is_kept_for_seven_days_and_its_citizen_told(known: Chat) -> None:
    known.says("persona")
    assert "Se borra a los 7 días" in known.sends_file(VOICE)
    fact = known.recorded(FileSent)[0]
    assert (fact.number, fact.kept_for and fact.kept_for.days) == (NUMBER, 7)


def test_an_audio_that_belongs_to_nothing_is_a_case_that_a_person_hears(known: Chat) -> None:
    known.sends_file(PHOTO)
    text = known.sends_file(VOICE)
    assert f"Su número es {NUMBER}." in text
    assert "escriba LLAMAR" in text
    (case,) = known.recorded(CaseOpened)
    assert (case.kind, case.text) == (CaseKind.PERSON, "")
    assert case.due is not None
    assert filed(known) == [(NUMBER, 1)], "the photo before it goes along"
    assert known.recorded(FileSent)[-1].number == NUMBER
    assert "Lo agregué" in known.says("es por la poda de mi calle"), "words that follow are its own"


def test_further_audios_go_with_the_case_of_the_first(known: Chat) -> None:
    for _ in range(2):
        known.sends_file(VOICE)
        known.says("listo")
    assert len(known.recorded(CaseOpened)) == 1
    assert [fact.number for fact in known.recorded(FileSent)] == [NUMBER] * 2


def test_an_audio_leaves_what_was_asked_open(known: Chat) -> None:
    known.says("quiero poner nota")
    known.says("transito")
    assert NUMBER in known.sends_file(VOICE)
    known.says("6")
    assert [fact.value for fact in known.recorded(AnswerGiven)] == ["6"]


def test_an_open_question_stays_open(known: Chat) -> None:
    known.says("quiero poner nota")
    known.says("transito")
    text = known.sends_file(PHOTO)
    assert "escriba RECLAMO" in text
    assert "nota" in text
    known.says("6")
    assert known.record()["grade"] == "6"


def test_a_photo_below_the_card_that_asks_for_one_is_reported_with_one_tap(known: Chat) -> None:
    known.says("hay un hoyo en la calle Balmaceda")
    known.sends_file(PHOTO)
    assert "hay un hoyo" in known.presses("Dejar un reclamo")
    known.says("saltar")
    known.says("sí")
    assert filed(known) == [(NUMBER, 1)]


def test_danger_is_answered_first_and_the_photo_stays(known: Chat) -> None:
    text = known.sends_file(PHOTO, "hay un cable de luz cortado colgando sobre la vereda")
    assert "13" in text
    assert len(known.recorded(FileSent)) == 1


def test_a_file_that_cannot_be_had_is_answered_with_the_way_to_report(known: Chat) -> None:
    assert "no puedo verla" in known.sends(PHOTO)
    assert "Dejar un reclamo" in known.labels
    assert known.recorded(FileSent) == []
    assert not known.recorded(CaseOpened)
    assert MediaFile() == MediaFile("", 0, b"")


def test_a_receipt_is_given_by_button_word_and_number(known: Chat) -> None:
    assert "Desde este chat no hay" in known.says("comprobante")
    known.complains(WHOLE)
    for ask in (lambda: known.presses("Comprobante (PDF)"), lambda: known.says("comprobante")):
        assert "No reemplaza recursos legales" in ask()
        sent = known.replies[-2].file
        assert sent == File(f"comprobante-{NUMBER}.pdf", ref=f"receipt:{NUMBER}")
    assert "Lo agregué" in known.says("también hay vidrios")  # it is still added to the case
    known.says("listo")
    known.says("mi reclamo")
    known.presses("Comprobante (PDF)")
    assert known.replies[-2].file is not None


def test_nobody_gets_the_receipt_of_anothers_case(known: Chat) -> None:
    known.complains(WHOLE)
    known.hear(Press("receipt:LS-2026-000777", known.reply.number))
    assert known.reply.file is None
    assert "comprobante" not in known.reply.text.lower()
