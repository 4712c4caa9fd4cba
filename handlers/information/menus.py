"""Welcome, menu, help and language: where a conversation starts and always can return to."""

from __future__ import annotations

from handlers.facts import Subject
from handlers.questionnaires import asking, flow, progress
from handlers.turn import Talk, in_numbers, named

MAX_SURVEYS = 8


def welcome(talk: Talk) -> None:
    """The first thing said to somebody who has not asked anything yet."""
    talk.update(greeted=True)
    language = talk.incoming.language or ""
    if language and not language.startswith(talk.wording.language[:2]):
        talk.say("language-hint")
    _offer(talk, talk.text("welcome", municipality=talk.release.content.municipality))


def menu(talk: Talk) -> None:
    """What can be done; a questionnaire in progress is put aside and named."""
    progress.shelve(talk)
    talk.update(joining=None, draft=None)
    asking.say_pending(talk)
    _offer(talk, talk.text("menu"))


def go_on(talk: Talk) -> None:
    """End the message with what is open, or with the menu."""
    if talk.state.run is not None:
        asking.ask_again(talk)
    elif not asking.resume(talk):
        menu(talk)


def greet(talk: Talk) -> None:
    """ "Hola": a welcome at first; later what is pending, else the menu."""
    if not talk.state.greeted:
        welcome(talk)
        return
    talk.say("hello-again")
    progress.shelve(talk)
    if not talk.state.paused:
        menu(talk)
        return
    asking.say_pending(talk)
    talk.ask("", [talk.option("resume"), talk.option("cancel"), talk.option("menu")])


def give_help(talk: Talk) -> None:
    """Everything that is understood."""
    if talk.known.staff is not None:
        talk.say("staff-help", name=talk.known.staff.name)
    talk.say("help")
    asking.ask_open(talk)


def ask_away(talk: Talk) -> None:
    """Invite a question in free words."""
    progress.shelve(talk)
    talk.update(joining=None)
    talk.ask(talk.text("ask-away"), [talk.option("areas"), talk.option("menu")])


def surveys(talk: Talk) -> None:
    """The longer questionnaires that anybody may answer."""
    progress.shelve(talk)
    found = [q for q in talk.release.content.newest.values() if q.about == "municipality"]
    if not found:
        talk.say("survey-none")
        menu(talk)
        return
    options = [
        named(f"q:{q.id}", asking.localised(talk, q.title)[:24]) for q in found[:MAX_SURVEYS]
    ]
    question = f"{talk.text('survey-menu')}\n{in_numbers(option.label for option in options)}"
    talk.ask(question, [*options, talk.option("menu")], numbered=len(options))


def begin_survey(talk: Talk, questionnaire_id: str) -> None:
    """Begin a longer questionnaire, or go on with it."""
    found = talk.release.content.newest.get(questionnaire_id)
    if found is None or found.about != "municipality":
        surveys(talk)
        return
    for run in talk.state.paused:
        if run.questionnaire == questionnaire_id:
            progress.take_up(talk, run)
            asking.ask_again(talk)
            return
    flow.begin(talk, progress.new(talk, questionnaire_id, Subject()), "menu")


def speak(talk: Talk, language: str) -> None:
    """Switch the language of everything but the cards."""
    talk.update(language=language)
    talk.wording = talk.release.wording(language)
    talk.say("language-now")
    go_on(talk)


def _offer(talk: Talk, text: str) -> None:
    talk.ask(text, [talk.option("ask"), talk.option("rate"), talk.option("complaint")], numbered=3)
