"""The rating is of another area than was noted: it was not there, or elsewhere."""

from __future__ import annotations

from itertools import dropwhile

from handlers.facts.responses import Subject
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_alone,
    area_answered,
    area_behind,
    area_by_name,
    area_found,
    area_in,
    area_mentioned,
    areas_probable,
    is_sure,
    tells_which_house,
)
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.grades.area_meant import after_denial, only_denied
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import (
    CorrectArea,
    NameUnsureArea,
    ProposeCorrection,
    ProposeGrade,
    Rate,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import may_take_back
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.suggested import best_or_worst
from handlers.understanding.reading.wishes import gives_to, tells_experience
from handlers.understanding.said_before.corrections.on_record import (
    denies,
    grade_on_record,
    is_grade_asked,
    latest_grade,
    rated_area,
)

_MOST_WORDS = 25
_FEW_DENYING = 8  # that deny the area
_FEW_WORDS = 6  # of another area's name behind a no
_FEW_NAMING = 4  # of its name behind "fue en"
_FEW = 12  # words that may put an area right in any other way
_MOST_MEANING = 30
_NAMING = 5  # words, in which a place is named
_FIRST = 2  # words, one of which begins a correction
_FIRST_OF_PLACE = 3  # words, among which the name of a place begins: "yo quería los de la luz"
_NO_PLACE = ("wants_person", "refuses")
_OF_PLACE = {PhraseKind.WAS_AT, PhraseKind.DENIES_PLACE}
_GRADES = range(1, 8)
_GIVING = {PhraseKind.WANTS_TO_RATE, PhraseKind.GIVES_GRADE}


def area_put_right(context: Context) -> Intent | None:
    """ "Yo no estuve ahí, a mí me vieron en la biblioteca": the other area.

    It is named as its grade is asked for; the grade that was given is moved there by a tap. Where
    it is only said that it was not there, the other area is asked for; of somebody who was never
    there the rating may be taken back.
    """
    rated = _rated(context) if _may_be_elsewhere(context) else ""
    if not rated or best_or_worst(context.said) or _names_only(context, rated):
        return None  # "era para felicitarlos, o sea lo más alto"
    area = _other_area(context, rated) or _named_with_grade(context, rated)
    if not area and (instead := _instead_of_chosen(context, rated)) is not None:
        return instead
    if not area:
        return _of_denial(context) if _denies_area(context, rated) else None
    if is_grade_asked(context) or not context.state.rated:
        given = {*context.numbers} & set(_GRADES)
        return ProposeGrade(given.pop(), area) if len(given) == 1 else CorrectArea(area)
    replaced = place_replaced(context) == area
    return put_elsewhere(context, area) if replaced else moved_to(context, area)


def _names_only(context: Context, rated: str) -> bool:
    """ "Salud", where a grade for it is asked for: nothing is put right."""
    denies = not context.lexicon.negators.isdisjoint(context.said.words)
    return not denies and area_alone(context, context.text) == rated


def _instead_of_chosen(context: Context, rated: str) -> NameUnsureArea | CorrectArea | None:
    """ "No, esa no. Yo digo los de la basura", before any grade for it: what the rest describes.

    It is proposed; where nothing is described, and that area is surely denied, they are listed.
    """
    if not is_grade_asked(context) or "?" in context.text or context.command is not None:
        return None
    parts = list(map(context.of, context.said.parts))
    behind = list(dropwhile(lambda part: _denies_chosen(part, rated), parts))
    led, rest = parts[: len(parts) - len(behind)], ", ".join(part.text for part in behind)
    surely = any(_points_elsewhere(part, rated) for part in led)
    told = context.of(rest)
    if not led or _tells_of_visit(told, denied=surely):
        return None  # "no, los de la basura no pasan nunca"
    begins = _begins_place(told)
    if others := tuple(area for area in _described(told, plain=surely or begins) if area != rated):
        return NameUnsureArea(others)
    return CorrectArea("") if surely and (begins or not behind) else None


def _tells_of_visit(context: Context, *, denied: bool) -> bool:
    """Whether more than a place is told; behind what is ``denied``, "no sé" is not."""
    tells = tells_experience(context.said) or context.said.mood or context.numbers
    return bool(tells) or not (denied or context.lexicon.negators.isdisjoint(context.said.words))


def _begins_place(context: Context) -> bool:
    """ "Los de la luz", "yo quería donde dan las becas"; not "quiero hablar con una persona"."""
    leads = context.lexicon.grade.for_area | context.lexicon.place_describing
    return not leads.isdisjoint(context.said.words[:_FIRST_OF_PLACE])


def _described(context: Context, *, plain: bool) -> tuple[str, ...]:
    """The areas that are named, or that words may mean which are plainly of a place."""
    mentioned = area_mentioned(context, context.text)
    if mentioned is not None:
        return (mentioned.id,)
    is_place = plain and context.heard.main not in _NO_PLACE
    return areas_probable(context, context.text) if is_place else ()


def _denies_chosen(context: Context, rated: str) -> bool:
    """ "No", "a esa no", "me confundí", "era la otra": nothing else is said than a no."""
    lexicon, words = context.lexicon, [undoubled(word) for word in context.said.words]
    denying = lexicon.negators | lexicon.grade.slips | lexicon.place_unnamed
    empty = lexicon.was | lexicon.place_pointing | lexicon.place_fillers
    denies = not denying.isdisjoint(words) and (denying | empty).issuperset(words)
    return denies or _denies_area(context, rated)


def _points_elsewhere(context: Context, rated: str) -> bool:
    """ "A esa no", "era la otra"; "no" and "perdón" may begin anything."""
    lexicon, words = context.lexicon, context.said.words
    pointed = not (lexicon.place_pointing | lexicon.grade.for_area).isdisjoint(words)
    denied = not (lexicon.negators | lexicon.place_unnamed).isdisjoint(words)
    return (pointed and denied) or _denies_area(context, rated)


def _may_be_elsewhere(context: Context) -> bool:
    """Whether a place, a no or another grade is said, or one thing in the place of another."""
    words, commands = context.said.words, context.commands
    return (
        not _OF_PLACE.isdisjoint(context.said.kinds)
        or not context.lexicon.negators.isdisjoint(words)
        or "no" in map(commands.get, context.folded.split())
        or (is_grade_asked(context) and not context.lexicon.grade.slips.isdisjoint(words))
        or bool(context.numbers)
        or context.replacement is not None
        or context.heard.likely("corrects")
    )


def area_elsewhere(context: Context) -> Rate | CorrectArea | ProposeCorrection | None:
    """ "Fui a la biblioteca", "eso es de patentes", where words of a comment are awaited.

    "Quiero ponerle nota a turismo" begins a rating of its own.
    """
    rated, said = grade_on_record(context), context.said
    if not rated or context.command is not None or best_or_worst(said):
        return None
    if {*context.numbers} - {rated} or len(said.words) > _MOST_MEANING:
        return None
    area = area_meant(context)
    if not area:
        return None
    if PhraseKind.WANTS_TO_RATE in said.kinds and PhraseKind.WAS_AT not in said.kinds:
        return Rate(Subject(area=area), "menu")
    return put_elsewhere(context, area)


def area_meant(context: Context) -> str:
    """Another area than was rated: where it was, or named by itself; "" for none."""
    if "?" in context.text or tells_which_house(context):
        return ""
    said, words = context.said, context.said.words
    rated = rated_area(context)
    if (alone := area_alone(context, context.text)) not in ("", rated):
        return alone
    starts = [at for at, word in enumerate(words, 1) if word in context.lexicon.instead]
    persons = said.covered(PhraseKind.FOR_SOMEBODY)
    starts += [end for _, end in said.spans(PhraseKind.WAS_AT) if end not in persons]
    parts = (*said.part_starts, len(words))
    places = (" ".join(words[at : min(p for p in parts if p >= at)]) for at in starts)
    named = {_area_at(context, place) for place in places} - {"", rated}
    if len(named) == 1:
        return named.pop()
    of_grade = context.lexicon.said_before.names_grade.search(context.folded) is not None
    if not (of_grade and denies_by_name(context)) and not _may_correct(context):
        return ""
    as_place, told = not denies(context), (after_denial(context), *PARTS.split(context.text))
    found = (area_in(context, text, as_place=as_place) for text in told)
    others = {area.id for area in found if area is not None} - {rated}
    return others.pop() if len(others) == 1 else ""


def _may_correct(context: Context) -> bool:
    few = len(context.said.words) <= _FEW
    asks = context.heard.best(("asks", *FOLLOW_UPS))
    return few and not asks and (may_take_back(context) or context.heard.likely("denies"))


def moved_to(context: Context, area: str) -> ProposeCorrection:
    """The latest rating is for that area: with its grade, or another that is said beside it."""
    noted = context.state.rated[-1].grade
    given = [number for number in context.numbers if number != noted]
    return ProposeCorrection(given[-1] if given else noted, context.text.strip(), area)


def put_elsewhere(context: Context, area: str) -> CorrectArea | ProposeCorrection:
    """The same; "no era Tránsito, era Salud" says nothing else and is no question."""
    plain = not context.rating_is_closed and denies_rated(context)
    if plain and area_answered(context.of(after_denial(context))) == area:
        return CorrectArea(area)
    return moved_to(context, area)


def place_replaced(context: Context) -> str:
    """ "No era en la dideco, fue en el consultorio": the other office than was rated; or ""."""
    found = context.replacement
    rated = _rated(context) if found is not None else ""
    if found is None or not rated or _office(context, found.was) != rated:
        return ""
    meant = _office(context, found.meant)
    return meant if meant != rated else ""


def _office(context: Context, text: str) -> str:
    """The office that "en la dideco" or "a los de los hoyos" surely means; or ""."""
    lexicon, words = context.lexicon, fold(text).split()
    if not words or words[0] not in lexicon.grade.for_area:
        return ""
    place = " ".join(word for word in words if word not in lexicon.place_fillers)
    named = area_in(context, place)
    alone = named.id if named is not None else area_alone(context, place)
    return alone or area_found(context, place, is_sure)


def _of_denial(context: Context) -> CorrectArea | Act:
    """ "No fui a Tránsito" leaves open where it was; "nunca fui a Tránsito" takes it back."""
    never = not context.lexicon.never.isdisjoint(context.said.words)
    return Act.UNDO_RATING if never and not is_grade_asked(context) else CorrectArea("")


def _rated(context: Context) -> str:
    """The area that is being rated, or was just now; "" where it was only guessed."""
    progress, follow_up = context.state.progress, context.state.follow_up
    if follow_up is not None and follow_up.case:
        return ""
    if progress is not None and progress.area_guessed:
        return ""
    if context.rating_is_closed:
        return context.state.rated[-1].subject.area
    rated = progress.subject.area if progress is not None else ""
    return rated or (follow_up.subject.area if follow_up is not None else "")


def _denies_area(context: Context, rated: str) -> bool:
    """ "No fue en Tránsito", "no era ahí", "me equivoqué de oficina": nothing else is said."""
    said, lexicon = context.said, context.lexicon
    area = context.release.content.area_by_id.get(rated)
    if area is None or len(said.words) > _FEW_DENYING or "?" in context.text:
        return False
    if lexicon.negators.isdisjoint(said.words) and not context.heard.likely("corrects"):
        return False
    denied = said.covered(PhraseKind.DENIES_PLACE)
    name = set(fold(f"{area.short_name} {area.name} {area.id}").split()) - lexicon.place_fillers
    name |= {word.removesuffix("s") for word in name}
    if not (denied or not name.isdisjoint(said.words)):
        return False
    if lexicon.said_before.names_grade.search(context.folded) and not _names_office(context):
        return False
    if (lexicon.negators | lexicon.grade.is_ | lexicon.place_pointing).issuperset(said.words):
        return False  # "esa no era" may be the grade
    empty = name | lexicon.place_fillers | lexicon.grade.around
    return all(at in denied or word in empty for at, word in enumerate(said.words))


def _names_office(context: Context) -> bool:
    """ "La nota era para otra oficina": the grade is named, and the office is meant."""
    return not context.lexicon.offices.isdisjoint(context.said.words)


def _other_area(context: Context, rated: str) -> str:
    said = context.said
    if len(said.words) > _MOST_WORDS:
        return ""
    if replaced := place_replaced(context):
        return replaced
    if tells_which_house(context):
        return ""
    behind_no = _named_behind_no(context)
    if behind_no not in ("", rated):
        return behind_no
    if PhraseKind.DENIES_PLACE not in said.kinds:
        area = _place_alone(context) if PhraseKind.WAS_AT in said.kinds else ""
        return area if area != rated else ""
    places = (" ".join(said.words[end:]) for _, end in said.spans(PhraseKind.WAS_AT))
    named = {_area_at(context, place) for place in places} - {"", rated}
    return named.pop() if len(named) == 1 else ""


def _place_alone(context: Context) -> str:
    """ "Fue en la biblioteca", with nothing besides: where it was, and no comment; or ""."""
    words, lexicon = context.said.words, context.lexicon
    led_by = lexicon.grade.slips | lexicon.grade.around | lexicon.negators
    for start, end in context.said.spans(PhraseKind.WAS_AT):
        begins = start <= 1 or led_by.issuperset(words[:start])
        if not begins:
            continue
        rest = words[end:]
        telling = [word for word in rest if word not in lexicon.grade.for_area | lexicon.offices]
        place = " ".join(rest) if len(telling) <= _FEW_NAMING else ""
        called = context.release.area_names.called(place)  # "it was the clinic"
        if area := area_alone(context, place) or (called[0] if len(called) == 1 else ""):
            return area
        before = set(words[:start])
        if before & lexicon.grade.slips and not before & lexicon.negators:
            return area_found(context, place, is_sure)  # "perdón, fue por la licencia"
    return ""


def _named_with_grade(context: Context, rated: str) -> str:
    """ "No fue ahí: deportes, un 3": the area beside another grade, where it is denied; or ""."""
    noted, said = latest_grade(context), context.said
    asked = is_grade_asked(context)
    if not (noted or asked) or len({*context.numbers} - {noted}) != 1 or "?" in context.text:
        return ""
    if asked and not only_denied(context, rated):
        return ""
    slips = not context.lexicon.grade.slips.isdisjoint(said.words[:_FIRST])
    gives = not _GIVING.isdisjoint(said.kinds) or gives_to(said)
    denied = denies_rated(context) or slips
    plainly = PhraseKind.DENIES_PLACE in said.kinds or only_denied(context, rated, noted)
    if not plainly and (gives or not denied):
        return ""
    area = area_in(context, after_denial(context)) or area_behind(context, context.folded)
    return area.id if area is not None and area.id != rated else ""


def _named_behind_no(context: Context) -> str:
    """ "¿Tránsito? No, Obras": the area that few words end in, behind a no."""
    words = context.folded.split()
    places = [place for place, word in enumerate(words) if context.commands.get(word) == "no"]
    if not places or len(words) > _FEW_WORDS:
        return ""
    area = area_by_name(context, " ".join(words[places[-1] + 1 :]))
    return area.id if area is not None else ""


def _area_at(context: Context, place: str) -> str:
    """The area that a place names, is called or surely means: "los que esterilizan gatos"."""
    names, words = context.lexicon.place_names, place.split()[:_NAMING]  # more of them name none
    named = [word for word in words if word not in context.lexicon.grade.for_area]
    if not context.lexicon.place_unnamed.isdisjoint(named[:1]):
        return ""  # "la otra oficina"
    begins = " ".join(names.get(word, word) for word in words)
    area = area_in(context, begins) or area_behind(context, begins, context.lexicon.instead)
    called = context.release.area_names.called(begins)
    if area is not None or len(called) == 1:
        return area.id if area is not None else called[0]
    return area_found(context, begins, is_sure)


def denies_rated(context: Context) -> bool:
    """ "No era Salud, era Tránsito", "me equivoqué de oficina": the area on record is not it."""
    denied = denies(context) or PhraseKind.DENIES_PLACE in context.said.kinds
    return denied or denies_by_name(context)


def denies_by_name(context: Context) -> bool:
    """ "No fue en el CESFAM", once that was rated."""
    no, rated = context.lexicon.negators, context.release.area_name(_rated(context))
    return not no.isdisjoint(context.said.words) and bool(
        {*fold(rated).split()} & {*context.said.words}
    )
