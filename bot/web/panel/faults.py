"""What is wrong with a form, shown at the field in question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.reports.words.figure_words import counted
from bot.web.panel.rendering import fingerprint
from handlers.errors import OpinaError
from handlers.privacy.masking import personal_spans
from handlers.text.personal import NameWords

T = TypeVar("T")
U = TypeVar("U")
STANDS = "-stands"  # after a field's name: the box by which its words are let stand


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in words. ``field``: its name in the form; "" is the form as a whole.

    ``more``: what else is, further down the page, which opens at the first. ``stands``: what the
    form says of these words where they are right as they are; empty: they cannot be.
    """

    text: str
    field: str = ""
    more: tuple[Fault, ...] = ()
    stands: str = ""

    @property
    def each(self) -> tuple[Fault, ...]:
        """This one and the others, each by itself."""
        return (replace(self, more=()), *self.more)

    def at(self, field: str) -> str:
        """What is wrong with a field; empty: nothing."""
        return next((fault.text for fault in self.each if fault.field == field), "")

    def stands_at(self, field: str) -> str:
        """How a field's words can be let stand; empty: they cannot."""
        return next((fault.stands for fault in self.each if fault.field == field), "")

    def __str__(self) -> str:
        return " ".join(fault.text for fault in self.each)


class WrongForm(OpinaError):
    """A form cannot be taken as it is; the page shows ``fault`` and what was typed."""

    def __init__(self, text: str, field: str = "", more: tuple[Fault, ...] = ()) -> None:
        super().__init__(text)
        self.fault = Fault(text, field, more)


@dataclass(slots=True)
class Checks:
    """Reads the fields of a form in the order of the page, and keeps what each of them lacks."""

    faults: list[Fault] = field(default_factory=list)

    def note(self, problem: Fault | None) -> None:
        """Keep what is wrong, if anything is."""
        if problem:
            self.faults += problem.each

    def take(self, found: T | Fault, instead: U) -> T | U:
        """What was found; where it is a fault, ``instead``."""
        if isinstance(found, Fault):
            self.note(found)
            return instead
        return found

    def read(self, field: Callable[[], T], instead: U) -> T | U:
        """What a field says; where it raises WrongForm, ``instead``."""
        try:
            return field()
        except WrongForm as wrong:
            self.note(wrong.fault)
            return instead

    @property
    def fault(self) -> Fault | None:
        """All that is wrong; None: nothing is."""
        if not self.faults:
            return None
        first, *more = self.faults
        return replace(first, more=tuple(more))

    def end(self) -> None:
        """Raise WrongForm if anything is lacking."""
        if problem := self.fault:
            raise WrongForm(problem.text, problem.field, problem.more)


def together(*found: object) -> Fault | None:
    """The faults among what was found in the fields, in the order of the page; None: there is
    none."""
    checks = Checks()
    for one in found:
        checks.note(one if isinstance(one, Fault) else None)
    return checks.fault


def unless(is_right: object, text: str, field: str) -> Fault | None:
    """What is wrong with a field that is not as it must be."""
    return None if is_right else Fault(text, field)


def required_words(field: str, text: str, what: str, longest: int) -> Fault | None:
    """What is wrong with words that must be there; None: nothing.

    ``what``: they are, as in "Falta escribir la respuesta". ``longest``: letters.
    """
    return too_long(field, text, what, longest) if text else Fault(f"Falta escribir {what}.", field)


def names_somebody(
    field: str, text: str, form: Mapping[str, str], names: NameWords
) -> Fault | None:
    """That words which everybody will read may tell who somebody is; None: they do not.

    They can be let stand as they are; whoever changes the details is asked anew. ``names``: by
    which people are named.
    """
    found = [text[span.start : span.end] for span in personal_spans(text, names)]
    stands = fingerprint("\n".join(found))
    if not found or form.get(f"{field}{STANDS}") == stands:
        return None
    told = ", ".join(f"«{detail}»" for detail in dict.fromkeys(found))
    wrong = f"Lo leerá todo el mundo, y puede decir quién es alguien: {told}."
    return Fault(wrong, field, stands=stands)


def in_a_sentence(wrong: ValueError, missing: str) -> str:
    """What is wrong with a day that was typed. ``missing``: what is said where none was."""
    told = str(wrong)
    return f"{told[0].upper()}{told[1:]}." if told else missing


def too_long(field: str, text: str, what: str, longest: int) -> Fault | None:
    """That a field takes fewer letters; None: it takes these."""
    if len(text) <= longest:
        return None
    name = what[:1].upper() + what[1:]
    return Fault(f"{name}: son {counted(len(text))} letras y caben {counted(longest)}.", field)
