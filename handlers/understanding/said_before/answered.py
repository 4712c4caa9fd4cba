"""Whether the card that was just shown helped, in any words."""

from __future__ import annotations

import re

from handlers.content.model import QuestionKind
from handlers.search.ranking import Verdict
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AnswerMisread
from handlers.understanding.intents.information import AskAboutTopic, UsefulAnswer
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import ASKS_AT_ALL
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import tells_experience
from handlers.understanding.said_before.answer_and_question import (
    CLAUSES,
    MOST_OF_NO,
    answer_and_question,
    asks_behind,
    asks_more,
    asks_to_explain,
    asks_what_it_is,
)
from handlers.understanding.said_before.shown import (
    OTHER_WISHES,
    about_shown_if_any,
    goes_on_about_card,
    offered,
    rather_about_shown,
)

_FEW_TO_SAY_YES = 6  # words
_MOST_BESIDE_YES = 10
_APART = re.compile(r"\s*\w+\s*[,.!;]")  # a first word that stands apart
_ASKING = (*FOLLOW_UPS, "asks", "reports")  # mainly heard: no yes, however it begins
_FEW_WORDS = 4
_SHORT_ANSWER = 140  # characters of an answer to yes or no
_TOO_CLOSE = 0.15  # between "partly" and "no" it is asked again
_MIDDLING = 4  # the grade that "regular" or a face suggests
_PLAIN = 0.6
_GOES_ON_TOLD = 0.3  # probability that words without a sign of a question are one of the card
_HINT = 0.2  # probability of what it asks for, where that is known besides


def useful_answer(context: Context) -> Intent | None:
    """Whether the card helped, in any words: "sí me sirvió", "no mucho", "más o menos"."""
    opened = context.open
    if opened is None or not opened.outline.about_card or len(context.text) > _SHORT_ANSWER:
        return None
    if opened.question.kind is not QuestionKind.YES_NO or context.state.proposal is not None:
        return None
    if (only := context.lexicon.said_before.not_only.match(context.folded)) is not None:
        # "No solo me sirvió, me salvó la tarde": it denies nothing
        return useful_answer(context.of(context.folded[only.end() :]))
    hedged = context.lexicon.said_before.yes.fullmatch(context.folded)  # "I guess so?"
    marked = "?" in context.text and hedged is None
    if marked or asks_behind(context):
        return answer_and_question(context)
    if PhraseKind.MOCKS in context.said.kinds:
        return UsefulAnswer("no")  # "me sirvió tanto como un paraguas roto"
    if (of_assistant := _grade_of_assistant(context)) is not None:
        return of_assistant
    if _praises_behind_no(context):
        return UsefulAnswer("yes")
    if (judged := _judged_alone(context)) is not None:
        return judged
    return _told(context)


def _told(context: Context) -> Intent | None:
    """What phrases and rules tell; where they do not, what the model hears."""
    weighed = _weighed(context)
    if _begins(context.said, PhraseKind.WANTS_SIMPLE):
        return None  # "mándeme lo mismo pero cortito"
    if not weighed and (PhraseKind.WANTS_SIMPLE in context.said.kinds or not_grasped(context)):
        return None  # "no veo bien, me lo puede leer" is to be told again, in short
    asks = _begins(context.said, PhraseKind.ASKS)  # "dónde tengo que ir"
    if PhraseKind.HELPED_PARTLY in context.said.kinds and not asks:
        return UsefulAnswer("partly")  # "una parte sí, otra no"
    if asks_what_it_is(context):
        return None
    if _denies_plainly(context, weighed) or _is_another(context):
        return UsefulAnswer("no")  # "gran ayuda, no me aclaró nada"
    not_yet = PhraseKind.NOT_KNOWN_YET in context.said.kinds
    if (not_yet or _begins(context.said, PhraseKind.HESITATES)) and not asks:
        partly = weighed and context.heard.surely("partly")
        return UsefulAnswer("partly") if partly else Act.AWAIT_TRIAL
    if context.command in ("yes", "no"):
        return UsefulAnswer(context.command)
    if (_affirms_plainly(context) or _is_not_bad(context)) and not weighed:
        return UsefulAnswer("yes")  # "fui y me resultó"
    if is_curt_no(context):
        return UsefulAnswer("no")
    if context.command not in (None, "thanks") or context.grade is not None:
        return None
    if _is_of_oneself(context):
        if context.said.asks or goes_on_about_card(context):
            return None
        answers = _APART.match(context.text) or PARTS.split(context.text)[0] != context.text
        return (
            AnswerMisread("yes-no-misread") if answers else AskAboutTopic("more", offered(context))
        )
    if tells_experience(context.said) and not _is_helped(context):
        return None  # what somebody went through says more than a yes beside it
    if weighed or _is_in_part(context):
        return UsefulAnswer(weighed or "partly")
    if _shows_displeasure(context) and context.heard.likely("confirms"):
        return AnswerMisread("yes-no-misread")  # "uy sí, utilísimo 🙄"
    agrees = context.lexicon.said_before.yes.match(context.folded)
    if agrees and context.heard.surely("confirms") and not context.heard.best(FOLLOW_UPS, _HINT):
        return _unless_contradicted(context)
    if asks_more(context) or asks_to_explain(context):
        return None
    if _begins_with_yes(context):
        return _unless_contradicted(context)
    return _heard(context)


def _heard(context: Context) -> Intent | None:
    """What the model hears, unless something else is heard as plainly."""
    heard = context.heard
    said = heard.best(("confirms", "denies", "partly"), 0.35) or _opinion(context)
    sure = heard.surely("confirms") or heard.likely("thanks")
    denying = not context.lexicon.negators.isdisjoint(context.said.words[:1])
    denying = denying and _APART.match(context.text) is None  # "no, quedó claro"
    if said == "confirms" and denying and not sure and heard.chance("denies") >= _HINT:
        said = "denies"  # "no me quedó claro", which holds the words of a yes
    if not sure and context.folded.partition(" ")[0] in context.lexicon.said_before.going_on:
        return None  # "y si somos pocos"
    sure = sure or _is_short(context)
    if said == "confirms" and heard.main in _ASKING and not _is_short(context):
        return None  # "Los Perales, eso, en La Pampa. Casa con reja verde"
    if said == "confirms" and not sure and goes_on_about_card(context):
        return None  # "my husband works abroad, do I list him" is no yes
    rivals = (
        *FOLLOW_UPS,
        "asks",
        "gives_grade",
        "corrects",
        "shorter",
        "wants_person",
        "complains",
    )
    if not said or heard.best(rivals, heard.chance(said)):
        return None
    if said == "partly" and heard.best(("denies",), heard.chance("partly") - _TOO_CLOSE):
        return AnswerMisread("yes-no-misread")  # "puro chamullo, igual hay que ir": either
    if _may_be_thing(context, said):
        narrows = context.folded.partition(" ")[0] in context.lexicon.said_before.narrows
        return None if narrows else AnswerMisread("yes-no-misread")
    if said == "confirms":
        return _unless_contradicted(context)
    return UsefulAnswer("no" if said == "denies" else "partly")


def _unless_contradicted(context: Context) -> UsefulAnswer | AnswerMisread:
    """ "Como siempre, mucha información y nada concreto": what denies, beside a sound of yes."""
    said, lexicon = context.said, context.lexicon
    agrees = lexicon.said_before.yes.match(context.folded) or _begins_with_yes(context)
    if agrees and context.heard.main in ("confirms", "thanks", "praises", "partly"):
        return UsefulAnswer("yes")  # "sí, nadie me lo había dicho"
    helped = _places(said, PhraseKind.HELPED)
    beside = [word for at, word in enumerate(said.words) if at and at not in helped]
    words = lexicon.said_before.nothing_more.sub(" ", " ".join(beside)).split()
    denies = said.mood < 0 or not (lexicon.negators | lexicon.blame).isdisjoint(words)
    return AnswerMisread("yes-no-misread") if denies else UsefulAnswer("yes")


def _may_be_thing(context: Context, said: str) -> bool:
    """ "Completos", "para un partido": an answer only by its sound, and rather what it is for."""
    heard, names = context.heard, context.ranking.verdict in _NAMING
    answers = context.commands.get(context.folded.partition(" ")[0]) in ("yes", "no")  # "sí y no"
    if answers or heard.best(("thanks", "praises"), _HINT):
        return False
    sure = heard.surely(said) if said == "partly" else heard.likely(said) or not names
    return not sure


def unclear_answer(context: Context) -> Intent | None:
    """Words after "¿Le sirvió?" that ask nothing: it is asked once more, they are not searched."""
    if context.state.misses or context.said.asks:
        return None
    if rather_about_shown(context, context.ranking, _GOES_ON_TOLD):
        return about_shown_if_any(context, context.ranking)
    heard = context.heard
    if len(context.folded.split()) < _FEW_WORDS and not heard.best(_ANSWERS, _HINT):
        return None
    if heard.chance("asks") >= ASKS_AT_ALL or heard.best((*FOLLOW_UPS, *OTHER_WISHES), _PLAIN):
        return None
    hints = heard.best(_ANSWERS, ASKS_AT_ALL)
    verdict = context.ranking.verdict
    if verdict is Verdict.NOTHING or (verdict in _UNCERTAIN and hints):
        return Act.MAKE_NO_SENSE
    return None


_ANSWERS = ("confirms", "denies", "partly", "smalltalk", "refuses")
_UNCERTAIN = (Verdict.UNSURE, Verdict.EXTERNAL)
_NAMING = (*_UNCERTAIN, Verdict.SURE, Verdict.SEVERAL)


def _is_short(context: Context) -> bool:
    return len(context.folded.split()) <= _FEW_TO_SAY_YES


def _grade_of_assistant(context: Context) -> UsefulAnswer | None:
    """ "Me sacó de la duda, un siete usted": no office is meant."""
    given = set(context.numbers)
    if PhraseKind.RATES_ASSISTANT not in context.said.kinds or len(given) != 1:
        return None
    grade = given.pop()
    partly = "partly" if grade == _MIDDLING else "yes"
    return UsefulAnswer("no" if grade < _MIDDLING else partly)


def _judged_alone(context: Context) -> UsefulAnswer | None:
    """ "Penca", "regular no más", "😒": nothing else is said, and nothing else was asked about."""
    grade, opens = context.release.vague_grade(context.text), context.lexicon.said_before.opens
    helped = len(_places(context.said, PhraseKind.HELPED)) == len(context.said.words) > 0
    if not grade or helped or opens.fullmatch(context.folded):
        return None  # "bueno" begins something else
    if grade < _MIDDLING:
        return UsefulAnswer("no")
    return UsefulAnswer("partly" if grade == _MIDDLING else "yes")


def _denies_plainly(context: Context, weighed: str) -> bool:
    """ "Gran ayuda, no me aclaró nada"; "lo de los papeles sí, lo otro no me sirvió" is in part."""
    said = context.said
    denied = _places(said, PhraseKind.NOT_HELPED)
    if denied and len(denied) == len(said.words):
        return True  # "me gustaría decir que sí, pero no"
    if not denied or weighed:
        return False
    if _begins(said, PhraseKind.ASKS) and not _begins(said, PhraseKind.NOT_HELPED):
        return False  # "cuando la página no carga, qué hago"; not "de qué me va a servir"
    others = [word for at, word in enumerate(said.words) if at not in denied]
    agrees = any(context.commands.get(word) == "yes" for word in others)
    agrees = agrees or context.lexicon.said_before.yes.match(context.folded) is not None
    return not agrees and not context.heard.likely("partly")


def _places(said: Said, kind: PhraseKind) -> set[int]:
    """Which words stand in phrases of that kind."""
    return {at for span in said.spans(kind) for at in range(*span)}


def _begins(said: Said, kind: PhraseKind) -> bool:
    return any(start == 0 for start, _ in said.spans(kind))


def _shows_displeasure(context: Context) -> bool:
    grades = [context.lexicon.vague_grades.get(sign) for sign in context.text]
    return any(grade is not None and grade < _MIDDLING for grade in grades)


def _weighed(context: Context) -> str:
    """ "Sirve, pero falta el horario", "vale. Eso sí, quedé con una duda": good, and then a "but".

    "partly", "no" where the good is only thanks and the rest denies it, or "".
    """
    but = context.lexicon.said_before.but.search(context.folded)
    if but is None:
        return ""
    before, after = context.folded[: but.start()].strip(), context.folded[but.end() :].strip()
    rest = Said(after, context.lexicon)
    if not before or not after or _begins(rest, PhraseKind.ASKS):
        return ""
    if len(_places(rest, PhraseKind.NOT_HELPED)) == len(rest.words):
        return "no"  # "muy bonito, pero no sirve"
    listener, likes = context.release.listener, Said(before, context.lexicon)
    heard = listener.hear(before)
    denied = not context.lexicon.negators.isdisjoint(likes.words)
    good = heard.best(("confirms", "praises")) or (likes.mood > 0 and not heard.likely("thanks"))
    good = (good and not denied) or bool(_places(likes, PhraseKind.HELPED))
    if good or context.lexicon.said_before.yes.match(context.folded) or _is_not_bad(context):
        return "partly"
    if not heard.likely("thanks") or denied:
        return ""
    return "no" if listener.hear(after).best(("denies", "not_understood")) else "partly"


def _begins_with_yes(context: Context) -> bool:
    """ "Sí mijo, que Dios se lo pague"; "si soy extranjera" is no yes."""
    first, *others = context.folded.split() or [""]
    if context.commands.get(first) != "yes" or not others or len(others) > _MOST_BESIDE_YES:
        return False
    apart = _APART.match(context.text) is not None
    kind = context.heard.best(("thanks", "confirms", "praises"), _HINT)
    return (apart or bool(kind)) and not goes_on_about_card(context)


def _opinion(context: Context) -> str:
    """Praise or blame of what was just shown, in a few words, says whether it helped."""
    if len(context.folded.split()) > _FEW_WORDS:
        return ""
    said = context.heard.best(("praises", "blames"), _PLAIN)
    return {"praises": "confirms", "blames": "denies", "": ""}[said]


def is_curt_no(context: Context) -> bool:
    """ "Cero aporte", "ayuda nula", "nothing useful"; "cero problema" is none."""
    if "?" in context.text:
        return False
    useless = context.lexicon.said_before.useless.match(context.folded)
    behind = context.folded[useless.end() :].split() if useless is not None else []
    if useless is None or (behind and " " not in useless[0]):
        return False
    return context.lexicon.said_before.behind_useless.issuperset(behind)


def _is_in_part(context: Context) -> bool:
    """ "Lo de los papeles sí, lo de la plata no": one part ends in a yes, and another in a no."""
    if PhraseKind.NOT_HELPED in context.said.kinds:
        return False
    parts = [fold(part).split() for part in CLAUSES.split(context.text)]
    ends = {context.commands.get(words[-1]) for words in parts if len(words) > MOST_OF_NO}
    return {"yes", "no"} <= ends


def _affirms_plainly(context: Context) -> bool:
    """ "Justo lo que buscaba, no necesito más", but neither "no me lo dieron" nor "y cuánto"."""
    said, lexicon = context.said, context.lexicon
    praised = _places(said, PhraseKind.HELPED)
    if len(praised) == len(said.words):
        return True  # "no me quedan dudas", "primero no le entendí, después sí"
    asks = said.asks and not praised.issuperset(at for at, _ in said.spans(PhraseKind.ASKS))
    if not praised or asks:
        return False
    rest = " ".join(word for at, word in enumerate(said.words) if at not in praised)
    words = lexicon.said_before.nothing_more.sub(" ", rest).split()
    if not (lexicon.negators | lexicon.contrast).isdisjoint(words):
        return False
    return not context.heard.likely("partly") and not lexicon.blame.intersection(said.words)


def _is_another(context: Context) -> bool:
    """ "Sí, pero eso no era", "no era eso lo que preguntaba": a part ends so."""
    for part in PARTS.split(context.text):
        said = Said(part, context.lexicon)
        if any(end == len(said.words) for _, end in said.spans(PhraseKind.NOT_MEANT)):
            return True
    return False


def _is_of_oneself(context: Context) -> bool:
    """ "No, pero yo ya tengo", "sí, tengo auto": of oneself, and not of the card."""
    kinds = context.said.kinds
    if PhraseKind.TELLS_OWN_SITUATION not in kinds:
        return False
    if PhraseKind.HELPED in kinds or PhraseKind.NOT_HELPED in kinds:
        return False
    return not context.heard.surely("thanks") and not context.heard.likely("partly")


def _is_not_bad(context: Context) -> bool:
    """ "No está mal", "no me quejo": a no that praises."""
    return context.lexicon.said_before.not_bad.match(context.folded) is not None


def _is_helped(context: Context) -> bool:
    """ "Me ayudó montones, gracias": what was just shown, and no visit."""
    words = context.said.words
    few = len(words) <= _FEW_TO_SAY_YES and context.lexicon.negators.isdisjoint(words)
    return few and context.heard.surely("confirms")


def not_grasped(context: Context) -> bool:
    """ "No le entendí ni jota": few words that begin so."""
    few = len(context.said.words) <= _FEW_TO_SAY_YES
    spans = context.said.kinds.get(PhraseKind.NOT_GRASPED)
    return few and spans is not None and any(start == 0 for start, _ in spans)


def _praises_behind_no(context: Context) -> bool:
    """ "No, si estuvo impecable": the first word takes up what was said, and denies nothing."""
    lexicon = context.lexicon
    begins = PARTS.split(context.text, maxsplit=1)[0]
    repeated = fold(begins) if set(fold(begins).split()) == {"no"} else ""  # "no no, si ayudó"
    folded = undoubled(context.folded.removeprefix(repeated.removesuffix("no")))
    reassured = lexicon.said_before.nothing_more.sub(" ", folded)  # "no se preocupe"
    first, *others = reassured.split() or [""]
    if context.commands.get(first) != "no" or not others or len(others) > _MOST_BESIDE_YES:
        return False
    turned = lexicon.negators | lexicon.contrast
    if not turned.isdisjoint(others):
        return False
    if context.commands.get(others[0]) == "thanks":
        return False  # "no, gracias igual"
    apart = _APART.match(context.text) is not None or context.commands.get(others[0]) == "yes"
    if not apart and not context.heard.surely("confirms"):
        return False  # "no se ve bien la imagen"
    rest = Said(" ".join(others), lexicon)
    says_so = rest.mood > 0 or PhraseKind.SAYS_IT_HELPS in rest.kinds  # "no, si sirve"
    return says_so and not lexicon.blame.intersection(others)
