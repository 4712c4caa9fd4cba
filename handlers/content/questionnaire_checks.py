"""Checks of one questionnaire: its texts, choices, bounds, conditions and constraints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.content.model import Condition, Constraint, Question, QuestionKind, Questionnaire
from handlers.text.folding import fold

# What the conversation itself asks: questionnaire → its first question and that one's kind.
REQUIRED = {
    "atencion": ("grade", QuestionKind.GRADE),
    "utilidad": ("useful", QuestionKind.YES_NO),
}
MAX_TEXT = 500  # characters of one message

_CHOICE_KINDS = {QuestionKind.CHOICE, QuestionKind.CHOICES}
_BOUNDED = {QuestionKind.NUMBER, QuestionKind.CHOICES, QuestionKind.TEXT}
_NUMERIC = {QuestionKind.GRADE, QuestionKind.NUMBER}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")
_PLACEHOLDERS = {"area", "service"}

Found = tuple[str, str]  # key, what is wrong and how to mend it


def questionnaire_problems(
    questionnaire: Questionnaire, languages: Sequence[str]
) -> Iterator[Found]:
    """Yield key and text of every problem of ``questionnaire``."""
    yield from _texts("title", questionnaire.title, languages)
    for group in questionnaire.groups:
        yield from _texts(f"groups[{group.id}].title", group.title, languages)
    for repeated in _repeated(group.id for group in questionnaire.groups):
        yield f"groups[{repeated}].id", "is there twice; give one another"
    for repeated in _repeated(question.id for question in questionnaire.questions):
        yield f"questions[{repeated}].id", "is there twice; give one another"
    yield from _required(questionnaire)
    for index, question in enumerate(questionnaire.questions):
        for key, text in _question(question, questionnaire, index, languages):
            yield f"questions[{question.id}].{key}", text
    for position, constraint in enumerate(questionnaire.constraints, start=1):
        for key, text in _constraint(constraint, questionnaire, languages):
            yield f"constraints[{position}].{key}", text


def _required(questionnaire: Questionnaire) -> Iterator[Found]:
    if not questionnaire.questions:
        yield "questions", "is empty; write at least one"
    elif questionnaire.id in REQUIRED:
        name, kind = REQUIRED[questionnaire.id]
        first = questionnaire.questions[0]
        if (first.id, first.kind) != (name, kind):
            yield "questions", f"must begin with {name!r} of kind {kind.value!r}; put it first"


def _question(
    question: Question, questionnaire: Questionnaire, index: int, languages: Sequence[str]
) -> Iterator[Found]:
    yield from _texts("text", question.text, languages)
    yield from _choices(question, languages)
    yield from _bounds(question)
    if question.group is not None and question.group not in {g.id for g in questionnaire.groups}:
        yield "group", f"there is no group {question.group!r}; correct it, or add it"
    later = questionnaire.questions[index + 1 :]
    if question.takes_words:
        if question.kind is not QuestionKind.CHOICE:
            yield "takes_words", "is only for kind 'choice'; remove it"
        if not any(other.kind is QuestionKind.TEXT for other in later):
            yield "takes_words", "needs a later question of kind 'text' that keeps the words"
    earlier = {other.id: other for other in questionnaire.questions[:index]}
    for condition in question.when:
        yield from _condition(condition, earlier, {question.id, *(q.id for q in later)})


def _choices(question: Question, languages: Sequence[str]) -> Iterator[Found]:
    if question.kind not in _CHOICE_KINDS:
        if question.choices:
            yield "choices", f"are not for kind {question.kind.value!r}; remove them"
        return
    if len(question.choices) < 2:
        yield "choices", f"kind {question.kind.value!r} needs at least two; add them"
    for repeated in _repeated(choice.id for choice in question.choices):
        yield f"choices[{repeated}].id", "is there twice; give one another"
    for choice in question.choices:
        yield from _texts(f"choices[{choice.id}].text", choice.text, languages)
    for language in languages:
        labels = [fold(choice.text.get(language, "")) for choice in question.choices]
        for repeated in _repeated(label for label in labels if label):
            yield "choices", f"two are called {repeated!r} in {language}; change one of them"


def _bounds(question: Question) -> Iterator[Found]:
    bounds = (question.minimum, question.maximum)
    dates = (question.earliest, question.latest)
    if question.kind not in _BOUNDED and bounds != (None, None):
        yield "minimum, maximum", f"are not for kind {question.kind.value!r}; remove them"
    if question.kind is not QuestionKind.DATE and (dates != (None, None) or question.not_future):
        yield "earliest, latest, not_future", "are only for kind 'date'; remove them"
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        yield "minimum", f"is above maximum ({bounds[0]:g} > {bounds[1]:g}); exchange them"
    if dates[0] is not None and dates[1] is not None and dates[0] > dates[1]:
        yield "earliest", f"is after latest ({dates[0]} > {dates[1]}); exchange them"
    if question.kind is QuestionKind.CHOICES and (bounds[0] or 0) > len(question.choices):
        yield "minimum", f"asks for more than the {len(question.choices)} choices; lower it"


def _condition(
    condition: Condition, earlier: Mapping[str, Question], later: set[str]
) -> Iterator[Found]:
    name = condition.question
    if name not in earlier:
        if name in later:
            yield "when", f"{name!r} does not come earlier; move it up, or remove the condition"
        else:
            yield "when", f"there is no question {name!r}; correct it, or add it"
        return
    asked = earlier[name]
    if asked.kind is QuestionKind.NOTE:
        yield "when", f"{name!r} is a note, nobody answers it; remove the condition"
    bounds = (condition.at_least, condition.at_most)
    if bounds != (None, None) and asked.kind not in _NUMERIC:
        yield "when", f"at_least and at_most need a grade or a number; {name!r} is neither"
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        yield "when", f"at_least is above at_most for {name!r}; exchange them"
    if bounds == (None, None) and condition.one_of is None and condition.answered is None:
        yield "when", f"says nothing about {name!r}; add at_least, at_most, one_of or answered"
    yield from _one_of(condition, asked)


def _one_of(condition: Condition, asked: Question) -> Iterator[Found]:
    if condition.one_of is None:
        return
    if asked.kind is QuestionKind.CHOICE:
        allowed = {choice.id for choice in asked.choices}
    elif asked.kind is QuestionKind.YES_NO:
        allowed = {"yes", "no"}
    else:
        yield "when", f"one_of needs kind 'choice' or 'yes_no'; {asked.id!r} is neither"
        return
    for value in condition.one_of:
        if value not in allowed:
            known = ", ".join(sorted(allowed))
            yield "when", f"{value!r} is no answer to {asked.id!r}; allowed: {known}"


def _constraint(
    constraint: Constraint, questionnaire: Questionnaire, languages: Sequence[str]
) -> Iterator[Found]:
    yield from _texts("text", constraint.text, languages)
    kinds = {question.id: question.kind for question in questionnaire.questions}
    sides = {"left": constraint.left, "right": constraint.right}
    for key, name in sides.items():
        if name not in kinds:
            yield key, f"there is no question {name!r}; correct it, or add it"
    if constraint.left == constraint.right:
        yield "right", "is the same question as left; name another"
    compared = {kinds[name] for name in sides.values() if name in kinds}
    if compared and not (compared <= _NUMERIC or compared == {QuestionKind.DATE}):
        yield "left, right", "must both be numbers, or both dates; name others"


def _texts(key: str, texts: Mapping[str, str], languages: Sequence[str]) -> Iterator[Found]:
    for language in languages:
        if not texts.get(language, "").strip():
            yield f"{key}.{language}", "is missing; every text is needed in every language"
    for language, text in texts.items():
        if language not in languages:
            known = ", ".join(languages)
            yield f"{key}.{language}", f"is no language of the municipality ({known}); remove it"
        if len(text) > MAX_TEXT:
            yield f"{key}.{language}", f"has {len(text)} characters, allowed {MAX_TEXT}; shorten it"
        for match in _PLACEHOLDER.finditer(text):
            if match[1] not in _PLACEHOLDERS:
                yield f"{key}.{language}", f"{match[0]} is unknown; allowed: {{area}}, {{service}}"


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
