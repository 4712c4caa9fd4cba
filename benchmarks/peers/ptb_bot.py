"""The questionnaire in python-telegram-bot: ConversationHandler, PicklePersistence, own webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from benchmarks.peers import questions
from benchmarks.peers.questions import HOST, SECRET, TOKEN, URL, Question, receiving, started

GRADE, WORDS, THANKS = range(3)


async def ask(update: Update, question: Question, grade: str = "") -> None:
    text, rows = questions.ask(question, InlineKeyboardButton, grade)
    await update.effective_message.reply_text(text, reply_markup=InlineKeyboardMarkup(rows))


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    await ask(update, questions.ASK_GRADE)
    return GRADE


async def take_grade(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    grade = context.user_data["grade"] = query.data.partition(":")[2]
    await query.answer()
    await ask(update, questions.after_grade(grade), grade)
    return WORDS


async def take_words(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data["words"] = update.message.text
    await ask(update, questions.THANKS, context.user_data["grade"])
    return THANKS


async def end(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    await query.answer()
    await ask(update, questions.DONE)
    return ConversationHandler.END


def main() -> None:
    port, api_url, folder = started()
    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{api_url}/bot")
        .updater(None)
        .persistence(PicklePersistence(filepath=folder / "answers.pickle"))
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", begin)],
            states={
                GRADE: [CallbackQueryHandler(take_grade, pattern="^press:[1-7]$")],
                WORDS: [MessageHandler(filters.TEXT & ~filters.COMMAND, take_words)],
                THANKS: [CallbackQueryHandler(end, pattern="^press:Listo$")],
            },
            fallbacks=[CommandHandler("start", begin)],
            name="rating",
            persistent=True,
            per_message=False,
        )
    )

    async def take(update: dict[str, Any]) -> None:
        await application.update_queue.put(Update.de_json(update, application.bot))

    async def run(_: web.Application) -> AsyncIterator[None]:
        async with application:
            await application.bot.set_webhook(URL, secret_token=SECRET)
            await application.start()
            yield
            await application.stop()

    app = receiving(take)
    app.cleanup_ctx.append(run)
    web.run_app(app, host=HOST, port=port, access_log=None)


if __name__ == "__main__":
    main()
