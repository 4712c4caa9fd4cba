"""A case is put right while it is told, and once it is filed: whom it is for, its words."""

from __future__ import annotations

import re

from handlers.content.model import Area
from handlers.facts.cases import CaseKind
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_by_name,
    area_in,
    area_mentioned,
    areas_meant,
)
from handlers.understanding.context import CORRECT_OTHER, Context
from handlers.understanding.grades.area_meant import after_denial
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import (
    AddToCase,
    AskIfOfCase,
    AskWhatIsWrong,
    PutWordsRight,
    ReopenCase,
    SetCaseArea,
)
from handlers.understanding.intents.rating import AskWhatToChange
from handlers.understanding.reading.clauses import without_asides
from handlers.understanding.reading.days_told import day_replaced
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.places import names_place, tells_corner
from handlers.understanding.reading.replaced import Replacement, put_right
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import adds_plainly, tells_besides
from handlers.understanding.said_before.corrections.on_record import denies

_JOINED = re.compile(r"\s*[,.;]\s*|\s+[yeYE]\s+")
_HOUSE = re.compile(r"\b\d{2,5}\b")  # the number of a house
_TAKING_AWAY = ("withdraws", "undoes")
_MOST_OF_DAY = 14  # words of "leave it as it was, just put tuesday not monday"
_MOST_PUT_RIGHT = 12  # words that say which area a case is for
_MOST_WORDS = 30
_MOST_ANEW = 20  # words that only ask to begin again
_MOST_OF_INSULT = 5  # words of a part that goes with a word in it
_MOST_NAMING = 5  # words of an area's name
_PERHAPS = 0.3
_MOST_NAMED = 3  # words: "de mi reclamo"
_MOST_CORRECTING = 6  # words: "quiero corregir algo de mi caso"
_MOST_BEFORE = 3  # words before what corrects: "oiga señorita, no fue …"
_MOST_LEADING = 2  # words before what was asked for: "fue el jueves", "se te jodi"
_SHORTEST_TOLD = 4  # letters of a word that counts as said again
_NEAR = 3  # words between a no and what it denies
_MOST_OF_MATTER = 4  # words: "del hoyo de Brasil"
_FEWEST_MORE = 3  # words that tell more beside what is put right


def case_put_right(
    context: Context,
) -> SetCaseArea | PutWordsRight | AskWhatToChange | Act | None:
    """ "Era para aseo", "perdón, es Balmaceda 1300", "son dos semanas, no tres": no more of it.

    What corrects something, and does not tell what, is asked about.
    """
    filing = context.state.filing
    if filing is None or not filing.words or "?" in context.text:
        return None
    if (day := _day_put_right(context, filing.words)) is not None:
        return day
    if filing.anew:
        return _words_put_right(context)
    if _begins_anew(context):
        return Act.TELL_CASE_ANEW
    if PhraseKind.DROPS_LAST in context.said.kinds and len(context.said.words) <= _MOST_PUT_RIGHT:
        *kept, last = filing.words
        return PutWordsRight(last, "") if kept else Act.TELL_CASE_ANEW
    area = _area_put_right(context)
    if area:
        return SetCaseArea(area)
    return (
        _elsewhere(context)
        or _place_put_right(context)
        or _words_put_right(context)
        or _matter_put_right(context, filing.area)
        or _doubtful(_without_asides(context), filing.words)
    )


def _day_put_right(context: Context, told: tuple[str, ...]) -> PutWordsRight | None:
    """ "It was not Monday, it was Tuesday", "perdón, fue anteayer": that day alone."""
    said, lexicon = context.said, context.lexicon
    found = day_replaced(context.text, told, lexicon)
    if found is None or len(said.words) > _MOST_OF_DAY:
        return None
    was_named = fold(found.was).split()[-1] in said.words
    if was_named and not lexicon.negators.isdisjoint(said.words):
        return PutWordsRight(*found)
    corrects = context.heard.likely("corrects") or not {*_CORRECTING}.isdisjoint(said.kinds)
    corrects = corrects or not lexicon.grade.slips.isdisjoint(said.words)
    alone = corrects and not was_named and not context.offers("skip")
    return PutWordsRight(*found) if alone else None


def _doubtful(context: Context, told: tuple[str, ...]) -> AskWhatToChange | None:
    """ "Ah, no, si me dicen que no está apagada", "quite lo de corrupto": none of it is added."""
    said, heard = context.said, context.heard
    if len(said.words) > _MOST_WORDS or wishes_done(context) or answers_missing(context):
        return None
    drops_words = PhraseKind.DROPS_WORDS in said.kinds
    begins = any(_begins(said, kind) for kind in _CORRECTING) or drops_words
    adds = _begins(said, PhraseKind.ADDS_TO_COMMENT) and not begins  # "agregue que tengo fotos"
    placed = any(context.lexicon.house_number.search(one) for one in told)
    tells_place = names_place(said) or tells_corner(said)
    adds = adds or (tells_place and not placed)  # the place that was asked for
    corrects = begins or (not adds and heard.best(("corrects", "undoes")))
    if not corrects and not _denies_told(context, told):
        return None
    return AskWhatToChange(context.text.strip())


def _begins(said: Said, kind: PhraseKind) -> bool:
    return any(start <= _MOST_BEFORE for start, _ in said.spans(kind))


def answers_missing(context: Context) -> bool:
    """ "Fue desde el jueves, y pido que la retiren", where when it was and what is asked for miss.

    What it tells of these is no correction, however it sounds.
    """
    starts = [start for kind in _MISSING for start, _ in context.said.spans(kind)]
    begins = bool(starts) and min(starts) <= _MOST_LEADING
    denies = not context.lexicon.negators.isdisjoint(context.said.words[:1])
    return context.offers("skip") and begins and not denies


_MISSING = {
    *(PhraseKind.TELLS_WHEN, PhraseKind.TELLS_WHERE, PhraseKind.AT_PLACE),
    *(PhraseKind.TELLS_WISH, PhraseKind.WISHES_DONE),
}


def wishes_done(context: Context) -> bool:
    """ "Que lo anulen": the fine that is complained of, and not the complaint."""
    said, cases = context.said, context.lexicon.case_wishes[CaseKind.COMPLAINT]
    wishes = said.begins(PhraseKind.WISHES_DONE)
    return wishes and cases.isdisjoint(said.sounds)


def _denies_told(context: Context, told: tuple[str, ...]) -> bool:
    """ "No todas, día por medio", "no era municipal la micro": a word that was told, and a no."""
    negators = context.lexicon.negators
    said = {word.removesuffix("s") for word in fold(" ".join(told)).split()}
    for part in PARTS.split(context.text):
        words = fold(part).split()
        for at, word in enumerate(words):
            telling = len(word) >= _SHORTEST_TOLD or value_of(word, context.lexicon) is not None
            beside = {*words[max(0, at - _NEAR) : at], *words[at + 1 : at + 2]}
            if telling and word.removesuffix("s") in said and not negators.isdisjoint(beside):
                return True
    return False


def filed_case_put_right(
    context: Context,
) -> AddToCase | AskIfOfCase | ReopenCase | AskWhatIsWrong | None:
    """ "En mi reclamo falta que muerden": added to it. "Me equivoqué, era Los Lirios 43": asked
    about, unless an area was rated since.

    "Me faltó decir que muerden" is enough where nothing else can be meant.
    """
    state, said = context.state, context.said
    busy = state.filing or state.proposal or context.words_are_awaited
    if not state.cases or busy or context.command is not None:
        return None
    if (of_asked := _correction_asked_for(context, state.cases[-1].number)) is not None:
        return of_asked
    if state.follow_up:
        return None
    if not state.rated and adds_plainly(said):
        if _only_wishes_to_add(said):
            return ReopenCase(state.cases[-1].number)
        if len(state.cases) == 1 and "?" not in context.text:
            return AddToCase(state.cases[-1].number, context.text.strip())
    names_case = not context.lexicon.case_wishes[CaseKind.COMPLAINT].isdisjoint(said.sounds)
    if not names_case and _corrects_only_case(context):
        return AskIfOfCase(context.text.strip(), state.cases[-1].number, _is_asked_for(context))
    if "?" in context.text:
        rewrites = names_case and PhraseKind.REWRITES_COMMENT in said.kinds
        return ReopenCase(state.cases[-1].number) if rewrites else None
    corrects = not {*_CORRECTING, PhraseKind.ADDS_TO_COMMENT}.isdisjoint(said.kinds)
    corrects = corrects or context.replacement is not None
    goes = context.heard.main in _TAKING_AWAY
    if context.replacement is None:  # "era por la basura, no por el parque" neither begins nor ends
        goes = goes or bool(context.heard.best(_TAKING_AWAY, _PERHAPS))
        goes = goes or PhraseKind.COMPLAINS in said.kinds
    if not corrects or len(said.words) > _MOST_WORDS or goes:
        return None
    names_place = not state.rated and context.lexicon.house_number.search(context.text)
    number, words = state.cases[-1].number, context.text.strip()
    if names_case:
        return AddToCase(number, words)
    return AskIfOfCase(words, number, _is_asked_for(context)) if names_place else None


def correction_announced(context: Context, number: str) -> AskWhatIsWrong | None:
    """ "Quiero corregir mi reclamo", "me equivoqué en el reclamo": what is wrong comes next."""
    said, words = context.said, context.folded.split()
    if not said.names_case or len(words) > _MOST_CORRECTING or context.replacement is not None:
        return None
    if ":" in context.text or any(map(str.isdigit, context.text)) or names_place(said):
        return None
    if context.heard.main == "withdraws" and context.heard.surely("withdraws"):
        return None
    slips = not said.lexicon.grade.slips.isdisjoint(said.words)
    corrects = not {"rectify", "change"}.isdisjoint(map(context.commands.get, words))
    return AskWhatIsWrong(number) if corrects or slips else None


def _correction_asked_for(
    context: Context, number: str
) -> AskIfOfCase | ReopenCase | AskWhatIsWrong | None:
    """ "Quiero corregir mi reclamo": what is wrong comes next. What names it after CORREGIR, and
    may be of own data, is asked about."""
    if not context.said.names_case:
        return None
    if (announced := correction_announced(context, number)) is not None:
        return announced
    asked, words = _is_asked_for(context), context.folded.split()
    tells = ":" in context.text or names_place(context.said)
    if asked and len(words) <= _MOST_NAMED and not tells:
        return AskWhatIsWrong(number)
    return AskIfOfCase(context.text.strip(), number, of_data=True) if asked else None


def _is_asked_for(context: Context) -> bool:
    """Whether it is asked what is to be corrected, after CORREGIR."""
    prompt = context.state.prompt
    awaited = prompt is not None and prompt.awaits is Awaits.RECTIFY
    return awaited or context.offers(CORRECT_OTHER)


def _corrects_only_case(context: Context) -> bool:
    """ "Corregir: es el parque Valdivia, no el Coll", where nothing but one case can be meant."""
    state, heard = context.state, context.heard
    else_meant = state.rated or state.topic or context.open is not None or state.draft is not None
    wishes = PhraseKind.TELLS_WISH in context.said.kinds  # "quiero corregir mi ficha"
    corrects = heard.main == "corrects" and heard.surely("corrects") and not wishes
    told = len(context.said.words) > _MOST_BEFORE and not context.said.names_case
    return bool(len(state.cases) == 1 and not else_meant and corrects and told)


def _only_wishes_to_add(said: Said) -> bool:
    """ "¿Puedo agregar algo a mi reclamo?", "… al reclamo del hoyo": what it is comes next."""
    nouns = said.lexicon.case_nouns
    at = next((at for at, heard in enumerate(said.sounds, 1) if heard in nouns), len(said.words))
    if said.words[at : at + 1] and said.words[at] in said.lexicon.grade.for_area | {"del", "de"}:
        matter = len(said.words) - at <= _MOST_OF_MATTER
        return matter and _only_wishes_to_add(Said(" ".join(said.words[:at]), said.lexicon))
    wish = said.covered(PhraseKind.ADDS_TO_COMMENT)
    empty = said.lexicon.place_fillers
    beside = [w for at, w in enumerate(said.words) if at not in wish and w not in empty]
    return bool(wish) and not tells_besides(said, beside, nouns)


_CORRECTING = {
    PhraseKind.CORRECTS_WORDS,
    PhraseKind.MAY_CORRECT,
    PhraseKind.REWRITES_COMMENT,
}


def _begins_anew(context: Context) -> bool:
    """ "Borre lo escrito, que lo voy a contar de nuevo", with nothing told behind it."""
    spans, parts = context.said.spans(PhraseKind.TELLS_ANEW), context.text.split(":")
    told = len(parts) > 1 and len(parts[-1].split()) >= _FEWEST_MORE
    return bool(spans) and not told and len(context.said.words) <= _MOST_ANEW


def _area_put_right(context: Context) -> str:
    """ "Era para aseo, no para obras" to the summary of a case; "" for others."""
    if len(context.said.words) > _MOST_PUT_RIGHT or context.said.asks:
        return ""
    where = PhraseKind.TELLS_WHERE in context.said.kinds
    if where or not (context.heard.likely("corrects") or denies(context)):
        return ""
    meant = after_denial(context)
    area = area_mentioned(context, meant) or _area_after(context, meant)
    filing = context.state.filing
    known = filing.area if filing is not None else ""
    return area.id if area is not None and area.id != known else ""


def _area_after(context: Context, meant: str) -> Area | None:
    """The area whose whole name follows "para": "es pa servicios a la comunidad"."""
    words = meant.split()
    ends = [at for at, word in enumerate(words, 1) if word in context.lexicon.grade.to_area]
    return next(filter(None, (area_by_name(context, " ".join(words[at:])) for at in ends)), None)


def _elsewhere(context: Context) -> SetCaseArea | None:
    """ "No quiero reclamar contra Tránsito, esto fue en el juzgado": with what else is told."""
    filing, parts = context.state.filing, PARTS.split(context.text)
    if filing is None or len(parts) < 2 or len(context.said.words) > _MOST_WORDS:
        return None
    first = Said(parts[0], context.lexicon)
    if first.lexicon.negators.isdisjoint(first.words):
        return None
    denied = area_in(context, " ".join(w for w in first.words if w not in context.lexicon.negators))
    for part in parts[1:]:
        said = Said(part, context.lexicon)
        for _, end in said.spans(PhraseKind.WAS_AT):
            names = (" ".join(said.words[end : end + size]) for size in range(1, _MOST_NAMING))
            meant = next(filter(None, (area_by_name(context, name) for name in names)), None)
            if denied is not None and meant is not None and meant is not denied:
                return SetCaseArea(meant.id, context.text.strip())
    return None


def _words_put_right(context: Context) -> PutWordsRight | None:
    """ "No era Balmaceda, era Cuatro Esquinas": in the place of the first, where that was told."""
    filing, found = context.state.filing, context.replacement
    if filing is None or found is None or len(context.said.words) > _MOST_WORDS:
        return None
    if not context.lexicon.grade.is_.isdisjoint(fold(found.meant).split()):
        return None  # "en la Costanera es la cosa" is no place alone
    for told in filing.words:
        right = put_right(told, found, context.lexicon)
        if right:
            return PutWordsRight(told, right, _told_beside(context, found))
    return None


def _matter_put_right(context: Context, area: str) -> SetCaseArea | None:
    """ "Es la luz, no la basura", where the area of the one has it and the other is told."""
    found = context.replacement
    if found is None or areas_meant(context, found.was)[:1] != (area,):
        return None
    meant = areas_meant(context, found.meant)
    return SetCaseArea(meant[0]) if len(meant) == 1 and meant[0] != area else None


def _without_asides(context: Context) -> Context:
    """ "Ya le dije pues, hace dos semanas": what is told, which corrects nothing."""
    told = without_asides(context.text, context.lexicon)
    return context if told == context.text else context.of(told)


def _told_beside(context: Context, found: Replacement) -> str:
    """What is told in other parts of the text than the correction."""
    replaced = set(fold(f"{found.was} {found.meant}").split())
    more = []
    for part in PARTS.split(context.text):
        said = Said(part, context.lexicon)
        corrects = PhraseKind.MAY_CORRECT in said.kinds or PhraseKind.CORRECTS_WORDS in said.kinds
        is_more = len(said.words) >= _FEWEST_MORE and replaced.isdisjoint(said.words)
        if is_more and not corrects:
            more.append(part.strip())
    return ", ".join(more)


def _place_put_right(context: Context) -> PutWordsRight | None:
    """ "Perdón, es Balmaceda 1300": the one address that was told is another."""
    filing, said, address = context.state.filing, context.said, context.lexicon.house_number
    if filing is None or len(said.words) > _MOST_PUT_RIGHT or said.asks:
        return None
    before = [found[0] for told in filing.words for found in address.finditer(told)]
    if len(before) != 1:
        return None
    now = [found[0] for found in address.finditer(context.text)]
    first = fold(PARTS.split(context.text)[0])
    corrects = context.commands.get(first) == "no" or context.heard.likely("corrects")
    corrects = corrects or PhraseKind.CORRECTS_WORDS in said.kinds
    corrects = corrects or not context.lexicon.grade.slips.isdisjoint(first.split())
    numbers = set(_HOUSE.findall(context.text))
    instead = numbers - set(_HOUSE.findall(before[0]))
    if len(instead) == 1 and (corrects or len(instead) < len(numbers)) and _is_number(context):
        return PutWordsRight(before[0], _HOUSE.sub(instead.pop(), before[0]))
    streets = [found for found in now if not _is_of_sentence(context, found)]
    return PutWordsRight(before[0], streets[0]) if len(streets) == 1 and corrects else None


def _is_of_sentence(context: Context, address: str) -> bool:
    """The "eran 25" of "perdón, eran 25": no street is called so."""
    return fold(address.split()[0]) in context.lexicon.grade.is_


def _is_number(context: Context) -> bool:
    """ "No, era el 450", "450, no 430", "perdón, número 450": hardly more than the number."""
    lexicon = context.lexicon
    empty = lexicon.grade.around | lexicon.grade.is_ | lexicon.place_fillers | lexicon.negators
    empty |= lexicon.grade.slips | lexicon.grade.named | lexicon.grade.denies | lexicon.instead
    when, words = PhraseKind.TELLS_WHEN in context.said.kinds, context.folded.split()
    begin = enumerate(words[:_MOST_BEFORE], 1)
    slips = [at for at, word in begin if word in lexicon.grade.slips]
    if slips:
        words = words[slips[-1] :]  # "uy, me equivoqué, es el 38"
    return not when and all(word.isdecimal() or word in empty for word in words)
