"""Carrying out what was chosen: an option that was pressed or typed, or a word that commands."""

from __future__ import annotations

from handlers import areas
from handlers.cases import cases
from handlers.facts import Subject
from handlers.information import lookups, menus
from handlers.privacy import rights
from handlers.questionnaires import asking, comment, flow, progress, rating
from handlers.release import DEFAULT_LANGUAGE
from handlers.state import Awaits
from handlers.turn import Talk

# Options that only show something: they work however old their message is.
HARMLESS = frozenset({"menu", "ask", "areas", "data", "mine", "area", "card", "case", "resume"})
# Whatever else is chosen, words that follow no longer join a comment or a case.
_WITHIN_JOINING = frozenset(
    {"done", "skip", "not-comment", "ask", "cancel", "complaint", "mine", "pending"}
)
_YES = ("yes", "offer", "change", "erase")
_NO = ("no", "not-now", "keep", "not-erase", "none")


def typed_option(talk: Talk, folded: str) -> bool:
    """An option of the open question, named by its label or by another word for it."""
    prompt = talk.state.prompt
    if prompt is None:
        return False
    for option in prompt.options:
        if folded in option.words:
            return choose(talk, option.key)
    command = talk.command(folded)
    if command in ("yes", "no"):
        marks = {option.key.partition(":")[0]: option.key for option in prompt.options}
        yes = next((marks[mark] for mark in _YES if mark in marks), None)
        no = next((marks[mark] for mark in _NO if mark in marks), None)
        if no and (yes or command == "no"):
            return choose(talk, yes if command == "yes" and yes else no)
    return command == "ask" and talk.offers("not-comment") and choose(talk, "not-comment")


def obey(talk: Talk, command: str) -> bool:
    """Carry out a word that commands; False when it means nothing here."""
    match command:
        case "yes" | "no":
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
        case "answer":
            cases.reopen(talk)
        case "thanks":
            return _hear_thanks(talk)
        case _:
            return choose(talk, command)
    return True


def choose(talk: Talk, key: str) -> bool:
    """Carry out an option; False when it means nothing here."""
    mark, _, value = key.partition(":")
    if flow.take_option(talk, key):
        return True
    if mark not in _WITHIN_JOINING:
        talk.update(joining=None)
    match mark:
        case "menu":
            menus.menu(talk)
        case "ask":
            menus.ask_away(talk)
        case "areas":
            lookups.list_areas(talk)
        case "area":
            lookups.show_area(talk, value)
        case "card":
            lookups.show(talk, value)
        case "none":
            lookups.none_fits(talk)
        case "more":
            _turn_page(talk, 1)
        case "rate":
            _rate(talk, value)
        case "offer":
            service = talk.state.topic if areas.of_topic(talk) == value != talk.state.topic else ""
            rating.rate(talk, Subject(area=value, service=service), "lookup")
        case "not-now":
            talk.update(prompt=None)
            talk.say("rate-declined")
        case "change":
            rating.change(talk, value)
        case "keep":
            rating.keep(talk, value)
        case "pending":
            return comment.not_ended(talk)
        case "not-comment":
            _look_up_last_words(talk)
        case "q":
            menus.begin_survey(talk, value)
        case "complaint":
            cases.ask_what_happened(talk)
        case "person":
            cases.ask_for_person(talk)
        case "case":
            cases.reopen(talk, value)
        case "data":
            rights.explain(talk)
        case "mine":
            rights.show(talk)
        case "erase" if talk.offers("not-erase"):
            rights.erase(talk)
        case "erase":
            rights.ask_to_erase(talk)
        case "not-erase":
            rights.keep(talk)
        case _:
            return _move(talk, mark)
    return True


def _move(talk: Talk, mark: str) -> bool:
    """The ways through and out of whatever is open."""
    match mark:
        case "back":
            _go_back(talk)
        case "skip" | "done":
            _leave_question(talk, skipped=mark == "skip")
        case "cancel":
            _cancel(talk)
        case "resume":
            _resume(talk)
        case _:
            return False
    return True


def _turn_page(talk: Talk, by: int) -> None:
    prompt, page = talk.state.prompt, talk.state.page + by
    if prompt is not None and prompt.awaits is Awaits.AREA:
        areas.ask_which(talk, page)
    elif talk.state.topic in talk.release.content.area_by_id:
        lookups.show_area(talk, talk.state.topic, page)
    else:
        lookups.list_areas(talk, page)


def _rate(talk: Talk, area: str) -> None:
    if area:
        rating.rate(talk, Subject(area=area), "menu")
    elif progress.rating(talk) is not None:
        rating.ask_anew(talk)
    else:
        rating.choose_area(talk)


def _look_up_last_words(talk: Talk) -> None:
    """The last words were no comment but a question: they are taken out and looked up."""
    joined = talk.state.joining
    if joined is None or not joined.bubbles:
        menus.ask_away(talk)
        return
    words = joined.bubbles[-1]
    ranking = talk.ranking(words)
    comment.unjoin_last(talk, joined)
    lookups.look_up(talk, words, ranking)


def _hear_thanks(talk: Talk) -> bool:
    """ "Gracias", "ok": the end of what could still be added to, else only courtesy."""
    if talk.state.joining is not None:
        return choose(talk, "done")
    if flow.may_be_left(talk):
        return False  # the question hears that nothing is to be said to it
    talk.say("goodbye")
    asking.ask_open(talk)
    return True


def _go_back(talk: Talk) -> None:
    prompt = talk.state.prompt
    listed = prompt is not None and talk.offers("more")
    if flow.go_back(talk):
        return
    if progress.is_about_card(talk):
        lookups.leave_card(talk)
    elif progress.rating(talk) is not None and progress.run_of(talk).changing == 0:
        rating.other_area(talk)
    elif talk.state.run is not None:
        talk.say("nothing-to-go-back")
        asking.ask_again(talk)
    elif listed and talk.state.page:
        _turn_page(talk, -1)
    elif talk.offers("menu") and talk.state.topic in talk.release.content.area_by_id:
        lookups.list_areas(talk)
    elif talk.offers("not-erase"):
        rights.keep(talk)
    else:
        menus.menu(talk)


def _leave_question(talk: Talk, *, skipped: bool) -> None:
    joined = talk.state.joining
    if talk.state.run is not None:
        flow.end_question(talk, skipped=skipped)
    elif joined is not None and joined.case:
        cases.end_case(talk, joined)
    elif joined is not None:
        comment.end(talk)
    elif not asking.resume(talk):
        talk.say("nothing-pending")
        asking.ask_open(talk)


def _cancel(talk: Talk) -> None:
    """Give up what is open: the question, what is joined, or what the menu says is pending."""
    prompt, joined = talk.state.prompt, talk.state.joining
    if talk.offers("not-erase"):
        talk.say("erase-stopped")
    elif talk.state.run is not None:
        flow.cancel(talk)
    elif joined is not None and joined.case:
        talk.say("case-done", number=joined.case)  # what is filed stays filed
    elif joined is not None:
        talk.say("words-done")
    elif talk.state.paused and (prompt is None or talk.offers("resume") or talk.offers("ask")):
        progress.take_up(talk, talk.state.paused[-1])
        flow.cancel(talk)
    elif prompt is not None and prompt.awaits is not Awaits.OPTION:
        talk.say("cancelled")
    menus.menu(talk)


def _resume(talk: Talk) -> None:
    if talk.state.run is not None:
        asking.ask_again(talk)
    elif not asking.resume(talk):
        talk.say("nothing-pending")
        menus.menu(talk)
