"""Dispatches intents without data: a table from act to function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from handlers import navigation
from handlers.cases import alerts, person_case
from handlers.cases.filed import own_cases
from handlers.cases.people import person
from handlers.cases.telling import drafts, filing
from handlers.facts.cases import CaseKind
from handlers.information import lookups, menus, topics
from handlers.privacy import consent, rights
from handlers.questionnaires import flow, follow_up, grading, proposals, rating
from handlers.staff import cases as cases_of_staff
from handlers.turn import TurnBuilder
from handlers.understanding.intents.acts import ENDS_FOLLOW_UP, Act

PLAIN_ACTS: Mapping[Act, Callable[[TurnBuilder], None]] = {
    Act.GREET: menus.greet,
    Act.SHOW_MENU: menus.menu,
    Act.SHOW_HELP: menus.give_help,
    Act.THANK: partial(alerts.answer_courtesy, sentence="goodbye"),
    Act.GO_BACK: navigation.go_back,
    Act.SKIP: partial(navigation.leave_question, skipped=True),
    Act.FINISH: partial(navigation.leave_question, skipped=False),
    Act.CANCEL: navigation.cancel,
    Act.RESUME: navigation.resume,
    Act.OFFER_AGAIN: navigation.offer_again,
    Act.NEXT_PAGE: partial(navigation.turn_page, by=1),
    Act.INVITE_QUESTION: menus.invite_question,
    Act.LIST_AREAS: lookups.list_areas,
    Act.REJECT_SUGGESTIONS: lookups.reject_suggestions,
    Act.VENT: navigation.answer_anger,
    Act.START_RATING: navigation.start_rating,
    Act.CHOOSE_AREA: rating.choose_area,
    Act.NAME_UNKNOWN_AREA: rating.ask_area_again,
    Act.DECLINE_RATING: rating.decline,
    Act.CONFIRM_GRADE: flow.confirm_grade,
    Act.LEAVE_PERSON: partial(person.act_meanwhile, act=Act.LEAVE_PERSON),
    Act.STAY_WITH_PERSON: partial(person.act_meanwhile, act=Act.STAY_WITH_PERSON),
    Act.LEAD_TO_OWN_DATA: partial(person.act_meanwhile, act=Act.LEAD_TO_OWN_DATA),
    Act.SEND_MEDIA_TO_PERSON: partial(person.act_meanwhile, act=Act.SEND_MEDIA_TO_PERSON),
    Act.DROP_SECOND_ANSWER: cases_of_staff.drop_second_answer,
    Act.LEAVE_FOR_PERSON: person_case.ask_for_person,
    Act.OFFER_PERSON: navigation.offer_person,
    Act.REFUSE: proposals.refuse,
    Act.ACCEPT_PROPOSAL: proposals.accept,
    Act.REJECT_PROPOSAL: proposals.reject,
    Act.UNDO_RATING: proposals.ask_to_undo,
    Act.ERASE_RATING: proposals.erase_rating,
    Act.ASK_WHAT_ABOUT: navigation.ask_what_about,
    Act.READ_ANSWER: own_cases.read_answer,
    Act.SHOW_CASES: own_cases.show_latest,
    Act.MISS_CASE: own_cases.miss,
    Act.ASK_ABOUT_PROCEDURE: lambda turn: own_cases.ask_about_procedure(turn, turn.text_in),
    Act.AWAIT_TRIAL: partial(TurnBuilder.say, key="useful-later"),
    Act.KEEP_CASE: own_cases.keep,
    Act.TELL_MISSING: lookups.tell_missing,
    Act.MAKE_NO_SENSE: navigation.answer_nonsense,
    Act.EXPLAIN_ANEW: menus.explain_again,
    Act.LIST_LANGUAGES: partial(navigation.say_and_ask_open, sentence="languages-written"),
    Act.WRITE_SHORT: topics.write_short,
    Act.WRITE_LONG: topics.write_long,
    Act.DENY_DANGER: alerts.answer_no_danger,
    Act.EXPLAIN_SCALE: grading.explain_scale,
    Act.GIVE_HALF_GRADE: grading.ask_whole,
    Act.REJECT_GRADE: grading.reject,
    Act.MISREAD_GRADE: grading.misread,
    Act.OFFER_WORDS: follow_up.invite,
    Act.REWRITE_COMMENT: follow_up.ask_to_rewrite,
    Act.COMPLAIN: partial(filing.begin, kind=CaseKind.COMPLAINT),
    Act.KEEP_TOLD: drafts.keep,
    Act.TELL_CASE_ANEW: drafts.tell_anew,
    Act.FILE_CASE: filing.file,
    Act.DROP_CASE: filing.drop,
    Act.CHOOSE_CASE_AREA: filing.choose_area,
    Act.EXPLAIN_DATA: rights.explain,
    Act.LIST_RIGHTS: rights.list_rights,
    Act.ERASE: rights.erase,
    Act.KEEP_DATA: rights.keep,
    Act.UNBLOCK_DATA: rights.unblock,
    Act.INVITE_AGAIN: rights.invite_again,
    Act.ASK_FOR_CONSENT: consent.ask,
    Act.CONSENT: consent.give,
    Act.WITHDRAW_CONSENT: consent.withdraw,
    Act.LIST_QUESTIONNAIRES: menus.questionnaires,
    Act.EDIT_MESSAGE: partial(navigation.say_and_ask_open, sentence="edited"),
    Act.OPEN_UNKNOWN_DESK: partial(TurnBuilder.say, key="desk-unknown"),
    Act.PRESS_STALE_BUTTON: partial(navigation.say_and_ask_open, sentence="button-stale"),
    Act.USE_UNKNOWN_COMMAND: partial(navigation.say_and_ask_open, sentence="command-unknown"),
    Act.ANSWER_NOTHING: partial(navigation.say_and_ask_open, sentence="nothing-asked"),
    Act.IGNORE: lambda _: None,
    Act.SEND_NO_WORDS: navigation.answer_no_words,
}


def act_plainly(intent: Act, turn: TurnBuilder) -> None:
    """Act on an intent without data."""
    if intent in ENDS_FOLLOW_UP:
        turn.update(follow_up=None)
    PLAIN_ACTS[intent](turn)
