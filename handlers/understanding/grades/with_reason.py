"""What is said beside the answer to a proposed grade tells why: "no, un 6, porque …"."""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.state import Proposal
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import Context
from handlers.understanding.grades.area_meant import only_denied
from handlers.understanding.intents.answers import GradeAnswer
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.rating import RateWithGrade, TellExperience
from handlers.understanding.intents.union import Intent, Intents, is_understood
from handlers.understanding.meant_else import BESIDE_REASON
from handlers.understanding.reading.clauses import without_join
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.told import why_beside_grade

_JUDGING, _JUDGED = ("praises", "blames"), 0.7
_FEWEST_TOLD = 3  # words of a reason
_FEW_GIVING = 3  # words of "mejor un 6"
_FEW_BEFORE_REASON = 3  # words behind a yes, among which a reason begins: "y fue porque"


def grade_with_reason(context: Context, proposal: Proposal) -> GradeAnswer | RateWithGrade | None:
    """ "No, un 6, porque el baño estaba cerrado": a yes to the area, with that grade and why."""
    grade, leads = context.grade, context.lexicon.negators | context.lexicon.grade.slips
    if grade is None or not grade.value or proposal.corrects or not proposal.area:
        return None
    first = context.folded.partition(" ")[0]
    answers = first in leads or context.commands.get(first) == "yes"
    if not (answers or _leads_with_grade(context)) or "?" in context.text:
        return None
    if {*context.numbers} - {proposal.grade, grade.value} or context.said.asks:
        return None
    if (named := area_in(context, context.text)) is not None and named.id != proposal.area:
        return None
    kinds = context.said.kinds.keys()
    denies = PhraseKind.DENIES_PLACE in kinds and PhraseKind.HESITATES not in kinds
    if denies or only_denied(context, proposal.area):
        return None
    why = why_beside_grade(context.text, context.lexicon, context.release.listener)
    return _noted(context, proposal, grade.value, why) if why else None


def _leads_with_grade(context: Context) -> bool:
    """ "Un 6, porque …"."""
    words = fold(PARTS.split(context.text)[0]).split()
    return len(words) <= _FEW_GIVING and bool(numbers_given(" ".join(words), context.lexicon))


def _noted(
    context: Context, proposal: Proposal, grade: int, why: str
) -> GradeAnswer | RateWithGrade | None:
    """The grade of the area that was proposed, with why, where it has no other grade yet."""
    if any(one.subject.area == proposal.area for one in context.state.rated):
        return None
    words, opened = f"{proposal.words}\n{why}".strip(), context.open
    if opened is not None and opened.grades_area:
        is_its = opened.progress.subject.area == proposal.area
        return GradeAnswer(grade, words) if is_its else None
    return RateWithGrade(proposal.area, grade, words, proposal.pending)


def accepted_with_reason(
    context: Context, proposal: Proposal
) -> GradeAnswer | RateWithGrade | None:
    """ "Sí, y fue porque me hizo volver": noted with it, if its area has no other grade yet."""
    if proposal.corrects or not proposal.area or context.numbers or "?" in context.text:
        return None
    named = area_in(context, context.text)
    if named is not None and named.id != proposal.area:
        return None  # "sí, pero en Tránsito"
    reason = _reason_behind_yes(context, proposal.area)
    return _noted(context, proposal, proposal.grade, reason) if reason else None


def _reason_behind_yes(context: Context, area: str) -> str:
    """ "Sí, y fue porque me hizo volver", "sí, pero hablan muy rápido": why; or ""."""
    behind = behind_yes(context)
    if behind is None:
        return ""
    words, lexicon = behind.said.words[:_FEW_BEFORE_REASON], context.lexicon
    weighed = behind.text.partition(" ")[2] if weighs(behind) else behind.text
    weighed = without_join(weighed, lexicon)
    if _tells_matter(behind, area):
        return weighed
    gives_reason = not lexicon.grade.reasons.isdisjoint(words)
    if behind.said.asks or (not gives_reason and behind.heard.best(BESIDE_REASON)):
        return ""
    weighed_long = weighs(behind) and len(behind.said.words) > _FEWEST_TOLD
    judges = behind.said.mood < 0 or behind.heard.best(_JUDGING, _JUDGED)
    return weighed if gives_reason or weighed_long or judges else ""


def _tells_matter(behind: Context, area: str) -> bool:
    """ "Pero era por el subsidio familiar": what it was for, of the area that was proposed."""
    tells = not behind.lexicon.grade.is_.isdisjoint(behind.said.words[:_FEW_BEFORE_REASON])
    ranking, release = behind.ranking, behind.release
    card = ranking.hits[0].id if ranking.verdict is Verdict.SURE else ""
    return tells and not behind.said.asks and bool(card) and release.area_of_card(card) == area


def explained(context: Context, more: Context, beside: Intents) -> Intent | None:
    """ "Sí, y no es que me atendieran mal, es la plaza": what is behind the yes tells why.

    So it is where it tells of a visit there, or of nothing that is known and asks nothing.
    """
    proposal, told = context.state.proposal, beside[:1]
    if proposal is None or more.said.asks or len(more.said.words) < _FEWEST_TOLD:
        return None
    of_visit = [one for one in told if isinstance(one, TellExperience)]
    if of_visit and of_visit[0].area not in ("", proposal.area):
        return None
    tells = all(isinstance(one, LookUp) for one in told)  # "no fue por la gente, es el riego"
    tells = tells and not more.lexicon.grade.is_.isdisjoint(more.said.words)
    known = is_understood(beside) and not tells
    if not of_visit and (known or more.heard.best(BESIDE_REASON)):
        return None
    return _noted(context, proposal, proposal.grade, without_join(more.text, context.lexicon))


def behind_yes(context: Context) -> Context | None:
    """What stands behind a yes and a sign ("sí porfa, eran pesados"), a reason or a "but"."""
    yes, _, rest = context.text.strip().partition(" ")
    if context.commands.get(fold(yes)) == "yes" and rest.strip():
        behind = context.of(rest.strip())
        if weighs(behind) or _begins_reason(behind):
            return behind
    first, *others = PARTS.split(context.text.strip(), maxsplit=1)
    return context.of(others[0].strip()) if others and _only_yes(context, first) else None


def _begins_reason(context: Context) -> bool:
    """ "Porque fueron amables", "y porque …"."""
    words = without_join(context.folded, context.lexicon).split()
    return not context.lexicon.grade.reasons.isdisjoint(words[:1])


def _only_yes(context: Context, part: str) -> bool:
    """ "Sí", "sí porfa", "yes please": a yes with what says no more around it."""
    first, *around = fold(part).split() or [""]
    if context.commands.get(fold(part)) == "yes":
        return True
    empty = context.lexicon.said_before.round_choice | context.lexicon.grade.around
    return context.commands.get(first) == "yes" and (empty - context.lexicon.negators).issuperset(
        around
    )


def weighs(context: Context) -> bool:
    """ "Pero hablan rápido": it begins with a word that says the other side."""
    but, contrast = context.lexicon.said_before.but, context.lexicon.contrast
    first = context.said.words[:1]
    return not contrast.isdisjoint(first) or but.match(context.folded) is not None
