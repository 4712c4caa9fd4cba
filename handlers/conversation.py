"""The conversation as a pure function: what is said and established in answer to one incoming.

START HERE. ``step`` reads an incoming against a conversation's state. It does no I/O, reads no
clock and draws no random number; the same arguments always give the same turn.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import assert_never

from handlers import cases, information, menus, questionnaire, rating, rights, staff
from handlers.emergencies import find_emergency
from handlers.facts import ContactDeparted, Subject
from handlers.hearing import (
    complains_of_waiting,
    hear_bare_number,
    hear_grade,
    tells_an_experience,
)
from handlers.messages import (
    Announcement,
    CaseAnswer,
    CaseNotice,
    Departed,
    Edited,
    Incoming,
    Media,
    Press,
    Start,
    Text,
)
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.search.ranking import Ranking, Verdict
from handlers.state import Awaits, Conversation, Known, Need, NeedRanking, Turn
from handlers.talk import COUNTS, Needed, Talk
from handlers.text import fold

# Options that only show something: they work however old their message is.
_HARMLESS = frozenset({"menu", "ask", "areas", "data", "mine", "area", "card", "case", "resume"})
_YES = ("yes", "rate-now", "change", "erase")
_NO = ("no", "not-now", "keep", "not-erase", "none")
_DESK_CODE = re.compile(r"\bcodigo ([a-z0-9]{4,24})\b")
_COMPLAINT = re.compile(
    r"\s*(?:reclamo|complaint)\s*[:.\-–]\s*(\S.{5,})", re.IGNORECASE | re.DOTALL
)
_GIVES_A_GRADE = re.compile(r"\b(?:pon(?:le|les|go|gan|gale)|nota|califico|grade)\b")


def step(
    conversation: Conversation, incoming: Incoming, known: Known, release: Release, now: datetime
) -> Turn | Need:
    """The turn that ``incoming`` leads to, or what must be loaded before it can be known.

    A Need is answered in the matching field of ``known`` and ``step`` is called again with
    otherwise equal arguments. Never raises for anything that a citizen can write.
    """
    talk = Talk(conversation, incoming, known, release, now)
    try:
        _hear(talk)
    except Needed as needed:
        return needed.need
    return talk.turn()


def _hear(talk: Talk) -> None:
    body = talk.incoming.body
    match body:
        case Text(text):
            _hear_text(talk, text)
        case Press(key, prompt):
            _hear_press(talk, key, prompt)
        case Start(token):
            _hear_start(talk, token)
        case Media():
            _hear_media(talk, body)
        case Edited():
            talk.say("edited")
            _ask_open_question(talk)
        case Departed():
            talk.establish(ContactDeparted())
            return
        case CaseNotice():
            staff.tell_case(talk, body)
            return
        case CaseAnswer():
            cases.tell_answer(talk, body)
            return
        case Announcement():
            staff.announce(talk, body)
            return
        case _:
            assert_never(body)
    _introduce(talk)


def _introduce(talk: Talk) -> None:
    """After its first answer the assistant says what it is; the question still comes last."""
    if not talk.state.greeted:
        talk.say("introduction", municipality=talk.release.content.municipality)
        talk.update(greeted=True)


# Buttons, links and everything that is not text


def _hear_press(talk: Talk, key: str, number: int) -> None:
    prompt = talk.state.prompt
    is_open = (
        prompt is not None
        and prompt.number == number
        and any(option.key == key for option in prompt.options)
    )
    if (is_open or key.partition(":")[0] in _HARMLESS) and _choose(talk, key):
        return
    talk.say("button-stale")
    _ask_open_question(talk)


def _hear_start(talk: Talk, token: str) -> None:
    if token.startswith(staff.CODE_PREFIX):
        staff.link(talk, token.removeprefix(staff.CODE_PREFIX))
        talk.update(greeted=True)
        return
    if _start_at_desk(talk, token):
        return
    if talk.state.greeted:
        menus.greet(talk)
    else:
        menus.welcome(talk)


def _start_at_desk(talk: Talk, token: str) -> bool:
    desk = talk.release.content.desk_by_token.get(token.lower())
    if desk is None:
        return False
    rating.rate(talk, Subject(desk.area, desk.service or "", desk.token), "desk")
    return True


def _hear_media(talk: Talk, media: Media) -> None:
    if media.caption.strip():
        talk.say("media-caption")
        _hear_text(talk, media.caption)
        return
    talk.say(f"media-{media.kind.value}")
    _ask_open_question(talk)


def _ask_open_question(talk: Talk) -> None:
    """Say the open question once more, so that nobody is left without a way on."""
    prompt = talk.state.prompt
    if talk.state.run is not None:
        questionnaire.ask_again(talk)
    elif prompt is None:
        talk.ask("", [talk.option("menu")])
    elif prompt.awaits is Awaits.AREA:
        rating.ask_area(talk, talk.text("choose-area-to-rate"), talk.state.page)
    elif prompt.awaits is Awaits.CASE:
        talk.ask(talk.text("case-ask"), [talk.option("cancel")], Awaits.CASE)
    else:
        talk.ask(talk.text("what-do-you-need"), prompt.options)


# Text


def _hear_text(talk: Talk, text: str) -> None:
    emergency = find_emergency(text, talk.release.content)
    if emergency is not None:
        talk.say(emergency.reply)
        talk.update(greeted=True)  # each of these says that it is an automatic assistant
        return
    if talk.state.joining is not None and talk.at > talk.state.joining.until:
        talk.update(joining=None)
    quoted = talk.known.quoted
    if quoted is not None and quoted.about and text.strip():
        if talk.known.staff is not None:
            staff.answer_case(talk, talk.known.staff, quoted.about, text.strip())
        else:
            cases.add_to_quoted(talk, quoted.about, text.strip())
        return
    folded = fold(text)
    if _typed_option(talk, folded) or _said_command(talk, folded):
        return
    desk = _DESK_CODE.search(folded)
    if desk and _start_at_desk(talk, desk[1]):
        return
    complaint = _COMPLAINT.match(text)
    if complaint:
        cases.file_complaint(talk, complaint[1].strip())
        return
    number = hear_bare_number(text)
    if number is not None and _said_number(talk, number, folded):
        return
    if not folded and not _awaits_words(talk):
        talk.say("no-words")
        _ask_open_question(talk)
        return
    _free_text(talk, text)


def _typed_option(talk: Talk, folded: str) -> bool:
    """An option of the open question, named by its label or by another word for it."""
    prompt = talk.state.prompt
    if prompt is None or not folded:
        return False
    keys = [option.key for option in prompt.options]
    for option in prompt.options:
        if folded in option.words:
            return _choose(talk, option.key)
    command = _command(talk, folded)
    if command in ("yes", "no"):
        yes = next((key for key in _YES if key in keys), None)
        no = next((key for key in _NO if key in keys), None)
        if yes and no:
            return _choose(talk, yes if command == "yes" else no)
    if command == "ask" and "not-comment" in keys:
        return _choose(talk, "not-comment")
    return False


def _command(talk: Talk, folded: str) -> str | None:
    default = talk.release.wording(DEFAULT_LANGUAGE)
    return talk.wording.commands.get(folded) or default.commands.get(folded)


def _said_command(talk: Talk, folded: str) -> bool:
    if not folded:
        return False
    if folded == "responder" or folded == "reply":
        return cases.reopen(talk)
    command = _command(talk, folded)
    match command:
        case None | "yes" | "no":
            return False
        case "help":
            menus.give_help(talk)
        case "survey":
            menus.surveys(talk)
        case "spanish":
            menus.speak(talk, DEFAULT_LANGUAGE)
        case "english":
            menus.speak(talk, "en")
        case "hello":
            menus.greet(talk)
        case "thanks":
            if talk.state.joining is not None:
                return _choose(talk, "done")
            talk.say("goodbye")
            _ask_open_question(talk)
        case _:
            return _choose(talk, command)
    return True


def _said_number(talk: Talk, number: int, folded: str) -> bool:
    """A bare number counts for the open question only while that is fresh, or quoted."""
    prompt = talk.state.prompt
    if prompt is not None and talk.fresh:
        if prompt.awaits is not Awaits.OPTION and talk.state.joining is None:
            return False  # the question itself reads it
        if 1 <= number <= prompt.numbered:
            return _choose(talk, prompt.options[number - 1].key)
    if _GIVES_A_GRADE.search(folded) and 1 <= number <= 7 and talk.state.run is None:
        return False  # "ponles un 1" answers no open question and says what it is
    _ask_what_the_number_answers(talk, number)
    return True


def _ask_what_the_number_answers(talk: Talk, number: int) -> None:
    talk.say("number-stale", number=number)
    run = talk.state.run or talk.state.paused
    rated = next((r for r in reversed(talk.state.rated) if talk.at - r.at <= COUNTS), None)
    options = [talk.option("ask"), talk.option("rate"), talk.option("person")]
    if run is not None and run.subject.area:
        menus.say_pending(talk)
        questionnaire.shelve(talk)
        options[1] = talk.option("resume")
    elif rated is not None:
        area = talk.release.area_name(rated.subject.area)
        talk.say("number-stale-rated", area=area, grade=rated.grade)
        options[1] = talk.option("change")
    talk.ask(talk.text("what-do-you-need"), options)


def _awaits_words(talk: Talk) -> bool:
    """Whether words are expected, so that even an emoji is an answer."""
    found = questionnaire.current(talk)
    return found is not None and (found[1].kind.value == "text" or found[1].takes_words)


def _free_text(talk: Talk, text: str) -> None:
    """Words that are no option, command or number."""
    prompt, joining = talk.state.prompt, talk.state.joining
    if joining is not None:
        grade = hear_grade(text) if joining.case and _GIVES_A_GRADE.search(fold(text)) else None
        if grade is not None and grade.value:
            _rate_unasked(talk, grade.value)
        elif joining.case:
            cases.join_case(talk, text)
        else:
            rating.join_words(talk, text)
        return
    if prompt is not None and prompt.awaits is Awaits.CASE:
        cases.file_complaint(talk, text)
    elif prompt is not None and prompt.awaits is Awaits.AREA and "?" not in text:
        rating.take_area_name(talk, text)
    elif talk.state.run is None or not questionnaire.take_text(talk, text):
        _unasked(talk, text)


def _unasked(talk: Talk, text: str) -> None:
    """Something new: a grade, an experience, a long wait, a greeting, or a question."""
    ranking = _ranking(talk, text)
    grade = hear_grade(text)
    if grade is not None and grade.value and _GIVES_A_GRADE.search(fold(text)):
        _rate_unasked(talk, grade.value)
    elif complains_of_waiting(text):
        cases.listen(talk, text)
    elif tells_an_experience(text):
        _notice_experience(talk, text)
    elif ranking.verdict is Verdict.SMALL_TALK:
        menus.greet(talk)
    else:
        information.look_up(talk, text, ranking)


def _ranking(talk: Talk, text: str) -> Ranking:
    """The ranks that were computed before the transaction, or those that are needed still."""
    ranking = talk.known.ranking
    if ranking is None:
        ranking = talk.known.searched
    if ranking is None:
        raise talk.need(NeedRanking(text))
    return ranking


def _rate_unasked(talk: Talk, grade: int) -> None:
    """ "Ponles un 1": the area is the one that was just talked about."""
    area = talk.state.draft_area or cases.area_of_words(talk)
    if not area and talk.state.cases:
        area = talk.state.cases[-1].area
    if not area:
        rating.choose_area(talk)
        return
    rating.rate(talk, Subject(area=area), "noticed")
    run = talk.state.run
    if run is not None and not run.changing and run.subject.area == area:
        rating.take_value(talk, grade, insisted=False)


def _notice_experience(talk: Talk, text: str) -> None:
    """ "El martes me atendieron muy bien": offer to grade it."""
    area = cases.area_of_words(talk)
    if area:
        rating.rate(talk, Subject(area=area), "noticed", text)
    else:
        talk.update(draft=text[:1000])
        rating.choose_area(talk)


# Options


def _choose(talk: Talk, key: str) -> bool:
    """Carry out an option or command; False when it means nothing here."""
    mark, _, value = key.partition(":")
    if questionnaire.take_option(talk, key):
        return True
    match mark:
        case "menu":
            menus.menu(talk)
        case "ask":
            menus.ask_away(talk)
        case "areas":
            information.list_areas(talk)
        case "area":
            information.show_area(talk, value)
        case "card":
            information.show(talk, value)
        case "none":
            information.none_fits(talk)
        case "more":
            _next_page(talk)
        case "rate":
            _choose_rate(talk, value)
        case "rate-now":
            rating.rate_offered(talk)
        case "not-now":
            talk.update(prompt=None, draft_area="")
            talk.say("rate-declined")
        case "pending" if talk.state.run is not None and talk.state.run.subject.area:
            rating.mark_pending(talk)
        case "change":
            rating.change(talk)
        case "keep":
            rating.keep(talk)
        case "not-comment":
            _search_last_words(talk)
        case "back":
            _go_back(talk)
        case "skip" | "done":
            _leave_question(talk)
        case "cancel":
            _cancel(talk)
        case "resume":
            _resume(talk)
        case "q" if value in talk.release.content.newest:
            questionnaire.begin(talk, value, Subject(), "menu")
        case "complaint":
            cases.ask_what_happened(talk)
        case "person":
            cases.ask_for_person(talk)
        case "case":
            return cases.reopen(talk, value)
        case "data":
            rights.explain(talk)
        case "mine":
            rights.show(talk)
        case "erase" if _offers(talk, "not-erase"):
            rights.erase(talk)
        case "erase":
            rights.ask_to_erase(talk)
        case "not-erase":
            rights.keep(talk)
        case _:
            return False
    return True


def _offers(talk: Talk, key: str) -> bool:
    prompt = talk.state.prompt
    return prompt is not None and any(option.key == key for option in prompt.options)


def _next_page(talk: Talk) -> None:
    prompt = talk.state.prompt
    page = talk.state.page + 1
    if prompt is not None and prompt.awaits is Awaits.AREA:
        rating.ask_area(talk, talk.text("choose-area-to-rate"), page)
    elif talk.state.topic in talk.release.content.area_by_id:
        information.show_area(talk, talk.state.topic, page)
    else:
        information.list_areas(talk, page)


def _choose_rate(talk: Talk, area: str) -> None:
    if area:
        rating.rate(talk, Subject(area=area), "menu")
    elif talk.state.run is not None and talk.state.run.subject.area:
        questionnaire.ask_again(talk)
    else:
        rating.choose_area(talk)


def _search_last_words(talk: Talk) -> None:
    """The last words were no comment but a question: they are taken out and looked up."""
    joining = talk.state.joining
    if joining is None or not joining.bubbles:
        menus.ask_away(talk)
        return
    if talk.known.searched is None:
        raise talk.need(NeedRanking(joining.bubbles[-1]))
    words = rating.unjoin_last(talk)
    information.look_up(talk, words, talk.known.searched)


def _go_back(talk: Talk) -> None:
    if questionnaire.go_back(talk):
        return
    run, prompt = talk.state.run, talk.state.prompt
    if run is not None and run.subject.area:
        rating.other_area(talk)
    elif run is not None:
        talk.say("nothing-to-go-back")
        questionnaire.ask_again(talk)
    elif prompt is not None and prompt.awaits is Awaits.AREA and talk.state.page:
        rating.ask_area(talk, talk.text("choose-area-to-rate"), talk.state.page - 1)
    elif prompt is not None and talk.state.topic in talk.release.content.area_by_id:
        information.list_areas(talk)
    elif prompt is not None and talk.state.page:
        information.list_areas(talk, talk.state.page - 1)
    else:
        talk.say("nothing-to-go-back")
        menus.menu(talk)


def _leave_question(talk: Talk) -> None:
    joining = talk.state.joining
    if talk.state.run is not None:
        questionnaire.end_question(talk)
    elif joining is not None and joining.case:
        cases.end_case(talk)
    elif joining is not None:
        rating.end_joining(talk)
    else:
        talk.say("nothing-pending")
        menus.menu(talk)


def _cancel(talk: Talk) -> None:
    state = talk.state
    asks_something_else = state.prompt is not None and state.prompt.awaits is not Awaits.OPTION
    if state.run is None and state.paused is not None and not asks_something_else:
        talk.update(run=state.paused, paused=None)
    if talk.state.run is not None:
        questionnaire.cancel(talk)
    elif state.joining is not None and state.joining.case:
        talk.say("case-done", number=state.joining.case)  # what is filed stays filed
    elif state.prompt is not None or state.joining is not None:
        talk.update(prompt=None, joining=None, draft="", draft_area="")
        talk.say("cancelled")
    else:
        talk.say("nothing-to-cancel")
    menus.menu(talk)


def _resume(talk: Talk) -> None:
    if talk.state.run is not None:
        questionnaire.ask_again(talk)
    elif not questionnaire.resume(talk):
        talk.say("nothing-pending")
        menus.menu(talk)
