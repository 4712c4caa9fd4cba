"""``understand``: what an incoming means, by the recognisers in their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from handlers.messages import STAFF_CODE, Edited, Incoming, Media, Press, Start, Text
from handlers.release import Release
from handlers.state import Conversation, Known
from handlers.understanding import answers, left_case, numbers
from handlers.understanding.commands import commands, confirmations
from handlers.understanding.commands.chosen import without_rejected
from handlers.understanding.conditions import conditions_of
from handlers.understanding.context import Context
from handlers.understanding.dangers import of_case
from handlers.understanding.dangers.ended import alert_ended, once_ended, support_asked, with_end
from handlers.understanding.dangers.reported import report_with_more
from handlers.understanding.grades import left, proposed, with_reason
from handlers.understanding.handed_over import to_person
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords, NotEnded
from handlers.understanding.intents.cases import AskAboutCase, CaseAspect, FileCase
from handlers.understanding.intents.danger import NameNumbers, ReportDanger
from handlers.understanding.intents.information import AskAboutTopic, UsefulAnswer
from handlers.understanding.intents.rating import (
    AskIfGrade,
    CorrectGrade,
    ProposeCorrection,
    ProposeGrade,
    SpeakOfRating,
)
from handlers.understanding.intents.staff import LinkStaff
from handlers.understanding.intents.unclear import SendMedia
from handlers.understanding.intents.union import Intent, Intents, is_understood, leaves_open
from handlers.understanding.meant_else import asks_of_its_own, without_no
from handlers.understanding.new_cases import anywhere
from handlers.understanding.options import HARMLESS, meaning_of
from handlers.understanding.recognisers import RECOGNISERS, Reads, Row
from handlers.understanding.said_before import own_data
from handlers.understanding.said_before.apart import asked_apart, orders
from handlers.understanding.said_before.card import clarified
from handlers.understanding.said_before.card.answered import denies_card
from handlers.understanding.said_before.card.proposed import with_likely_answer
from handlers.understanding.said_before.case import withdrawals
from handlers.understanding.said_before.case.asked import asked_of_case
from handlers.understanding.said_before.case.beside import hesitates, told_and_asked
from handlers.understanding.said_before.case.filed import (
    asked_beside,
    came_back,
    elsewhere,
    told_person,
    which_case,
)
from handlers.understanding.said_before.corrections import closed
from handlers.understanding.said_before.corrections.parts import of_likely_part
from handlers.understanding.spoken import languages, persons
from handlers.understanding.when import When

_REVISING = (ProposeCorrection, ProposeGrade, AskIfGrade)
_FEW_LEAVING = 4  # words, the last of which leaves what is open


def understand(
    incoming: Incoming, state: Conversation, known: Known, release: Release, now: datetime
) -> Intents:
    """What ``incoming`` means in this conversation, in the order in which it is to be acted on.

    Pure: nothing is changed, said or loaded.
    """
    context = Context(incoming, state, known, release, now)
    if named := closed.rating_named(context):
        state = closed.with_latest(state, named)
        return (SpeakOfRating(named), *understand(incoming, state, known, release, now))
    if known.waiting and context.command == "read-answer":  # the tap quotes what announced it
        return (Act.READ_ANSWER,)
    if state.handover is not None and (for_person := to_person(context)) is not None:
        return for_person
    match incoming.body:
        case Text():
            return _written(context)
        case Media():
            return _media(context, incoming.body)
        case Press(key, prompt):
            return (_pressed(context, key, prompt),)
        case Start(token):
            leaves = () if state.handover is None or not token else (Act.LEAVE_PERSON,)
            return (*leaves, *_opened(context, token))
        case Edited():
            return (Act.EDIT_MESSAGE,)
        case from_others:
            return (from_others,)


def _written(context: Context) -> Intents:
    """What typed words mean: danger first, then what the recognisers read in them."""
    if (grade := numbers.plain_grade(context)) is not None:
        return (grade,)
    if (ended := alert_ended(context)) is not None:
        beside = _written(once_ended(context, ended)) if ended.left else ()
        return with_end(context, ended, beside)
    if reported := report_with_more(context):
        return reported
    found = of_case.danger_told(context)
    if support := support_asked(context, found):
        return support
    if found is not None and found.doubtful and _means_else(context):
        found = None
    if found is not None and found.case and not found.doubtful:
        return (found, *of_case.asked_of_case(found, _read(context)))
    context = clarified.without_denied(context)
    if not withdrawals.called_off(context):
        context = persons.without_refused_person(context)
    context = without_rejected(context)
    context = elsewhere.apart_from_case(asked_beside.without_end(context))
    context = context if denies_card(context) else without_no(context)
    said = _read(context) if found is None or found.beside else ()
    if found is not None and not _is_beside(found, said):
        return (found,)
    if found is not None:
        return (NameNumbers(found.sentence, found.language), *said)
    return languages.with_language(context, said)


def _is_beside(danger: ReportDanger, said: Intents) -> bool:
    """Whether what else is heard is worth an answer: how a file stands is not, beside violence."""
    of_file = danger.is_personal and Act.ASK_ABOUT_PROCEDURE in said
    return is_understood(said) and not of_file


def _media(context: Context, media: Media) -> Intents:
    """What stands beside a file that can be had comes first: it may be what the file is for."""
    found = of_case.danger_told(context)
    if found is None and media.file is None and context.is_of_earlier_media:
        return (Act.IGNORE,)
    captioned = bool(media.caption.strip())
    said: Intents = (found,) if found else _read(context) if captioned else ()
    sent = SendMedia(media.kind, captioned=bool(said), file=media.file)
    if media.file is not None:
        return (*said, sent)
    return said if found else (sent, *said)


def _means_else(context: Context) -> bool:
    """ "A, pero no pienso repetir todo", "no importa, salir": plainly no danger."""
    chooses = confirmations.typed_option(context) or numbers.number_of_list(context)
    words = context.said.words
    leaves = len(words) <= _FEW_LEAVING and context.commands.get(" ".join(words[-1:])) == "cancel"
    return bool(
        chooses
        or leaves
        or hesitates(context)
        or closed.correction_of_closed(context)
        or own_data.is_no_danger(context)
        or withdrawals.called_off(context)
    )


def _read(context: Context) -> Intents:
    """What the first recogniser reads, and what is read of the words that it leaves over."""
    if (parted := _read_in_parts(context)) is not None:
        return parted
    found: list[Intent] = []
    holding = conditions_of(context)
    for row in RECOGNISERS:
        if row.when not in holding or (row.signs and row.signs.isdisjoint(context.signs)):
            continue
        intent = row.recognise(context)
        meant = _meant(context, row, intent) if intent is not None else ()
        if not meant:
            continue
        found.extend(meant)
        if (besides := answers.read_besides(context, meant[0])) is not None:
            return (*found, *_read_besides(context, meant[0], besides))
        if not isinstance(meant[0], NotEnded) or meant[0].alone:
            break
    return tuple(found)


def _read_in_parts(context: Context) -> Intents | None:
    """A yes and a question, a question beside a wish, or a wish behind what leaves a case."""
    if (both := confirmations.yes_and_question(context)) is not None:
        beside = _read(both.asked)
        if both.yes is not Act.FILE_CASE or all(map(leaves_open, beside)):
            return (both.yes, *beside)
    if (of_rating := confirmations.yes_and_rating(context)) is not None:
        revised = next(iter(_read(of_rating)), None)
        if isinstance(revised, CorrectGrade):
            revised = ProposeCorrection(revised.grade, "")  # it is asked below the case's number
        if isinstance(revised, _REVISING):
            return (Act.FILE_CASE, revised)
    if (more := proposed.yes_and_more(context)) is not None:
        beside = _read(more)
        if (noted := with_reason.explained(context, more, beside)) is not None:
            return (noted,)
        return (Act.ACCEPT_PROPOSAL, *(beside if is_understood(beside) else ()))
    if asked := asked_of_case(context):
        return asked
    if (two := told_and_asked(context)) is not None:
        told, beside = _read(two.told), _read(two.asked)
        unknown = AskAboutCase(CaseAspect.OUTCOME) in beside
        served = not unknown and all(map(leaves_open, beside))
        if served and all(isinstance(one, FileCase) for one in told):
            return (*told, *beside)
    if (apart := _read_apart_from_rating(context)) is not None:
        return apart
    if (told_beside := elsewhere.kept_and_told(context)) is not None:
        return (Act.KEEP_CASE, told_beside)
    if (two := came_back.asked_and_told(context)) is not None:
        return (AddWords(two.told.text), *_read(two.asked))
    if asked := anywhere.question_beside_wish(context):
        return asked
    if (both_said := anywhere.praise_and_question(context)) is not None:
        return (*_read(both_said.asked), *_read(both_said.praise))
    if (behind := left_case.behind_leaving(context)) is not None:
        wished = _read(behind)
        only_asks = left_case.is_only_asked(context)
        if left_case.is_another_wish(wished, behind, only_asks=only_asks):
            return (Act.CANCEL, *wished)
        if left_case.is_cancelled(context):
            return (Act.CANCEL,)
    return None


def _read_apart_from_rating(context: Context) -> Intents | None:
    """What is asked behind a refused grade, behind a given one or its comment; or told already."""
    if (rest := left.behind_declined(context)) is not None:
        return (Act.REFUSE, *(_read(rest) if rest.folded else ()))
    if (asked_behind := orders.behind_order(context)) is not None:
        return _read(asked_behind)
    if told := asked_apart.said_already(context):
        return told
    if (both := asked_apart.rated_and_asked(context)) is None:
        return None
    rated, asked = _read(both.rated), _read(both.asked)
    if not asked_apart.is_both(rated, asked):
        return None
    proposes = any(isinstance(one, ProposeGrade) for one in rated)
    return (*asked, *rated) if proposes else (*rated, *asked)  # what is asked last stays open


def _read_besides(context: Context, intent: Intent, besides: Context) -> Intents:
    """The rest of a text; what stands behind a no and is not sure is said not to be confirmed."""
    read = _read(besides)
    if isinstance(intent, UsefulAnswer) and intent.clarifies:
        return clarified.told_honestly(context, intent, read)
    return read


def _meant(context: Context, row: Row, intent: Intent) -> Intents:
    """What is meant by what ``row`` reads, after each second look; () where nothing is."""
    meant: Intents = (intent,)
    for look in SECOND_LOOKS:
        if row.reads in look.of:
            meant = tuple(seen for one in meant for seen in look.take(context, one))
    return meant


def _if_part_meant(context: Context, intent: Intent) -> Intents:
    """A correction is of the part of the rating that is likely meant."""
    likely = of_likely_part(context, intent)
    return () if likely is None else (likely,)


def _if_no_question(context: Context, intent: Intent) -> Intents:
    """A question of its own answers nothing that is open."""
    return (intent,) if leaves_open(intent) or not asks_of_its_own(context) else ()


def _of_case_meant(context: Context, intent: Intent) -> Intents:
    """Of several own cases the one that is meant; not of what a person is told at length."""
    if told_person.is_told(context, intent):
        return (intent,)
    return (which_case.case_meant(context, intent),)


def _with_likely_answer(context: Context, intent: Intent) -> Intents:
    """A question about the card just shown may rather say whether that was useful."""
    if isinstance(intent, AskAboutTopic) and When.SHOWN in conditions_of(context):
        return (with_likely_answer(context, intent),)
    return (intent,)


class SecondLook(NamedTuple):
    """Takes each intent that is read so, and keeps it, replaces it, adds another or drops it."""

    take: Callable[[Context, Intent], Intents]
    of: frozenset[Reads] = frozenset(Reads)


_NO_OPTION = frozenset(Reads) - {Reads.OPTION}

# The looks in their order. Where the last of an intent is dropped, the next recogniser is asked.
SECOND_LOOKS = (
    SecondLook(_if_part_meant, of=frozenset({Reads.CORRECTION})),
    SecondLook(_if_no_question, of=frozenset({Reads.ANSWER})),
    SecondLook(_of_case_meant, of=_NO_OPTION),
    SecondLook(_with_likely_answer),
    SecondLook(told_person.told_person, of=_NO_OPTION),
)


def _pressed(context: Context, key: str, number: int) -> Intent:
    """A button: of the open question, or one that only shows something."""
    prompt = context.state.prompt
    is_open = prompt is not None and prompt.is_asked_by(number) and prompt.offers(key)
    meant = is_open or key.partition(":")[0] in HARMLESS
    return (meaning_of(context, key) if meant else None) or Act.PRESS_STALE_BUTTON


def _opened(context: Context, token: str) -> Intents:
    """The chat was opened: by a staff member's code, at a desk, or to say hello."""
    if token.startswith(STAFF_CODE):
        return (LinkStaff(token.removeprefix(STAFF_CODE)),)
    if (rating := commands.rating_at_desk(context, token)) is not None:
        return (rating,)
    return (Act.OPEN_UNKNOWN_DESK, Act.GREET) if token else (Act.GREET,)
