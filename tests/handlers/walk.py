"""Walks a conversation widely: every option that is offered, and what people type besides."""

from __future__ import annotations

import fcntl
import os
import pickle
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from handlers.handover import People
from handlers.messages import CaseAnswer, Edited, MediaKind, Press
from handlers.release import Release
from handlers.state import Conversation
from tests.handlers.chat import Chat

MAX_SITUATIONS = 380
# A sentence that led nowhere new so often in a row is not tried again; `make long` tries all.
PATIENCE = 10 if os.environ.get("OPINA_EXAMPLES") != "long" else sys.maxsize
_DIGITS = re.compile(r"\d+")
_KEPT = frozenset(Conversation.__struct_fields__) - {"seq"}

Action = Callable[[Chat], object]

# What is typed everywhere, in the words of each language.
_TYPED = {
    "es-CL": (
        "hola gracias ayuda listo saltar volver cancelar seguir cambiar nota areas consulta "
        "persona reclamo responder datos ver borrar cuestionario sí no"
    ).split(),
    "en": (
        "hello thanks help done skip back cancel resume change grade areas question "
        "person complaint reply data show erase survey yes no"
    ).split(),
}
_ANSWERS = ("1", "2", "6", "9", "1 y 3", "99", "16-11-2020")
_SENTENCES = (
    "onde saco el permiso de circulacion",
    "tesoreria",
    "se corto la luz en mi casa",
    "wxyz qqqq kkkk",
    "deportes",
    "ponles un 1",
    "1, muy amables y excelente",
    "el martes me atendieron muy bien en tesorería",
    "ayer me atendieron muy bien",
    "llevo 2 meses esperando mi patente comercial",
    "¿dónde pago la patente?",
    "más o menos",
    "inútiles",
    "y cuánto cuesta",
    "más corto",
    "no quiero",
    "en qué va mi reclamo",
    "en qué está mi trámite",
    "bórralo, me equivoqué",
    "qué hacen con mi nota",
    "quiero poner nota al consultorio",
    "hay un cable colgando en la calle",
    "eres un robot?",
    "/inventado",
    "👍",
)


@dataclass(frozen=True)
class Place:
    """Somewhere in a conversation: the chat just after its last reply."""

    chat: Chat

    @property
    def situation(self) -> tuple[object, ...]:
        """What makes a difference to what comes next."""
        state = self.chat.state
        progress, follow_up, prompt = state.progress, state.follow_up, state.prompt
        doubt = progress and (progress.checking > 0, progress.area_guessed, progress.misread > 0)
        return (
            progress and (progress.question, doubt),
            follow_up and (bool(follow_up.case), bool(follow_up.messages)),
            prompt and (prompt.awaits, tuple(_marks(o.key for o in prompt.options))),
            len(state.paused) > 0,
        )

    @property
    def acts_alike(self) -> tuple[object, ...]:
        """Where it is the same, the same option or word does the same: what is open and kept."""
        state, new = self.chat.state, Conversation()
        kept = tuple(name for name in _KEPT if getattr(state, name) != getattr(new, name))
        labels = tuple((option.key, option.label) for option in self.chat.reply.options)
        return (self.situation, kept, labels)

    @property
    def shape(self) -> tuple[object, ...]:
        """What makes two places alike enough to look at one of them only."""
        said = _DIGITS.sub("#", self.chat.reply.text)
        text = said[:50] + said[-12:]  # a request about own data begins alike
        marks = tuple(option.key.partition(":")[0] for option in self.chat.reply.options)
        return (text, marks, self.situation)


def _marks(keys: Iterable[str]) -> list[str]:
    """What options do; how many cards are offered beside them makes no difference."""
    marks = [key.partition(":")[0] for key in keys]
    return [mark for at, mark in enumerate(marks) if mark != "card" or "card" not in marks[:at]]


def walk(release: Release, language: str) -> list[Place]:
    """Places that a conversation in ``language`` leads to, breadth first."""
    start = Chat(release)
    start.says("hola")
    if language != "es-CL":
        start.says("english")
    begin = Place(start)
    found, met, queue = {begin.shape: begin}, {begin.situation}, [begin]
    alike, in_vain = set[object](), Counter[str]()
    while queue:
        place = queue.pop(0)
        for sentence, action in _actions(place.chat, language):
            if in_vain[sentence] == PATIENCE:
                continue
            chat = place.chat.copy()
            said = len(chat.replies)
            action(chat)
            if len(chat.replies) == said or (chat.state.language or "es-CL") != language:
                continue
            new = Place(chat)
            found.setdefault(new.shape, new)
            if sentence:
                in_vain[sentence] = in_vain[sentence] + 1 if new.acts_alike in alike else 0
            alike.add(new.acts_alike)
            if new.situation not in met and len(met) < MAX_SITUATIONS:
                met.add(new.situation)
                queue.append(new)
    return [*found.values(), _waiting_for_person(start), _filed_by_voice(start)]


def walk_once(folder: Path, release: Release, language: str) -> list[Place]:
    """As ``walk``, done by the first of the processes that share ``folder``, for all of them."""
    file = folder / f"walk-{language}.pickle"
    with file.open("ab+") as walked:
        fcntl.flock(walked, fcntl.LOCK_EX)
        if not walked.seek(0, os.SEEK_END):
            chats = [replace(place.chat, release=None) for place in walk(release, language)]
            walked.write(pickle.dumps(chats))
        walked.seek(0)
        return [Place(replace(chat, release=release)) for chat in pickle.load(walked)]


def _waiting_for_person(start: Chat) -> Place:
    """Where somebody is on duty: the assistant is quiet from here on, so no way leads further."""
    chat = start.copy()
    chat.people = People(any=True, now=True)
    chat.says("person" if chat.state.language == "en" else "persona")
    return Place(chat)


def _filed_by_voice(start: Chat) -> Place:
    """After an audio, which is a case at once."""
    chat = start.copy()
    chat.sends_file(MediaKind.VOICE)
    return Place(chat)


def _actions(chat: Chat, language: str) -> Iterator[tuple[str, Action]]:
    """What can be done; with its sentence where it is one, which is the most work."""
    for option in different(chat):
        yield "", _pressing(option)
    for text in (*_TYPED[language], *_ANSWERS):
        yield "", _typing(text)
    for text in _SENTENCES:
        yield text, _typing(text)
    yield "", lambda c: c.sends(MediaKind.PHOTO)
    yield "", lambda c: c.hear(Edited("x"))
    yield "", _late
    for number in chat.cases:
        yield "", _answered(number)


def different(chat: Chat) -> Iterator[str]:
    """The keys of the last reply's options, one of each sort."""
    sorts = {"g:1": "g:1", "g:6": "g:6"}
    seen = set()
    for option in chat.reply.options:
        sort = sorts.get(option.key, option.key.partition(":")[0])
        if sort not in seen:
            seen.add(sort)
            yield option.key


def _pressing(key: str) -> Action:
    return lambda chat: chat.hear(Press(key, chat.reply.number))


def _typing(text: str) -> Action:
    return lambda chat: chat.says(text)


def _late(chat: Chat) -> None:
    chat.waits(hours=1)
    chat.says("5")


def _answered(number: str) -> Action:
    return lambda chat: chat.hear(CaseAnswer(number, "", "Ya va."))
