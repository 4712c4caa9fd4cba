"""Asking the open question: its text, its options, and the notice in the first grade question."""

from __future__ import annotations

from handlers import areas
from handlers.content.model import Question, QuestionKind
from handlers.content.outline import Plan
from handlers.messages import MAX_OPTIONS, Layout, Option
from handlers.questionnaires import progress
from handlers.state import Awaits, Run
from handlers.turn import Talk

GRADES = tuple(Option(f"g:{grade}", str(grade)) for grade in range(1, 8))


def ask_open(talk: Talk) -> None:
    """Say the open question once more, so that nobody is left without a way on."""
    prompt = talk.state.prompt
    if talk.state.run is not None:
        ask_again(talk)
    elif prompt is None:
        return  # the turn ends with a way to the menu
    elif prompt.awaits is Awaits.AREA:
        areas.ask_which(talk, talk.state.page)
    elif prompt.awaits is Awaits.CASE:
        talk.ask(talk.text("case-ask"), [talk.option("cancel")], Awaits.CASE)
    else:
        is_menu = talk.offers("ask") and talk.offers("complaint")
        question = talk.text("menu") if is_menu else prompt.question
        talk.ask(question, prompt.options, numbered=prompt.numbered)


def ask_again(talk: Talk, *, briefly: bool = False) -> None:
    """Ask the open question (once more); ``briefly``: only its options, after a re-ask."""
    found = progress.current(talk)
    if found is None:
        return
    plan, question = found
    text, options, layout = _posed(talk, plan, question)
    numbered = len(question.choices) or (2 if plan.about_card else 0)
    # A re-ask whose choices must be seen to be chosen from is never brief.
    shown = "" if briefly and not question.choices else text
    talk.ask(shown, options, Awaits.ANSWER, layout, numbered)


def ask_grade_in_letters(talk: Talk) -> None:
    """Ask for a grade that contradicts the words once more, before it is noted."""
    talk.ask("", [*GRADES, talk.option("cancel")], Awaits.ANSWER, Layout.GRADES)


def resume(talk: Talk) -> bool:
    """Go on with what was put aside last; False when there is nothing."""
    if talk.state.run is not None or not talk.state.paused:
        return False
    *others, run = talk.state.paused
    talk.update(run=run, paused=tuple(others), joining=None)
    if progress.is_rating(talk, run):
        talk.say("pending-resumed", area=title_of(talk, run))
    ask_again(talk)
    return True


def say_pending(talk: Talk) -> None:
    """Remind of what was put aside last, and of how to go on with it."""
    if not talk.state.paused:
        return
    run = talk.state.paused[-1]
    title = title_of(talk, run)
    if progress.is_rating(talk, run):
        talk.say("pending-run", area=title)
    else:
        talk.say("pending-survey", title=title)


def title_of(talk: Talk, run: Run) -> str:
    """What a pending questionnaire is called: its area, or its own title."""
    if progress.is_rating(talk, run):
        return talk.release.area_name(run.subject.area)
    return localised(talk, progress.plan_of(talk, run).questionnaire.title)


def localised(talk: Talk, text: dict[str, str]) -> str:
    """A questionnaire's text in the citizen's language, with what it is about filled in."""
    found = text.get(talk.wording.language) or next(iter(text.values()))
    if "{" not in found:
        return found
    run = talk.state.run
    area = talk.release.area_name(run.subject.area) if run else ""
    service = talk.release.content.service_by_id.get(run.subject.service) if run else None
    return found.replace("{area}", area).replace("{service}", service.short_name if service else "")


def _posed(talk: Talk, plan: Plan, question: Question) -> tuple[str, list[Option], Layout]:
    """The question's text, with its options in words, and the options themselves."""
    if plan.about_card:
        return (talk.text("useful"), [talk.option("yes"), talk.option("no")], Layout.BUTTONS)
    text = localised(talk, question.text)
    ways_out = [talk.option("back"), talk.option("cancel")]
    skip = [talk.option("skip")] if question.optional else []
    match question.kind:
        case QuestionKind.GRADE:
            return _grade_posed(talk, plan, text, ways_out)
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return _choices_posed(talk, plan, question, ways_out)
        case QuestionKind.YES_NO:
            yes_no = [talk.option("yes"), talk.option("no")]
            return (text, [*yes_no, *skip, *ways_out], Layout.BUTTONS)
        case QuestionKind.TEXT:
            stop = [talk.option("done")] if question.optional else []
            return (text, [*stop, *ways_out], Layout.BUTTONS)
        case _:
            hint = " " + talk.text("optional-hint") if question.optional else ""
            return (text + hint, [*skip, *ways_out], Layout.BUTTONS)


def _grade_posed(
    talk: Talk, plan: Plan, text: str, ways_out: list[Option]
) -> tuple[str, list[Option], Layout]:
    run = progress.run_of(talk)
    if run.noticed and not run.changing and not run.pending:
        text = talk.text("grade-noticed", area=talk.release.area_name(run.subject.area))
    if not talk.state.noticed:
        text = f"{text}\n{talk.text('notice')}"
        talk.update(noticed=True)
    pending = [talk.option("pending")] if plan.rates_area and not run.pending else []
    return (text, [*GRADES, *pending, *ways_out], Layout.GRADES)


def _choices_posed(
    talk: Talk, plan: Plan, question: Question, ways_out: list[Option]
) -> tuple[str, list[Option], Layout]:
    numbered, choices = plan.listed(question, talk.wording.language)
    options = list(choices)
    if question.optional or question.takes_words or question.kind is QuestionKind.CHOICES:
        options.append(talk.option("done"))
    if len(options) + len(ways_out) <= MAX_OPTIONS:  # else they can still be typed
        options += ways_out
    return (f"{localised(talk, question.text)}\n{numbered}", options, Layout.LIST)
