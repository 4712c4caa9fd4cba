"""What the assistant says is plain: short sentences and messages, usted, nobody's gender."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bot
import handlers
from handlers.content.wording import Wording
from handlers.release import Release

MAX_WORDS = 20
MAX_MESSAGE = 500
# Help and the notice of data are read at leisure; frames hold words that others wrote.
LONG_BY_NATURE = {"help", "data", "case-answer", "case-notice", "case-notice-added"}
# As long as what stands for them at most: the longest area's name, a number, a date …
FILLED = {
    "municipality": "Municipalidad de La Serena",
    "area": "Empleo (OMIL) y Fomento",
    "receiver": "la oficina de informaciones y reclamos",
    "query": "q" * 60,
    "words": "w" * 160,
    "number": "LS-2026-004512",
    "numbers": "LS-2026-004512, LS-2026-004513",
    "keep": "12 meses",
    "date": "16 de noviembre de 2026",
    "hours": "lunes a viernes, de 8:30 a 14:00",
}
TU = re.compile(
    r"\b(?:tú|te|ti|tu|tus|contigo|puedes|quieres|tienes|necesitas|debes|sabes|eres|estás|vas"
    r"|escribes|dime|dinos|cuéntame|elige|pincha|envía|haz|ingresa|escríbelo|pon|mándame)\b",
    re.IGNORECASE,
)
GENDERED = re.compile(
    r"\b(?:bienvenid|estimad|atendid|registrad|inscrit|interesad|invitad|identificad|conectad"
    r"|autorizad|obligad|seguro de que est)[oa]s?\b|\w+[@]\w*|\b\w+xs?\b(?<!\bex)|\btod[ex]s\b"
    r"|\b(?:ciudadano|usuario|vecino|funcionario)s?\b",
    re.IGNORECASE,
)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
SAYING = {"say", "text", "option", "say_and_ask_open"}  # what code says by name
QUOTED = re.compile(r"[\"']([\w-]+)[\"']")
JARGON = re.compile(
    r"haga clic|presione aquí|inválid|error|opción incorrecta|estimad|contribuyente", re.IGNORECASE
)


def keys(wording: Wording) -> set[str]:
    """The sentences: every message but labels, commands and months."""
    others = ("label-", "heard-", "month-")
    return {key for key in wording.contract if not key.startswith(others)}


def said(wording: Wording, key: str) -> str:
    values = {name: FILLED.get(name, "7") for name in wording.contract[key]}
    return wording.say(key, **values)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a colon before a list or a value ends one as well."""
    parts = re.split(r"(?<=[.?!;])\s+|\n|:\s", text)
    return [part for part in parts if re.search(r"\w", part)]


@pytest.fixture(params=["es-CL", "en"])
def wording(request: pytest.FixtureRequest, release: Release) -> Wording:
    return release.wordings[request.param]


def test_no_sentence_has_more_than_twenty_words(wording: Wording) -> None:
    found = {key: sentences(said(wording, key)) for key in keys(wording)}
    assert [
        (key, sentence)
        for key, parts in found.items()
        for sentence in parts
        if len(sentence.split()) > MAX_WORDS
    ] == []


def test_no_message_has_more_than_five_hundred_characters(wording: Wording) -> None:
    lengths = {key: len(said(wording, key)) for key in keys(wording) - LONG_BY_NATURE}
    assert {key: length for key, length in lengths.items() if length > MAX_MESSAGE} == {}


@pytest.mark.parametrize("rule", [TU, GENDERED, JARGON], ids=["usted", "gender", "jargon"])
def test_everybody_is_usted_and_nobody_is_given_a_gender(
    release: Release, rule: re.Pattern[str]
) -> None:
    wording = release.wordings["es-CL"]
    texts = {key: said(wording, key) for key in keys(wording)}
    assert {key: found[0] for key, text in texts.items() if (found := rule.search(text))} == {}


def test_nothing_is_promised_for_want_of_an_answer(wording: Wording) -> None:
    """No approval by silence (Ley 19.880)."""
    promised = re.compile(
        r"silencio (admin|posit)|(se entiende|entenderá|queda|quedará) (aprob|acept|conced)"
    )
    assert [key for key in keys(wording) if promised.search(said(wording, key))] == []


def test_no_emoji_stands_in_any_sentence_or_label(wording: Wording) -> None:
    texts = [said(wording, key) for key in wording.contract if not key.startswith("heard-")]
    assert not [text for text in texts if EMOJI.search(text)]


def test_the_questionnaires_are_as_plain(release: Release) -> None:
    for questionnaire in release.content.questionnaires:
        for question in questionnaire.questions:
            for text in question.text.values():
                assert len(text) <= MAX_MESSAGE
                assert all(len(part.split()) <= MAX_WORDS for part in sentences(text)), text
            assert not TU.search(question.text["es-CL"])
            assert not GENDERED.search(question.text["es-CL"])


@pytest.fixture(scope="module")
def sources() -> list[str]:
    rooms = [Path(handlers.__file__).parent, Path(bot.__file__).parent]
    return [file.read_text(encoding="utf-8") for room in rooms for file in room.rglob("*.py")]


def test_every_sentence_is_said_somewhere(release: Release, sources: list[str]) -> None:
    quoted = {name for source in sources for name in QUOTED.findall(source)}
    # Parts of names that are put together: media-photo, case-status-open …
    built = (
        *("media-", "case-status-", "case-kind-", "emergency-", "alert-", "topic-"),
        *(
            "courtesy-",
            "file-refused-",
            "case-ask-",
            "case-missing-",
            "case-stands-",
            "case-remind-",
            "measure-ask-",
            "measure-said-",
        ),
        *("rights-", "right-name-", "right-status-", "person-media-", "useful-propose-"),
    )
    unsaid = [
        key
        for key in keys(release.wording("es-CL"))
        if key not in quoted and not key.startswith(built)
    ]
    assert unsaid == []


def test_everything_that_code_says_is_worded(release: Release, sources: list[str]) -> None:
    """The contract is the packaged file itself, so nothing else finds a sentence missing there."""
    contract = release.wording("es-CL").contract
    said = {
        argument.value
        for source in sources
        if any(f".{name}(" in source for name in SAYING)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in SAYING
        for argument in call.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    labels = {key.removeprefix("label-") for key in contract if key.startswith("label-")}
    assert len(said) > 100
    assert {key for key in said if key not in contract and key not in labels} == set()


def test_two_sentences_are_two() -> None:
    assert sentences("Hola. ¿Sirve? 1) Sí\nNo: nunca") == [
        "Hola.",
        "¿Sirve?",
        "1) Sí",
        "No",
        "nunca",
    ]
