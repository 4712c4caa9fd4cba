"""What only staff members say: of cases, measures, the week and the policy."""

from __future__ import annotations

from msgspec import Struct


class LinkStaff(Struct, frozen=True):
    """A staff member's one-time code."""

    code: str


class AnswerCase(Struct, frozen=True):
    """A staff member's words that quote a case: they go to the citizen.

    ``again``: whoever wrote them knows that there is an answer already.
    """

    number: str
    words: str
    again: bool = False


class UndoAnswer(Struct, frozen=True):
    """A staff member takes their answer to a case back, while it has not been sent."""

    number: str


class NoteCase(Struct, frozen=True):
    """A staff member's words that only staff see; empty: none were written yet."""

    number: str
    words: str


class SendNothing(Struct, frozen=True):
    """What quotes a case and is no answer to its citizen; ``sentence`` says what to do instead."""

    sentence: str
    number: str


class ListCases(Struct, frozen=True):
    """A staff member asks which cases wait for them."""


class ReadCase(Struct, frozen=True):
    """A staff member asks for one of them."""

    number: str


class ListMeasures(Struct, frozen=True):
    """A staff member asks for the corrective measures that wait."""


class ShowMeasure(Struct, frozen=True):
    """One of them."""

    number: str


class TakeMeasure(Struct, frozen=True):
    """A staff member sees to it from now on."""

    number: str


class WriteNote(Struct, frozen=True):
    """A staff member wants to note what was done for a measure."""

    number: str


class NoteMeasure(Struct, frozen=True):
    """What was done for a measure, in a staff member's words."""

    number: str
    words: str


class ProposeNote(Struct, frozen=True):
    """Words after these measures were shown: of which they are, and whether they are a note, is
    asked."""

    words: str
    numbers: tuple[str, ...]


class FinishMeasure(Struct, frozen=True):
    """Its action is done."""

    number: str


class EndMeasure(Struct, frozen=True):
    """Closing it, or deciding that there is none; ``number`` empty: not said of which."""

    number: str


class BeginMeasure(Struct, frozen=True):
    """A staff member opens a measure, of this area."""

    area: str = ""


class ChooseOrigin(Struct, frozen=True):
    """Where the measure comes from that is being opened."""

    origin: str


class TellMeasure(Struct, frozen=True):
    """What was asked of the measure that is being opened. ``area``: the one that they name."""

    words: str
    area: str = ""


class ListIndicators(Struct, frozen=True):
    """By what else the measure can be judged that is being opened."""


class ChooseIndicator(Struct, frozen=True):
    """It is judged by the one at this place of the list, counted from 0."""

    place: int


class OpenMeasure(Struct, frozen=True):
    """Open it with all that was said."""


class TellWeek(Struct, frozen=True):
    """A staff member asks what changed in the week."""


class BeginRound(Struct, frozen=True):
    """A staff member begins a questionnaire that staff are asked."""

    number: str


class ReadPolicy(Struct, frozen=True):
    """The quality policy; ``answered``: question and choice of a staff member, from 0: "12"."""

    answered: str = ""


Measure = (
    ListMeasures
    | ShowMeasure
    | TakeMeasure
    | WriteNote
    | ProposeNote
    | NoteMeasure
    | FinishMeasure
    | EndMeasure
)
NewMeasure = (
    BeginMeasure | ChooseOrigin | TellMeasure | ListIndicators | ChooseIndicator | OpenMeasure
)
CaseInChat = AnswerCase | UndoAnswer | NoteCase | SendNothing | ListCases | ReadCase
Staff = NewMeasure | Measure | LinkStaff | CaseInChat | BeginRound | ReadPolicy | TellWeek
