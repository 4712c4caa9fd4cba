"""A text may only offer what works: every word and option that is offered is driven there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest

from handlers.content.wording import Wording
from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.facts.lookups import LookupMade
from handlers.facts.own_data import ConsentWithdrawn, DataErased
from handlers.facts.responses import AnswerGiven
from handlers.messages import Press, Reply
from handlers.release import Release
from handlers.state import Awaits
from handlers.text.folding import fold
from tests.handlers.chat import Chat
from tests.handlers.limits import within_limits
from tests.handlers.walk import Place, different, walk_once

CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{2,}\b")
# Capitals that are names or abbreviations, not words to type.
NAMES = {"LS", "RUT", "OIRS", "DOM", "OMIL", "UTM", "SOAP", "SII", "CGE", "SEC", "CESFAM"}
NAMES |= {"CECOSF", "PDI", "SAPU", "SAR", "JSON", "PDF", "MB", "FONASA"}
LANGUAGES = ("es-CL", "en")

Effect = Callable[[Chat, Chat], bool]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Tests of one language follow each other, so that few workers walk it: it takes seconds."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def places(
    release: Release, language: str, tmp_path_factory: pytest.TempPathFactory
) -> list[Place]:
    """Everywhere that a conversation leads to."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return walk_once(shared, release, language)


@pytest.fixture(scope="module")
def apart(places: list[Place]) -> list[Place]:
    """One of all places where the same word or option does the same: thousands are alike."""
    return [*{place.acts_alike: place for place in places}.values()]


def fixed(wording: Wording, key: str) -> str:
    """The longest part of a sentence that holds no variable."""
    return max(wording.say(key, **dict.fromkeys(wording.contract[key], "\0")).split("\0"), key=len)


def said_by(key: str) -> Effect:
    """The answer holds the sentence ``key``."""

    def happened(before: Chat, after: Chat) -> bool:
        wording = before.release.wordings[after.state.language or "es-CL"]
        return fixed(wording, key) in after.reply.text

    return happened


def any_of(*effects: Effect) -> Effect:
    return lambda before, after: any(effect(before, after) for effect in effects)


def recorded(*kinds: type) -> Effect:
    return lambda _, after: any(isinstance(fact, kinds) for fact in after.last)


def moved_on(before: Chat, after: Chat) -> bool:
    """What was open is no longer: another question, or none, and nothing waits for words."""
    was, now = before.state, after.state
    if was.follow_up is not None and was.progress is None:
        return now.follow_up is None
    if was.prompt is not None and was.prompt.awaits is Awaits.CASE:
        # The summary, or what is told is asked for again, and left where nothing comes.
        return any_of(being_told, said_by("case-dropped"))(before, after)
    if was.progress is None:
        return said_by("nothing-pending")(before, after) or now.progress is not None
    cannot = any_of(said_by("cannot-skip"), said_by("not-optional-done"))
    return (
        now.progress is None
        or now.progress.question != was.progress.question
        or now.progress.response != was.progress.response
        or cannot(before, after)
    )


def in_a_rating(_: Chat, after: Chat) -> bool:
    prompt = after.state.prompt
    return prompt is not None and (
        prompt.awaits is Awaits.AREA
        or any(option.key.startswith("g:") for option in prompt.options)
        or after.state.progress is not None
    )


def changing(before: Chat, after: Chat) -> bool:
    run = after.state.progress
    asked = run is not None and any(o.key.startswith("g:") for o in after.reply.options)
    return asked or (not before.state.rated and said_by("nothing-to-change")(before, after))


def looked_up(_: Chat, after: Chat) -> bool:
    return any(isinstance(fact, LookupMade) for fact in after.last)


def cancelled(_: Chat, after: Chat) -> bool:
    return after.state.progress is None and any(o.key == "complaint" for o in after.reply.options)


def noted_or_asked(_: Chat, after: Chat) -> bool:
    return any(isinstance(fact, AnswerGiven) for fact in after.last)


def told_or_opened(before: Chat, after: Chat) -> bool:
    return being_told(before, after) or any(isinstance(fact, CaseOpened) for fact in after.last)


def being_told(_: Chat, after: Chat) -> bool:
    """A case is being told: its words, what misses, or the summary."""
    prompt = after.state.prompt
    return prompt is not None and prompt.awaits is Awaits.CASE


def went_back(before: Chat, after: Chat) -> bool:
    """A step back, or the menu where there is none."""
    run = before.state.progress
    if run is not None and after.state.progress is not None:
        return after.state.progress.question != run.question or said_by("nothing-to-go-back")(
            before, after
        )
    return bool(after.reply.options)


# What each command must come to, wherever it is offered.
EFFECTS: dict[str, Effect] = {
    "menu": lambda _, after: any(o.key == "complaint" for o in after.reply.options),
    "help": said_by("help"),
    "cancel": any_of(cancelled, said_by("withdraw-ask")),
    "short": lambda _, after: after.state.short,
    "long": lambda _, after: not after.state.short,
    "back": went_back,
    "skip": moved_on,
    "done": moved_on,
    "rate": in_a_rating,
    "ask": any_of(said_by("ask-away"), looked_up),
    "areas": said_by("areas"),
    "resume": any_of(lambda _, after: after.state.progress is not None, said_by("nothing-pending")),
    "change": changing,
    "data": said_by("data"),
    "mine": said_by("access-confirm"),
    "rights": said_by("rights-terms"),
    "rectify": said_by("rectify-what"),
    "object": said_by("object-confirm"),
    "block": any_of(said_by("block-confirm"), said_by("block-already")),
    "unblock": any_of(said_by("unblocked"), said_by("block-none")),
    "invite": any_of(said_by("invited-again"), said_by("invited-anyway")),
    "take": said_by("port-confirm"),
    "consent": said_by("consent-ask"),
    "enough": recorded(ConsentWithdrawn),
    "erase": any_of(said_by("erase-confirm"), recorded(DataErased)),
    "person": any_of(recorded(CaseOpened, CaseExtended), said_by("case-person-again")),
    "complaint": told_or_opened,
    "suggestion": being_told,
    "call": told_or_opened,
    "answer": lambda _, after: (
        after.state.follow_up is not None and bool(after.state.follow_up.case)
    ),
    "questionnaire": any_of(said_by("questionnaire-list"), said_by("questionnaire-none")),
    "spanish": lambda _, after: after.state.language == "es-CL",
    "english": lambda _, after: after.state.language == "en",
    "yes": noted_or_asked,
    "no": noted_or_asked,
}
# Words that are an answer: a grade in letters, a day.
ANSWERS = {
    *("UNO", "SIETE", "SEIS", "HOY", "AYER"),
    *("ONE", "SEVEN", "SIX", "TODAY", "YESTERDAY"),
}


def offered_words(text: str) -> set[str]:
    quoted = re.sub(r"«[^»]*»", "", text)  # what others wrote is no offer
    return {word for word in CAPITALS.findall(quoted) if word not in NAMES}


def test_the_walk_meets_every_word_that_any_sentence_offers(
    release: Release, language: str, places: list[Place]
) -> None:
    wording = release.wordings[language]
    mail = {"case-by-mail", "case-notice", "case-subject-new", "failed", "language-hint"}
    mail.add("case-mail-end")
    mail |= {"person-waits-how", "person-yours"}  # to staff: driven in cases/person
    mail |= {"case-by-quote", "case-note-how"}  # to staff: driven in staff
    mail.add("language-offer")  # said in another language than the conversation's
    mail.add("languages-written")  # in answer to another: driven in test_spoken_intents.py
    texts = [
        wording.say(key, **dict.fromkeys(wording.contract[key], ""))
        for key in wording.contract
        if key not in mail and not key.startswith(("label-", "heard-", "month-"))
    ]
    texts += [
        question.text[language]
        for questionnaire in release.content.questionnaires
        for question in questionnaire.questions
    ]
    offered = set().union(*(offered_words(text) for text in texts))
    met = set().union(*(offered_words(p.chat.reply.text) for p in places))
    assert offered - met == set()
    assert len(offered) >= 20


def test_every_word_in_capitals_does_what_it_says(places: list[Place], language: str) -> None:
    failures = []
    driven = set()
    for place in places:
        for word in offered_words(place.chat.reply.text):
            chat = place.chat.copy()
            chat.says(word)
            command = chat.release.wordings[language].commands.get(word.lower()) or (
                chat.release.commands[language].get(fold(word))
            )
            effect = noted_or_asked if word in ANSWERS else EFFECTS[command or ""]
            driven.add(word)
            if not effect(place.chat, chat) or _refused(chat, command or ""):
                failures.append((word, place.chat.reply.text, chat.reply.text))
    assert failures == []
    assert len(driven) >= 20


def test_every_option_works_when_it_is_pressed(apart: list[Place]) -> None:
    failures = []
    for place in apart:
        for key in different(place.chat):
            chat = place.chat.copy()
            chat.hear(Press(key, place.chat.reply.number))
            if _refused(chat, key) or chat.reply.number == place.chat.reply.number:
                failures.append((key, place.chat.reply.text, chat.reply.text))
    assert failures == []


def test_every_option_that_is_typed_does_what_it_does_when_pressed(apart: list[Place]) -> None:
    failures = []
    for place in apart:
        labels = {option.key: option.label for option in place.chat.reply.options}
        for key in different(place.chat):
            if place.chat.state.prompt is None or not place.chat.state.prompt.options:
                continue
            pressed, typed = place.chat.copy(), place.chat.copy()
            pressed.hear(Press(key, place.chat.reply.number))
            typed.says(labels[key])
            if (typed.reply.text, typed.last) != (pressed.reply.text, pressed.last):
                failures.append((labels[key], place.chat.reply.text, typed.reply.text))
    assert failures == []


def test_every_number_in_a_list_chooses_its_option(apart: list[Place]) -> None:
    failures = []
    for place in apart:
        prompt = place.chat.state.prompt
        if prompt is None or prompt.number != place.chat.reply.number:
            continue
        for number in range(1, prompt.numbered + 1):
            pressed, typed = place.chat.copy(), place.chat.copy()
            pressed.hear(Press(prompt.options[number - 1].key, prompt.number))
            typed.says(str(number))
            if _asks_if_grade(typed.reply):  # which of the two is meant, once a visit was told of
                chosen = typed.reply.options[1].key
                failures += [number] * (chosen != prompt.options[number - 1].key)
            elif (typed.reply.text, typed.last) != (pressed.reply.text, pressed.last):
                failures.append((number, place.chat.reply.text, typed.reply.text))
    assert failures == []


def _asks_if_grade(reply: Reply) -> bool:
    return any(option.key.startswith("as-grade:") for option in reply.options)


def test_no_place_is_a_dead_end(places: list[Place]) -> None:
    for place in places:
        reply: Reply = place.chat.reply
        assert within_limits(reply) == []
        assert reply.options or _is_long(reply), reply.text


def test_compact_messages_have_at_most_five_hundred_characters(
    release: Release, language: str, places: list[Place]
) -> None:
    wording = release.wordings[language]
    long_by_nature = [
        fixed(wording, key)
        for key in (
            *("help", "data", "my-data-since"),
            *("case-answer", "card-area", "media-caption"),
        )
    ]
    too_long = [
        place.chat.reply.text
        for place in places
        if len(place.chat.reply.text) > 500
        and not any(start in place.chat.reply.text for start in long_by_nature)
    ]
    assert too_long == []


def _refused(chat: Chat, what: str) -> bool:
    """Answered as something old, unknown or not found."""
    wording = chat.release.wordings[chat.state.language or "es-CL"]
    refusals = ["button-stale", "command-unknown", "nothing-asked", "number-stale", "number-beyond"]
    if what not in ("ask", "not-comment"):  # these look up what was said, found or not
        refusals.append("not-found")
    return any(fixed(wording, key) in chat.reply.text for key in refusals)


def _is_long(reply: Reply) -> bool:
    """Too long to carry buttons; words that lead on stand in the text."""
    return len(reply.text) > 900
