"""All else that arrives: media, edits, emptiness, old buttons, emergencies, vanished content."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.facts.lookups import LookupMade
from handlers.facts.own_data import ContactDeparted
from handlers.facts.responses import ResponseOpened
from handlers.messages import Departed, Edited, MediaKind, Press
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.information.changed_content import with_content

every_medium = pytest.mark.parametrize("kind", list(MediaKind))


def at_grade(chat: Chat) -> None:
    chat.says("nota")
    chat.says("deportes")


@every_medium
def test_media_get_a_polite_answer_that_asks_for_words(known: Chat, kind: MediaKind) -> None:
    known.says("persona")
    known.says("listo")
    text = known.sends(kind)
    assert known.release.wordings["es-CL"].say(f"media-{kind.value}") in text
    assert "Cuénteme en palabras qué necesita." in text
    shows = kind in (MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.DOCUMENT, MediaKind.LOCATION)
    ways = ["Dejar un reclamo", "Hablar con persona"] if shows else []
    assert known.labels == [*ways, "Menú"]


@every_medium
def test_media_leave_the_open_question_open(known: Chat, kind: MediaKind) -> None:
    at_grade(known)
    text = known.sends(kind)
    assert "¿Qué nota le pone" in text
    assert "Cuénteme" not in text
    known.says("6")
    assert known.record() == {"grade": "6"}


@every_medium
def test_media_as_the_first_message_are_answered_and_introduced(
    chat: Chat, kind: MediaKind
) -> None:
    assert "Soy el asistente automático" in chat.sends(kind)


def test_an_album_is_answered_once_and_a_later_photo_again(known: Chat) -> None:
    assert known.sends(MediaKind.PHOTO)
    assert known.sends(MediaKind.PHOTO) == ""
    known.waits(minutes=2)
    assert known.sends(MediaKind.PHOTO)


def test_a_photo_that_follows_words_is_answered_however_soon(known: Chat) -> None:
    assert known.sends(MediaKind.PHOTO)
    known.says("hola")
    assert known.sends(MediaKind.PHOTO)


def test_the_words_under_a_photo_are_read(known: Chat) -> None:
    text = known.sends(MediaKind.PHOTO, "poste malo")
    assert text.startswith("No puedo ver el archivo, pero leí su texto.")
    assert "alumbrado" in text


def test_the_grade_under_a_photo_is_noted(known: Chat) -> None:
    at_grade(known)
    known.sends(MediaKind.PHOTO, "un 6")
    assert known.record() == {"grade": "6"}


def test_an_edit_changes_nothing_and_says_how_to(known: Chat) -> None:
    at_grade(known)
    known.says("6")
    text = known.hear(Edited("7"))
    assert "Lo anterior quedó como estaba." in text
    assert "¿Qué fue lo mejor?" in text
    assert known.record() == {"grade": "6"}


@pytest.mark.parametrize("text", ["", "   ", "\n", "👍", "🙏🙏🙏", "...", "¿?", "\u200b"])
def test_what_holds_no_words_is_answered(known: Chat, text: str) -> None:
    known.says("persona")
    known.says("listo")
    assert known.says(text).startswith("Solo leo palabras y números.")
    assert known.labels == ["Menú"]


def test_emojis_at_the_grade_question_are_asked_about_and_at_the_comment_kept(
    known: Chat,
) -> None:
    at_grade(known)
    assert known.says("👍👍") == "¿Le pongo un 6 a Deportes?"
    assert known.record() == {}
    known.says("7")
    known.says("😀👏")
    assert known.record() == {"grade": "7", "best": "😀👏"}


@pytest.mark.parametrize("where", ["nothing", "grade", "reason", "comment", "case", "area"])
def test_four_thousand_characters_are_answered_everywhere(known: Chat, where: str) -> None:
    if where == "area":
        known.says("nota")
    elif where == "case":
        known.says("reclamo")
    elif where != "nothing":
        at_grade(known)
        if where != "grade":
            known.says("2" if where == "reason" else "7")
    text = ("muchas palabras sobre el gimnasio, " * 120)[:4096]
    assert known.says(text)
    if where == "case":
        known.says("saltar")
        known.says("sí")
    if where in ("reason", "comment"):
        assert text.strip() in known.record().values()
    if where == "case":
        assert known.recorded(CaseOpened)[0].text == text.strip()


@pytest.mark.parametrize("sign", ["❶", "²", "①", "٣", "6️⃣", "½"])
def test_signs_that_only_look_like_digits_are_answered(known: Chat, sign: str) -> None:
    known.says("calificar")
    known.says("transito")
    for said in (sign, f"un {sign}", f"{sign} de marzo"):
        assert known.says(said)


def test_emojis_of_two_units_stay_within_the_limits(known: Chat) -> None:
    known.says("reclamo")
    known.says("😀" * 4096)
    known.says("wxyz " + "😀" * 2000)
    known.says("ver")


def test_an_old_button_changes_nothing_and_the_open_question_is_asked_again(known: Chat) -> None:
    at_grade(known)
    question = known.reply
    known.says("cancelar")
    text = known.presses("3", under=question)
    assert text.startswith("Ese botón era de un mensaje anterior, así que no cambié nada.")
    assert known.labels == ["Tengo una pregunta", "Poner una nota", "Dejar un reclamo"]
    assert known.record() == {}


@pytest.mark.parametrize("key", ["g:9", "g:x", "nonsense", "", "rate:", "q:atencion", "erase", ":"])
def test_a_forged_button_changes_nothing(known: Chat, key: str) -> None:
    at_grade(known)
    facts = len(known.facts)
    assert "no cambié nada" in known.hear(Press(key, known.reply.number))
    assert len(known.facts) == facts


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("hay un incendio en mi casa", "132"),
        ("hay olor a gas en la cocina", "132"),
        ("mi marido me está pegando", "1455"),
        ("me quiero matar", "*4141"),
        ("están abusando de un niño", "147"),
    ],
)
def test_emergencies_come_first_and_never_end_in_a_question(
    chat: Chat, said: str, number: str
) -> None:
    text = chat.says(said)
    assert number in text
    assert "asistente automático" in text
    assert chat.reply.options == ()
    assert "?" not in text
    assert not chat.facts


def test_an_emergency_in_the_middle_of_a_rating_keeps_the_rating(known: Chat) -> None:
    at_grade(known)
    assert "132" in known.says("hay un incendio en mi casa")
    known.says("6")
    assert known.record() == {"grade": "6"}


def test_an_emergency_under_a_photo_is_heard(known: Chat) -> None:
    assert "132" in known.sends(MediaKind.PHOTO, "hay un incendio en mi casa")


def test_an_emergency_is_not_stored_as_comment_or_lookup(known: Chat) -> None:
    at_grade(known)
    known.says("7")
    known.says("me quiero matar")
    assert "best" not in known.record()
    assert not known.recorded(LookupMade)


def test_whoever_blocks_the_assistant_is_noted_and_told_nothing(known: Chat) -> None:
    assert known.hear(Departed()) == ""
    assert known.last == [ContactDeparted()]


def test_a_rating_of_an_area_that_is_gone_is_closed_and_said_to_be(
    known: Chat, release: Release
) -> None:
    at_grade(known)
    areas = tuple(a for a in release.content.areas if a.id != "deportes")
    services = tuple(s for s in release.content.services if s.area != "deportes")
    desks = tuple(d for d in release.content.desks if d.area != "deportes")
    known.release = with_content(release, areas=areas, services=services, desks=desks)
    text = known.says("6")
    assert text.startswith("Una pregunta pendiente ya no existe, así que la cerré.")
    assert known.record() == {}
    assert known.state.progress is None


def test_a_rating_whose_version_is_gone_goes_on_with_the_newest(
    known: Chat, release: Release
) -> None:
    at_grade(known)
    known.says("2")
    newer = tuple(
        q.model_copy(update={"version": q.version + 1, "questions": q.questions[:1]})
        if q.id == "atencion"
        else q
        for q in release.content.questionnaires
    )
    known.release = with_content(release, questionnaires=newer)
    known.says("3")
    assert known.record()["grade"] == "3"
    assert known.state.progress is None


def test_a_questionnaire_that_is_gone_is_closed(known: Chat, release: Release) -> None:
    known.says("cuestionario")
    known.says("1")
    kept = tuple(q for q in release.content.questionnaires if q.id != "barrio")
    known.release = with_content(release, questionnaires=kept)
    assert known.says("6").startswith("Una pregunta pendiente ya no existe")
    assert "Por ahora no hay cuestionarios." in known.says("cuestionario")


def test_a_run_keeps_the_version_that_it_was_begun_under(known: Chat, release: Release) -> None:
    at_grade(known)
    newer = tuple(
        q.model_copy(update={"version": 2, "questions": q.questions[:1]})
        for q in release.content.questionnaires
        if q.id == "atencion"
    )
    known.release = with_content(release, questionnaires=(*release.content.questionnaires, *newer))
    assert "¿Qué fue lo mejor?" in known.says("7")
    known.says("listo")
    known.says("nota")
    known.says("cultura y biblioteca")
    assert known.says("7").startswith("Gracias.")
    assert [f.version for f in known.recorded(ResponseOpened)] == [1, 2]


def test_a_change_of_an_old_rating_is_made_under_its_own_version(
    known: Chat, release: Release
) -> None:
    at_grade(known)
    known.says("7")
    known.says("limpio")
    newer = tuple(
        q.model_copy(update={"version": 2, "questions": q.questions[:1]})
        for q in release.content.questionnaires
        if q.id == "atencion"
    )
    known.release = with_content(release, questionnaires=(*release.content.questionnaires, *newer))
    known.says("cambiar")
    assert "¿Qué fue lo que más influyó?" in known.says("2")
