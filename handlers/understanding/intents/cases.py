"""A citizen's own cases: begun, told, asked about, taken back."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from handlers.facts.cases import CaseKind


class AskToWithdraw(Struct, frozen=True):
    """A case is to be taken back; it is asked first."""

    number: str


class WithdrawCase(Struct, frozen=True):
    """A case is taken back."""

    number: str


class GiveReceipt(Struct, frozen=True):
    """A document of the case of that number; "" of the latest."""

    number: str


class ShowCase(Struct, frozen=True):
    """How the case of that number stands. ``regrets``: that its answer takes so long."""

    number: str
    regrets: bool = False
    settles: bool = False  # words that were asked about are dropped: this was meant


class AskWhichCase(Struct, frozen=True):
    """Which of these cases is meant. ``unknown``: what was asked about is none of them.

    ``deed``: what is to be done with it: "show", "withdraw" or "add".
    """

    numbers: tuple[str, ...]
    unknown: bool = False
    deed: str = "show"


class DoubtAnswer(Struct, frozen=True):
    """The answer to a case was not what was asked for after all. ``words`` may open it again; "":
    those that wait already."""

    number: str
    words: str


class FileCase(Struct, frozen=True):
    """A complaint, or another case, in these words; ``area`` "": the general staff takes it."""

    words: str
    area: str
    kind: CaseKind = CaseKind.COMPLAINT
    unnamed: bool = False  # without a name


class AnswerInWriting(Struct, frozen=True):
    """Whoever asked for a call has no telephone, or rather reads. ``words`` say what it is about;
    "" tells nothing of it."""

    words: str = ""


class TellMoreOfReport(Struct, frozen=True):
    """Where, since when or what is asked for, of something to mend that was just told."""

    words: str
    area: str


class FileWithMore(Struct, frozen=True):
    """Yes to the summary of a case, and words that belong to it."""

    words: str


class BeginCase(Struct, frozen=True):
    """A suggestion, praise or request: its words are still to be asked for.

    ``area`` is that which it was said to be for; "": none was. ``unnamed``: without a name.
    """

    kind: CaseKind
    area: str = ""
    unnamed: bool = False


class PutWordsRight(Struct, frozen=True):
    """Words in the case that is being told are others; ``more`` was told beside it."""

    said: str
    meant: str
    more: str = ""


class ChangeTold(Struct, frozen=True):
    """All that is told of a case becomes these words, and it goes to this area."""

    words: tuple[str, ...]
    area: str
    absent: bool = False  # what was to go is not in them


class CaseAspect(StrEnum):
    """What is asked about the telling of a case, and not about what it tells."""

    WAY = "way"  # what it costs, how long it takes, where one has to go
    READERS = "readers"
    UNNAMED = "unnamed"  # whether a name has to be given
    FILES = "files"  # whether a photo may go with it
    LATE = "late"  # what becomes of it where nobody answers
    OTHER_WAY = "other_way"  # whether there is a faster one
    HOURS = "hours"  # when those who answer it are there
    CALL = "call"  # whom to call meanwhile
    TOLD = "told"  # whether somebody was told at once
    SEEN = "seen"  # who has read it so far
    PURPOSE = "purpose"  # what the place, the day and the wish are asked for
    OUTCOME = "outcome"  # what will be done about it: only they can say


class AskAboutCase(Struct, frozen=True):
    """A question about the case that is being told, or was just filed: no words of it."""

    aspect: CaseAspect


class SetCaseArea(Struct, frozen=True):
    """Whom the case that is being told is for; ``area`` "": the general staff.

    ``words`` were told beside it.
    """

    area: str
    words: str = ""


class AskForRecords(Struct, frozen=True):
    """Public information is asked for, which the law has a way of its own for."""


class JudgeAnswer(Struct, frozen=True):
    """Whether the answer to a case is what was asked for: "yes", "partly" or "no".

    ``words`` say what is still missing; they belong to the case.
    """

    number: str
    value: str
    words: str = ""


class TellWaiting(Struct, frozen=True):
    """The citizen waits for an answer of the municipality."""

    words: str
    area: str
    service: str  # whose card may help; "" for none


class AskIfOfCase(Struct, frozen=True):
    """Words behind a filed case that may be something else: it is asked whether they are added.

    ``number``: of the case, where none awaits words. ``of_data``: they may be a correction of own
    data instead. ``asks``: they are a question that has no answer here. ``stands``: it is
    said first how the case stands.
    """

    words: str
    number: str = ""
    of_data: bool = False
    asks: bool = False
    stands: bool = False


class AskIfCorrection(Struct, frozen=True):
    """Words that put a filed case right: it is asked whether they are noted as its correction.

    ``omits``: a part of it is not to be seen.
    """

    words: str
    omits: bool = False


class ReopenCase(Struct, frozen=True):
    """To add to a case; ``number`` "": to the latest."""

    number: str = ""


class AskWhatIsWrong(Struct, frozen=True):
    """A filed case is to be put right; what is wrong in it comes next."""

    number: str


class AddToCase(Struct, frozen=True):
    """Words that quote a message about a case of the citizen's own."""

    number: str
    words: str


class GiveMail(Struct, frozen=True):
    """Where the answer to a case goes as well; ``address`` "": what was written is none."""

    number: str
    address: str


Filing = (
    FileCase
    | FileWithMore
    | BeginCase
    | AnswerInWriting
    | ChangeTold
    | PutWordsRight
    | SetCaseArea
    | TellMoreOfReport
)
OwnCase = (
    AskAboutCase
    | AskToWithdraw
    | WithdrawCase
    | GiveReceipt
    | ShowCase
    | AskWhichCase
    | ReopenCase
    | AskWhatIsWrong
    | JudgeAnswer
    | DoubtAnswer
    | AddToCase
    | AskIfOfCase
    | AskIfCorrection
    | GiveMail
    | AskForRecords
    | TellWaiting
)
Case = Filing | OwnCase
