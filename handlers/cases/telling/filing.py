"""Telling a case until it is filed: earlier words are carried over, missing facts asked once.

At most four steps: the words · what is missing of where, when and what is wanted, in one message ·
a summary to confirm · the number. If somebody may be in danger the case is filed at once.
"""

from __future__ import annotations

from msgspec.structs import replace

from handlers.cases import mail, opening
from handlers.cases.quoting import in_one_line
from handlers.cases.telling.carried_over import (
    COMPLAIN_HERE,
    add_words_beside,
    another_area,
    begin_with_told,
    carry_over,
    current_filing,
    join_words,
)
from handlers.cases.telling.missing import (
    ask_if_here,
    ask_missing,
    ask_what,
    missing_in,
    proceed,
    summarise,
)
from handlers.facts.cases import CaseKind
from handlers.messages import Layout
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, CaseRef, Draft, Filing
from handlers.text.kinds import PhraseKind
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.context import RECENT
from handlers.understanding.reading import wishes
from handlers.understanding.reading.replaced import put_right, replacement_in
from handlers.understanding.reading.said import Said

_FOR_NOBODY = "case-for:"  # key of the option that leaves the choice of area to the office
_OTHERS_SHOWN = 4  # other possible areas offered


def begin(
    turn: TurnBuilder,
    kind: CaseKind,
    area: str = "",
    *,
    waiting: bool = False,
    unnamed: bool = False,
) -> None:
    """RECLAMO, SUGERENCIA …: begin a case with what was told before, else ask for it.

    ``area``: the one named, if any. ``unnamed``: the citizen wants to stay anonymous.
    """
    if unnamed:
        turn.say("case-unnamed")
    files, changed = opening.files_sent(turn), _is_of_another_kind(turn, kind)
    before = carry_over(turn, kind, area, waiting=waiting)
    if before is not None and changed:
        proceed(turn, before, told_before=True)  # the words add nothing
        return
    if before is None:
        turn.update(filing=Filing(turn.at, kind, area, files=files))
        ask_what(turn, kind)
        return
    filing = before if unnamed else add_words_beside(turn, before)
    told_before = filing.words[:1] == before.words[:1]
    proceed(turn, filing, told_before=told_before)


def _is_of_another_kind(turn: TurnBuilder, kind: CaseKind) -> bool:
    """Whether the case being told is of another kind: "no, mejor una felicitación"."""
    told, prompt = turn.state.filing, turn.state.prompt
    telling = prompt is not None and prompt.awaits is Awaits.CASE
    return telling and told is not None and told.kind is not kind


def ask_anew(turn: TurnBuilder) -> None:
    """Ask the case's open question again, in the current language."""
    filing, prompt = turn.state.filing, turn.state.prompt
    if filing is None or prompt is None:
        asking.ask_open(turn)
    elif prompt.awaits is Awaits.CASE_AREA:
        choose_area(turn)
    elif not filing.words:
        ask_what(turn, filing.kind)
    elif filing.doubtful or filing.anew:
        ask_about_draft(turn)
    elif turn.offers(COMPLAIN_HERE):
        ask_if_here(turn)
    elif prompt.offers("file"):
        summarise(turn, filing)
    else:
        ask_missing(turn, missing_in(turn, filing))


def tell(turn: TurnBuilder, words: str, area: str, kind: CaseKind) -> None:
    """Take the first words of a case of this kind, or more words of it."""
    filing, files, told_before = current_filing(turn), opening.files_sent(turn), False
    if filing is None or not turn.state.prompt or turn.state.prompt.awaits is not Awaits.CASE:
        filing = begin_with_told(turn, kind, words, area)
        told_before = bool(filing.words)
    before = filing.words if filing.anew else filing.before
    told = (words.strip(),) if filing.anew else join_words(turn, filing, words)
    area = (area or filing.area) if filing.anew else (filing.area or area)
    asked = filing.asked or turn.offers(COMPLAIN_HERE)  # what is missing was told instead
    filing = replace(filing, at=turn.at, words=told, area=area, files=files)
    filing = replace(filing, anew=False, asked=asked, before=before)
    turn.update(filing=filing, follow_up=None, draft=None)
    proceed(turn, filing, told_before=told_before)


def answer_in_writing(turn: TurnBuilder, words: str) -> None:
    """Promise a written answer to a citizen who cannot be called, and ask what it is about."""
    filing = current_filing(turn)
    if filing is None:
        asking.ask_open(turn)
        return
    told = (*filing.words, words.strip()) if words else filing.words
    filing = replace(filing, at=turn.at, kind=CaseKind.REQUEST, words=told, asked=True)
    turn.update(filing=filing)
    filed = turn.state.cases[-1] if turn.state.cases else None
    if told:
        turn.say("case-in-writing")
        summarise(turn, filing)
    elif filed is not None and opening.is_open(turn, filed.number):
        turn.say("case-written-anyway", number=filed.number)
        ask_what(turn, filing.kind)
    else:
        turn.say("case-in-writing")
        ask_what(turn, filing.kind)


def go_on(turn: TurnBuilder) -> None:
    """Go on with the case being told, after something else came in between."""
    filing = current_filing(turn)
    if filing is None:
        asking.ask_open(turn)
    elif not filing.words:
        ask_what(turn, filing.kind)
    else:
        proceed(turn, filing)


def go_on_after_grade(turn: TurnBuilder) -> None:
    """Go on with the case being told, once a grade given meanwhile is noted or refused."""
    told, was, now = turn.state.filing, turn.was, turn.state
    busy = now.proposal or now.progress or now.next_grades or turn.question
    if told is None or told is not was.filing or not told.words or busy:
        return
    rated = was.progress is not None and progress.is_rating(turn, was.progress)
    graded = rated or (was.proposal is not None and not was.proposal.corrects)
    if not graded or turn.at - told.at > RECENT:
        return
    turn.update(follow_up=None)
    summarise(turn, replace(told, asked=True))


def tell_report(turn: TurnBuilder, words: str, area: str) -> None:
    """Join words about something to be mended with earlier ones, as a complaint."""
    filing = carry_over(turn, CaseKind.COMPLAINT, area)
    wished = wishes.complaint_wished(Said(words, turn.release.lexicon))
    other = another_area(turn, filing, words) if filing is not None and wished else ""
    if other:  # "quiero reclamar porque no pasó la basura", after a hole in the street
        filing, area = None, other
    filing = filing or Filing(turn.at, CaseKind.COMPLAINT, area, files=opening.files_sent(turn))
    if right := _put_right(turn, filing, words):
        summarise(turn, replace(filing, words=right, area=filing.area or area, asked=True))
        return
    filing = replace(filing, words=join_words(turn, filing, words), area=filing.area or area)
    summarise(turn, replace(filing, asked=True))


def _put_right(turn: TurnBuilder, filing: Filing, words: str) -> tuple[str, ...]:
    """What was told, with what the words put right in it; empty where they put nothing right."""
    lexicon = turn.release.lexicon
    replaced = replacement_in(words, lexicon)
    right = [put_right(told, replaced, lexicon) for told in filing.words] if replaced else []
    if not any(right):
        return ()
    return tuple(new or told for new, told in zip(right, filing.words, strict=True))


def ask_about_draft(turn: TurnBuilder) -> None:
    """Ask what to do with doubtful words; or for the whole text anew, keeping the old meanwhile."""
    filing = turn.state.filing
    if filing is not None and filing.anew:
        turn.ask(turn.text("case-tell-anew"), [turn.option("keep-told")], Awaits.CASE)
        return
    options = turn.options_named("of-case", "case-area", "not-comment")
    options.insert(1, turn.option("swap-told", "replace-words"))
    question = turn.text("case-what-to-do")
    turn.ask(question, options, Awaits.CASE, Layout.LIST, numbered=len(options))


def skip(turn: TurnBuilder) -> bool:
    """SALTAR, LISTO or a bare yes: go on without what is missing. False if no case is told."""
    filing, prompt = current_filing(turn), turn.state.prompt
    if filing is None or prompt is None or prompt.awaits is not Awaits.CASE:
        return False
    if filing.words and turn.offers("file"):
        turn.say("case-only-yes")
        asking.ask_open(turn)
    elif filing.words:
        summarise(turn, replace(filing, asked=True))
    else:
        _ask_otherwise(turn, filing)
    return True


def choose_area(turn: TurnBuilder) -> None:
    """Ask for which area the case is, instead of the guessed one."""
    filing = current_filing(turn)
    if filing is None:
        asking.ask_open(turn)
        return
    index, release = turn.release.index, turn.release
    meant = [release.area_of_card(card) for card in index.rank(" ".join(filing.words)).cards()]
    others = [area for area in dict.fromkeys(meant) if area and area != filing.area]
    options = [
        named_option(f"case-for:{area}", release.area_name(area)) for area in others[:_OTHERS_SHOWN]
    ]
    options.append(turn.option("case-for-nobody", _FOR_NOBODY))
    turn.ask(turn.text("case-area-ask"), options, Awaits.CASE_AREA)


def set_area(turn: TurnBuilder, area: str, more: str = "") -> None:
    """Set the chosen area; "": the general office. ``more``: what was told besides."""
    filing = current_filing(turn)
    if filing is None:
        asking.ask_open(turn)
        return
    words = (*filing.words, more) if more else filing.words
    summarise(turn, replace(filing, area=area, words=words))


def file(turn: TurnBuilder, more: str = "") -> None:
    """Yes to the summary: file the case, and say number, area and deadline.

    ``more``: what was said besides.
    """
    filing = turn.state.filing  # words that it was asked about and left unanswered are not in it
    if filing is None or not filing.words:
        turn.say("nothing-pending")
        asking.ask_open(turn)
        return
    late = PhraseKind.ASKS_IF_LATE in Said(more, turn.release.lexicon).kinds
    told = "" if late else more
    number, words = opening.new_number(turn), "\n".join(filter(None, (*filing.words, told)))
    case = CaseRef(number, filing.kind, filing.area, filing.waiting)
    opening.open_case_of(turn, case, words)
    _say_filed(turn, case)
    if told:
        turn.say("case-added")
    if late:
        turn.say("case-if-late")
    if filing.doubtful:
        turn.say("case-left-out", words=in_one_line([filing.doubtful]))
    if opening.cannot_wait(turn, words):
        turn.say("case-alerted")
    turn.say("case-tell-more")
    mail.offer(turn)
    opening.offer_end(turn, number)


def file_urgent(turn: TurnBuilder, words: str, area: str) -> None:
    """File at once, notifying staff on duty, because somebody may be in danger."""
    filing = current_filing(turn) or Filing(turn.at, CaseKind.COMPLAINT)
    number = opening.new_number(turn)
    area = (area or filing.area) if filing.words else (filing.area or area)
    case = CaseRef(number, filing.kind, area, filing.waiting)
    opening.open_case_of(turn, case, words.strip(), urgent=True)
    turn.say("case-urgent", number=number)
    if filing.words:  # they were told before, and nobody has confirmed them
        turn.update(draft=_kept(turn, filing))
        turn.say("case-urgent-rest")
    opening.offer_end(turn, number)


def drop(turn: TurnBuilder) -> None:
    """No to the summary: file nothing, and keep the words for a while."""
    filing = current_filing(turn)
    if filing is not None and filing.words:
        turn.update(draft=_kept(turn, filing))
    turn.update(filing=None, prompt=None)
    returns = filing is not None and filing.words and filing.kind is CaseKind.COMPLAINT
    turn.say("case-dropped-kept" if returns else "case-dropped")
    if returns and not asking.can_resume(turn) and not turn.state.next_grades:
        turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])
    else:
        asking.resume_or_offer_ways_on(turn)


def _kept(turn: TurnBuilder, filing: Filing) -> Draft:
    words = "\n".join(filing.words)[: opening.MAX_KEPT]
    draft = Draft(turn.at, words, filing.area)
    return replace(draft, waiting=filing.waiting, files=filing.files)


def _ask_otherwise(turn: TurnBuilder, filing: Filing) -> None:
    """Ask differently after an answer that told nothing; the third time, give up."""
    if turn.offers("person"):
        drop(turn)
        return
    key = "case-ask-again-llamada" if filing.kind is CaseKind.CALL else "case-ask-again"
    turn.ask(turn.text(key), [turn.option("person"), turn.option("cancel")], Awaits.CASE)


def _say_filed(turn: TurnBuilder, case: CaseRef) -> None:
    turn.say(
        "case-opened",
        kind=turn.text(f"case-kind-{case.kind}"),
        number=case.number,
        receiver=opening.receiver_name(turn, case.area),
        date=turn.date(opening.answer_due(turn).at),
        days=turn.release.content.case_rules.answer_days,
    )
