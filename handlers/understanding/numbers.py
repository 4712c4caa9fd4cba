"""A number alone: the grade asked for, an option of the open list, or one that answers nothing."""

from __future__ import annotations

from itertools import pairwise

from handlers.content.questionnaires.definition import QuestionKind
from handlers.state import Awaits, Prompt
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_offered, area_ungraded
from handlers.understanding.conditions import conditions_of
from handlers.understanding.context import RECENT, Context
from handlers.understanding.grades.given import grade_given
from handlers.understanding.grades.of_named import grade_of_named
from handlers.understanding.intents.answers import GradeAnswer
from handlers.understanding.intents.rating import (
    AskWhatToChange,
    ProposeCorrection,
    ProposeGrade,
    RateWithGrade,
)
from handlers.understanding.intents.unclear import ChooseBeyondList, StrayNumber
from handlers.understanding.intents.union import Intent
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.grades.doubt import MOST_BARE
from handlers.understanding.reading.number_words import lettered_option, value_of
from handlers.understanding.reading.wishes import gives_grade
from handlers.understanding.said_before.card.decision.chances import chances
from handlers.understanding.said_before.corrections.on_record import grade_on_record
from handlers.understanding.when import When

_FEWEST_TELLING = 4  # words of which a number is not all that is said
_ASKS_OF_CARD = 0.5  # chance of a question about a card, from which a number is none of a list
GRADES = range(1, 8)
_GRADE = QuestionKind.GRADE
_DIGITS = frozenset(map(str, GRADES))


def plain_grade(context: Context) -> GradeAnswer | None:
    """A digit and nothing else, where a grade was just asked for: no more is read in it."""
    state, prompt, opened = context.state, context.state.prompt, context.open
    if context.text not in _DIGITS or opened is None or prompt is None:
        return None
    asked = opened.question.kind is QuestionKind.GRADE and prompt.awaits is Awaits.ANSWER
    beside = context.quoted_case or state.danger or state.follow_up or state.proposal
    if not asked or beside or not context.prompt_is_recent:
        return None
    return GradeAnswer(int(context.text))


def grade_in_place_of_option(context: Context) -> Intent | None:
    """ "Bueno, un 4" where a numbered list is open: a grade, and no number of the list.

    It is asked about, and nothing is chosen.
    """
    if not _is_said_as_grade(context):
        return None
    number, opened, state = context.number, context.open, context.state
    if number not in GRADES or not context.prompt_is_recent or number is None:
        return None
    if state.proposal is not None or (opened is not None and opened.question.kind is _GRADE):
        return None
    rated = grade_on_record(context)
    if rated:
        return ProposeCorrection(number, context.text.strip())
    if opened is not None and not opened.outline.about_card:
        return None
    area, words = _area_refused(context)
    area = (
        area
        or _area_of_told(context)
        or area_ungraded(context)
        or context.release.area_of_card(state.topic)
    )
    if area:
        return ProposeGrade(number, area, words)
    if _may_correct(context, number) and not _chooses_area(context):
        return ProposeCorrection(number, context.text.strip())
    return RateWithGrade("", number, "", pending=False)


def _is_said_as_grade(context: Context) -> bool:
    """ "Un 4", "bueno, nota 3 entonces": no number of an option, nor plainly a correction."""
    words, lexicon = context.folded.split(), context.lexicon
    marks = lexicon.number.articles | lexicon.grade.mark
    if marks.isdisjoint(words[:-1]) or gives_grade(context.said):
        return False  # "y ponles un 2" is plainly given, even while a list is open
    if lexicon.number.articles.isdisjoint(words[:1]) and _corrects(context):
        return False
    return any(a in marks and value_of(b, lexicon) in GRADES for a, b in pairwise(words))


def _area_refused(context: Context) -> tuple[str, str]:
    """The area for which another grade was just refused, and what was told of it; or ""."""
    draft = context.state.draft
    if draft is None or not draft.experience or draft.grade:
        return "", ""
    return draft.area, draft.words


def _area_of_told(context: Context) -> str:
    """The area that what is being told is for; or ""."""
    filing = context.state.filing
    return filing.area if filing is not None and filing.words else ""


def number_of_list(context: Context) -> Intent | None:
    """The option that a number (or "A pero …") chooses in the open list."""
    prompt = context.state.prompt
    if prompt is None or not prompt.numbered or not context.prompt_is_recent:
        return None
    lettered = lettered_option(context.folded, context.lexicon)
    number = None if gives_grade(context.said) else context.number
    if number is None:
        number = lettered or _place_named(context, prompt)
    if number is None or not 1 <= number <= prompt.numbered:
        return None
    if "*" in context.text or context.lexicon.grade.denied.search(context.text):
        return None  # "*5", "no es un 2": what was written before is not it
    words = len(context.answering)
    placed = lettered is not None or context.number is None
    alone = words == 1 or (words == 2 and placed)  # "4", "cuatro", "el 4", "la primera"
    denies = lettered is None and not context.lexicon.negators.isdisjoint(context.answering)
    if not alone and (denies or _corrects(context)):
        return None  # "no, 4", "perdón, un 4" is the grade before it
    return meaning_of(context, prompt.options[number - 1].key)


def _place_named(context: Context, prompt: Prompt) -> int | None:
    """ "La primera", "sí, el segundo, por favor", "la una, mijito": a place in the list, alone."""
    number, empty = context.lexicon.number, context.lexicon.said_before.round_choice
    words = context.answering
    placed = [
        word
        for before, word in pairwise(["", *words])
        if word in number.ordinals or (before in number.before_option and word in number.values)
    ]
    around = (word for word in words if word not in placed and word not in empty)
    if len(placed) != 1 or any(context.commands.get(word) != "yes" for word in around):
        return None
    last = sum(option.key != "none" for option in prompt.options[: prompt.numbered])
    place = number.ordinals.get(placed[0], number.values.get(placed[0]))
    return place or last


def _corrects(context: Context) -> bool:
    """Whether what was said before is put right."""
    rated = When.RATED in conditions_of(context)
    return context.heard.likely("corrects") or (
        rated and PhraseKind.CORRECTS_GRADE in context.said.kinds
    )


def stray_number(context: Context) -> Intent | None:
    """A bare number that nothing open reads."""
    in_danger = context.state.danger and not context.text.isdecimal()
    counts = context.folded.partition(" ")[0] in context.lexicon.said_before.counts
    counts = counts or bool(context.lexicon.house_number.search(context.text))
    if _is_read(context) or in_danger or counts or _asks_of_card(context):
        return None  # "tengo 19", after the numbers were told; "somos 5"; "calle Los Naranjos 55"
    number = context.number or _about(context)
    if number is None or grade_given(context) is not None:
        return None
    if grade_of_named(context) is not None:
        return None  # "patentes 4"
    if _speaks_of_noted(context, number):
        return AskWhatToChange(context.text.strip())
    prompt = context.state.prompt
    listed = prompt is not None and prompt.numbered and context.prompt_is_recent
    if listed and not context.state.paused:
        return ChooseBeyondList(number)
    if number in GRADES and _chooses_area(context):
        return RateWithGrade("", number, "", pending=False)
    if number in GRADES and (area := area_offered(context) or area_ungraded(context)):
        return ProposeGrade(number, area)
    if number in GRADES and _may_correct(context, number):
        return ProposeCorrection(number, context.text.strip())
    if number in GRADES and _is_said_as_grade(context):
        return RateWithGrade("", number, "", pending=False)  # "un 4"
    return StrayNumber(number)


def _asks_of_card(context: Context) -> bool:
    """ "Si soy mayor de 65", after a card: no number of its list."""
    about_card = context.open is not None and context.open.outline.about_card
    return about_card and chances(context).asks >= _ASKS_OF_CARD


def _speaks_of_noted(context: Context, number: int) -> bool:
    """ "Ando arrepentido del siete", some minutes after a 7."""
    rated = context.state.rated[-1] if context.state.rated else None
    says_more = len(context.said.words) >= _FEWEST_TELLING and context.rating_is_closed
    return (
        rated is not None
        and number == rated.grade
        and says_more
        and (context.at - rated.at <= RECENT)
    )


def _may_correct(context: Context, number: int) -> bool:
    """Whether another grade than this was given some minutes ago."""
    rated = context.state.rated[-1] if context.state.rated else None
    return rated is not None and number != rated.grade and context.at - rated.at <= RECENT


def _chooses_area(context: Context) -> bool:
    """Whether it is being asked which of some areas is to be rated."""
    prompt = context.state.prompt
    if prompt is None or not context.prompt_is_recent:
        return False
    return any(option.key.startswith("rate:") for option in prompt.options)


def _about(context: Context) -> int | None:
    """The number of "5, más o menos", which says little more than the number alone."""
    grade = context.grade
    short = grade is not None and grade.doubtful and len(context.folded.split()) <= MOST_BARE
    # "Mwen bezwen kat idantite" asks for a card, and says no number.
    short = short and not (context.ranking.is_found or context.heard.likely("asks"))
    return grade.number if grade is not None and short else None


def _is_read(context: Context) -> bool:
    """Whether what is open reads a number itself: a question, or a case that words are added to."""
    prompt, follow_up = context.state.prompt, context.state.follow_up
    if follow_up is not None:
        return bool(follow_up.case)  # a house number, say: a person reads it
    if When.RIGHTING in conditions_of(context):
        return len(context.folded.split()) > MOST_BARE  # "mi dirección está mala, es Colón 12"
    if prompt is None or prompt.awaits_option:
        return False
    if prompt.awaits is Awaits.CASE and prompt.numbered and context.text in _DIGITS:
        return False  # "4" to "¿Lo ingreso?" is no word of the case
    about_card = context.open is not None and context.open.outline.about_card
    return not about_card and context.prompt_is_recent
