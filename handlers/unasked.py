"""What was not asked for: a number out of the blue, an experience, a long wait, a question."""

from __future__ import annotations

import re

from handlers import areas
from handlers.cases import cases
from handlers.facts import Subject
from handlers.information import lookups, menus
from handlers.questionnaires import asking, progress, rating
from handlers.search.ranking import Verdict
from handlers.state import Awaits, Draft
from handlers.turn import Talk
from handlers.understanding.folding import fold
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


def number_of_list(talk: Talk, text: str) -> str | None:
    """The key of the option that a number (or "A pero …") chooses in the open list."""
    prompt = talk.state.prompt
    if prompt is None or not prompt.numbered or not talk.fresh:
        return None
    number = hear_listed(text)
    if number is None or not 1 <= number <= prompt.numbered:
        return None
    return prompt.options[number - 1].key


def is_read_by_question(talk: Talk) -> bool:
    """Whether what is open reads a number itself: a question, or a case that words join."""
    prompt, joining = talk.state.prompt, talk.state.joining
    if joining is not None:
        return bool(joining.case)  # a house number, say: a person reads it
    if prompt is None or prompt.awaits is Awaits.OPTION or progress.is_about_card(talk):
        return False
    return talk.fresh


def hear_number(talk: Talk, number: int) -> None:
    """A bare number that chose nothing."""
    prompt = talk.state.prompt
    if prompt is not None and prompt.numbered and talk.fresh and not talk.state.paused:
        talk.say("number-beyond", number=number)
        asking.ask_open(talk)
    else:
        _ask_what_it_answers(talk, number)


def hear(talk: Talk, text: str) -> None:
    """Something new: a grade, an experience, a long wait, a greeting, or a question."""
    if asks_for_person(text):
        cases.ask_for_person(talk, text)
    elif (grade := given_grade(talk, text)) is not None:
        rate_at_once(talk, grade)
    elif wish := _WANTS_TO_RATE.fullmatch(fold(text)):
        _rate_as_wished(talk, wish[1] or "")
    elif complains_of_something(text):
        cases.file_complaint(talk, text)
    elif complains_of_waiting(text):
        cases.listen(talk, text)
    elif tells_an_experience(text):
        _notice_experience(talk, text)
    elif talk.command(talk.ranking(text).query_folded) in ("yes", "no"):
        talk.say("nothing-asked")
        asking.ask_open(talk)
    else:
        _look_up(talk, text)


def given_grade(talk: Talk, text: str) -> GradeHeard | None:
    """The grade of "ponles un 1" or "6, muy amables", where no grade is asked for."""
    if talk.state.run is not None and not progress.is_about_card(talk):
        return None
    heard = hear_grade(text)
    if heard is None or not heard.value:
        return None
    return heard if heard.words or _GIVES_A_GRADE.search(fold(text)) else None


def rate_at_once(talk: Talk, heard: GradeHeard) -> None:
    """ "Ponles un 1": the area is the one that was just talked about."""
    draft, mine = talk.state.draft, talk.state.cases
    area = draft.area if draft is not None else ""
    area = area or areas.of_words(talk) or (mine[-1].area if mine else "")
    waiting = any(case.waiting and case.area == area for case in mine)
    waiting = waiting or (draft is not None and bool(draft.words) and not draft.experience)
    rating.rate_at_once(talk, area, heard, pending=waiting)


def _rate_as_wished(talk: Talk, where: str) -> None:
    """ "Quiero poner una nota a Tránsito": with the area named, or to be chosen."""
    area = areas.find(talk, where) if where else None
    if area is None:
        rating.choose_area(talk)
    else:
        rating.rate(talk, Subject(area=area.id), "menu")


def _ask_what_it_answers(talk: Talk, number: int) -> None:
    talk.say("number-stale", number=number)
    progress.shelve(talk)
    counting = progress.counting(talk)
    options = [talk.option("ask"), talk.option("rate"), talk.option("person")]
    if talk.state.paused:
        asking.say_pending(talk)
        options[1] = talk.option("resume")
    elif counting:
        last = counting[-1]
        area = talk.release.area_name(last.subject.area)
        talk.say("number-stale-rated", area=area, grade=last.grade)
        options[1] = talk.option("change")
    talk.ask(talk.text("what-do-you-need"), options)


def _notice_experience(talk: Talk, text: str) -> None:
    """ "El martes me atendieron muy bien": offer to grade it."""
    area = areas.of_experience(talk, text)
    if area:
        rating.rate_noticed(talk, area, text)
    else:
        talk.update(draft=Draft(talk.at, text[: cases.MAX_KEPT], experience=True))
        talk.say("experience-thanks")
        rating.choose_area(talk)


def _look_up(talk: Talk, text: str) -> None:
    ranking = talk.ranking(text)
    if ranking.verdict is not Verdict.SMALL_TALK:
        lookups.look_up(talk, text, ranking)
    elif mood(text) < 0:
        talk.say("upset")
        options = [talk.option("complaint"), talk.option("rate"), talk.option("person")]
        talk.ask(talk.text("what-do-you-need"), options)
    else:
        menus.greet(talk)
