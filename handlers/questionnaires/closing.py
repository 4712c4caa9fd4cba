"""The end of a questionnaire: thanks after a rating, after a lookup, or giving up."""

from __future__ import annotations

from handlers.content.questionnaires.definition import Questionnaire
from handlers.facts.cases import CaseKind
from handlers.messages import shortened
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, Progress
from handlers.turn import COUNTS, TurnBuilder
from handlers.understanding.intents.danger import alert_of, calmed_of

_MOST_QUOTED = 60  # characters of a question
_LOW = frozenset("123")  # grades with which a complaint is offered beside the thanks


def say_end(turn: TurnBuilder, ongoing: Progress, questionnaire: Questionnaire) -> None:
    """Say the last message of a finished questionnaire."""
    match questionnaire.about:
        case "area":
            _thank(turn, ongoing)
        case "card":
            _after_usefulness(turn, ongoing)
        case "municipality":
            turn.say("questionnaire-done", title=asking.localised(turn, questionnaire.title))
            asking.resume_last(turn)


def say_cancelled(turn: TurnBuilder, ongoing: Progress) -> None:
    """Say what happens to a questionnaire that was given up."""
    area = turn.release.area_name(ongoing.subject.area)
    if ongoing.changing:
        grade = dict(ongoing.answers).get("grade", str(ongoing.changing))
        turn.say("cancelled-change", area=area, grade=grade)
    elif progress.is_rating(turn, ongoing):
        turn.say("cancelled-grade", area=area)
    else:
        turn.say("cancelled")


def settle(turn: TurnBuilder, ongoing: Progress) -> None:
    """Thank for a no or "in part" that took leave, and ask nothing more."""
    area = ongoing.subject.area
    if not _say_who_answers(turn, area):
        turn.say("useful-settled", area=turn.release.area_name(area))
    asking.resume_or_offer_ways_on(turn)


def _thank(turn: TurnBuilder, ongoing: Progress) -> None:
    """Thank, equally for a 1 and a 7; words may still be added for a while."""
    key = "thanks-pending" if ongoing.pending else "thanks"
    grade = dict(ongoing.answers).get("grade", "")
    turn.say(key, grade=grade, area=turn.release.area_name(ongoing.subject.area))
    follow_up = turn.state.follow_up
    if turn.state.next_grades or (follow_up is None and asking.can_resume(turn)):
        asking.resume_last(turn)
        return
    asking.say_pending(turn)
    options = turn.options_named("change", "menu")
    if follow_up is not None and follow_up.asks:
        turn.say("thanks-question")
        options.insert(0, turn.option("not-comment"))
    elif follow_up is not None:
        turn.say("thanks-add")
        options.insert(0, turn.option("done"))
        if grade in _LOW:
            options.insert(1, turn.option("complaint"))
    filing = turn.state.filing
    if filing is not None and filing.words and filing.kind is CaseKind.COMPLAINT:
        turn.say("pending-case")  # the case that was being told when the grade was given
    turn.ask("", options)


def _after_usefulness(turn: TurnBuilder, ongoing: Progress) -> None:
    """Go back to an open rating, or offer one, at most once in 30 days."""
    useful = dict(ongoing.answers).get("useful")
    if _goes_on_with_wish(turn, useful):
        return
    if useful in ("no", "partly"):
        asks = useful == "partly"
        _say_what_is_missing(turn, ongoing.subject.area, partly=asks)
        asking.resume_or_offer_ways_on(turn, Awaits.MISSING if asks else Awaits.OPTION)
        return
    area = ongoing.subject.area
    if not _may_have_been_there(turn, ongoing.subject.service):
        area = ""
    invited = turn.state.invited_at
    invited_lately = invited is not None and turn.at - invited <= COUNTS
    unwanted = invited_lately or turn.state.uninvited
    if turn.state.paused or not area or progress.rated(turn, area) or unwanted:
        turn.say("useful-yes")
        asking.resume_last(turn)
        return
    turn.update(invited_at=turn.at)
    question = turn.text("rate-offer", area=turn.release.area_name(area))
    turn.ask(question, [turn.option("rate-now", f"offer:{area}"), turn.option("not-now")])


def _say_what_is_missing(turn: TurnBuilder, area: str, *, partly: bool) -> None:
    """Say who answers what was asked of the card; where nothing was, ask what is missing."""
    if not _say_who_answers(turn, area):
        name = turn.release.area_name(area)
        turn.say("useful-partly" if partly else "useful-no", area=name)


def _say_who_answers(turn: TurnBuilder, area: str) -> bool:
    """Say who answers what was asked of the card, if anything was; whether it was."""
    asked = _asked_of_card(turn, area)
    if asked:
        query = shortened(" ".join(asked.split()), _MOST_QUOTED)
        turn.say("useful-asked", query=query, area=turn.release.area_name(area))
    return bool(asked)


def _asked_of_card(turn: TurnBuilder, area: str) -> str:
    """The last question about the card; "" for none besides the one that found it."""
    matter = turn.was.matter
    if matter is None or matter.area != area:
        return ""
    _first, *others = matter.words.split("\n")
    return others[-1] if others else ""


def _goes_on_with_wish(turn: TurnBuilder, useful: str | None) -> bool:
    """Offer what the same message asked for besides, before anything else."""
    card = next(iter(turn.state.wishes_left), "")
    if not card or useful is None:
        return False
    turn.say("wish-noted" if useful in ("no", "partly") else "useful-yes")
    question = turn.text("wish-left", card=turn.release.card_name(card))
    turn.ask(question, [turn.option("show-other", f"other:{card}"), turn.option("no", "none")])
    return True


def _may_have_been_there(turn: TurnBuilder, card: str) -> bool:
    """Whether a visit may be asked about: after danger, and of what only informs, it is not."""
    if alert_of(turn.was, turn.at) or calmed_of(turn.was, turn.at):
        return False
    content = turn.release.content
    service = content.service_by_id.get(card)
    of_danger = any(emergency.card == card for emergency in content.emergencies)
    return not of_danger and (service is None or not service.only_informs)
