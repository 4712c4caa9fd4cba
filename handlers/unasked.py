"""What was not asked for: a number out of the blue, an experience, a long wait, a question."""

from __future__ import annotations

import re

from handlers.cases import cases
from handlers.facts import Subject
from handlers.information import lookups, menus
from handlers.questionnaires import area_list, asking, progress, rating
from handlers.search.ranking import Verdict
from handlers.state import Awaits, Draft
from handlers.text.folding import fold
from handlers.turn import TurnBuilder
from handlers.understanding.hearing import (
    GradeHeard,
    asks_for_person,
    complains_of_something,
    complains_of_waiting,
    hear_grade,
    hear_listed,
    mood,
    tells_an_experience,
)

_WANTS_TO_RATE = re.compile(
    r"(?:(?:quiero|quisiera|deseo|puedo|necesito|para) )?"
    r"(?:(?:poner|ponerle|dejar|dejarle|dar|darle)(?: una| mi| la)? "
    r"(?:nota|calificacion|evaluacion)|calificar|evaluar)"
    r"(?: (?:a|al|en|de|del|el|la|los|las|una|un|mi|atencion|servicio|visita))*(?: (.+))?"
)
_GIVES_A_GRADE = re.compile(r"\b(?:pon(?:le|les|go|gan|gale)|nota|califico|grade)\b")


def number_of_list(turn: TurnBuilder, text: str) -> str | None:
    """The key of the option that a number (or "A pero …") chooses in the open list."""
    prompt = turn.state.prompt
    if prompt is None or not prompt.numbered or not turn.prompt_is_recent:
        return None
    number = hear_listed(text)
    if number is None or not 1 <= number <= prompt.numbered:
        return None
    return prompt.options[number - 1].key


def is_read_by_question(turn: TurnBuilder) -> bool:
    """Whether what is open reads a number itself: a question, or a case that words join."""
    prompt, follow_up = turn.state.prompt, turn.state.follow_up
    if follow_up is not None:
        return bool(follow_up.case)  # a house number, say: a person reads it
    if prompt is None or prompt.awaits is Awaits.OPTION or progress.asks_about_card(turn):
        return False
    return turn.prompt_is_recent


def hear_number(turn: TurnBuilder, number: int) -> None:
    """A bare number that chose nothing."""
    prompt = turn.state.prompt
    if prompt is not None and prompt.numbered and turn.prompt_is_recent and not turn.state.paused:
        turn.say("number-beyond", number=number)
        asking.ask_open(turn)
    else:
        _ask_what_it_answers(turn, number)


def hear(turn: TurnBuilder, text: str) -> None:
    """Something new: a grade, an experience, a long wait, a greeting, or a question."""
    if asks_for_person(text):
        cases.ask_for_person(turn, text)
    elif (grade := given_grade(turn, text)) is not None:
        rate_at_once(turn, grade)
    elif wish := _WANTS_TO_RATE.fullmatch(fold(text)):
        _rate_as_wished(turn, wish[1] or "")
    elif complains_of_something(text):
        cases.file_complaint(turn, text)
    elif complains_of_waiting(text):
        cases.listen(turn, text)
    elif tells_an_experience(text):
        _notice_experience(turn, text)
    elif turn.command(turn.ranking(text).query_folded) in ("yes", "no"):
        turn.say("nothing-asked")
        asking.ask_open(turn)
    else:
        _look_up(turn, text)


def given_grade(turn: TurnBuilder, text: str) -> GradeHeard | None:
    """The grade of "ponles un 1" or "6, muy amables", where no grade is asked for."""
    if turn.state.progress is not None and not progress.asks_about_card(turn):
        return None
    heard = hear_grade(text)
    if heard is None or not heard.value:
        return None
    return heard if heard.words or _GIVES_A_GRADE.search(fold(text)) else None


def rate_at_once(turn: TurnBuilder, heard: GradeHeard) -> None:
    """ "Ponles un 1": the area is the one that was just talked about."""
    draft, mine = turn.state.draft, turn.state.cases
    area = draft.area if draft is not None else ""
    area = area or area_list.of_words(turn) or (mine[-1].area if mine else "")
    waiting = any(case.waiting and case.area == area for case in mine)
    waiting = waiting or (draft is not None and bool(draft.words) and not draft.experience)
    rating.rate_with_grade(turn, area, heard, pending=waiting)


def _rate_as_wished(turn: TurnBuilder, where: str) -> None:
    """ "Quiero poner una nota a Tránsito": with the area named, or to be chosen."""
    area = area_list.find(turn, where) if where else None
    if area is None:
        rating.choose_area(turn)
    else:
        rating.rate(turn, Subject(area=area.id), "menu")


def _ask_what_it_answers(turn: TurnBuilder, number: int) -> None:
    turn.say("number-stale", number=number)
    progress.pause(turn)
    counting = progress.counting(turn)
    options = [turn.option("ask"), turn.option("rate"), turn.option("person")]
    if turn.state.paused:
        asking.say_pending(turn)
        options[1] = turn.option("resume")
    elif counting:
        last = counting[-1]
        area = turn.release.area_name(last.subject.area)
        turn.say("number-stale-rated", area=area, grade=last.grade)
        options[1] = turn.option("change")
    turn.ask(turn.text("what-do-you-need"), options)


def _notice_experience(turn: TurnBuilder, text: str) -> None:
    """ "El martes me atendieron muy bien": offer to grade it."""
    area = area_list.of_experience(turn, text)
    if area:
        rating.rate_noticed(turn, area, text)
    else:
        turn.update(draft=Draft(turn.at, text[: cases.MAX_KEPT], experience=True))
        turn.say("experience-thanks")
        rating.choose_area(turn)


def _look_up(turn: TurnBuilder, text: str) -> None:
    ranking = turn.ranking(text)
    if ranking.verdict is not Verdict.SMALL_TALK:
        lookups.look_up(turn, text, ranking)
    elif mood(text) < 0:
        turn.say("upset")
        options = [turn.option("complaint"), turn.option("rate"), turn.option("person")]
        turn.ask(turn.text("what-do-you-need"), options)
    else:
        menus.greet(turn)
