"""The language of the answers is the one that is plainly written in, through whole talks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import played

WORDING = Path(__file__).parents[4] / "bot" / "content" / "la_serena" / "wording"
IN_ENGLISH = "From now on I will write in English"
IN_CREOLE = "Depi kounye a m ap ekri an kreyòl"


def test_the_language_that_is_written_in_is_answered_in_and_remembered(release: Release) -> None:
    chat = Chat(release)
    assert IN_ENGLISH in chat.says("how do I get a driving licence")
    assert IN_ENGLISH not in chat.says("where do I pay the fine for my car")
    assert "I will write in English" in chat.says("English please")
    assert chat.state.language == "en"


@pytest.mark.parametrize(
    ("turns", "language"),
    [
        (("I want to make a complaint", "Avenida Francisco de Aguirre 450"), "en"),
        (("I want to rate an office", "Los Perales con Las Rojas"), "en"),
        (("hello", "Dirección de Tránsito y Transporte Público"), "en"),
        (("how do I pay a fine", "hola", "gracias"), "en"),
        (("how do I pay a fine", "ahora quiero saber cuánto demora"), ""),
        (("how do I pay a fine", "ENGLISH", "ahora quiero saber cuánto demora"), "en"),
        (("ESPAÑOL", "how do I pay a fine"), "es-CL"),
        (("mwen vle peye yon amann",), "ht"),
        (("a dog bit my son", "mwen vle pale kreyòl ayisyen"), "ht"),
        (("la cajera nadie habla creole",), ""),
        (("M-2026-002",), ""),
        (("oiga el food truck de la plaza",), ""),
        (("quiero ver el partido en streaming full hd",), ""),
    ],
)
def test_a_noticed_language_changes_with_what_is_plainly_written(
    release: Release, turns: tuple[str, ...], language: str
) -> None:
    chat = played(release, *turns)
    assert chat.state.language == language


# What stands between the values of each sentence of the Spanish wording.
SPANISH_WORDING = [
    part.strip()
    for line in (WORDING / "es-CL.ftl").read_text(encoding="utf-8").splitlines()
    for part in re.split(r"\{[^}]*\}", line.partition(" = ")[2])
    if len(part) > 15
]
WHOLE_TALKS = {
    "en": {
        "rating": "I want to rate an office|health centre|yes|5|the nurse was kind|done"
        "|change my grade to 6",
        "complaint": "I want to make a complaint|the rubbish truck has not come for two weeks"
        "|Calle Balmaceda 1200|yes|done|how is my complaint going?"
        "|please cancel my complaint|yes",
        "card": "how do I renew my driving licence|how much does it cost?"
        "|do I need to bring anything?"
        "|can I do it online?|where is it?|what are the opening hours?|thank you very much",
        "erasing": "please delete all my data|yes",
        "person": "I want to talk to a person|I need help with my rent|done"
        "|when will they call me?",
    },
    "ht": {
        "rating": "mwen vle bay yon nòt|klinik la|wi|senk|dam nan te janti|fini"
        "|chanje nòt la mete 6",
        "complaint": "mwen vle fè yon plent|kamyon fatra a pa pase depi de semèn"
        "|Calle Balmaceda 1200|wi|fini|kote plent mwen an rive?|anile plent mwen an|wi",
        "card": "ki jan pou m renouvle lisans kondwi mwen|konbyen sa koute?|kisa pou m pote?"
        "|èske m ka fè l sou entènèt?|ki kote li ye|mèsi anpil",
        "erasing": "tanpri efase tout done mwen yo|wi",
        "person": "mwen vle pale ak yon moun|mwen bezwen èd pou lwaye a|fini",
    },
}


@pytest.mark.parametrize("language", WHOLE_TALKS)
@pytest.mark.parametrize("talk", ["rating", "complaint", "card", "erasing", "person"])
def test_a_whole_talk_is_in_the_language_that_is_written(
    release: Release, language: str, talk: str
) -> None:
    chat = Chat(release)
    for text in WHOLE_TALKS[language][talk].split("|"):
        chat.says(text)
    first, *others = chat.replies
    back = "Español: escriba ESPAÑOL."
    assert back in first.text
    assert not any(back in reply.text for reply in others), "said once"
    said = "\n".join(reply.text.replace(back, "") for reply in chat.replies)
    assert not [words for words in SPANISH_WORDING if words in said]
    labels = {option.label for reply in chat.replies for option in reply.options}
    assert not {"Sí", "Menú", "Cancelar", "Listo", "Ver pasos"} & labels


def test_who_speaks_neither_spanish_nor_a_language_with_wording_is_offered_those(
    release: Release,
) -> None:
    said = Chat(release).says(
        "Je ne comprends pas l'espagnol, où payer une amende de circulation ?"
    )
    assert "write ENGLISH" in said
    assert "ekri KREYÒL" in said
    assert "Pago de multas" in said


@pytest.mark.parametrize(
    ("asked", "language", "kept", "options"),
    [
        ("cómo saco la patente comercial", "ENGLISH", "You need:", ["Yes", "No"]),
        ("cómo saco la patente comercial", "KREYÒL", "Ou bezwen:", ["Wi", "Non"]),
        ("no me llega agua hace 2 días", "ENGLISH", "It belongs to:", ["See areas"]),
        ("cómo saco la licencia", "ENGLISH", "Perhaps", ["Renovar la licencia"]),
        ("quiero hablar con una persona", "ENGLISH", "Now tell us what you need", ["Done"]),
        ("quiero hablar con una persona", "KREYÒL", "Di kounye a", ["Fini"]),
        ("hola", "ENGLISH", "How can I help?", ["I have a question"]),
    ],
)
def test_another_language_answers_again_what_was_asked_last(
    release: Release, asked: str, language: str, kept: str, options: list[str]
) -> None:
    chat = Chat(release)
    chat.says(asked)
    text = chat.says(language)
    assert kept in text
    assert chat.labels[: len(options)] == options
    assert not chat.last  # nothing is recorded once more


def test_suggestions_in_another_language_can_be_chosen(release: Release) -> None:
    chat = Chat(release)
    chat.says("cómo saco la licencia")
    chat.says("ENGLISH")
    assert chat.labels[-1] == "None"
    assert "primera vez" in chat.says("2")


@pytest.mark.parametrize(
    ("asked", "wish"),
    [
        ("cómo saco la patente comercial", "Sí, quiero hablar con una persona"),
        ("how do I get a business license", "Yes, I want to talk to a person"),
        ("kisa mwen bezwen pou m jwenn patant pou yon ti biznis?", "Wi, mwen vle pale ak yon moun"),
        (
            "kisa mwen bezwen pou m jwenn patant pou yon ti biznis?",
            "Wi, mwen bezwen pale ak yon moun ki ka ede m pou lekòl",
        ),
    ],
)
def test_a_yes_to_a_person_is_no_yes_to_the_card(release: Release, asked: str, wish: str) -> None:
    chat = Chat(release)
    chat.says(asked)
    chat.says(wish)
    assert [type(fact).__name__ for fact in chat.last] == ["CaseOpened"]


@pytest.mark.parametrize("answer", ["Sí, muchas gracias", "Sí, me sirvió", "Wi, mèsi"])
def test_a_yes_alone_is_of_the_card(release: Release, answer: str) -> None:
    chat = Chat(release)
    chat.says("cómo saco la patente comercial")
    chat.says(answer)
    assert "AnswerGiven" in [type(fact).__name__ for fact in chat.last]
