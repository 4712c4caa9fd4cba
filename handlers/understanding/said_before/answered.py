"""Whether the card helped, said curtly or before another question."""

from __future__ import annotations

import re

from handlers.listening.listener import SURE
from handlers.search.ranking import Verdict
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import UsefulAnswer
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said

FEW_TO_SAY_YES = 6  # words
MOST_BESIDE_YES = 10
APART = re.compile(r"\s*\w+\s*[,.!;]")  # a first word that stands apart
ASKING = (*FOLLOW_UPS, "asks", "reports")  # mainly heard: no yes, however it begins
WORST_SIGNS = 3  # the grade that a face suggests
_FEW_WORDS = 4
_PLAIN = 0.6
_HINT = 0.2  # probability of what it asks for, where that is known besides


def is_curt_no(context: Context) -> bool:
    """ "Cero aporte", "ayuda nula", "nothing useful"; "cero problema" is none."""
    if "?" in context.text:
        return False
    return context.lexicon.said_before.useless.fullmatch(context.folded) is not None


def is_in_part(context: Context) -> bool:
    """ "Lo de los papeles sí, lo de la plata no": one part ends in a yes, and another in a no."""
    if PhraseKind.NOT_HELPED in context.said.kinds:
        return False
    parts = [fold(part).split() for part in _CLAUSES.split(context.text)]
    ends = {context.commands.get(words[-1]) for words in parts if len(words) > _MOST_OF_NO}
    return {"yes", "no"} <= ends


def affirms_plainly(context: Context) -> bool:
    """ "Justo lo que buscaba", but neither "no me lo dieron" nor "y cuánto vale"."""
    said, lexicon = context.said, context.lexicon
    turned = lexicon.negators | lexicon.contrast
    if PhraseKind.HELPED not in said.kinds or said.asks or not turned.isdisjoint(said.words):
        return False
    return not context.heard.likely("partly") and not lexicon.blame.intersection(said.words)


def denies_plainly(context: Context, weighed: str) -> bool:
    """ "Gran ayuda, no me aclaró nada"; "lo de los papeles sí, lo otro no me sirvió" is in part."""
    if PhraseKind.NOT_HELPED not in context.said.kinds or weighed:
        return False
    if any(start == 0 for start, _ in context.said.spans(PhraseKind.ASKS)):
        return False  # "cuando la página no carga, qué hago"
    agrees = any(context.commands.get(word) == "yes" for word in context.folded.split())
    agrees = agrees or context.lexicon.said_before.yes.match(context.folded) is not None
    return not agrees and not context.heard.likely("partly")


def shows_displeasure(context: Context) -> bool:
    grades = [context.lexicon.vague_grades.get(sign) for sign in context.text]
    return any(grade is not None and grade <= WORST_SIGNS for grade in grades)


def is_another(context: Context) -> bool:
    """ "Sí, pero eso no era", "no era eso lo que preguntaba": a part ends so."""
    for part in PARTS.split(context.text):
        said = Said(part, context.lexicon)
        if any(end == len(said.words) for _, end in said.spans(PhraseKind.NOT_MEANT)):
            return True
    return False


def is_of_oneself(context: Context) -> bool:
    """ "No, pero yo ya tengo", "sí, tengo auto": of oneself, and not of the card."""
    kinds = context.said.kinds
    if PhraseKind.TELLS_OWN_SITUATION not in kinds:
        return False
    if PhraseKind.HELPED in kinds or PhraseKind.NOT_HELPED in kinds:
        return False
    return not context.heard.surely("thanks") and not context.heard.likely("partly")


def is_not_bad(context: Context) -> bool:
    """ "No está mal", "no me quejo": a no that praises."""
    return context.lexicon.said_before.not_bad.match(context.folded) is not None


def is_helped(context: Context) -> bool:
    """ "Me ayudó montones, gracias": what was just shown, and no visit."""
    words = context.said.words
    few = len(words) <= FEW_TO_SAY_YES and context.lexicon.negators.isdisjoint(words)
    return few and context.heard.surely("confirms")


def not_grasped(context: Context) -> bool:
    """ "No le entendí ni jota": few words that begin so."""
    few = len(context.said.words) <= FEW_TO_SAY_YES
    return few and any(start == 0 for start, _ in context.said.spans(PhraseKind.NOT_GRASPED))


def praises_behind_no(context: Context) -> bool:
    """ "No, si estuvo impecable": the first word takes up what was said, and denies nothing."""
    lexicon, (first, *others) = context.lexicon, context.folded.split() or [""]
    if context.commands.get(first) != "no" or not others or len(others) > MOST_BESIDE_YES:
        return False
    turned = (lexicon.negators - {first}) | lexicon.contrast
    if not turned.isdisjoint(others):
        return False
    if context.commands.get(others[0]) == "thanks":
        return False  # "no, gracias igual"
    apart = APART.match(context.text) is not None or context.commands.get(others[0]) == "yes"
    if not apart and not context.heard.best(("confirms", "praises", "thanks"), _PLAIN):
        return False  # "no se ve bien la imagen"
    rest = Said(" ".join(others), lexicon)
    says_so = rest.mood > 0 or PhraseKind.SAYS_IT_HELPS in rest.kinds  # "no, si sirve"
    return says_so and not lexicon.blame.intersection(others)


def answer_and_question(context: Context) -> UsefulAnswer | None:
    """ "Sí, muchas gracias. ¿Y dónde pido hora al dentista?": an answer, and another question.

    What goes on about the card that was shown is no answer.
    """
    parts = _CLAUSES.split(context.text)
    said = ""
    while len(parts) > 1 and (answer := _answer_of(context, parts[0])):
        parts = parts[1:]
        said = said or answer
    rest = " ".join(parts).strip()
    if said not in ("yes", "no") or not Said(rest, context.lexicon).asks:
        return None
    ranking = context.rank(rest)
    least = _PLAIN if ranking.verdict is Verdict.SURE else _HINT
    if context.release.listener.hear(rest).best(FOLLOW_UPS, least):
        return None
    hit = ranking.hits[0].id if ranking.is_found else ""
    other = hit not in ("", context.state.topic)
    return UsefulAnswer(said, alone=False) if other else None


def asks_behind_answer(context: Context) -> bool:
    """ "Ok, la foto la llevo yo o la sacan allá": it asks without marks."""
    first, *others = _CLAUSES.split(context.text)
    said, rest = (
        _answer_of(context, first) if others else "",
        Said(" ".join(others), context.lexicon),
    )
    if not said:
        return False
    kinds = (PhraseKind.ASKS, PhraseKind.FOLLOWS_UP)
    if any(start == 0 for kind in kinds for start, _ in rest.spans(kind)):
        return True
    heard = context.release.listener.hear(rest.text)
    goes_on = rest.folded.partition(" ")[0] in context.lexicon.said_before.going_on
    least = _PLAIN if goes_on and context.lexicon.said_before.opens.fullmatch(fold(first)) else SURE
    return said != "no" and bool(heard.best((*FOLLOW_UPS, "asks"), least))


_MOST_OF_NO = 2  # words of a no: "no, gracias"
_CLAUSES = re.compile(r"[.,;:!¡¿\n]+")


def _answer_of(context: Context, part: str) -> str:
    """What one part of a text answers: "yes", "no", "thanks"; "" for something else."""
    words = undoubled(fold(part)).split()
    if not words or len(words) > _FEW_WORDS:
        return "" if words else "thanks"
    if context.lexicon.said_before.opens.fullmatch(" ".join(words)):
        return "thanks"  # "buena, y la patente cómo se saca" tells nothing of the card
    commands = [context.commands.get(" ".join(words)), context.commands.get(words[0])]
    said = next((c for c in commands if c in ("yes", "no", "thanks")), "")
    heard = context.release.listener.hear(part)
    if said == "no" and len(words) > _MOST_OF_NO and not heard.surely("denies"):
        return ""  # "no sé leer" denies nothing
    if said:
        return said
    if heard.surely("confirms") and not heard.best(ASKING):
        return "yes"
    if heard.surely("denies"):
        return "no"
    return "thanks" if heard.likely("thanks") else ""
