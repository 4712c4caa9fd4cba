"""Checks of one questionnaire: its texts, choices, bounds, conditions and constraints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.content.questionnaires.definition import (
    Condition,
    Constraint,
    Question,
    QuestionKind,
    Questionnaire,
)
from handlers.text.display import quoted
from handlers.text.folding import fold
from handlers.text.nearest import did_you_mean

# What the conversation itself asks: questionnaire → its first question and that one's kind.
REQUIRED = {
    "atencion": ("grade", QuestionKind.GRADE),
    "utilidad": ("useful", QuestionKind.YES_NO),
}
MAX_TEXT = 500  # characters of one message

_CHOICE_KINDS = {QuestionKind.CHOICE, QuestionKind.CHOICES}
_BOUNDED = {QuestionKind.NUMBER, QuestionKind.CHOICES, QuestionKind.TEXT}
_NUMERIC = {QuestionKind.GRADE, QuestionKind.NUMBER}
_COUNTED = {QuestionKind.GRADE, QuestionKind.CHOICE, QuestionKind.YES_NO}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")
_PLACEHOLDERS = {"area", "service"}

KeyedProblem = tuple[str, str]  # key, what is wrong and how to mend it


def questionnaire_problems(
    questionnaire: Questionnaire, languages: Sequence[str]
) -> Iterator[KeyedProblem]:
    """Yield key and text of every problem of ``questionnaire``."""
    yield from _texts("title", questionnaire.title, languages)
    for group in questionnaire.groups:
        yield from _texts(f"groups[{group.id}].title", group.title, languages)
    for repeated in _repeated(group.id for group in questionnaire.groups):
        yield f"groups[{repeated}].id", "está dos veces; cambie uno"
    for repeated in _repeated(question.id for question in questionnaire.questions):
        yield f"questions[{repeated}].id", "está dos veces; cambie uno"
    yield from _required(questionnaire)
    for index, question in enumerate(questionnaire.questions):
        for key, text in _question(question, questionnaire, index, languages):
            yield f"questions[{question.id}].{key}", text
    if questionnaire.about == "staff":
        yield from _of_staff(questionnaire)
    for position, constraint in enumerate(questionnaire.constraints, start=1):
        for key, text in _constraint(constraint, questionnaire, languages):
            yield f"constraints[{position}].{key}", text


def _required(questionnaire: Questionnaire) -> Iterator[KeyedProblem]:
    if not questionnaire.questions:
        yield "questions", "está vacía; escriba al menos una"
    elif questionnaire.id in REQUIRED:
        name, kind = REQUIRED[questionnaire.id]
        first = questionnaire.questions[0]
        if (first.id, first.kind) != (name, kind):
            yield "questions", f"debe empezar con {name}, de kind {kind.value}; póngala primero"


def _of_staff(questionnaire: Questionnaire) -> Iterator[KeyedProblem]:
    """Answers of staff are counted and not kept: each person answers all of it, and no words."""
    for question in questionnaire.questions:
        key = f"questions[{question.id}]"
        if question.kind not in _COUNTED | {QuestionKind.NOTE}:
            kinds = ", ".join(sorted(_COUNTED))
            yield f"{key}.kind", f"al personal solo se le pregunta lo que se cuenta: {kinds} o note"
        if question.when or question.may_be_left:
            yield key, "al personal se le pregunta todo; quite when, optional y takes_words"
    if not any(question.kind in _COUNTED for question in questionnaire.questions):
        yield "questions", "no trae ninguna pregunta que se cuente; agregue una"


def _question(
    question: Question, questionnaire: Questionnaire, index: int, languages: Sequence[str]
) -> Iterator[KeyedProblem]:
    yield from _texts("text", question.text, languages)
    yield from _choices(question, languages)
    yield from _bounds(question)
    groups = {group.id for group in questionnaire.groups}
    if question.group is not None and question.group not in groups:
        yield "group", f"no hay un grupo {quoted(question.group)}" + _near(question.group, groups)
    later = questionnaire.questions[index + 1 :]
    if question.takes_words:
        if question.kind is not QuestionKind.CHOICE:
            yield "takes_words", "es solo para kind choice; quítela"
        if not any(other.kind is QuestionKind.TEXT for other in later):
            yield (
                "takes_words",
                "necesita después una pregunta de kind text, que guarda las palabras",
            )
    earlier = {other.id: other for other in questionnaire.questions[:index]}
    for condition in question.when:
        yield from _condition(condition, earlier, {question.id, *(q.id for q in later)})


def _choices(question: Question, languages: Sequence[str]) -> Iterator[KeyedProblem]:
    if question.kind not in _CHOICE_KINDS:
        if question.choices:
            yield "choices", f"no van en kind {question.kind.value}; quítelas"
        return
    if len(question.choices) < 2:
        yield "choices", f"kind {question.kind.value} necesita al menos dos; agréguelas"
    for repeated in _repeated(choice.id for choice in question.choices):
        yield f"choices[{repeated}].id", "está dos veces; cambie uno"
    for choice in question.choices:
        yield from _texts(f"choices[{choice.id}].text", choice.text, languages)
    for language in languages:
        labels = [fold(choice.text.get(language, "")) for choice in question.choices]
        for repeated in _repeated(label for label in labels if label):
            yield "choices", f"dos se llaman {quoted(repeated)} en {language}; cambie una"


def _bounds(question: Question) -> Iterator[KeyedProblem]:
    bounds = (question.minimum, question.maximum)
    dates = (question.earliest, question.latest)
    if question.kind not in _BOUNDED and bounds != (None, None):
        yield "minimum, maximum", f"no van en kind {question.kind.value}; quítelas"
    if question.kind is not QuestionKind.DATE and (dates != (None, None) or question.not_future):
        yield "earliest, latest, not_future", "son solo para kind date; quítelas"
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        yield "minimum", f"es mayor que maximum ({bounds[0]:g} > {bounds[1]:g}); cámbielos"
    if dates[0] is not None and dates[1] is not None and dates[0] > dates[1]:
        yield "earliest", f"es después de latest ({dates[0]} > {dates[1]}); cámbielas"
    if question.kind is QuestionKind.CHOICES and (bounds[0] or 0) > len(question.choices):
        yield "minimum", f"pide más que las {len(question.choices)} opciones; bájelo"


def _condition(
    condition: Condition, earlier: Mapping[str, Question], later: set[str]
) -> Iterator[KeyedProblem]:
    name = condition.question
    if name not in earlier:
        if name in later:
            yield "when", f"{quoted(name)} no va antes; súbala, o quite la condición"
        else:
            yield "when", f"no hay una pregunta {quoted(name)}" + _near(name, {*earlier, *later})
        return
    asked = earlier[name]
    if asked.kind is QuestionKind.NOTE:
        yield "when", f"{quoted(name)} es una nota, nadie la responde; quite la condición"
    bounds = (condition.at_least, condition.at_most)
    if bounds != (None, None) and asked.kind not in _NUMERIC:
        yield "when", f"at_least y at_most piden una nota o un número, y {quoted(name)} no lo es"
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        yield "when", f"at_least es mayor que at_most en {quoted(name)}; cámbielos"
    if bounds == (None, None) and condition.one_of is None and condition.answered is None:
        yield (
            "when",
            f"no dice nada de {quoted(name)}; agregue at_least, at_most, one_of o answered",
        )
    yield from _one_of(condition, asked)


def _one_of(condition: Condition, asked: Question) -> Iterator[KeyedProblem]:
    if condition.one_of is None:
        return
    if asked.kind is QuestionKind.CHOICE:
        allowed = {choice.id for choice in asked.choices}
    elif asked.kind is QuestionKind.YES_NO:
        allowed = {"yes", "no"}
    else:
        yield "when", f"one_of pide kind choice o yes_no, y {quoted(asked.id)} no lo es"
        return
    for value in condition.one_of:
        if value not in allowed:
            known = ", ".join(sorted(allowed))
            yield "when", f"{quoted(value)} no es una respuesta de {asked.id}; se permite: {known}"


def _constraint(
    constraint: Constraint, questionnaire: Questionnaire, languages: Sequence[str]
) -> Iterator[KeyedProblem]:
    yield from _texts("text", constraint.text, languages)
    kinds = {question.id: question.kind for question in questionnaire.questions}
    sides = {"left": constraint.left, "right": constraint.right}
    for key, name in sides.items():
        if name not in kinds:
            yield key, f"no hay una pregunta {quoted(name)}" + _near(name, kinds)
    if constraint.left == constraint.right:
        yield "right", "es la misma pregunta que left; nombre otra"
    compared = {kinds[name] for name in sides.values() if name in kinds}
    if compared and not (compared <= _NUMERIC or compared == {QuestionKind.DATE}):
        yield "left, right", "tienen que ser dos números o dos fechas; nombre otras"


def _texts(key: str, texts: Mapping[str, str], languages: Sequence[str]) -> Iterator[KeyedProblem]:
    for language in languages:
        if not texts.get(language, "").strip():
            yield f"{key}.{language}", "falta; cada texto se necesita en cada idioma"
    for language, text in texts.items():  # one in a language that is not offered does no harm
        if len(text) > MAX_TEXT:
            yield f"{key}.{language}", f"tiene {len(text)} caracteres y caben {MAX_TEXT}; acórtelo"
        for match in _PLACEHOLDER.finditer(text):
            if match[1] not in _PLACEHOLDERS:
                yield (
                    f"{key}.{language}",
                    f"{quoted(match[0])} no existe; se permite {{area}} y {{service}}",
                )


def _near(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or "; corríjalo, o agréguelo"


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
