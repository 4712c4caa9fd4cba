"""What is said after something was told that is to be mended: more of it, or that it be filed.

Of what was told below the answer to a case it is asked again whether it opens that case.
"""

from __future__ import annotations

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Ranking, Verdict
from handlers.state import Awaits, Draft
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_called
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.grades.given import grade_given
from handlers.understanding.intents.cases import BeginCase, DoubtAnswer, FileCase, TellMoreOfReport
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.told import MAYBE, MENDED
from handlers.understanding.reading.wishes import adds_plainly, case_wished
from handlers.understanding.said_before.alerts import says_only
from handlers.understanding.said_before.case.withdrawals import grades_something

_FEWEST_REPORTED = 2  # words that tell what is to be mended
_FEWEST_TOLD = 4  # words that say what is wrong, and how it should be
_FEWEST_MORE, _ASKS = 2, 0.5
_OF_REPORT = {PhraseKind.TELLS_WHERE, PhraseKind.TELLS_WHEN, PhraseKind.TELLS_WISH}
_REPORTS = ("reports", "complains")
_FEW_DESCRIBING = 3  # words
_FEW_PLACING = 5
_MOST_PLACING = 16
_FEWEST_PARTS = 2
_GRADES = range(1, 8)
_FOUND = (Verdict.SURE, Verdict.SEVERAL)
_ELSE = (  # what few words may be instead
    *("confirms", "denies", "partly", "thanks", "praises", "vague_grade", "not_understood"),
    *("refuses", "withdraws", "undoes", "corrects"),
    *("wants_person", "wants_language", "shorter", "longer"),
    *("smalltalk", "greets", "farewell", "insults", "who_are_you", "asks", *FOLLOW_UPS),
    *("rates", "gives_grade", "status_case", "status_procedure", "nonsense"),
)


def more_of_report(context: Context) -> Intent | None:
    """ "Desde el domingo", "que lo arreglen", after "el semáforo está malo" and its card."""
    draft, said = context.state.draft, context.said
    if draft is None or context.command is not None or _is_of_rating(context):
        return None
    if PhraseKind.WANTS_PERSON in said.kinds:
        return None
    if said.is_only(PhraseKind.WANTS_THIS_REPORTED):
        return _file(draft)  # "¿dónde lo denuncio?"
    if draft.area and adds_plainly(said) and "?" not in context.text:
        return TellMoreOfReport(context.text, draft.area)  # "falta decir que son como 8"
    has_answer = answers_itself(context) or _places_in_part(context)
    if not has_answer and (said.asks or "?" in context.text):
        return None
    if said.begins(PhraseKind.FOLLOWS_UP):
        return None  # "y si se cae sobre mi casa"
    if says_only(context, PhraseKind.HELP_CAME):
        return SayCourtesy("over")  # "ya lo encontré, gracias"
    wishes = says_only(context, PhraseKind.WANTS_TO_REPORT)  # "quiero avisar"
    if wishes or case_wished(said) is CaseKind.COMPLAINT:
        return _file(draft)  # "sí, quiero reclamar"
    if _has_moved_on(context, draft.area):
        return None
    if _only_describes(context, draft):
        return TellMoreOfReport(context.text, draft.area)  # "Amunátegui", "1200", "hondo"
    if len(said.words) < _FEWEST_MORE or context.heard.best(("asks", "refuses"), _ASKS):
        return None
    goes_on = context.lexicon.said_before.going_on.issuperset(said.words[:1])
    goes_on = goes_on and context.heard.main in _REPORTS  # "y la bulla es todo el día"
    tells = has_answer or goes_on or not _OF_REPORT.isdisjoint(said.kinds) or names_place(said)
    tells = tells or _only_places(context)
    reports = context.heard.main in _REPORTS and context.heard.likely(context.heard.main)
    if not tells and not reports:
        return None
    if draft.case:
        return DoubtAnswer(draft.case, context.text.strip())
    if draft.area:
        return TellMoreOfReport(context.text, draft.area)
    area = _area_of_both(context, draft.words)
    return TellMoreOfReport(context.text, area) if area else None


def asked_for_here(context: Context) -> BeginCase | FileCase | None:
    """ "Pero ¿puedo pedirlo por aquí? Es en pasaje Los Olivos 345", "quiero que la arreglen"."""
    service = context.release.content.service_by_id.get(context.state.topic)
    parts = [Said(part, context.lexicon) for part in context.said.parts]
    wishes = any(part.is_only(PhraseKind.WANTS_IT_HERE) for part in parts)
    wishes = wishes or context.said.begins(PhraseKind.WANTS_IT_DONE)
    if not wishes or service is None or not service.takes_reports:
        return None
    if context.reported and context.said.is_only(PhraseKind.WANTS_IT_HERE):
        return BeginCase(CaseKind.COMPLAINT)  # which adds nothing to what was told
    return FileCase(context.text, service.area)


def placed_below_card(context: Context) -> FileCase | None:
    """ "Pasaje Los Aromos 123", below the card of what is to be mended: filing it is offered."""
    service = context.release.content.service_by_id.get(context.state.topic)
    if service is None or not service.takes_reports or not service.stays_until_mended:
        return None
    if context.state.filing is not None or context.reported:
        return None  # it joins what is told already
    place = context.of(context.text.rpartition(":")[2].strip())
    asks = place.said.asks or (context.said.asks and not answers_itself(context))
    if asks or not names_place(place.said) or len(context.said.words) > _MOST_PLACING:
        return None
    before = context.state.matter
    words = f"{before.words}\n{context.text}" if before is not None else context.text
    return FileCase(words, service.area)


def _is_of_rating(context: Context) -> bool:
    """ "Quiero anular mi evaluación": of a rating that was given before, or gives one."""
    if grades_something(context) and grade_given(context) is not None:
        return True  # "pasó algo con un humo y quiero felicitar, un 7 a seguridad ciudadana"
    named = context.lexicon.said_before.names_grade.search(context.folded)
    return named is not None and bool(context.state.rated)


def _places_in_part(context: Context) -> bool:
    """ "No sé cómo se llama la calle, es atrás de la capilla": nothing is asked of it."""
    if len(context.said.parts) < _FEWEST_PARTS or "?" in context.text:
        return False
    first, *others = [Said(part, context.lexicon) for part in context.said.parts]
    unknown = PhraseKind.HESITATES in first.kinds or not first.lexicon.negators.isdisjoint(
        first.words[:1]
    )
    places = any(
        not part.asks and (PhraseKind.TELLS_WHERE in part.kinds or part.begins(PhraseKind.AT_PLACE))
        for part in others
    )
    return unknown and places


def _only_places(context: Context) -> bool:
    """ "En las Compañías", and no more; "en línea" and "en qué horario van" ask."""
    said, asked = context.said, context.heard.best(FOLLOW_UPS)
    if len(said.words) > _FEW_PLACING or context.begins_going_on:
        return False
    places = any(start == 0 for start, _ in said.spans(PhraseKind.AT_PLACE))
    return places and asked in ("", "follow_place")


def _only_describes(context: Context, draft: Draft) -> bool:
    """Few words below the card of a report that answer nothing and wish for nothing: more of it."""
    prompt = context.state.prompt
    judged = prompt is not None and prompt.awaits is Awaits.ANSWER
    if not judged or not draft.area or draft.case or len(context.said.words) > _FEW_DESCRIBING:
        return False
    if not context.folded or context.release.vague_grade(context.text):
        return False
    if context.number in _GRADES or PhraseKind.HESITATES in context.said.kinds:
        return False
    found = context.ranking.hits[0].id if context.ranking.verdict in _FOUND else ""
    elsewhere = bool(found) and context.release.area_of_card(found) != draft.area
    return not elsewhere and not context.heard.best(_ELSE)


def _file(draft: Draft) -> Intent:
    return DoubtAnswer(draft.case, "") if draft.case else BeginCase(CaseKind.COMPLAINT)


def answers_itself(context: Context) -> bool:
    """ "¿Dónde? En Balmaceda con Cantournet": what was asked for, and the answer behind it."""
    asked, mark, told = context.text.partition("?")
    whole = context.lexicon.said_before.interrogates.fullmatch(fold(asked))
    if mark and fold(told):
        return "?" not in told and whole is not None
    _, _, told = context.text.partition(":")  # "le digo al tiro dónde es: pasaje Los Aromos 123"
    return not mark and names_place(Said(told, context.lexicon))


def _has_moved_on(context: Context, area: str) -> bool:
    """Whether the card shown since is of another area and nothing to mend: "patente comercial"."""
    shown = context.state.topic
    service = context.release.content.service_by_id.get(shown)
    takes_reports = service is not None and service.takes_reports
    moved = bool(shown and area) and context.release.area_of_card(shown) != area
    return moved and not takes_reports


def _area_of_both(context: Context, before: str) -> str:
    """The area that mends what two messages tell: "se echó a perder la luz", "de la calle"."""
    ranking = context.rank(f"{before} {context.text}")
    card = ranking.hits[0].id if ranking.verdict is Verdict.SURE else ""
    service = context.release.content.service_by_id.get(card)
    return service.area if service is not None and service.takes_reports else ""


def tells_of_mending(context: Context, ranking: Ranking) -> bool:
    """ "Un hoyo en la ruta me rompió la llanta": no question, and its card takes reports.

    "The street light is broken, can you fix it?" tells it before what is asked.
    """
    if "?" in context.text:
        return _tells_before_asking(context, ranking)
    if len(context.said.words) < _FEWEST_REPORTED:
        return False
    wishes = PhraseKind.WANTS_TO_REPORT in context.said.kinds
    if wishes and len(context.said.words) >= _FEWEST_TOLD:
        return True  # what it is to be reported need not be known here
    if not wishes and (context.said.asks or context.heard.likely("asks")):
        return False
    if ranking.verdict is Verdict.EXTERNAL:
        return len(context.said.words) >= _FEWEST_TOLD  # "se echó a perder la luz": perhaps a lamp
    if area_called(context) and context.heard.best(MENDED, MAYBE):
        return True
    card = ranking.hits[0].id if ranking.verdict is Verdict.SURE else ""
    service = context.release.content.service_by_id.get(card)
    return service is not None and service.takes_reports


def _tells_before_asking(context: Context, ranking: Ranking) -> bool:
    """Whether the last part alone asks, and what stands before it is what its card takes."""
    *told, _ = context.said.parts
    before = context.of(", ".join(part.strip() for part in told))
    if "?" in before.text or len(before.said.words) < _FEWEST_TOLD or before.said.asks:
        return False
    if not context.text.rstrip().endswith("?") or before.heard.main not in MENDED:
        return False
    found = ranking.hits[0].id if ranking.verdict is Verdict.SURE else ""
    service = context.release.content.service_by_id.get(found)
    return service is not None and service.takes_reports
