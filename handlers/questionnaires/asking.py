"""Asking the open question: its text, its options, and the first time the privacy notice."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from handlers.content.cards import leaves_out
from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.content.questionnaires.outline import Outline
from handlers.messages import MAX_OPTIONS, Layout, Option
from handlers.questionnaires import area_list, progress
from handlers.state import Awaits, Draft, Progress, Prompt, Proposal
from handlers.turn import FOLLOW_UP_TIME, TurnBuilder

GRADES = tuple(Option(f"g:{grade}", str(grade)) for grade in range(1, 8))


def ask_open(turn: TurnBuilder) -> None:
    """Ask the open question again, so that every message leaves a way on."""
    prompt = turn.state.prompt
    if turn.state.progress is not None:
        ask_again(turn)
    elif prompt is None:
        return  # the turn will offer the menu
    elif prompt.offers("no-danger") and not turn.was.danger:
        turn.update(prompt=None)  # asked twice already, and the citizen goes on with something else
    elif prompt.offers("not-now"):
        turn.update(prompt=None)  # invite once
    elif prompt.awaits is Awaits.AREA:
        area_list.ask_which(turn, turn.state.page)
    elif prompt.awaits in (Awaits.CASE, Awaits.CASE_AREA, Awaits.MEASURE):
        repeat(turn, prompt)
    elif prompt.awaits is Awaits.RECTIFY:
        turn.ask(turn.text("rectify-ask"), [turn.option("cancel")], Awaits.RECTIFY)
    elif prompt.awaits is Awaits.OBJECT:
        turn.ask(turn.text("object-ask"), [turn.option("cancel")], Awaits.OBJECT)
    else:
        question = turn.text("menu") if is_menu(turn) else prompt.question
        turn.ask(question, prompt.options, numbered=prompt.numbered)


def repeat(turn: TurnBuilder, prompt: Prompt) -> None:
    """Ask a question as it was asked before; a list shows its numbers again."""
    layout = Layout.LIST if prompt.numbered else Layout.BUTTONS
    turn.ask(prompt.question, prompt.options, prompt.awaits, layout, prompt.numbered)


def is_menu(turn: TurnBuilder) -> bool:
    """Whether the open question is the menu or the welcome."""
    return turn.offers("ask") and turn.offers("complaint")


def is_free(turn: TurnBuilder) -> bool:
    """Whether nothing is open that a yes, a no or words would answer.

    Some buttons, and the question about a card, are left open without being asked for.
    """
    state, prompt = turn.state, turn.state.prompt
    rates = state.progress is not None and not progress.asks_about_card(turn)
    if rates or state.filing or state.proposal or state.handover or state.danger:
        return False
    if prompt is None or (prompt.offers("menu") and state.progress is None):
        return True
    return not prompt.awaits_own_words and turn.at - prompt.asked_at > FOLLOW_UP_TIME


def is_awaited(turn: TurnBuilder) -> bool:
    """Whether an answer or words are awaited, to which the conversation must return."""
    prompt, follow_up = turn.state.prompt, turn.state.follow_up
    if turn.state.progress is not None or (follow_up is not None and follow_up.case):
        return True
    return prompt is not None and prompt.awaits in (Awaits.CASE, Awaits.CASE_AREA, Awaits.AREA)


def ask_again(turn: TurnBuilder, *, briefly: bool = False) -> None:
    """Ask the questionnaire's open question; ``briefly``: only its options, after a re-ask."""
    opened = turn.release.open_question(turn.state)
    if opened is None:
        return
    ask(turn, opened.outline, opened.question, briefly=briefly)


def ask(turn: TurnBuilder, outline: Outline, question: Question, *, briefly: bool = False) -> None:
    """Ask this question, making it the open one."""
    text, options, layout = _posed(turn, outline, question)
    numbered = len(question.choices) or (2 if outline.about_card else 0)
    # Never brief if choices must be read to be chosen.
    shown = "" if briefly and not question.choices else text
    turn.ask(shown, options, Awaits.ANSWER, layout, numbered)


def ask_whether_useful(turn: TurnBuilder) -> None:
    """Ask about a card again, below its steps; the card's own buttons stay valid."""
    earlier = turn.was.prompt
    yes_no = turn.options_named("yes", "no")
    turn.ask(turn.text("useful"), yes_no, Awaits.ANSWER, numbered=2)
    if earlier is not None and earlier.awaits is Awaits.ANSWER and turn.state.prompt is not None:
        since = earlier.since or earlier.number
        turn.update(prompt=replace(turn.state.prompt, since=since))


def ask_how_useful(turn: TurnBuilder) -> None:
    """Ask about a card again, with all possible answers."""
    answers = turn.options_named("yes", "somewhat", "no")
    turn.ask(turn.text("useful"), answers, Awaits.ANSWER, numbered=len(answers))


def propose_useful(turn: TurnBuilder, value: str) -> None:
    """ "¿Anoto que no le sirvió?", with what the open question about a card can be answered."""
    named = {"yes": "helped", "partly": "somewhat", "no": "not-helped"}
    likeliest = named.pop(value)
    answers = turn.options_named(likeliest, *named.values())
    question = turn.text(f"useful-propose-{value}")
    turn.ask(question, answers, Awaits.ANSWER, numbered=len(answers))


def ask_grade_in_letters(turn: TurnBuilder) -> None:
    """Ask again for a grade that contradicts the words, before it is recorded."""
    turn.ask("", [*GRADES, turn.option("cancel")], Awaits.ANSWER, Layout.GRADES)


def can_resume(turn: TurnBuilder) -> bool:
    """Whether something was put aside and nothing else is in progress."""
    return turn.state.progress is None and bool(turn.state.paused) and not turn.ratings_stopped


def resume_last(turn: TurnBuilder) -> None:
    """Go on with the next grade of the same message, or resume what was put aside last."""
    if turn.state.next_grades and turn.state.progress is None and not turn.ratings_stopped:
        propose_next(turn)
        return
    if not can_resume(turn):
        return
    *others, ongoing = turn.state.paused
    turn.update(progress=ongoing, paused=tuple(others), follow_up=None)
    if progress.is_rating(turn, ongoing):
        turn.say("pending-resumed", area=_title_of(turn, ongoing))
    ask_again(turn)


def propose(turn: TurnBuilder, proposal: Proposal, beside: Sequence[Option] = ()) -> None:
    """ "¿Le pongo un 4 a Tránsito? Sí / No": nothing is noted before a yes."""
    turn.update(proposal=proposal)
    area = turn.release.area_name(proposal.area)
    question = turn.text("propose-grade", grade=proposal.grade, area=area)
    turn.ask(question, [*turn.options_named("accept", "reject"), *beside, turn.option("menu")])


def propose_next(turn: TurnBuilder) -> None:
    """Propose the next of several grades of one message; one without an area waits."""
    proposal, *others = turn.state.next_grades
    turn.update(next_grades=tuple(others), follow_up=None)
    if proposal.area:
        propose(turn, proposal)
        return
    words, grade = proposal.words, proposal.grade
    turn.update(draft=Draft(turn.at, words, experience=bool(words), grade=grade))
    turn.say("grade-waits", grade=grade)
    area_list.ask_which(turn)


def resume_or_offer_ways_on(turn: TurnBuilder, awaits: Awaits = Awaits.OPTION) -> None:
    """Resume what was put aside last, or offer where to look and whom to ask."""
    if can_resume(turn) or turn.state.next_grades:
        resume_last(turn)
    else:
        turn.ask("", turn.options_named("areas", "person", "menu"), awaits)


def say_pending(turn: TurnBuilder) -> None:
    """Remind of what was put aside last, and how to resume it."""
    if not can_resume(turn):
        return
    ongoing = turn.state.paused[-1]
    title = _title_of(turn, ongoing)
    if progress.is_rating(turn, ongoing):
        turn.say("pending-rating", area=title)
    else:
        turn.say("pending-questionnaire", title=title)


def _title_of(turn: TurnBuilder, ongoing: Progress) -> str:
    """A pending questionnaire's name: its area, or its title."""
    if progress.is_rating(turn, ongoing):
        return turn.release.area_name(ongoing.subject.area)
    return localised(turn, progress.outline_of(turn, ongoing).questionnaire.title)


def localised(turn: TurnBuilder, text: dict[str, str]) -> str:
    """A questionnaire's text in the citizen's language, with its subject filled in."""
    found = text.get(turn.wording.language) or next(iter(text.values()))
    if "{" not in found:
        return found
    ongoing = turn.state.progress
    area = turn.release.area_name(ongoing.subject.area) if ongoing else ""
    service = turn.release.content.service_by_id.get(ongoing.subject.service) if ongoing else None
    return found.replace("{area}", area).replace("{service}", service.short_name if service else "")


def _posed(
    turn: TurnBuilder, outline: Outline, question: Question
) -> tuple[str, list[Option], Layout]:
    """The question's text, with its choices listed if necessary, and its options."""
    if outline.about_card:
        yes_no = turn.options_named("yes", "no")
        return (turn.text("useful"), [*yes_no, *_steps(turn)], Layout.BUTTONS)
    text = localised(turn, question.text)
    skip = ["skip"] if question.optional else []
    match question.kind:
        case QuestionKind.GRADE:
            return _grade_posed(turn, outline, text)
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return _choices_posed(turn, outline, question, text)
        case QuestionKind.YES_NO:
            options = turn.options_named("yes", "no", *skip, "back", "cancel")
        case QuestionKind.TEXT:
            stop = ["done"] if question.optional else []
            options = turn.options_named(*stop, "back", "cancel")
        case _:
            text += " " + turn.text("optional-hint") if question.optional else ""
            options = turn.options_named(*skip, "back", "cancel")
    return (text, options, Layout.BUTTONS)


def _steps(turn: TurnBuilder) -> list[Option]:
    """The option to see what the open card leaves out, if anything."""
    content, card = turn.release.content, progress.in_progress(turn).subject.service
    service = content.service_by_id.get(card)
    if service is None or not leaves_out(service, content, turn.wording):
        return []
    return [turn.option("steps", f"steps:{card}")]


def _grade_posed(
    turn: TurnBuilder, outline: Outline, text: str
) -> tuple[str, list[Option], Layout]:
    ongoing = progress.in_progress(turn)
    if ongoing.area_guessed and not ongoing.changing and not ongoing.pending:
        text = turn.text("grade-area-guessed", area=turn.release.area_name(ongoing.subject.area))
    if not turn.state.notice_shown:
        text = f"{text}\n{turn.text('notice')}"
        turn.update(notice_shown=True)
    pending = ["pending"] if outline.rates_area and not ongoing.pending else []
    ways_out = turn.options_named(*pending, "back", "cancel")
    return (text, [*GRADES, *ways_out], Layout.GRADES)


def _choices_posed(
    turn: TurnBuilder, outline: Outline, question: Question, text: str
) -> tuple[str, list[Option], Layout]:
    options = list(outline.listed(question, turn.wording.language))
    if question.optional or question.takes_words or question.kind is QuestionKind.CHOICES:
        options.append(turn.option("done"))
    ways_out = turn.options_named("back", "cancel")
    if len(options) + len(ways_out) <= MAX_OPTIONS:  # otherwise they can be typed
        options += ways_out
    return (text, options, Layout.LIST)
