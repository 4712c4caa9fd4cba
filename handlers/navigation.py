"""Navigation in a conversation: back, forward, out, and to the open question again."""

from __future__ import annotations

from handlers.cases import adding, opening
from handlers.cases.filed import own_cases
from handlers.cases.people import person
from handlers.cases.telling import files, filing
from handlers.information import lookups, menus
from handlers.messages import MediaKind
from handlers.privacy import rights
from handlers.questionnaires import area_list, asking, flow, follow_up, progress, proposals, rating
from handlers.state import Awaits
from handlers.turn import TurnBuilder
from handlers.understanding.intents.rating import AskWhatToChange
from handlers.understanding.intents.unclear import SendMedia

# Media with which people report something.
_SHOWS = (MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.DOCUMENT, MediaKind.LOCATION)


def turn_page(turn: TurnBuilder, by: int) -> None:
    """Show another page of the current list."""
    prompt, page = turn.state.prompt, turn.state.page + by
    if prompt is not None and prompt.awaits is Awaits.AREA:
        area_list.ask_which(turn, page)
    elif turn.state.topic in turn.release.content.area_by_id:
        lookups.show_area(turn, turn.state.topic, page)
    else:
        lookups.list_areas(turn, page)


def go_back(turn: TurnBuilder) -> None:
    """VOLVER: go back one question, page or level, if possible."""
    is_list = turn.offers("more")
    earlier = flow.earlier_question(turn)
    if earlier is not None:
        flow.go_back(turn, earlier)
    elif progress.asks_about_card(turn):
        lookups.leave_card(turn)
    elif (ongoing := progress.ongoing_rating(turn)) is not None and not ongoing.changing:
        rating.other_area(turn)
    elif turn.state.progress is not None:
        turn.say("nothing-to-go-back")
        asking.ask_again(turn)
    elif is_list and turn.state.page:
        turn_page(turn, -1)
    elif turn.offers("menu") and turn.state.topic in turn.release.content.area_by_id:
        lookups.list_areas(turn)
    elif turn.offers("not-erase", "not-right"):
        rights.keep(turn)
    else:
        menus.menu(turn)


def leave_question(turn: TurnBuilder, *, skipped: bool) -> None:
    """SALTAR or LISTO: end the open question; a proposed grade is asked about again."""
    state, proposal = turn.state, turn.state.proposal
    if proposal is not None and turn.offers("join-words"):
        if state.progress is None and state.follow_up is None:
            turn.update(proposal=None, prompt=None)
            if skipped:
                _leave_open(turn, skipped=True)
            else:
                rating.keep(turn, proposal.area)
            return
        turn.update(proposal=None)
        _leave_open(turn, skipped=skipped)
        proposals.ask_what_to_change(turn, AskWhatToChange(proposal.words))
        return
    _leave_open(turn, skipped=skipped)
    if proposal is not None and proposal.corrects and proposal.grade:
        proposals.ask_to_correct(turn, proposal)
    elif proposal is not None and not proposal.corrects and not turn.offers("accept"):
        asking.propose(turn, proposal)


def _leave_open(turn: TurnBuilder, *, skipped: bool) -> None:
    """End the open question, comment or case."""
    added_to = turn.state.follow_up
    if turn.state.progress is None and filing.skip(turn):
        return
    if turn.state.progress is not None:
        flow.end_question(turn, skipped=skipped)
    elif added_to is not None and added_to.case:
        adding.end(turn, added_to)
    elif added_to is not None:
        follow_up.end(turn)
    elif asking.can_resume(turn):
        asking.resume_last(turn)
    elif turn.state.draft is not None and turn.state.draft.grade:
        rating.ask_area(turn)
    elif turn.state.draft is not None and turn.state.draft.experience and _asks_area(turn):
        rating.ask_area_otherwise(turn)
    else:
        proposal = turn.state.proposal
        told = proposal is not None and not proposal.corrects and proposal.words
        turn.say("words-beside-change" if told else "nothing-pending")
        asking.ask_open(turn)


def _asks_area(turn: TurnBuilder) -> bool:
    return turn.state.prompt is not None and turn.state.prompt.awaits is Awaits.AREA


def add_words(turn: TurnBuilder, words: str) -> None:
    """Add a further message to the case or the comment."""
    added_to = turn.state.follow_up
    assert added_to is not None, "only understood while words may be added"
    if added_to.case:
        adding.add(turn, added_to, words)
    else:
        follow_up.add(turn, added_to, words)


def cancel(turn: TurnBuilder) -> None:
    """CANCELAR: abandon what is open, or what the menu shows as pending."""
    prompt, added_to = turn.state.prompt, turn.state.follow_up
    if turn.offers("not-erase", "not-right"):
        turn.say(rights.cancelled_sentence(turn))
    elif turn.state.progress is not None:
        flow.cancel(turn)
    elif added_to is not None and added_to.case:
        turn.say("case-done", number=added_to.case)  # a filed case stays filed
    elif added_to is not None:
        turn.say("words-done")
    elif turn.state.paused and (prompt is None or turn.offers("resume", "ask")):
        progress.resume(turn, turn.state.paused[-1])
        flow.cancel(turn)
    elif prompt is not None and not prompt.awaits_option:
        turn.update(filing=None, measure=None)
        turn.say("cancelled")
    menus.menu(turn)


def withdraw(turn: TurnBuilder, number: str) -> None:
    """Ask whether to withdraw the case; if there is none, end what is open."""
    if own_cases.can_be_withdrawn(turn, number):
        own_cases.ask_to_withdraw(turn, number)
        return
    turn.say("case-none")
    turn.update(follow_up=None)
    menus.menu(turn)


def resume(turn: TurnBuilder) -> None:
    """SEGUIR: resume what was paused, or ask the open question again."""
    if turn.state.progress is not None:
        asking.ask_again(turn)
    elif asking.can_resume(turn):
        asking.resume_last(turn)
    else:
        turn.say("nothing-pending")
        menus.menu(turn)


def offer_again(turn: TurnBuilder) -> None:
    """ "Mejor sí", after a no: ask the same question again; nothing is done before a yes."""
    declined = turn.was.declined
    if declined is None:
        asking.ask_open(turn)
        return
    progress.pause(turn)
    prompt, told = declined.prompt, declined.filing
    draft = None if told or declined.proposal else turn.state.draft
    turn.update(proposal=declined.proposal, filing=told, draft=draft)
    if told is not None:
        filing.go_on(turn)
        return
    asking.repeat(turn, prompt)


def start_rating(turn: TurnBuilder) -> None:
    """NOTA without an area: continue the rating in progress, or ask for the area."""
    if progress.ongoing_rating(turn) is not None:
        rating.continue_rating(turn)
    else:
        rating.choose_area(turn)


def say_and_ask_open(turn: TurnBuilder, sentence: str, **values: str | int) -> None:
    """Say a sentence, then ask the open question again."""
    turn.say(sentence, **values)
    asking.ask_open(turn)


def ask_what_about(turn: TurnBuilder) -> None:
    """ "¿Y cuánto sale?" with nothing shown: ask about what; the answer completes the question."""
    say_and_ask_open(turn, "what-about")
    lookups.keep_asked(turn, turn.text_in)


def speak(turn: TurnBuilder, language: str) -> None:
    """Switch the language of everything but the cards; answer or ask in it what was open."""
    turn.speak(language)
    turn.say("language-now")
    prompt, proposal, added_to = turn.state.prompt, turn.state.proposal, turn.state.follow_up
    awaits = prompt.awaits if prompt is not None else None
    if awaits in (Awaits.CASE, Awaits.CASE_AREA):
        filing.ask_anew(turn)
    elif proposal is not None and not proposal.corrects:
        asking.propose(turn, proposal)
    elif awaits in (Awaits.AREA, Awaits.RECTIFY, Awaits.OBJECT):
        asking.ask_open(turn)
    elif added_to is not None and added_to.case and turn.offers("done"):
        adding.ask_for_more(turn, added_to)
    elif lookups.can_answer_again(turn):
        lookups.answer_again(turn)
    else:
        menus.go_on(turn)


def _ask_for_words(turn: TurnBuilder) -> None:
    """After something unreadable: ask the open question again, or for words."""
    if turn.state.progress is None and turn.state.prompt is None:
        turn.say("tell-in-words")
    asking.ask_open(turn)


def answer_no_words(turn: TurnBuilder) -> None:
    """Answer a message of symbols only, or without anything visible."""
    turn.say("no-words")
    _ask_for_words(turn)


def take_media(turn: TurnBuilder, sent: SendMedia) -> None:
    """Take a photo, an audio, a location: files can be added to a case, the rest is unreadable."""
    turn.update(media_at=turn.at)
    quoted = turn.known.quoted
    if turn.known.staff is not None and quoted is not None and quoted.about:
        turn.say("staff-file-not-sent")  # an uncleaned file must not go to a citizen
        return
    if turn.state.handover is not None:  # the caption asked for a person
        person.take_file(turn, turn.state.handover)
        return
    if sent.file is not None:
        files.take(turn, sent)
        return
    turn.say("media-caption" if sent.captioned else f"media-{sent.kind.value}")
    if sent.captioned:
        return
    is_free = turn.state.progress is None and turn.state.prompt is None
    _ask_for_words(turn)
    if is_free and sent.kind in _SHOWS:
        files.offer_case(turn)


def answer_stray_number(turn: TurnBuilder, number: int) -> None:
    """Answer a number that fits no question: say what it may have been meant for."""
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


def say_ratings_stopped(turn: TurnBuilder) -> None:
    """Say that ratings are suspended, and where else to turn."""
    turn.update(follow_up=None, proposal=None)
    turn.say("ratings-stopped")
    turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])


def answer_anger(turn: TurnBuilder) -> None:
    """Anger without a topic: offer a complaint or a rating."""
    turn.say("upset")
    options = [turn.option("complaint"), turn.option("rate"), turn.option("person")]
    turn.ask(turn.text("what-do-you-need"), options)


def answer_experience(turn: TurnBuilder, area: str, words: str) -> None:
    """ "El martes me atendieron muy bien": offer to rate it."""
    words = rating.with_told(turn, words)
    if area:
        rating.rate_guessed_area(turn, area, words)
    else:
        rating.ask_visited_area(turn, words[: opening.MAX_KEPT])


def answer_nonsense(turn: TurnBuilder) -> None:
    """Answer nonsense; the second time, with other choices."""
    turn.missed()
    if turn.was.misses and (turn.state.progress is None or progress.asks_about_card(turn)):
        menus.try_another_way(turn)
        return
    turn.say("not-understood")
    lookups.keep_asked(turn, turn.text_in)
    if turn.state.progress is not None or turn.state.prompt is not None:
        asking.ask_open(turn)
        return
    options = [turn.option("ask"), turn.option("rate"), turn.option("complaint")]
    if turn.state.cases:  # it may be about the last case
        options[1] = turn.option("stands", f"stands:{turn.state.cases[-1].number}")
    turn.ask(turn.text("what-do-you-need"), options)


def offer_person(turn: TurnBuilder) -> None:
    """Offer a person, in case one is wanted; what is open is paused."""
    progress.pause(turn)
    options, question = turn.options_named("person", "menu"), turn.text("offer-person")
    if turn.state.paused:
        options.insert(1, turn.option("resume"))
    if turn.state.paused or turn.state.open_draft is not None:
        question += " " + turn.text("offer-person-pending")
    turn.ask(question, options)
