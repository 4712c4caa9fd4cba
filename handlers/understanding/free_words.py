"""Free words: those that a prompt awaits, and what nothing asked for, down to a question."""

from __future__ import annotations

import re

from handlers.facts import Right, Subject
from handlers.search.ranking import Ranking, Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_behind,
    area_called,
    area_found,
    area_in,
    area_of_experience,
    area_of_office,
    area_of_words,
    area_offered,
    areas_meant,
    is_sure,
    names_service,
    says_name,
    with_called,
)
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.own_data import AskRight, FileRequest
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import NameUnsureArea, Rate, TellExperience
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BESIDE_JUDGING
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import suggested_within
from handlers.understanding.reading.wishes import (
    right_wished,
    tells_experience,
    wants_person,
    wants_to_rate,
    without_experience,
)
from handlers.understanding.said_before.alerts import erases_chat

_REQUESTED = {Awaits.RECTIFY: Right.RECTIFY, Awaits.OBJECT: Right.OBJECT}
_FEW_SEARCHED = 12  # words that are searched as they are
_BESIDE = 0.3
_REFUSING, _FEW_REFUSING = ("denies", "refuses"), 6
_FEW_ENDING = 2  # words, the last of which ends it
_FEW_ASKING = 8  # words that may only name what is asked about
_REPORTING = ("reports", "complains")  # its words may become a case
_MOST_JUDGING = 9  # words; more of them tell of something else than how it was
JUDGING = ("vague_grade", "praises", "blames")
_RATES = 0.7  # probability of a wish to rate, or of praise or blame
_MENDED, _MAYBE = ("reports", "hazard", "complains"), 0.25  # where an area is described as well
_FEWEST_REPORTED = 2  # words that tell what is to be mended
_FEWEST_TOLD = 4  # words that say what is wrong, and how it should be
_MAX_COURTESY = 30  # characters of "no, gracias" and the like


def no_words(context: Context) -> Intent | None:
    """Signs or emojis where no words are awaited, or nothing that is seen."""
    if (
        context.open is not None
        and context.open.grades_area
        and (context.release.vague_grade(context.text))
    ):
        return None  # stars and faces suggest a grade
    if context.folded or (_shows(context.text) and _words_are_awaited(context)):
        return None
    return Act.SEND_NO_WORDS


def _shows(text: str) -> bool:
    """Whether there is anything to be seen in it, such as an emoji."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _words_are_awaited(context: Context) -> bool:
    """Whether words are expected, so that even an emoji is an answer."""
    return context.state.follow_up is not None or (
        context.open is not None and context.open.question.takes_free_words
    )


def added_words(context: Context) -> Intent | None:
    """Words that follow a comment or a case within some minutes."""
    follow_up = context.state.follow_up
    if follow_up is None:
        return None
    if len(context.text) <= _MAX_COURTESY:
        last = context.folded.split()[-1:]
        ends = last and context.commands.get(last[0]) == "done"  # "ok LISTO"
        if context.command == "no" or (ends and len(context.said.words) <= _FEW_ENDING):
            return Act.FINISH
        if context.command == "yes" and not follow_up.case:
            return Act.OFFER_WORDS
    if follow_up.rewritten and context.is_question():
        return None  # how the comment is to be is still to come
    if context.is_courtesy and context.heard.main in ("thanks", "farewell"):
        return Act.FINISH  # "gracias por contestar a esta hora"
    asks = "?" in context.text and len(context.said.words) <= _FEW_ASKING
    if not follow_up.case and (context.asks_aside or (asks and names_service(context))):
        return None  # "¿y lo de la vacuna?"
    return AddWords(context.text)


def request_asked_for(context: Context) -> Intent | None:
    """What is to be corrected, or objected to, after it was asked for."""
    prompt = context.state.prompt
    right = _REQUESTED.get(prompt.awaits) if prompt is not None else None
    return FileRequest(right, context.text) if right is not None else None


def correction_told(context: Context) -> Intent | None:
    """What is wrong, told at once where it is asked which of two things is to be corrected."""
    if context.said.asks or len(context.folded.split()) < _FEWEST_TOLD:
        return None
    corrects = context.heard.likely("corrects")  # "mi correo está mal", though a card has mails
    if context.ranking.verdict is Verdict.SURE and not corrects:
        return None
    return FileRequest(Right.RECTIFY, context.text)


def own_data(context: Context) -> Intent | None:
    """ "Quiero que borren mis datos": a right that the law gives, in free words."""
    prompt = context.state.prompt
    if prompt is not None and prompt.awaits in _REQUESTED:
        return None  # the words that were asked for
    if context.state.follow_up is not None and context.state.follow_up.case:
        return None  # a person reads it
    right = right_wished(context.said)
    if right is None and erases_chat(context) and not _notes_are_meant(context):
        right = Right.ERASE
    return AskRight(right) if right is not None else None


def _notes_are_meant(context: Context) -> bool:
    """Whether "borre esto" may be said of a grade or a case."""
    state = context.state
    rating = context.open is not None and context.open.outline.rates_area
    return rating or bool(
        state.rated or state.cases or state.filing or state.proposal or state.follow_up
    )


def wish_for_person(context: Context) -> Intent | None:
    """ "Quiero hablar con alguien"."""
    return AskForPerson(context.text) if wants_person(context.said) else None


def wish_to_rate(context: Context) -> Intent | None:
    """ "Quiero poner una nota a Tránsito": with the area named, or to be chosen."""
    where = wants_to_rate(context.said)
    if PhraseKind.QUALIFIES in context.said.kinds and not area_in(context, context.text):
        return None  # "puedo calificar para el subsidio"
    wishes = PhraseKind.WANTS_TO_RATE in context.said.kinds
    refuses = context.heard.main == "refuses" or context.heard.likely("refuses")
    if wishes and refuses and not area_in(context, context.text):
        return Act.DECLINE_RATING  # "no quiero evaluar a nadie", "después le pongo nota"
    if where is None and not (
        context.heard.main == "rates" and context.heard.chance("rates") >= _RATES
    ):
        return None
    area = area_in(context, context.text) or area_behind(context, context.text)
    if area is not None:
        return Rate(Subject(area=area.id), "menu")
    office = area_of_office(context, context.text) or area_called(context)
    if office:
        return NameUnsureArea((office,))
    shown = "" if where else context.release.area_of_card(context.state.topic)
    if shown:
        return Rate(Subject(area=shown), "menu")  # "quiero evaluarlos"
    meant = (areas_meant(context, where) if where else ()) or _areas_beside_wish(context)
    return NameUnsureArea(meant) if meant else Act.CHOOSE_AREA


def _areas_beside_wish(context: Context) -> tuple[str, ...]:
    """ "Fui a sacar la licencia y quisiera poner una nota": the area of what stands beside."""
    lexicon, said = context.lexicon, Said(without_experience(context.said), context.lexicon)
    wish = {at for span in said.spans(PhraseKind.WANTS_TO_RATE) for at in range(*span)}
    empty = lexicon.grade.around | lexicon.after_wish | lexicon.place_fillers
    beside = [word for at, word in enumerate(said.words) if at not in wish and word not in empty]
    area = area_found(context, " ".join(beside), is_sure, says_name)
    return (area,) if area else ()


def experience(context: Context) -> Intent | None:
    """ "El martes me atendieron muy bien"."""
    if tells_experience(context.said):
        return TellExperience(area_of_experience(context), context.text)
    return TellExperience(_area_judged(context), context.text) if _judges(context) else None


def _judges(context: Context) -> bool:
    """ "Pésima la atención", "la señora fue súper pesada": of no service that is named."""
    heard, said = context.heard, context.said
    asks = "?" in said.text or any(start == 0 for start, _ in said.spans(PhraseKind.ASKS))
    if asks or heard.main not in JUDGING or heard.chance(heard.main) < _RATES:
        return False
    wishes = PhraseKind.TELLS_WISH in said.kinds or heard.best(BESIDE_JUDGING, _BESIDE)
    if wishes or len(said.words) > _MOST_JUDGING:
        return False
    ranking = context.ranking
    if ranking.is_found and not said.mood and not suggested_within(said):
        return False  # "pagué por internet y me descontaron dos veces"
    return not area_found(context, _thing_judged(context)) and not (
        ranking.hits and says_name(context, context.text, ranking.hits[0].id)
    )


def _thing_judged(context: Context) -> str:
    """The "poste" of "poste malo"; "" where only a visit is judged, as in "pésima la atención"."""
    lexicon, left = context.lexicon, f" {fold(without_experience(context.said))} "
    for phrase in sorted(lexicon.vague_grades, key=len, reverse=True):
        left = left.replace(f" {phrase} ", " ")
    empty = lexicon.around_vague | lexicon.after_wish | lexicon.place_fillers | lexicon.grade.around
    return " ".join(word for word in left.split() if word not in empty)


def _area_judged(context: Context) -> str:
    named = area_in(context, context.text)  # "la atención" is how it was, and no office
    return named.id if named else context.release.area_of_card(context.state.topic)


def judged_where_offered(context: Context) -> Intent | None:
    """ "Pésimo, esperé mucho" after "¿Ya le atendieron? Si quiere, póngale una nota"."""
    area, heard = area_offered(context), context.heard
    if not area or context.said.asks or heard.main not in JUDGING:
        return None
    if names_service(context) and area_of_words(context) != area:
        return None  # "y me llegó una multa sin que hubiera letrero"
    names_card = context.ranking.verdict is Verdict.SURE  # as "atención" in "muy buena la atención"
    judges = heard.surely(heard.main) or (heard.likely(heard.main) and not names_card)
    return TellExperience(area, context.text) if judges else None


def _asked_within(context: Context) -> Ranking | None:
    """What is surely found for a question within many words: "mire joven, …, cómo saco …"."""
    said, between = context.said, re.compile(rf" (?:{context.release.listener.breaks}) ")
    for start, _ in sorted(said.spans(PhraseKind.ASKS)):
        asked, *_rest = between.split(" ".join(said.words[start : start + _FEW_SEARCHED]))
        ranking = context.rank(asked)
        if ranking.verdict is Verdict.SURE:
            return ranking
    return None


def _tells_of_mending(context: Context, ranking: Ranking) -> bool:
    """ "Un hoyo en la ruta me rompió la llanta": no question, and its card takes reports."""
    if "?" in context.text or len(context.said.words) < _FEWEST_REPORTED:
        return False
    wishes = PhraseKind.WANTS_TO_REPORT in context.said.kinds
    if not wishes and (context.said.asks or context.heard.likely("asks")):
        return False
    if ranking.verdict is Verdict.EXTERNAL:
        return len(context.said.words) >= _FEWEST_TOLD  # "se echó a perder la luz": perhaps a lamp
    if area_called(context) and context.heard.best(_MENDED, _MAYBE):
        return True
    card = ranking.hits[0].id if ranking.verdict is Verdict.SURE else ""
    service = context.release.content.service_by_id.get(card)
    return service is not None and service.takes_reports


def answer_to_nothing(context: Context) -> Intent | None:
    """Yes or no where nothing was asked."""
    return Act.ANSWER_NOTHING if context.command in ("yes", "no") else None


def lookup(context: Context) -> Intent:
    """A question, or small talk: the last recogniser takes every text."""
    ranking, heard = context.ranking, context.heard
    if not ranking.is_found and len(context.said.words) > _FEW_SEARCHED:
        ranking = _asked_within(context) or ranking
    few = len(context.said.words) <= _FEW_REFUSING
    if few and ranking.verdict is not Verdict.SURE and heard.best(_REFUSING, _RATES) == heard.main:
        return Act.REFUSE  # "ya le dije que no", though nothing is asked
    if ranking.verdict is not Verdict.SMALL_TALK:
        reports = heard.main in _REPORTING and heard.likely(heard.main)
        reports = reports or _tells_of_mending(context, ranking)
        ranking = with_called(context, context.text, ranking, reports=reports)
        return LookUp(context.text, ranking, reports=reports)
    is_angry = context.said.mood < 0 or heard.main in ("insults", "blames")
    return Act.VENT if is_angry else Act.GREET
