"""Which conditions hold for an incoming: by these, recognisers are asked or left out."""

from __future__ import annotations

from handlers.content.questionnaires.definition import QuestionKind
from handlers.state import Awaits
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.context import CORRECT_OTHER, OF_OWN_DATA, Context
from handlers.understanding.reading.number_words import names_number
from handlers.understanding.when import When

_OF_CLAIMS = frozenset({"not-erase", "not-right", "invite"})


@turn_cached(CONTEXTS)
def conditions_of(context: Context) -> set[When]:
    """What is open, and what is written: which recognisers are asked."""
    is_free = context.open is None or context.open.outline.about_card
    holds = {
        When.ALWAYS: True,
        **_written(context),
        **_prompted(context),
        **_asked(context, is_free),
        **_told(context, is_free),
    }
    return {when for when, it_holds in holds.items() if it_holds}


def _written(context: Context) -> dict[When, object]:
    """By the text itself, and who writes it."""
    has_words = context.has_words
    return {
        When.WORDS: has_words,
        When.NO_GRADE: has_words and not _gives_what_is_asked(context),
        When.WORDLESS: not context.folded,
        When.NUMBER: names_number(context.folded, context.lexicon),
        When.COMMANDING: has_words and context.command is not None,
        When.SLASHED: "/" in context.text,
        When.QUOTING: context.quoted_case,
        When.OF_STAFF: context.known.staff,
    }


def _gives_what_is_asked(context: Context) -> bool:
    """Whether it gives the area's grade that is asked for, and asks nothing."""
    asked = context.open is not None and context.open.grades_area and "?" not in context.text
    return asked and context.grade is not None and context.grade.value > 0


def _prompted(context: Context) -> dict[When, object]:
    """By the prompt that is open."""
    prompt = context.state.prompt
    if prompt is None:
        return {}
    awaits, offered = prompt.awaits, {option.key for option in prompt.options}
    return {
        When.PROMPTED: True,
        When.JUDGED: context.case_judged,
        When.LISTED: prompt.numbered and context.prompt_is_recent,
        When.OFFERING_CASE: "leave-case" in offered,
        When.CLAIMING: not _OF_CLAIMS.isdisjoint(offered),
        When.RIGHTING: CORRECT_OTHER in offered,
        When.COMPLAINING: awaits is Awaits.CASE,
        When.CHOOSING_AREA: awaits is Awaits.AREA,
        When.CASE_AREA: awaits is Awaits.CASE_AREA,
        When.REQUESTING: awaits in OF_OWN_DATA,
    }


def _asked(context: Context, is_free: bool) -> dict[When, object]:
    """By the questionnaire in progress; where it asks nothing, by what stands above."""
    opened, topic = context.open, context.state.topic
    grading = opened is not None and opened.question.kind is QuestionKind.GRADE
    return {
        When.ANSWERING: opened,
        When.GRADING: grading,
        When.GUESSED: grading and opened and opened.progress.area_guessed,
        When.LEAVING: opened and opened.question.may_be_left,
        When.SHOWN: opened and is_free and not context.state.danger,
        When.FREE: is_free,
        When.INVITED: is_free and context.is_invited,
        When.REPORTED: is_free and context.reported,
        When.WISHES_LEFT: is_free and context.state.wishes_left,
        When.GOING_ON: is_free and topic in context.release.content.service_by_id,
    }


def _told(context: Context, is_free: bool) -> dict[When, object]:
    """By what was said before, which words may be more of."""
    state, has_words, opened = context.state, context.has_words, context.open
    tells_more = state.follow_up is not None and state.follow_up.case
    awaits = state.prompt.awaits if state.prompt is not None else None
    asked = awaits is Awaits.AREA or not is_free
    rates_area = opened is not None and opened.outline.rates_area
    is_rated = has_words and not context.is_told_elsewhere and (rates_area or state.rated)
    return {
        When.PROPOSED: state.proposal,
        When.DECLINED: state.declined,
        When.ADDING: state.follow_up,
        When.ASIDE: has_words and (asked or (state.follow_up and not tells_more)),
        When.TELLING: has_words and (awaits is Awaits.CASE or tells_more),
        When.RATED: is_rated,
        When.RATING: is_rated and (state.progress or state.follow_up),
        When.COMMENTING: is_rated and context.words_are_awaited,
        When.TOLD: has_words and state.topic,
        When.ALERTED: state.danger,
        When.WARNED: context.alert or context.calmed,
        When.FILED: has_words and (state.cases or state.filing),
    }
