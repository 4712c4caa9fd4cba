"""Answers danger: whom to call, what follows, and the report to the municipality."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.cases import adding, opening
from handlers.cases.filed import own_cases
from handlers.cases.telling import filing
from handlers.content.model import next_step
from handlers.questionnaires import asking, progress, proposals
from handlers.search.ranking import Verdict
from handlers.state import Awaits, Draft
from handlers.text.markup import Alert, phones_in
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.intents.danger import (
    HAZARD,
    LASTS,
    OF_BODY,
    OF_ONESELF,
    PERSONAL,
    REPORTED,
    AlertAnswer,
    AlertEnd,
    AlertStep,
    EndAlert,
    FollowAlert,
    NameNumbers,
    ReportDanger,
    alert_of,
    calmed_of,
)

_INTRODUCING = ("courtesy-who_are_you", "courtesy-origin")  # answers that say who writes
_TOLD_IN_CASE = (AlertAnswer.PLACE, AlertAnswer.HAZARD_PLACE, AlertAnswer.NOBODY_HURT)
_FOR_HELPERS = "alert-coming"  # said once; then in other words
_ENDING = ("goodbye", "courtesy-farewell")  # after these neither menu nor rating is offered
_LEAVING = ("courtesy-farewell", "courtesy-thanks")
_FEW = 4  # words that say no more than that
_FEW_DENYING = 6  # words of "no, nadie herido", which tell nothing that is to be mended
_AFTER_DANGER = ("courtesy-helped", "courtesy-over")


def answer_danger(turn: TurnBuilder, danger: ReportDanger) -> None:
    """Give the emergency numbers first, in the citizen's language, which is used from then on.

    If the danger is not sure, also ask whether somebody is in danger now.
    """
    if danger.language:
        turn.follow(danger.language)
    danger = _if_open(turn, danger)
    turn.show(_alert_block(turn, danger))
    # These sentences say themselves that this is an automatic assistant.
    of_others = OF_ONESELF not in (danger.kind, *danger.others)
    kept = turn.text_in[: opening.MAX_KEPT] if danger.doubtful and of_others else ""
    turn.update(greeted=True, danger=danger.kind, danger_words=kept)
    if not danger.doubtful:
        if alert_of(turn.was, turn.at) != danger.kind:
            turn.update(help_called=False)  # that was for another
        turn.update(alert=(danger.kind, turn.at))
        _leave_card(turn)
    if danger.for_case:
        _alert(turn, danger)
    elif danger.is_personal and turn.state.follow_up is not None:
        turn.update(follow_up=None)  # nor do the next words belong to an open case
    elif danger.words:
        said = len(turn.body)
        _keep_words(turn, danger.words)
        del turn.body[said + 1 :]  # keep what to do short
    mended = danger.mended or danger.kind in REPORTED
    reported = mended and not danger.for_case and turn.state.handover is None
    if reported:
        _keep_for_report(turn)
    told = alert_of(turn.was, turn.at) == danger.kind
    if danger.doubtful and not (told and danger.kind == OF_ONESELF):
        kind = f"danger:{danger.kind}"
        options = [turn.option("danger", kind), turn.option("no-danger"), turn.option("person")]
        turn.ask(turn.text("danger-ask-again" if told else "danger-ask"), options)
    elif reported and (danger.mended or danger.kind == HAZARD):
        if danger.kind != HAZARD:  # whose sentence says so
            turn.say("report-offer")
        _offer_report(turn)
    elif turn.offers("no-danger"):
        turn.update(prompt=None)  # it is answered


def _if_open(turn: TurnBuilder, danger: ReportDanger) -> ReportDanger:
    """The same, of no case where that was closed: it is told anew. Raises Needed."""
    if not danger.case or turn.state.follow_up is not None:
        return danger
    if opening.is_open(turn, danger.case):
        progress.pause(turn)
        opening.expect(turn, danger.case)
        return danger
    return replace(danger, case="", words="", for_case=False)


def name_numbers(turn: TurnBuilder, named: NameNumbers) -> None:
    """Say in one line whom to call if somebody is in danger; the message is answered below it."""
    if named.language:
        turn.follow(named.language)
    phones = phones_in(turn.text(named.sentence))
    sentence = turn.text("danger-beside", phones=", ".join(phones))
    turn.show(Alert(turn.text("alert-title"), sentence, phones))


def say_where_denounced(turn: TurnBuilder, institution: str) -> None:
    """Say who takes the charges; nothing where that is not asked for: ""."""
    found = turn.release.content.institution_by_id.get(institution)
    if found is not None:
        turn.say("alert-charges", name=found.name, phone=found.phone or "")


def follow_alert(turn: TurnBuilder, alert: FollowAlert) -> None:
    """Answer more about a danger whose numbers were given before."""
    emergency = turn.release.content.emergency_by_id[alert.kind]
    phones = phones_in(turn.text(emergency.reply))
    _leave_card(turn)
    turn.update(danger=alert.kind, alert=(alert.kind, turn.at), prompt=None)
    turn.update(help_called=turn.state.help_called or alert.said is AlertAnswer.COMING)
    case = turn.state.follow_up if alert.said in _TOLD_IN_CASE else None
    filed = case is not None and bool(case.case)
    key = emergency.next_step if alert.said is AlertAnswer.HAZARD_NEXT else f"alert-{alert.said}"
    if filed and alert.said is AlertAnswer.HAZARD_PLACE:
        key = "emergency-hazard-noted"
    if key == _FOR_HELPERS:
        key = f"{key}-more" if key in turn.state.advice else key
        turn.update(advice=(*turn.state.advice, _FOR_HELPERS))
    sentence = turn.text(key, phone=phones[0], phones=", ".join(phones))
    turn.show(Alert(turn.text("alert-title"), sentence, phones_in(sentence)))
    if case is not None and filed:  # the case opened for the danger
        adding.add(turn, case, turn.text_in, urgent=True)
        return
    if alert.kind in REPORTED:
        few = len(turn.text_in.split()) <= _FEW_DENYING
        if not (few and alert.said is AlertAnswer.NOBODY_HURT and turn.state.draft is not None):
            _keep_for_report(turn)
        _offer_report(turn)
        return
    options = [turn.option("person"), turn.option("menu")]
    if alert.said in (AlertAnswer.UNDECIDED, AlertAnswer.AWAY) and emergency.card is not None:
        label = turn.release.content.service_by_id[emergency.card].short_name
        options.insert(0, named_option(f"card:{emergency.card}", label))
    turn.ask("", options)


def end_alert(turn: TurnBuilder, ended: EndAlert) -> None:
    """The danger is over or was none: it is not told again for words about the same thing.

    Where only those who help may know, whom to call if it comes back is said all the same.
    """
    reply = turn.release.content.emergency_by_id[ended.kind].reply
    if turn.offers("no-danger"):
        turn.update(prompt=None)
    told = alert_of(turn.was, turn.at)
    turn.update(danger="", alert=None, calmed=(ended.kind, turn.at))
    turn.update(help_called=ended.end is AlertEnd.HELPED)
    if not told and not ended.alone:
        return  # it was said before that it is over
    phones = ", ".join(phones_in(turn.text(reply)))
    if ended.end is AlertEnd.WAITING and ended.kind == OF_BODY:
        turn.say(next_step(reply))
    elif ended.end in (AlertEnd.OVER, AlertEnd.HELPED):
        turn.say(f"courtesy-{ended.end}")
    elif ended.misread and ended.end is AlertEnd.NONE:
        turn.say("alert-misread", phones=phones)
    elif ended.alone or ended.kind in PERSONAL or ended.end is AlertEnd.SAFE:
        turn.say(f"alert-{ended.end}", phones=phones)
    if not ended.alone:
        return
    if ended.misread and (filed := _filed_for_it(turn)):
        turn.say("alert-misread-case", number=filed)
        own_cases.ask_to_withdraw(turn, filed)
        return
    _leave_card(turn)
    if ended.kind not in REPORTED:
        turn.update(draft=None)  # the words told of danger: no complaint takes them over
    if ended.kind in REPORTED and turn.state.draft is not None:
        is_none = ended.end in (AlertEnd.NONE, AlertEnd.SAFE, AlertEnd.UNHURT)
        if told and is_none and len(turn.text_in.split()) > _FEW:
            _keep_for_report(turn)
        turn.say("report-offer")
        _offer_report(turn)
    else:
        asking.ask_open(turn)


def _filed_for_it(turn: TurnBuilder) -> str:
    """The open case that was filed at once for the alarm taken back; or "". Raises Needed."""
    lately = [
        case.number
        for case in turn.state.cases
        if case.urgent and case.at is not None and turn.at - case.at <= LASTS
    ]
    return next((number for number in reversed(lately) if opening.is_open(turn, number)), "")


def answer_courtesy(turn: TurnBuilder, sentence: str) -> None:
    """Answer thanks or other small talk after danger, which ends it."""
    lonely = sentence == "courtesy-lonely"
    if lonely:
        _leave_card(turn)  # do not ask how useful it was
    if lonely or turn.offers("no-danger", "none"):
        turn.update(prompt=None)
    if sentence in _ENDING and (turn.offers("not-now") or asking.is_menu(turn)):
        turn.update(prompt=None)
    if sentence == "courtesy-farewell":
        _leave_what_holds_nothing(turn)
    if sentence == "courtesy-assistant" or (sentence in _LEAVING and _is_of_no_area_yet(turn)):
        _forget_area_asked_for(turn)
    if sentence in _INTRODUCING:
        turn.update(greeted=True)
    if sentence not in _AFTER_DANGER:
        turn.say(sentence)
        asking.ask_open(turn)
        return
    reported, over = alert_of(turn.was, turn.at) in REPORTED, sentence == "courtesy-over"
    if kind := alert_of(turn.was, turn.at):
        turn.update(calmed=(kind, turn.at))
    if over:
        _leave_card(turn)
        turn.update(alert=None, prompt=None, draft=turn.state.draft if reported else None)
    if not reported and turn.state.open_draft is None:
        turn.update(draft=None)  # whoever is helped needs no complaint
    turn.say(sentence)
    if not reported or turn.state.draft is None:
        asking.ask_open(turn)
        return
    turn.say("report-offer")
    _offer_report(turn)


def answer_no_danger(turn: TurnBuilder) -> None:
    """Answer a no to "is somebody in danger now?"."""
    turn.update(danger="", danger_words=turn.was.danger_words, alert=None, prompt=None)
    if turn.state.filing is not None:  # back to the case that was being told
        turn.say("danger-none-go-on")
        filing.go_on(turn)
        return
    turn.say("danger-none")
    if turn.state.progress is not None:
        asking.ask_again(turn)
    else:
        asking.resume_or_offer_ways_on(turn)


def _is_of_no_area_yet(turn: TurnBuilder) -> bool:
    """Whether how a visit was is told, without a grade, and its area only guessed or asked for."""
    draft, opened, prompt = turn.state.draft, turn.state.progress, turn.state.prompt
    if opened is not None:
        return opened.area_guessed and not opened.answers
    asked = prompt is not None and prompt.awaits is Awaits.AREA
    return asked and draft is not None and draft.experience and not draft.grade


def _forget_area_asked_for(turn: TurnBuilder) -> None:
    """What was told is of no area, and none is asked for."""
    draft, opened = turn.state.draft, turn.state.progress
    if opened is not None and opened.area_guessed:
        progress.drop(turn)
    if draft is not None and (draft.experience or draft.grade):
        turn.update(draft=None)
    turn.update(prompt=None)


def _leave_what_holds_nothing(turn: TurnBuilder) -> None:
    """After a goodbye, close the open question, unless something was told that it is about."""
    draft, rated, prompt = turn.state.open_draft, progress.ongoing_rating(turn), turn.state.prompt
    told = draft is not None and (draft.words or draft.grade)
    if progress.asks_about_card(turn):
        _leave_card(turn)
    elif told or prompt is None:
        return
    elif prompt.awaits is Awaits.AREA and turn.state.progress is None:
        turn.update(prompt=None)
    elif rated is not None and not rated.answers and not rated.words:
        turn.update(progress=None, prompt=None)


def _leave_card(turn: TurnBuilder) -> None:
    """Forget the card shown before, so that the next words are not about it."""
    if progress.asks_about_card(turn):
        progress.pause(turn)
    turn.update(topic="")


def _keep_for_report(turn: TurnBuilder) -> None:
    """Keep what is told of the danger, so that it can become a complaint."""
    before = turn.was.draft if alert_of(turn.was, turn.at) in REPORTED else None
    told = f"{before.words.rstrip(' .')}. {turn.text_in}" if before else turn.text_in
    ranking = turn.release.index.rank(told)
    card = ranking.hits[0].id if ranking.verdict is Verdict.SURE else ""
    area = turn.release.area_of_card(card)
    turn.update(draft=Draft(turn.at, told[: opening.MAX_KEPT], area))


def _offer_report(turn: TurnBuilder) -> None:
    turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])


def _alert_block(turn: TurnBuilder, danger: ReportDanger) -> Alert:
    """Whom to call; where that was said before, what to do next, in words not said yet."""
    title, sentence = turn.text("alert-title"), turn.text(danger.sentence)
    phones = phones_in(sentence)
    helped = danger.kind == OF_BODY and calmed_of(turn.was, turn.at) == OF_BODY
    if danger.for_case and danger.kind == HAZARD:  # no complaint is to be made any more
        sentence = turn.text("emergency-hazard-noted")
    elif helped or alert_of(turn.was, turn.at) == danger.kind:
        key = _next_advice(turn, danger)
        sentence = turn.text(key, phone=phones[0], phones=", ".join(phones))
        phones = phones_in(sentence)
    else:
        turn.update(advice=())
    if danger.cannot_call:  # what can be done comes before whom they cannot call
        sentence = f"{turn.text('danger-cannot-call')} {sentence}"
    others = (turn.release.content.emergency_by_id[kind].reply for kind in danger.others)
    more = [phone for reply in others for phone in phones_in(turn.text(reply))]
    more = [phone for phone in dict.fromkeys(more) if phone not in phones]
    if more:
        sentence += " " + turn.text("emergency-others", phones=", ".join(more))
    return Alert(title, sentence, (*phones, *more))


def _next_advice(turn: TurnBuilder, danger: ReportDanger) -> str:
    """What was asked for, if it was not said yet, else what was not, or was said longest ago."""
    first, said = next_step(danger.sentence), turn.state.advice
    others = (AlertStep.AGAIN, AlertStep.STILL)
    if danger.is_personal:  # rather who stays with them than how urgent it is
        others = others[::-1]
    steps = (danger.step, AlertStep.NEXT, *others, AlertStep.HERE)
    keys = [first if step is AlertStep.NEXT else str(step) for step in steps]
    key = next(
        (key for key in keys if key not in said), next((one for one in said if one in keys), first)
    )
    turn.update(advice=(*(one for one in said if one != key), key))
    return key


def _alert(turn: TurnBuilder, danger: ReportDanger) -> None:
    """Store the words in a case at once, and notify the staff on duty."""
    added_to = turn.state.follow_up
    if added_to is not None and added_to.case:
        adding.add(turn, added_to, danger.words, urgent=True)
    else:
        filing.file_urgent(turn, danger.words, danger.area)


def _keep_words(turn: TurnBuilder, words: str) -> None:
    """Add the words to the open comment or case as well."""
    added_to = turn.state.follow_up
    if added_to is not None and added_to.case:
        adding.add(turn, added_to, words)
    else:
        proposals.keep_as_comment(turn, words)
