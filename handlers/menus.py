"""Welcome, menu, help and language: where a conversation starts and always can return to."""

from __future__ import annotations

from handlers import questionnaire
from handlers.messages import Option
from handlers.talk import Talk
from handlers.text import fold


def welcome(talk: Talk) -> None:
    """The first thing said to somebody who has not asked anything yet."""
    talk.update(greeted=True)
    language = talk.incoming.language or ""
    if language and not language.startswith(talk.wording.language[:2]):
        talk.say("language-hint")
    _offer(talk, talk.text("welcome", municipality=talk.release.content.municipality))


def menu(talk: Talk) -> None:
    """What can be done; a questionnaire in progress is put aside and named."""
    questionnaire.shelve(talk)
    talk.update(joining=None, draft="", draft_area="")
    paused = talk.state.paused
    if paused is not None:
        say_pending(talk)
    _offer(talk, talk.text("menu"))


def say_pending(talk: Talk) -> None:
    """Remind of what was put aside, and of how to go on with it."""
    paused = talk.state.paused or talk.state.run
    if paused is None:
        return
    title = questionnaire.title_of(talk, paused)
    if paused.subject.area:
        talk.say("pending-run", area=title)
    else:
        talk.say("pending-survey", title=title)


def go_on(talk: Talk) -> None:
    """End the message with what is open, or with the menu."""
    if talk.state.run is not None:
        questionnaire.ask_again(talk)
    elif not questionnaire.resume(talk):
        menu(talk)


def greet(talk: Talk) -> None:
    """ "Hola": a welcome at first; later what is pending, else the menu."""
    if not talk.state.greeted:
        welcome(talk)
        return
    talk.say("hello-again")
    questionnaire.shelve(talk)
    if talk.state.paused is None:
        menu(talk)
        return
    say_pending(talk)
    talk.ask("", [talk.option("resume"), talk.option("cancel"), talk.option("menu")])


def give_help(talk: Talk) -> None:
    """Everything that is understood."""
    talk.say("help")
    if talk.state.run is not None:
        questionnaire.ask_again(talk)
    else:
        talk.ask("", [talk.option("menu")])


def ask_away(talk: Talk) -> None:
    """Invite a question in free words."""
    questionnaire.shelve(talk)
    talk.update(joining=None)
    talk.ask(talk.text("ask-away"), [talk.option("areas"), talk.option("menu")])


def surveys(talk: Talk) -> None:
    """The longer questionnaires that anybody may answer."""
    questionnaire.shelve(talk)
    newest = talk.release.content.newest.values()
    open_to_all = [found for found in newest if found.about == "municipality"]
    options = []
    for found in open_to_all[:8]:
        label = (found.title.get(talk.wording.language) or next(iter(found.title.values())))[:24]
        options.append(Option(f"q:{found.id}", label, (fold(label),)))
    question = talk.text("survey-menu")
    numbered = " ".join(f"{n}) {option.label}" for n, option in enumerate(options, 1))
    talk.ask(f"{question}\n{numbered}", [*options, talk.option("menu")])
    talk.number(len(options))


def speak(talk: Talk, language: str) -> None:
    """Switch the language of everything but the cards."""
    talk.update(language=language)
    talk.wording = talk.release.wording(language)
    talk.say("language-now")
    go_on(talk)


def _offer(talk: Talk, text: str) -> None:
    talk.ask(text, [talk.option("ask"), talk.option("rate"), talk.option("complaint")])
    talk.number(3)
