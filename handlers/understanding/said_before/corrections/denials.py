"""What a text says that something was not, and what it says was meant instead."""

from __future__ import annotations

from handlers.understanding.context import Context


def denies(context: Context) -> bool:
    """ "No era Salud, era Tránsito"."""
    return context.lexicon.corrects.denied.search(context.folded) is not None


def means_elsewhere(context: Context) -> bool:
    """ "Oiga, yo hablaba de patentes"."""
    return context.lexicon.corrects.meant_elsewhere.fullmatch(context.folded) is not None


def after_denial(context: Context) -> str:
    """ "era salud no transito" is about salud; "no era transito era salud" too."""
    folded = context.folded
    for one in context.lexicon.corrections:
        told = one.taken_up.sub("", folded, count=1) if one.taken_up.match(folded) else folded
        told = one.what_is_denied.sub(lambda found: found["meant"] or " ", told)
        folded = told if told.strip() else folded
    return folded
