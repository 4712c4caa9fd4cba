"""Acting on what was understood: one match over every intent, each led to its capability."""

from __future__ import annotations

from typing import assert_never

from handlers import navigation
from handlers.cases import cases, files, filing, news, own, person, staff
from handlers.facts import CaseKind, ContactDeparted
from handlers.information import lookups, menus, topics
from handlers.measures import chat
from handlers.messages import (
    Announcement,
    CaseAnswer,
    CaseNews,
    CaseNotice,
    CaseReminder,
    Departed,
    FileRefused,
    PersonNews,
    PersonSays,
    PersonWaits,
    RightAnswer,
)
from handlers.privacy import consent, rights
from handlers.questionnaires import flow, follow_up, grading, proposals, rating
from handlers.staff import reading
from handlers.turn import TurnBuilder
from handlers.understanding.intents import (
    ENDS_FOLLOW_UP,
    Act,
    AddToCase,
    AddWords,
    AnswerCase,
    AnswerInChat,
    AnswerMisread,
    AskAboutArea,
    AskAboutCard,
    AskAboutSurvey,
    AskAboutTopic,
    AskForPerson,
    AskForRecords,
    AskRight,
    AskToWithdraw,
    AskWhatIsMeant,
    BeginCase,
    BeginSurvey,
    ChangeGrade,
    ChoiceAnswer,
    ChoicesAnswer,
    ChooseBeyondList,
    CorrectArea,
    CorrectGrade,
    EndInChat,
    FileCase,
    FileRequest,
    FinishMeasure,
    GivenNotEnded,
    GiveReceipt,
    GradeAnswer,
    Intent,
    JudgeAnswer,
    KeepGrade,
    LinkStaff,
    ListMeasures,
    LookUp,
    NameUnsureArea,
    NoteMeasure,
    NotEnded,
    OfferLanguage,
    ProposeArea,
    ProposeCorrection,
    ProposeGrade,
    Rate,
    RateWithGrade,
    ReadPolicy,
    RejectArea,
    ReopenCase,
    ReportDanger,
    ReviseWords,
    SayCourtesy,
    SendMedia,
    SetCaseArea,
    SettleWords,
    ShowArea,
    ShowCard,
    ShowCase,
    ShowMeasure,
    ShowSteps,
    Speak,
    StrayNumber,
    TakeMeasure,
    TakeOver,
    TellExperience,
    TellPerson,
    TellWaiting,
    UsefulAnswer,
    UseRight,
    ValueAnswer,
    WithdrawCase,
    WordsAnswer,
    WordsBeforeGrade,
    YesNoAnswer,
)


def act(intent: Intent, turn: TurnBuilder) -> None:
    """Do what one intent asks for. Raises Needed for what lies in the database."""
    match intent:
        case Act():
            _act_plainly(intent, turn)
        case GradeAnswer(grade, words):
            flow.answer_grade(turn, grade, words)
        case NotEnded(alone):
            grading.mark_pending(turn, ask=alone)
        case WordsBeforeGrade(words):
            grading.begin_comment(turn, words)
        case ChoiceAnswer(choice, words):
            flow.answer_choice(turn, choice, words)
        case ChoicesAnswer(choices):
            flow.answer_choices(turn, choices)
        case YesNoAnswer(yes):
            flow.answer_yes_no(turn, yes=yes)
        case ValueAnswer(value):
            flow.answer_value(turn, value)
        case WordsAnswer(question, words):
            flow.answer_words(turn, question, proposals.with_unsettled(turn, words))
        case AnswerMisread(sentence, values):
            flow.misread(turn, sentence, **values)
        case AddWords(words):
            navigation.add_words(turn, proposals.with_unsettled(turn, words))
        case ReviseWords() | SettleWords():
            follow_up.revise(turn, intent)
        case LookUp(query, ranking):
            if intent.was_comment:
                follow_up.remove_last(turn)
            lookups.look_up(turn, query, ranking, reports=intent.reports)
        case ShowArea(area):
            turn.update(follow_up=None)
            lookups.show_area(turn, area)
        case ShowCard(card):
            turn.update(follow_up=None)
            lookups.show(turn, card)
        case ShowSteps(card):
            lookups.show_steps(turn, card)
        case Speak(language):
            menus.speak(turn, language)
        case BeginSurvey(questionnaire):
            turn.update(follow_up=None)
            menus.begin_survey(turn, questionnaire)
        case Rate(subject, origin):
            turn.update(follow_up=None)
            rating.rate(turn, subject, origin)
        case RateWithGrade():
            rating.rate_with_grade(turn, intent)
        case TellExperience(area, words):
            navigation.answer_experience(turn, area, words)
        case ChangeGrade(area):
            turn.update(follow_up=None)
            rating.change(turn, area)
        case KeepGrade(area):
            turn.update(follow_up=None)
            rating.keep(turn, area)
        case GivenNotEnded(response):
            follow_up.mark_pending(turn, response)
        case RejectArea(area):
            rating.other_area(turn, area)
        case FileCase(words, area, kind):
            filing.tell(turn, words, area, kind)
        case BeginCase(kind):
            filing.begin(turn, kind)
        case SetCaseArea(area):
            filing.set_area(turn, area)
        case AskForRecords():
            filing.show_way_to_records(turn)
        case JudgeAnswer(number, value):
            news.judge(turn, number, value)
        case TellWaiting():
            cases.answer_waiting(turn, intent)
        case AskForPerson(words):
            turn.update(follow_up=None)
            person.ask(turn, words)
        case TellPerson(words, urgent):
            person.tell(turn, words, urgent=urgent)
        case TakeOver() | AnswerInChat() | EndInChat():
            staff.act_in_chat(turn, intent)
        case ReopenCase(number):
            cases.reopen(turn, number)
        case AddToCase(number, words):
            cases.add_to_quoted(turn, number, words)
        case AnswerCase(number, words):
            staff.answer_case(turn, number, words)
        case ListMeasures() | ShowMeasure() | TakeMeasure() | NoteMeasure() | FinishMeasure():
            chat.act_on_measures(turn, intent)
        case ReadPolicy(answered):
            reading.read(turn, answered)
        case LinkStaff(code):
            staff.link(turn, code)
        case UsefulAnswer(value):
            flow.answer_useful(turn, value)
        case ProposeGrade():
            proposals.propose_grade(turn, intent)
        case ProposeCorrection():
            proposals.propose_correction(turn, intent)
        case CorrectGrade(grade):
            proposals.correct_grade(turn, grade)
        case CorrectArea(area):
            proposals.correct_area(turn, area)
        case ProposeArea(area):
            proposals.propose_area(turn, area)
        case NameUnsureArea(areas):
            proposals.name_unsure_area(turn, areas)
        case AskToWithdraw(number):
            navigation.withdraw(turn, number)
        case WithdrawCase(number):
            own.withdraw(turn, number)
        case GiveReceipt(number):
            own.give_receipt(turn, number)
        case ShowCase(number):
            own.show(turn, number)
        case AskAboutTopic(aspect, other):
            topics.answer_about_topic(turn, aspect, other)
        case AskAboutArea(area, aspect):
            topics.answer_about_area(turn, area, aspect)
        case AskAboutCard(card, aspect):
            topics.answer_about_card(turn, card, aspect)
        case AskAboutSurvey():
            navigation.say_and_ask_open(turn, "survey-why")
        case SayCourtesy(kind):
            navigation.answer_courtesy(turn, f"courtesy-{kind}")
        case OfferLanguage(language):
            menus.offer_language(turn, language)
        case SendMedia():
            navigation.take_media(turn, intent)
        case ChooseBeyondList(number):
            navigation.say_and_ask_open(turn, "number-beyond", number=number)
        case StrayNumber(number):
            navigation.answer_stray_number(turn, number)
        case ReportDanger():
            navigation.answer_danger(turn, intent)
        case AskRight(right):
            turn.update(follow_up=None)
            rights.ask(turn, right)
        case UseRight(right):
            rights.use(turn, right)
        case AskWhatIsMeant(right):
            rights.ask_for_words(turn, right)
        case FileRequest(right, words):
            rights.file(turn, right, words)
        case RightAnswer():
            rights.tell_decision(turn, intent)
        case CaseNotice() | CaseReminder() | PersonWaits() | Announcement():
            staff.tell(turn, intent)
        case CaseAnswer() | CaseNews():
            news.tell(turn, intent)
        case FileRefused():
            files.tell_refused(turn, intent)
        case PersonNews() | PersonSays():
            person.tell_from(turn, intent)
        case Departed():
            turn.record(ContactDeparted())
        case _:
            assert_never(intent)


def _act_plainly(intent: Act, turn: TurnBuilder) -> None:
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
        case Act.LIST_SURVEYS:
            menus.surveys(turn)
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
