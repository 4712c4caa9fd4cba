"""How a questionnaire ends: thanks after a rating, what follows a lookup, giving up."""

from __future__ import annotations

from handlers.content.model import Questionnaire
from handlers.questionnaires import asking, progress
from handlers.state import Run
from handlers.turn import COUNTS, Talk


def say_end(talk: Talk, run: Run, questionnaire: Questionnaire) -> None:
    """The last message of a finished questionnaire."""
    match questionnaire.about:
        case "area":
            _thank(talk, run)
        case "card":
            _after_usefulness(talk, run)
        case "municipality":
            talk.say("survey-done", title=asking.localised(talk, questionnaire.title))
            asking.resume(talk)


def say_cancelled(talk: Talk, run: Run) -> None:
    """What became of a questionnaire that was given up."""
    area = talk.release.area_name(run.subject.area)
    if run.changing:
        grade = dict(run.answers).get("grade", str(run.changing))
        talk.say("cancelled-change", area=area, grade=grade)
    elif progress.is_rating(talk, run):
        talk.say("cancelled-grade", area=area)
    else:
        talk.say("cancelled")


def _thank(talk: Talk, run: Run) -> None:
    """Thanks are the same for a 1 and a 7; words may still be added for a while."""
    key = "thanks-pending" if run.pending else "thanks"
    grade = dict(run.answers).get("grade", "")
    talk.say(key, grade=grade, area=talk.release.area_name(run.subject.area))
    joining = talk.state.joining
    if joining is None and asking.resume(talk):
        return
    asking.say_pending(talk)
    options = [talk.option("change"), talk.option("menu")]
    if joining is not None and joining.bubbles and "?" in joining.bubbles[-1]:
        talk.say("thanks-question")
        options.insert(0, talk.option("not-comment"))
    elif joining is not None:
        talk.say("thanks-add")
        options.insert(0, talk.option("done"))
    talk.ask("", options)


def _after_usefulness(talk: Talk, run: Run) -> None:
    """Go back to an open rating, or offer one at most every 30 days."""
    if dict(run.answers).get("useful") == "no":
        talk.say("useful-no")
        if not asking.resume(talk):
            talk.ask("", [talk.option("areas"), talk.option("person"), talk.option("menu")])
        return
    area = run.subject.area
    invited = talk.state.invited_at
    invited_lately = invited is not None and talk.at - invited <= COUNTS
    if talk.state.paused or not area or progress.rated(talk, area) or invited_lately:
        talk.say("useful-yes")
        asking.resume(talk)
        return
    talk.update(invited_at=talk.at)
    question = talk.text("rate-offer", area=talk.release.area_name(area))
    talk.ask(question, [talk.option("rate-now", f"offer:{area}"), talk.option("not-now")])
