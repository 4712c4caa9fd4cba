"""What is to be changed in a case that is being told and not filed yet: all of it or nothing.

A clause goes as a whole; where it is not sure which is meant, all is told anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.state import Awaits, Filing
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_mentioned
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import BeginCase, ChangeTold, PutWordsRight
from handlers.understanding.intents.rating import AskWhatToChange
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases.area import area_of_complaint
from handlers.understanding.new_cases.receiver import receiver_named
from handlers.understanding.reading.clauses import (
    clauses,
    naming,
    without_asides,
    without_named,
)
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.told import MAYBE, MENDED
from handlers.understanding.reading.wishes import adds_plainly, only_wishes
from handlers.understanding.said_before.corrections.cases import case_put_right
from handlers.understanding.said_before.corrections.comments import drops

_WORD = re.compile(r"\d+|[^\W\d_]+")
TAKING_OUT = (PhraseKind.DROPS_WORDS, PhraseKind.LEAVES_OUT, PhraseKind.DROPS_THING)
KEEPING = (PhraseKind.KEEPS_GRADE, PhraseKind.KEEPS_CASE, PhraseKind.BRINGS_BACK)
_NAMING = (PhraseKind.NAMES_PART, PhraseKind.LEAVES_OUT)
KINDS_NAMED = (CaseKind.COMPLAINT, CaseKind.SUGGESTION, CaseKind.PRAISE)
_SHORTEST_TELLING, _MOST_OF_KIND = 4, 5  # letters of a word, and such words that deny a kind
_FEWEST_LEFT = 3  # words that still tell something
_MOST_BEFORE = 4  # words before "sin la parte de" where it asks for a change: "sí, pero"
_FEWEST_ANEW = 4  # words that a whole case is told in
_NOTHING = (Verdict.NOTHING, Verdict.SMALL_TALK, Verdict.EXTERNAL)
_MOST_LEADING_IN = 10  # words before "mejor pongo:"
_MOST_KEEPING = 6  # words of "no, déjelo como estaba"


def kept_as_it_was(context: Context) -> Intent | None:
    """ "Déjelo como estaba", where all was to be told anew; hardly anything is asked again."""
    filing, said = context.state.filing, context.said
    if filing is None or not filing.words:
        return None
    if PhraseKind.BRINGS_BACK in said.kinds:
        return Act.KEEP_TOLD  # "¿dónde está lo que escribí?"
    if PhraseKind.KEEPS_CASE in said.kinds and len(said.words) <= _MOST_KEEPING:
        return Act.KEEP_TOLD  # "no lo cancele"
    if not filing.anew:
        return None
    if len(said.words) > _MOST_KEEPING:
        keeps = any(start <= 1 for start, _ in said.spans(PhraseKind.KEEPS_GRADE))
        right = case_put_right(context) if keeps else None
        return right or (AskWhatToChange(context.text.strip()) if keeps else None)
    if PhraseKind.KEEPS_GRADE in said.kinds:
        return Act.KEEP_TOLD
    asks_again = {PhraseKind.REWRITES_COMMENT, PhraseKind.TELLS_ANEW} & said.kinds.keys()
    return Act.TELL_CASE_ANEW if asks_again or len(said.words) < _FEWEST_ANEW else None


def part_left_out(context: Context) -> Intent | None:
    """ "Quite lo de mi vecina, y que sea a alumbrado", "sí, pero sin la parte de mi viejito"."""
    filing = _told(context)
    if filing is None or not _takes_out(context):
        return None
    if isinstance(right := case_put_right(context), PutWordsRight):
        return right  # "saque eso de la cajera, mejor diga la persona de la ventanilla"
    words: tuple[str, ...] | None = filing.words
    beside = list[str]()
    for part in context.said.parts:
        named = _named(Said(part, context.lexicon))
        if named is None:
            beside.append(part.strip())
        elif words is not None and not _is_absent(context, filing, named):
            words = without_named(words, named, context.lexicon)
    if words is None or not _still_tells(context, words):
        return Act.TELL_CASE_ANEW
    area, told = _area_named(context, beside), _told_beside(context, beside)
    keeps = any(PhraseKind.KEEPS_ONLY in Said(part, context.lexicon).kinds for part in beside)
    absent = words == filing.words and not (area or told or keeps)
    known = _named_in(context, words)
    told = [
        one
        for one in told
        if not naming(Said(one, context.lexicon).words[1:], context.lexicon) <= known  # "solo el …"
    ]
    area = area or _area_of_rest(context, filing, words)
    return ChangeTold((*words, *told), area, absent=absent)


def _named_in(context: Context, words: Sequence[str]) -> set[str]:
    """What the words name, in the singular."""
    return naming(Said("\n".join(words), context.lexicon).words, context.lexicon)


def _is_absent(context: Context, filing: Filing, named: set[str]) -> bool:
    """Whether nothing of the kind was told: "y saque lo de la perrita", which was never in it."""
    return bool(named) and named.isdisjoint(_named_in(context, filing.words))


def told_anew(context: Context) -> ChangeTold | None:
    """ "Quedó mal escrito, mejor pongo: baldosas sueltas en la plaza": in the place of all."""
    filing, told = _told(context), _behind_lead(context)
    if filing is None or told == context.text or "?" in context.text:
        return None
    return ChangeTold((told,), _area_of_rest(context, filing, (told,)))


def matter_put_right(context: Context) -> ChangeTold | None:
    """ "El reclamo no es de mascotas, es de la basura": the area, and what it is about."""
    filing, said = _told(context), context.said
    ends = [end for _, end in said.spans(PhraseKind.DENIES_MATTER)]
    if filing is None or not ends:
        return None
    lexicon, parts = context.lexicon, context.said.parts
    at = next((at for at, part in enumerate(parts) if _denied(Said(part, lexicon))), None)
    if at is None or at + 1 >= len(parts):
        return None
    meant = _without_lead(context, ", ".join(part.strip() for part in parts[at + 1 :]))
    named = area_mentioned(context, meant)
    not_of = area_mentioned(context, " ".join(_denied(Said(parts[at], lexicon))))
    area = named.id if named is not None else _area_of_matter(context, meant)
    if not said.names_case and not_of is None and _is_of_nothing(context, parts[at]):
        return None  # "no es de hoy, es de hace un mes"
    if not area or (not_of is not None and area == not_of.id):
        return None
    denied = naming(_denied(Said(parts[at], lexicon)), lexicon)
    words = without_named(filing.words, denied, lexicon) or filing.words
    words = words if _still_tells(context, words) else ()
    known = naming([word for told in words for word in Said(told, lexicon).words], lexicon)
    only_area = named is not None and len(Said(meant, lexicon).words) <= _MOST_BEFORE
    new = not only_area and not naming(Said(meant, lexicon).words, lexicon) <= known
    words = (*words, meant) if new or not words else words
    return ChangeTold(words, area)


def kind_put_right(context: Context) -> ChangeTold | BeginCase | None:
    """ "No es un reclamo, es una felicitación": the same words, as another kind of case."""
    filing, lexicon = _told(context), context.lexicon
    if filing is None or "?" in context.text:
        return None
    denied, meant = set[CaseKind](), set[CaseKind]()
    for part in context.said.parts:
        said = Said(part, lexicon)
        kinds = {k for k in KINDS_NAMED if not lexicon.case_wishes[k].isdisjoint(said.sounds)}
        (meant if lexicon.negators.isdisjoint(said.words) else denied).update(kinds)
    beside = [word for word in context.said.words if len(word) >= _SHORTEST_TELLING]
    if not denied or len(meant) != 1 or denied & meant or len(beside) > _MOST_OF_KIND:
        return None
    (kind,) = meant
    return ChangeTold(filing.words, filing.area) if kind is filing.kind else BeginCase(kind)


def _told(context: Context) -> Filing | None:
    filing, prompt = context.state.filing, context.state.prompt
    if prompt is None or prompt.awaits not in (Awaits.CASE, Awaits.CASE_AREA):
        return None
    return filing if filing is not None and filing.words and not filing.anew else None


def _takes_out(context: Context) -> bool:
    """Whether it asks that something go, and is no account of what somebody was left without."""
    said = context.said
    starts = [start for start, _ in said.spans(PhraseKind.LEAVES_OUT)]
    leaves_out = any(start <= _MOST_BEFORE for start in starts) and context.offers("file")
    return "?" not in context.text and (leaves_out or drops(context) or _drops_thing(context))


def _drops_thing(context: Context) -> bool:
    """ "No, así no, borre los horarios del texto", of what is in it; not "quite las ramas"."""
    filing = context.state.filing
    parts = [Said(part, context.lexicon) for part in context.said.parts]
    ordered = [part for part in parts if _begins_to_drop(context, part)]
    reviews = context.offers("file") or PhraseKind.OUT_OF_TEXT in context.said.kinds
    if filing is None or not ordered or not reviews:
        return False
    told = _named_in(context, filing.words)
    return all((named := _named(part)) and named <= told for part in ordered)


def _begins_to_drop(context: Context, part: Said) -> bool:
    """The order begins it, or stands behind a yes: "sí, pero quítele el teléfono"."""
    beside = context.lexicon.contrast | {"si"}
    starts = [start for start, _ in part.spans(PhraseKind.DROPS_THING)]
    return any(beside.issuperset(part.words[:start]) for start in starts)


def _named(said: Said) -> set[str] | None:
    """What the part names that is to go; None where it asks for nothing of the kind."""
    if not any(said.spans(kind) for kind in TAKING_OUT):
        return None
    ends = [end for kind in _NAMING for _, end in said.spans(kind)]
    if not ends and (dropped := said.spans(PhraseKind.DROPS_THING)):
        begins = min(start for start, _ in dropped) + 1
        outs = [start for start, _ in said.spans(PhraseKind.OUT_OF_TEXT) if start > begins]
        return naming(said.words[begins : min(outs, default=len(said.words))], said.lexicon)
    return naming(said.words[max(ends) :], said.lexicon) if ends else set()


def _denied(said: Said) -> Sequence[str]:
    """What a case is said not to be about."""
    ends = [end for _, end in said.spans(PhraseKind.DENIES_MATTER)]
    return said.words[max(ends) :] if ends else ()


def _is_of_nothing(context: Context, part: str) -> bool:
    denied = " ".join(_denied(Said(part, context.lexicon)))
    return context.rank(denied).verdict in _NOTHING


def _area_of_matter(context: Context, meant: str) -> str:
    """The area of what it is about, whatever card was shown before."""
    ranking = context.release.index.rank(meant)
    first = context.release.area_of_card(ranking.hits[0].id) if ranking.hits else ""
    if not context.said.names_case and ranking.verdict in _NOTHING:
        return ""
    return first or area_of_complaint(context.of(meant), meant)


def _without_lead(context: Context, meant: str) -> str:
    """ "La basura" of "es de la basura"."""
    leads = context.lexicon.grade.is_ | {"de"} | context.lexicon.grade.for_area
    words = meant.split()
    while len(words) > 1 and fold(words[0]) in leads:
        words.pop(0)
    return " ".join(words)


def _still_tells(context: Context, words: Sequence[str]) -> bool:
    left = Said("\n".join(words), context.lexicon)
    return len(left.words) >= _FEWEST_LEFT and not only_wishes(left)


def _area_named(context: Context, parts: Iterable[str]) -> str:
    """The area of "y que sea a alumbrado y calles"."""
    named = (receiver_named(context.of(part)) for part in parts)
    return next((found.area for found in named if found is not None), "")


def _area_of_rest(context: Context, filing: Filing, words: Sequence[str]) -> str:
    """The area that was known; another, where only the words that go told it."""
    before, after = "\n".join(filing.words), "\n".join(words)
    if area_of_complaint(context.of(before), before) != filing.area:
        return filing.area  # it was chosen
    return area_of_complaint(context.of(after), after) or filing.area


def _told_beside(context: Context, parts: Iterable[str]) -> list[str]:
    """What is told beside it: a place, what is to be added, what happened; no reasons for it."""
    return [part for part in parts if _tells(context, part)]


def _tells(context: Context, part: str) -> bool:
    said = Said(part, context.lexicon)
    if len(said.words) < _FEWEST_LEFT or receiver_named(context.of(part)) is not None:
        return False
    if PhraseKind.KEEPS_ONLY in said.kinds:
        return False
    if names_place(said) or adds_plainly(said) or said.begins(PhraseKind.WISHES_DONE):
        return True
    if PhraseKind.TELLS_WHEN in said.kinds or _says_what_it_is(said):
        return True
    return bool(context.release.listener.hear(part).best((*MENDED, "blames"), MAYBE))


def _says_what_it_is(said: Said) -> bool:
    """ "Es solo los sábados", behind the part that is to go."""
    return not said.lexicon.grade.is_.isdisjoint(said.words[:2])


def words_of_case(context: Context) -> str:
    """What a message tells, without what it says to the assistant, and without a bare number."""
    told = without_asides(_without_order(context.of(_behind_lead(context))), context.lexicon)
    parts = clauses(told, context.lexicon)
    return "" if len(parts) == 1 and told.strip().isdecimal() and len(told) <= 1 else told.strip()


def _behind_lead(context: Context) -> str:
    """What stands behind "quedó mal escrito, mejor pongo:"."""
    lead, _, told = context.text.partition(":")
    few = len(lead.split()) <= _MOST_LEADING_IN and len(told.split()) >= _FEWEST_ANEW
    kinds = {PhraseKind.REWRITES_COMMENT, PhraseKind.TELLS_ANEW, PhraseKind.CORRECTS_WORDS}
    rewrites = not kinds.isdisjoint(Said(lead, context.lexicon).kinds)
    return told.strip() if few and rewrites else context.text


def _without_order(context: Context) -> str:
    """The "pintan autos en la vereda" of "sí, pero ponga también que pintan autos en la vereda"."""
    said, text = context.said, context.text
    yes = context.commands.get(fold(said.parts[0])) == "yes" if said.parts else False
    ends = [end for start, end in said.spans(PhraseKind.ADDS_TO_COMMENT) if start <= _MOST_BEFORE]
    written = [found.start() for found in _WORD.finditer(text)]
    if not yes or not ends or max(ends) >= len(written) or len(written) != len(said.words):
        return text
    return text[written[max(ends)] :]
