"""Checks of a labelled message's result, by key of ``expect`` (docs/understanding.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from enum import StrEnum

from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened, CaseWithdrawn
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import AnswerGiven
from handlers.facts.union import Fact
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.state import Filing
from handlers.understanding.options import USEFUL_BY_OPTION


class Result(StrEnum):
    """The result of an example, from best to worst."""

    RIGHT = "right"
    CONFIRMED = "confirmed"
    HARMLESS = "harmless"
    STORED = "stored"  # wrongly


class PlayedExample:
    """A conversation after a labelled message, with the facts that the message recorded."""

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
    def without_useful(self) -> PlayedExample:
        """The same as though nothing of it answered whether a card helped."""
        other = copy(self)
        other.facts = [fact for fact in self.facts if not _is_useful(fact)]
        return other

    @property
    def case_words(self) -> tuple[str, ...]:
        """The words of a case not filed yet."""
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
        return any(not fact.card or fact.found is not LookupResult.NOTHING for fact in made)

    @property
    def filed(self) -> bool:
        return any(isinstance(fact, CaseOpened | CaseExtended) for fact in self.facts)

    @property
    def stored(self) -> bool:
        return bool(self.answers) or self.filed

    @property
    def area(self) -> str:
        """The area being rated, or proposed."""
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
        """A grade that contradicts its words, asked about before it is recorded."""
        progress = self.chat.state.progress
        return progress.checking if progress is not None else 0


def _is_useful(fact: Fact) -> bool:
    return isinstance(fact, AnswerGiven) and fact.question == "useful"


def judge(played: PlayedExample, expect: Mapping[str, object]) -> Result:
    """The worst result of all that was expected; harmless where no key is known.

    What is expected beside an answer about a card is judged without it: "sí, y otra cosa …".
    """
    beside = played.without_useful if "useful" in expect else played
    results = [
        _CHECKS[key](played if key == "useful" else beside, value)
        for key, value in expect.items()
        if key in _CHECKS
    ]
    return max(results, key=list(Result).index) if results else Result.HARMLESS


def _stored_grade(played: PlayedExample, value: object) -> Result:
    if played.grades:
        return Result.RIGHT if played.grades[-1] == value else Result.STORED
    if value in (played.proposed_grade, played.checked_grade):
        return Result.CONFIRMED
    return Result.STORED if played.stored else Result.HARMLESS


def _confirm(played: PlayedExample, value: object) -> Result:
    if played.grades:  # plainly said, so it may be recorded at once
        return Result.CONFIRMED if played.grades[-1] == value else Result.STORED
    return Result.RIGHT if played.proposed_grade == value else _harmless(played)


def _none(played: PlayedExample, _value: object) -> Result:
    if played.stored:
        return Result.STORED
    return Result.HARMLESS if played.searched or not played.replied else Result.RIGHT


def _no_grade(played: PlayedExample, _value: object) -> Result:
    """No grade is recorded or proposed."""
    if played.grades:
        return Result.STORED
    return Result.HARMLESS if played.proposed_grade or not played.replied else Result.RIGHT


def _no_guess(played: PlayedExample, _value: object) -> Result:
    """No grade is recorded and nothing added to a comment; a proposal is allowed."""
    added = played.was_graded and any(answer.kind == "text" for answer in played.answers)
    if played.grades or added:
        return Result.STORED
    return Result.RIGHT if played.replied else Result.HARMLESS


def _is_looked_up(played: PlayedExample, _value: object) -> Result:
    """A question is looked up or answered from a card, not taken for something else."""
    if played.stored:
        return Result.STORED
    found = {fact.found for fact in played.facts if isinstance(fact, LookupMade)}
    if found - {LookupResult.NOTHING} or played.chat.state.topic not in ("", played.topic_before):
        return Result.RIGHT
    offers = [key for key in played.keys if key.startswith("card:")]
    return Result.CONFIRMED if offers else Result.HARMLESS


def _either(played: PlayedExample, value: object) -> Result:
    """One of several expectations is enough."""
    allowed = value if isinstance(value, list) else []
    return min((judge(played, one) for one in allowed), key=list(Result).index)


def _is_asked_for_grade(played: PlayedExample, _value: object) -> Result:
    """A grade is asked for, or what to do with the recorded one."""
    if played.stored:
        return Result.STORED
    asked = "g:7" in played.keys or played.keys >= {"undo", "change"}
    return Result.RIGHT if asked else Result.HARMLESS


def _area(played: PlayedExample, value: object) -> Result:
    offered = _areas_offered(played)
    few = 0 < len(offered) <= _FEW_OFFERED and not played.stored
    if value is True:  # any area: its grade is asked for, or it is chosen from a few
        if played.area and not played.stored:
            return Result.RIGHT
        return Result.CONFIRMED if few else _harmless(played)
    if played.grades:
        return Result.RIGHT if played.answers[-1].subject.area == value else Result.STORED
    if _moved_to(played) == value or (few and value in offered):
        return Result.CONFIRMED
    return Result.RIGHT if (played.area or _area_shown(played)) == value else _harmless(played)


_FEW_OFFERED = 3  # areas that words may mean


def _moved_to(played: PlayedExample) -> str:
    """The area to which a proposed change would move the rating."""
    proposal = played.chat.state.proposal
    return proposal.area if proposal is not None and proposal.corrects else ""


def _area_shown(played: PlayedExample) -> str:
    release, topic = played.chat.release, played.chat.state.topic
    return release.area_of_card(topic)


def _choice(played: PlayedExample, value: object) -> Result:
    wanted = set(value) if isinstance(value, list) else set()
    if played.stored:
        return Result.STORED
    named = _areas_offered(played) | {played.area, _moved_to(played)}
    return Result.RIGHT if wanted <= named else Result.HARMLESS


def _areas_offered(played: PlayedExample) -> set[str]:
    return {key.removeprefix("rate:") for key in played.keys if key.startswith("rate:")}


def _words_revised(played: PlayedExample, _value: object) -> Result:
    """It is asked whether to change or erase words of a comment or case, and none is added.

    A case's words may be changed at once, as they are shown again before it is filed.
    """
    if played.stored:
        return Result.STORED
    size = len(played.told_before)
    if played.chat.state.filing is not None and played.case_words[:size] != played.told_before:
        return Result.RIGHT
    return Result.RIGHT if played.keys & {"replace-words", "drop-words"} else Result.HARMLESS


def _words_added(played: PlayedExample, _value: object) -> Result:
    """Words are added to a comment or a case, even a filed one: a person reads both."""
    if any(answer.kind == "text" for answer in played.answers):
        return Result.RIGHT
    if any(isinstance(fact, CaseExtended) for fact in played.facts):
        return Result.RIGHT
    if len(played.case_words) > len(played.told_before):
        return Result.RIGHT
    asked = not played.keys.isdisjoint({"replace-words", "as-comment", "join-words"})
    return Result.CONFIRMED if asked else _harmless(played)


def _no_area(played: PlayedExample, _value: object) -> Result:
    if played.stored:
        return Result.STORED
    return Result.RIGHT if not played.area and played.replied else Result.HARMLESS


def _withdrawn(played: PlayedExample, _value: object) -> Result:
    if played.answers or any(isinstance(fact, CaseExtended) for fact in played.facts):
        return Result.STORED
    if any(isinstance(fact, CaseWithdrawn) for fact in played.facts):
        return Result.RIGHT
    if played.was_filing and played.chat.state.filing is None:
        return Result.RIGHT  # not filed yet
    asked = any(key.startswith(("withdraw", "undo")) for key in played.keys)
    return Result.RIGHT if asked else Result.HARMLESS


def _about(played: PlayedExample, value: object) -> Result:
    if played.stored:
        return Result.STORED
    # A card shown before stays the topic; only another one has to be looked up.
    stays = value == played.topic_before
    is_topic = played.chat.state.topic == value and not (stays and played.searched)
    return Result.RIGHT if is_topic else Result.HARMLESS


def _followup(played: PlayedExample, _value: object) -> Result:
    """The card shown stays the topic, whichever part is asked about."""
    return _about(played, played.topic_before)


def _useful(played: PlayedExample, value: object) -> Result:
    given = [answer.value for answer in played.answers if answer.question == "useful"]
    if given:
        return Result.RIGHT if given[-1] == value else Result.STORED
    prompt = played.chat.state.prompt
    likeliest = prompt.options[0].key if prompt is not None and prompt.options else ""
    proposed = USEFUL_BY_OPTION.get(likeliest) == value
    return Result.CONFIRMED if proposed and not played.stored else _harmless(played)


def _status(played: PlayedExample, value: object) -> Result:
    if played.stored:
        return Result.STORED
    cases = played.chat.state.cases
    if value and cases:
        shown = cases[-1].number in played.text
        return Result.RIGHT if shown and not played.searched else Result.HARMLESS
    offered = "complaint" in played.keys or played.chat.state.filing is not None
    return Result.RIGHT if not played.searched and offered else Result.HARMLESS


def _person(played: PlayedExample, _value: object) -> Result:
    """A person was asked for explicitly."""
    opened = [fact.kind for fact in played.facts if isinstance(fact, CaseOpened)]
    if opened == [CaseKind.PERSON] and not played.answers:
        return Result.RIGHT
    return Result.STORED if played.stored else Result.HARMLESS


def _danger(played: PlayedExample, value: object) -> Result:
    heard = played.chat.state.danger
    right = bool(heard) if value is True else heard in _KINDS.get(str(value), frozenset())
    return Result.RIGHT if right else _harmless_unless_comment(played)


def _no_danger(played: PlayedExample, _value: object) -> Result:
    return Result.HARMLESS if played.chat.state.danger else Result.RIGHT


def _smalltalk(played: PlayedExample, _value: object) -> Result:
    if played.stored:
        return Result.STORED
    return Result.RIGHT if played.replied and not played.searched else Result.HARMLESS


def _language(played: PlayedExample, value: object) -> Result:
    spoken = played.chat.state.language or played.chat.state.language_noticed
    return Result.RIGHT if spoken.startswith(str(value)) else _harmless(played)


def _short_mode(played: PlayedExample, _value: object) -> Result:
    return Result.RIGHT if played.chat.state.short and not played.searched else _harmless(played)


def _cards(played: PlayedExample, value: object) -> Result:
    wanted = set(value) if isinstance(value, list) else set()
    offered = {key.partition(":")[2] for key in played.keys} | {played.chat.state.topic}
    return Result.RIGHT if wanted <= offered else _harmless(played)


def _case_area(played: PlayedExample, value: object) -> Result:
    opened = [fact.area for fact in played.facts if isinstance(fact, CaseOpened)]
    if opened:
        return Result.RIGHT if opened[-1] == value else Result.STORED
    filing = played.chat.state.filing  # would be filed by confirming its summary
    return Result.CONFIRMED if filing and filing.area == value else _harmless(played)


def _harmless(played: PlayedExample) -> Result:
    return Result.STORED if played.stored else Result.HARMLESS


def _harmless_unless_comment(played: PlayedExample) -> Result:
    return Result.STORED if played.grades else Result.HARMLESS


# Kinds of danger as the files name them, with the content's emergencies that answer them.
_KINDS = {
    "suicide": frozenset({"suicidio"}),
    "violence": frozenset({"violencia", "ninez", "delito"}),
    "children": frozenset({"ninez", "violencia"}),
    "fire": frozenset({"incendio"}),
    "gas": frozenset({"gas", "incendio"}),
    "electricity": frozenset({"electricidad", "riesgo", "incendio"}),
    "ambulance": frozenset({"salud", "accidente", "incendio", "rescate", "ahogo", "animal"}),
    "crime": frozenset({"delito", "violencia"}),
    "lost": frozenset({"perdida", "ninez", "delito", "ahogo"}),
    "quake": frozenset({"desastre", "rescate", "ahogo"}),
    "hazard": frozenset({"riesgo", "electricidad"}),
}
_CHECKS: dict[str, Callable[[PlayedExample, object], Result]] = {
    "stored_grade": _stored_grade,
    "confirm": _confirm,
    "none": _none,
    "no_grade": _no_grade,
    "no_guess": _no_guess,
    "searched": _is_looked_up,
    "either": _either,
    "asked": _is_asked_for_grade,
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
    "person": _person,
    "danger": _danger,
    "no_danger": _no_danger,
    "smalltalk": _smalltalk,
    "language": _language,
    "short_mode": _short_mode,
    "cards": _cards,
    "case_area": _case_area,
}
"""The check of each key of ``expect``."""
