"""The questionnaire in pyTelegramBotAPI's async bot: states in memory, answers in SQLite."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

from telebot import asyncio_filters, asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.asyncio_handler_backends import State, StatesGroup
from telebot.asyncio_storage import StateMemoryStorage
from telebot.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from benchmarks.peers import questions
from benchmarks.peers.questions import SECRET, TOKEN, URL, Answers, serve

asyncio_helper.API_URL = sys.argv[1] + "/bot{0}/{1}"
bot = AsyncTeleBot(TOKEN, state_storage=StateMemoryStorage())
answers = Answers()


class Rating(StatesGroup):
    """Which question is open."""

    grade = State()
    words = State()
    thanks = State()


async def ask(chat: int, question: str, grade: str = "") -> None:
    text, rows = questions.ask(question, InlineKeyboardButton, grade)
    await bot.send_message(chat, text, reply_markup=InlineKeyboardMarkup(rows))


@bot.message_handler(commands=["start"])
async def begin(message: Message) -> None:
    await bot.set_state(message.from_user.id, Rating.grade, message.chat.id)
    await ask(message.chat.id, "grade")


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
    await ask(message.chat.id, "thanks", grade)


@bot.callback_query_handler(func=lambda query: query.data == "press:Listo", state=Rating.thanks)
async def end(query: CallbackQuery) -> None:
    await bot.delete_state(query.from_user.id, query.message.chat.id)
    await bot.answer_callback_query(query.id)
    await ask(query.message.chat.id, "done")


async def take(update: object) -> None:
    """As in the library's example: handled beside what acknowledges it."""
    known = Update.de_json(update)
    asyncio.ensure_future(bot.process_new_updates([known]))  # noqa: RUF006  # so the example


async def run(_: object) -> AsyncIterator[None]:
    await bot.set_webhook(url=URL, secret_token=SECRET)
    yield
    await bot.close_session()


if __name__ == "__main__":
    bot.add_custom_filter(asyncio_filters.StateFilter(bot))
    serve(take, run)
