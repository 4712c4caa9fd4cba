"""The words of one language for numbers and grades."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from handlers.content.fields import OneLine, Phrases, StrictInt, Words, check_phrases


class _Table(BaseModel, frozen=True, extra="forbid"): ...


class Numbers(_Table):
    """numbers.toml: numbers in words."""

    words: dict[str, Annotated[StrictInt, Field(ge=0, le=99)]] = {}
    heard: Words = ""  # also recognised by their sound: "sete", "sinko"
    stems: dict[str, Annotated[StrictInt, Field(ge=1, le=7)]] = {}  # before a diminutive ending
    diminutives: Words = ""  # diminutive endings: "cinquito"
    unlike: Words = ""  # with an accent they are no number: "très"
    articles: Words = ""  # numbers that stay an article even when drawn out
    joining: Words = ""  # before the last of several numbers: "y"
    between: Words = ""  # others allowed between numbers
    before_option: Words = ""  # "la 2", "opción b"
    after_option: Phrases = ()  # may follow an option: "la a pero no repito todo"
    ordinals: dict[str, Annotated[StrictInt, Field(ge=0, le=9)]] = {}  # 0: the last


class Grades(_Table):
    """grades.toml: how people give a grade, and which numbers are none."""

    around: Words = ""  # allowed around a grade: they say nothing else
    cues: Words = ""  # directly before a number that is a grade
    how: Words = ""  # between an article and a grade: "un rotundo 1"
    units: Words = ""  # directly after a grade
    stars: Words = ""  # units with a maximum of five: "cinco estrellas"
    joining: Words = ""  # directly after a grade, before what it is about
    before_one: Words = ""  # directly before "uno" as a number
    giving: Words = ""  # before "a" and a grade: "tirando a 5"
    beside_article: Words = ""  # for a language in which that "a" is an article
    counted: Words = ""  # directly after a number that counts something: "3 horas"
    counted_by: Phrases = ()  # the same, in several words: "un 5 por ciento"
    not_counted: Words = ""  # plurals after a grade that count nothing
    of: Words = ""  # between a number and what it dates: "3 de mayo"
    dated: Words = ""
    named: Words = ""  # directly before a number that is a name: "ventanilla 4"
    named_by: Phrases = ()  # the same, in several words: "el folio termina en 7"
    staff: Words = ""  # people known by their window: "la cajera de la 3"
    named_again: Words = ""  # before a later number without its noun: "y era la 2"
    articles: Words = ""  # between a bound and its number
    bounds: Phrases = ()  # before a number that only limits the grade: "ni un 2"
    bounds_not: Phrases = ()  # look like bounds and are none
    bounds_after: Phrases = ()  # after the number: "5 para arriba"
    minus: Words = ""  # before a negative number
    over: Words = ""  # starts a text that gives a bound: "sobre 5"
    ranges: Words = ""  # between the ends of a range
    joins: Words = ""  # the same, but only after "entre"
    between: Words = ""
    refused: Phrases = ()  # directly before a number that is refused: "no le pongo un 7"
    refused_after: Phrases = ()  # directly after one: "un 7 sería mucho"
    doubtful: Phrases = ()  # around a number "#" that is probably the grade
    words: dict[str, OneLine] = {}  # groups of words that the phrases refer to
    sums: Phrases = ()  # mere arithmetic: "# menos #"
    told: Phrases = ()  # the grade of others, or an earlier one: "antes era un #"
    takes_theirs: Phrases = ()  # adopts the grade of others: "quedemos en el de ella"
    narrowly: Words = ""  # after a grade: "un cinco y raspando"
    now: Words = ""  # starts a second statement: "ahora un 3"
    hedges: Words = ""  # make a grade doubtful
    hedging: Phrases = ()
    supposing: Words = ""  # "si"
    supposed: Words = ""  # verbs of a supposition
    supposed_endings: Words = ""
    but_for: Phrases = ()  # "un 6 si no fuera por la espera": the 6 was considered
    beyond: Phrases = ()  # beside the best or worst grade: "y si pudiera menos"
    apart: Words = ""  # separate a statement from a supposition
    turning: Words = ""  # between two numbers of which the second counts
    causes: Words = ""  # before the reason for a grade: "por la espera"
    reasons: Words = ""  # start the reason for a grade: "porque"
    rethinks: Words = ""  # before a grade that replaces the first: "cinco… ya, seis"
    slips: Words = ""  # the same, after a slip: "un 6, perdón, un 5"
    denies: Words = ""
    denies_after: Words = ""  # directly after a number: "un 7 tampoco"
    leaving: Words = ""  # before "en" and a grade: "déjelo en seis"
    left_at: Words = ""  # that "en"
    is_: Words = Field("", alias="is")  # between a denial and the number: "no es un 7"
    points: Words = ""  # decimal points: "seis coma cinco"
    zeros: Words = ""  # decimals of zero: "seis coma cero"
    half: Phrases = ()  # after a number: "y medio"
    rounds_up: Phrases = ()  # beside such a number: the next whole grade is meant
    rounds_down: Phrases = ()
    clock: Words = ""  # before a time of day: "a las cinco y media"
    of_scale: Phrases = ()  # between a grade and the maximum: "6 de 7"
    scale: Phrases = ()  # the scale itself, not a grade: "de 1 a 7"
    after_wish: Words = ""  # between the wish to rate and the place: "poner una nota a la"
    whom: Words = ""  # after a grade and "para": "siete para ellos"
    given_to: Words = ""  # before a grade at the end: "les pongo un 6"
    mark: Words = ""  # a word for the grade, or for the best one: "la nota máxima"
    not_whom: Words = ""  # directly after ``to_area``, names no one: "para que"
    behind_extreme: Words = ""  # may follow the best or worst grade: "nota máxima como siempre"
    for_area: Words = ""  # before the area of a grade
    to_area: Words = ""  # those that by themselves say whom a grade is for

    @model_validator(mode="after")
    def _readable(self) -> Grades:
        ranges = ("bounds", "bounds_not", "bounds_after", "refused", "refused_after", "half")
        none = ("doubtful", "sums", "told", "counted_by", "named_by")
        check_phrases("words", tuple(f"<{group}>" for group in self.words), self.words)
        for key in (*ranges, *none, "hedging", "beyond", "of_scale", "scale"):
            check_phrases(key, getattr(self, key), self.words)
        return self


class Vague(_Table):
    """vague.toml: words and emoji that suggest a grade, which the citizen then confirms."""

    words: dict[Annotated[StrictInt, Field(ge=1, le=7)], Phrases] = {}
    signs: dict[Annotated[StrictInt, Field(ge=1, le=7)], Phrases] = {}
    around: Words = ""  # allowed around them: they say nothing else
