"""What people say in free words: refusals, a wish for a person, how a case stands, courtesy …"""

from __future__ import annotations

from handlers.release import DEFAULT_LANGUAGE
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.answers import value_read
from handlers.understanding.areas import area_in, names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskToWithdraw, ShowCase
from handlers.understanding.intents.information import AskAboutGrades, AskAboutTopic, Speak
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import refuses_person
from handlers.understanding.said_before.beside_case import gains_time
from handlers.understanding.said_before.card.shown import goes_on_about_card

COURTEOUS = ("thanks", "greets", "farewell", "confirms")
COURTESIES = ("thanks", "greets", "farewell", "who_are_you", "insults", "smalltalk", "praises")
_MOST_MOCKING, _PERHAPS = 14, 0.2  # words that only mock, and the probability of a courtesy
_FEW_WORDS = 4
_FEW_BESIDE = 1  # word beside an apology that is all that is said
_QUESTION = 16  # words
_FEW_OF_STYLE = 15
_FEW_TO_ASK = 8  # words of a question where words of a case are awaited
_OF_PROCEDURE = 0.4  # probability, where nothing else is more probable
_ASKS_STATUS = 0.25  # probability that counts beside the name of an own case's kind
_OWN_DATA = (Awaits.RECTIFY, Awaits.OBJECT)
_SPOKEN_LANGUAGES = {"en": "en", "ht": "ht"}


def question_announced(context: Context) -> Intent | None:
    """ "Hola, una consulta": the question itself is still to come; what is open stays so."""
    prompt = context.state.prompt
    follow_up = context.state.follow_up
    telling = prompt is not None and prompt.awaits in (Awaits.CASE, *_OWN_DATA)
    telling = telling or (follow_up is not None and bool(follow_up.case))
    announced = context.lexicon.said_before.announced.fullmatch(context.folded)
    return Act.INVITE_QUESTION if announced is not None and not telling else None


def call(context: Context) -> Intent | None:
    """ "Hola, ¿hay alguien ahí?"."""
    return SayCourtesy("smalltalk") if context.is_call else None


def undo_confirmed(context: Context) -> Intent | None:
    """ "Sí, borrar" to "¿Borro su nota?"."""
    heard = context.heard
    if len(context.said.words) > _FEW_WORDS:
        return None
    agrees = heard.likely("confirms") and heard.likely("undoes") and not heard.likely("denies")
    return meaning_of(context, "undo") if agrees else None


def case_number(context: Context) -> Intent | None:
    """The number of a case; where words are awaited, with few of them around it."""
    content = context.release.content
    found = content.case_number.search(context.text)
    at_length = context.words_are_awaited and len(context.folded.split()) > 12
    if found is None or at_length or context.state.follow_up is not None:
        return None
    number = f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    if context.heard.main == "withdraws" and number in {c.number for c in context.state.cases}:
        return AskToWithdraw(number)
    return ShowCase(number)


def refusal(context: Context) -> Intent | None:
    """Does not want to answer what is open."""
    prompt = context.state.prompt
    words = len(context.folded.split())
    if not (context.open or (prompt is not None and not prompt.awaits_option)) or words > 12:
        return None
    if prompt is not None and prompt.awaits in _OWN_DATA and words > _FEW_WORDS:
        return None  # "no usen mi comentario" is the request that was asked for
    heard = context.heard
    if context.offers("file") or isinstance(value_read(context), str):
        return None  # "es privado" is of the case that is being told; a date or a number answers
    gives_up = context.command is None and context.said.is_only(PhraseKind.GIVES_UP)
    refuses = gives_up or (heard.main == "refuses" and heard.likely("refuses"))
    if refuses and context.grade is None:
        if heard.chance("asks") > 0.4 or PhraseKind.NAMES_QUESTION in context.said.kinds:
            return Act.INVITE_QUESTION
        return _refused(context)
    return None


def _refused(context: Context) -> Intent:
    """Nothing more is told of a case; to its summary it is a no. What was told stays."""
    prompt, filing = context.state.prompt, context.state.filing
    if gains_time(context):
        return SayCourtesy("waits")
    told = filing is not None and filing.words
    if prompt is None or prompt.awaits is not Awaits.CASE or not told:
        return Act.REFUSE
    return Act.DROP_CASE if prompt.offers("file") else Act.SKIP


def person(context: Context) -> Intent | None:
    """A person is wanted, in any words and at any question."""
    heard = context.heard
    # "¿Es un robot o una persona?"
    asks_who = 2 * heard.chance("who_are_you") > heard.chance("wants_person")
    wanted = heard.main == "wants_person" and heard.surely("wants_person")
    wanted = wanted and context.rather_than_words("wants_person")
    if refuses_person(context.said):
        return None
    named = _names_person(context)
    named = named and (heard.likely("wants_person") or not context.words_are_awaited)
    nobody = context.lexicon.said_before.nobody  # "no hay nadie que atienda" tells of a visit
    if not named and "?" not in context.text and not nobody.isdisjoint(context.said.words):
        return None
    if named or (wanted and not asks_who and not _names_office(context)):
        prompt = context.state.prompt
        rating = context.open is not None and context.open.outline.rates_area
        asked = rating or (prompt is not None and prompt.awaits is Awaits.AREA)
        asked = asked or (not named and len(context.said.words) == 1)  # "robo": files nothing
        return Act.OFFER_PERSON if asked else AskForPerson(context.text)
    return None


def _names_office(context: Context) -> bool:
    """ "Quiero hablar con la oficina de la mujer": its telephone is asked for, and no person."""
    said, spans = context.said, context.said.spans(PhraseKind.ASKS_CONTACT)
    behind = " ".join(said.words[max(end for _, end in spans) :]) if spans else ""
    names = bool(behind) and area_in(context, behind) is not None
    return names and PhraseKind.WANTS_PERSON not in said.kinds


def _names_person(context: Context) -> bool:
    """ "Sí, una persona porfa", "no me ayuda en nada. Páseme con un funcionario"."""
    if PhraseKind.WANTS_PERSON not in context.said.kinds:
        return False
    parts = (Said(part, context.lexicon) for part in PARTS.split(context.text))
    curt = len(context.said.words) <= _FEW_TO_ASK
    return curt or any(
        len(part.words) <= _FEW_TO_ASK and PhraseKind.WANTS_PERSON in part.kinds for part in parts
    )


def without_refused_person(context: Context) -> Context:
    """ "No quiero hablar con nadie, dígame el horario" without the wish that is refused."""
    told = context.words_are_awaited or context.state.filing is not None
    if told or not refuses_person(context.said):
        return context
    left = []
    for part in PARTS.split(context.text):
        words = Said(part, context.lexicon)
        spans = words.spans(PhraseKind.REFUSES_PERSON)
        rest = [w for at, w in enumerate(words.words) if not any(s <= at < e for s, e in spans)]
        left.append(" ".join(rest) if spans else part.strip())
    text = ", ".join(part for part in left if part)
    return context.of(f"{text}?" if "?" in context.text else text) if text else context


def language(context: Context) -> Intent | None:
    """ "Gracias, ahora en español": another language, with or without courtesy beside it."""
    heard, few = context.heard, len(context.folded.split()) <= _FEW_OF_STYLE
    wished = heard.surely("wants_language") and heard.main in ("wants_language", *COURTEOUS)
    if few and wished and context.rather_than_words("wants_language"):
        wished_for = _wished_language(context)
        return Speak(wished_for) if wished_for else Act.LIST_LANGUAGES
    return None


def style(context: Context) -> Intent | None:
    """Shorter or longer answers."""
    heard = context.heard
    if len(context.folded.split()) > _FEW_OF_STYLE:
        return None
    simple = context.said.spans(PhraseKind.WANTS_SIMPLE)
    if simple and not context.words_are_awaited:
        behind = context.said.words[max(end for _, end in simple) :]
        managed = not context.lexicon.contrast.isdisjoint(behind)  # "no veo, pero me leyeron"
        return None if managed else Act.WRITE_SHORT
    if simple and all(start for start, _ in simple):
        return None  # "explican en palabras simples" tells how it was
    follows = context.begins_going_on and not heard.surely("shorter")  # "¿llevo al cabro chico?"
    of_card = context.open is not None and context.open.outline.about_card
    heard_so = heard.likely("shorter") if of_card else heard.surely("shorter")  # of what it says
    wishes = heard_so and context.rather_than_words("shorter")
    if heard.main == "shorter" and wishes and not follows:
        return Act.WRITE_SHORT
    if heard.surely("longer") and heard.main == "longer" and context.state.short:
        return Act.WRITE_LONG
    return None


def _wished_language(context: Context) -> str:
    """The language that is meant; "" for one without a wording, or where none is named but ours.

    "Não falo espanhol" wishes for no Spanish, and says nothing of what else is read.
    """
    folded, named = context.folded, context.lexicon.languages
    if named.spanish.search(folded) and not named.not_spoken.search(folded):
        return DEFAULT_LANGUAGE
    if _says_no_spanish(context) and _is_surely_unwritten(context):
        return ""
    for language, words in named.others.items():
        if words.search(folded):
            return language
    if named.unwritten.search(folded):
        return ""
    heard = context.heard
    if not named.not_spoken.search(folded):
        return _SPOKEN_LANGUAGES.get(heard.language, DEFAULT_LANGUAGE)
    sure = heard.language if heard.surely_in(heard.language) else ""
    return _SPOKEN_LANGUAGES.get(sure, "")


def speaks_unwritten(context: Context) -> bool:
    """ "Bonsoir, je voudrais …": in a language that has no wording, surely or by its own word."""
    if context.heard.language == "es":
        return False
    return _is_surely_unwritten(context) or _says_no_spanish(context)


def _is_surely_unwritten(context: Context) -> bool:
    language = context.heard.language
    known = (DEFAULT_LANGUAGE.partition("-")[0], *_SPOKEN_LANGUAGES)
    return language not in known and context.heard.surely_in(language)


def _says_no_spanish(context: Context) -> bool:
    """ "Je ne parle pas espagnol"."""
    named = context.lexicon.languages
    said = named.spanish.search(context.folded) and named.not_spoken.search(context.folded)
    return bool(said)


def own_case(context: Context) -> Intent | None:
    """How an own case stands."""
    heard = context.heard
    asked = heard.main == "status_case" and heard.likely("status_case")
    if not context.state.cases and goes_on_about_card(context):
        return None  # "cómo lo denuncio"
    return Act.SHOW_CASES if asked else None


def own_case_of_kind(context: Context) -> Intent | None:
    """The same, said less plainly by a citizen who has a case, with the name of its kind."""
    words = context.folded.split()
    named = {case.kind for case in context.state.cases} & set(words)
    of_state, heard = ("status_case", "status_procedure"), context.heard
    asks = heard.best(of_state, _ASKS_STATUS)
    said = bool(asks) or PhraseKind.ASKS_STATE in context.said.kinds
    curt = said and len(words) <= _FEW_WORDS and heard.main in of_state  # "¿en qué quedó?"
    plain = len(words) <= _FEW_WORDS and not heard.likely(heard.main)  # "el reclamo sigue igual"
    shown = (named and (asks or plain)) or (curt and context.state.cases)
    return Act.SHOW_CASES if shown else None


def whole_named(context: Context) -> Intent | None:
    """ "La muni": named and nothing said of it, so it is asked what about."""
    said, empty = context.said, context.lexicon.place_fillers
    named = {at for span in said.spans(PhraseKind.NAMES_WHOLE) for at in range(*span)}
    alone = bool(named) and all(at in named or word in empty for at, word in enumerate(said.words))
    return Act.ASK_WHAT_ABOUT if alone and "?" not in context.text else None


def own_procedure(context: Context) -> Intent | None:
    """How a procedure stands: no file is seen here."""
    heard = context.heard
    said = heard.main == "status_procedure" and heard.chance("status_procedure") >= _OF_PROCEDURE
    kinds = context.said.kinds
    said = said and PhraseKind.ASKS_HOW_DONE not in kinds
    named = PhraseKind.ASKS_PROCEDURE in kinds
    return Act.ASK_ABOUT_PROCEDURE if said or named else None


def question_about_grades(context: Context) -> Intent | None:
    """What a grade is for, who reads it, what is kept; "para qué sirve" may be of what is shown."""
    heard, act = context.heard, "asks_about_grades"
    asks_what = PhraseKind.ASKS_WHAT in context.said.kinds
    asked = heard.likely(act) if asks_what else heard.surely(act)
    if not asked or heard.main != act:
        return None
    named = context.ranking.is_found and _OF_DATA.isdisjoint(context.said.kinds)
    if named and not _speaks_of_grades(context):
        return None  # "¿es verdad que van a cerrar el consultorio?"
    return _explained(context)


_OF_DATA = {PhraseKind.ASKS_WHO_READS, PhraseKind.ASKS_DATA}


def _explained(context: Context) -> Intent:
    """Of a grade, where there is one; else of what was shown, of who writes, or of the data."""
    if _speaks_of_grades(context):
        return AskAboutGrades()
    kinds = context.said.kinds
    if PhraseKind.ASKS_WHAT not in kinds or PhraseKind.ASKS_DATA in kinds:
        return Act.EXPLAIN_DATA
    return AskAboutTopic("what") if context.state.topic else SayCourtesy("who_are_you")


def _speaks_of_grades(context: Context) -> bool:
    """Whether a grade is named, given, or asked for."""
    state, opened = context.state, context.open
    rating = opened is not None and not opened.outline.about_card
    named = context.lexicon.said_before.names_grade.search(context.folded)
    return bool(rating or named or state.rated or state.paused or state.proposal)


def who_reads(context: Context) -> Intent | None:
    """ "¿Quién lee esto?", "¿queda asociado a mi RUT?", of a grade; a case has its own readers."""
    comments = context.words_are_awaited and "?" not in context.text
    few = len(context.said.words) <= (_FEW_TO_ASK if comments else _QUESTION)
    asks = few and PhraseKind.ASKS_WHO_READS in context.said.kinds
    of_case = context.state.filing is not None or (
        context.state.follow_up is not None and context.state.follow_up.case
    )
    return _explained(context) if asks and not of_case else None


def origin(context: Context) -> Intent | None:
    """ "¿De dónde sacaron mi número?", "is that from the police": who writes, and from where."""
    if len(context.said.words) > _QUESTION or context.state.handover is not None:
        return None
    asks = any(start <= _FEW_WORDS for start, _ in context.said.spans(PhraseKind.ASKS_ORIGIN))
    return SayCourtesy("origin") if asks else None


def _greets_before(context: Context) -> bool:
    """ "Buenas, encontré un perro botado": what follows the greeting is no courtesy."""
    _, *rest = PARTS.split(context.text)
    told = " ".join(rest).strip()
    heard = context.release.listener.hear(told)
    courteous = heard.main in COURTESIES and heard.likely(heard.main)
    tells = len(told.split()) > _FEW_WORDS or context.rank(told).verdict is Verdict.SURE
    return bool(told) and tells and not courteous


def feeling(context: Context) -> Intent | None:
    """ "Disculpe la molestia", "me da vergüenza", "me siento sola": nothing is asked for yet."""
    prompt, follow_up = context.state.prompt, context.state.follow_up
    told = prompt is not None and prompt.awaits_own_words
    words = len(context.said.words)
    if told or follow_up is not None or "?" in context.text or context.numbers:
        return None
    for kind in _FEELINGS:
        spans = context.said.spans(kind)
        alone = any(words - (end - start) <= _FEW_BESIDE for start, end in spans)
        if not alone and context.state.rated and not _OF_RATING.isdisjoint(context.said.kinds):
            continue  # "disculpe la molestia, quisiera modificar la nota"
        asks = context.ranking.verdict is Verdict.SURE or words > _MOST_MOCKING
        if spans and (alone or not asks):
            return SayCourtesy(kind.value)
    return None


_OF_RATING = {PhraseKind.MAY_CORRECT, PhraseKind.UNDOES_GRADE, PhraseKind.NAMES_COMMENT}
_FEELINGS = (PhraseKind.LONELY, PhraseKind.ASHAMED, PhraseKind.APOLOGISES)


def mockery(context: Context) -> Intent | None:
    """ "Gracias por hacerme perder la mañana": no thanks, nor a comment on any office."""
    if PhraseKind.MOCKS not in context.said.kinds or area_in(context, context.text) is not None:
        return None
    few = len(context.folded.split()) <= _MOST_MOCKING
    return Act.VENT if few and context.heard.best((*COURTESIES, "blames"), _PERHAPS) else None


def courtesy(context: Context) -> Intent | None:
    """Thanks, greetings and other talk without a request: no card, no search."""
    heard, words = context.heard, context.folded.split()
    said = heard.main
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
    if about_another and (names_service(context) or not heard.surely(said)):
        return None  # "cómo se llama el alcalde" is a question about another
    if said == "greets" and context.said.asks and context.ranking.verdict is Verdict.SURE:
        return None
    if said == "greets":
        return None if _greets_before(context) else Act.GREET
    return Act.VENT if said == "insults" else SayCourtesy("thanks" if said == "praises" else said)


def nonsense(context: Context) -> Intent | None:
    """Words that nothing is made of: they are not searched for."""
    heard = context.heard
    if heard.surely("nonsense") and heard.main == "nonsense":
        return None if context.ranking.verdict is Verdict.SURE else Act.MAKE_NO_SENSE
    return None
