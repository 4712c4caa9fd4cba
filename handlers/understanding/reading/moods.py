"""Praise, blame, experiences and long waits in a citizen's words."""

from __future__ import annotations

import re

from handlers.text.folding import fold
from handlers.understanding.reading.wishes import asks

_POSITIVE = frozenset(
    (
        "excelente excelentes bien vien buena bueno buenas buenos amable amables amabilidad "
        "rapido rapida rapidito agradecida agradecido agradezco felicito felicitaciones perfecto "
        "genial maravilla maravillosa increible impecable simpatica simpatico simpaticos "
        "paciencia atenta atento atentos atentas eficiente eficientes encanto encantada encantado "
        "feliz contenta contento felicidades recomiendo crack cordial cordiales resolvieron "
        "solucionaron gracias esmero carino good great excellent kind quick friendly"
    ).split()
)
_NEGATIVE = frozenset(
    (
        "mala malo malas malos mal pesimo pesima pesimos pesimas horrible vergonzoso vergonzosa "
        "vergüenza verguenza lento lenta lentos demora demoran demoraron demoro espera esperando "
        "eterno eterna nunca nadie grosero grosera groseros prepotente prepotentes maltrato "
        "trataron sucio sucia cochino abandonado abandonada caro cara carisimo inutil inutiles "
        "indignante indignada abuso robo falta ineficiente desastre terrible peor burla burlaron "
        "discriminaron gritaron reto retaron tramitan tramitando cerrado bad terrible awful slow "
        "rude worst"
    ).split()
)
_NEGATORS = frozenset({"no", "nunca", "jamas", "ni", "tampoco", "sin", "nada", "not", "never"})


def mood(text: str) -> int:
    """+1 when the words praise, -1 when they blame, 0 when neither prevails."""
    score = 0
    tokens = fold(text).split()
    for position, token in enumerate(tokens):
        value = (token in _POSITIVE) - (token in _NEGATIVE)
        if value and _NEGATORS.intersection(tokens[max(0, position - 3) : position]):
            # "no me atendieron bien" blames; "no fue malo" hardly praises.
            value = -1 if value > 0 else 0
        score += value
    return (score > 0) - (score < 0)


_EXPERIENCE = re.compile(
    r"\b(?:me (?:atend\w+|trat(?:o|aron)|ayud(?:o|aron)|recib(?:io|ieron)|resolv\w+|solucion\w+"
    r"|hicieron esperar|explic(?:o|aron)|orient(?:o|aron))"
    r"|nos (?:atend\w+|trat(?:o|aron)|ayud(?:o|aron))"
    r"|(?:fui|fuimos|vine|anduve|estuve) (?:a|al|a la|en|el|ayer|hoy|donde|para)\b"
    r"|(?:buena|mala|excelente|pesima|muy buena|muy mala) atencion|la atencion (?:fue|estuvo|es)"
    r"|felicit\w+|quiero (?:felicitar|agradecer)|they (?:helped|treated|attended) me)"
)


def without_experience(text: str) -> str:
    """What is left of an experience when how it was is left out: where it may have been."""
    tokens = _EXPERIENCE.sub(" ", fold(text)).split()
    return " ".join(token for token in tokens if token not in _POSITIVE | _NEGATIVE)


def tells_an_experience(text: str) -> bool:
    """True for "el martes me atendieron muy bien"; False for a question, however it praises."""
    folded = fold(text)
    if asks(text):
        return False
    return bool(_EXPERIENCE.search(folded)) and mood(text) != 0


_WAITING = re.compile(
    r"\b(?:(?:\d+|un|dos|tres|cuatro|cinco|seis|varios|harto) ?"
    r"(?:dias?|semanas?|mes(?:es)?|anos?)\b.*"
    r"\b(?:esper\w+|demor\w+|sin respuesta|y nada|nada)"
    r"|(?:esper\w+|demor\w+)\b.*\b(?:dias?|semanas?|mes(?:es)?|anos?)"
    r"|que (?:wea |wa |huea |chucha |diablos )?pasa con (?:mi|el|la)\b"
    r"|(?:no|nadie|nunca) (?:me |nos )?(?:contest\w+|respond\w+|dan respuesta|pescan?|solucion\w+)"
    r"|en que (?:va|esta|quedo) mi\b|estado de mi (?:solicitud|tramite|reclamo))"
)


def complains_of_waiting(text: str) -> bool:
    """True when the citizen waits for an answer: the assistant sees no files and must say so."""
    return bool(_WAITING.search(fold(text)))
