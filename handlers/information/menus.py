"""Welcome, menu, help and language: where a conversation begins and can always return to."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.facts.responses import Subject
from handlers.messages import Layout, most_options
from handlers.questionnaires import asking, flow, of_staff, progress
from handlers.release import DEFAULT_LANGUAGE
from handlers.state import Awaits, Draft
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.context import RECENT

MAX_QUESTIONNAIRES = 8
_LANGUAGE_BUTTONS = {"en": "english", "ht": "creole"}


def welcome(turn: TurnBuilder) -> None:
    """Welcome a new contact who has not asked anything yet."""
    turn.update(greeted=True)
    language = turn.incoming.language or ""
    if language and not language.startswith(turn.wording.language[:2]):
        turn.say("language-hint")
    _offer(turn, turn.text("welcome", municipality=turn.release.content.municipality))


def menu(turn: TurnBuilder) -> None:
    """Show the menu; a questionnaire in progress is put aside and named."""
    progress.pause(turn)
    turn.update(follow_up=None, draft=_to_be_reported(turn))
    asking.say_pending(turn)
    _offer(turn, turn.text("menu"))


def _to_be_reported(turn: TurnBuilder) -> Draft | None:
    """What was told of something to mend: a complaint may still take it over."""
    draft, card = turn.state.draft, turn.release.content.service_by_id.get(turn.state.topic)
    return draft if card is not None and card.takes_reports else None


def explain_again(turn: TurnBuilder) -> None:
    """ "No entiendo" without a card to repeat: say how to ask, and the second time whom."""
    turn.missed()
    if turn.was.misses:
        try_another_way(turn)
        return
    turn.say("explained-anew")
    asking.resume_or_offer_ways_on(turn)


def try_another_way(turn: TurnBuilder) -> None:
    """After a repeated failure, offer choices, and the next time a person."""
    if progress.asks_about_card(turn):
        progress.pause(turn)
    if turn.was.misses % 2:
        turn.say("not-found-again")
        options = [turn.option("areas"), turn.option("complaint"), turn.option("person")]
        turn.ask(turn.text("what-do-you-need"), options)
    else:
        options = [turn.option("person"), turn.option("call"), turn.option("menu")]
        turn.ask(turn.text("person-instead"), options)


def go_on(turn: TurnBuilder) -> None:
    """End the message with the open question, or with the menu."""
    if turn.state.progress is not None:
        asking.ask_again(turn)
    elif asking.can_resume(turn):
        asking.resume_last(turn)
    else:
        menu(turn)


def greet(turn: TurnBuilder) -> None:
    """ "Hola": welcome a new contact; later name what is pending, or show the menu."""
    if not turn.state.greeted:
        welcome(turn)
        return
    turn.say("hello-again")
    prompt = turn.state.prompt
    is_asked = prompt is not None and turn.at - prompt.asked_at <= RECENT
    if is_asked and progress.ongoing_rating(turn) is not None:
        asking.ask_again(turn)
        return
    if is_asked and prompt is not None and prompt.awaits is Awaits.CASE:
        asking.ask_open(turn)  # many people greet first and then tell it
        return
    progress.pause(turn)
    if not turn.state.paused:
        menu(turn)
        return
    asking.say_pending(turn)
    turn.ask("", [turn.option("resume"), turn.option("cancel"), turn.option("menu")])


def give_help(turn: TurnBuilder) -> None:
    """AYUDA: show everything that is understood."""
    if turn.known.staff is not None:
        turn.say("staff-help", name=turn.known.staff.name)
    turn.say("help")
    asking.ask_open(turn)


def invite_question(turn: TurnBuilder) -> None:
    """Invite a question in free words."""
    progress.pause(turn)
    turn.update(follow_up=None)
    turn.ask(turn.text("ask-away"), [turn.option("areas"), turn.option("menu")])


def questionnaires(turn: TurnBuilder) -> None:
    """The longer questionnaires that anybody may answer."""
    progress.pause(turn)
    newest = turn.release.content.newest
    found = {
        f"round:{one.number}": newest[one.questionnaire] for one in of_staff.open_rounds(turn)
    } | {f"q:{q.id}": q for q in newest.values() if q.about == "municipality"}
    if not found:
        turn.say("questionnaire-none")
        menu(turn)
        return
    options = [
        named_option(key, asking.localised(turn, q.title)[:24])
        for key, q in list(found.items())[:MAX_QUESTIONNAIRES]
    ]
    shown = [*options, turn.option("menu")]
    turn.ask(turn.text("questionnaire-list"), shown, layout=Layout.LIST, numbered=len(options))


def begin_questionnaire(turn: TurnBuilder, questionnaire_id: str) -> None:
    """Begin or resume a longer questionnaire."""
    found = turn.release.content.newest.get(questionnaire_id)
    if found is None or found.about != "municipality":
        questionnaires(turn)
        return
    for ongoing in turn.state.paused:
        if ongoing.questionnaire == questionnaire_id:
            progress.resume(turn, ongoing)
            asking.ask_again(turn)
            return
    flow.begin(turn, progress.new_progress(turn, questionnaire_id, Subject()), "menu")


def begin_round(turn: TurnBuilder, number: str) -> None:
    """Begin or resume a questionnaire to staff."""
    found = next((one for one in of_staff.open_rounds(turn) if one.number == number), None)
    if found is None:
        turn.say("round-closed")
        questionnaires(turn)
        return
    for ongoing in turn.state.paused:
        if (ongoing.questionnaire, ongoing.version) == (found.questionnaire, found.version):
            progress.resume(turn, ongoing)
            asking.ask_again(turn)
            return
    begun = progress.new_progress(turn, found.questionnaire, Subject())
    turn.say("round-begins", date=turn.date(found.closes_at))
    flow.begin(turn, replace(begun, version=found.version), "menu")


def follow_language(turn: TurnBuilder, language: str) -> None:
    """Answer in the language that was written in; the first time, say so and how to go back."""
    known = language in (DEFAULT_LANGUAGE, turn.state.language_noticed)
    turn.follow(language)
    if not known:
        turn.body.append(f"{turn.text('language-now')} {turn.text('language-hint')}")


def offer_language(turn: TurnBuilder, language: str) -> None:
    """Offer a language, once and in that language, besides the answer to one without a wording."""
    turn.update(language_noticed=language)
    turn.body.insert(0, turn.release.wording(language).say("language-offer"))
    button = turn.option(_LANGUAGE_BUTTONS.get(language, "spanish"))
    prompt = turn.state.prompt
    if prompt is None or not turn.options:
        return  # the text itself says what to write
    place = min(len(turn.options), most_options(turn.incoming.sender.channel) - 1)
    if place >= prompt.numbered:
        turn.options = (*turn.options[:place], button, *turn.options[place:])
        turn.update(prompt=replace(prompt, options=turn.options))


def _offer(turn: TurnBuilder, text: str) -> None:
    turn.ask(text, [turn.option("ask"), turn.option("rate"), turn.option("complaint")], numbered=3)
