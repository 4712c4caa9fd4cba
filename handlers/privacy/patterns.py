"""The patterns that find personal details, built from the words beside them."""

from __future__ import annotations

import re
from functools import lru_cache

from handlers.text.folding import fold
from handlers.text.patterns import as_written
from handlers.text.personal import NameWords, PersonalWords

_NOT_DIGITS = r"[^\d\n]{0,30}?"
_BETWEEN = r"[\s.·]?(?:[-‐-―−][\s]?)?"  # what people write between groups of digits
_DASH = r"[-‐-―−]"
_UPPER = "A-ZÁÉÍÓÚÜÑ"
_CAPITAL = rf"[{_UPPER}][\w'’]+(?:-[\w'’]+)*"
_PROPER = rf"[{_UPPER}][^\W\d_{_UPPER}][\w'’]*(?:-[\w'’]+)*"  # Paola, but not OMIL
_INITIAL = rf"(?:\s+[{_UPPER}]\.)?"
_LETTERS = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"  # jean-baptiste, o'higgins
_AREA_CODES = r"(?:2|3[2-5]|4[1-5]|5[1-8]|6[1-57]|7[1-35])"
_COUNTRY = rf"(?<![\w$.,])(?:\(?\+?\s?56\)?{_BETWEEN})?"

Pattern = re.Pattern[str]


class DetailPatterns:
    """Compiled once for the words of a release.

    ``at`` and ``relation`` are what ``mail``, and ``titled`` and ``related``, cannot do without:
    most texts have neither, and finding that out takes less long.
    """

    def __init__(self, beside: PersonalWords) -> None:
        words = beside.words
        self._words = words
        self._any = {key: f"(?:{as_written(known)})" for key, known in words.items()}
        self.of = frozenset(map(fold, words["of"]))
        self.between_digits = frozenset(map(fold, words["between_digits"]))
        any_of = self._any
        self.cue = re.compile(rf"\b{any_of['cues']}\b")
        self.no_name_ends = re.compile(rf"{any_of['no_name_ends']}$")
        self.place_before = re.compile(
            rf"(?:\b{any_of['places']}\b\.?\s+(?:{any_of['place_owners']}\s+)?"
            rf"(?:(?:{any_of['of']}|{any_of['articles']})\s+)?)$",
            re.IGNORECASE,
        )
        self.quoted = re.compile(r"[\"“«](?P<said>[^\"”»\n]{3,80})[\"”»]")
        self.diagnosis = re.compile(rf"\b{any_of['diagnoses']}\b", re.IGNORECASE)
        self.work = re.compile(rf"\b{any_of['titles_of_works']}\b", re.IGNORECASE)
        self.run = re.compile(self._capitals(_CAPITAL))
        self.mail, self.document, self.account = self._mail(), *self._numbered()
        self.address, self.lives, self.plot = self._addresses()
        self.rut, self.phone, self.named_plate = self._numbers()
        self._names()

    def _mail(self) -> Pattern:
        """ "pedro punto soto arroba gmail punto com", "j.perez 33 @ gmail . com"."""
        at, dot, marks = (self._any[key] for key in ("at", "dot", "mail_marks"))
        self.at = re.compile(f"@|{at}", re.IGNORECASE)
        at = rf"\s*(?:@|\(\s*{at}\s*\)|\b{at}\b)\s*"
        dot = rf"\s*(?:\.|\(\s*{dot}\s*\)|\b{dot}\b)\s*"
        return re.compile(
            rf"[\w.+-]+(?:\s+{marks}\s+[\w-]+)*(?:\s+\d{{1,4}})?{at}"
            r"(?:(?:gmail|hotmail|outlook|yahoo|live|icloud)\s+(?:com|cl|es)\b"
            rf"|[\w-]+(?:{dot}(?:com|cl|net|org|es|edu|gob|ar|pe|co|ve|fr|br|ht)\b)+)",
            re.IGNORECASE,
        )

    def _numbered(self) -> tuple[Pattern, Pattern]:
        document = re.compile(
            rf"\b{self._any['documents']}\b{_NOT_DIGITS}"
            r"(?P<number>(?:\b(?:(?-i:[A-Z]{1,3}\s)|[A-Za-z]{1,3}-?))?"
            r"\d(?:[\d.\s-]{4,14})\d(?:\s?-\s?[\dkK])?)(?!\w)",
            re.IGNORECASE,
        )
        account = re.compile(
            rf"\b{self._any['accounts']}\b{_NOT_DIGITS}(?P<number>\d(?:[\d.\s-]{{5,18}})\d)(?!\w)",
            re.IGNORECASE,
        )
        return document, account

    def _addresses(self) -> tuple[Pattern, Pattern, Pattern]:
        one = self._any
        unit, counted, house = one["units"], rf"(?:{one['counted']}|%)", one["house_numbers"]
        letter = "A-Zb-df-hj-np-xz"  # "casa b"; "a", "e", "o" and "y" are words
        door = rf"\d+(?:-?[A-Za-z]|\s?-?[{letter}])?|[{letter}]"
        more = rf"(?:\s*,?\s*(?i:{unit})\.?\s*(?:n[°º]\s*)?(?:{door})\b)*"
        no_year = "".join(rf"(?<!\b{as_written([word])} )" for word in self._words["before_year"])
        not_in = "".join(rf"(?<!\b{as_written([word])} )" for word in self._words["at_home"])
        address = re.compile(
            rf"\b(?i:{one['streets']})\b\.?\s+"
            r"(?:"
            # A capitalised name, or a number that is marked as one: any number is the house's.
            rf"(?:(?i:{one['of']}|{one['articles']})\s+)*{_CAPITAL}(?:\s+[\w'’.]+){{0,5}}?\s*,?\s*"
            rf"(?:#\s*|(?i:n[°ºo]\.?|{house}|{one['plots']})\s*)?\d{{1,5}}\b(?!\s*{counted})"
            rf"|(?:[^\W\d_]+\s+){{1,5}}?(?:#\s*|(?i:n[°º]|{house})\s*)\d{{1,5}}\b"
            # All in small letters: a number of three digits or more that is no year and counts
            # nothing.
            rf"|(?:[^\W\d_]+\s+){{1,4}}?{no_year}{not_in}\d{{3,5}}\b(?!\s*{counted})"
            rf"){more}"
        )
        # A street without a word for it, after what says that an address follows.
        lives = re.compile(
            rf"\b(?i:{one['lives']})\s+(?:(?i:{one['stands']})\s+)?(?:(?i:{one['at_home']})\s+)?"
            rf"(?P<address>(?:(?i:{one['streets']})\s+(?:[^\W\d_]+\s+){{1,4}}?\d{{1,5}}\b"
            r"|(?:[^\W\d_][\w'’]*\.?,?\s+){1,6}?"
            rf"(?:{no_year}\d{{3,5}}\b|(?i:n[°ºo]\.?|\#|{unit})\s*\d{{1,5}}\b))"
            rf"(?!\s*{counted}){more})"
        )
        plot = re.compile(
            rf"\b(?i:{one['plots']})\s+(?P<address>\d{{1,4}}\s+(?i:{one['of']})\s+"
            rf"(?:(?i:{one['articles']})\s+)?[^\W\d_]+)"
        )
        return address, lives, plot

    def _numbers(self) -> tuple[Pattern, Pattern, Pattern]:
        one = self._any
        rut = re.compile(
            # 12.345.678-9, 12345678-9, 12 345 678 9
            rf"(?<![\w$.,])\d{{1,2}}[.\s]?\d{{3}}[.\s]?\d{{3}}(?:\s?{_DASH}\s?|\s)[\dkK](?!\w)"
            r"|(?<![\w$.,])\d{1,2}\.\d{3}\.\d{3}[\dkK]?"
            rf"(?!\w|[.,]\d|\s?(?i:{one['money']}))"  # 12.345.678
            r"|(?<![\w$.,])\d{7,8}[kK](?!\w)"
        )
        cued = "|".join(
            rf"(?<={as_written([word])}{sign})"
            for word in self._words["phones"]
            for sign in (" ", ": ")
        )
        phone = re.compile(
            rf"{_COUNTRY}\(?0?9\)?(?:{_BETWEEN}\d){{8}}(?!\w)"  # mobile
            rf"|{_COUNTRY}\(?0?{_AREA_CODES}\)?{_BETWEEN}2(?:{_BETWEEN}\d){{6}}(?!\w)"  # by area
            rf"|\+\s?\d(?:{_BETWEEN}\d){{7,13}}(?!\w)"  # abroad
            rf"|(?i:{cued or '(?!)'})\d(?:{_BETWEEN}\d){{6,10}}(?!\w)"
        )
        named_plate = re.compile(
            rf"(?i:\b{one['plates']}\s*(?:{one['stands']}\b|n[°º]|:)?\s*(?:{one['articles']}\s+)?)"
            rf"(?P<plate>(?!(?i:{one['not_plates']})\b)"
            r"[A-Za-z]{2,5}[-·.\s]?(?:[A-Za-z]{2}[-·.\s]?)?\d{1,2}[-·.\s]?\d{0,2})(?!\w)"
        )
        return rut, phone, named_plate

    def _names(self) -> None:
        one = self._any
        of = one["of"]
        any_name = (
            rf"(?:[^\W\d_]{{1,2}}\.\s*)?{_LETTERS}(?:\s+(?:{of}\s+)?(?!\w\.){_LETTERS}){{0,3}}"
            r"(?:\s+[A-Z]\.)?"
        )
        name, relation = self._capitals(_PROPER), one["relations"]
        self.relation = re.compile(rf"\b(?i:{relation})\b")
        followed = rf"(?P<article>(?i:{one['articles']})\s+)?(?=(?P<name>{any_name}))"
        self.related = re.compile(rf"\b(?i:{relation})\b\.?\s+{followed}")
        self.thanked = re.compile(rf"\b(?i:{one['thanked']})\b[.,:]?\s+{followed}")
        self.titled = re.compile(rf"\b(?i:{relation})\b\.?\s+(?P<name>{name})")
        self.polite = re.compile(
            rf"\b(?i:{one['titles']})\b\.?\s+(?=\w{{3}})(?P<name>{_LETTERS}(?:\s+{_LETTERS}){{0,2}})"
        )
        self.introduced = re.compile(rf"\b(?i:{one['introduced']})\b[.,:]?\s+(?P<name>{name})")
        self.called = re.compile(
            rf"\b(?i:{one['called']})\b:?\s+(?P<name>{_LETTERS}(?:\s+{_LETTERS}){{0,3}})"
        )

    def _capitals(self, first: str) -> str:
        """A run of names, the first as given: "Ana María de la Cruz S."."""
        of = rf"{self._any['of']}(?:\s+{self._any['articles']})?"
        return rf"{first}(?:\s+(?:{of}\s+)?{_CAPITAL}){{0,5}}{_INITIAL}"


def patterns(names: NameWords) -> DetailPatterns:
    """The patterns of a release, compiled when it is loaded."""
    return _compiled(names.beside)


@lru_cache(maxsize=4)  # a release, its successor, and some of tests
def _compiled(beside: PersonalWords) -> DetailPatterns:
    return DetailPatterns(beside)
