"""What a citizen wants or tells: a person, a complaint, to rate, a visit, a wait, no end yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.content.lexicon.lexicon import Lexicon
from handlers.facts.cases import CaseKind
from handlers.text.folding import INVISIBLE, fold
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import Span, sound_of
from handlers.understanding.reading.grades.candidates import ARTICLE
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.said import Said

# What is wished of own data, by the option that does the same.
OWN_DATA = {
    PhraseKind.ERASES_DATA: "erase",
    PhraseKind.UNBLOCKS_DATA: "unblock",
    PhraseKind.BLOCKS_DATA: "block",
    PhraseKind.OBJECTS_TO_USE: "object",
    PhraseKind.INVITES_AGAIN: "invite",
    PhraseKind.OWN_DATA_WRONG: "rectify",
    PhraseKind.CORRECTS_DATA: "rectify",
    PhraseKind.TAKES_DATA: "take",
    PhraseKind.SEES_DATA: "mine",
    PhraseKind.ENDS_NEWS: "enough",
    PhraseKind.WANTS_NEWS: "consent",
    PhraseKind.ASKS_DATA: "data",
}
OPINIONS = {
    PhraseKind.SUGGESTS: CaseKind.SUGGESTION,
    PhraseKind.CONGRATULATES: CaseKind.PRAISE,
}
_CASES = {
    CaseKind.COMPLAINT: PhraseKind.COMPLAINS,
    CaseKind.SUGGESTION: PhraseKind.SUGGESTS,
}
_TO_COMPLAIN = (PhraseKind.COMPLAINS, PhraseKind.WANTS_TO_REPORT)
_MOST_BEFORE = 2  # words before the wish to complain: "ah y quiero …"
_FEWEST_TOLD = 4  # words behind it
_MOST_WISHING = 7  # words that only wish for a case
_MOST_BEFORE_WISH = 4  # words before the wish to rate: "hola, buenas tardes, quiero …"
_MOST_BEFORE_MORE = 6  # words before what adds: "al reclamo de mi mami póngale que …"
_FEWEST_GIVING, _MOST_GIVING = 3, 14  # words in which a grade is given to an area
_FEWEST_GIVING_WHY = 5  # words of "un 3 por lo lento"
_GRADES = range(1, 8)
_WORD = re.compile(rf"\d+|(?:[^\W\d_]|[{INVISIBLE}])+")
_DATE = re.compile(r"\b\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}:\d{2}\b")


def wants_person(said: Said) -> bool:
    """True for "quiero hablar con alguien"; False where a named office is asked for."""
    return PhraseKind.WANTS_PERSON in said.kinds and not refuses_person(said)


def refuses_person(said: Said) -> bool:
    """ "No necesito hablar con nadie"; "no, necesito hablar con alguien" wants one."""
    if PhraseKind.REFUSES_PERSON not in said.kinds:
        return False
    parts = (Said(part, said.lexicon) for part in PARTS.split(said.text))
    return any(PhraseKind.REFUSES_PERSON in part.kinds for part in parts)


def complaint_wished(said: Said) -> str | None:
    """A complaint that is wished for, with the words that follow; "" for none."""
    return _told_behind(said, PhraseKind.COMPLAINS)


def tells_behind_wish(said: Said) -> bool:
    """ "Quiero reclamar, la luminaria está apagada", "ah y necesito denunciar que …"."""
    if "?" in said.text:
        return False
    first, *others = PARTS.split(said.text, maxsplit=1)
    wishing = (said, Said(first, said.lexicon)) if others else (said,)  # it may be all of the wish
    spans = [span for kind in _TO_COMPLAIN for one in wishing for span in one.spans(kind)]
    ends = [end for start, end in spans if start <= _MOST_BEFORE]
    return bool(ends) and len(said.words) - max(ends) >= _FEWEST_TOLD


def case_wished(said: Said) -> CaseKind | None:
    """The case that a wish opens without telling anything yet: "¿dónde puedo reclamar?".

    The first of "un reclamo y una felicitación".
    """
    every = said.lexicon.case_nouns
    for kind, wish in _CASES.items():
        nouns, wished = said.lexicon.case_wishes[kind], said.kinds.get(wish, ())
        if not wished and nouns.isdisjoint(said.sounds):
            continue
        within = {at for span in (*wished, *_unnamed(said)) for at in range(*span)}
        beside = [word for at, word in enumerate(said.words) if at not in within]
        if not tells_besides(said, beside, every):
            return kind
    return None


def _told_behind(said: Said, wish: PhraseKind) -> str | None:
    """The words behind a wish, "" where they tell nothing; None where it is not wished."""
    if wish not in said.kinds:
        return None
    end = max(end for _, end in said.spans(wish))
    beside = {at for span in _unnamed(said) for at in range(*span)}
    words = [word for at, word in enumerate(said.words) if at >= end and at not in beside]
    return " ".join(words) if tells_besides(said, words) else ""


def _unnamed(said: Said) -> list[Span]:
    """ "Anónimo", "sin dar mi nombre": how a case is to be filed, and no words of it."""
    return said.spans(PhraseKind.ASKS_UNNAMED)


def tells_little_unnamed(said: Said) -> bool:
    """Whether at most one word stands beside "anónimo" that may tell: "una denuncia anónima"."""
    beside = {at for span in _unnamed(said) for at in range(*span)}
    words = (word for at, word in enumerate(said.words) if at not in beside)
    nouns = said.lexicon.case_wishes[CaseKind.COMPLAINT]
    return sum(tells_besides(said, [word], nouns) for word in words) <= 1


def nearly_wishes_case(said: Said, kind: CaseKind) -> bool:
    """ "Kiero cacer un rreclamo": names it beside one word, misspelt perhaps, that may tell."""
    nouns = said.lexicon.case_wishes[kind]
    beside = [word for word in said.words if not {*sound_of(word)} <= nouns]
    told = [word for word in beside if tells_besides(said, [word])]
    return len(beside) < len(said.words) and len(told) <= 1


def tells_besides(said: Said, words: Sequence[str], nouns: frozenset[str] = frozenset()) -> bool:
    """Whether any of the words says more than that something is wished."""
    return not set(sound_of(" ".join(words))) <= nouns | said.lexicon.round_wish


def only_wishes(said: Said) -> bool:
    """ "Sí, quiero un reclamo entonces": a case is wished for, and nothing is told."""
    every = said.lexicon.case_nouns
    names_somebody = not said.lexicon.grade.staff.isdisjoint(said.words)
    if names_somebody or len(said.words) > _MOST_WISHING:
        return False  # "quiero reclamar contra esa señora" says whom
    wished = PhraseKind.COMPLAINS in said.kinds or not every.isdisjoint(said.sounds)
    around = said.lexicon.grade.around | said.lexicon.place_fillers
    beside = [word for word in said.words if word not in around]
    return wished and "?" not in said.text and not tells_besides(said, beside, every)


def complains_of_something(said: Said) -> bool:
    """True for "quiero hacer un reclamo por la basura": the words are the complaint."""
    return bool(complaint_wished(said))


def opinion_wished(said: Said) -> tuple[CaseKind, str] | None:
    """A suggestion or praise that is wished for, with the words that follow; "" for none."""
    told = ((kind, _told_behind(said, wish)) for wish, kind in OPINIONS.items())
    return next(((kind, words) for kind, words in told if words is not None), None)


def complains_of_waiting(said: Said) -> bool:
    """True when the citizen waits for an answer: the assistant sees no files and must say so."""
    if PhraseKind.PERSISTS in said.kinds:
        return True
    kinds = (PhraseKind.HEARSAY, PhraseKind.ASKS_IF_SO) if said.asks else ()
    told = [span for kind in (PhraseKind.ASKS_HOW_LONG, *kinds) for span in said.spans(kind)]
    asked_or_told = [start for start, _ in told]
    others = min(asked_or_told, default=len(said.words))  # "cuánto demora, me dijeron 3 meses"
    return any(start < others for start, _ in said.spans(PhraseKind.WAITS))


def only_moves_points(said: Said) -> bool:
    """True for "súbale dos puntos": its number is no grade, whether one can be moved or not."""
    moved = [*said.spans(PhraseKind.LOWERS_GRADE), *said.spans(PhraseKind.RAISES_GRADE)]
    if not moved:
        return False
    numbers = (at for at, word in enumerate(said.words) if value_of(word, said.lexicon) is not None)
    return all(any(start <= at < end for start, end in moved) for at in numbers)


def asks_for_records(said: Said) -> bool:
    """True for "pido por ley de transparencia …": public information has its own way."""
    return PhraseKind.ASKS_FOR_RECORDS in said.kinds


def tells_urgency(said: Said) -> bool:
    """True for "el muro está por caerse": somebody may be hurt."""
    return PhraseKind.URGENT in said.kinds


def missing_in(said: Said) -> tuple[str, ...]:
    """What a complaint does not tell: "where", "when" and "wish", as far as words show it."""
    told = {
        "where": _tells_where(said) or names_place(said),
        "when": PhraseKind.TELLS_WHEN in said.kinds or bool(_DATE.search(said.text)),
        "wish": PhraseKind.TELLS_WISH in said.kinds,
    }
    return tuple(part for part, is_told in told.items() if not is_told)


def _tells_where(said: Said) -> bool:
    """ "En la calle Balmaceda", "frente a la feria"; "un hoyo en la calle" tells no place."""
    vague = said.spans(PhraseKind.TELLS_SOMEWHERE)
    return any(
        not any(begin <= start and end <= last and _is_left_so(said, last) for begin, last in vague)
        for start, end in said.spans(PhraseKind.TELLS_WHERE)
    )


def _is_left_so(said: Said, at: int) -> bool:
    """Whether no name follows before ``at``: the text or its part ends, or it goes on."""
    ends = at >= len(said.words) or at in said.part_starts
    return ends or said.words[at] in said.lexicon.after_somewhere


def adds_plainly(said: Said) -> bool:
    """ "Agregue que hay niños", "oiga, y me faltó decir …": what stands behind it is more of it."""
    return any(start <= _MOST_BEFORE_MORE for start, _ in said.spans(PhraseKind.ADDS_TO_COMMENT))


def wants_to_rate(said: Said) -> str | None:
    """Where the citizen wants to rate ("" if it is not said); None for no such wish.

    It begins what is said, or a part of it: "me tuvieron tres horas, quiero poner nota".
    """
    spans = said.kinds.get(PhraseKind.WANTS_TO_RATE)
    if not spans:
        return None
    begins, joins = min([start for start, _ in spans]), said.lexicon.said_before.going_on
    joined = (at + 1 for at, word in enumerate(said.words[:begins]) if word in joins)
    part = max(start for start in (*said.part_starts, *joined) if start <= begins)
    before = said.words[part:begins]
    if len(before) > _MOST_BEFORE_WISH or not said.lexicon.negators.isdisjoint(before):
        return None
    behind = max(end for _, end in spans)
    ends = next((start for start in said.part_starts if start > behind), len(said.words))
    rest = said.words[behind:ends]  # "a una oficina, es que …": the story follows
    while rest and rest[0] in said.lexicon.after_wish:
        rest = rest[1:]
    return " ".join(rest)


def gives_grade(said: Said) -> bool:
    """True for "ponles un 1": a grade is given, though nothing asked for one."""
    return PhraseKind.GIVES_GRADE in said.kinds


def gives_to(said: Said) -> bool:
    """ "Un 1 a la posta", "hola, 7 para los inspectores": few words say whom a grade is for."""
    lexicon = said.lexicon  # "mi 6 va para el adulto mayor" gives one as well
    words = [word for word in said.folded.split() if word not in lexicon.grade.is_]
    if _begins_with_cause(words, said) and "?" not in said.text:
        return True
    if "?" in said.text:
        return False
    # Of "un 4 a aseo, pasan cuando quieren" the first part gives, and the other asks nothing.
    return any(_gives_in_part(Said(part, lexicon)) for part in said.parts)


def _gives_in_part(said: Said) -> bool:
    lexicon = said.lexicon
    words = [word for word in said.folded.split() if word not in lexicon.grade.is_]
    if len(words) > _MOST_GIVING or said.asks:
        return False
    return any(
        is_grade(word, lexicon) and to in lexicon.grade.to_area and not value_of(behind, lexicon)
        for word, to, behind in zip(words, words[1:], words[2:], strict=False)
    )


def _begins_with_cause(words: list[str], said: Said) -> bool:
    """ "Y un 3 por cómo tienen el pasto": a grade leads, and behind it stands why."""
    lexicon = said.lexicon
    led = words[1:] if words and words[0] in lexicon.said_before.going_on else words
    if len(led) < _FEWEST_GIVING_WHY or led[0] not in lexicon.number.articles:
        return False
    return is_grade(led[1], lexicon) and led[2] in lexicon.grade.causes


def gives_with_reason(said: Said) -> bool:
    """ "Quisiera dejarles un 7 por lo bien que me trataron": a number, why, and how it was."""
    lexicon, words = said.lexicon, said.words
    tells = PhraseKind.EXPERIENCE in said.kinds or said.mood != 0
    why = lexicon.grade.causes | lexicon.grade.reasons
    return (tells and not said.asks) and any(
        article in lexicon.number.articles and is_grade(word, lexicon) and behind in why
        for article, word, behind in zip(words, words[1:], words[2:], strict=False)
    )


def ends_in_grade(said: Said) -> bool:
    """ "El camión de la basura un 6": few words, and a grade behind an article or "nota"."""
    words, lexicon = said.folded.split(), said.lexicon
    if not _FEWEST_GIVING <= len(words) <= _MOST_GIVING or said.asks:
        return False
    marked = words[-2] in lexicon.number.articles or words[-2] in lexicon.grade.mark
    english = words[-2] == ARTICLE and not lexicon.grade.beside_article.isdisjoint(words)
    return (marked or english) and is_grade(words[-1], lexicon)


def is_grade(word: str, lexicon: Lexicon) -> bool:
    """Whether a word alone is a number from 1 to 7, and no article."""
    return word not in lexicon.number.articles and (value_of(word, lexicon) or 0) in _GRADES


def tells_experience(said: Said) -> bool:
    """True for "el martes me atendieron muy bien"; False for a question, however it praises."""
    return not said.asks and PhraseKind.EXPERIENCE in said.kinds and said.mood != 0


def without_experience(said: Said) -> str:
    """What is left of an experience when how it was is left out: where it may have been."""
    lexicon = said.lexicon
    told = {
        place for start, end in said.spans(PhraseKind.EXPERIENCE) for place in range(start, end)
    } | {start for start, _ in said.spans(PhraseKind.CALLS_CLERK)}
    left = [word for place, word in enumerate(said.words) if place not in told]
    return " ".join(w for w in left if w not in lexicon.praise and w not in lexicon.blame)


def without_not_ended(said: Said) -> str | None:
    """What is left of a text beside "aún no termina"; None where that is not said."""
    if PhraseKind.NOT_ENDED not in said.kinds:
        return None
    text, lexicon = said.text, said.lexicon
    places = [(fold(found[0]), *found.span()) for found in _WORD.finditer(text)]
    words = [word for word, _, _ in places]
    spans = lexicon.said(words).get(PhraseKind.NOT_ENDED)
    if not spans:
        return None
    start, end = min(spans, key=lambda span: (span[0], -span[1]))
    while before := _ending(words[:start], lexicon.before_not_ended):
        start -= before
    if after := _ending(words[end:][::-1], [phrase[::-1] for phrase in lexicon.after_not_ended]):
        end += after
    left = text[: places[start][1]] + " " + text[places[end - 1][2] :]
    return left.strip(" ,.;:-")


def says_not_ended(said: Said) -> bool:
    """True for "aún no termina" with nothing beside it."""
    left = without_not_ended(said)
    return left is not None and not fold(left)


def _ending(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words at the end of ``words`` are one of the phrases."""
    return next((len(p) for p in phrases if tuple(words[len(words) - len(p) :]) == p), 0)
