"""What is said beside a case that is told, or was filed: more of it, or something else.

Only what plainly tells more is added unasked. A question, a grade or a courtesy has an answer of
its own; of anything else it is asked whether it belongs to the case.
"""

from __future__ import annotations

import re

from handlers.facts.cases import CaseKind
from handlers.messages import Media
from handlers.search.ranking import Verdict
from handlers.state import Conversation
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords, SettleWords
from handlers.understanding.intents.cases import AskIfOfCase
from handlers.understanding.intents.information import AskAboutCard, LookUp
from handlers.understanding.intents.rating import AskWhatToChange
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import AskedPart, question_in
from handlers.understanding.reading.mail import mail_in
from handlers.understanding.reading.places import (
    names_phone,
    names_place,
    names_reference,
    tells_corner,
)
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import adds_plainly, complains_of_something
from handlers.understanding.said_before.card.plain_answers import is_curt_no
from handlers.understanding.said_before.case.questions import (
    ASKING,
    answer_among_words,
    asks_of_state,
)
from handlers.understanding.said_before.case.reported import answers_itself
from handlers.understanding.said_before.case.withdrawals import grades_something

_OF_CASE = ("reports", "complains", "suggests", "blames", "hazard")
_STATUS = ("status_case", "status_procedure")
_TALK = ("smalltalk", "greets", "who_are_you")
# Rather something else than words of a case, of any subject.
_ELSE = (
    *(*_STATUS, *_TALK, "gives_grade", "rates", "asks", "asks_about_grades", "thanks", "farewell"),
    *("confirms", "denies", "partly", "refuses", "not_understood", "nonsense", "vague_grade"),
    *("wants_person", "wants_language", "shorter", "longer", "undoes", "withdraws"),
)
_OF_COURSE = ("follow_time", "follow_how")  # asked of what becomes of a case
_HINT, _PERHAPS = 0.2, 0.35  # probability of a question, where its form shows it or may
_FAINT = 0.1  # probability of words of a case that was filed
_CERTAIN = 0.9  # probability of a courtesy, which nothing is kept of
_FEW_WITHOUT_ACCOUNT = 4  # words of a text that may tell nothing
_FEW_ADDED = 5  # words that may be of anything
_FEW_ASKING, _MOST_ASKING = 8, 12  # words that ask how a case stands
_FEWEST_TOLD = 3  # words behind a question that nobody is asked
_MOST_LEADING = 1  # word before "también hay vidrios"
_FEW_COURTEOUS = 6  # words of "ya, me quedó claro"
_MAY_AGREE = ("thanks", "done", "resume", "solved", "rectify")  # "ya", "listo", "correct"
_FEWEST_DENYING = 4  # words of a no that says what is wrong
_ENDING = ("thanks", "farewell", "denies", "refuses")
_ACCENTED = re.compile(r"(?:\w+ )?(?:qué|quién(?:es)?|cuál(?:es)?|cuánt[oa]s?|cuándo|dónde|cómo)\b")


def tells_more(context: Context) -> bool:
    """Whether it is plainly more of the matter: what nothing else is heard in, and asks nothing."""
    said, heard = context.said, context.heard
    if tells_by_form(context) or (context.state.filing and complains_of_something(said)):
        return True
    if grades_something(context) or is_curt_no(context) or asks_something(context):
        return False
    if any(start <= _MOST_LEADING for start, _ in said.spans(PhraseKind.TELLS_ALSO)):
        return True
    if heard.best(_OF_CASE) or said.mood < 0 or _begins_with_wish(said):
        return True
    # "La Antena", "no me acuerdo" answer what was asked for, as does all for a person.
    if context.offers("skip") or is_for_person(context):
        return _courtesy(context) is None
    plain = not context.folded.isdecimal() and not heard.best(_ELSE)
    return plain and (_is_asked_for_words(context) or _may_tell(context))


def tells_by_form(context: Context) -> bool:
    """ "Agregue que …", "Pasaje Los Aromos 45", "¿20 días más? Voy a cerrar"."""
    return adds_plainly(context.said) or _names_fact(context) or _tells_behind_question(context)


def _is_asked_for_words(context: Context) -> bool:
    """Whether it is being told, or what is missing was asked for: not right after it was filed."""
    follow_up = context.state.follow_up
    return context.state.filing is not None or (follow_up is not None and follow_up.answered)


def _may_tell(context: Context) -> bool:
    """Whether it is heard at all as a matter of the municipality's, counts, or tells at length."""
    said = context.said
    if said.begins(PhraseKind.FOLLOWS_UP):
        return False  # "y si no estoy en la casa"
    told = len(said.words) > _FEW_ADDED or isinstance(context.incoming.body, Media)
    places = PhraseKind.TELLS_WHERE in said.kinds or any(map(str.isdigit, context.text))
    return told or places or bool(context.heard.best(_OF_CASE, _FAINT))


def tells_nothing(context: Context) -> bool:
    """ "Sí quiero", "no, espere", "jaja", where what happened is asked for: no account of it."""
    said, heard = context.said, context.heard
    if len(said.words) > _FEW_WITHOUT_ACCOUNT or said.mood < 0 or _names_fact(context):
        return False
    if heard.best(_OF_CASE, _HINT):
        return False
    if PhraseKind.HESITATES in said.kinds or heard.main == "not_understood":
        return True
    names_nothing = context.ranking.verdict in (Verdict.NOTHING, Verdict.SMALL_TALK)
    wishes = PhraseKind.TELLS_WISH in said.kinds  # "por favor"
    return names_nothing and (wishes or bool(heard.best(_ELSE)))


def is_for_person(context: Context) -> bool:
    """Whether it is a person who was asked for, and what for was asked."""
    return is_told_to_person(context.state)


def is_told_to_person(state: Conversation) -> bool:
    """Whether what is written is added to the case of a person who was asked for."""
    follow_up, for_person = state.follow_up, (CaseKind.PERSON, CaseKind.CALL)
    return follow_up is not None and any(
        case.number == follow_up.case and case.kind in for_person for case in state.cases
    )


def _names_fact(context: Context) -> bool:
    """ "Pasaje Los Aromos 45", "¿cuándo? Desde el martes", "la licencia, ingreso 12345, ¿sale?"."""
    said, filing = context.said, context.state.filing
    names_number = names_reference(said) or PhraseKind.ASKS_NUMBER in said.kinds
    if filing is not None and filing.waiting and names_number:
        return True  # its number, or that there is none
    if "?" in context.text or asks_of_state(context):
        return answers_itself(context)
    reached = names_phone(said) or mail_in(context.text) is not None
    places = names_place(said) or tells_corner(said)
    return reached or PhraseKind.TELLS_WHEN in said.kinds or places


def _tells_behind_question(context: Context) -> bool:
    """ "¿20 días más? Voy a cerrar": it goes on, and nobody is asked."""
    asked, _, behind = context.text.rpartition("?")
    asked = asked.rstrip("?")
    if not asked or len(behind.split()) < _FEWEST_TOLD or Said(asked, context.lexicon).asks:
        return False
    return not context.release.listener.hear(asked).best(("asks", *_STATUS))


def _begins_with_wish(said: Said) -> bool:
    """ "Que poden": what is asked for; "que significa" asks."""
    wishes = said.begins(PhraseKind.WISHES_DONE)
    return wishes and PhraseKind.ASKS_WHAT not in said.kinds


def asks_something(context: Context) -> bool:
    """Whether it asks, by its mark, its first word or what is heard; not "¿hasta cuándo?"."""
    said, heard = context.said, context.heard
    if PhraseKind.TELLS_BY_ASKING in said.kinds:
        return False
    chance, found = heard.most(ASKING), question_in(context)
    if found is not None:
        exclaims = heard.best(("blames",)) or said.mood < 0 or _begins_with_wish(said)
        plain = found.plain or _ACCENTED.match(found.read.text.lower()) is not None
        return plain or (chance >= _HINT and not exclaims)
    if asks_of_state(context):
        return True
    if heard.best(_OF_CASE):
        return False  # "hay un hoyo donde juegan los niños"
    if heard.main in _OF_COURSE and len(said.words) <= _FEW_ASKING and heard.likely(heard.main):
        return True  # "y después qué", "qué sigue"
    return said.asks and chance >= _PERHAPS


def added_to_case(context: Context) -> Intent | None:
    """Words that follow a case within some minutes: more of it is added."""
    follow_up = context.state.follow_up
    if follow_up is None or not follow_up.case:
        return None
    if context.command == "no":
        return SettleWords("drop") if follow_up.revision else Act.FINISH
    if agrees(context, context.text):
        return SettleWords("join") if follow_up.revision else Act.OFFER_WORDS
    return AddWords(context.text) if tells_more(context) else something_else(context)


def something_else(context: Context) -> Intent:
    """What is no plain word of a case: its own answer, or the question where it belongs."""
    found = question_in(context)
    if found is None and context.said.begins(PhraseKind.HESITATES):
        return SayCourtesy("waits")
    answer = answer_among_words(found.read if found is not None else context)
    named = isinstance(answer, AskAboutCard) and found is None and not context.said.asks
    if answer is not None and not named:
        return answer  # "multa" may be what is wished for
    if found is not None and (aside := _asked_aside(context, found)) is not None:
        return aside
    courtesy = None if found is not None or grades_something(context) else _courtesy(context)
    return courtesy or _ask_whose(context)


def _asked_aside(context: Context, found: AskedPart) -> LookUp | None:
    """ "Quería pedirle también si me puede decir dónde pago el agua", while a case is told."""
    telling, read = context.state.filing is not None, found.read
    announced = found.plain and read is not context and not found.why
    known = read.ranking.verdict in (Verdict.SURE, Verdict.EXTERNAL) and not read.said.names_case
    return LookUp(read.text, read.ranking) if telling and announced and known else None


def _courtesy(context: Context) -> Intent | None:
    """ "Jajaja", "me quedó claro", "no quiero nada más": nothing told, and nothing asked."""
    heard, telling = context.heard, context.state.filing is not None
    if is_curt_no(context):
        return SayCourtesy("smalltalk")
    if len(context.said.words) > _FEW_COURTEOUS or heard.chance(heard.main) < _CERTAIN:
        return None
    if heard.main in _TALK:
        return SayCourtesy("who_are_you" if heard.main == "who_are_you" else "smalltalk")
    if heard.main == "denies" and telling:
        return SayCourtesy("waits")  # "todavía no"
    if heard.main in ("thanks", "farewell", "confirms") and telling:
        but = not context.lexicon.contrast.isdisjoint(context.said.words)
        return None if but else Act.SKIP  # "sí, pero era frente al 1300"
    if heard.main == "confirms":
        return Act.OFFER_WORDS
    if heard.main == "denies" and not _ends(context):
        return None  # "no me dice nada", "no es lo que pedí"
    return Act.FINISH if heard.main in _ENDING and not telling else None


def _ends(context: Context) -> bool:
    """Whether a no is hardly more than that, or says that nothing is to be added."""
    ends = {PhraseKind.ENDS_TELLING, PhraseKind.GIVES_UP}
    return len(context.said.words) < _FEWEST_DENYING or not ends.isdisjoint(context.said.kinds)


def agrees(context: Context, text: str) -> bool:
    """ "Ya po", "sí, por favor", "correcto", "mándelo": a yes, or a word to send, and no more."""
    said, around = Said(text, context.lexicon), context.lexicon.grade.around
    if said.is_only(PhraseKind.ACCEPTS_SUMMARY) or said.is_only(PhraseKind.FILES_CASE):
        return True
    first, *others = said.words or [""]
    command = context.commands.get(said.folded)
    if command == "yes":
        return True
    if command is not None and command not in _MAY_AGREE:
        return False  # RIGHTS files nothing, even where it sounds like a yes
    if not others:
        heard = context.release.listener.hear(text)
        return heard.main == "confirms" and heard.surely("confirms") and not first.isdecimal()
    if context.commands.get(first) == "yes":
        return around.issuperset(others)
    return len(others) == 1 and context.commands.get(others[0]) == "yes"  # "ahora sí"


def _ask_whose(context: Context) -> Intent:
    words = context.text.strip()
    if context.state.filing is not None:
        return AskWhatToChange(words)
    return AskIfOfCase(words, asks=asks_something(context))
