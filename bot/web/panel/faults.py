"""What is wrong with a form, shown at the field in question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.reports.words.figure_words import counted
from handlers.errors import OpinaError

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in words. ``field``: its name in the form; "" is the form as a whole.

    ``more``: what else is, further down the page, which opens at the first.
    """

    text: str
    field: str = ""
    more: tuple[Fault, ...] = ()

    @property
    def each(self) -> tuple[Fault, ...]:
        """This one and the others, each by itself."""
        return (Fault(self.text, self.field), *self.more)

    def at(self, field: str) -> str:
        """What is wrong with a field; empty: nothing."""
        return next((fault.text for fault in self.each if fault.field == field), "")

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
        return Fault(first.text, first.field, tuple(more))

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
