"""What people say in free words: corrections, refusals, questions about what was just shown …"""

from __future__ import annotations

import re

from handlers.content.lexicon import PhraseKind
from handlers.content.model import QuestionKind
from handlers.release import DEFAULT_LANGUAGE
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.understanding.areas import area_by_name, area_in
from handlers.understanding.context import Context
from handlers.understanding.intents import (
    Act,
    AskAboutArea,
    AskAboutCard,
    AskAboutSurvey,
    AskAboutTopic,
    AskForPerson,
    AskToWithdraw,
    ChangeGrade,
    CorrectArea,
    CorrectGrade,
    GradeAnswer,
    Intent,
    RateWithGrade,
    SayCourtesy,
    ShowCase,
    Speak,
    UsefulAnswer,
)
from handlers.understanding.reading.numbers import number_of

FOLLOW_UPS = frozenset(
    {
        "follow_cost",
        "follow_place",
        "follow_hours",
        "follow_papers",
        "follow_how",
        "follow_time",
        "follow_whom",
        "follow_contact",
    }
)
_BEST_GRADE = 7
_OPINIONS = ("praises", "blames", "suggests")
_CERTAIN = 0.85
_MAYBE = 0.05
_AGAIN = frozenset({"not_understood"})
_COURTESIES = ("thanks", "greets", "farewell", "who_are_you", "insults", "smalltalk", "praises")
_SHORT_ANSWER = 80  # characters of an answer to yes or no
_FEW_WORDS = 4
_FEW_TO_ASK = 8  # words of a question where words of a case are awaited
_ASKS_STATUS = 0.25  # probability that counts beside the name of an own case's kind
_FEW_TO_DROP = 8  # words in which a case that is being told is given up
_SPOKEN_LANGUAGES = {"en": "en", "ht": "ht"}


def proposal_answer(context: Context) -> Intent | None:
    """Yes, no or another grade to what was proposed."""
    proposal = context.state.proposal
    prompt = context.state.prompt
    if proposal is None or prompt is None or not prompt.offers("accept"):
        return None
    grade = context.grade
    if grade is not None and grade.value and not grade.doubtful and not grade.words:
        if context.open is not None and context.open.grades_area:
            return GradeAnswer(grade.value, proposal.words)
        return RateWithGrade(proposal.area, grade.value, proposal.words, proposal.pending)
    if len(context.text) > _SHORT_ANSWER or context.command not in (None, "yes", "no", "thanks"):
        return None
    area = None if "?" in context.text else area_in(context, context.text)
    if area is not None:
        return RateWithGrade(area.id, proposal.grade, proposal.words, proposal.pending)
    said = context.heard.best(("confirms", "denies", "refuses"))
    if context.command in ("yes", "thanks") or said == "confirms":
        return Act.ACCEPT_PROPOSAL
    return Act.REJECT_PROPOSAL if context.command == "no" or said else None


def useful_answer(context: Context) -> Intent | None:
    """Whether the card helped, in any words: "sí me sirvió", "no mucho", "más o menos"."""
    opened = context.open
    if opened is None or not opened.outline.about_card or len(context.text) > _SHORT_ANSWER:
        return None
    if opened.question.kind is not QuestionKind.YES_NO or "?" in context.text:
        return None
    if context.command in ("yes", "no"):
        return UsefulAnswer(context.command)
    if context.command not in (None, "thanks") or context.grade is not None:
        return None
    heard = context.heard
    said = heard.best(("confirms", "denies", "partly"), 0.35)
    rivals = (*FOLLOW_UPS, "asks", "gives_grade", "corrects", "shorter", "wants_person")
    if not said or heard.best(rivals, heard.chance(said)):
        return None
    return UsefulAnswer({"confirms": "yes", "denies": "no", "partly": "partly"}[said])


def case_number(context: Context) -> Intent | None:
    """The number of a case, alone or with few words around it."""
    prefix = re.escape(context.release.content.case_prefix)
    found = re.search(rf"\b{prefix}[- ]?(\d{{4}})[- ]?(\d{{1,6}})\b", context.text, re.IGNORECASE)
    if found is None or len(context.folded.split()) > 12 or context.state.follow_up is not None:
        return None
    number = f"{context.release.content.case_prefix}-{found[1]}-{int(found[2]):06}"
    if context.heard.likely("withdraws") and number in {c.number for c in context.state.cases}:
        return AskToWithdraw(number)
    return ShowCase(number)


def withdrawal(context: Context) -> Intent | None:
    """A case is taken back: "me equivoqué, bórralo", "ya no quiero reclamar"."""
    cases, follow_up = context.state.cases, context.state.follow_up
    if _is_dropped(context):
        return Act.CANCEL
    if not cases or len(context.folded.split()) > 25:
        return None
    if context.command not in (None, "cancel", "change"):
        return None
    heard = context.heard
    just_filed = follow_up is not None and bool(follow_up.case)
    if just_filed and (
        context.command == "cancel"
        or heard.best(("withdraws", "undoes"))
        or (heard.likely("corrects") and heard.chance("undoes") > 0.2)
    ):
        return AskToWithdraw(follow_up.case if follow_up else cases[-1].number)
    return AskToWithdraw(cases[-1].number) if heard.surely("withdraws") else None


def _is_dropped(context: Context) -> bool:
    """Whether a case that is still being told is given up: nothing is filed yet."""
    prompt = context.state.prompt
    told = context.state.filing is not None and context.state.filing.words
    if not told or prompt is None or prompt.awaits is not Awaits.CASE:
        return False
    few = len(context.folded.split()) <= _FEW_TO_DROP and context.command is None
    return few and bool(context.heard.best(("withdraws", "undoes")))


def correction(context: Context) -> Intent | None:
    """What was said before was wrong: another grade, another area, or not known yet."""
    if not _can_be_corrected(context) or len(context.folded.split()) > 25:
        return None
    if context.command is not None and context.command != "change":
        return None
    heard, grade = context.heard, context.grade
    denied = _DENIED.search(context.folded)
    if not (heard.likely("corrects") or (heard.likely("undoes") and grade is None) or denied):
        return None
    replaced = _in_place_of_the_noted(context) if heard.likely("corrects") else 0
    if replaced:
        return CorrectGrade(replaced)
    if grade is not None and not grade.value and heard.best(("corrects", "undoes")):
        return _half_grade(context)  # the half of "un 3 y medio" names no area
    area = area_in(context, _after_denial(context.folded))
    if area is not None and area.id != _rated_area(context):
        return CorrectArea(area.id)
    if not heard.likely("corrects") and not heard.likely("undoes"):
        return None
    if grade is not None and grade.value and not grade.doubtful:
        return CorrectGrade(grade.value)
    of_grade = heard.likely("corrects") and heard.likely("rates")  # "corregir la calificación"
    if not of_grade and not any(_rather_than_words(context, a) for a in ("corrects", "undoes")):
        return None
    if heard.chance("undoes") > heard.chance("corrects"):
        return Act.UNDO_RATING
    opened = context.open
    if opened is not None and opened.grades_area and not opened.progress.answers:
        return None  # nothing is graded yet: the grade question stays open
    return _change_latest(context)


_DENIED = re.compile(
    r"\bno (?:era|fue|es|a|en|para)?\s?\w+.*\b(?:era|fue|es|sino)\b|\bera\b.*\bno\b"
)


def _after_denial(folded: str) -> str:
    """ "era salud no transito" is about salud; "no era transito era salud" too."""
    said = re.sub(r"\bno (?:era|fue|es|en|a|para|de)?\s?(?:el|la|los|las)?\s?\w+", " ", folded)
    return said if said.strip() else folded


def _can_be_corrected(context: Context) -> bool:
    return bool(
        context.state.rated or (context.open is not None and context.open.outline.rates_area)
    )


def _rated_area(context: Context) -> str:
    progress = context.state.progress
    if progress is not None and progress.subject.area:
        return progress.subject.area
    return context.state.rated[-1].subject.area if context.state.rated else ""


def _in_place_of_the_noted(context: Context) -> int:
    """ "Cámbieme el 6 por un 3": the one grade said beside that on record; 0: none, or several."""
    rated = context.state.rated
    numbers = (number_of(word, context.lexicon) for word in context.folded.split())
    said = {number for number in numbers if number and number <= _BEST_GRADE}
    others = said - {rated[-1].grade} if rated else set()
    return others.pop() if len(others) == 1 and len(said) == 2 else 0


def _half_grade(context: Context) -> Intent:
    """No whole grade: it is asked for, of the rating that is open or of the one before."""
    opened = context.open
    if opened is not None and opened.grades_area:
        return Act.GIVE_HALF_GRADE
    return _change_latest(context)


def _change_latest(context: Context) -> Intent:
    return ChangeGrade(_rated_area(context))


def refusal(context: Context) -> Intent | None:
    """Does not want to answer what is open."""
    prompt = context.state.prompt
    asked = context.open is not None or (prompt is not None and prompt.awaits is not Awaits.OPTION)
    if not asked or len(context.folded.split()) > 12:
        return None
    heard = context.heard
    if heard.likely("refuses") and heard.main == "refuses" and context.grade is None:
        if heard.chance("asks") > 0.4 or "pregunta" in context.folded:
            return Act.INVITE_QUESTION
        return Act.REFUSE
    return None


def person(context: Context) -> Intent | None:
    """A person is wanted, in any words and at any question."""
    heard = context.heard
    asks_who = heard.chance("who_are_you") > 0.3  # "¿es un robot o una persona?"
    wanted = heard.main == "wants_person" and heard.surely("wants_person")
    if wanted and _rather_than_words(context, "wants_person") and not asks_who:
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
    if language and _rather_than_words(context, "wants_language"):
        return Speak(_wished_language(context))
    if heard.main == "shorter" and _rather_than_words(context, "shorter"):
        return Act.WRITE_SHORT
    if heard.surely("longer") and heard.main == "longer" and context.state.short:
        return Act.WRITE_LONG
    return None


def _rather_than_words(context: Context, act: str) -> bool:
    """Whether the act is heard; where words are asked for, "fue fácil" and "nadie habla
    creole" are rather the answer than a wish for another style or language.
    """
    heard = context.heard
    asked = context.open is not None and context.open.question.takes_free_words
    if not asked and context.state.follow_up is None:
        return heard.likely(act)
    return heard.chance(act) >= _CERTAIN and not heard.best(_OPINIONS, _MAYBE)


def _wished_language(context: Context) -> str:
    folded = context.folded
    if any(word in folded for word in ("espa", "castellano", "panyol", "spanish")) and (
        context.heard.language == "es" and "no hablo" not in folded
    ):
        return DEFAULT_LANGUAGE
    if any(word in folded for word in ("kreyol", "creol", "haiti", "panyol")):
        return "ht"
    if "ingl" in folded or "engli" in folded:
        return "en"
    return _SPOKEN_LANGUAGES.get(context.heard.language, DEFAULT_LANGUAGE)


_ASPECTS = {
    PhraseKind.ASKS_PLACE: "place",
    PhraseKind.ASKS_HOURS: "hours",
    PhraseKind.ASKS_CONTACT: "contact",
}
_MOST_BEFORE = 2  # words before what asks: "hola, el teléfono de …"


def about_named(context: Context) -> Intent | None:
    """ "Horario de la biblioteca", "teléfono de Tránsito": one thing of an area or a service."""
    names = context.release.area_by_spoken_name
    if any(name.startswith(context.folded) for name in names) or "status" in context.heard.main:
        return None  # "dirección de tránsito" is its name; "dónde está mi reclamo" is no place
    for meaning, aspect in _ASPECTS.items():
        for start, end in context.said.spans(meaning):
            rest = " ".join(context.said.words[end:])
            if start > _MOST_BEFORE or not rest:
                continue
            area = area_by_name(context, rest) or area_in(context, rest)
            if area is not None:
                return AskAboutArea(area.id, aspect)
            ranking = context.rank(rest)
            if ranking.verdict is Verdict.SURE and ranking.hits[0].kind == "service":
                return AskAboutCard(ranking.hits[0].id, aspect)
    return None


def about_topic(context: Context) -> Intent | None:
    """A question without a thing of its own is about the card or area that was shown last."""
    heard = context.heard
    if len(context.folded.split()) > 14:
        return None
    if heard.main in _AGAIN and heard.likely("not_understood"):
        return AskAboutTopic("again") if context.state.topic else None
    aspect = heard.best(FOLLOW_UPS)
    if not aspect or heard.chance("asks") > heard.chance(aspect):
        return None
    named = area_in(context, context.folded)
    if named is not None:
        return AskAboutArea(named.id, aspect.removeprefix("follow_"))
    if heard.main not in FOLLOW_UPS and heard.main != "asks":
        return None
    if context.state.topic:
        return AskAboutTopic(aspect.removeprefix("follow_"))
    if context.ranking.verdict in (Verdict.SURE, Verdict.SEVERAL):
        return None
    if context.open is not None:
        return None
    return Act.ASK_WHAT_ABOUT if len(context.folded.split()) <= _FEW_WORDS else None


def own_case(context: Context) -> Intent | None:
    """How an own case stands."""
    heard = context.heard
    if heard.main == "status_case" and heard.likely("status_case"):
        return Act.SHOW_CASES
    named = {case.kind for case in context.state.cases} & set(context.folded.split())
    asks = heard.best(("status_case", "status_procedure"), _ASKS_STATUS)
    return Act.SHOW_CASES if named and asks else None


def own_case_just_filed(context: Context) -> Intent | None:
    """How it stands, asked where more words of it are awaited."""
    heard, follow_up = context.heard, context.state.follow_up
    asks = heard.main == "status_case" and heard.surely("status_case")
    short = len(context.folded.split()) <= _FEW_TO_ASK
    return Act.SHOW_CASES if follow_up and follow_up.case and short and asks else None


def own_procedure(context: Context) -> Intent | None:
    """How a procedure stands: no file is seen here."""
    heard = context.heard
    said = heard.main == "status_procedure" and heard.likely("status_procedure")
    return Act.ASK_ABOUT_PROCEDURE if said else None


def survey_question(context: Context) -> Intent | None:
    """What a grade is for, who reads it, what is kept."""
    heard = context.heard
    return AskAboutSurvey() if heard.surely("asks_survey") and heard.main == "asks_survey" else None


def courtesy(context: Context) -> Intent | None:
    """Thanks, greetings and other talk without a request: no card, no search."""
    heard, words = context.heard, context.folded.split()
    said = heard.main
    if said not in _COURTESIES or not heard.likely(said) or len(words) > 14:
        return None
    asks = heard.chance("asks") > 0.4 or heard.best(FOLLOW_UPS)
    if asks and said != "who_are_you":
        return None
    if said == "praises" and (len(words) > _FEW_WORDS or context.state.topic):
        return None
    if said in ("smalltalk", "praises") and context.ranking.verdict is Verdict.SURE:
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
