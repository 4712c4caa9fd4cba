"""What phrases say for certain of the card just shown: that it helped, did not, or in part."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import MIDDLING
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.information import UsefulAnswer
from handlers.understanding.reading.no_grades import PARTS, supposes
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.card.answer_and_question import (
    asks_what_it_is,
)
from handlers.understanding.said_before.card.decision.chances import APART, frowns
from handlers.understanding.said_before.card.decision.clauses import CLAUSES, MOST_OF_NO, clauses

_FEW_WORDS = 6  # of "no le entendí ni jota"
_MOST_NOT_GRASPED = 14  # "no me quedó claro si primero voy al médico o a la oficina"
_MOST_BESIDE = 10  # words beside a "no" that praises
_LACKING = {PhraseKind.NOT_HELPED, PhraseKind.TELLS_MISSING, PhraseKind.HELPED_PARTLY}
_COMPLAINING = ("denies", "partly", "not_understood", "blames", "complains")
_STYLES = ("shorter", "longer")
_AGREEING = ("confirms", "thanks", "praises", "partly")


def plain_answer(context: Context) -> UsefulAnswer | None:
    """The answer that phrases say; None where they say none."""
    said = context.said
    if PhraseKind.MOCKS in said.kinds:
        return UsefulAnswer("no")  # "me sirvió tanto como un paraguas roto"
    if _praises_behind_no(context):
        return UsefulAnswer("yes")
    if (judged := judged_alone(context)) is not None:
        return judged
    weighed = _weighed(context)
    if PhraseKind.HELPED_PARTLY in said.kinds or _is_in_part(context):
        return UsefulAnswer("partly")  # "una parte sí, otra no"
    if _denies_plainly(context, weighed) or _is_another(context) or is_curt_no(context):
        return UsefulAnswer("no")  # "gran ayuda, no me aclaró nada"
    if weighed:
        beside = tells_of_oneself(context) or context.grade is not None
        return None if beside else UsefulAnswer(weighed)
    affirms = _affirms_plainly(context) or _is_not_bad(context)
    return UsefulAnswer("yes") if affirms else None  # "fui y me resultó"


def is_not_known_yet(context: Context) -> bool:
    """ "Todavía no sé, voy mañana y le cuento", unless what is known is weighed beside it."""
    said = context.said
    unknown = PhraseKind.NOT_KNOWN_YET in said.kinds or said.begins(PhraseKind.HESITATES)
    unknown = unknown or said.is_only(PhraseKind.CANNOT_TELL)
    asks = said.begins(PhraseKind.ASKS)
    return unknown and not asks and not (_weighed(context) and context.heard.surely("partly"))


def is_contradicted(context: Context) -> bool:
    """ "Uy sí, utilísimo 🙄", "sí, con puras trabas y nada en limpio": no yes that is meant."""
    said, lexicon = context.said, context.lexicon
    if frowns(context):
        return True
    if APART.match(context.text) is None and not lexicon.negators.isdisjoint(said.words[:1]):
        return True  # "no me lee bien usted"
    if context.heard.main in _AGREEING:
        return False  # "sí, nadie me lo había dicho"
    helped = said.covered(PhraseKind.HELPED)
    beside = [word for at, word in enumerate(said.words) if at and at not in helped]
    words = lexicon.said_before.nothing_more.sub(" ", " ".join(beside)).split()
    return said.mood < 0 or not (lexicon.negators | lexicon.blame).isdisjoint(words)


def is_supposed(context: Context) -> bool:
    """ "Le diría que sí si alguien contestara", "ojalá me sirviera"; not "sí, si está clara"."""
    apart = APART.match(context.text) is not None
    return not apart and supposes(context.folded, context.lexicon.grade)


def tells_of_oneself(context: Context) -> bool:
    """ "No, pero yo ya tengo", "sí, tengo auto": of oneself, and not of the card."""
    kinds = context.said.kinds
    answers = PhraseKind.HELPED in kinds or PhraseKind.NOT_HELPED in kinds
    return PhraseKind.TELLS_OWN_SITUATION in kinds and not answers


def asks_otherwise(context: Context) -> bool:
    """ "No veo bien, me lo puede leer", "para qué sirve eso": it is to be told again."""
    if context.said.begins(PhraseKind.WANTS_SIMPLE) or asks_what_it_is(context):
        return True  # "mándeme lo mismo pero cortito"
    denies = context.said.is_only(PhraseKind.NOT_HELPED)  # "no me quedó claro"
    lost = _says_not_grasped(context.said) or (not_grasped(context) and not denies)
    simple = PhraseKind.WANTS_SIMPLE in context.said.kinds or lost
    return simple and not _weighed(context)


def grade_of_assistant(context: Context) -> UsefulAnswer | None:
    """ "Me sacó de la duda, un siete usted": no office is meant."""
    given = set(context.numbers)
    if PhraseKind.RATES_ASSISTANT not in context.said.kinds or len(given) != 1:
        return None
    grade = given.pop()
    partly = "partly" if grade == MIDDLING else "yes"
    return UsefulAnswer("no" if grade < MIDDLING else partly)


def judged_alone(context: Context) -> UsefulAnswer | None:
    """ "Penca", "regular no más", "😒": nothing else is said, and nothing else was asked about."""
    grade, opens = context.release.vague_grade(context.text), context.lexicon.said_before.opens
    helped = len(context.said.covered(PhraseKind.HELPED)) == len(context.said.words) > 0
    if not grade or helped or opens.fullmatch(context.folded):
        return None  # "bueno" begins something else
    if grade < MIDDLING:
        return UsefulAnswer("no")
    return UsefulAnswer("partly" if grade == MIDDLING else "yes")


def _denies_plainly(context: Context, weighed: str) -> bool:
    """ "Gran ayuda, no me aclaró nada"; "lo de los papeles sí, lo otro no me sirvió" is in part."""
    said = context.said
    denied = said.covered(PhraseKind.NOT_HELPED)
    if denied and len(denied) == len(said.words):
        return True  # "me gustaría decir que sí, pero no"
    if not denied or weighed:
        return False
    if said.begins(PhraseKind.ASKS) and not said.begins(PhraseKind.NOT_HELPED):
        return False  # "cuando la página no carga, qué hago"; not "de qué me va a servir"
    parts = (undoubled(fold(part)).split() for part in PARTS.split(context.text))
    ends = {word for words in parts if words for word in (words[0], words[-1])}
    agrees = any(context.commands.get(word) == "yes" for word in ends)  # not "no sé si ir"
    agrees = agrees or context.lexicon.said_before.yes.match(context.folded) is not None
    only_no = set(clauses(context).values) == {"no"}  # "…, no sé si tengo que ir yo" is no part
    return not agrees and (only_no or not context.heard.likely("partly"))


def _weighed(context: Context) -> str:
    """ "Sirve, pero falta el horario", "vale. Eso sí, quedé con una duda": good, and then a "but".

    "partly", "no" where the good is only thanks and the rest denies it, or "".
    """
    but = context.lexicon.said_before.but.search(context.folded)
    if but is None:
        return ""
    before, after = context.folded[: but.start()].strip(), context.folded[but.end() :].strip()
    rest = Said(after, context.lexicon)
    if not before or not after or rest.begins(PhraseKind.ASKS):
        return ""
    listener, likes = context.release.listener, Said(before, context.lexicon)
    heard = listener.hear(before)
    if len(rest.covered(PhraseKind.NOT_HELPED)) == len(rest.words) and heard.main != "confirms":
        return "no"  # "muy bonito, pero no sirve"; "ayuda, pero no resuelve" is in part
    denied = not context.lexicon.negators.isdisjoint(likes.words)
    good = heard.best(("confirms", "praises")) or (likes.mood > 0 and not heard.likely("thanks"))
    good = (good and not denied) or bool(likes.covered(PhraseKind.HELPED))
    if good or context.lexicon.said_before.yes.match(context.folded) or _is_not_bad(context):
        return "partly" if _lacks(context, rest) else ""
    if not heard.likely("thanks") or denied:
        return ""
    return "no" if listener.hear(after).best(("denies", "not_understood")) else "partly"


def _lacks(context: Context, said: Said) -> bool:
    """Whether something is wrong: "falta el horario", "no sale"; not "aceptan vidrios"."""
    negative = said.mood < 0 or not context.lexicon.negators.isdisjoint(said.words)
    heard = context.release.listener.hear(said.text)
    if heard.main in _STYLES and heard.likely(heard.main):
        return False  # "solo que está muy largo" lacks nothing
    return negative or not _LACKING.isdisjoint(said.kinds) or bool(heard.best(_COMPLAINING))


def _is_in_part(context: Context) -> bool:
    """ "Lo de los papeles sí, lo de la plata no": one part says yes, another takes from it."""
    if PhraseKind.NOT_HELPED in context.said.kinds:
        return False
    told = [Said(part, context.lexicon) for part in CLAUSES.split(context.text)]
    halves = any(part.words and part.is_only(PhraseKind.HELPED_PARTLY) for part in told)
    if halves and {"yes", "partly"}.issuperset(clauses(context).values):
        return True  # "me sirvió, poquito"
    parts = [part.folded.split() for part in told]
    ends = {context.commands.get(words[-1]) for words in parts if len(words) > MOST_OF_NO}
    return {"yes", "no"} <= ends


def _affirms_plainly(context: Context) -> bool:
    """ "Justo lo que buscaba, no necesito más", but neither "no me lo dieron" nor "y cuánto"."""
    said, lexicon = context.said, context.lexicon
    praised = said.covered(PhraseKind.HELPED)
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


def is_curt_no(context: Context) -> bool:
    """ "Cero aporte", "ayuda nula", "nothing useful"; "cero problema" is none."""
    if "?" in context.text:
        return False
    useless = context.lexicon.said_before.useless.match(context.folded)
    behind = context.folded[useless.end() :].split() if useless is not None else []
    if useless is None or (behind and " " not in useless[0]):
        return False
    return context.lexicon.said_before.behind_useless.issuperset(behind)


def _is_not_bad(context: Context) -> bool:
    """ "No está mal", "no me quejo": a no that praises."""
    return context.lexicon.said_before.not_bad.match(context.folded) is not None


def not_grasped(context: Context) -> bool:
    """ "No le entendí ni jota": few words that begin so, or what is mainly heard as that."""
    lost = context.heard.main == "not_understood" and context.heard.likely("not_understood")
    return lost or _says_not_grasped(context.said)


def _says_not_grasped(said: Said) -> bool:
    most = _FEW_WORDS if PhraseKind.NOT_HELPED in said.kinds else _MOST_NOT_GRASPED
    return len(said.words) <= most and said.begins(PhraseKind.NOT_GRASPED)


def _praises_behind_no(context: Context) -> bool:
    """ "No, si estuvo impecable": the first word takes up what was said, and denies nothing."""
    lexicon = context.lexicon
    begins = PARTS.split(context.text, maxsplit=1)[0]
    repeated = fold(begins) if set(fold(begins).split()) == {"no"} else ""  # "no no, si ayudó"
    folded = undoubled(context.folded.removeprefix(repeated.removesuffix("no")))
    reassured = lexicon.said_before.nothing_more.sub(" ", folded)  # "no se preocupe"
    first, *others = reassured.split() or [""]
    if context.commands.get(first) != "no" or not others or len(others) > _MOST_BESIDE:
        return False
    turned = lexicon.negators | lexicon.contrast
    if not turned.isdisjoint(others):
        return False
    if context.commands.get(others[0]) == "thanks":
        return False  # "no, gracias igual"
    apart = APART.match(context.text) is not None or context.commands.get(others[0]) == "yes"
    if not apart and not context.heard.surely("confirms"):
        return False  # "no se ve bien la imagen"
    rest = Said(" ".join(others), lexicon)
    says_so = rest.mood > 0 or PhraseKind.SAYS_IT_HELPS in rest.kinds  # "no, si sirve"
    return says_so and not lexicon.blame.intersection(others)
