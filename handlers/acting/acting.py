"""Dispatches each intent to its capability; one match over all kinds of intents."""

from __future__ import annotations

from typing import assert_never

from handlers import navigation
from handlers.acting import revising
from handlers.acting.cases import act_on_case, act_on_person
from handlers.acting.plain import act_plainly
from handlers.acting.rating import act_on_rating
from handlers.acting.staff import act_for_staff
from handlers.cases import alerts
from handlers.cases.filed import news
from handlers.cases.people import person, staff
from handlers.cases.telling import drafts, files
from handlers.facts.own_data import ContactDeparted, Right
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
from handlers.questionnaires import flow, follow_up, grading, rating
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
from handlers.understanding.intents.cases import Case
from handlers.understanding.intents.danger import (
    EndAlert,
    FollowAlert,
    NameNumbers,
    OfferSupport,
    ReportDanger,
)
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutGrades,
    AskAboutTopic,
    FollowLanguage,
    Information,
    LookUp,
    OfferLanguage,
    ProposeUseful,
    ShowArea,
    ShowCard,
    ShowSteps,
    Speak,
    TellUnconfirmed,
    UsefulAnswer,
)
from handlers.understanding.intents.own_data import (
    AskRight,
    AskWhatIsMeant,
    FileRequest,
    OwnData,
    UseRight,
)
from handlers.understanding.intents.persons import Person
from handlers.understanding.intents.rating import Rating
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
    """Act on one intent. Raises Needed for what has to be loaded from the database."""
    if isinstance(intent, Act):
        act_plainly(intent, turn)
    elif isinstance(intent, Answer):
        _act_on_answer(intent, turn)
    elif isinstance(intent, Rating):
        act_on_rating(intent, turn)
    elif isinstance(intent, Information):
        _inform(intent, turn)
    elif isinstance(intent, Case):
        act_on_case(intent, turn)
    elif isinstance(intent, Person):
        act_on_person(intent, turn)
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
    elif isinstance(intent, EndAlert):
        alerts.end_alert(turn, intent)
    elif isinstance(intent, OfferSupport):
        turn.update(follow_up=None)
        alerts.say_where_denounced(turn, intent.charges)
        lookups.offer_support(turn, intent.card)
    elif isinstance(intent, FollowAlert):
        alerts.follow_alert(turn, intent)
    else:
        assert_never(intent)


def _act_on_answer(intent: Answer, turn: TurnBuilder) -> None:
    """An answer to the open question, or words for it."""
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
        case AddWords(words, answered):
            revising.add_words(turn, words)
            if answered:
                turn.say("case-meanwhile")
        case AddToComment() | ReviseWords() | SettleWords():
            revising.revise_comment(turn, intent)
        case _:
            assert_never(intent)


def _inform(intent: Information, turn: TurnBuilder) -> None:
    """A question about an area, a service or this assistant."""
    match intent:
        case LookUp():
            if intent.was_comment:
                revising.forget_words(turn, intent.query)
            if intent.of_area:
                follow_up.leave_as_is(turn)
                topics.answer_of_area(turn, intent)
            else:
                lookups.look_up(turn, intent)
            if intent.was_comment:
                drafts.show_again(turn)
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
        case UsefulAnswer(value, besides, thanks=thanks):
            flow.answer_useful(turn, value, alone=not besides, thanks=thanks)
        case ProposeUseful(value):
            flow.propose_useful(turn, value)
        case TellUnconfirmed():
            lookups.tell_unconfirmed(turn, intent)
        case AskAboutTopic():
            topics.answer_about_topic(turn, intent)
        case AskAboutArea(area, aspect):
            topics.answer_about_area(turn, area, aspect)
        case AskAboutCard(card, aspect):
            topics.answer_about_card(turn, card, aspect)
        case AskAboutGrades(answered, digest):
            follow_up.leave_as_is(turn)
            sentence = "grade-digest" if digest else "grade-why"
            navigation.say_and_ask_open(turn, "grade-answered" if answered else sentence)
        case FollowLanguage(language):
            menus.follow_language(turn, language)
        case OfferLanguage(language):
            menus.offer_language(turn, language)
        case _:
            assert_never(intent)


def _act_on_own_data(intent: OwnData, turn: TurnBuilder) -> None:
    """Rights over own data."""
    match intent:
        case AskRight(Right.ERASE, doubted=True):
            rights.tell_what_stays(turn)
        case AskRight(right, words):
            turn.update(follow_up=None)
            rights.ask(turn, right, words)
        case UseRight(right):
            rights.use(turn, right)
        case AskWhatIsMeant(right):
            rights.ask_for_words(turn, right)
        case FileRequest(right, words):
            rights.file(turn, right, words)
        case _:
            assert_never(intent)


def _answer_unclear(intent: Unclear, turn: TurnBuilder) -> None:
    """A message that says little or cannot be read."""
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
    """An event from the inbox, caused by others."""
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
