"""Rating an area: choosing it, the grade and its checks, thanks, changing and joining words."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import questionnaire
from handlers.answers import MAX_WORDS
from handlers.content import Area, QuestionKind
from handlers.facts import AnswerGiven, AnswerWithdrawn, Subject
from handlers.hearing import hear_grade, mood
from handlers.messages import Layout, Option
from handlers.state import Awaits, Rated, Run
from handlers.talk import COUNTS, JOINING, Talk
from handlers.text import fold

PAGE = 7  # areas on a page: with more, back and cancel they fill a WhatsApp list
LOW, HIGH = 3, 6  # a grade up to LOW contradicts praise; from HIGH on it contradicts blame


def choose_area(talk: Talk, page: int = 0) -> None:
    """Ask which area is to be rated, by list or by name."""
    questionnaire.shelve(talk)
    ask_area(talk, talk.text("choose-area-to-rate"), page)


def ask_area(talk: Talk, question: str, page: int = 0) -> None:
    """Offer a page of the areas to be rated."""
    options, page = area_page(talk, "rate", page)
    talk.update(page=page)
    talk.ask(question, [*options, talk.option("cancel")], Awaits.AREA, Layout.LIST)


def area_page(talk: Talk, mark: str, page: int) -> tuple[list[Option], int]:
    """One page of areas in alphabetical order, and its number; the last leads to the first."""
    areas = sorted(talk.release.content.areas, key=lambda area: fold(area.short_name))
    pages = -(-len(areas) // PAGE)
    page %= max(1, pages)
    shown = areas[page * PAGE : (page + 1) * PAGE]
    options = [Option(f"{mark}:{a.id}", a.short_name, (fold(a.short_name),)) for a in shown]
    if pages > 1:
        options.append(talk.option("more"))
    return options, page


def find_area(talk: Talk, text: str) -> Area | None:
    """The area that ``text`` names: by its own name, else by what the search found first."""
    content = talk.release.content
    folded = fold(text)
    for area in content.areas:
        if folded in (fold(area.short_name), fold(area.name), fold(area.id)):
            return area
    ranking = talk.known.ranking
    if ranking is None or not ranking.hits:
        return None
    areas = [hit.id for hit in ranking.hits[:3] if hit.kind == "area"]
    if areas:
        return content.area_by_id.get(areas[0])
    if not ranking.cards():
        return None
    service = content.service_by_id.get(ranking.hits[0].id)
    return content.area_by_id.get(service.area) if service else None


def take_area_name(talk: Talk, text: str) -> None:
    """The answer to ``choose_area`` in words."""
    area = find_area(talk, text)
    if area is None:
        talk.say("area-not-recognised")
        ask_area(talk, talk.text("choose-area-to-rate"), talk.state.page)
    else:
        rate(talk, Subject(area=area.id), "menu")


def rate(talk: Talk, subject: Subject, origin: str, words: str = "") -> None:
    """Ask for the grade of ``subject``, or offer to change the one that still counts."""
    words = words or talk.state.draft
    talk.update(draft="", draft_area="", page=0)
    rated = _counting(talk, subject.area)
    run = talk.state.run
    if run is not None and run.subject.area == subject.area:
        questionnaire.ask_again(talk)
        return
    paused = talk.state.paused
    if paused is not None and paused.subject.area == subject.area:
        questionnaire.shelve(talk)
        talk.update(run=paused, paused=None)
        questionnaire.ask_again(talk)
        return
    if rated is not None:
        offer_change(talk, rated)
        return
    questionnaire.begin(talk, questionnaire.RATING, subject, origin)
    if words and talk.state.run is not None:
        talk.update(run=replace(talk.state.run, words=words))
        talk.body.clear()
        questionnaire.ask_again(talk)


def offer_change(talk: Talk, rated: Rated) -> None:
    """One response a contact, area and 30 days: the earlier one may be changed."""
    questionnaire.shelve(talk)
    talk.update(draft_area=rated.subject.area)
    question = talk.text(
        "already-rated",
        grade=rated.grade,
        area=talk.release.area_name(rated.subject.area),
        date=talk.date(rated.at),
    )
    talk.ask(question, [talk.option("change"), talk.option("keep"), talk.option("menu")])


def change(talk: Talk, area: str = "") -> None:
    """Ask for the grade anew, under the same response: of ``area``, else of the latest rating."""
    area = area or talk.state.draft_area
    counting = [r for r in talk.state.rated if talk.at - r.at <= COUNTS]
    chosen = next((r for r in reversed(counting) if r.subject.area == area), None)
    chosen = chosen or (counting[-1] if counting else None)
    if chosen is None:
        talk.say("nothing-to-change")
        return
    questionnaire.shelve(talk)
    newest = talk.release.content.newest[questionnaire.RATING]
    run = Run(
        response=chosen.response,
        questionnaire=questionnaire.RATING,
        version=chosen.version,
        subject=chosen.subject,
        question=newest.questions[0].id,
        answers=((newest.questions[0].id, str(chosen.grade)),),
        opened=True,
        changing=chosen.grade,
    )
    talk.update(run=run, joining=None, draft_area="")
    questionnaire.ask_again(talk)


def keep(talk: Talk) -> None:
    """Leave the earlier rating as it is."""
    rated = _counting(talk, talk.state.draft_area)
    talk.update(prompt=None, draft_area="")
    if rated is None:
        talk.say("rate-declined")
    else:
        talk.say("kept", grade=rated.grade, area=talk.release.area_name(rated.subject.area))
    questionnaire.resume(talk)


def posed(talk: Talk, text: str, ways_out: list[Option]) -> tuple[str, list[Option], Layout]:
    """The grade question of an area: the notice stands in the first one."""
    run = talk.state.run
    assert run is not None
    if run.words and not run.changing and not run.pending:
        text = talk.text("grade-noticed", area=talk.release.area_name(run.subject.area))
    if not talk.state.noticed:
        text = f"{text}\n{talk.text('notice')}"
        talk.update(noticed=True)
    pending = [] if run.pending else [talk.option("pending")]
    return (text, [*questionnaire.GRADES, *pending, *ways_out], Layout.GRADES)


def mark_pending(talk: Talk) -> None:
    """ "Aún no termina": the response counts apart; the grade is still asked."""
    run = talk.state.run
    if run is None or not run.subject.area:
        return
    talk.update(run=replace(run, pending=True))
    talk.say("pending-noted")
    questionnaire.ask_again(talk)


def take_grade(talk: Talk, text: str) -> bool:
    """Read a grade out of words; False when they are about something else."""
    heard = hear_grade(text)
    run = talk.state.run
    assert run is not None
    if heard is not None and heard.value:
        if heard.words:
            said = "\n".join(part for part in (run.words, heard.words) if part)
            talk.update(run=replace(run, words=said))
        insisted = bool(run.checking) and not heard.words
        take_value(talk, heard.value, insisted=insisted)
        return True
    if run.words and run.subject.area:
        area = find_area(talk, text)
        if area is not None and area.id == run.subject.area:
            questionnaire.ask_again(talk)
            return True
        if area is not None and "?" not in text:
            other_area(talk, area)  # "Fue en otra parte": where is said
            return True
    if heard is None and not _seems_a_grade(text):
        return False
    talk.update(run=replace(run, misread=run.misread + 1))
    talk.say("grade-misread" if run.misread == 0 else "grade-misread-again")
    questionnaire.ask_again(talk, briefly=True)
    return True


_SEEMS = frozenset(
    (
        "bien bueno buena mal malo mala regular masomenos mas o menos excelente pesimo pesima "
        "nose no se normal ahi nomas mas menos muy super good bad so"
    ).split()
)


def _seems_a_grade(text: str) -> bool:
    """Meant as a grade, though it is none: "más o menos", "muy buena", "ahí nomás", emojis."""
    tokens = fold(text).split()
    return len(tokens) <= 4 and all(token in _SEEMS or token.isdigit() for token in tokens)


def take_value(talk: Talk, grade: int, *, insisted: bool) -> None:
    """Note a grade, unless it contradicts the words: then it is checked first."""
    found = questionnaire.current(talk)
    run = talk.state.run
    if found is None or run is None:
        return
    _, question = found
    feeling = mood(run.words)
    contradicts = (feeling > 0 and grade <= LOW) or (feeling < 0 and grade >= HIGH)
    if contradicts and not (insisted and run.checking):
        talk.update(run=replace(run, checking=grade))
        talk.say("grade-check-low" if feeling > 0 else "grade-check-high", grade=grade)
        talk.ask("", [*questionnaire.GRADES, talk.option("cancel")], Awaits.ANSWER, Layout.GRADES)
        return
    questionnaire.give(talk, question, str(grade), grade)
    if run.subject.area:
        _remember(talk, grade)
        talk.say("grade-noted", grade=grade, area=talk.release.area_name(run.subject.area))
    questionnaire.advance(talk)


def _remember(talk: Talk, grade: int) -> None:
    run = talk.state.run
    assert run is not None
    rated = Rated(run.response, run.version, run.subject, grade, talk.at)
    others = [
        r for r in talk.state.rated if r.response != run.response and talk.at - r.at <= COUNTS
    ]
    earlier = next((r for r in talk.state.rated if r.response == run.response), None)
    if earlier is not None:  # a change does not prolong the 30 days
        rated = replace(rated, at=earlier.at)
    talk.update(rated=(*others, rated))


def forget(talk: Talk, run: Run) -> None:
    """A cancelled response counts no longer."""
    talk.update(rated=tuple(r for r in talk.state.rated if r.response != run.response))


def say_kept_after_cancel(talk: Talk, run: Run) -> None:
    """The rating that was to be changed: as it was, or as it was changed to."""
    area = talk.release.area_name(run.subject.area)
    grade = dict(run.answers).get("grade", str(run.changing))
    talk.say("cancelled-change", area=area, grade=grade)


def thank(talk: Talk, run: Run) -> None:
    """The last message of a rating; words may still be added for a while."""
    grade = dict(run.answers).get("grade", "")
    talk.body.clear()  # "anoté un 6" is said again by the thanks
    talk.say("thanks", grade=grade, area=talk.release.area_name(run.subject.area))
    if talk.state.joining is not None:
        talk.say("thanks-add")
    talk.ask("", [talk.option("change"), talk.option("menu")])


def other_area(talk: Talk, area: Area | None = None) -> None:
    """The rating is about another area: nothing is noted for the first one."""
    run = talk.state.run
    words = run.words if run else ""
    if run is not None:
        questionnaire.cancel(talk)
        talk.body.clear()
    if area is None:
        talk.update(draft=words)
        choose_area(talk)
    else:
        rate(talk, Subject(area=area.id), "noticed", words)


def after_usefulness(talk: Talk, run: Run, answers: dict[str, str]) -> None:
    """Thank for "¿le sirvió?"; go back to an open rating, or offer one at most every 30 days."""
    if answers.get("useful") == "no":
        talk.say("useful-no", contact=talk.text("contact-person"))
        questionnaire.resume(talk)
        return
    if talk.state.paused is not None:
        talk.say("useful-yes")
        questionnaire.resume(talk)
        return
    area = run.subject.area
    invited = talk.state.invited_at
    if not area or _counting(talk, area) or (invited and talk.at - invited <= COUNTS):
        talk.say("useful-yes")
        return
    talk.update(draft_area=area, invited_at=talk.at)
    question = talk.text("rate-offer", area=talk.release.area_name(area))
    talk.ask(question, [talk.option("rate-now"), talk.option("not-now")])


def rate_offered(talk: Talk) -> None:
    """The offer after a lookup was taken up."""
    area = talk.state.draft_area
    if area:
        rate(talk, Subject(area=area, service=talk.state.topic), "lookup")
    else:
        choose_area(talk)


def join_words(talk: Talk, text: str) -> None:
    """Words that follow a comment are part of it; the comment stays one answer."""
    joining = talk.state.joining
    assert joining is not None
    bubbles = (*joining.bubbles, text.strip())
    value = "\n".join(bubbles)
    if len(value) > MAX_WORDS:
        talk.say("words-full")
        return
    _replace_comment(talk, bubbles)
    talk.update(joining=replace(joining, bubbles=bubbles, until=talk.at + JOINING))
    talk.say("words-joined", area=talk.release.area_name(joining.subject.area))
    talk.ask("", [talk.option("done"), talk.option("not-comment"), talk.option("menu")])


def unjoin_last(talk: Talk) -> str:
    """Take the last words out of the comment again: they were a question. Returns them."""
    joining = talk.state.joining
    if joining is None or not joining.bubbles:
        return ""
    *kept, last = joining.bubbles
    _replace_comment(talk, tuple(kept))
    talk.update(joining=None, prompt=None)
    return last


def _replace_comment(talk: Talk, bubbles: tuple[str, ...]) -> None:
    joining = talk.state.joining
    assert joining is not None
    if not bubbles:
        talk.establish(AnswerWithdrawn(joining.response, joining.question))
        return
    talk.establish(
        AnswerGiven(
            response=joining.response,
            questionnaire=joining.questionnaire,
            question=joining.question,
            kind=QuestionKind.TEXT.value,
            value="\n".join(bubbles),
            subject=joining.subject,
            pending=joining.pending,
        )
    )


def end_joining(talk: Talk) -> None:
    """LISTO after the thanks."""
    talk.update(joining=None, prompt=None)
    talk.say("words-done")
    questionnaire.resume(talk)


def _counting(talk: Talk, area: str) -> Rated | None:
    return next(
        (r for r in talk.state.rated if r.subject.area == area and talk.at - r.at <= COUNTS), None
    )
