"""Carries over into a case what was typed before it began, so that it is not asked again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from handlers.cases import opening
from handlers.content.model import Institution, Service
from handlers.facts.cases import CaseKind
from handlers.messages import Text
from handlers.questionnaires import progress
from handlers.search.ranking import Verdict
from handlers.state import Awaits, Filing, FollowUp, Proposal
from handlers.text.kinds import PhraseKind
from handlers.turn import TurnBuilder
from handlers.understanding.areas import is_told_in
from handlers.understanding.context import RECENT
from handlers.understanding.reading import wishes
from handlers.understanding.reading.clauses import without_join
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import HIGH
from handlers.understanding.reading.told import tells_facts

COMPLAIN_HERE = "keep-told"  # key of the option that leaves a complaint of another's matter
_REPORTING, _REPORTED = ("reports", "hazard", "complains"), 0.4
_FEW_POINTING = 6  # words of "quiero reclamar contra esa señora"
_MOST_WORDS = 10_000  # characters of a case in a conversation; more can be added once it is filed


def current_filing(turn: TurnBuilder) -> Filing | None:
    """The case being told, including words about which a question was left unanswered."""
    told = turn.state.filing
    if told is None or not told.doubtful:
        return told
    return replace(told, words=(*told.words, told.doubtful), doubtful="")


def carry_over(
    turn: TurnBuilder, kind: CaseKind, area: str, *, waiting: bool = False
) -> Filing | None:
    """Begin a case with what was told already, and pause what was going on.

    None if nothing was told yet.
    """
    state, filing = turn.state, current_filing(turn)
    draft, follow_up, proposal = state.draft, state.follow_up, state.proposal
    files, rated = opening.files_sent(turn), progress.ongoing_rating(turn)
    progress.pause(turn)
    turn.update(follow_up=None, draft=None)
    if proposal is not None and not proposal.corrects:  # it is proposed again afterwards
        turn.update(proposal=None, next_grades=(proposal, *state.next_grades))
    if filing is not None and filing.words:
        return replace(filing, at=turn.at, kind=kind)
    if draft is not None and draft.words:
        waiting, words = waiting or draft.waiting, (draft.words,)
        return Filing(turn.at, kind, area or draft.area, words, waiting, files=files)
    told = _told_of_comment(turn, follow_up, proposal) if follow_up is not None else ()
    if follow_up is not None and told:
        area = area or _area_of(turn, told, follow_up.subject.area)
        return Filing(turn.at, kind, area, told, files=files)
    if proposal is not None and proposal.words:
        return Filing(turn.at, kind, area or proposal.area, (proposal.words,), files=files)
    if rated is not None and rated.words:
        area = area or _area_of(turn, (rated.words,), rated.subject.area)
        return Filing(turn.at, kind, area, (rated.words,), files=files)
    if told := _told_of_danger(turn, kind):
        return Filing(turn.at, kind, area or _area_of(turn, told, ""), told, files=files)
    return None


def _told_of_danger(turn: TurnBuilder, kind: CaseKind) -> tuple[str, ...]:
    """ "Me pegó un guardia", for who says that it is over and complains; () after half an hour."""
    prompt, words = turn.was.prompt, turn.was.danger_words
    lately = prompt is not None and turn.at - prompt.asked_at <= RECENT
    return (words,) if words and lately and kind is CaseKind.COMPLAINT else ()


def _told_of_comment(
    turn: TurnBuilder, comment: FollowUp, proposal: Proposal | None
) -> tuple[str, ...]:
    """The comment's words; of one that praises only what is to be mended.

    Words that it is still asked about count along.
    """
    asked = comment.revision
    if not asked and proposal is not None and proposal.corrects:
        asked = proposal.words
    words = (*comment.messages, asked) if asked else comment.messages
    grades = [one.grade for one in turn.state.rated if one.response == comment.response]
    praises = bool(grades) and grades[-1] >= HIGH
    reported = tuple(one for one in words if _reports(turn, one))
    return reported if praises else words if reported else comment.messages


def _reports(turn: TurnBuilder, words: str) -> bool:
    """Whether something is told that is to be mended, and no praise."""
    heard = turn.release.listener.hear(words)
    return heard.main in _REPORTING and heard.chance(heard.main) >= _REPORTED


def begin_with_told(turn: TurnBuilder, kind: CaseKind, words: str, area: str) -> Filing:
    """Begin a case of these words with what was told before of the same matter.

    It is the same if it is of the same area, if the words say hardly more than whom they are about,
    or if the area, or a case for a person who is not there, was just asked about. What only an
    answer was given to belongs to a complaint, unless its words surely tell of another area.
    """
    prompt, rated = turn.state.prompt, _area_rated(turn)
    awaited = prompt is not None and (
        prompt.offers("leave-case") or prompt.awaits is Awaits.CASE_AREA
    )
    proposal, waiting, draft = turn.state.proposal, turn.state.next_grades, turn.state.draft
    before = carry_over(turn, kind, "")
    turn.update(proposal=proposal, next_grades=waiting)
    if before is None:
        return Filing(turn.at, kind, area or rated, _asked_of(turn, kind, area or rated))
    points = not area and len(words.split()) <= _FEW_POINTING
    of_area = area or rated
    if before.words == _told_of_danger(turn, kind):
        return replace(before, area=of_area or _area_of(turn, before.words, ""))
    if awaited or points or (of_area and before.area == of_area):
        return before
    only_answered = draft is not None and draft.words and kind is CaseKind.COMPLAINT
    wished = wishes.complaint_wished(Said(words, turn.release.lexicon))
    of_another = bool(wished) and area not in ("", before.area)
    if only_answered and not of_another and not another_area(turn, before, words):
        return replace(before, area=area or before.area)
    return Filing(turn.at, kind, area or rated, files=opening.files_sent(turn))


def _asked_of(turn: TurnBuilder, kind: CaseKind, area: str) -> tuple[str, ...]:
    """What was told in the question about the same area that was asked last."""
    matter, lexicon = turn.state.matter, turn.release.lexicon
    if matter is None or not area or matter.area != area or kind is not CaseKind.COMPLAINT:
        return ()
    return tuple(line for line in matter.words.split("\n") if tells_facts(Said(line, lexicon)))


def _area_rated(turn: TurnBuilder) -> str:
    """The area that is being rated, or whose comment may be added to; "" for none."""
    rated, follow_up = progress.ongoing_rating(turn), turn.state.follow_up
    subject = rated.subject if rated is not None else follow_up.subject if follow_up else None
    return subject.area if subject is not None else ""


def is_of_rated(turn: TurnBuilder, area: str) -> bool:
    """Whether the area was rated, or is being rated: that is where it was."""
    state = turn.state
    rating = [one for one in (state.progress, *state.paused) if one is not None]
    subjects = [one.subject for one in rating if progress.is_rating(turn, one)]
    subjects += [rated.subject for rated in state.rated]
    return bool(area) and any(subject.area == area for subject in subjects)


def _area_of(turn: TurnBuilder, comment: Sequence[str], rated: str) -> str:
    """The area whose service the comment surely names or reports on; else the rated area."""
    told = "\n".join(comment)
    found = service_found(turn, told)
    return found.area if found is not None and is_told_in(found, told) else rated


def service_found(turn: TurnBuilder, text: str) -> Service | None:
    """The service that the search is sure of, if any."""
    ranking, services = turn.release.index.rank(text), turn.release.content.service_by_id
    return services.get(ranking.hits[0].id) if ranking.verdict is Verdict.SURE else None


def add_words_beside(turn: TurnBuilder, filing: Filing) -> Filing:
    """Add the words beside the wish; drop earlier ones if only the new ones fit another area."""
    text = turn.incoming.body.text if isinstance(turn.incoming.body, Text) else ""
    said = Said(text, turn.release.lexicon)
    nouns = said.lexicon.case_wishes.get(filing.kind, frozenset())
    wishes_it = not nouns.isdisjoint(said.sounds)
    if not wishes_it or wishes.only_wishes(said) or said.asks or "?" in text:
        return filing
    if any(_only_wishes_behind(turn, one, text) for one in filing.words):
        return filing
    named = [word for word in said.words if nouns.isdisjoint(Said(word, said.lexicon).sounds)]
    matter = text if wishes.complaint_wished(said) else " ".join(named)  # "el reclamo de mi mamá"
    if area := another_area(turn, filing, matter):
        return replace(filing, area=area, words=(text.strip(),))
    return replace(filing, words=join_words(turn, filing, text))


def _only_wishes_behind(turn: TurnBuilder, told: str, text: str) -> bool:
    """ "El trato, y haga el reclamo", of which "el trato" is told already."""
    behind = text.strip().removeprefix(told)
    wish = Said(without_join(behind, turn.release.lexicon), turn.release.lexicon)
    apart = behind != text.strip() and bool(wish.words)
    return apart and (wish.is_only(PhraseKind.COMPLAINS) or wishes.only_wishes(wish))


def another_area(turn: TurnBuilder, filing: Filing, text: str) -> str:
    """The area that surely mends what these words tell, where that is another; or ""."""
    said = Said(text, turn.release.lexicon)
    found = service_found(turn, wishes.complaint_wished(said) or text)
    other = found is not None and found.area != filing.area and is_told_in(found, text)
    return found.area if found is not None and other else ""


def join_words(turn: TurnBuilder, filing: Filing, words: str) -> tuple[str, ...]:
    """The case's words and these, each once, up to ``_MOST_WORDS``; what only wishes is none."""
    told = tuple(dict.fromkeys((*filing.words, words.strip())))
    if filing.words and wishes.only_wishes(Said(words, turn.release.lexicon)):
        return filing.words
    if sum(map(len, told)) <= _MOST_WORDS:
        return told
    turn.say("case-full")
    return filing.words


def institution_answerable(turn: TurnBuilder, filing: Filing) -> Institution | None:
    """The institution that answers for what is complained of, until it has been named."""
    if filing.asked or filing.kind is not CaseKind.COMPLAINT or turn.state.handover is not None:
        return None
    if turn.offers(COMPLAIN_HERE):
        return None  # it was just named, and the complaint goes on
    said = Said(" ".join(filing.words), turn.release.lexicon)
    wish = said.covered(PhraseKind.COMPLAINS) | said.covered(PhraseKind.COMPLAINS_OF)
    told = " ".join(word for at, word in enumerate(said.words) if at not in wish)
    ranking = turn.release.index.rank(told)
    if ranking.verdict is not Verdict.EXTERNAL:
        return None
    institution = turn.release.content.institution_by_id[ranking.hits[0].id]
    return None if institution.catch_all else institution
