"""The questionnaire in aiogram 3: its webhook handler, states in memory, answers in SQLite."""

from __future__ import annotations

import sys

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
from benchmarks.peers.questions import PATH, SECRET, TOKEN, URL, Answers, run

router = Router()


class Rating(StatesGroup):
    """Which question is open."""

    grade = State()
    words = State()
    thanks = State()


async def ask(message: Message, question: str, grade: str = "") -> None:
    text, rows = questions.ask(question, InlineKeyboardButton, grade)
    await message.answer(text, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


@router.message(CommandStart())
async def begin(message: Message, state: FSMContext) -> None:
    await state.set_state(Rating.grade)
    await ask(message, "grade")


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
    await ask(message, "thanks", data["grade"])


@router.callback_query(Rating.thanks, F.data == "press:Listo")
async def end(query: CallbackQuery, state: FSMContext) -> None:
    await state.clear()
    await query.answer()
    await ask(query.message, "done")


def main() -> None:
    dispatcher = Dispatcher(storage=MemoryStorage(), answers=Answers())
    dispatcher.include_router(router)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1])))

    async def on_startup() -> None:
        await bot.set_webhook(URL, secret_token=SECRET)

    dispatcher.startup.register(on_startup)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path=PATH)
    setup_application(app, dispatcher, bot=bot)
    run(app)


if __name__ == "__main__":
    main()
