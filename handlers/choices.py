"""Carrying out what was chosen: an option that was pressed or typed, or a word that commands."""

from __future__ import annotations

from handlers.cases import cases
from handlers.facts import Subject
from handlers.information import lookups, menus
from handlers.privacy import rights
from handlers.questionnaires import area_list, asking, flow, follow_up, progress, rating
from handlers.release import DEFAULT_LANGUAGE
from handlers.state import Awaits
from handlers.turn import TurnBuilder

# Options that only show something: they work however old their message is.
HARMLESS = frozenset({"menu", "ask", "areas", "data", "mine", "area", "card", "case", "resume"})
# Whatever else is chosen, words that follow no longer join a comment or a case.
_WITHIN_FOLLOW_UP = frozenset({"done", "skip", "not-comment", "ask", "cancel", "complaint", "mine"})
_YES = ("yes", "offer", "change", "erase")
_NO = ("no", "not-now", "keep", "not-erase", "none")


def typed_option(turn: TurnBuilder, folded: str) -> bool:
    """An option of the open question, named by its label or by another word for it."""
    prompt = turn.state.prompt
    if prompt is None:
        return False
    for option in prompt.options:
        if folded in option.words:
            return choose(turn, option.key)
    command = turn.command(folded)
    if command in ("yes", "no"):
        marks = {option.key.partition(":")[0]: option.key for option in prompt.options}
        yes = next((marks[mark] for mark in _YES if mark in marks), None)
        no = next((marks[mark] for mark in _NO if mark in marks), None)
        if no and (yes or command == "no"):
            return choose(turn, yes if command == "yes" and yes else no)
    return command == "ask" and turn.offers("not-comment") and choose(turn, "not-comment")


def obey(turn: TurnBuilder, command: str) -> bool:
    """Carry out a word that commands; False when it means nothing here."""
    match command:
        case "yes" | "no":
            return False
        case "help":
            menus.give_help(turn)
        case "survey":
            menus.surveys(turn)
        case "spanish":
            menus.speak(turn, DEFAULT_LANGUAGE)
        case "english":
            menus.speak(turn, "en")
        case "hello":
            menus.greet(turn)
        case "answer":
            cases.reopen(turn)
        case "thanks":
            return _hear_thanks(turn)
        case _:
            return choose(turn, command)
    return True


def choose(turn: TurnBuilder, key: str) -> bool:
    """Carry out an option; False when it means nothing here."""
    mark, _, value = key.partition(":")
    if flow.take_option(turn, key):
        return True
    if mark not in _WITHIN_FOLLOW_UP:
        turn.update(follow_up=None)
    match mark:
        case "menu":
            menus.menu(turn)
        case "ask":
            menus.ask_away(turn)
        case "areas":
            lookups.list_areas(turn)
        case "area":
            lookups.show_area(turn, value)
        case "card":
            lookups.show(turn, value)
        case "none":
            lookups.none_fits(turn)
        case "more":
            _turn_page(turn, 1)
        case "rate":
            _rate(turn, value)
        case "offer":
            service = (
                turn.state.topic if area_list.of_topic(turn) == value != turn.state.topic else ""
            )
            rating.rate(turn, Subject(area=value, service=service), "lookup")
        case "not-now":
            turn.update(prompt=None)
            turn.say("rate-declined")
        case "change":
            rating.change(turn, value)
        case "keep":
            rating.keep(turn, value)
        case "not-comment":
            _look_up_last_words(turn)
        case "q":
            menus.begin_survey(turn, value)
        case "complaint":
            cases.ask_what_happened(turn)
        case "person":
            cases.ask_for_person(turn)
        case "case":
            cases.reopen(turn, value)
        case "data":
            rights.explain(turn)
        case "mine":
            rights.show(turn)
        case "erase" if turn.offers("not-erase"):
            rights.erase(turn)
        case "erase":
            rights.ask_to_erase(turn)
        case "not-erase":
            rights.keep(turn)
        case _:
            return _move(turn, mark)
    return True


def _move(turn: TurnBuilder, mark: str) -> bool:
    """The ways through and out of whatever is open."""
    match mark:
        case "back":
            _go_back(turn)
        case "skip" | "done":
            _leave_question(turn, skipped=mark == "skip")
        case "cancel":
            _cancel(turn)
        case "resume":
            _resume(turn)
        case _:
            return False
    return True


def _turn_page(turn: TurnBuilder, by: int) -> None:
    prompt, page = turn.state.prompt, turn.state.page + by
    if prompt is not None and prompt.awaits is Awaits.AREA:
        area_list.ask_which(turn, page)
    elif turn.state.topic in turn.release.content.area_by_id:
        lookups.show_area(turn, turn.state.topic, page)
    else:
        lookups.list_areas(turn, page)


def _rate(turn: TurnBuilder, area: str) -> None:
    if area:
        rating.rate(turn, Subject(area=area), "menu")
    elif progress.ongoing_rating(turn) is not None:
        asking.ask_again(turn)
    else:
        rating.choose_area(turn)


def _look_up_last_words(turn: TurnBuilder) -> None:
    """The last words were no comment but a question: they are taken out and looked up."""
    open_one = turn.state.follow_up
    if open_one is None or not open_one.messages:
        menus.ask_away(turn)
        return
    words = open_one.messages[-1]
    ranking = turn.ranking(words)
    follow_up.unjoin_last(turn, open_one)
    lookups.look_up(turn, words, ranking)


def _hear_thanks(turn: TurnBuilder) -> bool:
    """ "Gracias", "ok": the end of what could still be added to, else only courtesy."""
    if turn.state.follow_up is not None:
        return choose(turn, "done")
    if flow.may_be_left(turn):
        return False  # the question hears that nothing is to be said to it
    turn.say("goodbye")
    asking.ask_open(turn)
    return True


def _go_back(turn: TurnBuilder) -> None:
    prompt = turn.state.prompt
    listed = prompt is not None and turn.offers("more")
    if flow.go_back(turn):
        return
    if progress.asks_about_card(turn):
        lookups.leave_card(turn)
    elif progress.ongoing_rating(turn) is not None and progress.in_progress(turn).changing == 0:
        rating.other_area(turn)
    elif turn.state.progress is not None:
        turn.say("nothing-to-go-back")
        asking.ask_again(turn)
    elif listed and turn.state.page:
        _turn_page(turn, -1)
    elif turn.offers("menu") and turn.state.topic in turn.release.content.area_by_id:
        lookups.list_areas(turn)
    elif turn.offers("not-erase"):
        rights.keep(turn)
    else:
        menus.menu(turn)


def _leave_question(turn: TurnBuilder, *, skipped: bool) -> None:
    open_one = turn.state.follow_up
    if turn.state.progress is not None:
        flow.end_question(turn, skipped=skipped)
    elif open_one is not None and open_one.case:
        cases.end_case(turn, open_one)
    elif open_one is not None:
        follow_up.end(turn)
    elif not asking.resume_last(turn):
        turn.say("nothing-pending")
        asking.ask_open(turn)


def _cancel(turn: TurnBuilder) -> None:
    """Give up what is open: the question, what is joined, or what the menu says is pending."""
    prompt, open_one = turn.state.prompt, turn.state.follow_up
    if turn.offers("not-erase"):
        turn.say("erase-stopped")
    elif turn.state.progress is not None:
        flow.cancel(turn)
    elif open_one is not None and open_one.case:
        turn.say("case-done", number=open_one.case)  # what is filed stays filed
    elif open_one is not None:
        turn.say("words-done")
    elif turn.state.paused and (prompt is None or turn.offers("resume") or turn.offers("ask")):
        progress.resume(turn, turn.state.paused[-1])
        flow.cancel(turn)
    elif prompt is not None and prompt.awaits is not Awaits.OPTION:
        turn.say("cancelled")
    menus.menu(turn)


def _resume(turn: TurnBuilder) -> None:
    if turn.state.progress is not None:
        asking.ask_again(turn)
    elif not asking.resume_last(turn):
        turn.say("nothing-pending")
        menus.menu(turn)
