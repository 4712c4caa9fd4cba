"""Words of a comment are put right or taken back: asked in one tap, never simply added."""

from __future__ import annotations

import re

from handlers.state import FollowUp
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import Context
from handlers.understanding.intents.answers import ReviseWords
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import best_or_worst

_MOST_WORDS = 20
_MOST_BEFORE = 3  # words before what corrects: "oiga señorita, no fue …"
_STARRED = re.compile(r"\s*\*\s*[^\W\d].*|.*[^\W\d]\s*\*\s*", re.DOTALL)
_WORD = re.compile(r"\w+")
_SHORTEST_WORD = 4  # letters of a word that counts as said again


def revision(context: Context) -> Intent | None:
    """ "No era eso, quise decir …", "saque lo del guardia", after a comment's words."""
    follow_up = context.state.follow_up
    if follow_up is None or follow_up.case or not follow_up.messages:
        return None
    if context.command is not None or len(context.folded.split()) > _MOST_WORDS:
        return None
    plainly = _plain_revision(context)
    if plainly is not None:
        return plainly
    if _corrects(context, follow_up):
        return ReviseWords(context.text.strip())
    return None


def revision_of_closed(context: Context) -> ReviseWords | None:
    """ "El comentario quiero que diga que faltan dos baños", once nothing is added to it."""
    opened = context.open
    if context.state.follow_up is not None or not context.state.rated or context.said.asks:
        return None
    if opened is not None and not opened.outline.about_card:
        return None
    kinds = context.said.kinds
    if PhraseKind.NAMES_COMMENT not in kinds or len(context.folded.split()) > _MOST_WORDS:
        return None
    plainly = _plain_revision(context)
    if plainly is not None:
        return plainly
    return ReviseWords() if PhraseKind.CORRECTS_WORDS in kinds else None


def _plain_revision(context: Context) -> ReviseWords | None:
    """What is asked of a comment in so many words; the request is none of its words."""
    if PhraseKind.DROPS_NAME in context.said.kinds:
        return ReviseWords(without_names=True)
    instead = _said_instead(context)
    if instead:
        return ReviseWords(instead)
    return ReviseWords() if _drops(context) else None


def _said_instead(context: Context) -> str:
    """What follows "el comentario debe decir que …", without "lo puse mal" behind it; or ""."""
    text = context.text.strip()
    written = [found.span() for found in _WORD.finditer(text)]
    spans = context.said.spans(PhraseKind.SAYS_INSTEAD)
    denied = context.lexicon.negators
    ends = [end for start, end in spans if denied.isdisjoint(context.said.words[start:end])]
    if not ends or len(written) != len(context.said.words) or min(ends) == len(written):
        return ""
    parts = PARTS.split(text[written[max(ends) - 1][1] :].strip(" :,;«»\"'"))
    while len(parts) > 1 and _is_only_request(context, parts[-1]):
        parts.pop()
    last = parts[-1].strip()
    return text[written[max(ends) - 1][1] : text.rfind(last) + len(last)].strip(" :,;«»\"'")


def _is_only_request(context: Context, part: str) -> bool:
    said = Said(part, context.lexicon)
    return PhraseKind.CORRECTS_WORDS in said.kinds or not said.words


def _drops(context: Context) -> bool:
    """Whether words are to go, and not the grade with them."""
    if PhraseKind.DROPS_WORDS not in context.said.kinds:
        return False
    words = context.lexicon.said_before
    stays = words.leaves_grade.search(context.folded) is not None
    return stays or words.names_grade.search(context.folded) is None


def _corrects(context: Context, follow_up: FollowUp) -> bool:
    begins = any(
        start <= _MOST_BEFORE for start, _ in context.said.spans(PhraseKind.CORRECTS_WORDS)
    )
    starred = _STARRED.fullmatch(context.text) is not None
    if not (begins or starred) or "?" in context.text:
        return False
    words = context.lexicon.said_before
    stays = words.leaves_grade.search(context.folded) is not None
    names_grade = words.names_grade.search(context.folded) is not None and not stays
    names_grade = names_grade or bool(best_or_worst(context.said))
    if names_grade or _names_another_area(context, follow_up):
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
