"""Random citizens: nothing they do raises, loses anything or is a dead end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.facts.lookups import LookupMade
from handlers.facts.own_data import DataErased
from handlers.facts.responses import (
    AnswerGiven,
    AnswerWithdrawn,
    ResponseClosed,
    ResponseOpened,
    ResponseOutcome,
)
from handlers.messages import CaseAnswer, Edited, MediaKind, Press
from handlers.questionnaires.progress import RATING
from handlers.text.markup import Alert
from tests.handlers.chat import Chat
from tests.packaged import packaged

COMMANDS = [
    *"menu cancelar volver saltar listo nota consulta areas seguir cambiar datos ver".split(),
    *"borrar persona reclamo responder cuestionario english español hola gracias".split(),
    *"sí no ayuda ninguna /inventado kreyòl".split(),
    *("ver más", "aún no termina", "era una pregunta"),
]
# The language in which a citizen writes, and the word that asks for it.
LANGUAGES = {"es": "", "en": "english", "ht": "kreyòl"}
GRADES = [
    *"1 6 7 0 8 45 seis siete 6,0 6,5".split(),
    *("un 6", "no no siete", "1 y 3"),
]
QUERIES = {
    "es": [
        "onde saco el permiso de circulacion",
        "tesoreria",
        "deportes",
        "poste malo",
        "se corto la luz en mi casa",
        "wxyz qqqq kkkk",
        "¿dónde pago la patente?",
        "hay un incendio en mi casa",
    ],
    "en": [
        "where do I get a residence certificate",
        "what about recycling",
        "there is a pothole in my street",
        "how much is it",
        "library",
        "what does 7 mean",
        "my house is on fire",
    ],
    "ht": [
        "kote m ka jwenn yon sètifika rezidans",
        "e pou resiklaj",
        "gen yon gwo twou nan lari a",
        "konbyen sa koute",
        "bibliyotèk",
        "kisa 7 vle di",
        "kay mwen pran dife",
    ],
}
TOLD = {
    "es": [
        "el martes me atendieron muy bien en tesorería",
        "ayer me atendieron pésimo",
        "no, fue en patentes",
        "6, muy amables todos",
        "1, excelente, muy amables",
        "2 porque nadie sabía nada",
        "Espera: dos horas",
        "llevo 2 meses esperando mi patente comercial",
        "ponles un 1",
        "reclamo: no pasa el camión de la basura",
        "quiero hablar con alguien",
        "inútiles",
    ],
    "en": [
        "a 6 for the people who fix the street lights",
        "I waited two hours, 2",
        "oops meant 5",
        "it was at the clinic",
        "take that back",
        "complaint: nobody collects the rubbish",
        "I want to talk to a person",
        "useless",
        "give a 7 to the women at the desk",
    ],
    "ht": [
        "mwen vle bay sant sante a yon 6",
        "mwen tann de zè, 2",
        "mwen twonpe m, se 5",
        "se nan klinik la",
        "retire sa",
        "plent: yo pa vin pran fatra a",
        "mwen vle pale ak yon moun",
        "sa pa itil",
        "bay fanm ki nan gichè a yon 7",
    ],
}
ODD = [
    *("", "   ", "\u200b", "👍", "😀" * 2050, "a" * 4096),
    *("16-11-2020", "ayer", "12", "-3", "A", "{x}"),
]


class Citizen(RuleBasedStateMachine):
    """One citizen of any kind, with what storage would keep."""

    language = "es"

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat(packaged())
        self.checked = 0
        self.opened: dict[int, tuple[str, datetime]] = {}
        self.over: set[int] = set()
        self.answers: dict[tuple[int, str], str] = {}

    @initialize(
        token=st.sampled_from(["", "zzzz", *[d.token for d in packaged().content.desks[:2]]])
    )
    def opens_the_chat(self, token: str) -> None:
        self.chat.opens(token)
        if LANGUAGES[self.language]:
            self.chat.says(LANGUAGES[self.language])

    @rule(text=st.sampled_from(COMMANDS))
    def commands(self, text: str) -> None:
        self.chat.says(text)

    @rule(text=st.sampled_from(GRADES))
    def types_a_number(self, text: str) -> None:
        self.chat.says(text)

    @rule(place=st.integers(0, 11))
    def asks(self, place: int) -> None:
        self._says_one_of(QUERIES, place)

    @rule(place=st.integers(0, 11))
    def tells(self, place: int) -> None:
        self._says_one_of(TOLD, place)

    def _says_one_of(self, texts: Mapping[str, Sequence[str]], place: int) -> None:
        own = texts[self.language]
        self.chat.says(own[place % len(own)])

    @rule(text=st.one_of(st.sampled_from(ODD), st.text(max_size=40)))
    def types_something_odd(self, text: str) -> None:
        self.chat.says(text)

    @rule(place=st.integers(0, 9))
    def presses_a_button(self, place: int) -> None:
        options = self.chat.reply.options
        if options:
            option = options[place % len(options)]
            self.chat.hear(Press(option.key, self.chat.reply.number))

    @rule(back=st.integers(1, 12), place=st.integers(0, 9))
    def presses_an_old_button(self, back: int, place: int) -> None:
        reply = self.chat.replies[-min(back, len(self.chat.replies))]
        if reply.options:
            option = reply.options[place % len(reply.options)]
            self.chat.hear(Press(option.key, reply.number))

    @rule(back=st.integers(1, 6), text=st.sampled_from(["6", "sí", "gracias por la respuesta"]))
    def quotes_a_message(self, back: int, text: str) -> None:
        quoted = self.chat.replies[-min(back, len(self.chat.replies))]
        self.chat.says(text, quotes=quoted)

    @rule(kind=st.sampled_from(MediaKind), caption=st.sampled_from(["", "", "6", "poste malo"]))
    def sends_media(self, kind: MediaKind, caption: str) -> None:
        self.chat.sends(kind, caption)

    @rule()
    def edits(self) -> None:
        self.chat.hear(Edited("otra cosa"))

    @rule(minutes=st.sampled_from([1, 9, 11, 31, 60 * 24, 60 * 24 * 29, 60 * 24 * 31]))
    def waits(self, minutes: int) -> None:
        self.chat.waits(minutes=minutes)

    @rule(text=st.sampled_from(["Ya va.", "😀" * 3000]))
    def a_person_answers(self, text: str) -> None:
        for number in list(self.chat.cases)[-1:]:
            before, ongoing = self.chat.state.prompt, self.chat.state.progress
            rates = ongoing is not None and ongoing.questionnaire == RATING
            tells = before is not None and before.awaits_own_words and not before.offers("menu")
            self.chat.hear(CaseAnswer(number, "", text))
            # Where nothing is waited for, it is asked whether the answer is what was asked for.
            assert self.chat.state.prompt == before or not (rates or tells)

    @rule()
    def a_case_is_closed(self) -> None:
        for number in list(self.chat.cases)[-1:]:
            self.chat.cases[number] = "closed"

    @invariant()
    def menu_and_cancel_work_from_here(self) -> None:
        for word in ("menú", "cancelar"):
            other = self.chat.copy()
            other.says(word)
            if other.offers("keep-case"):  # a case is taken back only after a yes
                other.says(word)
            assert [option.key for option in other.reply.options] == ["ask", "rate", "complaint"]
        for _ in range(1 + len(other.state.paused)):
            other.says("cancelar")
        assert (other.state.progress, other.state.paused) == (None, ())

    @invariant()
    def there_is_a_way_on(self) -> None:
        """Buttons, except where a text is too long for them or tells of an emergency."""
        reply = self.chat.reply if self.chat.replies else None
        if reply is not None and not reply.options:
            tells_of_emergency = any(isinstance(block, Alert) for block in reply.blocks)
            assert len(reply.text) > 900 or tells_of_emergency

    @invariant()
    def facts_make_sense(self) -> None:
        """What is put on record is about something that was begun, and within its bounds."""
        facts = self.chat.facts[self.checked :]
        self.checked = len(self.chat.facts)
        for fact in facts:
            match fact:
                case ResponseOpened():
                    assert fact.response not in self.opened
                    self._one_in_thirty_days(fact)
                    self.opened[fact.response] = (fact.subject.area, self.chat.now)
                case AnswerGiven():
                    assert fact.response in self.opened
                    assert (fact.kind == "grade") == (1 <= fact.grade <= 7)
                    assert fact.value
                    assert fact.kind != "grade" or fact.value == str(fact.grade)
                    self.answers[fact.response, fact.question] = fact.value
                case AnswerWithdrawn():
                    assert fact.response in self.opened
                    self.answers.pop((fact.response, fact.question), None)
                case ResponseClosed():
                    assert fact.response in self.opened
                    if fact.outcome is ResponseOutcome.CANCELLED:
                        self.over.add(fact.response)
                        assert all(key[0] != fact.response for key in self.answers)
                case DataErased():
                    self.over.update(self.opened)
                case CaseOpened() | CaseExtended():
                    assert fact.number in self.chat.cases
                case LookupMade():
                    assert len(fact.query) <= 300
                case _:
                    pass

    def _one_in_thirty_days(self, fact: ResponseOpened) -> None:
        if fact.questionnaire != "atencion":
            return
        for response, (area, at) in self.opened.items():
            if area == fact.subject.area and response not in self.over:
                graded = (response, "grade") in self.answers
                lately = self.chat.now - at <= timedelta(days=30)
                assert not (graded and lately), "one response a contact, area and 30 days"

    @invariant()
    def numbers_of_messages_grow_by_one(self) -> None:
        numbers = [reply.number for reply in self.chat.replies]
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def no_area_waits_twice(self) -> None:
        state = self.chat.state
        runs = [*state.paused, *([state.progress] if state.progress else [])]
        count = Counter((run.questionnaire, run.subject.area) for run in runs)
        assert all(n == 1 for (name, _), n in count.items() if name != "utilidad")


class EnglishCitizen(Citizen):
    """One that writes in English."""

    language = "en"


class HaitianCitizen(Citizen):
    """One that writes in Creole."""

    language = "ht"


SETTINGS = settings(
    max_examples=50,
    stateful_step_count=25,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestRandomCitizens = Citizen.TestCase
TestRandomEnglishCitizens = EnglishCitizen.TestCase
TestRandomHaitianCitizens = HaitianCitizen.TestCase
TestRandomCitizens.settings = SETTINGS
TestRandomEnglishCitizens.settings = settings(SETTINGS, max_examples=25)
TestRandomHaitianCitizens.settings = settings(SETTINGS, max_examples=25)
