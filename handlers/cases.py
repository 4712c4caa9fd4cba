"""Asking for a person and filing complaints; the staff's answers on their way back."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import questionnaire
from handlers.facts import CaseExtended, CaseKind, CaseOpened
from handlers.messages import CaseAnswer, Option
from handlers.state import Awaits, CaseRef, Joining, NeedCaseNumber
from handlers.talk import JOINING, Talk
from handlers.text import fold

MAX_SHOWN = 160  # characters of a citizen's own words that are said back


def ask_for_person(talk: Talk) -> None:
    """PERSONA: a number at once; what follows is read by a person."""
    open_case = next((c for c in talk.state.cases if c.kind is CaseKind.PERSON), None)
    if open_case is not None:
        talk.say("case-person-again", number=open_case.number)
        _let_join(talk, open_case.number)
        return
    number = _number(talk)
    area = talk.state.draft_area or _topic_area(talk)
    _open(talk, CaseKind.PERSON, number, area, talk.state.draft)
    hours = talk.release.content.general.hours
    if hours:
        talk.say("case-person-hours", number=number, hours=hours)
    else:
        talk.say("case-person", number=number)


def ask_what_happened(talk: Talk) -> None:
    """RECLAMO: with what was already told it is filed at once, else the words are asked for."""
    if talk.state.draft:
        file_complaint(talk, talk.state.draft, told_before=True)
        return
    questionnaire.shelve(talk)
    talk.ask(talk.text("case-ask"), [talk.option("cancel")], Awaits.CASE)


def file_complaint(talk: Talk, words: str, *, told_before: bool = False) -> None:
    """Open the complaint; the area follows from the words, else the general staff takes it."""
    number = _number(talk)
    area = talk.state.draft_area if told_before else area_of_words(talk)
    questionnaire.shelve(talk)
    _open(talk, CaseKind.COMPLAINT, number, area, words)
    receiver = receiver_name(talk, area)
    if told_before:
        shown = words if len(words) <= MAX_SHOWN else words[: MAX_SHOWN - 1] + "…"
        talk.say("case-opened-draft", number=number, receiver=receiver, words=shown)
    else:
        talk.say("case-opened", number=number, receiver=receiver)
    talk.ask("", [talk.option("done"), talk.option("menu")])


def listen(talk: Talk, words: str) -> None:
    """Somebody waits for the municipality: say honestly what the assistant can and cannot do."""
    questionnaire.shelve(talk)
    talk.update(draft=words[:1000], draft_area=area_of_words(talk))
    options = [talk.option("complaint")]
    ranking = talk.known.ranking
    cards = ranking.cards() if ranking else ()
    service = next((c for c in cards if c in talk.release.content.service_by_id), None)
    if service is not None:
        label = talk.release.content.service_by_id[service].short_name
        options.append(Option(f"card:{service}", label, (fold(label),)))
    talk.ask(talk.text("waiting"), [*options, talk.option("person")])


def join_case(talk: Talk, words: str) -> None:
    """Words that follow a case within ten minutes belong to it."""
    joining = talk.state.joining
    assert joining is not None
    talk.establish(CaseExtended(joining.case, words))
    talk.update(joining=replace(joining, until=talk.at + JOINING))
    talk.say("case-extended", number=joining.case)
    talk.ask("", [talk.option("done"), talk.option("menu")])


def end_case(talk: Talk) -> None:
    """LISTO after a case."""
    joining = talk.state.joining
    assert joining is not None
    talk.update(joining=None, prompt=None)
    talk.say("case-done", number=joining.case)
    questionnaire.resume(talk)


def reopen(talk: Talk, number: str = "") -> bool:
    """RESPONDER: what follows goes to the case; False when there is none."""
    cases = talk.state.cases
    found = next((c for c in reversed(cases) if not number or c.number == number), None)
    if found is None:
        return False
    questionnaire.shelve(talk)
    talk.say("case-open-again", number=found.number)
    _let_join(talk, found.number)
    return True


def add_to_quoted(talk: Talk, number: str, words: str) -> None:
    """The citizen answered by quoting the case's message."""
    questionnaire.shelve(talk)
    _let_join(talk, number)
    join_case(talk, words)


def tell_answer(talk: Talk, answer: CaseAnswer) -> None:
    """A person's answer reaches the citizen; whatever is open stays open."""
    receiver = receiver_name(talk, answer.area)
    room = 3500 if len(answer.text) > 700 else 900
    words = answer.text if len(answer.text) <= room else answer.text[: room - 1] + "…"
    talk.say("case-answer", number=answer.number, receiver=receiver, words=words)
    if len(words) <= 700:
        label = talk.wording.label("answer")
        talk.options = (Option(f"case:{answer.number}", label, (fold(label),)),)
    talk.about = answer.number


def receiver_name(talk: Talk, area: str) -> str:
    """Who takes a case of this area."""
    return talk.release.area_name(area) if area else talk.text("case-receiver-general")


def area_of_words(talk: Talk) -> str:
    """The area that the incoming's words are about, "" when the search is not sure enough."""
    ranking = talk.known.ranking
    if ranking is None or not ranking.cards():
        return _topic_area(talk)
    first = ranking.hits[0]
    service = talk.release.content.service_by_id.get(first.id)
    return service.area if service else first.id


def _topic_area(talk: Talk) -> str:
    content = talk.release.content
    service = content.service_by_id.get(talk.state.topic)
    if service is not None:
        return service.area
    return talk.state.topic if talk.state.topic in content.area_by_id else ""


def _number(talk: Talk) -> str:
    if talk.known.case_number is None:
        raise talk.need(NeedCaseNumber())
    return talk.known.case_number


def _open(talk: Talk, kind: CaseKind, number: str, area: str, words: str) -> None:
    talk.establish(CaseOpened(number, kind, area, words))
    talk.update(
        cases=(*talk.state.cases, CaseRef(number, kind, area)), draft="", draft_area="", prompt=None
    )
    _let_join(talk, number)


def _let_join(talk: Talk, number: str) -> None:
    questionnaire.shelve(talk)
    talk.update(joining=Joining(until=talk.at + JOINING, bubbles=(), case=number), prompt=None)
