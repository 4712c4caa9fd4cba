"""What is asked while something else is open, and is answered before that is asked again."""

from __future__ import annotations

from handlers.understanding.areas import names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import AskAboutArea, AskAboutCard
from handlers.understanding.meant_else import asked_aside, card_asked_for
from handlers.understanding.said_before.follow_ups import about_named


def question_aside(context: Context) -> AskAboutCard | AskAboutArea | None:
    """ "Oiga, y cuánto sale el duplicado": answered at once; what is open is asked again."""
    asked = asked_aside(context)
    if asked is None:
        return None
    card, heard = card_asked_for(asked), asked.heard
    if card and names_service(asked):
        return card
    of_shown = context.state.topic and heard.main in FOLLOW_UPS and heard.likely(heard.main)
    return about_named(asked) or (None if of_shown else card)  # "¿a qué hora cierran?"
