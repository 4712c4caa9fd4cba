"""What is heard in a citizen's words besides the question: grades, moods and experiences."""

from __future__ import annotations

import re

from msgspec import Struct

from handlers.text.folding import fold

NUMBER_WORDS = {
    "cero": 0,
    "uno": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
# Words that may stand round a grade without being anything else.
_ROUND_A_GRADE = frozenset(
    (
        "a al ay ahi bueno creo cuenta de del digo disculpe doy el era es ese este eso favor "
        "final fue nomas gracias la le les lo me mejor merece merecen mi nota no o ok perdon "
        "pero pone ponele pongale pongan pongo ponle ponles por puse punto puntos que quise "
        "seria si solo su sus un una yo ya estrella estrellas perfecto excelente redondo "
        "rotundo claro the i give it out would say sorry please grade my mark"
    ).split()
)
_WITH_WORDS = re.compile(
    r"\s*(?:nota\s+|un\s+|una\s+)?([1-7]|uno|dos|tres|cuatro|cinco|seis|siete)"
    r"\s*(?:[,.;:)\-–—]+\s+|\s+(?:porque|por que|pero|ya que|because)\s+)(\S.{3,})",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN_NUMBERS = frozenset(["y", "e", "and", "el", "la"])
_LONGEST = 100  # characters of a text that still may be nothing but a grade
_NO_GRADE = " 00 "  # stands for "6,5" and "6/10"
_DECIMAL = re.compile(r"\b(\d{1,2})[.,](\d{1,2})\b")
_OUT_OF = re.compile(r"\b(\d{1,2})\s*/\s*(\d{1,2})\b")


class GradeHeard(Struct, frozen=True):
    """A grade that was read out of a text. ``value`` 0: a number that is no grade from 1 to 7."""

    value: int
    words: str = ""  # what was said beside it
    number: int | None = None  # the whole number that was read, grade or not


_DIGITS = {str(grade): GradeHeard(grade, "", grade) for grade in range(1, 8)}


def hear_grade(text: str) -> GradeHeard | None:
    """The grade that ``text`` gives, or None when it is not about a grade at all.

    Understood: "6", "seis", "un 6", "6,0", "le pongo un seis", "no no siete, disculpe",
    "6, muy buena atención". "6,5", "0", "8" and "10" are heard as no grade (value 0).
    """
    if text in _DIGITS:
        return _DIGITS[text]
    with_words = _WITH_WORDS.match(text)
    if with_words and len(fold(with_words[2]).split()) >= 2:
        number = _number(with_words[1].lower())
        rest = set(fold(with_words[2]).split())
        if number is not None and not rest <= _ROUND_A_GRADE:
            return GradeHeard(number, with_words[2].strip(), number)
    if len(text) > _LONGEST:
        return None
    plain = _DECIMAL.sub(lambda m: m[1] if not m[2].strip("0") else _NO_GRADE, text)
    plain = _OUT_OF.sub(lambda m: m[1] if m[2] == "7" else _NO_GRADE, plain)
    tokens = fold(plain).split()
    if not tokens or len(tokens) > 9:
        return None
    numbers = [(token, number) for token in tokens if (number := _number(token)) is not None]
    if len(numbers) > 1:  # "un siete", "una nota seis": the article is no number
        numbers = [pair for pair in numbers if pair[0] != "una"]
    if not numbers or len({number for _, number in numbers}) > 1:
        return None
    others = {token for token in tokens if _number(token) is None}
    if not others <= _ROUND_A_GRADE:
        return None
    number = numbers[0][1]
    if _NO_GRADE.strip() in tokens:
        return GradeHeard(0)
    return GradeHeard(number if 1 <= number <= 7 else 0, "", number)


def _number(token: str) -> int | None:
    if token.isdigit() and len(token) <= 2:
        return int(token)
    return NUMBER_WORDS.get(token)


def hear_numbers(text: str) -> tuple[int, ...]:
    """The numbers of a text that holds nothing but numbers and "y": "1, 3 y 4" → (1, 3, 4)."""
    numbers: list[int] = []
    for token in fold(text).split():
        number = _number(token)
        if number is not None:
            numbers.append(number)
        elif token not in _BETWEEN_NUMBERS:
            return ()
    return tuple(numbers)


def hear_bare_number(text: str) -> int | None:
    """The one number that the text consists of: "1", "siete", "6.0", "un 6". None otherwise."""
    heard = hear_grade(text)
    if heard and not heard.words:
        return heard.number
    numbers = hear_numbers(text)
    return numbers[0] if len(numbers) == 1 else None


_LISTED = re.compile(
    r"(?:la |el |opcion |option )?([1-9]|[a-d])"
    r"(?: (?:pero|por favor|porfa|gracias|please|but)\b.*)?"
)


def hear_listed(text: str) -> int | None:
    """Which option of a numbered list is meant: "2", "la 2", "b", "A pero no repito todo"."""
    number = hear_bare_number(text)
    if number is not None:
        return number
    match = _LISTED.fullmatch(fold(text))
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else "abcd".index(match[1]) + 1


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
