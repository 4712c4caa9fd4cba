"""Citizens who answer what they hear, by chance, and keep their own book of what they answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from random import Random

from bot.population.words import BLAME, PRAISE, REASONS
from handlers.content.model import Area, Content, Service
from tests.e2e.voices import Shown, Voice

AREAS = {"transito": 30, "aseo": 25, "social": 20, "obras": 15, "patentes": 8, "deportes": 2}
CASE = re.compile(r"[A-Z]{2}-\d{4}-\d{6}")
MORE = ("Además faltaban sillas en la sala", "Y nadie ordenaba las entradas")
"""What is added to blame or praise in a message of its own."""

SPOKEN_GRADES = ("", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete")
"""Each grade as a word, at its own place."""

COMPLAINTS = ("La luminaria de mi pasaje no prende", "El basurero de la plaza está roto")
"""For a case, not for a rating."""

QUERIES = (
    "onde saco el permiso de circulacion",
    "renovar licencia de conducir",
    "subsidio de agua potable",
    "esterilizar a mi perro",
    "retiro de escombros",
    "sacar carnet",
    "xyzzy qwerty",
)
"""One is of another institution, and one of nobody."""


@dataclass
class Response:
    """One questionnaire as its citizen answered it."""

    questionnaire: str
    area: str
    service: str
    channel: str
    answers: dict[str, str] = field(default_factory=dict)
    pending: bool = False
    completed: bool = False


@dataclass
class Book:
    """What citizens answered, asked and complained of, as they know it."""

    responses: list[Response] = field(default_factory=list)
    lookups: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    cases: dict[str, str] = field(default_factory=dict)


class Citizen:
    """One citizen with a voice, a will of their own and the common book."""

    def __init__(self, voice: Voice, content: Content, book: Book, chance: Random) -> None:
        self._voice = voice
        self._content = content
        self._book = book
        self._chance = chance
        self._rated: dict[str, Response] = {}
        self._heard = 0

    async def lives(self) -> None:
        """Rate one or two areas, ask something, perhaps complain; nothing is left unanswered."""
        chance = self._chance
        first = chance.choice((self._rates_by_menu, self._rates_at_desk, self._rates_unprompted))
        await first(self._any_area())
        if chance.random() < 0.6:
            await self._looks_up(chance.choice(QUERIES))
        if chance.random() < 0.3:
            await self._rates_by_menu(self._any_area())
        if chance.random() < 0.25:
            await self._complains(chance.choice(COMPLAINTS))
        if chance.random() < 0.2:
            await self._does(self._voice.sends_sticker())
        assert self._voice.received == self._heard, "something was said that nobody asked for"

    # Rating

    async def _rates_by_menu(self, area: Area) -> None:
        shown = await self._says(self._chance.choice(("nota", "poner una nota", "calificar")))
        expects("¿Qué área le atendió?", shown)
        shown = await self._chooses(area.short_name, shown)
        await self._answers_or_changes(area, shown)

    async def _rates_at_desk(self, area: Area) -> None:
        desk = next(d for d in self._content.desks if d.area == area.id and not d.service)
        await self._answers_or_changes(area, await self._does(self._voice.opens(desk.token)))

    async def _rates_unprompted(self, area: Area) -> None:
        if area.id in self._rated:  # then it offers to change the grade
            await self._rates_by_menu(area)
            return
        told = f"ayer me atendieron muy bien en {area.short_name}"
        shown = await self._says(told)
        expects(f"¿Fue en {area.short_name}?", shown)
        response = self._begins(area.id)
        if self._chance.random() < 0.3:
            shown = await self._says("1")
            expects("Aún no anoto nada", shown)
            shown = await self._says("siete")
            response.answers = {"grade": "7"}
        else:
            shown = await self._grades(response, shown, self._chance.choice((6, 7)))
        expects("¿Qué fue lo mejor?", shown)
        praise = self._chance.choice(PRAISE)
        await self._says(praise)
        response.answers["best"] = f"{told}\n{praise}"
        response.completed = True
        await self._says("listo")

    async def _answers_or_changes(self, area: Area, shown: Shown, service: str = "") -> None:
        before = self._rated.get(area.id)
        if before is None:
            await self._answers(self._begins(area.id, service), shown)
            return
        expects(f"Usted ya puso un {before.answers['grade']}", shown)
        if self._chance.random() < 0.5:
            await self._chooses("Dejarla así", shown)
        else:
            await self._changes(before, await self._chooses("Cambiar mi nota", shown))

    async def _answers(self, response: Response, shown: Shown) -> None:
        chance = self._chance
        if chance.random() < 0.1:
            shown = await self._chooses("Aún no termina", shown)
            response.pending = True
        shown = await self._grades(response, shown, chance.randint(1, 7))
        if chance.random() < 0.1:
            shown = await self._says("volver")
            shown = await self._grades(response, shown, chance.randint(1, 7))
        if chance.random() < 0.08:
            shown = await self._says("cancelar")
            expects("No quedó anotada ninguna nota", shown)
            response.answers.clear()
            del self._rated[response.area]
            return
        shown = await self._gives_reasons(response, shown)
        expects(f"Anotamos su nota {response.answers['grade']}", shown)
        response.completed = True
        if "LISTO" in shown.text:
            await self._adds_words(response)
        if chance.random() < 0.15:
            await self._changes(response, await self._says("cambiar"))

    async def _grades(self, response: Response, shown: Shown, grade: int) -> Shown:
        expects("1 es muy mala y 7 muy buena", shown)
        response.answers["grade"] = str(grade)
        ways = (str(grade), SPOKEN_GRADES[grade], f"un {grade}", f"{grade},0")
        if self._chance.random() < 0.4:
            return await self._does(self._voice.presses(str(grade), shown))
        return await self._says(self._chance.choice(ways))

    async def _gives_reasons(self, response: Response, shown: Shown) -> Shown:
        """What follows the grade: the reason or the best of it, each in one of several ways."""
        chance = self._chance
        if "¿Qué fue lo mejor?" in shown.text:
            if chance.random() < 0.5:
                return await self._chooses("Listo", shown)
            response.answers["best"] = chance.choice(PRAISE)
            return await self._says(response.answers["best"])
        expects("¿Qué fue lo que más influyó?", shown)
        way = chance.random()
        if way < 0.5:
            label, response.answers["reason"] = chance.choice(list(REASONS.items()))
            return await self._chooses(label, shown)
        if way < 0.6:
            response.answers["reason"] = "espera"
            return await self._says("1")
        if way < 0.8:
            response.answers["words"] = chance.choice(BLAME)
            return await self._says(response.answers["words"])
        return await self._chooses("Listo", shown)

    async def _adds_words(self, response: Response) -> None:
        """Bubbles that follow are one comment, however fast they come."""
        bubbles = self._chance.sample(MORE, self._chance.randint(0, 2))
        question = "best" if int(response.answers["grade"]) > 5 else "words"
        for bubble in bubbles:
            await self._voice.says(bubble)
        for _ in bubbles:
            expects("lo sumé", await self._hears())
        said = [response.answers[question]] if question in response.answers else []
        if bubbles:
            response.answers[question] = "\n".join([*said, *bubbles])
        expects("Su comentario quedó guardado", await self._says("listo"))

    async def _changes(self, response: Response, shown: Shown) -> None:
        commented = not response.answers.keys().isdisjoint(("words", "best"))
        shown = await self._grades(response, shown, self._chance.randint(1, 7))
        if int(response.answers["grade"]) > 5:
            response.answers.pop("reason", None)  # it is asked with low grades only
        if commented:
            expects("Su comentario queda guardado", shown)
        response.pending = False
        shown = await self._chooses("Listo", shown)
        expects(f"Anotamos su nota {response.answers['grade']}", shown)

    def _begins(self, area: str, service: str = "") -> Response:
        response = Response("atencion", area, service, self._voice.channel)
        self._rated[area] = response
        self._book.responses.append(response)
        return response

    # Asking and complaining

    async def _looks_up(self, query: str) -> None:
        shown = await self._says(query)
        found, card = self._read_lookup(shown)
        self._book.lookups[self._voice.channel, query, found, card] += 1
        if found == "suggested":
            shown = await self._chooses(shown.labels[0], shown)
        if "¿Le sirvió?" not in shown.text:
            return
        service = self._service_of(shown)
        useful = self._chance.random() < 0.7
        shown = await self._chooses("Sí" if useful else "No", shown)
        self._book.responses.append(
            Response(
                "utilidad",
                service.area,
                service.id,
                self._voice.channel,
                {"useful": "yes" if useful else "no"},
                completed=True,
            )
        )
        if "Poner nota" in shown.labels:
            if self._chance.random() < 0.5:
                await self._chooses("Ahora no", shown)
                return
            shown = await self._chooses("Poner nota", shown)
            area = self._content.area_by_id[service.area]
            await self._answers_or_changes(area, shown, service.id)

    def _read_lookup(self, shown: Shown) -> tuple[str, str]:
        """What it came to, and which card, as the citizen sees it."""
        content, text = self._content, shown.text
        if "¿Le sirvió?" in text:
            return "card", self._service_of(shown).id
        if "Quizás busca" in text:
            known = {entry.short_name: entry.id for entry in content.institutions}
            known |= {entry.short_name: entry.id for entry in content.areas}
            known |= {entry.short_name: entry.id for entry in content.services}
            return "suggested", known[shown.labels[0]]
        if "No encontré una respuesta" in text:
            return "nothing", ""
        expects("no depende de la Municipalidad", shown)
        named = (i.id for i in content.institutions if i.name in text and not i.catch_all)
        return "external", next(named, "")  # what gathers all sorts is not named

    def _service_of(self, shown: Shown) -> Service:
        title = shown.text.partition("\n")[0].removesuffix(".")
        return next(service for service in self._content.services if service.name == title)

    async def _complains(self, words: str) -> None:
        shown = await self._says("reclamo")
        expects("Cuente en un mensaje qué pasó", shown)
        shown = await self._says(words)
        if "SALTAR" in shown.text:
            shown = await self._says("saltar")
        expects("¿Lo ingreso?", shown)
        shown = await self._says("sí")
        number = CASE.search(shown.text)
        assert number is not None, shown.text
        self._book.cases[number[0]] = words
        expects(number[0], await self._says("listo"))

    # Saying and hearing

    async def _chooses(self, label: str, shown: Shown) -> Shown:
        """Press what is offered, or type it."""
        if label in shown.labels and self._chance.random() < 0.6:
            return await self._does(self._voice.presses(label, shown))
        return await self._says(label)

    async def _says(self, text: str) -> Shown:
        return await self._does(self._voice.says(text))

    async def _does(self, act: Awaitable[None]) -> Shown:
        """One act and its one answer; now and then the platform delivers the act twice."""
        await act
        if self._chance.random() < 0.1:
            await self._voice.repeats()
        return await self._hears()

    async def _hears(self) -> Shown:
        self._heard += 1
        return await self._voice.hears()

    def _any_area(self) -> Area:
        (chosen,) = self._chance.choices(list(AREAS), list(AREAS.values()))
        return self._content.area_by_id[chosen]


def expects(words: str, shown: Shown) -> None:
    """Fail with the whole message where it does not say this."""
    assert words.lower() in shown.text.lower(), f"{words!r} is not in: {shown.text}"
