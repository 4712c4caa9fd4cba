"""What somebody wants: an answer, a person, a complaint, to rate; and that it has not ended."""

from __future__ import annotations

import re

from handlers.text.folding import fold

_ASKING = re.compile(
    r"\b(?:como|donde|onde|cuando|cuanto|cuanta"
    r"|que (?:necesito|hago|tengo|piden|papeles|requisitos)"
    r"|necesito|nesecito|quiero (?:saber|sacar|pagar|renovar|pedir)"
    r"|puedo|se puede|hay que|how|where)\b"
)


def asks(text: str) -> bool:
    """True when the words ask something, with or without question marks."""
    return "?" in text or bool(_ASKING.search(fold(text)))


_PERSON = re.compile(
    r"\b(?:hablar|conversar|comunic\w+|contact\w+|speak|talk)(?: directamente)? (?:con|to|with) "
    r"(?:una? |algun |alguna |a )?(?:persona|alguien|humano|ser humano|ejecutiv\w|funcionari\w"
    r"|person|someone|somebody|human)\b"
)


def asks_for_person(text: str) -> bool:
    """True for "quiero hablar con alguien"; False where a named office is asked for."""
    return bool(_PERSON.search(fold(text)))


_COMPLAINT = re.compile(
    r"\b(?:quiero|quisiera|necesito|deseo|voy a) (?:hacer|poner|dejar|ingresar|presentar)? ?"
    r"(?:un )?(?:reclamo|reclamar) (?:por|porque|contra|de|del|sobre)\b.{5,}"
    r"|\bi want to (?:complain|file a complaint) about\b.{5,}"
)


def complains_of_something(text: str) -> bool:
    """True for "quiero hacer un reclamo por la basura": the words are the complaint."""
    return bool(_COMPLAINT.search(fold(text)))


_NOT_ENDED = re.compile(
    r"(?:pero |todav[ií]a |a[uú]n |mi tr[aá]mite |el tr[aá]mite )*"
    r"(?:no (?:se )?(?:ha terminado|termina|est[aá] (?:listo|lista|terminado))|sigue en tr[aá]mite"
    r"|(?:it )?has not ended|is not (?:finished|done))(?: todav[ií]a| a[uú]n| yet)?",
    re.IGNORECASE,
)


def without_not_ended(text: str) -> str | None:
    """What is left of ``text`` beside "aún no termina"; None where that is not said."""
    left, count = _NOT_ENDED.subn(" ", text, count=1)
    return left.strip(" ,.;:-") if count else None


def says_not_ended(text: str) -> bool:
    """True for "aún no termina" with nothing beside it."""
    left = without_not_ended(text)
    return left is not None and not fold(left)


_RATES = re.compile(
    r"(?:(?:quiero|quisiera|deseo|puedo|necesito|para) )?"
    r"(?:(?:poner|ponerle|dejar|dejarle|dar|darle)(?: una| mi| la)? "
    r"(?:nota|calificacion|evaluacion)|calificar|evaluar)"
    r"(?: (?:a|al|en|de|del|el|la|los|las|una|un|mi|atencion|servicio|visita))*(?: (.+))?"
)


def wants_to_rate(folded: str) -> str | None:
    """Where somebody wants to rate ("" if they do not say); None where they do not want to."""
    wish = _RATES.fullmatch(folded)
    return None if wish is None else wish[1] or ""
