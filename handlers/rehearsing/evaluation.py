"""How well people are understood: labelled messages, each said to a fresh conversation.

A line of the file is one case: ``setup`` is said first, then ``say``; ``expect`` names what must
have come of it (docs/understanding.md lists every key). Four results are told apart: right;
confirmed, where a tap more is asked than was needed; wrong but harmless; and wrongly stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

from handlers.facts import (
    AnswerGiven,
    CaseExtended,
    CaseOpened,
    CaseWithdrawn,
    Found,
    LookupMade,
)
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.release import Release
from handlers.state import Filing

START = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)


class Case(Struct, frozen=True):
    """One labelled message. Values of ``expect`` are as the file has them."""

    id: str
    category: str
    setup: tuple[str, ...]
    say: tuple[str, ...]
    expect: dict[str, object]


class Result(StrEnum):
    """How a message was taken."""

    RIGHT = "right"
    CONFIRMED = "confirmed"
    HARMLESS = "harmless"
    STORED = "stored"  # wrongly


class Outcome(Struct, frozen=True):
    """What came of one case, and what was answered."""

    case: Case
    result: Result
    answer: str


# What no chat without a platform can play: events of platforms, questionnaires of their own.
NOT_PLAYED = frozenset({"event", "question_kinds"})


def evaluate(cases: Iterable[Case], release: Release) -> list[Outcome]:
    """Play every case that can be played, in order."""
    return [_played(case, release) for case in cases if case.category not in NOT_PLAYED]


def _played(case: Case, release: Release) -> Outcome:
    chat = Rehearsal(release, START)
    for text in case.setup:
        chat.say(text)
    before, replies, at_first = len(chat.facts), chat.replies, chat.state
    for text in case.say:
        chat.say(text.replace("\\n", "\n"))
    told = _Told(chat, before, replies, filing=at_first.filing, topic=at_first.topic)
    return Outcome(case, _result(told, case.expect), chat.reply.text if chat.reply else "")


def _result(told: _Told, expect: Mapping[str, object]) -> Result:
    results = [_CHECKS[key](told, value) for key, value in expect.items() if key in _CHECKS]
    return max(results, key=list(Result).index) if results else Result.HARMLESS


class _Told:
    """A conversation after the case, and what was recorded since it began."""

    def __init__(
        self, chat: Rehearsal, before: int, replies: int, *, filing: Filing | None, topic: str
    ) -> None:
        self.chat = chat
        self.topic_before = topic
        self.was_filing = filing is not None
        self.told_before = filing.words if filing is not None else ()
        earlier = chat.facts[:before]
        self.was_graded = any(isinstance(fact, AnswerGiven) and fact.grade for fact in earlier)
        self.facts = chat.facts[before:]
        self.replied = chat.replies > replies
        self.text = chat.reply.text if chat.reply else ""
        self.keys = {option.key for option in chat.reply.options} if chat.reply else set()

    @property
    def case_words(self) -> tuple[str, ...]:
        """The words of a case that is not filed yet."""
        filing = self.chat.state.filing
        return filing.words if filing is not None else ()

    @property
    def grades(self) -> list[int]:
        return [fact.grade for fact in self.facts if isinstance(fact, AnswerGiven) and fact.grade]

    @property
    def answers(self) -> list[AnswerGiven]:
        return [fact for fact in self.facts if isinstance(fact, AnswerGiven)]

    @property
    def searched(self) -> bool:
        made = [fact for fact in self.facts if isinstance(fact, LookupMade)]
        return any(not fact.card or fact.found is not Found.NOTHING for fact in made)

    @property
    def filed(self) -> bool:
        return any(isinstance(fact, CaseOpened | CaseExtended) for fact in self.facts)

    @property
    def stored(self) -> bool:
        return bool(self.answers) or self.filed

    @property
    def area(self) -> str:
        """The area that is being rated, or asked about in one tap."""
        proposal, progress = self.chat.state.proposal, self.chat.state.progress
        if proposal is not None:
            return proposal.area
        return progress.subject.area if progress is not None else ""

    @property
    def proposed_grade(self) -> int:
        proposal = self.chat.state.proposal
        return proposal.grade if proposal is not None else 0

    @property
    def checked_grade(self) -> int:
        """A grade that contradicts what was said with it: asked once more before it is noted."""
        progress = self.chat.state.progress
        return progress.checking if progress is not None else 0


def _stored_grade(told: _Told, value: object) -> Result:
    if told.grades:
        return Result.RIGHT if told.grades[-1] == value else Result.STORED
    if value in (told.proposed_grade, told.checked_grade):
        return Result.CONFIRMED
    return Result.STORED if told.stored else Result.HARMLESS


def _confirm(told: _Told, value: object) -> Result:
    if told.grades:  # plainly said, so it may be noted at once
        return Result.CONFIRMED if told.grades[-1] == value else Result.STORED
    return Result.RIGHT if told.proposed_grade == value else _harmless(told)


def _none(told: _Told, _value: object) -> Result:
    if told.stored:
        return Result.STORED
    return Result.HARMLESS if told.searched or not told.replied else Result.RIGHT


def _no_grade(told: _Told, _value: object) -> Result:
    """No grade is noted or proposed, no matter what else is kept or asked."""
    if told.grades:
        return Result.STORED
    return Result.HARMLESS if told.proposed_grade or not told.replied else Result.RIGHT


def _no_guess(told: _Told, _value: object) -> Result:
    """No grade is noted, and nothing is added to the comment of one; it may be asked."""
    added = told.was_graded and any(answer.kind == "text" for answer in told.answers)
    if told.grades or added:
        return Result.STORED
    return Result.RIGHT if told.replied else Result.HARMLESS


def _found(told: _Told, _value: object) -> Result:
    """A question is looked up, or answered of a card: not taken for something else."""
    if told.stored:
        return Result.STORED
    found = {fact.found for fact in told.facts if isinstance(fact, LookupMade)}
    if found - {Found.NOTHING} or told.chat.state.topic not in ("", told.topic_before):
        return Result.RIGHT
    offers = [key for key in told.keys if key.startswith("card:")]
    return Result.CONFIRMED if offers else Result.HARMLESS


def _either(told: _Told, value: object) -> Result:
    """One of several expectations is enough."""
    allowed = value if isinstance(value, list) else []
    return min((_result(told, one) for one in allowed), key=list(Result).index)


def _asked(told: _Told, _value: object) -> Result:
    """A grade is asked for, or what is to become of the one on record."""
    if told.stored:
        return Result.STORED
    asked = "g:7" in told.keys or told.keys >= {"undo", "change"}
    return Result.RIGHT if asked else Result.HARMLESS


def _area(told: _Told, value: object) -> Result:
    if value is True:  # whichever it is: its grade is asked for, or it is chosen of a few
        if told.area and not told.stored:
            return Result.RIGHT
        few = 0 < sum(key.startswith("rate:") for key in told.keys) <= _FEW_OFFERED
        return Result.CONFIRMED if few and not told.stored else _harmless(told)
    if told.grades:
        return Result.RIGHT if told.answers[-1].subject.area == value else Result.STORED
    if _moved_to(told) == value:
        return Result.CONFIRMED
    return Result.RIGHT if (told.area or _area_shown(told)) == value else _harmless(told)


_FEW_OFFERED = 3  # areas that words may mean


def _moved_to(told: _Told) -> str:
    """The area that a change of the rating would move it to."""
    proposal = told.chat.state.proposal
    return proposal.area if proposal is not None and proposal.corrects else ""


def _area_shown(told: _Told) -> str:
    release, topic = told.chat.release, told.chat.state.topic
    return release.area_of_card(topic)


def _choice(told: _Told, value: object) -> Result:
    wanted = set(value) if isinstance(value, list) else set()
    offered = {key.partition(":")[2] for key in told.keys if key.startswith("rate:")}
    if told.stored:
        return Result.STORED
    return Result.RIGHT if wanted <= offered | {told.area, _moved_to(told)} else Result.HARMLESS


def _words_revised(told: _Told, _value: object) -> Result:
    """It is asked whether words of a comment or case are to be changed or erased: none is added.

    The words of a case may be changed at once, as they are shown again before it is filed.
    """
    if told.stored:
        return Result.STORED
    size = len(told.told_before)
    if told.chat.state.filing is not None and told.case_words[:size] != told.told_before:
        return Result.RIGHT
    return Result.RIGHT if told.keys & {"replace-words", "drop-words"} else Result.HARMLESS


def _words_added(told: _Told, _value: object) -> Result:
    """Words follow those of a comment or a case, also of one that is filed: a person reads both."""
    if any(answer.kind == "text" for answer in told.answers):
        return Result.RIGHT
    if any(isinstance(fact, CaseExtended) for fact in told.facts):
        return Result.RIGHT
    if len(told.case_words) > len(told.told_before):
        return Result.RIGHT
    asked = not told.keys.isdisjoint({"replace-words", "as-comment", "join-words"})
    return Result.CONFIRMED if asked else _harmless(told)


def _no_area(told: _Told, _value: object) -> Result:
    if told.stored:
        return Result.STORED
    return Result.RIGHT if not told.area and told.replied else Result.HARMLESS


def _withdrawn(told: _Told, _value: object) -> Result:
    if told.answers or any(isinstance(fact, CaseExtended) for fact in told.facts):
        return Result.STORED
    if any(isinstance(fact, CaseWithdrawn) for fact in told.facts):
        return Result.RIGHT
    if told.was_filing and told.chat.state.filing is None:
        return Result.RIGHT  # it was not filed yet
    asked = any(key.startswith(("withdraw", "undo")) for key in told.keys)
    return Result.RIGHT if asked else Result.HARMLESS


def _about(told: _Told, value: object) -> Result:
    if told.stored:
        return Result.STORED
    return Result.RIGHT if told.chat.state.topic == value and not told.searched else Result.HARMLESS


def _followup(told: _Told, _value: object) -> Result:
    """The card that was shown stays the topic, no matter which part is asked about."""
    return _about(told, told.topic_before)


def _useful(told: _Told, value: object) -> Result:
    given = [answer.value for answer in told.answers if answer.question == "useful"]
    if given:
        return Result.RIGHT if given[-1] == value else Result.STORED
    return _harmless(told)


def _status(told: _Told, value: object) -> Result:
    if told.stored:
        return Result.STORED
    cases = told.chat.state.cases
    if value and cases:
        shown = cases[-1].number in told.text
        return Result.RIGHT if shown and not told.searched else Result.HARMLESS
    offered = "complaint" in told.keys or told.chat.state.filing is not None
    return Result.RIGHT if not told.searched and offered else Result.HARMLESS


def _danger(told: _Told, value: object) -> Result:
    heard = told.chat.state.danger
    right = bool(heard) if value is True else heard in _KINDS.get(str(value), frozenset())
    return Result.RIGHT if right else _harmless_unless_comment(told)


def _no_danger(told: _Told, _value: object) -> Result:
    return Result.HARMLESS if told.chat.state.danger else Result.RIGHT


def _smalltalk(told: _Told, _value: object) -> Result:
    if told.stored:
        return Result.STORED
    return Result.RIGHT if told.replied and not told.searched else Result.HARMLESS


def _language(told: _Told, value: object) -> Result:
    spoken = told.chat.state.language or told.chat.state.language_offered
    return Result.RIGHT if spoken.startswith(str(value)) else _harmless(told)


def _short_mode(told: _Told, _value: object) -> Result:
    return Result.RIGHT if told.chat.state.short and not told.searched else _harmless(told)


def _cards(told: _Told, value: object) -> Result:
    wanted = set(value) if isinstance(value, list) else set()
    offered = {key.partition(":")[2] for key in told.keys} | {told.chat.state.topic}
    return Result.RIGHT if wanted <= offered else _harmless(told)


def _case_area(told: _Told, value: object) -> Result:
    opened = [fact.area for fact in told.facts if isinstance(fact, CaseOpened)]
    if opened:
        return Result.RIGHT if opened[-1] == value else Result.STORED
    filing = told.chat.state.filing  # filed once its summary is confirmed
    return Result.CONFIRMED if filing and filing.area == value else _harmless(told)


def _harmless(told: _Told) -> Result:
    return Result.STORED if told.stored else Result.HARMLESS


def _harmless_unless_comment(told: _Told) -> Result:
    return Result.STORED if told.grades else Result.HARMLESS


# Kinds of danger as files name them, and the emergencies of the content that answer them.
_KINDS = {
    "suicide": frozenset({"suicidio"}),
    "violence": frozenset({"violencia", "ninez", "delito"}),
    "children": frozenset({"ninez", "violencia"}),
    "fire": frozenset({"incendio"}),
    "gas": frozenset({"gas", "incendio"}),
    "electricity": frozenset({"electricidad", "riesgo", "incendio"}),
    "ambulance": frozenset({"salud", "accidente", "incendio"}),
    "crime": frozenset({"delito", "violencia"}),
    "lost": frozenset({"perdida", "ninez", "delito"}),
    "quake": frozenset({"desastre"}),
    "hazard": frozenset({"riesgo", "electricidad"}),
}
_CHECKS: dict[str, Callable[[_Told, object], Result]] = {
    "stored_grade": _stored_grade,
    "confirm": _confirm,
    "none": _none,
    "no_grade": _no_grade,
    "no_guess": _no_guess,
    "searched": _found,
    "either": _either,
    "asked": _asked,
    "area": _area,
    "confirm_or_choose": _choice,
    "words_revised": _words_revised,
    "words_added": _words_added,
    "no_area": _no_area,
    "withdrawn": _withdrawn,
    "about": _about,
    "followup": _followup,
    "useful": _useful,
    "status": _status,
    "danger": _danger,
    "no_danger": _no_danger,
    "smalltalk": _smalltalk,
    "language": _language,
    "short_mode": _short_mode,
    "cards": _cards,
    "case_area": _case_area,
}
