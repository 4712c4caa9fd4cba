"""Answers to the open question of a questionnaire, by its kind; grades have a file of their own."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.release import OpenQuestion
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import (
    AnswerMisread,
    ChoiceAnswer,
    ChoicesAnswer,
    GradeAnswer,
    SettleWords,
    ValueAnswer,
    WordsAnswer,
)
from handlers.understanding.intents.information import UsefulAnswer
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_aside
from handlers.understanding.reading.answers import (
    read_choice,
    read_choices,
    read_date,
    read_number,
    read_text,
    split_choice,
)
from handlers.understanding.said_before.corrections.comments import words_led_to
from handlers.understanding.said_before.corrections.on_record import grade_on_record
from handlers.understanding.said_before.corrections.possible import no_mere_comment

_UNKNOWING = (PhraseKind.NOT_KNOWN_YET, PhraseKind.CANNOT_TELL)
_MAX_COURTESY = 30  # characters of "no, gracias" and the like
_BARE, _SENTENCE = 3, 6  # words up to which a number is meant as a choice


def courtesy(context: Context) -> Intent | None:
    """ "No", "nada", "gracias" to a question that may be left unanswered."""
    opened = context.open
    if opened is None or not opened.question.may_be_left or len(context.text) > _MAX_COURTESY:
        return None
    if opened.question.kind is QuestionKind.YES_NO:
        return None
    thanks = context.is_courtesy and context.heard.likely("thanks")  # "ya po gracias"
    unknown = any(map(context.said.is_only, _UNKNOWING))  # "no sé", "no me acuerdo"
    leaves = thanks or unknown or context.command in ("no", "thanks")
    return Act.SKIP if leaves else None


def value_read(context: Context) -> str | AnswerMisread | None:
    """The number or the date that a text gives to what is asked; None for other questions."""
    if context.open is None:
        return None
    question = context.open.question
    match question.kind:
        case QuestionKind.NUMBER:
            return read_number(question, context.text, context.lexicon)
        case QuestionKind.DATE:
            today = context.at.astimezone(context.release.content.zone).date()
            return read_date(question, context.text, today, context.lexicon)
    return None


def answer(context: Context) -> Intent | None:
    """The answer to what is asked; None for something else, which leaves the question open."""
    opened = context.open
    if opened is None:
        return None
    text, question = context.text, opened.question
    match question.kind:
        case QuestionKind.TEXT:
            return _words(context, question)
        case QuestionKind.CHOICE:
            return _choice(context, opened)
        case QuestionKind.CHOICES:
            chosen = read_choices(question, text, context.lexicon)
            return ChoicesAnswer(chosen) if chosen else _unless_question(context, "choices-misread")
        case QuestionKind.YES_NO:
            # A question about something else leaves the card behind.
            return (
                None if opened.outline.about_card else _unless_question(context, "yes-no-misread")
            )
        case QuestionKind.NUMBER | QuestionKind.DATE:
            return _value(context, value_read(context))
        case QuestionKind.GRADE | QuestionKind.NOTE:
            return None


def _words(context: Context, question: Question) -> Intent | None:
    if asks_aside(context) or (not context.prompt_is_recent and context.is_question()):
        return None  # days later, words are rather a question than the comment
    read = read_text(question, context.text)
    if not isinstance(read, str):
        return read
    return no_mere_comment(context) or WordsAnswer(question.id, _told(context, read))


def _told(context: Context, text: str) -> str:
    """The words without the "agréguelo:" before them."""
    return words_led_to(context, corrects=False) or text


def _choice(context: Context, opened: OpenQuestion) -> Intent | None:
    text, question = context.text, opened.question
    words = opened.outline.words_of(question)
    choice, rest = read_choice(question, text, context.lexicon), ""
    if words is not None:
        choice, rest = split_choice(question, text, context.lexicon)
    if choice is not None:
        return ChoiceAnswer(choice.id, rest)
    if words is None:
        return _unless_question(context, "choice-misread")
    if context.grade is not None and not _tells_beside_number(context):
        return AnswerMisread("reason-misread")
    if asks_aside(context) or (not context.prompt_is_recent and context.is_question()):
        return None
    return no_mere_comment(context) or WordsAnswer(words.id, _told(context, text))


def _tells_beside_number(context: Context) -> bool:
    """ "De las 6 cajas había 2", and "un 4 por lástima" where that is the grade on record."""
    words = len(context.folded.split())
    again = context.grade is not None and context.grade.value == grade_on_record(context)
    return words > (_BARE if again else _SENTENCE)


def _value(context: Context, read: str | AnswerMisread | None) -> Intent | None:
    if isinstance(read, str):
        return ValueAnswer(read)
    asks = context.said.asks or context.heard.likely("asks")  # "marzo, no sé" is a vague date
    return None if asks and context.is_question() else read


def _unless_question(context: Context, sentence: str) -> Intent | None:
    """The answer was not understood; but perhaps it is a question."""
    return None if context.is_question() else AnswerMisread(sentence)


def read_besides(context: Context, intent: Intent) -> Context | None:
    """The rest of the text, in the conversation as it is once the answer is taken."""
    match intent:
        case GradeAnswer(besides=besides) if besides:
            return context.of(besides)
        case UsefulAnswer(besides=besides) if besides:
            return context.of(besides, answered=True, of_another=intent.of_another)
        case SettleWords(besides=besides) if besides:
            return _as_question(context, besides)
    return None


def _as_question(context: Context, words: str) -> Context:
    """Words for a case that turned out to be a question."""
    asked = context.of(words if "?" in words else f"{words}?", answered=True)
    follow_up = asked.state.follow_up
    if follow_up is None:
        return asked
    state = replace(asked.state, follow_up=replace(follow_up, revision=""))
    return Context(asked.incoming, state, asked.known, asked.release, asked.at)
