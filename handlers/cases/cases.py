"""Asking for a person, and what all cases share: number, term, and added words."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from handlers.cases.deadlines import first_term
from handlers.errors import Needed
from handlers.facts.cases import CORRECTION, CaseExtended, CaseKind, CaseOpened, Due
from handlers.facts.files import FilesFiled
from handlers.messages import Layout, Option, SentFile, shortened
from handlers.needs import NeedCase, NeedCaseNumber
from handlers.questionnaires import asking, progress
from handlers.search.ranking import Verdict
from handlers.state import CaseRef, Draft, FollowUp
from handlers.text.kinds import PhraseKind
from handlers.turn import FOLLOW_UP_TIME, TurnBuilder, named_option
from handlers.understanding.areas import is_told_in
from handlers.understanding.dangers.urgent import is_urgent_after
from handlers.understanding.intents.cases import AskIfOfCase, TellWaiting
from handlers.understanding.intents.danger import alert_of, calmed_of
from handlers.understanding.reading.places import names_phone
from handlers.understanding.reading.said import Said

MAX_SHOWN = 160  # characters of a citizen's words that are quoted back
_MOST_NEAR = 3  # cards by which a case may be meant
MAX_KEPT = 1000  # characters kept until it is clear what they are for
MAX_FILES = 3  # photos and PDFs of a case, and as many audios
KEPT_CASES = 20  # of a contact, in the conversation
_FEWEST_TOLD = 4  # words that tell a matter, besides the wish for a person
_AS_CORRECTION = "replace-words"  # the option that records words as a correction


def ask_for_person(turn: TurnBuilder, words: str = "", named: str = "") -> None:
    """PERSONA: open a case at once, in the area ``named`` if any; a person reads what follows."""
    open_case = open_person_case(turn)
    if open_case is not None:
        follow_up = expect(turn, open_case.number)
        if words:
            _extend(turn, follow_up, words)
        else:
            turn.say("case-person-again", number=open_case.number)
        if files := files_sent(turn):
            turn.record(FilesFiled(open_case.number, tuple(file.id for file in files)))
            turn.update(draft=None, filing=None)
        offer_end(turn)
        return
    told = words_so_far(turn, words)
    area = named or area_so_far(turn, words)
    number = new_number(turn)
    open_case_of(turn, CaseRef(number, CaseKind.PERSON, area), told)
    hours, date = turn.release.content.general.hours, turn.date(answer_due(turn).at)
    if hours:
        turn.say("case-person-hours", number=number, hours=hours, date=date)
    else:
        turn.say("case-person", number=number, date=date)
    turn.say("case-person-tell")
    offer_end(turn, number)


def open_person_case(turn: TurnBuilder) -> CaseRef | None:
    """The contact's open case from asking for a person before, if any."""
    found = next((c for c in turn.state.cases if c.kind is CaseKind.PERSON), None)
    return found if found is not None and is_open(turn, found.number) else None


def words_so_far(turn: TurnBuilder, words: str) -> str:
    """What was typed for a person, or before, so that nothing is asked twice."""
    draft, filing = turn.state.draft, turn.state.filing
    if filing is not None and filing.words:
        return "\n".join((*filing.words, words)).strip()
    if _area_of_another(turn, words):
        return words
    since = draft if draft is not None and draft.words else turn.state.matter
    since = _asked_since(turn) or since
    before = since.words if since is not None else ""
    return "\n".join(dict.fromkeys(filter(None, (before, words))))


def _area_of_another(turn: TurnBuilder, words: str) -> str:
    """The area of what is surely told of another matter than before; "" for none."""
    before, said = turn.state.draft or turn.state.matter, Said(words, turn.release.lexicon)
    wish = said.covered(PhraseKind.WANTS_PERSON)
    told = [word for at, word in enumerate(said.words) if at not in wish]
    ranking = turn.release.index.rank(" ".join(told))
    if before is None or len(told) < _FEWEST_TOLD or ranking.verdict is not Verdict.SURE:
        return ""
    area = turn.release.area_of_card(ranking.hits[0].id)
    return area if before.area and area != before.area else ""


def area_so_far(turn: TurnBuilder, words: str = "") -> str:
    """The area that the conversation is about, or the words where it is another; "" if none."""
    if area := _area_of_another(turn, words):
        return area
    draft, since = turn.state.draft, _asked_since(turn)
    if since is not None:
        return since.area or turn.release.area_of_card(turn.state.topic)
    if draft is not None and draft.area:
        return draft.area
    return turn.release.area_of_card(turn.state.topic)


def _asked_since(turn: TurnBuilder) -> Draft | None:
    """What was asked of another area after that which was told and answered; None for nothing."""
    draft, matter = turn.state.draft, turn.state.matter
    if draft is None or matter is None or matter.at <= draft.at:
        return None
    awaited = draft.experience or draft.grade or draft.case or draft.waiting or draft.wrong_data
    return None if awaited or matter.area in ("", draft.area) else matter


def answer_waiting(turn: TurnBuilder, told: TellWaiting) -> None:
    """A citizen waits for the municipality: say what the assistant can and cannot do."""
    progress.pause(turn)
    turn.update(draft=_waited_for(turn, told), greeted=True)
    turn.say("waiting")  # also says what the assistant is and can do
    options = [turn.option("complaint")]
    if told.service:
        service = turn.release.content.service_by_id[told.service]
        options.append(named_option(f"card:{service.id}", service.short_name))
    options.append(turn.option("person"))
    choice = turn.text("waiting-choice")
    turn.ask(choice, options, layout=Layout.LIST, numbered=len(options))


def _waited_for(turn: TurnBuilder, told: TellWaiting) -> Draft:
    """What is waited for, with the question before that it is of, which has no number."""
    matter, service = turn.state.matter, turn.release.content.service_by_id.get(told.service)
    named = service is not None and is_told_in(service, told.words)
    if matter is None or (named and told.area != matter.area):
        return Draft(turn.at, told.words[:MAX_KEPT], told.area, waiting=True)
    return Draft(turn.at, f"{matter.words}\n{told.words}"[-MAX_KEPT:], matter.area)


def add(turn: TurnBuilder, follow_up: FollowUp, words: str, *, urgent: bool = False) -> None:
    """Add words to the case: within ten minutes of it, or if asked about it."""
    _extend(turn, follow_up, _with_asked(turn, follow_up, words), urgent=urgent)
    offer_end(turn)


def _with_asked(turn: TurnBuilder, follow_up: FollowUp, words: str = "") -> str:
    """The words asked about, marked if they are a correction, and then ``words``."""
    asked = follow_up.revision
    if asked and _is_correction_asked(turn):
        asked = CORRECTION + asked
    elif words and follow_up.rewritten:
        words = CORRECTION + words  # which was asked for
    return "\n".join(filter(None, (asked, words)))


def _is_correction_asked(turn: TurnBuilder) -> bool:
    """Whether the open question is if words are recorded as a correction."""
    prompt = turn.was.prompt
    return prompt is not None and prompt.offers(_AS_CORRECTION)


def ask_if_added(turn: TurnBuilder, asked: AskIfOfCase) -> None:
    """Ask whether words belong to the case, keeping them meanwhile."""
    if asked.number and not is_open(turn, asked.number):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    if asked.number:
        expect(turn, asked.number)
    number = _keep_asked(turn, asked.words)
    other = turn.option("not-of-case", "not-comment")
    others = [turn.option("of-data")] if asked.of_data else [other, turn.option("done")]
    options = [turn.option("of-case"), *others]
    question = turn.text("case-question-ask" if asked.asks else "case-add-ask", number=number)
    turn.ask(question, options, layout=Layout.LIST, numbered=len(options))


def ask_if_correction(turn: TurnBuilder, words: str, *, omits: bool) -> None:
    """Whether words are noted as a correction of the case, whose words stay in sight.

    ``omits``: they ask that a part be left out; the whole case can be withdrawn as well.
    """
    expected = turn.state.follow_up
    if expected is not None and expected.rewritten and not omits:
        add(turn, expected, words)
        return
    number = _keep_asked(turn, words)
    noted, other = turn.option("note-correction", _AS_CORRECTION), turn.option("of-case")
    if omits:
        noted = turn.option("note-omission", _AS_CORRECTION)
        other = turn.option("withdraw-all", f"withdraw:{number}")
    options = [noted, other, turn.option("not-of-case", "not-comment")]
    question = turn.text("case-omit-ask" if omits else "case-correct-ask", number=number)
    turn.ask(question, options, layout=Layout.LIST, numbered=len(options))


def _keep_asked(turn: TurnBuilder, words: str) -> str:
    """Keep words until it is known what they are to the case; its number."""
    follow_up = turn.state.follow_up
    assert follow_up is not None, "only understood while words may be added"
    kept = "\n".join(filter(None, (follow_up.revision, words)))
    turn.update(follow_up=replace(follow_up, revision=kept, until=turn.at + FOLLOW_UP_TIME))
    return follow_up.case


def settle(turn: TurnBuilder, follow_up: FollowUp, how: str) -> None:
    """Take the answer about words: they belong to the case, correct it, or are dropped."""
    match how:
        case "join":
            _extend(turn, follow_up, follow_up.revision)
        case "replace":
            _extend(turn, follow_up, _with_asked(turn, follow_up))
        case "asked":
            _extend(turn, follow_up, CORRECTION + turn.text_in.strip())
        case _:
            turn.update(follow_up=replace(follow_up, revision=""))
            turn.say("case-not-added")
    offer_end(turn)


def _extend(turn: TurnBuilder, follow_up: FollowUp, words: str, *, urgent: bool = False) -> None:
    urgent = urgent or cannot_wait(turn, words)
    turn.record(CaseExtended(follow_up.case, words, answer_due(turn), urgent))
    told = f"{follow_up.told}\n{words}"[:MAX_KEPT] if follow_up.told else ""
    added_to = replace(follow_up, revision="", told=told, until=turn.at + FOLLOW_UP_TIME)
    added_to = replace(added_to, answered=False, rewritten=False)
    turn.update(follow_up=added_to, cases=_known_by(turn, follow_up.case, words, urgent=urgent))
    corrects = words.startswith(CORRECTION)
    turn.say("case-corrected" if corrects else "case-extended", number=follow_up.case)
    if _wants_call(turn, follow_up.case, words):
        turn.say("case-call-phone")


def _known_by(turn: TurnBuilder, number: str, words: str, *, urgent: bool) -> tuple[CaseRef, ...]:
    """The cases, of which this one is known again by its words, if it was by none before."""
    case = next((one for one in turn.state.cases if one.number == number), None)
    known = case and _known(turn, replace(case, urgent=urgent or case.urgent), words)
    return tuple(known if known and one is case else one for one in turn.state.cases)


def _known(turn: TurnBuilder, case: CaseRef, words: str) -> CaseRef:
    """The case with the card that is surely found for its words, and those that are found first."""
    ranking = turn.release.index.rank(words)
    near = ranking.cards()[:_MOST_NEAR]
    card = near[0] if ranking.verdict is Verdict.SURE else ""
    return replace(case, card=case.card or card, near=case.near or near)


def _wants_call(turn: TurnBuilder, number: str, words: str) -> bool:
    """Whether the citizen wants a call but gave no telephone number."""
    said = Said(words, turn.release.lexicon)
    if PhraseKind.WANTS_CALL not in said.kinds or names_phone(said):
        return False
    return all(one.kind is not CaseKind.CALL for one in turn.state.cases if one.number == number)


def end(turn: TurnBuilder, follow_up: FollowUp) -> None:
    """LISTO after a case: of words still asked about, say that they were not added, and how to."""
    if follow_up.revision:
        turn.say("case-left-out", words=quoted_in_one_line(follow_up.revision.splitlines()))
    turn.update(follow_up=None, prompt=None)
    if follow_up.answered and not follow_up.revision:
        turn.say("case-left-answered", number=follow_up.case)
        leave_in_sight(turn, follow_up.case)
    else:
        turn.say("case-done", number=follow_up.case)
        asking.resume_last(turn)


def leave_in_sight(turn: TurnBuilder, number: str) -> None:
    """Offer to reopen the case, for a citizen who is dissatisfied later."""
    if turn.state.prompt is None and turn.state.progress is None:
        turn.ask("", [turn.option("stands", f"stands:{number}"), turn.option("menu")])
    else:
        asking.ask_open(turn)


def reopen(turn: TurnBuilder, number: str = "") -> None:
    """RESPONDER: the next words go to the case."""
    if number:  # its button was pressed, so the words are for this case only
        turn.update(follow_up=None)
    cases = turn.state.cases
    found = next((c for c in reversed(cases) if not number or c.number == number), None)
    if found is None or not is_open(turn, found.number):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    progress.pause(turn)
    turn.say("case-open-again", number=found.number)
    expect(turn, found.number, answered=True)
    offer_end(turn)


def ask_what_is_wrong(turn: TurnBuilder, number: str) -> None:
    """What of the case is wrong, and how it should be, comes next."""
    if not is_open(turn, number):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    follow_up = turn.state.follow_up
    told = follow_up.told if follow_up is not None and follow_up.case == number else ""
    progress.pause(turn)
    turn.say("case-what-is-wrong", number=number)
    expected = expect(turn, number, answered=True, told=told)
    turn.update(follow_up=replace(expected, rewritten=True))
    offer_end(turn)


def add_to_quoted(turn: TurnBuilder, number: str, words: str) -> None:
    """Add words with which the citizen quoted a message about their open case."""
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    progress.pause(turn)
    add(turn, expect(turn, number), words)


def options_to_judge(turn: TurnBuilder, number: str) -> list[Option]:
    """The options to judge an answer: yes, partly, no."""
    return [turn.option(key, f"{key}:{number}") for key in ("solved", "partly", "unsolved")]


def receiver_name(turn: TurnBuilder, area: str) -> str:
    """Who receives a case of this area, in words."""
    return turn.release.area_name(area) if area else turn.text("case-receiver-general")


def quoted_in_one_line(messages: Iterable[str]) -> str:
    """A citizen's messages on one line, separated by dots and cut to ``MAX_SHOWN``."""
    return shortened(" · ".join(" ".join(message.split()) for message in messages), MAX_SHOWN)


def answer_due(turn: TurnBuilder) -> Due:
    """The deadline of a case filed now, with its rule."""
    return first_term(turn.at, turn.release.content)


def new_number(turn: TurnBuilder) -> str:
    """The next case number of the year. Raises Needed."""
    if turn.known.case_number is None:
        raise Needed(NeedCaseNumber())
    return turn.known.case_number


def is_open(turn: TurnBuilder, number: str) -> bool:
    """Whether the case can still be added to. Raises Needed."""
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    return turn.known.case_owner


def cannot_wait(turn: TurnBuilder, words: str) -> bool:
    """Whether staff on duty are told: not of a danger that was said to be none or over."""
    alert = alert_of(turn.was, turn.at)
    calmed = "" if alert else calmed_of(turn.was, turn.at)
    return is_urgent_after(words, turn.release, calmed)


def open_case_of(turn: TurnBuilder, case: CaseRef, words: str, *, urgent: bool = False) -> None:
    """Open a case; words within the next ten minutes are added to it."""
    urgent = urgent or cannot_wait(turn, words)
    turn.record(CaseOpened(case.number, case.kind, case.area, words, answer_due(turn), urgent))
    if files := files_sent(turn):
        turn.record(FilesFiled(case.number, tuple(file.id for file in files)))
        case = replace(case, files=files)
    progress.pause(turn)
    case = replace(_known(turn, case, words), at=turn.at, urgent=urgent)
    cases = (*turn.state.cases, case)[-KEPT_CASES:]
    turn.update(cases=cases, draft=None, filing=None)
    expect(turn, case.number, told=words)


def files_sent(turn: TurnBuilder) -> tuple[SentFile, ...]:
    """File the files that were sent before the case."""
    filing, draft = turn.state.filing, turn.state.draft
    files = (*(filing.files if filing else ()), *(draft.files if draft else ()))
    return tuple(dict.fromkeys(files))


def offer_end(turn: TurnBuilder, receipt_of: str = "") -> None:
    """Offer to end the case and, once it is filed, its receipt."""
    receipt = [turn.option("receipt", f"receipt:{receipt_of}")] if receipt_of else []
    turn.ask("", [turn.option("done"), *receipt, turn.option("menu")])


def ask_for_more(turn: TurnBuilder, follow_up: FollowUp) -> None:
    """Ask once more for what may be added to the case that was filed last."""
    kinds = {case.kind for case in turn.state.cases if case.number == follow_up.case}
    turn.say("case-person-tell" if CaseKind.PERSON in kinds else "case-tell-more")
    offer_end(turn, follow_up.case)


def expect(turn: TurnBuilder, number: str, *, answered: bool = False, told: str = "") -> FollowUp:
    """Add words of the next ten minutes to the case; ``answered``: they reopen it.

    ``told``: the case's words so far, if known.
    """
    progress.pause(turn)
    until, told = turn.at + FOLLOW_UP_TIME, told[:MAX_KEPT]
    follow_up = FollowUp(until=until, messages=(), case=number, told=told, answered=answered)
    turn.update(follow_up=follow_up, prompt=None)
    return follow_up
