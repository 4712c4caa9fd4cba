"""What is wrong with a form, told beside the field where it is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reports.words.figure_words import counted
from handlers.errors import OpinaError


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
