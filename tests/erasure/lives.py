"""Random contacts with everything that one can leave behind, each with marks of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from handlers.messages import Channel, Media, MediaFile, MediaKind
from tests.bot.one_process import OneProcess

CHANNELS = (Channel.TELEGRAM, Channel.WHATSAPP, Channel.WEB)
AREAS = ("transito", "obras")  # few, so that each has enough answers to be quoted in the digest
ERASES = ("menú", "borrar", "sí")  # back from a person first, if one is waited for
_A_DOZEN = 12
_HEX = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Life:
    """One contact: where it is reached, what it says, and the words that only it says."""

    channel: Channel
    address: str
    marks: tuple[str, ...]
    says: tuple[str | Media, ...]


def lives(count: int, chance: Random) -> list[Life]:
    """``count`` of them, no two alike."""
    return [_life(number, chance) for number in range(count)]


async def lived(process: OneProcess, people: Sequence[Life]) -> None:
    """Everybody says what they say, side by side, each word committed before the next."""
    for turn in range(max(len(one.says) for one in people)):
        events = [
            process.event(one.says[turn], who=one.address, channel=one.channel)
            for one in people
            if turn < len(one.says)
        ]
        for first in range(0, len(events), 50):
            await process.intake.submit(events[first : first + 50])


def audio(mark: str) -> Media:
    """A voice message whose content, as its name, holds a mark."""
    return Media(MediaKind.VOICE, "", MediaFile(mark, 100))


def _life(number: int, chance: Random) -> Life:
    channel = CHANNELS[number % len(CHANNELS)]
    marks = tuple("zq" + "".join(chance.choices(_HEX, k=14)) for _ in range(4))
    comment, complaint, more, correction = marks
    area = chance.choice(AREAS)
    says: list[str | Media] = [
        "hola",
        "nota",
        area,
        str(chance.randint(4, 7)),
        "espera",
    ]
    says += [f"{comment} esperé mucho en la fila y nadie explicó", "listo"]
    if number % _A_DOZEN == 5:  # the rating is moved, and told about anew
        (other,) = set(AREAS) - {area}
        says += [f"me equivoqué, no era {area}, era {other}"]
        says += ["sí", f"{comment} fue por la espera", "listo"]
    if chance.random() < 0.6:
        says += [f"reclamo: {complaint} no pasa el camión", "saltar", "sí"]
        says += [f"y además {more}"]
        if chance.random() < 0.5:
            says += [f"{more}@ejemplo.cl"]
        if chance.random() < 0.5:
            says += [audio(complaint), audio(f"{more}-late")]
        says += ["listo"]
    if chance.random() < 0.5:
        says += ["corregir", "2", f"dice {correction} y debe decir otra cosa"]
    if chance.random() < 0.4:
        says += ["avísenme", "sí"]
    if chance.random() < 0.4:
        says += [chance.choice(("ver", "llevarme")), "sí"]
    if chance.random() < 0.3:
        says += ["bloquear", "sí"]
    if chance.random() < 0.3:
        says += [audio(correction)]  # with no case
    if chance.random() < 0.3:
        says += [f"ayer me atendieron pésimo, {comment}"]  # left half-way
    if chance.random() < 0.5:
        says += ["persona", f"necesito ayuda con {comment}", audio(more), "¿hay alguien?"]
    return Life(channel, _address(channel, chance), marks, tuple(says))


def _address(channel: Channel, chance: Random) -> str:
    match channel:
        case Channel.TELEGRAM:
            return str(chance.randint(10**9, 10**10))
        case Channel.WHATSAPP:
            return f"569{chance.randint(10**7, 10**8 - 1)}"
        case _:
            return "".join(chance.choices(_HEX, k=32))
