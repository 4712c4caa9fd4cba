"""Whether a text tells something that a complaint may be made of."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import Lexicon
from handlers.listening.listener import Heard, Listener
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.said import Said

MENDED, MAYBE = ("reports", "hazard", "complains"), 0.2
_PLACED = {PhraseKind.TELLS_WHERE, PhraseKind.TELLS_WHEN}
_FEWEST_TOLD = 4  # words that tell something
_FEWEST_WHY = 2  # words that tell why a grade is another, if they praise or blame
_MAY_BE = 0.3
_ASKS = 0.3  # probability from which on it rather asks for something
_OF_GRADE = {
    *(PhraseKind.CORRECTS_GRADE, PhraseKind.MAY_CORRECT, PhraseKind.GIVES_GRADE),
    *(PhraseKind.LOWERS_GRADE, PhraseKind.RAISES_GRADE, PhraseKind.NAMES_COMMENT),
    PhraseKind.APOLOGISES,
}
TELLING = (*MENDED, "blames", "praises", "status_procedure")
_ELSE = (  # what tells nothing that went wrong
    *("thanks", "greets", "farewell", "smalltalk", "who_are_you", "nonsense", "praises"),
    *("confirms", "denies", "partly", "refuses", "not_understood", "vague_grade", "gives_grade"),
    *("rates", "corrects", "undoes", "withdraws", "wants_person", "wants_language", "suggests"),
    *("shorter", "longer", "asks_about_grades"),
)
_COURTEOUS = tuple(act for act in _ELSE if act not in ("praises", "corrects"))


def tells_something(said: Said, heard: Heard, *, goes_on: bool) -> bool:
    """ "Un inspector me pidió plata": it tells, and asks for nothing.

    ``goes_on``: something was told just before, which the words may be more of.
    """
    if said.asks or "?" in said.text:
        return False
    if went_wrong(said, heard):
        return True
    if heard.surely("asks"):
        return False
    if goes_on or names_place(said) or not _PLACED.isdisjoint(said.kinds):
        return True
    wishes = PhraseKind.TELLS_WISH in said.kinds or heard.chance("asks") >= _ASKS
    follows = heard.main.startswith("follow_") or heard.main in _ELSE
    plain = not wishes and not (follows and heard.likely(heard.main))
    return plain and len(said.words) >= _FEWEST_TOLD


def tells_facts(said: Said) -> bool:
    """ "Llevamos dos días sin agua en Algarrobito, ¿cuándo pasa?": it asks, and tells besides."""
    placed = names_place(said) or not _PLACED.isdisjoint(said.kinds)
    return len(said.words) >= _FEWEST_TOLD and (placed or not (said.asks or "?" in said.text))


def went_wrong(said: Said, heard: Heard) -> bool:
    """ "No tenían mi remedio por tercera vez": it reports, complains or blames, and asks not."""
    blames = heard.main == "blames" and heard.likely("blames")
    return not said.asks and (blames or bool(heard.best((*MENDED, "blames"), MAYBE)))


def feels(said: Said, heard: Heard) -> bool:
    """ "Es una vergüenza", "nadie hace nada hace tres semanas", "me fracturé la muñeca"."""
    alone = said.mood < 0 and not said.lexicon.said_before.nobody.isdisjoint(said.words)
    return alone or PhraseKind.HARMED in said.kinds or heard.likely("blames")


def why_beside_grade(text: str, lexicon: Lexicon, listener: Listener) -> str:
    """The "no me llegó la licencia" of "cambio mi nota a 4, no me llegó la licencia"; or ""."""
    if "?" in text:
        return ""
    parts = [_behind_reason(part.strip(), lexicon) for part in PARTS.split(text)]
    return ", ".join(
        part
        for part, begins_reason in parts
        if _tells_why(Said(part, lexicon), listener.hear(part), begins_reason=begins_reason)
    )


def _behind_reason(part: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The "esperé dos horas" of "fue un 6 porque esperé dos horas"; else the whole part."""
    words = part.split()
    for at, word in enumerate(words):
        if fold(word) in lexicon.grade.reasons:
            return " ".join(words[at + 1 :]), True
    return part, False


def _tells_why(said: Said, heard: Heard, *, begins_reason: bool) -> bool:
    """Whether a part says how it was: it gives no grade, corrects nothing and is no courtesy."""
    if len(said.words) < _FEWEST_WHY or not _OF_GRADE.isdisjoint(said.kinds):
        return False
    if begins_reason:
        return not heard.likely("corrects")
    if numbers_given(said.text, said.lexicon):
        return False
    if heard.best((*MENDED, "blames", "praises")):
        return True
    if heard.likely("corrects"):
        return False  # "me acordé que …" hardly is
    return len(said.words) >= _FEWEST_TOLD and not heard.best(_COURTEOUS, _MAY_BE)
