"""Acting on what was understood: each intent is led to its capability, kind by kind."""

from __future__ import annotations

from typing import assert_never

from handlers import navigation
from handlers.acting import revising
from handlers.acting.plain import act_plainly
from handlers.acting.staff import act_for_staff
from handlers.cases import alerts, cases, files, filing, mail, news, own_cases, person, staff
from handlers.facts import ContactDeparted
from handlers.information import lookups, menus, topics
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
from handlers.privacy import rights
from handlers.questionnaires import flow, follow_up, grading, proposals, rating
from handlers.turn import TurnBuilder
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import (
    AddToComment,
    AddWords,
    Answer,
    AnswerMisread,
    ChoiceAnswer,
    ChoicesAnswer,
    GradeAnswer,
    NotEnded,
    ReviseWords,
    SettleWords,
    ValueAnswer,
    WordsAnswer,
    WordsBeforeGrade,
    YesNoAnswer,
)
from handlers.understanding.intents.cases import (
    AddToCase,
    AnswerInWriting,
    AskAboutCase,
    AskForRecords,
    AskIfOfCase,
    AskToWithdraw,
    BeginCase,
    Case,
    DoubtAnswer,
    FileCase,
    FileWithMore,
    GiveMail,
    GiveReceipt,
    JudgeAnswer,
    PutWordsRight,
    ReopenCase,
    SetCaseArea,
    ShowCase,
    TellMoreOfReport,
    TellWaiting,
    WithdrawCase,
)
from handlers.understanding.intents.danger import FollowAlert, NameNumbers, ReportDanger
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutGrades,
    AskAboutTopic,
    Information,
    LookUp,
    OfferLanguage,
    ShowArea,
    ShowCard,
    ShowSteps,
    Speak,
    UsefulAnswer,
)
from handlers.understanding.intents.own_data import (
    AskRight,
    AskWhatIsMeant,
    FileRequest,
    OwnData,
    UseRight,
)
from handlers.understanding.intents.persons import (
    AnswerInChat,
    AskForPerson,
    EndInChat,
    Person,
    TakeOver,
    TellPerson,
)
from handlers.understanding.intents.rating import (
    AskWhatToChange,
    BeginQuestionnaire,
    ChangeGrade,
    ConfirmArea,
    CorrectArea,
    CorrectGrade,
    CorrectReason,
    GivenNotEnded,
    KeepGrade,
    NameUnsureArea,
    ProposeCorrection,
    ProposeGrade,
    ProposeGrades,
    Rate,
    RateWithGrade,
    Rating,
    RejectArea,
    SpeakOfRating,
    TellExperience,
)
from handlers.understanding.intents.staff import Staff
from handlers.understanding.intents.unclear import (
    ChooseBeyondList,
    SayCourtesy,
    SendMedia,
    StrayNumber,
    Unclear,
)
from handlers.understanding.intents.union import FromOthers, Intent


def act(intent: Intent, turn: TurnBuilder) -> None:
    """Do what one intent asks for. Raises Needed for what lies in the database."""
    if isinstance(intent, Act):
        act_plainly(intent, turn)
    elif isinstance(intent, Answer):
        _act_on_answer(intent, turn)
    elif isinstance(intent, Rating):
        _act_on_rating(intent, turn)
    elif isinstance(intent, Information):
        _inform(intent, turn)
    elif isinstance(intent, Case):
        _act_on_case(intent, turn)
    elif isinstance(intent, Person):
        _act_on_person(intent, turn)
    elif isinstance(intent, Staff):
        act_for_staff(intent, turn)
    elif isinstance(intent, OwnData):
        _act_on_own_data(intent, turn)
    elif isinstance(intent, Unclear):
        _answer_unclear(intent, turn)
    elif isinstance(intent, FromOthers):
        _tell(intent, turn)
    elif isinstance(intent, ReportDanger):
        alerts.answer_danger(turn, intent)
    elif isinstance(intent, NameNumbers):
        alerts.name_numbers(turn, intent)
    elif isinstance(intent, FollowAlert):
        alerts.follow_alert(turn, intent)
    else:
        assert_never(intent)


def _act_on_answer(intent: Answer, turn: TurnBuilder) -> None:
    """The answer to what was asked, or words for it."""
    match intent:
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
            revising.answer_words(turn, question, words)
        case AnswerMisread(sentence, values):
            flow.misread(turn, sentence, **values)
        case AddWords(words):
            revising.add_words(turn, words)
        case AddToComment() | ReviseWords() | SettleWords():
            revising.revise_comment(turn, intent)
        case _:
            assert_never(intent)


def _act_on_rating(intent: Rating, turn: TurnBuilder) -> None:
    """Rating an area, and what was understood of it but not plainly said."""
    match intent:
        case BeginQuestionnaire(questionnaire):
            turn.update(follow_up=None)
            menus.begin_questionnaire(turn, questionnaire)
        case Rate(subject, origin):
            turn.update(follow_up=None)
            rating.rate(turn, subject, origin)
        case RateWithGrade():
            rating.rate_with_grade(turn, intent)
        case TellExperience(area, words):
            navigation.answer_experience(turn, area, words)
        case SpeakOfRating(area):
            proposals.make_latest(turn, area)
        case ChangeGrade(area):
            turn.update(follow_up=None)
            rating.change(turn, area)
        case KeepGrade(area):
            turn.update(follow_up=None)
            rating.keep(turn, area)
        case GivenNotEnded(response):
            follow_up.mark_pending(turn, response)
        case ConfirmArea(words):
            rating.confirm_area(turn, words)
        case RejectArea(area):
            rating.other_area(turn, area)
        case ProposeGrade():
            proposals.propose_grade(turn, intent)
        case ProposeGrades():
            proposals.propose_grades(turn, intent)
        case AskWhatToChange():
            revising.ask_what_to_change(turn, intent)
        case ProposeCorrection():
            proposals.propose_correction(turn, intent)
        case CorrectGrade(grade):
            proposals.correct_grade(turn, grade)
        case CorrectArea(area):
            proposals.correct_area(turn, area)
        case CorrectReason(choice):
            proposals.correct_reason(turn, choice)
        case NameUnsureArea():
            rating.ask_which_of(turn, intent)
        case _:
            assert_never(intent)


def _inform(intent: Information, turn: TurnBuilder) -> None:
    """A question about an area, a service or this assistant."""
    match intent:
        case LookUp():
            if intent.was_comment:
                revising.forget_words(turn)
            lookups.look_up(turn, intent)
        case ShowArea(area):
            turn.update(follow_up=None)
            lookups.show_area(turn, area)
        case ShowCard(card):
            turn.update(follow_up=None)
            lookups.show(turn, card)
        case ShowSteps(card):
            lookups.show_steps(turn, card)
        case Speak(language):
            navigation.speak(turn, language)
        case UsefulAnswer(value, alone):
            flow.answer_useful(turn, value, alone=alone)
        case AskAboutTopic():
            topics.answer_about_topic(turn, intent)
        case AskAboutArea(area, aspect):
            topics.answer_about_area(turn, area, aspect)
        case AskAboutCard(card, aspect):
            topics.answer_about_card(turn, card, aspect)
        case AskAboutGrades(answered):
            navigation.say_and_ask_open(turn, "grade-answered" if answered else "grade-why")
        case OfferLanguage(language):
            menus.offer_language(turn, language)
        case _:
            assert_never(intent)


def _act_on_case(intent: Case, turn: TurnBuilder) -> None:
    """Complaints and the like."""
    match intent:
        case FileWithMore(words):
            filing.file(turn, words)
        case FileCase(words, area, kind):
            filing.tell(turn, words, area, kind)
        case BeginCase(kind, area, unnamed):
            filing.begin(turn, kind, area, unnamed=unnamed)
        case AnswerInWriting(words):
            filing.answer_in_writing(turn, words)
        case TellMoreOfReport(words, area):
            filing.tell_report(turn, words, area)
        case AskAboutCase(aspect):
            own_cases.explain(turn, aspect)
        case PutWordsRight(said, meant, more):
            filing.put_words_right(turn, said, meant, more)
        case SetCaseArea(area, words):
            filing.set_area(turn, area, words)
        case AskForRecords():
            own_cases.show_way_to_records(turn)
        case JudgeAnswer(number, value, words):
            news.judge(turn, number, value, words)
        case DoubtAnswer(number, words):
            news.doubt(turn, number, words)
        case TellWaiting():
            cases.answer_waiting(turn, intent)
        case ReopenCase(number):
            cases.reopen(turn, number)
        case AddToCase(number, words):
            cases.add_to_quoted(turn, number, words)
        case AskIfOfCase(words):
            cases.ask_if_added(turn, words)
        case GiveMail(number, address):
            mail.take(turn, number, address)
        case AskToWithdraw(number):
            navigation.withdraw(turn, number)
        case WithdrawCase(number):
            own_cases.withdraw(turn, number)
        case GiveReceipt(number):
            own_cases.give_receipt(turn, number)
        case ShowCase(number):
            own_cases.show(turn, number)
        case _:
            assert_never(intent)


def _act_on_person(intent: Person, turn: TurnBuilder) -> None:
    """A conversation with a person of the municipality."""
    match intent:
        case AskForPerson(words):
            turn.update(follow_up=None)
            person.ask(turn, words)
        case TellPerson() as told:
            person.tell(turn, told)
        case TakeOver() | AnswerInChat() | EndInChat():
            staff.act_in_chat(turn, intent)
        case _:
            assert_never(intent)


def _act_on_own_data(intent: OwnData, turn: TurnBuilder) -> None:
    """Rights over own data."""
    match intent:
        case AskRight(right):
            turn.update(follow_up=None)
            rights.ask(turn, right)
        case UseRight(right):
            rights.use(turn, right)
        case AskWhatIsMeant(right):
            rights.ask_for_words(turn, right)
        case FileRequest(right, words):
            rights.file(turn, right, words)
        case _:
            assert_never(intent)


def _answer_unclear(intent: Unclear, turn: TurnBuilder) -> None:
    """What says little, or nothing that can be read."""
    match intent:
        case SayCourtesy(kind):
            alerts.answer_courtesy(turn, f"courtesy-{kind}")
        case SendMedia():
            navigation.take_media(turn, intent)
        case ChooseBeyondList(number):
            navigation.say_and_ask_open(turn, "number-beyond", number=number)
            rating.keep_stray_number(turn, number)
        case StrayNumber(number):
            navigation.answer_stray_number(turn, number)
            rating.keep_stray_number(turn, number)
        case _:
            assert_never(intent)


def _tell(intent: FromOthers, turn: TurnBuilder) -> None:
    """What others caused."""
    match intent:
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
