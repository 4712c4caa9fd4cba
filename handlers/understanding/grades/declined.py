"""A grade that was proposed is refused for good, whatever is asked behind the refusal."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.reading.said import Said

_COURTESIES = ("no", "thanks", "hello", "greets")


def behind_declined(context: Context) -> Context | None:
    """ "No le pongo nota a nadie. Pregunto por …", "no, eso no es cesfam, déjelo": what stands
    behind, read as if no grade had been proposed; None where none is plainly refused.
    """
    proposal = context.state.proposal
    if proposal is None or proposal.corrects or not context.offers("accept") or context.numbers:
        return None
    parts = context.said.parts
    refused = [at for at, part in enumerate(parts) if _declines(context, part)]
    if not refused or not all(_denies(context, part) for part in parts[: refused[0]]):
        return None
    begins = 0
    for part in parts[: refused[0] + 1]:
        begins = context.text.index(part, begins) + len(part)
    rest = context.of(context.text[begins:].strip(" .,;:!\n"), answered=True)
    state = replace(rest.state, proposal=None, next_grades=(), draft=None)
    return Context(rest.incoming, state, context.known, context.release, context.at)


def _declines(context: Context, part: str) -> bool:
    said = Said(part, context.lexicon)
    return PhraseKind.DECLINES_GRADE in said.kinds or said.is_only(PhraseKind.GIVES_UP)


def _denies(context: Context, part: str) -> bool:
    """ "No", "eso no es cesfam", "gracias": nothing that is asked or told."""
    said = Said(part, context.lexicon)
    plain = context.commands.get(said.folded) in _COURTESIES
    return plain or not context.lexicon.negators.isdisjoint(said.words)
