"""Asks for what is missing of a case that is told, once, and then shows its summary."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from handlers.cases import opening
from handlers.cases.quoting import in_one_line
from handlers.cases.telling.carried_over import (
    COMPLAIN_HERE,
    institution_answerable,
    is_of_rated,
)
from handlers.content.cards import render_answerable
from handlers.facts.cases import CaseKind
from handlers.messages import Layout
from handlers.search.ranking import Verdict
from handlers.state import Awaits, Filing
from handlers.text.kinds import PhraseKind
from handlers.turn import TurnBuilder
from handlers.understanding.reading import places, wishes
from handlers.understanding.reading.said import Said


def proceed(turn: TurnBuilder, filing: Filing, *, told_before: bool = False) -> None:
    """Ask for what is missing of the case, once; else show its summary."""
    missing = missing_in(turn, filing)
    institution = institution_answerable(turn, filing)
    if institution is not None:
        turn.show(*render_answerable(institution, turn.wording))
    if filing.asked or not missing:
        summarise(turn, filing)
        return
    turn.update(filing=replace(filing, asked=institution is None))
    if told_before:
        turn.private = True
        turn.say("case-told-before", words=in_one_line(filing.words))
    elif institution is None:
        turn.say("case-noted")
    if institution is not None:
        ask_if_here(turn)
        return
    ask_missing(turn, missing)


def summarise(turn: TurnBuilder, filing: Filing) -> None:
    turn.update(
        filing=replace(filing, asked=True, anew=False)
    )  # what is told below it may be all there is
    turn.private = True
    receiver = opening.receiver_name(turn, filing.area)
    turn.say("case-summary", words=in_one_line(filing.words), receiver=receiver)
    if filing.kind in (CaseKind.PRAISE, CaseKind.SUGGESTION):
        turn.say("case-summary-kind", kind=turn.text(f"case-kind-{filing.kind}"))
    if filing.kind is CaseKind.CALL and missing_in(turn, filing):
        turn.say("case-no-phone")
    options = [turn.option("file"), turn.option("case-area"), turn.option("not-file")]
    summary = turn.text("case-summary-ask")
    turn.ask(summary, options, Awaits.CASE, layout=Layout.LIST, numbered=len(options))


def ask_what(turn: TurnBuilder, kind: CaseKind) -> None:
    key = "case-ask" if kind is CaseKind.COMPLAINT else f"case-ask-{kind}"
    turn.ask(turn.text(key), [turn.option("cancel")], Awaits.CASE)


def ask_if_here(turn: TurnBuilder) -> None:
    """Ask whether a complaint of what another institution answers for is left here all the same."""
    options = [turn.option("case-here", COMPLAIN_HERE), turn.option("cancel")]
    turn.ask(turn.text("case-here-ask"), options, Awaits.CASE)


def ask_missing(turn: TurnBuilder, missing: Sequence[str]) -> None:
    parts = [turn.text(f"case-missing-{part}") for part in missing]
    listed = turn.text("case-missing-and").join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    question = turn.text("case-missing", missing=listed)
    turn.ask(question, [turn.option("skip"), turn.option("cancel")], Awaits.CASE)


def missing_in(turn: TurnBuilder, filing: Filing) -> list[str]:
    """The parts to ask for, by what their wording is called: "where", "when", "wish", "phone" …"""
    said = Said("\n".join(filing.words), turn.release.lexicon)
    if filing.waiting:
        wish = [part for part in wishes.missing_in(said) if part == "wish"]
        return wish if places.names_reference(said) else ["reference", *wish]
    if filing.kind is CaseKind.CALL:
        return [] if places.names_phone(said) else ["phone"]
    if filing.kind is not CaseKind.COMPLAINT:
        return []
    missing = list(wishes.missing_in(said))
    if is_of_rated(turn, filing.area) or places.names_corner_within(said):
        missing = [part for part in missing if part != "where"]
    if _stays_until_mended(turn, said):
        return ["place"] if "where" in missing and not places.names_corner_within(said) else []
    return missing


def _stays_until_mended(turn: TurnBuilder, said: Said) -> bool:
    """Whether a hole, a lamp or the like is all that is told: it is there, and to be mended."""
    if PhraseKind.HARMED in said.kinds:
        return False  # what happened to somebody has its day, and its own wish
    ranking, services = turn.release.index.rank(said.text), turn.release.content.service_by_id
    found = services.get(ranking.hits[0].id) if ranking.verdict is Verdict.SURE else None
    return found is not None and found.stays_until_mended
