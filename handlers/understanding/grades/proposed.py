"""What is said where it is asked whether a grade is meant: a yes, a no, another grade or area."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.state import Proposal
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_answered,
    area_behind,
    area_in,
    areas_meant,
    names_service,
)
from handlers.understanding.context import Context
from handlers.understanding.grades.area_meant import after_denial, only_denied
from handlers.understanding.grades.left import means_assistant
from handlers.understanding.grades.several import area_meant_instead, areas_joined, names_somebody
from handlers.understanding.grades.which_area import takes_back
from handlers.understanding.grades.with_reason import (
    accepted_with_reason,
    behind_yes,
    grade_with_reason,
    weighs,
)
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddToComment, GradeAnswer
from handlers.understanding.intents.rating import (
    KeepGrade,
    NameUnsureArea,
    ProposeCorrection,
    ProposeGrade,
    ProposeGrades,
    RateWithGrade,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BESIDE_ANSWER, BESIDE_REASON
from handlers.understanding.reading.no_grades import PARTS

_GRADES = range(1, 8)
_SHORT_ANSWER = 80  # characters of an answer to yes or no
_FEW_WORDS, _FEW_TO_SAY = 4, 8  # of a yes to several grades; of a yes or no in free words
_JUDGING, _JUDGED = ("praises", "blames"), 0.7
_TOLD, _TELLS = ("reports", "complains", "hazard"), 0.5  # "hay un hoyo en mi calle" names no area
_FEWEST_TOLD = 3  # words of a reason


def proposal_answer(context: Context) -> Intent | None:
    """Yes, no or another grade to what was proposed."""
    proposal = context.state.proposal
    prompt = context.state.prompt
    if proposal is None or prompt is None or not prompt.offers("accept"):
        return None
    if PhraseKind.ASKS_SCALE in context.said.kinds and context.said.asks:
        return Act.EXPLAIN_SCALE
    if not proposal.corrects and context.command is None and takes_back(context):
        return Act.REFUSE
    if not proposal.corrects and means_assistant(context):
        return Act.REFUSE
    if proposal.corrects and proposal.grade and PhraseKind.ANOTHER_GRADE in context.said.kinds:
        return RateWithGrade("", proposal.grade, proposal.words, pending=False)
    if _keeps_noted(context, proposal):
        return KeepGrade(proposal.area)
    grade = context.grade
    if grade is not None and grade.value and not grade.doubtful and not grade.words:
        return _with_grade(context, proposal, grade.value)
    if (given := grade_with_reason(context, proposal)) is not None:
        return given
    if len(context.text) > _SHORT_ANSWER or context.command not in (None, "yes", "no", "thanks"):
        return None
    if any(map(context.said.is_only, (PhraseKind.CANNOT_TELL, PhraseKind.COMPARES_GRADE))):
        return Act.REJECT_PROPOSAL  # "tengo mis dudas", "un poquito menos": no yes, and no reason
    if (instead := _instead_of_denied(context, proposal)) is not None:
        return instead
    if _takes_back_yes(context, proposal):
        return Act.REJECT_PROPOSAL
    if _says_it_again(context, proposal):
        return Act.ACCEPT_PROPOSAL
    if context.numbers and (area := _area_in_answer(context)):
        return _another_given(context, proposal, area)
    return (
        _for_another_area(context, proposal)
        or _with_another_grade(context, proposal)
        or accepted_with_reason(context, proposal)
        or _accepted_or_rejected(context, proposal)
        or _proposed_with_reason(context, proposal)
    )


def _instead_of_denied(context: Context, proposal: Proposal) -> ProposeGrade | None:
    """ "Ni la biblioteca ni el 6: es deportes y un 3": what is left of the proposal, and is new."""
    if proposal.corrects or not only_denied(context, proposal.area, proposal.grade):
        return None
    meant = context.of(after_denial(context))
    area, grade = area_in(meant, meant.text), meant.grade
    if area is None or grade is None or not grade.value or area.id == proposal.area:
        return None
    return ProposeGrade(grade.value, area.id, pending=proposal.pending)


def _with_grade(
    context: Context, proposal: Proposal, grade: int
) -> GradeAnswer | ProposeCorrection | RateWithGrade:
    """A plain grade and nothing else: "no, un 5"."""
    if context.open is not None and context.open.grades_area:
        return GradeAnswer(grade, proposal.words)
    if proposal.corrects:
        return ProposeCorrection(grade, context.text, proposal.area)
    return RateWithGrade(proposal.area, grade, proposal.words, proposal.pending)


def _for_another_area(
    context: Context, proposal: Proposal
) -> ProposeGrade | ProposeGrades | RateWithGrade | NameUnsureArea | None:
    """ "No, fue en Tránsito": the same grade for another area, or for several."""
    if context.numbers:
        return None
    if not proposal.corrects and (joined := areas_joined(context)):
        words = {proposal.area: proposal.words}
        given = (ProposeGrade(proposal.grade, area, words.get(area, "")) for area in joined)
        return ProposeGrades(tuple(given))
    area = _area_in_answer(context)
    if area and area == area_answered(context):
        return RateWithGrade(area, proposal.grade, proposal.words, proposal.pending)
    if proposal.corrects:
        return None
    if area and (_puts_area_right(context) or only_denied(context, proposal.area)):
        return ProposeGrade(proposal.grade, area, proposal.words, proposal.pending)
    instead = area_meant_instead(context)
    if instead and instead != proposal.area:
        return ProposeGrade(proposal.grade, instead, proposal.words, proposal.pending)
    meant = _areas_behind_no(context)
    return NameUnsureArea(meant, proposal.grade, proposal.words) if meant else None


def _with_another_grade(
    context: Context, proposal: Proposal
) -> ProposeCorrection | ProposeGrade | None:
    """ "No, déjelo en 5": another grade for the same area, which is asked about again."""
    grade = _grade_put_right(context, proposal)
    if not grade:
        return None
    if proposal.corrects:
        return ProposeCorrection(grade, context.text, proposal.area)
    return ProposeGrade(grade, proposal.area, proposal.words, proposal.pending)


def _accepted_or_rejected(
    context: Context, proposal: Proposal
) -> Act | ProposeGrade | ProposeCorrection | None:
    """A yes or a no, as a command or in free words.

    Whoever takes leave, or names another ("a usted"), has not said yes: it is asked again.
    """
    said = "" if context.command else _said_in_words(context)
    if said == "confirms" and _limits_yes(context, proposal):
        words = f"{proposal.words}\n{context.text.strip()}".strip()
        return ProposeGrade(proposal.grade, proposal.area, words, proposal.pending)
    if context.command == "yes" or _accepts_all(context):
        return Act.ACCEPT_PROPOSAL
    if context.command == "thanks" or said == "confirms":
        if not context.heard.likely("farewell") and not names_somebody(context):
            return Act.ACCEPT_PROPOSAL
        if proposal.corrects:
            return ProposeCorrection(proposal.grade, proposal.words, proposal.area)
        return ProposeGrade(proposal.grade, proposal.area, proposal.words, proposal.pending)
    return Act.REJECT_PROPOSAL if context.command == "no" or said else None


def _limits_yes(context: Context, proposal: Proposal) -> bool:
    """ "Sí, pero la fila un 2", "ya pero no por el trato": kept with it, and asked again."""
    first, _, rest = context.text.strip().partition(" ")
    opens = context.lexicon.said_before.opens.fullmatch(fold(first)) is not None
    agrees = opens or context.commands.get(fold(first)) == "yes"
    return not proposal.corrects and agrees and bool(rest) and weighs(context.of(rest))


def _grade_put_right(context: Context, proposal: Proposal) -> int:
    """ "No, déjelo en 5", "me equivoqué, era un 7": another grade in few words; 0 for none."""
    words, others = context.said.words, {*context.numbers} - {proposal.grade}
    few = len(words) <= _FEW_TO_SAY and "?" not in context.text
    denies = context.grade is not None and not context.lexicon.negators.isdisjoint(words[:1])
    corrects = context.heard.likely("corrects")
    found = few and len(others) == 1 and (denies or corrects)
    return max(others) if found and max(others) in _GRADES else 0


def _area_in_answer(context: Context) -> str:
    """The area that is named, where nothing is asked or reported; or ""."""
    if "?" in context.text or context.heard.best(_TOLD, _TELLS):
        return ""
    area = area_in(context, context.text)
    if area is None and context.numbers:
        area = area_behind(context, context.text)  # "sí, y otro 2 para aseo"
    return area.id if area is not None else ""


def _areas_behind_no(context: Context) -> tuple[str, ...]:
    """ "No, en la posta": the areas that a place behind a no may mean, to choose from."""
    first, *others = PARTS.split(context.text)
    place = fold(" ".join(others)).split()
    led = bool(place) and place[0] in context.lexicon.grade.for_area | context.lexicon.place_fillers
    if context.commands.get(fold(first)) != "no" or not led or len(place) > _FEW_WORDS:
        return ()
    return areas_meant(context, " ".join(place))


def _puts_area_right(context: Context) -> bool:
    """ "No, fue en Tránsito sacando la licencia": more than the name, so it is asked again."""
    if context.heard.best(BESIDE_ANSWER):
        return False
    words, lexicon = context.said.words, context.lexicon
    begins = not (lexicon.negators | lexicon.grade.slips).isdisjoint(words[:1])
    corrects = context.heard.likely("corrects")
    return begins or corrects or PhraseKind.WAS_AT in context.said.kinds


def _said_in_words(context: Context) -> str:
    """ "Ya po, dele", "para nada": a yes, a no or neither in few words that wish nothing else."""
    few = len(context.folded.split()) <= _FEW_TO_SAY
    if not few or "?" in context.text or context.heard.best(BESIDE_ANSWER):
        return ""
    return context.heard.best(("confirms", "denies", "refuses"))


def _keeps_noted(context: Context, proposal: Proposal) -> bool:
    """ "Digo no, deje el 6 no más" to "¿Cambio su nota de 6 a 7?"."""
    if not proposal.corrects or "?" in context.text or len(context.text) > _SHORT_ANSWER:
        return False
    noted = [one.grade for one in context.state.rated if one.subject.area == proposal.area][-1:]
    if PhraseKind.KEEPS_GRADE in context.said.kinds and not context.numbers:
        return bool(noted)  # "mejor déjelo como estaba"
    return bool(noted) and {*context.numbers} == {*noted} != {proposal.grade}


def _accepts_all(context: Context) -> bool:
    """ "Sí a las dos", where more than one grade is asked about."""
    words = context.folded.split()
    says_yes = bool(words) and context.commands.get(words[0]) == "yes"
    return says_yes and bool(context.state.next_grades) and len(words) <= _FEW_WORDS


def _another_given(
    context: Context, proposal: Proposal, area: str
) -> ProposeGrade | ProposeGrades | None:
    """ "Y a la biblioteca un 2": the grade of another area, asked about after the first."""
    grade = context.grade
    if grade is None or not grade.value:
        return None
    given = ProposeGrade(grade.value, area, pending=proposal.pending)
    first = fold(PARTS.split(context.text)[0])
    denies = context.commands.get(first) == "no"
    if area == proposal.area or proposal.corrects or denies:
        return given
    asked = ProposeGrade(proposal.grade, proposal.area, proposal.words, proposal.pending)
    return ProposeGrades((asked, given))


def _says_it_again(context: Context, proposal: Proposal) -> bool:
    """ "Sí, el 7 es para Tránsito": a yes, with the grade and the area that are proposed."""
    said, lexicon = context.said, context.lexicon
    if proposal.corrects or {*context.numbers} != {proposal.grade} or "?" in context.text:
        return False
    doubts = lexicon.negators | lexicon.contrast | lexicon.grade.slips
    says_yes = context.commands.get(context.folded.partition(" ")[0]) == "yes"
    if not says_yes or said.asks or not doubts.isdisjoint(said.words):
        return False
    named = area_in(context, context.text)
    meant = (named.id,) if named is not None else areas_meant(context, context.text)
    return proposal.area in meant


def _proposed_with_reason(
    context: Context, proposal: Proposal
) -> ProposeGrade | AddToComment | None:
    """ "Se demoraron mucho" to "¿le pongo un 2 a Tránsito?": kept with it, and asked again."""
    said = context.said
    if "?" in context.text or context.command is not None:
        return None
    if proposal.corrects and not context.rating_is_closed:
        return None  # it is a comment's
    if context.numbers or PhraseKind.ASKS_WHO_READS in said.kinds:
        return None
    judges = context.heard.best(_JUDGING, _JUDGED) or context.said.begins_reason or said.mood < 0
    if not judges and len(said.words) < _FEWEST_TOLD:
        return None
    beside = said.asks or context.heard.best(BESIDE_REASON)
    elsewhere = beside or (names_service(context) and not said.mood)
    if not judges and elsewhere and not _reports_of(context, proposal.area):
        return None
    if proposal.corrects:
        return AddToComment(context.text.strip())
    words = f"{proposal.words}\n{context.text.strip()}".strip()
    return ProposeGrade(proposal.grade, proposal.area, words, proposal.pending)


def yes_and_more(context: Context) -> Context | None:
    """ "Sí, y al anterior póngale que sí nomás": what is said behind a yes, of something else."""
    proposal, prompt = context.state.proposal, context.state.prompt
    if proposal is None or proposal.corrects or prompt is None or not prompt.offers("accept"):
        return None
    behind = behind_yes(context)
    if behind is None or context.numbers or "?" in context.text:
        return None
    if context.lexicon.said_before.going_on.isdisjoint(behind.said.words[:1]):
        return None  # "sí, quiero reclamar" agrees to that
    match proposal_answer(context):
        case None:
            pass
        case ProposeGrade(proposal.grade, proposal.area):
            pass  # it would only be asked again
        case _:
            return None
    more = context.of(behind.text.strip(), answered=True)
    state = replace(more.state, proposal=None, follow_up=None)  # as the yes leaves it
    return Context(more.incoming, state, more.known, more.release, more.at)


def _takes_back_yes(context: Context, proposal: Proposal) -> bool:
    """ "Sí, pero no fue ahí", "sí, pero en la otra oficina", "sí, pero mejor no"."""
    behind = behind_yes(context) if not proposal.corrects else None
    if behind is None or _area_in_answer(behind) not in ("", proposal.area):
        return False
    words, lexicon = {*behind.said.words}, context.lexicon
    elsewhere = PhraseKind.DENIES_PLACE in behind.said.kinds or only_denied(behind, proposal.area)
    elsewhere = elsewhere and proposal.area not in areas_meant(behind, after_denial(behind))
    elsewhere = elsewhere or bool(words & lexicon.place_unnamed and words & lexicon.offices)
    ends = len(words) <= _FEW_WORDS and context.commands.get(behind.said.words[-1]) == "no"
    return elsewhere or ends


def _reports_of(context: Context, area: str) -> bool:
    """ "Las flores se las roban" to "¿le pongo un 5 a Cementerios?": what is bad there."""
    reports = context.heard.main == "reports" and not context.said.asks
    card = next(iter(context.ranking.cards()), "")
    return reports and context.release.area_of_card(card) == area
