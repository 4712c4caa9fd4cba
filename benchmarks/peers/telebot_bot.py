"""The questionnaire in pyTelegramBotAPI's async bot: states in memory, answers in SQLite."""

from __future__ import annotations

import asyncio

import telebot
from aiohttp import web
from telebot import asyncio_filters, asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.asyncio_handler_backends import State, StatesGroup
from telebot.asyncio_storage import StateMemoryStorage
from telebot.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.peers import questions
from benchmarks.peers.questions import Answers, Question, Start

START = Start.from_arguments()
asyncio_helper.API_URL = START.api_url + "/bot{0}/{1}"
bot = AsyncTeleBot(questions.TOKEN, state_storage=StateMemoryStorage())
answers = Answers(START.folder)


class Rating(StatesGroup):
    """Which question is open."""

    grade = State()
    words = State()
    thanks = State()


async def ask(chat: int, question: Question, grade: str = "") -> None:
    text, rows = questions.ask(question, button, grade)
    await bot.send_message(chat, text, reply_markup=InlineKeyboardMarkup(rows))


def button(label: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"press:{label}")


@bot.message_handler(commands=["start"])
async def begin(message: Message) -> None:
    await bot.set_state(message.from_user.id, Rating.grade, message.chat.id)
    await ask(message.chat.id, questions.ASK_GRADE)


@bot.callback_query_handler(func=lambda query: query.data[6:].isdigit(), state=Rating.grade)
async def take_grade(query: CallbackQuery) -> None:
    grade, chat = query.data.partition(":")[2], query.message.chat.id
    answers.add(query.from_user.id, "grade", grade)
    await bot.set_state(query.from_user.id, Rating.words, chat)
    async with bot.retrieve_data(query.from_user.id, chat) as data:
        data["grade"] = grade
    await bot.answer_callback_query(query.id)
    await ask(chat, questions.after_grade(grade), grade)


@bot.message_handler(state=Rating.words)
async def take_words(message: Message) -> None:
    answers.add(message.from_user.id, "words", message.text)
    async with bot.retrieve_data(message.from_user.id, message.chat.id) as data:
        grade = data["grade"]
    await bot.set_state(message.from_user.id, Rating.thanks, message.chat.id)
    await ask(message.chat.id, questions.THANKS, grade)


@bot.callback_query_handler(func=lambda query: query.data == "press:Listo", state=Rating.thanks)
async def end(query: CallbackQuery) -> None:
    await bot.delete_state(query.from_user.id, query.message.chat.id)
    await bot.answer_callback_query(query.id)
    await ask(query.message.chat.id, questions.DONE)


async def handle(request: web.Request) -> web.Response:
    """As in the library's example: acknowledged at once, handled beside it."""
    if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != questions.SECRET:
        return web.Response(status=403)
    update = telebot.types.Update.de_json(await request.json())
    asyncio.ensure_future(bot.process_new_updates([update]))  # noqa: RUF006  # so the example
    return web.Response()


async def shutdown(_: web.Application) -> None:
    await bot.close_session()


async def setup() -> web.Application:
    await bot.set_webhook(url=START.webhook_url, secret_token=questions.SECRET)
    app = web.Application()
    app.router.add_post(questions.PATH, handle)
    app.on_cleanup.append(shutdown)
    return app


if __name__ == "__main__":
    bot.add_custom_filter(asyncio_filters.StateFilter(bot))
    web.run_app(setup(), host=questions.HOST, port=START.port, access_log=None)
