"""Acting on intents that carry nothing besides: one match over every act."""

from __future__ import annotations

from typing import assert_never

from handlers import navigation
from handlers.cases import cases, filing, own, person, staff
from handlers.facts import CaseKind
from handlers.information import lookups, menus, topics
from handlers.privacy import consent, rights
from handlers.questionnaires import flow, follow_up, grading, proposals, rating
from handlers.turn import TurnBuilder
from handlers.understanding.intents.acts import ENDS_FOLLOW_UP, Act


def act_plainly(intent: Act, turn: TurnBuilder) -> None:
    """Do what an intent asks for that carries nothing besides."""
    if intent in ENDS_FOLLOW_UP:
        turn.update(follow_up=None)
    match intent:
        case Act.GREET:
            menus.greet(turn)
        case Act.SHOW_MENU:
            menus.menu(turn)
        case Act.SHOW_HELP:
            menus.give_help(turn)
        case Act.THANK:
            navigation.answer_courtesy(turn, "goodbye")
        case Act.GO_BACK:
            navigation.go_back(turn)
        case Act.SKIP:
            navigation.leave_question(turn, skipped=True)
        case Act.FINISH:
            navigation.leave_question(turn, skipped=False)
        case Act.CANCEL:
            navigation.cancel(turn)
        case Act.RESUME:
            navigation.resume(turn)
        case Act.NEXT_PAGE:
            navigation.turn_page(turn, 1)
        case Act.INVITE_QUESTION:
            menus.invite_question(turn)
        case Act.LIST_AREAS:
            lookups.list_areas(turn)
        case Act.REJECT_SUGGESTIONS:
            lookups.none_fits(turn)
        case Act.VENT:
            navigation.answer_anger(turn)
        case Act.START_RATING:
            navigation.start_rating(turn)
        case Act.CHOOSE_AREA:
            rating.choose_area(turn)
        case Act.NAME_UNKNOWN_AREA:
            rating.ask_area_again(turn)
        case Act.DECLINE_RATING:
            rating.decline(turn)
        case Act.CONFIRM_AREA:
            rating.confirm_area(turn)
        case Act.CONFIRM_GRADE:
            flow.confirm_grade(turn)
        case Act.LEAVE_PERSON | Act.STAY_WITH_PERSON | Act.SEND_MEDIA_TO_PERSON:
            person.act_meanwhile(turn, intent)
        case Act.DROP_SECOND_ANSWER:
            staff.drop_second_answer(turn)
        case Act.LEAVE_FOR_PERSON:
            cases.ask_for_person(turn)
        case Act.OFFER_PERSON:
            navigation.offer_person(turn)
        case Act.REFUSE:
            proposals.refuse(turn)
        case Act.ACCEPT_PROPOSAL:
            proposals.accept(turn)
        case Act.REJECT_PROPOSAL:
            proposals.reject(turn)
        case Act.UNDO_RATING:
            proposals.ask_to_undo(turn)
        case Act.ERASE_RATING:
            proposals.erase_rating(turn)
        case Act.ASK_WHAT_ABOUT:
            navigation.say_and_ask_open(turn, "what-about")
        case Act.READ_ANSWER:
            own.read_answer(turn)
        case Act.SHOW_CASES:
            own.show_latest(turn)
        case Act.ASK_ABOUT_PROCEDURE:
            own.ask_about_procedure(turn, turn.text_in)
        case Act.AWAIT_TRIAL:
            turn.say("useful-later")
        case Act.KEEP_CASE:
            own.keep(turn)
        case Act.MAKE_NO_SENSE:
            navigation.answer_nonsense(turn)
        case Act.WRITE_SHORT:
            topics.write_short(turn)
        case Act.WRITE_LONG:
            topics.write_long(turn)
        case Act.DENY_DANGER:
            navigation.answer_no_danger(turn)
        case Act.EXPLAIN_SCALE:
            grading.explain_scale(turn)
        case Act.GIVE_HALF_GRADE:
            grading.ask_whole(turn)
        case Act.REJECT_GRADE:
            grading.reject(turn)
        case Act.MISREAD_GRADE:
            grading.misread(turn)
        case Act.OFFER_WORDS:
            follow_up.invite(turn)
        case Act.COMPLAIN:
            filing.begin(turn, CaseKind.COMPLAINT)
        case Act.FILE_CASE:
            filing.file(turn)
        case Act.DROP_CASE:
            filing.drop(turn)
        case Act.CHOOSE_CASE_AREA:
            filing.choose_area(turn)
        case Act.EXPLAIN_DATA:
            rights.explain(turn)
        case Act.LIST_RIGHTS:
            rights.list_rights(turn)
        case Act.ERASE:
            rights.erase(turn)
        case Act.KEEP_DATA:
            rights.keep(turn)
        case Act.UNBLOCK_DATA:
            rights.unblock(turn)
        case Act.ASK_FOR_CONSENT:
            consent.ask(turn)
        case Act.CONSENT:
            consent.give(turn)
        case Act.WITHDRAW_CONSENT:
            consent.withdraw(turn)
        case Act.LIST_QUESTIONNAIRES:
            menus.questionnaires(turn)
        case Act.EDIT_MESSAGE:
            navigation.say_and_ask_open(turn, "edited")
        case Act.OPEN_UNKNOWN_DESK:
            turn.say("desk-unknown")
        case Act.PRESS_STALE_BUTTON:
            navigation.say_and_ask_open(turn, "button-stale")
        case Act.USE_UNKNOWN_COMMAND:
            navigation.say_and_ask_open(turn, "command-unknown")
        case Act.ANSWER_NOTHING:
            navigation.say_and_ask_open(turn, "nothing-asked")
        case Act.IGNORE:
            pass
        case Act.SEND_NO_WORDS:
            navigation.answer_no_words(turn)
        case _:
            assert_never(intent)
