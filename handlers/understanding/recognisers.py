"""The recognisers, in the order in which ``understand`` asks them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from handlers.text.kinds import PhraseKind as Says
from handlers.understanding import answers, numbers
from handlers.understanding.commands import commands, confirmations, measures, named_cases
from handlers.understanding.context import Context, Sign
from handlers.understanding.free_words import awaited, lookup, rating
from handlers.understanding.grades import (
    asked,
    judged,
    left,
    not_ended,
    proposed,
    several,
    unprompted,
    which_area,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases import (
    anywhere,
    being_told,
    complaints,
    edits,
    receiver,
    wishes,
)
from handlers.understanding.reading.wishes import OPINIONS, OWN_DATA
from handlers.understanding.said_before import (
    alerts,
    asides,
    own_data,
    two_changes,
    unfinished,
)
from handlers.understanding.said_before.apart import asked_apart, asked_of_rated, orders
from handlers.understanding.said_before.card import (
    answered,
    heard,
    refused,
    second_thoughts,
    shown,
)
from handlers.understanding.said_before.card.asked import (
    direct,
    follow_ups,
    lines,
    named,
    unconfirmed,
)
from handlers.understanding.said_before.case import (
    answer_judged,
    beside,
    more,
    reported,
    withdrawals,
)
from handlers.understanding.said_before.case.filed import (
    agreed,
    asked_beside,
    came_back,
    elsewhere,
    said_after,
    said_later,
    which_case,
)
from handlers.understanding.said_before.corrections import (
    areas,
    besides,
    cases,
    closed,
    comments,
    on_record,
    possible,
    ratings,
    reasons,
)
from handlers.understanding.spoken import (
    courtesies,
    languages,
    own_cases,
    persons,
    questions,
    refusals,
    supplies,
)
from handlers.understanding.when import When

Recogniser = Callable[[Context], Intent | None]


class Reads(Enum):
    """What a recogniser takes a text for, where that decides how its intent is looked at again."""

    ANYTHING = auto()
    ANSWER = auto()  # to what is open, or words added to it: a question of its own is none
    CORRECTION = auto()  # of the part of a rating that is meant, or the next in the order reads it
    OPTION = auto()  # one of those that were offered


class Row(NamedTuple):
    """A recogniser, and when it has anything to recognise."""

    when: When
    recognise: Recogniser
    signs: frozenset[Sign]  # one of them is in the text; where none are given, any text will do
    reads: Reads = Reads.ANYTHING


def _row(when: When, recognise: Recogniser, *signs: Sign) -> Row:
    return Row(when, recognise, frozenset(signs))


def _answer(when: When, recognise: Recogniser) -> Row:
    return Row(when, recognise, frozenset(), Reads.ANSWER)


def _correction(when: When, recognise: Recogniser) -> Row:
    return Row(when, recognise, frozenset(), Reads.CORRECTION)


def _option(when: When, recognise: Recogniser) -> Row:
    return Row(when, recognise, frozenset(), Reads.OPTION)


# THE ORDER in which a text is read, from what is certain to what is not, and when each recogniser
# has anything to recognise. The first that recognises something is taken; danger comes before all.
RECOGNISERS: tuple[Row, ...] = (
    # A case or measure that is named, an alarm that stands, commands, options of what is open
    _row(When.QUOTING, named_cases.quoted_case),
    _row(When.OF_STAFF, measures.measure_named),
    _row(When.OF_STAFF, named_cases.case_of_staff),
    _row(When.WARNED, alerts.about_alert),
    _row(When.ALERTED, alerts.after_alert),  # what was asked before is not what a "no" answers
    _row(When.WORDS, complaints.complained_of_elsewhere, Says.ASKS_WHERE_TO_COMPLAIN),
    _row(When.WORDS, commands.complaint_with_words),
    _row(When.WORDS, commands.command_with_words),
    _row(When.WORDS, anywhere.complaint_anywhere),
    _row(When.ADDING, own_cases.number_asked),
    _row(When.ADDING, named_cases.mail_for_case),
    _row(When.ADDING, agreed.agreed),
    _row(When.WORDS, asked_apart.was_question, Says.WAS_QUESTION),
    _option(When.PROMPTED, confirmations.typed_option),
    _row(When.WORDS, commands.command_among_fillers),
    # Orders about a comment; a filed case that is spoken of again
    _row(When.COMMENTING, orders.ended),
    _row(When.RATED, orders.not_to_add, Says.NOT_TO_ADD),
    _row(When.WORDS, asked_of_rated.of_record, Says.ASKS_RECORDED, Says.ASKS_IF_STANDS),
    _row(When.FREE, withdrawals.named_grade_of_none, Says.CHANGES_GRADE),
    _row(When.FILED, said_later.ordered, *said_later.ORDERS),
    _row(When.FILED, elsewhere.refused),
    _row(When.FILED, which_case.case_in_place),
    _row(
        When.FILED,
        came_back.news_asked,
        *(Says.INQUIRES, Says.POINTS_TO_CASE),
    ),
    _row(When.TELLING, came_back.answer_expected, Says.EXPECTS_ANSWER),
    _row(When.FREE, came_back.still_there, Says.STILL_THERE),
    _row(When.FREE, came_back.mended_badly, Says.MENDED_BADLY),
    # A claim over own data; the answer to a case
    _answer(When.CLAIMING, own_data.answered),
    _row(When.CLAIMING, own_data.asked_about, Says.ASKS_OF_RIGHT),
    _row(When.JUDGED, answer_judged.answer_judged, *answer_judged.JUDGING),
    _row(When.PROMPTED, answer_judged.doubted_later, *answer_judged.JUDGING),
    # The case that is being told
    _row(When.WORDS, beside.telling_ended, *beside.ENDING),
    _row(When.COMPLAINING, agreed.added_to_told, Says.ADDS_IT, Says.ADDS_THIS),
    _row(When.COMPLAINING, receiver.area_doubted, Says.DOUBTS_AREA),
    _row(When.COMPLAINING, edits.kept_as_it_was, *edits.KEEPING),
    _row(When.TELLING, edits.kind_put_right),
    _row(When.TELLING, edits.part_left_out, *edits.TAKING_OUT, Says.NAMES_PART),
    _row(When.TELLING, edits.told_anew, Says.REWRITES_COMMENT, Says.TELLS_ANEW),
    _row(When.TELLING, edits.matter_put_right, Says.DENIES_MATTER),
    _row(When.COMPLAINING, receiver.receiver_named, Says.NAMES_RECEIVER),
    _row(When.COMPLAINING, receiver.receiver_denied),
    _row(When.COMPLAINING, confirmations.yes_with_more),
    _row(When.COMPLAINING, confirmations.summary_confirmed),
    # What was proposed or declined; more of a case that was just filed
    _answer(When.PROPOSED, proposed.proposal_answer),
    _row(When.WISHES_LEFT, unfinished.wish_left),
    _row(When.FILED, asked_beside.asked_beside),
    _row(When.ADDING, said_after.put_right),
    _row(When.DECLINED, confirmations.yes_after_all),
    _row(When.DECLINED, confirmations.yes_protested),
    _row(When.INVITED, judged.not_there_yet),
    _row(When.GRADING, judged.not_attended_yet, Says.NOT_ATTENDED),
    _row(When.FILED, withdrawals.withdrawal),
    _answer(When.ADDING, said_after.told_more),
    # A second grade; more of a report; the end of what is open
    _row(When.NUMBER, besides.grade_besides),
    _row(When.RATED, besides.another_for_somebody, Says.ANOTHER_GRADE),
    _row(When.GOING_ON, reported.asked_for_here, Says.WANTS_IT_HERE, Says.WANTS_IT_DONE),
    _row(When.REPORTED, reported.more_of_report),
    _row(When.GOING_ON, reported.placed_below_card),
    _row(When.TOLD, asides.whom_to_speak_to, Says.ASKS_WHOM),
    _row(When.WORDS, left.of_assistant, Says.OF_ASSISTANT, Says.RATES_ASSISTANT),
    _row(When.WORDS, left.leaves),
    _row(When.CHOOSING_AREA, which_area.area_named_alone),
    # The card that was just shown
    _row(When.GOING_ON, shown.another_thing),
    _row(When.FILED, cases.filed_case_put_right),
    _row(When.GOING_ON, direct.asked_of_named, Says.ASKS_HOW_DONE, Says.ASKS_WHERE_DONE),
    _row(When.GOING_ON, direct.of_card, Says.ASKS_ONLINE, Says.ASKS_PUBLISHED),
    _row(When.GOING_ON, direct.held_to, Says.HOLDS_TO),
    _row(When.GOING_ON, direct.validity, Says.ASKS_VALIDITY, Says.ASKS_BY_ANOTHER),
    _row(When.GOING_ON, shown.thing_meant),
    _row(When.GOING_ON, follow_ups.insisted),
    # A grade on record; an answer to a case that did not content
    _row(When.RATED, asides.grade_to_be_answered, Says.ASKS_ANSWER),
    _row(When.RATED, asked_of_rated.of_digest, Says.OF_DIGEST),
    _row(When.RATED, two_changes.grade_and_words),
    _row(When.RATED, reasons.reason_put_right),
    _correction(When.RATED, closed.correction_of_closed),
    _row(When.FREE, unconfirmed.missing_of_area, *unconfirmed.LACKING),
    _row(When.FREE, unconfirmed.who_knows, Says.ASKS_WHO_KNOWS),
    _row(When.FREE, refused.instead_of_refused),
    _row(When.WORDS, languages.language, "wants_language", *languages.COURTEOUS),
    _row(When.FILED, answer_judged.not_content, Says.NOT_CONTENT, *answer_judged.JUDGING),
    _row(When.FILED, said_later.waited_for, Says.NOT_ANSWERED, Says.UNREAD),
    _row(When.FILED, said_later.told_later),
    # Whether the card helped; commands among other words
    _row(When.SHOWN, answered.useful_answer),
    _row(When.GOING_ON, second_thoughts.taken_back),
    _row(When.COMMANDING, commands.command),
    _row(When.FREE, which_case.still_so, Says.STILL_SO),
    _row(When.FREE, awaited.card_named),
    _row(When.SLASHED, commands.slash_command),
    _row(When.OF_STAFF, measures.measure_told),
    _row(When.OF_STAFF, measures.measure_spoken_of),
    # The assistant itself; wishes for a case or about own data
    _row(When.WORDS, courtesies.question_announced),
    _row(When.WORDS, courtesies.call),
    _row(When.NO_GRADE, questions.official, Says.ASKS_OFFICIAL),
    _row(When.NO_GRADE, questions.origin, Says.ASKS_ORIGIN),
    _row(When.NO_GRADE, questions.who_reads, Says.ASKS_WHO_READS, Says.ASKS_WHO_SAW),
    _row(When.FREE, courtesies.feeling, Says.APOLOGISES, Says.ASHAMED, Says.LONELY),
    _row(When.WORDS, commands.desk_code),
    _row(When.WORDS, wishes.case_wished_for),
    _row(When.COMMENTING, wishes.case_of_comment),
    _row(When.WORDS, own_data.wish, *OWN_DATA, Says.ERASES_THIS),
    _row(When.NUMBER, own_cases.case_number),
    _row(When.WORDS, own_cases.filed_elsewhere, Says.FILED_ELSEWHERE, Says.FILED_BEFORE),
    # A rating that is put right, or asked about
    _row(When.RATED, on_record.affirmation),
    _row(When.LISTED, numbers.grade_in_place_of_option),
    _option(When.LISTED, numbers.number_of_list),
    _correction(When.RATED, areas.area_put_right),
    _correction(When.COMMENTING, areas.area_elsewhere),
    _correction(When.ADDING, comments.revision),
    _correction(When.RATED, ratings.correction),
    _row(When.COMMENTING, asides.while_rating),
    _row(When.COMMENTING, possible.possible_correction),
    _row(When.WORDS, asides.answer_expected, Says.ASKS_OUTCOME, Says.ASKS_ANSWER),
    _row(When.RATED, asked_of_rated.asked_behind_rating),
    _row(When.COMPLAINING, being_told.call_without_phone, Says.NO_PHONE),
    # How to answer; refusals; a person; grades without a question
    _row(When.NO_GRADE, languages.style, Says.WANTS_SIMPLE, "shorter", "longer"),
    _row(When.WORDS, refusals.refusal, Says.GIVES_UP, "refuses"),
    _row(When.WORDS, wishes.call_wished, Says.WANTS_CALL),
    _row(When.WORDS, persons.person, Says.WANTS_PERSON, "wants_person"),
    _row(When.NUMBER, numbers.stray_number),
    _row(When.WORDLESS, awaited.no_words),
    _row(When.NUMBER, several.grades_for_several),
    _row(When.FREE, unprompted.unprompted_grade),
    # What is open
    _row(When.WORDS, not_ended.given_not_ended, Says.NOT_ENDED),
    _row(When.TELLING, beside.question_about_case),
    _row(When.ADDING, wishes.another_case, Says.ANOTHER_CASE),
    _answer(When.ADDING, said_after.rather_else),
    _answer(When.ADDING, more.added_to_case),
    _answer(When.ADDING, awaited.added_words),
    _row(When.COMPLAINING, being_told.records_asked_for, Says.ASKS_FOR_RECORDS),
    _answer(When.COMPLAINING, being_told.complaint_asked_for),
    _row(When.OFFERING_CASE, being_told.told_for_person),
    _answer(When.CASE_AREA, being_told.case_area_asked_for),
    _answer(When.REQUESTING, own_data.request_asked_for),
    _answer(When.CHOOSING_AREA, which_area.area_asked_for),
    _answer(When.GUESSED, asked.guessed_area),
    _row(When.LEAVING, answers.courtesy),
    _row(When.GRADING, not_ended.not_ended),  # what is said beside it is read further down
    _row(When.ASIDE, named.question_aside),
    _answer(When.GRADING, asked.grade_answer),
    _answer(When.ANSWERING, answers.answer),
    # Something new: of a case, a card or an area
    _row(When.ALWAYS, asides.told_of_case, *asides.OF_CASE),
    _row(When.FREE, supplies.supply_of_house, Says.LACKS_SUPPLY, Says.ASKS_WHOSE),
    _row(
        When.ALWAYS,
        named.about_named,
        *(Says.ASKS_ABOUT, Says.ASKS_PLACE, Says.ASKS_HOURS, Says.ASKS_CONTACT),
    ),
    _row(When.FREE, wishes.files_offered, Says.ASKS_FILES),
    _row(When.FREE, questions.whole_named, Says.NAMES_WHOLE),
    _row(When.TOLD, follow_ups.missing),
    _row(When.JUDGED, answer_judged.asked_back),
    _row(When.FREE, unfinished.rest_of_question),
    _row(When.ALWAYS, follow_ups.about_topic),
    _row(When.ALWAYS, questions.question_about_grades, "asks_about_grades"),
    _row(When.ALWAYS, awaited.wish_for_person, Says.WANTS_PERSON),
    _row(When.FREE, withdrawals.change_of_none, "corrects"),
    # A rating, a complaint, an own case or procedure
    _row(When.ALWAYS, rating.wish_to_rate, Says.WANTS_TO_RATE, "rates"),
    _row(When.FREE, wishes.unnamed_asked, Says.ASKS_UNNAMED),
    _row(When.ALWAYS, complaints.complaint),
    _row(When.ALWAYS, complaints.way_to_complain, "complains", Says.ASKS),
    _row(When.ALWAYS, own_cases.own_case, "status_case"),
    _row(When.FILED, own_cases.own_case_of_kind),
    _row(When.ALWAYS, withdrawals.withdraws_nothing, *withdrawals.TAKES_AWAY),
    _row(When.FREE, withdrawals.grade_of_none, Says.UNDOES_GRADE),
    _row(When.ALWAYS, wishes.long_wait, Says.WAITS, Says.PERSISTS, Says.ASKS_IF_LATE),
    _row(When.ALWAYS, own_cases.own_procedure, Says.ASKS_PROCEDURE, "status_procedure"),
    # What may go on about the card; how it was; an opinion
    _row(When.FREE, follow_ups.narrowed),
    _row(When.GOING_ON, second_thoughts.second_thoughts),
    _row(When.GOING_ON, follow_ups.about_card),
    _row(When.PROMPTED, judged.judged_where_offered, *judged.JUDGING),
    _row(When.RIGHTING, own_data.correction_told),
    _row(When.FREE, courtesies.thanks_with_reproach, Says.REPROACHES),
    _row(When.FREE, courtesies.blessing, Says.BLESSES),
    _row(When.FREE, courtesies.fed_up, Says.FED_UP),
    _row(When.ALWAYS, courtesies.mockery, Says.MOCKS),
    _row(When.ALWAYS, courtesies.scam, Says.TELLS_SCAM),
    _row(When.ALWAYS, courtesies.thanks_with_praise, "thanks", "praises"),
    _row(
        When.ALWAYS,
        judged.experience,
        *(Says.EXPERIENCE, Says.WAS_AT, Says.VISITED, Says.DESCRIBES_STAFF),
        *(Says.JUDGES, Says.JUDGES_SERVICE),
        *judged.JUDGING,
    ),
    _row(When.ALWAYS, wishes.opinion, *OPINIONS, "suggests"),
    # Courtesies; whatever else it is
    _row(When.COMMANDING, awaited.answer_to_nothing),
    _row(When.ALWAYS, courtesies.courtesy, *courtesies.COURTESIES),
    _row(When.ALERTED, alerts.still_in_danger),
    _row(When.RATED, possible.said_soon_after),
    _row(When.ALWAYS, courtesies.nonsense, "nonsense"),
    _row(When.SHOWN, lines.told_by_card),
    _row(When.SHOWN, heard.unclear_answer),
    _row(When.ALWAYS, own_data.named, Says.NAMES_OWN_DATA),
    _row(When.ALWAYS, lookup.lookup),
)
