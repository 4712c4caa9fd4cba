"""What people say in free words: refusals, a wish for a person, how a case stands, courtesy …"""

from __future__ import annotations

from handlers.release import DEFAULT_LANGUAGE
from handlers.search.ranking import Verdict
from handlers.state import Awaits, Proposal
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.answers import value_read
from handlers.understanding.areas import area_in, names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.grades.several import area_meant_instead, areas_joined
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import GradeAnswer
from handlers.understanding.intents.cases import AskToWithdraw, ShowCase
from handlers.understanding.intents.information import AskAboutGrades, Speak
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import (
    KeepGrade,
    ProposeCorrection,
    ProposeGrade,
    ProposeGrades,
    RateWithGrade,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BESIDE_REASON
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.no_grades import PARTS

COURTESIES = ("thanks", "greets", "farewell", "who_are_you", "insults", "smalltalk", "praises")
_MOST_MOCKING, _PERHAPS = 14, 0.2  # words that only mock, and the probability of a courtesy
_SHORT_ANSWER = 80  # characters of an answer to yes or no
_FEW_WORDS = 4
_JUDGING, _JUDGED = ("praises", "blames"), 0.7
_TOLD, _TELLS = ("reports", "complains", "hazard"), 0.5  # "hay un hoyo en mi calle" names no area
_FEWEST_TOLD = 3  # words of a reason
_QUESTION = 16  # words
_FEW_TO_ASK = 8  # words of a question where words of a case are awaited
_OF_PROCEDURE = 0.4  # probability, where nothing else is more probable
_ASKS_STATUS = 0.25  # probability that counts beside the name of an own case's kind
_OWN_DATA = (Awaits.RECTIFY, Awaits.OBJECT)
_SPOKEN_LANGUAGES = {"en": "en", "ht": "ht"}


def proposal_answer(context: Context) -> Intent | None:
    """Yes, no or another grade to what was proposed."""
    proposal = context.state.proposal
    prompt = context.state.prompt
    if proposal is None or prompt is None or not prompt.offers("accept"):
        return None
    if PhraseKind.ASKS_SCALE in context.said.kinds and context.said.asks:
        return Act.EXPLAIN_SCALE
    if _keeps_noted(context, proposal):
        return KeepGrade(proposal.area)
    grade = context.grade
    if grade is not None and grade.value and not grade.doubtful and not grade.words:
        if context.open is not None and context.open.grades_area:
            return GradeAnswer(grade.value, proposal.words)
        if proposal.corrects:
            return ProposeCorrection(grade.value, context.text)  # "no, un 5"
        return RateWithGrade(proposal.area, grade.value, proposal.words, proposal.pending)
    if len(context.text) > _SHORT_ANSWER or context.command not in (None, "yes", "no", "thanks"):
        return None
    joined = () if context.numbers or proposal.corrects else areas_joined(context)
    if joined:
        words = {proposal.area: proposal.words}
        given = (ProposeGrade(proposal.grade, one, words.get(one, "")) for one in joined)
        return ProposeGrades(tuple(given))
    elsewhere = "?" in context.text or context.heard.best(_TOLD, _TELLS)
    area = None if elsewhere else area_in(context, context.text)
    if area is not None and context.numbers:
        return _another_given(context, proposal, area.id)
    if area is not None:
        return RateWithGrade(area.id, proposal.grade, proposal.words, proposal.pending)
    instead = "" if context.numbers or proposal.corrects else area_meant_instead(context)
    if instead and instead != proposal.area:
        return ProposeGrade(proposal.grade, instead, proposal.words, proposal.pending)
    few = len(context.folded.split()) <= _FEW_TO_ASK
    said = context.heard.best(("confirms", "denies", "refuses")) if few else ""
    if context.command in ("yes", "thanks") or said == "confirms" or _accepts_all(context):
        return Act.ACCEPT_PROPOSAL
    if context.command == "no" or said:
        return Act.REJECT_PROPOSAL
    return _proposed_with_reason(context, proposal)


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


def _proposed_with_reason(context: Context, proposal: Proposal) -> ProposeGrade | None:
    """ "Se demoraron mucho" to "¿le pongo un 2 a Tránsito?": kept with it, and asked again."""
    said = context.said
    if proposal.corrects or "?" in context.text or len(said.words) < _FEWEST_TOLD:
        return None
    if context.numbers or PhraseKind.ASKS_WHO_READS in said.kinds:
        return None
    judges = context.heard.best(_JUDGING, _JUDGED) or context.begins_reason
    beside = said.asks or context.heard.best(BESIDE_REASON)
    elsewhere = beside or (names_service(context) and not said.mood)
    if not judges and elsewhere and not _reports_of(context, proposal.area):
        return None
    words = f"{proposal.words}\n{context.text.strip()}".strip()
    return ProposeGrade(proposal.grade, proposal.area, words, proposal.pending)


def _reports_of(context: Context, area: str) -> bool:
    """ "Las flores se las roban" to "¿le pongo un 5 a Cementerios?": what is bad there."""
    reports = context.heard.main == "reports" and not context.said.asks
    card = next(iter(context.ranking.cards()), "")
    return reports and context.release.area_of_card(card) == area


def question_announced(context: Context) -> Intent | None:
    """ "Hola, una consulta": the question itself is still to come; what is open stays so."""
    prompt = context.state.prompt
    follow_up = context.state.follow_up
    telling = prompt is not None and prompt.awaits in (Awaits.CASE, *_OWN_DATA)
    telling = telling or (follow_up is not None and bool(follow_up.case))
    announced = context.lexicon.said_before.announced.fullmatch(context.folded)
    return Act.INVITE_QUESTION if announced is not None and not telling else None


def undo_confirmed(context: Context) -> Intent | None:
    """ "Sí, borrar" to "¿Borro su nota?"."""
    heard = context.heard
    if len(context.said.words) > _FEW_WORDS:
        return None
    agrees = heard.likely("confirms") and heard.likely("undoes") and not heard.likely("denies")
    return meaning_of(context, "undo") if agrees else None


def case_number(context: Context) -> Intent | None:
    """The number of a case, alone or with few words around it."""
    content = context.release.content
    found = content.case_number.search(context.text)
    if found is None or len(context.folded.split()) > 12 or context.state.follow_up is not None:
        return None
    number = f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    if context.heard.main == "withdraws" and number in {c.number for c in context.state.cases}:
        return AskToWithdraw(number)
    return ShowCase(number)


def refusal(context: Context) -> Intent | None:
    """Does not want to answer what is open."""
    prompt = context.state.prompt
    asked = context.open is not None or (prompt is not None and prompt.awaits is not Awaits.OPTION)
    words = len(context.folded.split())
    if not asked or words > 12:
        return None
    if prompt is not None and prompt.awaits in _OWN_DATA and words > _FEW_WORDS:
        return None  # "no usen mi comentario" is the request that was asked for
    heard = context.heard
    if isinstance(value_read(context), str):
        return None  # a date or a number, no matter what it sounds like
    if heard.likely("refuses") and heard.main == "refuses" and context.grade is None:
        if heard.chance("asks") > 0.4 or PhraseKind.NAMES_QUESTION in context.said.kinds:
            return Act.INVITE_QUESTION
        return Act.REFUSE
    return None


def person(context: Context) -> Intent | None:
    """A person is wanted, in any words and at any question."""
    heard = context.heard
    # "¿Es un robot o una persona?"
    asks_who = 2 * heard.chance("who_are_you") > heard.chance("wants_person")
    wanted = heard.main == "wants_person" and heard.surely("wants_person")
    wanted = wanted and context.rather_than_words("wants_person")
    curt = len(context.said.words) <= _FEW_TO_ASK  # "sí, una persona porfa"
    named = curt and PhraseKind.WANTS_PERSON in context.said.kinds
    named = named and (heard.likely("wants_person") or not context.words_are_awaited)
    nobody = context.lexicon.said_before.nobody  # "no hay nadie que atienda" tells of a visit
    if not named and "?" not in context.text and not nobody.isdisjoint(context.said.words):
        return None
    if (wanted or named) and not asks_who:
        prompt = context.state.prompt
        rating = context.open is not None and context.open.outline.rates_area
        asked = rating or (prompt is not None and prompt.awaits is Awaits.AREA)
        return Act.OFFER_PERSON if asked else AskForPerson(context.text)
    return None


def style(context: Context) -> Intent | None:
    """Shorter or longer answers, or a language."""
    heard = context.heard
    if len(context.folded.split()) > 15:
        return None
    language = heard.main == "wants_language" and heard.surely("wants_language")
    if language and context.rather_than_words("wants_language"):
        return Speak(_wished_language(context))
    if PhraseKind.WANTS_SIMPLE in context.said.kinds and not context.words_are_awaited:
        return Act.WRITE_SHORT
    follows = context.begins_going_on and not heard.surely("shorter")  # "¿llevo al cabro chico?"
    if heard.main == "shorter" and context.rather_than_words("shorter") and not follows:
        return Act.WRITE_SHORT
    if heard.surely("longer") and heard.main == "longer" and context.state.short:
        return Act.WRITE_LONG
    return None


def _wished_language(context: Context) -> str:
    folded, named, heard = context.folded, context.lexicon.languages, context.heard.language
    in_spanish = heard == "es" and not named.not_spoken.search(folded)
    if in_spanish and named.spanish.search(folded):
        return DEFAULT_LANGUAGE
    for language, words in named.others.items():
        if words.search(folded):
            return language
    return _SPOKEN_LANGUAGES.get(context.heard.language, DEFAULT_LANGUAGE)


def own_case(context: Context) -> Intent | None:
    """How an own case stands."""
    heard = context.heard
    asked = heard.main == "status_case" and heard.likely("status_case")
    return Act.SHOW_CASES if asked else None


def own_case_of_kind(context: Context) -> Intent | None:
    """The same, said less plainly by a citizen who has a case, with the name of its kind."""
    words = context.folded.split()
    named = {case.kind for case in context.state.cases} & set(words)
    asks = context.heard.best(("status_case", "status_procedure"), _ASKS_STATUS)
    curt = len(words) <= _FEW_WORDS and context.heard.main == asks  # "¿en qué quedó?"
    return Act.SHOW_CASES if asks and (named or (curt and context.state.cases)) else None


def own_case_just_filed(context: Context) -> Intent | None:
    """How it stands, asked where more words of it are awaited."""
    heard, follow_up = context.heard, context.state.follow_up
    asks = heard.main == "status_case" and heard.surely("status_case")
    short = len(context.folded.split()) <= _FEW_TO_ASK
    return Act.SHOW_CASES if follow_up and follow_up.case and short and asks else None


def own_procedure(context: Context) -> Intent | None:
    """How a procedure stands: no file is seen here."""
    heard = context.heard
    said = heard.main == "status_procedure" and heard.chance("status_procedure") >= _OF_PROCEDURE
    kinds = context.said.kinds
    said = said and PhraseKind.ASKS_HOW_DONE not in kinds
    named = PhraseKind.ASKS_PROCEDURE in kinds
    return Act.ASK_ABOUT_PROCEDURE if said or named else None


def question_about_grades(context: Context) -> Intent | None:
    """What a grade is for, who reads it, what is kept."""
    heard, act = context.heard, "asks_about_grades"
    return AskAboutGrades() if heard.surely(act) and heard.main == act else None


def who_reads(context: Context) -> Intent | None:
    """ "¿Quién lee esto?", "¿queda asociado a mi RUT?", of a grade; a case has its own readers."""
    comments = context.words_are_awaited and "?" not in context.text
    few = len(context.said.words) <= (_FEW_TO_ASK if comments else _QUESTION)
    asks = few and PhraseKind.ASKS_WHO_READS in context.said.kinds
    grade = context.grade
    given = context.open is not None and context.open.grades_area and grade is not None
    if given and grade is not None and grade.value and "?" not in context.text:
        return None  # "un 2, me tomaron mala" gives it, and why
    of_case = context.state.filing is not None or (
        context.state.follow_up is not None and context.state.follow_up.case
    )
    return AskAboutGrades() if asks and not of_case else None


def origin(context: Context) -> Intent | None:
    """ "¿De dónde sacaron mi número?", "is that from the police": who writes, and from where."""
    if len(context.said.words) > _QUESTION or context.state.handover is not None:
        return None
    asks = any(start <= _FEW_WORDS for start, _ in context.said.spans(PhraseKind.ASKS_ORIGIN))
    return SayCourtesy("origin") if asks else None


def courtesy(context: Context) -> Intent | None:
    """Thanks, greetings and other talk without a request: no card, no search."""
    heard, words = context.heard, context.folded.split()
    said = heard.main
    mocks = PhraseKind.MOCKS in context.said.kinds
    if mocks and len(words) <= _MOST_MOCKING and heard.best((*COURTESIES, "blames"), _PERHAPS):
        return Act.VENT  # "gracias por hacerme perder la mañana"
    if said not in COURTESIES or not heard.likely(said) or len(words) > 14:
        return None
    asks = heard.chance("asks") > 0.4 or heard.best(FOLLOW_UPS)
    if asks and said != "who_are_you":
        return None
    if said == "praises" and (len(words) > _FEW_WORDS or context.state.topic):
        return None
    if said in ("smalltalk", "praises") and context.ranking.verdict is Verdict.SURE:
        return None
    about_another = said == "who_are_you" and context.ranking.verdict is Verdict.SURE
    if about_another and names_service(context):
        return None  # "cómo se llama el alcalde" is a question about another
    if said == "greets" and context.said.asks and context.ranking.verdict is Verdict.SURE:
        return None
    if said == "greets":
        return Act.GREET
    return Act.VENT if said == "insults" else SayCourtesy("thanks" if said == "praises" else said)


def nonsense(context: Context) -> Intent | None:
    """Words that nothing is made of: they are not searched for."""
    heard = context.heard
    if heard.surely("nonsense") and heard.main == "nonsense":
        return None if context.ranking.verdict is Verdict.SURE else Act.MAKE_NO_SENSE
    return None
