"""Grades for several areas in one message: "un 3 para tránsito y para los que recogen la basura".

What is joined is read part by part: one grade may be for all of the areas, or each has its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_alone,
    area_found,
    area_in,
    area_mentioned,
    areas_probable,
    is_sure,
    says_name,
)
from handlers.understanding.conditions import conditions_of
from handlers.understanding.context import Context
from handlers.understanding.grades.area_meant import is_pending
from handlers.understanding.grades.given import grade_given
from handlers.understanding.grades.of_parts import has_cause, is_of_thing, where_said
from handlers.understanding.intents.rating import NameUnsureArea, ProposeGrade, ProposeGrades
from handlers.understanding.reading.grades.candidates import ARTICLE
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import PARTS, not_given
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import gives_grade, gives_to
from handlers.understanding.when import When

_MOST_WORDS = 40
_FEW_NAMING = 4  # words of a part that is little more than a name and its grade
_MOST_NAMING = 8  # words in which another area is described
_TAKES_GRADES = (When.FREE, When.GRADING)
_SHORTEST_LEADING = 3  # letters: "para" is said again for another area, "a" for anything
_HEADS = ": "
_GRADES, _SEVERAL = range(1, 8), 2
_COMMAS = (",", ";", ":")
_DECIMAL = re.compile(r"\d[.,]\d")


class _Part(NamedTuple):
    """What stands between two words that join: a grade, where it was, or both."""

    said: Said
    grades: tuple[int, ...]
    area: str  # "" where it names none
    where: str  # its words that may say where
    is_named: bool  # the area by its name, which is more than described


def grades_for_several(
    context: Context,
) -> ProposeGrade | ProposeGrades | NameUnsureArea | None:
    """Grades for more than one area: each is proposed. None: one is meant at most."""
    text, said = context.text, context.said
    if conditions_of(context).isdisjoint(_TAKES_GRADES) or not context.numbers:
        return None
    if "?" in text or said.begins(PhraseKind.ASKS):
        return None  # "tanto para aseo como para obras" asks nothing
    on_scale, written = context.lexicon.grade.on_scale, list(_parts(context))
    if len(written) < 2 or len(said.words) > _MOST_WORDS or _names_joined_area(context):
        return None
    if _DECIMAL.search(text) or on_scale.search(text):
        return None
    if not context.lexicon.grade.between.isdisjoint(said.words):
        return None  # "entre 5 y 6 a tránsito"
    if not not_given(text, context.folded, context.lexicon).isdisjoint(context.numbers):
        return None
    if in_turn := _in_turn(context):
        return in_turn
    if aspects := _of_aspects(context):
        return aspects
    parts = [_part(context, part) for part in written]
    graded = [part for part in parts if part.grades]
    if any(len(part.grades) > 1 for part in graded):
        return None
    if (another := _another_instead(context, parts)) is not None:
        return another
    if PhraseKind.FOR_BOTH in said.kinds and graded:
        return _for_both(context, parts, graded[-1].grades[0])
    read = _one_for_all if len(graded) == 1 else _each_its_own
    return read(context, parts)


def areas_joined(context: Context) -> tuple[str, ...]:
    """The areas of "aseo y cementerio", each named or described; () where it is one at most."""
    written = list(_parts(context))
    if len(written) < 2 or _names_joined_area(context) or "?" in context.text:
        return ()
    parts = [_part(context, part) for part in written]
    areas = tuple(dict.fromkeys(part.area for part in parts if part.area))
    few = all(part.area and len(part.said.words) <= _FEW_NAMING for part in parts)
    return areas if few and len(areas) > 1 else ()


def areas_named(context: Context) -> tuple[str, ...]:
    """Each area that is named in a part of the text: "fui a aseo y también al cementerio"."""
    if _names_joined_area(context):
        return ()
    named = (_named_in_part(context, part) for part in _parts(context))
    return tuple(dict.fromkeys(area for area in named if area))


def _named_in_part(context: Context, part: str) -> str:
    """ "Quiero calificar aseo": with no preposition before it, too."""
    if (area := area_mentioned(context, part)) is not None:
        return area.id
    return area_alone(context, where_said(Said(part, context.lexicon)))


def area_meant_instead(context: Context) -> str:
    """The area of "mejor dicho, a los de la luz": described as one that is given a grade; or ""."""
    lexicon = context.lexicon
    opening = lexicon.grade.slips | lexicon.grade.turning | lexicon.grade.is_ | lexicon.negators
    opening |= lexicon.grade.around - lexicon.grade.for_area
    words = context.text.split()
    while words and fold(words[0]) in opening:
        words = words[1:]
    if "?" in context.text or not _leads_to(lexicon, [fold(word) for word in words]):
        return ""
    part = _part(context, " ".join(words))
    return part.area if _is_given_to(context, part) else ""


def _names_joined_area(context: Context) -> bool:
    """ "Aseo y Áreas Verdes", in full, is one."""
    joined, folded = context.lexicon.choices_apart, f" {context.folded} "
    names = context.release.area_names.spoken
    return any(f" {name} " in folded for name in names if joined.search(name))


def _parts(context: Context) -> Iterator[str]:
    """The text between commas and joining words; "tránsito un 6 biblioteca un 2" has two."""
    joined = context.lexicon.choices_apart.split(context.text)
    for words in (words for part in joined for words in _for_each(context, part.split())):
        ends = [at for at, word in enumerate(words) if numbers_given(word, context.lexicon)]
        if len(ends) < 2:
            yield from [" ".join(words)] if words else []
            continue
        leads = ends[0] == 0 or (ends[0] == 1 and fold(words[0]) in context.lexicon.grade.articles)
        cuts = [at - ends[0] for at in ends[1:]] if leads else [at + 1 for at in ends[:-1]]
        for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
            yield " ".join(words[start:end])


def _for_each(context: Context, words: list[str]) -> Iterator[list[str]]:
    """ "Un 5 tanto para aseo como para obras": parted where "para" is said again."""
    folded, start = [fold(word) for word in words], 0
    for at, word in enumerate(folded):
        leads = word in context.lexicon.grade.to_area and len(word) >= _SHORTEST_LEADING
        if leads and word in folded[start:at] and area_mentioned(context, " ".join(words[at:])):
            yield words[start:at]
            start = at
    yield words[start:]


def _part(context: Context, text: str) -> _Part:
    said = Said(text, context.lexicon)
    where = where_said(said)
    named = area_mentioned(context, text)
    area = name = named.id if named is not None else area_alone(context, where)
    called = context.release.area_names.called(text) if not area else ()
    if not area and len(called) == 1:
        area = called[0]
    area = area or area_found(context, where, is_sure, says_name)
    grades = numbers_given(text, context.lexicon)
    part = _Part(said, grades, area, where.strip(), is_named=bool(name))
    if area or not part.where or not _is_to_somebody(context, part):
        return part
    probable = areas_probable(context, where)
    return part._replace(area=probable[0]) if len(probable) == 1 else part


def _in_turn(context: Context) -> ProposeGrades | None:
    """ "5 y 3", of the areas that were just named together, in their order."""
    words, lexicon, prompt = context.folded.split(), context.lexicon, context.state.prompt
    values = [value_of(word, lexicon) for word in words if value_of(word, lexicon) in _GRADES]
    empty = lexicon.grade.around | lexicon.grade.articles
    others = (word for word in words if value_of(word, lexicon) is None)
    if len(values) < _SEVERAL or prompt is None or not empty.issuperset(others):
        return None
    keys = [option.key.partition(":") for option in prompt.options]
    areas = [area for mark, _, area in keys if mark == "rate" and area]
    areas = areas or [*areas_joined(context.of(context.state.asked))]
    if len(areas) != len(values):
        return None
    pairs = zip(values, areas, strict=True)
    return _proposed(context, [(value or 0, area, "") for value, area in pairs])


def _of_aspects(context: Context) -> ProposeGrades | None:
    """ "Natación: profe 7, camarines 2": two grades for one area."""
    head, _, rest = context.text.partition(_HEADS)
    words, lexicon, plain = fold(rest).split(), context.lexicon, context.grade
    if plain is not None and plain.value and not plain.doubtful:
        return None  # "tránsito: me atendió la caja 3, un 6"
    graded = [at for at, word in enumerate(words) if value_of(word, lexicon) in _GRADES]
    graded = [at for at in graded if words[at] not in lexicon.number.articles]
    graded = [at for at in graded if lexicon.grade.counted.isdisjoint(words[at + 1 : at + 2])]
    if len(graded) < _SEVERAL or graded[0] == 0 or numbers_given(head, lexicon):
        return None
    named, beside = area_mentioned(context, head), area_in(context, rest)
    if beside not in (None, named):
        return None
    probable = areas_probable(context, head) if named is None else (named.id,)
    if len(probable) != 1:
        return None
    values = [value_of(words[at], lexicon) or 0 for at in graded]
    return _proposed(context, [(value, probable[0], "") for value in values])


def _one_for_all(context: Context, parts: list[_Part]) -> ProposeGrades | NameUnsureArea | None:
    """ "A 5 for the rubbish and the simitye": for both, or, where one is not known, asked which."""
    grade = grade_given(context)
    if grade is None and context.open is not None:
        grade = context.grade
    if grade is None or not grade.value:
        return None
    meant = [part for part in parts if (part.where if part.grades else _is_given_to(context, part))]
    areas = tuple(dict.fromkeys(part.area for part in meant if part.area))
    asked = bool(_area_asked_about(context))  # and that area is meant, unless others are named
    if not all(part.is_named for part in meant) and (asked or _restates(context, meant)):
        return None
    if len(areas) > 1:
        return _proposed(context, [(grade.value, area, "") for area in areas])
    receivers = [part for part in parts if part in meant or part.grades]
    to_others = any(not part.area and _is_to_somebody(context, part) for part in receivers)
    if len(areas) == 1 and len(receivers) > 1 and to_others:
        return NameUnsureArea(areas, grade.value, grade.words)
    return None


def _another_instead(context: Context, parts: list[_Part]) -> ProposeGrade | None:
    """ "Le puse 4 a Obras y ahora quiero que sea un 5": of one area, and nothing is on record."""
    areas = {part.area for part in parts if part.area}
    given = [grade for part in parts for grade in part.grades]
    corrects = PhraseKind.CORRECTS_GRADE in context.said.kinds and context.heard.likely("corrects")
    if not corrects or len(areas) != 1 or len(given) != _SEVERAL or context.state.rated:
        return None
    return ProposeGrade(given[-1], areas.pop())


def _for_both(context: Context, parts: list[_Part], grade: int) -> ProposeGrades | None:
    """ "Fui a tránsito y al cementerio, en los dos súper bien, un 6"."""
    given = context.grade
    described = (
        part for part in parts if PhraseKind.FOR_BOTH not in part.said.kinds or part.is_named
    )
    areas = dict.fromkeys(part.area for part in described if part.area)
    if len(areas) < 2 or given is None or given.value != grade:
        return None
    return _proposed(context, [(grade, area, "") for area in areas])


def _restates(context: Context, parts: list[_Part]) -> bool:
    """ "Para la oficina donde uno busca pega, la omil": the same area in other words."""
    for part in parts[1:]:
        before = context.text.partition(part.said.text)[0].rstrip()
        if before.endswith(_COMMAS) and not _is_to_somebody(context, part):
            return True
    return False


def _is_given_to(context: Context, part: _Part) -> bool:
    """Whether a part without a grade says for whom else the grade is, and not how it was."""
    words, kinds = part.said.words, part.said.kinds
    if part.where and _is_to_somebody(context, part):
        return not gives_grade(part.said)
    if not part.where or part.said.mood or PhraseKind.EXPERIENCE in kinds:
        return False
    if len(words) > _MOST_NAMING or gives_grade(part.said):
        return False
    leads = context.lexicon.grade.for_area | context.lexicon.place_fillers
    named = area_in(context, part.said.text) is not None
    return words[0] in leads or (named and len(words) <= _FEW_NAMING)


def names_somebody(context: Context) -> bool:
    """ "Me refería a usted", "eso, al otro": anywhere in the text a grade's receiver is named."""
    words = context.said.words
    return any(_leads_to(context.lexicon, words[at:]) for at in range(len(words) - 1))


def _is_to_somebody(context: Context, part: _Part) -> bool:
    """ "Un 5 para la señora", "para los que …": of an area that is not known."""
    leads = _leads_to(context.lexicon, part.said.words)
    return leads or (bool(part.grades) and gives_to(part.said))


def _leads_to(lexicon: Lexicon, words: Sequence[str]) -> bool:
    """ "A los de la luz", but neither "a veces" nor "para que"."""
    lead, whom = [*words[:2], "", ""][:2]
    return lead in lexicon.grade.to_area and whom not in lexicon.grade.not_whom


def _each_its_own(context: Context, parts: list[_Part]) -> ProposeGrade | ProposeGrades | None:
    """ "Tránsito un 6 y la biblioteca un 2", with what is said of each behind it."""
    found: list[tuple[int, str, str]] = []
    rated = _area_asked_about(context)
    before = rated  # or the area of "a tránsito, que no contesta, un 2"
    for part in parts:
        if part.grades:
            if not _gives(context, part):
                return None
            area = part.area or (before if not part.where else "")
            if not area and not part.where and not gives_to(part.said):
                return None
            found.append((part.grades[0], area, _reason(context, part)))
            before = rated
        elif found and not part.area:
            value, area, words = found[-1]
            found[-1] = value, area, ", ".join(filter(None, [words, part.said.text.strip()]))
        else:
            before = part.area or before
    areas = [area for _, area, _ in found if area]
    if rated and _are_of_aspects(context, parts):
        return _proposed(context, [(value, rated, words) for value, _, words in found])
    if len(found) == len(areas) and len({(value, area) for value, area, _ in found}) == 1:
        if areas[0] == rated:
            return None  # "6 (seis)" is one grade for the area that is asked about
        return _proposed(context, found[:1]).grades[0]  # "oirs 2, transparencia 2"
    if len(areas) == len(found) and len(set(areas)) == 1 and not rated:
        return _proposed(context, found)  # "aseo 3, áreas verdes 6": for one area
    if not areas or len(areas) > len(set(areas)):
        return None
    if len(areas) < len(found) and len({value for value, _, _ in found}) == 1:
        return None  # "un 7 a los de la basura, un siete esos cabros"
    others = (part for part in parts if part.grades and part.where)
    if rated and not any(part.is_named for part in others):
        return None
    return _proposed(context, found)


def _are_of_aspects(context: Context, parts: list[_Part]) -> bool:
    """ "Un 6 por la música y un 2 por los baños", "7 al de la caja, 2 a la de informaciones".

    Each grade has a cause, is of one thing or for somebody, and names no area.
    """
    graded = [part for part in parts if part.grades]
    several = len({part.grades[0] for part in graded}) > 1
    named = any(part.is_named for part in parts)
    lexicon = context.lexicon
    weighs = not lexicon.contrast.isdisjoint(context.said.words)
    if not several or named:
        return False
    return all(
        has_cause(part.said.words, lexicon)
        or (is_of_thing(part.said.words, lexicon) and not weighs)
        or _is_to_somebody(context, part)
        for part in graded
    )


def _area_asked_about(context: Context) -> str:
    """The area whose rating is open; "" for none."""
    opened = context.open
    is_rating = opened is not None and not opened.outline.about_card
    return opened.progress.subject.area if opened is not None and is_rating else ""


def _reason(context: Context, part: _Part) -> str:
    """Its words, where they tell how it was and not only where."""
    reasons = context.lexicon.grade.reasons
    tells = part.said.mood or not reasons.isdisjoint(part.said.words)
    return part.said.text.strip() if tells else ""


def _gives(context: Context, part: _Part) -> bool:
    """Whether its number is a grade: beside an article, by a verb, or with a name alone."""
    lexicon = context.lexicon
    clauses = (clause for clause in PARTS.split(part.said.text) if numbers_given(clause, lexicon))
    words = fold(next(clauses, part.said.text)).split()  # "2. total son lo mismo"
    at = next(at for at, word in enumerate(words) if value_of(word, lexicon) == part.grades[0])
    marks = lexicon.grade.plain_cues | lexicon.grade.mark | lexicon.number.articles
    marked = (at > 0 and words[at - 1] in marks) or (at == 1 and words[0] == ARTICLE)
    short = len(words) <= _FEW_NAMING and (at == 0 or at == len(words) - 1)
    for_whom = at == 0 and _leads_to(lexicon, words[1:])
    return marked or short or for_whom or gives_grade(part.said)


def _proposed(context: Context, found: list[tuple[int, str, str]]) -> ProposeGrades:
    """That of the area which is being rated first, those of no known area last."""
    rated = _area_asked_about(context)
    ordered = sorted(found, key=lambda given: (not given[1], given[1] != rated))
    return ProposeGrades(
        tuple(
            ProposeGrade(value, area, words, pending=is_pending(context, area))
            for value, area, words in ordered
        )
    )
