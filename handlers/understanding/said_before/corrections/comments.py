"""Words of a comment are put right or taken back: asked in one tap, never simply added."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from handlers.content.lexicon.lexicon import Lexicon
from handlers.search.ranking import Verdict
from handlers.state import FollowUp
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddToComment, ReviseWords
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_of_its_own, may_take_back
from handlers.understanding.reading.clauses import clauses, naming, without_join
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.replaced import (
    Replacement,
    put_right,
    without_rest,
)
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import best_or_worst
from handlers.understanding.said_before.corrections.areas import denies_by_name

_MOST_WORDS = 20
ASKS_ELSE = 0.6  # probability of another question, from which it is one
_MOST_BEFORE = 3  # words before what corrects: "oiga señorita, no fue …"
_STARRED = re.compile(r"\s*\*\s*[^\W\d].*|.*[^\W\d]\s*\*\s*", re.DOTALL)
_WORD = re.compile(r"\w+")
_SHORTEST_WORD = 4  # letters of a word that counts as said again
_MOST_NAMED = 3  # words among which a part of the comment is named
_SIGN = re.compile(r"[.,;:\n]+|\s[-–—]\s")
_MOST_LEADING = 2  # parts: "oiga, me faltó: …"
_FEWEST_LED_TO = 2  # words
_KEEPS = {PhraseKind.KEEPS_ONLY, PhraseKind.KEEPS_GRADE}
_SIGNS = " :,;«»\"'"


def revision(context: Context) -> Intent | None:
    """ "No era eso, quise decir …", "saque lo del guardia", after a comment's words."""
    follow_up = context.state.follow_up
    if follow_up is None or follow_up.case:
        return None
    more = words_led_to(context, corrects=False) or words_added(context)
    if more and is_of_comment_alone(context, more):
        return AddToComment(more)
    if not follow_up.messages:
        return None
    if context.command is not None or len(context.folded.split()) > _MOST_WORDS:
        return None
    if told := behind_denial(context) or _kept_alone(context, follow_up):
        return ReviseWords(told)
    replaced = _replaced(context, follow_up)
    if replaced is not None:
        return ReviseWords(replaced.meant, was=replaced.was)
    plainly = plain_revision(context)
    if plainly is not None:
        return plainly
    names = PhraseKind.NAMES_COMMENT in context.said.kinds or context.heard.likely("corrects")
    if names and PhraseKind.REWRITES_COMMENT in context.said.kinds:
        return Act.REWRITE_COMMENT  # "quedó muy feo como lo escribí, ¿se puede cambiar?"
    if PhraseKind.ASKS_OUTCOME in context.said.kinds and may_take_back(context):
        return Act.REWRITE_COMMENT  # "puse mi RUT, ¿se puede sacar?"
    if _corrects(context, follow_up):
        return ReviseWords(context.text.strip())
    return None


def _kept_alone(context: Context, follow_up: FollowUp) -> str:
    """ "Quiero que quede lo de que cierran temprano": that part of the last words alone; or ""."""
    said, last = context.said, follow_up.messages[-1]
    if _KEEPS.isdisjoint(said.kinds) or PhraseKind.NAMES_PART not in said.kinds:
        return ""
    end = min(end for _, end in said.spans(PhraseKind.NAMES_PART))
    named = naming(said.words[end:], context.lexicon)
    parts = _apart(last, context.lexicon)
    kept = [part for part in parts if named & naming(Said(part, said.lexicon).words, said.lexicon)]
    return without_join(" ".join(kept), said.lexicon) if 0 < len(kept) < len(parts) else ""


def _apart(text: str, lexicon: Lexicon) -> list[str]:
    """The clauses of a text; of a single one, what stands between "and"."""
    if len(parts := clauses(text, lexicon)) > 1:
        return list(parts)
    apart: list[list[str]] = [[]]
    for word in text.split():
        if fold(word) in lexicon.grade.joins:
            apart.append([])
        else:
            apart[-1].append(word)
    return [" ".join(words) for words in apart if words]


def _replaced(context: Context, follow_up: FollowUp) -> Replacement | None:
    """ "No era hoy, fue ayer", where the comment says the first."""
    found = context.replacement
    words = "\n".join(follow_up.messages)
    return found if found and put_right(words, found, context.lexicon) else None


def plain_revision(context: Context) -> ReviseWords | None:
    """What is explicitly asked of a comment; the request is none of its words."""
    if PhraseKind.DROPS_NAME in context.said.kinds:
        return ReviseWords(without_names=True, own_name=PhraseKind.OWN_NAME in context.said.kinds)
    instead = _said_instead(context)
    if instead:
        return ReviseWords(instead)
    return ReviseWords(was=part_named(context)) if drops(context) else None


def part_named(context: Context) -> str:
    """What the words are about that were "lo que puse de la demora"; "" where it is not said."""
    words = context.said.words
    for _, end in context.said.spans(PhraseKind.NAMES_PART):
        about = [word for word in words[end : end + _MOST_NAMED] if len(word) >= _SHORTEST_WORD]
        if about:
            return about[0]
    return ""


def words_behind(context: Context, end: int) -> str:
    """The text behind its first ``end`` words, without "lo puse mal" behind that; or ""."""
    text = context.text.strip()
    written = [found.span() for found in _WORD.finditer(text)]
    if len(written) != len(context.said.words) or end >= len(written):
        return ""
    behind = text[written[end - 1][1] :]
    parts = PARTS.split(behind.strip(_SIGNS))
    while len(parts) > 1 and _is_only_request(context, parts[-1]):
        parts.pop()
    last = parts[-1].strip()
    told = behind[: behind.rfind(last) + len(last)].strip(_SIGNS)
    return without_rest(told, context.lexicon)


def words_added(context: Context) -> str:
    """What follows "agregue que", "me faltó decir que", "ah, y que"; or ""."""
    negators, words = context.lexicon.negators, context.said.words
    spans = context.said.spans(PhraseKind.ADDS_TO_COMMENT)
    # "no ponga lo de la espera" adds nothing
    ends = [end for start, end in spans if negators.isdisjoint(words[max(0, start - 1) : start])]
    if PhraseKind.SAYS_INSTEAD in context.said.kinds:
        ends = []  # "el comentario quiero que diga que …"
    ends = ends or ([end] if (end := _goes_on(context)) else [])
    return words_behind(context, max(ends)) if ends else ""


def _goes_on(context: Context) -> int:
    """Where "ah, y que" ends, which "ah, y qué documentos piden" does not begin with; or 0."""
    ends = [end for start, end in context.said.spans(PhraseKind.GOES_ON) if start == 0]
    found = context.ranking.verdict is Verdict.SURE
    asks = bool(ends) and (found or context.heard.best(FOLLOW_UPS, ASKS_ELSE))
    return 0 if not ends or asks or asks_of_its_own(context) else ends[0]


def words_led_to(context: Context, *, corrects: bool = True) -> str:
    """ "Me faltó: y era tarde" without the lead; "corrección: …" with it, for who reads; or ""."""
    words, text, begins = context.lexicon.said_before, context.text, 0
    leads = words.adds_by | words.puts_right_by if corrects else words.adds_by
    for sign in islice(_SIGN.finditer(text), _MOST_LEADING):
        told, lead = text[sign.end() :].strip(), fold(text[begins : sign.start()])
        if len(told.split()) >= _FEWEST_LED_TO and lead in leads:
            return told if lead in words.adds_by else text[begins:].strip()
        begins = sign.end()
    return ""


def is_of_comment_alone(context: Context, words: str) -> bool:
    """Whether ``words`` behind such a lead are neither a grade, another area nor a question."""
    graded = context.numbers or best_or_worst(context.said)
    asks = context.said.asks or "?" in context.text
    return not (graded or asks or area_in(context, words, as_place=True))


def _behind_request(context: Context) -> str:
    """What follows "cambie mi comentario:"; or ""."""
    request, _, told = context.text.partition(":")
    kinds = Said(request, context.lexicon).kinds
    asked = PhraseKind.REWRITES_COMMENT in kinds and PhraseKind.NAMES_COMMENT in kinds
    return told.strip() if asked and len(told.split()) >= _FEWEST_LED_TO else ""


def behind_denial(context: Context) -> str:
    """ "Quiero cambiar lo que puse, no es por el ruido, es que hace frío": the last; or ""."""
    if PhraseKind.REWRITES_COMMENT not in context.said.kinds:
        return ""
    parts, lexicon = [part.strip() for part in PARTS.split(context.text)], context.lexicon
    for denied, meant in pairwise(parts):
        words = fold(meant).split()
        denies = not lexicon.negators.isdisjoint(fold(denied).split()[:1])
        if denies and len(words) > _MOST_LEADING and words[0] in lexicon.grade.is_:
            told = " ".join(meant.split()[1:])
            leads = Said(told, lexicon).begins(PhraseKind.WISHES_DONE)  # "que"
            return told.partition(" ")[2] if leads or words[1] in lexicon.grade.reasons else told
    return ""


def _said_instead(context: Context) -> str:
    """What follows "el comentario debe decir que …", "cambie mi comentario:"; or ""."""
    if told := _behind_request(context):
        return told
    spans = context.said.spans(PhraseKind.SAYS_INSTEAD)
    denied = context.lexicon.negators
    ends = [end for start, end in spans if denied.isdisjoint(context.said.words[start:end])]
    words = words_behind(context, max(ends)) if ends else ""
    gives = context.numbers or best_or_worst(context.said)  # "cámbielo por un 3"
    names = PhraseKind.NAMES_COMMENT in context.said.kinds
    return "" if not names and (gives or area_in(context, words)) else words


def _is_only_request(context: Context, part: str) -> bool:
    said = Said(part, context.lexicon)
    return PhraseKind.CORRECTS_WORDS in said.kinds or not said.words


def drops(context: Context) -> bool:
    """Whether words are to go, and not the grade with them."""
    names_part = PhraseKind.NAMES_PART in context.said.kinds  # "retiro lo de vergüenza"
    undoes = names_part and context.heard.likely("undoes")
    if not undoes and PhraseKind.DROPS_WORDS not in context.said.kinds:
        return False
    if _is_kept(context):
        return False  # "no borre lo del precio"
    words = context.lexicon.said_before
    stays = words.leaves_grade.search(context.folded) is not None
    return stays or words.names_grade.search(context.folded) is None


def _is_kept(context: Context) -> bool:
    """Whether all words that would drop something stand behind a no."""
    negators, said = context.lexicon.negators, context.said
    starts = [start for start, _ in said.spans(PhraseKind.DROPS_WORDS)]
    begins = set(said.part_starts)  # "no, saque lo del choque" denies something else
    return bool(starts) and all(
        start not in begins and not negators.isdisjoint(said.words[max(0, start - 1) : start])
        for start in starts
    )


def _corrects(context: Context, follow_up: FollowUp) -> bool:
    begins = any(
        start <= _MOST_BEFORE for start, _ in context.said.spans(PhraseKind.CORRECTS_WORDS)
    )
    starred = _STARRED.fullmatch(context.text) is not None
    asks = "?" in context.text or context.said.begins(PhraseKind.WHOM_TO_CALL)
    if not (begins or starred) or asks:
        return False
    words = context.lexicon.said_before
    stays = words.leaves_grade.search(context.folded) is not None
    names_grade = words.names_grade.search(context.folded) is not None and not stays
    names_grade = names_grade or bool(best_or_worst(context.said))
    if names_grade or denies_by_name(context) or _names_another_area(context, follow_up):
        return False
    rated = context.state.rated[-1].grade if context.state.rated else 0
    others = set(context.numbers) - {rated}
    return not others or _says_again(context, follow_up, rated)


def _names_another_area(context: Context, follow_up: FollowUp) -> bool:
    area = area_in(context, context.folded)
    return area is not None and area.id != follow_up.subject.area


def _says_again(context: Context, follow_up: FollowUp, rated: int) -> bool:
    """Whether a word or number of the comment is said again: the correction is about it."""
    said = set(_telling(context.folded)) - {str(rated)}
    return any(not said.isdisjoint(_telling(message.lower())) for message in follow_up.messages)


def _telling(text: str) -> list[str]:
    words = re.findall(r"\w+", text)
    return [word for word in words if len(word) >= _SHORTEST_WORD or word.isdecimal()]
