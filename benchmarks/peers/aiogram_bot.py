"""The questionnaire in aiogram 3: its webhook handler, states in memory, answers in SQLite."""

from __future__ import annotations

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.peers import questions
from benchmarks.peers.questions import Answers, Question, Start

router = Router()


class Rating(StatesGroup):
    """Which question is open."""

    grade = State()
    words = State()
    thanks = State()


async def ask(message: Message, question: Question, grade: str = "") -> None:
    text, rows = questions.ask(question, button, grade)
    await message.answer(text, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


def button(label: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=f"press:{label}")


@router.message(CommandStart())
async def begin(message: Message, state: FSMContext) -> None:
    await state.set_state(Rating.grade)
    await ask(message, questions.ASK_GRADE)


@router.callback_query(Rating.grade, F.data.regexp("^press:[1-7]$"))
async def take_grade(query: CallbackQuery, state: FSMContext, answers: Answers) -> None:
    grade = query.data.partition(":")[2]
    answers.add(query.from_user.id, "grade", grade)
    await state.update_data(grade=grade)
    await state.set_state(Rating.words)
    await query.answer()
    await ask(query.message, questions.after_grade(grade), grade)


@router.message(Rating.words, F.text)
async def take_words(message: Message, state: FSMContext, answers: Answers) -> None:
    answers.add(message.from_user.id, "words", message.text)
    data = await state.get_data()
    await state.set_state(Rating.thanks)
    await ask(message, questions.THANKS, data["grade"])


@router.callback_query(Rating.thanks, F.data == "press:Listo")
async def end(query: CallbackQuery, state: FSMContext) -> None:
    await state.clear()
    await query.answer()
    await ask(query.message, questions.DONE)


def main() -> None:
    start = Start.from_arguments()
    dispatcher = Dispatcher(storage=MemoryStorage(), answers=Answers(start.folder))
    dispatcher.include_router(router)

    async def on_startup(bot: Bot) -> None:
        await bot.set_webhook(start.webhook_url, secret_token=questions.SECRET)

    dispatcher.startup.register(on_startup)
    session = AiohttpSession(api=TelegramAPIServer.from_base(start.api_url))
    bot = Bot(questions.TOKEN, session=session)
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, secret_token=questions.SECRET)
    handler.register(app, path=questions.PATH)
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host=questions.HOST, port=start.port, access_log=None)


if __name__ == "__main__":
    main()
