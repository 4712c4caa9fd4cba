"""What recognisers read: one incoming and the conversation that it belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property

from msgspec.structs import replace

from handlers.listening.listener import Heard
from handlers.messages import Incoming, Media, Text
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.search.ranking import Ranking, Verdict
from handlers.state import Awaits, Conversation, Known
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.intents.danger import alert_of, calmed_of
from handlers.understanding.reading.clauses import without_just
from handlers.understanding.reading.grades.grade import Grade
from handlers.understanding.reading.grades.read import number_alone, numbers_given, read_grade
from handlers.understanding.reading.replaced import Replacement, replacement_in
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import only_moves_points, without_not_ended

RECENT = timedelta(minutes=30)  # how long a bare number counts for the open question
OF_OWN_DATA = (Awaits.RECTIFY, Awaits.OBJECT)
CORRECT_OTHER = "rectify-other"  # the option that asks for what is wrong, in words
ONE_ALBUM = timedelta(seconds=60)  # within which several photos are one message
_COURTESIES = ("thanks", "confirms", "greets", "farewell")
_OPINION_BESIDE = 0.25  # beside a courtesy, from here on
_OPINIONS = ("praises", "blames", "suggests")
# The acts that ask about what was shown last.
FOLLOW_UPS = frozenset(
    f"follow_{aspect}" for aspect in "cost place hours papers how time whom contact more".split()
)
_CERTAIN, _MAYBE = 0.85, 0.03  # where words are awaited: the act, and an opinion beside it
_MOST_BEFORE = 2  # words before what goes on: "hola, y si soy …"
_LONGER_THAN_A_GRADE = 6  # characters of "cuatro"

Sign = PhraseKind | str
"""A sign of a text's meaning: a kind of phrase in it, or the act that it mainly is."""


class Context:
    """Read-only. Expensive values are computed once, when a recogniser first asks for them."""

    def __init__(
        self,
        incoming: Incoming,
        state: Conversation,
        known: Known,
        release: Release,
        now: datetime,
    ) -> None:
        self.incoming = incoming
        body = incoming.body
        self.text = body.text if isinstance(body, Text) else ""
        if isinstance(body, Media):
            self.text = body.caption
        self.has_words = not self.text.isdecimal()  # more than a number in digits
        self.state = state
        self.known = known
        self.release = release
        self.lexicon = release.lexicon  # the words of all languages offered here
        self.at = min(now, incoming.sent_at)  # a late delivery does not make a message late
        self.open = release.open_question(state)
        self.quoted_case = known.quoted.about if known.quoted is not None else ""
        self.spoken = state.language or DEFAULT_LANGUAGE
        # Command words of the citizen's language, else of any language offered here.
        self.commands = release.commands.get(self.spoken) or release.commands[DEFAULT_LANGUAGE]
        prompt = state.prompt
        if prompt is None:
            self.prompt_is_recent = False
        elif known.quoted is not None:
            self.prompt_is_recent = known.quoted.number == prompt.number
        else:
            self.prompt_is_recent = self.at - prompt.asked_at <= RECENT

    @cached_property
    def said(self) -> Said:
        """The text with what phrases say in it."""
        return Said(self.text, self.lexicon)

    @cached_property
    def folded(self) -> str:
        """The text, folded."""
        return self.said.folded

    @cached_property
    def answering(self) -> list[str]:
        """The words of a yes or a no, without a "no más" that denies nothing."""
        return without_just(self.text, self.lexicon)

    @cached_property
    def labelled(self) -> str:
        """The words after "reclamo:" if only a greeting precedes it; else ""."""
        found = self.lexicon.complaint_label.search(self.text)
        before = fold(self.text[: found.start()]) if found is not None else ""
        is_label = found is not None and (not before or self.commands.get(before) == "hello")
        return found[1].strip() if found is not None and is_label else ""

    @cached_property
    def command(self) -> str | None:
        """The command that the whole text gives, or that all its parts give: "gracias, chao"."""
        if self.folded in self.commands or not self.folded:
            return self.commands.get(self.folded)
        if (plain := self.commands.get(undoubled(self.folded))) in ("yes", "no"):
            return plain  # "nooo"
        commanded = {self.commands.get(fold(part)) for part in self.said.parts}
        if commanded == {None, "cancel"} and all(map(self._gives_up, self.said.parts)):
            return "cancel"  # "olvídelo, cancelar"
        return commanded.pop() if len(commanded) == 1 else None

    def _gives_up(self, part: str) -> bool:
        """Whether a part commands something, or says no more than "olvídelo"."""
        said = Said(part, self.lexicon)
        return said.folded in self.commands or said.is_only(PhraseKind.GIVES_UP)

    @cached_property
    def is_told_elsewhere(self) -> bool:
        """Whether the open question asks for free text of its own, such as what to rectify.

        What is said then is not about a rating, even if it sounds like a correction.
        """
        prompt = self.state.prompt
        return prompt is not None and prompt.awaits in (*OF_OWN_DATA, Awaits.MEASURE)

    @property
    def reported(self) -> bool:
        """Whether a problem was reported that is not a case yet."""
        draft = self.state.draft
        if draft is None or draft.experience or draft.blames or draft.grade:
            return False
        return bool(draft.words) and not draft.wrong_data

    @cached_property
    def rating_is_closed(self) -> bool:
        """Whether a rating was given and nothing is open now.

        The question of what to change in it may be.
        """
        state, opened = self.state, self.open
        proposes = state.proposal is not None and not state.proposal.corrects
        busy = state.follow_up or state.filing or proposes or self.is_told_elsewhere
        return bool(state.rated) and not busy and (opened is None or opened.outline.about_card)

    @cached_property
    def signs(self) -> frozenset[Sign]:
        """The kinds of phrases in the text, and the act that it most likely is."""
        return frozenset((*self.said.kinds, self.heard.main))

    @property
    def other_language(self) -> str:
        """The offered language that the text is surely in, if not the current one; else ""."""
        for language in self.release.wordings:
            if language == self.spoken:
                continue
            if self.heard.surely_in(language.partition("-")[0]):
                return language
        return ""

    @cached_property
    def heard(self) -> Heard:
        """The acts in the text."""
        return self.release.listener.hear(self.text)

    @cached_property
    def dangers_named(self) -> set[str]:
        """The acts of danger that have words of their own in the text."""
        return self.dangers_named_in(self.text)

    def dangers_named_in(self, part: str) -> set[str]:
        """The same for a part of it. If its language is sure, only words of it count."""
        language = self.heard.language
        known = language if self.heard.surely_in(language) else ""
        return self.lexicon.dangers_named(part, known)

    @cached_property
    def grade(self) -> Grade | None:
        """The grade, or another number given in its place."""
        grade = read_grade(self.text, self.lexicon)
        if grade is None or self.text.isdecimal():
            return grade
        return None if only_moves_points(self.said) else grade

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Every number from 1 to 7 that may be a grade, in their order."""
        return numbers_given(self.text, self.lexicon)

    @cached_property
    def number(self) -> int | None:
        """The number, if the text is nothing else."""
        return number_alone(self.text, self.grade, self.lexicon)

    @cached_property
    def replacement(self) -> Replacement | None:
        """What is replaced and by what ("not X but Y"); None if nothing is."""
        return replacement_in(self.text, self.lexicon)

    @cached_property
    def alert(self) -> str:
        """The emergency whose numbers were given in the last turn or a few minutes ago; else ""."""
        return alert_of(self.state, self.at)

    @cached_property
    def calmed(self) -> str:
        """The emergency said a few minutes ago to be over, or to be none; else ""."""
        return calmed_of(self.state, self.at)

    @cached_property
    def is_invited(self) -> bool:
        """Whether the citizen was invited to rate a visit a few minutes ago."""
        invited = self.state.invited_at
        return invited is not None and self.at - invited <= RECENT

    @cached_property
    def is_call(self) -> bool:
        """ "Oiga, ¿siguen ahí?"."""
        return self.lexicon.said_before.calls.fullmatch(self.folded) is not None

    @cached_property
    def without_not_ended(self) -> str | None:
        """The text without "it has not ended yet" while an area's grade is asked for.

        None if the text does not say so.
        """
        graded = self.open is not None and self.open.grades_area
        if not graded or len(self.text) <= _LONGER_THAN_A_GRADE:
            return None
        return without_not_ended(self.said)

    def rather_than_words(self, act: str) -> bool:
        """Whether the act is heard. While words are asked for, "fue fácil" and "nadie habla
        creole" are answers rather than wishes for another style or language.
        """
        if not self.words_are_awaited:
            return self.heard.likely(act)
        return self.heard.chance(act) >= _CERTAIN and not self.heard.best(_OPINIONS, _MAYBE)

    @property
    def is_of_earlier_media(self) -> bool:
        """A further photo or position of an album, without words: the first was answered."""
        last = self.state.media_at
        return last is not None and self.at - last < ONE_ALBUM and not self.text.strip()

    @property
    def case_judged(self) -> str:
        """The case whose answer the citizen is asked to judge; "" for none."""
        return self._offered("unsolved:")

    @property
    def case_shown(self) -> str:
        """The answered case whose state is offered, as after a yes; "" for none."""
        return self._offered("stands:")

    @property
    def case_in_sight(self) -> str:
        """The answered case that the last message was about; "" for none."""
        return self.case_judged or self.case_shown

    @property
    def asked_to_withdraw(self) -> str:
        """The case that it is asked about whether it is taken back; "" for none."""
        return self._offered("withdraw:")

    def _offered(self, mark: str) -> str:
        """What stands behind this mark in an open option; "" for nothing."""
        for option in self.state.prompt.options if self.state.prompt is not None else ():
            if option.key.startswith(mark):
                return option.key.removeprefix(mark)
        return ""

    @property
    def is_courtesy(self) -> bool:
        """ "Ya po gracias"; "gracias por la buena atención" tells how it was."""
        heard = self.heard
        plain = heard.main in _COURTESIES and heard.surely(heard.main)
        return plain and not heard.best(_OPINIONS, _OPINION_BESIDE)

    @cached_property
    def begins_going_on(self) -> bool:
        """Whether it, or a part of it, begins like a question about what was said before.

        "Y si soy …", "tiene 4 meses, ¿será muy chica?".
        """
        kinds = (PhraseKind.FOLLOWS_UP, PhraseKind.ASKS_TERM)
        starts = [start for kind in kinds for start, _ in self.said.kinds.get(kind, ())]
        if not starts:
            return False
        parts = self.said.part_starts
        return any(0 <= start - part <= _MOST_BEFORE for start in starts for part in parts)

    @cached_property
    def words_are_awaited(self) -> bool:
        """Whether free words are asked for, or may follow a comment or a case."""
        asked = self.open is not None and self.open.question.takes_free_words
        return asked or self.state.follow_up is not None

    @cached_property
    def ranking(self) -> Ranking:
        """What the search finds for the text."""
        return self.rank(self.text)

    def rank(self, text: str) -> Ranking:
        """What the search finds for a part of the text, or for what was said before.

        "Cuándo pasan por La Antena", behind the card of a service, asks nothing of the sector.
        """
        index = self.release.index
        shown = self.state.topic in self.release.content.service_by_id
        return index.rank((shown and index.sectors.left_out(text)) or text)

    def of(self, text: str, *, answered: bool = False, of_another: bool = False) -> Context:
        """What would be read of ``text`` alone, in the same conversation.

        ``answered``: once the open question is; ``of_another``: and not of what was shown."""
        incoming = replace(self.incoming, body=Text(text))
        state = replace(self.state, progress=None, prompt=None) if answered else self.state
        state = replace(state, topic="") if of_another else state
        return Context(incoming, state, self.known, self.release, self.at)

    def phrases(self, key: str) -> tuple[str, ...]:
        """What stands between commas in a sentence of the language that is spoken, folded."""
        return self.release.wording(self.spoken).phrases(key)

    def offers(self, *keys: str) -> bool:
        """Whether the open question has an option of one of these keys."""
        return self.state.prompt is not None and self.state.prompt.offers(*keys)

    def is_question(self) -> bool:
        """Rather something to look up than an answer that was written in another way."""
        if self.said.asks:
            return True
        return len(self.folded.split()) >= 3 and self.ranking.verdict is Verdict.SURE
