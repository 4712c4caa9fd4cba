"""Asking for a person and filing complaints; the staff's answers on their way back."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import areas
from handlers.facts import CaseExtended, CaseKind, CaseOpened
from handlers.messages import (
    MAX_TEXT,
    MAX_TEXT_WITH_OPTIONS,
    CaseAnswer,
    shortened,
    units,
)
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, CaseRef, Draft, Joining, NeedCase, NeedCaseNumber
from handlers.turn import JOINING, Talk, in_numbers, named

MAX_SHOWN = 160  # characters of a citizen's own words that are said back
MAX_KEPT = 1000  # characters of words that are kept until it is clear what they are for
KEPT_CASES = 20  # a contact's latest cases
_FRAME = 300  # characters that stand round a person's answer


def ask_for_person(talk: Talk, words: str = "") -> None:
    """PERSONA: a number at once; what follows is read by a person."""
    open_case = next((c for c in talk.state.cases if c.kind is CaseKind.PERSON), None)
    if open_case is not None and _stands(talk, open_case.number):
        talk.say("case-person-again", number=open_case.number)
        _let_join(talk, open_case.number)
        if words:
            talk.establish(CaseExtended(open_case.number, words))
        _offer_end(talk)
        return
    number = _number(talk)
    draft = talk.state.draft
    told = words or (draft.words if draft is not None else "")
    area = draft.area if draft is not None and draft.area else areas.of_topic(talk)
    _open(talk, CaseRef(number, CaseKind.PERSON, area), told)
    hours = talk.release.content.general.hours
    if hours:
        talk.say("case-person-hours", number=number, hours=hours)
    else:
        talk.say("case-person", number=number)
    talk.say("case-person-tell")
    _offer_end(talk)


def ask_what_happened(talk: Talk) -> None:
    """RECLAMO: with what was already told it is filed at once, else the words are asked for."""
    draft, joining = talk.state.draft, talk.state.joining
    if draft is not None and draft.words:
        _file(talk, draft.words, draft.area, waiting=not draft.experience, told_before=True)
    elif joining is not None and joining.bubbles:
        _file(talk, "\n".join(joining.bubbles), joining.subject.area, told_before=True)
    else:
        progress.shelve(talk)
        talk.update(joining=None)
        talk.ask(talk.text("case-ask"), [talk.option("cancel")], Awaits.CASE)


def file_complaint(talk: Talk, words: str) -> None:
    """Open the complaint; the area follows from the words, else the general staff takes it."""
    _file(talk, words, areas.of_words(talk))


def listen(talk: Talk, words: str) -> None:
    """Somebody waits for the municipality: say honestly what the assistant can and cannot do."""
    progress.shelve(talk)
    area = areas.of_words(talk)
    talk.update(draft=Draft(talk.at, words[:MAX_KEPT], area), greeted=True)
    talk.say("waiting")  # it says what the assistant is and can do, so nothing else has to
    options = [talk.option("complaint")]
    ranking = talk.own_ranking()
    services = talk.release.content.service_by_id
    service = next((c for c in (ranking.cards() if ranking else ()) if c in services), None)
    if service is not None:
        options.append(named(f"card:{service}", services[service].short_name))
    options.append(talk.option("person"))
    question = f"{talk.text('waiting-choice')}\n{in_numbers(option.label for option in options)}"
    talk.ask(question, options, numbered=len(options))


def join_case(talk: Talk, joining: Joining, words: str) -> None:
    """Words that follow a case within ten minutes belong to it."""
    talk.establish(CaseExtended(joining.case, words))
    talk.update(joining=replace(joining, until=talk.at + JOINING))
    talk.say("case-extended", number=joining.case)
    _offer_end(talk)


def end_case(talk: Talk, joining: Joining) -> None:
    """LISTO after a case."""
    talk.update(joining=None, prompt=None)
    talk.say("case-done", number=joining.case)
    asking.resume(talk)


def reopen(talk: Talk, number: str = "") -> None:
    """RESPONDER: what follows goes to the case."""
    cases = talk.state.cases
    found = next((c for c in reversed(cases) if not number or c.number == number), None)
    if found is None or not _stands(talk, found.number):
        talk.say("case-none")
        asking.ask_open(talk)
        return
    progress.shelve(talk)
    talk.say("case-open-again", number=found.number)
    _let_join(talk, found.number)
    _offer_end(talk)


def add_to_quoted(talk: Talk, number: str, words: str) -> bool:
    """The citizen answered by quoting the case's message; False when it is not theirs or closed."""
    if all(case.number != number for case in talk.state.cases) or not _stands(talk, number):
        return False
    progress.shelve(talk)
    join_case(talk, _let_join(talk, number), words)
    return True


def tell_answer(talk: Talk, answer: CaseAnswer) -> None:
    """A person's answer reaches the citizen; whatever is open stays open."""
    receiver = receiver_name(talk, answer.area)
    words = shortened(answer.text, MAX_TEXT - _FRAME)
    talk.say("case-answer", number=answer.number, receiver=receiver, words=words)
    if units(talk.body[-1]) <= MAX_TEXT_WITH_OPTIONS:
        talk.options = (talk.option("answer", f"case:{answer.number}"),)
    talk.about = answer.number
    talk.private = True


def receiver_name(talk: Talk, area: str) -> str:
    """Who takes a case of this area."""
    return talk.release.area_name(area) if area else talk.text("case-receiver-general")


def _file(
    talk: Talk, words: str, area: str, *, waiting: bool = False, told_before: bool = False
) -> None:
    number = _number(talk)
    _open(talk, CaseRef(number, CaseKind.COMPLAINT, area, waiting), words)
    receiver = receiver_name(talk, area)
    if told_before:
        talk.private = True
        talk.say("case-told-before", words=shortened(" ".join(words.split()), MAX_SHOWN))
    talk.say("case-opened", number=number, receiver=receiver)
    _offer_end(talk)


def _number(talk: Talk) -> str:
    if talk.known.case_number is None:
        raise talk.need(NeedCaseNumber())
    return talk.known.case_number


def _stands(talk: Talk, number: str) -> bool:
    """Whether the case is still there to be added to."""
    if talk.known.case_owner is None:
        raise talk.need(NeedCase(number))
    return talk.known.case_owner


def _open(talk: Talk, case: CaseRef, words: str) -> None:
    talk.establish(CaseOpened(case.number, case.kind, case.area, words))
    progress.shelve(talk)
    talk.update(cases=(*talk.state.cases, case)[-KEPT_CASES:], draft=None)
    _let_join(talk, case.number)


def _let_join(talk: Talk, number: str) -> Joining:
    progress.shelve(talk)
    joining = Joining(until=talk.at + JOINING, bubbles=(), case=number)
    talk.update(joining=joining, prompt=None)
    return joining


def _offer_end(talk: Talk) -> None:
    talk.ask("", [talk.option("done"), talk.option("menu")])
