"""The order of the recognisers, and what is no text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.facts.cases import CaseKind
from handlers.facts.responses import Subject
from handlers.messages import (
    Body,
    CaseNotice,
    Departed,
    Edited,
    Media,
    MediaKind,
    Press,
    Start,
)
from handlers.release import Release
from handlers.search.decide import Comparison
from handlers.search.index import SearchIndex
from handlers.search.ranking import Ranking
from handlers.state import Known
from handlers.understanding.free_words import lookup
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords, GradeAnswer, NotEnded, WordsAnswer
from handlers.understanding.intents.cases import (
    AskForRecords,
    BeginCase,
    FileCase,
    SetCaseArea,
    ShowCase,
)
from handlers.understanding.intents.danger import ReportDanger
from handlers.understanding.intents.information import AskAboutArea, AskAboutCard, ShowCard
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import Rate, TellExperience
from handlers.understanding.intents.staff import LinkStaff
from handlers.understanding.intents.unclear import SayCourtesy, SendMedia
from handlers.understanding.intents.union import Intents
from handlers.understanding.recognisers import RECOGNISERS
from handlers.understanding.understand import understand
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import SITUATIONS, at, context, incoming, understood
from tests.packaged import packaged

DATA = Path(__file__).parents[1] / "data"
RELEASE = packaged()
FIRE = ReportDanger("emergency-fire", "incendio")
PERSON = "quiero conversar con alguien de ahí"
WORDS = "nadie habla creole"  # is no wish where words are asked for
CHATS = {situation: at(RELEASE, situation) for situation in SITUATIONS}
# What people say, of every kind that the recognisers tell apart.
SAID = [
    text
    for line in (DATA / "spoken_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for text in json.loads(line)["say"]
]


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("grade", "hay un incendio", (FIRE,)),  # danger before all
        ("grade", "1", (GradeAnswer(1),)),  # the open question before a list's number
        ("menu", "1", (Act.INVITE_QUESTION,)),
        ("grade", "menu", (Act.SHOW_MENU,)),  # a command before an answer
        ("comment", "nota", (Act.START_RATING,)),
        ("comment", PERSON, (Act.OFFER_PERSON,)),
        ("comment", WORDS, (WordsAnswer("best", WORDS),)),
        ("case", "fue en la esquina", (AddWords("fue en la esquina"),)),
        ("menu", PERSON, (AskForPerson(PERSON),)),
        ("complaint", "hay un hoyo", (FileCase("hay un hoyo", "operaciones"),)),
        ("complaint", "sí quiero", (Act.SKIP,)),  # no account of anything
        ("complaint", "no, espere", (SayCourtesy("waits"),)),
        ("complaint", "por favor", (Act.SKIP,)),
        ("complaint", "un 5", (Act.SKIP,)),
        ("complaint", "jajaja", (SayCourtesy("smalltalk"),)),
        ("filing", "qué sigue", (ShowCase("LS-2026-000001"),)),
        ("filing", "y ahora qué pasa", (ShowCase("LS-2026-000001"),)),
        ("filed", "y después qué pasa", (Act.SHOW_CASES,)),
        ("new", "no tengo el número", (Act.SHOW_CASES,)),
        ("new", "vengo saliendo de tránsito", (TellExperience("transito", ""),)),
        ("new", "hola, fui a tránsito hoy", (TellExperience("transito", ""),)),
        ("reason", "hágame un reclamo", (BeginCase(CaseKind.COMPLAINT),)),
        ("comment", "y los sábados", (AskAboutArea("transito", "hours"),)),
        ("comment", "y los sábados nadie", (WordsAnswer("best", "y los sábados nadie"),)),
        (
            "grade",
            "6, de dónde sacaron mi número",
            (GradeAnswer(6, besides="de dónde sacaron mi número"), SayCourtesy("origin")),
        ),
        (
            "grade",
            "3, y quiero reclamar que la vereda está rota",
            (
                GradeAnswer(3, besides="quiero reclamar que la vereda está rota"),
                FileCase("quiero reclamar que la vereda está rota", "operaciones"),
            ),
        ),
        ("complaint", "pido por ley de transparencia las actas", (AskForRecords(),)),
        ("summed up", "sí", (Act.FILE_CASE,)),
        ("whom for", "menu", (Act.SHOW_MENU,)),
        ("whom for", "deportes", (SetCaseArea("deportes"),)),
        ("grade", "no termina, un 4", (NotEnded(alone=False), GradeAnswer(4))),
        ("grade", "aún no termina", (NotEnded(),)),
        ("area", "transito", (Rate(Subject(area="transito"), "menu"),)),
    ],
)
def test_what_is_certain_comes_first(
    release: Release, situation: str, text: str, meant: Intents
) -> None:
    assert understood(at(release, situation), text) == meant


def test_a_question_beside_not_ended_is_both(release: Release) -> None:
    first, second = understood(at(release, "grade"), "no termina, ¿dónde pago la patente?")
    assert first == NotEnded(alone=False)
    assert isinstance(second, AskAboutCard)


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        (Press("complaint", 1), (Act.COMPLAIN,)),
        (Press("card:permiso", 0), (ShowCard("permiso"),)),  # only shows something
        (Press("complaint", 0), (Act.PRESS_STALE_BUTTON,)),
        (Press("g:7", 1), (Act.PRESS_STALE_BUTTON,)),
        (Start(), (Act.GREET,)),
        (Start("nope"), (Act.OPEN_UNKNOWN_DESK, Act.GREET)),
        (Start("staff-ABC"), (LinkStaff("ABC"),)),
        (Edited("x"), (Act.EDIT_MESSAGE,)),
        (Media(MediaKind.VOICE), (SendMedia(MediaKind.VOICE, captioned=False),)),
        (
            Media(MediaKind.PHOTO, "menu"),
            (SendMedia(MediaKind.PHOTO, captioned=True), Act.SHOW_MENU),
        ),
        (Media(MediaKind.PHOTO, "hay un incendio"), (FIRE,)),
        (Departed(), (Departed(),)),
        (CaseNotice("1", "reclamo", "", "x"), (CaseNotice("1", "reclamo", "", "x"),)),
    ],
)
def test_what_is_no_text(known: Chat, body: Body, meant: Intents) -> None:
    event = incoming(known, "")
    event = type(event)(event.id, event.sender, body, event.sent_at)
    assert understand(event, known.state, Known(new_id=1), known.release, known.now) == meant


class CountingIndex(SearchIndex):
    """Counts what is ranked."""

    def __init__(self, inner: SearchIndex) -> None:
        self.inner = inner
        self.sectors = inner.sectors
        self.ranked: list[str] = []

    def rank(self, query: str) -> Ranking:
        self.ranked.append(query)
        return self.inner.rank(query)

    def compare(self, query: str, card: str) -> Comparison:
        return self.inner.compare(query, card)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("text", ["6", "menu", "licencia de conducir", "hace mucho frío"])
def test_at_most_one_text_is_ranked(release: Release, situation: str, text: str) -> None:
    chat = at(release, situation)
    index = CountingIndex(release.index)
    chat.release = replace(release, index=index)
    understood(chat, text)
    # However often it is asked for, the index ranks it once a turn.
    assert len(set(index.ranked)) <= (0 if text == "menu" else 1)


@given(st.sampled_from(sorted(SITUATIONS)), st.text(max_size=60))
def test_every_text_means_something_and_nothing_is_changed(situation: str, text: str) -> None:
    chat = CHATS[situation]
    before = chat.stored
    assert understood(chat, text)
    assert chat.stored == before


def test_the_list_holds_every_recogniser_once() -> None:
    recognisers = [row.recognise for row in RECOGNISERS]
    assert len(recognisers) == len(set(recognisers))
    assert recognisers[-1] is lookup.lookup


def test_every_act_that_is_a_sign_can_be_heard(release: Release) -> None:
    signs = {sign for row in RECOGNISERS for sign in row.signs if isinstance(sign, str)}
    heard = {act for act, _ in release.listener.hear("hola").ranked()}
    assert signs
    assert signs <= heard


@pytest.mark.parametrize("situation", ["menu", "grade", "comment", "proposed", "card", "filing"])
def test_a_recogniser_takes_nothing_that_has_none_of_its_signs(situation: str) -> None:
    chat = CHATS[situation]
    skipped = set()
    for text in SAID:
        read = context(chat, text)
        for row in RECOGNISERS:
            if row.signs and row.signs.isdisjoint(read.signs):
                assert row.recognise(read) is None, (row.recognise.__name__, text)
                skipped.add(row.recognise)
    assert skipped == {row.recognise for row in RECOGNISERS if row.signs}
